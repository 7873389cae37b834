//! The till's window on a desktop of its own: how long until the pad can be seen, how much memory it takes, how
//! long from a tap to the QR. It is compared with a bare window of the same shell, which is the least that any
//! program of this kind takes, and with Chromium in kiosk mode on the same screens.
//!
//! * `programs` starts, counts and ends what is measured; `screen_capture` reads the screen, `key_input` presses
//!   keys; `driven` is a window under WebDriver, `till_window` sells in the till's, `counter` is a till among others.
//! * `start`, `memory`, `tap`, `rest`, `webhook`, `sending`, `earlier` add rows.

mod counter;
mod driven;
mod earlier;
mod key_input;
mod memory;
mod programs;
mod rest;
mod screen_capture;
mod sending;
mod start;
mod tap;
mod till_window;
mod webhook;

use std::path::Path;

use ringup_testkit::{Desktop, serve_folder};

use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::spread::Spread;
use programs::Program;
use start::Files;

/// The till's program as it is shipped.
const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/release/ringup");
/// The built gallery: the till's screens on a made-up till, for Chromium.
const SITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/gallery-site");
/// The screen, larger than a window of 1280 × 800 with its frame.
const SCREEN: (u32, u32) = (1400, 900);
/// The key of the practice gateway that this program starts.
const KEY: &str = "bench-key-0001";

const SUBJECT_START: &str = "window start";
const SUBJECT_MEMORY: &str = "window memory";
const SUBJECT_TAP: &str = "window tap";
const SUBJECT_REST: &str = "window rest";
const SUBJECT_WEBHOOK: &str = "window webhook";
const SUBJECT_SENDING: &str = "window sending";
const SUBJECT_EARLIER: &str = "window earlier";
/// What a till logs whose steps are measured.
const SCREEN_LOG: &str = "info,ringup_core::failpoints=debug";
/// Each state at rest is watched for so many seconds in a run of a hundred.
const REST_SECONDS: u64 = 60;

/// What is compared with what: each till with the bare window, and the till with Chromium.
fn pairs<T: Clone>(measured: &[(&Program, T)]) -> Vec<(Measured<T>, Measured<T>)> {
    let named = |wanted: &str| {
        let found = measured
            .iter()
            .find(|(program, _)| program.name() == wanted);
        found.map(|(program, of)| ((*program).clone(), of.clone()))
    };
    [
        ("till", "bare window"),
        ("practice till", "bare window"),
        ("till", "Chromium"),
    ]
    .into_iter()
    .filter_map(|(of, peer)| named(of).zip(named(peer)))
    .collect()
}

type Measured<T> = (Program, T);

fn painted_pad(program: &Program, files: Files) -> String {
    format!("{}, painted pad, {}", program.name(), files.as_str())
}

/// A row that compares two programs.
fn row(
    subject: &'static str,
    what: String,
    of: Measured<Spread>,
    peer: Measured<Spread>,
    target: Option<Target>,
) -> Row {
    Row {
        peer: Some(peer.0.name().to_owned()),
        peer_median: Some(peer.1.p50_ms),
        target,
        ..Row::timed(subject, what, 0, &of.1)
    }
}

