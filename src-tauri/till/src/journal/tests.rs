//! The journal on real files: durable settings, refusals, tampering of every single field.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::file::NewSale;
use super::*;
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, InvoiceId, SaleNumber, TapId};
use crate::money::{Currency, Money};
use crate::sale::{Event, Purpose, RefundWay, Report, Sale, SaleState, hear};

pub(super) struct Shop {
    _folder: tempfile::TempDir,
    pub(super) path: PathBuf,
}

impl Shop {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data").join("journal.sqlite");
        Self {
            _folder: folder,
            path,
        }
    }

    pub(super) fn open(&self) -> JournalFile {
        self.try_open().expect("opens")
    }

    fn try_open(&self) -> Result<JournalFile, JournalError> {
        JournalFile::open(&self.path, Purpose::Live, UnixMs(1000))
    }

    /// A hand on the file that the till does not hold, with nothing to stop it.
    pub(super) fn raw(&self) -> Connection {
        let raw = Connection::open(&self.path).expect("opens");
        raw.execute_batch(
            "DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_deleted;",
        )
        .expect("no triggers");
        raw
    }
}

pub(super) fn new_sale(tap: TapId) -> NewSale {
    NewSale {
        tap,
        amount: Money::from_minor(1250, Currency::Eur),
        note: Some("Tisch 4; ёлка".into()),
        lines: Vec::new(),
        discount_minor: 0,
        tip_minor: 0,
        tax: None,
        gateway: "api.cru.cash".into(),
        lifetime_minutes: 15,
    }
}

pub(super) fn opened(opened: Opened) -> Sale {
    match opened {
        Opened::New(sale) | Opened::Before(sale) => sale,
    }
}

pub(super) fn sell(file: &mut JournalFile, paid: bool) -> Sale {
    let sale = opened(
        file.open_sale(new_sale(TapId::new()), UnixMs(2000))
            .expect("opened"),
    );
    let (id, attempt) = (sale.id, AttemptNumber(1));
    let invoice_id = InvoiceId(format!("i-{}", sale.number));
    let given = Event::InvoiceOpened {
        sale: id,
        attempt,
        invoice_id: invoice_id.clone(),
        pay_url: "https://pay.cru.cash/invoice/i".into(),
        expires_at_unix: Some(900),
        test: false,
        clock_offset_ms: Some(-40),
    };
    let (sale, _) = file
        .record(id, UnixMs(3000), |_| vec![given])
        .expect("recorded");
    let report = Report {
        id: invoice_id,
        pay_status: "paid".into(),
        is_paid: true,
        is_testing: Some(false),
        fiat_amount: Some("12.5".into()),
        fiat_currency: Some("EUR".into()),
        processing_status: Some("processing".into()),
        crypto: Some("USDT".into()),
        network: Some("TRC20".into()),
        crypto_amount: Some("13.58".into()),
        network_fee: Some("1".into()),
    };
    if !paid {
        return sale;
    }
    let heard = file.record(id, UnixMs(4000), |sale| hear(sale, attempt, &report));
    heard.expect("recorded").0
}

pub(super) fn give_back(file: &mut JournalFile, sale: &Sale, amount_minor: i64) {
    let refunded = Event::SaleRefunded {
        sale: sale.id,
        refund: sale.next_refund(),
        amount_minor,
        way: RefundWay::Cash,
        reason: "one was broken".into(),
    };
    file.record(sale.id, UnixMs(5000), |_| vec![refunded])
        .expect("recorded");
}

pub(super) fn wrong(path: &Path) -> Wrong {
    verify_file(path)
        .expect("readable")
        .expect_err("something is wrong")
}

