//! A real PostgreSQL for one test: Debian's, on a free port of this machine, with its data in a folder of its own.

use std::io::Read as _;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, geteuid, kill_process};
use tempfile::TempDir;

use super::{free_port, wait_until};

/// The user that Debian's package makes. The program refuses root.
const USER: &str = "postgres";

/// A PostgreSQL. Its folder goes with it.
pub struct Postgres {
    folder: TempDir,
    port: u16,
    server: Option<Child>,
}

impl Postgres {
    /// One that has just been made and answers.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("ringup-postgres-")
            .tempdir();
        let folder = folder.unwrap();
        if let Some((user, group)) = other_user() {
            std::os::unix::fs::chown(folder.path(), Some(user), Some(group)).unwrap();
        }
        let made = command("initdb")
            .args(["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"])
            .args(["--username", USER, "--pgdata"])
            .arg(folder.path().join("data"))
            .stdout(Stdio::null())
            .status();
        assert!(made.expect("initdb of Debian's postgresql").success());
        let mut postgres = Self {
            folder,
            port: free_port(),
            server: None,
        };
        postgres.restart();
        postgres
    }

    /// How programs reach it.
    pub fn url(&self) -> String {
        format!("postgresql://{USER}@127.0.0.1:{}/{USER}", self.port)
    }

    /// Makes an empty database of this name: how programs reach it.
    pub fn database(&self, name: &str) -> String {
        self.sql(&format!("CREATE DATABASE {name}"));
        format!("postgresql://{USER}@127.0.0.1:{}/{name}", self.port)
    }

    /// What this statement prints, asked of the database itself.
    pub fn sql(&self, statement: &str) -> String {
        self.sql_in(USER, statement)
    }

    /// The same in another database.
    pub fn sql_in(&self, database: &str, statement: &str) -> String {
        let port = self.port.to_string();
        let out = Command::new("psql")
            .args(["-h", "127.0.0.1", "-p", &port, "-U", USER, "-d", database])
            .args(["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement])
            .output()
            .expect("psql");
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{statement}: {said}");
        String::from_utf8_lossy(&out.stdout).trim().to_owned()
    }

    /// Kills every process of it at once, as a power cut does to programs.
    pub fn kill(&mut self) {
        let Some(mut server) = self.server.take() else {
            return;
        };
        // The children of the postmaster end when it is gone; only then may another one start.
        let postmaster = self.postmaster().expect("it runs");
        kill_process(postmaster, Signal::KILL).unwrap();
        server.wait().unwrap();
    }

    /// Starts it, on the data that is there.
    pub fn restart(&mut self) {
        self.kill();
        let folder = self.folder.path();
        let port = self.port.to_string();
        let start = || {
            let mut start = command("postgres");
            start
                .arg("-D")
                .arg(folder.join("data"))
                .args(["-p", &port, "-c", "listen_addresses=127.0.0.1", "-k"])
                .arg(folder)
                .args(["-c", "max_connections=60", "-c", "shared_buffers=32MB"])
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            start.spawn().expect("postgres of Debian's postgresql")
        };
        let mut server = start();
        wait_until("PostgreSQL answers", || {
            if server.try_wait().unwrap().is_some() {
                // Children of one that was killed were still there.
                std::thread::sleep(Duration::from_millis(50));
                server = start();
            }
            let ready = program("pg_isready");
            let asked = Command::new(ready)
                .args(["-q", "-h", "127.0.0.1", "-p", &port])
                .status();
            asked.is_ok_and(|status| status.success())
        });
        self.server = Some(server);
    }

    fn postmaster(&self) -> Option<Pid> {
        let mut text = String::new();
        let mut file = std::fs::File::open(self.folder.path().join("data/postmaster.pid")).ok()?;
        file.read_to_string(&mut text).ok()?;
        Pid::from_raw(text.lines().next()?.parse().ok()?)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.kill();
    }
}

/// One of its programs, run by a user that is not root.
fn command(name: &str) -> Command {
    let mut command = Command::new(program(name));
    command.current_dir("/");
    if let Some((user, group)) = other_user() {
        command.uid(user).gid(group);
    }
    command
}

/// Debian keeps them apart by version.
fn program(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql");
    let mut found: Vec<_> = versions
        .expect("Debian's postgresql is installed")
        .map(|version| version.unwrap().path().join("bin").join(name))
        .filter(|program| program.exists())
        .collect();
    found.sort();
    found.pop().unwrap_or_else(|| PathBuf::from(name))
}

/// The user and group to run it as, where this one is root.
fn other_user() -> Option<(u32, u32)> {
    if !geteuid().is_root() {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap();
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let mut fields = line
        .expect("the user of Debian's package")
        .split(':')
        .skip(2);
    let mut number = || fields.next().unwrap().parse().unwrap();
    Some((number(), number()))
}
