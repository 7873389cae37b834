//! From an amount to an invoice: on the disk before the request leaves, on the disk before its QR is
//! seen, and asked for once.

use std::sync::Arc;
use std::time::Duration;

use backon::{ConstantBuilder, Retryable as _};
use secrecy::SecretString;

use super::{Inner, Till};
use crate::error::{TillError, failure_of, interrupted};
use crate::failpoints::{self, Failpoint};
use crate::gateway::{CreateError, CreateRequest, Outcome, Reference, description};
use crate::ids::{AttemptNumber, TapId};
use crate::journal::{NewSale, Opened};
use crate::money::{Currency, Money};
use crate::polling::{AttemptKey, Network};
use crate::sale::{Basket, Event, Invoice, Phase, Sale, SaleView};

/// The cashier's words, kept whole in the journal up to this.
const LONGEST_NOTE_CHARS: usize = 500;
/// A request that never left is sent again this often, this soon.
const AGAIN: usize = 2;
const AGAIN_AFTER: Duration = Duration::from_millis(400);

/// What the cashier asks for.
#[derive(Debug, Clone)]
pub struct Charge {
    /// Decimal text.
    pub amount: String,
    /// ISO code.
    pub currency: String,
    /// The cashier's words.
    pub note: Option<String>,
    /// The invoice's life, minutes; none: as set.
    pub lifetime_minutes: Option<u16>,
    /// What it is made of; its own taxes stand in its lines, those of typed sums are the settings'.
    pub basket: Basket,
    /// The tap: the same one again is the same sale.
    pub tap: TapId,
}

impl Till {
    /// Opens a sale and asks the gateway for its invoice. The sale comes back `awaiting`, `refused` or
    /// `uncertain`; a tap that was seen before brings the sale that it opened.
    ///
    /// # Errors
    /// [`TillError`] before anything was sent: then there is no sale. [`TillError::Journal`] after
    /// that: then the sale stays `requesting`, and no QR is shown.
    pub async fn charge(&self, charge: Charge) -> Result<SaleView, TillError> {
        failpoints::reached(Failpoint::ChargeAsked);
        let currency: Currency = charge.currency.parse()?;
        let amount = Money::parse_charge(&charge.amount, currency)?;
        let note = trim_note(charge.note)?;
        let settings = self.inner.settings();
        let breakdown = charge.basket.breakdown(amount, settings.default_tax)?;
        let lifetime_minutes = charge.lifetime_minutes.unwrap_or(settings.lifetime_minutes);
        let request = self
            .inner
            .request(amount, note.as_deref(), lifetime_minutes);
        request.validate().map_err(TillError::Fields)?;
        let key = self.inner.key().await?;

        let now = self.inner.clock.now();
        let new = NewSale {
            tap: charge.tap,
            amount,
            note,
            breakdown,
            gateway: self.inner.gateway_name.clone(),
            lifetime_minutes,
        };
        let opened = self
            .inner
            .journal
            .call(move |file| file.open_sale(new, now))
            .await?;
        match opened {
            Opened::AlreadyOpened(sale) => Ok(self.inner.view(&sale)),
            Opened::New(sale) => self.request_invoice(sale, request, key).await,
        }
    }

