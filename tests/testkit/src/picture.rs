//! Pictures of a screen, and what a customer's phone can read in them.

use std::path::Path;
use std::process::Command;

use image::RgbImage;

/// Where the pixels stand in an XWD file, which is how an X server keeps its screen (X11's XWDFile.h: a header
/// of big-endian words, a colour map, then the rows).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScreenLayout {
    /// Pixels of a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Where the first pixel begins, bytes.
    pub begin: usize,
    /// From one row to the next, bytes.
    pub row_bytes: usize,
    /// Bytes of a pixel: blue, green, red, and one without a meaning if there are four.
    pub pixel_bytes: usize,
}

impl ScreenLayout {
    /// The length of the part of the file that [`Self::read`] needs, bytes.
    pub const HEADER_BYTES: usize = 100;

    /// Reads the header of a file.
    pub fn read(xwd: &[u8]) -> Self {
        let word = |n: usize| {
            let bytes = xwd[4 * n..4 * n + 4].try_into().expect("four bytes");
            u32::from_be_bytes(bytes) as usize
        };
        let bits = word(11);
        assert!(matches!(bits, 24 | 32), "{bits} bits a pixel");
        Self {
            width: word(4),
            height: word(5),
            begin: word(0) + 12 * word(19),
            row_bytes: word(12),
            pixel_bytes: bits / 8,
        }
    }
}

/// The part of a screen at `[left, top, width, height]` in pixels; `xwd` is the whole file.
pub fn of_screen(xwd: &[u8], [left, top, width, height]: [u32; 4]) -> RgbImage {
    let layout = ScreenLayout::read(xwd);
    RgbImage::from_fn(width, height, |x, y| {
        let row = layout.begin + (top + y) as usize * layout.row_bytes;
        let at = row + layout.pixel_bytes * (left + x) as usize;
        image::Rgb([xwd[at + 2], xwd[at + 1], xwd[at]])
    })
}

/// The text of the one QR in a picture, if there is one. The decoder (`zbar-tools`) has nothing to do with the
/// encoder that drew it.
pub fn qr_in(picture: &Path) -> Option<String> {
    let output = Command::new("zbarimg")
        .args(["--raw", "--quiet", "-Sdisable", "-Sqrcode.enable"])
        .arg(picture)
        .output()
        .expect("zbar-tools is installed");
    let text = String::from_utf8(output.stdout).expect("text");
    output.status.success().then(|| text.trim().to_owned())
}

/// Checks the pixels of the QR at `[left, top, width, height]`: black and white only, a quiet zone of four
/// modules, each module of one colour and a whole number of pixels. A decoder alone is weak proof: it forgives
/// what phones do not (docs/gateway.md, *The QR*).
pub fn assert_plain_qr(picture: &Path, [left, top, width, height]: [u32; 4], modules: u32) {
    let picture = image::open(picture).expect("a picture").to_luma8();
    assert_eq!(width, height, "it is square");
    let across = modules + 8;
    assert_eq!(
        width % across,
        0,
        "{width} px are whole modules of {across}"
    );
    let scale = width / across;
    for y in 0..height {
        for x in 0..width {
            let level = picture.get_pixel(left + x, top + y).0[0];
            assert!(level == 0 || level == 255, "level {level} at {x},{y}");
            let quiet = |at: u32| at < 4 * scale || at >= (across - 4) * scale;
            if quiet(x) || quiet(y) {
                assert_eq!(level, 255, "the quiet zone at {x},{y}");
            }
            let corner = picture.get_pixel(left + x / scale * scale, top + y / scale * scale);
            assert_eq!(level, corner.0[0], "one colour a module at {x},{y}");
        }
    }
    let first = picture.get_pixel(left + 4 * scale, top + 4 * scale).0[0];
    assert_eq!(first, 0, "dark on light");
}
