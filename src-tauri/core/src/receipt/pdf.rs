//! A receipt as a PDF: one page as long as the receipt, whose text can be searched and copied, with the font embedded.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};
use subsetter::GlyphRemapper;

use super::ReceiptError;
use super::font::{self, font};
use super::row::{Bars, Row};
use crate::settings::Paper;

/// A regular letter's cell is 6 units wide and 12 high, its font size is 10.
const CELL_WIDTH: i16 = 6;
const CELL_HEIGHT: i16 = 12;
const FONT_SIZE: u8 = 10;
/// From the top of a cell to the line that letters stand on, units.
const BASELINE: i16 = 9;
/// Height of a regular row, thousandths of a point: 12 units of 1.5 mm / 6.
const ROW_MILLIPOINTS: usize = 8_504;
/// White margin above and below, points.
const MARGIN: u16 = 14;
/// Width of a letter of this font, thousandths of the font size.
const ADVANCE: u16 = 600;

const IDENTITY: SystemInfo<'_> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// The PDF's object numbers of one font.
struct FontRefs {
    font: Ref,
    cid: Ref,
    descriptor: Ref,
    to_unicode: Ref,
    file: Ref,
}

/// The part of a font that the receipt uses.
struct FontSubset {
    bold: bool,
    glyphs: GlyphRemapper,
    letters: BTreeMap<u16, char>,
}

impl FontSubset {
    fn new(bold: bool) -> Self {
        Self {
            bold,
            glyphs: GlyphRemapper::new(),
            letters: BTreeMap::new(),
        }
    }

    fn name(&self) -> Name<'static> {
        if self.bold { Name(b"B") } else { Name(b"R") }
    }

    /// The text as the page writes it: two bytes a glyph.
    fn encode(&mut self, text: &str) -> Result<Vec<u8>, ReceiptError> {
        let font = font(self.bold)?;
        let mut bytes = Vec::new();
        for c in text.chars() {
            let glyph = self.glyphs.remap(font.lookup_glyph_index(c));
            self.letters.insert(glyph, c);
            bytes.extend(glyph.to_be_bytes());
        }
        Ok(bytes)
    }

    fn write(&self, pdf: &mut Pdf, refs: &FontRefs) -> Result<(), ReceiptError> {
        let (file, base) = if self.bold {
            (font::BOLD, Name(b"RECEIP+JetBrainsMono-Bold"))
        } else {
            (font::REGULAR, Name(b"RECEIP+JetBrainsMono-Regular"))
        };
        let subset = subsetter::subset(file, 0, &self.glyphs)
            .map_err(|error| ReceiptError::Font(error.to_string()))?;
        pdf.type0_font(refs.font)
            .base_font(base)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(refs.cid)
            .to_unicode(refs.to_unicode);
        pdf.cid_font(refs.cid)
            .subtype(CidFontType::Type2)
            .base_font(base)
            .system_info(IDENTITY)
            .font_descriptor(refs.descriptor)
            .default_width(ADVANCE.into())
            .cid_to_gid_map_predefined(Name(b"Identity"));
        pdf.font_descriptor(refs.descriptor)
            .name(base)
            .flags(FontFlags::FIXED_PITCH | FontFlags::SYMBOLIC)
            .bbox(Rect::new(0.0, -300.0, 600.0, 1020.0))
            .italic_angle(0.0)
            .ascent(1020.0)
            .descent(-300.0)
            .cap_height(730.0)
            .stem_v(80.0)
            .font_file2(refs.file);
        let mut cmap = UnicodeCmap::new(Name(b"Custom"), IDENTITY);
        for (glyph, letter) in &self.letters {
            cmap.pair(*glyph, *letter);
        }
        pdf.cmap(refs.to_unicode, &cmap.finish());
        pdf.stream(refs.file, &subset);
        Ok(())
    }
}

