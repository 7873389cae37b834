//! A real PostgreSQL for one test: Debian's, on a free port of this machine, with its data in a folder of its own; and a
//! replica of one, to be promoted when the first is lost.

use std::fs::Permissions;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
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
    settings: Vec<String>,
    /// The process that sends to its replica, while it is frozen.
    frozen: Option<Pid>,
}

/// How a PostgreSQL is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostgresEnd {
    /// Every process at once, as a power cut does to programs.
    Killed,
    /// By `immediate` shutdown: it writes nothing more and says good-bye to nobody.
    Immediate,
    /// One of its processes is killed, which makes it begin anew by itself.
    OneProcess,
}

impl Postgres {
    /// One that has just been made and answers.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// One with these settings, each `name=value`.
    pub fn start_with(settings: &[&str]) -> Self {
        let settings = settings.iter().map(|&it| it.to_owned()).collect();
        let folder = new_folder();
        let made = command("initdb")
            .args(["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"])
            .args(["--username", USER, "--pgdata"])
            .arg(folder.path().join("data"))
            .stdout(Stdio::null())
            .status();
        assert!(made.expect("initdb of Debian's postgresql").success());
        let mut postgres = Self::stopped(folder, settings);
        postgres.restart();
        postgres
    }

    fn stopped(folder: TempDir, settings: Vec<String>) -> Self {
        Self {
            folder,
            port: free_port(),
            server: None,
            settings,
            frozen: None,
        }
    }

    /// A replica of this one, with the same settings, which receives everything from now on.
    pub fn replica(&self) -> Self {
        self.replica_at(free_port())
    }

    /// The same at this port.
    pub fn replica_at(&self, listens: u16) -> Self {
        let folder = new_folder();
        let port = self.port.to_string();
        let copied = command("pg_basebackup")
            .args(["-h", "127.0.0.1", "-p", &port, "-U", USER])
            .args(["--write-recovery-conf", "--checkpoint=fast", "--no-sync"])
            .arg("--pgdata")
            .arg(folder.path().join("data"))
            .status();
        assert!(copied.expect("pg_basebackup").success());
        let mut replica = Self::stopped(folder, self.settings.clone());
        replica.port = listens;
        replica.restart();
        wait_until("the replica receives", || {
            self.sql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") == "1"
        });
        replica
    }

    /// Makes a replica the one that is written to. Its primary must be gone.
    pub fn promote(&self) {
        let promoted = self.sql("SELECT pg_promote(true, 20)");
        assert_eq!(promoted, "t");
    }

    /// From now on nothing more of what it writes reaches its replica, until it is ended or thawed: the line between them
    /// is cut.
    pub fn freeze_replication(&mut self) {
        let sender = self.sql("SELECT pid FROM pg_stat_replication LIMIT 1");
        let sender = sender.parse().ok().and_then(Pid::from_raw);
        self.frozen = sender.filter(|sender| kill_process(*sender, Signal::STOP).is_ok());
    }

    /// The line is whole again.
    pub fn thaw_replication(&mut self) {
        if let Some(sender) = self.frozen.take() {
            kill_process(sender, Signal::CONT).ok();
        }
    }

