//! Writes down of what the owner gets word, in the transaction in which it was found: once for each cause, with a delivery
//! for each address that wants it. What happened before an address wanted it is not told, and a till that is folded anew
//! tells nothing again: its causes are known.

use std::collections::BTreeMap;

use ringup_core::clock::UnixMs;
use uuid::Uuid;

use super::append::only;
use super::book_rows::to_json;
use super::sql::{Row, Tx, Value, int, text};
use super::word_addresses::{WordAddress, WordLimits, WordWay, addresses, limits};
use super::{Store, StoreError, moment};
use crate::fold::WordFact;
use crate::word::{HookUrl, Networks, WordEvent};

/// What came longer ago is no news, and its cause may be forgotten: a till that is then folded anew must not tell it.
const NEWS_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// How long causes and deliveries are kept. Longer than [`NEWS_MS`].
const KEPT_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// Something to be told.
struct Cause {
    till: String,
    cause: String,
    event: WordEvent,
    /// When it happened, by the clock of whoever noticed.
    at: i64,
    /// When the office learnt of it, or when it began: only who wanted such events by then is told.
    known_at: i64,
}

/// Tells of what entries say.
pub(super) async fn tell_entries(
    tx: &Tx,
    till: &str,
    facts: &[WordFact],
    now: UnixMs,
) -> Result<(), StoreError> {
    if facts.is_empty() {
        return Ok(());
    }
    let addresses = addresses(tx).await?;
    if addresses.is_empty() {
        return Ok(());
    }
    let limits = limits(tx).await?;
    let facts = facts.iter().filter(|fact| is_told(&fact.event, &limits));
    let facts: Vec<_> = facts.collect();
    let sql = "SELECT seq, received_at FROM entry WHERE till = ?1 AND seq = ?2";
    let wanted: Vec<Row> = facts
        .iter()
        .map(|fact| vec![text(till), int(fact.seq)])
        .collect();
    let mut received = BTreeMap::new();
    for row in tx.query_each(sql, &wanted).await?.iter().flatten() {
        let [seq, at] = row.as_slice() else {
            return Err(StoreError::Corrupt("an entry".to_owned()));
        };
        received.insert(seq.int()?.unsigned_abs(), at.int()?);
    }
    for fact in facts {
        let Some(known_at) = received.get(&fact.seq).copied() else {
            continue;
        };
        let cause = Cause {
            till: till.to_owned(),
            cause: fact.hash.to_string(),
            event: fact.event.clone(),
            at: fact.at_unix_ms,
            known_at,
        };
        write_down(tx, &addresses, &cause, now).await?;
    }
    Ok(())
}

fn is_told(event: &WordEvent, limits: &WordLimits) -> bool {
    match event {
        WordEvent::Refunded { refunded, .. } => limits.is_above(*refunded),
        _ => true,
    }
}

/// Tells of something that the office itself has found or done now.
pub(super) async fn tell_now(
    tx: &Tx,
    till: impl std::fmt::Display,
    cause: impl std::fmt::Display,
    event: WordEvent,
    now: UnixMs,
) -> Result<(), StoreError> {
    let addresses = addresses(tx).await?;
    let cause = Cause {
        till: till.to_string(),
        cause: cause.to_string(),
        event,
        at: now.0,
        known_at: now.0,
    };
    write_down(tx, &addresses, &cause, now).await
}

async fn write_down(
    tx: &Tx,
    addresses: &[WordAddress],
    cause: &Cause,
    now: UnixMs,
) -> Result<(), StoreError> {
    if cause.known_at < now.0.saturating_sub(NEWS_MS) {
        return Ok(());
    }
    let kind = cause.event.kind();
    let wants = |address: &&WordAddress| {
        let since = address.events.get(&kind);
        since.is_some_and(|since| *since <= cause.known_at)
    };
    let wanting: Vec<_> = addresses.iter().filter(wants).collect();
    if wanting.is_empty() {
        return Ok(());
    }
    let sql =
        "INSERT INTO word (till, what, cause, event, at, told_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT (till, what, cause) DO NOTHING";
    let event = to_json(&cause.event)?;
    let values = [
        text(&cause.till),
        text(cause.event.name()),
        text(&cause.cause),
        text(&event),
        Value::Int(cause.at),
        moment(now),
    ];
    if tx.execute(sql, &values).await? == 0 {
        return Ok(());
    }
    for address in wanting {
        add_delivery(tx, address, &cause.till, &event, (cause.at, now)).await?;
    }
    Ok(())
}

