//! What the whole tree of processes has in memory, as its share (PSS): at rest on the pad, after a day's
//! work, and after thousands of pages.

use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::SUBJECT_MEMORY;
use super::counter::Counter;
use super::desktop::Desktop;
use super::driven::Driven;
use super::eye::Eye;
use super::hand::Hand;
use super::programs::{self, Program};
use crate::Failed;
use crate::figures::{Figures, Row, Target};

/// How much more than the bare window it may have.
const AT_MOST: f64 = 1.15;
pub(super) const AT_REST: &str = "at rest on the pad";
pub(super) const AFTER_SALES: &str = "after sales";
pub(super) const AFTER_REFRESHES: &str = "after refreshes";
/// How often the till asks while it sells: the cashier waits for no gateway here.
const PACE_MS: u32 = 100;
/// Longer than a page takes.
const PATIENCE: Duration = Duration::from_secs(20);
/// Chromium lost a key when it gave two gigabytes back at once: whoever sees nothing happen presses again.
const PRESS_AGAIN: Duration = Duration::from_secs(4);
/// From the request for a page until it is there, with a margin.
const LOADED: Duration = Duration::from_millis(250);
/// Until what a start leaves behind is given back.
const CALM: Duration = Duration::from_secs(8);

/// What each has, at rest, some starts each.
pub(super) fn at_rest(
    programs: &[Program],
    runs: usize,
    desktop: &Desktop,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let eye = Eye::on(&super::screen_file(desktop))?;
    let mut lanes: Vec<(&Program, Vec<f64>)> = programs
        .iter()
        .map(|program| (program, Vec::new()))
        .collect();
    for _ in 0..runs {
        for (program, sizes) in &mut lanes {
            sizes.push(rests(program, desktop, &eye)?);
        }
    }
    rows(AT_REST, runs, &mut lanes, figures);
    Ok(())
}

/// What one has once it has started.
fn rests(program: &Program, desktop: &Desktop, eye: &Eye) -> Result<f64, Failed> {
    let (running, _) = programs::settled(program, desktop, eye)?;
    std::thread::sleep(CALM);
    let mib = running.pss_mib();
    running.end()?;
    Ok(mib)
}

/// A row for each pair, of the medians.
pub(super) fn rows(
    what: &str,
    count: usize,
    lanes: &mut [(&Program, Vec<f64>)],
    figures: &mut Figures,
) {
    let medians: Vec<(&Program, f64)> = lanes
        .iter_mut()
        .map(|(program, sizes)| {
            sizes.sort_by(f64::total_cmp);
            (*program, sizes.get(sizes.len() / 2).copied().unwrap_or(0.0))
        })
        .collect();
    for (of, peer) in super::pairs(&medians) {
        let ratio = of.1 / peer.1;
        let beside_bare = peer.0.name() == Program::Bare.name();
        figures.add(Row {
            subject: SUBJECT_MEMORY,
            what: format!("{}, {what}", of.0.name()),
            sales: 0,
            runs: count,
            unit: "MiB",
            median: of.1,
            p95: None,
            peer: Some(peer.0.name().to_owned()),
            peer_median: Some(peer.1),
            peer_with_start: None,
            target: beside_bare.then(|| Target {
                what: format!("at most {AT_MOST:.2} of the bare window, is {ratio:.2}"),
                met: ratio <= AT_MOST,
            }),
        });
    }
}

/// What the till has after so many sales, beside what the others have at rest, some starts each: they sell
/// nothing.
pub(super) fn after_sales(
    programs: &[Program],
    sales: usize,
    starts: usize,
    gateway: &ringup_practice::PracticeGateway,
    desktop: &Desktop,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let eye = Eye::on(&super::screen_file(desktop))?;
    let mut lanes = Vec::new();
    for program in programs {
        let sizes = match program {
            Program::Till { api_url, .. } => {
                vec![has_sold(sales, api_url.clone(), &eye, gateway, desktop)?]
            }
            _ => (0..starts)
                .map(|_| rests(program, desktop, &eye))
                .collect::<Result<_, _>>()?,
        };
        lanes.push((program, sizes));
    }
    rows(AFTER_SALES, sales, &mut lanes, figures);
    Ok(())
}