    /// Writes a file that it alone may read into its folder: a certificate, a key, who may connect.
    pub fn write_file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        if let Some((user, group)) = other_user() {
            std::os::unix::fs::chown(&path, Some(user), Some(group)).unwrap();
        }
        path
    }

    /// Adds a setting, for the next start.
    pub fn set(&mut self, setting: String) {
        self.settings.push(setting);
    }

    /// Where it listens on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The folder of its data, for files that it is to read.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How programs reach it.
    pub fn url(&self) -> String {
        format!("postgresql://{USER}@127.0.0.1:{}/{USER}", self.port)
    }

    /// How programs reach whichever of the two may be written.
    pub fn url_of_either(&self, other: &Self) -> String {
        let (one, other) = (self.port, other.port);
        format!(
            "postgresql://{USER}@127.0.0.1:{one},127.0.0.1:{other}/{USER}?target_session_attrs=read-write"
        )
    }

    /// Whether it was started and not ended since.
    pub fn runs(&self) -> bool {
        self.server.is_some()
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
        let out = self
            .psql(database)
            .args(["-c", statement])
            .output()
            .expect("psql");
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{statement}: {said}");
        String::from_utf8_lossy(&out.stdout).trim().to_owned()
    }

    /// Somebody else who has locked this table, until the input of what is returned is closed.
    pub fn locked(&self, table: &str) -> Child {
        let mut other = self
            .psql(USER)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let locks = format!("BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE;\n");
        other
            .stdin
            .as_mut()
            .unwrap()
            .write_all(locks.as_bytes())
            .unwrap();
        wait_until("the table is locked", || {
            self.sql("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted")
                == "1"
        });
        other
    }

    /// Writes everything of a database into a file, as `pg_dump` does.
    pub fn dump(&self, url: &str, file: &Path) {
        let dumped = Command::new(program("pg_dump"))
            .args(["--format=custom", "--file"])
            .arg(file)
            .arg(url)
            .status();
        assert!(dumped.expect("pg_dump").success());
    }

    /// Puts what [`Postgres::dump`] wrote into an empty database.
    pub fn load(&self, url: &str, file: &Path) {
        let loaded = Command::new(program("pg_restore"))
            .args(["--no-owner", "--exit-on-error", "--dbname", url])
            .arg(file)
            .status();
        assert!(loaded.expect("pg_restore").success());
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
        if let Some(sender) = self.frozen.take() {
            kill_process(sender, Signal::KILL).ok();
        }
    }

    /// Ends it in this way. Only after [`Postgres::revive`] it is sure to answer again.
    pub fn end(&mut self, how: PostgresEnd) {
        match how {
            PostgresEnd::Killed => self.kill(),
            PostgresEnd::Immediate => {
                let Some(mut server) = self.server.take() else {
                    return;
                };
                let postmaster = self.postmaster().expect("it runs");
                kill_process(postmaster, Signal::QUIT).unwrap();
                server.wait().unwrap();
            }
            PostgresEnd::OneProcess => {
                let one = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'
                           ORDER BY pid = pg_backend_pid(), backend_start DESC LIMIT 1";
                let one = self.sql(one).parse().ok().and_then(Pid::from_raw);
                if let Some(one) = one {
                    kill_process(one, Signal::KILL).ok();
                }
            }
        }
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
                .args(["-c", "max_connections=100", "-c", "shared_buffers=32MB"])
                .args(self.settings.iter().flat_map(|it| ["-c", it.as_str()]))
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
            self.is_ready()
        });
        self.server = Some(server);
    }

    /// Waits until it answers after an end, and starts it where it does not do so itself.
    pub fn revive(&mut self) {
        match self.server.is_some() {
            true => wait_until("PostgreSQL answers again", || self.answers()),
            false => self.restart(),
        }
    }

    /// Whether it answers a question: one of its processes that was killed makes it refuse them for a while.
    fn answers(&self) -> bool {
        let asked = self.psql(USER).args(["-c", "SELECT 1"]).output();
        asked.is_ok_and(|asked| asked.status.success())
    }

    fn psql(&self, database: &str) -> Command {
        let mut psql = Command::new("psql");
        let port = self.port.to_string();
        psql.args(["-h", "127.0.0.1", "-p", &port, "-U", USER, "-d", database]);
        psql.args(["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1"]);
        psql
    }

    fn is_ready(&self) -> bool {
        let port = self.port.to_string();
        let asked = Command::new(program("pg_isready"))
            .args(["-q", "-h", "127.0.0.1", "-p", &port])
            .status();
        asked.is_ok_and(|status| status.success())
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

/// A folder that its user may write into.
fn new_folder() -> TempDir {
    let folder = tempfile::Builder::new()
        .prefix("ringup-postgres-")
        .tempdir();
    let folder = folder.unwrap();
    if let Some((user, group)) = other_user() {
        std::os::unix::fs::chown(folder.path(), Some(user), Some(group)).unwrap();
    }
    folder
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
