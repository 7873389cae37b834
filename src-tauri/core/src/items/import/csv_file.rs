//! The lines of an items' file: CSV (RFC 4180) whose first line names the columns, separated by `,`, `;` or tabs. A line
//! that breaks a rule is told with its cell; a file that cannot be read as a table is refused whole.

use super::barcode::{self, ReadCode};
use super::cells::{Cells, Given, GivenColumns, rate};
use super::{ImportDefaults, LineNote, MAX_FILE_BYTES};
use crate::items::{Colour, Item, Problem, SoldBy, WrongItem};
use crate::money::Money;

/// The most that is repeated of a cell that is refused, characters.
const LONGEST_CELL: usize = 60;

/// A line of the file that is not empty.
pub(super) struct FileLine {
    /// Its number, from 1.
    pub(super) line: u64,
    /// What its first column of interest says, for people.
    pub(super) name: String,
    pub(super) read: Result<FileItem, RefusedCell>,
}

/// An item as the file has it. Where a cell is empty, the listed item keeps what it has.
#[derive(Debug, Clone)]
pub(super) struct FileItem {
    pub(super) item: Item,
    pub(super) colour: Option<Colour>,
    pub(super) tax_given: bool,
    pub(super) given: Given,
    pub(super) notes: Vec<LineNote>,
}

/// Why a line is not imported.
#[derive(Debug, Clone)]
pub(super) struct RefusedCell {
    pub(super) problem: Problem,
    /// What the cell says.
    pub(super) cell: String,
}

/// The lines of a file, in its order.
///
/// # Errors
/// When it is no table of items at all.
pub(super) fn read(file: &[u8], defaults: ImportDefaults) -> Result<Vec<FileLine>, WrongItem> {
    if u64::try_from(file.len()).unwrap_or(u64::MAX) > MAX_FILE_BYTES {
        return Err(Problem::TooLarge.at(1));
    }
    let text = std::str::from_utf8(file).map_err(|error| {
        let before = file.get(..error.valid_up_to()).unwrap_or_default();
        let lines = before.iter().filter(|byte| **byte == b'\n').count();
        Problem::NotText.at(u64::try_from(lines).unwrap_or_default() + 1)
    })?;
    // Spreadsheets begin a file with a byte-order mark.
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = delimiter(text);
    if let Some(line) = broken_quote(text, delimiter) {
        return Err(Problem::Quote.at(line));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let not_text = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        Problem::NotText.at(line)
    };
    let columns = Columns::of(reader.headers().map_err(not_text)?).ok_or(Problem::Columns.at(1))?;
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(not_text)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let name = record.get(columns.name).unwrap_or_default();
        lines.push(FileLine {
            line: record.position().map_or(1, |begin| line_of(begin, text)),
            name: shortened(name),
            read: columns.item(&record, defaults),
        });
    }
    if lines.is_empty() {
        return Err(Problem::Empty.at(1));
    }
    Ok(lines)
}

/// The line of a record: its position is that of the empty lines before it, if there are any.
fn line_of(begin: &csv::Position, text: &str) -> u64 {
    let from = usize::try_from(begin.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| b"\r\n".contains(byte));
    let lines = empty.filter(|byte| **byte == b'\n').count();
    begin.line() + u64::try_from(lines).unwrap_or_default()
}

/// The delimiter that the first line has most of: spreadsheets write `;` where the comma is the decimal mark.
fn delimiter(text: &str) -> u8 {
    let head = text.split(['\n', '\r']).next().unwrap_or_default();
    let count = |delimiter: &u8| head.bytes().filter(|byte| byte == delimiter).count();
    // Of equals the last wins: a comma, if there is none of them.
    let delimiters = b"\t;,".iter();
    delimiters
        .max_by_key(|byte| count(byte))
        .copied()
        .unwrap_or(b',')
}

/// The line in which a quoted cell begins that does not end, or that ends before its cell does. A reader would go on to
/// the next quote and make one line of several.
fn broken_quote(text: &str, delimiter: u8) -> Option<u64> {
    let mut bytes = text.bytes().peekable();
    let (mut line, mut cell_begins) = (1, true);
    while let Some(byte) = bytes.next() {
        if byte == b'\n' {
            line += 1;
        }
        let ends_cell = |byte: u8| byte == delimiter || byte == b'\n' || byte == b'\r';
        if byte != b'"' || !cell_begins {
            cell_begins = ends_cell(byte);
            continue;
        }
        let begun = line;
        loop {
            match bytes.next() {
                None => return Some(begun),
                Some(b'\n') => line += 1,
                // A quote within is written twice.
                Some(b'"') if bytes.next_if_eq(&b'"').is_none() => break,
                Some(_) => {}
            }
        }
        while bytes.next_if(|byte| *byte == b' ').is_some() {}
        if bytes.peek().is_some_and(|byte| !ends_cell(*byte)) {
            return Some(begun);
        }
        cell_begins = false;
    }
    None
}

