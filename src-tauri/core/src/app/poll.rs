//! Polling: asking the gateway for an invoice's state and journaling what is new. The same path serves the loop
//! and the cashier who wants to know now.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::spent_calls::SpentCalls;
use super::{Inner, Jitter, LastPolled, Till, TillError, TillEvent};
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::failpoints::{self, Failpoint};
use crate::gateway::InfoError;
use crate::ids::{InvoiceId, SaleNumber};
use crate::journal::JournalError;
use crate::polling::{
    AttemptKey, Budget, Doubts, InFlight, Lane, Network, PollFeedback, PollScheduler,
};
use crate::sale::{
    Attempt, Event, Phase, Sale, SaleView, contradicts_payment, event_for_unknown_invoice,
    events_for_report, watch_may_end,
};

/// What came of a poll.
#[derive(Debug)]
pub(super) enum PollOutcome {
    /// The gateway answered; the sale as it is now.
    Answered(Box<Sale>),
    /// The gateway did not answer, so nothing new is known.
    NoAnswer(InfoError),
    /// The gateway answered, but the journal could not be written; the invoice will be polled again.
    NotWritten(JournalError),
}

/// What the forward clock shows when a till is opened: there were calls before.
const OPENED_AT_MS: u64 = 24 * 3_600_000;
/// A cashier who stops waiting, or a new invoice, is not kept for room in the budget longer than this.
const MAX_ROOM_WAIT: Duration = Duration::from_secs(5);

/// What polling needs to remember. A restart loses it but for the calls of the last minute, and every invoice is
/// polled once more.
#[derive(Debug)]
pub(super) struct Polling {
    scheduler: Mutex<PollScheduler>,
    spent_calls: SpentCalls,
    /// Payments that the gateway seems to take back.
    doubts: Arc<Mutex<Doubts>>,
    /// The time between two polls of the invoice on screen, milliseconds.
    pace_ms: u64,
    /// What makes tills not ask in step.
    jitter: Jitter,
    /// How often the journal is read for what another program wrote.
    pub(super) reads_journal_every: Duration,
    /// When this till was opened: the forward clock counts on from here.
    started: Instant,
    /// The sale that the cashier sees.
    on_screen: Mutex<Option<SaleNumber>>,
    /// When the gateway last answered about each sale.
    last_answers: Mutex<HashMap<SaleNumber, UnixMs>>,
    /// Polls on their way.
    pub(super) in_flight: InFlight,
    /// Wakes the loop.
    pub(super) wake: Notify,
}

impl Polling {
    /// `spent` is when the programs before this one called the gateway.
    pub(super) fn new(
        pace: Duration,
        (spent_calls, spent): (SpentCalls, Vec<UnixMs>),
        now: UnixMs,
        (jitter, reads_journal_every): (Jitter, Duration),
    ) -> Self {
        // A clock that was set back since leaves times in the future; they count as now.
        let ago_ms = |at: &UnixMs| u64::try_from(now.0.saturating_sub(at.0)).unwrap_or(0);
        let at_ms = |at: &UnixMs| OPENED_AT_MS.checked_sub(ago_ms(at));
        let spent_ms = spent.iter().filter_map(at_ms).collect();
        Self {
            scheduler: Mutex::new(PollScheduler::with_spent_calls(spent_ms)),
            spent_calls,
            doubts: Arc::default(),
            pace_ms: u64::try_from(pace.as_millis()).unwrap_or(u64::MAX),
            jitter,
            reads_journal_every,
            started: Instant::now(),
            on_screen: Mutex::default(),
            last_answers: Mutex::default(),
            in_flight: InFlight::default(),
            wake: Notify::new(),
        }
    }

    /// The forward clock, milliseconds.
    pub(super) fn now_ms(&self) -> u64 {
        let since_ms = u64::try_from(self.started.elapsed().as_millis());
        since_ms.map_or(u64::MAX, |ms| ms.saturating_add(OPENED_AT_MS))
    }
}

impl Till {
    /// Sets the sale that the cashier sees, whose invoice is then polled fastest; `None` for no sale. With several
    /// screens the last call counts.
    pub fn set_on_screen(&self, number: Option<u32>) {
        *self.inner.polling.on_screen.lock() = number.map(SaleNumber);
        self.inner.polling.wake.notify_one();
    }

