//! From an amount to an invoice: the sale is in the journal before the request is sent, the invoice is in the
//! journal before its QR code is shown, and the request is sent once.

use std::sync::Arc;

use secrecy::SecretString;
use serde::Deserialize;

use super::{Inner, NewTender, Till, TillError};
use crate::breaks::{self, Break};
use crate::failpoints::{self, Failpoint};
use crate::field_rules::to_description;
use crate::gateway::{CreateError, CreateRequest, Outcome, Reference, retry_delay};
use crate::i18n::Language;
use crate::ids::{AttemptNumber, CartId, SaleId, SaleNumber, TapId};
use crate::journal::{FirstPayment, JournalError, JournalFile, NewSale, Opened};
use crate::money::Money;
use crate::polling::{AttemptKey, Network};
use crate::sale::{Basket, DrawerReason, Event, Failure, Invoice, Phase, Sale, SaleView};

/// Longest note of a cashier's, characters; the journal keeps it whole.
const MAX_NOTE_CHARS: usize = 500;

/// How many hex digits of the journal's head the gateway is given to keep.
const SHORT_HEAD_DIGITS: usize = 16;

/// A sale to be opened.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct Charge {
    /// The amount.
    pub amount: Money,
    /// The cashier's note.
    pub note: Option<String>,
    /// The language that the customer chose before; left out: none.
    #[serde(default)]
    #[ts(optional)]
    pub language: Option<Language>,
    /// How long the invoice can be paid, minutes; `None`: as the settings say.
    #[serde(skip)]
    pub lifetime_minutes: Option<u16>,
    /// What the amount is made of. Items bring their own tax; lines typed on the pad get the settings' tax.
    #[serde(default)]
    pub basket: Basket,
    /// Somebody has confirmed the amount, by another key than the one that charges. Without it an amount far beyond
    /// the usual is refused.
    #[serde(default)]
    pub confirmed: bool,
    /// The held carts that were taken up for it. What they have beyond the basket's lines stays held.
    #[serde(default)]
    pub carts: Vec<CartId>,
    /// The tap that asked for it. The same tap a second time is the same sale.
    #[ts(type = "string")]
    pub tap: TapId,
    /// What it is paid by first; left out: crypto. Then no invoice is requested, and no key is needed.
    #[serde(default)]
    #[ts(optional)]
    pub tender: Option<NewTender>,
}

impl Till {
    /// Opens a sale and takes its first tender in one commit, or else requests its invoice. The sale comes back `awaiting`, `refused` or `uncertain`; a tap that
    /// was seen before brings back the sale that it opened.
    ///
    /// # Errors
    /// There is no sale after [`TillError::Money`] (the amount is not within the limits), [`TillError::NoteTooLong`],
    /// [`TillError::Basket`], [`TillError::Fields`] (lifetime or a setting that is sent along),
    /// [`TillError::Keychain`], [`TillError::KeyMissing`], [`TillError::AmountUnusual`] (not confirmed) and a
    /// [`TillError::Journal`] of a cart that is held no more. After
    /// any other [`TillError::Journal`] and [`TillError::Internal`] there may be one, which then stays `requesting`; no QR code
    /// is shown.
    pub async fn charge(&self, charge: Charge) -> Result<SaleView, TillError> {
        failpoints::reached(Failpoint::ChargeAsked);
        let amount = match charge.tender {
            None => charge.amount.within_limits()?,
            Some(_) => charge.amount.within_tender_limits()?,
        };
        let note = validate_note(charge.note)?;
        let settings = self.inner.settings();
        let breakdown = charge.basket.breakdown(amount, settings.default_tax)?;
        let lifetime_minutes = charge.lifetime_minutes.unwrap_or(settings.lifetime_minutes);
        let (first, request) = match &charge.tender {
            Some(tender) => {
                let tender = self.inner.first_tender(tender, amount)?;
                (FirstPayment::Tender(tender), None)
            }
            None => {
                let request = self
                    .inner
                    .prepare_request(amount, note.as_deref(), lifetime_minutes)
                    .await?;
                let gateway = self.inner.asked_gateway.clone();
                let first = FirstPayment::Invoice {
                    gateway,
                    lifetime_minutes,
                };
                (first, Some(request))
            }
        };
        if !charge.confirmed {
            self.inner.require_usual(amount, charge.tap).await?;
        }

        self.inner.apply_till_code().await?;
        let takes_carts = !charge.carts.is_empty();
        let now = self.inner.clock.now();
        let new = NewSale {
            tap: charge.tap,
            amount,
            note,
            language: charge.language,
            breakdown,
            first,
            receipt_token: self.inner.draw_receipt_token(),
        };
        let opened = self
            .inner
            .journal
            .call(move |file| file.open_sale_of(&charge.carts, new, now))
            .await?;
        match opened {
            Opened::AlreadyOpened(sale) => Ok(self.inner.view(&sale)),
            Opened::New(sale) => {
                if takes_carts {
                    // A journal that fails now is told by what follows.
                    self.inner.emit_carts().await.ok();
                }
                match request {
                    Some((request, key)) => self.request_invoice(sale, request, key).await,
                    None => {
                        self.inner.emit_sale(&sale);
                        if sale.took_cash() {
                            self.inner.open_drawer(DrawerReason::Tender, sale.number);
                        }
                        Ok(self.inner.view(&sale))
                    }
                }
            }
        }
    }

