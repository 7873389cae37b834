//! The tables, and how a database of an earlier version is brought to this one. A newer one is refused: an office that
//! does not know what it means must not write into it.

use super::sql::{Tx, int, text};
use super::{StoreError, book_tables, shared, word_tables};

/// The version of the tables.
pub const VERSION: i64 = 8;

/// The statements that bring a database to each version, from the first on. A version that shops have is never changed.
///
/// Numbers are BIGINT, moments are milliseconds since 1970-01-01 UTC, hashes are 32 bytes.
const MIGRATIONS: [&[&str]; 8] = [
    TILLS_AND_ENTRIES,
    book_tables::TABLES,
    OWNERS,
    DECISIONS,
    RECEIPTS,
    shared::TABLES,
    word_tables::TABLES,
    HINTS,
];

/// What the first book had.
const TILLS_AND_ENTRIES: &[&str] = &[
    // What each till has sent, as it came. `sale` and `test` are read from the text once, for questions; the text counts.
    "CREATE TABLE entry (
        till TEXT NOT NULL, seq BIGINT NOT NULL, hash BLOB NOT NULL, kind TEXT NOT NULL, sale TEXT,
        test BIGINT NOT NULL, body TEXT NOT NULL, received_at BIGINT NOT NULL, PRIMARY KEY (till, seq))",
    // Where each till's chain ends. Whoever adds entries changes this row from what it was, or adds nothing.
    "CREATE TABLE head (till TEXT PRIMARY KEY, seq BIGINT NOT NULL, hash BLOB NOT NULL)",
    // The tills that were paired. `quarantine` says since when and why their money is shown apart.
    "CREATE TABLE till (
        till TEXT PRIMARY KEY, name TEXT NOT NULL, paired_at BIGINT NOT NULL,
        quarantined_at BIGINT, quarantine TEXT)",
    // SHA-256 of each token; the token itself is nowhere.
    "CREATE TABLE token (hash BLOB PRIMARY KEY, till TEXT NOT NULL, made_at BIGINT NOT NULL, revoked_at BIGINT)",
    // Codes that were shown and not used yet, by the SHA-256 of their secret.
    "CREATE TABLE pairing (secret BLOB PRIMARY KEY, name TEXT NOT NULL, valid_until BIGINT NOT NULL)",
    // What came for a number that holds another entry: kept beside, in no sum.
    "CREATE TABLE fork (
        till TEXT NOT NULL, seq BIGINT NOT NULL, hash BLOB NOT NULL, body TEXT NOT NULL,
        received_at BIGINT NOT NULL, PRIMARY KEY (till, seq, hash))",
    // What the owner has to know. The same thing twice is one alarm.
    "CREATE TABLE alarm (
        till TEXT NOT NULL, code TEXT NOT NULL, seq BIGINT NOT NULL, raised_at BIGINT NOT NULL,
        PRIMARY KEY (till, code, seq))",
];

/// Who looks at the book, and what they did there.
const OWNERS: &[&str] = &[
    // `passphrase` is an Argon2id hash. `code_secret` makes the one-time codes; no code up to the step `code_step` counts.
    "CREATE TABLE owner (
        name TEXT PRIMARY KEY, passphrase TEXT NOT NULL, code_secret BLOB, code_step BIGINT NOT NULL,
        made_at BIGINT NOT NULL)",
    // SHA-256 of each session's secret.
    "CREATE TABLE session (hash BLOB PRIMARY KEY, owner TEXT NOT NULL, made_at BIGINT NOT NULL, used_at BIGINT NOT NULL)",
    // Browsers in which an owner has signed in before, by the SHA-256 of a secret of theirs.
    "CREATE TABLE device (hash BLOB PRIMARY KEY, owner TEXT NOT NULL, made_at BIGINT NOT NULL)",
    // Links that were shown and not used yet, by the SHA-256 of their secret: each makes one owner.
    "CREATE TABLE setup (secret BLOB PRIMARY KEY, valid_until BIGINT NOT NULL)",
    // Who signed in, looked and changed.
    "CREATE TABLE audit (
        at BIGINT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, act TEXT NOT NULL, about TEXT NOT NULL,
        address TEXT NOT NULL, PRIMARY KEY (at, id))",
];

