//! A till at the command line: the program on a desktop of its own, and the gateway that it asks.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use serde_json::Value;

use crate::gateway::KEY;
use crate::{Desktop, GatewayProgram, KeychainState, Program, error_code, key_set, run};

/// A till at the command line.
#[derive(Debug)]
pub struct Counter {
    /// The till's desktop.
    pub desktop: Desktop,
    /// The gateway that it asks.
    pub remote: Rc<GatewayProgram>,
}

impl Counter {
    /// A till that has the gateway's key.
    pub fn open() -> Self {
        let counter = Self::without_key(KeychainState::Open);
        counter.take_key();
        counter
    }

    /// A till without a key, whose keychain is in this state.
    pub fn without_key(keychain: KeychainState) -> Self {
        let desktop = Desktop::without_screen(keychain);
        let remote = Rc::new(GatewayProgram::start(&desktop));
        Self { desktop, remote }
    }

    /// Another till of the same gateway, without a key.
    pub fn beside(&self) -> Self {
        Self {
            desktop: Desktop::without_screen(KeychainState::Open),
            remote: Rc::clone(&self.remote),
        }
    }

    /// Stores the gateway's key.
    pub fn take_key(&self) {
        assert_eq!(self.set_key(KEY).0, 0);
    }

    /// Runs `ringup key set` with this key.
    pub fn set_key(&self, key: &str) -> (i32, String, String) {
        key_set(self.ringup(), key)
    }

    /// The till's program, set to ask the gateway.
    pub fn ringup(&self) -> Command {
        self.remote.ringup(&self.desktop)
    }

    /// Runs the till's program to its end; returns its exit code, standard output and standard error.
    pub fn run(&self, args: impl IntoIterator<Item: AsRef<OsStr>>) -> (i32, String, String) {
        run(self.ringup().args(args))
    }

    /// What a command prints that does its work.
    #[track_caller]
    pub fn text(&self, args: impl IntoIterator<Item: AsRef<OsStr>>) -> String {
        let (code, out, errors) = self.run(args);
        assert_eq!((code, errors.as_str()), (0, ""), "{out}");
        out
    }

    /// The same of a command that prints JSON; of several lines, the last.
    #[track_caller]
    pub fn json(&self, args: impl IntoIterator<Item: AsRef<OsStr>>) -> Value {
        let out = self.text(args);
        let last = || serde_json::from_str(out.lines().last().unwrap());
        serde_json::from_str(&out).or_else(|_| last()).unwrap()
    }

    /// Runs a command that is refused; see [`refused`].
    #[track_caller]
    pub fn refuses(
        &self,
        args: impl IntoIterator<Item: AsRef<OsStr>>,
        exit: i32,
        told: &str,
    ) -> String {
        refused(self.ringup().args(args), exit, told)
    }

    /// Charges 12.50 EUR and does not wait; returns the sale.
    #[track_caller]
    pub fn open_sale(&self) -> Value {
        let (code, out, errors) = self.run(["charge", "12.50", "EUR", "--no-wait", "--json"]);
        assert_eq!(code, 0, "{errors}");
        serde_json::from_str(out.lines().last().unwrap()).unwrap()
    }

    /// The command that charges 12.50 EUR and waits for the payment.
    pub fn charge(&self) -> Command {
        let mut charge = self.ringup();
        charge.args(["charge", "12.50", "EUR", "--json"]);
        charge
    }

    /// Starts it; returns the program and the sale, whose code is shown.
    pub fn start_charge(&self) -> (Program, Value) {
        let mut program = Program::start(&mut self.charge());
        let sale = program.sale_in_state("awaiting");
        (program, sale)
    }

    /// Sells for 12.50 EUR and is paid.
    pub fn sell(&self) {
        let (mut program, sale) = self.start_charge();
        self.remote.act(&sale, "pay");
        program.sale_in_state("paid");
        assert_eq!(program.exit().0, 0);
    }

    /// Makes a backup with this name; returns where it is.
    #[track_caller]
    pub fn back_up(&self, name: &str) -> PathBuf {
        let file = self.file(name);
        let (code, _, errors) = run(self.desktop.ringup().arg("backup").arg(&file));
        assert_eq!(code, 0, "{errors}");
        file
    }

    /// A file of this name in the desktop's own folder.
    pub fn file(&self, name: impl AsRef<Path>) -> PathBuf {
        self.desktop.folder().join(name)
    }

    /// Where the journal is.
    pub fn journal(&self) -> PathBuf {
        self.desktop.data_dir().join("journal.sqlite")
    }

    /// What the `sqlite3` program answers when it is asked about the journal.
    pub fn query_journal(&self, sql: &str) -> String {
        self.desktop.query_journal(sql)
    }

    /// Writes the file of settings by hand.
    pub fn write_settings(&self, settings: &Value) {
        let file = self.desktop.data_dir().join("settings.json");
        std::fs::write(file, settings.to_string()).unwrap();
    }

    /// Checks that the journal is whole.
    #[track_caller]
    pub fn assert_whole(&self) {
        let (code, out, errors) = run(self.desktop.ringup().arg("verify"));
        assert_eq!(code, 0, "{out}{errors}");
    }

    /// What the doctor finds when it makes this check.
    pub fn doctor(&self, check: &str) -> Value {
        let (_, out, _) = self.run(["doctor", "--json"]);
        let mut findings = out.lines().map(|line| serde_json::from_str(line).unwrap());
        let found = findings.find(|finding: &Value| finding["check"] == check);
        found.unwrap()
    }
}

/// Runs a command that is refused with this exit code and this error, and prints nothing but that; returns its
/// standard error.
#[track_caller]
pub fn refused(command: &mut Command, exit: i32, told: &str) -> String {
    let (code, out, errors) = run(command);
    let said = (code, out.as_str(), error_code(&errors));
    assert_eq!(said, (exit, "", told), "{errors}");
    errors
}
