//! The rows for people with a spreadsheet: as CSV in the way that the Excel of a country reads it, and as XLSX.
//!
//! Excel reads a CSV by the system's region: in Germany and Russia a comma stands within a number and `;` between cells,
//! and `9.10` is the ninth of October. XLSX has none of this, because its cells say themselves what they are.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde::{Serialize, Serializer};

use super::table::Table;
use crate::money::Money;

/// The characters with which a formula begins in a spreadsheet (OWASP, *CSV Injection*); some accept the full-width forms
/// too.
pub(super) const FORMULA_STARTS: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// How a CSV is written: RFC 4180, or as the Excel of a country wants it (Windows' regional settings, *List separator* and
/// *Decimal symbol*).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) separator: u8,
    pub(super) decimal_mark: char,
    /// Excel takes more texts for something else than formulas.
    pub(super) for_excel: bool,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Empty,
    /// A text of the till's own, which no spreadsheet takes for anything else.
    Text(String),
    /// A text from outside, which may look like anything.
    Outside(String),
    /// An amount with two decimals.
    Amount(Money),
    /// A decimal of any length, with `.`.
    Decimal(String),
    Count(u64),
    Flag(bool),
    /// ISO 8601.
    Day(String),
}

impl Cell {
    /// The cell of a value that may be missing.
    pub(super) fn of<T>(value: Option<T>, kind: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, kind)
    }

    /// A text of the till's own.
    pub(super) fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }

    /// A text from outside, which may be missing.
    pub(super) fn outside(text: Option<String>) -> Self {
        Self::of(text, Self::Outside)
    }
}

/// As JSON has it: texts unchanged, amounts as texts, nothing as `null`.
impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_none(),
            Self::Text(text) | Self::Outside(text) | Self::Day(text) | Self::Decimal(text) => {
                serializer.serialize_str(text)
            }
            Self::Amount(money) => serializer.collect_str(money),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}

/// Writes the rows as CSV in a dialect.
pub(super) struct DialectWriter<'w> {
    csv: csv::Writer<&'w mut (dyn Write + Send)>,
    dialect: Dialect,
}

