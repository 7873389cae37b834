//! Asking the gateway how an invoice is, and writing down what is news.

use super::{Inner, Till};
use crate::error::TillError;
use crate::gateway::InfoError;
use crate::ids::{InvoiceId, SaleNumber};
use crate::journal::JournalError;
use crate::points::{self, Point};
use crate::sale::{Event, Phase, Sale, SaleView, hear};
use crate::watch::{AttemptKey, Network};

/// What came of asking.
#[derive(Debug)]
pub(crate) enum Asked {
    /// The gateway answered; the sale as it is now.
    Answered(Box<Sale>),
    /// It did not: nothing is known that was not known before.
    NoAnswer(InfoError),
    /// It did, but the journal could not take it: it will be asked again.
    NotWritten(JournalError),
}

impl Till {
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
        points::reached(Point::StopAsked);
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
            points::reached(Point::StopJournaled);
            self.inner.tell_sale(&sale);
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
            let asked = self.ask((id, attempt), number, &invoice).await;
            drop(turn);
            match asked {
                Asked::Answered(sale) => latest = *sale,
                Asked::NoAnswer(error) => return Err(error.into()),
                Asked::NotWritten(error) => return Err(error.into()),
            }
        }
        Ok(latest)
    }

    /// Asks about one invoice. The caller holds its turn.
    pub(crate) async fn ask(
        &self,
        (id, attempt): AttemptKey,
        number: SaleNumber,
        invoice: &InvoiceId,
    ) -> Asked {
        let Some(key) = self.keys.held() else {
            return Asked::NoAnswer(InfoError::KeyRefused { status: 401 });
        };
        let report = match self.gateway.info(&key, invoice).await {
            Ok(report) => report,
            Err(error) => {
                self.not_answered(&error);
                return Asked::NoAnswer(error);
            }
        };
        self.network_is(Network::answered);
        points::reached(Point::InfoAnswered);
        let now = self.clock.now();
        let recorded = self
            .journal
            .call(move |file| file.record(id, now, |sale| hear(sale, attempt, &report)))
            .await;
        points::reached(Point::InfoJournaled);
        match recorded {
            Ok((sale, written)) => {
                self.checked(number);
                if written {
                    self.tell_sale(&sale);
                }
                Asked::Answered(Box::new(sale))
            }
            Err(error) => {
                tracing::error!(%error, %number, "the gateway's answer cannot be written down");
                Asked::NotWritten(error)
            }
        }
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
