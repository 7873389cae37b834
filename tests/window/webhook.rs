//! A payment that the window knows of through the office: the gateway calls the office's webhook, the office hints, the till
//! asks. Its own next poll is an hour away.

use std::time::Duration;

use office_tests::RunningOffice;
use ringup_practice::WebhookMode;
use ringup_testkit::{Desktop, Window, newest_invoice, start_gateway, wait_until};
use thirtyfour::Key;

use crate::keyboard::press;

const KEY: &str = "canary-key-6121";
/// An hour.
const POLL_MS: u32 = 3_600_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_arrives_through_the_webhook() {
    let gateway = start_gateway(KEY).await;
    let office = RunningOffice::start_public().await;
    let desktop = Desktop::with_screen(1280, 800);
    let window = Window::open_with(desktop, &gateway.base_url(), &[], POLL_MS).await;
    window.first_run(KEY).await;
    press(&window, "nav-settings").await;
    press(&window, "settings-tab-backup").await;
    press(&window, "office-pair").await;
    window.find("office-code").await;
    let code = office.code("Stall 3").await.reveal();
    window.type_text(&code).await;
    window.keys(&[Key::Enter]).await;
    window.wait_for_text("office-name", "Stall 3").await;
    let profile = window.desktop.data_dir().join("office-profile.json");
    wait_until("the till knows the address", || profile.exists());
    press(&window, "nav-pad").await;

    // The office says nothing: neither does the till.
    let customer = gateway.control();
    customer.set_webhooks(WebhookMode::Never);
    window.open_sale("12.5").await;
    customer.pay(&newest_invoice(&customer)).expect("paid");
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(!window.has("paid").await, "nobody has asked yet");
    press(&window, "payment-check").await;
    window.find("paid").await;
    window.keys(&[Key::Enter]).await;

    for mode in [
        WebhookMode::Once,
        WebhookMode::Twice,
        WebhookMode::LateMs(700),
    ] {
        customer.set_webhooks(mode);
        window.open_sale("12.5").await;
        window.pay(&customer).await;
        window.find("paid").await;
        window.keys(&[Key::Enter]).await;
    }
}
