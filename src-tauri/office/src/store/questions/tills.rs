//! The tills, as their entries tell of them.

use std::collections::BTreeMap;

use ringup_core::ids::{TillCode, TillId};
use ringup_core::report::DrawerView;

use super::super::book_rows::json;
use super::super::contact::{TillContact, heard_in};
use super::super::sql::{Tx, Value};
use super::super::{Store, StoreError};
use super::damaged;
use crate::book::{Held, TillState};
use crate::fold::{TillFacts, has_own_rules};

/// How far a till is folded, and what is known of it.
pub(super) struct Fold {
    pub(super) head_seq: u64,
    pub(super) seq: u64,
    pub(super) facts: TillFacts,
    pub(super) held: Option<Held>,
}

/// The tills that have sent anything, by their ids.
pub(super) type Folds = BTreeMap<String, Fold>;

/// How far each till is folded.
pub(super) async fn folds(tx: &Tx) -> Result<Folds, StoreError> {
    let sql = "SELECT h.till, h.seq, coalesce(f.seq, 0), coalesce(f.version, 0), f.facts, f.held_seq, f.held_code
         FROM head AS h LEFT JOIN folded AS f ON f.till = h.till";
    let mut folds = Folds::new();
    for row in tx.query(sql, &[]).await? {
        let [till, head_seq, seq, version, facts, held_seq, held_code] = row.as_slice() else {
            return Err(damaged("a folded till"));
        };
        // What another version has noted may mean something else.
        let facts = match facts {
            Value::Text(_) if has_own_rules(version.int()?) => json(facts)?,
            _ => TillFacts::default(),
        };
        let held = match held_seq {
            Value::Null => None,
            seq => Some(Held {
                seq: seq.int()?.unsigned_abs(),
                code: held_code.text()?.to_owned(),
            }),
        };
        let fold = Fold {
            head_seq: head_seq.int()?.unsigned_abs(),
            seq: seq.int()?.unsigned_abs(),
            facts,
            held,
        };
        folds.insert(till.text()?.to_owned(), fold);
    }
    Ok(folds)
}

/// When each till was heard of last.
async fn contacts(tx: &Tx) -> Result<BTreeMap<String, TillContact>, StoreError> {
    let sql = "SELECT till, seen_at, said FROM till_contact";
    let mut contacts = BTreeMap::new();
    for row in tx.query(sql, &[]).await? {
        let [till, seen_at, said] = row.as_slice() else {
            return Err(damaged("a till's contact"));
        };
        if let Some(heard) = heard_in(seen_at, said) {
            contacts.insert(till.text()?.to_owned(), heard);
        }
    }
    Ok(contacts)
}

impl Store {
    /// What the shop's own tenders are called, by their ids, over all tills. Where two tills call one differently, the
    /// first till's name is shown.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tender_names(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let sql =
            "SELECT version, facts FROM folded WHERE facts LIKE '%\"own_tenders\"%' ORDER BY till";
        let rows = snapshot!(self, |tx| tx.query(sql, &[]).await)?;
        let mut names = BTreeMap::new();
        for row in &rows {
            let [version, facts] = row.as_slice() else {
                return Err(damaged("a folded till"));
            };
            if has_own_rules(version.int()?) {
                let facts: TillFacts = json(facts)?;
                for (id, name) in facts.own_tenders {
                    names.entry(id).or_insert(name);
                }
            }
        }
        Ok(names)
    }

    /// The code that a till's journal was opened with, and what the shop's own tenders are called in it.
    pub(crate) async fn names_of(
        &self,
        till: TillId,
    ) -> Result<(Option<TillCode>, BTreeMap<String, String>), StoreError> {
        let fold = snapshot!(self, |tx| folds(tx).await)?.remove(&till.to_string());
        let facts = fold.map(|fold| fold.facts).unwrap_or_default();
        Ok((facts.opening_code, facts.own_tenders))
    }

    /// Every till that was ever paired, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn till_states(&self) -> Result<Vec<TillState>, StoreError> {
        let rows = self.tills().await?;
        let (mut folds, mut contacts) = snapshot!(self, |tx| async {
            Ok::<_, StoreError>((folds(tx).await?, contacts(tx).await?))
        }
        .await)?;
        let states = rows.into_iter().map(|row| {
            let fold = folds.remove(&row.till);
            let heard = contacts.remove(&row.till);
            let (head_seq, folded_seq) = fold.as_ref().map_or((0, 0), |it| (it.head_seq, it.seq));
            let (facts, held) = fold.map(|it| (it.facts, it.held)).unwrap_or_default();
            let drawer = facts.drawer.iter();
            let known = drawer.filter(|(_, balance)| balance.expected_minor.is_some());
            TillState {
                till: row.till,
                name: row.name,
                code: facts.code.as_ref().map(ToString::to_string),
                version: facts.version,
                heard_at_unix_ms: heard.as_ref().map(|heard| heard.at.0),
                said: heard.and_then(|heard| heard.said),
                gateway: facts.gateway,
                head_seq,
                folded_seq,
                last_contact_unix_ms: row.last_at_unix_ms,
                last_entry_unix_ms: facts.last_entry_unix_ms,
                paired: row.paired,
                quarantine: row.quarantine,
                settings: row.settings,
                held,
                passed_over: facts.passed_over.into_iter().collect(),
                printer: facts.printer,
                last_z: facts.last_close.map(|(z, _)| z),
                last_close_unix_ms: facts.last_close.map(|(_, at)| at),
                since_close: facts.since_close.with_named_categories(),
                drawer: known
                    .map(|(currency, it)| (*currency, DrawerView::of(it, *currency)))
                    .collect(),
            }
        });
        Ok(states.collect())
    }
}