    /// The number of the sale that the cashier sees.
    pub fn on_screen(&self) -> Option<u32> {
        self.inner.on_screen().map(|number| number.0)
    }

    /// When the gateway last answered about each sale that this process has polled.
    pub fn last_polled(&self) -> Vec<LastPolled> {
        let last_answers = self.inner.polling.last_answers.lock();
        last_answers
            .iter()
            .map(|(number, at)| LastPolled {
                number: number.0,
                checked_at_unix_ms: *at,
            })
            .collect()
    }

    /// Polls every unpaid invoice of a sale at this gateway now, before all others that are due.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`]; [`TillError::KeyMissing`] and [`TillError::Keychain`] when there is no key to
    /// ask with; [`TillError::Info`] when the gateway did not answer, which says nothing about the sale;
    /// [`TillError::Journal`] when the sale cannot be read or the answer cannot be written.
    pub async fn check_now(&self, number: u32) -> Result<SaleView, TillError> {
        let sale = self.inner.find(number).await?;
        let sale = self.inner.poll_sale(sale, Duration::MAX).await?;
        Ok(self.inner.view(&sale))
    }

    /// The cashier stops waiting for a payment. The gateway is asked once more first, because the customer may
    /// have paid in this moment. The invoice stays watched.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::Journal`]. A gateway that does not answer and a key that is missing
    /// or cannot be read are no errors here: they must not keep the cashier.
    pub async fn stop_waiting(&self, number: u32) -> Result<SaleView, TillError> {
        let sale = self.inner.find(number).await?;
        let id = sale.id;
        match self.inner.poll_sale(sale, MAX_ROOM_WAIT).await {
            Ok(_) | Err(TillError::Info(_) | TillError::Keychain(_) | TillError::KeyMissing) => {}
            Err(error) => return Err(error),
        }
        failpoints::reached(Failpoint::StopAsked);
        let (sale, written) = self
            .inner
            .record(id, move |sale| {
                // An uncertain attempt is given up with the same tap, because nobody can pay it.
                let waiting = sale.attempts.iter().any(|attempt| {
                    matches!(attempt.phase, Phase::Open | Phase::Uncertain(_)) && !attempt.stopped
                });
                let stops = waiting && sale.paid_at().is_none();
                stops.then_some(Event::SaleStopped { sale: id })
            })
            .await?;
        if written {
            failpoints::reached(Failpoint::StopJournaled);
            self.inner.emit_sale(&sale);
        }
        Ok(self.inner.view(&sale))
    }
}

impl Inner {
    /// Polls every invoice of a sale that may still change, until one gets no answer.
    /// Those that the budget has no room for within `room` are left out.
    async fn poll_sale(&self, sale: Sale, room: Duration) -> Result<Sale, TillError> {
        self.poll_invoices(sale, room, |_| false).await
    }

    /// Polls every earlier invoice of a sale before another is requested. An invoice that the gateway does not know,
    /// or does not answer for with this key, holds up nothing.
    pub(super) async fn poll_before_retry(&self, sale: Sale) -> Result<Sale, TillError> {
        if breaks::is(Break::RetryUnasked) {
            return Ok(sale);
        }
        let speaks_of_invoice = |error: &InfoError| match error {
            InfoError::KeyRefused { .. } => true,
            InfoError::Answered { status, .. } => (400..500).contains(status) && *status != 429,
            _ => false,
        };
        self.poll_invoices(sale, Duration::MAX, speaks_of_invoice)
            .await
    }

    /// Polls every invoice of a sale that may still change. An invoice without an answer ends it, unless `skips`
    /// passes the error over.
    async fn poll_invoices(
        &self,
        sale: Sale,
        room: Duration,
        skips: impl Fn(&InfoError) -> bool,
    ) -> Result<Sale, TillError> {
        if self.keys.load().await?.is_none() {
            return Err(TillError::KeyMissing);
        }
        let (id, number) = (sale.id, sale.number);
        let unpaid: Vec<_> = sale
            .attempts
            .iter()
            .filter(|attempt| attempt.gateway == self.asked_gateway && attempt.paid_at().is_none())
            .filter_map(|attempt| Some((attempt.number, attempt.invoice.as_ref()?.id.clone())))
            .collect();
        let mut latest = sale;
        for (attempt, invoice) in unpaid {
            let guard = self.polling.in_flight.acquire((id, attempt)).await;
            if !self.take_cashier_call(Some((id, attempt)), room).await {
                return Ok(latest);
            }
            let outcome = self.poll_invoice((id, attempt), number, &invoice).await;
            drop(guard);
            // The answer may make other invoices due.
            self.polling.wake.notify_one();
            match outcome {
                PollOutcome::Answered(sale) => latest = *sale,
                PollOutcome::NoAnswer(error) if skips(&error) => {}
                PollOutcome::NoAnswer(error) => return Err(error.into()),
                PollOutcome::NotWritten(error) => return Err(error.into()),
            }
        }
        Ok(latest)
    }

