//! What the window must never do: leave the app, run foreign scripts, reveal the key.

use serde_json::{Value, json};

use ringup_testkit::{Desktop, open_till, start_gateway};

const KEY: &str = "canary-key-4713";

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_to_the_screen_holds_the_key() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    window.open_sale("12.5").await;
    let asked = [
        ("start", json!({ "events": "__CHANNEL__:0" })),
        ("key_status", json!({})),
        ("set_key", json!({ "key": KEY })),
        ("set_key", json!({ "key": format!("{KEY} {KEY}") })),
        ("sales", json!({ "query": {} })),
        ("sale", json!({ "number": 1 })),
        ("check_now", json!({ "number": 1 })),
        ("look_at", json!({ "number": 1 })),
        ("look_at", json!({ "number": null })),
        ("qr", json!({ "number": 1 })),
        ("try_again", json!({ "number": 1 })),
        ("stop_waiting", json!({ "number": 1 })),
        ("switch_mode", json!({ "mode": "practice" })),
        ("switch_mode", json!({ "mode": "live" })),
        ("clear_key", json!({})),
    ];
    for (command, args) in asked {
        let answer = window
            .script_async(&format!(
                "window.__TAURI_INTERNALS__.invoke('{command}', {args})
                   .then((value) => done({{ value }}), (error) => done({{ error }}));"
            ))
            .await;
        let known = answer.get("value").is_some() || answer["error"]["code"].is_string();
        assert!(known, "{command}: {answer}");
        assert!(!answer.to_string().contains(KEY), "{command}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_goes_nowhere_and_runs_nothing_foreign() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    let home = window.script("return location.href").await;

    // Tauri's global object is not there, and only the till's own commands answer.
    assert_eq!(
        window.script("return typeof window.__TAURI__").await,
        json!("undefined")
    );
    for command in [
        "plugin:event|emit",
        "plugin:webview|internal_toggle_devtools",
        "plugin:window|close",
        "plugin:app|version",
        "no_such_command",
    ] {
        let answer = window
            .script_async(&format!(
                "window.__TAURI_INTERNALS__.invoke('{command}', {{ event: 'x' }})
                   .then(() => done('allowed'), () => done('refused'));"
            ))
            .await;
        assert_eq!(answer, json!("refused"), "{command}");
    }

    // Navigation, new windows, foreign scripts, inline scripts, requests.
    let pay_page = format!("http://127.0.0.1:{}/invoice/x", gateway.port());
    for attempt in [
        format!("location.href = '{pay_page}'"),
        format!("window.open('{pay_page}')"),
        format!("window.open('{pay_page}', '_self')"),
        format!(
            "const a = document.createElement('a'); a.href = '{pay_page}'; a.target = '_top'; document.body.append(a); a.click(); a.remove()"
        ),
        "location.href = 'data:text/html,<h1>elsewhere</h1>'".to_owned(),
        "location.href = 'file:///etc/passwd'".to_owned(),
    ] {
        window.script(&attempt).await;
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        assert_eq!(
            window.script("return location.href").await,
            home,
            "{attempt}"
        );
        assert!(window.has("pad").await, "{attempt}");
    }
    // From the page's own script, which does not have WebDriver's privileges.
    let inline = "const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.head.append(s); s.remove(); return window.ran ?? null";
    assert_eq!(window.script(inline).await, Value::Null);
    let fetched = window
        .script_async(&format!(
            "fetch('{pay_page}').then(() => done('fetched'), () => done('refused'))"
        ))
        .await;
    assert_eq!(fetched, json!("refused"));

    // No context menu of the engine.
    let menu = window
        .script(
            "const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
             document.querySelector('[data-testid=pad]').dispatchEvent(event);
             return event.defaultPrevented",
        )
        .await;
    assert_eq!(menu, json!(true));
}
