//! When a till was heard of last, and what it said of itself then. It is no record: only the last word is kept.

use ringup_core::clock::UnixMs;
use ringup_core::ids::TillId;
use ringup_core::office::TillReport;

use super::book_rows::to_json;
use super::sql::{Value, text};
use super::{Store, StoreError, moment};

/// What was heard of a till last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TillContact {
    pub(crate) at: UnixMs,
    /// `None`: it said nothing that this program can read.
    pub(crate) said: Option<TillReport>,
}

impl Store {
    /// Writes down that a till was heard of.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn heard(
        &self,
        till: TillId,
        said: Option<&TillReport>,
        now: UnixMs,
    ) -> Result<(), StoreError> {
        // A till that says nothing, as an older one, does not take back what it said before.
        let sql = match said {
            Some(_) => {
                "INSERT INTO till_contact (till, seen_at, said) VALUES (?1, ?2, ?3)
                 ON CONFLICT (till) DO UPDATE SET seen_at = excluded.seen_at, said = excluded.said"
            }
            None => {
                "INSERT INTO till_contact (till, seen_at, said) VALUES (?1, ?2, ?3)
                 ON CONFLICT (till) DO UPDATE SET seen_at = excluded.seen_at"
            }
        };
        let values = [text(till), moment(now), text(to_json(&said)?)];
        transaction!(self, |tx| tx.execute(sql, &values).await)?;
        Ok(())
    }
}

/// What a row of the table says.
pub(super) fn heard_in(seen_at: &Value, said: &Value) -> Option<TillContact> {
    Some(TillContact {
        at: UnixMs(seen_at.int().ok()?),
        said: said
            .text()
            .ok()
            .and_then(|it| serde_json::from_str(it).ok()?),
    })
}
