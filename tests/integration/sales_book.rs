//! The sales book of a shop with every kind of sale. Its pages, filters and searches are compared with a plain search
//! through all sales, and `ringup sales` with both.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestRunner};
use ringup_core::TillError;
use ringup_core::calendar::{Day, day_of};
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::config::Config;
use ringup_core::money::Currency;
use ringup_core::sale::SaleState;
use ringup_core::settings::Settings;
use ringup_core::{SalesQuery, Till};
use ringup_testkit::journal_generator::{Plan, calendar, write};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use ringup_testkit::{Desktop, KeychainState, run};

const SALES: u32 = 300;

/// Writes a journal of 300 sales in four days into a data folder.
fn shop_in(folder: &Path) {
    let plan = Plan {
        sales: SALES,
        days: 4,
        seed: 11,
    };
    write(&folder.join("journal.sqlite"), plan, |_| {}).unwrap();
    let settings = Settings {
        zone: Some(calendar::zone().name().to_owned()),
        ..Settings::default()
    };
    let settings = serde_json::to_vec(&settings).unwrap();
    std::fs::write(folder.join("settings.json"), settings).unwrap();
}

async fn till_in(folder: &Path) -> Till {
    let folder = folder.to_str().unwrap().to_owned();
    let config = Config::read(|name| (name == "RINGUP_DATA_DIR").then(|| folder.clone()));
    let clock = Clock::from_fn(|| calendar::until().plus(1));
    Till::open_without_polling(&config.unwrap(), clock)
        .await
        .unwrap()
}

/// A row of the table of sales.
#[derive(Debug, Clone)]
struct SaleRow {
    number: u32,
    booked_at: i64,
    state: String,
    currency: String,
    test: bool,
    minor: i64,
    note: Option<String>,
    invoices: Vec<String>,
}

impl SaleRow {
    fn day(&self) -> Day {
        day_of(UnixMs(self.booked_at), &calendar::zone())
    }

    fn amount(&self) -> String {
        format!("{}.{:02}", self.minor / 100, self.minor % 100)
    }
}

