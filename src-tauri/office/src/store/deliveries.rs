//! Deliveries: who sends which, what came of it, and the list that the owner reads. A delivery is taken by a lease, in one
//! transaction that changes it from what it was; so two offices never send the same at once, and one that ends on the way
//! leaves it to another.

use std::collections::BTreeMap;

use ringup_core::clock::UnixMs;
use serde::Serialize;
use uuid::Uuid;

use super::append::only;
use super::book_rows::json;
use super::sql::{Row, Tx, Value, int, text};
use super::word_addresses::{WordAddress, addresses};
use super::{Store, StoreError, moment};
use crate::word::{Outcome, WordEvent, next_try};

/// How long whoever took a delivery has for it, milliseconds: longer than any try takes.
pub const LEASE_MS: i64 = 3 * 60 * 1000;
/// How many to one address are on their way at once: a receiver that hangs holds up no other.
const AT_ONCE_TO_ONE: usize = 2;
/// How many are on a page of the list.
pub const DELIVERIES_PAGE: u64 = 50;

/// How far a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, strum::EnumString, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DeliveryState {
    /// It is due, or will be tried again.
    Waiting,
    /// The receiver has it.
    Delivered,
    /// Nothing is tried any more.
    GivenUp,
}

/// A delivery that somebody has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenDelivery {
    /// The message's id.
    pub id: String,
    /// By which it was taken.
    pub lease: String,
    /// How often it was tried before.
    pub tries: u32,
    /// Where it goes.
    pub address: WordAddress,
    /// Of which till it tells; empty: of none.
    pub till: String,
    /// What the owner calls that till.
    pub till_name: String,
    /// What it tells.
    pub event: WordEvent,
    /// When that happened, milliseconds since 1970-01-01 UTC.
    pub at_unix_ms: i64,
}

/// A delivery in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeliveryRow {
    /// The message's id.
    pub id: String,
    /// Where it goes, as far as that may be shown.
    pub target: String,
    /// What the owner calls the till that it tells of; empty: of none.
    pub till_name: String,
    /// What it tells.
    pub event: WordEvent,
    /// When it was made, milliseconds since 1970-01-01 UTC.
    pub made_at_unix_ms: i64,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub tries: u64,
    /// When it will be tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_at_unix_ms: Option<i64>,
    /// What came back last.
    pub answer: String,
    /// When that was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at_unix_ms: Option<i64>,
}

impl Store {
    /// Takes at most so many deliveries that are due; nobody else gets them for [`LEASE_MS`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_deliveries(
        &self,
        most: usize,
        now: UnixMs,
    ) -> Result<Vec<TakenDelivery>, StoreError> {
        let lease = Uuid::now_v7().to_string();
        let due = "SELECT id FROM delivery WHERE state = 'waiting' AND next_at <= ?1 AND lease_until <= ?1 LIMIT 1";
        let is_any = snapshot!(self, |tx| tx.query(due, &[moment(now)]).await)?;
        // Most of the time there is nothing, and nothing is written for that.
        if is_any.is_empty() {
            return Ok(Vec::new());
        }
        transaction!(self, |tx| take(tx, most, &lease, now).await)
    }

    /// Takes this delivery, whenever it is due. `None`: somebody else has it, or it waits no more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_delivery(
        &self,
        id: &str,
        now: UnixMs,
    ) -> Result<Option<TakenDelivery>, StoreError> {
        let lease = Uuid::now_v7().to_string();
        transaction!(self, |tx| async {
            let rows = tx
                .query(
                    &format!("{CANDIDATES} WHERE d.id = ?1 AND d.state = 'waiting'"),
                    &[text(id)],
                )
                .await?;
            let mut taken = lease_all(tx, &rows, 1, &lease, now).await?;
            Ok::<_, StoreError>(taken.pop())
        }
        .await)
    }

    /// Writes down what came of a try, unless the lease was over and somebody else has it now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note_delivery(
        &self,
        taken: &TakenDelivery,
        outcome: &Outcome,
        now: UnixMs,
    ) -> Result<(), StoreError> {
        let tries = taken.tries.saturating_add(1);
        let (state, next_at) = match outcome {
            Outcome::Delivered { .. } => (DeliveryState::Delivered, now.0),
            Outcome::Never { .. } => (DeliveryState::GivenUp, now.0),
            Outcome::Later { asked, .. } => match next_try(tries, *asked, rand::random()) {
                Some(wait) => (DeliveryState::Waiting, now.plus(wait).0),
                None => (DeliveryState::GivenUp, now.0),
            },
        };
        let sql = "UPDATE delivery SET state = ?3, tries = ?4, next_at = ?5, answer = ?6, answered_at = ?7,
                       lease = NULL, lease_until = 0 WHERE id = ?1 AND lease = ?2";
        let state: &str = state.into();
        let values = [
            text(&taken.id),
            text(&taken.lease),
            text(state),
            int(tries.into()),
            Value::Int(next_at),
            text(outcome.answer()),
            moment(now),
        ];
        transaction!(self, |tx| tx.execute(sql, &values).await)?;
        Ok(())
    }

    /// Lets a delivery be tried again at once, with all its tries. Says whether there is one that goes to an address that
    /// is still there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn resend(&self, id: &str, now: UnixMs) -> Result<bool, StoreError> {
        let sql = "UPDATE delivery SET state = 'waiting', tries = 0, next_at = ?2
                   WHERE id = ?1 AND EXISTS (SELECT 1 FROM word_address AS a WHERE a.id = delivery.address)";
        let values = [text(id), moment(now)];
        Ok(transaction!(self, |tx| tx.execute(sql, &values).await)? == 1)
    }

    /// Whether there is such a delivery.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_delivery(&self, id: &str) -> Result<bool, StoreError> {
        let sql = "SELECT id FROM delivery WHERE id = ?1";
        let rows = snapshot!(self, |tx| tx.query(sql, &[text(id)]).await)?;
        Ok(!rows.is_empty())
    }

    /// A page of the deliveries, newest first: what is before this row, or the newest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn deliveries(
        &self,
        before: Option<(i64, &str)>,
    ) -> Result<Vec<DeliveryRow>, StoreError> {
        let (at, id) = before.unwrap_or((i64::MAX, ""));
        let sql = "SELECT d.id, d.target, coalesce(t.name, ''), d.event, d.made_at, d.state, d.tries, d.next_at,
                d.answer, d.answered_at
            FROM delivery AS d LEFT JOIN till AS t ON t.till = d.till
            WHERE d.made_at < ?1 OR (d.made_at = ?1 AND d.id < ?2) ORDER BY d.made_at DESC, d.id DESC LIMIT ?3";
        let values = [Value::Int(at), text(id), int(DELIVERIES_PAGE)];
        let rows = snapshot!(self, |tx| tx.query(sql, &values).await)?;
        rows.iter().map(delivery_row).collect()
    }
}

