//! Where word goes, and from which sums and times on it is given.

use std::collections::BTreeMap;

use ringup_core::clock::UnixMs;
use ringup_core::i18n::Language;
use ringup_core::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::book_rows::{json, to_json};
use super::sql::{Row, Tx, int, text};
use super::{Store, StoreError, moment, schema};
use crate::word::WordKind;

/// Most addresses of an office.
pub const MAX_ADDRESSES: usize = 20;
/// Under which name the limits are kept.
const LIMITS: &str = "word_limits";

/// By which way word goes to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, strum::EnumString, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WordWay {
    /// E-mail.
    Mail,
    /// A webhook.
    Hook,
}

/// An address that gets word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordAddress {
    /// Its id.
    pub id: String,
    /// By which way.
    pub way: WordWay,
    /// The e-mail address, or the URL. A URL may hold a secret: it is not shown.
    pub target: String,
    /// In which language.
    pub language: Language,
    /// What it gets, and since when, milliseconds since 1970-01-01 UTC.
    pub events: BTreeMap<WordKind, i64>,
    /// How often its secret was changed; a mail address has none.
    pub generation: u64,
}

/// From which sums and times on word is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WordLimits {
    /// Refunds above this are told, minor units by currency.
    pub refund_above_minor: BTreeMap<Currency, i64>,
    /// A till that was not heard of for so long is told, minutes.
    pub silent_minutes: u32,
}

impl Default for WordLimits {
    fn default() -> Self {
        let above = |currency: Currency| match currency {
            Currency::Rub => 500_000,
            Currency::Usd | Currency::Eur => 5_000,
        };
        let refund_above_minor = Currency::ALL.map(|currency| (currency, above(currency)));
        Self {
            refund_above_minor: refund_above_minor.into(),
            silent_minutes: 24 * 60,
        }
    }
}

impl WordLimits {
    /// Whether a refund is above the limit of its currency.
    pub fn is_above(&self, refunded: Money) -> bool {
        let limit = self.refund_above_minor.get(&refunded.currency());
        refunded.minor() > limit.copied().unwrap_or(0)
    }

    /// How long a till may be silent, milliseconds.
    pub fn silent_ms(&self) -> i64 {
        i64::from(self.silent_minutes) * 60 * 1000
    }
}

impl Store {
    /// The addresses, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn word_addresses(&self) -> Result<Vec<WordAddress>, StoreError> {
        snapshot!(self, |tx| addresses(tx).await)
    }

    /// Adds an address that gets these events from now on. `None`: there are too many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn add_word_address(
        &self,
        way: WordWay,
        target: &str,
        language: Language,
        events: &[WordKind],
        now: UnixMs,
    ) -> Result<Option<WordAddress>, StoreError> {
        let address = WordAddress {
            id: Uuid::now_v7().to_string(),
            way,
            target: target.to_owned(),
            language,
            events: events.iter().map(|kind| (*kind, now.0)).collect(),
            generation: 1,
        };
        let added = transaction!(self, |tx| add(tx, &address, now).await)?;
        Ok(added.then_some(address))
    }

    /// Changes what an address gets, and in which language. What it did not get before it gets from now on. Says whether
    /// there is one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn change_word_address(
        &self,
        id: &str,
        language: Language,
        events: &[WordKind],
        now: UnixMs,
    ) -> Result<bool, StoreError> {
        transaction!(self, |tx| change(tx, id, language, events, now).await)
    }

    /// Gives a webhook another secret: its new generation. `None`: there is no such webhook.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn renew_word_secret(&self, id: &str, from: u64) -> Result<Option<u64>, StoreError> {
        let sql = "UPDATE word_address SET generation = generation + 1
                   WHERE id = ?1 AND way = 'hook' AND generation = ?2";
        let values = [text(id), int(from)];
        let changed = transaction!(self, |tx| tx.execute(sql, &values).await)?;
        Ok((changed == 1).then(|| from.saturating_add(1)))
    }

    /// Takes an address away. What is on its way to it is given up. Says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remove_word_address(&self, id: &str, now: UnixMs) -> Result<bool, StoreError> {
        let given_up = "UPDATE delivery SET state = 'given_up', lease = NULL, answered_at = ?2
                        WHERE address = ?1 AND state = 'waiting'";
        transaction!(self, |tx| async {
            tx.execute(given_up, &[text(id), moment(now)]).await?;
            let sql = "DELETE FROM word_address WHERE id = ?1";
            Ok::<_, StoreError>(tx.execute(sql, &[text(id)]).await? == 1)
        }
        .await)
    }

    /// The limits.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn word_limits(&self) -> Result<WordLimits, StoreError> {
        snapshot!(self, |tx| limits(tx).await)
    }

    /// Sets them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_word_limits(&self, limits: &WordLimits) -> Result<(), StoreError> {
        let text = to_json(limits)?;
        transaction!(self, |tx| schema::set_meta(tx, LIMITS, &text).await)
    }
}

pub(super) async fn limits(tx: &Tx) -> Result<WordLimits, StoreError> {
    let stored = schema::get_meta(tx, LIMITS).await?;
    // What a newer program has set and this one cannot read is as at first.
    let limits = stored.and_then(|text| serde_json::from_str(&text).ok());
    Ok(limits.unwrap_or_default())
}

pub(super) async fn addresses(tx: &Tx) -> Result<Vec<WordAddress>, StoreError> {
    let sql = "SELECT id, way, target, language, events, generation FROM word_address ORDER BY made_at, id";
    tx.query(sql, &[]).await?.iter().map(address_of).collect()
}

fn address_of(row: &Row) -> Result<WordAddress, StoreError> {
    let damaged = || StoreError::Corrupt("an address of word".to_owned());
    let [id, way, target, language, events, generation] = row.as_slice() else {
        return Err(damaged());
    };
    Ok(WordAddress {
        id: id.text()?.to_owned(),
        way: way.text()?.parse().or(Err(damaged()))?,
        target: target.text()?.to_owned(),
        language: Language::of(language.text()?),
        events: json(events)?,
        generation: generation.int()?.unsigned_abs(),
    })
}

async fn add(tx: &Tx, address: &WordAddress, now: UnixMs) -> Result<bool, StoreError> {
    let known = addresses(tx).await?;
    if known.iter().any(|it| it.id == address.id) {
        return Ok(true);
    }
    if known.len() >= MAX_ADDRESSES {
        return Ok(false);
    }
    let sql = "INSERT INTO word_address (id, way, target, language, events, generation, made_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let way: &str = address.way.into();
    let values = [
        text(&address.id),
        text(way),
        text(&address.target),
        text(address.language.tag()),
        text(to_json(&address.events)?),
        int(address.generation),
        moment(now),
    ];
    tx.execute(sql, &values).await?;
    Ok(true)
}

async fn change(
    tx: &Tx,
    id: &str,
    language: Language,
    events: &[WordKind],
    now: UnixMs,
) -> Result<bool, StoreError> {
    let known = addresses(tx).await?;
    let Some(address) = known.into_iter().find(|it| it.id == id) else {
        return Ok(false);
    };
    let since = |kind: &WordKind| address.events.get(kind).copied().unwrap_or(now.0);
    let events: BTreeMap<_, _> = events.iter().map(|kind| (*kind, since(kind))).collect();
    let sql = "UPDATE word_address SET language = ?2, events = ?3 WHERE id = ?1";
    let values = [text(id), text(language.tag()), text(to_json(&events)?)];
    Ok(tx.execute(sql, &values).await? == 1)
}
