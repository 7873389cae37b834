//! One row of the sales book as the columns of an export (docs/export.md).

use serde::Serialize;

use super::ExportQuery;
use super::spreadsheet::Cell;
use crate::calendar::{day_of, to_iso_8601};
use crate::journal::BookRow;
use crate::money::{Currency, Money};
use crate::sale::{LedgerKind, Line, Weight, label, tender_name};

/// The characters with which a formula begins in a spreadsheet (OWASP, *CSV Injection*); some accept the full-width forms
/// too.
pub(super) const FORMULA_STARTS: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The columns, in order.
pub(super) const COLUMNS: [&str; 34] = [
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
    "discount",
    "lines",
    "tax",
    "gateway",
    "till",
    "till_code",
    "cashier",
];

/// A row of the file. Its fields are named as the columns.
#[derive(Debug, Serialize)]
pub(super) struct Record {
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
    way: Option<String>,
    reason: Option<String>,
    note: Option<String>,
    opened: String,
    discount: Option<String>,
    lines: Option<String>,
    tax: Option<String>,
    gateway: Option<String>,
    till: String,
    till_code: String,
    cashier: Option<String>,
}

impl Record {
    pub(super) fn of(row: BookRow, query: &ExportQuery) -> Self {
        let currency = row.charged.currency();
        let text = |minor: i64| Money::from_minor(minor, currency).to_string();
        let mark = query
            .format
            .dialect()
            .map_or('.', |dialect| dialect.decimal_mark);
        let code = row.code.as_ref().unwrap_or(&query.code);
        let mut record = Self {
            kind: "unpaid",
            sale: row.sale.0,
            label: label(code, row.sale),
            entry: row.ledger_line.as_ref().map(|ledger_line| ledger_line.seq),
            day: day_of(row.at, &query.zone).to_string(),
            time: to_iso_8601(row.at, &query.zone),
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
            opened: to_iso_8601(row.opened_at, &query.zone),
            discount: (row.discount_minor != 0).then(|| text(row.discount_minor)),
            lines: lines_text(&row.lines, currency, mark),
            tax: None,
            gateway: row.gateway,
            till: query.till.to_string(),
            till_code: code.to_string(),
            cashier: row.cashier,
        };
        let Some(ledger_line) = row.ledger_line else {
            return record;
        };
        record.kind = ledger_line.kind.as_str();
        let minor = ledger_line.amount.minor();
        let (tip_minor, taxes) = ledger_line.sold();
        record.tip = (tip_minor != 0).then(|| text(tip_minor));
        let tax_minor = taxes
            .values()
            .fold(0, |sum: i64, taxed| sum.saturating_add(taxed.tax_minor));
        record.tax = (!taxes.is_empty()).then(|| text(tax_minor));
        let taxes: Vec<_> = taxes
            .iter()
            .map(|(rate, taxed)| {
                let tax = text(taxed.tax_minor);
                let tax = format!("{rate}% {tax} of {}", text(taxed.gross_minor));
                tax.replace('.', &mark.to_string())
            })
            .collect();
        record.taxes = (!taxes.is_empty()).then(|| taxes.join("; "));
        match ledger_line.kind {
            LedgerKind::Paid {
                coin,
                late,
                duplicate,
                ..
            } => {
                record.received = Some(text(minor));
                record.coin = Some(coin);
                (record.late, record.twice) = (late, duplicate);
            }
            LedgerKind::Tendered(line) => {
                record.received = Some(text(minor));
                record.way = Some(line.sum_name());
                record.twice = line.brings.beyond_minor > 0;
            }
            LedgerKind::TenderTakenBack(line) => {
                record.received = Some(text(minor.saturating_neg()));
                record.way = Some(line.sum_name());
            }
            LedgerKind::Refunded { way, own, .. } => {
                record.refunded = Some(text(minor));
                record.way = Some(tender_name(way.as_str(), own.as_deref()));
            }
            LedgerKind::RefundTakenBack { way, own, .. } => {
                record.refunded = Some(text(minor.saturating_neg()));
                record.way = Some(tender_name(way.as_str(), own.as_deref()));
            }
        }
        record
    }