/// What the till has once it has sold so often.
fn has_sold(
    sales: usize,
    api_url: String,
    eye: &Eye,
    gateway: &ringup_practice::PracticeGateway,
    desktop: &Desktop,
) -> Result<f64, Failed> {
    let till = Program::Till {
        api_url,
        log: None,
        pace_ms: Some(PACE_MS),
    };
    let mut hand = Hand::on(desktop)?;
    hand.away()?;
    let (running, pad) = programs::settled(&till, desktop, eye)?;
    let mut counter = Counter {
        eye,
        hand,
        control: gateway.control(),
        pad,
    };
    for _ in 0..sales {
        counter.sells()?;
    }
    std::thread::sleep(CALM);
    let mib = running.pss_mib();
    running.end()?;
    Ok(mib)
}

/// What they have after so many times that their page was loaded anew; each on a desktop of its own, side
/// by side, for no time is measured. One that does not get through takes no other's row away.
pub(super) async fn after_refreshes(
    programs: &[Program],
    times: usize,
    page_asked: watch::Receiver<usize>,
    figures: &mut Figures,
) {
    let soaks: Vec<_> = programs
        .iter()
        .map(|program| {
            let (soaked, page_asked) = (program.clone(), page_asked.clone());
            let soak = tokio::spawn(async move {
                match &soaked {
                    Program::Chromium { .. } => by_key(&soaked, times, page_asked).await,
                    _ => by_driver(&soaked, times).await,
                }
            });
            (program, soak)
        })
        .collect();
    let mut lanes = Vec::new();
    for (program, soak) in soaks {
        let soaked = soak.await;
        match soaked.unwrap_or_else(|error| Err(Failed::Other(error.to_string()))) {
            Ok(mib) => lanes.push((program, vec![mib])),
            Err(error) => {
                let what = format!("{SUBJECT_MEMORY}: {}, {AFTER_REFRESHES}", program.name());
                figures.leave_out(&what, &error.to_string());
            }
        }
    }
    rows(AFTER_REFRESHES, times, &mut lanes, figures);
}

/// Presses the key until a page is asked for.
async fn anew(hand: &mut Hand, page_asked: &mut watch::Receiver<usize>) -> Result<(), Failed> {
    page_asked.mark_unchanged();
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        hand.press("F5")?;
        if let Ok(asked) = tokio::time::timeout(PRESS_AGAIN, page_asked.changed()).await {
            return asked.map_err(|error| Failed::Other(error.to_string()));
        }
    }
    Err(Failed::Other("Chromium does not load anew".to_owned()))
}

/// Chromium loads anew at its key.
async fn by_key(
    program: &Program,
    times: usize,
    mut page_asked: watch::Receiver<usize>,
) -> Result<f64, Failed> {
    let desktop = super::desktop_for(program)?;
    let eye = Eye::on(&super::screen_file(&desktop))?;
    let (running, picture) = programs::settled(program, &desktop, &eye)?;
    let mut hand = Hand::on(&desktop)?;
    for _ in 0..times {
        anew(&mut hand, &mut page_asked).await?;
        // It keeps the old picture until it has the new one: both are the same.
        tokio::time::sleep(LOADED).await;
    }
    let begun = Instant::now();
    while !picture.is_in(&eye.look()?) {
        if begun.elapsed() > PATIENCE {
            return Err(Failed::Other("Chromium's pad is gone".to_owned()));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(CALM).await;
    let mib = running.pss_mib();
    running.end()?;
    Ok(mib)
}

/// The till lets no key load it anew: it is told through WebDriver, and so is the bare window.
async fn by_driver(program: &Program, times: usize) -> Result<f64, Failed> {
    let desktop = super::desktop_for(program)?;
    let driven = Driven::start(program, &desktop).await?;
    for _ in 0..times {
        driven.refresh(program).await?;
    }
    tokio::time::sleep(CALM).await;
    let mib = driven.pss_mib();
    driven.end().await?;
    Ok(mib)
}
