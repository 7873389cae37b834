//! The audit list: who signed in, looked and changed. Only the office writes it, and each row before what it tells is done
//! or shown; rows go only when they are old.

use serde::Serialize;
use uuid::Uuid;

use ringup_core::clock::UnixMs;

use super::sql::{Row, Value, text};
use super::{Store, StoreError, moment};

/// How long a row is kept, milliseconds: a year and a day.
const KEPT_MS: i64 = 366 * 24 * 60 * 60 * 1000;
/// How many rows are on a page of the list.
pub const AUDIT_PAGE: u64 = 50;

/// What somebody did.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum Act {
    /// Signed in.
    SignedIn,
    /// Tried to sign in with a wrong passphrase or code; told at most once a minute.
    SignInFailed,
    /// Signed out.
    SignedOut,
    /// Ended every session of their own.
    SignedOutEverywhere,
    /// Gave an owner a passphrase.
    PassphraseSet,
    /// Switched one-time codes on.
    CodesOn,
    /// Switched one-time codes off.
    CodesOff,
    /// Made an owner.
    OwnerMade,
    /// Took an owner away.
    OwnerRemoved,
    /// Showed a code that pairs a till.
    PairingShown,
    /// Took a till's token back.
    TillRevoked,
    /// Looked at a sale.
    SaleViewed,
    /// Looked at a Z report.
    CloseViewed,
    /// Took a file of the book away.
    Exported,
    /// Changed the settings that the shop shares.
    SettingsShared,
    /// Decided about a till in quarantine.
    TillDecided,
    /// Added an address for word.
    WordAdded,
    /// Changed what an address gets.
    WordChanged,
    /// Gave a webhook another secret.
    WordSecretRenewed,
    /// Took an address away.
    WordRemoved,
    /// Changed from which sums and times on word is given.
    WordLimitsSet,
    /// Sent a word of trial.
    WordTried,
    /// Sent a word once more.
    WordResent,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// When, milliseconds since 1970-01-01 UTC.
    pub at_unix_ms: i64,
    /// Tells rows of one moment apart.
    pub id: String,
    /// Which owner; empty: nobody who is known.
    pub owner: String,
    /// What, by the name of an [`Act`].
    pub act: String,
    /// To what: a till's name, a sale's number.
    pub about: String,
    /// From which network address.
    pub address: String,
}

impl Store {
    /// Adds a row.
    ///
    /// # Errors
    /// [`StoreError`]: it is not written, and what it tells must not happen.
    pub async fn note(
        &self,
        owner: &str,
        act: Act,
        about: &str,
        address: &str,
        now: UnixMs,
    ) -> Result<(), StoreError> {
        let name: &'static str = act.into();
        let id = Uuid::now_v7();
        let sql = "INSERT INTO audit (at, id, owner, act, about, address)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (at, id) DO NOTHING";
        let values = [
            moment(now),
            text(id),
            text(owner),
            text(name),
            text(about),
            text(address),
        ];
        let old = Value::Int(now.0.saturating_sub(KEPT_MS));
        transaction!(self, |tx| async {
            tx.execute(
                "DELETE FROM audit WHERE at < ?1",
                std::slice::from_ref(&old),
            )
            .await?;
            tx.execute(sql, &values).await
        }
        .await)?;
        Ok(())
    }

    /// A page of the list, newest first: what is before this row, or the newest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn audit(&self, before: Option<(i64, &str)>) -> Result<Vec<AuditRow>, StoreError> {
        let (at, id) = before.unwrap_or((i64::MAX, ""));
        let sql = "SELECT at, id, owner, act, about, address FROM audit
                   WHERE at < ?1 OR (at = ?1 AND id < ?2) ORDER BY at DESC, id DESC LIMIT ?3";
        let values = [Value::Int(at), text(id), super::sql::int(AUDIT_PAGE)];
        let rows = transaction!(self, |tx| tx.query(sql, &values).await)?;
        let row = |row: &Row| match row.as_slice() {
            [at, id, owner, act, about, address] => Ok(AuditRow {
                at_unix_ms: at.int()?,
                id: id.text()?.to_owned(),
                owner: owner.text()?.to_owned(),
                act: act.text()?.to_owned(),
                about: about.text()?.to_owned(),
                address: address.text()?.to_owned(),
            }),
            _ => Err(StoreError::Corrupt("a row of the audit list".to_owned())),
        };
        rows.iter().map(row).collect()
    }
}
