//! How far the book is: what a live page compares to learn that something has changed. It is asked several times a second,
//! so it reads the few small tables and no entry. How far the folded book is, [`Store::revision`] says.

use sha2::{Digest as _, Sha256};

use super::sql::Value;
use super::{Store, StoreError};

/// Where the book stood. Two that differ say that a page may look different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    tables: [u8; 32],
    folded: String,
}

/// What changes whenever a page might.
const ASKED: [&str; 8] = [
    "SELECT till, seq FROM head ORDER BY till",
    "SELECT t.till, t.name, t.quarantine, t.paired_at,
        (SELECT count(*) FROM token AS k WHERE k.till = t.till AND k.revoked_at IS NULL)
     FROM till AS t ORDER BY t.till",
    "SELECT count(*) FROM alarm",
    "SELECT coalesce(max(number), 0) FROM shared_version",
    "SELECT till, number, reported_at FROM shared_taken ORDER BY till",
    "SELECT till, offered_at FROM shared_offer ORDER BY till",
    "SELECT till, said FROM till_contact ORDER BY till",
    // The list of what was sent, as far as somebody may look at it.
    "SELECT id, state, tries, next_at FROM delivery ORDER BY made_at DESC, id DESC LIMIT 50",
];

impl Store {
    /// Where the book stands.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn position(&self) -> Result<Position, StoreError> {
        let folded = self.revision().await?;
        let tables = snapshot!(self, |tx| async {
            let mut hash = Sha256::new();
            for sql in ASKED {
                for value in tx.query(sql, &[]).await?.iter().flatten() {
                    hash_value(&mut hash, value);
                }
                hash.update(b"\n");
            }
            Ok::<_, StoreError>(hash.finalize().into())
        }
        .await)?;
        Ok(Position { tables, folded })
    }
}

fn hash_value(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Null => hash.update(b"-"),
        Value::Int(number) => hash.update(number.to_be_bytes()),
        Value::Text(text) => hash.update(text),
        Value::Bytes(bytes) => hash.update(bytes),
    }
    hash.update([0]);
}
