//! What the command line prints: text for people, or one JSON object a line for programs.

use std::io::{self, Write as _};

use serde::Serialize;

use ringup_core::error::Fault;

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
            serde_json::to_string(value).unwrap_or_default()
        } else {
            describe(value)
        };
        print_line(&line);
    }
}

/// Prints a line. A closed pipe is ignored: a reader that has gone must not fail a sale.
pub(super) fn print_line(line: &str) {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).ok();
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
