//! Tenders besides crypto: taking one, taking one back, and what may be taken for what is outstanding. Nothing here needs
//! a key, a network or a gateway.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::corrections::validate_reason;
use super::{Inner, Till, TillError, TillEvent};
use crate::breaks::{self, Break};
use crate::cash::cash_suggestions;
use crate::error::Fault;
use crate::ids::{SaleNumber, TenderNumber};
use crate::journal::{JournalError, TenderToTake};
use crate::money::{Money, MoneyError};
use crate::receipt;
use crate::sale::{DrawerReason, Event, SaleView, TenderWay};
use crate::settings::{Settings, TenderChoice};

/// A tender that the cashier takes.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[ts(export, optional_fields = nullable)]
pub struct NewTender {
    /// What it is.
    pub way: TenderWay,
    /// Which of the shop's own it is: its id in the settings.
    #[serde(default)]
    pub own: Option<String>,
    /// What it settles; left out: all that is outstanding, or as much as the cash that was handed over.
    #[serde(default)]
    pub amount: Option<Money>,
    /// The cash that was handed over; left out: exactly what is due.
    #[serde(default)]
    pub given: Option<Money>,
    /// Its number within the sale, as the screen expects it: what is sent twice is taken once. Left out: the next.
    #[serde(default)]
    pub tender: Option<u32>,
}

/// What may be taken for what is outstanding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct TenderOptions {
    /// What is outstanding.
    pub outstanding: Money,
    /// What is switched on, in the order of the buttons.
    pub tenders: Vec<TenderOption>,
    /// What is due when all of it is paid in cash: rounded.
    pub cash_due: Money,
    /// What that is more than what is outstanding, signed.
    pub cash_rounding: Money,
    /// What the customer is likely to hand over, smallest first: exactly what is due, and more.
    pub cash_suggestions: Vec<Money>,
    /// The least that can be paid in crypto.
    pub crypto_minimum: Money,
    /// When only a part is paid by another tender, what is left then.
    pub rest: Option<Rest>,
}

/// A tender that is switched on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct TenderOption {
    /// What it is.
    pub tender: TenderChoice,
    /// What is outstanding can be paid by it. Crypto has a minimum.
    pub available: bool,
}

/// What is left after a part payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct Rest {
    /// How much.
    pub outstanding: Money,
    /// It can be paid in crypto: that is switched on, and it is not less than the least.
    pub crypto: bool,
}

/// What may be taken for an outstanding amount in a shop with these settings, and after a part of it was paid.
fn options(settings: &Settings, outstanding: Money, part: Option<Money>) -> TenderOptions {
    let crypto_minimum = outstanding.currency().minimum();
    let crypto =
        |amount: Money| settings.takes_crypto() && amount.minor() >= crypto_minimum.minor();
    let tenders = settings.tenders.iter().map(|tender| TenderOption {
        tender: tender.clone(),
        available: outstanding.minor() > 0
            && (*tender != TenderChoice::Crypto || crypto(outstanding)),
    });
    let rounding = settings.rounding(outstanding.currency()).of(outstanding);
    let cash_due = outstanding.plus(rounding);
    let rest = part.map(|part| {
        let outstanding = outstanding.plus(part.minor().saturating_neg());
        Rest {
            outstanding,
            crypto: crypto(outstanding),
        }
    });
    TenderOptions {
        outstanding,
        tenders: tenders.collect(),
        cash_due,
        cash_rounding: outstanding.with_minor(rounding),
        cash_suggestions: cash_suggestions(cash_due),
        crypto_minimum,
        rest: rest.filter(|rest| rest.outstanding.minor() > 0),
    }
}

