//! Verifies the closes: each follows from the one before and sums up exactly the movements between. The
//! rows of `movement` must have been compared with the entries before.

use rusqlite::Connection;

use super::chain::{self, Hash};
use super::day_close::{Close, each_close, sum_between};
use super::error::JournalError;
use super::verify::VerifyFailure;
use crate::report::DayTotals;

/// The entry that opens the journal: what the first close counts from.
const FIRST: u64 = 1;

/// What the next close must follow from.
struct Before {
    z: u32,
    seq: u64,
    grand: DayTotals,
}

pub(super) fn check_closes(
    connection: &Connection,
) -> Result<Result<(), VerifyFailure>, JournalError> {
    let mut before = Before {
        z: 0,
        seq: FIRST,
        grand: DayTotals::default(),
    };
    each_close(connection, |close| {
        let problem = problem(connection, &before, &close)?;
        if let Some(problem) = problem {
            return Ok(Err(VerifyFailure::in_entry(close.seq, problem)));
        }
        before = Before {
            z: close.z,
            seq: close.seq,
            grand: close.grand,
        };
        Ok(Ok(()))
    })
}

fn problem(
    connection: &Connection,
    before: &Before,
    close: &Close,
) -> Result<Option<String>, JournalError> {
    if before.z.checked_add(1) != Some(close.z) {
        return Ok(Some(format!("Z {} follows Z {}", close.z, before.z)));
    }
    if close.after_seq != before.seq {
        return Ok(Some(format!(
            "it counts from entry {}, the close before is entry {}",
            close.after_seq, before.seq
        )));
    }
    let last = i64::try_from(close.seq.saturating_sub(1)).unwrap_or(i64::MAX);
    let hash: Hash = connection
        .prepare_cached("SELECT hash FROM entry WHERE seq = ?1")?
        .query_row([last], |row| row.get(0))?;
    if chain::hex(&hash) != close.before {
        return Ok(Some("its head is not the entry before it".to_owned()));
    }
    let totals = sum_between(connection, close.after_seq, close.seq)?;
    if totals != close.totals {
        return Ok(Some(
            "its totals are not what the entries add up to".to_owned(),
        ));
    }
    if before.grand.clone().and(&totals) != close.grand {
        return Ok(Some(
            "its grand totals are not those of all closes".to_owned(),
        ));
    }
    Ok(None)
}
