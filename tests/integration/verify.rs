//! Verifying a journal that somebody has changed with `sqlite3`: any change must be found.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ringup_core::journal::{Verified, VerifyFailure, verify_file};
use ringup_core::money::Currency;
use ringup_core::sale::SaleState;
use ringup_practice::{CallFault, Target};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Value};

use ringup_testkit::gateway::status_with_body;
use ringup_testkit::{Desktop, KeychainState, Shop, cash_back, money, run};

/// A journal with every kind of entry: a sale that is refused, retried, chosen, paid, seen, noted and refunded, and
/// others that end, go to review and are settled, are stopped, or stay uncertain.
async fn journal() -> Shop {
    let mut shop = Shop::open().await;
    shop.fail_next(
        Target::Create,
        CallFault::Status(status_with_body(422, "<h1>No</h1>")),
    );
    let refused = shop.charge().await.number;
    let sale = shop.till().try_again(refused).await.unwrap();
    let invoice = sale.invoice_id.unwrap();
    shop.control.choose_coin(&invoice, "TON", "TON").unwrap();
    shop.wait_for_state(refused, SaleState::Chosen).await;
    shop.pay(refused, &invoice).await;

    let till = shop.till();
    till.acknowledge(refused).await.unwrap();
    till.set_note(refused, Some("Tisch 4".into()))
        .await
        .unwrap();
    let five = cash_back(money("5", Currency::Eur), Vec::new());
    till.refund(refused, five.clone()).await.unwrap();
    till.refund(refused, five).await.unwrap();
    till.void_refund(refused, 2, "entered twice").await.unwrap();

    let (ended, invoice) = shop.open_sale().await;
    shop.end(ended, &invoice).await;

    let (review, invoice) = shop.open_sale().await;
    let lie = [("fiat_amount".to_owned(), Value::from("1"))];
    shop.control
        .set_fields(&invoice, Map::from_iter(lie))
        .unwrap();
    shop.control.pay(&invoice).unwrap();
    shop.wait_for_state(review, SaleState::Review).await;
    let settled = "the rest was paid in cash";
    shop.till().close_review(review, settled).await.unwrap();

    let (stopped, _) = shop.open_sale().await;
    shop.till().stop_waiting(stopped).await.unwrap();
    shop.fail_next(Target::Create, CallFault::Status(status_with_body(502, "")));
    shop.charge().await;
    shop.assert_whole().await;
    shop.close();
    shop
}

/// A journal, and a desktop on which the program verifies changed copies of it.
struct Copies {
    desktop: Desktop,
    original: PathBuf,
    // Keeps the journal's folder.
    _shop: Shop,
}

impl Copies {
    async fn of_a_journal() -> Self {
        let shop = journal().await;
        let original = shop.config.journal();
        // Empty the log, so that a copy of the file is a copy of the journal.
        sqlite3(&original, "PRAGMA wal_checkpoint(TRUNCATE)");
        Self {
            desktop: Desktop::without_screen(KeychainState::Missing),
            original,
            _shop: shop,
        }
    }

    fn query<T: rusqlite::types::FromSql>(&self, sql: &str) -> Vec<T> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let file = Connection::open_with_flags(&self.original, flags).unwrap();
        let mut statement = file.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// Puts a copy of the journal, changed by `sql`, into the desktop's data folder.
    fn worked_on(&self, sql: &str) -> PathBuf {
        let data = self.desktop.data_dir();
        for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"] {
            // There may be no such file yet.
            std::fs::remove_file(data.join(name)).ok();
        }
        let copy = data.join("journal.sqlite");
        std::fs::copy(&self.original, &copy).unwrap();
        // A copy does not have to survive a power cut.
        let fast = format!("PRAGMA synchronous = OFF; {sql}");
        assert!(sqlite3(&copy, &fast).status.success(), "{sql}");
        copy
    }

    /// The result of verifying after `sql`.
    fn after(&self, sql: &str) -> Result<Verified, VerifyFailure> {
        verify_file(&self.worked_on(sql)).unwrap()
    }

    /// The statement with the guards removed before it and restored after it, so that only entries differ.
    fn unguarded(&self, sql: &str) -> String {
        let triggers: Vec<String> = self
            .query("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'entry'");
        assert_eq!(triggers.len(), 2);
        format!(
            "DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_deleted;
             {sql}; {};",
            triggers.join(";")
        )
    }
}

