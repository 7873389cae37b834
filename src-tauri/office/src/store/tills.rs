//! Who may send: pairing codes, the tills that used one, and their tokens.
//!
//! A token adds entries to one till's chain and reads that chain's head, takes the settings that the shop shares with its tills
//! and offers the till's own, and nothing else. The book holds only its
//! SHA-256, so a copy of the book lets nobody in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use ringup_core::clock::UnixMs;
use ringup_core::ids::TillId;

use super::append::only;
use super::sql::{Tx, Value, text};
use super::{Store, StoreError, TillSettings, moment, schema};

/// A token as the book knows it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Token([u8; 32]);

/// Why a token opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The book has never given it out.
    #[error("this token is not known here")]
    Unknown,
    /// It was taken back.
    #[error("this till's token was taken back")]
    Revoked,
    /// The till has used a newer one since. Whoever shows this one has a copy of the till's keychain, or an old one.
    #[error(
        "another token has taken the place of this one: the till's keychain was copied, or put back"
    )]
    Replaced,
}

/// Why a pairing code does not pair.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PairError {
    /// It was never shown, was used, or its time is over.
    #[error("this code is not valid: it was used, or its time is over")]
    CodeInvalid,
    /// The book.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A till as the owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TillRow {
    /// Its id.
    pub till: String,
    /// What the owner calls it.
    pub name: String,
    /// How many entries the book has of it.
    pub entries: u64,
    /// When the last batch came, milliseconds since 1970-01-01 UTC.
    pub last_at_unix_ms: Option<i64>,
    /// Whether it has a token that is valid.
    pub paired: bool,
    /// Why its money is shown apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quarantine: Option<String>,
    /// What it says that it has of the shared settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<TillSettings>,
}

/// Something that the owner has to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alarm {
    /// Whose.
    pub till: String,
    /// Its stable name (docs/contract.md, *The back office*).
    pub code: String,
    /// The entry that it is about.
    pub seq: u64,
    /// When, milliseconds since 1970-01-01 UTC.
    pub raised_at_unix_ms: i64,
}

impl Token {
    /// What the book knows of this token.
    pub fn of(text: &SecretString) -> Self {
        Self(Sha256::digest(text.expose_secret().trim()).into())
    }

    /// Its SHA-256.
    pub(crate) fn hash(&self) -> [u8; 32] {
        self.0
    }

