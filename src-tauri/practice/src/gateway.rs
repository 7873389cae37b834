//! What all parts of the running gateway share: the invoices, the fault rules, the request log.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    act::Act,
    clock::Clock,
    control::{ControlError, InvoiceView},
    faults::Faults,
    invoice::{Invoice, Seen, WrongStage},
    order::Order,
    requests::{Authorization, Endpoint, RequestLog, RequestRecord},
    state_file::{Saved, StateFile},
};

/// How long after its expiry an invoice is still known: a week, far beyond the day in which a till
/// still asks. Without it a practice till's state would grow for ever.
const KEPT_AFTER_EXPIRY_S: i64 = 7 * 24 * 60 * 60;

/// The running gateway.
pub(crate) struct Gateway {
    pub(crate) clock: Clock,
    pub(crate) key: Option<String>,
    pub(crate) test_mode: bool,
    pub(crate) port: u16,
    pub(crate) state_file: Option<StateFile>,
    pub(crate) book: Mutex<Book>,
    /// Tells waiting tests that the request log grew.
    pub(crate) requested: watch::Sender<()>,
    /// True, or without a sender, once the gateway is to stop.
    pub(crate) stopping: watch::Receiver<bool>,
}

/// What changes while it runs.
#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) invoices: Vec<Invoice>,
    pub(crate) faults: Faults,
    pub(crate) requests: RequestLog,
}

impl Gateway {
    /// The book, also after a panic elsewhere: each change to it is whole.
    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What the customer opens.
    pub(crate) fn pay_url(&self, id: &str) -> String {
        format!("{}/invoice/{id}", self.origin())
    }

    /// Resolves when the gateway stops.
    pub(crate) async fn stopped(&self) {
        // An error means that the handle was dropped: that stops the gateway too.
        drop(self.stopping.clone().wait_for(|stopping| *stopping).await);
    }

    /// What the `Authorization` header is worth.
    pub(crate) fn authorization(&self, headers: &HeaderMap) -> Authorization {
        let mut values = headers.get_all(header::AUTHORIZATION).iter();
        let Some(value) = values.next() else {
            return Authorization::Absent;
        };
        if values.next().is_some() {
            return Authorization::Wrong;
        }
        let key = value
            .to_str()
            .ok()
            .and_then(|text| text.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, key)| key);
        match (key, &self.key) {
            (Some(key), Some(accepted)) if key == accepted => Authorization::Valid,
            // `Bearer` and nothing more has no space once HTTP has trimmed it, so this key is some key.
            (Some(_), None) => Authorization::Valid,
            _ => Authorization::Wrong,
        }
    }

    /// Writes a request into the log and says which number it has.
    pub(crate) fn note(&self, record: RequestRecord) -> u64 {
        let number = self.book().requests.add(record);
        self.requested.send_replace(());
        number
    }

    /// What happens to this call.
    pub(crate) fn take_fault(&self, endpoint: Endpoint, invoice: Option<&str>) -> Option<Act> {
        self.book().faults.take(endpoint, invoice)
    }

    /// Opens an invoice for request `number` of the log.
    pub(crate) fn open_invoice(&self, order: Order, number: u64) -> InvoiceView {
        let now = self.clock.now();
        let invoice = Invoice::open(Uuid::new_v4().to_string(), order, self.test_mode, now);
        let view = self.view(&invoice, now);
        let mut book = self.book();
        let oldest_unix = now.as_second().saturating_sub(KEPT_AFTER_EXPIRY_S);
        book.invoices
            .retain(|invoice| invoice.expires_at_unix() > oldest_unix);
        book.requests.made(number, &view.id);
        book.invoices.push(invoice);
        self.save(&book);
        view
    }

    /// Changes an invoice, keeps the change, and shows the result.
    pub(crate) fn change(
        &self,
        id: &str,
        change: impl FnOnce(&mut Invoice, Timestamp) -> Result<(), WrongStage>,
    ) -> Result<InvoiceView, ControlError> {
        let now = self.clock.now();
        let mut book = self.book();
        let invoice = find(&mut book.invoices, id)?;
        change(invoice, now)?;
        let view = self.view(invoice, now);
        self.save(&book);
        Ok(view)
    }

    /// Looks at an invoice as it is now, after the clock did its part.
    pub(crate) fn look<T>(
        &self,
        id: &str,
        look: impl FnOnce(&Invoice, Timestamp) -> T,
    ) -> Result<T, ControlError> {
        let now = self.clock.now();
        let mut book = self.book();
        let invoice = find(&mut book.invoices, id)?;
        invoice.tick(now);
        Ok(look(invoice, now))
    }

    /// All invoices, the oldest first.
    pub(crate) fn all(&self) -> Vec<InvoiceView> {
        let now = self.clock.now();
        let mut book = self.book();
        book.invoices
            .iter_mut()
            .for_each(|invoice| invoice.tick(now));
        book.invoices
            .iter()
            .map(|invoice| self.view(invoice, now))
            .collect()
    }

    /// Forgets everything.
    pub(crate) fn reset(&self) {
        let mut book = self.book();
        *book = Book::default();
        self.save(&book);
    }

    pub(crate) fn view(&self, invoice: &Invoice, now: Timestamp) -> InvoiceView {
        InvoiceView {
            id: invoice.id().to_owned(),
            pay_url: self.pay_url(invoice.id()),
            created_at_unix: invoice.created_at_unix(),
            expires_at_unix: invoice.expires_at_unix(),
            test: invoice.is_test(),
            order: invoice.order().clone(),
            stage: invoice.stage().clone(),
            info: invoice.info(Seen::Now, now),
        }
    }

    /// Keeps the invoices, if there is a file for them. A failure is logged and the play goes on.
    fn save(&self, book: &Book) {
        if let Some(file) = &self.state_file
            && let Err(error) = file.save(&Saved::new(self.port, book.invoices.clone()))
        {
            tracing::warn!(%error, path = %file.0.display(), "practice invoices cannot be kept");
        }
    }
}

fn find<'a>(invoices: &'a mut [Invoice], id: &str) -> Result<&'a mut Invoice, ControlError> {
    // From the end: the one asked for is most often the newest.
    let found = invoices.iter_mut().rev().find(|invoice| invoice.id() == id);
    found.ok_or_else(|| ControlError::UnknownInvoice(id.to_owned()))
}
