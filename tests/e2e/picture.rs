//! What a customer's telephone makes of the window.

use std::path::Path;
use std::process::Command;

use image::RgbImage;

/// The pixels at `[left, top, width, height]` of a screen that an X server keeps as an XWD file
/// (X11's XWDFile.h: big-endian words, then a colour map, then the rows).
pub(crate) fn of_screen(xwd: &[u8], [left, top, width, height]: [u32; 4]) -> RgbImage {
    let word = |n: usize| {
        let bytes = xwd[4 * n..4 * n + 4].try_into().expect("four bytes");
        u32::from_be_bytes(bytes) as usize
    };
    let (header, bits, row, colours) = (word(0), word(11), word(12), word(19));
    assert!(matches!(bits, 24 | 32), "{bits} bits a pixel, blue first");
    let pixels = header + 12 * colours;
    RgbImage::from_fn(width, height, |x, y| {
        let at = pixels + (top + y) as usize * row + bits / 8 * (left + x) as usize;
        image::Rgb([xwd[at + 2], xwd[at + 1], xwd[at]])
    })
}

/// The text of the one QR in a picture, if there is one, by a decoder that has nothing to do with the
/// one that drew it (the `zbar-tools` package).
pub(crate) fn qr_in(picture: &Path) -> Option<String> {
    let read = Command::new("zbarimg")
        .args(["--raw", "--quiet", "-Sdisable", "-Sqrcode.enable"])
        .arg(picture)
        .output()
        .expect("zbar-tools is installed");
    let text = String::from_utf8(read.stdout).expect("text");
    read.status.success().then(|| text.trim().to_owned())
}

/// Checks the pixels of the QR at `[left, top, width, height]`: black and white alone, a quiet zone of
/// four modules, each module of one colour and a whole number of pixels. Decoders forgive what
/// telephones do not.
pub(crate) fn assert_plain_qr(picture: &Path, [left, top, width, height]: [u32; 4], modules: u32) {
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
