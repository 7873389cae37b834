//! A till that sends to a back office: what that costs at the till, and how soon an owner sees a sale.
//!
//! * The same tap on the same machine, by turns, in a window whose till sends and in one whose till knows no office.
//! * From the commit of a sale in the window's till to the owner's page of it, while 499 more tills sell once a minute. The
//!   page is kept up to date as a browser does it: it waits for the office's word that something changed, and asks again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use parking_lot::Mutex;
use ringup_core::ids::SaleNumber;
use tokio::task::{AbortHandle, JoinSet};

use super::counter::Counter;
use super::programs::{Program, pair};
use super::screen_capture::ScreenCapture;
use super::tap::logged_points;
use super::{PROGRAM, SCREEN_LOG, SUBJECT_SENDING, desktop_with_key};
use crate::Failed;
use crate::catch_up::{Sending, sending, texts};
use crate::figures::{Figures, Row, Target};
use crate::office_program::{OfficeProgram, other};
use crate::shop;
use crate::spread::Spread;

/// The other tills.
const OTHERS: u32 = 499;
/// Each of them sells this often, and a sale has so many entries.
const SALE_EVERY: Duration = Duration::from_secs(60);
const SALE_ENTRIES: usize = 4;
/// Entries that each of them has to send.
const ENTRIES: u32 = 400;
/// How much longer a tap may take.
const AT_MOST: f64 = 1.05;
/// What 95 of 100 sales may take to the owner's page, milliseconds.
const AT_MOST_MS: f64 = 1000.0;

