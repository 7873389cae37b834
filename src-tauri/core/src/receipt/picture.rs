//! A receipt as a picture: black on white, with twice the resolution of a receipt printer.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};

use super::ReceiptError;
use super::font::font;
use super::row::{Row, TextStyle};
use crate::settings::Paper;

/// Width of a regular letter's cell, pixels.
const CELL_WIDTH: u32 = 18;
/// Height of a regular row, pixels.
const CELL_HEIGHT: u32 = 36;
/// From the top of a cell to the line that letters stand on, pixels.
const BASELINE: i32 = 27;
/// The font size at which a letter is as wide as its cell.
const FONT_SIZE: u16 = 30;
/// White margin on every side, pixels.
const MARGIN: u32 = 36;

/// Draws rows that were laid out with [`super::Charset::Font`] as a PNG.
///
/// # Errors
/// [`ReceiptError::Font`], [`ReceiptError::Picture`].
pub fn png(rows: &[Row], paper: Paper) -> Result<Vec<u8>, ReceiptError> {
    let columns = u32::try_from(paper.columns()).unwrap_or(u32::MAX);
    let (width, height) = (
        columns * CELL_WIDTH + 2 * MARGIN,
        rows.iter().map(pixel_height).sum::<u32>() + 2 * MARGIN,
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
            Row::Text { text, style } => draw_text(&mut picture, top, text, *style)?,
        }
        top += pixel_height(row);
    }
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png)?;
    Ok(file.into_inner())
}

fn pixel_height(row: &Row) -> u32 {
    CELL_HEIGHT * u32::from(row.height())
}

fn draw_text(
    picture: &mut GrayImage,
    top: u32,
    text: &str,
    style: TextStyle,
) -> Result<(), ReceiptError> {
    let font = font(style.is_bold())?;
    let scale = u16::from(style.scale());
    let mut left = MARGIN;
    for c in text.chars() {
        let (metrics, grays) = font.rasterize(c, (FONT_SIZE * scale).into());
        // A few dozen pixels: the conversions cannot fail.
        let position = |start: u32, offset: i32, step: usize| {
            i64::from(start) + i64::from(offset) + i64::try_from(step).unwrap_or_default()
        };
        let height = i32::try_from(metrics.height).unwrap_or_default();
        let offset = BASELINE * i32::from(scale) - height - metrics.ymin;
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
        left += CELL_WIDTH * u32::from(scale);
    }
    Ok(())
}
