//! Exports for people with a spreadsheet, as one reads them: LibreOffice, told to read a CSV as the Excel of a country does.
//!
//! A CSV says neither how its cells are separated nor what they are. The Excel of a country takes both from Windows'
//! regional settings; here LibreOffice is given the same separator and language, and finds out dates and numbers by itself.

use std::collections::BTreeMap;
use std::path::Path;

use ringup_testkit::{Counter, Desktop, run};

/// The notes that a spreadsheet would like to understand.
const NOTES: [&str; 8] = [
    "9.10",
    "1-2",
    "0049",
    "3. Mai",
    "=1+1",
    "Café; \"Müller\", два",
    "1E5",
    "Table 4",
];
const AMOUNTS: [&str; 8] = [
    "9.10", "10.10", "1234.50", "2.05", "100", "1.01", "12000", "3.12",
];

/// The columns that hold decimals.
const DECIMALS: [&str; 4] = ["charged", "received", "coin_amount", "network_fee"];

/// A cell as LibreOffice understood it: its type, and its value or text.
type Understood = (String, String);
type Rows = Vec<BTreeMap<String, Understood>>;

struct Book(Counter);

impl Book {
    /// A book with a paid sale for each amount.
    fn new() -> Self {
        let counter = Counter::open();
        for (amount, note) in AMOUNTS.iter().zip(NOTES) {
            let charge = ["charge", amount, "EUR", "--no-wait", "--json"];
            let sale = counter.json(charge.into_iter().chain(["--note", note]));
            let coin = serde_json::json!({"crypto": "USDT", "network": "TRC20"});
            counter.remote.act_with(&sale, "choose", &coin);
            counter.remote.act(&sale, "pay");
        }
        assert_eq!(counter.run(["watch"]).0, 0);
        Self(counter)
    }

    /// The plain CSV, which programs read: every cell as its text.
    fn plain(&self) -> Vec<BTreeMap<String, String>> {
        let csv = self.0.text(["export", "--format", "csv"]);
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let head = reader.headers().unwrap().clone();
        let rows = reader.records().map(|row| {
            let row = row.unwrap();
            let cells = head.iter().zip(row.iter());
            cells
                .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
                .collect()
        });
        rows.collect()
    }

    /// Exports with these arguments and has LibreOffice read the file.
    fn read(&self, args: &[&str], name: &str, filter: Option<&str>) -> Rows {
        let file = self.0.file(name);
        self.0
            .text([&["export"], args, &[file.to_str().unwrap()]].concat());
        understood(&self.0.desktop, &file, filter)
    }
}

/// How LibreOffice is to read a CSV: the separator, quotes, UTF-8, from the first line, the language (by Microsoft's
/// number), and numbers and dates in all their forms (LibreOffice Help, *Filter Options for CSV*).
fn filter(separator: char, language: u32) -> String {
    format!(
        "CSV:{},34,76,1,,{language},false,true",
        u32::from(separator)
    )
}

fn understood(desktop: &Desktop, file: &Path, filter: Option<&str>) -> Rows {
    let folder = desktop.folder();
    let mut office = desktop.command("soffice");
    office.arg("--headless").arg(format!(
        "-env:UserInstallation=file://{}/office",
        folder.display()
    ));
    if let Some(filter) = filter {
        office.arg(format!("--infilter={filter}"));
    }
    office
        .args(["--convert-to", "fods", "--outdir"])
        .arg(folder)
        .arg(file);
    let (code, out, errors) = run(&mut office);
    assert_eq!(code, 0, "{out}{errors}");
    let text = std::fs::read_to_string(file.with_extension("fods")).unwrap();
    rows(&text)
}

/// The rows of the first table of a flat OpenDocument file, by the names in its first row.
fn rows(document: &str) -> Rows {
    let table = document.split("<table:table ").nth(1).expect("a table");
    let rows = table.split("<table:table-row").skip(1);
    let mut rows = rows.map(|row| cells(row.split("</table:table-row>").next().unwrap()));
    let head = rows.next().expect("a head");
    rows.map(|row| {
        let named = head
            .iter()
            .zip(row)
            .filter(|((_, name), _)| !name.is_empty());
        named
            .map(|((_, name), cell)| (name.clone(), cell))
            .collect()
    })
    .filter(|row: &BTreeMap<String, Understood>| {
        row.get("kind").is_some_and(|(kind, _)| !kind.is_empty())
    })
    .collect()
}

