//! What the command line prints: words for people, or one JSON object a line for programs.

use std::io::{self, Write as _};

use serde::Serialize;

use ringup_core::error::Fault;

/// Where and how to print.
#[derive(Debug, Clone, Copy)]
pub(super) struct Out {
    json: bool,
}

impl Out {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    pub(super) fn is_json(self) -> bool {
        self.json
    }

    /// Prints a value as JSON, or as the words that `words` makes of it.
    pub(super) fn say<T: Serialize>(self, value: &T, words: impl FnOnce(&T) -> String) {
        let line = if self.json {
            serde_json::to_string(value).unwrap_or_default()
        } else {
            words(value)
        };
        print(&line);
    }
}

/// Prints a line. A reader that has gone (a closed pipe) is no reason to fail a sale.
pub(super) fn print(line: &str) {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).ok();
}

/// Prints an error: the code for programs, the words for people.
pub(super) fn complain(fault: &Fault) {
    writeln!(
        io::stderr().lock(),
        "{}: {}",
        fault.code.as_str(),
        fault.message
    )
    .ok();
}
