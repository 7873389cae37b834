//! Receipts through a real print queue: a CUPS server of the test's own, whose only backend writes a job into a file.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use ringup_testkit::gateway::KEY;
use ringup_testkit::{
    Desktop, GatewayProgram, KeychainState, Paper, Program, error_code, key_set, run, wait_until,
};

/// The queue's name.
const QUEUE: &str = "counter";

/// A till on the command line with one paid sale, and a CUPS server with one queue.
struct Counter {
    desktop: Desktop,
    remote: GatewayProgram,
    /// What the printer has got.
    paper: PathBuf,
}

impl Counter {
    fn new() -> Self {
        let mut desktop = Desktop::without_screen(KeychainState::Open);
        let remote = GatewayProgram::start(&desktop);
        assert_eq!(key_set(remote.ringup(&desktop), KEY).0, 0);
        let paper = desktop.folder().join("paper");
        let server = start_cups(&desktop, &paper);
        desktop.adopt(server);
        let counter = Self {
            desktop,
            remote,
            paper,
        };
        wait_until("CUPS answers", || {
            let (_, answer) = counter.cups("lpstat", &["-r"]);
            answer.contains("is running")
        });
        let made = counter.cups(
            "lpadmin",
            &["-p", QUEUE, "-E", "-v", "paper:/roll", "-m", "raw"],
        );
        assert!(made.0, "{}", made.1);
        counter.sell();
        counter
    }

    fn cups(&self, program: &str, arguments: &[&str]) -> (bool, String) {
        let output = self
            .desktop
            .command(program)
            .env("CUPS_SERVER", self.socket())
            .args(arguments)
            .output()
            .expect("cups-client is installed");
        let text = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&text).into_owned(),
        )
    }

    fn socket(&self) -> PathBuf {
        self.desktop.folder().join("cups/cups.sock")
    }

    fn ringup(&self) -> Command {
        let mut ringup = self.remote.ringup(&self.desktop);
        ringup.env("CUPS_SERVER", self.socket());
        ringup
    }

    fn sell(&self) {
        let mut charge = self.ringup();
        let mut charge = Program::start(charge.args(["charge", "12.50", "EUR", "--json"]));
        let sale = charge.sale_in_state("awaiting");
        self.remote.act(&sale, "pay");
        assert_eq!(charge.exit().0, 0);
    }

    fn set_queue(&self, name: &str) {
        let printing = json!({"printer": {"kind": "queue", "name": name}, "drawer": true});
        let settings = json!({"printing": printing, "language": "en"});
        std::fs::write(
            self.desktop.data_dir().join("settings.json"),
            settings.to_string(),
        )
        .unwrap();
    }

    fn print(&self) -> (i32, String, String) {
        run(self.ringup().args(["receipt", "1", "--print"]))
    }

    /// What the book says of the receipts so far.
    fn outcomes(&self) -> String {
        self.desktop.query_journal(
            "SELECT group_concat(body ->> 'outcome') FROM entry WHERE body ->> 'kind' = 'receipt_made'",
        )
    }

    fn doctor(&self) -> Value {
        let (_, out, _) = run(self.ringup().args(["doctor", "--json"]));
        let mut findings = out.lines().map(|line| serde_json::from_str(line).unwrap());
        findings
            .find(|finding: &Value| finding["check"] == "printer")
            .unwrap()
    }
}

/// Starts a CUPS server that keeps everything in the desktop's folder.
fn start_cups(desktop: &Desktop, paper: &Path) -> std::process::Child {
    let folder = desktop.folder().join("cups");
    let bin = folder.join("bin");
    for name in [
        "root",
        "spool",
        "cache",
        "state",
        "tmp",
        "log",
        "bin/backend",
    ] {
        std::fs::create_dir_all(folder.join(name)).unwrap();
    }
    for part in ["daemon", "filter", "notifier"] {
        let installed = Path::new("/usr/lib/cups").join(part);
        std::os::unix::fs::symlink(installed, bin.join(part)).unwrap();
    }
    let backend = bin.join("backend/paper");
    let script = format!("#!/bin/sh\ncat \"${{6:--}}\" >> '{}'\n", paper.display());
    std::fs::write(&backend, script).unwrap();
    std::fs::set_permissions(&backend, std::fs::Permissions::from_mode(0o700)).unwrap();
    let here = folder.display();
    let server = format!(
        "Listen {here}/cups.sock\nDefaultAuthType None\nWebInterface No\nBrowsing Off\nMaxLogSize 0\n\
         <Location />\nOrder allow,deny\nAllow all\n</Location>\n\
         <Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
    );
    let files = format!(
        "ServerRoot {here}/root\nRequestRoot {here}/spool\nCacheDir {here}/cache\nStateDir {here}/state\n\
         TempDir {here}/tmp\nServerBin {here}/bin\nDataDir /usr/share/cups\nAccessLog {here}/log/access\n\
         ErrorLog {here}/log/error\nPageLog {here}/log/page\n"
    );
    let (server_file, files_file) = (folder.join("cupsd.conf"), folder.join("cups-files.conf"));
    std::fs::write(&server_file, server).unwrap();
    std::fs::write(&files_file, files).unwrap();
    desktop
        .command("/usr/sbin/cupsd")
        .arg("-f")
        .arg("-c")
        .arg(server_file)
        .arg("-s")
        .arg(files_file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("cups-daemon is installed")
}

#[test]
fn a_queue_prints_what_it_is_given_and_confirms_nothing() {
    let counter = Counter::new();
    counter.set_queue(QUEUE);
    let (code, out, errors) = counter.print();
    assert_eq!(code, 0, "{errors}");
    assert!(out.contains("does not say"), "{out}");
    let paper = Paper::of_job(&std::fs::read(&counter.paper).unwrap(), 48);
    assert_eq!((paper.cuts, paper.drawer_pulses), (1, 1));
    assert!(paper.text().contains("12.50"), "{}", paper.text());
    assert_eq!(counter.outcomes(), "unconfirmed\n");
    assert_eq!(counter.doctor()["ok"], true);
    let (_, jobs) = counter.cups("lpstat", &["-W", "not-completed", "-o", QUEUE]);
    assert_eq!(jobs, "");
}

#[test]
fn a_queue_that_is_stopped_or_missing_is_told_and_nothing_waits_in_it() {
    let counter = Counter::new();
    counter.set_queue("nowhere");
    let (code, _, errors) = counter.print();
    assert_eq!(
        (code, error_code(&errors)),
        (1, "printer_unreachable"),
        "{errors}"
    );
    assert_eq!(counter.doctor()["code"], "printer_unreachable");

    counter.set_queue(QUEUE);
    assert!(counter.cups("cupsdisable", &[QUEUE]).0);
    let (code, _, errors) = counter.print();
    assert_eq!(
        (code, error_code(&errors)),
        (1, "printer_not_ready"),
        "{errors}"
    );
    assert!(counter.cups("cupsenable", &[QUEUE]).0);
    assert!(counter.cups("cupsreject", &[QUEUE]).0);
    let (code, _, errors) = counter.print();
    assert_eq!(
        (code, error_code(&errors)),
        (1, "printer_not_ready"),
        "{errors}"
    );
    assert_eq!(counter.outcomes(), "\n");
    assert!(!counter.paper.exists());
}
