//! Verifies the closes: each follows from the one before and sums up exactly the ledger lines between them.
//! The rows of `movement` must have been verified first.

use rusqlite::Connection;

use super::chain;
use super::day_close::{ClosedDay, FIRST_SEQ, each_close};
use super::entries::hash_of;
use super::error::JournalError;
use super::ledger::sum_between;
use super::restored::restores;
use super::verify::VerifyFailure;
use crate::sale::DayTotals;

/// The close before, which the next one must follow.
struct PreviousClose {
    z: u32,
    seq: u64,
    grand: DayTotals,
}

pub(super) fn check_closes(
    connection: &Connection,
) -> Result<Result<(), VerifyFailure>, JournalError> {
    let mut previous = PreviousClose {
        z: 0,
        seq: FIRST_SEQ,
        grand: DayTotals::default(),
    };
    let restores = restores(connection)?;
    each_close(connection, |closed| {
        let earlier = restores.iter().filter(|(seq, _)| *seq < closed.seq);
        previous.z = earlier.fold(previous.z, |z, (_, restored)| z.max(restored.z_after));
        if let Some(problem) = problem(connection, &previous, &closed)? {
            return Ok(Err(VerifyFailure::in_entry(closed.seq, problem)));
        }
        previous = PreviousClose {
            z: closed.close.z,
            seq: closed.seq,
            grand: closed.close.grand,
        };
        Ok(Ok(()))
    })
}

/// What is wrong with a close, if anything.
fn problem(
    connection: &Connection,
    previous: &PreviousClose,
    ClosedDay { seq, close, .. }: &ClosedDay,
) -> Result<Option<String>, JournalError> {
    if previous.z.checked_add(1) != Some(close.z) {
        return Ok(Some(format!("Z {} follows Z {}", close.z, previous.z)));
    }
    if close.after_seq != previous.seq {
        return Ok(Some(format!(
            "it counts from entry {}, the close before is entry {}",
            close.after_seq, previous.seq
        )));
    }
    let hash = hash_of(connection, seq.saturating_sub(1))?;
    if hash.as_ref().map(chain::hex).as_ref() != Some(&close.head) {
        return Ok(Some("its head is not the entry before it".to_owned()));
    }
    let totals = sum_between(connection, close.after_seq, *seq)?;
    let problem = if totals != close.totals {
        "its totals are not what the entries add up to"
    } else if previous.grand.clone().plus(&totals) != close.grand {
        "its grand totals are not those of all closes"
    } else {
        return Ok(None);
    };
    Ok(Some(problem.to_owned()))
}
