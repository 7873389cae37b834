//! The owners: who may look at the book through the pages, by which passphrase and one-time codes. The book holds
//! Argon2id hashes of passphrases and nothing that opens a page.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use ringup_core::clock::UnixMs;

use super::sql::{Row, Tx, Value, text};
use super::{Store, StoreError, moment};

/// An owner, with what proves that somebody is one.
#[derive(Clone, PartialEq, Eq)]
pub struct Owner {
    /// By which they sign in.
    pub name: String,
    /// The passphrase's hash, a PHC string.
    pub passphrase: String,
    /// What makes their one-time codes; `None`: they need none.
    pub code_secret: Option<Vec<u8>>,
}

impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Owner({:?})", self.name)
    }
}

/// An owner as others may see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerRow {
    /// By which they sign in.
    pub name: String,
    /// Whether a one-time code is asked for.
    pub has_code: bool,
    /// Since when, milliseconds since 1970-01-01 UTC.
    pub made_at_unix_ms: i64,
}

/// What became of a setup link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupOutcome {
    /// There is a new owner; the link is used up.
    Made,
    /// It was never shown, was used, or its time is over.
    LinkInvalid,
    /// There is an owner of this name, who stays as they were. The link works on.
    NameTaken,
}

fn hash_of(secret: &str) -> Value {
    Value::Bytes(Sha256::digest(secret).to_vec())
}

impl Store {
    /// The owner of this name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn owner(&self, name: &str) -> Result<Option<Owner>, StoreError> {
        let sql = "SELECT name, passphrase, code_secret FROM owner WHERE name = ?1";
        let rows = transaction!(self, |tx| tx.query(sql, &[text(name)]).await)?;
        rows.first().map(owner_in).transpose()
    }

    /// Every owner, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn owners(&self) -> Result<Vec<OwnerRow>, StoreError> {
        let sql = "SELECT name, code_secret, made_at FROM owner ORDER BY name";
        let rows = transaction!(self, |tx| tx.query(sql, &[]).await)?;
        let owner = |row: &Row| match row.as_slice() {
            [name, secret, made_at] => Ok(OwnerRow {
                name: name.text()?.to_owned(),
                has_code: *secret != Value::Null,
                made_at_unix_ms: made_at.int()?,
            }),
            _ => Err(StoreError::Corrupt("an owner".to_owned())),
        };
        rows.iter().map(owner).collect()
    }

    /// Gives an owner this passphrase, by its hash, and makes the owner where there is none. Whoever is signed in as that
    /// owner is so no more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_passphrase(
        &self,
        name: &str,
        hash: &str,
        now: UnixMs,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO owner (name, passphrase, code_step, made_at) VALUES (?1, ?2, 0, ?3)
                   ON CONFLICT (name) DO UPDATE SET passphrase = excluded.passphrase";
        let values = [text(name), text(hash), moment(now)];
        transaction!(self, |tx| async {
            tx.execute(sql, &values).await?;
            sign_out(tx, name).await
        }
        .await)
    }

    /// Takes an owner away, with all that opens a page as them. Says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remove_owner(&self, name: &str) -> Result<bool, StoreError> {
        transaction!(self, |tx| async {
            sign_out(tx, name).await?;
            let sql = "DELETE FROM owner WHERE name = ?1";
            Ok::<_, StoreError>(tx.execute(sql, &[text(name)]).await? > 0)
        }
        .await)
    }

    /// From now on this owner needs one-time codes of this secret, or none. Says whether there is that owner.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_code_secret(
        &self,
        name: &str,
        secret: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE owner SET code_secret = ?2 WHERE name = ?1";
        let secret = secret.map_or(Value::Null, |secret| Value::Bytes(secret.to_vec()));
        let changed = transaction!(self, |tx| tx
            .execute(sql, &[text(name), secret.clone()])
            .await)?;
        Ok(changed > 0)
    }

    /// Uses up the one-time code of this step, and all before it. `false`: it was used before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn use_code_step(&self, name: &str, step: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE owner SET code_step = ?2 WHERE name = ?1 AND code_step < ?2";
        let values = [text(name), Value::Int(step)];
        let changed = transaction!(self, |tx| tx.execute(sql, &values).await)?;
        Ok(changed > 0)
    }

    /// Writes down that a link of this secret makes one owner, until then.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn offer_setup(&self, secret: &str, valid_until: UnixMs) -> Result<(), StoreError> {
        let sql = "INSERT INTO setup (secret, valid_until) VALUES (?1, ?2)
                   ON CONFLICT (secret) DO NOTHING";
        let values = [hash_of(secret), moment(valid_until)];
        transaction!(self, |tx| tx.execute(sql, &values).await)?;
        Ok(())
    }

    /// Whether a link of this secret works.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_setup_open(&self, secret: &str, now: UnixMs) -> Result<bool, StoreError> {
        transaction!(self, |tx| is_open(tx, secret, now).await)
    }

    /// Makes an owner by a link of this secret.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn use_setup(
        &self,
        secret: &str,
        name: &str,
        hash: &str,
        now: UnixMs,
    ) -> Result<SetupOutcome, StoreError> {
        transaction!(self, |tx| async {
            if !is_open(tx, secret, now).await? {
                return Ok(SetupOutcome::LinkInvalid);
            }
            let sql =
                "INSERT INTO owner (name, passphrase, code_step, made_at) VALUES (?1, ?2, 0, ?3)
                 ON CONFLICT (name) DO NOTHING";
            let values = [text(name), text(hash), moment(now)];
            if tx.execute(sql, &values).await? == 0 {
                return Ok(SetupOutcome::NameTaken);
            }
            let sql = "DELETE FROM setup WHERE secret = ?1";
            tx.execute(sql, &[hash_of(secret)]).await?;
            Ok::<_, StoreError>(SetupOutcome::Made)
        }
        .await)
    }
}

async fn is_open(tx: &Tx, secret: &str, now: UnixMs) -> Result<bool, StoreError> {
    let sql = "SELECT valid_until FROM setup WHERE secret = ?1 AND valid_until >= ?2";
    let rows = tx.query(sql, &[hash_of(secret), moment(now)]).await?;
    Ok(!rows.is_empty())
}

/// Ends every session of an owner and forgets their browsers.
pub(super) async fn sign_out(tx: &Tx, owner: &str) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM session WHERE owner = ?1",
        "DELETE FROM device WHERE owner = ?1",
    ] {
        tx.execute(sql, &[text(owner)]).await?;
    }
    Ok(())
}

fn owner_in(row: &Row) -> Result<Owner, StoreError> {
    match row.as_slice() {
        [name, passphrase, secret] => Ok(Owner {
            name: name.text()?.to_owned(),
            passphrase: passphrase.text()?.to_owned(),
            code_secret: match secret {
                Value::Null => None,
                secret => Some(secret.bytes()?.to_vec()),
            },
        }),
        _ => Err(StoreError::Corrupt("an owner".to_owned())),
    }
}
