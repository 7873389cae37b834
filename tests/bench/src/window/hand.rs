//! A hand at the keyboard: keys come from the X server, as a person's do.

use std::io::Write as _;
use std::process::{Child, ChildStdin, Stdio};
use std::time::{Duration, Instant};

use super::desktop::Desktop;
use crate::Failed;

/// Between two keys: slower than any barcode scanner, which the till would not take for a hand.
const BETWEEN_KEYS: Duration = Duration::from_millis(60);

/// A hand on a desktop. One program for all keys: it writes a line for each.
pub(super) struct Hand {
    tool: Child,
    keys: ChildStdin,
}

impl Hand {
    pub(super) fn on(desktop: &Desktop) -> Result<Self, Failed> {
        let mut tool = desktop
            .command("xdotool")
            .arg("-")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let keys = tool.stdin.take();
        let keys = keys.ok_or_else(|| Failed::Other("xdotool hears nothing".to_owned()))?;
        Ok(Self { tool, keys })
    }

    /// Presses a key, by X's name of it; the moment before.
    pub(super) fn press(&mut self, key: &str) -> Result<Instant, Failed> {
        let begun = Instant::now();
        writeln!(self.keys, "key --delay 0 {key}")?;
        self.keys.flush()?;
        Ok(begun)
    }

    /// Types keys one after the other, and rests as long after the last.
    pub(super) fn types(&mut self, keys: &str) -> Result<(), Failed> {
        for key in keys.chars() {
            self.press(&key.to_string())?;
            std::thread::sleep(BETWEEN_KEYS);
        }
        Ok(())
    }

    /// Puts the pointer where it lights up nothing.
    pub(super) fn away(&mut self) -> Result<(), Failed> {
        let (width, height) = super::SCREEN;
        writeln!(self.keys, "mousemove {} {}", width - 1, height - 1)?;
        Ok(self.keys.flush()?)
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.tool.kill().ok();
        self.tool.wait().ok();
    }
}
