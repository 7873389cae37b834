//! Writing: durable, in one chain whichever program writes, and never an entry that cannot follow.

use rusqlite::Connection;

use super::*;
use crate::ids::SaleNumber;
use crate::sale::SaleState;

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
    let watched = file.watched("api.cru.cash").expect("readable");
    assert_eq!(
        watched.iter().map(|w| w.stage).collect::<Vec<_>>(),
        [PollStage::Paid, PollStage::Open]
    );
    assert_eq!(file.watched("elsewhere").expect("readable"), []);
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
    assert!(matches!(first, Opened::New(_)) && matches!(again, Opened::AlreadyOpened(_)));
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
        amount_minor: None,
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

// Only columns that differ are written; a row that is missing must be inserted whole.
#[test]
fn a_row_that_is_missing_is_inserted_again() {
    let shop = Shop::new();
    let mut file = shop.open();
    let sale = sell(&mut file, false);
    file.connection
        .execute_batch("DELETE FROM sale; DELETE FROM invoice")
        .expect("deleted");
    let stop = |_: &Sale| vec![Event::SaleStopped { sale: sale.id }];
    let (_, wrote) = file.record(sale.id, UnixMs(5), stop).expect("recorded");
    assert!(wrote);
    file.verify().expect("readable").expect("whole");
}
