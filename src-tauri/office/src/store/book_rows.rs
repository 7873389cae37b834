//! The rows that the fold writes. Texts come from tills, so whatever they hold, each has a length that an index takes and
//! no character that a database refuses.

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::ids::TillCode;
use ringup_core::sale::DayTotals;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use super::sql::{Row, Tx, Value, int, text};
use crate::fold::{EventRow, FoldedSale, Slot};

/// Longest text of an index, bytes.
const MAX_KEY_BYTES: usize = 120;
/// Most words of a note that it is found by.
const MAX_WORDS: usize = 40;
/// The code of sales before a journal says one. None does.
const NO_CODE: &str = "?";

/// What a column of JSON holds.
pub(super) fn json<T: DeserializeOwned>(column: &Value) -> Result<T, StoreError> {
    serde_json::from_str(column.text()?).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// A value as such a column has it.
pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Failed(error.to_string()))
}

/// A text as a key of an index.
pub(super) fn key(text: &str) -> String {
    let mut end = text.len().min(MAX_KEY_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // PostgreSQL refuses the character 0 in a text.
    text.get(..end).unwrap_or_default().replace('\0', "")
}

/// The words of a text, by which it is found.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| key(&word.to_lowercase()))
        .take(MAX_WORDS)
        .collect()
}

/// The rows by which a sale is found.
#[derive(Default, PartialEq, Eq)]
struct SearchKeys {
    tenders: BTreeSet<String>,
    words: BTreeSet<String>,
    invoices: BTreeSet<String>,
    booked_at: i64,
}

impl SearchKeys {
    fn of(folded: &FoldedSale) -> Self {
        let keys = |texts: BTreeSet<String>| texts.iter().map(|text| key(text)).collect();
        Self {
            tenders: keys(folded.tenders()),
            words: words(folded.sale.note.as_deref().unwrap_or_default()),
            invoices: keys(folded.invoices()),
            booked_at: folded.sale.booked_at().0,
        }
    }
}

/// Writes the rows of the sales that differ from what they were.
pub(super) async fn write_sales(
    tx: &Tx,
    till: &str,
    opening_code: Option<&TillCode>,
    before: &BTreeMap<String, FoldedSale>,
    sales: &BTreeMap<String, FoldedSale>,
) -> Result<(), StoreError> {
    let changed = || {
        sales
            .iter()
            .filter(|(id, sale)| before.get(*id) != Some(*sale))
    };
    let mut rows = Vec::new();
    let (mut old, mut new) = (KeyRows::default(), KeyRows::default());
    let mut receipts = Vec::new();
    for (id, sale) in changed() {
        rows.push(sale_row(till, id, opening_code, sale)?);
        let is = SearchKeys::of(sale);
        let was = before.get(id).map(SearchKeys::of);
        if was.as_ref() == Some(&is) {
            continue;
        }
        let number = sale.sale.number.0;
        match was {
            Some(was) => old.add(till, number, &was),
            // What opens its receipt is said when it is opened, and stays.
            None => receipts.extend(receipt_row(till, id, sale)),
        }
        new.add(till, number, &is);
    }
    old.delete(tx).await?;
    tx.execute_each(SALE, &rows).await?;
    tx.execute_each(RECEIPT, &receipts).await?;
    new.insert(tx).await
}

/// Writes which sale a token opens.
const RECEIPT: &str = "INSERT INTO sale_receipt (token, till, sale, seq) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";

/// The row by which a sale's receipt is found; the book's entries have the token itself.
fn receipt_row(till: &str, id: &str, folded: &FoldedSale) -> Option<Row> {
    let token = folded.sale.receipt_token?;
    let opened = folded.entries.first()?;
    let hash = Value::Bytes(token.hash().to_vec());
    Some(vec![hash, text(till), text(id), int(*opened)])
}

/// Rows by which sales are found, of each table.
#[derive(Default)]
struct KeyRows {
    tenders: Vec<Row>,
    words: Vec<Row>,
    invoices: Vec<Row>,
}

impl KeyRows {
    fn add(&mut self, till: &str, number: u32, keys: &SearchKeys) {
        let number = || int(number.into());
        let at = || Value::Int(keys.booked_at);
        let bytes = |text: &String| Value::Bytes(text.clone().into_bytes());
        let tenders = keys.tenders.iter();
        self.tenders
            .extend(tenders.map(|it| vec![text(it), at(), text(till), number()]));
        let words = keys.words.iter();
        self.words
            .extend(words.map(|it| vec![bytes(it), at(), text(till), number()]));
        let invoices = keys.invoices.iter();
        self.invoices
            .extend(invoices.map(|it| vec![bytes(it), text(till), number()]));
    }

