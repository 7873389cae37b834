//! A receipt in the language of receipt printers (ESC/POS), by the `escpos` crate. Its text is sent in two
//! code pages, 866 and 858, changed wherever the next letter asks for it.

use std::cell::RefCell;
use std::rc::Rc;

use escpos::driver::Driver;
use escpos::errors::PrinterError;
use escpos::printer::Printer;
use escpos::printer_options::PrinterOptions;
use escpos::utils::{DEFAULT_CHARACTERS_PER_LINE, PageCode, Protocol};

use super::ReceiptError;
use super::charset::{Charset, Page};
use super::row::Row;
use crate::i18n::{Language, Messages};
use crate::settings::Paper;

/// FS . : leave the two-byte letters that printers for the Chinese market start with.
const ONE_BYTE_LETTERS: [u8; 2] = [0x1c, b'.'];
/// ESC p 0: the drawer on pin 2, on for 50 ms, off for 500. The crate's own command lacks the times.
const KICK_DRAWER: [u8; 5] = [0x1b, b'p', 0, 25, 250];

/// Letters that the crate's table of page 858 lacks or has in another's place (the hyphen: a soft one's).
const BY_HAND: [(char, u8); 5] = [
    ('-', b'-'),
    ('¿', 0xa8),
    ('®', 0xa9),
    ('Ô', 0xe2),
    ('Ò', 0xe3),
];

/// Keeps what would go to the printer.
#[derive(Clone, Default)]
struct ByteSink(Rc<RefCell<Vec<u8>>>);

impl Driver for ByteSink {
    fn name(&self) -> String {
        "kept".to_owned()
    }

    fn write(&self, data: &[u8]) -> Result<(), PrinterError> {
        self.0.try_borrow_mut()?.extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _: &mut [u8]) -> Result<usize, PrinterError> {
        Ok(0)
    }

    fn flush(&self) -> Result<(), PrinterError> {
        Ok(())
    }
}

/// The bytes that print these rows, laid out with [`Charset::Printer`], and cut the paper.
///
/// # Errors
/// [`ReceiptError::Escpos`].
pub fn print_job(rows: &[Row], paper: Paper, drawer: bool) -> Result<Vec<u8>, ReceiptError> {
    write(rows, paper, drawer).map_err(|error| ReceiptError::Escpos(error.to_string()))
}

fn write(rows: &[Row], paper: Paper, drawer: bool) -> Result<Vec<u8>, PrinterError> {
    let kept = ByteSink::default();
    let options = PrinterOptions::new(None, None, DEFAULT_CHARACTERS_PER_LINE);
    let mut printer = Printer::new(kept.clone(), Protocol::default(), Some(options));
    printer.init()?.custom(&ONE_BYTE_LETTERS)?;
    if drawer {
        printer.custom(&KICK_DRAWER)?;
    }
    let mut page = Page::Western;
    printer.page_code(code(page))?;
    let rule = "─".repeat(paper.columns());
    for row in rows {
        match row {
            Row::Blank => {
                printer.feed()?;
            }
            Row::Rule => {
                text(&mut printer, &rule, &mut page)?;
                printer.feed()?;
            }
            Row::Text {
                text: line,
                bold,
                big,
            } => {
                if *bold {
                    printer.bold(true)?;
                }
                if *big {
                    printer.size(2, 2)?;
                }
                text(&mut printer, line, &mut page)?;
                printer.feed()?;
                if *big {
                    printer.reset_size()?;
                }
                if *bold {
                    printer.bold(false)?;
                }
            }
        }
    }
    printer.print_cut()?;
    Ok(kept.0.take())
}

/// Text in runs of one code page each.
fn text(printer: &mut Printer<ByteSink>, line: &str, page: &mut Page) -> Result<(), PrinterError> {
    let mut run = String::new();
    for c in line.chars() {
        let next = Page::of(c, *page);
        if next != *page {
            printer.write(&run)?;
            run.clear();
            printer.page_code(code(next))?;
            *page = next;
        }
        if let Some((_, byte)) = BY_HAND.iter().find(|(letter, _)| *letter == c) {
            printer.write(&run)?.custom(&[*byte])?;
            run.clear();
            continue;
        }
        run.push(c);
    }
    printer.write(&run)?;
    Ok(())
}

fn code(page: Page) -> PageCode {
    match page {
        Page::Western => PageCode::PC858,
        Page::Cyrillic => PageCode::PC866,
    }
}

/// A page that shows whether the printer has all letters and the drawer opens.
///
/// # Errors
/// As [`print_job`].
pub fn test_page(
    words: &Messages,
    shop: Option<&str>,
    paper: Paper,
    drawer: bool,
) -> Result<Vec<u8>, ReceiptError> {
    let language: Language = words.language();
    let mut page = super::row::Page::new(paper.columns());
    let fit = |text: &str| Charset::Printer.text(text, language);
    if let Some(shop) = shop {
        page.centre(&fit(shop), true, true);
    }
    page.centre(&fit(&words.say("slip-test-page")), false, false);
    page.rule();
    page.left("ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789");
    page.left("ÄÖÜäöüß €");
    page.left("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя №");
    page.rule();
    print_job(&page.rows(), paper, drawer)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character that the two pages are said to have is one byte of its own there.
    #[test]
    fn each_letter_has_its_byte() {
        for page in [Page::Western, Page::Cyrillic] {
            let kept = ByteSink::default();
            let mut printer = Printer::new(kept.clone(), Protocol::default(), None);
            let mut in_use = page;
            printer.page_code(code(page)).expect("a page");
            text(&mut printer, page.characters(), &mut in_use).expect("text");
            printer.print().expect("kept");
            let bytes = kept.0.take();
            let letters = bytes.get(3..).expect("after ESC t n");
            assert_eq!(letters.len(), page.characters().chars().count());
            let different: std::collections::BTreeSet<_> = letters.iter().collect();
            assert_eq!(different.len(), letters.len(), "{page:?} {letters:02x?}");
            assert!(letters.iter().all(|byte| *byte >= 0x80), "{page:?}");
        }
    }

    #[test]
    fn plain_letters_are_their_own_bytes() {
        let kept = ByteSink::default();
        let mut printer = Printer::new(kept.clone(), Protocol::default(), None);
        let plain: String = (' '..='~').collect();
        let mut page = Page::Western;
        printer.page_code(code(page)).expect("a page");
        text(&mut printer, &plain, &mut page).expect("text");
        printer.print().expect("kept");
        let bytes = kept.0.take();
        assert_eq!(bytes.get(3..), Some(plain.as_bytes()));
    }
}
