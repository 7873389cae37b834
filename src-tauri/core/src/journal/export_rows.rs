//! The sales book row by row, for exported files. It is read from one snapshot over a connection of its own, so
//! that a long export shows one moment and does not hold up selling.

use std::path::Path;

use rusqlite::{Row, Rows};

use super::entries::{corrupt, load, sale_id};
use super::error::JournalError;
use super::ledger;
use super::readable::{Readable, open_readable};
use crate::clock::UnixMs;
use crate::ids::{SaleNumber, TillCode};
use crate::money::Money;
use crate::sale::{LedgerLine, Line, Sale};

/// A row of the sales book: a ledger line, or a sale without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BookRow {
    /// When the money moved; without a ledger line, when the sale was opened.
    pub(crate) at: UnixMs,
    /// `None`: the sale is unpaid.
    pub(crate) ledger_line: Option<LedgerLine>,
    pub(crate) sale: SaleNumber,
    pub(crate) charged: Money,
    pub(crate) test: bool,
    pub(crate) state: String,
    pub(crate) open: bool,
    pub(crate) opened_at: UnixMs,
    pub(crate) note: Option<String>,
    pub(crate) attempt: Option<u32>,
    /// The gateway that was asked; `None`: none was.
    pub(crate) gateway: Option<String>,
    /// The till's code when the sale was opened, if it is not the one that the journal was opened with.
    pub(crate) code: Option<TillCode>,
    /// Who charged, or who gave the money back.
    pub(crate) cashier: Option<String>,
    pub(crate) invoice_id: Option<String>,
    pub(crate) coin_amount: Option<String>,
    pub(crate) network_fee: Option<String>,
    pub(crate) settled: bool,
    /// The reason of a refund, or of voiding it.
    pub(crate) reason: Option<String>,
    /// Taken off the lines, minor units; only with the first payment of a sale.
    pub(crate) discount_minor: i64,
    /// What was sold; only with the first payment of a sale.
    pub(crate) lines: Vec<Line>,
    /// The close that counts it; `None`: none yet.
    pub(crate) z: Option<u32>,
}

/// A sale that money came for, with its first payment.
#[derive(Debug)]
pub(crate) struct SoldCart {
    /// The entry of its first payment.
    pub(crate) seq: u64,
    pub(crate) at: UnixMs,
    pub(crate) test: bool,
    pub(crate) cashier: Option<String>,
    /// The close that counts its first payment.
    pub(crate) z: Option<u32>,
    pub(crate) sale: Sale,
}

/// The first payment of each sale.
const FIRST_PAYMENT: &str = "m.moved IN ('paid', 'tendered')
     AND m.seq = (SELECT min(seq) FROM movement WHERE sale = m.sale AND moved IN ('paid', 'tendered'))";

/// What follows after [`ledger::COLUMNS`].
fn with_sales() -> String {
    format!(
        "
       s.amount_minor AS charged_minor, s.code,
       coalesce(i.gateway, (SELECT gateway FROM invoice WHERE sale = m.sale
                            ORDER BY attempt DESC LIMIT 1)) AS gateway,
       CASE WHEN m.refund IS NOT NULL
            THEN (SELECT body ->> '$.by' FROM entry WHERE seq = m.seq)
            ELSE (SELECT body ->> '$.by' FROM entry WHERE sale = s.id ORDER BY seq LIMIT 1)
       END AS cashier, s.note, s.state, s.open, s.opened_at_unix_ms,
       i.invoice_id, i.crypto_amount, i.network_fee, coalesce(i.settled, 0) AS settled,
       CASE WHEN m.refund IS NOT NULL
            THEN (SELECT body ->> '$.reason' FROM entry WHERE seq = m.seq) END AS reason,
       coalesce(o.body ->> '$.discount_minor', 0) AS discount_minor, o.body ->> '$.lines' AS lines
FROM movement AS m
JOIN sale AS s ON s.number = m.sale
LEFT JOIN invoice AS i ON i.sale = m.sale AND i.attempt = m.attempt
LEFT JOIN entry AS o ON {FIRST_PAYMENT}
     AND o.seq = (SELECT min(seq) FROM entry WHERE sale = s.id)
WHERE m.at_unix_ms >= ?1 AND m.at_unix_ms < ?2
ORDER BY m.at_unix_ms, m.seq"
    )
}

