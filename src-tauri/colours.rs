//! Dark or light, as the desktop wishes. The desktop's portal is asked beside the window, not before
//! it: a portal that does not answer must not keep a shop closed.

use tauri::{Theme, WebviewWindow};
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::OwnedValue;

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const OBJECT: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";
/// The setting, by the portal's documentation of `org.freedesktop.portal.Settings`: 1 is dark, 2 is
/// light, 0 is no wish.
const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";

/// Follows the desktop's wish as long as the program lives, on a thread of its own.
pub(crate) fn follow(window: WebviewWindow) {
    let followed = std::thread::Builder::new()
        .name("colours".to_owned())
        .spawn(move || {
            if let Err(error) = listen(&window) {
                tracing::info!(%error, "the desktop has no wish for dark or light");
            }
        });
    if let Err(error) = followed {
        tracing::warn!(%error, "the desktop is not asked for dark or light");
    }
}

fn listen(window: &WebviewWindow) -> zbus::Result<()> {
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
    let theme = match value.downcast_ref::<u32>() {
        Ok(1) => Theme::Dark,
        Ok(_) => Theme::Light,
        Err(_) => return,
    };
    if let Err(error) = window.set_theme(Some(theme)) {
        tracing::warn!(%error, "the window does not take dark or light");
    }
}
