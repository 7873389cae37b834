//! Receipts and Z reports: shown, saved, printed. Each receipt is journaled after it was made, and every receipt
//! after the first is marked as a copy.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;

use super::{Inner, Till, TillError, TillEvent, run_blocking};
use crate::error::Fault;
use crate::files::OutputPath;
use crate::i18n::{Language, Messages, system_language};
use crate::ids::{ItemId, SaleNumber};
use crate::journal::JournalError;
use crate::office::ReportedPrinter;
use crate::printer::{self, Abilities, AbilitiesFile, PrintOutcome, PrintReport, PrinterError};
use crate::printer::{NearbyPrinter, PrinterLimits, PrinterPort, nearby_printers};
use crate::receipt::{self, Charset, ReceiptData, Row};
use crate::sale::{
    DrawerReason, Event, Purpose, ReceiptMedium, ReceiptOutcome, SaleView, TenderWay,
};
use crate::settings::Settings;

/// Until then a look for printers counts for whoever asks anew: a printer that was switched on meanwhile takes longer to start.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(3);

/// A receipt as the screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct ReceiptView {
    /// The picture: PNG, black on white.
    pub data_url: String,
    /// Whether it is marked as a copy, because a receipt was made before.
    pub copy: bool,
    /// Its text, for those who cannot see the picture.
    pub text: String,
}

/// The file format of a saved receipt.
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
    /// The extension of the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

/// A receipt that was sent to the printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct PrintedReceipt {
    /// The sale after it.
    pub sale: SaleView,
    /// Whether the printer says that it is printed.
    pub outcome: PrintOutcome,
}

/// The receipt printer's jobs, and what is known of it besides the settings.
#[derive(Debug)]
pub(super) struct PrintQueue {
    /// One job at a time.
    printing: tokio::sync::Mutex<()>,
    abilities: AbilitiesFile,
    limits: Mutex<PrinterLimits>,
    /// How the last job went.
    last: Mutex<ReportedPrinter>,
    /// What the last look for printers found, and when it ended.
    nearby: tokio::sync::Mutex<Option<(Instant, Vec<NearbyPrinter>)>>,
    /// The jobs that open the drawer for cash, which nothing waits for but the end of a program without a window.
    pub(super) drawer: Mutex<JoinSet<()>>,
}

impl PrintQueue {
    pub(super) fn in_folder(data_dir: &Path) -> Self {
        Self {
            printing: tokio::sync::Mutex::default(),
            abilities: AbilitiesFile::in_folder(data_dir),
            limits: Mutex::default(),
            last: Mutex::new(ReportedPrinter::Unused),
            nearby: tokio::sync::Mutex::default(),
            drawer: Mutex::default(),
        }
    }
}

/// What is known of the printer before a job.
#[derive(Debug, Clone, Copy)]
enum Known {
    /// What earlier jobs have taught.
    Kept,
    /// Nothing: everything is asked anew.
    Nothing,
}

impl Till {
    /// The same till, which prints receipts automatically if the settings say so.
    #[must_use]
    pub fn with_auto_print(self) -> Self {
        let task = print_when_paid(self.events(), Arc::downgrade(&self.inner));
        self.with_task(task)
    }

    /// Sets how long the printer may take.
    pub fn set_printer_limits(&self, limits: PrinterLimits) {
        *self.inner.print_queue.limits.lock() = limits;
    }

    /// The receipt of a paid sale, as it would be made now.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::ReceiptNone`] when it was not paid,
    /// [`TillError::Journal`].
    pub async fn receipt(&self, number: u32) -> Result<ReceiptView, TillError> {
        let (data, language) = self.inner.receipt_data(number).await?;
        let copy = data.copy;
        run_blocking(move || {
            let rows = receipt::layout(&data, &Messages::for_customer(language), Charset::Font);
            let picture = receipt::png(&rows, data.settings.printing.paper)?;
            Ok(ReceiptView {
                data_url: format!("data:image/png;base64,{}", STANDARD.encode(picture)),
                copy,
                text: text_of(&rows),
            })
        })
        .await
    }

    /// The text of a paid sale's receipt.
    ///
    /// # Errors
    /// As [`Till::receipt`].
    pub async fn receipt_text(&self, number: u32) -> Result<String, TillError> {
        let (data, language) = self.inner.receipt_data(number).await?;
        Ok(text_of(&receipt::layout(
            &data,
            &Messages::for_customer(language),
            Charset::Font,
        )))
    }

