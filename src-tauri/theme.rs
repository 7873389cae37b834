//! The theme of the windows: the one set in the settings, or dark or light as the desktop prefers. Style sheets
//! (ui/src/theme/) colour the pages; this module sets the window around a page, the page's first paint, and
//! follows the desktop's preference. The desktop's portal is asked on a thread of its own: a portal that does
//! not answer must not keep the window from opening.

use std::sync::{Mutex, PoisonError};

#[cfg(target_os = "linux")]
use tauri::WebviewWindow;
use tauri::utils::config::Color;
use tauri::{AppHandle, Theme as Brightness};

use ringup_core::settings::Theme;

/// Sets the theme before the page's own scripts run: otherwise the first paint could be another theme's.
const FIRST_PAINT: &str = include_str!("first_paint.js");

/// The theme of all windows.
pub(crate) struct WindowTheme {
    state: Mutex<State>,
}

struct State {
    chosen: Theme,
    /// The desktop's; `None`: it has none, or has not been asked yet.
    preference: Option<Brightness>,
}

impl State {
    fn brightness(&self) -> Option<Brightness> {
        match self.chosen {
            Theme::System => self.preference,
            Theme::Dark => Some(Brightness::Dark),
            Theme::Light | Theme::HighContrast => Some(Brightness::Light),
        }
    }
}

impl WindowTheme {
    /// A program whose settings have this theme.
    pub(crate) fn new(chosen: Theme) -> Self {
        Self {
            state: Mutex::new(State {
                chosen,
                preference: None,
            }),
        }
    }

    /// Applies the theme of the settings to all windows.
    pub(crate) fn set(&self, app: &AppHandle, theme: Theme) {
        let brightness = self.update(|state| state.chosen = theme);
        app.set_theme(brightness);
    }

    /// The script to run in a page before any other. `scale_percent` is the size of everything in it.
    pub(crate) fn first_paint_script(&self, scale_percent: u16) -> String {
        let theme = serde_json::to_string(&self.chosen()).unwrap_or_default();
        format!("({FIRST_PAINT})({theme}, {scale_percent});")
    }

    /// The colour of a window before its page is painted; `None`: the toolkit's own.
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

    fn update(&self, change: impl FnOnce(&mut State)) -> Option<Brightness> {
        let mut state = self.lock();
        change(&mut state);
        state.brightness()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Follows the desktop's preference as long as the program runs, on a thread of its own.
#[cfg(target_os = "linux")]
pub(crate) fn follow_desktop(window: WebviewWindow) {
    let started = std::thread::Builder::new()
        .name("theme".to_owned())
        .spawn(move || {
            if let Err(error) = portal::listen(&window) {
                tracing::info!(%error, "the desktop has no preference for dark or light");
            }
        });
    if let Err(error) = started {
        tracing::warn!(%error, "the desktop's preference for dark or light is not followed");
    }
}

#[cfg(target_os = "linux")]
mod portal {
    use tauri::{Manager as _, Theme as Brightness, WebviewWindow};
    use zbus::blocking::{Connection, Proxy};
    use zbus::zvariant::OwnedValue;

    use crate::windows::state;

    const PORTAL: &str = "org.freedesktop.portal.Desktop";
    const OBJECT: &str = "/org/freedesktop/portal/desktop";
    const SETTINGS: &str = "org.freedesktop.portal.Settings";
    /// The setting (XDG Desktop Portal, `org.freedesktop.portal.Settings`): 1 is dark, 2 is light, 0 is no
    /// preference.
    const NAMESPACE: &str = "org.freedesktop.appearance";
    const KEY: &str = "color-scheme";

    pub(super) fn listen(window: &WebviewWindow) -> zbus::Result<()> {
        let portal = Proxy::new(&Connection::session()?, PORTAL, OBJECT, SETTINGS)?;
        let changes = portal.receive_signal("SettingChanged")?;
        // `Read` wraps its value in a variant twice.
        let now: OwnedValue = portal.call("Read", &(NAMESPACE, KEY))?;
        apply(window, &now);
        for change in changes {
            let body = change.body();
            let (namespace, key, value): (String, String, OwnedValue) = body.deserialize()?;
            if namespace == NAMESPACE && key == KEY {
                apply(window, &value);
            }
        }
        Ok(())
    }

    fn apply(window: &WebviewWindow, value: &OwnedValue) {
        let mut value: &zbus::zvariant::Value<'_> = value;
        while let zbus::zvariant::Value::Value(inner) = value {
            value = inner;
        }
        let preference = match value.downcast_ref::<u32>() {
            Ok(1) => Brightness::Dark,
            Ok(_) => Brightness::Light,
            Err(_) => return,
        };
        let brightness = state(window)
            .theme
            .update(|state| state.preference = Some(preference));
        window.app_handle().set_theme(brightness);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_override_the_desktops_preference() {
        let theme = WindowTheme::new(Theme::System);
        assert_eq!(theme.update(|_| ()), None);
        let brightness = theme.update(|state| state.preference = Some(Brightness::Dark));
        assert_eq!(brightness, Some(Brightness::Dark));
        for (chosen, expected) in [
            (Theme::Light, Brightness::Light),
            (Theme::HighContrast, Brightness::Light),
            (Theme::System, Brightness::Dark),
        ] {
            let brightness = theme.update(|state| state.chosen = chosen);
            assert_eq!(brightness, Some(expected), "{chosen:?}");
        }
    }

    #[test]
    fn a_window_has_its_themes_background_before_its_page_is_painted() {
        for (theme, sheet) in [
            (Theme::Light, include_str!("../ui/src/theme/light.css")),
            (Theme::Dark, include_str!("../ui/src/theme/dark.css")),
            (
                Theme::HighContrast,
                include_str!("../ui/src/theme/high-contrast.css"),
            ),
        ] {
            let Some(Color(red, green, blue, 0xff)) = WindowTheme::new(theme).background() else {
                panic!("{theme:?} has no background");
            };
            let paper = format!("--paper: #{red:02x}{green:02x}{blue:02x};");
            assert!(sheet.contains(&paper), "{theme:?}: {paper}");
        }
    }

    #[test]
    fn the_first_paint_script_sets_theme_and_scale() {
        let script = WindowTheme::new(Theme::HighContrast).first_paint_script(120);
        assert!(script.ends_with("(\"high-contrast\", 120);"), "{script}");
    }
}
