//! What all parts of the running gateway share: its invoices and how they are changed and kept.

use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use parking_lot::{Mutex, MutexGuard};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    api::Authorization,
    clock::Clock,
    control::{ControlError, InvoiceView},
    create_request::CreateRequest,
    invoice::{Invoice, InvoiceState, WrongState},
    state_file::{Saved, StateFile},
    webhook::{self, Webhooks},
};

/// How long an invoice is kept after its expiry, seconds: a week, far longer than a till polls it. Without a limit
/// the state of a practice till would grow for ever.
const KEPT_AFTER_EXPIRY_S: i64 = 7 * 24 * 60 * 60;

/// Most that all invoices together may hold, bytes: thousands of a till's, hundreds of the longest that are allowed.
const INVOICES_LIMIT_BYTES: usize = 8 * 1024 * 1024;

/// The running gateway.
pub(crate) struct Gateway {
    pub(crate) clock: Clock,
    pub(crate) key: Option<String>,
    /// What a program must show to use the control API.
    pub(crate) control_token: String,
    pub(crate) test_mode: bool,
    pub(crate) port: u16,
    pub(crate) state_file: Option<StateFile>,
    pub(crate) invoices: Mutex<Vec<Invoice>>,
    pub(crate) webhooks: Webhooks,
    #[cfg(feature = "test-api")]
    pub(crate) test: crate::test_api::TestState,
    /// True, or without a sender, once the gateway is to stop.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Gateway {
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

    /// What the `Authorization` header of a call to the API is worth.
    pub(crate) fn authorization(&self, headers: &HeaderMap) -> Authorization {
        authorization(headers, self.key.as_deref())
    }

    /// What the `Authorization` header of a call to the control API is worth.
    pub(crate) fn control_authorization(&self, headers: &HeaderMap) -> Authorization {
        authorization(headers, Some(&self.control_token))
    }

    /// Opens an invoice.
    pub(crate) fn open_invoice(&self, request: CreateRequest) -> InvoiceView {
        let now = self.clock.now();
        let invoice = Invoice::open(Uuid::new_v4().to_string(), request, self.test_mode, now);
        let view = self.view(&invoice);
        let oldest_unix = now.as_second().saturating_sub(KEPT_AFTER_EXPIRY_S);
        let mut invoices = self.invoices.lock();
        invoices.retain(|invoice| invoice.expires_at_unix() > oldest_unix);
        invoices.push(invoice);
        drop_oldest(&mut invoices, now);
        self.save(&invoices);
        view
    }

    /// Changes an invoice, keeps the change, and gives the result.
    pub(crate) fn change(
        &self,
        id: &str,
        change: impl FnOnce(&mut Invoice, Timestamp) -> Result<(), WrongState>,
    ) -> Result<InvoiceView, ControlError> {
        let mut invoices = self.invoices.lock();
        let invoice = find(&mut invoices, id)?;
        let was_paid = is_paid(invoice);
        change(invoice, self.clock.now())?;
        let view = self.view(invoice);
        let is_news = !was_paid && is_paid(invoice);
        self.save(&invoices);
        drop(invoices);
        if is_news {
            self.call_webhook(&view);
        }
        Ok(view)
    }

    /// Calls the webhook of an invoice that was paid.
    fn call_webhook(&self, paid: &InvoiceView) {
        let webhook = paid.request.webhook.as_deref();
        let Some(url) = webhook.and_then(webhook::callable) else {
            return;
        };
        let body = paid.info.to_string().into_bytes();
        #[cfg(feature = "test-api")]
        let calls = self.test.webhook_mode().calls(&url, &body);
        #[cfg(not(feature = "test-api"))]
        let calls = [webhook::WebhookCall {
            url,
            body,
            after: std::time::Duration::ZERO,
        }];
        for call in calls {
            self.webhooks.send(call);
        }
    }

    /// Reads an invoice as it is now: ended, if its time is over.
    pub(crate) fn with_invoice<T>(
        &self,
        id: &str,
        read: impl FnOnce(&Invoice, Timestamp) -> T,
    ) -> Result<T, ControlError> {
        let now = self.clock.now();
        let mut invoices = self.invoices.lock();
        let invoice = find(&mut invoices, id)?;
        invoice.end_if_expired(now);
        Ok(read(invoice, now))
    }

    /// All invoices as they are now, the oldest first.
    pub(crate) fn invoice_views(&self) -> Vec<InvoiceView> {
        let now = self.clock.now();
        let mut invoices = self.invoices.lock();
        let views = invoices.iter_mut().map(|invoice| {
            invoice.end_if_expired(now);
            self.view(invoice)
        });
        views.collect()
    }

    /// Forgets everything.
    pub(crate) fn reset(&self) {
        #[cfg(feature = "test-api")]
        self.test.reset();
        let mut invoices = self.invoices.lock();
        invoices.clear();
        self.save(&invoices);
    }

    pub(crate) fn view(&self, invoice: &Invoice) -> InvoiceView {
        InvoiceView {
            id: invoice.id().to_owned(),
            pay_url: self.pay_url(invoice.id()),
            created_at_unix: invoice.created_at_unix(),
            expires_at_unix: invoice.expires_at_unix(),
            test: invoice.is_test(),
            request: invoice.request().clone(),
            state: invoice.state().clone(),
            info: invoice.info(),
        }
    }

    /// Keeps the invoices, if there is a file for them. A failure is logged, and the gateway goes on.
    fn save(&self, invoices: &MutexGuard<'_, Vec<Invoice>>) {
        if let Some(file) = &self.state_file
            && let Err(error) = file.save(&Saved::new(self.port, invoices.to_vec()))
        {
            tracing::warn!(%error, path = %file.0.display(), "practice invoices cannot be kept");
        }
    }
}

/// What a bearer header is worth; `accepted`: `None` for any key.
fn authorization(headers: &HeaderMap, accepted: Option<&str>) -> Authorization {
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
    match (key, accepted) {
        (Some(key), Some(accepted)) if key == accepted => Authorization::Valid,
        // `Bearer` and nothing more has no space once HTTP has trimmed it, so this key is some key.
        (Some(_), None) => Authorization::Valid,
        _ => Authorization::Wrong,
    }
}

/// Keeps the invoices below [`INVOICES_LIMIT_BYTES`]. The oldest that nobody can pay any more go first, then the oldest.
fn drop_oldest(invoices: &mut Vec<Invoice>, now: Timestamp) {
    let mut bytes: usize = invoices.iter().map(Invoice::bytes).sum();
    for waiting_too in [false, true] {
        invoices.retain_mut(|invoice| {
            invoice.end_if_expired(now);
            let goes = bytes > INVOICES_LIMIT_BYTES && (waiting_too || !invoice.is_waiting());
            if goes {
                bytes -= invoice.bytes();
            }
            !goes
        });
    }
}

fn is_paid(invoice: &Invoice) -> bool {
    matches!(invoice.state(), InvoiceState::Paid { .. })
}

fn find<'a>(invoices: &'a mut [Invoice], id: &str) -> Result<&'a mut Invoice, ControlError> {
    // From the end: the one asked for is most often the newest.
    let found = invoices.iter_mut().rev().find(|invoice| invoice.id() == id);
    found.ok_or_else(|| ControlError::UnknownInvoice(id.to_owned()))
}