    /// Saves the receipt of a paid sale as a file, whole or not at all.
    ///
    /// # Errors
    /// As [`Till::receipt`], [`TillError::FileUnwritable`], [`TillError::FileProtected`].
    pub async fn save_receipt(
        &self,
        number: u32,
        format: ReceiptFormat,
        path: &Path,
    ) -> Result<SaleView, TillError> {
        self.inner.assert_writable()?;
        let (data, language) = self.inner.receipt_data(number).await?;
        let output = OutputPath::new(path, &self.inner.journal_path)?;
        run_blocking(move || {
            let messages = Messages::for_customer(language);
            let rows = receipt::layout(&data, &messages, Charset::Font);
            let paper = data.settings.printing.paper;
            let file = match format {
                ReceiptFormat::Png => receipt::png(&rows, paper)?,
                ReceiptFormat::Pdf => {
                    let title = messages.text_with("slip-title", &[("number", &data.label)]);
                    receipt::pdf(&rows, paper, &title, messages.language().tag())?
                }
            };
            output.write(&file).map_err(TillError::FileUnwritable)?;
            Ok(())
        })
        .await?;
        self.receipt_made(number, ReceiptMedium::File, None).await
    }

    /// Prints the receipt of a paid sale on the receipt printer, and with the first one that is begun opens the drawer
    /// if the settings say so. Nothing else waits for it.
    ///
    /// # Errors
    /// As [`Till::receipt`], [`TillError::PrinterNone`], [`TillError::Printer`]. What came of a job that was begun is
    /// journaled all the same: a receipt that was not confirmed counts as made, one that failed does not.
    pub async fn print_receipt(&self, number: u32) -> Result<PrintedReceipt, TillError> {
        // On a task of its own, so that a screen that goes away ends neither the printing nor the entry after it.
        let till = self.detached();
        let task = tokio::spawn(async move {
            let _guard = till.inner.print_queue.printing.lock().await;
            till.print_receipt_now(number).await
        });
        task.await?
    }

    async fn print_receipt_now(&self, number: u32) -> Result<PrintedReceipt, TillError> {
        self.inner.assert_writable()?;
        let (data, language) = self.inner.receipt_data(number).await?;
        let printing = data.settings.printing.clone();
        let port = printing.printer.ok_or(TillError::PrinterNone)?;
        // The drawer's pulse comes first in a job, so a job that failed may have opened it.
        // Where cash is taken, cash alone opens it, when it is taken: a receipt is no key to the drawer.
        let drawer = printing.drawer
            && data.settings.takes(TenderWay::Cash, None).is_none()
            && !data.copy
            && data.sale.failed_receipts == 0
            && !data.sale.took_cash();
        let job = run_blocking(move || {
            let letters = receipt::letters_for(language, printing.letters);
            let messages = Messages::for_customer(language);
            let rows = receipt::layout(&data, &messages, Charset::of(letters));
            Ok(receipt::print_job(&rows, printing.paper, letters, drawer)?)
        })
        .await?;
        let opens = drawer.then_some(Event::DrawerOpened {
            why: DrawerReason::Receipt,
            number: Some(SaleNumber(number)),
            reason: None,
        });
        let report = self.inner.print(port, job, Known::Kept, opens).await;
        let made = match what_is_journaled(&report) {
            Some(outcome) => Some(
                self.receipt_made(number, ReceiptMedium::Printer, outcome)
                    .await?,
            ),
            None => None,
        };
        let outcome = report.result?;
        let sale = match made {
            Some(sale) => sale,
            None => self.sale(number).await?,
        };
        Ok(PrintedReceipt { sale, outcome })
    }

    /// Journals that a receipt was handed to the system's print dialog, which does not tell whether it was printed.
    ///
    /// # Errors
    /// As [`Till::receipt`].
    pub async fn receipt_opened_in_dialog(&self, number: u32) -> Result<SaleView, TillError> {
        self.receipt_made(number, ReceiptMedium::Dialog, None).await
    }