fn cells(row: &str) -> Vec<Understood> {
    let mut cells = Vec::new();
    for cell in row.split("<table:table-cell").skip(1) {
        let (attributes, content) = cell.split_once('>').unwrap();
        let attribute = |name: &str| {
            let value = attributes
                .split_once(&format!("{name}=\""))
                .map(|(_, rest)| rest)?;
            value.split('"').next().map(str::to_owned)
        };
        let text: Vec<_> = content
            .split("<text:p>")
            .skip(1)
            .map(|part| part.split("</text:p>").next().unwrap())
            .collect();
        let text = text
            .join("\n")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&amp;", "&");
        let value = attribute("office:value").or(attribute("office:date-value"));
        let kind = attribute("office:value-type").unwrap_or_default();
        let repeated =
            attribute("table:number-columns-repeated").and_then(|count| count.parse().ok());
        for _ in 0..repeated.unwrap_or(1).min(64) {
            cells.push((kind.clone(), value.clone().unwrap_or(text.clone())));
        }
    }
    cells
}

/// A decimal without the zeros that say nothing.
fn trimmed(decimal: &str) -> &str {
    if decimal.contains('.') {
        decimal.trim_end_matches('0').trim_end_matches('.')
    } else {
        decimal
    }
}

/// Every cell means what the plain export says.
fn assert_same(read: &Rows, plain: &[BTreeMap<String, String>], what: &str) {
    assert_eq!(read.len(), plain.len(), "{what}");
    for (row, plain) in read.iter().zip(plain) {
        assert_eq!(row.len(), plain.len(), "{what}: as many columns");
        for column in DECIMALS {
            let (kind, value) = &row[column];
            assert_eq!(trimmed(value), trimmed(&plain[column]), "{what}: {column}");
            let empty = plain[column].is_empty();
            assert_eq!(
                kind,
                if empty { "" } else { "float" },
                "{what}: {column} {value}"
            );
        }
        let (kind, note) = &row["note"];
        assert_eq!(kind, "string", "{what}: {note}");
        // The apostrophe marks a text; whether it is shown differs.
        let plain_note = plain["note"].trim_start_matches('\'');
        assert_eq!(note.trim_start_matches('\''), plain_note, "{what}");
        assert_eq!(
            row["day"],
            ("date".to_owned(), plain["day"].clone()),
            "{what}"
        );
        for column in ["invoice", "label", "currency", "coin"] {
            let (_, text) = &row[column];
            assert_eq!(
                text.trim_start_matches('\''),
                plain[column],
                "{what}: {column}"
            );
        }
    }
}

#[test]
fn a_spreadsheet_of_each_country_reads_what_was_sold() {
    if !is_installed("soffice") {
        // Where LibreOffice is not, the tests of the core check the separator and the marks.
        return;
    }
    let book = Book::new();
    let plain = book.plain();
    assert_eq!(plain.len(), AMOUNTS.len());
    for (name, separator, language) in [
        ("excel-en", ',', 1033),
        ("excel-de", ';', 1031),
        ("excel-ru", ';', 1049),
    ] {
        let filter = filter(separator, language);
        let read = book.read(&["--for", name], &format!("{name}.csv"), Some(&filter));
        assert_same(&read, &plain, name);
    }
    let workbook = book.read(&["--format", "xlsx"], "book.xlsx", None);
    assert_same(&workbook, &plain, "xlsx");
    // This is what the plain file comes to in Germany, so the comparison above finds it out.
    let german = filter(',', 1031);
    let read = book.read(&["--format", "csv"], "plain.csv", Some(&german));
    assert_ne!(read[0]["charged"], ("float".to_owned(), "9.1".to_owned()));
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).exists())
}
