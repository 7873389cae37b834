//! Keys pressed on a desktop through the X server, as a person's are: a page cannot tell them apart.

use std::io::Write as _;
use std::process::{Child, ChildStdin, Stdio};
use std::time::{Duration, Instant};

use ringup_testkit::Desktop;

use crate::Failed;

/// After each key, in turn: uneven, as a person's pauses are. The till asks about an amount that comes as a scanner sends it.
const PAUSES_MS: [u64; 4] = [90, 140, 105, 190];

/// One `xdotool` that presses all keys: starting a process for each would be part of what is measured.
pub(super) struct KeyInput {
    tool: Child,
    commands: ChildStdin,
}

impl KeyInput {
    pub(super) fn on(desktop: &Desktop) -> Result<Self, Failed> {
        let mut tool = desktop
            .command("xdotool")
            .arg("-")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let commands = tool.stdin.take();
        let commands = commands.ok_or_else(|| Failed::Other("xdotool has no input".to_owned()))?;
        Ok(Self { tool, commands })
    }

    /// Presses a key, named as X names it; returns the moment before.
    pub(super) fn press(&mut self, key: &str) -> Result<Instant, Failed> {
        let begun = Instant::now();
        writeln!(self.commands, "key --delay 0 {key}")?;
        self.commands.flush()?;
        Ok(begun)
    }

    /// Presses these keys, and waits after each.
    pub(super) fn type_keys(&mut self, keys: &str) -> Result<(), Failed> {
        for (key, pause_ms) in keys.chars().zip(PAUSES_MS.into_iter().cycle()) {
            self.press(&key.to_string())?;
            std::thread::sleep(Duration::from_millis(pause_ms));
        }
        Ok(())
    }

    /// Puts the window that has the keyboard away, as its minimise button does.
    pub(super) fn put_window_away(&mut self) -> Result<(), Failed> {
        writeln!(self.commands, "getactivewindow windowminimize")?;
        Ok(self.commands.flush()?)
    }

    /// Moves the pointer into the corner, where it highlights nothing.
    pub(super) fn move_pointer_away(&mut self) -> Result<(), Failed> {
        let (width, height) = super::SCREEN;
        writeln!(self.commands, "mousemove {} {}", width - 1, height - 1)?;
        Ok(self.commands.flush()?)
    }
}

impl Drop for KeyInput {
    fn drop(&mut self) {
        self.tool.kill().ok();
        self.tool.wait().ok();
    }
}
