//! What is written about a sale after the customer has gone: acknowledged payments, notes, refunds, closed
//! reviews. Each is an entry of its own; nothing is ever edited.

use serde::Deserialize;

use super::{Till, TillError};
use crate::i18n::Language;
use crate::ids::RefundNumber;
use crate::money::{Money, MoneyError};
use crate::sale::{
    DrawerReason, Event, RefundParts, RefundPreview, RefundWay, ReturnedLine, Sale, SaleState,
    SaleView, TenderWay,
};

/// Longest reason, characters.
const MAX_REASON_CHARS: usize = 500;

/// A refund to be written down.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct NewRefund {
    /// The amount, in the sale's currency; with `lines`, what they come to.
    pub amount: Money,
    /// The goods that come back; empty for an amount.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<ReturnedLine>>")]
    pub lines: Vec<ReturnedLine>,
    /// How the money went back.
    pub way: RefundWay,
    /// By which of the shop's own tenders: its id in the settings.
    #[serde(default)]
    #[ts(optional)]
    pub own: Option<String>,
    /// Why it went back; 1 to 500 characters.
    pub reason: String,
}

impl Till {
    /// Acknowledges every payment of this sale so far: late and duplicate payments ring until someone does.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn acknowledge(&self, number: u32) -> Result<SaleView, TillError> {
        self.write(number, |sale| {
            let unseen = sale.unseen();
            Ok(unseen.then_some(Event::PaymentSeen { sale: sale.id }))
        })
        .await
    }

    /// Replaces the note of a sale; an empty one removes it.
    ///
    /// # Errors
    /// [`TillError::NoteTooLong`], [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn set_note(&self, number: u32, note: Option<String>) -> Result<SaleView, TillError> {
        let note = super::charge::validate_note(note)?;
        self.write(number, |sale| {
            let changed = sale.note != note;
            Ok(changed.then_some(Event::SaleNoted {
                sale: sale.id,
                note,
                language: None,
            }))
        })
        .await
    }

    /// Notes which language the customer chose: what the sale's display and receipts are in from now on.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn set_customers_language(
        &self,
        number: u32,
        language: Language,
    ) -> Result<SaleView, TillError> {
        self.write(number, move |sale| {
            let changed = sale.language.as_deref() != Some(language.tag());
            Ok(changed.then(|| Event::SaleNoted {
                sale: sale.id,
                note: sale.note.clone(),
                language: Some(language.tag().to_owned()),
            }))
        })
        .await
    }

    /// Writes down that money went back to the customer, outside the gateway. With lines, the amount must be what they
    /// come to at that moment: nothing else goes back than the cashier saw.
    ///
    /// # Errors
    /// [`TillError::TenderOff`] (the shop does not pay this way), [`TillError::Money`] when the amount is of another
    /// currency, [`TillError::RefundTooMuch`] when it is zero, more than
    /// can be refunded or not that of the lines, [`TillError::ReasonMissing`], [`TillError::NoteTooLong`] when the
    /// reason is too long, [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn refund(&self, number: u32, refund: NewRefund) -> Result<SaleView, TillError> {
        let reason = validate_reason(&refund.reason)?;
        let own = self
            .inner
            .settings
            .get(|settings| settings.gives_back(refund.way, refund.own.as_deref()))
            .ok_or(TillError::TenderOff)?;
        // Where cash is taken the drawer is the shop's; with crypto alone it opens as ever, with a receipt.
        let from_drawer = refund.way == RefundWay::Cash
            && (self.inner.settings)
                .get(|settings| settings.takes(TenderWay::Cash, None).is_some());
        let rule = self.inner.settings.get(|settings| {
            let cash = refund.way == RefundWay::Cash;
            cash.then(|| settings.rounding(refund.amount.currency()))
        });
        let write = move |sale: &Sale| {
            let amount = refund.amount;
            let (parts, most) = parts_of(sale, &refund.lines, amount)?;
            if !refund.lines.is_empty() && amount != most {
                return Err(TillError::RefundTooMuch(most));
            }
            Ok(Some(Event::SaleRefunded {
                sale: sale.id,
                refund: sale.next_refund(),
                amount_minor: amount.minor(),
                way: refund.way,
                own,
                rounding_minor: rule.unwrap_or_default().of(amount),
                reason,
                lines: refund.lines,
                parts: Some(parts),
            }))
        };
        let (sale, _) = self.write_event(number, write).await?;
        if from_drawer {
            self.inner.open_drawer(DrawerReason::Refund, sale.number);
        }
        Ok(self.inner.view(&sale))
    }

    /// What a refund would take back. With lines the amount is not read, but made of them.
    ///
    /// # Errors
    /// [`TillError::Money`], [`TillError::RefundTooMuch`], [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn refund_preview(
        &self,
        number: u32,
        amount: Money,
        lines: &[ReturnedLine],
    ) -> Result<RefundPreview, TillError> {
        let sale = self.inner.find(number).await?;
        let (parts, amount) = parts_of(&sale, lines, amount)?;
        let rule = (self.inner.settings).get(|settings| settings.rounding(amount.currency()));
        Ok(RefundPreview::of(&sale, &parts, amount, rule.of(amount)))
    }

    /// Voids a refund that was entered by mistake.
    ///
    /// # Errors
    /// [`TillError::RefundUnknown`], [`TillError::ReasonMissing`], [`TillError::NoteTooLong`] when the reason is too
    /// long, [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn void_refund(
        &self,
        number: u32,
        refund: u32,
        reason: &str,
    ) -> Result<SaleView, TillError> {
        let reason = validate_reason(reason)?;
        let refund = RefundNumber(refund);
        self.write(number, move |sale| {
            let stands = sale
                .refunds
                .iter()
                .any(|other| other.number == refund && other.voided.is_none());
            if !stands {
                return Err(TillError::RefundUnknown(refund.0));
            }
            Ok(Some(Event::RefundTakenBack {
                sale: sale.id,
                refund,
                reason,
            }))
        })
        .await
    }

    /// Closes the review of a sale that the gateway contradicts, because someone has settled it outside the till.
    ///
    /// # Errors
    /// [`TillError::SaleNotInReview`], [`TillError::ReasonMissing`], [`TillError::NoteTooLong`] when the reason is
    /// too long, [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn close_review(&self, number: u32, reason: &str) -> Result<SaleView, TillError> {
        let reason = validate_reason(reason)?;
        self.write(number, move |sale| {
            if sale.state() != SaleState::Review || sale.review_closed {
                return Err(TillError::SaleNotInReview(number));
            }
            Ok(Some(Event::ReviewClosed {
                sale: sale.id,
                reason,
            }))
        })
        .await
    }

    /// Gives up for good a sale whose invoice is dead to the gateway: nobody waits for it, and the day closes without
    /// it. A payment that comes all the same still counts, and rings.
    ///
    /// # Errors
    /// [`TillError::SaleNotToWriteOff`], [`TillError::ReasonMissing`], [`TillError::NoteTooLong`] when the reason is
    /// too long, [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn write_off(&self, number: u32, reason: &str) -> Result<SaleView, TillError> {
        let reason = validate_reason(reason)?;
        self.write(number, move |sale| {
            if !sale.may_be_written_off() {
                return Err(TillError::SaleNotToWriteOff(number));
            }
            Ok(Some(Event::SaleWrittenOff {
                sale: sale.id,
                reason,
            }))
        })
        .await
    }

    /// The sales with a payment, or with money in question, that nobody has acknowledged, oldest first.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn list_alarms(&self) -> Result<Vec<SaleView>, TillError> {
        let sales = self.inner.journal.call(|file| file.unseen_sales()).await?;
        Ok(self.inner.views(&sales))
    }

    /// Writes the event that `decide` makes of the sale as it is in the journal at that moment.
    pub(super) async fn write(
        &self,
        number: u32,
        decide: impl FnOnce(&Sale) -> Result<Option<Event>, TillError> + Send + 'static,
    ) -> Result<SaleView, TillError> {
        let (sale, _) = self.write_event(number, decide).await?;
        Ok(self.inner.view(&sale))
    }

    /// The same; returns the sale afterwards, and whether anything was written.
    pub(super) async fn write_event(
        &self,
        number: u32,
        decide: impl FnOnce(&Sale) -> Result<Option<Event>, TillError> + Send + 'static,
    ) -> Result<(Sale, bool), TillError> {
        let id = self.inner.find(number).await?.id;
        let now = self.inner.clock.now();
        let ((sale, written), refusal) = self
            .inner
            .journal
            .call(move |file| {
                let mut refusal = None;
                let recorded = file.record(id, now, |sale| match decide(sale) {
                    Ok(event) => event.into_iter().collect(),
                    Err(error) => {
                        refusal = Some(error);
                        Vec::new()
                    }
                })?;
                Ok((recorded, refusal))
            })
            .await?;
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        if written {
            self.inner.emit_sale(&sale);
        }
        Ok((sale, written))
    }
}

/// The parts that a refund takes, and its amount: that of the lines, or else the one that was typed.
fn parts_of(
    sale: &Sale,
    lines: &[ReturnedLine],
    typed: Money,
) -> Result<(RefundParts, Money), TillError> {
    let refundable = sale.refundable();
    if typed.currency() != refundable.currency() {
        return Err(MoneyError::UnknownCurrency.into());
    }
    let (parts, minor) = match lines {
        [] => (sale.parts_of_amount(typed.minor()), typed.minor()),
        _ => sale
            .parts_of_lines(lines)
            .ok_or(TillError::RefundTooMuch(refundable))?,
    };
    if minor <= 0 || minor > refundable.minor() {
        return Err(TillError::RefundTooMuch(refundable));
    }
    Ok((parts, Money::from_minor(minor, refundable.currency())))
}

pub(super) fn validate_reason(reason: &str) -> Result<String, TillError> {
    let reason = reason.trim();
    match reason.chars().count() {
        0 => Err(TillError::ReasonMissing),
        1..=MAX_REASON_CHARS => Ok(reason.to_owned()),
        _ => Err(TillError::NoteTooLong(MAX_REASON_CHARS)),
    }
}