    /// Requests a new invoice for what is outstanding of a sale whose last one ended, was refused or is uncertain, or
    /// that was paid in part by other tenders. The gateway is asked about
    /// every earlier invoice first: if one was paid meanwhile, the sale comes back `paid`, otherwise as from
    /// [`Till::charge`].
    ///
    /// # Errors
    /// No invoice was requested after [`TillError::Info`] (the gateway does not answer about an earlier
    /// one), [`TillError::Money`] (less is outstanding than can be paid in crypto), [`TillError::SaleUnknown`], [`TillError::SaleNotRetryable`] (the sale was paid, may still be paid or
    /// waits for an answer), [`TillError::Fields`], [`TillError::Keychain`] and [`TillError::KeyMissing`]. After
    /// [`TillError::Journal`] and [`TillError::Internal`] the new attempt may stay `requesting`.
    pub async fn try_again(&self, number: u32) -> Result<SaleView, TillError> {
        let sale = self.inner.find(number).await?;
        let sale = self.inner.poll_before_retry(sale).await?;
        if sale.paid_at().is_some() {
            return Ok(self.inner.view(&sale));
        }
        let lifetime_minutes = self.inner.settings().lifetime_minutes;
        let outstanding = sale.outstanding();
        outstanding.within_limits()?;
        let (request, key) = self
            .inner
            .prepare_request(outstanding, sale.note.as_deref(), lifetime_minutes)
            .await?;
        let (id, gateway) = (sale.id, self.inner.asked_gateway.clone());
        failpoints::reached(Failpoint::RetryAsked);
        let (sale, written) = self
            .inner
            .record(id, move |sale| {
                // Another tender may have been taken meanwhile; the request would ask for too much.
                let may = sale.may_try_again() && sale.outstanding() == outstanding;
                may.then(|| Event::InvoiceRequested {
                    sale: id,
                    attempt: sale.next_attempt(),
                    gateway,
                    lifetime_minutes,
                    amount_minor: (outstanding != sale.amount).then(|| outstanding.minor()),
                })
            })
            .await?;
        if written {
            failpoints::reached(Failpoint::RetryJournaled);
            self.request_invoice(sale, request, key).await
        } else {
            let state = sale.state().as_str();
            Err(TillError::SaleNotRetryable { number, state })
        }
    }

    /// Sends the request on a task of its own, so that a screen that goes away does not take the answer with it.
    async fn request_invoice(
        &self,
        sale: Sale,
        request: CreateRequest,
        key: SecretString,
    ) -> Result<SaleView, TillError> {
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move { inner.request_invoice(sale, request, key).await }).await?
    }
}

