//! Receipts of the till's sales: shown, saved, printed. What was made is written down after it was made:
//! all after the first are copies.

use std::path::Path;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::error::RecvError;

use super::{Inner, StopOnDrop, Till, TillEvent, lock};
use crate::error::{Fault, TillError};
use crate::files;
use crate::i18n::{Language, Messages, system_language};
use crate::printer::{self, PrinterLimits, PrinterPort, PrinterStatus};
use crate::receipt::{self, Charset, ReceiptData, Row};
use crate::sale::{Event, Purpose, ReceiptMedium, SaleView};

/// A receipt as the screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct ReceiptView {
    /// The picture: PNG, black on white.
    pub data_url: String,
    /// Whether it is marked as a copy.
    pub copy: bool,
    /// What stands on it, for those who cannot see the picture.
    pub text: String,
}

/// The form of a saved receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ReceiptFormat {
    /// A picture.
    Png,
    /// A page.
    Pdf,
}

impl ReceiptFormat {
    /// The end of its file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

/// What is known of the printer besides its settings.
#[derive(Debug, Default)]
pub(crate) struct PrintQueue {
    /// One job at a time.
    turn: tokio::sync::Mutex<()>,
    /// The printer that has answered since this program started.
    heard: Mutex<Option<PrinterPort>>,
    limits: Mutex<PrinterLimits>,
}

impl Till {
    /// The same till, which prints by itself what the settings tell it to.
    #[must_use]
    pub fn printing(mut self) -> Self {
        let task = tokio::spawn(print_when_paid(
            self.inner.events.subscribe(),
            Arc::downgrade(&self.inner),
        ));
        self.printing = Some(Arc::new(StopOnDrop(task.abort_handle())));
        self
    }

    /// How long the printer may take from now on.
    pub fn limit_printer(&self, limits: PrinterLimits) {
        *lock(&self.inner.printer.limits) = limits;
    }

    /// The receipt of a paid sale, as the next one made of it would look.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::ReceiptNone`] when it was not paid,
    /// [`TillError::Journal`].
    pub async fn receipt(&self, number: u32) -> Result<ReceiptView, TillError> {
        let (facts, words) = self.inner.receipt(number).await?;
        let copy = facts.copy;
        run_blocking(move || {
            let rows = receipt::layout(&facts, &words.words(), Charset::Font);
            let picture = receipt::png(&rows, facts.settings.printing.paper)?;
            Ok(ReceiptView {
                data_url: format!("data:image/png;base64,{}", STANDARD.encode(picture)),
                copy,
                text: text_of(&rows),
            })
        })
        .await
    }

    /// What stands on the receipt of a paid sale.
    ///
    /// # Errors
    /// As [`Till::receipt`].
    pub async fn receipt_text(&self, number: u32) -> Result<String, TillError> {
        let (facts, words) = self.inner.receipt(number).await?;
        Ok(text_of(&receipt::layout(
            &facts,
            &words.words(),
            Charset::Font,
        )))
    }

    /// Saves the receipt of a paid sale as a file. There is the whole file or none.
    ///
    /// # Errors
    /// As [`Till::receipt`], and [`TillError::FileUnwritable`].
    pub async fn save_receipt(
        &self,
        number: u32,
        format: ReceiptFormat,
        path: &Path,
    ) -> Result<SaleView, TillError> {
        let (facts, words) = self.inner.receipt(number).await?;
        let path = path.to_owned();
        run_blocking(move || {
            let words = words.words();
            let rows = receipt::layout(&facts, &words, Charset::Font);
            let paper = facts.settings.printing.paper;
            let file = match format {
                ReceiptFormat::Png => receipt::png(&rows, paper)?,
                ReceiptFormat::Pdf => {
                    let title = words.say_of("slip-title", &[("number", &facts.label)]);
                    receipt::pdf(&rows, paper, &title, words.language().tag())?
                }
            };
            files::replace(&path, &file).map_err(TillError::FileUnwritable)
        })
        .await?;
        self.receipt_made(number, ReceiptMedium::File).await
    }

    /// Prints the receipt of a paid sale on the receipt printer, and opens the drawer with the first if
    /// the settings say so. Holds nothing else up.
    ///
    /// # Errors
    /// As [`Till::receipt`], [`TillError::PrinterNone`], [`TillError::Printer`].
    pub async fn print_receipt(&self, number: u32) -> Result<SaleView, TillError> {
        // A screen that goes away leaves the printing to its end, and the entry after it.
        let till = self.detached();
        let task = tokio::spawn(async move {
            let _turn = till.inner.printer.turn.lock().await;
            till.print_in_turn(number).await
        });
        task.await
            .map_err(|error| TillError::Internal(error.to_string()))?
    }

    async fn print_in_turn(&self, number: u32) -> Result<SaleView, TillError> {
        let (facts, words) = self.inner.receipt(number).await?;
        let printing = facts.settings.printing.clone();
        let port = printing.printer.ok_or(TillError::PrinterNone)?;
        let drawer = printing.drawer && !facts.copy;
        let rows = receipt::layout(&facts, &words.words(), Charset::Printer);
        let job = receipt::print_job(&rows, printing.paper, drawer)?;
        self.inner.print(port, job).await?;
        self.receipt_made(number, ReceiptMedium::Printer).await
    }

    /// Writes down that a receipt went through the system's print dialog: whether it was printed there,
    /// nobody is told.
    ///
    /// # Errors
    /// As [`Till::receipt`].
    pub async fn receipt_opened_in_dialog(&self, number: u32) -> Result<SaleView, TillError> {
        self.receipt_made(number, ReceiptMedium::Dialog).await
    }

