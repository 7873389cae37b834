//! A receipt in the language of receipt printers (ESC/POS), by the `escpos` crate. Text is sent in two code pages, 858
//! and 866, switched where the next character needs the other. The bytes are encoded here: the crate's table of page 858
//! lacks letters and has others in the wrong place.

use std::cell::RefCell;
use std::rc::Rc;

use escpos::driver::Driver;
use escpos::errors::PrinterError;
use escpos::printer::Printer;
use escpos::printer_options::PrinterOptions;
use escpos::utils::{DEFAULT_CHARACTERS_PER_LINE, PageCode, Protocol};

use super::ReceiptError;
use super::charset::{Charset, CodePage};
use super::layout_builder::LayoutBuilder;
use super::row::{Row, TextStyle};
use crate::i18n::Messages;
use crate::settings::Paper;

/// FS . : leave the two-byte characters with which printers for the Chinese market start.
const ONE_BYTE_CHARACTERS: [u8; 2] = [0x1c, b'.'];
/// ESC p 0: a pulse on the drawer's pin 2, on for 50 ms, off for 500. The crate's own command lacks the times.
const OPEN_DRAWER: [u8; 5] = [0x1b, b'p', 0, 25, 250];

/// A driver that keeps the bytes instead of sending them.
#[derive(Clone, Default)]
struct ByteSink(Rc<RefCell<Vec<u8>>>);

impl Driver for ByteSink {
    fn name(&self) -> String {
        "memory".to_owned()
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

/// The bytes that print these rows, laid out with [`Charset::Printer`], and cut the paper. With `drawer`, they open the
/// cash drawer first.
///
/// # Errors
/// [`ReceiptError::Escpos`].
pub fn print_job(rows: &[Row], paper: Paper, drawer: bool) -> Result<Vec<u8>, ReceiptError> {
    write(rows, paper, drawer).map_err(|error| ReceiptError::Escpos(error.to_string()))
}

fn write(rows: &[Row], paper: Paper, drawer: bool) -> Result<Vec<u8>, PrinterError> {
    let bytes = ByteSink::default();
    let options = PrinterOptions::new(None, None, DEFAULT_CHARACTERS_PER_LINE);
    let mut printer = Printer::new(bytes.clone(), Protocol::default(), Some(options));
    printer.init()?.custom(&ONE_BYTE_CHARACTERS)?;
    if drawer {
        printer.custom(&OPEN_DRAWER)?;
    }
    let mut page = CodePage::Western;
    printer.page_code(page_code(page))?;
    for row in rows {
        match row {
            Row::Blank => {}
            Row::Rule => write_text(&mut printer, &"─".repeat(paper.columns()), &mut page)?,
            Row::Text { text, style } => {
                if style.is_bold() {
                    printer.bold(true)?;
                }
                let scale = style.scale();
                if scale > 1 {
                    printer.size(scale, scale)?;
                }
                write_text(&mut printer, text, &mut page)?;
            }
        }
        printer.feed()?;
        if let Row::Text { style, .. } = row {
            if style.scale() > 1 {
                printer.reset_size()?;
            }
            if style.is_bold() {
                printer.bold(false)?;
            }
        }
    }
    printer.print_cut()?;
    Ok(bytes.0.take())
}

/// Writes text in runs of one code page each.
fn write_text(
    printer: &mut Printer<ByteSink>,
    text: &str,
    page: &mut CodePage,
) -> Result<(), PrinterError> {
    let mut run = Vec::with_capacity(text.len());
    for c in text.chars() {
        let next = CodePage::with(c, *page).unwrap_or(*page);
        if next != *page {
            printer.custom(&run)?.page_code(page_code(next))?;
            run.clear();
            *page = next;
        }
        run.push(page.encode(c).unwrap_or(b'?'));
    }
    printer.custom(&run)?;
    Ok(())
}

fn page_code(page: CodePage) -> PageCode {
    match page {
        CodePage::Western => PageCode::PC858,
        CodePage::Cyrillic => PageCode::PC866,
    }
}

/// A page that shows whether the printer has all letters and the drawer opens.
///
/// # Errors
/// As [`print_job`].
pub fn test_page(
    messages: &Messages,
    shop: Option<&str>,
    paper: Paper,
    drawer: bool,
) -> Result<Vec<u8>, ReceiptError> {
    let mut page = LayoutBuilder::new(messages, paper, Charset::Printer);
    if let Some(shop) = shop {
        page.centre(shop, TextStyle::Title);
    }
    page.centre(&messages.text("slip-test-page"), TextStyle::Plain);
    page.rule();
    page.left("ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789");
    page.left("ÄÖÜäöüß €");
    page.left("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя №");
    page.rule();
    print_job(&page.rows(), paper, drawer)
}
