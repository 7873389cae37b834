//! From the tap on *Charge* to the QR on the screen, and where the time goes: the till logs when it passes which
//! step (`ringup_core::failpoints`). It is compared with the sum of the steps that no till can do without, each
//! measured alone between the sales: two durable commits, one request over loopback, one QR.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;
use rqrr::PreparedImage;

use super::key_input::KeyInput;
use super::programs::{Program, settled};
use super::screen_capture::{Pixel, ScreenCapture};
use super::till_window::TillWindow;
use super::{KEY, PROGRAM, SCREEN_LOG, SUBJECT_TAP};
use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::spread::Spread;
use ringup_testkit::Desktop;

/// How much longer than the sum of the bare steps it may take.
const AT_MOST: f64 = 1.5;
/// A part of the screen that has not changed for this long is at rest.
const REST: Duration = Duration::from_millis(300);
/// No step takes longer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How long the steps of each tap took.
#[derive(Debug, Default)]
struct Steps {
    all: Vec<Duration>,
    journal: Vec<Duration>,
    http: Vec<Duration>,
    qr: Vec<Duration>,
    /// From the key to the till: the X server, the page, its call on the way.
    key: Vec<Duration>,
    /// From the invoice on the disk to the page's request for the QR: the answer on the way, the page.
    screen: Vec<Duration>,
    paint: Vec<Duration>,
    bare_commits: Vec<Duration>,
    bare_http: Vec<Duration>,
    bare_qr: Vec<Duration>,
    bare_picture: Vec<Duration>,
}

/// A tap.
pub(super) struct Tap {
    at: SystemTime,
    /// Until the QR was painted.
    pub(super) painted: Duration,
}

/// Makes this many sales. `gateway` is the till's; `other` answers the bare requests.
pub(super) fn measure(
    sales: usize,
    api_url: &str,
    gateway: &ringup_practice::PracticeGateway,
    other: &ringup_practice::PracticeGateway,
    desktop: &Desktop,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let mut steps = Steps {
        bare_picture: bare_window(sales, desktop)?,
        ..Steps::default()
    };
    let screen = ScreenCapture::of(desktop)?;
    let program = Program::Till {
        binary: PROGRAM.into(),
        api_url: api_url.to_owned(),
        log: Some(SCREEN_LOG),
        // The till does not poll while a tap is measured, and not long after it.
        poll_ms: Some(800),
    };
    let mut keys = KeyInput::on(desktop)?;
    keys.move_pointer_away()?;
    let (running, empty_pad) = settled(&program, desktop, &screen)?;
    let mut window = TillWindow {
        screen: &screen,
        keys,
        control: gateway.control(),
        empty_pad,
    };
    let mut bare = BareSteps::beside(&desktop.data_dir(), other.port())?;
    // The first sale shows where the QR is on the screen, and does not count.
    let places = find_qr(&mut window)?;
    let mut taps = Vec::new();
    for _ in 0..sales {
        let (tap, url) = measure_tap(&mut window, &places)?;
        taps.push(tap);
        steps.bare_commits.push(bare.commits()?);
        steps.bare_http.push(bare.request()?);
        let begun = Instant::now();
        ringup_core::qr::picture(&url).map_err(|error| Failed::Other(error.to_string()))?;
        steps.bare_qr.push(begun.elapsed());
    }
    running.end()?;
    let points = logged_points(&desktop.data_dir().join("logs"))?;
    for tap in &taps {
        steps.add(tap, &points)?;
    }
    add_rows(&steps, figures);
    Ok(())
}

/// Makes a sale; returns the places of its QR among those that a capture reads.
pub(super) fn find_qr(window: &mut TillWindow<'_>) -> Result<Vec<usize>, Failed> {
    let begun = Instant::now();
    window.keys.type_keys("1250")?;
    window.keys.press("Return")?;
    let id = window.open_invoice(begun)?;
    let bounds = loop {
        std::thread::sleep(REST);
        if let Some(bounds) = qr_in(window.screen)? {
            break bounds;
        }
        if begun.elapsed() > TIMEOUT {
            return Err(Failed::Other("no QR can be read on the screen".to_owned()));
        }
    };
    window.pay(&id, begun)?;
    Ok(window.screen.places_in(bounds))
}