const UNPAID: &str = "
SELECT s.number AS sale, s.currency, s.amount_minor AS charged_minor, s.test, s.code, i.gateway,
       (SELECT body ->> '$.by' FROM entry WHERE sale = s.id ORDER BY seq LIMIT 1) AS cashier,
       s.note, s.state, s.open, s.opened_at_unix_ms, i.attempt, i.invoice_id, i.crypto_amount, i.network_fee, 0 AS settled,
       NULL AS reason, 0 AS discount_minor, NULL AS lines
FROM sale AS s
LEFT JOIN invoice AS i ON i.sale = s.number
     AND i.attempt = (SELECT max(attempt) FROM invoice WHERE sale = s.number)
WHERE s.paid_at_unix_ms IS NULL AND s.opened_at_unix_ms >= ?1 AND s.opened_at_unix_ms < ?2
ORDER BY s.opened_at_unix_ms, s.number";

/// A journal at one moment, whatever is written meanwhile.
pub(crate) struct BookSnapshot {
    pub(super) file: Readable,
    /// The closes: the entry and the number of each, in order.
    closes: Vec<(u64, u32)>,
}

impl BookSnapshot {
    /// Opens it.
    pub(crate) fn open(journal: &Path) -> Result<Self, JournalError> {
        let file = open_readable(journal)?;
        // Everything that is read from here on is of one snapshot.
        file.connection.execute_batch("BEGIN")?;
        let closes = {
            let mut closes = file.connection.prepare(
                "SELECT seq, body ->> '$.z' FROM entry WHERE kind = 'day_closed' ORDER BY seq",
            )?;
            let closes = closes.query_map([], |row| {
                Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?))
            })?;
            closes.collect::<Result<_, _>>()?
        };
        Ok(Self { file, closes })
    }

    /// The number of the close that counts this entry.
    pub(super) fn z_of(&self, seq: u64) -> Option<u32> {
        let after = self.closes.partition_point(|(close, _)| *close < seq);
        self.closes.get(after).map(|(_, z)| *z)
    }

    /// How many rows there are.
    pub(crate) fn row_count(&self, from: UnixMs, to: UnixMs) -> Result<u64, JournalError> {
        let count: i64 = self.file.connection.query_row(
            "SELECT (SELECT count(*) FROM movement WHERE at_unix_ms >= ?1 AND at_unix_ms < ?2)
                  + (SELECT count(*) FROM sale WHERE paid_at_unix_ms IS NULL
                     AND opened_at_unix_ms >= ?1 AND opened_at_unix_ms < ?2)",
            [from.0, to.0],
            |row| row.get(0),
        )?;
        Ok(count.unsigned_abs())
    }

    /// Calls `each` for every row from one moment (included) to another (excluded), in order of time, until it
    /// refuses one: ledger lines, and unpaid sales between them.
    pub(crate) fn each_row<E: From<JournalError>>(
        &self,
        from: UnixMs,
        to: UnixMs,
        mut each: impl FnMut(BookRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let connection = &self.file.connection;
        let prepare = |sql: &str| connection.prepare(sql).map_err(JournalError::from);
        let ledger = format!("SELECT {}, {}", ledger::COLUMNS, with_sales());
        let (mut ledger, mut unpaid) = (prepare(&ledger)?, prepare(UNPAID)?);
        let mut ledger = ledger.query([from.0, to.0]).map_err(JournalError::from)?;
        let mut unpaid = unpaid.query([from.0, to.0]).map_err(JournalError::from)?;
        let mut next_line = next(&mut ledger, true)?;
        let mut next_unpaid = next(&mut unpaid, false)?;
        loop {
            let line_first = match (&next_line, &next_unpaid) {
                (None, None) => return Ok(()),
                (Some(line), Some(unpaid)) => line.at <= unpaid.at,
                (line, _) => line.is_some(),
            };
            let row = if line_first {
                std::mem::replace(&mut next_line, next(&mut ledger, true)?)
            } else {
                std::mem::replace(&mut next_unpaid, next(&mut unpaid, false)?)
            };
            if let Some(mut row) = row {
                row.z = row
                    .ledger_line
                    .as_ref()
                    .and_then(|line| self.z_of(line.seq));
                each(row)?;
            }
        }
    }

    /// Calls `each` for every sale whose first payment came from one moment (included) to another (excluded), in order
    /// of that, until it refuses one.
    pub(crate) fn each_cart<E: From<JournalError>>(
        &self,
        from: UnixMs,
        to: UnixMs,
        mut each: impl FnMut(SoldCart) -> Result<(), E>,
    ) -> Result<(), E> {
        let connection = &self.file.connection;
        let firsts = format!(
            "SELECT m.seq, m.at_unix_ms, m.test, s.id,
                    (SELECT body ->> '$.by' FROM entry WHERE sale = s.id ORDER BY seq LIMIT 1)
             FROM movement AS m JOIN sale AS s ON s.number = m.sale
             WHERE m.at_unix_ms >= ?1 AND m.at_unix_ms < ?2 AND {FIRST_PAYMENT}
             ORDER BY m.at_unix_ms, m.seq"
        );
        let mut firsts = connection.prepare(&firsts).map_err(JournalError::from)?;
        let mut firsts = firsts.query([from.0, to.0]).map_err(JournalError::from)?;
        while let Some(row) = firsts.next().map_err(JournalError::from)? {
            each(self.cart(row)?)?;
        }
        Ok(())
    }

    fn cart(&self, row: &Row<'_>) -> Result<SoldCart, JournalError> {
        let seq = row.get::<_, i64>(0)?.unsigned_abs();
        let id: String = row.get(3)?;
        Ok(SoldCart {
            seq,
            at: UnixMs(row.get(1)?),
            test: row.get(2)?,
            cashier: row.get(4)?,
            z: self.z_of(seq),
            sale: load(&self.file.connection, sale_id(&id)?)?,
        })
    }
}

