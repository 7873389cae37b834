//! Keeps the machine awake in kiosk mode: no screen saver, no sleep when idle. On a machine that has neither
//! service it does nothing; docs/kiosk.md says what to configure there.

use std::sync::mpsc;

use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::OwnedFd;

const WHO: &str = "Ringup";
const WHY: &str = "the till is open";

/// The machine stays awake as long as this value lives.
pub(super) struct KeepAwake {
    /// The thread that holds the inhibitors ends when this sender is dropped.
    _stop: mpsc::Sender<()>,
}

/// What the services returned; dropping it ends the inhibition.
struct Inhibitors {
    _session: zbus::Result<Connection>,
    _system: zbus::Result<(Connection, OwnedFd)>,
}

impl KeepAwake {
    /// Asks the services on a thread of its own: a bus that does not answer must not delay the window.
    pub(super) fn start() -> Self {
        let (stop, stopped) = mpsc::channel::<()>();
        let started = std::thread::Builder::new()
            .name("awake".to_owned())
            .spawn(move || {
                let inhibitors = Inhibitors {
                    _session: inhibit_screen_saver(),
                    _system: inhibit_sleep(),
                };
                if let (Err(screen), Err(sleep)) = (&inhibitors._session, &inhibitors._system) {
                    tracing::info!(%screen, %sleep, "no service keeps this machine awake");
                }
                // Returns when the sender is dropped.
                stopped.recv().ok();
                drop(inhibitors);
            });
        if let Err(error) = started {
            tracing::warn!(%error, "the machine may go to sleep");
        }
        Self { _stop: stop }
    }
}

/// The desktop's service: the inhibition ends when the connection is closed.
fn inhibit_screen_saver() -> zbus::Result<Connection> {
    const NAME: &str = "org.freedesktop.ScreenSaver";
    let session = Connection::session()?;
    let saver = Proxy::new(&session, NAME, "/org/freedesktop/ScreenSaver", NAME)?;
    let _cookie: u32 = saver.call("Inhibit", &(WHO, WHY))?;
    drop(saver);
    Ok(session)
}

/// systemd's service: the inhibition ends when the file is closed, as with `systemd-inhibit`.
fn inhibit_sleep() -> zbus::Result<(Connection, OwnedFd)> {
    let system = Connection::system()?;
    let login = Proxy::new(
        &system,
        "org.freedesktop.login1",
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
    )?;
    let lock: OwnedFd = login.call("Inhibit", &("idle:sleep", WHO, WHY, "block"))?;
    drop(login);
    Ok((system, lock))
}
