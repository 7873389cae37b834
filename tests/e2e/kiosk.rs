//! Kiosk mode under a window manager: whatever a hand tries, the till stays in front, whole and locked.

use std::time::Duration;

use crate::desktop::{Desktop, KeychainIs, wait_until};
use crate::who_may::{asked, unlock};
use crate::window::{FAST_MS, Window, gateway};

const KEY: &str = "canary-key-4723";
const PIN: &str = "2468";

/// Every key that browsers, toolkits and window managers do something with.
const KEYS: [&str; 46] = [
    "F1",
    "F3",
    "F5",
    "F6",
    "F7",
    "F10",
    "F11",
    "F12",
    "ctrl+r",
    "ctrl+shift+r",
    "ctrl+F5",
    "ctrl+w",
    "ctrl+shift+w",
    "ctrl+q",
    "ctrl+F4",
    "alt+F4",
    "alt+space",
    "ctrl+n",
    "ctrl+t",
    "ctrl+shift+n",
    "ctrl+shift+t",
    "ctrl+shift+i",
    "ctrl+shift+j",
    "ctrl+shift+c",
    "ctrl+u",
    "ctrl+s",
    "ctrl+o",
    "ctrl+p",
    "ctrl+f",
    "ctrl+g",
    "ctrl+h",
    "ctrl+j",
    "ctrl+l",
    "ctrl+plus",
    "ctrl+minus",
    "ctrl+0",
    "alt+Left",
    "alt+Right",
    "alt+Home",
    "BackSpace",
    "XF86Back",
    "XF86Forward",
    "XF86Refresh",
    "Menu",
    "shift+F10",
    "super+d",
];

/// Where the pointer does what a browser would answer: the middle of the screen, and a corner.
const PLACES: [(&str, &str); 2] = [("512", "300"), ("3", "3")];

async fn kiosk(window: &Window, tried: &str) {
    assert!(window.has("pad").await, "{tried}");
    let seen = window
        .script("return [innerWidth, innerHeight, location.pathname, devicePixelRatio, document.body.dataset.mark ?? null, visualViewport.scale]")
        .await;
    // The same page, never loaded anew, as large as the screen.
    assert_eq!(seen.to_string(), r#"[1024,600,"/",1,"here",1]"#, "{tried}");
    assert_eq!(window.windows().await, 1, "{tried}");
    wait_until(&format!("in front after {tried}"), || {
        let seen = window
            .desktop
            .hand(&["search", "--onlyvisible", "--class", "ringup"]);
        seen.lines().count() > 0
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_gesture_or_link_leads_out_of_kiosk_mode() {
    let mut desktop = Desktop::without_screen(KeychainIs::Open);
    desktop.start_screen(1024, 600);
    desktop.start_window_manager();
    for (arguments, input) in [(["key", "set"], KEY), (["pin", "set"], PIN)] {
        told(desktop.ringup().args(arguments), input);
    }
    let gateway = gateway(KEY).await;
    // The key of this gateway, as the window will look for it.
    told(
        desktop
            .ringup()
            .args(["key", "set"])
            .env("RINGUP_API_URL", gateway.base_url()),
        KEY,
    );
    let window = Window::open_with(desktop, &gateway.base_url(), &["--kiosk"], FAST_MS).await;
    window.find("pad").await;
    wait_until("the window is the whole screen", || {
        let size = window.desktop.hand(&[
            "search",
            "--onlyvisible",
            "--name",
            "Ringup",
            "getwindowgeometry",
            "%@",
        ]);
        size.contains("1024x600")
    });
    window.script("document.body.dataset.mark = 'here'").await;
    kiosk(&window, "the beginning").await;
    window.picture("kiosk").await;

    for key in KEYS {
        window.desktop.hand(&["key", "--clearmodifiers", key]);
        tokio::time::sleep(Duration::from_millis(120)).await;
        kiosk(&window, key).await;
    }
    for (x, y) in PLACES {
        for button in ["1", "2", "3", "8", "9"] {
            window.desktop.hand(&["mousemove", x, y, "click", button]);
            tokio::time::sleep(Duration::from_millis(80)).await;
            kiosk(&window, button).await;
        }
        for button in ["4", "5"] {
            window.desktop.hand(&[
                "mousemove",
                x,
                y,
                "keydown",
                "ctrl",
                "click",
                button,
                "keyup",
                "ctrl",
            ]);
            kiosk(&window, "ctrl+wheel").await;
        }
        window.desktop.hand(&[
            "mousemove",
            x,
            y,
            "keydown",
            "ctrl",
            "click",
            "1",
            "keyup",
            "ctrl",
        ]);
        window.desktop.hand(&[
            "mousemove",
            x,
            y,
            "keydown",
            "shift",
            "click",
            "1",
            "keyup",
            "shift",
        ]);
        kiosk(&window, "ctrl+click, shift+click").await;
        // A drag across the screen.
        window.desktop.hand(&[
            "mousemove",
            x,
            y,
            "mousedown",
            "1",
            "mousemove",
            "800",
            "400",
            "mouseup",
            "1",
        ]);
        kiosk(&window, "a drag").await;
    }
    // Links and dropped things.
    for link in [
        "const a = document.createElement('a'); a.href = 'https://cru.cash/'; a.target = '_blank'; document.body.append(a); a.click(); a.remove()",
        "const a = document.createElement('a'); a.href = 'file:///etc/passwd'; document.body.append(a); a.click(); a.remove()",
        "window.open('https://cru.cash/')",
        "const drop = new DragEvent('drop', { bubbles: true, cancelable: true }); document.body.dispatchEvent(drop); if (!drop.defaultPrevented) document.body.dataset.mark = 'dropped'",
        "window.close()",
    ] {
        window.script(link).await;
        tokio::time::sleep(Duration::from_millis(120)).await;
        kiosk(&window, link).await;
    }
    // The window manager's own ways: it may put the window away, and it is back at once.
    let in_front = || {
        let seen = window
            .desktop
            .hand(&["search", "--onlyvisible", "--name", "Ringup"]);
        seen.lines().next_back().map(str::to_owned)
    };
    wait_until("it is in front", || in_front().is_some());
    let id = in_front().expect("just seen");
    window.desktop.hand(&["windowminimize", &id]);
    wait_until("it came back", || in_front() == Some(id.clone()));
    kiosk(&window, "minimised").await;

    // The PIN alone.
    assert_eq!(
        asked(&window, "leave_kiosk", serde_json::json!({})).await,
        "pin_needed"
    );
    assert_eq!(
        asked(&window, "quit", serde_json::json!({})).await,
        "pin_needed"
    );
    window.tap("nav-settings").await;
    unlock(&window, "1111").await;
    window.attribute("lock-said", "data-state", "wrong").await;
    unlock(&window, PIN).await;
    window.tap("settings-tab-counter").await;
    window.picture("kiosk-settings").await;
    window.tap("kiosk-leave").await;
    window.find("kiosk-enter").await;
    window.tap("kiosk-enter").await;
    window.find("kiosk-quit").await;
    // A little later: the window that ends can tell WebDriver nothing any more.
    window
        .script("setTimeout(() => document.querySelector('[data-testid=kiosk-quit]').click(), 200)")
        .await;
    wait_until("the till has ended", || {
        window.desktop.processes("ringup").is_empty()
    });
}

fn told(command: &mut std::process::Command, input: &str) {
    use std::io::Write as _;
    let mut child = command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(input.as_bytes()).expect("told");
    drop(stdin);
    assert!(child.wait().expect("ended").success());
}
