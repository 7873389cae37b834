//! Keeps GTK from waiting for the desktop's portal. When it starts, GTK asks the portal about `Inhibit` and waits
//! for the answer: a portal that never answers would delay the window for 25 seconds. The till does not use the
//! answer, so the call is redirected to a name that nobody owns, and the bus replies with an error at once.
//!
//! For the same reason a till that runs already is asked with a time limit whether it answers.

use webkit2gtk::gio::{
    BusType, Cancellable, DBusCallFlags, DBusConnection, DBusMessage, IOErrorEnum, bus_get_sync,
};

const OBJECT: &str = "/org/freedesktop/portal/desktop";
const INHIBIT: &str = "org.freedesktop.portal.Inhibit";
/// A name that no program owns.
const NOBODY: &str = "app.ringup.nobody";

/// Redirects the call. Call it before GTK starts, and keep the connection that it returns as long as GTK runs:
/// only then does GTK use the same one.
#[must_use]
pub(crate) fn redirect_inhibit_call() -> Option<DBusConnection> {
    // Without a bus there is no portal.
    let bus = bus_get_sync(BusType::Session, None::<&Cancellable>).ok()?;
    bus.add_filter(|_, message, incoming| {
        if incoming || !is_about_inhibit(message) {
            return Some(message.clone());
        }
        let redirected = message.copy().ok()?;
        redirected.set_destination(Some(NOBODY));
        Some(redirected)
    });
    Some(bus)
}

/// How long a program may take to answer, milliseconds: a busy one is slow, a stopped one never answers.
const ANSWER_WITHIN_MS: i32 = 5_000;

/// Whether a program owns this name on the session's bus and does not answer (D-Bus Specification, *Standard
/// Interfaces*, `org.freedesktop.DBus.Peer`).
pub(crate) fn is_owned_by_a_silent_program(name: &str) -> bool {
    let Ok(bus) = bus_get_sync(BusType::Session, None::<&Cancellable>) else {
        return false;
    };
    let ping = bus.call_sync(
        Some(name),
        "/",
        "org.freedesktop.DBus.Peer",
        "Ping",
        None,
        None,
        // Without this a name that nobody owns would start a program.
        DBusCallFlags::NO_AUTO_START,
        ANSWER_WITHIN_MS,
        None::<&Cancellable>,
    );
    // Any other error is an answer, or says that nobody owns the name.
    ping.is_err_and(|error| error.matches(IOErrorEnum::TimedOut))
}

/// Whether a message calls the interface, or reads its properties: then the interface's name comes first.
fn is_about_inhibit(message: &DBusMessage) -> bool {
    let first = message.body().and_then(|body| body.try_child_value(0));
    message.path().is_some_and(|path| path == OBJECT)
        && (message.interface().is_some_and(|name| name == INHIBIT)
            || first.is_some_and(|first| first.str() == Some(INHIBIT)))
}