/// Makes this many sales at each till, and as many more for the owner's page.
pub(super) async fn measure(
    sales: usize,
    folder: &std::path::Path,
    gateway: &ringup_practice::PracticeGateway,
    figures: &mut Figures,
) -> Result<(), Failed> {
    if !OfficeProgram::is_built() {
        figures.leave_out(SUBJECT_SENDING, "the office was not built");
        return Ok(());
    }
    let office = OfficeProgram::start().await?;
    let api_url = gateway.base_url();
    let (paired, alone) = (desktop_with_key(&api_url)?, desktop_with_key(&api_url)?);
    pair(&paired, &api_url, &office.pairing_code().await?).await?;
    let screens = (ScreenCapture::of(&paired)?, ScreenCapture::of(&alone)?);
    let program = Program::Till {
        binary: PROGRAM.into(),
        api_url: api_url.clone(),
        log: Some(SCREEN_LOG),
        poll_ms: Some(800),
    };
    let mut sends = Counter::open(&program, gateway, &paired, &screens.0)?;
    let mut keeps = Counter::open(&program, gateway, &alone, &screens.1)?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..sales {
        with.push(sends.tap()?);
        without.push(keeps.tap()?);
    }
    keeps.end()?;
    add_taps(&Spread::of(with), &Spread::of(without), figures);

    let others = Others::sell(&office, folder).await?;
    let till = paired.query_journal("SELECT json_extract(body, '$.till') FROM entry WHERE seq = 1");
    let owner = Owner::watch(&office, till.trim()).await?;
    for _ in 0..sales {
        sends.tap()?;
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    sends.end()?;
    let failed = others.failed();
    let points = logged_points(&paired.data_dir().join("logs"))?;
    let mut committed = points.iter().filter(|(_, point)| point == "SaleCommitted");
    let mut took = Vec::new();
    // The first sale of the window, those of the comparison, and then those that the owner waited for.
    for number in 1..=2 * sales + 1 {
        let (at, _) = committed
            .next()
            .ok_or_else(|| Failed::Other("the till's log has not every sale".to_owned()))?;
        if number > sales + 1 {
            let seen = owner.seen(number)?;
            took.push(seen.duration_since(*at).unwrap_or_default());
        }
    }
    if failed > 0 {
        return Err(Failed::Other(format!("{failed} sales were not taken")));
    }
    let took = Spread::of(took);
    figures.add(Row {
        target: Some(Target {
            what: format!("p95 below 1 s, is {:.2} s", took.p95_ms / 1000.0),
            met: took.p95_ms < AT_MOST_MS,
        }),
        ..Row::timed(
            SUBJECT_SENDING,
            "commit at the till to the owner's page, 500 tills at a sale a minute",
            0,
            &took,
        )
    });
    Ok(())
}

fn add_taps(with: &Spread, without: &Spread, figures: &mut Figures) {
    let ratio = with.p50_ms / without.p50_ms;
    figures.add(Row {
        peer: Some("no office".to_owned()),
        peer_median: Some(without.p50_ms),
        target: Some(Target {
            what: format!("at most {AT_MOST:.2} of it, is {ratio:.2}"),
            met: ratio <= AT_MOST,
        }),
        ..Row::timed(SUBJECT_SENDING, "tap to QR of a till that sends", 0, with)
    });
}

/// Tills that sell, each once a minute.
struct Others {
    _tasks: JoinSet<()>,
    failed: Arc<Mutex<usize>>,
}

impl Others {
    async fn sell(office: &OfficeProgram, folder: &std::path::Path) -> Result<Self, Failed> {
        let source = texts(&shop::made(folder, crate::FEW)?, ENTRIES)?;
        let (client, url) = (office.client()?, office.url("/v1/entries"));
        let failed = Arc::new(Mutex::new(0));
        let mut tasks = JoinSet::new();
        for till in 0..OTHERS {
            let sending = sending(office, &source, SALE_ENTRIES).await?;
            let (client, url, failed) = (client.clone(), url.clone(), Arc::clone(&failed));
            tasks.spawn(async move {
                tokio::time::sleep(SALE_EVERY * till / OTHERS).await;
                let mut sales = tokio::time::interval(SALE_EVERY);
                for batch in sending.batches {
                    sales.tick().await;
                    let one = Sending {
                        token: sending.token.clone(),
                        batches: [batch].into(),
                    };
                    if crate::catch_up::send(&client, &url, one, &Arc::default())
                        .await
                        .is_err()
                    {
                        *failed.lock() += 1;
                    }
                }
            });
        }
        Ok(Self {
            _tasks: tasks,
            failed,
        })
    }

    fn failed(&self) -> usize {
        *self.failed.lock()
    }
}

/// An owner's browser that looks at the sales of a till.
struct Owner {
    seen: Arc<Mutex<BTreeMap<SaleNumber, SystemTime>>>,
    task: AbortHandle,
}

impl Owner {
    async fn watch(office: &OfficeProgram, till: &str) -> Result<Self, Failed> {
        let browser = office.browser().await?;
        let events = browser.get(office.url("/events")).send().await;
        let mut events = events.map_err(other)?.error_for_status().map_err(other)?;
        let (page, row) = (
            office.url(&format!("/sales?till={till}")),
            format!("/sales/{till}/"),
        );
        let seen = Arc::new(Mutex::new(BTreeMap::new()));
        let notes = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok(Some(said)) = events.chunk().await {
                if !String::from_utf8_lossy(&said).contains("changed") {
                    continue;
                }
                let Ok(answer) = browser.get(&page).send().await else {
                    continue;
                };
                let text = answer.text().await.unwrap_or_default();
                let now = SystemTime::now();
                let numbers = text.split(&row).skip(1).filter_map(|rest| {
                    let digits = rest.split('"').next()?;
                    digits.parse().ok().map(SaleNumber)
                });
                let mut notes = notes.lock();
                for number in numbers {
                    notes.entry(number).or_insert(now);
                }
            }
        });
        Ok(Self {
            seen,
            task: task.abort_handle(),
        })
    }

    /// When this sale was on the page.
    fn seen(&self, number: usize) -> Result<SystemTime, Failed> {
        let number = SaleNumber(u32::try_from(number).map_err(other)?);
        let seen = self.seen.lock().get(&number).copied();
        seen.ok_or_else(|| Failed::Other(format!("the owner never saw sale {}", number.0)))
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.task.abort();
    }
}