fn next(rows: &mut Rows<'_>, is_ledger: bool) -> Result<Option<BookRow>, JournalError> {
    rows.next()?.map(|row| read(row, is_ledger)).transpose()
}

fn read(row: &Row<'_>, is_ledger: bool) -> Result<BookRow, JournalError> {
    let ledger_line = is_ledger.then(|| ledger::read_line(row)).transpose()?;
    let currency: String = row.get("currency")?;
    let currency = currency.parse().map_err(corrupt)?;
    let opened_at = UnixMs(row.get("opened_at_unix_ms")?);
    Ok(BookRow {
        at: ledger_line
            .as_ref()
            .map_or(opened_at, |ledger_line| ledger_line.at),
        ledger_line,
        sale: SaleNumber(row.get("sale")?),
        charged: Money::from_minor(row.get("charged_minor")?, currency),
        test: row.get("test")?,
        state: row.get("state")?,
        open: row.get("open")?,
        opened_at,
        note: row.get("note")?,
        attempt: row.get("attempt")?,
        gateway: row.get("gateway")?,
        code: code(row.get("code")?)?,
        cashier: row.get("cashier")?,
        invoice_id: row.get("invoice_id")?,
        coin_amount: row.get("crypto_amount")?,
        network_fee: row.get("network_fee")?,
        settled: row.get("settled")?,
        reason: row.get("reason")?,
        discount_minor: row.get("discount_minor")?,
        lines: lines(row.get("lines")?)?,
        z: None,
    })
}

fn code(stored: Option<String>) -> Result<Option<TillCode>, JournalError> {
    let code = stored.map(|code| serde_json::from_value(code.into()).map_err(corrupt));
    code.transpose()
}

fn lines(stored: Option<String>) -> Result<Vec<Line>, JournalError> {
    match stored {
        None => Ok(Vec::new()),
        Some(json) => serde_json::from_str(&json).map_err(corrupt),
    }
}
