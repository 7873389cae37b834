//! The customer's display: a second window, full screen on the second monitor or movable. `display_state.rs`
//! says what it shows, `display_session.rs` which sale or question is before the customer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tauri::ipc::Channel;
use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, Manager as _, Monitor, PhysicalPosition, PhysicalSize, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder,
};
use tokio::sync::Notify;

use ringup_core::settings::DisplayPlace;

use super::display_session::DisplaySession;
use super::display_state::DisplayState;
use super::{BLOCK_WINDOW_CLOSE, CASHIER, is_own_page, state};

/// The label of the display's window.
pub(crate) const DISPLAY: &str = "display";

/// How often the monitors are listed: no event reliably says that one was plugged in.
const CHECK_INTERVAL: Duration = Duration::from_secs(2);

/// The customer's display.
#[derive(Default)]
pub(crate) struct Display {
    page: Mutex<Page>,
    /// Ends the wait of the task that keeps the display up to date.
    refresh: Notify,
    /// Someone closed the window: it stays closed until the settings are saved again.
    closed_by_hand: AtomicBool,
    /// The sale or question before the customer.
    pub(crate) session: DisplaySession,
    /// Where the window was opened, unless it is movable.
    placement: Mutex<Option<Placement>>,
}

/// The monitor that the window was opened for.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Placement {
    position: PhysicalPosition<i32>,
    size: PhysicalSize<u32>,
    /// The window was seen on that monitor; a window manager may take a while to move a new window there.
    arrived: bool,
}

#[derive(Default)]
struct Page {
    channel: Option<Channel<DisplayState>>,
    /// The state that was sent last.
    sent: Option<DisplayState>,
}

impl Display {
    /// Brings window and page up to date soon: something changed that the customer may see.
    pub(crate) fn refresh(&self) {
        self.refresh.notify_one();
    }

    /// Allows a window that was closed by hand to open again: the settings were saved.
    pub(crate) fn settings_saved(&self) {
        self.closed_by_hand.store(false, Ordering::Relaxed);
        self.refresh();
    }

    /// Keeps the window closed: someone closed it.
    pub(crate) fn set_closed_by_hand(&self) {
        self.closed_by_hand.store(true, Ordering::Relaxed);
    }

    /// Sends every change to this page from now on. `state` is what the page was given to begin with.
    pub(crate) fn attach_page(&self, channel: Channel<DisplayState>, state: &DisplayState) {
        let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        page.channel = Some(channel);
        page.sent = Some(state.clone());
    }

    fn placement(&self) -> MutexGuard<'_, Option<Placement>> {
        self.placement
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn emit(&self, state: DisplayState) {
        let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        if page.sent.as_ref() == Some(&state) {
            return;
        }
        if let Some(channel) = &page.channel
            && let Err(error) = channel.send(state.clone())
        {
            tracing::warn!(%error, "a change did not reach the customer's display");
        }
        page.sent = Some(state);
    }
}

/// Keeps the display's window and page up to date as long as the program runs.
pub(crate) fn run(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let state = state(&app);
        let display = &state.display;
        loop {
            let open = state.active_till.opened().await;
            let place = match &open {
                Some(open) => open.till.settings().customer_display,
                None => DisplayPlace::Off,
            };
            if let Err(error) = place_window(&app, place) {
                tracing::warn!(%error, "the customer's display cannot be shown");
            }
            if app.get_webview_window(DISPLAY).is_some() {
                display.emit(DisplayState::now(&display.session, open.as_ref()).await);
            }
            drop(open);
            tokio::select! {
                () = display.refresh.notified() => {}
                () = tokio::time::sleep(CHECK_INTERVAL) => {}
            }
        }
    });
}

/// Opens, moves or closes the window so that it is where the settings want it.
fn place_window(app: &AppHandle, place: DisplayPlace) -> tauri::Result<()> {
    let state = state(app);
    let wanted = match place {
        _ if state.display.closed_by_hand.load(Ordering::Relaxed) => None,
        DisplayPlace::Off => None,
        // In kiosk mode nobody could move it: it would stay behind the till or cover it.
        DisplayPlace::Window if state.kiosk.is_on() => None,
        DisplayPlace::Window => Some(None),
        DisplayPlace::SecondMonitor => second_monitor(app)?.map(Some),
    };
    match (wanted, app.get_webview_window(DISPLAY)) {
        (None, None) => Ok(()),
        (None, Some(window)) => window.destroy(),
        (Some(monitor), None) => open(app, monitor.as_ref()),
        (Some(monitor), Some(window)) => {
            if is_in_place(&window, monitor.as_ref())? {
                return Ok(());
            }
            // Opened again rather than moved: window managers differ in how they move full-screen windows.
            window.destroy()?;
            state.display.refresh();
            Ok(())
        }
    }
}

