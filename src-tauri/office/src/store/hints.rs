//! Hints: invoices that a caller of the webhook has named. They are in a small table, so that whichever office holds a
//! till's call finds them, and for a little while only. Nothing of what they say is in the book.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use ringup_core::clock::UnixMs;
use ringup_core::ids::{InvoiceId, TillId};
use ringup_core::office::Hint;

use super::append::only;
use super::sql::{Tx, Value};
use super::{Store, StoreError, moment, schema};

/// How long a hint waits for its till's call, and for the entry that opened its invoice.
const KEPT_MS: i64 = 60 * 1000;
/// An invoice that is hinted at again sooner is no new hint.
const APART_MS: i64 = 1000;
/// Most hints at invoices that some till has opened, at once: so many a minute. Most at others, and of one call.
const MOST: i64 = 1200;
const MOST_UNKNOWN: i64 = 120;
const MOST_UNKNOWN_OF_A_CALL: usize = 2;
/// The key of the webhook's secret, among the facts about the whole book.
const HOOK_KEY: &str = "hook_key";

impl Store {
    /// The key from which the secret of the webhook's address is made: one for all offices on this book, drawn by the first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn hook_key(&self) -> Result<[u8; 32], StoreError> {
        let drawn = STANDARD.encode(rand::random::<[u8; 32]>());
        let drawn = drawn.as_str();
        let text = transaction!(self, |tx| match schema::get_meta(tx, HOOK_KEY).await? {
            Some(known) => Ok::<_, StoreError>(known),
            None => {
                schema::set_meta(tx, HOOK_KEY, drawn).await?;
                Ok(drawn.to_owned())
            }
        })?;
        let key = STANDARD.decode(text).ok().and_then(|it| it.try_into().ok());
        key.ok_or_else(|| StoreError::Corrupt("the webhook's key".to_owned()))
    }

    /// Keeps hints at these invoices: at those that some till has opened, or, when none of them is known, at the first few,
    /// because the entry may be on its way. Says how many are kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hint(&self, invoices: &[String], now: UnixMs) -> Result<u64, StoreError> {
        let each: Vec<_> = invoices.iter().map(|it| vec![key(it)]).collect();
        let (known, kept, unknown) = snapshot!(self, |tx| known_and_kept(tx, &each).await)?;
        let all = each.into_iter().zip(known);
        let (known, others): (Vec<_>, Vec<_>) = all.partition(|(_, is_known)| *is_known);
        let (hinted, room) = match known.is_empty() {
            false => (known, MOST - kept),
            true => (others, (MOST_UNKNOWN - unknown).min(MOST - kept)),
        };
        let most = match hinted.first() {
            Some((_, false)) => MOST_UNKNOWN_OF_A_CALL,
            _ => usize::MAX,
        };
        let room = usize::try_from(room).unwrap_or(0).min(most);
        let rows: Vec<_> = hinted
            .into_iter()
            .take(room)
            .map(|(mut row, _)| {
                row.extend([
                    Value::Int(rand::random::<u32>().into()),
                    moment(now),
                    moment(now.plus(-APART_MS)),
                ]);
                row
            })
            .collect();
        if rows.is_empty() {
            return Ok(0);
        }
        let sql = "INSERT INTO hint (invoice, id, at) VALUES (?1, ?2, ?3)
             ON CONFLICT (invoice) DO UPDATE SET id = excluded.id, at = excluded.at
             WHERE hint.at <= ?4 OR hint.at > excluded.at";
        transaction!(self, |tx| tx.execute_each(sql, &rows).await)
    }

    /// The hints that are there, with the tills that opened their invoices.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hints(&self) -> Result<Vec<(TillId, Hint)>, StoreError> {
        let sql = "SELECT DISTINCT s.till, h.invoice, h.id FROM hint AS h
             JOIN sale_invoice AS s ON s.invoice = h.invoice ORDER BY h.id";
        let rows = snapshot!(self, |tx| tx.query(sql, &[]).await)?;
        let hint = |row: &super::sql::Row| {
            let [till, invoice, id] = row.as_slice() else {
                return Err(StoreError::Corrupt("a hint".to_owned()));
            };
            let corrupt = |what: &str| StoreError::Corrupt(what.to_owned());
            let till: TillId = till.text()?.parse().or(Err(corrupt("a till's id")))?;
            let invoice = String::from_utf8(invoice.bytes()?.to_vec());
            let hint = Hint {
                id: u32::try_from(id.int()?).or(Err(corrupt("a hint's number")))?,
                invoice: InvoiceId(invoice.or(Err(corrupt("a hint's invoice")))?),
            };
            Ok((till, hint))
        };
        rows.iter().map(hint).collect()
    }

    /// Forgets the hints whose time is over. Says how many there were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_hints(&self, now: UnixMs) -> Result<u64, StoreError> {
        // Of the future are those of an office whose clock was wrong.
        let sql = "DELETE FROM hint WHERE at < ?1 OR at > ?2";
        let values = [moment(now.plus(-KEPT_MS)), moment(now.plus(KEPT_MS))];
        transaction!(self, |tx| tx.execute(sql, &values).await)
    }
}

/// An invoice as the tables hold it.
fn key(invoice: &str) -> Value {
    Value::Bytes(invoice.as_bytes().to_vec())
}

/// Which of these invoices some till has opened; how many hints are kept, and how many of them at invoices that are not
/// known.
async fn known_and_kept(
    tx: &Tx,
    invoices: &[Vec<Value>],
) -> Result<(Vec<bool>, i64, i64), StoreError> {
    let sql = "SELECT till FROM sale_invoice WHERE invoice = ?1 LIMIT 1";
    let found = tx.query_each(sql, invoices).await?;
    let known = found.iter().map(|rows| !rows.is_empty()).collect();
    let kept = count(tx, "SELECT count(*) FROM hint").await?;
    let sql = "SELECT count(*) FROM hint AS h
         WHERE NOT EXISTS (SELECT 1 FROM sale_invoice AS s WHERE s.invoice = h.invoice)";
    Ok((known, kept, count(tx, sql).await?))
}

async fn count(tx: &Tx, sql: &str) -> Result<i64, StoreError> {
    match tx.query(sql, &[]).await?.first() {
        Some(row) => only(row)?.int(),
        None => Ok(0),
    }
}
