//! Whether every figure of X and Z is what other code adds up from the exported CSV alone, over random days; and whether
//! every document of the bookings balances.

mod added_up;
mod random_trade;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::calendar::{bounds, day_of};
use crate::money::{BasisPoints, Currency};
use crate::report::DaySums;
use crate::sale::{DayTotals, Event};
use added_up::{Sums, Table as Csv, cents};
use random_trade::Trade;

/// The file of a trade as a text.
fn exported(trade: &Trade, rows: ExportRows, format: ExportFormat) -> String {
    let (mut out, cancelled) = (Vec::new(), AtomicBool::new(false));
    let control = ExportControl {
        progress: &mut |_| {},
        cancelled: &cancelled,
    };
    to_writer(&trade.path, &query(trade, rows, format), &mut out, control).expect("exported");
    String::from_utf8(out).expect("UTF-8")
}

fn query(trade: &Trade, rows: ExportRows, format: ExportFormat) -> ExportQuery {
    let accounts = [
        "cash",
        "crypto",
        "card",
        "own:voucher",
        "sales",
        "sales:7.00",
        "sales:19.00",
        "tax:7.00",
        "tax:19.00",
        "tips",
        "overpaid",
        "rounding",
        "difference",
        "float",
        "in",
        "out",
        "drop",
    ];
    ExportQuery {
        format,
        rows,
        from: UnixMs(i64::MIN),
        to: UnixMs(i64::MAX),
        zone: trade.zone.clone(),
        code: trade.file.code().clone(),
        till: trade.file.till(),
        settings: Settings {
            language: Some("en".to_owned()),
            accounts: accounts
                .map(|it| (it.to_owned(), format!("acc {it}")))
                .into(),
            ..Settings::default()
        },
    }
}

fn csv(trade: &Trade, rows: ExportRows) -> Csv {
    Csv::of(&exported(trade, rows, ExportFormat::Csv))
}

/// The sums of rows that a condition on two columns chooses.
fn added(trade: &Trade, column: &str, value: &str) -> Sums {
    let mut sums = Sums::default();
    csv(trade, ExportRows::Sales)
        .rows(column, value)
        .for_each(|row| sums.add_sale_row(&row));
    csv(trade, ExportRows::Tenders)
        .rows(column, value)
        .for_each(|row| sums.add_tender_row(&row));
    csv(trade, ExportRows::Cash)
        .rows(column, value)
        .for_each(|row| sums.add_cash_row(&row));
    sums
}

fn euros(totals: &DayTotals) -> crate::sale::CurrencyTotals {
    totals.0.get(&Currency::Eur).cloned().unwrap_or_default()
}

fn check_x_and_z(trade: &mut Trade) {
    let closes = trade.file.closes(None, u32::MAX).expect("closes");
    for closed in &closes {
        let sums = added(trade, "z", &closed.close.z.to_string());
        sums.are(&euros(&closed.close.totals), "Z");
        let drawer = closed
            .close
            .drawer
            .get(&Currency::Eur)
            .cloned()
            .unwrap_or_default();
        sums.drawer_is(&drawer);
    }
    let (since_close, closed, _) = trade.file.since_close().expect("counted");
    let open = added(trade, "z", "");
    open.are(&euros(&since_close), "since the close");
    let drawer = trade.file.drawer_since_close().expect("counted");
    open.drawer_is(&drawer.get(&Currency::Eur).cloned().unwrap_or_default());
    let mut all = Sums::default();
    csv(trade, ExportRows::Tenders)
        .all()
        .for_each(|row| all.add_tender_row(&row));
    all.tenders_are(&euros(&closed.plus(&since_close)), "grand");
    for day in trade.days.clone() {
        let (from, to) = bounds(day, &trade.zone);
        let mut report = DaySums::default();
        let zone = trade.zone.clone();
        let each = |line: &_, settled| report.add(line, settled, &zone);
        trade.file.ledger_between(from, to, each).expect("read");
        let sums = added(trade, "day", &day.to_string());
        sums.are(&euros(&report.totals), "X");
    }
}

