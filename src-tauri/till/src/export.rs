//! The sales book as a file for spreadsheets and other programs: CSV (RFC 4180) or JSON. Its columns stand
//! in docs/export.md; a column is added at the end and never taken away.

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use crate::clock::UnixMs;
use crate::day::{Zone, day_of, written};
use crate::ids::TillCode;
use crate::journal::{BookRow, JournalError, each_row};
use crate::money::{Currency, Money};
use crate::sale::Moved;

/// How often the progress is told.
const ROWS_A_STEP: u64 = 500;

/// What a spreadsheet takes for the beginning of a formula (OWASP, *CSV Injection*); some take the wide
/// forms for the same.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The columns, in order.
const COLUMNS: [&str; 27] = [
    "kind",
    "sale",
    "label",
    "entry",
    "day",
    "time",
    "currency",
    "charged",
    "received",
    "refunded",
    "tip",
    "taxes",
    "coin",
    "coin_amount",
    "network_fee",
    "late",
    "twice",
    "test",
    "settled",
    "state",
    "open",
    "attempt",
    "invoice",
    "way",
    "reason",
    "note",
    "opened",
];

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ExportFormat {
    /// RFC 4180, UTF-8 with a byte-order mark, as spreadsheets want it.
    Csv,
    /// An array of objects.
    Json,
}

impl ExportFormat {
    /// How the names of such files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct ExportProgress {
    /// Rows written.
    #[ts(type = "number")]
    pub done: u64,
    /// Rows in all.
    #[ts(type = "number")]
    pub total: u64,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The disk, or whatever it is written to.
    #[error("the file cannot be written: {0}")]
    Unwritable(#[from] io::Error),
    /// Someone called it off.
    #[error("the export was called off")]
    Cancelled,
}

/// What is exported, and how times and numbers are written.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) format: ExportFormat,
    pub(crate) from: UnixMs,
    pub(crate) to: UnixMs,
    pub(crate) zone: Zone,
    pub(crate) code: TillCode,
}

/// Who is told, and who may call it off.
pub(crate) struct Course<'c> {
    pub(crate) progress: &'c mut dyn FnMut(ExportProgress),
    pub(crate) cancelled: &'c AtomicBool,
}

/// Writes a file: under another name first, flushed to the disk, renamed. What stood there before stands
/// there still unless all went well.
pub(crate) fn to_file(
    journal: &Path,
    wish: &Wish,
    path: &Path,
    course: Course<'_>,
) -> Result<u64, ExportError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    let beside = tempfile::Builder::new()
        .prefix(".ringup-export-")
        .tempfile_in(folder)?;
    let mut out = io::BufWriter::new(beside);
    let rows = to_writer(journal, wish, &mut out, course)?;
    let beside = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(io::Error::from)?;
    Ok(rows)
}

/// Writes to whatever takes it. Returns how many rows there were.
pub(crate) fn to_writer(
    journal: &Path,
    wish: &Wish,
    out: &mut dyn Write,
    course: Course<'_>,
) -> Result<u64, ExportError> {
    let mut sheet = Sheet::begin(wish.format, out)?;
    let mut done = 0;
    let Course {
        progress,
        cancelled,
    } = course;
    each_row(journal, wish.from, wish.to, |row, total| {
        if cancelled.load(Ordering::Relaxed) {
            return Err(ExportError::Cancelled);
        }
        sheet.write(Record::of(row, wish))?;
        done += 1;
        if done % ROWS_A_STEP == 0 || done == total {
            progress(ExportProgress { done, total });
        }
        Ok(())
    })?;
    sheet.end()?;
    Ok(done)
}

/// A row of the file. The names are its columns.
#[derive(Debug, Serialize)]
struct Record {
    kind: &'static str,
    sale: u32,
    label: String,
    entry: Option<u64>,
    day: String,
    time: String,
    currency: Currency,
    charged: String,
    received: Option<String>,
    refunded: Option<String>,
    tip: Option<String>,
    taxes: Option<String>,
    coin: Option<String>,
    coin_amount: Option<String>,
    network_fee: Option<String>,
    late: bool,
    twice: bool,
    test: bool,
    settled: bool,
    state: String,
    open: bool,
    attempt: Option<u32>,
    invoice: Option<String>,
    way: Option<&'static str>,
    reason: Option<String>,
    note: Option<String>,
    opened: String,
}

