//! The program with its windows: Tauri's builder, wired to the till, the windows and the commands.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tauri::{App, Manager as _, RunEvent, Window, WindowEvent};

use ringup_core::config::{Config, practice_folder};
use ringup_core::settings::{Appearance, Settings};

use crate::active_till::{ActiveTill, Mode, OpenTill};
use crate::api;
use crate::theme::WindowTheme;
use crate::windows::cashier::{self, CASHIER};
use crate::windows::display::{self, DISPLAY, Display};
use crate::windows::kiosk::{self, Kiosk};
use crate::windows::page::CashierPage;
use crate::windows::{AppState, state};

/// Opens the cashier's window and returns when it is closed. `kiosk` starts in kiosk mode.
///
/// # Errors
/// Those of Tauri: no display, no web engine.
pub(crate) fn run(config: Config, mode: Mode, kiosk: bool) -> tauri::Result<()> {
    let looks = match mode {
        Mode::Live => Settings::load(&config.data_dir),
        Mode::Practice => Settings::load(&practice_folder(&config.data_dir)),
    }
    .looks;
    #[cfg(target_os = "linux")]
    let _bus = crate::portal::redirect_inhibit_call();
    let app = tauri::Builder::default()
        // The first of all plugins: a second start of the program must end before it does anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            cashier::bring_to_front(app);
        }))
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(api::handler())
        .setup(move |app| {
            set_up(app, config, mode, kiosk, looks)?;
            Ok(())
        })
        .on_window_event(on_window_event)
        .build(tauri::generate_context!())?;
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
            Ok(open) => drop(open.till.key_status().await),
            Err(fault) => tracing::error!(%fault, "the till cannot be opened"),
        }
    });
    cashier::open(app.handle(), looks.scale_percent)?;
    display::run(app.handle());
    kiosk::keep_in_front(app.handle());
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
