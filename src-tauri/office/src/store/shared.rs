//! The shop's shared settings: their versions, what each till says that it has taken, and what tills have offered.
//!
//! A version is never changed. Another one is added with the number after it, by whoever has seen the one before: two who
//! change at once are told so, and the second looks again.

use serde::Serialize;
use uuid::Uuid;

use ringup_core::clock::UnixMs;
use ringup_core::ids::TillId;
use ringup_core::shared_settings::{
    Document, Own, Refused, Section, SettingsReport, SharedSettings, read,
};

use super::sql::{Row, Tx, Value, int, text};
use super::tills::till_of;
use super::{Store, StoreError, Token, TokenError, moment};

/// How many versions are kept: the newest.
pub const VERSIONS_KEPT: u64 = 200;

/// What the tables of shared settings are.
pub(super) const TABLES: &[&str] = &[
    // `id` tells one call from another that meant the same number; `note` says in a word what was done.
    "CREATE TABLE shared_version (
        number BIGINT PRIMARY KEY, id TEXT NOT NULL, made_at BIGINT NOT NULL, made_by TEXT NOT NULL,
        note TEXT NOT NULL, about TEXT NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL)",
    // What each till says that it has.
    "CREATE TABLE shared_taken (
        till TEXT PRIMARY KEY, number BIGINT NOT NULL, body TEXT NOT NULL, reported_at BIGINT NOT NULL)",
    // A till's own settings, to be taken as the shop's: the last that it has offered.
    "CREATE TABLE shared_offer (till TEXT PRIMARY KEY, body TEXT NOT NULL, offered_at BIGINT NOT NULL)",
];

/// A version without what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionRow {
    /// Its number, from 1.
    pub number: u64,
    /// When it was made, milliseconds since 1970-01-01 UTC.
    pub made_at_unix_ms: i64,
    /// By whom.
    pub made_by: String,
    /// What was done, by the name of an [`Edit`].
    pub note: String,
    /// To what: an item's name, a till's.
    pub about: String,
    /// The digest of what it says.
    pub digest: String,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What is known of it.
    pub row: VersionRow,
    /// What it says, as it is kept and sent.
    pub document: Document,
}

/// What somebody did to the shared settings.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum Edit {
    /// Added an item.
    ItemAdded,
    /// Changed an item.
    ItemChanged,
    /// Took an item away.
    ItemRemoved,
    /// Took a file of items in.
    ItemsImported,
    /// Changed the taxes.
    Taxes,
    /// Added a cashier.
    CashierAdded,
    /// Changed a cashier.
    CashierChanged,
    /// Took a cashier away.
    CashierRemoved,
    /// Changed the texts.
    Texts,
    /// Changed what tills may change themselves.
    Switches,
    /// Took a till's settings.
    TakenFromTill,
    /// Took a file of settings in.
    Imported,
    /// Took an old version back.
    TakenBack,
}

/// A version to be added.
#[derive(Debug, Clone)]
pub struct NewVersion<'a> {
    /// The number of the version that its maker has seen; 0: there was none.
    pub seen: u64,
    /// What it says.
    pub settings: &'a SharedSettings,
    /// Who makes it.
    pub by: &'a str,
    /// What they do.
    pub edit: Edit,
    /// To what.
    pub about: &'a str,
}

/// Why no version was added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// Somebody else has added one meanwhile.
    #[error("somebody else has changed the settings meanwhile: they are at version {0}")]
    Moved(u64),
    /// What it says breaks rules.
    #[error("{}", .0.first().map_or_else(String::new, ToString::to_string))]
    Refused(Vec<Refused>),
    /// The book.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a till says that it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TillSettings {
    /// Which till.
    pub till: String,
    /// The number of the version that it has.
    pub number: u64,
    /// What it could not take.
    pub refused: Vec<Refused>,
    /// The sections in which it has changes of its own.
    pub changed: Vec<Section>,
    /// When it said so, milliseconds since 1970-01-01 UTC.
    pub reported_at_unix_ms: i64,
}

/// What a till has offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Which till.
    pub till: String,
    /// Its settings.
    pub document: Document,
    /// When, milliseconds since 1970-01-01 UTC.
    pub offered_at_unix_ms: i64,
}

impl Version {
    /// What it says, by the rules of this program.
    pub fn settings(&self) -> SharedSettings {
        read(&self.document, &Own::default()).0
    }
}

