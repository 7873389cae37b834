//! No portal keeps the window away. When it starts, GTK asks the desktop's portal for `Inhibit`, and waits:
//! one that never answers would keep a shop closed for 25 seconds. The till has no use for the answer, so
//! the question is sent where the bus itself says at once that nobody is there.

use webkit2gtk::gio::{BusType, Cancellable, DBusConnection, DBusMessage, bus_get_sync};

const OBJECT: &str = "/org/freedesktop/portal/desktop";
const INHIBIT: &str = "org.freedesktop.portal.Inhibit";
/// A name that no program has.
const NOBODY: &str = "app.ringup.nobody";

/// To be called before GTK starts. What it gives is to be held as long as GTK runs: GTK takes the same
/// connection to the bus then.
#[must_use]
pub(crate) fn keep_out_of_the_way() -> Option<DBusConnection> {
    // Without a bus there is no portal to wait for.
    let bus = bus_get_sync(BusType::Session, None::<&Cancellable>).ok()?;
    bus.add_filter(|_, message, incoming| {
        if incoming || !asks_for_inhibit(message) {
            return Some(message.clone());
        }
        let elsewhere = message.copy().ok()?;
        elsewhere.set_destination(Some(NOBODY));
        Some(elsewhere)
    });
    Some(bus)
}

/// Of the interface, or of its properties, which the interface's name stands first in.
fn asks_for_inhibit(message: &DBusMessage) -> bool {
    let first = message.body().and_then(|body| body.try_child_value(0));
    message.path().is_some_and(|path| path == OBJECT)
        && (message.interface().is_some_and(|name| name == INHIBIT)
            || first.is_some_and(|first| first.str() == Some(INHIBIT)))
}
