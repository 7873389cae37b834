//! The window survives a crash of WebKit's process and a second start of the program.

use std::path::PathBuf;

use ringup_testkit::picture::{of_screen, qr_in};
use ringup_testkit::{Desktop, open_till, start_gateway, wait_until};

const KEY: &str = "canary-key-4716";

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_that_dies_comes_back_with_the_sale_on_it() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    window.open_sale("12.5").await;
    window.qr_area().await;
    let url = gateway.control().invoices()[0].pay_url.clone();
    let picture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/window/after-a-crash.png");
    let shown = |desktop: &Desktop| {
        of_screen(&desktop.screenshot(), [0, 0, 1280, 800])
            .save(&picture)
            .expect("kept");
        qr_in(&picture)
    };
    wait_until("the QR is on the screen", || {
        shown(&window.desktop).as_deref() == Some(&*url)
    });

    // WebDriver loses its page with the process, so the pixels of the screen are read. It is empty for less time than a
    // QR decoder takes, so pixels are compared.
    let stood = window.desktop.screenshot();
    let died = window.desktop.kill("WebKitWebProcess");
    assert_eq!(died, 1);
    wait_until("the QR is gone", || {
        mostly_other(&stood, &window.desktop.screenshot())
    });
    wait_until("the QR is back", || {
        shown(&window.desktop).as_deref() == Some(&*url)
    });
    assert_eq!(
        gateway.control().count(ringup_practice::Endpoint::Create),
        1
    );
}

/// Whether most of a screen has changed; every hundredth byte is compared.
fn mostly_other(then: &[u8], now: &[u8]) -> bool {
    let looked_at = then.iter().zip(now).step_by(101);
    let other = looked_at.clone().filter(|(then, now)| then != now).count();
    other * 2 > looked_at.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_ends_and_leaves_the_first_in_front() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    let mut second = window.desktop.ringup().spawn().expect("started");
    wait_until("the second program ends", || {
        second.try_wait().expect("asked").is_some()
    });
    assert!(second.wait().expect("ended").success());
    window.type_text("7.5").await;
    assert!(window.text("pad-amount").await.contains("7.50"));
}
