//! The program with its windows: Tauri's builder, wired to the till, the windows and the commands.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tauri::{App, Manager as _, RunEvent, Window, WindowEvent};

use ringup_core::TillError;
use ringup_core::config::{Config, practice_folder};
#[cfg(target_os = "linux")]
use ringup_core::error::Code;
use ringup_core::error::Fault;
use ringup_core::settings::{Appearance, Settings};

use crate::active_till::{ActiveTill, Mode, OpenTill};
use crate::api;
use crate::theme::WindowTheme;
use crate::windows::cashier::{self, CASHIER};
use crate::windows::display::{self, DISPLAY, Display};
use crate::windows::kiosk::{self, Kiosk};
use crate::windows::page::CashierPage;
use crate::windows::{AppState, state};

/// The name on the session's bus that the single-instance plugin owns: the app's identifier and its suffix.
#[cfg(target_os = "linux")]
const SINGLE_INSTANCE: &str = "app.ringup.till.SingleInstance";

/// Opens the cashier's window and returns when it is closed. `kiosk` starts in kiosk mode.
///
/// # Errors
/// `config_invalid` when there is no display; `internal` when a till that runs already does not answer, and for what Tauri
/// reports, as that there is no web engine.
pub(crate) fn run(config: Config, mode: Mode, kiosk: bool) -> Result<(), Fault> {
    let looks = match mode {
        Mode::Live => Settings::load(&config.data_dir),
        Mode::Practice => Settings::load(&practice_folder(&config.data_dir)),
    }
    .looks;
    #[cfg(target_os = "linux")]
    let _bus = crate::portal::redirect_inhibit_call();
    #[cfg(target_os = "linux")]
    check_desktop()?;
    let app = tauri::Builder::default()
        // The first of all plugins: a second start of the program must end before it does anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            cashier::bring_to_front(app);
        }))
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(api::handler())
        .setup(move |app| {
            // Tauri would panic with this error, which says nothing of a home folder that may not be written.
            if let Err(error) = set_up(app, config, mode, kiosk, looks) {
                let message = format!(
                    "the window cannot be opened: {error}; may the home folder be written?"
                );
                crate::cli::exit_with(&Fault::from(TillError::Internal(message)));
            }
            Ok(())
        })
        .on_window_event(on_window_event)
        .build(tauri::generate_context!())
        .map_err(|error| Fault::from(TillError::Internal(error.to_string())))?;
    app.run(|app, event| {
        if let RunEvent::ExitRequested {
            api, code: None, ..
        } = event
            && state(app).kiosk.is_on()
        {
            api.prevent_exit();
        }
    });
    Ok(())
}

/// Without a display, and when the till that runs already never answers, Tauri would panic or wait without a word.
#[cfg(target_os = "linux")]
fn check_desktop() -> Result<(), Fault> {
    if gtk::init().is_err() {
        let message = "there is no display to open a window on; start Ringup in a desktop session, or see ringup --help";
        return Err(Fault::new(Code::ConfigInvalid, message));
    }
    if crate::portal::is_owned_by_a_silent_program(SINGLE_INSTANCE) {
        let message = "Ringup runs already and does not answer; end it, then start it again";
        return Err(Fault::from(TillError::Internal(message.to_owned())));
    }
    Ok(())
}

fn set_up(
    app: &mut App,
    config: Config,
    mode: Mode,
    kiosk: bool,
    looks: Appearance,
) -> tauri::Result<()> {
    let handle = app.handle().clone();
    let generation = Arc::new(AtomicU64::new(0));
    let on_open = move |open: &OpenTill| {
        cashier::forward_events(handle.clone(), open, Arc::clone(&generation));
        let state = state(&handle);
        state.theme.set(&handle, open.till.settings().looks.theme);
        // Each till numbers its own sales, so what was before the customer is not one of this till's.
        state.display.session.clear();
        state.display.refresh();
    };
    let shared = Arc::new(AppState {
        active_till: ActiveTill::new(config, mode, on_open),
        cashier_page: CashierPage::default(),
        display: Display::default(),
        kiosk: Kiosk::new(kiosk),
        theme: WindowTheme::new(looks.theme),
    });
    app.manage(Arc::clone(&shared));
    // The till is opened, and the keychain asked, while the page loads.
    tauri::async_runtime::spawn(async move {
        match shared.active_till.open().await {
            Ok(open) => {
                // A keychain that is locked is asked again when the key is needed, and by the next start.
                if let Err(error) = open.till.record_found_key().await {
                    tracing::warn!(%error, "the key cannot be compared with the journal");
                }
            }
            Err(fault) => tracing::error!(%fault, "the till cannot be opened"),
        }
    });
    cashier::open(app.handle(), looks.scale_percent)?;
    display::run(app.handle());
    kiosk::keep_in_front(app.handle());
    kiosk::watch_lock(app.handle());
    Ok(())
}

fn on_window_event(window: &Window, event: &WindowEvent) {
    match (window.label(), event) {
        // In kiosk mode neither Alt+F4 nor a window manager nor a taskbar closes a window.
        (_, WindowEvent::CloseRequested { api, .. }) if state(window).kiosk.is_on() => {
            api.prevent_close();
        }
        (DISPLAY, WindowEvent::CloseRequested { .. }) => {
            state(window).display.set_closed_by_hand();
        }
        // Its monitor may have been unplugged, and the window manager moved it to the cashier's.
        (DISPLAY, WindowEvent::Moved(_) | WindowEvent::Resized(_)) => {
            state(window).display.refresh();
        }
        // The customer's display closes with the cashier's window.
        (CASHIER, WindowEvent::Destroyed) => window.app_handle().exit(0),
        _ => {}
    }
}
