//! Catching up: many tills that were away for long send all that they have to one back office, over HTTPS, into a real
//! PostgreSQL that flushes every commit. The peer is that PostgreSQL itself: `COPY` of the same rows, in the same order,
//! into the same table, from a file beside it, which checks no chain, no token and no head.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use parking_lot::Mutex;
use ringup_core::clock::Clock;
use ringup_core::ids::TillId;
use ringup_core::office::{Batch, EntryHash, MAX_BATCH_BYTES, MAX_BATCH_ENTRIES};
use ringup_testkit::Postgres;
use secrecy::{ExposeSecret as _, SecretString};

use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::office_program::{OfficeProgram, other};
use crate::shop::{self, Shop};

pub(crate) const SUBJECT: &str = "catch-up";
const RATE: &str = "entries a second from 500 tills into PostgreSQL, chains checked";
const FOLDING: &str = "until the last of them is on the owner's pages";
const MEMORY: &str = "memory of the office at the end";
const TILLS: u32 = 500;
/// Calls at once: fewer than an office takes, as tills that are told to come later do.
const AT_ONCE: usize = 32;

/// What a till is going to send: packed batches, and how many entries are in each.
pub(crate) struct Sending {
    pub(crate) token: SecretString,
    pub(crate) batches: VecDeque<(Vec<u8>, u64)>,
}

pub(crate) async fn measure(
    folder: &Path,
    entries: u32,
    figures: &mut Figures,
) -> Result<(), Failed> {
    if !figures.wants(SUBJECT, RATE) && !figures.wants(SUBJECT, MEMORY) {
        return Ok(());
    }
    if !OfficeProgram::is_built() {
        figures.leave_out(SUBJECT, "the office was not built");
        return Ok(());
    }
    let each = (entries / TILLS).max(1);
    let source = texts(&shop::made(folder, crate::FEW)?, each)?;
    let office = OfficeProgram::start().await?;
    let mut sendings = VecDeque::new();
    for _ in 0..TILLS {
        sendings.push_back(sending(&office, &source, MAX_BATCH_ENTRIES).await?);
    }
    let run = run(&office, sendings, u64::from(each) * u64::from(TILLS)).await?;
    let folded = office.folded().await?;
    let book = office.store.verify(Clock::system().now()).await;
    let book = book.map_err(other)?;
    if book.entries != run.entries || !book.faults.is_empty() {
        return Err(Failed::Other(format!(
            "the book is not what was sent: {book:?}"
        )));
    }
    let copied = copy(&office.postgres)?;
    let rate = |took: Duration| run.entries as f64 / took.as_secs_f64();
    let (own, peer) = (rate(run.took), rate(copied));
    figures.add(Row {
        subject: SUBJECT,
        what: RATE.to_owned(),
        runs: usize::try_from(run.entries).unwrap_or(usize::MAX),
        unit: "/s",
        median: own,
        peer: Some("COPY".to_owned()),
        peer_median: Some(peer),
        target: Some(Target {
            what: "at least half of COPY".to_owned(),
            met: own >= peer / 2.0,
        }),
        ..Row::default()
    });
    figures.add(Row {
        subject: SUBJECT,
        what: FOLDING.to_owned(),
        runs: 1,
        unit: "s",
        median: (run.took + folded).as_secs_f64(),
        ..Row::default()
    });
    figures.add(Row {
        subject: SUBJECT,
        what: MEMORY.to_owned(),
        runs: 1,
        unit: "MiB",
        median: run.memory_at_end,
        peer: Some("after a tenth".to_owned()),
        peer_median: Some(run.memory_after_tenth),
        target: Some(Target {
            what: "flat: at most a quarter more".to_owned(),
            met: run.memory_at_end <= run.memory_after_tenth * 1.25,
        }),
        ..Row::default()
    });
    Ok(())
}

/// So many entries of a real journal, and the till that wrote them.
pub(crate) struct Texts {
    till: String,
    bodies: Vec<String>,
}

