//! The keychain of a test's desktop: a real `gnome-keyring-daemon`, because what the till does with a locked or
//! missing keychain depends on how a real one answers.

use std::io::Write as _;
use std::process::Stdio;

use super::Desktop;
use crate::wait_until;

/// The password of the keychain, which a user would type at login.
const PASSWORD: &str = "login";

/// The keychain when the test begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeychainState {
    /// Running and unlocked.
    Open,
    /// Running, and locked with a password.
    Locked,
    /// Running, without a collection that new secrets go to.
    NoCollection,
    /// No keychain service on the bus.
    Missing,
}

impl Desktop {
    pub(super) fn start_keychain(&mut self, state: KeychainState) {
        match state {
            KeychainState::Open => self.start_unlocked(),
            KeychainState::Locked => {
                // The first start makes the keychain; a second one without the password leaves it locked.
                self.start_unlocked();
                self.stop_keychain();
                self.start_daemon("--start", "");
            }
            KeychainState::NoCollection => self.start_daemon("--start", ""),
            KeychainState::Missing => {}
        }
    }

    fn start_unlocked(&mut self) {
        self.start_daemon("--unlock", PASSWORD);
    }

    fn start_daemon(&mut self, how: &str, input: &str) {
        let mut keychain = self
            .command("gnome-keyring-daemon")
            .args(["--foreground", how, "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring is installed");
        let mut stdin = keychain.stdin.take().expect("piped");
        stdin.write_all(input.as_bytes()).expect("read");
        drop(stdin);
        self.adopt(keychain);
        self.wait_for_keychain();
    }

    fn stop_keychain(&mut self) {
        if let Some(mut keychain) = self.programs.pop() {
            keychain.kill().expect("ended");
            keychain.wait().expect("gone");
        }
        let control = self.folder.path().join("run").join("keyring");
        std::fs::remove_dir_all(control).ok();
    }

    fn wait_for_keychain(&self) {
        let bus = zbus::blocking::connection::Builder::address(self.bus_address.as_str())
            .and_then(zbus::blocking::connection::Builder::build)
            .expect("the bus answers");
        let names = zbus::blocking::fdo::DBusProxy::new(&bus).expect("the bus answers");
        wait_until("the keychain is on the bus", || {
            let name = "org.freedesktop.secrets".try_into().expect("a name");
            names.name_has_owner(name).unwrap_or(false)
        });
    }
}
