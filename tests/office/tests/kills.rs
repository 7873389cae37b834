//! The kill trial in a size for every run of the tests; `cargo run -p office-tests --bin office-loop` makes it as long as one likes.

use std::path::PathBuf;

use office_tests::trial::{self, Failed, Options, Stats};

async fn trial(kills: u32, postgres: bool, lie: bool) -> Result<Stats, Failed> {
    trial::run(&Options {
        program: PathBuf::from(env!("CARGO_BIN_EXE_office-loop")),
        kills,
        seed: 1,
        postgres,
        lie,
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_of_an_office_with_its_book_in_a_file_lose_and_double_nothing() {
    let stats = trial(24, false, false).await.unwrap();
    assert!(
        stats.acknowledged > 100 && stats.unanswered > 20,
        "{stats:?}"
    );
    assert!(stats.at_random > 2 && stats.at.len() > 2, "{stats:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_of_an_office_and_its_postgresql_lose_and_double_nothing() {
    let stats = trial(16, true, false).await.unwrap();
    assert!(
        stats.acknowledged > 100 && stats.unanswered > 20,
        "{stats:?}"
    );
    assert!(stats.of_database > 2 && stats.repeated > 20, "{stats:?}");
}

/// The control: an office that says too early that a batch is stored.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_that_acknowledges_before_the_commit_is_caught() {
    let found = trial(60, false, true).await.map(drop);
    assert!(matches!(found, Err(Failed::Lost { .. })), "{found:?}");
}
