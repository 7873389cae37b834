//! Kiosk mode under a window manager: whatever keys, pointer and page do, the till stays in front, full screen and locked.

use std::time::Duration;

use crate::who_may::{asked, unlock};
use ringup_testkit::{Desktop, FAST_POLL_MS, KeychainState, Window, start_gateway, wait_until};

const KEY: &str = "canary-key-4723";
const PIN: &str = "2468";

/// Every key that browsers, toolkits and window managers react to.
const KEYS: [&str; 80] = [
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
    "Escape",
    "ctrl+Escape",
    "alt+Escape",
    "alt+Tab",
    "alt+shift+Tab",
    "ctrl+Tab",
    "ctrl+Page_Down",
    "ctrl+alt+Left",
    "ctrl+alt+Right",
    "ctrl+alt+Down",
    "super+F2",
    "super+e",
    "super+r",
    "ctrl+equal",
    "ctrl+KP_Add",
    "ctrl+KP_Subtract",
    "ctrl+KP_0",
    "ctrl+d",
    "ctrl+e",
    "ctrl+k",
    "ctrl+m",
    "ctrl+b",
    "ctrl+shift+b",
    "ctrl+shift+p",
    "ctrl+shift+s",
    "ctrl+shift+Delete",
    "shift+F7",
    "shift+Escape",
    "ctrl+shift+F10",
    "XF86HomePage",
    "XF86Search",
    "XF86Stop",
    "Print",
    "ctrl+shift+u",
];

/// What a person does with a mouse or a finger, as arguments of `xdotool`, at a place that is put before them.
const GESTURES: [(&str, &[&str]); 12] = [
    ("a click", &["click", "1"]),
    ("a click of the middle button", &["click", "2"]),
    ("a click of the right button", &["click", "3"]),
    ("the button *back* of a mouse", &["click", "8"]),
    ("the button *forward* of a mouse", &["click", "9"]),
    (
        "Ctrl with the wheel, up",
        &["keydown", "ctrl", "click", "4", "keyup", "ctrl"],
    ),
    (
        "Ctrl with the wheel, down",
        &["keydown", "ctrl", "click", "5", "keyup", "ctrl"],
    ),
    (
        "Ctrl with a click",
        &["keydown", "ctrl", "click", "1", "keyup", "ctrl"],
    ),
    (
        "Shift with a click",
        &["keydown", "shift", "click", "1", "keyup", "shift"],
    ),
    (
        "Alt with a drag",
        &[
            "keydown",
            "alt",
            "mousedown",
            "1",
            "mousemove",
            "800",
            "400",
            "mouseup",
            "1",
            "keyup",
            "alt",
        ],
    ),
    (
        "a drag across the screen",
        &["mousedown", "1", "mousemove", "800", "400", "mouseup", "1"],
    ),
    (
        "a long press",
        &["mousedown", "1", "sleep", "1.2", "mouseup", "1"],
    ),
];

/// What a page, or something dropped on it, can do. Each must leave the page as it is.
const LINKS: [(&str, &str); 10] = [
    (
        "a link to another site, in a new window",
        "const a = document.createElement('a'); a.href = 'https://cru.cash/'; a.target = '_blank'; document.body.append(a); a.click(); a.remove()",
    ),
    (
        "a link to another site",
        "const a = document.createElement('a'); a.href = 'https://cru.cash/'; document.body.append(a); a.click(); a.remove()",
    ),
    (
        "a link to a file",
        "const a = document.createElement('a'); a.href = 'file:///etc/passwd'; document.body.append(a); a.click(); a.remove()",
    ),
    (
        "a link that downloads",
        "const a = document.createElement('a'); a.href = 'data:text/plain,x'; a.download = 'x.txt'; document.body.append(a); a.click(); a.remove()",
    ),
    ("`window.open`", "window.open('https://cru.cash/')"),
    ("`window.close`", "window.close()"),
    ("`location.assign`", "location.assign('https://cru.cash/')"),
    ("`history.back`", "history.back()"),
    (
        "a dropped file, a dropped address",
        "for (const kind of ['dragenter', 'dragover', 'drop']) {
           const dataTransfer = new DataTransfer();
           dataTransfer.setData('text/uri-list', 'https://cru.cash/');
           const drop = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer });
           document.body.dispatchEvent(drop);
           if (!drop.defaultPrevented) document.body.dataset.mark = 'dropped';
         }",
    ),
    (
        "two fingers, as the page hears of them",
        "for (const kind of ['touchstart', 'touchmove', 'gesturestart']) {
           const pinch = new Event(kind, { bubbles: true, cancelable: true });
           Object.defineProperty(pinch, 'touches', { value: [1, 2] });
           document.body.dispatchEvent(pinch);
           if (!pinch.defaultPrevented) document.body.dataset.mark = 'pinched';
         }",
    ),
];

/// Where the pointer acts: the middle of the screen, and a corner.
const PLACES: [(&str, &str); 2] = [("512", "300"), ("3", "3")];