/// All rows, newest first.
fn kept(folder: &Path) -> Vec<SaleRow> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let file = Connection::open_with_flags(folder.join("journal.sqlite"), flags).unwrap();
    let mut sales = file
        .prepare(
            "SELECT number, coalesce(paid_at_unix_ms, opened_at_unix_ms) AS at, state, currency, test,
                    amount_minor, note,
                    (SELECT group_concat(invoice_id) FROM invoice WHERE sale = number)
             FROM sale ORDER BY at DESC, number DESC",
        )
        .unwrap();
    let rows = sales.query_map([], |row| {
        let invoices: Option<String> = row.get(7)?;
        Ok(SaleRow {
            number: row.get(0)?,
            booked_at: row.get(1)?,
            state: row.get(2)?,
            currency: row.get(3)?,
            test: row.get(4)?,
            minor: row.get(5)?,
            note: row.get(6)?,
            invoices: invoices
                .map(|all| all.split(',').map(str::to_owned).collect())
                .unwrap_or_default(),
        })
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

/// Finds sales by going through all of them.
fn wanted(sale: &SaleRow, query: &SalesQuery) -> bool {
    query.from.is_none_or(|from| from <= sale.day())
        && query.to.is_none_or(|to| sale.day() <= to)
        && query.states.as_ref().is_none_or(|states| {
            states.is_empty() || states.iter().any(|state| state.as_str() == sale.state)
        })
        && query
            .currency
            .is_none_or(|currency| currency.code() == sale.currency)
        && query.test.is_none_or(|test| test == sale.test)
        && query.search.as_ref().is_none_or(|text| found(sale, text))
}

fn found(sale: &SaleRow, text: &str) -> bool {
    let text = text.to_lowercase();
    let named = [sale.number.to_string(), format!("a-{:06}", sale.number)];
    let whole = sale.amount();
    let short = whole.strip_suffix(".00").unwrap_or(&whole);
    named.contains(&text)
        || whole == text
        || short == text
        || whole.replace('.', ",") == text
        || (text.len() >= 4 && sale.invoices.iter().any(|id| id.starts_with(&text)))
        || sale
            .note
            .as_ref()
            .is_some_and(|note| note.to_lowercase().contains(&text))
}

/// Texts that somebody may type who looks for this sale.
fn searches(sale: &SaleRow) -> Vec<String> {
    let mut searches = vec![
        sale.number.to_string(),
        format!("A-{:06}", sale.number),
        sale.amount(),
        sale.amount().replace('.', ","),
    ];
    for id in &sale.invoices {
        searches.extend([id.clone(), id.to_uppercase(), id.chars().take(6).collect()]);
    }
    if let Some(note) = &sale.note {
        searches.extend([note.clone(), note.to_uppercase()]);
        searches.push(note.chars().skip(1).take(4).collect());
        searches.push(note.chars().take(2).collect());
    }
    // An invoice id may begin like a number. White space at the end is ignored.
    searches.retain(|text| text.trim() == text);
    searches
}

/// All sales of a query, read in pages of this size.
async fn paged(till: &Till, query: &SalesQuery, limit: u16) -> Vec<u32> {
    let mut query = SalesQuery {
        limit: Some(limit),
        ..query.clone()
    };
    let mut numbers = Vec::new();
    loop {
        let page = till.sales(query.clone()).await.unwrap();
        assert!(page.sales.len() <= usize::from(limit));
        numbers.extend(page.sales.iter().map(|sale| sale.number));
        assert!(numbers.len() <= usize::try_from(SALES).unwrap(), "it ends");
        let Some(before) = page.next_before else {
            return numbers;
        };
        assert_eq!(page.sales.len(), usize::from(limit), "pages are full");
        query.before = Some(before);
    }
}

#[test]
fn pages_hold_every_sale_that_is_wanted_once_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    shop_in(folder.path());
    let book = kept(folder.path());
    assert_eq!(book.len(), usize::try_from(SALES).unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let till = runtime.block_on(till_in(folder.path()));

    let days: BTreeSet<Day> = book.iter().map(SaleRow::day).collect();
    let day = || {
        prop::option::of(prop::sample::select(
            days.iter().copied().collect::<Vec<_>>(),
        ))
    };
    let search = prop::sample::select(book.iter().flat_map(searches).collect::<Vec<_>>());
    let queries = (
        (day(), day()),
        prop::option::of(prop::sample::subsequence(SaleState::ALL.to_vec(), 0..=4)),
        prop::option::of(prop::sample::select(Currency::ALL.to_vec())),
        prop::option::of(any::<bool>()),
        prop::option::of(search),
        1..=120_u16,
    );
    let cases = Cases {
        cases: 150,
        failure_persistence: None,
        ..Cases::default()
    };
    TestRunner::new(cases)
        .run(
            &queries,
            |((from, to), states, currency, test, search, limit)| {
                let query = SalesQuery {
                    from,
                    to,
                    states,
                    currency,
                    test,
                    search,
                    before: None,
                    limit: None,
                };
                let plain = book.iter().filter(|sale| wanted(sale, &query));
                let plain: Vec<u32> = plain.map(|sale| sale.number).collect();
                let pages = runtime.block_on(paged(&till, &query, limit));
                prop_assert_eq!(pages, plain);
                Ok(())
            },
        )
        .unwrap();
}

#[tokio::test]
async fn every_sale_is_found_by_what_is_on_its_receipt() {
    let folder = tempfile::tempdir().unwrap();
    shop_in(folder.path());
    let till = till_in(folder.path()).await;
    for sale in kept(folder.path()).iter().step_by(7) {
        for text in searches(sale) {
            let query = SalesQuery {
                search: Some(text.clone()),
                ..SalesQuery::default()
            };
            let numbers = paged(&till, &query, 200).await;
            assert!(numbers.contains(&sale.number), "{text} of {sale:?}");
        }
    }
}

#[tokio::test]
async fn a_sales_page_tells_all_that_is_written_of_it() {
    let folder = tempfile::tempdir().unwrap();
    shop_in(folder.path());
    let till = till_in(folder.path()).await;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let file = Connection::open_with_flags(folder.path().join("journal.sqlite"), flags).unwrap();
    let mut kinds = file
        .prepare(
            "SELECT e.kind FROM entry AS e JOIN sale AS s ON s.id = e.sale
             WHERE s.number = ?1 ORDER BY e.seq",
        )
        .unwrap();
    for sale in kept(folder.path()).iter().step_by(11) {
        let number = sale.number;
        let detail = till.sale_detail(number).await.unwrap();
        let told = detail.entries.iter().map(|entry| entry.kind.clone());
        let written = kinds.query_map([number], |row| row.get::<_, String>(0));
        let written: Vec<_> = written.unwrap().map(Result::unwrap).collect();
        assert_eq!(told.collect::<Vec<_>>(), written);
        assert_eq!(detail.sale, till.sale(number).await.unwrap());
        assert_eq!(detail.zone, calendar::zone().name());
        let told = detail
            .attempts
            .iter()
            .filter_map(|attempt| attempt.invoice_id.clone());
        assert_eq!(told.collect::<Vec<_>>(), sale.invoices);
    }
    let unknown = till.sale_detail(SALES + 1).await;
    assert!(matches!(unknown, Err(TillError::SaleUnknown(_))));
}

#[test]
fn the_program_lists_what_the_flags_ask_for() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    let data = desktop.data_dir();
    std::fs::remove_dir_all(&data).ok();
    shop_in(&data);
    let book = kept(&data);
    let listed = |flags: &[&str]| {
        let (code, out, errors) = run(desktop.ringup().args(["sales", "--json"]).args(flags));
        assert_eq!((code, errors.as_str()), (0, ""), "{flags:?}");
        let sales = out
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        let numbers = sales.map(|sale| sale["number"].as_u64().unwrap());
        numbers
            .map(|number| u32::try_from(number).unwrap())
            .collect::<Vec<_>>()
    };
    let plain = |query: &SalesQuery| {
        let sales = book.iter().filter(|sale| wanted(sale, query));
        let numbers: Vec<u32> = sales.map(|sale| sale.number).collect();
        assert!(!numbers.is_empty(), "nothing to find: {query:?}");
        numbers
    };
    let none = SalesQuery::default;
    // More sales than fit on a page.
    assert_eq!(listed(&[]), plain(&none()));

    let days: BTreeSet<Day> = book.iter().map(SaleRow::day).collect();
    let day = *days.iter().nth(1).unwrap();
    let text = day.to_string();
    let query = SalesQuery {
        from: Some(day),
        ..none()
    };
    assert_eq!(listed(&["--from", &text]), plain(&query));
    let query = SalesQuery {
        to: Some(day),
        ..query
    };
    assert_eq!(listed(&["--from", &text, "--to", &text]), plain(&query));

    let query = SalesQuery {
        states: Some(vec![SaleState::Ended, SaleState::Refused]),
        ..none()
    };
    let flags = ["--state", "ended", "--state", "refused"];
    assert_eq!(listed(&flags), plain(&query));
    let query = SalesQuery {
        currency: Some(Currency::Rub),
        test: Some(true),
        ..none()
    };
    assert_eq!(
        listed(&["--currency", "RUB", "--test", "true"]),
        plain(&query)
    );

    let noted = book.iter().find(|sale| sale.note.is_some()).unwrap();
    for text in searches(noted) {
        let query = SalesQuery {
            search: Some(text.clone()),
            ..none()
        };
        // With `=`, the value may begin with a dash.
        let flag = format!("--search={text}");
        assert_eq!(listed(&[&flag]), plain(&query), "{text}");
    }
    assert_eq!(listed(&["--search", "no note says this"]), [0; 0]);

    let (code, words, _) = run(desktop.ringup().args(["sales", "--search", "A-000007"]));
    assert_eq!((code, words.lines().count()), (0, 1), "{words}");
    assert!(words.contains("A-000007"), "{words}");
    assert_eq!(
        run(desktop.ringup().args(["sales", "--state", "gone"])).0,
        2
    );
}