impl NewTender {
    /// What is taken of an outstanding amount.
    pub(super) fn to_take(
        &self,
        settings: &Settings,
        outstanding: Money,
    ) -> Result<TenderToTake, TillError> {
        let own = settings
            .takes(self.way, self.own.as_deref())
            .ok_or(TillError::TenderOff)?;
        let currency = outstanding.currency();
        let mut sums = self.amount.iter().chain(&self.given);
        if sums.any(|sum| sum.currency() != currency) {
            return Err(MoneyError::UnknownCurrency.into());
        }
        let cash = self.way == TenderWay::Cash;
        let given = self.given.filter(|_| cash);
        let rounding = match cash {
            true if breaks::is(Break::CashNotRounded) => 0,
            true => settings.rounding(currency).of(outstanding),
            false => 0,
        };
        let due = outstanding.plus(rounding);
        let amount = match (self.amount, given) {
            (Some(amount), _) => amount,
            (None, Some(given)) if given.minor() < due.minor() => given,
            (None, _) => outstanding,
        };
        if amount.minor() <= 0 || amount.minor() > outstanding.minor() {
            return Err(TillError::TenderTooMuch(outstanding));
        }
        let rounding_minor = if amount == outstanding { rounding } else { 0 };
        let kept = amount.plus(rounding_minor);
        if given.is_some_and(|given| given.minor() < kept.minor()) {
            return Err(TillError::GivenTooLittle(kept));
        }
        Ok(TenderToTake {
            way: self.way,
            own,
            amount_minor: amount.minor(),
            given_minor: given.map(Money::minor),
            rounding_minor,
        })
    }
}

impl Till {
    /// Takes a tender for a sale. It is in the journal before the drawer opens and the change is shown.
    ///
    /// # Errors
    /// [`TillError::TenderOff`] (not switched on), [`TillError::TenderTooMuch`], [`TillError::GivenTooLittle`],
    /// [`TillError::Money`] (another currency), [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn take_tender(&self, number: u32, tender: NewTender) -> Result<SaleView, TillError> {
        let settings = self.inner.settings();
        let cash = tender.way == TenderWay::Cash;
        let (sale, written) = self
            .write_event(number, move |sale| {
                let next = sale.next_tender();
                if tender.tender.is_some_and(|expected| expected < next.0)
                    && !breaks::is(Break::TenderTwice)
                {
                    return Ok(None);
                }
                let taken = tender.to_take(&settings, sale.outstanding())?;
                Ok(Some(taken.event(sale.id, next)))
            })
            .await?;
        if cash && written {
            self.inner.open_drawer(DrawerReason::Tender, sale.number);
        }
        Ok(self.inner.view(&sale))
    }

    /// Takes a tender back that was entered by mistake, until the day is closed.
    ///
    /// # Errors
    /// [`TillError::TenderUnknown`], [`TillError::TenderRefunded`] (a refund stands), [`TillError::TenderClosed`] (it is
    /// in a Z report), [`TillError::ReasonMissing`], [`TillError::NoteTooLong`] when the reason is too long,
    /// [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn take_back_tender(
        &self,
        number: u32,
        tender: u32,
        reason: &str,
    ) -> Result<SaleView, TillError> {
        let reason = validate_reason(reason)?;
        let written = self
            .write(number, move |sale| {
                let mut standing = sale.standing_tenders();
                if !standing.any(|other| other.number.0 == tender) {
                    return Err(TillError::TenderUnknown(tender));
                }
                if sale.standing_refunds().next().is_some() {
                    return Err(TillError::TenderRefunded(number));
                }
                Ok(Some(Event::TenderTakenBack {
                    sale: sale.id,
                    tender: TenderNumber(tender),
                    reason,
                }))
            })
            .await;
        written.map_err(|error| match error {
            TillError::Journal(JournalError::DayClosedSince) => TillError::TenderClosed(tender),
            error => error,
        })
    }

    /// Waits until the drawer was opened for the cash that was taken, or could not be: a program that ends would take the
    /// job with it.
    pub async fn wait_for_drawer(&self) {
        let jobs = std::mem::take(&mut *self.inner.print_queue.drawer.lock());
        jobs.join_all().await;
    }

    /// What may be taken for an amount that is outstanding; with a part, also what would be left after it. The screen
    /// asks before a split is made.
    pub fn tender_options(&self, outstanding: Money, part: Option<Money>) -> TenderOptions {
        options(&self.inner.settings(), outstanding, part)
    }
}

