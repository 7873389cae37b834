//! What the shop usually takes: the median of its recent sales.

use rusqlite::params;

use super::error::JournalError;
use super::file::JournalFile;
use crate::ids::TapId;
use crate::money::{Currency, Money};
use crate::sale::{Purpose, SaleState};

/// How many of the newest paid sales make up what is usual.
const RECENT_SALES: u32 = 200;

impl JournalFile {
    /// The median of the newest 200 paid sales in this currency; of two in the middle, the smaller. `None` when nothing
    /// was sold in it. Sales in test money do not count, except in practice.
    ///
    /// # Errors
    /// What SQLite reports of the disk.
    pub(crate) fn usual_amount(&self, currency: Currency) -> Result<Option<Money>, JournalError> {
        let mut amounts_minor = self.recent_amounts_minor(currency, false)?;
        if amounts_minor.is_empty() && self.purpose == Purpose::Practice {
            amounts_minor = self.recent_amounts_minor(currency, true)?;
        }
        amounts_minor.sort_unstable();
        let middle = amounts_minor.len().saturating_sub(1) / 2;
        let median_minor = amounts_minor.get(middle).copied();
        Ok(median_minor.map(|minor| Money::from_minor(minor, currency)))
    }

    fn recent_amounts_minor(
        &self,
        currency: Currency,
        test: bool,
    ) -> Result<Vec<i64>, JournalError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT amount_minor FROM sale WHERE state = ?1 AND currency = ?2 AND test = ?3
             ORDER BY booked_at_unix_ms DESC LIMIT ?4",
        )?;
        let bounds = params![
            SaleState::Paid.as_str(),
            currency.code(),
            test,
            RECENT_SALES
        ];
        let rows = statement.query_map(bounds, |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether this tap has opened a sale.
    ///
    /// # Errors
    /// What SQLite reports of the disk.
    pub(crate) fn has_opened(&self, tap: TapId) -> Result<bool, JournalError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM sale WHERE tap = ?1)")?;
        Ok(statement.query_row([tap.to_string()], |row| row.get(0))?)
    }
}
