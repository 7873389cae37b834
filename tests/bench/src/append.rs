//! How fast entries are appended to the journal, as a sale appends them: one durable commit after the other. The peer is
//! a row of the same size inserted into a table without anything else, with the same SQLite, the same durability (a
//! write-ahead log that each commit flushes) and the same disk, in turns.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use ringup_core::journal::{Journal, JournalError, JournalFile, NewSale, Opened};
use ringup_core::sale::{Event, Purpose, events_for_report};
use ringup_testkit::journal_generator::calendar;
use ringup_testkit::journal_generator::trade::{Act, Trade};
use rusqlite::{Connection, params};

use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::shop::Shop;
use crate::spread::Spread;

pub(crate) const SUBJECT: &str = "appends";
const PEER: &str = "bare insert";
/// How much longer than the insert of a bare row an append may take.
const AT_MOST: f64 = 1.30;
/// Sales to make; each is five or six commits.
const SALES: usize = 500;
/// The page that is flushed to measure the disk.
const PAGE: [u8; 4096] = [7; 4096];
/// The seed of the sales: not that of the journal's own.
const SEED: u64 = 4715;

/// How often a journal's folder is tried to be removed, and the pause between two tries.
const REMOVALS: usize = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// One commit of the till, and its purpose.
struct Append {
    what: &'static str,
    took: Duration,
    /// Pages written to the write-ahead log. `None`: the log was restarted.
    pages: Option<i64>,
}

pub(crate) async fn measure(
    shops: &[&Shop],
    folder: &Path,
    figures: &mut Figures,
) -> Result<(), Failed> {
    if !figures.wants_some(SUBJECT) {
        return Ok(());
    }
    let here = folder.join("append");
    for shop in shops {
        if here.exists() {
            remove(&here).await?;
        }
        std::fs::create_dir_all(&here)?;
        let journal = here.join("journal.sqlite");
        std::fs::copy(shop.journal(), &journal)?;
        add(shop, sell(&journal, &here).await?, figures);
    }
    remove(&here).await
}

/// Removes a journal's folder. The journal's thread ends after its last caller has gone and writes one more note, so a
/// folder may fill again while it is emptied.
async fn remove(folder: &Path) -> Result<(), Failed> {
    for _ in 0..REMOVALS {
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => {
                tokio::time::sleep(PAUSE).await;
            }
            done => return Ok(done?),
        }
    }
    Ok(std::fs::remove_dir_all(folder)?)
}

/// Adds a row about the disk itself.
pub(crate) fn flush(folder: &Path, figures: &mut Figures) -> Result<(), Failed> {
    const WHAT: &str = "a flush of the disk: 4 KiB written over, fdatasync";
    if figures.wants(SUBJECT, WHAT) {
        let flushes = Spread::of(flushes(&folder.join("flushed"))?);
        figures.add(Row {
            what: WHAT.to_owned(),
            runs: flushes.runs,
            median: flushes.p50_ms,
            p95: Some(flushes.p95_ms),
            ..row(0)
        });
    }
    Ok(())
}

/// Makes sales; after each commit of the till follows one of the peer.
async fn sell(path: &Path, here: &Path) -> Result<(Vec<Append>, Vec<Bare>), Failed> {
    let begins = calendar::until();
    let journal = Journal::open(path.to_owned(), Purpose::Live, begins).await?;
    let reader = Connection::open(path)?;
    let mut bare = Table::new(&here.join("bare.sqlite"))?;
    let (mut appends, mut rows) = (Vec::new(), Vec::new());
    let mut rng = StdRng::seed_from_u64(SEED);
    for (place, minute) in (0..SALES).zip(1..) {
        let at = begins.plus(minute * 60_000);
        let mut trade = Trade::begin(&mut rng, at);
        let new = trade.new.clone();
        let mut size_before = JournalSize::of(&reader)?;
        let begun = Instant::now();
        let sale = journal.call(move |file| open_sale(file, new, at)).await?;
        let took = begun.elapsed();
        let (what, pages, size) = size_before.advance("a charge", &reader)?;
        appends.push(Append { what, took, pages });
        rows.push(bare.insert(size)?);
        trade.id = sale;
        for (after_ms, act) in trade.acts(&mut rng) {
            let (what, at) = (purpose(&act), at.plus(after_ms));
            let begun = Instant::now();
            let wrote = journal
                .call(move |file| {
                    let recorded = file.record(sale, at, |sale| match act {
                        Act::Done(event) => vec![event],
                        Act::Reported(attempt, report) => {
                            events_for_report(sale, attempt, &report, at)
                        }
                    });
                    Ok(recorded?.1)
                })
                .await?;
            let took = begun.elapsed();
            if !wrote {
                continue;
            }
            let (what, pages, size) = size_before.advance(what, &reader)?;
            // The first ones wait for pages of the file that are not in memory yet.
            if place > 0 {
                appends.push(Append { what, took, pages });
                rows.push(bare.insert(size)?);
            }
        }
    }
    Ok((appends, rows))
}

fn open_sale(
    file: &mut JournalFile,
    new: NewSale,
    at: ringup_core::clock::UnixMs,
) -> Result<ringup_core::ids::SaleId, JournalError> {
    let (Opened::New(sale) | Opened::AlreadyOpened(sale)) = file.open_sale(new, at)?;
    Ok(sale.id)
}

fn purpose(act: &Act) -> &'static str {
    match act {
        Act::Done(Event::InvoiceOpened { .. }) => "the invoice, before its QR is shown",
        Act::Reported(_, report)
            if report.is_paid && report.processing_status.as_deref() == Some("processing") =>
        {
            "the payment"
        }
        _ => "another",
    }
}

