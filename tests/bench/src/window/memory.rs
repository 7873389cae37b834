//! Memory of a program and all its processes (PSS: memory shared with others counts in part): at rest on the pad,
//! after a day's sales, and after thousands of reloads of the page.

use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::driven::DrivenWindow;
use super::key_input::KeyInput;
use super::programs::{self, Program};
use super::screen_capture::ScreenCapture;
use super::till_window::TillWindow;
use super::{PROGRAM, SUBJECT_MEMORY};
use crate::Failed;
use crate::figures::{Figures, Row, Target};
use ringup_testkit::Desktop;

/// How much more than the bare window the till may take.
const AT_MOST: f64 = 1.15;
pub(super) const AT_REST: &str = "at rest on the pad";
pub(super) const AFTER_SALES: &str = "after sales";
pub(super) const AFTER_REFRESHES: &str = "after refreshes";
/// How often the till polls while it sells: with the usual pace the waiting would take hours.
const POLL_MS: u32 = 100;
/// No page takes longer.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Chromium misses a key while it frees two gigabytes at once. A person would press it again.
const PRESS_AGAIN: Duration = Duration::from_secs(4);
/// From the request for a page until it is shown, with a margin.
const LOADED: Duration = Duration::from_millis(250);
/// Until the memory that only a start needs is freed.
const SETTLE: Duration = Duration::from_secs(8);

/// Measures each program at rest, `runs` starts each.
pub(super) fn at_rest(
    programs: &[Program],
    runs: usize,
    desktop: &Desktop,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let screen = ScreenCapture::of(desktop)?;
    let mut measured: Vec<(&Program, Vec<f64>)> = programs
        .iter()
        .map(|program| (program, Vec::new()))
        .collect();
    for _ in 0..runs {
        for (program, sizes) in &mut measured {
            sizes.push(memory_at_rest(program, desktop, &screen)?);
        }
    }
    add_rows(AT_REST, runs, &mut measured, figures);
    Ok(())
}

/// Memory of a program some seconds after its start, MiB.
pub(super) fn memory_at_rest(
    program: &Program,
    desktop: &Desktop,
    screen: &ScreenCapture,
) -> Result<f64, Failed> {
    let (running, _) = programs::settled(program, desktop, screen)?;
    std::thread::sleep(SETTLE);
    let mib = running.pss_mib();
    running.end()?;
    Ok(mib)
}

