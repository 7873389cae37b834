//! Accessibility: every screen in every theme keeps WCAG 2.2 AA as axe-core judges it, and can be used with the keyboard
//! alone.

use std::path::Path;

use serde_json::json;
use thirtyfour::Key;

use crate::customer_display::{DISPLAY, TILL, choose_place};
use crate::every_screen::walk;
use crate::screen_reader::ScreenReader;
use ringup_testkit::{Desktop, Window, open_till, start_gateway};

const KEY: &str = "canary-key-4735";
const THEMES: [&str; 3] = ["light", "dark", "high-contrast"];

/// The source of axe-core, which is one of the screens' development packages.
fn axe() -> String {
    let path = "ui/node_modules/axe-core/axe.min.js";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).expect("`npm --prefix ui ci` brings axe-core")
}

/// The broken rules on the current page: each with its place and the reason.
async fn breaches(window: &Window, axe: &str) -> Vec<String> {
    window
        .script(&format!("if (!window.axe) {{ {axe} }}"))
        .await;
    let found = window
        .script_async(
            "const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
             const run = () => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
               .then(({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
                  `${id}: ${target.join(' ')}: ${[...any, ...all, ...none].map(({ message }) => message).join('; ')}`))),
                 (why) => done(['axe: ' + why]));
             const ends = document.getAnimations()
               .filter((animation) => animation.effect.getTiming().iterations !== Infinity)
               .map((animation) => animation.finished);
             Promise.allSettled(ends).then(run);",
        )
        .await;
    serde_json::from_value(found).expect("words")
}

/// Applies a theme as the settings do.
async fn wear(window: &Window, theme: &str) {
    window
        .script(&format!(
            "document.documentElement.dataset.theme = '{theme}'"
        ))
        .await;
}