    /// Prints the Z report of this entry on the receipt printer. It is the journal's: printing it again
    /// changes nothing.
    ///
    /// # Errors
    /// [`TillError::PrinterNone`], [`TillError::Printer`], [`TillError::Journal`];
    /// [`TillError::Internal`] when the entry is no close.
    pub async fn print_close(&self, seq: u64) -> Result<(), TillError> {
        let settings = self.inner.settings();
        let port = settings.printing.printer.clone();
        let port = port.ok_or(TillError::PrinterNone)?;
        let closes = self.closes(Some(seq.saturating_add(1))).await?;
        let close = closes.into_iter().next().filter(|close| close.seq == seq);
        let close =
            close.ok_or_else(|| TillError::Internal(format!("no Z report is entry {seq}")))?;
        let words = InWords(language_of(settings.language.as_deref()));
        let rows = receipt::layout_close(&close, &settings, &words.words(), Charset::Printer);
        let job = receipt::print_job(&rows, settings.printing.paper, false)?;
        self.print_job(port, job).await
    }

    /// Prints a page that shows whether printer, letters and drawer work.
    ///
    /// # Errors
    /// [`TillError::PrinterNone`], [`TillError::Printer`].
    pub async fn printer_test(&self) -> Result<(), TillError> {
        let settings = self.inner.settings();
        let port = settings.printing.printer.ok_or(TillError::PrinterNone)?;
        let language = language_of(settings.language.as_deref());
        let job = receipt::test_page(
            &Messages::of(language),
            settings.shop.name.as_deref(),
            settings.printing.paper,
            settings.printing.drawer,
        )?;
        self.print_job(port, job).await
    }

    /// Bytes for the printer, in their turn. A screen that goes away leaves them to their end.
    async fn print_job(&self, port: PrinterPort, job: Vec<u8>) -> Result<(), TillError> {
        let till = self.detached();
        let task = tokio::spawn(async move {
            let _turn = till.inner.printer.turn.lock().await;
            till.inner.print(port, job).await
        });
        task.await
            .map_err(|error| TillError::Internal(error.to_string()))?
    }

    async fn receipt_made(
        &self,
        number: u32,
        medium: ReceiptMedium,
    ) -> Result<SaleView, TillError> {
        self.write(number, move |sale| {
            if sale.paid_at().is_none() {
                return Err(TillError::ReceiptNone(number));
            }
            Ok(vec![Event::ReceiptMade {
                sale: sale.id,
                medium,
            }])
        })
        .await
    }

    /// For a task of its own, which must not keep watch and printing alive.
    fn detached(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            watch: None,
            printing: None,
            copies: None,
        }
    }
}

impl Inner {
    /// What a receipt of this sale needs to know, and the language that it is in.
    async fn receipt(&self, number: u32) -> Result<(ReceiptData, InWords), TillError> {
        let sale = self.find(number).await?;
        if sale.paid_at().is_none() {
            return Err(TillError::ReceiptNone(number));
        }
        let settings = self.settings();
        let words = InWords(language_of(settings.language.as_deref()));
        let facts = ReceiptData {
            label: SaleView::of(&sale, &self.code).label,
            copy: sale.receipts > 0,
            practice: self.purpose == Purpose::Practice,
            zone: settings.zone(),
            sale,
            settings,
        };
        Ok((facts, words))
    }

    async fn print(&self, port: PrinterPort, job: Vec<u8>) -> Result<(), TillError> {
        let heard = lock(&self.printer.heard).as_ref() == Some(&port);
        let limits = *lock(&self.printer.limits);
        let talked = printer::print(port.clone(), job, heard, limits).await?;
        if talked != PrinterStatus::NoStatus {
            *lock(&self.printer.heard) = Some(port);
        }
        Ok(())
    }
}

/// The words of a language are read where they are used: they do not travel between threads.
#[derive(Debug, Clone, Copy)]
struct InWords(Language);

impl InWords {
    fn words(self) -> Messages {
        Messages::of(self.0)
    }
}

fn language_of(set: Option<&str>) -> Language {
    match set {
        Some(tag) => Language::of(tag),
        None => Language::of(&system_language()),
    }
}

fn text_of(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        if let Row::Text { text: line, .. } = row {
            text.push_str(line.trim_end());
        }
        text.push('\n');
    }
    text.trim_matches('\n').to_owned()
}

/// Drawing takes a while: no call waits for it.
async fn run_blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, TillError> + Send + 'static,
) -> Result<T, TillError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| TillError::Internal(error.to_string()))?
}

/// Prints the first receipt of each sale whose payment is news, while the settings say so.
async fn print_when_paid(
    mut events: tokio::sync::broadcast::Receiver<TillEvent>,
    inner: std::sync::Weak<Inner>,
) {
    let mut tried = std::collections::HashSet::new();
    loop {
        let sale = match events.recv().await {
            Ok(TillEvent::SaleChanged(sale)) => sale,
            Ok(_) | Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        let Some(inner) = inner.upgrade() else {
            return;
        };
        let printing = inner.settings().printing;
        let news = sale.paid_at_unix_ms.is_some() && sale.unseen && sale.receipts == 0;
        if !(news && printing.auto_print && printing.printer.is_some()) {
            continue;
        }
        if !tried.insert(sale.number) {
            continue;
        }
        let till = Till {
            inner,
            watch: None,
            printing: None,
            copies: None,
        };
        // On a task of its own: the next sale's receipt waits for the printer, not this loop.
        tokio::spawn(async move {
            if let Err(error) = till.print_receipt(sale.number).await {
                let fault = Fault::from(error).with("number", sale.number);
                till.inner.emit(TillEvent::Fault(fault));
            }
        });
    }
}
