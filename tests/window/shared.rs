//! The shop's shared settings in the real window: a price that is changed at the office is on the till's button a moment later,
//! the cart that is open keeps the old one, and the settings say that it is changed there.

use office_tests::RunningOffice;
use ringup_core::items::Item;
use ringup_core::money::{Currency, Money};
use ringup_core::settings::Shop;
use ringup_core::shared_settings::{SharedItems, SharedSettings, SharedTexts};
use ringup_testkit::{Desktop, Window, open_till, start_gateway};

const KEY: &str = "canary-key-4790";

fn shop(coffee: &Item, minor: i64) -> SharedSettings {
    let price = Money::from_minor(minor, Currency::Eur);
    SharedSettings {
        items: Some(SharedItems {
            local: false,
            list: vec![Item {
                price,
                ..coffee.clone()
            }],
        }),
        texts: Some(SharedTexts {
            local: true,
            shop: Shop {
                name: Some("Café am Markt".to_owned()),
                ..Shop::default()
            },
        }),
        ..SharedSettings::default()
    }
}

async fn total(window: &Window) -> String {
    window.text("pad-amount").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_changed_at_the_office_is_on_the_button_and_the_open_cart_keeps_the_old_one() {
    let gateway = start_gateway(KEY).await;
    let office = RunningOffice::start().await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    let coffee = Item::new("Coffee", Money::from_minor(350, Currency::Eur));
    office.share(&shop(&coffee, 350)).await;

    window.tap("nav-settings").await;
    window.tap("settings-tab-backup").await;
    window.tap("office-pair").await;
    let code = office.code("Stall 3").await.reveal();
    window.fill("office-code", &code).await;
    window.tap("office-pair-save").await;
    window
        .wait_for_attribute("office-shared", "data-number", "1")
        .await;
    window.screenshot("shared-office").await;

    window.tap("nav-pad").await;
    window.wait_for_text("item-1", "3.50").await;
    window.tap("item-1").await;
    let before = total(&window).await;
    assert!(before.contains("3.50"), "{before}");

    // Changed at the office: the button follows by itself, the cart does not.
    office.share(&shop(&coffee, 390)).await;
    // Whatever is sent is answered with the news.
    let mut charge = window.desktop.ringup();
    charge.env("RINGUP_API_URL", gateway.base_url());
    charge.args(["charge", "5", "EUR", "--no-wait"]);
    assert!(charge.status().expect("run").success());
    window.wait_for_text("item-1", "3.90").await;
    assert_eq!(total(&window).await, before);
    window.screenshot("shared-open-cart").await;
    window.tap("charge").await;
    window.wait_for_state("payment", "awaiting").await;
    window.wait_for_text("payment-amount", "3.50").await;
    window.tap("payment-next").await;
    window.tap("item-1").await;
    let after = total(&window).await;
    assert!(after.contains("3.90"), "{after}");

    // The settings say where it is changed, and have no button for it.
    window.tap("nav-settings").await;
    window.tap("settings-tab-items").await;
    window
        .wait_for_attribute("shared-notice", "data-state", "shared-locked")
        .await;
    assert!(!window.has("item-add").await && !window.has("items-import").await);
    window.screenshot("shared-items").await;
    window.tap("settings-tab-shop").await;
    window
        .wait_for_attribute("shared-notice", "data-state", "shared-local")
        .await;
    window.screenshot("shared-shop").await;
}