impl Inner {
    /// Refuses an amount far beyond what the shop usually takes ([`LargeAmount`]), unless the tap has opened its sale
    /// already: a repeated request must bring that sale back.
    ///
    /// [`LargeAmount`]: crate::settings::LargeAmount
    async fn require_usual(&self, amount: Money, tap: TapId) -> Result<(), TillError> {
        let currency = amount.currency();
        let rule = self.settings.get(|settings| settings.large_amount.clone());
        // The journal is asked about large amounts only: most sales need no such look.
        if amount.minor() <= rule.at_least(currency).minor() {
            return Ok(());
        }
        let look =
            move |file: &mut JournalFile| Ok((file.has_opened(tap)?, file.usual_amount(currency)?));
        let (opened, usual) = self.journal.call(look).await?;
        let limit = rule.limit(currency, usual);
        if opened || amount.minor() <= limit.minor() {
            Ok(())
        } else {
            Err(TillError::AmountUnusual {
                amount,
                limit,
                usual,
            })
        }
    }

    /// The request, checked, and the key to send it with. The reference is added when the attempt has a number.
    async fn prepare_request(
        &self,
        amount: Money,
        note: Option<&str>,
        lifetime_minutes: u16,
    ) -> Result<(CreateRequest, SecretString), TillError> {
        let settings = self.settings();
        let request = CreateRequest {
            amount,
            lifetime_minutes,
            payload: None,
            webhook: settings.webhook.or_else(|| self.office_webhook()),
            description: note
                .and_then(to_description)
                .or_else(|| settings.description.as_deref().and_then(to_description)),
            redirect_url: settings.redirect_url,
        };
        request.validate().map_err(TillError::Fields)?;
        let key = self.keys.load().await?.ok_or(TillError::KeyMissing)?;
        Ok((request, key))
    }

    async fn request_invoice(
        &self,
        sale: Sale,
        mut request: CreateRequest,
        key: SecretString,
    ) -> Result<SaleView, TillError> {
        let Some(attempt) = sale.attempts.last() else {
            return Err(TillError::Internal("a sale without a request".to_owned()));
        };
        let attempt_key = (sale.id, attempt.number);
        let guard = self.creates.acquire(attempt_key).await;
        self.emit_sale(&sale);
        let head = self.journal.call(|file| file.head()).await?;
        request.payload = Reference {
            head: head.hex().chars().take(SHORT_HEAD_DIGITS).collect(),
            till: self.till_id,
            sale: sale.id,
            number: sale.number,
            attempt: attempt.number,
        }
        .to_payload();

        failpoints::reached(Failpoint::RequestLeaving);
        let answer = self.create(&key, &request).await;
        failpoints::reached(Failpoint::CreateAnswered);
        self.note_create(&answer);
        if let Err(CreateError::Refused { .. }) = &answer {
            self.note_request_refused(request.webhook.as_deref());
        }
        let sale = self.record_create(attempt_key, sale.number, answer).await;
        drop(guard);
        let sale = sale?;
        failpoints::reached(Failpoint::InvoiceJournaled);
        self.emit_sale(&sale);
        self.polling.wake.notify_one();
        Ok(self.view(&sale))
    }

    /// Sends the request, and again only if no byte of it left.
    async fn create(
        &self,
        key: &SecretString,
        request: &CreateRequest,
    ) -> Result<Invoice, CreateError> {
        let mut retries = 0;
        loop {
            self.take_create_call().await;
            let error = match self.gateway.create(key, request).await {
                Ok(invoice) => return Ok(invoice),
                Err(error) => error,
            };
            let Some(delay) = retry_delay(&error, retries) else {
                return Err(error);
            };
            tokio::time::sleep(delay).await;
            retries += 1;
        }
    }

