//! What is written about a sale after the customer has gone: who saw the payment, notes, refunds. Each is
//! an entry of its own; nothing is ever edited.

use super::Till;
use crate::error::TillError;
use crate::ids::RefundNumber;
use crate::money::Money;
use crate::sale::{Event, RefundWay, Sale, SaleState, SaleView};

/// A reason that nobody would read to its end is no reason.
const LONGEST_REASON_CHARS: usize = 500;

/// What the cashier gives back.
#[derive(Debug, Clone)]
pub struct NewRefund {
    /// Decimal text, in the sale's currency.
    pub amount: String,
    /// Which way.
    pub way: RefundWay,
    /// Why.
    pub reason: String,
}

impl Till {
    /// Someone at the till has seen every payment of this sale so far: it rings no more.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn payment_seen(&self, number: u32) -> Result<SaleView, TillError> {
        self.write(number, |sale| {
            Ok(if sale.unseen() {
                vec![Event::PaymentSeen { sale: sale.id }]
            } else {
                Vec::new()
            })
        })
        .await
    }

    /// Puts the note of a sale right; an empty one takes it away.
    ///
    /// # Errors
    /// [`TillError::NoteTooLong`], and as above.
    pub async fn note(&self, number: u32, note: Option<String>) -> Result<SaleView, TillError> {
        let note = super::charge::trim_note(note)?;
        self.write(number, |sale| {
            Ok(if sale.note == note {
                Vec::new()
            } else {
                vec![Event::SaleNoted {
                    sale: sale.id,
                    note,
                }]
            })
        })
        .await
    }

    /// Writes down that money went back, outside the gateway.
    ///
    /// # Errors
    /// [`TillError::Money`], [`TillError::RefundTooMuch`], [`TillError::ReasonMissing`], and as above.
    pub async fn refund(&self, number: u32, refund: NewRefund) -> Result<SaleView, TillError> {
        let reason = trim_reason(&refund.reason)?;
        self.write(number, move |sale| {
            let amount = Money::parse(&refund.amount, sale.amount.currency())?;
            let refundable = sale.refundable();
            if amount.minor() <= 0 || amount.minor() > refundable.minor() {
                return Err(TillError::RefundTooMuch(refundable));
            }
            Ok(vec![Event::SaleRefunded {
                sale: sale.id,
                refund: sale.next_refund(),
                amount_minor: amount.minor(),
                way: refund.way,
                reason,
            }])
        })
        .await
    }

    /// A refund that was entered by mistake counts no more.
    ///
    /// # Errors
    /// [`TillError::RefundUnknown`], [`TillError::ReasonMissing`], and as above.
    pub async fn take_back_refund(
        &self,
        number: u32,
        refund: u32,
        reason: &str,
    ) -> Result<SaleView, TillError> {
        let reason = trim_reason(reason)?;
        let refund = RefundNumber(refund);
        self.write(number, move |sale| {
            let stands = sale
                .refunds
                .iter()
                .any(|other| other.number == refund && other.voided.is_none());
            if !stands {
                return Err(TillError::RefundUnknown(refund.0));
            }
            Ok(vec![Event::RefundTakenBack {
                sale: sale.id,
                refund,
                reason,
            }])
        })
        .await
    }

    /// Someone looked into what the gateway contradicts, and settled it outside the till.
    ///
    /// # Errors
    /// [`TillError::SaleNotInReview`], [`TillError::ReasonMissing`], and as above.
    pub async fn close_review(&self, number: u32, reason: &str) -> Result<SaleView, TillError> {
        let reason = trim_reason(reason)?;
        self.write(number, move |sale| {
            if sale.state() != SaleState::Review || sale.review_closed {
                return Err(TillError::SaleNotInReview(number));
            }
            Ok(vec![Event::ReviewClosed {
                sale: sale.id,
                reason,
            }])
        })
        .await
    }

    /// The sales with a payment that nobody at the till has seen, oldest first.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn unseen_sales(&self) -> Result<Vec<SaleView>, TillError> {
        let sales = self.inner.journal.call(|file| file.unseen_sales()).await?;
        Ok(sales.iter().map(|sale| self.inner.view(sale)).collect())
    }

    /// Writes what `decide` makes of a sale as it stands in the journal at that moment.
    pub(super) async fn write(
        &self,
        number: u32,
        decide: impl FnOnce(&Sale) -> Result<Vec<Event>, TillError> + Send + 'static,
    ) -> Result<SaleView, TillError> {
        let id = self.inner.find(number).await?.id;
        let now = self.inner.clock.now();
        let (outcome, refusal) = self
            .inner
            .journal
            .call(move |file| {
                let mut refusal = None;
                let outcome = file.record(id, now, |sale| {
                    decide(sale).unwrap_or_else(|error| {
                        refusal = Some(error);
                        Vec::new()
                    })
                })?;
                Ok((outcome, refusal))
            })
            .await?;
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        let (sale, written) = outcome;
        if written {
            self.inner.emit_sale(&sale);
        }
        Ok(self.inner.view(&sale))
    }
}

fn trim_reason(reason: &str) -> Result<String, TillError> {
    let reason = reason.trim();
    match reason.chars().count() {
        0 => Err(TillError::ReasonMissing),
        1..=LONGEST_REASON_CHARS => Ok(reason.to_owned()),
        _ => Err(TillError::NoteTooLong(LONGEST_REASON_CHARS)),
    }
}
