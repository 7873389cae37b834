//! A barcode scanner and a person at the keyboard, as the X server sees them: keys by their place on the keyboard, whatever
//! the layout makes of them, with exact pauses.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

use super::Desktop;

/// The keys that a scanner presses for a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScanKeys {
    /// Those of a US keyboard.
    Keyboard,
    /// Digits on the numpad.
    Numpad,
    /// Alt and the number of the character on the numpad.
    AltNumbers,
}

/// What a scanner sends.
#[derive(Debug, Clone, Copy)]
pub struct Scan<'a> {
    /// The code.
    pub code: &'a str,
    /// From key to key, milliseconds.
    pub gap_ms: u64,
    /// The key after it, as X names it: `Return`, `Tab`.
    pub ending: Option<&'a str>,
    /// How it types.
    pub keys: ScanKeys,
}

/// X's codes of keys: the place on the keyboard, the same with every layout.
const SHIFT: u8 = 50;
const ALT: u8 = 64;
const CAPS_LOCK: u8 = 66;
const NUM_LOCK: u8 = 77;
const RETURN: u8 = 36;
const TAB: u8 = 23;

/// The key of a US keyboard, and whether Shift is held.
fn key_of(letter: char) -> (u8, bool) {
    const ROWS: [(u8, &str, &str); 4] = [
        (10, "1234567890-=", "!@#$%^&*()_+"),
        (24, "qwertyuiop[]", "QWERTYUIOP{}"),
        (38, "asdfghjkl;'", "ASDFGHJKL:\""),
        (52, "zxcvbnm,./", "ZXCVBNM<>?"),
    ];
    for (first, alone, shifted) in ROWS {
        for (row, shift) in [(alone, false), (shifted, true)] {
            if let Some(place) = row.find(letter) {
                return (first + u8::try_from(place).expect("a short row"), shift);
            }
        }
    }
    panic!("no key for {letter:?}")
}

fn numpad_key(digit: char) -> u8 {
    let digit = digit.to_digit(10).expect("a digit");
    [90, 87, 88, 89, 83, 84, 85, 79, 80, 81][digit as usize]
}

/// Commands of `xdotool`.
#[derive(Default)]
struct Script(String);

impl Script {
    fn add(&mut self, verb: &str, key: u8) {
        writeln!(self.0, "{verb} {key}").expect("a string");
    }

    /// Presses a key; the next comes `gap_ms` after it.
    fn press(&mut self, key: u8, gap_ms: u64) {
        let held_ms = gap_ms.min(20) / 2;
        self.add("keydown", key);
        self.sleep(held_ms);
        self.add("keyup", key);
        self.sleep(gap_ms - held_ms);
    }

    fn sleep(&mut self, ms: u64) {
        if ms > 0 {
            writeln!(self.0, "sleep {}.{:03}", ms / 1000, ms % 1000).expect("a string");
        }
    }

    fn scan(&mut self, scan: Scan<'_>) {
        for letter in scan.code.chars() {
            match scan.keys {
                ScanKeys::Numpad => self.press(numpad_key(letter), scan.gap_ms),
                ScanKeys::Keyboard => {
                    let (key, shift) = key_of(letter);
                    if shift {
                        self.add("keydown", SHIFT);
                    }
                    self.press(key, scan.gap_ms);
                    if shift {
                        self.add("keyup", SHIFT);
                    }
                }
                ScanKeys::AltNumbers => {
                    self.add("keydown", ALT);
                    for digit in format!("{:04}", u32::from(letter)).chars() {
                        self.press(numpad_key(digit), scan.gap_ms);
                    }
                    self.add("keyup", ALT);
                }
            }
        }
        match scan.ending {
            Some("Tab") => self.press(TAB, 0),
            Some(_) => self.press(RETURN, 0),
            None => {}
        }
    }
}

impl Desktop {
    /// Sends a code as a scanner does.
    pub fn scan(&self, scan: Scan<'_>) {
        let mut script = Script::default();
        script.scan(scan);
        self.run_script(&script);
    }

    /// Presses the numpad's digits and Enter as a person does: each so many milliseconds after the one before.
    pub fn type_on_numpad(&self, digits: &str, gaps_ms: &[u64]) {
        let mut script = Script::default();
        for (digit, gap_ms) in digits.chars().zip(gaps_ms) {
            script.press(numpad_key(digit), *gap_ms);
        }
        script.press(RETURN, 0);
        self.run_script(&script);
    }

    /// Sets the keyboard's layout: `fr`, `de`.
    pub fn set_keyboard_layout(&self, layout: &str) {
        let done = self.command("setxkbmap").arg(layout).status();
        let done = done.expect("x11-xkb-utils is installed");
        assert!(done.success(), "setxkbmap {layout}");
    }

    /// Presses NumLock.
    pub fn toggle_num_lock(&self) {
        self.xdotool(&["key", &NUM_LOCK.to_string()]);
    }

    /// Presses CapsLock.
    pub fn toggle_caps_lock(&self) {
        self.xdotool(&["key", &CAPS_LOCK.to_string()]);
    }

    /// One process for all keys: starting one for each would be part of the pauses.
    fn run_script(&self, script: &Script) {
        let mut tool = self
            .command("xdotool")
            .arg("-")
            .stdin(Stdio::piped())
            .spawn()
            .expect("xdotool is installed");
        let mut commands = tool.stdin.take().expect("piped");
        commands.write_all(script.0.as_bytes()).expect("read");
        drop(commands);
        assert!(tool.wait().expect("it ends").success(), "xdotool");
    }
}