pub(crate) fn texts(shop: &Shop, count: u32) -> Result<Texts, Failed> {
    let file = rusqlite::Connection::open(shop.journal())?;
    let mut rows = file.prepare("SELECT body FROM entry ORDER BY seq LIMIT ?1")?;
    let bodies: Vec<String> = rows
        .query_map([count], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let opened: serde_json::Value = match bodies.first() {
        Some(body) if bodies.len() == usize::try_from(count).unwrap_or(0) => {
            serde_json::from_str(body)?
        }
        _ => return Err(Failed::Other("the journal is too short".to_owned())),
    };
    let till = opened.get("till").and_then(|till| till.as_str());
    let till = till.unwrap_or_default().to_owned();
    Ok(Texts { till, bodies })
}

/// Pairs one more till, which has the same entries under its own id, at most so many in a batch.
pub(crate) async fn sending(
    office: &OfficeProgram,
    source: &Texts,
    at_most: usize,
) -> Result<Sending, Failed> {
    let till = TillId::new();
    let token = office.pair(till).await?;
    let own = till.to_string();
    let mut batches = VecDeque::new();
    let (mut entries, mut bytes, mut hash, mut first) = (Vec::new(), 0, EntryHash::BEFORE_FIRST, 1);
    let mut previous = hash;
    for body in &source.bodies {
        let body = body.replace(&source.till, &own);
        if entries.len() == at_most || bytes + body.len() > MAX_BATCH_BYTES {
            let sent = std::mem::take(&mut entries);
            batches.push_back(packed(&mut first, previous, sent, hash)?);
            (previous, bytes) = (hash, 0);
        }
        hash = hash.next(&body);
        bytes += body.len();
        entries.push(body);
    }
    batches.push_back(packed(&mut first, previous, entries, hash)?);
    Ok(Sending { token, batches })
}

fn packed(
    first: &mut u64,
    previous: EntryHash,
    entries: Vec<String>,
    last: EntryHash,
) -> Result<(Vec<u8>, u64), Failed> {
    let count = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    let batch = Batch {
        first: *first,
        previous,
        entries,
        last,
    };
    *first += count;
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    serde_json::to_writer(&mut packed, &batch)?;
    Ok((packed.finish()?, count))
}

/// What the run found.
pub(crate) struct Run {
    entries: u64,
    took: Duration,
    memory_after_tenth: f64,
    memory_at_end: f64,
}

/// Lets all tills send, so many at once.
pub(crate) async fn run(
    office: &OfficeProgram,
    sendings: VecDeque<Sending>,
    all: u64,
) -> Result<Run, Failed> {
    let client = office.client()?;
    let sendings = Arc::new(Mutex::new(sendings));
    let stored = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let senders: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (client, url) = (client.clone(), office.url("/v1/entries"));
            let (sendings, stored) = (Arc::clone(&sendings), Arc::clone(&stored));
            tokio::spawn(async move {
                loop {
                    let next = sendings.lock().pop_front();
                    let Some(sending) = next else {
                        return Ok::<(), Failed>(());
                    };
                    send(&client, &url, sending, &stored).await?;
                }
            })
        })
        .collect();
    while stored.load(Ordering::Relaxed) < all / 10 && !senders.iter().all(|it| it.is_finished()) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let memory_after_tenth = office.memory()?;
    for sender in senders {
        sender.await.map_err(other)??;
    }
    Ok(Run {
        took: begun.elapsed(),
        entries: stored.load(Ordering::Relaxed),
        memory_after_tenth,
        memory_at_end: office.memory()?,
    })
}

pub(crate) async fn send(
    client: &reqwest::Client,
    url: &str,
    sending: Sending,
    stored: &AtomicU64,
) -> Result<(), Failed> {
    for (body, entries) in sending.batches {
        let answer = client
            .post(url)
            .bearer_auth(sending.token.expose_secret())
            .header("content-encoding", "gzip")
            .body(body)
            .send()
            .await
            .map_err(other)?;
        let status = answer.status();
        let said = answer.text().await.map_err(other)?;
        if !status.is_success() {
            return Err(Failed::Other(format!("the office says {status}: {said}")));
        }
        stored.fetch_add(entries, Ordering::Relaxed);
    }
    Ok(())
}

/// How long the same rows take by `COPY`, in the order in which they came.
fn copy(postgres: &Postgres) -> Result<Duration, Failed> {
    let file = postgres.write_file("rows", "");
    let file = file.display();
    postgres.sql(&format!("COPY entry TO '{file}'"));
    postgres.sql("CREATE TABLE copied (LIKE entry INCLUDING ALL)");
    postgres.sql("CHECKPOINT");
    let begun = Instant::now();
    postgres.sql(&format!("COPY copied FROM '{file}'"));
    let took = begun.elapsed();
    let same = postgres.sql("SELECT (SELECT count(*) FROM copied) = (SELECT count(*) FROM entry)");
    match same.as_str() {
        "t" => Ok(took),
        _ => Err(Failed::Other("COPY has not copied everything".to_owned())),
    }
}