    /// Draws a new one.
    fn draw() -> SecretString {
        URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()).into()
    }

    fn value(&self) -> Value {
        Value::Bytes(self.0.to_vec())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

fn hash_of_secret(secret: &SecretString) -> Value {
    Value::Bytes(Sha256::digest(secret.expose_secret()).to_vec())
}

impl Store {
    /// Writes down a code that pairs one till, under this name, until then.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn offer_pairing(
        &self,
        secret: &SecretString,
        name: &str,
        valid_until: UnixMs,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO pairing (secret, name, valid_until) VALUES (?1, ?2, ?3)
                   ON CONFLICT (secret) DO NOTHING";
        let values = [hash_of_secret(secret), text(name), moment(valid_until)];
        transaction!(self, |tx| tx.execute(sql, &values).await)?;
        Ok(())
    }

    /// Uses a code up: this till gets a token, under the name that the code was shown for. Tokens that it had before are
    /// taken back.
    ///
    /// # Errors
    /// [`PairError`].
    pub async fn pair(
        &self,
        secret: &SecretString,
        till: TillId,
        now: UnixMs,
    ) -> Result<(SecretString, String), PairError> {
        let token = Token::draw();
        let known = Token::of(&token);
        let paired = transaction!(self, |tx| use_code(tx, secret, till, &known, now).await)?;
        match paired {
            Some(name) => Ok((token, name)),
            None => Err(PairError::CodeInvalid),
        }
    }

    /// Gives a till another token, which takes the place of this one as soon as it is used. Until then both open the book:
    /// an answer that is lost on its way, and a till that ends before the new token is in its keychain, cost nothing.
    ///
    /// # Errors
    /// [`TokenError`] within.
    pub async fn renew(
        &self,
        token: &Token,
        now: UnixMs,
    ) -> Result<Result<SecretString, TokenError>, StoreError> {
        let drawn = Token::draw();
        let known = Token::of(&drawn);
        let given = transaction!(self, |tx| give_another(tx, token, &known, now).await)?;
        Ok(given.map(|()| drawn))
    }

    /// Takes back every token of a till. What it has sent stays. Says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn revoke(&self, till: TillId, now: UnixMs) -> Result<bool, StoreError> {
        transaction!(self, |tx| revoke(tx, till, now).await)
    }

    /// Whose token it is.
    ///
    /// # Errors
    /// [`TokenError`] within.
    pub async fn till_of(
        &self,
        token: &Token,
        now: UnixMs,
    ) -> Result<Result<TillId, TokenError>, StoreError> {
        till_transaction!(self, |tx| till_of(tx, token, now).await)
    }

    /// The same for a call that only listens: it writes nothing, so that no token takes another's place by it. One that was
    /// replaced while the call was on its way raises no alarm.
    ///
    /// # Errors
    /// [`TokenError`] within.
    pub async fn listener_of(
        &self,
        token: &Token,
    ) -> Result<Result<TillId, TokenError>, StoreError> {
        let sql = "SELECT till, revoked_at, replaced FROM token WHERE hash = ?1";
        let rows = snapshot!(self, |tx| tx.query(sql, &[token.value()]).await)?;
        let Some([till, revoked_at, replaced]) = rows.first().map(Vec::as_slice) else {
            return Ok(Err(TokenError::Unknown));
        };
        if *revoked_at != Value::Null {
            return Ok(Err(match replaced.int()? {
                0 => TokenError::Revoked,
                _ => TokenError::Replaced,
            }));
        }
        let till: Result<TillId, _> = till.text()?.parse();
        till.map(Ok)
            .map_err(|error| StoreError::Corrupt(format!("a till's id: {error}")))
    }

    /// Every till that was ever paired, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tills(&self) -> Result<Vec<TillRow>, StoreError> {
        let sql = "SELECT t.till, t.name, t.quarantine, coalesce(h.seq, 0),
                (SELECT e.received_at FROM entry AS e WHERE e.till = t.till AND e.seq = h.seq),
                (SELECT count(*) FROM token AS k WHERE k.till = t.till AND k.revoked_at IS NULL)
            FROM till AS t LEFT JOIN head AS h ON h.till = t.till ORDER BY t.name, t.till";
        let rows = snapshot!(self, |tx| tx.query(sql, &[]).await)?;
        let till = |row: &super::sql::Row| match row.as_slice() {
            [till, name, quarantine, entries, last_at, tokens] => Ok(TillRow {
                till: till.text()?.to_owned(),
                name: name.text()?.to_owned(),
                entries: entries.int()?.unsigned_abs(),
                last_at_unix_ms: last_at.int().ok(),
                paired: tokens.int()? > 0,
                quarantine: quarantine.text().ok().map(str::to_owned),
                settings: None,
            }),
            _ => Err(StoreError::Corrupt("a till".to_owned())),
        };
        let mut tills: Vec<TillRow> = rows.iter().map(till).collect::<Result<_, _>>()?;
        for said in self.till_settings().await? {
            let row = tills.iter_mut().find(|row| row.till == said.till);
            if let Some(row) = row {
                row.settings = Some(said);
            }
        }
        Ok(tills)
    }

    /// The id and the name of every till that was ever paired, by name: for a choice among them, which every page with filters
    /// has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn till_names(&self) -> Result<Vec<(String, String)>, StoreError> {
        let sql = "SELECT till, name FROM till ORDER BY name, till";
        let rows = snapshot!(self, |tx| tx.query(sql, &[]).await)?;
        let till = |row: &super::sql::Row| match row.as_slice() {
            [till, name] => Ok((till.text()?.to_owned(), name.text()?.to_owned())),
            _ => Err(StoreError::Corrupt("a till".to_owned())),
        };
        rows.iter().map(till).collect()
    }

    /// Every alarm, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn alarms(&self) -> Result<Vec<Alarm>, StoreError> {
        let sql =
            "SELECT till, code, seq, raised_at FROM alarm ORDER BY raised_at, till, code, seq";
        let rows = snapshot!(self, |tx| tx.query(sql, &[]).await)?;
        let alarm = |row: &super::sql::Row| match row.as_slice() {
            [till, code, seq, raised_at] => Ok(Alarm {
                till: till.text()?.to_owned(),
                code: code.text()?.to_owned(),
                seq: seq.int()?.unsigned_abs(),
                raised_at_unix_ms: raised_at.int()?,
            }),
            _ => Err(StoreError::Corrupt("an alarm".to_owned())),
        };
        rows.iter().map(alarm).collect()
    }
}

