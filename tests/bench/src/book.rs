//! The sales book and the day's report, queried as the window does. The peer is plain SQL, as somebody would write it who
//! has the journal's file but not the till. Where both return sales, they must return the same.

use ringup_core::calendar::{bounds, day_of};
use ringup_core::clock::UnixMs;
use ringup_core::ids::SaleNumber;
use ringup_core::journal::BookMark;
use ringup_core::money::Currency;
use ringup_core::sale::{SaleState, SaleView};
use ringup_core::{SalesQuery, Till};
use ringup_testkit::journal_generator::calendar;

use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::shop::Shop;
use crate::spread::{Spread, timed};
use crate::sqlite::{self, Peer};

pub(crate) const SUBJECT: &str = "book";
const DETAIL: &str = "a sale's page";
const REPORT: &str = "a day's X report";
/// Sales on a page of the window.
const PAGE: usize = 50;
/// The target at a million sales, at p95.
const LIMIT_MS: f64 = 50.0;

/// A query of the book, and the same in SQL.
struct Question {
    query: SalesQuery,
    sql: String,
}

pub(crate) async fn measure(shop: &Shop, runs: usize, figures: &mut Figures) -> Result<(), Failed> {
    let till = shop.till().await?;
    if !figures.wants_some(SUBJECT) {
        return Ok(());
    }
    let samples = samples(&till, shop.sales, runs).await?;
    for (what, ask) in QUESTIONS {
        if !figures.wants(SUBJECT, what) {
            continue;
        }
        let questions: Vec<Question> = samples.iter().filter_map(ask).collect();
        if questions.is_empty() {
            return Err(Failed::Other(format!("nothing to ask: {what}")));
        }
        let mut times = Vec::new();
        for question in questions.iter().cycle().take(runs) {
            let (page, time) = timed(till.sales(question.query.clone())).await;
            page?;
            times.push(time);
        }
        agree(&till, shop, what, &questions).await?;
        let sql: Vec<String> = questions.into_iter().map(|question| question.sql).collect();
        let peer = sqlite::measure(shop, &sql)?;
        figures.add(row(shop, what, &Spread::of(times), &peer));
    }
    if figures.wants(SUBJECT, DETAIL) {
        detail(&till, shop, &samples, runs, figures).await?;
    }
    if figures.wants(SUBJECT, REPORT) {
        report(&till, shop, &samples, runs, figures).await?;
    }
    Ok(())
}

fn row(shop: &Shop, what: &str, spread: &Spread, peer: &Peer) -> Row {
    let row = Row {
        target: Some(Target {
            what: format!("p95 < {LIMIT_MS:.0} ms"),
            met: spread.p95_ms < LIMIT_MS,
        }),
        ..Row::timed(SUBJECT, what, shop.sales, spread)
    };
    row.beside(peer)
}

/// A sample of sales from the whole book.
async fn samples(till: &Till, sales: u32, count: usize) -> Result<Vec<SaleView>, Failed> {
    let count = u32::try_from(count.max(1)).unwrap_or(u32::MAX);
    let mut samples = Vec::new();
    // Twice as many as are needed: not all have a note.
    for place in 0..count.saturating_mul(2) {
        let number =
            1 + u64::from(sales - 1) * u64::from(place * 7919 % (count * 2)) / u64::from(count * 2);
        samples.push(till.sale(u32::try_from(number).unwrap_or(1)).await?);
    }
    Ok(samples)
}

type Ask = fn(&SaleView) -> Option<Question>;

const QUESTIONS: [(&str, Ask); 12] = [
    ("first page", |_| {
        Some(Question {
            query: SalesQuery::default(),
            sql: sql("1"),
        })
    }),
    ("a page deep inside", |sale| {
        let (at, number) = (booked_at(sale), sale.number);
        Some(Question {
            query: SalesQuery {
                before: Some(BookMark {
                    at_unix_ms: at,
                    number: SaleNumber(number),
                }),
                ..SalesQuery::default()
            },
            sql: sql(&format!(
                "(booked_at_unix_ms, number) < ({}, {number})",
                at.0
            )),
        })
    }),
    ("one day", |sale| {
        let day = day_of(booked_at(sale), &calendar::zone());
        let (from, to) = bounds(day, &calendar::zone());
        Some(Question {
            query: SalesQuery {
                from: Some(day),
                to: Some(day),
                ..SalesQuery::default()
            },
            sql: sql(&format!(
                "booked_at_unix_ms >= {} AND booked_at_unix_ms < {}",
                from.0, to.0
            )),
        })
    }),
    ("a common state", |sale| {
        Some(Question {
            query: SalesQuery {
                states: Some(vec![SaleState::Ended]),
                currency: Some(sale.currency),
                ..SalesQuery::default()
            },
            sql: sql(&format!(
                "state = 'ended' AND currency = '{}'",
                sale.currency
            )),
        })
    }),
    ("rare state, currency, test money", |_| {
        Some(Question {
            query: SalesQuery {
                states: Some(vec![SaleState::Review]),
                currency: Some(Currency::Rub),
                test: Some(true),
                ..SalesQuery::default()
            },
            sql: sql("state = 'review' AND currency = 'RUB' AND test"),
        })
    }),
    ("search a number", |sale| {
        search(&sale.label, &format!("number = {}", sale.number))
    }),
    ("search a bare number", |sale| {
        let number = sale.number;
        let minor = u64::from(number) * 100;
        search(
            &number.to_string(),
            &format!("number = {number} OR amount_minor = {minor}"),
        )
    }),
    ("search an amount", |sale| {
        search(
            &sale.amount.to_string(),
            &format!("amount_minor = {}", sale.amount.minor()),
        )
    }),
    ("search an invoice", |sale| {
        let id = sale.invoice_id.as_ref()?;
        search(id, "0")
    }),
    ("search the beginning of an invoice", |sale| {
        let id: String = sale.invoice_id.as_ref()?.chars().take(6).collect();
        // A part that is no number: the search would look for that number.
        id.contains(|char: char| char.is_ascii_alphabetic())
            .then(|| search(&id, "0"))
            .flatten()
    }),
    ("search a rare note", |sale| {
        let note = sale.note.as_ref()?;
        let rare = note.starts_with("order") || note.contains("Nr.");
        rare.then(|| search(note, "0")).flatten()
    }),
    ("search a common word", |sale| {
        let words = ["Tisch", "Anna", "order", "zum Mitnehmen", "Стол"];
        let place = usize::try_from(sale.number).ok()? % words.len();
        search(words.get(place)?, "0")
    }),
];