fn check_lines(trade: &Trade) {
    let (sales, lines) = (csv(trade, ExportRows::Sales), csv(trade, ExportRows::Lines));
    let mut per_sale: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in lines.all() {
        assert_eq!(
            cents(&row["sum"]) - cents(&row["discount"]),
            cents(&row["price"])
        );
        let quantity: i64 = row["quantity"].parse().expect("a number");
        assert_eq!(cents(&row["unit_price"]) * quantity, cents(&row["sum"]));
        let sale = per_sale.entry(row["sale"].clone()).or_default();
        sale.0 += cents(&row["price"]);
        sale.1 += cents(&row["tax"]);
    }
    for (number, (price, tax)) in per_sale {
        let rows: Vec<_> = sales.rows("sale", &number).collect();
        let sale = trade.sale(&number);
        assert_eq!(
            price + sale.breakdown.tip_minor,
            cents(&rows[0]["charged"]),
            "sale {number}"
        );
        let taxes = sale.gross_by_rate();
        let whole: i64 = taxes
            .iter()
            .map(|(rate, gross)| rate.contained_in(*gross))
            .sum();
        assert_eq!(tax, whole, "the tax on the receipt of sale {number}");
        let with_lines = rows.iter().filter(|row| !row["lines"].is_empty()).count();
        let cart = usize::from(!sale.breakdown.lines.is_empty());
        assert_eq!(
            with_lines, cart,
            "the cart stands with one payment of sale {number}"
        );
    }
}

