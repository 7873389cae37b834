//! The cash drawer: floats, pay-ins, pay-outs, bank drops and counts, and opening it without a sale. Each is an entry
//! before the drawer opens.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::corrections::validate_reason;
use super::{Till, TillError};
use crate::drawer::{CashMove, CashWay, CountPurpose, Piece, denominations};
use crate::journal::{CountToWrite, JournalFile};
use crate::money::{Currency, Money, MoneyError};
use crate::receipt;
use crate::report::{DrawerMoveView, DrawerView, drawer_views, move_views};
use crate::sale::{DrawerReason, Event};

/// Cash that goes into the drawer or out of it without a sale.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct NewCashMove {
    /// Which way.
    pub way: CashWay,
    /// How much.
    pub amount: Money,
    /// Why; 1 to 500 characters.
    pub reason: String,
}

/// A count of one currency.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct NewCashCount {
    /// What it is for.
    pub purpose: CountPurpose,
    /// What was there.
    pub counted: Money,
    /// How many of each note and coin; empty when only the sum was typed.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Piece>>")]
    pub pieces: Vec<Piece>,
    /// What stays in the drawer as the next float; `None`: all of it.
    pub left: Option<Money>,
}

/// What a count found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct CountResult {
    /// What was there.
    pub counted: Money,
    /// What should have been there; `None`: the drawer was counted for the first time.
    pub expected: Option<Money>,
    /// What was there more than should have been; negative: something is missing.
    pub difference: Option<Money>,
    /// What stays in the drawer.
    pub left: Money,
}

/// What a count of a currency begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct CountStart {
    /// The notes and coins, largest first.
    pub pieces: Vec<Money>,
    /// What should be in the drawer, which is the float that is proposed; `None`: never counted, or the shop counts
    /// blind.
    pub expected: Option<Money>,
}

impl Till {
    /// The drawer since the last close, by currency; empty while the shop has none. In a shop that counts blind nothing
    /// says what should be in it.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn drawer(&self) -> Result<BTreeMap<Currency, DrawerView>, TillError> {
        let settings = self.inner.settings().drawer;
        if !settings.on {
            return Ok(BTreeMap::new());
        }
        let read = |file: &mut JournalFile| file.drawer_since_close();
        let balances = self.inner.journal.call(read).await?;
        let mut views = drawer_views(&balances);
        if settings.blind_count {
            for view in views.values_mut() {
                (view.expected, view.start) = (None, None);
            }
        }
        Ok(views)
    }

    /// What was done with the drawer without a sale since the last close, one by one.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn drawer_moves(&self) -> Result<Vec<DrawerMoveView>, TillError> {
        let read = |file: &mut JournalFile| file.drawer_moves();
        Ok(move_views(&self.inner.journal.call(read).await?))
    }

    /// What a count of this currency begins with.
    ///
    /// # Errors
    /// [`TillError::DrawerOff`], [`TillError::Journal`].
    pub async fn count_start(&self, currency: Currency) -> Result<CountStart, TillError> {
        self.require_drawer()?;
        let view = self.drawer().await?.remove(&currency);
        let pieces = denominations(currency).iter();
        Ok(CountStart {
            pieces: pieces
                .map(|minor| Money::from_minor(*minor, currency))
                .collect(),
            expected: view.and_then(|view| view.expected),
        })
    }

    /// Writes down cash that goes into the drawer or out of it, and opens the drawer.
    ///
    /// # Errors
    /// Nothing was written after [`TillError::DrawerOff`], [`TillError::Money`] (not above zero, or above the largest
    /// amount), [`TillError::ReasonMissing`], [`TillError::NoteTooLong`] when the reason is too long, and
    /// [`TillError::Journal`]. After an error of the printer it is written, and the drawer has to be opened by hand.
    pub async fn move_cash(&self, moved: NewCashMove) -> Result<(), TillError> {
        self.require_drawer()?;
        let amount = moved.amount.within_tender_limits()?;
        let event = Event::CashMoved(CashMove {
            way: moved.way,
            amount_minor: amount.minor(),
            currency: amount.currency(),
            reason: validate_reason(&moved.reason)?,
        });
        self.append_event(event).await?;
        self.pulse(DrawerReason::CashMoved, None).await
    }

    /// Writes a count, with what should have been there beside it.
    ///
    /// # Errors
    /// Nothing was written after [`TillError::DrawerOff`], [`TillError::Money`] (the sum that stays is of another
    /// currency), [`TillError::Journal`] (also when it cannot be right: `count_wrong`).
    pub async fn count_cash(&self, counted: NewCashCount) -> Result<CountResult, TillError> {
        self.require_drawer()?;
        let currency = counted.counted.currency();
        let left = counted.left.unwrap_or(counted.counted);
        if left.currency() != currency {
            return Err(MoneyError::UnknownCurrency.into());
        }
        let count = CountToWrite {
            purpose: counted.purpose,
            currency,
            counted_minor: counted.counted.minor(),
            pieces: counted.pieces,
            left_minor: left.minor(),
        };
        let now = self.inner.clock.now();
        let write = move |file: &mut JournalFile| file.count_cash(count, now);
        let count = self.inner.journal.call(write).await?;
        let money = |minor| Money::from_minor(minor, currency);
        Ok(CountResult {
            counted: money(count.counted_minor),
            expected: count.expected_minor.map(money),
            difference: count
                .expected_minor
                .map(|expected| money(count.counted_minor.saturating_sub(expected))),
            left: money(count.left_minor),
        })
    }

    /// Opens the drawer without a sale, for a reason that is written down before.
    ///
    /// # Errors
    /// [`TillError::ReasonMissing`], [`TillError::NoteTooLong`] when the reason is too long, [`TillError::PrinterNone`]
    /// (no drawer is connected), and those of the printer and the journal.
    pub async fn open_drawer(&self, reason: &str) -> Result<(), TillError> {
        let reason = validate_reason(reason)?;
        let printing = self.inner.settings().printing;
        if !printing.drawer || printing.printer.is_none() {
            return Err(TillError::PrinterNone);
        }
        self.pulse(DrawerReason::NoSale, Some(reason)).await
    }

    fn require_drawer(&self) -> Result<(), TillError> {
        match self.inner.settings().drawer.on {
            true => Ok(()),
            false => Err(TillError::DrawerOff),
        }
    }

    /// Opens the drawer, if one is connected.
    async fn pulse(&self, why: DrawerReason, reason: Option<String>) -> Result<(), TillError> {
        let printing = self.inner.settings().printing;
        let Some(port) = printing.printer.filter(|_| printing.drawer) else {
            return Ok(());
        };
        let opens = Event::DrawerOpened {
            why,
            number: None,
            reason,
        };
        self.open_drawer_job(port, receipt::drawer_job()?, opens)
            .await
    }
}
