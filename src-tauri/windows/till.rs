//! The cashier's window, and how what happens at a till comes to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager as _, WebviewWindowBuilder};
use tokio::sync::broadcast::error::RecvError;

use ringup_core::{Till, TillEvent};

use super::display::Display;
use super::kiosk::Kiosk;
use super::screen::Screen;
use super::{NO_CLOSE, is_ours};
use crate::colours::Colours;
use crate::counter::{Counter, OpenTill};

/// The cashier's window, as `tauri.conf.json` calls it.
pub(crate) const TILL: &str = "till";

pub(super) fn open(app: &AppHandle, scale_percent: u16) -> tauri::Result<()> {
    let kiosk = app.state::<Kiosk>().is_on();
    let colours = app.state::<Colours>();
    for config in &app.config().app.windows {
        let mut window = WebviewWindowBuilder::from_config(app, config)?;
        if let Some(colour) = colours.background() {
            window = window.background_color(colour);
        }
        let window = window
            .initialization_script(NO_CLOSE)
            .initialization_script(colours.first_paint(scale_percent))
            .on_navigation(is_ours)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .devtools(cfg!(debug_assertions) && !kiosk)
            .decorations(!kiosk)
            .fullscreen(kiosk)
            .always_on_top(kiosk)
            .visible_on_all_workspaces(kiosk)
            .build()?;
        #[cfg(target_os = "linux")]
        super::engine::tame(&window)?;
        #[cfg(target_os = "linux")]
        crate::colours::follow(window);
        #[cfg(not(target_os = "linux"))]
        drop(window);
    }
    Ok(())
}

/// Someone started the program again: here it is.
pub(super) fn to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(TILL) {
        for step in [window.unminimize(), window.show(), window.set_focus()] {
            if let Err(error) = step {
                tracing::warn!(%error, "the window cannot be brought to the front");
            }
        }
    }
}

/// Tells the screen what happens at a till, until another one stands on the counter.
pub(super) fn forward(app: AppHandle, open: &OpenTill, turn: Arc<AtomicU64>) {
    let mine = turn.fetch_add(1, Ordering::Relaxed) + 1;
    let mut events = open.till.events();
    let mode = open.mode;
    tauri::async_runtime::spawn(async move {
        loop {
            let event = events.recv().await;
            if turn.load(Ordering::Relaxed) != mine {
                return;
            }
            match event {
                Ok(event) => tell(&app, event),
                Err(RecvError::Lagged(_)) => {
                    // The till is asked anew rather than held here: it must be able to close.
                    if let Ok(open) = app.state::<Counter>().open().await
                        && open.mode == mode
                    {
                        tell_all(&app, &open.till).await;
                    }
                }
                Err(RecvError::Closed) => return,
            }
        }
    });
}

async fn tell_all(app: &AppHandle, till: &Till) {
    for sale in till.open_sales().await.unwrap_or_default() {
        tell(app, TillEvent::SaleChanged(Box::new(sale)));
    }
}

fn tell(app: &AppHandle, event: TillEvent) {
    if matches!(event, TillEvent::SaleChanged(_)) {
        app.state::<Display>().news();
    }
    app.state::<Screen>().tell(event.into());
}