fn sqlite3(file: &Path, sql: &str) -> Output {
    Command::new("sqlite3")
        .args(["-bail", "-batch"])
        .arg(file)
        .arg(sql)
        .output()
        .expect("sqlite3 is installed")
}

/// Every leaf field of an entry: its path in SQLite's JSON notation, and another value of the same type in SQL.
fn fields(path: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Object(fields_in) => fields_in
            .iter()
            .flat_map(|(name, value)| fields(&format!("{path}.{name}"), value))
            .collect(),
        Value::Array(values) => values
            .iter()
            .enumerate()
            .flat_map(|(place, value)| fields(&format!("{path}[{place}]"), value))
            .collect(),
        Value::String(text) => vec![(path.to_owned(), format!("'{}'", another(text)))],
        Value::Number(number) => vec![(path.to_owned(), format!("{number} + 1"))],
        Value::Bool(truth) => vec![(path.to_owned(), format!("json('{}')", !truth))],
        Value::Null => vec![(path.to_owned(), "1".to_owned())],
    }
}

/// This text with one letter changed, so that an id stays a valid id.
fn another(text: &str) -> String {
    let mut letters: Vec<char> = text.replace('\'', "''").chars().collect();
    match letters.last_mut() {
        Some(last) => *last = if *last == '0' { '1' } else { '0' },
        None => letters.push('0'),
    }
    letters.into_iter().collect()
}

#[tokio::test]
async fn any_altered_field_of_any_entry_is_found_and_the_entry_named() {
    let journal = Copies::of_a_journal().await;
    let bodies: Vec<String> = journal.query("SELECT body FROM entry ORDER BY seq");
    let mut kinds = BTreeSet::new();
    for (body, seq) in bodies.iter().zip(1..) {
        let entry: Value = serde_json::from_str(body).unwrap();
        // One entry of each kind is enough.
        if !kinds.insert(entry["kind"].to_string()) {
            continue;
        }
        let hash: Vec<String> =
            journal.query(&format!("SELECT hex(hash) FROM entry WHERE seq = {seq}"));
        let mut changes = vec![format!("hash = X'{}'", another(&hash[0]))];
        for (path, other) in fields("$", &entry) {
            changes.push(format!("body = json_set(body, '{path}', {other})"));
        }
        for change in changes {
            let sql = format!("UPDATE entry SET {change} WHERE seq = {seq}");
            let wrong = journal.after(&journal.unguarded(&sql)).expect_err(&sql);
            assert_eq!(wrong.entry, Some(seq), "{sql}: {wrong}");
        }
    }
    assert_eq!(kinds.len(), 16, "every kind of entry there is: {kinds:?}");
}

#[tokio::test]
async fn entries_that_were_taken_added_or_moved_are_found() {
    let journal = Copies::of_a_journal().await;
    for (sql, entry) in [
        ("DELETE FROM entry WHERE seq = 1", Some(1)),
        ("DELETE FROM entry WHERE seq = 4", Some(4)),
        ("UPDATE entry SET seq = seq + 100 WHERE seq = 3", Some(3)),
        (
            "INSERT INTO entry (seq, body, hash)
             SELECT seq + 1, body, hash FROM entry ORDER BY seq DESC LIMIT 1",
            Some(journal.query::<u32>("SELECT max(seq) + 1 FROM entry")[0].into()),
        ),
        // With its end cut off the chain is still whole, but the projections differ.
        (
            "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)",
            None,
        ),
    ] {
        let wrong = journal.after(&journal.unguarded(sql)).expect_err(sql);
        assert_eq!(wrong.entry, entry, "{sql}: {wrong}");
    }
}

