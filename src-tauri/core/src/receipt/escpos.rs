//! A receipt in the language of receipt printers (ESC/POS), by the `escpos` crate: as text or as a picture. Text is sent
//! in code pages (858, 866, 852, 857), switched where the next character needs another. The bytes are encoded here: the
//! crate's table of page 858 lacks letters and has others in the wrong place.

use std::cell::RefCell;
use std::rc::Rc;

use escpos::driver::Driver;
use escpos::errors::PrinterError;
use escpos::printer::Printer;
use escpos::printer_options::PrinterOptions;
use escpos::utils::{DEFAULT_CHARACTERS_PER_LINE, PageCode, Protocol};

use super::ReceiptError;
use super::charset::CodePage;
use super::picture;
use super::row::Row;
use crate::settings::{Letters, Paper};

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

/// GS v 0 0: a picture in bands of so many lines each. A printer must have room for one of them (Epson: GS v 0).
const BAND_LINES: usize = 128;

/// The bytes that print these rows, laid out with [`Charset::of`](super::charset::Charset::of) these letters, and cut the paper. With `drawer`, they
/// open the cash drawer first.
///
/// # Errors
/// [`ReceiptError::Escpos`]; for a picture [`ReceiptError::Font`].
pub fn print_job(
    rows: &[Row],
    paper: Paper,
    letters: Letters,
    drawer: bool,
) -> Result<Vec<u8>, ReceiptError> {
    let mut job = PrintJob::begin(drawer)?;
    match letters {
        Letters::Printer => job.text(rows, paper)?,
        Letters::Picture => job.picture(rows, paper)?,
    }
    job.end()
}

/// The bytes that open the cash drawer and print nothing.
///
/// # Errors
/// [`ReceiptError::Escpos`].
pub fn drawer_job() -> Result<Vec<u8>, ReceiptError> {
    let mut job = PrintJob::begin(true)?;
    job.printer.print()?;
    Ok(job.bytes.0.take())
}

/// A job that is being written.
pub(super) struct PrintJob {
    printer: Printer<ByteSink>,
    bytes: ByteSink,
}

impl From<PrinterError> for ReceiptError {
    fn from(error: PrinterError) -> Self {
        Self::Escpos(error.to_string())
    }
}

impl PrintJob {
    pub(super) fn begin(drawer: bool) -> Result<Self, ReceiptError> {
        let bytes = ByteSink::default();
        let options = PrinterOptions::new(None, None, DEFAULT_CHARACTERS_PER_LINE);
        let mut printer = Printer::new(bytes.clone(), Protocol::default(), Some(options));
        printer.init()?.custom(&ONE_BYTE_CHARACTERS)?;
        if drawer {
            printer.custom(&OPEN_DRAWER)?;
        }
        Ok(Self { printer, bytes })
    }

    /// Prints rows that were laid out with [`Charset::Printer`](super::charset::Charset::Printer).
    pub(super) fn text(&mut self, rows: &[Row], paper: Paper) -> Result<(), ReceiptError> {
        Ok(write_rows(&mut self.printer, rows, paper)?)
    }

    /// Prints rows that were laid out with [`Charset::Font`](super::charset::Charset::Font).
    pub(super) fn picture(&mut self, rows: &[Row], paper: Paper) -> Result<(), ReceiptError> {
        let lines = picture::dots(rows, paper)?;
        for band in lines.chunks(BAND_LINES) {
            let bytes = band.first().map_or(0, Vec::len);
            let [bytes, lines] = [bytes, band.len()].map(|n| u16::try_from(n).unwrap_or_default());
            let mut command = vec![0x1d, b'v', b'0', 0];
            command.extend(bytes.to_le_bytes());
            command.extend(lines.to_le_bytes());
            command.extend(band.concat());
            self.printer.custom(&command)?;
        }
        Ok(())
    }

    /// Cuts the paper.
    pub(super) fn end(mut self) -> Result<Vec<u8>, ReceiptError> {
        self.printer.print_cut()?;
        Ok(self.bytes.0.take())
    }
}

fn write_rows(
    printer: &mut Printer<ByteSink>,
    rows: &[Row],
    paper: Paper,
) -> Result<(), PrinterError> {
    let mut page = CodePage::Western;
    printer.page_code(page_code(page))?;
    for row in rows {
        match row {
            // A job with bars is a picture.
            Row::Blank | Row::Bars(_) => {}
            Row::Rule => write_text(printer, &"─".repeat(paper.columns()), &mut page)?,
            Row::Text { text, style } => {
                if style.is_bold() {
                    printer.bold(true)?;
                }
                let scale = style.scale();
                if scale > 1 {
                    printer.size(scale, scale)?;
                }
                write_text(printer, text, &mut page)?;
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
    Ok(())
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
        CodePage::Central => PageCode::PC852,
        CodePage::Turkish => PageCode::PC857,
    }
}
