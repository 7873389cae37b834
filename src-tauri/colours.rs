//! Which colours the windows wear: what the shop has chosen, or dark or light as the desktop wishes. The
//! pages wear them by their style sheets (ui/src/theme/); here are the window around a page, its first
//! moment, and the desktop's wish. The desktop's portal is asked beside the window, not before it: a
//! portal that does not answer must not keep a shop closed.

use std::sync::{Mutex, PoisonError};

#[cfg(target_os = "linux")]
use tauri::WebviewWindow;
use tauri::utils::config::Color;
use tauri::{AppHandle, Theme as Shade};

use ringup_core::settings::Theme;

/// What a page wears before its own scripts run: without it the first paint would be another theme's.
const FIRST_PAINT: &str = include_str!("first_paint.js");

/// The colours as the program holds them.
pub(crate) struct Colours {
    state: Mutex<State>,
}

struct State {
    chosen: Theme,
    /// The desktop's; none: no wish, or not heard yet.
    wish: Option<Shade>,
}

impl State {
    fn shade(&self) -> Option<Shade> {
        match self.chosen {
            Theme::System => self.wish,
            Theme::Dark => Some(Shade::Dark),
            Theme::Light | Theme::HighContrast => Some(Shade::Light),
        }
    }
}

impl Colours {
    /// Windows that will wear this.
    pub(crate) fn new(chosen: Theme) -> Self {
        Self {
            state: Mutex::new(State { chosen, wish: None }),
        }
    }

    /// The shop has chosen.
    pub(crate) fn choose(&self, app: &AppHandle, theme: Theme) {
        let shade = self.change(|state| state.chosen = theme);
        app.set_theme(shade);
    }

    /// To be run in a page before any other script. `scale_percent`: of everything in it.
    pub(crate) fn first_paint(&self, scale_percent: u16) -> String {
        let theme = serde_json::to_string(&self.chosen()).unwrap_or_default();
        format!("({FIRST_PAINT})({theme}, {scale_percent});")
    }

    /// What a window shows before its page is there; none: the toolkit's own.
    pub(crate) fn background(&self) -> Option<Color> {
        match self.chosen() {
            Theme::System => None,
            Theme::Light => Some(Color(0xf4, 0xed, 0xe3, 0xff)),
            Theme::Dark => Some(Color(0x1b, 0x15, 0x19, 0xff)),
            Theme::HighContrast => Some(Color(0xff, 0xff, 0xff, 0xff)),
        }
    }

    fn chosen(&self) -> Theme {
        self.lock().chosen
    }

    fn change(&self, change: impl FnOnce(&mut State)) -> Option<Shade> {
        let mut state = self.lock();
        change(&mut state);
        state.shade()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Follows the desktop's wish as long as the program lives, on a thread of its own.
#[cfg(target_os = "linux")]
pub(crate) fn follow(window: WebviewWindow) {
    let followed = std::thread::Builder::new()
        .name("colours".to_owned())
        .spawn(move || {
            if let Err(error) = portal::listen(&window) {
                tracing::info!(%error, "the desktop has no wish for dark or light");
            }
        });
    if let Err(error) = followed {
        tracing::warn!(%error, "the desktop is not asked for dark or light");
    }
}

#[cfg(target_os = "linux")]
mod portal {
    use tauri::{Manager as _, Theme as Shade, WebviewWindow};
    use zbus::blocking::{Connection, Proxy};
    use zbus::zvariant::OwnedValue;

    use super::Colours;

    const PORTAL: &str = "org.freedesktop.portal.Desktop";
    const OBJECT: &str = "/org/freedesktop/portal/desktop";
    const SETTINGS: &str = "org.freedesktop.portal.Settings";
    /// The setting, by the portal's documentation of `org.freedesktop.portal.Settings`: 1 is dark, 2 is
    /// light, 0 is no wish.
    const NAMESPACE: &str = "org.freedesktop.appearance";
    const KEY: &str = "color-scheme";

    pub(super) fn listen(window: &WebviewWindow) -> zbus::Result<()> {
        let portal = Proxy::new(&Connection::session()?, PORTAL, OBJECT, SETTINGS)?;
        let changes = portal.receive_signal("SettingChanged")?;
        // `Read` wraps its answer twice.
        let now: OwnedValue = portal.call("Read", &(NAMESPACE, KEY))?;
        wish(window, &now);
        for change in changes {
            let body = change.body();
            let (namespace, key, value): (String, String, OwnedValue) = body.deserialize()?;
            if namespace == NAMESPACE && key == KEY {
                wish(window, &value);
            }
        }
        Ok(())
    }

    fn wish(window: &WebviewWindow, value: &OwnedValue) {
        let mut value: &zbus::zvariant::Value<'_> = value;
        while let zbus::zvariant::Value::Value(inner) = value {
            value = inner;
        }
        let wish = match value.downcast_ref::<u32>() {
            Ok(1) => Shade::Dark,
            Ok(_) => Shade::Light,
            Err(_) => return,
        };
        let shade = window
            .state::<Colours>()
            .change(|state| state.wish = Some(wish));
        window.app_handle().set_theme(shade);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_shop_has_chosen_is_before_what_the_desktop_wishes() {
        let colours = Colours::new(Theme::System);
        assert_eq!(colours.change(|_| ()), None);
        let heard = colours.change(|state| state.wish = Some(Shade::Dark));
        assert_eq!(heard, Some(Shade::Dark));
        for (theme, shade) in [
            (Theme::Light, Shade::Light),
            (Theme::HighContrast, Shade::Light),
            (Theme::System, Shade::Dark),
        ] {
            let worn = colours.change(|state| state.chosen = theme);
            assert_eq!(worn, Some(shade), "{theme:?}");
        }
    }

    #[test]
    fn a_window_is_of_its_themes_paper_before_its_page_is_there() {
        for (theme, sheet) in [
            (Theme::Light, include_str!("../ui/src/theme/light.css")),
            (Theme::Dark, include_str!("../ui/src/theme/dark.css")),
            (
                Theme::HighContrast,
                include_str!("../ui/src/theme/high-contrast.css"),
            ),
        ] {
            let Some(Color(red, green, blue, 0xff)) = Colours::new(theme).background() else {
                panic!("{theme:?} has no background");
            };
            let paper = format!("--paper: #{red:02x}{green:02x}{blue:02x};");
            assert!(sheet.contains(&paper), "{theme:?}: {paper}");
        }
    }

    #[test]
    fn a_page_is_told_its_theme_and_scale_before_it_runs() {
        let script = Colours::new(Theme::HighContrast).first_paint(120);
        assert!(script.ends_with("(\"high-contrast\", 120);"), "{script}");
    }
}
