//! The kill trial in a size for every run of the tests; `cargo run -p office-tests --bin office-loop` makes it as long as one likes.

use std::path::PathBuf;

use office_tests::trial::{self, Book, Failed, Options, Stats};

async fn trial(kills: u32, book: Book, lie: bool) -> Result<Stats, Failed> {
    trial::run(&Options {
        program: PathBuf::from(env!("CARGO_BIN_EXE_office-loop")),
        kills,
        seed: 1,
        book,
        lie,
    })
    .await
}

/// Enough of everything happened that the result means something.
fn assert_tried(stats: &Stats) {
    assert!(stats.acknowledged > 25 && stats.unanswered > 5, "{stats:?}");
    assert!(
        stats.repeated > 0 && stats.reordered > 0 && stats.lost > 0,
        "{stats:?}"
    );
    assert!(
        stats.of_till.len() > 1 && stats.comparisons > 1,
        "{stats:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_of_tills_and_an_office_with_its_book_in_a_file_lose_and_double_nothing() {
    let stats = trial(25, Book::File, false).await.unwrap();
    assert_tried(&stats);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_of_tills_two_offices_and_their_postgresql_lose_and_double_nothing() {
    let stats = trial(25, Book::Postgres, false).await.unwrap();
    assert_tried(&stats);
    assert!(!stats.of_database.is_empty(), "{stats:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_primary_loses_nothing_when_its_synchronous_replica_takes_over() {
    let stats = trial(18, Book::SynchronousReplica, false).await.unwrap();
    assert_eq!(stats.of_database.get("lost_primary"), Some(&2), "{stats:?}");
}

/// The control: a replica that is not waited for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_asynchronous_replica_that_takes_over_is_caught() {
    let found = trial(90, Book::AsynchronousReplica, false).await.map(drop);
    assert!(matches!(found, Err(Failed::Lost { .. })), "{found:?}");
}

/// The control: an office that says too early that a batch is stored.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_that_acknowledges_before_the_commit_is_caught() {
    let found = trial(300, Book::File, true).await.map(drop);
    assert!(matches!(found, Err(Failed::Lost { .. })), "{found:?}");
}