/// Checks that no rule is broken on this screen in any theme.
pub(crate) async fn assert_keeps_the_rules(window: &Window, screen: &str) {
    let axe = axe();
    for theme in THEMES {
        wear(window, theme).await;
        let found = breaches(window, &axe).await;
        assert!(found.is_empty(), "{screen}, {theme}: {}", found.join("\n"));
    }
    wear(window, "light").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_keeps_the_rules_of_wcag_in_every_theme() {
    let gateway = start_gateway(KEY).await;
    let axe = axe();
    let mut found = Vec::new();
    let mut looked_at = 0;
    let window = Window::open(Desktop::with_screen(1280, 800), &gateway.base_url()).await;
    walk(&window, KEY, &gateway.control(), async |window, screen| {
        for theme in THEMES {
            wear(window, theme).await;
            for breach in breaches(window, &axe).await {
                println!("{screen}, {theme}: {breach}");
                found.push(format!("{screen}, {theme}: {breach}"));
            }
            looked_at += 1;
        }
        wear(window, "light").await;
    })
    .await;
    println!("{looked_at} faces of screens judged");
    assert!(looked_at >= 105, "{looked_at}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_customers_display_keeps_the_rules_of_wcag() {
    let mut desktop = Desktop::with_screen(1280, 800);
    desktop.start_window_manager();
    let gateway = start_gateway(KEY).await;
    let axe = axe();
    let window = open_till(desktop, &gateway, KEY).await;
    choose_place(&window, "In a window").await;
    let mut found = Vec::new();
    for face in ["idle", "awaiting", "paid"] {
        window.switch_to_page(TILL).await;
        if face == "awaiting" {
            window.tap("nav-pad").await;
            window.open_sale("12.5").await;
        } else if face == "paid" {
            let customer = gateway.control();
            window.pay(&customer).await;
        }
        window.switch_to_page(DISPLAY).await;
        window
            .wait_for_attribute("display", "data-face", face)
            .await;
        for theme in THEMES {
            wear(&window, theme).await;
            for breach in breaches(&window, &axe).await {
                found.push(format!("{face}, {theme}: {breach}"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Faults of the keyboard on a screen: controls that Tab does not reach, focus that cannot be seen, focus that leaves a
/// dialog.
async fn unreached(window: &Window) -> Vec<String> {
    // Tab reaches one of a group of radio buttons, the arrow keys reach the others.
    let wanted = window
        .script(
            "const over = document.querySelector('[role=dialog], [data-testid=lock], [data-testid=error]');
             const within = over ?? document;
             window.toReach = [...within.querySelectorAll('button, a[href], input, select, textarea')]
               .filter((e) => !e.disabled && !e.closest('[inert]') && e.checkVisibility({ visibilityProperty: true })
                 && !(e.type === 'radio' && !e.checked));
             window.cameTo = new Set();
             window.unseenFocus = [];
             window.outside = [];
             window.over = over;
             return window.toReach.length",
        )
        .await;
    let most = wanted.as_u64().expect("a number") * 2 + 12;
    for _ in 0..most {
        window.keys(&[Key::Tab]).await;
        let all = window
            .script(
                "const at = document.activeElement;
                 if (at && at !== document.body) {
                   window.cameTo.add(at);
                   const frame = at.closest('label') ?? at.closest('.note') ?? at;
                   const shown = [at, frame].some((e) => {
                     const style = getComputedStyle(e);
                     return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                   });
                   const name = at.dataset.testid ?? at.outerHTML.slice(0, 80);
                   if (!shown) window.unseenFocus.push(name);
                   // The lock screen leaves the navigation bar free, as the way back.
                   const rail = window.over?.dataset.testid === 'lock' && at.closest('aside') !== null;
                   if (window.over && !window.over.contains(at) && !rail) window.outside.push(name);
                 }
                 return window.toReach.every((e) => window.cameTo.has(e) || !e.isConnected)",
            )
            .await;
        if all == true {
            break;
        }
    }
    let found = window
        .script(
            "const name = (e) => e.dataset.testid ?? e.outerHTML.slice(0, 80);
             const missed = window.toReach.filter((e) => e.isConnected && !window.cameTo.has(e)).map(name);
             return [...missed.map((n) => 'not reached: ' + n),
                     ...new Set(window.unseenFocus.map((n) => 'focus not seen: ' + n)),
                     ...new Set(window.outside.map((n) => 'outside of what lies over: ' + n))]",
        )
        .await;
    serde_json::from_value(found).expect("words")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_comes_to_everything_and_a_screen_reader_is_told_of_it() {
    let gateway = start_gateway(KEY).await;
    let mut desktop = Desktop::with_screen(1280, 800);
    let reader = ScreenReader::start(&mut desktop);
    let window = Window::open(desktop, &gateway.base_url()).await;
    let mut found = Vec::new();
    walk(&window, KEY, &gateway.control(), async |window, screen| {
        let unreached = unreached(window).await;
        for fault in unreached.into_iter().chain(reader.faults(window).await) {
            println!("{screen}: {fault}");
            found.push(format!("{screen}: {fault}"));
        }
    })
    .await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Presses Tab until the focus is on `id`.
async fn tab_to(window: &Window, id: &str) {
    for _ in 0..60 {
        let there = format!("return document.activeElement?.dataset.testid === '{id}'");
        if window.script(&there).await == json!(true) {
            return;
        }
        window.keys(&[Key::Tab]).await;
    }
    panic!("Tab never comes to {id}");
}

async fn focused(window: &Window) -> serde_json::Value {
    window
        .script("return document.activeElement?.dataset.testid ?? document.activeElement?.tagName")
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_by_the_keyboard_alone() {
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let window = Window::open(Desktop::with_screen(1280, 800), &gateway.base_url()).await;
    // The first run.
    window.find("setup").await;
    tab_to(&window, "setup-key").await;
    window.type_text(KEY).await;
    window.keys(&[Key::Enter]).await;
    window.find("pad").await;

    // One sale is stopped, another is paid.
    window.type_text("12.5").await;
    window.keys(&[Key::Enter]).await;
    window.wait_for_state("payment", "awaiting").await;
    tab_to(&window, "payment-stop").await;
    window.keys(&[Key::Enter]).await;
    window.wait_for_state("payment", "stopped").await;
    tab_to(&window, "payment-next").await;
    window.keys(&[Key::Enter]).await;
    window.find("pad").await;
    window.type_text("7.").await;
    window.keys(&[Key::Enter]).await;
    window.wait_for_state("payment", "awaiting").await;
    window.pay(&customer).await;
    window.keys(&[Key::Enter]).await;
    window.find("pad").await;

    // The sales book: a sale, its page, a note; then the focus is back where it was.
    tab_to(&window, "nav-sales").await;
    window.keys(&[Key::Enter]).await;
    window.find("sale-row").await;
    window.keys(&[Key::Down]).await;
    window.keys(&[Key::Enter]).await;
    window.find("sale-detail").await;
    tab_to(&window, "sale-note").await;
    window.type_text(" ").await;
    window.find("note").await;
    assert_eq!(focused(&window).await, json!("note-text"));
    window.type_text("Cup").await;
    window.keys(&[Key::Escape]).await;
    window.wait_until_gone("note").await;
    assert_eq!(focused(&window).await, json!("sale-note"));
    window.keys(&[Key::Enter]).await;
    window.find("note").await;
    window.type_text("Cake").await;
    tab_to(&window, "note-save").await;
    window.keys(&[Key::Enter]).await;
    window.wait_until_gone("note").await;
    window.wait_for_text("sale-note-text", "Cake").await;
    window.keys(&[Key::Escape]).await;
    window.find("sale-row").await;
    assert_eq!(focused(&window).await, json!("sale-row"));

    // The day and its dialogs.
    tab_to(&window, "nav-day").await;
    window.keys(&[Key::Enter]).await;
    window.find("day-total").await;
    for (opens, dialog) in [("day-export", "export"), ("day-close", "close-day")] {
        tab_to(&window, opens).await;
        window.keys(&[Key::Enter]).await;
        window.find(dialog).await;
        window.keys(&[Key::Escape]).await;
        window.wait_until_gone(dialog).await;
        assert_eq!(focused(&window).await, json!(opens));
    }

    // The settings, section by section, then saved.
    tab_to(&window, "nav-settings").await;
    window.keys(&[Key::Enter]).await;
    window.find("settings").await;
    for tab in ["items", "shop", "printer", "counter", "backup", "till"] {
        let tab = format!("settings-tab-{tab}");
        tab_to(&window, &tab).await;
        window.keys(&[Key::Enter]).await;
        window
            .wait_for_attribute(&tab, "aria-selected", "true")
            .await;
    }
    tab_to(&window, "settings-lifetime").await;
    window
        .keys(&[Key::End, Key::Backspace, Key::Backspace])
        .await;
    window.type_text("20").await;
    tab_to(&window, "settings-save").await;
    window.keys(&[Key::Enter]).await;
    let saved = window
        .script_async(
            "window.__TAURI_INTERNALS__.invoke('start', { events: '__CHANNEL__:0' })
               .then(({ settings }) => done(settings.lifetime_minutes))",
        )
        .await;
    assert_eq!(saved, json!(20));
}
