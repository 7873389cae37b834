//! The customer's display: a window of its own, on the second monitor or movable. What it shows stands in
//! `shown.rs`, what is before the customer in `customer.rs`.

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

use super::customer::Customer;
use super::kiosk::Kiosk;
use super::shown::DisplayState;
use super::{NO_CLOSE, TILL, is_ours};
use crate::colours::Colours;
use crate::counter::Counter;

/// The display's window.
pub(crate) const DISPLAY: &str = "display";

/// How often the monitors are looked at: plugging one in has no event that can be relied on.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// The display as the program holds it.
#[derive(Default)]
pub(crate) struct Display {
    /// Where the page listens.
    page: Mutex<Page>,
    /// Something may have changed.
    news: Notify,
    /// Its window was closed by hand: it stays away until the settings are saved again.
    put_away: AtomicBool,
    /// What is before the customer.
    pub(crate) customer: Customer,
    /// Where its window was put, and whether it has been seen there.
    stands: Mutex<Option<Stands>>,
}

/// The monitor that a window was made for.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stands {
    place: PhysicalPosition<i32>,
    size: PhysicalSize<u32>,
    /// A window manager may take its time to bring a new window to its monitor.
    arrived: bool,
}

#[derive(Default)]
struct Page {
    channel: Option<Channel<DisplayState>>,
    told: Option<DisplayState>,
}

impl Display {
    /// Something changed that the customer may see.
    pub(crate) fn news(&self) {
        self.news.notify_one();
    }

    /// The settings were saved: a window that was closed by hand may come back.
    pub(crate) fn settings_saved(&self) {
        self.put_away.store(false, Ordering::Relaxed);
        self.news();
    }

    pub(super) fn put_away(&self) {
        self.put_away.store(true, Ordering::Relaxed);
    }

    /// A page that has come up: it hears of every change from now on.
    pub(crate) fn page_is(&self, channel: Channel<DisplayState>, state: &DisplayState) {
        let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        page.channel = Some(channel);
        page.told = Some(state.clone());
    }

    fn stands(&self) -> MutexGuard<'_, Option<Stands>> {
        self.stands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, state: DisplayState) {
        let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        if page.told.as_ref() == Some(&state) {
            return;
        }
        if let Some(channel) = &page.channel
            && let Err(error) = channel.send(state.clone())
        {
            tracing::warn!(%error, "the customer's display was not told");
        }
        page.told = Some(state);
    }
}

/// Tends the display as long as the program lives.
pub(super) fn follow(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let display = app.state::<Display>();
        loop {
            let open = app.state::<Counter>().opened().await;
            let place = match &open {
                Some(open) => open.till.settings().customer_display,
                None => DisplayPlace::Off,
            };
            if let Err(error) = put(&app, place, display.put_away.load(Ordering::Relaxed)) {
                tracing::warn!(%error, "the customer's display cannot be shown");
            }
            if app.get_webview_window(DISPLAY).is_some() {
                display.tell(DisplayState::now(&display.customer, open.as_ref()).await);
            }
            drop(open);
            tokio::select! {
                () = display.news.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    });
}

/// Brings the window to its place, or takes it away.
fn put(app: &AppHandle, place: DisplayPlace, put_away: bool) -> tauri::Result<()> {
    let there = app.get_webview_window(DISPLAY);
    let wanted = match place {
        _ if put_away => None,
        DisplayPlace::Off => None,
        // In kiosk mode nobody could move it: it would lie behind the till, or before it.
        DisplayPlace::Window if app.state::<Kiosk>().is_on() => None,
        DisplayPlace::Window => Some(None),
        DisplayPlace::SecondMonitor => second_monitor(app)?.map(Some),
    };
    match (wanted, there) {
        (None, None) => Ok(()),
        (None, Some(window)) => window.destroy(),
        (Some(monitor), None) => open(app, monitor.as_ref()),
        (Some(monitor), Some(window)) => {
            if stays(&window, monitor.as_ref())? {
                return Ok(());
            }
            // Made anew rather than moved: window managers differ in moving what is full screen.
            window.destroy()?;
            app.state::<Display>().news();
            Ok(())
        }
    }
}