/// Adds a row for each pair, of the medians.
fn add_rows(
    what: &str,
    count: usize,
    measured: &mut [(&Program, Vec<f64>)],
    figures: &mut Figures,
) {
    let medians: Vec<(&Program, f64)> = measured
        .iter_mut()
        .map(|(program, sizes)| {
            sizes.sort_by(f64::total_cmp);
            (*program, sizes.get(sizes.len() / 2).copied().unwrap_or(0.0))
        })
        .collect();
    for (of, peer) in super::pairs(&medians) {
        let ratio = of.1 / peer.1;
        let beside_bare = peer.0.name() == Program::Baseline.name();
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

/// Measures the till after this many sales. The others, which sell nothing, are measured at rest, `starts` times
/// each.
pub(super) fn after_sales(
    programs: &[Program],
    sales: usize,
    starts: usize,
    gateway: &ringup_practice::PracticeGateway,
    desktop: &Desktop,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let screen = ScreenCapture::of(desktop)?;
    let mut measured = Vec::new();
    for program in programs {
        let sizes = match program {
            Program::Till { api_url, .. } => {
                vec![memory_after_sales(
                    sales,
                    api_url.clone(),
                    &screen,
                    gateway,
                    desktop,
                )?]
            }
            _ => (0..starts)
                .map(|_| memory_at_rest(program, desktop, &screen))
                .collect::<Result<_, _>>()?,
        };
        measured.push((program, sizes));
    }
    add_rows(AFTER_SALES, sales, &mut measured, figures);
    Ok(())
}

/// Memory of the till after this many sales, MiB.
fn memory_after_sales(
    sales: usize,
    api_url: String,
    screen: &ScreenCapture,
    gateway: &ringup_practice::PracticeGateway,
    desktop: &Desktop,
) -> Result<f64, Failed> {
    let till = Program::Till {
        binary: PROGRAM.into(),
        api_url,
        log: None,
        poll_ms: Some(POLL_MS),
    };
    let mut keys = KeyInput::on(desktop)?;
    keys.move_pointer_away()?;
    let (running, empty_pad) = programs::settled(&till, desktop, screen)?;
    let mut window = TillWindow {
        screen,
        keys,
        control: gateway.control(),
        empty_pad,
    };
    for _ in 0..sales {
        window.sell()?;
    }
    std::thread::sleep(SETTLE);
    let mib = running.pss_mib();
    running.end()?;
    Ok(mib)
}

/// Measures the programs after their page was reloaded this often. They run side by side on desktops of their own,
/// because no time is measured. When one of them fails, the others keep their rows.
pub(super) async fn after_refreshes(
    programs: &[Program],
    times: usize,
    page_requests: watch::Receiver<usize>,
    figures: &mut Figures,
) {
    let tasks: Vec<_> = programs
        .iter()
        .map(|program| {
            let (reloaded, page_requests) = (program.clone(), page_requests.clone());
            let task = tokio::spawn(async move {
                match &reloaded {
                    Program::Chromium { .. } => by_key(&reloaded, times, page_requests).await,
                    _ => by_driver(&reloaded, times).await,
                }
            });
            (program, task)
        })
        .collect();
    let mut measured = Vec::new();
    for (program, task) in tasks {
        let done = task.await;
        match done.unwrap_or_else(|error| Err(Failed::Other(error.to_string()))) {
            Ok(mib) => measured.push((program, vec![mib])),
            Err(error) => {
                let what = format!("{SUBJECT_MEMORY}: {}, {AFTER_REFRESHES}", program.name());
                figures.leave_out(&what, &error.to_string());
            }
        }
    }
    add_rows(AFTER_REFRESHES, times, &mut measured, figures);
}

/// Presses the key for a reload until the page is requested.
async fn reload(
    keys: &mut KeyInput,
    page_requests: &mut watch::Receiver<usize>,
) -> Result<(), Failed> {
    page_requests.mark_unchanged();
    let begun = Instant::now();
    while begun.elapsed() < TIMEOUT {
        keys.press("F5")?;
        if let Ok(requested) = tokio::time::timeout(PRESS_AGAIN, page_requests.changed()).await {
            return requested.map_err(|error| Failed::Other(error.to_string()));
        }
    }
    Err(Failed::Other(
        "Chromium does not reload its page".to_owned(),
    ))
}

/// Reloads the page with the key for it. Returns the memory, MiB.
async fn by_key(
    program: &Program,
    times: usize,
    mut page_requests: watch::Receiver<usize>,
) -> Result<f64, Failed> {
    let desktop = super::desktop_for(program)?;
    let screen = ScreenCapture::of(&desktop)?;
    let (running, picture) = programs::settled(program, &desktop, &screen)?;
    let mut keys = KeyInput::on(&desktop)?;
    for _ in 0..times {
        reload(&mut keys, &mut page_requests).await?;
        // The old picture stays until the new one is there, and both are the same: nothing can be seen.
        tokio::time::sleep(LOADED).await;
    }
    let begun = Instant::now();
    while !picture.is_in(&screen.capture()?) {
        if begun.elapsed() > TIMEOUT {
            return Err(Failed::Other("Chromium does not show the pad".to_owned()));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(SETTLE).await;
    let mib = running.pss_mib();
    running.end()?;
    Ok(mib)
}

/// Reloads the page through WebDriver: the till blocks the key for it. Returns the memory, MiB.
async fn by_driver(program: &Program, times: usize) -> Result<f64, Failed> {
    let desktop = super::desktop_for(program)?;
    let driven = DrivenWindow::start(program, &desktop).await?;
    for _ in 0..times {
        driven.refresh(program).await?;
    }
    tokio::time::sleep(SETTLE).await;
    let mib = driven.pss_mib();
    driven.end().await?;
    Ok(mib)
}
