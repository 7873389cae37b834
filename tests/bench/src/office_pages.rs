//! The owner's pages of a book of many tills, over HTTPS, on PostgreSQL. A tenth of a per cent of the sales come from real
//! entries that the office has folded; their rows are then repeated further and further back, with other numbers and ids,
//! until the book has as many sales as wanted: what a page costs depends on the rows and their indexes alone.

use std::collections::VecDeque;
use std::path::Path;

use ringup_core::office::MAX_BATCH_ENTRIES;

use crate::Failed;
use crate::catch_up::{run, sending, texts};
use crate::figures::{Figures, Row, Target};
use crate::office_program::{OfficeProgram, other};
use crate::shop;
use crate::spread::{Spread, timed};

pub(crate) const SUBJECT: &str = "office pages";
const TILLS: u32 = 500;
/// Entries that each till sends.
const ENTRIES: u32 = 900;
/// The target, at p95.
const LIMIT_MS: f64 = 50.0;
/// Sales that are drawn to ask for.
const SAMPLES: usize = 25;

/// A sale of the book.
struct Sample {
    till: String,
    number: String,
    /// A moment in the middle of the book.
    deep_at: String,
    amount_minor: i64,
}

type Address = fn(&Sample) -> String;

/// The pages: what they are called, and their addresses for a sale.
const PAGES: [(&str, Address); 8] = [
    ("the newest sales", |_| "/sales".to_owned()),
    ("a page deep in the book", |sale| {
        format!(
            "/sales?before={}.{}.{}",
            sale.deep_at, sale.number, sale.till
        )
    }),
    ("the sales of a till", |sale| {
        format!("/sales?till={}", sale.till)
    }),
    ("sales in cash", |_| "/sales?tender=cash".to_owned()),
    ("ended sales", |_| "/sales?state=ended".to_owned()),
    ("sales of an amount", |sale| {
        let (whole, part) = (sale.amount_minor / 100, sale.amount_minor % 100);
        format!("/sales?search={whole}.{part:02}")
    }),
    ("sales of a number", |sale| {
        format!("/sales?search={}", sale.number)
    }),
    ("a sale's page", |sale| {
        format!("/sales/{}/{}", sale.till, sale.number)
    }),
];

pub(crate) async fn measure(
    folder: &Path,
    sales: u32,
    runs: usize,
    figures: &mut Figures,
) -> Result<(), Failed> {
    if sales == 0 || !PAGES.iter().any(|(what, _)| figures.wants(SUBJECT, what)) {
        return Ok(());
    }
    if !OfficeProgram::is_built() {
        figures.leave_out(SUBJECT, "the office was not built");
        return Ok(());
    }
    let office = OfficeProgram::start().await?;
    let samples = fill(&office, folder, sales).await?;
    let browser = office.browser().await?;
    for (what, address) in PAGES {
        if !figures.wants(SUBJECT, what) {
            continue;
        }
        let mut times = Vec::new();
        for sample in samples.iter().cycle().take(runs) {
            let url = office.url(&address(sample));
            let (page, time) = timed(open(&browser, &url)).await;
            if !page?.contains("data-testid=\"sale") {
                return Err(Failed::Other(format!("{url} shows no sale")));
            }
            times.push(time);
        }
        let spread = Spread::of(times);
        figures.add(Row {
            target: Some(Target {
                what: format!("p95 below {LIMIT_MS} ms"),
                met: spread.p95_ms < LIMIT_MS,
            }),
            ..Row::timed(SUBJECT, what, sales, &spread)
        });
    }
    Ok(())
}

async fn open(browser: &reqwest::Client, url: &str) -> Result<String, Failed> {
    let answer = browser.get(url).send().await.map_err(other)?;
    let answer = answer.error_for_status().map_err(other)?;
    answer.text().await.map_err(other)
}

/// Makes the book; draws sales from it.
async fn fill(office: &OfficeProgram, folder: &Path, sales: u32) -> Result<Vec<Sample>, Failed> {
    let source = texts(&shop::made(folder, crate::FEW)?, ENTRIES)?;
    let mut sendings = VecDeque::new();
    for _ in 0..TILLS {
        sendings.push_back(sending(office, &source, MAX_BATCH_ENTRIES).await?);
    }
    run(office, sendings, u64::from(ENTRIES) * u64::from(TILLS)).await?;
    office.folded().await?;
    let postgres = &office.postgres;
    let folded: u32 = postgres
        .sql("SELECT count(*) FROM sale")
        .parse()
        .map_err(other)?;
    let times = sales / folded.max(1);
    let span = postgres.sql("SELECT max(booked_at) - min(booked_at) + 1 FROM sale");
    let steps = format!("generate_series(1, {}) AS step", times.saturating_sub(1));
    for statement in [
        format!(
            "INSERT INTO sale (till, id, number, label, revision, entries, opened_at, paid_at, booked_at, amount_minor,
                 tip_minor, refunded_minor, currency, note, tenders, state, is_open, unseen, late, settled, test, paid_twice)
             SELECT till, id || '.' || step, number + 100000 * step, label, revision, entries, opened_at - {span} * step,
                 paid_at - {span} * step, booked_at - {span} * step, amount_minor, tip_minor, refunded_minor, currency,
                 note, tenders, state, is_open, unseen, late, settled, test, paid_twice
             FROM {steps}, sale"
        ),
        format!(
            "INSERT INTO sale_tender (tender, booked_at, till, number)
             SELECT tender, booked_at - {span} * step, till, number + 100000 * step FROM {steps}, sale_tender"
        ),
        format!(
            "INSERT INTO sale_word (word, booked_at, till, number)
             SELECT word, booked_at - {span} * step, till, number + 100000 * step FROM {steps}, sale_word"
        ),
        format!(
            "INSERT INTO sale_invoice (invoice, till, number)
             SELECT invoice || int4send(step), till, number + 100000 * step FROM {steps}, sale_invoice"
        ),
    ] {
        postgres.sql(&statement);
    }
    postgres.sql("VACUUM ANALYZE");
    postgres.sql("CHECKPOINT");
    samples(office, &format!("booked_at - {span} * {}", times / 2))
}

fn samples(office: &OfficeProgram, deep_at: &str) -> Result<Vec<Sample>, Failed> {
    // Of what was folded, so that a sale's page finds its entries.
    let number = "number < 100000 AND state = 'paid'";
    let drawn = office.postgres.sql(&format!(
        "SELECT string_agg(till || ' ' || number || ' ' || {deep_at} || ' ' || amount_minor, ';') FROM
             (SELECT * FROM sale WHERE {number} ORDER BY md5(till || number) LIMIT {SAMPLES}) AS drawn"
    ));
    let sample = |text: &str| {
        let mut parts = text.split(' ').map(str::to_owned);
        Some(Sample {
            till: parts.next()?,
            number: parts.next()?,
            deep_at: parts.next()?,
            amount_minor: parts.next()?.parse().ok()?,
        })
    };
    let samples: Option<Vec<Sample>> = drawn.split(';').map(sample).collect();
    samples.ok_or_else(|| Failed::Other(format!("these are no sales: {drawn}")))
}
