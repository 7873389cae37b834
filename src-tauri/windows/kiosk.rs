//! Kiosk mode: the till is all there is of the machine. Full screen, without decorations, in front, and
//! closed by nobody without the PIN; awake as long as it is on. What the system around it must do stands
//! in docs/kiosk.md.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tauri::{AppHandle, Manager as _, WebviewWindow};

use super::TILL;

/// How often the window is looked after.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Whether the till is in kiosk mode.
pub(crate) struct Kiosk {
    on: AtomicBool,
    /// A dialog of the system's is open: the keyboard is its own.
    dialog: AtomicBool,
    #[cfg(target_os = "linux")]
    awake: std::sync::Mutex<Option<super::awake::Awake>>,
}

impl Kiosk {
    pub(super) fn new(on: bool) -> Self {
        Self {
            on: AtomicBool::new(on),
            dialog: AtomicBool::new(false),
            #[cfg(target_os = "linux")]
            awake: std::sync::Mutex::new(on.then(super::awake::Awake::stay)),
        }
    }

    pub(crate) fn is_on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }

    /// A dialog of the system's opens, or was closed.
    pub(crate) fn dialog(&self, open: bool) {
        self.dialog.store(open, Ordering::Relaxed);
    }

    fn set(&self, on: bool) {
        self.on.store(on, Ordering::Relaxed);
        #[cfg(target_os = "linux")]
        {
            let mut awake = self
                .awake
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            *awake = on.then(super::awake::Awake::stay);
        }
    }
}

/// Goes into kiosk mode, or out of it. Who may is asked before.
pub(crate) fn switch(app: &AppHandle, on: bool) -> tauri::Result<()> {
    app.state::<Kiosk>().set(on);
    match app.get_webview_window(TILL) {
        Some(window) => dress(&window, on),
        None => Ok(()),
    }
}

fn dress(window: &WebviewWindow, on: bool) -> tauri::Result<()> {
    #[cfg(target_os = "linux")]
    window.with_webview(move |webview| {
        use webkit2gtk::{SettingsExt as _, WebViewExt};
        if let Some(settings) = WebViewExt::settings(&webview.inner()) {
            settings.set_enable_developer_extras(cfg!(debug_assertions) && !on);
        }
    })?;
    window.set_decorations(!on)?;
    window.set_always_on_top(on)?;
    // No key of the window manager's leads to a desktop without the till.
    window.set_visible_on_all_workspaces(on)?;
    window.set_fullscreen(on)
}

/// Brings the window back whenever a window manager's key or gesture has put it away.
pub(super) fn keep(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            if app.state::<Kiosk>().is_on()
                && let Some(window) = app.get_webview_window(TILL)
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
    // *Show desktop* hides what it calls neither minimised nor invisible: having the keyboard tells.
    if !window.is_focused()? && !window.state::<Kiosk>().dialog.load(Ordering::Relaxed) {
        window.set_focus()?;
    }
    if !window.is_fullscreen()? {
        window.set_fullscreen(true)?;
    }
    Ok(())
}
