//! A desktop for one test: a home of its own, a session bus, a real keychain, a screen. Everything
//! ends with it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The password of the keychain, which a user would type at the login.
const KEYCHAIN_PASSWORD: &str = "login";

/// What the keychain is like when the test begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeychainIs {
    /// There, and open.
    Open,
    /// There, waiting for its password.
    Locked,
    /// Not there.
    Missing,
}

/// A desktop.
pub(crate) struct Desktop {
    folder: tempfile::TempDir,
    bus_address: String,
    display: Option<String>,
    /// The size of each monitor; none: one screen, as large as it was made.
    monitors: Vec<(u32, u32)>,
    language: &'static str,
    /// What makes another time of the clock's: name and value of the environment.
    clock: Vec<(&'static str, String)>,
    programs: Vec<Child>,
}

impl Desktop {
    /// A desktop without a screen.
    pub(crate) fn without_screen(keychain: KeychainIs) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["home", "run", "data"] {
            let path = folder.path().join(name);
            std::fs::create_dir(&path).expect("made");
            private(&path);
        }
        let mut desktop = Self {
            folder,
            bus_address: String::new(),
            display: None,
            monitors: Vec::new(),
            language: "C.UTF-8",
            clock: Vec::new(),
            programs: Vec::new(),
        };
        desktop.start_bus();
        match keychain {
            KeychainIs::Open => desktop.start_keychain(),
            KeychainIs::Locked => {
                desktop.start_keychain();
                desktop.stop_keychain();
                desktop.start_locked_keychain();
            }
            KeychainIs::Missing => {}
        }
        desktop
    }

    /// A desktop with an open keychain and a screen of so many pixels.
    pub(crate) fn with_screen(width: u32, height: u32) -> Self {
        let mut desktop = Self::without_screen(KeychainIs::Open);
        desktop.start_screen(width, height);
        desktop
    }