/// Left, top, right, bottom of the QR on the screen.
fn qr_in(screen: &ScreenCapture) -> Result<Option<[usize; 4]>, Failed> {
    let all = screen.capture_all()?;
    let (width, height) = screen.size();
    let mut image = PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        let pixel = all.pixels().get(y * screen.line_pixels() + x);
        pixel.map_or(0, |[_, green, ..]| *green)
    });
    let grid = image.detect_grids().into_iter().next();
    Ok(grid.map(|grid| {
        let side = |of: fn(&rqrr::Point) -> i32| {
            let sides = grid.bounds.iter().map(of);
            let side = |side: Option<i32>| usize::try_from(side.unwrap_or(0)).unwrap_or(0);
            (side(sides.clone().min()), side(sides.max()))
        };
        let ((left, right), (top, bottom)) = (side(|point| point.x), side(|point| point.y));
        [left, top, right, bottom]
    }))
}

/// Makes one sale; measures from the tap to the moment after which the QR did not change any more. Returns its URL
/// too.
pub(super) fn measure_tap(
    window: &mut TillWindow<'_>,
    places: &[usize],
) -> Result<(Tap, String), Failed> {
    window.keys.type_keys("1250")?;
    let at = SystemTime::now();
    let begun = window.keys.press("Return")?;
    let (mut last, mut painted) = (Vec::new(), begun.elapsed());
    while begun.elapsed() < painted + REST || !is_black_and_white(&last) {
        let capture = window.screen.capture()?;
        let now: Vec<Pixel> = places
            .iter()
            .filter_map(|place| capture.pixels().get(*place).copied())
            .collect();
        if last != now {
            (last, painted) = (now, begun.elapsed());
        }
        if begun.elapsed() > TIMEOUT {
            return Err(Failed::Other("the tap brings no QR".to_owned()));
        }
        std::thread::sleep(Duration::from_micros(500));
    }
    let id = window.open_invoice(begun)?;
    let invoice = window.control.invoice(&id);
    let url = invoice
        .map_err(|error| Failed::Other(error.to_string()))?
        .pay_url;
    window.pay(&id, begun)?;
    Ok((Tap { at, painted }, url))
}

/// Whether these are the pixels of a QR, and not of what was there before.
fn is_black_and_white(pixels: &[Pixel]) -> bool {
    let plain = |pixel: &Pixel| matches!(pixel, [0, 0, 0, _] | [255, 255, 255, _]);
    !pixels.is_empty() && pixels.iter().all(plain)
}

