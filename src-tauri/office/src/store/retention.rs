//! What of the book may be forgotten, and it is little (docs/office-operations.md, *Retention*). Entries, heads, forks,
//! tills, tokens and alarms are what the book is for.

use ringup_core::clock::UnixMs;

use super::{Store, StoreError, moment};

impl Store {
    /// Forgets what is of no use to anybody any more: pairing codes whose time is over, and word that was given long ago.
    /// Says how many codes there were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_expired(&self, now: UnixMs) -> Result<u64, StoreError> {
        self.forget_told(now).await?;
        let sql = "DELETE FROM pairing WHERE valid_until < ?1";
        transaction!(self, |tx| tx.execute(sql, &[moment(now)]).await)
    }
}
