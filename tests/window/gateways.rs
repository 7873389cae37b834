//! A till that is started for another gateway than cru.cash says so wherever a person looks.

use ringup_testkit::{Desktop, open_till, start_gateway};

const KEY: &str = "canary-key-4791";

#[tokio::test(flavor = "multi_thread")]
async fn the_badge_and_the_reports_name_another_gateway() {
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let name = gateway.base_url();
    let name = name
        .strip_prefix("http://")
        .and_then(|it| it.strip_suffix("/v1"));
    let name = name.expect("a local address");
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    let names_it = async |id: &str| {
        let text = window.text(id).await;
        assert!(text.contains(name), "{id}: {text}");
    };
    names_it("mode-badge").await;
    window.open_sale("12.5").await;
    names_it("mode-badge").await;
    let newest = customer.invoices().pop().expect("an invoice");
    customer.pay(&newest.id).expect("paid");
    window.tap("paid-done").await;
    for screen in ["nav-sales", "nav-settings", "nav-day"] {
        window.tap(screen).await;
        names_it("mode-badge").await;
        assert!(!window.text("mode-badge").await.contains("Live"));
    }
    names_it("day-gateway").await;
    window.screenshot("another-gateway-day").await;
    window.tap("day-close").await;
    window.tap("close-day-confirm").await;
    names_it("close-gateway").await;
    window.screenshot("another-gateway-z").await;
    let desktop = window.close().await;
    let bound = desktop.query_journal("SELECT body ->> '$.gateway' FROM entry WHERE seq = 1");
    assert_eq!(bound.trim(), name);
    gateway.stop().await;
}