impl Store {
    /// The number of the newest version; 0: there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn shared_number(&self) -> Result<u64, StoreError> {
        snapshot!(self, |tx| newest(tx).await)
    }

    /// The number and the digest of the newest version.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn shared_head(&self) -> Result<Option<(u64, String)>, StoreError> {
        let sql = "SELECT number, digest FROM shared_version ORDER BY number DESC LIMIT 1";
        let rows = snapshot!(self, |tx| tx.query(sql, &[]).await)?;
        match rows.first().map(Vec::as_slice) {
            None => Ok(None),
            Some([number, digest]) => {
                let number = number.int()?.unsigned_abs();
                Ok(Some((number, digest.text()?.to_owned())))
            }
            Some(_) => Err(damaged()),
        }
    }

    /// A version, the newest by default.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn shared_version(&self, number: Option<u64>) -> Result<Option<Version>, StoreError> {
        let sql = "SELECT number, made_at, made_by, note, about, digest, body FROM shared_version
                   WHERE number <= ?1 ORDER BY number DESC LIMIT 1";
        let most = number.map_or(Value::Int(i64::MAX), int);
        let rows = snapshot!(self, |tx| tx.query(sql, std::slice::from_ref(&most)).await)?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let [head @ .., body] = row.as_slice() else {
            return Err(damaged());
        };
        let version = Version {
            row: version_row(head)?,
            document: document(body)?,
        };
        Ok(Some(version).filter(|it| number.is_none_or(|number| it.row.number == number)))
    }

    /// Every version that is kept, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn shared_history(&self) -> Result<Vec<VersionRow>, StoreError> {
        let sql = "SELECT number, made_at, made_by, note, about, digest FROM shared_version ORDER BY number DESC";
        let rows = snapshot!(self, |tx| tx.query(sql, &[]).await)?;
        rows.iter().map(|row| version_row(row)).collect()
    }

    /// Adds a version after the one that its maker has seen, and returns its number. What changes nothing adds none.
    ///
    /// # Errors
    /// [`ShareError`]; nothing is added then.
    pub async fn share(&self, new: NewVersion<'_>, now: UnixMs) -> Result<u64, ShareError> {
        let settings = new.settings.validate().map_err(ShareError::Refused)?;
        let document = settings.to_document();
        let body = document.canonical();
        // What no till would read must not become a version.
        if let Err(error) = Document::parse(body.as_bytes()) {
            let too_large = Refused {
                section: Section::Items,
                field: "list".to_owned(),
                problem: error.to_string(),
            };
            return Err(ShareError::Refused(vec![too_large]));
        }
        let digest = document.digest();
        let id = Uuid::now_v7();
        let note: &'static str = new.edit.into();
        let added = Added {
            id: text(id),
            seen: new.seen,
            digest: &digest,
        };
        let values = [
            int(new.seen.saturating_add(1)),
            added.id.clone(),
            moment(now),
            text(new.by),
            text(note),
            text(new.about),
            text(&digest),
            text(&body),
        ];
        let number = transaction!(self, |tx| add(tx, &added, &values).await)?;
        number.map_err(ShareError::Moved)
    }

    /// Notes down what a till says that it has.
    ///
    /// # Errors
    /// [`TokenError`] within.
    pub async fn settings_taken(
        &self,
        token: &Token,
        report: SettingsReport,
        now: UnixMs,
    ) -> Result<Result<(), TokenError>, StoreError> {
        let report = report.bounded();
        let body = serde_json::to_string(&report).unwrap_or_default();
        let sql =
            "INSERT INTO shared_taken (till, number, body, reported_at) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (till) DO UPDATE SET number = excluded.number, body = excluded.body,
                   reported_at = excluded.reported_at";
        let more = [int(report.number), text(&body), moment(now)];
        transaction!(self, |tx| of_till(tx, token, now, sql, &more).await)
    }

    /// Keeps what a till offers.
    ///
    /// # Errors
    /// [`TokenError`] within.
    pub async fn settings_offered(
        &self,
        token: &Token,
        offered: &Document,
        now: UnixMs,
    ) -> Result<Result<(), TokenError>, StoreError> {
        let sql = "INSERT INTO shared_offer (till, body, offered_at) VALUES (?1, ?2, ?3)
                   ON CONFLICT (till) DO UPDATE SET body = excluded.body, offered_at = excluded.offered_at";
        let more = [text(offered.canonical()), moment(now)];
        transaction!(self, |tx| of_till(tx, token, now, sql, &more).await)
    }

    /// What each till says that it has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn till_settings(&self) -> Result<Vec<TillSettings>, StoreError> {
        let sql = "SELECT till, body, reported_at FROM shared_taken ORDER BY till";
        let rows = snapshot!(self, |tx| tx.query(sql, &[]).await)?;
        let said = |row: &Row| match row.as_slice() {
            [till, body, at] => {
                let report: SettingsReport = serde_json::from_str(body.text()?)
                    .ok()
                    .ok_or_else(damaged)?;
                Ok(TillSettings {
                    till: till.text()?.to_owned(),
                    number: report.number,
                    refused: report.refused,
                    changed: report.changed,
                    reported_at_unix_ms: at.int()?,
                })
            }
            _ => Err(damaged()),
        };
        rows.iter().map(said).collect()
    }

    /// What tills have offered, the newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn settings_offers(&self) -> Result<Vec<Offer>, StoreError> {
        let sql = "SELECT till, body, offered_at FROM shared_offer ORDER BY offered_at DESC, till";
        let rows = snapshot!(self, |tx| tx.query(sql, &[]).await)?;
        let offer = |row: &Row| match row.as_slice() {
            [till, body, at] => Ok(Offer {
                till: till.text()?.to_owned(),
                document: document(body)?,
                offered_at_unix_ms: at.int()?,
            }),
            _ => Err(damaged()),
        };
        rows.iter().map(offer).collect()
    }

    /// Forgets what a till has offered: it was taken, or is not wanted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_offer(&self, till: TillId) -> Result<(), StoreError> {
        let sql = "DELETE FROM shared_offer WHERE till = ?1";
        let values = [text(till)];
        transaction!(self, |tx| tx.execute(sql, &values).await)?;
        Ok(())
    }
}