/// Adds a delivery that is due at once: its id.
async fn add_delivery(
    tx: &Tx,
    address: &WordAddress,
    till: &str,
    event: &str,
    (at, now): (i64, UnixMs),
) -> Result<String, StoreError> {
    let sql = "INSERT INTO delivery
                   (id, address, target, till, event, at, made_at, state, tries, next_at, lease_until, answer)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', 0, ?7, 0, '')";
    let id = Uuid::now_v7().to_string();
    let values = [
        text(&id),
        text(&address.id),
        text(shown_target(address)),
        text(till),
        text(event),
        Value::Int(at),
        moment(now),
    ];
    tx.execute(sql, &values).await?;
    Ok(id)
}

/// What of an address may be shown.
pub(super) fn shown_target(address: &WordAddress) -> String {
    match address.way {
        WordWay::Mail => address.target.clone(),
        // Where it may go is asked when it goes there.
        WordWay::Hook => HookUrl::parse(&address.target, &Networks::everywhere())
            .map_or_else(|_| "…".to_owned(), |url| url.shown()),
    }
}

impl WordAddress {
    /// What of it may be shown: the e-mail address, or where the URL leads without its path.
    pub fn shown(&self) -> String {
        shown_target(self)
    }
}

impl Store {
    /// Sends a word of trial to an address: the delivery's id. `None`: there is no such address, or too many words of trial
    /// are on their way.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn try_word(&self, address: &str, now: UnixMs) -> Result<Option<String>, StoreError> {
        transaction!(self, |tx| try_word(tx, address, now).await)
    }

    /// Tells of the tills that have not been heard of for too long. How many there are new.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tell_silent_tills(&self, now: UnixMs) -> Result<u64, StoreError> {
        transaction!(self, |tx| tell_silent_tills(tx, now).await)
    }

    /// Forgets what was told long ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_told(&self, now: UnixMs) -> Result<(), StoreError> {
        let old = [Value::Int(now.0.saturating_sub(KEPT_MS))];
        transaction!(self, |tx| async {
            let sql = "DELETE FROM delivery WHERE made_at < ?1 AND state <> 'waiting'";
            tx.execute(sql, &old).await?;
            tx.execute("DELETE FROM word WHERE told_at < ?1", &old)
                .await
        }
        .await)?;
        Ok(())
    }
}

/// Most words of trial to one address within an hour.
const MAX_TRIALS: i64 = 10;
const HOUR_MS: i64 = 60 * 60 * 1000;

async fn try_word(tx: &Tx, id: &str, now: UnixMs) -> Result<Option<String>, StoreError> {
    let event = to_json(&WordEvent::Test {})?;
    let sql = "SELECT count(*) FROM delivery WHERE address = ?1 AND event = ?2 AND made_at > ?3";
    let since = Value::Int(now.0.saturating_sub(HOUR_MS));
    let rows = tx.query(sql, &[text(id), text(&event), since]).await?;
    let tried = rows.first().map(|row| only(row)?.int()).transpose()?;
    let known = addresses(tx).await?;
    let Some(address) = known.iter().find(|it| it.id == id) else {
        return Ok(None);
    };
    if tried.unwrap_or(0) >= MAX_TRIALS {
        return Ok(None);
    }
    add_delivery(tx, address, "", &event, (now.0, now))
        .await
        .map(Some)
}

async fn tell_silent_tills(tx: &Tx, now: UnixMs) -> Result<u64, StoreError> {
    let addresses = addresses(tx).await?;
    if addresses.is_empty() {
        return Ok(0);
    }
    let silent_ms = limits(tx).await?.silent_ms();
    // A till whose token was taken back is not expected.
    let sql = "SELECT t.till, coalesce(c.seen_at, 0), t.paired_at,
            coalesce((SELECT e.received_at FROM head AS h JOIN entry AS e ON e.till = h.till AND e.seq = h.seq
                      WHERE h.till = t.till), 0)
        FROM till AS t LEFT JOIN till_contact AS c ON c.till = t.till
        WHERE EXISTS (SELECT 1 FROM token AS k WHERE k.till = t.till AND k.revoked_at IS NULL)";
    let mut told = 0;
    for row in tx.query(sql, &[]).await? {
        let [till, seen, paired, received] = row.as_slice() else {
            return Err(StoreError::Corrupt("a till".to_owned()));
        };
        let heard_at = seen.int()?.max(paired.int()?).max(received.int()?);
        let silent_at = heard_at.saturating_add(silent_ms);
        if silent_at > now.0 {
            continue;
        }
        let cause = Cause {
            till: till.text()?.to_owned(),
            cause: heard_at.to_string(),
            event: WordEvent::TillSilent {
                since_unix_ms: heard_at,
            },
            at: silent_at,
            known_at: silent_at,
        };
        write_down(tx, &addresses, &cause, now).await?;
        told += 1;
    }
    Ok(told)
}
