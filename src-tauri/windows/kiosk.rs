//! Kiosk mode: the window is full screen, without decorations, in front of all others, and only the PIN closes
//! it; the machine is kept awake meanwhile. docs/kiosk.md says how to set up the system around it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tauri::{AppHandle, Manager as _, WebviewWindow};

use super::page::ScreenEvent;
use super::{CASHIER, state};

/// How often the window's place is checked.
const CHECK_INTERVAL: Duration = Duration::from_secs(1);

/// Whether the till is in kiosk mode.
pub(crate) struct Kiosk {
    on: AtomicBool,
    switched: tokio::sync::Notify,
    /// A file dialog is open, which needs the keyboard.
    dialog_open: AtomicBool,
    #[cfg(target_os = "linux")]
    keep_awake: std::sync::Mutex<Option<super::awake::KeepAwake>>,
}

impl Kiosk {
    pub(crate) fn new(on: bool) -> Self {
        Self {
            on: AtomicBool::new(on),
            switched: tokio::sync::Notify::new(),
            dialog_open: AtomicBool::new(false),
            #[cfg(target_os = "linux")]
            keep_awake: std::sync::Mutex::new(on.then(super::awake::KeepAwake::start)),
        }
    }

    /// Whether kiosk mode is on.
    pub(crate) fn is_on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }

    /// Says that a file dialog was opened or closed: while it is open the window does not take the keyboard.
    pub(crate) fn set_dialog_open(&self, open: bool) {
        self.dialog_open.store(open, Ordering::Relaxed);
    }

    fn set(&self, on: bool) {
        self.on.store(on, Ordering::Relaxed);
        self.switched.notify_one();
        #[cfg(target_os = "linux")]
        {
            let mut keep_awake = self
                .keep_awake
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            *keep_awake = on.then(super::awake::KeepAwake::start);
        }
    }
}

/// Turns kiosk mode on or off. The caller has checked the PIN.
pub(crate) fn switch(app: &AppHandle, on: bool) -> tauri::Result<()> {
    state(app).kiosk.set(on);
    match app.get_webview_window(CASHIER) {
        Some(window) => apply(&window, on),
        None => Ok(()),
    }
}

fn apply(window: &WebviewWindow, on: bool) -> tauri::Result<()> {
    #[cfg(target_os = "linux")]
    window.with_webview(move |webview| {
        use webkit2gtk::{SettingsExt as _, WebViewExt};
        if let Some(settings) = WebViewExt::settings(&webview.inner()) {
            settings.set_enable_developer_extras(cfg!(debug_assertions) && !on);
        }
    })?;
    window.set_decorations(!on)?;
    window.set_always_on_top(on)?;
    // Otherwise a window manager's key could switch to a workspace without the till.
    window.set_visible_on_all_workspaces(on)?;
    window.set_fullscreen(on)
}

/// Locks a till that nobody touches, tells the page of it, and closes a file dialog that was opened with the PIN. Wrong
/// PINs go into the journal from here.
pub(crate) fn watch_lock(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let mut was_open = false;
        loop {
            tokio::time::sleep(CHECK_INTERVAL).await;
            let state = state(&app);
            state.active_till.record_refused_pins().await;
            if let Some(open) = state.active_till.opened().await {
                let kiosk = open.till.settings().kiosk;
                let unattended = state.kiosk.is_on() || kiosk.self_service;
                let limit_ms = unattended.then_some(i64::from(kiosk.return_after_s) * 1000);
                state.active_till.guard().set_idle_limit(limit_ms);
            }
            if let Some(view) = state.active_till.guard().locked_since(&mut was_open) {
                if view.staff {
                    state.active_till.sign_off_idle().await;
                }
                state.cashier_page.emit(ScreenEvent::LockChanged(view));
                #[cfg(target_os = "linux")]
                if let Err(error) = app.run_on_main_thread(close_file_dialogs) {
                    tracing::warn!(%error, "the file dialog cannot be closed");
                }
            }
        }
    });
}

#[cfg(target_os = "linux")]
fn close_file_dialogs() {
    use gtk::prelude::{Cast as _, DialogExt as _};
    for window in gtk::Window::list_toplevels() {
        if let Ok(dialog) = window.downcast::<gtk::FileChooserDialog>() {
            dialog.response(gtk::ResponseType::Cancel);
        }
    }
}

/// In kiosk mode, brings the window back whenever a window manager's key or gesture has hidden it.
pub(crate) fn keep_in_front(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            let kiosk = &state(&app).kiosk;
            while !kiosk.is_on() {
                kiosk.switched.notified().await;
            }
            tokio::time::sleep(CHECK_INTERVAL).await;
            if kiosk.is_on()
                && let Some(window) = app.get_webview_window(CASHIER)
                && let Err(error) = bring_back(&window)
            {
                tracing::warn!(%error, "the window cannot be kept in front");
            }
        }
    });
}

fn bring_back(window: &WebviewWindow) -> tauri::Result<()> {
    if window.is_minimized()? || !window.is_visible()? {
        window.unminimize()?;
        window.show()?;
        window.set_focus()?;
    }
    // *Show desktop* leaves the window neither minimised nor invisible; only the lost focus shows it.
    if !window.is_focused()? && !state(window).kiosk.dialog_open.load(Ordering::Relaxed) {
        window.set_focus()?;
    }
    if !window.is_fullscreen()? {
        window.set_fullscreen(true)?;
    }
    Ok(())
}