/// Tokens that take one another's place, and decisions about tills in quarantine.
const DECISIONS: &[&str] = &[
    // When a token opened the book first. It then took the place of the till's others, which are `replaced`.
    "ALTER TABLE token ADD COLUMN used_at BIGINT",
    "ALTER TABLE token ADD COLUMN replaced BIGINT NOT NULL DEFAULT 0",
    // The decision by which an entry is set aside; NULL: nobody has decided yet.
    "ALTER TABLE fork ADD COLUMN decision BIGINT",
    // What the owner has decided about a till whose journal forked, in the order of each till's decisions. The chain from
    // `first` to `aside_seq` was set aside by it: `aside_hash` is its last entry's hash, by which it is proved to be there.
    "CREATE TABLE decision (
        till TEXT NOT NULL, number BIGINT NOT NULL, verdict TEXT NOT NULL, branch BLOB NOT NULL,
        first_seq BIGINT NOT NULL, aside_seq BIGINT NOT NULL, aside_hash BLOB NOT NULL,
        decided_at BIGINT NOT NULL, decided_by TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (till, number))",
];

/// Receipts for phones.
const RECEIPTS: &[&str] = &[
    // A part of the folded book: which sale the token of this SHA-256 opens, and the entry that opened the sale.
    "CREATE TABLE sale_receipt (
        token BLOB NOT NULL, till TEXT NOT NULL, sale TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (token, till, sale))",
    // The shop's words on receipts, as each till has told them last, as JSON.
    "CREATE TABLE receipt_texts (till TEXT PRIMARY KEY, texts TEXT NOT NULL, received_at BIGINT NOT NULL)",
];

/// Invoices that a caller of the webhook has named, for a minute each. `id` is another with each time.
const HINTS: &[&str] =
    &["CREATE TABLE hint (invoice BLOB PRIMARY KEY, id BIGINT NOT NULL, at BIGINT NOT NULL)"];

/// Makes the tables, or brings them to this version.
pub(super) async fn migrate(tx: &Tx, is_postgres: bool) -> Result<(), StoreError> {
    let meta = "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)";
    tx.execute(meta, &[]).await?;
    let found = match get_meta(tx, "version").await? {
        None => 0,
        Some(found) => found
            .parse()
            .or(Err(StoreError::Corrupt(format!("version {found}"))))?,
    };
    if found > VERSION {
        return Err(StoreError::Newer(found));
    }
    let done = usize::try_from(found).unwrap_or(0);
    for statement in MIGRATIONS.iter().skip(done).copied().flatten() {
        let statement = match is_postgres {
            true => statement.replace("BLOB", "BYTEA"),
            false => (*statement).to_owned(),
        };
        tx.execute(&statement, &[]).await?;
    }
    if found < VERSION {
        set_meta(tx, "version", &VERSION.to_string()).await?;
    }
    Ok(())
}

/// A fact about the whole database.
pub(super) async fn get_meta(tx: &Tx, name: &str) -> Result<Option<String>, StoreError> {
    let rows = tx
        .query("SELECT value FROM meta WHERE name = ?1", &[text(name)])
        .await?;
    let value = rows.first().and_then(|row| row.first());
    value.map(|value| Ok(value.text()?.to_owned())).transpose()
}

/// Writes it down in place of what was there.
pub(super) async fn set_meta(tx: &Tx, name: &str, value: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO meta (name, value) VALUES (?1, ?2)
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.execute(sql, &[text(name), text(value)]).await?;
    Ok(())
}

/// The alarm of this code about this entry of a till.
pub(super) async fn raise_alarm(
    tx: &Tx,
    till: impl std::fmt::Display,
    code: &str,
    seq: u64,
    now_ms: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO alarm (till, code, seq, raised_at) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (till, code, seq) DO NOTHING";
    let values = [
        text(till),
        text(code),
        int(seq),
        super::sql::Value::Int(now_ms),
    ];
    tx.execute(sql, &values).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sql::{Engine, Value};
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_book_of_the_first_version_is_brought_to_this_one() {
        let file = rusqlite::Connection::open_in_memory().unwrap();
        let engine = Engine::sqlite(file, rusqlite::Connection::open_in_memory().unwrap());
        let tx = engine.begin().await.unwrap();
        let meta = "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)";
        let rows = [
            "INSERT INTO token (hash, till, made_at) VALUES (x'01', 'T', 1)",
            "INSERT INTO fork (till, seq, hash, body, received_at) VALUES ('T', 1, x'01', '{}', 1)",
        ];
        let first = [meta].into_iter().chain(TILLS_AND_ENTRIES.iter().copied());
        for statement in first.chain(rows) {
            tx.execute(statement, &[]).await.unwrap();
        }
        set_meta(&tx, "version", "1").await.unwrap();
        migrate(&tx, false).await.unwrap();
        let version = get_meta(&tx, "version").await.unwrap();
        assert_eq!(version, Some(VERSION.to_string()));
        let sql = "SELECT replaced, used_at, (SELECT decision FROM fork) FROM token";
        let rows = tx.query(sql, &[]).await.unwrap();
        assert_eq!(rows, [[Value::Int(0), Value::Null, Value::Null]]);
    }
}
