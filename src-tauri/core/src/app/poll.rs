//! Asking the gateway how an invoice is, and writing down what is news.

use std::sync::MutexGuard;

use rand::RngExt as _;

use super::{Inner, Till, lock};
use crate::error::TillError;
use crate::failpoints::{self, Failpoint};
use crate::gateway::InfoError;
use crate::ids::{InvoiceId, SaleNumber};
use crate::journal::JournalError;
use crate::polling::{AttemptKey, Budget, Lane, Network, PollFeedback, PollScheduler};
use crate::sale::{Attempt, Event, Phase, Sale, SaleView, events_for_report};

/// What came of asking.
#[derive(Debug)]
pub(crate) enum PollOutcome {
    /// The gateway answered; the sale as it is now.
    Answered(Box<Sale>),
    /// It did not: nothing is known that was not known before.
    NoAnswer(InfoError),
    /// It did, but the journal could not take it: it will be asked again.
    NotWritten(JournalError),
}

impl Till {
    /// The sale that the cashier sees now, if any: it is asked about fastest. Of several screens the
    /// last word counts.
    pub fn look_at(&self, number: Option<u32>) {
        *lock(&self.inner.on_screen) = number.map(SaleNumber);
        self.inner.wake.notify_one();
    }

    /// The sale that the cashier sees now.
    pub fn looked_at(&self) -> Option<u32> {
        lock(&self.inner.on_screen).map(|number| number.0)
    }

    /// Asks the gateway about a sale now.
    ///
    /// # Errors
    /// [`TillError::Info`] when it did not answer: that says nothing about the sale.
    pub async fn check_now(&self, number: u32) -> Result<SaleView, TillError> {
        let sale = self.inner.find(number).await?;
        let sale = self.inner.ask_all(sale).await?;
        Ok(self.inner.view(&sale))
    }

    /// The cashier stops waiting. The gateway is asked once more first: paid in that moment is paid.
    /// The invoice stays watched.
    ///
    /// # Errors
    /// [`TillError::Journal`]. A gateway that does not answer does not keep the cashier.
    pub async fn stop_waiting(&self, number: u32) -> Result<SaleView, TillError> {
        let sale = self.inner.find(number).await?;
        let id = sale.id;
        match self.inner.ask_all(sale).await {
            Ok(_) | Err(TillError::Info(_) | TillError::Keychain(_) | TillError::KeyMissing) => {}
            Err(error) => return Err(error),
        }
        failpoints::reached(Failpoint::StopAsked);
        let now = self.inner.clock.now();
        let (sale, written) = self
            .inner
            .journal
            .call(move |file| {
                file.record(id, now, |sale| {
                    // One in doubt is given up by the same tap: it cannot be paid.
                    let waiting = sale.attempts.iter().any(|attempt| {
                        matches!(attempt.phase, Phase::Open | Phase::Uncertain(_))
                            && !attempt.stopped
                    });
                    if waiting && sale.paid_at().is_none() {
                        vec![Event::SaleStopped { sale: id }]
                    } else {
                        Vec::new()
                    }
                })
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
    /// Asks about every invoice of a sale that may still change.
    async fn ask_all(&self, sale: Sale) -> Result<Sale, TillError> {
        if self.keys.load().await?.is_none() {
            return Err(TillError::KeyMissing);
        }
        let (id, number) = (sale.id, sale.number);
        let open: Vec<_> = sale
            .attempts
            .iter()
            .filter(|attempt| attempt.gateway == self.gateway_name && attempt.paid_at().is_none())
            .filter_map(|attempt| Some((attempt.number, attempt.invoice.as_ref()?.id.clone())))
            .collect();
        let mut latest = sale;
        for (attempt, invoice) in open {
            let turn = self.asking.take((id, attempt)).await;
            // The cashier does not wait for the budget; the watch then does.
            self.asks((id, attempt), Lane::Cashier);
            let asked = self.ask((id, attempt), number, &invoice).await;
            drop(turn);
            // What was heard may make others due.
            self.wake.notify_one();
            match asked {
                PollOutcome::Answered(sale) => latest = *sale,
                PollOutcome::NoAnswer(error) => return Err(error.into()),
                PollOutcome::NotWritten(error) => return Err(error.into()),
            }
        }
        Ok(latest)
    }

    /// Asks about one invoice. The caller holds its turn, and has said so with [`Inner::asks`].
    pub(crate) async fn ask(
        &self,
        key: AttemptKey,
        number: SaleNumber,
        invoice: &InvoiceId,
    ) -> PollOutcome {
        let asked = self.ask_gateway(key, number, invoice).await;
        let heard = match &asked {
            PollOutcome::Answered(sale) => PollFeedback::Answered {
                chosen: sale.attempt(key.1).is_some_and(Attempt::chosen),
            },
            PollOutcome::NoAnswer(error) => PollFeedback::NoAnswer(error),
            PollOutcome::NotWritten(_) => PollFeedback::NotWritten,
        };
        let (now_ms, budget) = (self.now_ms(), self.budget());
        self.scheduler()
            .heard(key, heard, now_ms, jitter_percent(), budget);
        asked
    }

    async fn ask_gateway(
        &self,
        (id, attempt): AttemptKey,
        number: SaleNumber,
        invoice: &InvoiceId,
    ) -> PollOutcome {
        let Some(key) = self.keys.held() else {
            return PollOutcome::NoAnswer(InfoError::KeyRefused { status: 401 });
        };
        let report = match self.gateway.info(&key, invoice).await {
            Ok(report) => report,
            Err(error) => {
                self.not_answered(&error);
                return PollOutcome::NoAnswer(error);
            }
        };
        // Whatever was said of the key before: it opens this door.
        self.keys.set_refused(false);
        self.network_is(|network| network.key_changed().answered());
        failpoints::reached(Failpoint::InfoAnswered);
        let now = self.clock.now();
        let recorded = self
            .journal
            .call(move |file| {
                file.record(id, now, |sale| events_for_report(sale, attempt, &report))
            })
            .await;
        failpoints::reached(Failpoint::InfoJournaled);
        match recorded {
            Ok((sale, written)) => {
                self.checked(number);
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

    /// A question is about to be sent, paid from this lane.
    pub(crate) fn asks(&self, key: AttemptKey, lane: Lane) {
        let (now_ms, budget) = (self.now_ms(), self.budget());
        self.scheduler()
            .asked(key, lane, now_ms, jitter_percent(), budget);
    }

    pub(crate) fn scheduler(&self) -> MutexGuard<'_, PollScheduler> {
        lock(&self.scheduler)
    }

    /// As set, at the pace of this gateway.
    pub(crate) fn budget(&self) -> Budget {
        Budget::new(lock(&self.settings).calls_per_minute, self.pace_ms)
    }

    pub(crate) fn on_screen(&self) -> Option<SaleNumber> {
        *lock(&self.on_screen)
    }

    /// A clock that only goes forward, milliseconds.
    pub(crate) fn now_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn not_answered(&self, error: &InfoError) {
        tracing::warn!(%error, "no answer about an invoice");
        match error {
            InfoError::KeyRefused { .. } => {
                self.keys.set_refused(true);
                self.network_is(Network::key_refused);
            }
            // It is there; it has nothing to say about this invoice.
            InfoError::Answered { status, .. } if *status < 500 => {
                self.network_is(Network::answered);
            }
            _ => self.network_is(Network::failed),
        }
    }
}

fn jitter_percent() -> u64 {
    rand::rng().random_range(0..=100)
}