    /// The cells of the row, in the order of [`COLUMNS`].
    pub(super) fn cells(self) -> [Cell; COLUMNS.len()] {
        fn cell<T>(value: Option<T>, kind: fn(T) -> Cell) -> Cell {
            value.map_or(Cell::Empty, kind)
        }
        let text = |text: &str| Cell::Text(text.to_owned());
        [
            text(self.kind),
            Cell::Count(self.sale.into()),
            Cell::Outside(self.label),
            cell(self.entry, Cell::Count),
            Cell::Day(self.day),
            Cell::Text(self.time),
            text(self.currency.code()),
            Cell::Amount(self.charged),
            cell(self.received, Cell::Amount),
            cell(self.refunded, Cell::Amount),
            cell(self.tip, Cell::Amount),
            cell(self.taxes, Cell::Text),
            cell(self.coin, Cell::Outside),
            cell(self.coin_amount, decimal),
            cell(self.network_fee, decimal),
            Cell::Flag(self.late),
            Cell::Flag(self.twice),
            Cell::Flag(self.test),
            Cell::Flag(self.settled),
            Cell::Text(self.state),
            Cell::Flag(self.open),
            cell(self.attempt.map(u64::from), Cell::Count),
            cell(self.invoice, Cell::Outside),
            cell(self.way, Cell::Text),
            cell(self.reason, Cell::Outside),
            cell(self.note, Cell::Outside),
            Cell::Text(self.opened),
            cell(self.discount, Cell::Amount),
            cell(self.lines, Cell::Text),
            cell(self.tax, Cell::Amount),
            cell(self.gateway, Cell::Text),
            Cell::Text(self.till),
            // Three digits are a code, and no number.
            Cell::Outside(self.till_code),
            cell(self.cashier, Cell::Outside),
        ]
    }

    /// The same row for spreadsheets: a text from outside that would be a formula is marked as text by an apostrophe
    /// (OWASP, *CSV Injection*).
    pub(super) fn without_formulas(mut self) -> Self {
        for text in [
            &mut self.coin,
            &mut self.coin_amount,
            &mut self.network_fee,
            &mut self.invoice,
            &mut self.reason,
            &mut self.note,
            &mut self.cashier,
        ] {
            if let Some(formula) = text
                .as_mut()
                .filter(|text| text.starts_with(FORMULA_STARTS))
            {
                formula.insert(0, '\'');
            }
        }
        self
    }
}

/// The gateway's decimal of a coin; whatever else it may say is a text from outside.
fn decimal(text: String) -> Cell {
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(whole) && is_digits(decimals) {
        Cell::Decimal(text)
    } else {
        Cell::Outside(text)
    }
}