#[test]
fn what_is_written_is_there_after_opening_again() {
    let shop = Shop::new();
    let mut file = shop.open();
    let paid = sell(&mut file, true);
    let open = sell(&mut file, false);
    let till = file.till();
    drop(file);

    let file = shop.open();
    assert_eq!(file.till(), till);
    assert_eq!(file.sale(SaleNumber(1)).expect("readable"), Some(paid));
    assert_eq!(file.open_sales().expect("readable"), vec![open]);
    let watched = file
        .watched("api.cru.cash", UnixMs(5000))
        .expect("readable");
    assert_eq!(
        watched.iter().map(|w| w.stage).collect::<Vec<_>>(),
        [Stage::Paid, Stage::Open]
    );
    assert_eq!(
        file.watched("elsewhere", UnixMs(5000)).expect("readable"),
        []
    );
    let verified = file.verify().expect("readable").expect("whole");
    assert_eq!((verified.entries, verified.sales), (8, 2));
}

#[test]
fn commits_are_durable() {
    let shop = Shop::new();
    drop(shop.open());
    let connection = Connection::open(&shop.path).expect("opens");
    schema::prepare(&connection).expect("prepared");
    let pragma = |name: &str| {
        let value = connection
            .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0));
        format!("{:?}", value.expect("a value"))
    };
    assert_eq!(pragma("journal_mode"), r#"Text("wal")"#);
    assert_eq!(pragma("synchronous"), "Integer(2)");
}

#[test]
fn the_same_tap_is_the_same_sale() {
    let shop = Shop::new();
    let mut file = shop.open();
    let tap = TapId::new();
    let first = file.open_sale(new_sale(tap), UnixMs(1)).expect("opened");
    let again = file.open_sale(new_sale(tap), UnixMs(2)).expect("found");
    assert!(matches!(first, Opened::New(_)) && matches!(again, Opened::Before(_)));
    assert_eq!(opened(first), opened(again));
}

#[test]
fn two_programs_write_one_chain() {
    let shop = Shop::new();
    drop(shop.open());
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let mut file = shop.open();
            std::thread::spawn(move || (0..10).for_each(|_| drop(sell(&mut file, true))))
        })
        .collect();
    for thread in threads {
        thread.join().expect("sold");
    }
    let verified = verify_file(&shop.path).expect("readable").expect("whole");
    assert_eq!((verified.entries, verified.sales), (1 + 40 * 4, 40));
}

#[test]
fn an_entry_that_cannot_follow_is_never_on_the_disk() {
    let shop = Shop::new();
    let mut file = shop.open();
    let sale = opened(
        file.open_sale(new_sale(TapId::new()), UnixMs(1))
            .expect("opened"),
    );
    let again = Event::InvoiceRequested {
        sale: sale.id,
        attempt: AttemptNumber(7),
        gateway: "api.cru.cash".into(),
        lifetime_minutes: 15,
    };
    assert!(file.record(sale.id, UnixMs(2), |_| vec![again]).is_err());
    assert_eq!(file.entries(sale.id).expect("readable").len(), 2);
    assert!(file.verify().expect("readable").is_ok());
}

#[test]
fn entries_refuse_to_be_changed_or_deleted() {
    let shop = Shop::new();
    sell(&mut shop.open(), true);
    let connection = Connection::open(&shop.path).expect("opens");
    for sql in [
        "UPDATE entry SET body = '{}'",
        "DELETE FROM entry WHERE seq = 3",
    ] {
        let error = connection
            .execute(sql, [])
            .expect_err("refused")
            .to_string();
        assert!(error.contains("entries are never"), "{error}");
    }
}

/// Every value of an entry, one after the other, made another.
fn altered(value: &serde_json::Value) -> Vec<serde_json::Value> {
    use serde_json::{Value, json};
    match value {
        Value::Object(fields) => {
            let mut all = Vec::new();
            for (name, field) in fields {
                for other in altered(field) {
                    let mut fields = fields.clone();
                    fields.insert(name.clone(), other);
                    all.push(Value::Object(fields));
                }
                let mut fewer = fields.clone();
                fewer.remove(name);
                all.push(Value::Object(fewer));
            }
            all
        }
        Value::String(text) => vec![json!(format!("{text}0"))],
        Value::Number(number) => vec![json!(number.as_i64().expect("whole") + 1)],
        Value::Bool(word) => vec![json!(!word)],
        other => panic!("an entry holds no {other}"),
    }
}