/// One call that adds a version.
struct Added<'a> {
    id: Value,
    seen: u64,
    digest: &'a str,
}

/// `Err`: the newest is another one than its maker has seen.
async fn add(tx: &Tx, added: &Added<'_>, values: &[Value]) -> Result<Result<u64, u64>, StoreError> {
    // The commit of an earlier try may have arrived although its answer did not.
    let sql = "SELECT number FROM shared_version WHERE id = ?1";
    let rows = tx.query(sql, std::slice::from_ref(&added.id)).await?;
    if let Some(number) = rows.first().and_then(|row| row.first()) {
        return Ok(Ok(number.int()?.unsigned_abs()));
    }
    let newest = newest(tx).await?;
    if newest != added.seen {
        return Ok(Err(newest));
    }
    let sql = "SELECT digest FROM shared_version WHERE number = ?1";
    let rows = tx.query(sql, &[int(newest)]).await?;
    let before = rows.first().and_then(|row| row.first());
    if before.is_some_and(|it| it.text() == Ok(added.digest)) {
        return Ok(Ok(newest));
    }
    let sql = "INSERT INTO shared_version (number, id, made_at, made_by, note, about, digest, body)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    tx.execute(sql, values).await?;
    let number = newest.saturating_add(1);
    let old = number.saturating_sub(VERSIONS_KEPT);
    let sql = "DELETE FROM shared_version WHERE number <= ?1";
    tx.execute(sql, &[int(old)]).await?;
    Ok(Ok(number))
}

async fn newest(tx: &Tx) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(max(number), 0) FROM shared_version";
    let rows = tx.query(sql, &[]).await?;
    let number = rows.first().and_then(|row| row.first());
    Ok(number.ok_or_else(damaged)?.int()?.unsigned_abs())
}

/// Runs a statement whose first value is the till of this token.
async fn of_till(
    tx: &Tx,
    token: &Token,
    now: UnixMs,
    sql: &str,
    more: &[Value],
) -> Result<Result<(), TokenError>, StoreError> {
    let till = match till_of(tx, token, now).await? {
        Ok(till) => till,
        Err(error) => return Ok(Err(error)),
    };
    let mut values = vec![text(till)];
    values.extend_from_slice(more);
    tx.execute(sql, &values).await?;
    Ok(Ok(()))
}

fn version_row(row: &[Value]) -> Result<VersionRow, StoreError> {
    match row {
        [number, made_at, made_by, note, about, digest] => Ok(VersionRow {
            number: number.int()?.unsigned_abs(),
            made_at_unix_ms: made_at.int()?,
            made_by: made_by.text()?.to_owned(),
            note: note.text()?.to_owned(),
            about: about.text()?.to_owned(),
            digest: digest.text()?.to_owned(),
        }),
        _ => Err(damaged()),
    }
}

fn document(body: &Value) -> Result<Document, StoreError> {
    Document::parse(body.text()?.as_bytes()).map_err(|error| StoreError::Corrupt(error.to_string()))
}

fn damaged() -> StoreError {
    StoreError::Corrupt("the shared settings".to_owned())
}
