//! What the till asks of the desktop's session: that the screen stays awake in kiosk mode, and that the till is started at
//! login.

use std::io::Read as _;
use std::sync::{Arc, Mutex};

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::message::Header;
use zbus::zvariant::OwnedFd;

use ringup_testkit::{Desktop, Window, open_till, start_gateway, wait_until};

const KEY: &str = "canary-key-4735";

/// The calls that both services got: by whom, with which arguments.
#[derive(Clone, Default)]
struct Calls(Arc<Mutex<Vec<(String, String)>>>);

impl Calls {
    fn note(&self, header: &Header<'_>, words: String) {
        let who = header.sender().expect("a bus names who asks").to_string();
        self.0.lock().expect("unharmed").push((who, words));
    }

    fn all(&self) -> Vec<(String, String)> {
        self.0.lock().expect("unharmed").clone()
    }
}

struct ScreenSaver(Calls);

#[zbus::interface(name = "org.freedesktop.ScreenSaver")]
impl ScreenSaver {
    fn inhibit(&self, #[zbus(header)] header: Header<'_>, who: String, why: String) -> u32 {
        self.0.note(&header, format!("{who}: {why}"));
        7
    }
}

/// systemd's service: an inhibition lasts until the file that it returns is closed.
struct Login {
    asked: Calls,
    ends: Arc<Mutex<Vec<std::io::PipeReader>>>,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Login {
    fn inhibit(
        &self,
        #[zbus(header)] header: Header<'_>,
        what: String,
        who: String,
        _why: String,
        mode: String,
    ) -> OwnedFd {
        self.asked.note(&header, format!("{who}: {what}, {mode}"));
        let (end, held) = std::io::pipe().expect("a pipe");
        self.ends.lock().expect("unharmed").push(end);
        std::os::fd::OwnedFd::from(held).into()
    }
}

fn serve(
    desktop: &Desktop,
    saver: &Calls,
    login: &Calls,
) -> (Connection, Arc<Mutex<Vec<std::io::PipeReader>>>) {
    let ends = Arc::default();
    let manager = Login {
        asked: login.clone(),
        ends: Arc::clone(&ends),
    };
    let bus = Builder::address(desktop.bus_address())
        .and_then(|bus| bus.name("org.freedesktop.ScreenSaver"))
        .and_then(|bus| bus.name("org.freedesktop.login1"))
        .and_then(|bus| bus.serve_at("/org/freedesktop/ScreenSaver", ScreenSaver(saver.clone())))
        .and_then(|bus| bus.serve_at("/org/freedesktop/login1", manager))
        .and_then(Builder::build)
        .expect("served");
    (bus, ends)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_till_keeps_the_machine_awake_and_lets_it_sleep_again() {
    let desktop = Desktop::with_screen(1280, 800);
    let (saver, login) = (Calls::default(), Calls::default());
    let (bus, ends) = tokio::task::block_in_place(|| serve(&desktop, &saver, &login));
    let gateway = start_gateway(KEY).await;
    let window = open_till(desktop, &gateway, KEY).await;
    assert_eq!(saver.all(), []);
    assert_eq!(login.all(), []);

    window.tap("nav-settings").await;
    window.tap("settings-tab-counter").await;
    for turn in 1..=2 {
        window.tap_to("kiosk-enter", "kiosk-leave").await;
        wait_until("both are asked", || {
            saver.all().len() == turn && login.all().len() == turn
        });
        let (who, words) = saver.all().pop().expect("just asked");
        assert_eq!(words, "Ringup: the till is open");
        assert_eq!(
            login.all().pop().expect("just asked").1,
            "Ringup: idle:sleep, block"
        );
        let holds = || {
            let name = who.as_str().try_into().expect("a name");
            let names = zbus::blocking::fdo::DBusProxy::new(&bus).expect("the bus");
            names.name_has_owner(name).expect("answered")
        };
        assert!(
            tokio::task::block_in_place(holds),
            "who asked stays on the bus"
        );

        window.tap_to("kiosk-leave", "kiosk-enter").await;
        tokio::task::block_in_place(|| {
            wait_until("the screen saver may come", || !holds());
            // The read ends when the other side is closed.
            let mut end = ends.lock().expect("unharmed").pop().expect("a wish");
            assert_eq!(
                end.read(&mut [0]).expect("closed"),
                0,
                "sleep is free again"
            );
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_till_starts_with_its_users_session_when_the_shop_says_so() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    let entry = window
        .desktop
        .folder()
        .join("home/.config/autostart/app.ringup.till.desktop");
    assert!(!entry.exists());
    switch(&window).await;
    wait_until("the entry is there", || entry.exists());
    let text = std::fs::read_to_string(&entry).expect("read");
    let program = format!("\nExec=\"{}\"\n", env!("CARGO_BIN_EXE_ringup"));
    assert!(text.starts_with("[Desktop Entry]\n"), "{text}");
    assert!(text.contains(&program), "{text}");

    // Another setting that is saved later changes nothing about it.
    window.tap("settings-tab-shop").await;
    window.fill("settings-shop-name", "Café Müller").await;
    window.tap("settings-save").await;
    window.tap("settings-tab-counter").await;
    assert!(entry.exists());

    switch(&window).await;
    wait_until("the entry is gone", || !entry.exists());
}

async fn switch(window: &Window) {
    window
        .tap_each(&[
            "nav-settings",
            "settings-tab-counter",
            "settings-autostart",
            "settings-save",
        ])
        .await;
}
