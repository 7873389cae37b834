//! Every single field is tampered with, and verifying names it.

use rusqlite::{Connection, params};

use super::*;

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
            assert_eq!(failure(&shop.path).entry, Some(u64::from(*seq)), "{other}");
            set(body).expect("restored");
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried} alterations were tried");
    // Only the triggers are still missing.
    assert!(failure(&shop.path).place.starts_with("trigger"));
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
        assert_eq!(failure(&shop.path).entry, Some(entry), "{sql}");
    }
}

#[test]
fn any_field_of_any_row_that_is_altered_is_named() {
    let shop = Shop::new();
    let mut file = shop.open();
    let sale = sell(&mut file, true);
    refund(&mut file, &sale, 250);
    drop(file);
    let whole = std::fs::read(&shop.path).expect("readable");
    let failure_after = |sql: &str| {
        let raw = Connection::open(&shop.path).expect("opens");
        raw.execute(sql, []).expect("altered");
        drop(raw);
        let failure = failure(&shop.path);
        std::fs::write(&shop.path, &whole).expect("restored");
        failure
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
            let failure = failure_after(&format!("UPDATE {table} SET {column} = {other}{one}"));
            let key = matches!(
                column.as_str(),
                "number" | "sale" | "attempt" | "refund" | "seq"
            );
            assert!(
                key || failure.place.ends_with(&format!("field {column}")),
                "{column}: {failure}"
            );
            tried += 1;
        }
        failure_after(&format!("DELETE FROM {table}"));
    }
    assert_eq!(tried, 74, "every column was tried");
    assert!(verify_file(&shop.path).expect("readable").is_ok());
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
        assert_eq!(failure(&shop.path).place, "table sale_note", "{sql}");
    }
}

#[test]
fn a_verify_asks_for_no_lock_and_sees_one_moment() {
    let shop = Shop::new();
    let mut file = shop.open();
    sell(&mut file, true);
    let seller = Connection::open(&shop.path).expect("opens");
    seller.execute_batch("BEGIN IMMEDIATE").expect("locked");
    seller.execute("DELETE FROM movement", []).expect("deleted");
    assert!(verify_file(&shop.path).expect("readable").is_ok());
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
        amount_minor: None,
    };
    let refund_unknown = Event::RefundTakenBack {
        sale: second.id,
        refund: second.next_refund(),
        reason: "none".into(),
    };
    let of_no_sale = Event::PaymentSeen {
        sale: crate::ids::SaleId::new(),
    };
    let author = file.author();
    drop(file);
    let whole = std::fs::read(&shop.path).expect("readable");
    // Of several wrong entries the first is named, whichever sale it is of.
    for events in [
        vec![of_no_sale.clone(), opened_again.clone()],
        vec![opened_again.clone(), refund_unknown.clone()],
        vec![refund_unknown, opened_again, of_no_sale],
    ] {
        let raw = Connection::open(&shop.path).expect("opens");
        entries::append(&raw, &author, UnixMs(9000), events).expect("chained");
        drop(raw);
        assert_eq!(failure(&shop.path).entry, Some(last + 1));
        std::fs::write(&shop.path, &whole).expect("restored");
    }
}