    /// Prints the Z report of this entry on the receipt printer. Nothing is journaled, so it can be printed again.
    ///
    /// # Errors
    /// [`TillError::PrinterNone`], [`TillError::Printer`], [`TillError::Journal`];
    /// [`TillError::Internal`] when the entry is no Z report.
    pub async fn print_close(&self, seq: u64) -> Result<PrintOutcome, TillError> {
        let settings = self.inner.settings();
        let port = settings.printing.printer.clone();
        let port = port.ok_or(TillError::PrinterNone)?;
        let closes = self.closes(Some(seq.saturating_add(1))).await?;
        let close = closes.into_iter().next().filter(|close| close.seq == seq);
        let close =
            close.ok_or_else(|| TillError::Internal(format!("no Z report is entry {seq}")))?;
        // A temporary, because messages cannot be held across the await below.
        let rows = receipt::layout_close(
            &close,
            &settings,
            &Messages::of(language_of(&settings)),
            Charset::of(settings.printing.letters),
        );
        let printing = &settings.printing;
        let job = receipt::print_job(&rows, printing.paper, printing.letters, false)?;
        self.print_job(port, job, Known::Kept, None).await
    }

    /// Printers that may be chosen, which takes some three seconds. Who asks meanwhile, or right after, gets the same answer:
    /// however often a page asks, one look at a time goes over the network.
    pub async fn nearby_printers(&self) -> Vec<NearbyPrinter> {
        let mut last = self.inner.print_queue.nearby.lock().await;
        if let Some((ended, found)) = last.as_ref()
            && ended.elapsed() < LOOK_AGAIN_AFTER
        {
            return found.clone();
        }
        let found = nearby_printers().await;
        *last = Some((Instant::now(), found.clone()));
        found
    }

    /// Prints labels for the shelf, each a job of its own, in the order of the list. What is no item any more is left out.
    ///
    /// # Errors
    /// [`TillError::PrinterNone`]; [`TillError::Printer`] at the first label that was not printed: those before it are.
    pub async fn print_labels(&self, items: &[ItemId]) -> Result<(), TillError> {
        let settings = self.inner.settings();
        let port = settings.printing.printer.clone();
        let port = port.ok_or(TillError::PrinterNone)?;
        let listed = self.items().into_iter();
        for item in listed.filter(|item| items.contains(&item.id)) {
            let messages = Messages::of(language_of(&settings));
            let job = receipt::label_job(&item, &messages, settings.printing.paper)?;
            // A temporary, because messages cannot be held across the await below.
            drop(messages);
            self.print_job(port.clone(), job, Known::Kept, None).await?;
        }
        Ok(())
    }

    /// Prints a page that shows whether the printer, its characters and the drawer work, and asks the printer anew what
    /// it can say.
    ///
    /// # Errors
    /// [`TillError::PrinterNone`], [`TillError::Printer`].
    pub async fn printer_test(&self) -> Result<PrintOutcome, TillError> {
        let settings = self.inner.settings();
        let port = settings.printing.printer.clone();
        let port = port.ok_or(TillError::PrinterNone)?;
        let job = receipt::test_page(
            &Messages::of(language_of(&settings)),
            settings.shop.name.as_deref(),
            settings.printing.paper,
            settings.printing.drawer,
        )?;
        let opens = settings.printing.drawer.then_some(Event::DrawerOpened {
            why: DrawerReason::Test,
            number: None,
            reason: None,
        });
        self.print_job(port, job, Known::Nothing, opens).await
    }

    /// Prints on a task of its own, which a screen that goes away does not end.
    async fn print_job(
        &self,
        port: PrinterPort,
        job: Vec<u8>,
        known: Known,
        opens: Option<Event>,
    ) -> Result<PrintOutcome, TillError> {
        let till = self.detached();
        let task = tokio::spawn(async move {
            let _guard = till.inner.print_queue.printing.lock().await;
            Ok(till.inner.print(port, job, known, opens).await.result?)
        });
        task.await?
    }

    /// Opens the drawer by a job that prints nothing.
    pub(super) async fn open_drawer_job(
        &self,
        port: PrinterPort,
        job: Vec<u8>,
        opens: Event,
    ) -> Result<(), TillError> {
        self.print_job(port, job, Known::Kept, Some(opens)).await?;
        Ok(())
    }

    async fn receipt_made(
        &self,
        number: u32,
        medium: ReceiptMedium,
        outcome: Option<ReceiptOutcome>,
    ) -> Result<SaleView, TillError> {
        self.write(number, move |sale| {
            if sale.received_minor() == 0 {
                return Err(TillError::ReceiptNone(number));
            }
            Ok(Some(Event::ReceiptMade {
                sale: sale.id,
                medium,
                outcome,
            }))
        })
        .await
    }
}