pub(super) fn shortened(cell: &str) -> String {
    let one_line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.chars().take(LONGEST_CELL).collect()
}

/// The places of the columns in a line.
struct Columns {
    count: usize,
    name: usize,
    price: usize,
    currency: Option<usize>,
    tax: Option<usize>,
    barcode: Option<usize>,
    colour: Option<usize>,
    given: GivenColumns,
}

impl Columns {
    fn of(head: &csv::StringRecord) -> Option<Self> {
        let place = |names: &[&str]| {
            head.iter()
                .position(|cell| names.iter().any(|name| cell.eq_ignore_ascii_case(name)))
        };
        Some(Self {
            count: head.len(),
            name: place(&["name"])?,
            price: place(&["price"])?,
            currency: place(&["currency"]),
            tax: place(&["tax"]),
            barcode: place(&["barcode"]),
            colour: place(&["colour", "color"]),
            given: GivenColumns::of(|name| place(&[name])),
        })
    }

    fn item(
        &self,
        record: &csv::StringRecord,
        defaults: ImportDefaults,
    ) -> Result<FileItem, RefusedCell> {
        let cells = Cells(record);
        let cell = |place| cells.cell(place);
        let refused = |problem, place| cells.refused(problem, place);
        // As of `Tea,3,50`, where a comma within a price makes a cell of its own.
        if let Some(extra) = record.iter().skip(self.count).find(|cell| !cell.is_empty()) {
            let cell = shortened(extra);
            let problem = Problem::TooManyCells;
            return Err(RefusedCell { problem, cell });
        }
        let currency = match cell(self.currency) {
            None => defaults.currency,
            Some(code) => code
                .parse()
                .or(Err(refused(Problem::Currency, self.currency)))?,
        };
        let given = self.given.read(cells, currency)?;
        let no_price = || refused(Problem::Price, Some(self.price));
        let price = match cell(Some(self.price)) {
            // Nothing is proposed for an open price.
            None if given.sold == Some(SoldBy::Open) => Money::from_minor(0, currency),
            None => return Err(no_price()),
            Some(price) => Money::parse(price, currency).or(Err(no_price()))?,
        };
        let tax = match cell(self.tax) {
            None => defaults.tax,
            Some("-") => None,
            Some(percent) => Some(rate(percent).ok_or(refused(Problem::Tax, self.tax))?),
        };
        let colour = match cell(self.colour) {
            None => None,
            Some(name) => Some(
                name.parse()
                    .or(Err(refused(Problem::Colour, self.colour)))?,
            ),
        };
        let (code, notes) = read_code(cell(self.barcode))
            .ok_or_else(|| refused(Problem::BarcodeUncertain, self.barcode))?;
        let item = given.applied_to(Item {
            tax,
            barcode: code,
            ..Item::new(cell(Some(self.name)).unwrap_or_default(), price)
        });
        let item = item.validate().map_err(|problem| match problem {
            Problem::Price => no_price(),
            Problem::Tax => refused(problem, self.tax),
            Problem::Barcode => refused(problem, self.barcode),
            Problem::Name => refused(problem, Some(self.name)),
            _ => refused(problem, self.given.of_problem(problem)),
        })?;
        Ok(FileItem {
            item,
            colour,
            tax_given: cell(self.tax).is_some(),
            given,
            notes,
        })
    }
}

/// The code of a cell and what is to be said about it; `None`: it is uncertain which code it is.
fn read_code(cell: Option<&str>) -> Option<(Option<String>, Vec<LineNote>)> {
    let Some(cell) = cell else {
        return Some((None, Vec::new()));
    };
    let (code, mended) = match barcode::read(cell) {
        ReadCode::AsWritten(code) => (code, None),
        ReadCode::Mended(code) => (
            code,
            Some(LineNote::CodeMended {
                from: shortened(cell),
            }),
        ),
        ReadCode::Uncertain => return None,
    };
    let short = barcode::with_missing_zero(&code).map(|code| LineNote::ZeroMissing { code });
    Some((Some(code), mended.into_iter().chain(short).collect()))
}
