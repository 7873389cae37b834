//! `ringup-office forks` and `decide`: what came of a till for numbers that the book holds other entries for, and what
//! the owner decides about it (docs/office.md, *A till in quarantine*).

use std::process::ExitCode;

use ringup_core::calendar::{Zone, day_of};
use ringup_core::clock::UnixMs;
use ringup_office::store::{Branch, Decision, NewDecision, Store, TillRow, Verdict};

use super::{Failure, named, print, print_line};

/// How many digits of a hash are shown: enough to name a branch, few enough to be typed.
const SHOWN_DIGITS: usize = 12;

pub(super) async fn forks(
    store: &Store,
    till: Option<&str>,
    json: bool,
) -> Result<ExitCode, Failure> {
    let tills = match till {
        Some(till) => vec![named(store, till).await?],
        None => store.tills().await?,
    };
    let mut shown = false;
    for till in &tills {
        let id = till.till.parse()?;
        for branch in store.branches(id).await? {
            shown = true;
            print(json, &branch, |branch| describe(till, branch))?;
        }
        for decision in store.decisions(id).await? {
            shown = true;
            print(json, &decision, |decision| told(till, decision))?;
        }
    }
    if !shown && !json {
        print_line("Nothing has come of any till that does not fit the book.");
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn decide(
    store: &Store,
    till: &str,
    wanted: &NewDecision,
    now: UnixMs,
) -> Result<ExitCode, Failure> {
    let till = named(store, till).await?;
    let decision = store.decide(till.till.parse()?, wanted, now).await?;
    print_line(&told(&till, &decision));
    let after = store.tills().await?;
    let row = after.iter().find(|row| row.till == till.till);
    if row.is_some_and(|row| row.quarantine.is_some()) {
        print_line(
            "It stays in quarantine: there is another branch that nobody has decided about.",
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn describe(till: &TillRow, branch: &Branch) -> String {
    let Branch {
        first,
        last,
        sales,
        in_place_of,
        ..
    } = branch;
    let name: String = branch
        .branch
        .to_string()
        .chars()
        .take(SHOWN_DIGITS)
        .collect();
    let (from, to) = (day(branch.from_unix_ms), day(branch.to_unix_ms));
    let origin = match branch.restored {
        true => "its till says that it restored a copy",
        false => "a copied laptop, or an older file that was put back",
    };
    let sums = branch.received.iter();
    let sums: Vec<_> = sums
        .map(|(currency, sum)| format!("{sum} {currency}"))
        .collect();
    let money = match sums.is_empty() {
        true => "no money".to_owned(),
        false => sums.join(" and "),
    };
    let state = match (branch.decision, branch.whole) {
        (Some(number), _) => format!("set aside by decision {number}"),
        (None, true) => {
            format!("undecided; to follow it would set {in_place_of} entries of the book aside")
        }
        (None, false) => "undecided; entries before it are missing here".to_owned(),
    };
    format!(
        "{}\tbranch {name}\tentries {first} to {last}, of {sales} sales, with {money}\tcame {from} to {to}\t{origin}\t{state}",
        till.name
    )
}

fn told(till: &TillRow, decision: &Decision) -> String {
    let Decision {
        number,
        first,
        aside,
        decided_by,
        reason,
        ..
    } = decision;
    let name: String = decision
        .branch
        .to_string()
        .chars()
        .take(SHOWN_DIGITS)
        .collect();
    let verdict = match decision.verdict {
        Verdict::Refuse => "refuses",
        Verdict::Follow => "follows",
    };
    let set_aside = match aside >= first {
        true => format!("entries {first} to {aside} are set aside"),
        false => "nothing is set aside".to_owned(),
    };
    let at = day(decision.decided_at_unix_ms);
    format!(
        "{}\tdecision {number}\tthe book {verdict} branch {name}: {set_aside}\t{at}, {decided_by}: {reason}",
        till.name
    )
}

fn day(at_unix_ms: i64) -> String {
    day_of(UnixMs(at_unix_ms), &Zone::system()).to_string()
}
