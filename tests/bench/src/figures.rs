//! The table of results: as Markdown for people, as JSON for programs.

use std::path::PathBuf;

use serde::Serialize;

use crate::Failed;
use crate::spread::Spread;
use crate::sqlite::Peer;

/// All results of a run.
#[derive(Debug, Serialize)]
pub(crate) struct Figures {
    machine: String,
    measured_at: String,
    rows: Vec<Row>,
    left_out: Vec<LeftOut>,
    #[serde(skip)]
    only: Option<String>,
    /// The folder that they are saved in.
    #[serde(skip)]
    folder: PathBuf,
}

/// One result.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Row {
    pub(crate) subject: &'static str,
    pub(crate) what: String,
    /// Sales in the journal that was measured; 0: no journal was.
    pub(crate) sales: u32,
    pub(crate) runs: usize,
    pub(crate) unit: &'static str,
    pub(crate) median: f64,
    pub(crate) p95: Option<f64>,
    /// What it is compared with, in the same unit.
    pub(crate) peer: Option<String>,
    pub(crate) peer_median: Option<f64>,
    pub(crate) peer_with_start: Option<f64>,
    pub(crate) target: Option<Target>,
}

/// What could not be measured, and why.
#[derive(Debug, Clone, Serialize)]
struct LeftOut {
    what: String,
    why: String,
}

/// The target of a row.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Target {
    pub(crate) what: String,
    pub(crate) met: bool,
}

impl Row {
    /// A row of times, in milliseconds.
    pub(crate) fn timed(
        subject: &'static str,
        what: impl Into<String>,
        sales: u32,
        took: &Spread,
    ) -> Self {
        Self {
            subject,
            what: what.into(),
            sales,
            runs: took.runs,
            unit: "ms",
            median: took.p50_ms,
            p95: Some(took.p95_ms),
            ..Self::default()
        }
    }

    /// Compares the row with the `sqlite3` command.
    pub(crate) fn beside(mut self, peer: &Peer) -> Self {
        self.peer = Some("sqlite3".to_owned());
        self.peer_median = Some(peer.in_one_process_ms);
        self.peer_with_start = Some(peer.with_start_ms);
        self
    }
}

/// The subjects, by which `--only` selects rows.
const SUBJECTS: [&str; 18] = [
    "window start",
    "window memory",
    "window tap",
    "window rest",
    "window webhook",
    "window sending",
    "window earlier",
    "QR",
    "payers",
    "sizes",
    "appends",
    "growth",
    "book",
    "start",
    "export",
    "verify",
    "catch-up",
    "office pages",
];

const HEAD: [&str; 10] = [
    "what",
    "sales",
    "runs",
    "median",
    "p95",
    "peer",
    "ratio",
    "peer with its start",
    "target",
    "met",
];

impl Figures {
    pub(crate) fn new(machine: String, only: Option<String>, folder: PathBuf) -> Self {
        let now = jiff::Timestamp::now();
        Self {
            machine,
            measured_at: now.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            rows: Vec::new(),
            left_out: Vec::new(),
            only,
            folder,
        }
    }

    /// Whether this row is selected.
    pub(crate) fn wants(&self, subject: &str, what: &str) -> bool {
        let row = format!("{subject}: {what}");
        self.only.as_ref().is_none_or(|only| row.contains(only))
    }

    /// Whether only rows of the window are selected, so that no journal has to be made.
    pub(crate) fn wants_windows_alone(&self) -> bool {
        self.only
            .as_ref()
            .is_some_and(|only| only.starts_with("window"))
    }

    /// Whether a row of this subject may be selected.
    pub(crate) fn wants_some(&self, subject: &str) -> bool {
        let Some(only) = self.only.as_deref() else {
            return true;
        };
        let wanted = only.split_once(':').map_or(only, |(wanted, _)| wanted);
        // A text that is part of no subject may be part of any row.
        subject.contains(wanted) || !SUBJECTS.iter().any(|known| known.contains(wanted))
    }

    /// Adds a row, if it is selected, and prints it at once: a run takes an hour.
    pub(crate) fn add(&mut self, row: Row) {
        if self.wants(row.subject, &row.what) {
            println!(
                "{}: {}: {}",
                row.subject,
                row.what,
                said(row.median, row.unit)
            );
            self.rows.push(row);
        }
    }