#[tokio::test]
async fn any_altered_field_of_any_row_is_found() {
    let journal = Copies::of_a_journal().await;
    for (table, place) in [
        ("sale", "number = 1"),
        ("invoice", "attempt = 2"),
        ("refund", "refund = 2"),
    ] {
        let columns: Vec<String> =
            journal.query(&format!("SELECT name FROM pragma_table_info('{table}')"));
        for column in columns {
            let sql = format!(
                "UPDATE {table} SET {column} =
                   CASE (SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}')
                   WHEN 'INTEGER' THEN coalesce({column}, 0) + 10
                   ELSE coalesce({column}, '') || 'x' END
                 WHERE {place}"
            );
            let wrong = journal.after(&sql).expect_err(&sql);
            assert!(wrong.place.starts_with("sale "), "{sql}: {wrong}");
        }
    }
    for sql in [
        "DELETE FROM sale WHERE number = 2",
        "DELETE FROM invoice WHERE attempt = 2",
        "INSERT INTO invoice SELECT 99, attempt, gateway, phase, requested_at_unix_ms, amount_minor, NULL,
           pay_url, expires_at_unix, test, stopped, pay_status, processing_status, crypto, network,
           crypto_amount, network_fee, ended_at_unix_ms, paid_at_unix_ms, paid_seq, late, again, settled,
           failure, watched FROM invoice WHERE sale = 2",
    ] {
        journal.after(sql).expect_err(sql);
    }
}

#[tokio::test]
async fn the_guards_must_be_there() {
    let journal = Copies::of_a_journal().await;
    for sql in [
        "UPDATE entry SET body = body WHERE seq = 1",
        "DELETE FROM entry WHERE seq = 1",
    ] {
        let refused = sqlite3(&journal.original, sql);
        assert!(!refused.status.success(), "{sql}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains("entries are never"));
    }
    for sql in [
        "DROP TRIGGER entry_is_never_changed",
        "DROP TRIGGER entry_is_never_deleted",
        "CREATE TRIGGER more AFTER INSERT ON entry BEGIN DELETE FROM sale; END",
    ] {
        journal.after(sql).expect_err(sql);
    }
}

#[tokio::test]
async fn the_program_says_so_and_ends_so() {
    let journal = Copies::of_a_journal().await;
    let verify = |sql: &str| {
        journal.worked_on(sql);
        let (code, out, errors) = run(journal.desktop.ringup().args(["verify", "--json"]));
        assert_eq!(errors, "");
        let answer: Value = serde_json::from_str(&out).unwrap();
        (code, answer)
    };
    let (code, answer) = verify("SELECT 1");
    assert_eq!((code, &answer["ok"]), (0, &Value::Bool(true)), "{answer}");
    assert_eq!(answer["sales"], 5);
    let entries: Vec<i64> = journal.query("SELECT count(*) FROM entry");
    assert_eq!(answer["entries"], entries[0]);
    let head: Vec<String> =
        journal.query("SELECT lower(hex(hash)) FROM entry ORDER BY seq DESC LIMIT 1");
    assert_eq!(answer["head"], head[0]);

    for (change, seq) in [
        ("body = json_set(body, '$.amount_minor', 1)", 2),
        ("body = json_set(body, '$.at_unix_ms', 1)", 5),
        ("hash = zeroblob(32)", 3),
    ] {
        let sql = format!("UPDATE entry SET {change} WHERE seq = {seq}");
        let (code, answer) = verify(&journal.unguarded(&sql));
        assert_eq!((code, &answer["ok"]), (1, &Value::Bool(false)));
        assert_eq!(answer["entry"], seq, "{answer}");
        let (code, out, _) = run(journal.desktop.ringup().arg("verify"));
        assert_eq!(code, 1);
        assert!(out.contains(&format!("entry {seq}")), "{out}");
    }
    let (code, answer) = verify("UPDATE sale SET state = 'paid' WHERE state = 'review'");
    assert_eq!((code, &answer["entry"]), (1, &Value::Null));
    assert_eq!(answer["place"], "sale 3, field state");
}

#[test]
fn without_a_journal_there_is_nothing_to_verify() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    let (code, out, errors) = run(desktop.ringup().arg("verify"));
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(!errors.is_empty());
    let journal = desktop.data_dir().join("journal.sqlite");
    assert!(!journal.exists(), "looking makes none");

    std::fs::write(&journal, "no journal at all").unwrap();
    assert_eq!(run(desktop.ringup().arg("verify")).0, 1);
    assert_eq!(std::fs::read(&journal).unwrap(), b"no journal at all");
}