fn search(text: &str, also: &str) -> Option<Question> {
    let quoted = text.replace('\'', "''");
    // The search takes fewer characters for no invoice id.
    let invoice = if text.chars().count() >= 4 {
        format!("OR number IN (SELECT sale FROM invoice WHERE invoice_id LIKE '{quoted}%')")
    } else {
        String::new()
    };
    Some(Question {
        query: SalesQuery {
            search: Some(text.to_owned()),
            ..SalesQuery::default()
        },
        sql: sql(&format!("{also} OR note LIKE '%{quoted}%' {invoice}")),
    })
}

fn sql(wanted: &str) -> String {
    format!(
        "SELECT * FROM sale WHERE {wanted}
         ORDER BY booked_at_unix_ms DESC, number DESC LIMIT {PAGE};"
    )
}

fn booked_at(sale: &SaleView) -> UnixMs {
    sale.paid_at_unix_ms.unwrap_or(sale.opened_at_unix_ms)
}

/// Checks that till and peer return the same sales: a fast wrong answer is worth nothing.
async fn agree(till: &Till, shop: &Shop, what: &str, questions: &[Question]) -> Result<(), Failed> {
    for question in questions.iter().take(3) {
        let page = till.sales(question.query.clone()).await?;
        let told: Vec<u32> = page.sales.iter().map(|sale| sale.number).collect();
        let peer = sqlite::numbers(&shop.journal(), &question.sql)?;
        if told != peer {
            let asked = &question.sql;
            let text = format!("{what}: the till says {told:?}, sqlite3 {peer:?} to {asked}");
            return Err(Failed::Other(text));
        }
    }
    Ok(())
}

/// Adds the row of a sale's page, which lists its entries.
async fn detail(
    till: &Till,
    shop: &Shop,
    samples: &[SaleView],
    runs: usize,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let mut times = Vec::new();
    for sale in samples.iter().cycle().take(runs) {
        let (detail, time) = timed(till.sale_detail(sale.number)).await;
        detail?;
        times.push(time);
    }
    let sql = samples.iter().map(|sale| {
        let number = sale.number;
        format!(
            "SELECT * FROM entry WHERE sale = (SELECT id FROM sale WHERE number = {number}) ORDER BY seq;"
        )
    });
    let peer = sqlite::measure(shop, &sql.collect::<Vec<_>>())?;
    figures.add(row(shop, DETAIL, &Spread::of(times), &peer));
    Ok(())
}

/// Adds the row of a day's X report.
async fn report(
    till: &Till,
    shop: &Shop,
    samples: &[SaleView],
    runs: usize,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let days = samples
        .iter()
        .map(|sale| day_of(booked_at(sale), &calendar::zone()));
    let days: Vec<_> = days.collect();
    let mut times = Vec::new();
    for day in days.iter().cycle().take(runs) {
        let (report, time) = timed(till.report(Some(*day))).await;
        report?;
        times.push(time);
    }
    let sql = days.iter().map(|day| {
        let (from, to) = bounds(*day, &calendar::zone());
        format!(
            "SELECT moved, currency, coin, late, again, count(*), sum(amount_minor), sum(tip_minor)
             FROM movement WHERE NOT test AND at_unix_ms >= {} AND at_unix_ms < {}
             GROUP BY moved, currency, coin, late, again;",
            from.0, to.0
        )
    });
    let peer = sqlite::measure(shop, &sql.collect::<Vec<_>>())?;
    figures.add(row(shop, REPORT, &Spread::of(times), &peer));
    Ok(())
}