impl Inner {
    /// Refuses what would be journaled afterwards in a folder that can only be read.
    fn assert_writable(&self) -> Result<(), TillError> {
        if self.read_only {
            let reason = "its folder can only be read".to_owned();
            return Err(JournalError::Unwritable(reason).into());
        }
        Ok(())
    }

    /// The data of this sale's receipt, and its language.
    async fn receipt_data(&self, number: u32) -> Result<(ReceiptData, Language), TillError> {
        let sale = self.find(number).await?;
        let head = self.journal.call(|file| file.head()).await?;
        if sale.received_minor() == 0 {
            return Err(TillError::ReceiptNone(number));
        }
        let settings = self.settings();
        let language = settings.language_for(&sale);
        let data = ReceiptData {
            label: sale.label(&self.opening_code),
            copy: sale.receipts > 0,
            head: head.short(),
            signed: self.signed_head(),
            practice: self.purpose == Purpose::Practice,
            gateway: receipt::other_gateway(&sale),
            zone: settings.zone(),
            sale,
            settings,
        };
        Ok((data, language))
    }

    /// Prints a job. `opens` is the entry of the drawer that it opens, which is on the disk before the pulse leaves. When
    /// it cannot be written, nothing is printed: the drawer must not open, and the receipt could not be written either.
    async fn print(
        &self,
        port: PrinterPort,
        job: Vec<u8>,
        known: Known,
        opens: Option<Event>,
    ) -> PrintReport {
        let queue = &self.print_queue;
        let limits = *queue.limits.lock();
        let kept = queue.abilities.read(&port);
        let before = match known {
            Known::Kept => kept,
            Known::Nothing => Abilities::default(),
        };
        let (journal, now) = (self.journal.clone(), self.clock.now());
        let record = move || match opens {
            Some(event) => journal
                .call_blocking(move |file| file.append_event(event, now))
                .map_err(|error| PrinterError::NotRecorded(error.to_string())),
            None => Ok(()),
        };
        let report = printer::print_recorded(port.clone(), job, before, limits, record).await;
        if report.abilities != kept {
            queue.abilities.write(&port, report.abilities);
        }
        *queue.last.lock() = match &report.result {
            Ok(_) => ReportedPrinter::Ready,
            Err(PrinterError::OutOfPaper) => ReportedPrinter::NoPaper,
            Err(_) => ReportedPrinter::Failing,
        };
        report
    }

    /// How the last job of the receipt printer went.
    pub(super) fn last_print(&self) -> ReportedPrinter {
        *self.print_queue.last.lock()
    }
}

/// What the journal says of a receipt that was sent to the printer; `None` when none of it was.
fn what_is_journaled(report: &PrintReport) -> Option<Option<ReceiptOutcome>> {
    match &report.result {
        Ok(PrintOutcome::Confirmed) => Some(None),
        Ok(PrintOutcome::Unconfirmed) | Err(PrinterError::Unconfirmed(_)) => {
            Some(Some(ReceiptOutcome::Unconfirmed))
        }
        Err(_) if report.begun => Some(Some(ReceiptOutcome::Failed)),
        Err(_) => None,
    }
}

/// The language of what the shop prints for itself.
fn language_of(settings: &Settings) -> Language {
    match settings.language.as_deref() {
        Some(tag) => Language::of_screens(tag),
        None => Language::of_screens(&system_language()),
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

/// Prints the first receipt of each sale when it is paid, if the settings say so.
async fn print_when_paid(mut events: broadcast::Receiver<TillEvent>, inner: Weak<Inner>) {
    let mut printed = HashSet::new();
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
        // A payment in crypto rings; a tender was the sale's last entry.
        let by_tender = sale.tenders.last().map(|tender| tender.entry) == Some(sale.revision);
        let just_paid =
            sale.paid_at_unix_ms.is_some() && (sale.unseen || by_tender) && sale.receipts == 0;
        let prints = just_paid && printing.auto_print && printing.printer.is_some();
        if !prints || !printed.insert(sale.number) {
            continue;
        }
        let till = Till {
            inner,
            tasks: Vec::new(),
        };
        // On a task of its own, so that this loop does not wait for the printer.
        tokio::spawn(async move {
            if let Err(error) = till.print_receipt(sale.number).await {
                let fault = Fault::from(error).with("number", sale.number);
                till.inner.emit(TillEvent::Fault(fault));
            }
        });
    }
}
