//! The rows that screens list and the watch asks by. They are the fold's, written in the same
//! transaction as the entry, and compared field by field by `verify`.

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use super::error::JournalError;
use crate::clock::UnixMs;
use crate::sale::{Attempt, LedgerKind, LedgerLine, Phase, Refund, Sale};

/// A payment after the end is still heard of for this long (gateway.md, row *`end`, then `is_paid`
/// later*).
const AFTER_END_MS: i64 = 24 * 60 * 60 * 1000;
/// Settlement is followed for this long after the payment.
const AFTER_PAID_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// A row: its columns in order, by name.
pub(super) type Row = Vec<(&'static str, Value)>;

pub(super) fn sale_row(sale: &Sale) -> Row {
    vec![
        ("number", Value::from(i64::from(sale.number.0))),
        ("id", text(sale.id)),
        ("tap", text(sale.tap)),
        ("opened_at_unix_ms", Value::from(sale.opened_at.0)),
        ("amount_minor", Value::from(sale.amount.minor())),
        ("tip_minor", Value::from(sale.tip_minor)),
        ("currency", text(sale.amount.currency())),
        ("note", Value::from(sale.note.clone())),
        ("state", text(sale.state().as_str())),
        ("open", Value::from(sale.is_open())),
        ("unseen", Value::from(sale.unseen())),
        ("late", Value::from(sale.late())),
        ("settled", Value::from(sale.settled())),
        ("test", Value::from(sale.test())),
        ("paid_twice", Value::from(sale.paid_twice())),
        ("paid_at_unix_ms", moment(sale.paid_at())),
        ("booked_at_unix_ms", Value::from(sale.booked_at().0)),
        ("refunded_minor", Value::from(sale.refunded_minor())),
    ]
}

pub(super) fn invoice_row(sale: &Sale, attempt: &Attempt) -> Row {
    let invoice = attempt.invoice.as_ref();
    let report = attempt.report.as_ref();
    let word = |word: Option<&String>| Value::from(word.cloned());
    let (paid_seq, late, duplicate) = match attempt.phase {
        Phase::Paid {
            seq,
            late,
            duplicate,
            ..
        } => (place(seq), late, duplicate),
        _ => (Value::Null, false, false),
    };
    let (ended_at, failure) = match &attempt.phase {
        Phase::Ended { at } => (Some(*at), None),
        Phase::Refused(failure) | Phase::Uncertain(failure) => (None, Some(&failure.code)),
        _ => (None, None),
    };
    vec![
        ("sale", Value::from(i64::from(sale.number.0))),
        ("attempt", Value::from(i64::from(attempt.number.0))),
        ("gateway", text(&attempt.gateway)),
        ("phase", text(attempt.phase.as_str())),
        ("requested_at_unix_ms", Value::from(attempt.requested_at.0)),
        (
            "invoice_id",
            Value::from(invoice.map(|invoice| invoice.id.0.clone())),
        ),
        (
            "pay_url",
            Value::from(invoice.map(|invoice| invoice.pay_url.clone())),
        ),
        (
            "expires_at_unix",
            Value::from(invoice.and_then(|invoice| invoice.expires_at_unix)),
        ),
        ("test", Value::from(attempt.test())),
        ("stopped", Value::from(attempt.stopped)),
        ("pay_status", word(report.map(|report| &report.pay_status))),
        (
            "processing_status",
            word(report.and_then(|report| report.processing_status.as_ref())),
        ),
        (
            "crypto",
            word(report.and_then(|report| report.crypto.as_ref())),
        ),
        (
            "network",
            word(report.and_then(|report| report.network.as_ref())),
        ),
        (
            "crypto_amount",
            word(report.and_then(|report| report.crypto_amount.as_ref())),
        ),
        (
            "network_fee",
            word(report.and_then(|report| report.network_fee.as_ref())),
        ),
        ("ended_at_unix_ms", moment(ended_at)),
        ("paid_at_unix_ms", moment(attempt.paid_at())),
        ("paid_seq", paid_seq),
        ("late", Value::from(late)),
        ("again", Value::from(duplicate)),
        ("settled", Value::from(attempt.settled())),
        ("failure", word(failure)),
        ("watch_until_unix_ms", Value::from(watch_until(attempt).0)),
    ]
}

/// Until when the gateway is asked about an attempt; 0 when never.
fn watch_until(attempt: &Attempt) -> UnixMs {
    match &attempt.phase {
        Phase::Requesting | Phase::Open | Phase::Questioned { .. } => UnixMs(i64::MAX),
        Phase::Ended { at } => at.plus(AFTER_END_MS),
        Phase::Paid { at, .. } if !attempt.settled() => at.plus(AFTER_PAID_MS),
        Phase::Paid { .. } | Phase::Refused(_) | Phase::Uncertain(_) => UnixMs(0),
    }
}

pub(super) fn refund_row(sale: &Sale, refund: &Refund) -> Row {
    vec![
        ("sale", Value::from(i64::from(sale.number.0))),
        ("refund", Value::from(i64::from(refund.number.0))),
        ("seq", place(refund.seq)),
        ("at_unix_ms", Value::from(refund.at.0)),
        ("amount_minor", Value::from(refund.amount_minor)),
        ("way", text(refund.way.as_str())),
        (
            "taken_back_seq",
            refund
                .voided
                .as_ref()
                .map_or(Value::Null, |back| place(back.seq)),
        ),
        (
            "taken_back_at_unix_ms",
            moment(refund.voided.as_ref().map(|back| back.at)),
        ),
    ]
}

/// Money that moved: the row is as its entry says, and never changes after.
pub(super) fn movement_row(movement: &LedgerLine) -> Row {
    let nothing = (Value::Null, Value::Null, false, false, 0, Value::Null);
    let (attempt, coin, late, duplicate, tip_minor, gross_by_rate) = match &movement.moved {
        LedgerKind::Paid {
            attempt,
            coin,
            late,
            duplicate,
            tip_minor,
            gross_by_rate,
        } => (
            Value::from(i64::from(attempt.0)),
            text(coin),
            *late,
            *duplicate,
            *tip_minor,
            Value::from(
                (!gross_by_rate.is_empty())
                    .then(|| serde_json::to_string(gross_by_rate).ok())
                    .flatten(),
            ),
        ),
        LedgerKind::Refunded { .. } | LedgerKind::RefundTakenBack { .. } => nothing,
    };
    let (refund, way) = match movement.moved {
        LedgerKind::Refunded { refund, way } | LedgerKind::RefundTakenBack { refund, way } => {
            (Value::from(i64::from(refund.0)), text(way.as_str()))
        }
        LedgerKind::Paid { .. } => (Value::Null, Value::Null),
    };
    vec![
        ("seq", place(movement.seq)),
        ("at_unix_ms", Value::from(movement.at.0)),
        ("sale", Value::from(i64::from(movement.sale.0))),
        ("moved", text(movement.moved.as_str())),
        ("currency", text(movement.amount.currency())),
        ("amount_minor", Value::from(movement.amount.minor())),
        ("test", Value::from(movement.test)),
        ("attempt", attempt),
        ("coin", coin),
        ("late", Value::from(late)),
        ("again", Value::from(duplicate)),
        ("tip_minor", Value::from(tip_minor)),
        ("gross_by_rate", gross_by_rate),
        ("refund", refund),
        ("way", way),
    ]
}

/// Writes the rows of a sale; of those that stand there, what differs. `before` is the sale that stands
/// there. What did not change is not touched: each index that is costs a page of the commit.
pub(super) fn write(
    connection: &Connection,
    before: Option<&Sale>,
    sale: &Sale,
) -> Result<(), JournalError> {
    let note_before = before.and_then(|before| before.note.as_ref());
    if let Some(note) = note_before.filter(|note| sale.note.as_ref() != Some(note)) {
        // The index forgets only what it is told word by word (SQLite, FTS5, external content tables).
        connection
            .prepare_cached(
                "INSERT INTO sale_note (sale_note, rowid, note) VALUES ('delete', ?1, ?2)",
            )?
            .execute(params![sale.number.0, note])?;
    }
    let row_before = before.map(sale_row);
    put(connection, "sale", 1, row_before.as_ref(), &sale_row(sale))?;
    if let Some(note) = sale.note.as_ref().filter(|note| note_before != Some(note)) {
        connection
            .prepare_cached("INSERT INTO sale_note (rowid, note) VALUES (?1, ?2)")?
            .execute(params![sale.number.0, note])?;
    }
    // Attempts and refunds are only added to, so each stands where it stood.
    let mut attempts_before = before.map_or(&[][..], |before| &before.attempts).iter();
    for attempt in &sale.attempts {
        let stood = attempts_before.next();
        if stood != Some(attempt) {
            let row_before = before
                .zip(stood)
                .map(|(sale, stood)| invoice_row(sale, stood));
            let row = invoice_row(sale, attempt);
            put(connection, "invoice", 2, row_before.as_ref(), &row)?;
        }
    }
    let mut refunds_before = before.map_or(&[][..], |before| &before.refunds).iter();
    for refund in &sale.refunds {
        let stood = refunds_before.next();
        if stood != Some(refund) {
            let row_before = before
                .zip(stood)
                .map(|(sale, stood)| refund_row(sale, stood));
            let row = refund_row(sale, refund);
            put(connection, "refund", 2, row_before.as_ref(), &row)?;
        }
    }
    let known = before.map_or(0, |before| before.revision);
    for movement in sale.ledger_lines() {
        if movement.seq > known {
            put(connection, "movement", 1, None, &movement_row(&movement))?;
        }
    }
    Ok(())
}

/// Writes a row, or what differs from the one that stands there. Its first `keys` columns name it.
fn put(
    connection: &Connection,
    table: &str,
    keys: usize,
    before: Option<&Row>,
    row: &Row,
) -> Result<(), JournalError> {
    if let Some(before) = before {
        let changed = || row.iter().zip(before).filter(|(new, old)| new != old);
        let sets: Vec<_> = changed()
            .map(|((name, _), _)| format!("{name} = ?"))
            .collect();
        if sets.is_empty() {
            return Ok(());
        }
        let named = row.iter().take(keys);
        let names: Vec<_> = named
            .clone()
            .map(|(name, _)| format!("{name} = ?"))
            .collect();
        // Table and columns are words of this file; values are bound.
        let (sets, names) = (sets.join(", "), names.join(" AND "));
        let sql = format!("UPDATE {table} SET {sets} WHERE {names}");
        let values = changed().map(|((_, value), _)| value);
        let values = values.chain(named.map(|(_, value)| value));
        let mut statement = connection.prepare_cached(&sql)?;
        if statement.execute(params_from_iter(values))? > 0 {
            return Ok(());
        }
        // Somebody took the row away: it is made again whole.
    }
    let names: Vec<_> = row.iter().map(|(name, _)| *name).collect();
    let (places, names) = (vec!["?"; row.len()].join(", "), names.join(", "));
    let sql = format!("INSERT INTO {table} ({names}) VALUES ({places})");
    connection
        .prepare_cached(&sql)?
        .execute(params_from_iter(row.iter().map(|(_, value)| value)))?;
    Ok(())
}

fn text(value: impl ToString) -> Value {
    Value::from(value.to_string())
}

fn moment(at: Option<UnixMs>) -> Value {
    Value::from(at.map(|at| at.0))
}

fn place(seq: u64) -> Value {
    // SQLite counts rows in 63 bits; the journal's own numbers come from there.
    Value::from(i64::try_from(seq).unwrap_or(i64::MAX))
}
