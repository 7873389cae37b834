//! The windows: the cashier's, the customer's display, and what kiosk mode makes of both. They show the
//! program's own screens and go nowhere else.

#[cfg(target_os = "linux")]
mod awake;
mod customer;
pub(crate) mod display;
#[cfg(target_os = "linux")]
pub(crate) mod engine;
pub(crate) mod kiosk;
pub(crate) mod screen;
pub(crate) mod shown;
mod till;
pub(crate) mod tip;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tauri::{Manager as _, RunEvent, Url, WindowEvent};

use ringup_core::config::{Config, practice_folder};
use ringup_core::settings::Settings;

use crate::colours::Colours;
use crate::commands;
use crate::counter::{Counter, Mode};
use display::{DISPLAY, Display};
use kiosk::Kiosk;
use screen::Screen;
use till::TILL;

/// Opens the window and stays until it is closed.
pub(crate) fn run(config: Config, mode: Mode, kiosk: bool) -> tauri::Result<()> {
    let looks = match mode {
        Mode::Live => Settings::kept_in(&config.data_dir),
        Mode::Practice => Settings::kept_in(&practice_folder(&config.data_dir)),
    }
    .looks;
    #[cfg(target_os = "linux")]
    let _bus = crate::portal::keep_out_of_the_way();
    let app = tauri::Builder::default()
        // First of all plugins: a second program must end before it does anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            till::to_front(app);
        }))
        .plugin(tauri_plugin_dialog::init())
        .manage(commands::day::Exporting::default())
        .manage(Screen::default())
        .manage(Display::default())
        .manage(Kiosk::new(kiosk))
        .manage(Colours::new(looks.theme))
        .invoke_handler(tauri::generate_handler![
            commands::start,
            commands::switch_mode,
            commands::reset_practice,
            commands::charge,
            commands::try_again,
            commands::stop_waiting,
            commands::check_now,
            commands::look_at,
            commands::sale,
            commands::book::sales,
            commands::book::sale_detail,
            commands::book::payment_seen,
            commands::book::set_note,
            commands::book::refund,
            commands::book::take_back_refund,
            commands::book::close_review,
            commands::day::report,
            commands::day::close_day,
            commands::day::closes,
            commands::day::print_close,
            commands::day::export,
            commands::day::cancel_export,
            commands::items::save_items,
            commands::items::import_items,
            commands::qr,
            commands::save_settings,
            commands::set_key,
            commands::clear_key,
            commands::key_status,
            commands::practice_act,
            commands::receipt::receipt,
            commands::receipt::print_receipt,
            commands::receipt::save_receipt,
            commands::receipt::receipt_opened_in_dialog,
            commands::receipt::printer_test,
            commands::backup::backup_state,
            commands::backup::back_up_now,
            commands::backup::choose_backup_folder,
            commands::backup::clear_backup_folder,
            commands::backup::restore_offer,
            commands::backup::choose_restore_file,
            commands::backup::restore_from_offer,
            commands::lock::lock_state,
            commands::lock::unlock,
            commands::lock::lock_now,
            commands::lock::set_pin,
            commands::lock::clear_pin,
            commands::lock::sign_on,
            commands::kiosk::enter_kiosk,
            commands::kiosk::leave_kiosk,
            commands::kiosk::quit,
            commands::display::display_state,
            commands::display::choose_tip,
            commands::display::ask_tip,
            commands::display::next_customer,
        ])
        .setup(move |app| {
            let handle = app.handle().clone();
            let turn = Arc::new(AtomicU64::new(0));
            let counter = Counter::new(config, mode, move |open| {
                till::forward(handle.clone(), open, Arc::clone(&turn));
                let theme = open.till.settings().looks.theme;
                handle.state::<Colours>().choose(&handle, theme);
                // Another till counts its sales anew: what was before the customer is none of its own.
                handle.state::<Display>().customer.leave();
                handle.state::<Display>().news();
            });
            app.manage(counter);
            // The till opens while the screen loads.
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move {
                match handle.state::<Counter>().open().await {
                    // So does the keychain, of which the screen will want to know.
                    Ok(open) => drop(open.till.key_status().await),
                    Err(fault) => tracing::error!(%fault, "the till cannot be opened"),
                }
            });
            till::open(app.handle(), looks.scale_percent)?;
            display::follow(app.handle());
            kiosk::keep(app.handle());
            Ok(())
        })
        .on_window_event(|window, event| match (window.label(), event) {
            // No hand at the counter closes a till that is locked: Alt+F4, the window manager, a taskbar.
            (_, WindowEvent::CloseRequested { api, .. }) if window.state::<Kiosk>().is_on() => {
                api.prevent_close();
            }
            (DISPLAY, WindowEvent::CloseRequested { .. }) => {
                window.state::<Display>().put_away();
            }
            // Its monitor was pulled out and the window manager brought it to the cashier's.
            (DISPLAY, WindowEvent::Moved(_) | WindowEvent::Resized(_)) => {
                window.state::<Display>().news();
            }
            // The display does not outlive the till.
            (TILL, WindowEvent::Destroyed) => window.app_handle().exit(0),
            _ => {}
        })
        .build(tauri::generate_context!())?;
    app.run(|app, event| {
        if let RunEvent::ExitRequested {
            api, code: None, ..
        } = event
            && app.state::<Kiosk>().is_on()
        {
            api.prevent_exit();
        }
    });
    Ok(())
}

/// Whether an address is one of the program's own pages.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // Where a webview knows no schemes of an app's own.
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// A page cannot close its window: the engine would do it without asking anybody.
const NO_CLOSE: &str =
    "Object.defineProperty(window, 'close', { value() {}, writable: false, configurable: false });";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_nothing_but_the_programs_own_pages() {
        let ours = |text| is_ours(&Url::parse(text).expect("a URL"));
        assert!(ours("tauri://localhost/index.html"));
        for text in [
            "https://pay.cru.cash/invoice/1",
            "http://127.0.0.1:4141/invoice/1",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
        ] {
            assert!(!ours(text), "{text}");
        }
    }
}