    /// Notes why something was not measured, and prints it at once, whether its rows are selected or not.
    pub(crate) fn leave_out(&mut self, what: &str, why: &str) {
        println!("{what}: left out: {why}");
        let (what, why) = (what.to_owned(), why.to_owned());
        self.left_out.push(LeftOut { what, why });
    }

    /// Notes the error of a subject that could not be measured. The others keep their rows.
    pub(crate) fn or_leave_out(&mut self, what: &str, done: Result<(), Failed>) {
        if let Err(error) = done {
            self.leave_out(what, &error.to_string());
        }
    }

    /// The results as Markdown: one table for each subject, in the order in which they were measured.
    pub(crate) fn table(&self) -> String {
        let mut subjects: Vec<&str> = Vec::new();
        for row in &self.rows {
            if !subjects.contains(&row.subject) {
                subjects.push(row.subject);
            }
        }
        let mut text = format!("{} on {}\n", self.measured_at, self.machine);
        for subject in subjects {
            let rows = self.rows.iter().filter(|row| row.subject == subject);
            let lines = std::iter::once(HEAD.map(str::to_owned).to_vec()).chain(rows.map(cells));
            text.push_str(&format!("\n### {subject}\n\n{}", aligned(lines.collect())));
        }
        for LeftOut { what, why } in &self.left_out {
            text.push_str(&format!("\nLeft out: {what} ({why})\n"));
        }
        text
    }

    /// Saves the results so far as `figures.json` and `figures.md`.
    pub(crate) fn keep(&self) -> Result<(), Failed> {
        let json = serde_json::to_vec_pretty(self)?;
        std::fs::write(self.folder.join("figures.json"), json)?;
        Ok(std::fs::write(
            self.folder.join("figures.md"),
            self.table(),
        )?)
    }
}

/// A Markdown table of these lines, of which the first is the head. Empty columns are left out.
fn aligned(lines: Vec<Vec<String>>) -> String {
    let widths: Vec<usize> = (0..HEAD.len())
        .map(|column| {
            let cells = || lines.iter().filter_map(|line| line.get(column));
            let is_empty = cells().skip(1).all(String::is_empty);
            let widest = cells().map(|cell| cell.chars().count()).max().unwrap_or(0);
            if is_empty { 0 } else { widest }
        })
        .collect();
    let mut text = String::new();
    for (place, line) in lines.iter().enumerate() {
        let columns = || widths.iter().enumerate().filter(|(_, width)| **width > 0);
        let cells = line.iter().enumerate().zip(&widths);
        let cells = cells.filter(|(_, width)| **width > 0);
        let padded = cells.map(|((column, cell), width)| {
            if column == 0 {
                format!("{cell:<width$}")
            } else {
                format!("{cell:>width$}")
            }
        });
        text.push_str(&format!("| {} |\n", padded.collect::<Vec<_>>().join(" | ")));
        if place == 0 {
            let rule = columns().map(|(column, width)| {
                let end = if column == 0 { "-" } else { ":" };
                format!("{}{end}", "-".repeat(width.saturating_sub(1)))
            });
            text.push_str(&format!("| {} |\n", rule.collect::<Vec<_>>().join(" | ")));
        }
    }
    text
}

fn cells(row: &Row) -> Vec<String> {
    let value = |value: Option<f64>| value.map_or_else(String::new, |value| said(value, row.unit));
    let peer = match (&row.peer, row.peer_median) {
        (Some(name), Some(median)) => format!("{} {name}", said(median, row.unit)),
        (Some(name), None) => name.clone(),
        _ => String::new(),
    };
    let ratio = row.peer_median.filter(|peer| *peer > 0.0);
    let ratio = ratio.map_or_else(String::new, |peer| format!("{:.2}", row.median / peer));
    vec![
        row.what.clone(),
        if row.sales > 0 {
            thousands(row.sales)
        } else {
            String::new()
        },
        row.runs.to_string(),
        said(row.median, row.unit),
        value(row.p95),
        peer,
        ratio,
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
    let digits = match value.abs() {
        0.0 => 0,
        ..10.0 => 2,
        10.0..100.0 => 1,
        _ => 0,
    };
    if value.fract() == 0.0 {
        return format!("{value:.0} {unit}");
    }
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
