//! A receipt as a picture: black on white, twice as fine as a printer's dots.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};

use super::ReceiptError;
use super::font::font;
use super::row::Row;
use crate::settings::Paper;

/// A letter's place, pixels.
const CELL_WIDTH: u32 = 18;
const CELL_HEIGHT: u32 = 36;
/// From the top of its place to the line that letters stand on.
const BASELINE: i32 = 27;
/// The size at which a letter of this font is as wide as its place.
const FONT_SIZE: u16 = 30;
/// White around.
const MARGIN: u32 = 36;

/// Draws rows that were laid out with [`super::Charset::Font`]: PNG.
///
/// # Errors
/// [`ReceiptError`].
pub fn png(rows: &[Row], paper: Paper) -> Result<Vec<u8>, ReceiptError> {
    let columns = u32::try_from(paper.columns()).unwrap_or(u32::MAX);
    let (width, height) = (
        columns * CELL_WIDTH + 2 * MARGIN,
        rows.iter().map(height_of).sum::<u32>() + 2 * MARGIN,
    );
    let mut picture = GrayImage::from_pixel(width, height, Luma([255]));
    let mut top = MARGIN;
    for row in rows {
        match row {
            Row::Blank => {}
            Row::Rule => {
                for x in MARGIN..width - MARGIN {
                    for y in [0, 1] {
                        picture.put_pixel(x, top + CELL_HEIGHT / 2 + y, Luma([0]));
                    }
                }
            }
            Row::Text { text, bold, big } => text_at(&mut picture, top, text, *bold, *big)?,
        }
        top += height_of(row);
    }
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png)?;
    Ok(file.into_inner())
}

fn height_of(row: &Row) -> u32 {
    match row {
        Row::Text { big: true, .. } => 2 * CELL_HEIGHT,
        _ => CELL_HEIGHT,
    }
}

fn text_at(
    picture: &mut GrayImage,
    top: u32,
    text: &str,
    bold: bool,
    big: bool,
) -> Result<(), ReceiptError> {
    let font = font(bold)?;
    let times: u16 = if big { 2 } else { 1 };
    let mut left = MARGIN;
    for c in text.chars() {
        let (metrics, grays) = font.rasterize(c, (FONT_SIZE * times).into());
        // Both are a few dozen pixels.
        let place = |start: u32, offset: i32, step: usize| {
            i64::from(start) + i64::from(offset) + i64::try_from(step).unwrap_or_default()
        };
        let high = i32::try_from(metrics.height).unwrap_or_default();
        let above = BASELINE * i32::from(times) - high - metrics.ymin;
        for (row, line) in grays.chunks(metrics.width.max(1)).enumerate() {
            for (column, gray) in line.iter().enumerate() {
                let (x, y) = (place(left, metrics.xmin, column), place(top, above, row));
                if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
                    && let Some(pixel) = picture.get_pixel_mut_checked(x, y)
                {
                    let Luma([under]) = *pixel;
                    *pixel = Luma([under.saturating_sub(*gray)]);
                }
            }
        }
        left += CELL_WIDTH * u32::from(times);
    }
    Ok(())
}