    /// Polls one invoice. The caller holds its guard and has counted the call.
    pub(super) async fn poll_invoice(
        &self,
        key: AttemptKey,
        number: SaleNumber,
        invoice: &InvoiceId,
    ) -> PollOutcome {
        let outcome = self.fetch_and_record(key, number, invoice).await;
        let feedback = match &outcome {
            PollOutcome::Answered(sale) => PollFeedback::Answered {
                coin_chosen: sale.attempt(key.1).is_some_and(Attempt::chosen),
                in_doubt: self.polling.doubts.lock().contains(key),
            },
            PollOutcome::NoAnswer(error) => PollFeedback::NoAnswer(error),
            PollOutcome::NotWritten(_) => PollFeedback::NotWritten,
        };
        let jitter = self.polling.jitter.percent();
        let key_is_refused = self.with_scheduler(|scheduler, now_ms, budget| {
            scheduler.record_feedback(key, feedback, now_ms, jitter, budget);
            scheduler.key_is_refused()
        });
        if let PollOutcome::NoAnswer(InfoError::KeyRefused { .. }) = &outcome {
            if key_is_refused {
                self.note_key_refused();
            }
            // The sale's page says that the gateway does not answer about it.
            if let Ok(sale) = self.find(number.0).await {
                self.emit_sale(&sale);
            }
        }
        outcome
    }

    async fn fetch_and_record(
        &self,
        (id, attempt): AttemptKey,
        number: SaleNumber,
        invoice: &InvoiceId,
    ) -> PollOutcome {
        let Some(key) = self.keys.cached() else {
            return PollOutcome::NoAnswer(InfoError::KeyRefused { status: 401 });
        };
        let report = match self.gateway.info(&key, invoice).await {
            Ok(report) => report,
            Err(error) => {
                self.note_no_answer(&error);
                if error.says_unknown_invoice() {
                    self.record_unknown_invoice((id, attempt)).await;
                }
                return PollOutcome::NoAnswer(error);
            }
        };
        self.note_key_accepted();
        failpoints::reached(Failpoint::InfoAnswered);
        let (now, now_ms) = (self.clock.now(), self.polling.now_ms());
        let gateway_now = self.gateway_now(now);
        let doubts = Arc::clone(&self.polling.doubts);
        let recorded = self
            .record(id, move |sale| {
                let contradicts = contradicts_payment(sale, attempt, &report);
                let doubted = doubts.lock().note((id, attempt), contradicts, now_ms);
                let mut events = events_for_report(sale, attempt, &report, now);
                let may_end = watch_may_end(sale, attempt, now, gateway_now);
                events.retain(|it| may_end || !matches!(it, Event::InvoiceWatchEnded { .. }));
                if doubted {
                    events.push(Event::PaymentDoubted {
                        sale: id,
                        attempt,
                        report,
                    });
                }
                events
            })
            .await;
        failpoints::reached(Failpoint::InfoJournaled);
        match recorded {
            Ok((sale, written)) => {
                self.record_polled(number);
                if written {
                    self.emit_sale(&sale);
                }
                PollOutcome::Answered(Box::new(sale))
            }
            Err(error) => {
                tracing::error!(%error, %number, "the gateway's answer cannot be written down");
                PollOutcome::NotWritten(error)
            }
        }
    }

    /// The gateway's clock, by its last reply.
    fn gateway_now(&self, now: UnixMs) -> Option<UnixMs> {
        let offset_ms = self.gateway.clock_offset_ms()?;
        Some(now.plus(offset_ms))
    }

