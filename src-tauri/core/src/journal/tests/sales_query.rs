//! The pages of the sales book are compared with a simple model: all sales, filtered and sorted.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use super::{Shop, new_sale, opened};
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, InvoiceId, TapId};
use crate::money::{Currency, Money};
use crate::sale::{Event, Invoice, Report, Sale, SaleState, events_for_report};

const NOTES: [&str; 5] = ["Tisch 4", "ёлка \"grün\"", "two coffees", "A", "Кофе"];

/// A sale to be put into the book.
#[derive(Debug, Clone)]
struct Sold {
    minor: i64,
    currency: Currency,
    note: Option<usize>,
    test: bool,
    outcome: u8,
    after_ms: i64,
}

fn sold() -> impl Strategy<Value = Sold> {
    let amounts = prop::sample::select(vec![1250, 4200, 300]);
    let currencies = prop::sample::select(Currency::ALL.to_vec());
    let notes = prop::option::of(0..NOTES.len());
    // Some are opened in the same moment, some are paid long after others.
    (amounts, currencies, notes, any::<bool>(), 0..5_u8, 0..3_i64).prop_map(
        |(minor, currency, note, test, outcome, after_ms)| Sold {
            minor,
            currency,
            note,
            test,
            outcome,
            after_ms,
        },
    )
}

fn sell(file: &mut JournalFile, sold: &Sold, now: UnixMs) -> Sale {
    let new = NewSale {
        amount: Money::from_minor(sold.minor, sold.currency),
        note: sold.note.map(|note| NOTES[note].to_owned()),
        ..new_sale(TapId::new())
    };
    let sale = opened(file.open_sale(new, now).expect("opened"));
    let (id, attempt) = (sale.id, AttemptNumber(1));
    if sold.outcome == 0 {
        return sale;
    }
    let invoice_id = InvoiceId(format!("{:08x}-aaaa", sale.number.0 * 7919));
    let opened_invoice = Event::InvoiceOpened {
        sale: id,
        attempt,
        invoice: Invoice {
            id: invoice_id.clone(),
            pay_url: "https://pay.cru.cash/invoice/i".into(),
            expires_at_unix: None,
            test: sold.test,
            clock_offset_ms: None,
        },
    };
    let sale = file
        .record(id, now, |_| vec![opened_invoice])
        .expect("recorded")
        .0;
    if sold.outcome == 1 {
        return sale;
    }
    let paid = sold.outcome > 2;
    let report = Report {
        id: invoice_id,
        pay_status: if paid { "paid" } else { "end" }.into(),
        is_paid: paid,
        is_testing: Some(sold.test),
        fiat_amount: Some(Money::from_minor(sold.minor, sold.currency).to_string()),
        fiat_currency: Some(sold.currency.code().into()),
        processing_status: None,
        crypto: None,
        network: None,
        crypto_amount: None,
        network_fee: None,
        payload: None,
    };
    let later = now.plus(if sold.outcome == 4 { 5 } else { 1 });
    let recorded = file.record(id, later, |sale| {
        events_for_report(sale, attempt, &report, UnixMs(0))
    });
    recorded.expect("recorded").0
}

fn filters() -> impl Strategy<Value = Filter> {
    let searches = vec![
        "3",
        "A-000002",
        "#4",
        "12.50",
        "42",
        "3,00 €",
        "usd 42",
        "isch",
        "ЁЛКА",
        "\"grün\"",
        "кофе",
        "a",
        "00001eef",
        "00001EEF-AAAA",
        "nothing of the kind",
        "  ",
        "OR",
        "*",
    ];
    let moment = || prop::option::of((1000..1030_i64).prop_map(UnixMs));
    (
        (moment(), moment()),
        prop::sample::subsequence(SaleState::ALL.to_vec(), 0..=3),
        prop::option::of(prop::sample::select(Currency::ALL.to_vec())),
        prop::option::of(any::<bool>()),
        prop::option::of(prop::sample::select(searches)),
    )
        .prop_map(|((from, to), states, currency, test, search)| Filter {
            from,
            to,
            states,
            currency,
            test,
            search: search.map(str::to_owned),
        })
}