#[test]
fn any_field_of_any_entry_that_is_altered_is_named() {
    let shop = Shop::new();
    let mut file = shop.open();
    sell(&mut file, true);
    sell(&mut file, false);
    drop(file);
    let raw = shop.raw();
    let entries: Vec<(u32, String)> = raw
        .prepare("SELECT seq, body FROM entry")
        .and_then(|mut all| {
            all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .expect("readable");
    let mut tried = 0;
    for (seq, body) in &entries {
        let fields = serde_json::from_str(body).expect("JSON");
        for other in altered(&fields) {
            let set = |text: &str| {
                raw.execute(
                    "UPDATE entry SET body = ?2 WHERE seq = ?1",
                    params![seq, text],
                )
            };
            set(&other.to_string()).expect("altered");
            assert_eq!(wrong(&shop.path).entry, Some(u64::from(*seq)), "{other}");
            set(body).expect("restored");
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried} alterations were tried");
    // Only the triggers are still missing.
    assert!(wrong(&shop.path).place.starts_with("trigger"));
}

#[test]
fn entries_that_are_missing_moved_or_hashed_anew_are_named() {
    for (sql, entry) in [
        ("DELETE FROM entry WHERE seq = 3", 3),
        ("DELETE FROM entry WHERE seq = 1", 1),
        ("UPDATE entry SET seq = 99 WHERE seq = 4", 4),
        ("UPDATE entry SET hash = zeroblob(32) WHERE seq = 2", 2),
        ("UPDATE entry SET hash = zeroblob(32) WHERE seq = 5", 5),
    ] {
        let shop = Shop::new();
        sell(&mut shop.open(), true);
        shop.raw().execute(sql, []).expect("altered");
        assert_eq!(wrong(&shop.path).entry, Some(entry), "{sql}");
    }
}

#[test]
fn any_field_of_any_row_that_is_altered_is_named() {
    let shop = Shop::new();
    let mut file = shop.open();
    let sale = sell(&mut file, true);
    give_back(&mut file, &sale, 250);
    drop(file);
    let whole = std::fs::read(&shop.path).expect("readable");
    let wrong_after = |sql: &str| {
        let raw = Connection::open(&shop.path).expect("opens");
        raw.execute(sql, []).expect("altered");
        drop(raw);
        let wrong = wrong(&shop.path);
        std::fs::write(&shop.path, &whole).expect("restored");
        wrong
    };
    let mut tried = 0;
    for (table, one) in [
        ("sale", ""),
        ("invoice", ""),
        ("refund", ""),
        ("movement", " WHERE moved = 'paid'"),
    ] {
        // Closed before the file is replaced under it.
        let columns: Vec<(String, String)> = Connection::open(&shop.path)
            .expect("opens")
            .prepare(&format!(
                "SELECT name, type FROM pragma_table_info('{table}')"
            ))
            .and_then(|mut all| {
                all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect()
            })
            .expect("columns");
        for (column, kind) in columns {
            let other = if kind == "TEXT" { "'other'" } else { "4711" };
            let wrong = wrong_after(&format!("UPDATE {table} SET {column} = {other}{one}"));
            let key = matches!(
                column.as_str(),
                "number" | "sale" | "attempt" | "refund" | "seq"
            );
            assert!(
                key || wrong.place.ends_with(&format!("field {column}")),
                "{column}: {wrong}"
            );
            tried += 1;
        }
        wrong_after(&format!("DELETE FROM {table}"));
    }
    assert_eq!(tried, 65, "every column was tried");
    assert!(verify_file(&shop.path).expect("readable").is_ok());
}

#[test]
fn a_torn_end_is_noticed_when_the_journal_is_opened() {
    let shop = Shop::new();
    sell(&mut shop.open(), true);
    shop.raw()
        .execute("UPDATE entry SET hash = zeroblob(32) WHERE seq = 4", [])
        .expect("altered");
    assert!(matches!(shop.try_open(), Err(JournalError::Corrupt(_))));
}

#[test]
fn a_newer_journal_is_refused_and_left_alone() {
    let shop = Shop::new();
    drop(shop.open());
    let raw = Connection::open(&shop.path).expect("opens");
    raw.pragma_update(None, "user_version", FORMAT + 1)
        .expect("set");
    drop(raw);
    let before = std::fs::read(&shop.path).expect("readable");
    assert!(
        matches!(shop.try_open(), Err(JournalError::Newer { found, known }) if (found, known) == (FORMAT + 1, FORMAT))
    );
    assert_eq!(std::fs::read(&shop.path).expect("readable"), before);
}

#[test]
fn what_is_not_a_journal_is_refused_and_left_alone() {
    let text = b"Dear diary, this is no database at all. ".repeat(50);
    let shop = Shop::new();
    drop(shop.open());
    for suffix in ["-wal", "-shm"] {
        std::fs::remove_file(format!("{}{suffix}", shop.path.display())).ok();
    }
    std::fs::write(&shop.path, &text).expect("written");
    assert!(matches!(shop.try_open(), Err(JournalError::NotAJournal)));
    assert_eq!(std::fs::read(&shop.path).expect("readable"), text);

    std::fs::remove_file(&shop.path).expect("removed");
    let other = Connection::open(&shop.path).expect("opens");
    other
        .execute_batch("CREATE TABLE recipes (name TEXT);")
        .expect("made");
    drop(other);
    assert!(matches!(shop.try_open(), Err(JournalError::NotAJournal)));
}

#[test]
fn practice_and_real_money_share_no_journal() {
    let shop = Shop::new();
    drop(shop.open());
    let practice = JournalFile::open(&shop.path, Purpose::Practice, UnixMs(1));
    assert!(matches!(practice, Err(JournalError::NotAJournal)));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let shop = Shop::new();
    let mut file = shop.open();
    sell(&mut file, true);
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let folder = shop.path.parent().expect("a folder");
    assert_eq!(mode(folder), 0o700);
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[tokio::test]
async fn the_thread_answers_in_order_and_survives_a_caller_that_left() {
    let shop = Shop::new();
    let journal = Journal::open(shop.path.clone(), Purpose::Live, UnixMs(1))
        .await
        .expect("opens");
    let gone = journal.call(|file| file.open_sale(new_sale(TapId::new()), UnixMs(2)).map(drop));
    drop(tokio::time::timeout(std::time::Duration::ZERO, gone).await);
    let second = journal
        .call(|file| {
            file.open_sale(new_sale(TapId::new()), UnixMs(3))
                .map(opened)
        })
        .await
        .expect("opened");
    assert_eq!(
        (second.number, second.state()),
        (SaleNumber(2), SaleState::Requesting)
    );
}

#[test]
fn a_journal_of_the_first_format_is_renewed_and_loses_nothing() {
    let shop = Shop::new();
    let old = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/it/journals/format-1.sqlite"
    );
    std::fs::create_dir(shop.path.parent().expect("a folder")).expect("made");
    std::fs::copy(old, &shop.path).expect("copied");
    let entries = |path: &Path| -> Vec<(String, Vec<u8>)> {
        Connection::open(path)
            .expect("opens")
            .prepare("SELECT body, hash FROM entry ORDER BY seq")
            .and_then(|mut all| {
                all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect()
            })
            .expect("entries")
    };
    let before = entries(&shop.path);

    let file = shop.open();
    assert!(file.verify().expect("readable").is_ok());
    let after = entries(&shop.path);
    assert_eq!(after[..before.len()], before, "no entry was touched");
    assert_eq!(after.len(), before.len() + 2, "two payments had been seen");
    assert!(file.unseen_sales().expect("read").is_empty());
    let states: Vec<_> = (1..=6)
        .map(|number| file.sale(SaleNumber(number)).expect("read").expect("there"))
        .map(|sale| (sale.state(), sale.amount.minor()))
        .collect();
    use SaleState::{Awaiting, Ended, Paid};
    let expected = [
        (Paid, 1250),
        (Paid, 120_000),
        (Ended, 300),
        (Awaiting, 777),
        (Awaiting, 500),
        (Awaiting, 999),
    ];
    assert_eq!(states, expected);

    let copy = shop.path.with_extension("format-1.sqlite");
    assert_eq!(entries(&copy), before, "the shop can go back");
}

#[test]
fn a_journal_that_is_refused_is_kept_byte_for_byte() {
    let refused = |work: &str| {
        let shop = Shop::new();
        let mut file = shop.open();
        let sale = file.open_sale(new_sale(TapId::new()), UnixMs(2));
        sale.expect("sold");
        drop(file);
        // Left as a program leaves it that was killed: part of it stands beside the file.
        let raw = shop.raw();
        raw.execute_batch(work).expect(work);
        let part = |suffix: &str| PathBuf::from(format!("{}{suffix}", shop.path.display()));
        let bytes = || ["", "-wal"].map(|suffix| std::fs::read(part(suffix)).expect("there"));
        let kept = shop.path.with_extension("kept");
        std::fs::copy(part("-wal"), &kept).expect("copied");
        let before = std::fs::read(&shop.path).expect("there");
        drop(raw);
        std::fs::write(&shop.path, before).expect("written");
        std::fs::rename(&kept, part("-wal")).expect("renamed");

        let before = bytes();
        let why = shop.try_open().expect_err(work);
        assert!(bytes() == before, "{work}");
        why
    };
    let newer = refused("PRAGMA user_version = 99");
    assert!(matches!(newer, JournalError::Newer { found: 99, .. }));
    let torn = refused("UPDATE entry SET hash = zeroblob(32) WHERE seq = 3");
    assert!(matches!(torn, JournalError::Corrupt(_)), "{torn}");
    let foreign = refused("PRAGMA application_id = 7");
    assert!(matches!(foreign, JournalError::NotAJournal), "{foreign}");
}

#[test]
fn an_index_that_is_not_of_the_notes_is_named() {
    for sql in [
        "INSERT INTO sale_note (sale_note, rowid, note) VALUES ('delete', 1, 'Tisch 4; ёлка')",
        "INSERT INTO sale_note (rowid, note) VALUES (1, 'another table')",
        "INSERT INTO sale_note (rowid, note) VALUES (7, 'of no sale')",
    ] {
        let shop = Shop::new();
        sell(&mut shop.open(), true);
        let raw = Connection::open(&shop.path).expect("opens");
        raw.execute(sql, []).expect("altered");
        assert_eq!(wrong(&shop.path).place, "table sale_note", "{sql}");
    }
}

#[test]
fn a_well_chained_entry_that_cannot_follow_is_named() {
    let shop = Shop::new();
    let mut file = shop.open();
    let [first, second] = [(); 2].map(|()| sell(&mut file, true));
    let last = file.last_seq().expect("readable");
    let opened_again = Event::InvoiceRequested {
        sale: first.id,
        attempt: AttemptNumber(9),
        gateway: "api.cru.cash".into(),
        lifetime_minutes: 15,
    };
    let refund_unknown = Event::RefundTakenBack {
        sale: second.id,
        refund: second.next_refund(),
        reason: "none".into(),
    };
    let of_no_sale = Event::PaymentSeen {
        sale: crate::ids::SaleId::new(),
    };
    let till = file.till();
    drop(file);
    let whole = std::fs::read(&shop.path).expect("readable");
    // Of several wrong entries the first is named, whichever sale it is of.
    for events in [
        vec![of_no_sale.clone(), opened_again.clone()],
        vec![opened_again.clone(), refund_unknown.clone()],
        vec![refund_unknown, opened_again, of_no_sale],
    ] {
        let raw = Connection::open(&shop.path).expect("opens");
        file::append(&raw, till, UnixMs(9000), events).expect("chained");
        drop(raw);
        assert_eq!(wrong(&shop.path).entry, Some(last + 1));
        std::fs::write(&shop.path, &whole).expect("restored");
    }
}