/// The monitor that the cashier's window is not on.
fn second_monitor(app: &AppHandle) -> tauri::Result<Option<Monitor>> {
    let Some(till) = app.get_webview_window(CASHIER) else {
        return Ok(None);
    };
    let monitors = till.available_monitors()?;
    let cashiers = till.current_monitor()?.or(monitors.first().cloned());
    if let Some(cashiers) = &cashiers
        && (till.is_fullscreen()? || till.is_maximized()?)
        && is_larger(till.inner_size()?, *cashiers.size())
    {
        // A desktop that stretches every window over all monitors: the display would cover the till.
        return Ok(None);
    }
    let other = |monitor: &Monitor| {
        cashiers
            .as_ref()
            .is_some_and(|cashiers| cashiers.position() != monitor.position())
    };
    Ok(monitors.into_iter().find(other))
}

fn is_larger(window: PhysicalSize<u32>, monitor: PhysicalSize<u32>) -> bool {
    window.width > monitor.width || window.height > monitor.height
}

/// Whether the window is where it should be. A movable window is right wherever it was moved to. A window that
/// never arrived at its monitor is left alone: opened again it would not arrive either.
fn is_in_place(window: &WebviewWindow, monitor: Option<&Monitor>) -> tauri::Result<bool> {
    let Some(monitor) = monitor else {
        return window.is_decorated();
    };
    let is_there = window
        .current_monitor()?
        .is_some_and(|on| on.position() == monitor.position());
    let state = state(window);
    let mut placement = state.display.placement();
    Ok(match placement.as_mut() {
        Some(opened)
            if opened.position == *monitor.position() && opened.size == *monitor.size() =>
        {
            let moved_away = opened.arrived && !is_there;
            opened.arrived |= is_there;
            !moved_away
        }
        // Opened for a monitor that has gone or changed, or opened as a movable window.
        Some(_) | None => false,
    })
}

fn open(app: &AppHandle, monitor: Option<&Monitor>) -> tauri::Result<()> {
    let state = state(app);
    let name = app.package_info().name.clone();
    let window = WebviewWindowBuilder::new(app, DISPLAY, WebviewUrl::App("display.html".into()))
        .title(name)
        .inner_size(800.0, 600.0)
        .min_inner_size(320.0, 320.0)
        .background_color(Color(0x26, 0x1a, 0x20, 0xff))
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(false)
        .devtools(cfg!(debug_assertions) && !state.kiosk.is_on())
        .decorations(monitor.is_none())
        .skip_taskbar(monitor.is_some())
        // The cashier's window keeps the keyboard.
        .focused(false)
        .visible(false)
        .initialization_script(BLOCK_WINDOW_CLOSE)
        .initialization_script(state.theme.first_paint_script(100))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    #[cfg(target_os = "linux")]
    super::webkit::configure(&window)?;
    *state.display.placement() = monitor.map(|monitor| Placement {
        position: *monitor.position(),
        size: *monitor.size(),
        arrived: false,
    });
    if let Some(monitor) = monitor {
        let PhysicalPosition { x, y } = *monitor.position();
        let PhysicalSize { width, height } = *monitor.size();
        window.set_position(PhysicalPosition { x, y })?;
        window.set_size(PhysicalSize { width, height })?;
    }
    window.show()?;
    match monitor {
        Some(monitor) => fill_monitor(&window, monitor),
        None => Ok(()),
    }
}

/// Makes the window full screen on this monitor. Tauri cannot say which monitor: on Wayland, where a window
/// cannot choose its position, its call might use the cashier's monitor.
#[cfg(target_os = "linux")]
fn fill_monitor(window: &WebviewWindow, monitor: &Monitor) -> tauri::Result<()> {
    use gtk::prelude::{GtkWindowExt, MonitorExt as _, WidgetExt as _};
    let (position, own_window) = (*monitor.position(), window.clone());
    window.run_on_main_thread(move || {
        let Ok(window) = own_window.gtk_window() else {
            return;
        };
        let display = window.display();
        let is_it = |number: &i32| {
            display.monitor(*number).is_some_and(|monitor| {
                let (at, scale) = (monitor.geometry(), monitor.scale_factor());
                (at.x() * scale, at.y() * scale) == (position.x, position.y)
            })
        };
        match (
            GtkWindowExt::screen(&window),
            (0..display.n_monitors()).find(is_it),
        ) {
            (Some(screen), Some(number)) => window.fullscreen_on_monitor(&screen, number),
            // The monitor was unplugged just now: the next check closes the window.
            _ => window.fullscreen(),
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn fill_monitor(window: &WebviewWindow, _monitor: &Monitor) -> tauri::Result<()> {
    window.set_fullscreen(true)
}
