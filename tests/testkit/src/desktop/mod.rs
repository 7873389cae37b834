//! A desktop for one test: a home folder, a session bus, a keychain and a screen of its own, so that tests run
//! side by side and none touches those of the machine. Everything that runs on it ends when it is dropped.

mod keychain;
mod scanner;
mod screen;

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub use keychain::KeychainState;
pub use scanner::{Scan, ScanKeys};

/// A desktop.
#[derive(Debug)]
pub struct Desktop {
    folder: tempfile::TempDir,
    bus_address: String,
    display: Option<String>,
    /// The size of each monitor. Empty on a desktop with one screen of a fixed size.
    monitors: Vec<(u32, u32)>,
    language: &'static str,
    /// The environment that gives programs another time of day: names and values.
    clock: Vec<(&'static str, String)>,
    programs: Vec<Child>,
    screen_reader: bool,
}

impl Desktop {
    /// A desktop without a screen.
    pub fn without_screen(keychain: KeychainState) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["home", "run", "data"] {
            let path = folder.path().join(name);
            std::fs::create_dir(&path).expect("made");
            make_private(&path);
        }
        let mut desktop = Self {
            folder,
            bus_address: String::new(),
            display: None,
            monitors: Vec::new(),
            language: "C.UTF-8",
            clock: Vec::new(),
            programs: Vec::new(),
            screen_reader: false,
        };
        desktop.start_bus();
        desktop.start_keychain(keychain);
        desktop
    }

    /// A desktop with an open keychain and one screen of this size in pixels.
    pub fn with_screen(width: u32, height: u32) -> Self {
        let mut desktop = Self::without_screen(KeychainState::Open);
        desktop.start_screen(width, height);
        desktop
    }

    /// The till's data folder.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The desktop's own folder, in which a test may leave files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A command that runs on this desktop. It inherits nothing of the session in which the tests run.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear();
        for name in ["LD_LIBRARY_PATH", "RUST_BACKTRACE"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        // Who is not root has no path to what administers a machine, such as CUPS' commands.
        let mut path = std::env::var_os("PATH").unwrap_or_default();
        path.push(":/usr/sbin");
        command.env("PATH", path);
        command
            .env("HOME", self.folder.path().join("home"))
            .env("XDG_RUNTIME_DIR", self.folder.path().join("run"))
            .env("LANG", self.language)
            // There is no graphics card here: drawing by the processor is faster than emulating one.
            .env("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1")
            .env("RINGUP_DATA_DIR", self.data_dir());
        if self.screen_reader {
            command.env("AT_SPI_BUS_ADDRESS", &self.bus_address);
        } else {
            command.env("NO_AT_BRIDGE", "1");
        }
        command.envs(self.clock.iter().map(|(name, value)| (name, value)));
        if !self.bus_address.is_empty() {
            // The system bus too, so that no program reaches the services of the machine.
            command
                .env("DBUS_SESSION_BUS_ADDRESS", &self.bus_address)
                .env("DBUS_SYSTEM_BUS_ADDRESS", &self.bus_address);
        }
        if let Some(display) = &self.display {
            command.env("DISPLAY", display).env("GDK_BACKEND", "x11");
        }
        command
    }

    /// The till's program on this desktop.
    pub fn ringup(&self) -> Command {
        self.command(crate::ringup_program())
    }

    /// What the `sqlite3` program answers when it is asked about the shop's journal.
    pub fn query_journal(&self, sql: &str) -> String {
        let output = self
            .command("sqlite3")
            // A till that opens its journal again holds it exclusively for a moment.
            .args(["-cmd", ".timeout 10000"])
            .arg(self.data_dir().join("journal.sqlite"))
            .arg(sql)
            .output()
            .expect("sqlite3 is installed");
        String::from_utf8(output.stdout).expect("text")
    }

    /// The address of the session bus.
    pub fn bus_address(&self) -> &str {
        &self.bus_address
    }

