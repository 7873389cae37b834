//! Keeps the folded book up to date while an office serves: soon after entries have come here, and within a second after
//! they have come to another office on the same database.

use std::time::Duration;

use ringup_core::clock::Clock;

use crate::store::Store;

/// How often what came to other offices is looked for.
const LOOK: Duration = Duration::from_millis(500);
/// How long nothing is tried after the database did not answer.
const PAUSE: Duration = Duration::from_secs(2);

/// Folds what comes, for as long as it is polled.
pub async fn keep_folding(store: Store, clock: Clock) {
    loop {
        match store.fold_all(clock.now()).await {
            Ok(folded) if folded.entries > 0 => {
                tracing::debug!(?folded, "folded");
            }
            Ok(_) => {
                tokio::select! {
                    () = store.appended() => {}
                    () = tokio::time::sleep(LOOK) => {}
                }
            }
            Err(error) => {
                tracing::warn!(%error, "nothing is folded for now");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