    /// A written-off invoice that the gateway does not know is polled no more after a day.
    async fn record_unknown_invoice(&self, (id, attempt): AttemptKey) {
        let now = self.clock.now();
        let gateway_now = self.gateway_now(now);
        let recorded = self
            .record(id, move |sale| {
                event_for_unknown_invoice(sale, attempt, now)
                    .filter(|_| watch_may_end(sale, attempt, now, gateway_now))
            })
            .await;
        if let Err(error) = recorded {
            tracing::error!(%error, "the end of a watch cannot be written down");
        }
    }

    /// Takes a call for the cashier's own poll, or for a new invoice, as soon as the budget has room. Returns false when
    /// it has none within `room`.
    async fn take_cashier_call(&self, polls: Option<AttemptKey>, room: Duration) -> bool {
        let asked = Instant::now();
        loop {
            let wait_ms = self.with_scheduler(|scheduler, now_ms, budget| {
                let wait_ms = scheduler.cashier_free_ms(budget).saturating_sub(now_ms);
                match polls {
                    _ if wait_ms > 0 => {}
                    Some(key) => {
                        let jitter = self.polling.jitter.percent();
                        scheduler.record_sent(key, Lane::Cashier, now_ms, jitter, budget);
                    }
                    None => scheduler.record_call(Lane::Cashier, now_ms, budget),
                }
                wait_ms
            });
            if wait_ms == 0 {
                self.polling.spent_calls.add(self.clock.now());
                return true;
            }
            let wait = Duration::from_millis(wait_ms);
            if wait > room.saturating_sub(asked.elapsed()) {
                return false;
            }
            tokio::time::sleep(wait).await;
        }
    }

    /// Counts a request for a new invoice that is about to be sent. It waits for room a moment at most: a sale is not
    /// lost to a limit that the till has set itself.
    pub(super) async fn take_create_call(&self) {
        let room = Duration::from_millis(self.polling.pace_ms).min(MAX_ROOM_WAIT);
        if !self.take_cashier_call(None, room).await {
            self.with_scheduler(|scheduler, now_ms, budget| {
                scheduler.record_call(Lane::Cashier, now_ms, budget);
            });
            self.polling.spent_calls.add(self.clock.now());
        }
    }

    /// Counts a poll that is about to be sent, taken from this lane.
    pub(super) fn record_poll_sent(&self, key: AttemptKey, lane: Lane) {
        self.polling.spent_calls.add(self.clock.now());
        let jitter = self.polling.jitter.percent();
        self.with_scheduler(|scheduler, now_ms, budget| {
            scheduler.record_sent(key, lane, now_ms, jitter, budget);
        });
    }

    /// Calls `work` with the scheduler, the forward clock and the budget.
    pub(super) fn with_scheduler<T>(
        &self,
        work: impl FnOnce(&mut PollScheduler, u64, Budget) -> T,
    ) -> T {
        let calls_per_minute = self.settings.get(|settings| settings.calls_per_minute);
        let budget = Budget::new(calls_per_minute, self.polling.pace_ms);
        let now_ms = self.polling.now_ms();
        work(&mut self.polling.scheduler.lock(), now_ms, budget)
    }

    pub(super) fn on_screen(&self) -> Option<SaleNumber> {
        *self.polling.on_screen.lock()
    }

    /// A successful call proves that the key is valid.
    pub(super) fn note_key_accepted(&self) {
        self.keys.set_refused(false);
        self.with_scheduler(|scheduler, now_ms, _| scheduler.note_key_accepted(now_ms));
        self.update_network(|network| network.after_key_change().after_answer());
    }

    pub(super) fn note_key_refused(&self) {
        self.keys.set_refused(true);
        self.update_network(Network::after_key_refused);
    }

    fn note_no_answer(&self, error: &InfoError) {
        tracing::warn!(%error, "no answer about an invoice");
        match error {
            // The scheduler finds out whether the key or the invoice is to blame.
            InfoError::KeyRefused { .. } => self.update_network(Network::after_answer),
            // The gateway was reached; it has nothing to say about this invoice.
            InfoError::Answered { status, .. } if *status < 500 => {
                self.update_network(Network::after_answer);
            }
            _ => self.update_network(Network::after_failure),
        }
    }

    fn record_polled(&self, number: SaleNumber) {
        let at = self.clock.now();
        self.polling.last_answers.lock().insert(number, at);
        self.emit(TillEvent::Polled(LastPolled {
            number: number.0,
            checked_at_unix_ms: at,
        }));
    }
}
