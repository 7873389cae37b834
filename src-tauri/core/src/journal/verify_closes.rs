//! Verifies the closes: each follows from the one before and sums up exactly the ledger lines between them.
//! The rows of `movement` must have been verified first.

use rusqlite::Connection;

use super::chain;
use super::day_close::{ClosedDay, FIRST_SEQ, each_close};
use super::drawer::{self, Balances};
use super::entries::hash_of;
use super::error::JournalError;
use super::ledger::sum_between;
use super::restored::restores;
use super::technical::key_before;
use super::verify::VerifyFailure;
use crate::sale::{DayClose, DayTotals};

/// The close before, which the next one must follow.
struct PreviousClose {
    z: u32,
    seq: u64,
    /// By today's rule.
    grand: DayTotals,
    sums_rule: u32,
    drawer: Balances,
}

pub(super) fn check_closes(
    connection: &Connection,
) -> Result<Result<(), VerifyFailure>, JournalError> {
    let mut previous = PreviousClose {
        z: 0,
        seq: FIRST_SEQ,
        grand: DayTotals::default(),
        sums_rule: 1,
        drawer: Balances::new(),
    };
    let restores = restores(connection)?;
    let checked = each_close(connection, |closed| {
        let earlier = restores.iter().filter(|(seq, _)| *seq < closed.seq);
        previous.z = earlier.fold(previous.z, |z, (_, restored)| z.max(restored.z_after));
        let totals = sum_between(connection, closed.close.after_seq, closed.seq)?;
        let grand = previous.grand.clone().plus(&totals);
        if let Some(problem) = problem(connection, &previous, &closed, (&totals, &grand))? {
            return Ok(Err(VerifyFailure::in_entry(closed.seq, problem)));
        }
        let until = (previous.seq, closed.seq);
        match check_drawer(connection, &previous.drawer, until)? {
            Ok(drawer) if drawer == closed.close.drawer => {}
            Ok(_) => {
                let problem = "its drawer is not what the entries add up to".to_owned();
                return Ok(Err(VerifyFailure::in_entry(closed.seq, problem)));
            }
            Err(failure) => return Ok(Err(failure)),
        }
        previous = PreviousClose {
            drawer: closed.close.drawer,
            z: closed.close.z,
            seq: closed.seq,
            grand,
            sums_rule: closed.close.sums_rule,
        };
        Ok(Ok(()))
    })?;
    if checked.is_err() {
        return Ok(checked);
    }
    let since = (previous.seq, u64::MAX);
    Ok(check_drawer(connection, &previous.drawer, since)?.map(|_| ()))
}

/// The drawer between two entries. Each count in between must say what should have been there, and be possible.
fn check_drawer(
    connection: &Connection,
    before: &Balances,
    (after_seq, before_seq): (u64, u64),
) -> Result<Result<Balances, VerifyFailure>, JournalError> {
    drawer::walk(
        connection,
        before,
        after_seq,
        before_seq,
        |seq, count, expected| {
            if count.expected_minor != expected {
                let problem = "what it expects in the drawer is not what the entries add up to";
                return Err(VerifyFailure::in_entry(seq, problem.to_owned()));
            }
            count
                .validate()
                .map_err(|wrong| VerifyFailure::in_entry(seq, wrong.to_string()))
        },
    )
}

/// What is wrong with a close, if anything. Its sums should be these, by today's rule.
fn problem(
    connection: &Connection,
    previous: &PreviousClose,
    ClosedDay { seq, close, .. }: &ClosedDay,
    (totals, grand): (&DayTotals, &DayTotals),
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
    // A program that did not note down its version did not note down the key either.
    let key = match close.version {
        Some(_) => key_before(connection, *seq)?,
        None => None,
    };
    if key != close.key {
        return Ok(Some("its key is not the one in use by then".to_owned()));
    }
    // Each close is held to the rule of the program that made it. No program goes back to an older rule.
    let by_rule = |sums: &DayTotals| sums.clone().by_rule(close.sums_rule);
    let newest = DayClose::next_rule(Some(previous.sums_rule), totals);
    let problem = if !(previous.sums_rule..=newest).contains(&close.sums_rule) {
        "its sums were made by another rule"
    } else if by_rule(totals) != close.totals {
        "its totals are not what the entries add up to"
    } else if by_rule(grand).without_categories() != close.grand {
        "its grand totals are not those of all closes"
    } else {
        return Ok(None);
    };
    Ok(Some(problem.to_owned()))
}
