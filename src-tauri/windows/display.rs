//! The customer's display: a window of its own that shows the sale in front of the cashier and nothing
//! else. It may call one command and hear one channel; what it is told is a type of its own, so that
//! nothing of the cashier's can slip in.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tauri::ipc::Channel;
use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, Manager as _, Monitor, PhysicalPosition, PhysicalSize, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder,
};
use tokio::sync::Notify;

use till::Till;
use till::counter::DisplayPlace;
use till::looks::Theme;
use till::money::Currency;
use till::qr::QrImage;
use till::sale::{SaleState, SaleView};
use till::words::system_language;

use super::kiosk::Kiosk;
use super::{NO_CLOSE, TILL, is_ours};
use crate::colours::Colours;
use crate::counter::{Counter, Mode, OpenTill};

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

/// All that the display ever knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct DisplayState {
    mode: Mode,
    /// The colours that the shop chose.
    theme: Theme,
    /// The shop's name.
    shop: Option<String>,
    /// The language that the shop chose.
    language: Option<String>,
    /// BCP 47.
    system_language: String,
    /// What is to be paid now; none: nothing.
    sale: Option<DisplaySale>,
}

/// A sale, as far as it is the customer's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct DisplaySale {
    face: DisplayFace,
    /// Decimal text.
    amount: String,
    currency: Currency,
    /// Made in test mode.
    test: bool,
    /// Unix seconds of the gateway's clock.
    #[ts(type = "number | null")]
    expires_at: Option<i64>,
    /// The gateway's clock minus this machine's.
    #[ts(type = "number | null")]
    clock_offset_ms: Option<i64>,
    /// The customer's coin, once chosen, and how much of it.
    crypto: Option<String>,
    network: Option<String>,
    crypto_amount: Option<String>,
    qr: Option<QrImage>,
}

/// What the customer sees of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub(crate) enum DisplayFace {
    /// The code is being asked for.
    Requesting,
    /// Here is the code.
    Awaiting,
    /// A coin was chosen.
    Chosen,
    /// Paid.
    Paid,
    /// Over, unpaid.
    Ended,
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

impl DisplayState {
    /// What the customer may see now.
    pub(crate) async fn now(open: Option<&OpenTill>) -> Self {
        let settings = open.map(|open| open.till.settings());
        Self {
            mode: open.map_or(Mode::Live, |open| open.mode),
            theme: settings
                .as_ref()
                .map(|settings| settings.looks.theme)
                .unwrap_or_default(),
            shop: settings
                .as_ref()
                .and_then(|settings| settings.shop.name.clone()),
            language: settings.and_then(|settings| settings.language),
            system_language: system_language(),
            sale: match open {
                Some(open) => sale_in_front(&open.till).await,
                None => None,
            },
        }
    }
}

async fn sale_in_front(till: &Till) -> Option<DisplaySale> {
    let sale = till.sale(till.looked_at()?).await.ok()?;
    let face = face(&sale)?;
    let qr = match face {
        DisplayFace::Awaiting | DisplayFace::Chosen => till.qr(sale.number).await.ok(),
        DisplayFace::Requesting | DisplayFace::Paid | DisplayFace::Ended => None,
    };
    Some(DisplaySale {
        face,
        amount: sale.amount,
        currency: sale.currency,
        test: sale.test,
        expires_at: sale.expires_at,
        clock_offset_ms: sale.clock_offset_ms,
        crypto: sale.crypto,
        network: sale.network,
        crypto_amount: sale.crypto_amount,
        qr,
    })
}

/// None: what is between the cashier and the gateway is no business of the customer's.
fn face(sale: &SaleView) -> Option<DisplayFace> {
    match sale.state {
        SaleState::Requesting => Some(DisplayFace::Requesting),
        SaleState::Awaiting => Some(DisplayFace::Awaiting),
        SaleState::Chosen => Some(DisplayFace::Chosen),
        SaleState::Paid => Some(DisplayFace::Paid),
        SaleState::Ended => Some(DisplayFace::Ended),
        SaleState::Stopped | SaleState::Refused | SaleState::Uncertain | SaleState::Review => None,
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
                display.tell(DisplayState::now(open.as_ref()).await);
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
    super::tame(&window)?;
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
