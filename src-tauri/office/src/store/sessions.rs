//! Who is signed in. A session's secret is with the browser alone; the book has its SHA-256, so a copy of the book opens
//! no page.

use ringup_core::clock::UnixMs;

use super::owners::sign_out;
use super::sql::{Tx, Value, text};
use super::{Store, StoreError, moment};

/// A session that nobody used for so long is over, milliseconds.
pub const IDLE_MS: i64 = 12 * 60 * 60 * 1000;
/// A session is over after so long, whatever is done, milliseconds.
pub const AT_MOST_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// A browser in which an owner signed in is known for so long, milliseconds.
const DEVICE_MS: i64 = 180 * 24 * 60 * 60 * 1000;
/// The use of a session is written down at most this often, milliseconds.
const NOTE_EVERY_MS: i64 = 60 * 1000;

/// A secret of a browser, as the book knows it: its SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash(pub [u8; 32]);

impl SecretHash {
    fn value(self) -> Value {
        Value::Bytes(self.0.to_vec())
    }
}

impl Store {
    /// Signs an owner in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_session(
        &self,
        session: SecretHash,
        owner: &str,
        now: UnixMs,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO session (hash, owner, made_at, used_at) VALUES (?1, ?2, ?3, ?3)
                   ON CONFLICT (hash) DO NOTHING";
        let values = [session.value(), text(owner), moment(now)];
        transaction!(self, |tx| async {
            prune(tx, now).await?;
            tx.execute(sql, &values).await
        }
        .await)?;
        Ok(())
    }

    /// Who is signed in by this session; `None`: it is over, or there never was one. Its use is noted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn use_session(
        &self,
        session: SecretHash,
        now: UnixMs,
    ) -> Result<Option<String>, StoreError> {
        transaction!(self, |tx| async {
            let Some((owner, used_at)) = find(tx, session, now).await? else {
                return Ok(None);
            };
            if now.0.saturating_sub(used_at) >= NOTE_EVERY_MS {
                let note = "UPDATE session SET used_at = ?2 WHERE hash = ?1";
                tx.execute(note, &[session.value(), moment(now)]).await?;
            }
            Ok::<_, StoreError>(Some(owner))
        }
        .await)
    }

    /// Whether somebody is signed in by this session. To ask is no use of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_session_open(
        &self,
        session: SecretHash,
        now: UnixMs,
    ) -> Result<bool, StoreError> {
        let found = transaction!(self, |tx| find(tx, session, now).await)?;
        Ok(found.is_some())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn close_session(&self, session: SecretHash) -> Result<(), StoreError> {
        let sql = "DELETE FROM session WHERE hash = ?1";
        transaction!(self, |tx| tx.execute(sql, &[session.value()]).await)?;
        Ok(())
    }

    /// Ends every session of an owner.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn close_sessions_of(&self, owner: &str) -> Result<(), StoreError> {
        transaction!(self, |tx| sign_out(tx, owner).await)
    }

    /// Remembers a browser in which this owner has signed in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remember_device(
        &self,
        device: SecretHash,
        owner: &str,
        now: UnixMs,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO device (hash, owner, made_at) VALUES (?1, ?2, ?3)
                   ON CONFLICT (hash) DO UPDATE SET owner = excluded.owner, made_at = excluded.made_at";
        let values = [device.value(), text(owner), moment(now)];
        transaction!(self, |tx| tx.execute(sql, &values).await)?;
        Ok(())
    }

    /// Whether this owner has signed in before in the browser that has this secret.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_device_of(
        &self,
        device: SecretHash,
        owner: &str,
        now: UnixMs,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT made_at FROM device WHERE hash = ?1 AND owner = ?2 AND made_at >= ?3";
        let since = Value::Int(now.0.saturating_sub(DEVICE_MS));
        let values = [device.value(), text(owner), since];
        let rows = transaction!(self, |tx| tx.query(sql, &values).await)?;
        Ok(!rows.is_empty())
    }
}

/// The owner of a session that is not over, and when it was last used.
async fn find(
    tx: &Tx,
    session: SecretHash,
    now: UnixMs,
) -> Result<Option<(String, i64)>, StoreError> {
    let sql = "SELECT s.owner, s.made_at, s.used_at FROM session AS s
               JOIN owner AS o ON o.name = s.owner WHERE s.hash = ?1";
    let rows = tx.query(sql, &[session.value()]).await?;
    let Some([owner, made_at, used_at]) = rows.first().map(Vec::as_slice) else {
        return Ok(None);
    };
    let (made_at, used_at) = (made_at.int()?, used_at.int()?);
    match is_over(made_at, used_at, now) {
        true => Ok(None),
        false => Ok(Some((owner.text()?.to_owned(), used_at))),
    }
}

fn is_over(made_at: i64, used_at: i64, now: UnixMs) -> bool {
    now.0.saturating_sub(made_at) >= AT_MOST_MS || now.0.saturating_sub(used_at) >= IDLE_MS
}

/// Deletes what is over.
async fn prune(tx: &Tx, now: UnixMs) -> Result<(), StoreError> {
    let before = |ms: i64| Value::Int(now.0.saturating_sub(ms));
    let over = "DELETE FROM session WHERE made_at <= ?1 OR used_at <= ?2";
    tx.execute(over, &[before(AT_MOST_MS), before(IDLE_MS)])
        .await?;
    tx.execute(
        "DELETE FROM device WHERE made_at < ?1",
        &[before(DEVICE_MS)],
    )
    .await?;
    tx.execute("DELETE FROM setup WHERE valid_until < ?1", &[moment(now)])
        .await?;
    Ok(())
}
