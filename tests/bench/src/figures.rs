//! The table: for people as Markdown, for programs as JSON.

use std::path::Path;

use serde::Serialize;

use crate::Failed;
use crate::sqlite::Peer;

/// All that was measured.
#[derive(Debug, Serialize)]
pub(crate) struct Figures {
    machine: String,
    measured_at: String,
    rows: Vec<Row>,
    left_out: Vec<LeftOut>,
    #[serde(skip)]
    only: Option<String>,
}

/// One figure.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) subject: &'static str,
    pub(crate) what: String,
    pub(crate) sales: u32,
    pub(crate) runs: usize,
    pub(crate) unit: &'static str,
    pub(crate) median: f64,
    pub(crate) p95: Option<f64>,
    /// What it is measured beside, in the same unit.
    pub(crate) peer: Option<String>,
    pub(crate) peer_median: Option<f64>,
    pub(crate) peer_with_start: Option<f64>,
    pub(crate) target: Option<Target>,
}

/// What was not measured here.
#[derive(Debug, Clone, Serialize)]
struct LeftOut {
    what: String,
    why: String,
}

/// What is to be reached.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Target {
    pub(crate) what: String,
    pub(crate) met: bool,
}

impl Row {
    /// Beside the `sqlite3` command.
    pub(crate) fn beside(mut self, peer: &Peer) -> Self {
        self.peer = Some("sqlite3".to_owned());
        self.peer_median = Some(peer.in_one_process_ms);
        self.peer_with_start = Some(peer.with_start_ms);
        self
    }
}

const HEAD: [&str; 9] = [
    "what",
    "sales",
    "runs",
    "median",
    "p95",
    "peer",
    "peer with its start",
    "target",
    "met",
];

impl Figures {
    pub(crate) fn new(machine: String, only: Option<String>) -> Self {
        let now = jiff::Timestamp::now();
        Self {
            machine,
            measured_at: now.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            rows: Vec::new(),
            left_out: Vec::new(),
            only,
        }
    }

    /// Whether this row is asked for.
    pub(crate) fn wants(&self, subject: &str, what: &str) -> bool {
        let row = format!("{subject}: {what}");
        self.only.as_ref().is_none_or(|only| row.contains(only))
    }

    /// Whether rows of the window are asked for and no others: no book is made then.
    pub(crate) fn wants_windows_alone(&self) -> bool {
        self.only
            .as_ref()
            .is_some_and(|only| only.starts_with("window"))
    }

    pub(crate) fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Says why there is no row of this.
    pub(crate) fn leave_out(&mut self, what: &str, why: &str) {
        let (what, why) = (what.to_owned(), why.to_owned());
        self.left_out.push(LeftOut { what, why });
    }

    /// A Markdown table, each column as wide as its widest cell.
    pub(crate) fn table(&self) -> String {
        let mut lines: Vec<Vec<String>> = vec![HEAD.map(str::to_owned).to_vec()];
        lines.extend(self.rows.iter().map(cells));
        let widths: Vec<usize> = (0..HEAD.len())
            .map(|column| {
                let cells = lines.iter().filter_map(|line| line.get(column));
                cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
            })
            .collect();
        let mut text = format!("{} on {}\n\n", self.measured_at, self.machine);
        for (place, line) in lines.iter().enumerate() {
            let padded = line.iter().zip(&widths).enumerate();
            let cells = padded.map(|(column, (cell, width))| {
                if column == 0 {
                    format!("{cell:<width$}")
                } else {
                    format!("{cell:>width$}")
                }
            });
            text.push_str(&format!("| {} |\n", cells.collect::<Vec<_>>().join(" | ")));
            if place == 0 {
                let rule = widths.iter().enumerate().map(|(column, width)| {
                    let end = if column == 0 { "-" } else { ":" };
                    format!("{}{end}", "-".repeat(width.saturating_sub(1)))
                });
                text.push_str(&format!("| {} |\n", rule.collect::<Vec<_>>().join(" | ")));
            }
        }
        for LeftOut { what, why } in &self.left_out {
            text.push_str(&format!("\nLeft out: {what} ({why})\n"));
        }
        text
    }

    /// Keeps them beside the journals: `figures.json`, `figures.md`.
    pub(crate) fn keep(&self, folder: &Path) -> Result<(), Failed> {
        std::fs::write(
            folder.join("figures.json"),
            serde_json::to_vec_pretty(self)?,
        )?;
        Ok(std::fs::write(folder.join("figures.md"), self.table())?)
    }
}

fn cells(row: &Row) -> Vec<String> {
    let value = |value: Option<f64>| value.map_or_else(String::new, |value| said(value, row.unit));
    let peer = match (&row.peer, row.peer_median) {
        (Some(name), Some(median)) => format!("{} {name}", said(median, row.unit)),
        _ => String::new(),
    };
    vec![
        format!("{}: {}", row.subject, row.what),
        thousands(row.sales),
        row.runs.to_string(),
        said(row.median, row.unit),
        value(row.p95),
        peer,
        value(row.peer_with_start),
        row.target
            .as_ref()
            .map_or_else(String::new, |target| target.what.clone()),
        row.target.as_ref().map_or_else(String::new, |target| {
            if target.met { "yes" } else { "NO" }.to_owned()
        }),
    ]
}

fn said(value: f64, unit: &str) -> String {
    let digits = match value {
        ..10.0 => 2,
        10.0..100.0 => 1,
        _ => 0,
    };
    format!("{value:.digits$} {unit}")
}

fn thousands(count: u32) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