    /// Asks for a new invoice of a sale whose last one ended, was refused or is uncertain.
    ///
    /// # Errors
    /// [`TillError::SaleNotRetryable`] when it may still be paid or has been.
    pub async fn try_again(&self, number: u32) -> Result<SaleView, TillError> {
        let sale = self.inner.find(number).await?;
        let lifetime_minutes = self.inner.settings().lifetime_minutes;
        let request = self
            .inner
            .request(sale.amount, sale.note.as_deref(), lifetime_minutes);
        request.validate().map_err(TillError::Fields)?;
        let key = self.inner.key().await?;
        let (now, gateway) = (self.inner.clock.now(), self.inner.gateway_name.clone());
        let id = sale.id;
        failpoints::reached(Failpoint::RetryAsked);
        let (sale, written) = self
            .inner
            .journal
            .call(move |file| {
                file.record(id, now, |sale| {
                    if !sale.may_try_again() {
                        return Vec::new();
                    }
                    vec![Event::InvoiceRequested {
                        sale: id,
                        attempt: sale.next_attempt(),
                        gateway,
                        lifetime_minutes,
                    }]
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

    /// Sends the request on a task of its own: a screen that goes away does not take the answer with
    /// it.
    async fn request_invoice(
        &self,
        sale: Sale,
        request: CreateRequest,
        key: SecretString,
    ) -> Result<SaleView, TillError> {
        let inner = Arc::clone(&self.inner);
        let task = tokio::spawn(async move { inner.request_invoice(sale, request, key).await });
        task.await
            .map_err(|error| TillError::Internal(error.to_string()))?
    }
}

impl Inner {
    fn request(&self, amount: Money, note: Option<&str>, lifetime_minutes: u16) -> CreateRequest {
        let settings = self.settings();
        CreateRequest {
            amount,
            lifetime_minutes,
            payload: None,
            webhook: settings.webhook,
            description: note
                .and_then(description)
                .or_else(|| settings.description.as_deref().and_then(description)),
            redirect_url: settings.redirect_url,
        }
    }

    async fn key(&self) -> Result<SecretString, TillError> {
        self.keys.load().await?.ok_or(TillError::KeyMissing)
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
        let turn = self.creating.take(attempt_key).await;
        self.emit_sale(&sale);
        request.payload = Reference {
            till: self.till_id,
            sale: sale.id,
            number: sale.number,
            attempt: attempt.number,
        }
        .to_payload();

        failpoints::reached(Failpoint::RequestLeaving);
        let again = ConstantBuilder::default()
            .with_delay(AGAIN_AFTER)
            .with_max_times(AGAIN);
        let answer = (|| self.gateway.create(&key, &request))
            .retry(again)
            .when(|error| error.outcome() == Outcome::NotSent)
            .await;
        failpoints::reached(Failpoint::CreateAnswered);
        self.note_network(&answer);
        let sale = self.record_answer(attempt_key, answer).await;
        drop(turn);
        let sale = sale?;
        failpoints::reached(Failpoint::InvoiceJournaled);
        self.emit_sale(&sale);
        self.wake.notify_one();
        Ok(self.view(&sale))
    }

    async fn record_answer(
        &self,
        (id, attempt): AttemptKey,
        answer: Result<Invoice, CreateError>,
    ) -> Result<Sale, TillError> {
        let now = self.clock.now();
        let (sale, _) = self
            .journal
            .call(move |file| {
                file.record(id, now, |sale| {
                    // Another program may have given up on it meanwhile; an answer still counts.
                    let phase = sale.attempt(attempt).map(|attempt| &attempt.phase);
                    match phase {
                        Some(Phase::Requesting) => vec![event_for_create(id, attempt, answer)],
                        Some(Phase::Uncertain(_)) if answer.is_ok() => {
                            vec![event_for_create(id, attempt, answer)]
                        }
                        _ => Vec::new(),
                    }
                })
            })
            .await?;
        Ok(sale)
    }

    fn note_network(&self, answer: &Result<Invoice, CreateError>) {
        if let Err(CreateError::RateLimited { retry_after_s }) = answer {
            let (now_ms, budget) = (self.now_ms(), self.budget());
            self.scheduler().paused(*retry_after_s, now_ms, budget);
        }
        match answer {
            Err(CreateError::KeyRefused { .. }) => {
                self.keys.set_refused(true);
                self.network_is(Network::key_refused);
            }
            Ok(_)
            | Err(
                CreateError::Refused { .. }
                | CreateError::RateLimited { .. }
                | CreateError::PayUrl { .. },
            ) => {
                self.keys.set_refused(false);
                self.network_is(|network| network.key_changed().answered());
            }
            Err(_) => self.network_is(Network::failed),
        }
    }

    /// Nobody waits for the answer to this request any more.
    pub(crate) async fn give_up(&self, (id, attempt): AttemptKey) {
        let now = self.clock.now();
        let recorded = self
            .journal
            .call(move |file| {
                file.record(id, now, |sale| {
                    match sale.attempt(attempt).map(|attempt| &attempt.phase) {
                        Some(Phase::Requesting) => vec![Event::InvoiceUncertain {
                            sale: id,
                            attempt,
                            failure: interrupted(),
                        }],
                        _ => Vec::new(),
                    }
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

    /// At the start, when no other program has the journal open, no request has anyone waiting.
    pub(super) async fn give_up_all_requests(&self) -> Result<(), TillError> {
        let sales = self.journal.call(|file| file.open_sales()).await?;
        for sale in sales {
            for attempt in &sale.attempts {
                if matches!(attempt.phase, Phase::Requesting) {
                    self.give_up((sale.id, attempt.number)).await;
                }
            }
        }
        Ok(())
    }
}

fn event_for_create(
    sale: crate::ids::SaleId,
    attempt: AttemptNumber,
    answer: Result<Invoice, CreateError>,
) -> Event {
    match answer {
        Ok(invoice) => Event::InvoiceOpened {
            sale,
            attempt,
            invoice,
        },
        Err(error) => {
            let failure = failure_of(&error);
            match error.outcome() {
                Outcome::Uncertain => Event::InvoiceUncertain {
                    sale,
                    attempt,
                    failure,
                },
                Outcome::NotSent | Outcome::Refused => Event::InvoiceRefused {
                    sale,
                    attempt,
                    failure,
                },
            }
        }
    }
}

pub(super) fn trim_note(note: Option<String>) -> Result<Option<String>, TillError> {
    let note = note
        .map(|note| note.trim().to_owned())
        .filter(|note| !note.is_empty());
    match &note {
        Some(text) if text.chars().count() > LONGEST_NOTE_CHARS => {
            Err(TillError::NoteTooLong(LONGEST_NOTE_CHARS))
        }
        _ => Ok(note),
    }
}
