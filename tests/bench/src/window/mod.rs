//! The real window, on a screen and a desktop of its own: how long until its pad can be seen, what it has
//! in memory, how long from a tap to the QR. Beside it the bare window of the same shell, which is the
//! floor, and Chromium in kiosk mode with the same screens.
//!
//! * `eye` sees what stands on the screen; `programs` starts, counts and ends what is measured.
//! * `start`, `memory` add their rows.

mod counter;
#[path = "../../../desktop/mod.rs"]
#[expect(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "the tests' desktop: a bench needs few of its sides, and ends where it cannot be had"
)]
pub(crate) mod desktop;
mod driven;
mod eye;
mod hand;
mod memory;
mod programs;
#[path = "../../../gallery/src/site.rs"]
mod site;
mod start;
mod tap;

use std::path::{Path, PathBuf};

use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::spread::Spread;
use desktop::Desktop;
use programs::Program;
use start::Files;

/// The till as it ships.
pub(crate) const PROGRAM: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/release/ringup");
/// The gallery, built: the pad with a till that is played.
const SITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/gallery-site");
/// Larger than the window of 1280 × 800 with its frame.
const SCREEN: (u32, u32) = (1400, 900);
/// Opens nothing but the practice gateway that this program starts.
const KEY: &str = "bench-key-0001";

const SUBJECT_START: &str = "window start";
const SUBJECT_MEMORY: &str = "window memory";
const SUBJECT_TAP: &str = "window tap";

/// Each of them beside the bare window, and the till beside Chromium.
fn pairs<T: Clone>(lanes: &[(&Program, T)]) -> Vec<(LaneOf<T>, LaneOf<T>)> {
    let named = |wanted: &str| {
        let found = lanes.iter().find(|(program, _)| program.name() == wanted);
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

type LaneOf<T> = (Program, T);

fn painted_pad(program: &Program, files: Files) -> String {
    format!("{}, painted pad, {}", program.name(), files.as_str())
}

fn beside(
    subject: &'static str,
    what: String,
    of: LaneOf<Spread>,
    peer: LaneOf<Spread>,
    target: Option<Target>,
) -> Row {
    Row {
        subject,
        what,
        sales: 0,
        runs: of.1.runs,
        unit: "ms",
        median: of.1.p50_ms,
        p95: Some(of.1.p95_ms),
        peer: Some(peer.0.name().to_owned()),
        peer_median: Some(peer.1.p50_ms),
        peer_with_start: None,
        target,
    }
}

/// What a row of the window needs that is not here.
fn missing() -> Option<String> {
    for program in ["Xvfb", "openbox", "dbus-daemon", "gnome-keyring-daemon"] {
        if !is_installed(program) {
            return Some(format!("{program} is not installed"));
        }
    }
    for built in [PathBuf::from(PROGRAM), programs::bare()] {
        if !built.is_file() {
            return Some(format!("{} is not built", built.display()));
        }
    }
    None
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Adds the rows of the window.
pub(crate) async fn measure(runs: usize, figures: &mut Figures) -> Result<(), Failed> {
    let subjects = [SUBJECT_START, SUBJECT_MEMORY, SUBJECT_TAP];
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
        Program::Bare,
        Program::Till {
            api_url: api_url.clone(),
            log: None,
            pace_ms: None,
        },
        Program::Practice,
    ];
    let (page, page_asked) = tokio::sync::watch::channel(0);
    let count = move |path: &str| {
        if path.ends_with(".html") {
            page.send_modify(|count| *count += 1);
        }
    };
    match (programs::chromium(), site::serve(SITE.into(), count).await) {
        (Some(binary), Ok(site)) => all.push(Program::Chromium {
            binary,
            page: format!("{site}/dev/gallery.html?scene=pad&language=en"),
        }),
        (None, _) => figures.leave_out("window: Chromium", "it is not installed"),
        (_, Err(error)) => figures.leave_out("window: Chromium", &error.to_string()),
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
    let remembers = |when: &str| {
        wanted(&all, |program| {
            figures.wants(SUBJECT_MEMORY, &format!("{}, {when}", program.name()))
        })
    };
    let at_rest = remembers(memory::AT_REST);
    let with_key = |programs: Vec<Program>| -> Vec<Program> {
        let practice = |program: &Program| matches!(program, Program::Practice);
        programs
            .into_iter()
            .filter(|program| !practice(program))
            .collect()
    };
    let after_sales = with_key(remembers(memory::AFTER_SALES));
    let after_refreshes = with_key(remembers(memory::AFTER_REFRESHES));
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
        memory::after_refreshes(&after_refreshes, runs * 20, page_asked, figures).await;
    }
    drop(desktop);
    if figures.wants(SUBJECT_TAP, "") {
        let desktop = desktop_with_key(&api_url)?;
        let other = practice_gateway().await?;
        let done = tap::measure(runs, &api_url, &gateway, &other, &desktop, figures);
        figures.or_leave_out(SUBJECT_TAP, done);
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

/// Those whose row is wanted, and their peers.
fn wanted(all: &[Program], is_wanted: impl Fn(&Program) -> bool) -> Vec<Program> {
    let any = all.iter().any(&is_wanted);
    let peer = |program: &Program| matches!(program, Program::Bare | Program::Chromium { .. });
    let wanted = all
        .iter()
        .filter(|program| is_wanted(program) || (any && peer(program)));
    wanted.cloned().collect()
}

/// A desktop for this program alone.
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
    use std::io::Write as _;
    use std::process::Stdio;

    let (width, height) = SCREEN;
    let mut desktop = Desktop::with_screen(width, height);
    desktop.start_window_manager();
    let mut set = desktop
        .ringup()
        .args(["key", "set"])
        .env("RINGUP_API_URL", api_url)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = set.stdin.take() {
        stdin.write_all(KEY.as_bytes())?;
    }
    if !set.wait()?.success() {
        return Err(Failed::Other("the keychain takes no key".to_owned()));
    }
    Ok(desktop)
}

/// Where the screen's pixels are.
fn screen_file(desktop: &Desktop) -> PathBuf {
    Path::new(desktop.folder()).join("Xvfb_screen0")
}