/// The state of the journal at a moment.
struct JournalSize {
    seq: i64,
    log_pages: i64,
}

impl JournalSize {
    fn of(reader: &Connection) -> Result<Self, Failed> {
        Ok(Self {
            seq: reader.query_row("SELECT max(seq) FROM entry", [], |row| row.get(0))?,
            log_pages: log_pages(reader)?,
        })
    }

    /// What was added since: pages of the log, bytes of entries.
    fn advance(
        &mut self,
        what: &'static str,
        reader: &Connection,
    ) -> Result<(&'static str, Option<i64>, usize), Failed> {
        let before = std::mem::replace(self, Self::of(reader)?);
        let size: i64 = reader
            .prepare_cached("SELECT sum(octet_length(body)) FROM entry WHERE seq > ?1")?
            .query_row([before.seq], |row| row.get(0))?;
        let pages = self.log_pages - before.log_pages;
        let size = usize::try_from(size).unwrap_or_default();
        Ok((what, (pages > 0).then_some(pages), size))
    }
}

/// The number of pages in the write-ahead log (SQLite, *PRAGMA wal_checkpoint*).
fn log_pages(reader: &Connection) -> Result<i64, Failed> {
    Ok(reader
        .prepare_cached("PRAGMA wal_checkpoint(NOOP)")?
        .query_row([], |row| row.get(1))?)
}

/// The peer: a table of bare rows.
struct Table {
    connection: Connection,
    log_pages: i64,
}

/// An inserted row.
struct Bare {
    took: Duration,
    pages: Option<i64>,
}

impl Table {
    fn new(path: &Path) -> Result<Self, Failed> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(
            "CREATE TABLE entry (seq INTEGER PRIMARY KEY, body TEXT NOT NULL, hash BLOB NOT NULL) STRICT",
        )?;
        let log_pages = log_pages(&connection)?;
        Ok(Self {
            connection,
            log_pages,
        })
    }

    fn insert(&mut self, size: usize) -> Result<Bare, Failed> {
        let (body, hash) = ("x".repeat(size), [7_u8; 32]);
        let begun = Instant::now();
        self.connection
            .prepare_cached("INSERT INTO entry (body, hash) VALUES (?1, ?2)")?
            .execute(params![body, hash])?;
        let took = begun.elapsed();
        let pages = log_pages(&self.connection)? - self.log_pages;
        self.log_pages += pages;
        Ok(Bare {
            took,
            pages: (pages > 0).then_some(pages),
        })
    }
}

/// Writes the same place of a file again and again, as a write-ahead log does.
fn flushes(path: &Path) -> Result<Vec<Duration>, Failed> {
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .open(path)?;
    let mut times = Vec::new();
    for _ in 0..=SALES {
        file.seek(SeekFrom::Start(0))?;
        let begun = Instant::now();
        file.write_all(&PAGE)?;
        file.sync_data()?;
        times.push(begun.elapsed());
    }
    std::fs::remove_file(path)?;
    // The first write made the file longer, which takes more time.
    Ok(times.split_off(1))
}

fn add(shop: &Shop, (appends, rows): (Vec<Append>, Vec<Bare>), figures: &mut Figures) {
    let bare = Spread::of(rows.iter().map(|row| row.took).collect());
    let of = |what: Option<&str>| {
        let wanted = appends
            .iter()
            .filter(|append| what.is_none_or(|what| what == append.what));
        Spread::of(wanted.map(|append| append.took).collect())
    };
    let all = of(None);
    let beside = |mine: f64, theirs: f64, mut row: Row| {
        row.median = mine;
        row.peer = Some(PEER.to_owned());
        row.peer_median = Some(theirs);
        row
    };
    let target = |ratio: f64| {
        Some(Target {
            what: format!("at most {AT_MOST:.2} of bare"),
            met: ratio <= AT_MOST,
        })
    };
    for (what, of) in [
        ("an append", &all),
        ("a charge", &of(Some("a charge"))),
        (
            "the invoice, before its QR is shown",
            &of(Some("the invoice, before its QR is shown")),
        ),
        ("the payment", &of(Some("the payment"))),
    ] {
        let row = Row {
            what: what.to_owned(),
            runs: of.runs,
            p95: Some(of.p95_ms),
            target: (what == "an append")
                .then(|| target(of.p50_ms / bare.p50_ms))
                .flatten(),
            ..row(shop.sales)
        };
        figures.add(beside(of.p50_ms, bare.p50_ms, row));
    }
    let p99 = Row {
        what: "an append, p99".to_owned(),
        runs: all.runs,
        target: target(all.p99_ms / bare.p99_ms),
        ..row(shop.sales)
    };
    figures.add(beside(all.p99_ms, bare.p99_ms, p99));
    let rate = Row {
        what: "appends a second".to_owned(),
        runs: all.runs,
        unit: "/s",
        ..row(shop.sales)
    };
    figures.add(beside(1000.0 / all.mean_ms, 1000.0 / bare.mean_ms, rate));
    let pages = Row {
        what: "pages written by an append, on the average".to_owned(),
        runs: all.runs,
        unit: "pages",
        ..row(shop.sales)
    };
    let of_till = mean(appends.iter().filter_map(|append| append.pages));
    let of_bare = mean(rows.iter().filter_map(|row| row.pages));
    figures.add(beside(of_till, of_bare, pages));
}

fn mean(counts: impl Iterator<Item = i64> + Clone) -> f64 {
    let many = counts.clone().count().max(1);
    counts.sum::<i64>() as f64 / many as f64
}

fn row(sales: u32) -> Row {
    Row {
        subject: SUBJECT,
        sales,
        unit: "ms",
        ..Row::default()
    }
}
