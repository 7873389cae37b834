//! One row of the sales book as the columns of an export (docs/export.md).

use super::ExportQuery;
use super::spreadsheet::Cell;
use super::table::Table;
use crate::calendar::{day_of, to_iso_8601};
use crate::journal::BookRow;
use crate::money::{Currency, Money};
use crate::sale::{Brought, LedgerKind, Line, Weight, label};

/// The columns, in order.
pub(super) const COLUMNS: [&str; 37] = [
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
    "tender",
    "categories",
    "z",
];

/// One row a movement of money, and one a sale that brought none.
pub(super) const TABLE: Table = Table {
    sheet: "Sales",
    columns: &COLUMNS,
};

/// What a ledger line has of its own in its row.
#[derive(Default)]
struct LineCells {
    received: Option<i64>,
    refunded: Option<i64>,
    coin: Option<String>,
    late: bool,
    twice: bool,
    way: Option<String>,
}

impl LineCells {
    fn of(kind: LedgerKind, minor: i64) -> Self {
        let moved = Self::default();
        match kind {
            LedgerKind::Paid {
                coin,
                late,
                duplicate,
                ..
            } => Self {
                received: Some(minor),
                coin: Some(coin),
                late,
                twice: duplicate,
                ..moved
            },
            LedgerKind::Tendered(line) => Self {
                received: Some(minor),
                way: Some(line.sum_name()),
                twice: line.brings.beyond_minor > 0,
                ..moved
            },
            LedgerKind::TenderTakenBack(line) => Self {
                received: Some(minor.saturating_neg()),
                way: Some(line.sum_name()),
                ..moved
            },
            LedgerKind::Refunded(line) => Self {
                refunded: Some(minor),
                way: Some(line.sum_name()),
                ..moved
            },
            LedgerKind::RefundTakenBack(line) => Self {
                refunded: Some(minor.saturating_neg()),
                way: Some(line.sum_name()),
                ..moved
            },
        }
    }
}

/// The row of the file, in the order of [`COLUMNS`].
pub(super) fn cells(row: BookRow, query: &ExportQuery) -> Vec<Cell> {
    let currency = row.charged.currency();
    let amount = |minor: i64| Cell::Amount(Money::from_minor(minor, currency));
    let code = row.code.as_ref().unwrap_or(&query.code);
    let kind = row
        .ledger_line
        .as_ref()
        .map_or("unpaid", |line| line.kind.as_str());
    let entry = row.ledger_line.as_ref().map(|line| line.seq);
    let brings = row
        .ledger_line
        .as_ref()
        .map(|line| line.brings())
        .unwrap_or_default();
    let moved = row
        .ledger_line
        .map(|line| LineCells::of(line.kind, line.amount.minor()));
    let moved = moved.unwrap_or_default();
    let tender = moved.way.as_deref().map(|word| query.tender_name(word));
    vec![
        Cell::text(kind),
        Cell::Count(row.sale.0.into()),
        Cell::Outside(label(code, row.sale)),
        Cell::of(entry, Cell::Count),
        Cell::Day(day_of(row.at, &query.zone).to_string()),
        Cell::Text(to_iso_8601(row.at, &query.zone)),
        Cell::text(currency.code()),
        Cell::Amount(row.charged),
        Cell::of(moved.received, amount),
        Cell::of(moved.refunded, amount),
        Cell::of(Some(brings.tip_minor).filter(|tip| *tip != 0), amount),
        Cell::of(taxes_text(&brings, currency, query), Cell::Text),
        Cell::outside(moved.coin),
        Cell::of(row.coin_amount, decimal),
        Cell::of(row.network_fee, decimal),
        Cell::Flag(moved.late),
        Cell::Flag(moved.twice),
        Cell::Flag(row.test),
        Cell::Flag(row.settled),
        Cell::Text(row.state),
        Cell::Flag(row.open),
        Cell::of(row.attempt.map(u64::from), Cell::Count),
        Cell::outside(row.invoice_id),
        Cell::of(moved.way.clone(), Cell::Text),
        Cell::outside(row.reason),
        Cell::outside(row.note),
        Cell::Text(to_iso_8601(row.opened_at, &query.zone)),
        Cell::of(Some(row.discount_minor).filter(|it| *it != 0), amount),
        Cell::of(lines_text(&row.lines, currency, query), Cell::Text),
        Cell::of(tax_minor(&brings), amount),
        Cell::of(row.gateway, Cell::Text),
        Cell::text(query.till),
        // Three digits are a code, and no number.
        Cell::Outside(code.to_string()),
        Cell::outside(row.cashier),
        Cell::outside(tender),
        Cell::of(categories_text(&brings, currency, query), Cell::Outside),
        Cell::of(row.z.map(u64::from), Cell::Count),
    ]
}

/// The tax in what a ledger line brings, minor units; `None` where nothing is taxed.
pub(super) fn tax_minor(brings: &Brought) -> Option<i64> {
    let taxes = brings.taxes.values();
    let sum = taxes.fold(0, |sum: i64, taxed| sum.saturating_add(taxed.tax_minor));
    (!brings.taxes.is_empty()).then_some(sum)
}

