//! The book keeps the same promises on both databases. Each promise is a function of a book, asked of a new one in
//! PostgreSQL and of a new one in SQLite.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};

use ringup_core::clock::UnixMs;
use ringup_core::ids::TillId;
use ringup_core::office::{Batch, BatchFault, EntryHash};
use ringup_core::sale::Purpose;
use ringup_office::store::{
    AppendError, Head, PairError, Store, StoreError, Token, TokenError, VERSION,
};
use ringup_testkit::Postgres;
use secrecy::SecretString;

use office_tests::TestTill;

pub(crate) const NOW: UnixMs = UnixMs(1_700_000_000_000);

/// The PostgreSQL that the tests share while any of them needs it.
static POSTGRES: Mutex<Weak<Postgres>> = Mutex::new(Weak::new());
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A PostgreSQL with an empty database: its name, and how programs reach it.
pub(crate) fn new_database() -> (Arc<Postgres>, String, String) {
    // One after the other: a new database is copied from one that nobody else may use meanwhile.
    let mut shared = POSTGRES.lock().unwrap();
    let postgres = shared
        .upgrade()
        .unwrap_or_else(|| Arc::new(Postgres::start()));
    *shared = Arc::downgrade(&postgres);
    let name = format!("book_{}", DATABASES.fetch_add(1, Ordering::SeqCst));
    let url = postgres.database(&name);
    (postgres, name, url)
}

/// Asks a promise of a new book in a file, and of a new one in PostgreSQL.
pub(crate) async fn on_both(promise: impl AsyncFn(&Store)) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("office.sqlite")).await;
    promise(&store.unwrap()).await;
    let (_postgres, _, url) = new_database();
    promise(&Store::postgres(&url).await.unwrap()).await;
}

/// A till's token, by a pairing code that was shown for it.
pub(crate) async fn paired(store: &Store, till: TillId) -> Token {
    let secret = SecretString::from(format!("code of {till}, {:?}", rand_text()));
    store.offer_pairing(&secret, "Stall", NOW).await.unwrap();
    Token::of(&store.pair(&secret, till, NOW).await.unwrap().0)
}

fn rand_text() -> String {
    TillId::new().to_string()
}

/// What the book holds of a till.
pub(crate) async fn bodies(store: &Store, till: TillId) -> Vec<String> {
    store.entries(till, 1, 1_000_000).await.unwrap()
}