impl Inner {
    /// The event of the first tender of a sale over this amount.
    pub(super) fn first_tender(
        &self,
        tender: &NewTender,
        amount: Money,
    ) -> Result<TenderToTake, TillError> {
        tender.to_take(&self.settings(), amount)
    }

    /// Opens the drawer for cash of a sale, if there is one. Nothing waits for it; what fails is reported.
    pub(super) fn open_drawer(self: &Arc<Self>, why: DrawerReason, number: SaleNumber) {
        let printing = self.settings().printing;
        let Some(port) = printing.printer.filter(|_| printing.drawer) else {
            return;
        };
        let till = Till {
            inner: Arc::clone(self),
            tasks: Vec::new(),
        };
        let mut jobs = self.print_queue.drawer.lock();
        while jobs.try_join_next().is_some() {}
        jobs.spawn(async move {
            let opens = Event::DrawerOpened {
                why,
                number: Some(number),
                reason: None,
            };
            let opened = match receipt::drawer_job() {
                Ok(job) => till.open_drawer_job(port, job, opens).await,
                Err(error) => Err(error.into()),
            };
            if let Err(error) = opened {
                let fault = Fault::from(error).with("number", number);
                till.inner.emit(TillEvent::Fault(fault));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cash::CashRounding;
    use crate::money::Currency;

    fn shop() -> Settings {
        Settings {
            tenders: vec![TenderChoice::Crypto, TenderChoice::Cash, TenderChoice::Card],
            cash_rounding: [(Currency::Eur, CashRounding::Five)].into(),
            ..Settings::default()
        }
    }

    fn euros(minor: i64) -> Money {
        Money::from_minor(minor, Currency::Eur)
    }

    /// What of crypto, cash and card may be taken.
    fn available(options: &TenderOptions) -> Vec<bool> {
        options.tenders.iter().map(|it| it.available).collect()
    }

    #[test]
    fn what_is_below_the_gateways_minimum_is_not_offered_in_crypto() {
        assert_eq!(
            available(&options(&shop(), euros(100), None)),
            [true, true, true]
        );
        let below = options(&shop(), euros(99), None);
        assert_eq!(available(&below), [false, true, true]);
        assert_eq!(below.crypto_minimum, euros(100));
        assert_eq!(
            available(&options(&shop(), euros(0), None)),
            [false, false, false]
        );
    }

    #[test]
    fn a_split_says_before_it_is_made_whether_the_rest_can_be_crypto() {
        for (part, rest, crypto) in [(1_240, 100, true), (1_241, 99, false)] {
            let options = options(&shop(), euros(1_340), Some(euros(part)));
            let outstanding = euros(rest);
            assert_eq!(
                options.rest,
                Some(Rest {
                    outstanding,
                    crypto
                })
            );
        }
        assert_eq!(
            options(&shop(), euros(1_340), Some(euros(1_340))).rest,
            None
        );
        let mut cash_alone = shop();
        cash_alone.tenders = vec![TenderChoice::Cash];
        let rest = options(&cash_alone, euros(1_340), Some(euros(340))).rest;
        assert!(
            rest.is_some_and(|rest| !rest.crypto),
            "crypto is switched off"
        );
    }

    #[test]
    fn cash_is_due_as_it_is_rounded() {
        let options = options(&shop(), euros(1_342), None);
        assert_eq!(
            (options.cash_due, options.cash_rounding),
            (euros(1_340), euros(-2))
        );
        assert_eq!(options.cash_suggestions.first(), Some(&euros(1_340)));
    }
}
