//! The QR code of a pay page: dark on white, error correction M, a quiet zone of four modules, the address exactly as
//! given (docs/gateway.md, *The QR*). A module is one pixel here, because only the screen knows by which whole number
//! it can enlarge it.

use std::io::Cursor;

use base64::Engine as _;
use image::{ImageFormat, Luma};
use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};
use serde::Serialize;

/// A picture to be enlarged by a whole number, without smoothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct QrImage {
    /// Width and height of the picture in pixels: one for each module, quiet zone included.
    pub modules: u32,
    /// The PNG as a `data:` URL.
    pub data_url: String,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum QrError {
    /// The address does not fit a QR code.
    #[error("the address does not fit: {0}")]
    TooLong(#[from] qrcode::types::QrError),
    /// The PNG cannot be encoded.
    #[error("the picture cannot be made: {0}")]
    Png(#[from] image::ImageError),
}

/// The QR code of an address as a picture.
///
/// # Errors
/// [`QrError::TooLong`], [`QrError::Png`].
pub fn picture(url: &str) -> Result<QrImage, QrError> {
    // The renderer draws the quiet zone of four modules that ISO/IEC 18004 (6.3.8) asks for.
    let picture = encode(url)?
        .render::<Luma<u8>>()
        .module_dimensions(1, 1)
        .build();
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png)?;
    let png = base64::engine::general_purpose::STANDARD.encode(png.into_inner());
    Ok(QrImage {
        modules: picture.width(),
        data_url: format!("data:image/png;base64,{png}"),
    })
}

/// The QR code of an address for a terminal: two rows of modules a line, black on white by escape codes whatever the
/// terminal's own colours are.
///
/// # Errors
/// [`QrError::TooLong`].
pub fn text(url: &str) -> Result<String, QrError> {
    let code = encode(url)?;
    let drawn = code.render::<Dense1x2>().module_dimensions(1, 1).build();
    Ok(drawn
        .lines()
        .map(|line| format!("\u{1b}[30;107m{line}\u{1b}[0m\n"))
        .collect())
}

fn encode(url: &str) -> Result<QrCode, QrError> {
    Ok(QrCode::with_error_correction_level(url, EcLevel::M)?)
}

#[cfg(test)]
mod tests {
    use image::GrayImage;

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
    fn the_terminals_drawing_is_as_wide_as_it_is_high() {
        let text = text(URL).expect("a QR");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 23);
        for line in lines {
            let drawn = line.replace("\u{1b}[30;107m", "").replace("\u{1b}[0m", "");
            assert_eq!(drawn.chars().count(), 45);
        }
        // Below two rows of quiet zone each: the corner of a finder pattern.
        let corner: Vec<char> = text
            .lines()
            .nth(2)
            .expect("a line")
            .chars()
            .skip(13)
            .take(3)
            .collect();
        assert_eq!(corner, ['█', '▀', '▀']);
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert!(picture(&"x".repeat(5000)).is_err());
    }
}