impl Record {
    fn of(row: BookRow, wish: &Wish) -> Self {
        let currency = row.charged.currency();
        let text = |minor: i64| Money::from_minor(minor, currency).to_string();
        let mut record = Self {
            kind: "unpaid",
            sale: row.sale.0,
            label: format!("{}-{:06}", wish.code, row.sale.0),
            entry: row.movement.as_ref().map(|movement| movement.seq),
            day: day_of(row.at, &wish.zone).to_string(),
            time: written(row.at, &wish.zone),
            currency,
            charged: row.charged.to_string(),
            received: None,
            refunded: None,
            tip: None,
            taxes: None,
            coin: None,
            coin_amount: row.coin_amount,
            network_fee: row.network_fee,
            late: false,
            twice: false,
            test: row.test,
            settled: row.settled,
            state: row.state,
            open: row.open,
            attempt: row.attempt,
            invoice: row.invoice_id,
            way: None,
            reason: row.reason,
            note: row.note,
            opened: written(row.opened_at, &wish.zone),
        };
        let Some(movement) = row.movement else {
            return record;
        };
        record.kind = movement.moved.word();
        let minor = movement.amount.minor();
        match movement.moved {
            Moved::Paid {
                coin,
                late,
                again,
                tip_minor,
                gross_by_rate,
                ..
            } => {
                record.received = Some(text(minor));
                record.tip = (tip_minor != 0).then(|| text(tip_minor));
                let taxes: Vec<_> = gross_by_rate
                    .iter()
                    .map(|(rate, gross)| {
                        let tax = text(rate.contained_in(*gross));
                        format!("{rate}% {tax} of {}", text(*gross))
                    })
                    .collect();
                record.taxes = (!taxes.is_empty()).then(|| taxes.join("; "));
                record.coin = Some(coin);
                (record.late, record.twice) = (late, again);
            }
            Moved::Refunded { way, .. } => {
                record.refunded = Some(text(minor));
                record.way = Some(way.word());
            }
            Moved::RefundTakenBack { way, .. } => {
                record.refunded = Some(text(minor.saturating_neg()));
                record.way = Some(way.word());
            }
        }
        record
    }

    /// The same for spreadsheets: a text from outside that would be a formula there is a text
    /// (OWASP, *CSV Injection*).
    fn defused(mut self) -> Self {
        for text in [
            &mut self.coin,
            &mut self.coin_amount,
            &mut self.network_fee,
            &mut self.invoice,
            &mut self.reason,
            &mut self.note,
        ] {
            if let Some(formula) = text.as_mut().filter(|text| text.starts_with(FORMULA)) {
                formula.insert(0, '\'');
            }
        }
        self
    }
}

