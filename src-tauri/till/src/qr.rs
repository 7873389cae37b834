//! The QR of a pay page: dark on white, level M, four modules of quiet around, whole pixels for each
//! module, the address exactly as given (gateway.md, *The QR*).

use std::io::Cursor;

use base64::Engine as _;
use image::{GrayImage, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

/// Modules of white on every side (ISO/IEC 18004, 6.3.8).
const QUIET_MODULES: u32 = 4;
/// No screen at a counter is larger.
const LARGEST_BOX_PX: u32 = 4096;

/// A picture to be shown pixel for pixel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct QrImage {
    /// Width and height in device pixels, quiet zone included.
    pub size_px: u32,
    /// A PNG.
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

/// The largest picture within a box of `box_px` device pixels; one pixel a module when even that
/// does not fit.
///
/// # Errors
/// [`QrError`].
pub fn picture(url: &str, box_px: u32) -> Result<QrImage, QrError> {
    let (side, dark) = modules(url)?;
    let across = side + 2 * QUIET_MODULES;
    let scale = (box_px.min(LARGEST_BOX_PX) / across).max(1);
    let size_px = across * scale;
    let picture = GrayImage::from_fn(size_px, size_px, |x, y| {
        let module = |px: u32| (px / scale).checked_sub(QUIET_MODULES);
        match (module(x), module(y)) {
            (Some(x), Some(y)) if dark(x, y) => Luma([0]),
            _ => Luma([255]),
        }
    });
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png)?;
    let png = base64::engine::general_purpose::STANDARD.encode(png.into_inner());
    Ok(QrImage {
        size_px,
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
        for box_px in [45, 360, 500, 1080] {
            let picture = picture(URL, box_px).expect("a QR");
            assert!(picture.size_px <= box_px);
            let mut prepared = rqrr::PreparedImage::prepare(pixels(&picture));
            let grids = prepared.detect_grids();
            let (_, text) = grids[0].decode().expect("decodable");
            assert_eq!(text, URL);
        }
    }

    // Decoders forgive a missing quiet zone and near-black on black; telephones may not.
    #[test]
    fn it_is_pure_black_on_white_with_four_quiet_modules_and_whole_pixels() {
        let picture = picture(URL, 500).expect("a QR");
        let pixels = pixels(&picture);
        let across = 37 + 8;
        assert_eq!(picture.size_px % across, 0);
        let scale = picture.size_px / across;
        assert_eq!(scale, 11);
        for (x, y, Luma([level])) in pixels.enumerate_pixels() {
            assert!(matches!(level, 0 | 255));
            let quiet = |px: u32| px < 4 * scale || px >= (across - 4) * scale;
            if quiet(x) || quiet(y) {
                assert_eq!(*level, 255, "quiet zone at {x},{y}");
            }
            let corner = pixels.get_pixel(x / scale * scale, y / scale * scale);
            assert_eq!(*level, corner.0[0], "module of {x},{y} is one colour");
        }
        // The finder pattern's corner module is dark: the polarity is right.
        assert_eq!(pixels.get_pixel(4 * scale, 4 * scale).0[0], 0);
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
        assert!(picture(&"x".repeat(5000), 400).is_err());
    }
}