    async fn delete(&self, tx: &Tx) -> Result<(), StoreError> {
        for (sql, rows) in [
            (
                "DELETE FROM sale_tender WHERE tender = ?1 AND booked_at = ?2 AND till = ?3 AND number = ?4",
                &self.tenders,
            ),
            (
                "DELETE FROM sale_word WHERE word = ?1 AND booked_at = ?2 AND till = ?3 AND number = ?4",
                &self.words,
            ),
            (
                "DELETE FROM sale_invoice WHERE invoice = ?1 AND till = ?2 AND number = ?3",
                &self.invoices,
            ),
        ] {
            tx.execute_each(sql, rows).await?;
        }
        Ok(())
    }

    async fn insert(&self, tx: &Tx) -> Result<(), StoreError> {
        for (sql, rows) in [
            (
                "INSERT INTO sale_tender (tender, booked_at, till, number) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
                &self.tenders,
            ),
            (
                "INSERT INTO sale_word (word, booked_at, till, number) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
                &self.words,
            ),
            (
                "INSERT INTO sale_invoice (invoice, till, number) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO NOTHING",
                &self.invoices,
            ),
        ] {
            tx.execute_each(sql, rows).await?;
        }
        Ok(())
    }
}

/// Writes the row of a sale, in place of the one that is there.
const SALE: &str = "INSERT INTO sale (
        till, id, number, label, revision, entries, opened_at, paid_at, booked_at, amount_minor, tip_minor,
        refunded_minor, currency, note, tenders, state, is_open, unseen, late, settled, test, paid_twice)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
    ON CONFLICT (till, id) DO UPDATE SET
        revision = excluded.revision, entries = excluded.entries, paid_at = excluded.paid_at,
        booked_at = excluded.booked_at, refunded_minor = excluded.refunded_minor, note = excluded.note,
        tenders = excluded.tenders, state = excluded.state, is_open = excluded.is_open, unseen = excluded.unseen,
        late = excluded.late, settled = excluded.settled, test = excluded.test, paid_twice = excluded.paid_twice";

fn sale_row(
    till: &str,
    id: &str,
    opening_code: Option<&TillCode>,
    folded: &FoldedSale,
) -> Result<Row, StoreError> {
    let FoldedSale { sale, entries, .. } = folded;
    let label = match opening_code {
        Some(code) => sale.label(code),
        None => format!("{NO_CODE}-{:06}", sale.number.0),
    };
    let note = sale.note.as_ref().map(|note| note.replace('\0', ""));
    let flag = |is: bool| int(is.into());
    let tenders: Vec<_> = folded.tenders().iter().map(|word| key(word)).collect();
    Ok(vec![
        text(till),
        text(id),
        int(sale.number.0.into()),
        text(key(&label)),
        int(sale.revision),
        text(to_json(entries)?),
        Value::Int(sale.opened_at.0),
        sale.paid_at().map_or(Value::Null, |at| Value::Int(at.0)),
        Value::Int(sale.booked_at().0),
        Value::Int(sale.amount.minor()),
        Value::Int(sale.breakdown.tip_minor),
        Value::Int(sale.refunded_minor()),
        text(sale.amount.currency()),
        note.map_or(Value::Null, Value::Text),
        text(to_json(&tenders)?),
        text(sale.state().as_str()),
        flag(sale.is_open()),
        flag(sale.unseen()),
        flag(sale.late()),
        flag(sale.settled()),
        flag(sale.test()),
        flag(sale.paid_twice()),
    ])
}

/// Writes sums in place of those that are there.
pub(super) async fn write_sums(
    tx: &Tx,
    till: &str,
    sums: &BTreeMap<Slot, DayTotals>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO sums (till, slot, test, totals) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (slot, till, test) DO UPDATE SET totals = excluded.totals";
    let mut rows = Vec::new();
    for ((slot, test), totals) in sums {
        let test = int((*test).into());
        rows.push(vec![
            text(till),
            Value::Int(*slot),
            test,
            text(to_json(totals)?),
        ]);
    }
    tx.execute_each(sql, &rows).await?;
    Ok(())
}

/// Writes where events are.
pub(super) async fn write_events(
    tx: &Tx,
    till: &str,
    events: &[EventRow],
) -> Result<(), StoreError> {
    let sql = "INSERT INTO event (till, seq, what, at, number) VALUES (?1, ?2, ?3, ?4, ?5)";
    let rows: Vec<Row> = events
        .iter()
        .map(|event| {
            let number = event.number.map_or(Value::Null, Value::Int);
            let at = Value::Int(event.at_unix_ms);
            vec![
                text(till),
                int(event.seq),
                text(event.what.as_str()),
                at,
                number,
            ]
        })
        .collect();
    tx.execute_each(sql, &rows).await?;
    Ok(())
}
