//! Text from outside (the gateway's, the cashier's) is only data on every screen: none of it runs, becomes an element,
//! changes the direction of text next to it, or pushes anything off the screen.

use ringup_practice::{CallFault, FalseBody, FaultRule, StatusFault, Target};
use serde_json::{Value, json};

use crate::looks::assert_fits;
use ringup_testkit::{Desktop, Window, newest_invoice, open_till, start_gateway};

const KEY: &str = "canary-key-4718";
const MARKUP: &str = "<img src=x onerror=\"window.ran=1\"><script>window.ran=1</script><b>bold</b>";

/// Markup and direction marks, long and without a place to break the line.
fn evil() -> String {
    format!("{MARKUP}\u{202e}\u{2066}{}", "W".repeat(300))
}

/// Checks that nothing ran, and that no element was made of it.
async fn is_data(window: &Window, screen: &str) {
    let found = window
        .script(&format!(
            "const screen = document.querySelector('[data-testid={screen}]');
             const made = screen.querySelectorAll('b, script, img:not([data-testid=payment-qr])').length;
             return [window.ran ?? null, made, screen.textContent.includes('<img src=x')];"
        ))
        .await;
    assert_eq!(found, json!([null, 0, true]), "{screen}");
    // The direction marks would have reversed the text after them.
    let turned = window
        .script(&format!(
            "return /[\\u202a-\\u202e\\u2066-\\u2069]/.test([...document.querySelectorAll('[data-testid={screen}] *')]
               .filter((element) => !element.closest('.note')).flatMap((element) => [...element.childNodes])
               .filter((node) => node.nodeType === Node.TEXT_NODE && !node.parentElement.closest('.note'))
               .map((node) => node.data).join(''))"
        ))
        .await;
    assert_eq!(turned, Value::Bool(false), "{screen}");
    assert_fits(window, screen).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_from_outside_is_data_on_every_screen() {
    let gateway = start_gateway(KEY).await;
    let control = gateway.control();
    let window = open_till(Desktop::with_screen(1024, 600), &gateway, KEY).await;
    window.resize(1024, 600).await;

    // The cashier's note, and the coin as the gateway reports it.
    window.type_text("12.5").await;
    window.fill("pad-note", &evil()).await;
    assert_fits(&window, "pad").await;
    window.tap("charge").await;
    window.wait_for_state("payment", "awaiting").await;
    is_data(&window, "payment").await;
    let invoice = newest_invoice(&control);
    let coin = json!({"crypto": evil(), "network": evil(), "crypto_amount": evil()});
    control
        .set_fields(&invoice, coin.as_object().expect("an object").clone())
        .expect("set");
    window.wait_for_state("payment", "chosen").await;
    is_data(&window, "payment").await;
    window.qr_area().await;
    window.screenshot("outside-text-chosen").await;

    // A sale that is left open is listed in the strip.
    window.tap_to("payment-next", "open-sale").await;
    assert_fits(&window, "open-sales").await;

    // The gateway's own error message.
    let message = json!({"error": {"code": MARKUP, "message": evil()}});
    let no = StatusFault {
        body: Some(FalseBody::Json(message)),
        ..StatusFault::new(422)
    };
    control
        .add_fault(FaultRule::next(Target::Create, CallFault::Status(no)))
        .expect("a rule");
    window.charge("7.5").await;
    window.wait_for_state("payment", "refused").await;
    is_data(&window, "error").await;
    assert_fits(&window, "payment").await;
    window.screenshot("outside-text-refused").await;
    assert!(!window.page_text().await.is_empty());
    assert_eq!(
        window.script("return window.ran ?? null").await,
        Value::Null
    );
}