/// Measures the bare window: from a key to a picture that was hidden.
fn bare_window(times: usize, desktop: &Desktop) -> Result<Vec<Duration>, Failed> {
    let screen = ScreenCapture::of(desktop)?;
    let mut keys = KeyInput::on(desktop)?;
    keys.move_pointer_away()?;
    let (running, hidden) = settled(&Program::Baseline, desktop, &screen)?;
    let mut took = Vec::new();
    for _ in 0..times {
        let before = screen.capture()?;
        let begun = keys.press("space")?;
        let mut shown = None;
        // The picture comes in one frame or several; the last one counts.
        let (mut last, mut since) = (before, Instant::now());
        while shown.is_none() || since.elapsed() < Duration::from_millis(100) {
            if begun.elapsed() > TIMEOUT {
                return Err(Failed::Other("the bare window ignores the key".to_owned()));
            }
            let now = screen.capture()?;
            if now != last {
                (last, since) = (now, Instant::now());
                shown = Some(begun.elapsed());
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        took.extend(shown);
        keys.press("space")?;
        let begun = Instant::now();
        while !hidden.is_in(&screen.capture()?) {
            if begun.elapsed() > TIMEOUT {
                return Err(Failed::Other(
                    "the bare window keeps its picture".to_owned(),
                ));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
    running.end()?;
    Ok(took)
}

/// The steps that no till can do without, each alone.
struct BareSteps {
    file: rusqlite::Connection,
    gateway: BufReader<TcpStream>,
}

impl BareSteps {
    /// On the till's disk, with the till's own durability.
    fn beside(folder: &Path, port: u16) -> Result<Self, Failed> {
        let file = rusqlite::Connection::open(folder.join("bare.sqlite"))?;
        file.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE entry (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;",
        )?;
        let gateway = TcpStream::connect(("127.0.0.1", port))?;
        gateway.set_nodelay(true)?;
        let gateway = BufReader::new(gateway);
        Ok(Self { file, gateway })
    }

    /// Makes two commits of one row each, as long as an entry.
    fn commits(&mut self) -> Result<Duration, Failed> {
        let body = "x".repeat(400);
        let begun = Instant::now();
        for _ in 0..2 {
            let mut insert = self
                .file
                .prepare_cached("INSERT INTO entry (body) VALUES (?1)")?;
            insert.execute([&body])?;
        }
        Ok(begun.elapsed())
    }

    /// Makes one request for an invoice, on a connection that is open already.
    fn request(&mut self) -> Result<Duration, Failed> {
        let body = r#"{"lifetime":15,"amount":"12.50","currency":"EUR"}"#;
        let request = format!(
            "POST /v1/invoice/create HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {KEY}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let begun = Instant::now();
        self.gateway.get_mut().write_all(request.as_bytes())?;
        let mut length = 0;
        let mut first = String::new();
        self.gateway.read_line(&mut first)?;
        loop {
            let mut line = String::new();
            self.gateway.read_line(&mut line)?;
            let line = line.trim().to_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut answer = vec![0; length];
        self.gateway.read_exact(&mut answer)?;
        let took = begun.elapsed();
        if !first.contains(" 200 ") && !first.contains(" 201 ") {
            return Err(Failed::Other(format!("the gateway answers {first}")));
        }
        Ok(took)
    }
}

/// The steps in the till's log: when each was passed, and its name.
pub(super) fn logged_points(logs: &Path) -> Result<Vec<(SystemTime, String)>, Failed> {
    let mut points = Vec::new();
    for file in std::fs::read_dir(logs)? {
        for line in std::fs::read_to_string(file?.path())?.lines() {
            let Some((_, point)) = line.split_once("point=") else {
                continue;
            };
            let moment = line.split_whitespace().next().unwrap_or_default();
            if let Ok(moment) = moment.parse::<Timestamp>() {
                points.push((SystemTime::from(moment), point.trim().to_owned()));
            }
        }
    }
    points.sort();
    Ok(points)
}

impl Steps {
    /// Adds the steps of one tap.
    fn add(&mut self, tap: &Tap, points: &[(SystemTime, String)]) -> Result<(), Failed> {
        let end = tap.at + tap.painted;
        let at = |name: &str| {
            let mut mine = points.iter().filter(|(at, _)| (tap.at..=end).contains(at));
            let found = mine.find(|(_, point)| point == name);
            let missing = || Failed::Other(format!("the till's log has no {name}"));
            found.map(|(at, _)| *at).ok_or_else(missing)
        };
        let between =
            |from: SystemTime, to: SystemTime| to.duration_since(from).unwrap_or_default();
        let (asked, committed) = (at("ChargeAsked")?, at("SaleCommitted")?);
        let (answered, written) = (at("CreateAnswered")?, at("InvoiceJournaled")?);
        let (qr_asked, qr_made) = (at("QrAsked")?, at("QrMade")?);
        self.journal
            .push(between(asked, committed) + between(answered, written));
        self.http.push(between(committed, answered));
        self.qr.push(between(qr_asked, qr_made));
        self.key.push(between(tap.at, asked));
        self.screen.push(between(written, qr_asked));
        self.paint.push(between(qr_made, end));
        self.all.push(tap.painted);
        Ok(())
    }
}

fn add_rows(steps: &Steps, figures: &mut Figures) {
    let spread = |times: &[Duration]| Spread::of(times.to_vec());
    let median = |times: &[Duration]| spread(times).p50_ms;
    let sum = median(&steps.bare_commits) + median(&steps.bare_http) + median(&steps.bare_qr);
    let with_picture = sum + median(&steps.bare_picture);
    let mut add = |what: &str, times: &[Duration], peer: Option<(&str, f64)>, target: bool| {
        let of = spread(times);
        let target = peer.filter(|_| target).map(|(name, peer)| {
            let ratio = of.p50_ms / peer;
            Target {
                what: format!("at most {AT_MOST:.2} of {name}, is {ratio:.2}"),
                met: ratio <= AT_MOST,
            }
        });
        figures.add(Row {
            peer: peer.map(|(name, _)| name.to_owned()),
            peer_median: peer.map(|(_, peer)| peer),
            target,
            ..Row::timed(SUBJECT_TAP, what, 0, &of)
        });
    };
    let commits = median(&steps.bare_commits);
    let request = median(&steps.bare_http);
    let qr = median(&steps.bare_qr);
    let picture = median(&steps.bare_picture);
    add(
        "the painted QR",
        &steps.all,
        Some(("the bare parts", sum)),
        true,
    );
    add(
        "the painted QR, a painted picture among the parts",
        &steps.all,
        Some(("the bare parts", with_picture)),
        true,
    );
    let two = Some(("two bare commits", commits));
    add(
        "of it the journal's two commits",
        &steps.journal,
        two,
        false,
    );
    let one = Some(("a bare request", request));
    add("of it the gateway's answer", &steps.http, one, false);
    add("of it the QR", &steps.qr, Some(("a bare QR", qr)), false);
    add(
        "of it the key, until the till is asked",
        &steps.key,
        None,
        false,
    );
    let what = "of it the answer, until the QR is asked for";
    add(what, &steps.screen, None, false);
    let bare = Some(("the bare window, key to picture", picture));
    add("of it the page and its paint", &steps.paint, bare, false);
}
