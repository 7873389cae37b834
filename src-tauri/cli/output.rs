//! What the command line prints: text for people, or one JSON object a line for programs.

use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use ringup_core::Till;
use ringup_core::error::Fault;
use ringup_core::money::with_decimals;

/// Prints text or JSON.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    json: bool,
}

impl Output {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    pub(super) fn is_json(self) -> bool {
        self.json
    }

    /// Prints a value as JSON, or as the text that `describe` makes of it.
    pub(super) fn print<T: Serialize>(self, value: &T, describe: impl FnOnce(&T) -> String) {
        let line = if self.json {
            serde_json::to_value(value)
                .map(|value| with_decimals(value).to_string())
                .unwrap_or_default()
        } else {
            describe(value)
        };
        print_line(&line);
    }
}

/// Set once a line could not be written.
static OUTPUT_LOST: AtomicBool = AtomicBool::new(false);

/// Prints a line. A closed pipe is ignored, because a reader that has gone wants no more; any other failure is
/// reported by [`is_output_lost`].
pub(super) fn print_line(line: &str) {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{line}").and_then(|()| out.flush());
    if written.is_err_and(|error| error.kind() != io::ErrorKind::BrokenPipe) {
        OUTPUT_LOST.store(true, Ordering::Relaxed);
    }
}

/// Whether a line could not be written: a full disk, or a device that takes nothing.
pub(super) fn is_output_lost() -> bool {
    OUTPUT_LOST.load(Ordering::Relaxed)
}

/// Prints a line for people on standard error, beside what programs read.
pub(super) fn print_note(line: &str) {
    writeln!(io::stderr().lock(), "{line}").ok();
}

/// Warns, before a command that writes, that the journal does not go on from what is known of it.
pub(super) fn print_history_fault(till: &Till) {
    if let Some(fault) = till.history_fault() {
        print_error(&fault);
    }
}

/// Prints a fault on standard error: its code for programs, its message for people.
pub(super) fn print_error(fault: &Fault) {
    writeln!(
        io::stderr().lock(),
        "{}: {}",
        fault.code.as_str(),
        fault.message
    )
    .ok();
}