    /// Where the till keeps its data.
    pub(crate) fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Where the test may leave files.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A program on this desktop: nothing of the outer session reaches it.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear();
        for name in ["PATH", "LD_LIBRARY_PATH", "RUST_BACKTRACE"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command
            .env("HOME", self.folder.path().join("home"))
            .env("XDG_RUNTIME_DIR", self.folder.path().join("run"))
            .env("LANG", self.language)
            .env("NO_AT_BRIDGE", "1")
            // There is no graphics card here: drawing by the processor beats emulating one.
            .env("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1")
            .env("RINGUP_DATA_DIR", self.data_dir());
        command.envs(self.clock.iter().map(|(name, value)| (name, value)));
        if !self.bus_address.is_empty() {
            // What asks the machine's own services asks on this bus too: nothing reaches the real ones.
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
    pub(crate) fn ringup(&self) -> Command {
        self.command(crate::PROGRAM)
    }

    /// What the `sqlite3` program answers about the shop's journal.
    pub(crate) fn ask_journal(&self, sql: &str) -> String {
        let asked = self
            .command("sqlite3")
            // A till that opens its journal anew holds it alone for a moment.
            .args(["-cmd", ".timeout 10000"])
            .arg(self.data_dir().join("journal.sqlite"))
            .arg(sql)
            .output()
            .expect("sqlite3 is installed");
        String::from_utf8(asked.stdout).expect("text")
    }

    /// The address of the session bus.
    pub(crate) fn bus_address(&self) -> &str {
        &self.bus_address
    }

    /// What the screen shows now (an XWD file): every monitor, from left to right.
    pub(crate) fn screen(&self) -> Vec<u8> {
        if !self.monitors.is_empty() {
            let shot = self.command("xwd").args(["-root", "-silent"]).output();
            return shot.expect("x11-apps is installed").stdout;
        }
        std::fs::read(self.folder.path().join("Xvfb_screen0")).expect("there is a screen")
    }

    /// The programs of this name that run on this desktop, as `kill` names them.
    pub(crate) fn processes(&self, name: &str) -> Vec<String> {
        let home = format!("HOME={}", self.folder.path().join("home").display());
        let here = |process: &Path| {
            let read = |file: &str| std::fs::read(process.join(file)).unwrap_or_default();
            let arguments = String::from_utf8_lossy(&read("cmdline")).into_owned();
            let program = arguments.split('\0').next().unwrap_or_default().to_owned();
            let variables = String::from_utf8_lossy(&read("environ")).into_owned();
            program.ends_with(name) && variables.split('\0').any(|variable| variable == home)
        };
        let processes = std::fs::read_dir("/proc").expect("Linux");
        let found = processes.flatten().map(|entry| entry.path());
        found
            .filter(|process| here(process))
            .filter_map(|process| Some(process.file_name()?.to_str()?.to_owned()))
            .collect()
    }

    /// Kills every program of this name on this desktop; says how many.
    pub(crate) fn kill(&self, name: &str) -> usize {
        self.processes(name)
            .into_iter()
            .filter(|id| {
                let killed = Command::new("kill").args(["-9", id]).status();
                killed.is_ok_and(|status| status.success())
            })
            .count()
    }

    /// Keeps a program until the desktop ends.
    pub(crate) fn adopt(&mut self, program: Child) {
        self.programs.push(program);
    }

    /// A bus that starts no service by itself: what the machine has installed is not what is here.
    fn start_bus(&mut self) {
        let config = self.folder.path().join("bus.conf");
        let folder = self.folder.path().display();
        let text = format!(
            r#"<busconfig><type>session</type><listen>unix:tmpdir={folder}</listen><auth>EXTERNAL</auth>
               <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
               </busconfig>"#
        );
        std::fs::write(&config, text).expect("written");
        let mut bus = self
            .command("dbus-daemon")
            .args(["--nofork", "--print-address=1", "--config-file"])
            .arg(config)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().expect("piped"))
            .read_line(&mut address)
            .expect("the bus tells its address");
        self.bus_address = address.trim().to_owned();
        self.adopt(bus);
    }

    /// A window manager, which full screen and closing by a key need.
    pub(crate) fn start_window_manager(&mut self) {
        let manager = self
            .command("openbox")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("openbox is installed");
        self.adopt(manager);
    }

    /// Keys and buttons as a hand gives them to the machine, not to a page.
    pub(crate) fn hand(&self, arguments: &[&str]) -> String {
        let done = self.command("xdotool").args(arguments).output();
        let done = done.expect("xdotool is installed");
        String::from_utf8(done.stdout).expect("text")
    }

    fn start_keychain(&mut self) {
        let mut keychain = self
            .command("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring is installed");
        let mut stdin = keychain.stdin.take().expect("piped");
        stdin
            .write_all(KEYCHAIN_PASSWORD.as_bytes())
            .expect("the keychain takes its password");
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

    fn start_locked_keychain(&mut self) {
        let keychain = self
            .command("gnome-keyring-daemon")
            .args(["--foreground", "--start", "--components=secrets"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring is installed");
        self.adopt(keychain);
        self.wait_for_keychain();
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

    /// The language that the desktop speaks from now on, as in `LANG`.
    pub(crate) fn speak(&mut self, language: &'static str) {
        self.language = language;
    }

    /// Sets the clock for the programs that start from now on, as `faketime` understands it: `+1d`.
    pub(crate) fn set_clock(&mut self, to: &str) {
        let asked = Command::new("faketime")
            .args(["-m", "-f", to, "printenv", "LD_PRELOAD"])
            .output()
            .expect("faketime is installed");
        let library = String::from_utf8(asked.stdout).expect("a path");
        self.clock = vec![
            ("LD_PRELOAD", library.trim().to_owned()),
            ("FAKETIME", to.to_owned()),
            // Only what people call the time: what waits goes on waiting.
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ];
    }

    /// A desktop with an open keychain and monitors of these sizes, from left to right. The first is
    /// plugged in; the others wait for [`Self::plug`].
    pub(crate) fn with_monitors(monitors: &[(u32, u32)]) -> Self {
        let mut desktop = Self::without_screen(KeychainIs::Open);
        let (first_width, first_height) = monitors[0];
        // 60 pictures a second of each size, with the least of margins.
        let modes: String = monitors
            .iter()
            .map(|(width, height)| {
                let (across, down) = (width + 64, height + 16);
                let khz = across * down * 60 / 1000;
                format!(
                    "Modeline \"{width}x{height}\" {}.{:03} {width} {} {} {across} {height} {} {} {down}\n",
                    khz / 1000,
                    khz % 1000,
                    width + 16,
                    width + 32,
                    height + 4,
                    height + 8,
                )
            })
            .collect();
        let config = desktop.folder.path().join("monitors.conf");
        let text = format!(
            r#"Section "ServerFlags"
                 Option "AutoAddDevices" "false"
                 Option "AutoEnableDevices" "false"
                 Option "DontVTSwitch" "true"
                 Option "BlankTime" "0"
               EndSection
               Section "Device"
                 Identifier "card"
                 Driver "dummy"
                 VideoRam 65536
               EndSection
               Section "Monitor"
                 Identifier "monitor"
                 HorizSync 1-1000
                 VertRefresh 1-200
                 {modes}
               EndSection
               Section "Screen"
                 Identifier "screen"
                 Device "card"
                 Monitor "monitor"
                 DefaultDepth 24
                 SubSection "Display"
                   Depth 24
                   Modes "{first_width}x{first_height}"
                   Virtual 4096 1200
                 EndSubSection
               EndSection
            "#
        );
        std::fs::write(&config, text).expect("written");
        // Xvfb has one monitor, whatever it is told; this driver has sixteen that nobody looks at.
        let mut screen = desktop.command("Xorg");
        screen
            .args(["-displayfd", "1", "-noreset", "-nolisten", "tcp"])
            .args(["-sharevts", "-novtswitch"])
            .arg("-config")
            .arg(config)
            .arg("-logfile")
            .arg(desktop.folder.path().join("monitors.log"));
        desktop.start_x_server(screen);
        desktop.monitors = monitors.to_vec();
        // Windows open where the pointer is.
        desktop.hand(&["mousemove", "20", "20"]);
        desktop
    }

    /// Plugs in a monitor, right of the first.
    pub(crate) fn plug(&self, monitor: usize) {
        let output = format!("DUMMY{monitor}");
        let (width, height) = self.monitors[monitor];
        let mode = format!("{width}x{height}");
        self.randr(&["--addmode", &output, &mode]);
        self.randr(&["--output", &output, "--mode", &mode, "--right-of", "DUMMY0"]);
    }

    /// Pulls its cable.
    pub(crate) fn unplug(&self, monitor: usize) {
        self.randr(&["--output", &format!("DUMMY{monitor}"), "--off"]);
    }

    /// Where a monitor is: left, top, width, height.
    pub(crate) fn monitor(&self, monitor: usize) -> [u32; 4] {
        let left = self.monitors[..monitor]
            .iter()
            .map(|(width, _)| width)
            .sum();
        let (width, height) = self.monitors[monitor];
        [left, 0, width, height]
    }

    fn randr(&self, arguments: &[&str]) {
        let done = self.command("xrandr").args(arguments).status();
        let done = done.expect("x11-xserver-utils is installed");
        assert!(done.success(), "xrandr {arguments:?}");
        // A cable tells that it was plugged; here the server notices when it is asked what there is.
        let seen = self.command("xrandr").stdout(Stdio::null()).status();
        assert!(seen.is_ok_and(|seen| seen.success()), "xrandr");
    }

    /// Adds a screen.
    pub(crate) fn start_screen(&mut self, width: u32, height: u32) {
        let mut screen = self.command("Xvfb");
        screen
            .args(["-displayfd", "1", "-nolisten", "tcp", "-nocursor"])
            .arg("-screen")
            .arg("0")
            .arg(format!("{width}x{height}x24"))
            .arg("-fbdir")
            .arg(self.folder.path());
        self.start_x_server(screen);
    }

    fn start_x_server(&mut self, mut server: Command) {
        let mut screen = server
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb and Xorg are installed");
        let mut number = String::new();
        BufReader::new(screen.stdout.take().expect("piped"))
            .read_line(&mut number)
            .expect("the screen tells its number");
        self.display = Some(format!(":{}", number.trim()));
        self.adopt(screen);
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        // The last started goes first: no program outlives what it stands on.
        for program in self.programs.iter_mut().rev() {
            program.kill().ok();
            program.wait().ok();
        }
    }
}

/// Looks until `done`, for twenty seconds at most.
pub(crate) fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "waited in vain: {what}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn private(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).expect("private");
}
