//! Receipts for phones: the words that each till's receipts bear, and the one receipt that a token opens. There is no
//! question here that names a till or a number, and none that lists anything.

use ringup_core::clock::UnixMs;
use ringup_core::office::{EntryHash, ReceiptTexts};
use ringup_core::sale::Sale;

use super::append::{hash_in, only};
use super::book_rows::{json, to_json};
use super::folding::bodies_of;
use super::sql::{Tx, Value, int, text};
use super::tills::{Token, till_of};
use super::{Store, StoreError, TokenError, moment};
use crate::fold::FoldedSale;

/// A sale that was paid, and what its receipt is made of beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookReceipt {
    /// The sale, folded by the till's own rule.
    pub sale: Sale,
    /// Its number as it is printed: `A-000042`.
    pub label: String,
    /// The hash of its last entry.
    pub hash: EntryHash,
    /// The shop's words, as the till has told them last; `None`: it has not yet.
    pub texts: Option<ReceiptTexts>,
}

impl Store {
    /// Keeps what stands on the receipts of the till whose token this is.
    ///
    /// # Errors
    /// [`TokenError`] within.
    pub async fn set_receipt_texts(
        &self,
        token: &Token,
        texts: &ReceiptTexts,
        now: UnixMs,
    ) -> Result<Result<(), TokenError>, StoreError> {
        // PostgreSQL refuses the character 0 in a text; JSON writes it as an escape.
        let texts = to_json(texts)?;
        transaction!(self, |tx| set_texts(tx, token, &texts, now).await)
    }

    /// The receipt that a token of this hash opens; `None`: none that is here, is paid, and was paid since then. All that
    /// there is not takes the same way: one row is looked for, and not there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn receipt(
        &self,
        token: [u8; 32],
        paid_since: UnixMs,
    ) -> Result<Option<BookReceipt>, StoreError> {
        let token = Value::Bytes(token.to_vec());
        snapshot!(self, |tx| receipt(tx, &token, paid_since).await)
    }
}

async fn set_texts(
    tx: &Tx,
    token: &Token,
    texts: &str,
    now: UnixMs,
) -> Result<Result<(), TokenError>, StoreError> {
    let till = match till_of(tx, token, now).await? {
        Ok(till) => till,
        Err(error) => return Ok(Err(error)),
    };
    let sql = "INSERT INTO receipt_texts (till, texts, received_at) VALUES (?1, ?2, ?3)
               ON CONFLICT (till) DO UPDATE SET texts = excluded.texts, received_at = excluded.received_at";
    tx.execute(sql, &[text(till), text(texts), moment(now)])
        .await?;
    Ok(Ok(()))
}

async fn receipt(
    tx: &Tx,
    token: &Value,
    paid_since: UnixMs,
) -> Result<Option<BookReceipt>, StoreError> {
    // A till may claim a token that it has seen on another one's display: the sale that came here first has it.
    let sql = "SELECT s.till, s.label, s.entries, s.revision, e.received_at
         FROM sale_receipt AS r
         JOIN sale AS s ON s.till = r.till AND s.id = r.sale
         JOIN entry AS e ON e.till = r.till AND e.seq = r.seq
         WHERE r.token = ?1 AND s.paid_at >= ?2 ORDER BY e.received_at, s.till, s.id LIMIT 1";
    let rows = tx.query(sql, &[token.clone(), moment(paid_since)]).await?;
    let Some([till, label, entries, revision, _]) = rows.first().map(Vec::as_slice) else {
        return Ok(None);
    };
    let till = till.text()?;
    let entries: Vec<u64> = json(entries)?;
    let bodies = bodies_of(tx, till, entries.into_iter()).await?;
    let folded = FoldedSale::of(bodies.iter().map(|(seq, body)| (*seq, body.as_str())));
    let damaged = || StoreError::Corrupt("the entries of a sale".to_owned());
    let sale = folded.ok_or_else(damaged)?.sale;
    let sql = "SELECT hash FROM entry WHERE till = ?1 AND seq = ?2";
    let last = int(revision.int()?.unsigned_abs());
    let rows = tx.query(sql, &[text(till), last]).await?;
    let hash = hash_in(only(rows.first().ok_or_else(damaged)?)?)?;
    let sql = "SELECT texts FROM receipt_texts WHERE till = ?1";
    let rows = tx.query(sql, &[text(till)]).await?;
    let texts = rows.first().map(|row| json(only(row)?)).transpose()?;
    Ok(Some(BookReceipt {
        sale,
        label: label.text()?.to_owned(),
        hash,
        texts,
    }))
}
