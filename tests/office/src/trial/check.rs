//! What the trial compares.

use ringup_core::clock::Clock;
use ringup_core::office::EntryHash;
use ringup_office::store::Store;

use super::tills::Tills;
use super::{Failed, Stats};

/// The book holds what the office has signed so far, and each till what it said that it has. Asked before anybody can send
/// again what was lost.
pub(super) async fn signed(store: &Store, tills: &Tills, round: u32) -> Result<(), Failed> {
    for (till, at) in tills.all().iter().zip(0..) {
        let known = till.known();
        let found = store.head(till.id()).await.unwrap().seq;
        if found < known.signed.0 {
            return Err(Failed::Lost {
                round,
                till: at,
                signed: known.signed.0,
                found,
            });
        }
        let has = till.entries();
        if has < known.has || has < found {
            return Err(Failed::Forgotten {
                round,
                till: at,
                said: known.has.max(found),
                found: has,
            });
        }
    }
    Ok(())
}

/// The book is the union of the journals, byte for byte, and what was signed is theirs.
pub(super) async fn equal(store: &Store, tills: &Tills, round: u32) -> Result<(), Failed> {
    for (till, at) in tills.all().iter().zip(0..) {
        let own = till.bodies();
        let found = store.entries(till.id(), 1, u64::MAX).await.unwrap();
        let differs = |seq| Failed::Differs {
            round,
            till: at,
            seq,
        };
        if let Some(place) =
            (0..own.len().max(found.len())).find(|it| own.get(*it) != found.get(*it))
        {
            return Err(differs(place + 1));
        }
        let (seq, hash) = till.known().signed;
        let mut chained = EntryHash::BEFORE_FIRST;
        for body in own.iter().take(usize::try_from(seq).unwrap()) {
            chained = chained.next(body);
        }
        if seq > 0 && chained.to_string() != hash {
            return Err(Failed::SignedOther {
                round,
                till: at,
                seq,
            });
        }
    }
    Ok(())
}

/// At the end the whole book is in order, and nobody was accused.
pub(super) async fn finish(store: &Store, tills: &Tills, stats: &mut Stats) -> Result<(), Failed> {
    let entries: u64 = tills.all().iter().map(|till| till.entries()).sum();
    let book = store.verify(Clock::system().now()).await.unwrap();
    let alarms = store.alarms().await.unwrap();
    if book.entries != entries || !book.faults.is_empty() || !alarms.is_empty() {
        let found = format!("{entries} entries in journals, {book:?}, {alarms:?}");
        return Err(Failed::Unfinished(found));
    }
    stats.entries = entries;
    Ok(())
}
