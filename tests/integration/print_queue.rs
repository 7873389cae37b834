//! Receipts through a real print queue: a CUPS server of the test's own, whose only backend writes a job into a file.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use ringup_testkit::{Counter, Desktop, Paper, refused, run, wait_until};

/// The queue's name.
const QUEUE: &str = "counter";

/// A till on the command line with one paid sale, and a CUPS server with one queue.
struct Queue {
    counter: Counter,
    /// What the printer has got.
    paper: PathBuf,
}

impl Queue {
    fn new() -> Self {
        let mut counter = Counter::open();
        let paper = counter.file("paper");
        let server = start_cups(&counter.desktop, &paper);
        counter.desktop.adopt(server);
        let queue = Self { counter, paper };
        wait_until("CUPS answers", || {
            let (_, answer) = queue.cups("lpstat", &["-r"]);
            answer.contains("is running")
        });
        let made = queue.cups(
            "lpadmin",
            &["-p", QUEUE, "-E", "-v", "paper:/roll", "-m", "raw"],
        );
        assert!(made.0, "{}", made.1);
        queue.counter.sell();
        queue
    }

    fn cups(&self, program: &str, arguments: &[&str]) -> (bool, String) {
        let output = self
            .counter
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
        self.counter.desktop.folder().join("cups/cups.sock")
    }

    fn ringup(&self) -> Command {
        let mut ringup = self.counter.ringup();
        ringup.env("CUPS_SERVER", self.socket());
        ringup
    }

    fn set_queue(&self, name: &str) {
        let printing = json!({"printer": {"kind": "queue", "name": name}, "drawer": true});
        let settings = json!({"printing": printing, "language": "en"});
        self.counter.write_settings(&settings);
    }

    fn print(&self) -> Command {
        let mut print = self.ringup();
        print.args(["receipt", "1", "--print"]);
        print
    }

    /// What the book says of the receipts so far.
    fn outcomes(&self) -> String {
        self.counter.query_journal(
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
    let queue = Queue::new();
    queue.set_queue(QUEUE);
    let (code, out, errors) = run(&mut queue.print());
    assert_eq!(code, 0, "{errors}");
    assert!(out.contains("does not say"), "{out}");
    let paper = Paper::of_job(&std::fs::read(&queue.paper).unwrap(), 48);
    assert_eq!((paper.cuts, paper.drawer_pulses), (1, 1));
    assert!(paper.text().contains("12.50"), "{}", paper.text());
    assert_eq!(queue.outcomes(), "unconfirmed\n");
    assert_eq!(queue.doctor()["ok"], true);
    let (_, jobs) = queue.cups("lpstat", &["-W", "not-completed", "-o", QUEUE]);
    assert_eq!(jobs, "");
}

#[test]
fn a_queue_that_is_stopped_or_missing_is_told_and_nothing_waits_in_it() {
    let queue = Queue::new();
    queue.set_queue("nowhere");
    refused(&mut queue.print(), 1, "printer_unreachable");
    assert_eq!(queue.doctor()["code"], "printer_unreachable");

    queue.set_queue(QUEUE);
    assert!(queue.cups("cupsdisable", &[QUEUE]).0);
    refused(&mut queue.print(), 1, "printer_not_ready");
    assert!(queue.cups("cupsenable", &[QUEUE]).0);
    assert!(queue.cups("cupsreject", &[QUEUE]).0);
    refused(&mut queue.print(), 1, "printer_not_ready");
    assert_eq!(queue.outcomes(), "\n");
    assert!(!queue.paper.exists());
}