/// A file in the making.
enum Sheet<'w> {
    Csv(Box<csv::Writer<&'w mut dyn Write>>),
    Json { out: &'w mut dyn Write, empty: bool },
}

impl<'w> Sheet<'w> {
    fn begin(format: ExportFormat, out: &'w mut dyn Write) -> io::Result<Self> {
        match format {
            ExportFormat::Csv => {
                // Without the mark, spreadsheets take UTF-8 for something older.
                out.write_all("\u{feff}".as_bytes())?;
                let csv = csv::WriterBuilder::new()
                    .terminator(csv::Terminator::CRLF)
                    .has_headers(false)
                    .from_writer(out);
                let mut csv = Box::new(csv);
                csv.write_record(COLUMNS)?;
                Ok(Self::Csv(csv))
            }
            ExportFormat::Json => {
                out.write_all(b"[")?;
                Ok(Self::Json { out, empty: true })
            }
        }
    }

    fn write(&mut self, record: Record) -> io::Result<()> {
        match self {
            Self::Csv(csv) => csv.serialize(record.defused()).map_err(io::Error::from),
            Self::Json { out, empty } => {
                out.write_all(if *empty { b"\n" } else { b",\n" })?;
                *empty = false;
                serde_json::to_writer(&mut **out, &record).map_err(io::Error::from)
            }
        }
    }

    fn end(self) -> io::Result<()> {
        match self {
            Self::Csv(mut csv) => csv.flush(),
            Self::Json { out, .. } => {
                out.write_all(b"\n]\n")?;
                out.flush()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AttemptNumber, RefundNumber, SaleNumber};
    use crate::money::BasisPoints;
    use crate::sale::{Movement, RefundWay};

    #[test]
    fn no_text_from_outside_is_a_formula_in_any_column() {
        let text = || Some("=HYPERLINK(\"https://evil.example\")".to_owned());
        let paid = Moved::Paid {
            attempt: AttemptNumber(1),
            coin: "@SUM(A1) TRC20".to_owned(),
            late: false,
            again: false,
            tip_minor: 0,
            gross_by_rate: [(BasisPoints(1900), 1250)].into(),
        };
        let refunded = Moved::Refunded {
            refund: RefundNumber(1),
            way: RefundWay::Cash,
        };
        for moved in [paid, refunded] {
            let row = BookRow {
                movement: Some(Movement {
                    seq: 9,
                    at: UnixMs(0),
                    sale: SaleNumber(42),
                    amount: Money::from_minor(1250, Currency::Eur),
                    test: false,
                    moved,
                }),
                invoice_id: text(),
                coin_amount: text(),
                network_fee: text(),
                reason: text(),
                ..row("-1")
            };
            let record = Record::of(row, &wish(ExportFormat::Csv)).defused();
            let mut csv = csv::WriterBuilder::new()
                .has_headers(false)
                .from_writer(Vec::new());
            csv.serialize(record).expect("a row");
            let bytes = csv.into_inner().expect("kept");
            let mut reader = csv::ReaderBuilder::new();
            let mut reader = reader.has_headers(false).from_reader(&bytes[..]);
            let row = reader.records().next().expect("a row").expect("readable");
            for (column, cell) in COLUMNS.iter().zip(&row) {
                assert!(!cell.starts_with(FORMULA), "{column}: {cell}");
            }
            let outside = ["coin_amount", "network_fee", "invoice", "reason", "note"];
            for (column, cell) in COLUMNS.iter().zip(&row) {
                assert!(
                    !outside.contains(column) || cell.starts_with('\''),
                    "{column}"
                );
            }
        }
    }

    fn row(note: &str) -> BookRow {
        BookRow {
            at: UnixMs(1_795_300_200_000),
            movement: None,
            sale: SaleNumber(42),
            charged: Money::from_minor(1250, Currency::Eur),
            test: false,
            state: "awaiting".to_owned(),
            open: true,
            opened_at: UnixMs(1_795_300_200_000),
            note: Some(note.to_owned()),
            attempt: Some(1),
            invoice_id: None,
            coin_amount: None,
            network_fee: None,
            settled: false,
            reason: None,
        }
    }

    fn wish(format: ExportFormat) -> Wish {
        Wish {
            format,
            from: UnixMs(0),
            to: UnixMs(i64::MAX),
            zone: Zone::named("Europe/Moscow").expect("a zone"),
            code: TillCode::first(),
        }
    }

    fn file_of(format: ExportFormat, note: &str) -> String {
        let wish = wish(format);
        let mut out = Vec::new();
        let mut sheet = Sheet::begin(format, &mut out).expect("begun");
        sheet.write(Record::of(row(note), &wish)).expect("written");
        sheet.end().expect("ended");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn json_has_the_columns_of_csv_in_their_order() {
        let json = file_of(ExportFormat::Json, "Tea");
        let places = COLUMNS.map(|column| json.find(&format!("\"{column}\":")).expect(column));
        assert!(places.is_sorted());
        let rows: Vec<serde_json::Map<_, _>> = serde_json::from_str(&json).expect("an array");
        assert_eq!(rows[0].len(), COLUMNS.len());
        assert_eq!(rows[0]["day"], "2026-11-22", "the shop's, not UTC's");
        assert_eq!(rows[0]["time"], "2026-11-22T01:30:00+03:00");
    }

    #[test]
    fn csv_is_what_the_rfc_says_and_no_note_is_a_formula() {
        let csv = file_of(ExportFormat::Csv, "a \"b\", c\nd");
        assert!(csv.starts_with("\u{feff}kind,sale,label,"));
        assert!(csv.contains("\"a \"\"b\"\", c\nd\""), "{csv}");
        assert_eq!(csv.matches("\r\n").count(), 2);
        for formula in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1",
        ] {
            let note = |format| {
                let file = file_of(format, formula);
                let file = file.trim_start_matches('\u{feff}').to_owned();
                if format == ExportFormat::Json {
                    let rows: serde_json::Value = serde_json::from_str(&file).expect("JSON");
                    return rows[0]["note"].as_str().expect("a note").to_owned();
                }
                let mut rows = csv::Reader::from_reader(file.as_bytes());
                let row = rows.records().next().expect("a row").expect("readable");
                row[25].to_owned()
            };
            assert_eq!(note(ExportFormat::Csv), format!("'{formula}"));
            assert_eq!(note(ExportFormat::Json), formula, "data for programs");
        }
    }
}
