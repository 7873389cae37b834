//! The screens of a test's desktop: one virtual screen (Xvfb), or several monitors that are connected and
//! disconnected while the till runs (Xorg's dummy driver; Xvfb has one monitor only). Keys and the pointer come
//! from the X server, as those of a person do.

use std::path::PathBuf;
use std::process::Stdio;

use super::{Desktop, KeychainState};

impl Desktop {
    /// A desktop with an open keychain and monitors of these sizes, from left to right. The first is connected;
    /// the others wait for [`Self::connect_monitor`].
    pub fn with_monitors(monitors: &[(u32, u32)]) -> Self {
        let mut desktop = Self::without_screen(KeychainState::Open);
        let config = desktop.folder.path().join("monitors.conf");
        std::fs::write(&config, xorg_config(monitors)).expect("written");
        let mut server = desktop.command("Xorg");
        server
            .args(["-displayfd", "1", "-noreset", "-nolisten", "tcp"])
            .args(["-sharevts", "-novtswitch"])
            .arg("-config")
            .arg(config)
            .arg("-logfile")
            .arg(desktop.folder.path().join("monitors.log"));
        desktop.display = Some(format!(":{}", desktop.start_server(server)));
        desktop.monitors = monitors.to_vec();
        // Windows open on the monitor with the pointer.
        desktop.xdotool(&["mousemove", "20", "20"]);
        desktop
    }

    /// Adds a screen of this size in pixels.
    pub fn start_screen(&mut self, width: u32, height: u32) {
        let mut server = self.command("Xvfb");
        server
            .args(["-displayfd", "1", "-nolisten", "tcp", "-nocursor"])
            .args(["-screen", "0", &format!("{width}x{height}x24")])
            .arg("-fbdir")
            .arg(self.folder.path());
        self.display = Some(format!(":{}", self.start_server(server)));
    }

    /// The file in which Xvfb keeps the pixels of its screen (XWD). Desktops with monitors have none.
    pub fn screen_file(&self) -> PathBuf {
        self.folder.path().join("Xvfb_screen0")
    }

    /// The screen as it is now, as an XWD file: every monitor, from left to right.
    pub fn screenshot(&self) -> Vec<u8> {
        if self.monitors.is_empty() {
            return std::fs::read(self.screen_file()).expect("there is a screen");
        }
        let shot = self.command("xwd").args(["-root", "-silent"]).output();
        shot.expect("x11-apps is installed").stdout
    }

    /// Starts a window manager, which full screen and closing a window by a key need.
    pub fn start_window_manager(&mut self) {
        let manager = self
            .command("openbox")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("openbox is installed");
        self.adopt(manager);
    }

    /// Runs `xdotool`: keys and buttons as if pressed on the machine itself. Returns what it printed.
    pub fn xdotool(&self, arguments: &[&str]) -> String {
        let output = self.command("xdotool").args(arguments).output();
        let output = output.expect("xdotool is installed");
        String::from_utf8(output.stdout).expect("text")
    }

    /// Connects a monitor, right of the first.
    pub fn connect_monitor(&self, monitor: usize) {
        let output = format!("DUMMY{monitor}");
        let (width, height) = self.monitors[monitor];
        let mode = format!("{width}x{height}");
        self.xrandr(&["--addmode", &output, &mode]);
        self.xrandr(&["--output", &output, "--mode", &mode, "--right-of", "DUMMY0"]);
    }

    /// Disconnects a monitor.
    pub fn disconnect_monitor(&self, monitor: usize) {
        self.xrandr(&["--output", &format!("DUMMY{monitor}"), "--off"]);
    }

    /// The area of a monitor on the whole screen: left, top, width, height in pixels.
    pub fn monitor_area(&self, monitor: usize) -> [u32; 4] {
        let on_the_left = self.monitors[..monitor].iter();
        let left = on_the_left.map(|(width, _)| width).sum();
        let (width, height) = self.monitors[monitor];
        [left, 0, width, height]
    }

    fn xrandr(&self, arguments: &[&str]) {
        let done = self.command("xrandr").args(arguments).status();
        let done = done.expect("x11-xserver-utils is installed");
        assert!(done.success(), "xrandr {arguments:?}");
        // A real monitor announces itself. This server notices a change when it is asked for its outputs.
        let seen = self.command("xrandr").stdout(Stdio::null()).status();
        assert!(seen.is_ok_and(|seen| seen.success()), "xrandr");
    }
}

/// The configuration of an X server with these monitors, on a driver that drives no hardware.
fn xorg_config(monitors: &[(u32, u32)]) -> String {
    let (first_width, first_height) = monitors[0];
    // 60 pictures a second of each size, with the smallest margins.
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
    format!(
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
    )
}