/// The keys and gestures that docs/kiosk.md lists as tried.
fn tried() -> String {
    let keys: Vec<String> = KEYS.iter().map(|key| format!("`{key}`")).collect();
    let mut text = format!("| | tried |\n|---|---|\n| keys | {} |\n", keys.join(" "));
    for (what, names) in [
        ("hands", GESTURES.map(|(name, _)| name).to_vec()),
        ("pages", LINKS.map(|(name, _)| name).to_vec()),
    ] {
        text += &format!("| {what} | {} |\n", names.join("; "));
    }
    text
}

#[test]
fn the_pages_of_the_kiosk_say_what_is_tried() {
    let page = include_str!("../../docs/kiosk.md");
    assert!(
        page.contains(&tried()),
        "docs/kiosk.md must hold this table:\n{}",
        tried()
    );
}

/// The till's window, if it has the keyboard.
fn in_front(window: &Window) -> bool {
    let hand = |arguments: &[&str]| window.desktop.xdotool(arguments);
    let front = hand(&["getactivewindow"]);
    let seen = hand(&["search", "--onlyvisible", "--class", "ringup"]);
    !front.trim().is_empty() && seen.lines().any(|id| id == front.trim())
}

async fn kiosk(window: &Window, tried: &str) {
    assert!(window.has("pad").await, "{tried}");
    let seen = window
        .script("return [innerWidth, innerHeight, location.pathname, devicePixelRatio, document.body.dataset.mark ?? null, visualViewport.scale]")
        .await;
    // The same page, never reloaded, as large as the screen.
    assert_eq!(seen.to_string(), r#"[1024,600,"/",1,"here",1]"#, "{tried}");
    assert_eq!(window.window_count().await, 1, "{tried}");
    wait_until(&format!("in front after {tried}"), || in_front(window));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_gesture_or_link_leads_out_of_kiosk_mode() {
    let mut desktop = Desktop::without_screen(KeychainState::Open);
    desktop.start_screen(1024, 600);
    desktop.start_window_manager();
    for (arguments, input) in [(["key", "set"], KEY), (["pin", "set"], PIN)] {
        told(desktop.ringup().args(arguments), input);
    }
    let gateway = start_gateway(KEY).await;
    // Store the key for this gateway, so that the window finds it.
    told(
        desktop
            .ringup()
            .args(["key", "set"])
            .env("RINGUP_API_URL", gateway.base_url()),
        KEY,
    );
    let window = Window::open_with(desktop, &gateway.base_url(), &["--kiosk"], FAST_POLL_MS).await;
    window.find("pad").await;
    wait_until("the window is the whole screen", || {
        let size = window.desktop.xdotool(&[
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
    window.screenshot("kiosk").await;

    for key in KEYS {
        window.desktop.xdotool(&["key", "--clearmodifiers", key]);
        tokio::time::sleep(Duration::from_millis(120)).await;
        kiosk(&window, key).await;
    }
    for (x, y) in PLACES {
        for (what, hand) in GESTURES {
            let mut all = vec!["mousemove", x, y];
            all.extend(hand);
            window.desktop.xdotool(&all);
            tokio::time::sleep(Duration::from_millis(80)).await;
            kiosk(&window, what).await;
        }
    }
    for (what, script) in LINKS {
        window.script(script).await;
        tokio::time::sleep(Duration::from_millis(120)).await;
        kiosk(&window, what).await;
    }
    // The window manager itself can put the window away, but it is back at once.
    let till = || {
        let seen = window
            .desktop
            .xdotool(&["search", "--onlyvisible", "--name", "Ringup"]);
        seen.lines().next_back().map(str::to_owned)
    };
    wait_until("it is in front", || till().is_some());
    let id = till().expect("just seen");
    window.desktop.xdotool(&["windowminimize", &id]);
    wait_until("it came back", || till() == Some(id.clone()));
    kiosk(&window, "minimised").await;

    // Only the PIN unlocks it.
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
    window.wait_for_state("lock-said", "wrong").await;
    unlock(&window, PIN).await;
    window.tap("settings-tab-counter").await;
    window.screenshot("kiosk-settings").await;
    // Leaving asks for the PIN itself, although the till is unlocked.
    window.tap("kiosk-leave").await;
    unlock(&window, PIN).await;
    window.find("kiosk-enter").await;
    // The window gets its frame back, which moves its content. Tap nothing meanwhile.
    window.screenshot("kiosk-left").await;
    window.tap("kiosk-enter").await;
    window.tap_to("kiosk-quit", "lock").await;
    window
        .script(&format!(
            "const pin = document.querySelector('[data-testid=lock-pin]');
             pin.value = '{PIN}';
             pin.dispatchEvent(new Event('input', {{ bubbles: true }}));"
        ))
        .await;
    // A little later, because a window that is closing cannot answer WebDriver.
    window
        .script("setTimeout(() => document.querySelector('[data-testid=lock-open]').click(), 200)")
        .await;
    wait_until("the till has ended", || {
        window.desktop.processes("ringup").is_empty()
    });
}

pub(crate) fn told(command: &mut std::process::Command, input: &str) {
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
