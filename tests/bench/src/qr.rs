//! The QR of a pay page, made by the till, by the C library that most programs use, and by another crate: the same URL
//! with error correction M, in turns.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use qrcode::{EcLevel, QrCode};

use crate::Failed;
use crate::figures::{Figures, Row};
use crate::spread::places;

const SUBJECT: &str = "QR";
/// A pay page as the gateway names it.
const URL: &str = "https://pay.cru.cash/invoice/179a4662-a6e0-4129-aeba-04c4c2a8f074";
/// How many are made between two readings of the clock.
const AT_ONCE: u32 = 100;

/// A small C program that calls the library: linked into this program it would need unsafe code.
const LIBRARY: &str = include_str!("qrencode.c");

pub(crate) fn measure(folder: &Path, runs: usize, figures: &mut Figures) -> Result<(), Failed> {
    if !figures.wants_some(SUBJECT) {
        return Ok(());
    }
    let library = match library(folder) {
        Ok(library) => Some(library),
        Err(why) => {
            figures.leave_out("QR: beside libqrencode", &why);
            None
        }
    };
    let mut rates: [Vec<f64>; 4] = Default::default();
    let [modules, pictures, other, c] = &mut rates;
    for _ in 0..runs.max(1) {
        modules.push(rate(|| {
            black_box(QrCode::with_error_correction_level(
                black_box(URL),
                EcLevel::M,
            )?);
            Ok(())
        })?);
        pictures.push(rate(|| {
            black_box(ringup_core::qr::picture(black_box(URL))?);
            Ok(())
        })?);
        other.push(rate(|| {
            let made = fast_qr::QRBuilder::new(black_box(URL))
                .ecl(fast_qr::ECL::M)
                .build();
            black_box(made.map_err(|error| Failed::Other(format!("fast_qr: {error:?}")))?);
            Ok(())
        })?);
        if let Some(library) = &library {
            c.push(rate_of_library(library)?);
        }
    }
    for times in &mut rates {
        times.sort_by(f64::total_cmp);
    }
    let [modules, pictures, other, c] = &rates;
    for (what, made) in [
        ("modules", modules),
        ("the picture that the window shows", pictures),
    ] {
        for (peer, theirs) in [("libqrencode", c), ("fast_qr", other)] {
            if theirs.is_empty() {
                continue;
            }
            // These are rates: the slowest run has the lowest.
            let (median, _) = places(made);
            figures.add(Row {
                subject: SUBJECT,
                what: what.to_owned(),
                runs: made.len(),
                unit: "QR/s",
                median,
                p95: made.get(made.len() / 20).copied(),
                peer: Some(peer.to_owned()),
                peer_median: Some(places(theirs).0),
                ..Row::default()
            });
        }
    }
    Ok(())
}

/// QRs per second.
fn rate(mut make: impl FnMut() -> Result<(), Failed>) -> Result<f64, Failed> {
    let begun = Instant::now();
    for _ in 0..AT_ONCE {
        make()?;
    }
    Ok(per_second(begun.elapsed()))
}

fn per_second(took: Duration) -> f64 {
    f64::from(AT_ONCE) / took.as_secs_f64()
}

/// The program prints how long the making took, without its own start.
fn rate_of_library(program: &Path) -> Result<f64, Failed> {
    let output = Command::new(program)
        .args([URL, &AT_ONCE.to_string()])
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let ns: u64 = said
        .trim()
        .parse()
        .map_err(|error| Failed::Other(format!("libqrencode said {said:?}: {error}")))?;
    Ok(per_second(Duration::from_nanos(ns)))
}

/// Compiles the program.
fn library(folder: &Path) -> Result<PathBuf, String> {
    let (source, program) = (folder.join("qrencode.c"), folder.join("qrencode"));
    std::fs::write(&source, LIBRARY).map_err(|error| error.to_string())?;
    let output = Command::new("cc")
        .args(["-O2", "-o"])
        .args([&program, &source])
        .arg("-lqrencode")
        .output()
        .map_err(|error| format!("no C compiler: {error}"))?;
    if output.status.success() {
        // A path, so that no program of this name on `PATH` is started.
        std::path::absolute(&program).map_err(|error| error.to_string())
    } else {
        Err("its headers are not installed (libqrencode-dev)".to_owned())
    }
}
