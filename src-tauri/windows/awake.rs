//! Keeps the machine awake: no screen saver, no sleep by idleness. A machine without the services that
//! take such a wish has none of it, quietly; docs/kiosk.md says what to set there.

use std::sync::mpsc;

use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::OwnedFd;

const WHO: &str = "Ringup";
const WHY: &str = "the till is open";

/// The wish stands as long as this does.
pub(super) struct Awake {
    // The thread that holds the wishes ends with it.
    _over: mpsc::Sender<()>,
}

/// What the services gave; letting it go ends the wish.
struct Wishes {
    _session: zbus::Result<Connection>,
    _system: zbus::Result<(Connection, OwnedFd)>,
}

impl Awake {
    /// Asks beside the window, not before it: a bus that does not answer must not hold it up.
    pub(super) fn stay() -> Self {
        let (over, ends) = mpsc::channel::<()>();
        let asked = std::thread::Builder::new()
            .name("awake".to_owned())
            .spawn(move || {
                let wishes = Wishes {
                    _session: screen_saver(),
                    _system: sleep(),
                };
                if let (Err(screen), Err(sleep)) = (&wishes._session, &wishes._system) {
                    tracing::info!(%screen, %sleep, "nothing here takes the wish to stay awake");
                }
                // Ends when the other side is dropped.
                ends.recv().ok();
                drop(wishes);
            });
        if let Err(error) = asked {
            tracing::warn!(%error, "the machine is not asked to stay awake");
        }
        Self { _over: over }
    }
}

/// The desktop's: it ends when who asked leaves the bus.
fn screen_saver() -> zbus::Result<Connection> {
    const NAME: &str = "org.freedesktop.ScreenSaver";
    let session = Connection::session()?;
    let saver = Proxy::new(&session, NAME, "/org/freedesktop/ScreenSaver", NAME)?;
    let _cookie: u32 = saver.call("Inhibit", &(WHO, WHY))?;
    drop(saver);
    Ok(session)
}

/// systemd's: it ends when the file is closed (`systemd-inhibit` does the same).
fn sleep() -> zbus::Result<(Connection, OwnedFd)> {
    let system = Connection::system()?;
    let login = Proxy::new(
        &system,
        "org.freedesktop.login1",
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
    )?;
    let held: OwnedFd = login.call("Inhibit", &("idle:sleep", WHO, WHY, "block"))?;
    drop(login);
    Ok((system, held))
}
