//! The invoices that are polled.

use rusqlite::params;

use super::entries::sale_id;
use super::error::JournalError;
use super::file::JournalFile;
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, InvoiceId, SaleId, SaleNumber};

/// An attempt that the gateway is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedInvoice {
    /// Its sale.
    pub sale: SaleId,
    /// The sale's number.
    pub number: SaleNumber,
    /// The attempt.
    pub attempt: AttemptNumber,
    /// The invoice; `None` while it is requested.
    pub invoice_id: Option<InvoiceId>,
    /// When it was requested.
    pub requested_at: UnixMs,
    /// How far it is.
    pub stage: PollStage,
}

/// How far a polled attempt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PollStage {
    /// The gateway was asked for an invoice and has not answered yet.
    Requesting,
    /// It may be paid, or its payment is in question.
    Open,
    /// Over; a payment may still come.
    Ended {
        /// When the till wrote that down.
        at: UnixMs,
    },
    /// Paid, not yet credited to the merchant.
    Paid,
}

impl JournalFile {
    /// The attempts that this gateway is to be asked about, oldest first.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] for a row that is not a sale's, and what SQLite reports of the disk.
    pub fn watched(&self, gateway: &str) -> Result<Vec<WatchedInvoice>, JournalError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.id, i.sale, i.attempt, i.invoice_id, i.requested_at_unix_ms, i.phase,
                    i.ended_at_unix_ms
             FROM invoice AS i JOIN sale AS s ON s.number = i.sale
             WHERE i.watched AND i.gateway = ?1
             ORDER BY i.requested_at_unix_ms",
        )?;
        let rows = statement.query_map([gateway], |row| {
            let phase: String = row.get(5)?;
            let ended_at: Option<i64> = row.get(6)?;
            let stage = match (phase.as_str(), ended_at) {
                ("requesting", _) => PollStage::Requesting,
                ("ended", Some(at)) => PollStage::Ended { at: UnixMs(at) },
                ("paid", _) => PollStage::Paid,
                _ => PollStage::Open,
            };
            Ok((
                row.get::<_, String>(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                stage,
            ))
        })?;
        rows.map(|row| {
            let (id, number, attempt, invoice_id, requested_at, stage) = row?;
            Ok(WatchedInvoice {
                sale: sale_id(&id)?,
                number: SaleNumber(number),
                attempt: AttemptNumber(attempt),
                invoice_id: Option::map(invoice_id, InvoiceId),
                requested_at: UnixMs(requested_at),
                stage,
            })
        })
        .collect()
    }

    /// The attempts whose request got no answer yet, whatever their sales are by now.
    ///
    /// # Errors
    /// As [`JournalFile::watched`].
    pub fn requesting(&self) -> Result<Vec<(SaleId, AttemptNumber)>, JournalError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.id, i.attempt FROM invoice AS i JOIN sale AS s ON s.number = i.sale
             WHERE i.watched AND i.phase = 'requesting'",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (id, attempt) = row?;
            Ok((sale_id(&id)?, AttemptNumber(attempt)))
        })
        .collect()
    }

    /// How many polled attempts belong to gateways other than this one. They cannot be asked about now.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] for a row that is not a sale's, and what SQLite reports of the disk.
    pub fn watched_elsewhere(&self, gateway: &str) -> Result<u32, JournalError> {
        Ok(self
            .connection
            .prepare_cached("SELECT count(*) FROM invoice WHERE watched AND gateway <> ?1")?
            .query_row([gateway], |row| row.get(0))?)
    }

    /// Whether an attempt other than this one has this invoice of this gateway.
    ///
    /// # Errors
    /// What SQLite reports of the disk.
    pub(crate) fn invoice_belongs_to_another(
        &self,
        gateway: &str,
        invoice: &InvoiceId,
        sale: SaleNumber,
        attempt: AttemptNumber,
    ) -> Result<bool, JournalError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM invoice WHERE invoice_id = ?1 AND gateway = ?2
                            AND (sale, attempt) <> (?3, ?4))",
        )?;
        let values = params![invoice.0, gateway, sale.0, attempt.0];
        Ok(statement.query_row(values, |row| row.get(0))?)
    }
}
