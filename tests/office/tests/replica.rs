//! What the office signs, a synchronous replica has.

use std::time::Duration;

use ringup_core::clock::UnixMs;
use ringup_office::store::Store;
use ringup_testkit::{Postgres, wait_until};

use crate::book::paired;
use office_tests::TestTill;

const NOW: UnixMs = UnixMs(1_700_000_000_000);

/// A primary that comes back without its replica shows what the replica never got, and nobody was told about. It may be lost
/// the next moment: nothing of it is signed until a replica has it, whoever asks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_acknowledged_that_a_synchronous_replica_has_not() {
    let mut primary = Postgres::start_with(&["synchronous_standby_names=*"]);
    let mut replica = primary.replica();
    let store = Store::postgres(&primary.url()).await.unwrap();
    let mut till = TestTill::new();
    let token = paired(&store, till.id()).await;
    till.sell(2);
    let batch = till.batch(0);
    replica.kill();
    let waiting = {
        let (store, token, batch) = (store.clone(), token.clone(), batch.clone());
        tokio::spawn(async move { store.append(&token, &batch, NOW).await })
    };
    wait_until("the commit waits for the replica", || {
        let waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        primary.sql(waits) != "0"
    });
    let patience = Duration::from_millis(700);
    tokio::time::sleep(patience).await;
    assert!(!waiting.is_finished(), "{:?}", waiting.await);
    primary.kill();
    waiting.abort();
    primary.restart();
    // The entries are there for everybody to see.
    assert_eq!(store.head(till.id()).await.unwrap().seq, 7);
    let again = tokio::time::timeout(patience, store.append(&token, &batch, NOW)).await;
    assert!(again.is_err(), "{again:?}");
    let head = tokio::time::timeout(patience, store.confirmed_head(till.id())).await;
    assert!(head.is_err(), "{head:?}");
    replica.restart();
    assert_eq!(store.append(&token, &batch, NOW).await.unwrap().added, 0);
    assert_eq!(store.confirmed_head(till.id()).await.unwrap().seq, 7);
}
