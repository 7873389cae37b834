//! The program's own font, so that a receipt looks the same on every computer: JetBrains Mono, whose letters are all
//! equally wide, under the SIL Open Font License (`fonts/`).

use std::sync::LazyLock;

use fontdue::{Font, FontSettings};

use super::ReceiptError;

pub(super) const REGULAR: &[u8] = include_bytes!("../../fonts/jetbrains-mono-regular.ttf");
pub(super) const BOLD: &[u8] = include_bytes!("../../fonts/jetbrains-mono-bold.ttf");

static FONTS: LazyLock<Result<[Font; 2], &'static str>> = LazyLock::new(|| {
    let read = |bytes| Font::from_bytes(bytes, FontSettings::default());
    Ok([read(REGULAR)?, read(BOLD)?])
});

/// The font, regular or bold.
///
/// # Errors
/// [`ReceiptError::Font`].
pub(super) fn font(bold: bool) -> Result<&'static Font, ReceiptError> {
    match &*FONTS {
        Ok([_, bold_font]) if bold => Ok(bold_font),
        Ok([regular, _]) => Ok(regular),
        Err(error) => Err(ReceiptError::Font((*error).to_owned())),
    }
}

/// Whether the font has this character.
pub(super) fn has(c: char) -> bool {
    font(false).is_ok_and(|font| font.lookup_glyph_index(c) != 0)
}
