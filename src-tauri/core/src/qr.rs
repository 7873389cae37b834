//! The QR of a pay page: dark on white, level M, four modules of quiet around, the address exactly as
//! given (gateway.md, *The QR*). A module is one pixel here; the screen shows it as a whole number of
//! its own, which it alone knows.

use std::io::Cursor;

use base64::Engine as _;
use image::{GrayImage, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

/// Modules of white on every side (ISO/IEC 18004, 6.3.8).
const QUIET_MODULES: u32 = 4;

/// A picture to be enlarged by a whole number, without smoothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct QrImage {
    /// Modules a side, quiet zone included: the picture's width and height in pixels.
    pub modules: u32,
    /// A PNG of one pixel a module.
    pub data_url: String,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum QrError {
    /// The address does not fit a QR.
    #[error("the address does not fit: {0}")]
    TooLong(#[from] qrcode::types::QrError),
    /// The PNG.
    #[error("the picture cannot be made: {0}")]
    Png(#[from] image::ImageError),
}

/// The QR of an address.
///
/// # Errors
/// [`QrError`].
pub fn picture(url: &str) -> Result<QrImage, QrError> {
    let (side, dark) = modules(url)?;
    let across = side + 2 * QUIET_MODULES;
    let picture = GrayImage::from_fn(across, across, |x, y| {
        match (x.checked_sub(QUIET_MODULES), y.checked_sub(QUIET_MODULES)) {
            (Some(x), Some(y)) if dark(x, y) => Luma([0]),
            _ => Luma([255]),
        }
    });
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png)?;
    let png = base64::engine::general_purpose::STANDARD.encode(png.into_inner());
    Ok(QrImage {
        modules: across,
        data_url: format!("data:image/png;base64,{png}"),
    })
}

/// The same for a terminal: two modules a line, black on white by escape codes whatever its colours.
///
/// # Errors
/// [`QrError::TooLong`].
pub fn text(url: &str) -> Result<String, QrError> {
    let (side, dark) = modules(url)?;
    let across = side + 2 * QUIET_MODULES;
    let dark_at =
        |x: u32, y: u32| match (x.checked_sub(QUIET_MODULES), y.checked_sub(QUIET_MODULES)) {
            (Some(x), Some(y)) => dark(x, y),
            _ => false,
        };
    let mut lines = String::new();
    for y in (0..across).step_by(2) {
        lines.push_str("\u{1b}[30;107m");
        for x in 0..across {
            lines.push(match (dark_at(x, y), dark_at(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        lines.push_str("\u{1b}[0m\n");
    }
    Ok(lines)
}

/// Modules a side, and whether one is dark; outside it none is.
fn modules(url: &str) -> Result<(u32, impl Fn(u32, u32) -> bool), QrError> {
    let code = QrCode::with_error_correction_level(url, EcLevel::M)?;
    let width = code.width();
    let colors = code.into_colors();
    let dark = move |x: u32, y: u32| {
        let at = |n: u32| usize::try_from(n).ok().filter(|n| *n < width);
        at(x)
            .zip(at(y))
            .and_then(|(x, y)| colors.get(y * width + x))
            .is_some_and(|color| *color == Color::Dark)
    };
    let side = u32::try_from(width).unwrap_or(u32::MAX / 8);
    Ok((side, dark))
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://pay.cru.cash/invoice/179a4662-a6e0-4129-aeba-04c4c2a8f074";

    fn pixels(picture: &QrImage) -> GrayImage {
        let (_, base64) = picture.data_url.split_once("base64,").expect("a data URL");
        let png = base64::engine::general_purpose::STANDARD
            .decode(base64)
            .expect("base64");
        image::load_from_memory(&png).expect("a PNG").to_luma8()
    }

    #[test]
    fn another_decoder_reads_exactly_the_address() {
        let picture = picture(URL).expect("a QR");
        let enlarged = image::imageops::resize(
            &pixels(&picture),
            picture.modules * 8,
            picture.modules * 8,
            image::imageops::FilterType::Nearest,
        );
        let mut prepared = rqrr::PreparedImage::prepare(enlarged);
        let grids = prepared.detect_grids();
        let (_, text) = grids[0].decode().expect("decodable");
        assert_eq!(text, URL);
    }

    // Decoders forgive a missing quiet zone and near-black on black; telephones may not. The window's
    // tests look at the same on the screen.
    #[test]
    fn it_is_pure_black_on_white_with_four_quiet_modules() {
        let picture = picture(URL).expect("a QR");
        let pixels = pixels(&picture);
        assert_eq!(picture.modules, 37 + 8);
        assert_eq!(pixels.dimensions(), (45, 45));
        for (x, y, Luma([level])) in pixels.enumerate_pixels() {
            assert!(matches!(level, 0 | 255));
            let quiet = |at: u32| !(4..41).contains(&at);
            if quiet(x) || quiet(y) {
                assert_eq!(*level, 255, "quiet zone at {x},{y}");
            }
        }
        // The finder pattern's corner is dark: the polarity is right.
        assert_eq!(pixels.get_pixel(4, 4).0[0], 0);
    }

    #[test]
    fn the_terminals_is_as_wide_as_it_is_high() {
        let text = text(URL).expect("a QR");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 23);
        for line in lines {
            let drawn = line.replace("\u{1b}[30;107m", "").replace("\u{1b}[0m", "");
            assert_eq!(drawn.chars().count(), 45);
        }
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert!(picture(&"x".repeat(5000)).is_err());
    }
}