/// Draws rows that were laid out with [`super::Charset::Font`] as a PDF with this title, in this language (a tag).
///
/// # Errors
/// [`ReceiptError::Font`].
pub fn pdf(
    rows: &[Row],
    paper: Paper,
    title: &str,
    language: &str,
) -> Result<Vec<u8>, ReceiptError> {
    let mut next = Ref::new(1);
    let mut new_ref = || next.bump();
    let (catalog, pages, page, content, info) =
        (new_ref(), new_ref(), new_ref(), new_ref(), new_ref());
    let mut font_refs = || FontRefs {
        font: new_ref(),
        cid: new_ref(),
        descriptor: new_ref(),
        to_unicode: new_ref(),
        file: new_ref(),
    };
    let (regular_refs, bold_refs) = (font_refs(), font_refs());
    let (mut regular, mut bold) = (FontSubset::new(false), FontSubset::new(true));

    let heights = rows.iter().map(|row| usize::from(row.height()));
    let inner = heights.sum::<usize>() * ROW_MILLIPOINTS / 1_000 + 1;
    let inner = u16::try_from(inner).unwrap_or(u16::MAX);
    let height = inner.saturating_add(2 * MARGIN);
    let width = match paper {
        Paper::Mm80 => 226.772,
        Paper::Mm58 => 164.409,
    };
    let top = height.saturating_sub(MARGIN);
    let stream = draw(rows, paper, top, &mut regular, &mut bold)?;

    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages).lang(TextStr(language));
    pdf.document_info(info).title(TextStr(title));
    pdf.pages(pages).kids([page]).count(1);
    let mut page_writer = pdf.page(page);
    page_writer
        .parent(pages)
        .media_box(Rect::new(0.0, 0.0, width, height.into()))
        .contents(content);
    let mut resources = page_writer.resources();
    resources
        .fonts()
        .pair(regular.name(), regular_refs.font)
        .pair(bold.name(), bold_refs.font);
    resources.finish();
    page_writer.finish();
    pdf.stream(content, &stream);
    regular.write(&mut pdf, &regular_refs)?;
    bold.write(&mut pdf, &bold_refs)?;
    Ok(pdf.finish())
}

fn draw_bars(content: &mut Content, width: i16, down: i16, rows: i16, Bars(modules): &Bars) {
    let count = i16::try_from(modules.len()).unwrap_or(i16::MAX);
    let left = width.saturating_sub(count) / 2;
    let height = CELL_HEIGHT * rows;
    for (place, _) in (0_i16..).zip(modules).filter(|(_, is_black)| **is_black) {
        let (x, y) = (left.saturating_add(place), down.saturating_sub(height));
        content.rect(x.into(), y.into(), 1.0, height.into());
    }
    content.fill_nonzero();
}

fn draw(
    rows: &[Row],
    paper: Paper,
    top: u16,
    regular: &mut FontSubset,
    bold: &mut FontSubset,
) -> Result<Vec<u8>, ReceiptError> {
    let mut content = Content::new();
    // One unit in points: a cell is 1.5 mm wide.
    let unit = 0.708_661;
    // The left margin in points: of 80 and 58 mm, letters take 72 and 48 in the middle.
    let left = match paper {
        Paper::Mm80 => 11.339,
        Paper::Mm58 => 14.173,
    };
    content.transform([unit, 0.0, 0.0, unit, left, top.into()]);
    let columns = i16::try_from(paper.columns()).unwrap_or(i16::MAX);
    let mut down: i16 = 0;
    for row in rows {
        let height = i16::from(row.height());
        match row {
            Row::Blank | Row::Bars(_) => {}
            Row::Rule => {
                let y = down - CELL_HEIGHT / 2;
                content
                    .set_line_width(0.75)
                    .move_to(0.0, y.into())
                    .line_to((columns * CELL_WIDTH).into(), y.into())
                    .stroke();
            }
            Row::Text { text, style } => {
                let font = if style.is_bold() {
                    &mut *bold
                } else {
                    &mut *regular
                };
                let glyphs = font.encode(text)?;
                let size = FONT_SIZE * style.scale();
                content
                    .begin_text()
                    .set_font(font.name(), size.into())
                    .next_line(0.0, (down - BASELINE * height).into())
                    .show(Str(&glyphs))
                    .end_text();
            }
        }
        if let Row::Bars(bars) = row {
            draw_bars(&mut content, columns * CELL_WIDTH, down, height, bars);
        }
        down = down.saturating_sub(CELL_HEIGHT * height);
    }
    Ok(content.finish().to_vec())
}