/// The till of a token, within the transaction that writes for it: nothing is written after a token was taken back. The
/// first time that a token is used, it takes the place of the till's others.
pub(super) async fn till_of(
    tx: &Tx,
    token: &Token,
    now: UnixMs,
) -> Result<Result<TillId, TokenError>, StoreError> {
    let sql = "SELECT till, revoked_at, replaced, used_at FROM token WHERE hash = ?1";
    let rows = tx.query(sql, &[token.value()]).await?;
    let Some([till, revoked_at, replaced, used_at]) = rows.first().map(Vec::as_slice) else {
        return Ok(Err(TokenError::Unknown));
    };
    let till: TillId = till
        .text()?
        .parse()
        .map_err(|error| StoreError::Corrupt(format!("a till's id: {error}")))?;
    if *revoked_at != Value::Null {
        if replaced.int()? == 0 {
            return Ok(Err(TokenError::Revoked));
        }
        schema::raise_alarm(tx, till, "token_replaced", 0, now.0).await?;
        return Ok(Err(TokenError::Replaced));
    }
    if *used_at == Value::Null {
        let sql = "UPDATE token SET used_at = ?2 WHERE hash = ?1";
        tx.execute(sql, &[token.value(), moment(now)]).await?;
        let sql = "UPDATE token SET revoked_at = ?3, replaced = 1
                   WHERE till = ?1 AND hash <> ?2 AND revoked_at IS NULL";
        tx.execute(sql, &[text(till), token.value(), moment(now)])
            .await?;
    }
    Ok(Ok(till))
}

/// The till of a token that is valid, whose use is noted; `None`: it is another.
pub(super) async fn till_of_valid(
    tx: &Tx,
    token: &Token,
    now: UnixMs,
) -> Result<Option<TillId>, StoreError> {
    let sql = "SELECT till FROM token WHERE hash = ?1 AND revoked_at IS NULL";
    match tx.query(sql, &[token.value()]).await?.is_empty() {
        true => Ok(None),
        false => Ok(till_of(tx, token, now).await?.ok()),
    }
}

async fn give_another(
    tx: &Tx,
    token: &Token,
    drawn: &Token,
    now: UnixMs,
) -> Result<Result<(), TokenError>, StoreError> {
    let till = match till_of(tx, token, now).await? {
        Ok(till) => till,
        Err(error) => return Ok(Err(error)),
    };
    let sql =
        "INSERT INTO token (hash, till, made_at) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING";
    tx.execute(sql, &[drawn.value(), text(till), moment(now)])
        .await?;
    Ok(Ok(()))
}

async fn use_code(
    tx: &Tx,
    secret: &SecretString,
    till: TillId,
    token: &Token,
    now: UnixMs,
) -> Result<Option<String>, StoreError> {
    // The commit of an earlier try may have arrived although its answer did not.
    let sql = "SELECT till FROM token WHERE hash = ?1";
    if !tx.query(sql, &[token.value()]).await?.is_empty() {
        let sql = "SELECT name FROM till WHERE till = ?1";
        let rows = tx.query(sql, &[text(till)]).await?;
        return rows
            .first()
            .map(|row| Ok(only(row)?.text()?.to_owned()))
            .transpose();
    }
    let secret = hash_of_secret(secret);
    let sql = "SELECT name, valid_until FROM pairing WHERE secret = ?1";
    let rows = tx.query(sql, std::slice::from_ref(&secret)).await?;
    let Some([name, valid_until]) = rows.first().map(Vec::as_slice) else {
        return Ok(None);
    };
    if valid_until.int()? < now.0 {
        return Ok(None);
    }
    tx.execute("DELETE FROM pairing WHERE secret = ?1", &[secret])
        .await?;
    revoke(tx, till, now).await?;
    let sql = "INSERT INTO till (till, name, paired_at) VALUES (?1, ?2, ?3)
               ON CONFLICT (till) DO UPDATE SET name = excluded.name, paired_at = excluded.paired_at";
    tx.execute(sql, &[text(till), name.clone(), moment(now)])
        .await?;
    let sql = "INSERT INTO token (hash, till, made_at) VALUES (?1, ?2, ?3)";
    tx.execute(sql, &[token.value(), text(till), moment(now)])
        .await?;
    Ok(Some(name.text()?.to_owned()))
}

async fn revoke(tx: &Tx, till: TillId, now: UnixMs) -> Result<bool, StoreError> {
    let sql = "UPDATE token SET revoked_at = ?2 WHERE till = ?1 AND revoked_at IS NULL";
    let revoked = tx.execute(sql, &[text(till), moment(now)]).await?;
    Ok(revoked > 0)
}

impl Store {
    /// Raises an alarm of its own accord, as a check of the whole book does.
    pub(super) async fn alarm(
        &self,
        till: &str,
        code: &str,
        seq: u64,
        now: UnixMs,
    ) -> Result<(), StoreError> {
        transaction!(self, |tx| schema::raise_alarm(tx, till, code, seq, now.0)
            .await)
    }
}