/// The model of a filter.
fn matches(sale: &Sale, filter: &Filter) -> bool {
    let at = sale.paid_at().unwrap_or(sale.opened_at);
    filter.from.is_none_or(|from| at >= from)
        && filter.to.is_none_or(|to| at < to)
        && (filter.states.is_empty() || filter.states.contains(&sale.state()))
        && filter
            .currency
            .is_none_or(|currency| sale.amount.currency() == currency)
        && filter.test.is_none_or(|test| sale.test() == test)
        && filter
            .search
            .as_deref()
            .is_none_or(|text| found(sale, text))
}

fn found(sale: &Sale, text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let number = sale.number.0;
    let amount = sale.amount.to_string();
    let by_number = [
        format!("{number}"),
        format!("#{number}"),
        format!("a-{number:06}"),
    ];
    let code = sale.amount.currency().code().to_lowercase();
    let by_amount = [
        amount.clone(),
        amount.trim_end_matches(".00").to_owned(),
        format!("{code} {}", amount.trim_end_matches(".00")),
        if code == "eur" {
            format!("{} €", amount.replace('.', ","))
        } else {
            String::new()
        },
    ];
    let invoice = sale.current().and_then(|attempt| attempt.invoice.as_ref());
    text.is_empty()
        || by_number.contains(&text)
        || by_amount.contains(&text)
        || (text.len() >= 4 && invoice.is_some_and(|invoice| invoice.id.0.starts_with(&text)))
        || sale
            .note
            .as_ref()
            .is_some_and(|note| note.to_lowercase().contains(&text))
}

#[test]
fn every_page_holds_what_the_model_finds() {
    let cases = |cases| {
        TestRunner::new(Config {
            cases,
            failure_persistence: None,
            ..Config::default()
        })
    };
    let books = prop::collection::vec(sold(), 1..25);
    let asked = prop::collection::vec((filters(), 1..6_usize), 40);
    cases(12)
        .run(&(books, asked), |(book, asked)| {
            let shop = Shop::new();
            let mut file = shop.open();
            let mut now = UnixMs(1000);
            let mut sales = Vec::new();
            for sold in &book {
                now = now.plus(sold.after_ms);
                sales.push(sell(&mut file, sold, now));
            }
            sales.sort_by_key(|sale| std::cmp::Reverse(BookMark::of(sale)));
            for (filter, limit) in asked {
                let expected: Vec<_> = sales.iter().filter(|sale| matches(sale, &filter)).collect();
                let mut paged = Vec::new();
                let mut before = None;
                loop {
                    let page = file.page(&filter, before, limit).expect("readable");
                    prop_assert!(page.len() <= limit);
                    let Some(last) = page.last() else { break };
                    before = Some(BookMark::of(last));
                    paged.extend(page);
                }
                prop_assert_eq!(paged.iter().collect::<Vec<_>>(), expected, "{:?}", filter);
            }
            prop_assert!(file.verify().expect("readable").is_ok());
            Ok(())
        })
        .expect("every page as in the model");
}

#[test]
fn a_page_is_read_from_an_index_in_its_order() {
    let shop = Shop::new();
    let file = shop.open();
    for of_amount in ["", "AND amount_minor = ?9"] {
        let sql = format!(
            "EXPLAIN QUERY PLAN {}",
            crate::journal::sales_query::range_sql(of_amount)
        );
        let mut statement = file.connection.prepare(&sql).expect("prepared");
        let places = statement.parameter_count();
        let plan: Vec<String> = statement
            .query_map(rusqlite::params_from_iter(vec![0; places]), |row| {
                row.get(3)
            })
            .and_then(Iterator::collect)
            .expect("a plan");
        let index = if of_amount.is_empty() {
            "sale_booked"
        } else {
            "sale_amount"
        };
        let expected = format!("SEARCH sale USING COVERING INDEX {index}");
        assert!(
            plan.len() == 1 && plan[0].starts_with(&expected),
            "{plan:?}"
        );
    }
}