/// Sends all that is missing.
pub(crate) async fn send_all(store: &Store, token: &Token, till: &TestTill) {
    loop {
        let head = store.head(till.id()).await.unwrap();
        let Some(batch) = Batch::after(&till.journal, head.seq).unwrap() else {
            return;
        };
        store.append(token, &batch, NOW).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn journals_arrive_whole() {
    on_both(async |store: &Store| {
        let (mut one, mut other) = (TestTill::new(), TestTill::new());
        let (token_one, token_other) = (
            paired(store, one.id()).await,
            paired(store, other.id()).await,
        );
        one.sell(250);
        other.sell(3);
        send_all(store, &token_one, &one).await;
        send_all(store, &token_other, &other).await;
        one.sell(2);
        send_all(store, &token_one, &one).await;
        for till in [&one, &other] {
            assert_eq!(bodies(store, till.id()).await, till.bodies());
            let head = store.head(till.id()).await.unwrap();
            assert_eq!(head.seq, till.entries());
            assert_eq!(head.hash.to_string(), till.journal.head().unwrap().hex());
        }
        let book = store.verify(NOW).await.unwrap();
        assert_eq!(book.entries, one.entries() + other.entries());
        assert_eq!((book.tills, book.faults), (2, vec![]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_twice_is_taken_once_and_an_overlap_adds_its_rest() {
    on_both(async |store: &Store| {
        let mut till = TestTill::new();
        let token = paired(store, till.id()).await;
        till.sell(2);
        let first = till.batch(0);
        assert_eq!(store.append(&token, &first, NOW).await.unwrap().added, 7);
        let again = store.append(&token, &first, NOW).await.unwrap();
        assert_eq!((again.added, again.head.seq), (0, 7));
        till.sell(1);
        assert_eq!(
            store
                .append(&token, &till.batch(4), NOW)
                .await
                .unwrap()
                .added,
            3
        );
        // An old one that was on its way for long.
        let late = store.append(&token, &first, NOW).await.unwrap();
        assert_eq!((late.added, late.head.seq), (0, 10));
        assert_eq!(bodies(store, till.id()).await, till.bodies());
        assert_eq!(store.alarms().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_is_asked_for() {
    on_both(async |store: &Store| {
        let mut till = TestTill::new();
        let token = paired(store, till.id()).await;
        till.sell(2);
        let nothing = Head {
            seq: 0,
            hash: EntryHash::BEFORE_FIRST,
        };
        let refused = store.append(&token, &till.batch(3), NOW).await;
        assert_eq!(refused, Err(AppendError::Gap(nothing)));
        assert_eq!(bodies(store, till.id()).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn senders_of_one_till_that_meet_are_run_again_and_leave_one_chain() {
    on_both(async |store: &Store| {
        let mut till = TestTill::new();
        let token = paired(store, till.id()).await;
        till.sell(40);
        let senders: Vec<_> = (0..5)
            .map(|sender| {
                let batches: Vec<_> = (0..6)
                    .map(|at| {
                        let mut batch = till.batch(at * 20);
                        let length = usize::try_from(15 + 3 * sender).unwrap();
                        batch.entries.truncate(length);
                        let hash = |hash: EntryHash, body: &String| hash.next(body);
                        batch.last = batch.entries.iter().fold(batch.previous, hash);
                        batch
                    })
                    .collect();
                let (store, token) = (store.clone(), token.clone());
                tokio::spawn(async move {
                    for batch in batches {
                        match store.append(&token, &batch, NOW).await {
                            Ok(_) | Err(AppendError::Gap(_)) => {}
                            Err(other) => panic!("{other}"),
                        }
                    }
                })
            })
            .collect();
        for sender in senders {
            sender.await.unwrap();
        }
        send_all(store, &token, &till).await;
        assert_eq!(bodies(store, till.id()).await, till.bodies());
        assert_eq!(store.verify(NOW).await.unwrap().faults, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cloned_till_is_put_into_quarantine_and_nothing_of_others_changes() {
    on_both(async |store: &Store| {
        let (mut till, mut other) = (TestTill::new(), TestTill::new());
        let token = paired(store, till.id()).await;
        let token_other = paired(store, other.id()).await;
        till.sell(2);
        let mut clone = till.cloned();
        till.sell(2);
        clone.sell(1);
        send_all(store, &token, &till).await;
        let forked = store.append(&token, &clone.batch(0), NOW).await;
        assert_eq!(forked, Err(AppendError::Forked { seq: 8 }));
        // And in the way that its own sender would come: right after what it believes to be the head.
        clone.sell(2);
        let forked = store.append(&token, &clone.batch(13), NOW).await;
        assert_eq!(forked, Err(AppendError::Forked { seq: 13 }));
        assert_eq!(bodies(store, till.id()).await, till.bodies());
        let alarms = store.alarms().await.unwrap();
        let raised: Vec<_> = alarms.iter().map(|it| (it.code.as_str(), it.seq)).collect();
        assert_eq!(raised, [("forked", 8), ("forked", 13)]);
        let row = |tills: Vec<ringup_office::store::TillRow>, id: TillId| {
            let id = id.to_string();
            tills.into_iter().find(|row| row.till == id).unwrap()
        };
        let found = row(store.tills().await.unwrap(), till.id());
        assert_eq!(found.quarantine.as_deref(), Some("forked"));
        // What goes on from the book is taken on, and the other till never noticed.
        till.sell(1);
        send_all(store, &token, &till).await;
        other.sell(1);
        send_all(store, &token_other, &other).await;
        assert_eq!(bodies(store, till.id()).await, till.bodies());
        assert_eq!(
            row(store.tills().await.unwrap(), other.id()).quarantine,
            None
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chain_that_was_rewritten_is_a_fork() {
    on_both(async |store: &Store| {
        let mut till = TestTill::new();
        let token = paired(store, till.id()).await;
        till.sell(2);
        send_all(store, &token, &till).await;
        let mut batch = till.batch(0);
        batch.entries[1] = batch.entries[1].replace("1250", "1249");
        let hash = |hash: EntryHash, body: &String| hash.next(body);
        batch.last = batch.entries.iter().fold(batch.previous, hash);
        let forked = store.append(&token, &batch, NOW).await;
        assert_eq!(forked, Err(AppendError::Forked { seq: 2 }));
        assert_eq!(bodies(store, till.id()).await, till.bodies());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chain_that_does_not_hold_is_refused_with_an_alarm() {
    on_both(async |store: &Store| {
        let mut till = TestTill::new();
        let token = paired(store, till.id()).await;
        till.sell(1);
        let mut batch = till.batch(0);
        batch.entries[1] = batch.entries[1].replace("1250", "1249");
        let refused = store.append(&token, &batch, NOW).await;
        let broken = BatchFault::ChainBroken { seq: 4 };
        assert_eq!(refused, Err(AppendError::Batch(broken)));
        assert_eq!(bodies(store, till.id()).await, Vec::<String>::new());
        assert_eq!(store.alarms().await.unwrap()[0].code, "chain_broken");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_practice_is_stored() {
    on_both(async |store: &Store| {
        let mut till = TestTill::with(Purpose::Practice);
        let token = paired(store, till.id()).await;
        till.sell(1);
        let refused = store.append(&token, &till.batch(0), NOW).await;
        assert_eq!(refused, Err(AppendError::Batch(BatchFault::Practice)));
        assert_eq!(bodies(store, till.id()).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_opens_its_own_till_until_it_is_taken_back() {
    on_both(async |store: &Store| {
        let (mut till, mut other) = (TestTill::new(), TestTill::new());
        let token = paired(store, till.id()).await;
        let token_other = paired(store, other.id()).await;
        till.sell(1);
        other.sell(1);
        let others = store.append(&token_other, &till.batch(0), NOW).await;
        let fault = BatchFault::OtherTill { seq: 1 };
        assert_eq!(others, Err(AppendError::Batch(fault)));
        let unknown = Token::of(&SecretString::from("guessed"));
        let refused = store.append(&unknown, &till.batch(0), NOW).await;
        assert_eq!(refused, Err(TokenError::Unknown.into()));
        store.append(&token, &till.batch(0), NOW).await.unwrap();
        till.sell(1);
        assert_eq!(store.revoke(till.id(), NOW).await, Ok(true));
        let refused = store.append(&token, &till.batch(4), NOW).await;
        assert_eq!(refused, Err(TokenError::Revoked.into()));
        assert_eq!(store.head(till.id()).await.unwrap().seq, 4);
        assert_eq!(store.revoke(till.id(), NOW).await, Ok(false));
        store
            .append(&token_other, &other.batch(0), NOW)
            .await
            .unwrap();
        // Paired anew, it goes on where it was; the old token stays closed.
        let anew = paired(store, till.id()).await;
        assert_eq!(
            store
                .append(&anew, &till.batch(4), NOW)
                .await
                .unwrap()
                .added,
            3
        );
        let refused = store.append(&token, &till.batch(4), NOW).await;
        assert_eq!(refused, Err(TokenError::Revoked.into()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pairing_code_works_once_and_not_for_long() {
    on_both(async |store: &Store| {
        let secret = SecretString::from("a code");
        store.offer_pairing(&secret, "Stall 3", NOW).await.unwrap();
        let till = TillId::new();
        let late = store.pair(&secret, till, UnixMs(NOW.0 + 1)).await.map(drop);
        assert_eq!(late, Err(PairError::CodeInvalid));
        assert_eq!(store.pair(&secret, till, NOW).await.unwrap().1, "Stall 3");
        let again = store.pair(&secret, TillId::new(), NOW).await.map(drop);
        assert_eq!(again, Err(PairError::CodeInvalid));
        let rows = store.tills().await.unwrap();
        assert_eq!(
            (rows.len(), rows[0].name.as_str(), rows[0].paired),
            (1, "Stall 3", true)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_kinds_are_kept_as_they_came_and_test_money_is_flagged() {
    on_both(async |store: &Store| {
        let till = TillId::new();
        let token = paired(store, till).await;
        let opened =
            format!(r#"{{"seq":1,"till":"{till}","kind":"journal_opened","purpose":"live"}}"#);
        let strange = format!(r#"{{"seq":2, "till":"{till}","kind":"drone_landed","test":true}}"#);
        let entries = vec![opened, strange];
        let hash = |hash: EntryHash, body: &String| hash.next(body);
        let batch = Batch {
            first: 1,
            previous: EntryHash::BEFORE_FIRST,
            last: entries.iter().fold(EntryHash::BEFORE_FIRST, hash),
            entries: entries.clone(),
        };
        store.append(&token, &batch, NOW).await.unwrap();
        assert_eq!(bodies(store, till).await, entries);
        assert_eq!(store.test_entries(till).await, Ok(1));
    })
    .await;
}

/// A row that somebody changes in the database, with what the check of the book says.
const FORGERIES: [(&str, &str, u64); 6] = [
    (
        "UPDATE entry SET body = replace(body, '1250', '1249') WHERE seq = 2",
        "entry_changed",
        2,
    ),
    (
        "UPDATE entry SET hash = (SELECT hash FROM entry WHERE seq = 1 AND till = 'T') WHERE seq = 3 AND till = 'T'",
        "entry_changed",
        3,
    ),
    (
        "DELETE FROM entry WHERE seq = 3 AND till = 'T'",
        "entry_missing",
        3,
    ),
    (
        "DELETE FROM entry WHERE seq > 5 AND till = 'T'",
        "entry_missing",
        6,
    ),
    (
        "UPDATE head SET seq = 5 WHERE till = 'T'",
        "head_changed",
        5,
    ),
    (
        "UPDATE head SET hash = (SELECT hash FROM entry WHERE seq = 1 AND till = 'T') WHERE till = 'T'",
        "head_changed",
        7,
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_changes_in_the_database_is_found_and_named() {
    for (forgery, code, seq) in FORGERIES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("office.sqlite");
        let (postgres, name, url) = new_database();
        for (store, is_postgres) in [
            (Store::postgres(&url).await.unwrap(), true),
            (Store::sqlite(&path).await.unwrap(), false),
        ] {
            let (mut till, mut other) = (TestTill::new(), TestTill::new());
            let token = paired(&store, till.id()).await;
            till.sell(2);
            send_all(&store, &token, &till).await;
            let token_other = paired(&store, other.id()).await;
            other.sell(9);
            let opening = other.batch(0);
            store.append(&token_other, &opening, NOW).await.unwrap();
            let forgery = forgery.replace("'T'", &format!("'{}'", till.id())).replace(
                "WHERE seq = 2",
                &format!("WHERE seq = 2 AND till = '{}'", till.id()),
            );
            if is_postgres {
                postgres.sql_in(&name, &forgery);
            } else {
                let file = rusqlite::Connection::open(&path).unwrap();
                assert_eq!(
                    file.execute(&forgery, []).unwrap(),
                    if seq == 6 { 2 } else { 1 }
                );
            }
            let book = store.verify(NOW).await.unwrap();
            let found: Vec<_> = book
                .faults
                .iter()
                .map(|it| (it.till.clone(), it.code, it.seq))
                .collect();
            assert_eq!(found, [(till.id().to_string(), code, seq)], "{forgery}");
            assert_eq!(store.alarms().await.unwrap().len(), 1);
            assert_eq!(bodies(&store, other.id()).await, other.bodies());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_book_of_a_newer_program_is_refused_and_one_of_this_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.sqlite");
    drop(Store::sqlite(&path).await.unwrap());
    drop(Store::sqlite(&path).await.unwrap());
    let file = rusqlite::Connection::open(&path).unwrap();
    let newer = VERSION + 1;
    file.execute(
        "UPDATE meta SET value = ?1 WHERE name = 'version'",
        [newer.to_string()],
    )
    .unwrap();
    let refused = Store::sqlite(&path).await.map(drop);
    assert_eq!(refused, Err(StoreError::Newer(newer)));
    let (postgres, name, url) = new_database();
    // Three offices that start at once on an empty database.
    let (a, b, c) = tokio::join!(
        Store::postgres(&url),
        Store::postgres(&url),
        Store::postgres(&url)
    );
    drop((a.unwrap(), b.unwrap(), c.unwrap()));
    postgres.sql_in(
        &name,
        &format!("UPDATE meta SET value = '{newer}' WHERE name = 'version'"),
    );
    let refused = Store::postgres(&url).await.map(drop);
    assert_eq!(refused, Err(StoreError::Newer(newer)));
}
