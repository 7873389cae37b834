//! The windows: the cashier's, the customer's display, and kiosk mode for both. They show the program's own
//! pages and cannot be made to show anything else.

#[cfg(target_os = "linux")]
mod awake;
pub(crate) mod cashier;
pub(crate) mod display;
mod display_session;
pub(crate) mod display_state;
pub(crate) mod kiosk;
pub(crate) mod page;
pub(crate) mod tip;
#[cfg(target_os = "linux")]
pub(crate) mod webkit;

use std::sync::Arc;

use tauri::{Manager, Url, Wry};

use crate::active_till::ActiveTill;
use crate::theme::WindowTheme;
use cashier::CASHIER;
use display::Display;
use kiosk::Kiosk;
use page::CashierPage;

/// What the program holds while its windows are open.
pub(crate) struct AppState {
    pub(crate) active_till: ActiveTill,
    pub(crate) cashier_page: CashierPage,
    pub(crate) display: Display,
    pub(crate) kiosk: Kiosk,
    pub(crate) theme: WindowTheme,
}

/// The program's state, which `gui::run` has put into Tauri's hands.
pub(crate) fn state(manager: &impl Manager<Wry>) -> Arc<AppState> {
    Arc::clone(&manager.state::<Arc<AppState>>())
}

/// Whether an address is one of the program's own pages.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // On Windows, where the web engine does not know custom schemes.
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Disables `window.close()` in a page: the engine would close the window without asking the program.
const BLOCK_WINDOW_CLOSE: &str =
    "Object.defineProperty(window, 'close', { value() {}, writable: false, configurable: false });";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_shows_the_programs_own_pages_only() {
        let is_own = |text| is_own_page(&Url::parse(text).expect("a URL"));
        assert!(is_own("tauri://localhost/index.html"));
        for text in [
            "https://pay.cru.cash/invoice/1",
            "http://127.0.0.1:4141/invoice/1",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
        ] {
            assert!(!is_own(text), "{text}");
        }
    }
}
