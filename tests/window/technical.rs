//! What happens to the till itself, in the window: it stands in the shop's journal, and a key that would lose open
//! invoices from sight asks first.

use serde_json::json;

use ringup_testkit::{Desktop, Window, open_till, start_gateway, wait_until};

use crate::who_may::{asked, set_pin};

const KEY: &str = "canary-key-4733";
const PIN: &str = "2468";

fn kinds(desktop: &Desktop) -> String {
    let sql = "SELECT group_concat(kind, ' ') FROM (SELECT kind FROM entry WHERE sale IS NULL ORDER BY seq)";
    desktop.query_journal(sql).trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shops_journal_has_what_happens_to_the_till_also_in_practice() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    set_pin(&window, PIN).await;
    let done = async |command: &str, args| assert_eq!(asked(&window, command, args).await, "done");
    let wrong = async || {
        let answer = asked(&window, "unlock", json!({ "pin": "1111" })).await;
        assert_eq!(answer, "pin_wrong");
    };
    let known = "journal_opened program_started key_changed pin_changed pin_refused";
    wrong().await;
    wait_until("the wrong PIN is written down", || {
        kinds(&window.desktop) == known
    });
    wrong().await;
    tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
    assert_eq!(kinds(&window.desktop), known, "once a minute at most");

    done("clear_pin", json!({ "typedPin": PIN })).await;
    done("switch_mode", json!({ "mode": "practice" })).await;
    done("reset_practice", json!({})).await;
    done("set_pin", json!({ "pin": PIN })).await;
    done("switch_mode", json!({ "mode": "live" })).await;
    let more = "pin_refused pin_changed practice_reset pin_changed";
    assert_eq!(kinds(&window.desktop), format!("{known} {more}"));
    let counts = "SELECT group_concat(body ->> '$.count') FROM entry WHERE kind = 'pin_refused'";
    assert_eq!(window.desktop.query_journal(counts), "1,1\n");

    // The next start is another entry.
    let url = format!("http://127.0.0.1:{}/v1", gateway.port());
    let window = Window::open(window.close().await, &url).await;
    window.find("pad").await;
    let started = format!("{known} {more} program_started");
    wait_until("the start is written down", || {
        kinds(&window.desktop) == started
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn another_accounts_key_asks_first_and_is_not_stored_unless_confirmed() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    window.open_sale("12.5").await;
    window.tap("payment-next").await;
    window.tap("nav-settings").await;
    let keys = || {
        let sql = "SELECT count(*) FROM entry WHERE kind = 'key_changed'";
        window.desktop.query_journal(sql)
    };
    // This gateway refuses every other key, as it refuses another account's.
    window.fill("settings-key", "canary-key-of-another").await;
    window.tap("settings-key-save").await;
    window
        .wait_for_attribute("key-in-use-say", "data-count", "1")
        .await;
    window.screenshot("key-in-use").await;
    assert!(!window.has("error").await);
    window.tap("key-keep").await;
    window.wait_until_gone("key-in-use").await;
    assert_eq!(keys(), "1\n");
    assert_eq!(
        asked(&window, "check_now", json!({ "number": 1 })).await,
        "done"
    );

    window.tap("settings-key-save").await;
    window.tap("key-lose-open").await;
    window.wait_until_gone("key-in-use").await;
    wait_until("the key is changed", || keys() == "2\n");
    let bodies = window.desktop.query_journal("SELECT body FROM entry");
    assert!(!bodies.contains("canary"), "{bodies}");
    assert!(!window.page_text().await.contains("canary"));
}