fn check_bookings(trade: &mut Trade) {
    let bookings = csv(trade, ExportRows::Bookings);
    let (mut documents, mut accounts) = (BTreeMap::<_, i64>::new(), BTreeMap::<_, i64>::new());
    for row in bookings.all() {
        let minor = cents(&row["debit"]) - cents(&row["credit"]);
        assert_eq!(row["account"], format!("acc {}", row["what"]));
        assert!(
            row["debit"].is_empty() != row["credit"].is_empty(),
            "one of the two"
        );
        *documents
            .entry((row["document"].clone(), row["entry"].clone()))
            .or_default() += minor;
        *accounts.entry(row["what"].clone()).or_default() += minor;
    }
    assert!(documents.values().all(|sum| *sum == 0), "{documents:?}");
    let (since, closed, _) = trade.file.since_close().expect("counted");
    let totals = euros(&closed.plus(&since));
    let mut of = |what: &str| accounts.remove(what).unwrap_or_default();
    let cash = csv(trade, ExportRows::Cash);
    assert_eq!(
        of("cash"),
        cash.all().map(|row| cents(&row["amount"])).sum::<i64>()
    );
    for (rate, tax) in &totals.taxes {
        let net = tax.net_gross_minor() - tax.net_tax_minor();
        assert_eq!(of(&format!("sales:{rate}")), -net, "{rate}");
        assert_eq!(of(&format!("tax:{rate}")), -tax.net_tax_minor(), "{rate}");
    }
    assert_eq!(of("tips"), totals.refunded_tips_minor - totals.tips_minor);
    assert_eq!(of("rounding"), -totals.rounding_minor);
    for word in ["card", "crypto", "own:voucher"] {
        let tender = totals.tenders.get(word).copied().unwrap_or_default();
        assert_eq!(of(word), tender.paid_minor - tender.refunds_minor, "{word}");
    }
    // DATEV's rows of the cash add up to the cash.
    let datev = exported(trade, ExportRows::Sales, ExportFormat::Datev);
    let moved = datev
        .trim_start_matches('\u{feff}')
        .lines()
        .skip(1)
        .map(|row| {
            let cells: Vec<_> = row.split(';').map(|cell| cell.trim_matches('"')).collect();
            assert_eq!(
                (cells.len(), cells[0], cells[3].len()),
                (13, "EUR", 4),
                "{row}"
            );
            cents(&cells[1].replace(',', ".").replace('+', ""))
        });
    assert_eq!(
        moved.sum::<i64>(),
        cash.all().map(|row| cents(&row["amount"])).sum::<i64>()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn all_figures_are_what_other_code_adds_up_from_the_file(
        acts in prop::collection::vec((0..24_u8, any::<u16>(), any::<u16>(), any::<u16>()), 8..48),
    ) {
        let mut trade = Trade::begin();
        acts.into_iter().for_each(|act| trade.act(act));
        check_x_and_z(&mut trade);
        check_lines(&trade);
        check_bookings(&mut trade);
        prop_assert!(trade.file.verify().expect("readable").is_ok());
    }
}

#[test]
fn an_account_that_is_missing_is_named_and_nothing_is_written() {
    let mut trade = Trade::begin();
    trade.sell_cash(1340, None, 2000, 0);
    let mut query = query(&trade, ExportRows::Bookings, ExportFormat::Csv);
    query.settings.accounts = [("sales".to_owned(), "8000".to_owned())].into();
    let (mut out, cancelled) = (Vec::new(), AtomicBool::new(false));
    let control = ExportControl {
        progress: &mut |_| {},
        cancelled: &cancelled,
    };
    let refused = to_writer(&trade.path, &query, &mut out, control);
    let Err(ExportError::AccountsMissing(missing)) = refused else {
        panic!("{refused:?}")
    };
    assert!(missing.contains(&"cash".to_owned()) && !missing.contains(&"sales".to_owned()));
    assert!(out.is_empty());
}

#[test]
fn the_cash_book_is_written_as_datev_reads_it() {
    let mut trade = Trade::begin();
    trade.count(15_000, 15_000);
    trade.sell_cash(1340, Some(BasisPoints(1900)), 2000, 1);
    trade.append(Event::CashMoved(crate::drawer::CashMove {
        way: crate::drawer::CashWay::Out,
        amount_minor: 550,
        currency: Currency::Eur,
        reason: "milk; \"bio\"".to_owned(),
    }));
    trade.count(15_700, 10_000);
    let text = exported(&trade, ExportRows::Sales, ExportFormat::Datev);
    let day = day_of(trade.now, &trade.zone).to_string();
    let words: Vec<_> = day.split('-').collect();
    let date = format!("{}{}", words[2], words[1]);
    let rows = [
        "\"Währung\";\"VorzBetrag\";\"RechNr\";\"BelegDatum\";\"Belegtext\";\"UStSatz\";\"BU\";\"Gegenkonto\";\"Kost1\";\"Kost2\";\"Kostmenge\";\"Skonto\";\"Nachricht\"".to_owned(),
        format!("\"EUR\";\"+150,00\";\"A-E000002\";\"{date}\";\"Anfangsbestand\";\"\";\"\";\"acc float\";\"\";\"\";\"\";\"\";\"\""),
        format!("\"EUR\";\"+13,40\";\"A-000001\";\"{date}\";\"Verkauf, A-000001\";\"19,00\";\"\";\"acc sales:19.00\";\"\";\"\";\"\";\"\";\"\""),
        format!("\"EUR\";\"+0,01\";\"A-000001\";\"{date}\";\"Verkauf, A-000001\";\"\";\"\";\"acc rounding\";\"\";\"\";\"\";\"\";\"\""),
        format!("\"EUR\";\"-5,50\";\"A-E000005\";\"{date}\";\"Entnahme, milk;  bio \";\"\";\"\";\"acc out\";\"\";\"\";\"\";\"\";\"\""),
        format!("\"EUR\";\"-0,91\";\"A-E000006\";\"{date}\";\"Kassendifferenz\";\"\";\"\";\"acc difference\";\"\";\"\";\"\";\"\";\"\""),
        format!("\"EUR\";\"-57,00\";\"A-E000006\";\"{date}\";\"Bei der Zählung entnommen\";\"\";\"\";\"acc drop\";\"\";\"\";\"\";\"\";\"\""),
    ];
    assert_eq!(text, format!("\u{feff}{}\r\n", rows.join("\r\n")));
}