    /// The process ids of the programs on this desktop whose name ends so.
    pub fn processes(&self, name: &str) -> Vec<String> {
        let home = format!("HOME={}", self.folder.path().join("home").display());
        let is_here = |process: &Path| {
            let read = |file: &str| std::fs::read(process.join(file)).unwrap_or_default();
            let arguments = String::from_utf8_lossy(&read("cmdline")).into_owned();
            let program = arguments.split('\0').next().unwrap_or_default().to_owned();
            let variables = String::from_utf8_lossy(&read("environ")).into_owned();
            program.ends_with(name) && variables.split('\0').any(|variable| variable == home)
        };
        let processes = std::fs::read_dir("/proc").expect("Linux");
        let paths = processes.flatten().map(|entry| entry.path());
        paths
            .filter(|process| is_here(process))
            .filter_map(|process| Some(process.file_name()?.to_str()?.to_owned()))
            .collect()
    }

    /// Kills every program of this name on this desktop; returns how many there were.
    pub fn kill(&self, name: &str) -> usize {
        self.processes(name)
            .into_iter()
            .filter(|id| {
                let killed = Command::new("kill").args(["-9", id]).status();
                killed.is_ok_and(|status| status.success())
            })
            .count()
    }

    /// Keeps a program running until the desktop ends.
    pub fn adopt(&mut self, program: Child) {
        self.programs.push(program);
    }

    /// The language of programs that are started from now on, as in `LANG`.
    pub fn set_language(&mut self, language: &'static str) {
        self.language = language;
    }

    /// Sets the clock of programs that are started from now on, in the notation of `faketime`: `+1d`.
    pub fn set_clock(&mut self, to: &str) {
        let output = Command::new("faketime")
            .args(["-m", "-f", to, "printenv", "LD_PRELOAD"])
            .output()
            .expect("faketime is installed");
        let library = String::from_utf8(output.stdout).expect("a path");
        self.clock = vec![
            ("LD_PRELOAD", library.trim().to_owned()),
            ("FAKETIME", to.to_owned()),
            // Time-outs and sleeps keep their real length.
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ];
    }

    /// Starts a bus that starts no service by itself: services installed on the machine do not appear here.
    fn start_bus(&mut self) {
        let config = self.folder.path().join("bus.conf");
        let folder = self.folder.path().display();
        let text = format!(
            r#"<busconfig><type>session</type><listen>unix:tmpdir={folder}</listen><auth>EXTERNAL</auth>
               <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
               </busconfig>"#
        );
        std::fs::write(&config, text).expect("written");
        let mut bus = self.command("dbus-daemon");
        bus.args(["--nofork", "--print-address=1", "--config-file"])
            .arg(config);
        self.bus_address = self.start_server(bus);
    }

    /// Makes the session bus the accessibility bus as well: programs that are started later tell screen readers of
    /// themselves. Without a reader that only slows them down.
    pub fn start_screen_reader_bus(&mut self) {
        self.screen_reader = true;
        let registry = self.command("/usr/libexec/at-spi2-registryd").spawn();
        self.adopt(registry.expect("at-spi2-core is installed"));
        crate::wait_until("the registry of the accessibility bus", || {
            let has_owner = "org.freedesktop.DBus.NameHasOwner";
            let asked = self
                .command("dbus-send")
                .arg(format!("--bus={}", self.bus_address))
                .args(["--print-reply", "--dest=org.freedesktop.DBus", "/"])
                .args([has_owner, "string:org.a11y.atspi.Registry"])
                .output();
            let said = asked.expect("dbus is installed").stdout;
            String::from_utf8_lossy(&said).contains("true")
        });
    }

    /// Starts a server that prints how to reach it as its first line; returns that line.
    fn start_server(&mut self, mut server: Command) -> String {
        let mut server = server
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus, Xvfb and Xorg are installed");
        let mut line = String::new();
        BufReader::new(server.stdout.take().expect("piped"))
            .read_line(&mut line)
            .expect("the server prints its address");
        self.adopt(server);
        line.trim().to_owned()
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        // In reverse order: a program may need those that were started before it.
        for program in self.programs.iter_mut().rev() {
            program.kill().ok();
            program.wait().ok();
        }
    }
}

fn make_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).expect("private");
}
