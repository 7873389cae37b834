//! The cashier's window, and the forwarding of the till's events to its page.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager as _, WebviewWindowBuilder};
use tokio::sync::broadcast::error::RecvError;

use ringup_core::{Till, TillEvent};

use super::{BLOCK_WINDOW_CLOSE, is_own_page, state};
use crate::active_till::OpenTill;

/// The label of the cashier's window in `tauri.conf.json`.
pub(crate) const CASHIER: &str = "till";

/// Opens the window. `scale_percent` is the size of everything in it, as the settings have it.
pub(crate) fn open(app: &AppHandle, scale_percent: u16) -> tauri::Result<()> {
    let state = state(app);
    let (theme, kiosk) = (&state.theme, state.kiosk.is_on());
    for config in &app.config().app.windows {
        let mut window = WebviewWindowBuilder::from_config(app, config)?;
        if let Some(color) = theme.background() {
            window = window.background_color(color);
        }
        let window = window
            .initialization_script(BLOCK_WINDOW_CLOSE)
            .initialization_script(theme.first_paint_script(scale_percent))
            .on_navigation(is_own_page)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .devtools(cfg!(debug_assertions) && !kiosk)
            .decorations(!kiosk)
            .fullscreen(kiosk)
            .always_on_top(kiosk)
            .visible_on_all_workspaces(kiosk)
            .build()?;
        #[cfg(target_os = "linux")]
        super::webkit::configure(&window)?;
        #[cfg(target_os = "linux")]
        crate::theme::follow_desktop(window);
        #[cfg(not(target_os = "linux"))]
        drop(window);
    }
    Ok(())
}

/// Shows the window in front: someone has started the program a second time.
pub(crate) fn bring_to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(CASHIER) {
        for step in [window.unminimize(), window.show(), window.set_focus()] {
            if let Err(error) = step {
                tracing::warn!(%error, "the window cannot be brought to the front");
            }
        }
    }
}

/// Forwards the events of a till to the page until another till is opened. `generation` counts the tills that
/// were opened, so that a forwarding task knows when it is out of date.
pub(crate) fn forward_events(app: AppHandle, open: &OpenTill, generation: Arc<AtomicU64>) {
    let own_generation = generation.fetch_add(1, Ordering::Relaxed) + 1;
    let mut events = open.till.events();
    let mode = open.mode;
    tauri::async_runtime::spawn(async move {
        loop {
            let event = events.recv().await;
            if generation.load(Ordering::Relaxed) != own_generation {
                return;
            }
            match event {
                Ok(event) => emit(&app, event),
                Err(RecvError::Lagged(_)) => {
                    // The till is fetched anew rather than held by this task, which would keep it open.
                    if let Ok(open) = state(&app).active_till.open().await
                        && open.mode == mode
                    {
                        emit_open(&app, &open.till).await;
                    }
                }
                Err(RecvError::Closed) => return,
            }
        }
    });
}

async fn emit_open(app: &AppHandle, till: &Till) {
    for sale in till.open_sales().await.unwrap_or_default() {
        emit(app, TillEvent::SaleChanged(Box::new(sale)));
    }
    if let Ok(carts) = till.held_carts().await {
        emit(app, TillEvent::CartsChanged(carts));
    }
    emit(app, TillEvent::OfficeChanged(till.office_state()));
    emit(app, TillEvent::UpdateChanged(till.update_state()));
}

fn emit(app: &AppHandle, event: TillEvent) {
    let state = state(app);
    match event {
        TillEvent::SaleChanged(_) => state.display.refresh(),
        TillEvent::SettingsTaken(_) => {
            state.display.settings_saved();
            // Its bearer may be none of the shop's any more.
            state.active_till.guard().sign_off_unknown();
        }
        _ => {}
    }
    state.cashier_page.emit(event.into());
}