fn damaged() -> StoreError {
    StoreError::Corrupt("a delivery".to_owned())
}

fn delivery_row(row: &Row) -> Result<DeliveryRow, StoreError> {
    let [
        id,
        target,
        till_name,
        event,
        made_at,
        state,
        tries,
        next_at,
        answer,
        answered_at,
    ] = row.as_slice()
    else {
        return Err(damaged());
    };
    let state: DeliveryState = state.text()?.parse().or(Err(damaged()))?;
    let is_waiting = state == DeliveryState::Waiting;
    Ok(DeliveryRow {
        id: id.text()?.to_owned(),
        target: target.text()?.to_owned(),
        till_name: till_name.text()?.to_owned(),
        event: json(event)?,
        made_at_unix_ms: made_at.int()?,
        state,
        tries: tries.int()?.unsigned_abs(),
        next_at_unix_ms: is_waiting.then(|| next_at.int()).transpose()?,
        answer: answer.text()?.to_owned(),
        answered_at_unix_ms: answered_at.int().ok(),
    })
}

/// What is read of a delivery that may be taken.
const CANDIDATES: &str =
    "SELECT d.id, d.address, d.till, coalesce(t.name, ''), d.event, d.at, d.tries
    FROM delivery AS d LEFT JOIN till AS t ON t.till = d.till";

async fn take(
    tx: &Tx,
    most: usize,
    lease: &str,
    now: UnixMs,
) -> Result<Vec<TakenDelivery>, StoreError> {
    // Address by address: however much waits for one that hangs, the others have their turn.
    let sql = format!(
        "{CANDIDATES} WHERE d.address = ?1 AND d.state = 'waiting' AND d.next_at <= ?2 AND d.lease_until <= ?2
         ORDER BY d.next_at, d.id LIMIT ?3"
    );
    let limit = int(u64::try_from(AT_ONCE_TO_ONE).unwrap_or(1));
    let addresses = addresses(tx).await?;
    let each = addresses.iter();
    let each: Vec<Row> = each
        .map(|address| vec![text(&address.id), moment(now), limit.clone()])
        .collect();
    let rows: Vec<Row> = tx
        .query_each(&sql, &each)
        .await?
        .into_iter()
        .flatten()
        .collect();
    lease_all(tx, &rows, most, lease, now).await
}

/// Leases these candidates, as far as their addresses have not enough on their way.
async fn lease_all(
    tx: &Tx,
    rows: &[Row],
    most: usize,
    lease: &str,
    now: UnixMs,
) -> Result<Vec<TakenDelivery>, StoreError> {
    let addresses = addresses(tx).await?;
    let mut under_way: BTreeMap<String, usize> = BTreeMap::new();
    let sql = "SELECT address FROM delivery WHERE state = 'waiting' AND lease_until > ?1";
    for row in tx.query(sql, &[moment(now)]).await? {
        *under_way.entry(only(&row)?.text()?.to_owned()).or_default() += 1;
    }
    let mut taken = Vec::new();
    for row in rows {
        let [id, address, till, till_name, event, at, tries] = row.as_slice() else {
            return Err(damaged());
        };
        let own = under_way.entry(address.text()?.to_owned()).or_default();
        let Some(address) = addresses
            .iter()
            .find(|it| Some(it.id.as_str()) == address.text().ok())
        else {
            continue;
        };
        if *own >= AT_ONCE_TO_ONE || taken.len() >= most {
            continue;
        }
        let sql = "UPDATE delivery SET lease = ?2, lease_until = ?3
                   WHERE id = ?1 AND state = 'waiting' AND lease_until <= ?4";
        let until = moment(now.plus(LEASE_MS));
        let values = [id.clone(), text(lease), until, moment(now)];
        if tx.execute(sql, &values).await? == 1 {
            *own += 1;
            taken.push(TakenDelivery {
                id: id.text()?.to_owned(),
                lease: lease.to_owned(),
                tries: u32::try_from(tries.int()?).unwrap_or(u32::MAX),
                address: address.clone(),
                till: till.text()?.to_owned(),
                till_name: till_name.text()?.to_owned(),
                event: json(event)?,
                at_unix_ms: at.int()?,
            });
        }
    }
    Ok(taken)
}
