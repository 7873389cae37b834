//! A copy of the book, made while the office runs, as docs/office-operations.md says; the book is lost after more has come,
//! and the copy takes its place.

use std::process::Command;

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::office::Batch;
use ringup_office::store::{AppendError, Store, Token};
use ringup_testkit::Postgres;

use crate::book::paired;
use office_tests::TestTill;

const NOW: UnixMs = UnixMs(1_700_000_000_000);

/// A till that has sent something, and whether the office took it.
async fn send_all(store: &Store, token: &Token, till: &TestTill) {
    let head = store.head(till.id()).await.unwrap();
    if let Some(batch) = Batch::after(&till.journal, head.seq).unwrap() {
        store.append(token, &batch, NOW).await.unwrap();
    }
}

/// A book whose copy is made by `copy`, which says where the book is then.
async fn is_made_whole_by_the_tills(store: Store, copy: impl AsyncFnOnce() -> Store) {
    store.signing_key("the key").await.unwrap();
    let mut till = TestTill::new();
    let token = paired(&store, till.id()).await;
    till.sell(5);
    send_all(&store, &token, &till).await;
    let restored = {
        // What comes after the copy is lost with the book.
        let restored = copy().await;
        till.sell(4);
        send_all(&store, &token, &till).await;
        drop(store);
        restored
    };
    let book = restored.verify(Clock::system().now()).await.unwrap();
    assert_eq!((book.entries, book.faults.as_slice()), (16, [].as_slice()));
    assert_eq!(restored.signing_key("another").await.unwrap(), "the key");
    // A till that goes on from what was signed is told what is missing, and sends it once more.
    till.sell(1);
    let ahead = restored.append(&token, &till.batch(28), NOW).await;
    assert!(matches!(ahead, Err(AppendError::Gap(_))), "{ahead:?}");
    send_all(&restored, &token, &till).await;
    let entries = restored.entries(till.id(), 1, 1000).await.unwrap();
    assert_eq!(entries, till.bodies());
    assert_eq!(restored.alarms().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_dump_of_postgresql_is_made_whole_by_the_tills() {
    let (lost, new) = (Postgres::start(), Postgres::start());
    let url = lost.database("office");
    let store = Store::postgres(&url).await.unwrap();
    is_made_whole_by_the_tills(store, async || {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("office.dump");
        lost.dump(&url, &file);
        let url = new.database("office");
        new.load(&url, &file);
        Store::postgres(&url).await.unwrap()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_copy_of_the_file_is_made_whole_by_the_tills() {
    let folder = tempfile::tempdir().unwrap();
    let (book, copy) = (
        folder.path().join("office.sqlite"),
        folder.path().join("copy.sqlite"),
    );
    let store = Store::sqlite(&book).await.unwrap();
    is_made_whole_by_the_tills(store, async || {
        let copied = Command::new("sqlite3")
            .arg(&book)
            .arg(format!(".backup {}", copy.display()))
            .status();
        assert!(copied.unwrap().success());
        Store::sqlite(&copy).await.unwrap()
    })
    .await;
}