impl<'w> DialectWriter<'w> {
    pub(super) fn begin(
        out: &'w mut (dyn Write + Send),
        dialect: Dialect,
        table: Table,
    ) -> io::Result<Self> {
        // Without this mark spreadsheets read UTF-8 as an older encoding.
        out.write_all("\u{feff}".as_bytes())?;
        let mut csv = csv::WriterBuilder::new()
            .delimiter(dialect.separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        csv.write_record(table.columns)?;
        Ok(Self { csv, dialect })
    }

    pub(super) fn write(&mut self, row: Vec<Cell>) -> io::Result<()> {
        let texts = row.into_iter().map(|cell| self.dialect.text(cell));
        Ok(self.csv.write_record(texts)?)
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

impl Dialect {
    fn text(self, cell: Cell) -> String {
        match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Day(text) => text,
            Cell::Outside(text) if self.is_taken_for_another(&text) => format!("'{text}"),
            Cell::Outside(text) => text,
            Cell::Amount(money) => self.decimal(&money.to_string()),
            Cell::Decimal(text) => self.decimal(&text),
            Cell::Count(count) => count.to_string(),
            Cell::Flag(flag) => flag.to_string(),
        }
    }

    /// A decimal with this mark.
    pub(super) fn decimal(self, text: &str) -> String {
        text.replace('.', &self.decimal_mark.to_string())
    }

    fn is_taken_for_another(self, text: &str) -> bool {
        text.starts_with(FORMULA_STARTS) || self.for_excel && is_taken_for_another(text)
    }
}

/// How the names of months begin in the till's languages, in lower case.
const MONTHS: [&str; 29] = [
    "jan", "feb", "mar", "mär", "mrz", "apr", "may", "mai", "jun", "jul", "aug", "sep", "oct",
    "okt", "nov", "dec", "dez", "янв", "фев", "мар", "апр", "май", "мая", "июн", "июл", "авг",
    "сен", "окт", "ноя",
];

/// Whether a spreadsheet may take a text for a formula, a number, a date or a time. The apostrophe that it then gets marks
/// it as text, as in a plain CSV.
fn is_taken_for_another(text: &str) -> bool {
    let inner = text.trim();
    let words: Vec<_> = inner
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let has_digit = inner.contains(|c: char| c.is_ascii_digit());
    let begins_as_number = inner.starts_with(|c: char| c.is_ascii_digit() || ".,(€$₽".contains(c));
    // `3. Mai 2026`, `12,5 kg` and `1E5` have one word at most; an id or a sentence has more.
    let is_number = has_digit && begins_as_number && words.len() <= 1;
    let is_month = words.first().is_some_and(|word| {
        let word = word.to_lowercase();
        word.starts_with("дек") || MONTHS.iter().any(|month| word.starts_with(month))
    });
    is_number || (has_digit && is_month && words.len() == 1)
}

/// The most rows of a sheet, its head included (ECMA-376, part 1, 18.3.1.73).
const SHEET_ROWS: u32 = 1_048_576;
/// Excel keeps so many digits of a number. A longer one is a text, so that none is lost.
const NUMBER_DIGITS: usize = 15;
/// The columns that are wider than the rest, and their widths in characters.
const WIDE_COLUMNS: [(&str, u16); 10] = [
    ("label", 12),
    ("day", 11),
    ("time", 26),
    ("taxes", 26),
    ("coin", 14),
    ("note", 24),
    ("text", 36),
    ("item", 24),
    ("opened", 26),
    ("lines", 36),
];

/// Writes the rows as XLSX. What was written waits in temporary files, so that a long book takes no more memory than a
/// short one.
pub(super) struct XlsxWriter<'w> {
    out: &'w mut (dyn Write + Send),
    table: Table,
    workbook: Workbook,
    sheets: Vec<Worksheet>,
    row: u32,
    amount: Format,
    day: Format,
}

impl<'w> XlsxWriter<'w> {
    pub(super) fn begin(out: &'w mut (dyn Write + Send), table: Table) -> io::Result<Self> {
        let mut writer = Self {
            out,
            table,
            workbook: Workbook::new(),
            sheets: Vec::new(),
            row: 0,
            amount: Format::new().set_num_format("0.00"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
        };
        unpanicked(|| writer.begin_sheet())?;
        Ok(writer)
    }

    pub(super) fn write(&mut self, row: Vec<Cell>) -> io::Result<()> {
        unpanicked(|| {
            if self.row >= SHEET_ROWS {
                self.begin_sheet()?;
            }
            self.write_row(row)
        })
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        unpanicked(|| {
            for sheet in self.sheets.drain(..) {
                self.workbook.push_worksheet(sheet);
            }
            self.workbook.save_to_writer(&mut *self.out)
        })?;
        self.out.flush()
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        let mut sheet = self.workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(format!("{} {}", self.table.sheet, self.sheets.len() + 1))?;
        sheet.set_freeze_panes(1, 0)?;
        let head = Format::new().set_bold();
        for (column, name) in (0..).zip(self.table.columns.iter().copied()) {
            sheet.write_string_with_format(0, column, name, &head)?;
            if let Some((_, width)) = WIDE_COLUMNS.iter().find(|(wide, _)| *wide == name) {
                sheet.set_column_width(column, *width)?;
            }
        }
        self.sheets.push(sheet);
        self.row = 1;
        Ok(())
    }

    fn write_row(&mut self, cells: Vec<Cell>) -> Result<(), XlsxError> {
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        for (column, cell) in (0..).zip(cells) {
            let row = self.row;
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) | Cell::Outside(text) => sheet.write_string(row, column, text)?,
                Cell::Amount(money) => {
                    let amount = Decimal::new(money.minor(), 2);
                    sheet.write_with_format(row, column, amount, &self.amount)?
                }
                Cell::Decimal(text) => match Decimal::from_str_exact(&text) {
                    Ok(number) if digits(&text) <= NUMBER_DIGITS => {
                        sheet.write(row, column, number)?
                    }
                    _ => sheet.write_string(row, column, text)?,
                },
                Cell::Count(count) => sheet.write(row, column, Decimal::from(count))?,
                Cell::Flag(flag) => sheet.write_boolean(row, column, flag)?,
                Cell::Day(text) => match ExcelDateTime::parse_from_str(&text) {
                    Ok(day) => sheet.write_datetime_with_format(row, column, &day, &self.day)?,
                    Err(_) => sheet.write_string(row, column, text)?,
                },
            };
        }
        self.row += 1;
        Ok(())
    }
}

/// How many digits a decimal has without the zeros before it.
fn digits(text: &str) -> usize {
    let digits = text.trim_start_matches(['0', '.']).bytes();
    digits.filter(u8::is_ascii_digit).count()
}

/// The crate panics when its temporary file cannot be written, for example because the disk is full. For the till that is
/// an export that failed.
fn unpanicked(work: impl FnOnce() -> Result<(), XlsxError>) -> io::Result<()> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(XlsxError::IoError(error))) => Err(error),
        Ok(Err(error)) => Err(io::Error::other(error)),
        Err(_) => Err(io::Error::other("a temporary file cannot be written")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_take_for_another_thing_is_marked_as_text() {
        for text in [
            "9.10",
            "9,10",
            "1-2",
            "3/4",
            "0049",
            " 7",
            "12:30",
            "3. Mai",
            "5 Sep 2026",
            "Mai 5",
            "март 2026",
            "1E5",
            "€5",
            "12,5 kg",
            "550e8400",
        ] {
            assert!(is_taken_for_another(text), "{text}");
        }
        for text in [
            "Table 4",
            "Tisch 9.10",
            "two teas",
            "550e8400-e29b-41d4-a716-446655440000",
            "3 teas for Anna",
            "Маша 5",
            "Majestic",
            "Marta, 5 cups",
            "?",
            "",
        ] {
            assert!(!is_taken_for_another(text), "{text}");
        }
    }
}
