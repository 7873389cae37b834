//! What stands on a virtual screen: WebKit's own pictures by WebDriver never come from a window that
//! draws without a graphics card, so they are read where the X server keeps its pixels.

use image::RgbImage;

use crate::Failed;

/// `width` × `height` pixels below `top` of a screen that an X server keeps as an XWD file (X11's
/// XWDFile.h: big-endian words, then a colour map, then the rows).
pub(crate) fn part(xwd: &[u8], top: u32, (width, height): (u32, u32)) -> Result<RgbImage, Failed> {
    let word = |n: usize| -> Option<usize> {
        let bytes = xwd.get(4 * n..4 * n + 4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    };
    let broken = || Failed::Other("the screen's file is not as it should be".to_owned());
    let (header, bits) = word(0).zip(word(11)).ok_or_else(broken)?;
    let (row, colours) = word(12).zip(word(19)).ok_or_else(broken)?;
    if bits != 32 {
        return Err(broken());
    }
    let mut picture = RgbImage::new(width, height);
    let wide = usize::try_from(width).unwrap_or(0);
    for (line, y) in picture.rows_mut().zip(usize::try_from(top).unwrap_or(0)..) {
        let begin = header + 12 * colours + y * row;
        let pixels = xwd.get(begin..begin + 4 * wide).ok_or_else(broken)?;
        for (pixel, [blue, green, red, _]) in line.zip(pixels.as_chunks().0) {
            pixel.0 = [*red, *green, *blue];
        }
    }
    Ok(picture)
}
