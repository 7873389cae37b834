//! The tables of the folded book. All of their rows are made from the entries, and are made anew when the rules change
//! ([`crate::fold::fold_version`]); nobody else writes into them. What a row does not say is read from the entries that it
//! points at.

use super::StoreError;
use super::sql::{Tx, text};

/// Numbers are BIGINT, flags 0 or 1, money minor units, moments milliseconds since 1970-01-01 UTC. Texts by whose first
/// letters people search are bytes: those are sorted alike in every database and every language.
pub(super) const TABLES: &[&str] = &[
    // Up to which entry each till is folded, by which version of the rules, and what is known of it. Whoever folds changes
    // this row from what it was in the transaction that writes the rows below, or writes nothing.
    "CREATE TABLE folded (
        till TEXT PRIMARY KEY, version BIGINT NOT NULL, seq BIGINT NOT NULL, hash BLOB NOT NULL, facts TEXT NOT NULL,
        held_seq BIGINT, held_code TEXT)",
    // The sales. `entries` are the numbers of their entries, `tenders` the words of what they are paid by.
    "CREATE TABLE sale (
        till TEXT NOT NULL, id TEXT NOT NULL, number BIGINT NOT NULL, label TEXT NOT NULL, revision BIGINT NOT NULL,
        entries TEXT NOT NULL, opened_at BIGINT NOT NULL, paid_at BIGINT, booked_at BIGINT NOT NULL,
        amount_minor BIGINT NOT NULL, tip_minor BIGINT NOT NULL, refunded_minor BIGINT NOT NULL, currency TEXT NOT NULL,
        note TEXT, tenders TEXT NOT NULL, state TEXT NOT NULL, is_open BIGINT NOT NULL, unseen BIGINT NOT NULL,
        late BIGINT NOT NULL, settled BIGINT NOT NULL, test BIGINT NOT NULL, paid_twice BIGINT NOT NULL,
        PRIMARY KEY (till, id))",
    "CREATE INDEX sale_booked ON sale (booked_at, till, number)",
    "CREATE INDEX sale_of_till ON sale (till, booked_at, number)",
    "CREATE INDEX sale_number ON sale (number, till)",
    "CREATE INDEX sale_amount ON sale (amount_minor, booked_at, till, number)",
    "CREATE INDEX sale_state ON sale (state, booked_at, till, number)",
    "CREATE INDEX sale_open ON sale (booked_at, till, number) WHERE is_open = 1",
    "CREATE INDEX sale_late ON sale (booked_at, till, number) WHERE late = 1",
    "CREATE INDEX sale_paid_twice ON sale (booked_at, till, number) WHERE paid_twice = 1",
    "CREATE INDEX sale_unseen ON sale (booked_at, till, number) WHERE unseen = 1",
    // By what a sale is found: its tenders, the words of its note, the ids of its invoices.
    "CREATE TABLE sale_tender (
        tender TEXT NOT NULL, booked_at BIGINT NOT NULL, till TEXT NOT NULL, number BIGINT NOT NULL,
        PRIMARY KEY (tender, booked_at, till, number))",
    "CREATE TABLE sale_word (
        word BLOB NOT NULL, booked_at BIGINT NOT NULL, till TEXT NOT NULL, number BIGINT NOT NULL,
        PRIMARY KEY (word, booked_at, till, number))",
    "CREATE TABLE sale_invoice (
        invoice BLOB NOT NULL, till TEXT NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (invoice, till, number))",
    // The sums of a till in each quarter of an hour, as JSON; test money in rows of its own.
    "CREATE TABLE sums (
        till TEXT NOT NULL, slot BIGINT NOT NULL, test BIGINT NOT NULL, totals TEXT NOT NULL,
        PRIMARY KEY (slot, till, test))",
    // Where closes, counts of the drawer and the like are.
    "CREATE TABLE event (
        till TEXT NOT NULL, seq BIGINT NOT NULL, what TEXT NOT NULL, at BIGINT NOT NULL, number BIGINT,
        PRIMARY KEY (till, seq, what))",
    "CREATE INDEX event_what ON event (what, at, till, seq)",
];

/// Forgets what was made of a till's entries, and that it was: the till is folded anew, because the book holds others now.
pub(super) async fn forget(tx: &Tx, till: &str) -> Result<(), StoreError> {
    clear(tx, till).await?;
    tx.execute("DELETE FROM folded WHERE till = ?1", &[text(till)])
        .await?;
    Ok(())
}

/// Deletes what was made of a till's entries.
pub(super) async fn clear(tx: &Tx, till: &str) -> Result<(), StoreError> {
    for table in [
        "sale",
        "sale_tender",
        "sale_word",
        "sale_invoice",
        "sale_receipt",
        "sums",
        "event",
    ] {
        // The names are the constants above; the till is bound.
        let sql = format!("DELETE FROM {table} WHERE till = ?1");
        tx.execute(&sql, &[text(till)]).await?;
    }
    Ok(())
}