/// `2 x Espresso 2.50; 1 x Coffee (large, oat) 4.10; 1 x Apples 0.350 kg 1.05; 1 x Cola (deposit) 0.25; 1 x 3.00`:
/// quantity, name, options, weight, the price of one. It begins with a digit, so it is no formula whatever the shop calls
/// its items.
fn lines_text(lines: &[Line], currency: Currency, mark: char) -> Option<String> {
    let decimal = |text: String| text.replace('.', &mark.to_string());
    let texts = lines.iter().map(|line| {
        let mut text = format!("{} x ", line.quantity);
        let mut add = |part: &str| {
            text.push_str(part);
            text.push(' ');
        };
        line.name.iter().for_each(|name| add(name));
        if !line.options.is_empty() {
            add(&format!("({})", line.options.join(", ")));
        }
        if line.deposit {
            add("(deposit)");
        }
        if let Some(Weight { grams, .. }) = line.weight {
            let kilograms = format!("{}.{:03} kg", grams / 1_000, grams % 1_000);
            add(&decimal(kilograms));
        }
        text + &decimal(Money::from_minor(line.unit_minor, currency).to_string())
    });
    (!lines.is_empty()).then(|| texts.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::calendar::Zone;
    use crate::clock::UnixMs;
    use crate::export::ExportFormat;
    use crate::ids::{AttemptNumber, RefundNumber, SaleNumber, TillCode, TillId};
    use crate::money::BasisPoints;
    use crate::sale::{Brought, LedgerLine, RefundWay, Taxed};

    pub(in crate::export) fn row(note: &str) -> BookRow {
        BookRow {
            at: UnixMs(1_795_300_200_000),
            ledger_line: None,
            sale: SaleNumber(42),
            charged: Money::from_minor(1250, Currency::Eur),
            test: false,
            state: "awaiting".to_owned(),
            open: true,
            opened_at: UnixMs(1_795_300_200_000),
            note: Some(note.to_owned()),
            attempt: Some(1),
            gateway: Some("api.cru.cash".to_owned()),
            code: None,
            cashier: None,
            invoice_id: None,
            coin_amount: None,
            network_fee: None,
            settled: false,
            reason: None,
            discount_minor: 0,
            lines: Vec::new(),
        }
    }

    pub(in crate::export) fn query(format: ExportFormat) -> ExportQuery {
        ExportQuery {
            format,
            from: UnixMs(0),
            to: UnixMs(i64::MAX),
            zone: Zone::named("Europe/Moscow").expect("a zone"),
            code: TillCode::first(),
            till: "179a4662-a6e0-4129-aeba-04c4c2a8f074"
                .parse::<TillId>()
                .expect("an id"),
        }
    }

    #[test]
    fn the_cells_are_the_columns_of_csv_in_their_order() {
        let row = || BookRow {
            invoice_id: Some("i".to_owned()),
            coin_amount: Some("13.58".to_owned()),
            network_fee: Some("1e3".to_owned()),
            reason: Some("broken".to_owned()),
            code: TillCode::parse("7"),
            cashier: Some("Ada".to_owned()),
            discount_minor: 5,
            ..row("Tea")
        };
        let record = Record::of(row(), &query(ExportFormat::Csv));
        let mut csv = csv::WriterBuilder::new();
        let mut csv = csv.has_headers(false).from_writer(Vec::new());
        csv.serialize(record).expect("a row");
        let bytes = csv.into_inner().expect("kept");
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).from_reader(&bytes[..]);
        let plain = reader.records().next().expect("a row").expect("readable");
        let cells = Record::of(row(), &query(ExportFormat::Xlsx)).cells();
        for ((column, plain), cell) in COLUMNS.iter().zip(&plain).zip(cells) {
            let cell = match cell {
                Cell::Empty => String::new(),
                Cell::Count(count) => count.to_string(),
                Cell::Flag(flag) => flag.to_string(),
                Cell::Text(text) | Cell::Outside(text) | Cell::Day(text) => text,
                Cell::Amount(text) | Cell::Decimal(text) => text,
            };
            assert_eq!(cell, plain, "{column}");
        }
        assert_eq!(decimal("13.58".into()), Cell::Decimal("13.58".into()));
        for other in ["1e3", "=1", "", "-1", "1.", ".5", "1.2.3"] {
            assert_eq!(decimal(other.into()), Cell::Outside(other.into()));
        }
    }

    #[test]
    fn no_text_from_outside_is_a_formula_in_any_column() {
        let text = || Some("=HYPERLINK(\"https://evil.example\")".to_owned());
        let paid_tax = Taxed {
            gross_minor: 1250,
            tax_minor: BasisPoints(1900).contained_in(1250),
        };
        let paid = LedgerKind::Paid {
            attempt: AttemptNumber(1),
            coin: "@SUM(A1) TRC20".to_owned(),
            late: false,
            duplicate: false,
            brings: Brought {
                taxes: [(BasisPoints(1900), paid_tax)].into(),
                ..Brought::default()
            },
        };
        let refunded = LedgerKind::Refunded {
            refund: RefundNumber(1),
            way: RefundWay::Cash,
            own: None,
            tip_minor: 0,
            taxes: [].into(),
        };
        for kind in [paid, refunded] {
            let row = BookRow {
                ledger_line: Some(LedgerLine {
                    seq: 9,
                    at: UnixMs(0),
                    sale: SaleNumber(42),
                    amount: Money::from_minor(1250, Currency::Eur),
                    test: false,
                    kind,
                }),
                invoice_id: text(),
                coin_amount: text(),
                network_fee: text(),
                reason: text(),
                cashier: text(),
                ..row("-1")
            };
            let record = Record::of(row, &query(ExportFormat::Csv)).without_formulas();
            let mut csv = csv::WriterBuilder::new()
                .has_headers(false)
                .from_writer(Vec::new());
            csv.serialize(record).expect("a row");
            let bytes = csv.into_inner().expect("kept");
            let mut reader = csv::ReaderBuilder::new();
            let mut reader = reader.has_headers(false).from_reader(&bytes[..]);
            let row = reader.records().next().expect("a row").expect("readable");
            for (column, cell) in COLUMNS.iter().zip(&row) {
                assert!(!cell.starts_with(FORMULA_STARTS), "{column}: {cell}");
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
}