/// `19.00% 1.60 of 10.00; 7.00% 0.65 of 10.00`.
pub(super) fn taxes_text(
    brings: &Brought,
    currency: Currency,
    query: &ExportQuery,
) -> Option<String> {
    let text = |minor: i64| Money::from_minor(minor, currency).to_string();
    let taxes = brings.taxes.iter().map(|(rate, taxed)| {
        let tax = format!(
            "{rate}% {} of {}",
            text(taxed.tax_minor),
            text(taxed.gross_minor)
        );
        query.decimal(&tax)
    });
    (!brings.taxes.is_empty()).then(|| taxes.collect::<Vec<_>>().join("; "))
}

/// `Drinks 8.00; * 2.00`: `*` and last for what is of no category. Nothing where no category has a name. A name with `;` in
/// it has `,` there, so that the text can be taken apart.
pub(super) fn categories_text(
    brings: &Brought,
    currency: Currency,
    query: &ExportQuery,
) -> Option<String> {
    let (without, named): (Vec<_>, Vec<_>) = brings
        .categories
        .iter()
        .partition(|(name, _)| name.is_empty());
    let texts = named.iter().chain(&without).map(|(name, minor)| {
        let sum = query.decimal(&Money::from_minor(**minor, currency).to_string());
        let name = if name.is_empty() { "*" } else { name.as_str() };
        format!("{} {sum}", name.replace(';', ","))
    });
    (!named.is_empty()).then(|| texts.collect::<Vec<_>>().join("; "))
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
fn lines_text(lines: &[Line], currency: Currency, query: &ExportQuery) -> Option<String> {
    let decimal = |text: String| query.decimal(&text);
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
    use crate::export::ExportRows;
    use crate::export::file_format::RowWriter;
    use crate::export::spreadsheet::FORMULA_STARTS;
    use crate::ids::{AttemptNumber, RefundNumber, SaleNumber, TillCode, TillId};
    use crate::money::BasisPoints;
    use crate::sale::{LedgerLine, RefundLine, RefundWay, Taxed};
    use crate::settings::Settings;

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
            z: None,
        }
    }

    pub(in crate::export) fn query(format: ExportFormat) -> ExportQuery {
        ExportQuery {
            format,
            rows: ExportRows::Sales,
            settings: Settings::default(),
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
    fn a_decimal_of_the_gateway_is_a_number_and_nothing_else_is() {
        assert_eq!(decimal("13.58".into()), Cell::Decimal("13.58".into()));
        for other in ["1e3", "=1", "", "-1", "1.", ".5", "1.2.3"] {
            assert_eq!(decimal(other.into()), Cell::Outside(other.into()));
        }
        assert_eq!(
            cells(row("Tea"), &query(ExportFormat::Csv)).len(),
            COLUMNS.len()
        );
    }

    /// The row of a plain CSV, and the cells it was made of.
    fn csv_row(row: &BookRow) -> csv::StringRecord {
        let query = query(ExportFormat::Csv);
        let mut out = Vec::new();
        let mut writer = RowWriter::begin(query.format, TABLE, &mut out).expect("begun");
        writer.write(cells(row.clone(), &query)).expect("written");
        writer.end().expect("ended");
        let mut reader = csv::Reader::from_reader(&out[..]);
        reader.records().next().expect("a row").expect("readable")
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
        let refunded = |takes| {
            LedgerKind::Refunded(RefundLine {
                refund: RefundNumber(1),
                way: RefundWay::Own,
                own: Some("=1+1".to_owned()),
                rounding_minor: 0,
                takes,
            })
        };
        let goods = Brought {
            categories: [("=Drinks; cold".to_owned(), 1000), (String::new(), 250)].into(),
            ..Brought::default()
        };
        for kind in [paid, refunded(goods)] {
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
            let row = csv_row(&row);
            for (column, cell) in COLUMNS.iter().zip(&row) {
                let number = Money::parse(cell.trim_start_matches('-'), Currency::Eur).is_ok();
                let is_formula = cell.starts_with(FORMULA_STARTS) && !number;
                assert!(!is_formula, "{column}: {cell}");
            }
            let outside = [
                "coin_amount",
                "network_fee",
                "invoice",
                "reason",
                "note",
                "cashier",
            ];
            for (column, cell) in COLUMNS.iter().zip(&row) {
                assert!(
                    !outside.contains(column) || cell.starts_with('\''),
                    "{column}"
                );
            }
        }
    }

    #[test]
    fn categories_can_be_taken_apart() {
        let brings = Brought {
            categories: [("Drinks; cold".to_owned(), 1000), (String::new(), -250)].into(),
            ..Brought::default()
        };
        let text = categories_text(&brings, Currency::Eur, &query(ExportFormat::ExcelDe));
        assert_eq!(text.as_deref(), Some("Drinks, cold 10,00; * -2,50"));
    }
}