/// What is missing here to measure a window, if anything.
fn missing() -> Option<String> {
    for program in ["Xvfb", "openbox", "dbus-daemon", "gnome-keyring-daemon"] {
        if !is_installed(program) {
            return Some(format!("{program} is not installed"));
        }
    }
    for built in [PROGRAM, programs::BASELINE] {
        if !Path::new(built).is_file() {
            return Some(format!("{built} is not built"));
        }
    }
    None
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Adds the rows of the window.
pub(crate) async fn measure(
    runs: usize,
    folder: &Path,
    earlier: Option<&Path>,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let subjects = [
        SUBJECT_START,
        SUBJECT_MEMORY,
        SUBJECT_TAP,
        SUBJECT_REST,
        SUBJECT_WEBHOOK,
        SUBJECT_SENDING,
        SUBJECT_EARLIER,
    ];
    if !subjects.iter().any(|subject| figures.wants_some(subject)) {
        return Ok(());
    }
    if let Some(why) = missing() {
        figures.leave_out("window", &why);
        return Ok(());
    }
    let gateway = practice_gateway().await?;
    let api_url = gateway.base_url();
    let mut all = vec![
        Program::Baseline,
        Program::Till {
            binary: PROGRAM.into(),
            api_url: api_url.clone(),
            log: None,
            poll_ms: None,
        },
        Program::Practice,
    ];
    let (page, page_requests) = tokio::sync::watch::channel(0);
    match programs::chromium() {
        None => figures.leave_out("window: Chromium", "it is not installed"),
        _ if !Path::new(SITE).join("dev/gallery.html").is_file() => {
            figures.leave_out("window: Chromium", "the gallery is not built");
        }
        Some(binary) => {
            let count = move |path: &str| {
                if path.ends_with(".html") {
                    page.send_modify(|count| *count += 1);
                }
            };
            let site = serve_folder(SITE.into(), count).await?;
            let page = format!("{site}/dev/gallery.html?scene=pad&language=en");
            all.push(Program::Chromium { binary, page });
        }
    }
    let desktop = desktop_with_key(&api_url)?;
    for files in [Files::Warm, Files::Cold] {
        let wanted: Vec<Program> = wanted(&all, |program| {
            figures.wants(SUBJECT_START, &painted_pad(program, files))
        });
        let runs = match files {
            Files::Warm => (runs / 4).max(1),
            Files::Cold => (runs / 10).max(1),
        };
        match files.missing() {
            _ if wanted.is_empty() => {}
            Some(why) => figures.leave_out("window start: cold", &why),
            None => {
                let done = start::measure(&wanted, files, runs, &desktop, figures);
                figures.or_leave_out(&format!("{SUBJECT_START}: {}", files.as_str()), done);
            }
        }
    }
    let with_memory = |when: &str| {
        wanted(&all, |program| {
            figures.wants(SUBJECT_MEMORY, &format!("{}, {when}", program.name()))
        })
    };
    let at_rest = with_memory(memory::AT_REST);
    let with_key = |programs: Vec<Program>| -> Vec<Program> {
        let practice = |program: &Program| matches!(program, Program::Practice);
        programs
            .into_iter()
            .filter(|program| !practice(program))
            .collect()
    };
    let after_sales = with_key(with_memory(memory::AFTER_SALES));
    let after_refreshes = with_key(with_memory(memory::AFTER_REFRESHES));
    let left_out = |when: &str| format!("{SUBJECT_MEMORY}: {when}");
    let starts = (runs / 20).max(1);
    if !at_rest.is_empty() {
        let done = memory::at_rest(&at_rest, starts, &desktop, figures);
        figures.or_leave_out(&left_out(memory::AT_REST), done);
    }
    if !after_sales.is_empty() {
        let sales = runs * 5;
        let done = memory::after_sales(&after_sales, sales, starts, &gateway, &desktop, figures);
        figures.or_leave_out(&left_out(memory::AFTER_SALES), done);
    }
    if !after_refreshes.is_empty() {
        memory::after_refreshes(&after_refreshes, runs * 20, page_requests, figures).await;
    }
    drop(desktop);
    if figures.wants(SUBJECT_REST, "") {
        let other = practice_gateway().await?;
        let api_url = other.base_url();
        let desktop = desktop_with_key(&api_url)?;
        let till = Program::Till {
            binary: PROGRAM.into(),
            api_url,
            log: None,
            poll_ms: None,
        };
        let time = std::time::Duration::from_secs((REST_SECONDS * runs as u64 / 100).max(10));
        let done = rest::measure(time, &till, &other, &desktop, figures);
        figures.or_leave_out(SUBJECT_REST, done);
        other.stop().await;
    }
    if figures.wants(SUBJECT_TAP, "") {
        let desktop = desktop_with_key(&api_url)?;
        let other = practice_gateway().await?;
        let done = tap::measure(runs, &api_url, &gateway, &other, &desktop, figures);
        figures.or_leave_out(SUBJECT_TAP, done);
        other.stop().await;
    }
    if figures.wants(SUBJECT_WEBHOOK, "") {
        let other = practice_gateway().await?;
        let desktop = desktop_with_key(&other.base_url())?;
        let sales = (runs * 3 / 10).max(3);
        let done = webhook::measure(sales, &other, &desktop, figures).await;
        figures.or_leave_out(SUBJECT_WEBHOOK, done);
        other.stop().await;
    }
    if figures.wants(SUBJECT_SENDING, "") {
        let other = practice_gateway().await?;
        let done = sending::measure((runs / 2).max(3), folder, &other, figures).await;
        figures.or_leave_out(SUBJECT_SENDING, done);
        other.stop().await;
    }
    if let Some(earlier) = earlier
        && figures.wants(SUBJECT_EARLIER, "")
    {
        let other = practice_gateway().await?;
        let done = earlier::measure(runs, earlier, &other, figures);
        figures.or_leave_out(SUBJECT_EARLIER, done);
        other.stop().await;
    }
    gateway.stop().await;
    Ok(())
}

async fn practice_gateway() -> Result<ringup_practice::PracticeGateway, Failed> {
    let options = ringup_practice::Options {
        key: Some(KEY.to_owned()),
        ..ringup_practice::Options::default()
    };
    let gateway = ringup_practice::start(options).await;
    gateway.map_err(|error| Failed::Other(error.to_string()))
}

/// The programs whose row is wanted, and those that they are compared with.
fn wanted(all: &[Program], is_wanted: impl Fn(&Program) -> bool) -> Vec<Program> {
    let any = all.iter().any(&is_wanted);
    let peer = |program: &Program| matches!(program, Program::Baseline | Program::Chromium { .. });
    let wanted = all
        .iter()
        .filter(|program| is_wanted(program) || (any && peer(program)));
    wanted.cloned().collect()
}

/// A desktop for one program.
fn desktop_for(program: &Program) -> Result<Desktop, Failed> {
    match program {
        Program::Till { api_url, .. } => desktop_with_key(api_url),
        _ => {
            let (width, height) = SCREEN;
            let mut desktop = Desktop::with_screen(width, height);
            desktop.start_window_manager();
            Ok(desktop)
        }
    }
}

/// A desktop on which the shop's key for this gateway is in the keychain.
fn desktop_with_key(api_url: &str) -> Result<Desktop, Failed> {
    desktop_with_key_by(Path::new(PROGRAM), api_url)
}

/// The same by another build of the till, which may write an older journal.
fn desktop_with_key_by(binary: &Path, api_url: &str) -> Result<Desktop, Failed> {
    use std::io::Write as _;
    use std::process::Stdio;

    let (width, height) = SCREEN;
    let mut desktop = Desktop::with_screen(width, height);
    desktop.start_window_manager();
    let mut set = desktop
        .command(binary)
        .args(["key", "set"])
        .env("RINGUP_API_URL", api_url)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = set.stdin.take() {
        stdin.write_all(KEY.as_bytes())?;
    }
    if !set.wait()?.success() {
        return Err(Failed::Other("the keychain refuses the key".to_owned()));
    }
    Ok(desktop)
}