/// The monitor that the cashier's window is not on.
fn second_monitor(app: &AppHandle) -> tauri::Result<Option<Monitor>> {
    let Some(till) = app.get_webview_window(TILL) else {
        return Ok(None);
    };
    let monitors = till.available_monitors()?;
    let cashiers = till.current_monitor()?.or(monitors.first().cloned());
    if let Some(cashiers) = &cashiers
        && (till.is_fullscreen()? || till.is_maximized()?)
        && is_larger(till.inner_size()?, *cashiers.size())
    {
        // A shell that stretches each window over all monitors: this one would cover the till.
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

/// Whether the window is where and what it should be. A movable one is wherever it was moved to. One that
/// never came to its monitor is left where it is: made anew it would not come there either.
fn stays(window: &WebviewWindow, monitor: Option<&Monitor>) -> tauri::Result<bool> {
    let Some(monitor) = monitor else {
        return window.is_decorated();
    };
    let is_there = window
        .current_monitor()?
        .is_some_and(|on| on.position() == monitor.position());
    let display = window.state::<Display>();
    let mut stands = display.stands();
    Ok(match stands.as_mut() {
        Some(made) if made.place == *monitor.position() && made.size == *monitor.size() => {
            let moved_away = made.arrived && !is_there;
            made.arrived |= is_there;
            !moved_away
        }
        // Made for a monitor that is gone or is another now, or to be moved by hand.
        Some(_) | None => false,
    })
}

fn open(app: &AppHandle, monitor: Option<&Monitor>) -> tauri::Result<()> {
    let name = app.package_info().name.clone();
    let window = WebviewWindowBuilder::new(app, DISPLAY, WebviewUrl::App("display.html".into()))
        .title(name)
        .inner_size(800.0, 600.0)
        .min_inner_size(320.0, 320.0)
        .background_color(Color(0x26, 0x1a, 0x20, 0xff))
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(false)
        .devtools(cfg!(debug_assertions) && !app.state::<Kiosk>().is_on())
        .decorations(monitor.is_none())
        .skip_taskbar(monitor.is_some())
        // The keyboard stays the cashier's.
        .focused(false)
        .visible(false)
        .initialization_script(NO_CLOSE)
        .initialization_script(app.state::<Colours>().first_paint(100))
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    #[cfg(target_os = "linux")]
    super::engine::tame(&window)?;
    *app.state::<Display>().stands() = monitor.map(|monitor| Stands {
        place: *monitor.position(),
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
        Some(monitor) => fill(&window, monitor),
        None => Ok(()),
    }
}

/// Makes the window all of a monitor. Tauri can ask for full screen alone: where windows have no say in
/// their place (Wayland) that may be the cashier's monitor.
#[cfg(target_os = "linux")]
fn fill(window: &WebviewWindow, monitor: &Monitor) -> tauri::Result<()> {
    use gtk::prelude::{GtkWindowExt, MonitorExt as _, WidgetExt as _};
    let (place, ours) = (*monitor.position(), window.clone());
    window.run_on_main_thread(move || {
        let Ok(window) = ours.gtk_window() else {
            return;
        };
        let display = window.display();
        let is_it = |number: &i32| {
            display.monitor(*number).is_some_and(|monitor| {
                let (at, scale) = (monitor.geometry(), monitor.scale_factor());
                (at.x() * scale, at.y() * scale) == (place.x, place.y)
            })
        };
        match (
            GtkWindowExt::screen(&window),
            (0..display.n_monitors()).find(is_it),
        ) {
            (Some(screen), Some(number)) => window.fullscreen_on_monitor(&screen, number),
            // Unplugged in this moment: the next look takes the window away.
            _ => window.fullscreen(),
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn fill(window: &WebviewWindow, _monitor: &Monitor) -> tauri::Result<()> {
    window.set_fullscreen(true)
}