    async fn record_create(
        &self,
        (id, attempt): AttemptKey,
        number: SaleNumber,
        answer: Result<Invoice, CreateError>,
    ) -> Result<Sale, JournalError> {
        let (now, gateway) = (self.clock.now(), self.asked_gateway.clone());
        let record = move |file: &mut JournalFile| {
            let answer = match answer {
                Ok(Invoice { id, .. })
                    if file.invoice_belongs_to_another(&gateway, &id, number, attempt)? =>
                {
                    Err(CreateError::InvoiceTaken { invoice_id: id })
                }
                answer => answer,
            };
            let (sale, _) = file.record(id, now, |sale| {
                // Another program may have given the request up meanwhile; an invoice still counts.
                let counts = match sale.attempt(attempt).map(|attempt| &attempt.phase) {
                    Some(Phase::Requesting) => true,
                    Some(Phase::Uncertain(_)) => answer.is_ok(),
                    _ => false,
                };
                let event = counts.then(|| event_for_create(id, attempt, answer));
                event.into_iter().collect()
            })?;
            Ok(sale)
        };
        self.journal.call(record).await
    }

    fn note_create(&self, answer: &Result<Invoice, CreateError>) {
        if let Err(CreateError::RateLimited { retry_after_s }) = answer {
            self.with_scheduler(|scheduler, now_ms, budget| {
                scheduler.create_refused(*retry_after_s, now_ms, budget);
            });
        }
        match answer {
            Err(CreateError::KeyRefused { .. }) => self.note_key_refused(),
            Err(error) if error.outcome() != Outcome::Refused => {
                self.update_network(Network::after_failure);
            }
            Ok(_) | Err(_) => self.note_key_accepted(),
        }
    }

    /// Journals a request as uncertain, because nobody waits for its answer any more.
    pub(super) async fn give_up_request(&self, (id, attempt): AttemptKey) {
        if breaks::is(Break::OrphanKept) {
            return;
        }
        let recorded = self
            .record(id, move |sale| {
                let phase = sale.attempt(attempt).map(|attempt| &attempt.phase);
                matches!(phase, Some(Phase::Requesting)).then(|| Event::InvoiceUncertain {
                    sale: id,
                    attempt,
                    failure: Failure::interrupted(),
                })
            })
            .await;
        failpoints::reached(Failpoint::OrphanGivenUp);
        match recorded {
            Ok((sale, true)) => self.emit_sale(&sale),
            Ok((_, false)) => {}
            Err(error) => tracing::error!(%error, "an interrupted request cannot be written down"),
        }
    }

    /// Gives up every request. To be called at the start when no other program has the journal open, so that
    /// nobody waits for any answer.
    pub(super) async fn give_up_all_requests(&self) -> Result<(), TillError> {
        for attempt in self.journal.call(|file| file.requesting()).await? {
            self.give_up_request(attempt).await;
        }
        Ok(())
    }
}

fn event_for_create(
    sale: SaleId,
    attempt: AttemptNumber,
    answer: Result<Invoice, CreateError>,
) -> Event {
    let error = match answer {
        Ok(invoice) => {
            return Event::InvoiceOpened {
                sale,
                attempt,
                invoice,
            };
        }
        Err(error) => error,
    };
    match error.outcome() {
        Outcome::Uncertain => Event::InvoiceUncertain {
            sale,
            attempt,
            failure: error.into(),
        },
        Outcome::NotSent | Outcome::Refused => Event::InvoiceRefused {
            sale,
            attempt,
            failure: error.into(),
        },
    }
}

/// The note without surrounding space; `None` when nothing is left.
pub(super) fn validate_note(note: Option<String>) -> Result<Option<String>, TillError> {
    let note = note
        .map(|note| note.trim().to_owned())
        .filter(|note| !note.is_empty());
    match &note {
        Some(text) if text.chars().count() > MAX_NOTE_CHARS => {
            Err(TillError::NoteTooLong(MAX_NOTE_CHARS))
        }
        _ => Ok(note),
    }
}
