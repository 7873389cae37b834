//! Projections: the rows that screens list and that polling reads. They are made from the folded sale, written
//! in the same transaction as the entry, and compared field by field by `verify`.

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use super::error::JournalError;
use super::ledger;
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::ids::SaleNumber;
use crate::sale::{Attempt, LedgerKind, Phase, Refund, Report, Sale};

/// A row: column names and values.
pub(super) type Row = Vec<(&'static str, Value)>;

/// The row of a sale.
pub(super) fn sale_row(sale: &Sale) -> Row {
    vec![
        ("number", Value::from(i64::from(sale.number.0))),
        ("id", text(sale.id)),
        ("code", sale.code.as_ref().map_or(Value::Null, text)),
        ("tap", text(sale.tap)),
        ("opened_at_unix_ms", Value::from(sale.opened_at.0)),
        ("amount_minor", Value::from(sale.amount.minor())),
        ("tip_minor", Value::from(sale.breakdown.tip_minor)),
        ("currency", text(sale.amount.currency())),
        ("note", Value::from(sale.note.clone())),
        ("state", text(sale.state().as_str())),
        ("open", Value::from(sale.is_open())),
        ("unseen", Value::from(sale.unseen())),
        ("late", Value::from(sale.late())),
        ("settled", Value::from(sale.settled())),
        ("test", Value::from(sale.test())),
        ("paid_twice", Value::from(sale.paid_twice())),
        ("paid_at_unix_ms", moment_value(sale.paid_at())),
        ("booked_at_unix_ms", Value::from(sale.booked_at().0)),
        ("refunded_minor", Value::from(sale.refunded_minor())),
    ]
}

/// The row of an attempt.
pub(super) fn invoice_row(sale: SaleNumber, attempt: &Attempt) -> Row {
    let invoice = attempt.invoice.as_ref();
    let report = attempt.report.as_ref();
    let reported = |field: fn(&Report) -> &Option<String>| {
        Value::from(report.and_then(|report| field(report).clone()))
    };
    let (paid_seq, late, duplicate) = match attempt.phase {
        Phase::Paid {
            seq,
            late,
            duplicate,
            ..
        } => (seq_value(seq), late, duplicate),
        _ => (Value::Null, false, false),
    };
    let ended_at = match attempt.phase {
        Phase::Ended { at } => Some(at),
        _ => None,
    };
    let (invoice_id, pay_url) = invoice
        .map(|it| (it.id.0.clone(), it.pay_url.clone()))
        .unzip();
    let expires_at = invoice.and_then(|invoice| invoice.expires_at_unix);
    let pay_status = report.map(|report| report.pay_status.clone());
    let failure = attempt.failure().map(|failure| failure.code.clone());
    vec![
        ("sale", Value::from(i64::from(sale.0))),
        ("attempt", Value::from(i64::from(attempt.number.0))),
        ("gateway", text(&attempt.gateway)),
        ("phase", text(attempt.phase.as_str())),
        ("requested_at_unix_ms", Value::from(attempt.requested_at.0)),
        ("amount_minor", Value::from(attempt.amount.minor())),
        ("invoice_id", Value::from(invoice_id)),
        ("pay_url", Value::from(pay_url)),
        ("expires_at_unix", Value::from(expires_at)),
        ("test", Value::from(attempt.test())),
        ("stopped", Value::from(attempt.stopped)),
        ("pay_status", Value::from(pay_status)),
        ("processing_status", reported(|it| &it.processing_status)),
        ("crypto", reported(|it| &it.crypto)),
        ("network", reported(|it| &it.network)),
        ("crypto_amount", reported(|it| &it.crypto_amount)),
        ("network_fee", reported(|it| &it.network_fee)),
        ("ended_at_unix_ms", moment_value(ended_at)),
        ("paid_at_unix_ms", moment_value(attempt.paid_at())),
        ("paid_seq", paid_seq),
        ("late", Value::from(late)),
        ("again", Value::from(duplicate)),
        ("settled", Value::from(attempt.settled())),
        ("failure", Value::from(failure)),
        ("watched", Value::from(is_watched(attempt))),
    ]
}

/// Whether an attempt is polled (docs/gateway.md, row *`end`, then `is_paid` later*).
fn is_watched(attempt: &Attempt) -> bool {
    match &attempt.phase {
        Phase::Requesting | Phase::Questioned { .. } => true,
        Phase::Ended { .. } if breaks::is(Break::EndedNotWatched) => false,
        Phase::Open if attempt.stopped && breaks::is(Break::StoppedNotWatched) => false,
        Phase::Open | Phase::Ended { .. } => !attempt.watch_ended,
        Phase::Paid { .. } => {
            attempt.doubted_at.is_some() || !(attempt.settled() || attempt.watch_ended)
        }
        Phase::Refused(_) | Phase::Uncertain(_) => false,
    }
}

/// The row of a refund.
pub(super) fn refund_row(sale: SaleNumber, refund: &Refund) -> Row {
    let voided = refund.voided.as_ref();
    let voided_at = voided.map(|voided| voided.at);
    let voided_seq = voided.map_or(Value::Null, |voided| seq_value(voided.seq));
    vec![
        ("sale", Value::from(i64::from(sale.0))),
        ("refund", Value::from(i64::from(refund.number.0))),
        ("seq", seq_value(refund.seq)),
        ("at_unix_ms", Value::from(refund.at.0)),
        ("amount_minor", Value::from(refund.amount_minor)),
        ("way", text(refund.way.as_str())),
        ("taken_back_seq", voided_seq),
        ("taken_back_at_unix_ms", moment_value(voided_at)),
    ]
}

/// Writes the rows of a sale. `before` is the sale that the tables show; only columns that differ from it are
/// written, because each index that changes costs a page of the commit.
pub(super) fn write(
    connection: &Connection,
    before: Option<&Sale>,
    sale: &Sale,
) -> Result<(), JournalError> {
    let note_before = before.and_then(|before| before.note.as_ref());
    if let Some(note) = note_before.filter(|note| sale.note.as_ref() != Some(note)) {
        // To remove a note from the index, its old text must be given (SQLite, FTS5, external content tables).
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
    let attempts_before = before.map_or(&[][..], |before| &before.attempts);
    put_changed(
        connection,
        "invoice",
        attempts_before,
        &sale.attempts,
        |it| invoice_row(sale.number, it),
    )?;
    let refunds_before = before.map_or(&[][..], |before| &before.refunds);
    put_changed(connection, "refund", refunds_before, &sale.refunds, |it| {
        refund_row(sale.number, it)
    })?;
    let written_to_seq = before.map_or(0, |before| before.revision);
    for line in sale.ledger_lines() {
        let late = matches!(line.kind, LedgerKind::Paid { late: true, .. });
        if line.seq > written_to_seq && !(late && breaks::is(Break::LatePaymentNotBooked)) {
            put(connection, "movement", 1, None, &ledger::line_row(&line))?;
        }
    }
    Ok(())
}

/// Writes the rows of those items that are new or differ from `before`. Items are only ever added, so each keeps
/// its place.
fn put_changed<T: PartialEq>(
    connection: &Connection,
    table: &str,
    before: &[T],
    items: &[T],
    row: impl Fn(&T) -> Row,
) -> Result<(), JournalError> {
    for (index, item) in items.iter().enumerate() {
        let item_before = before.get(index);
        if item_before != Some(item) {
            let row_before = item_before.map(&row);
            put(connection, table, 2, row_before.as_ref(), &row(item))?;
        }
    }
    Ok(())
}

/// Writes a row, or only what differs from the row `before`. Its first `keys` columns are its key.
pub(super) fn put(
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
        // Table and columns are constants of this module; values are bound.
        let (sets, names) = (sets.join(", "), names.join(" AND "));
        let sql = format!("UPDATE {table} SET {sets} WHERE {names}");
        let values = changed().map(|((_, value), _)| value);
        let values = values.chain(named.map(|(_, value)| value));
        let mut statement = connection.prepare_cached(&sql)?;
        if statement.execute(params_from_iter(values))? > 0 {
            return Ok(());
        }
        // The row is missing; insert it again.
    }
    let names: Vec<_> = row.iter().map(|(name, _)| *name).collect();
    let (places, names) = (vec!["?"; row.len()].join(", "), names.join(", "));
    let sql = format!("INSERT INTO {table} ({names}) VALUES ({places})");
    connection
        .prepare_cached(&sql)?
        .execute(params_from_iter(row.iter().map(|(_, value)| value)))?;
    Ok(())
}

pub(super) fn text(value: impl ToString) -> Value {
    Value::from(value.to_string())
}

fn moment_value(at: Option<UnixMs>) -> Value {
    Value::from(at.map(|at| at.0))
}

pub(super) fn seq_value(seq: u64) -> Value {
    // Never larger: SQLite itself counts rows in 63 bits.
    Value::from(i64::try_from(seq).unwrap_or(i64::MAX))
}
