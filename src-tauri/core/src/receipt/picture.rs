//! A receipt as a picture: black on white, for screens and files with half as many pixels again as a receipt printer has
//! dots, and for a printer in its own dots.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};

use super::ReceiptError;
use super::font::font;
use super::row::{Bars, Row, TextStyle};
use crate::settings::Paper;

/// The measures of a picture, pixels.
struct Measures {
    /// Width of a regular letter's cell.
    cell_width: u32,
    /// Height of a regular row.
    cell_height: u32,
    /// From the top of a cell to the line that letters stand on.
    baseline: i32,
    /// The font size at which a letter is as wide as its cell.
    font_size: u16,
    /// White margin on every side.
    margin: u32,
}

/// For screens and files.
const FILE: Measures = Measures {
    cell_width: 18,
    cell_height: 36,
    baseline: 27,
    font_size: 30,
    margin: 36,
};

/// For a receipt printer, whose own letters are 12 dots wide. Its margins are the paper's.
const PRINTER: Measures = Measures {
    cell_width: 12,
    cell_height: 28,
    baseline: 20,
    font_size: 20,
    margin: 0,
};

/// White beside a barcode, left and right together, in modules (GS1 General Specifications, EAN-13: 11 and 7).
const QUIET_MODULES: u32 = 22;

/// How dark a pixel must be to become a printed dot: 0 is black, 255 white.
const DOT_THRESHOLD: u8 = 175;

/// Draws rows that were laid out with [`super::Charset::Font`] as a PNG.
///
/// # Errors
/// [`ReceiptError::Font`], [`ReceiptError::Picture`].
pub fn png(rows: &[Row], paper: Paper) -> Result<Vec<u8>, ReceiptError> {
    let mut file = Cursor::new(Vec::new());
    draw(rows, paper, &FILE)?.write_to(&mut file, ImageFormat::Png)?;
    Ok(file.into_inner())
}

/// Draws rows that were laid out with [`super::Charset::Font`] as the dots of a receipt printer: line by line, eight
/// dots a byte, the leftmost in the highest bit, 1 is black.
///
/// # Errors
/// [`ReceiptError::Font`].
pub(super) fn dots(rows: &[Row], paper: Paper) -> Result<Vec<Vec<u8>>, ReceiptError> {
    let picture = draw(rows, paper, &PRINTER)?;
    let lines = picture.rows().map(|line| {
        let black: Vec<bool> = line.map(|Luma([gray])| *gray < DOT_THRESHOLD).collect();
        let bytes = black.chunks(8).map(|dots| {
            let dots = dots.iter().zip((0..8).rev());
            dots.fold(0, |byte, (dot, bit)| byte | (u8::from(*dot) << bit))
        });
        bytes.collect()
    });
    Ok(lines.collect())
}

fn draw(rows: &[Row], paper: Paper, measures: &Measures) -> Result<GrayImage, ReceiptError> {
    let columns = u32::try_from(paper.columns()).unwrap_or(u32::MAX);
    let margin = measures.margin;
    let (width, height) = (
        columns * measures.cell_width + 2 * margin,
        rows.iter().map(|row| measures.height(row)).sum::<u32>() + 2 * margin,
    );
    let mut picture = GrayImage::from_pixel(width, height, Luma([255]));
    let mut top = margin;
    for row in rows {
        match row {
            Row::Blank => {}
            Row::Rule => {
                for x in margin..width - margin {
                    for y in [0, 1] {
                        picture.put_pixel(x, top + measures.cell_height / 2 + y, Luma([0]));
                    }
                }
            }
            Row::Text { text, style } => draw_text(&mut picture, top, text, *style, measures)?,
            Row::Bars(bars) => draw_bars(&mut picture, top, measures.height(row), bars),
        }
        top += measures.height(row);
    }
    Ok(picture)
}

/// As wide as whole pixels allow, with the white on both sides that scanners need.
fn draw_bars(picture: &mut GrayImage, top: u32, height: u32, Bars(modules): &Bars) {
    let count = u32::try_from(modules.len()).unwrap_or(u32::MAX);
    let module = (picture.width() / count.saturating_add(QUIET_MODULES).max(1)).clamp(1, 4);
    let left = picture.width().saturating_sub(module.saturating_mul(count)) / 2;
    for (place, _) in (0..).zip(modules).filter(|(_, is_black)| **is_black) {
        for x in 0..module {
            for y in 0..height {
                if let Some(pixel) =
                    picture.get_pixel_mut_checked(left + place * module + x, top + y)
                {
                    *pixel = Luma([0]);
                }
            }
        }
    }
}

impl Measures {
    fn height(&self, row: &Row) -> u32 {
        self.cell_height * u32::from(row.height())
    }
}

fn draw_text(
    picture: &mut GrayImage,
    top: u32,
    text: &str,
    style: TextStyle,
    measures: &Measures,
) -> Result<(), ReceiptError> {
    let font = font(style.is_bold())?;
    let scale = u16::from(style.scale());
    let mut left = measures.margin;
    for c in text.chars() {
        let (metrics, grays) = font.rasterize(c, (measures.font_size * scale).into());
        // A few dozen pixels: the conversions cannot fail.
        let position = |start: u32, offset: i32, step: usize| {
            i64::from(start) + i64::from(offset) + i64::try_from(step).unwrap_or_default()
        };
        let height = i32::try_from(metrics.height).unwrap_or_default();
        let offset = measures.baseline * i32::from(scale) - height - metrics.ymin;
        for (row, line) in grays.chunks(metrics.width.max(1)).enumerate() {
            for (column, gray) in line.iter().enumerate() {
                let (x, y) = (
                    position(left, metrics.xmin, column),
                    position(top, offset, row),
                );
                if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
                    && let Some(pixel) = picture.get_pixel_mut_checked(x, y)
                {
                    let Luma([under]) = *pixel;
                    *pixel = Luma([under.saturating_sub(*gray)]);
                }
            }
        }
        left += measures.cell_width * u32::from(scale);
    }
    Ok(())
}
