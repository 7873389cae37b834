//! The report of a day as the book grows. Days are equally busy in each book; a larger book has more of them. The books
//! take turns, so that other work of the machine slows all of them alike.

use ringup_core::Till;
use ringup_core::calendar::{Day, day_of};
use ringup_testkit::journal_generator::calendar;

use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::shop::Shop;
use crate::spread::{Spread, timed};

pub(crate) const SUBJECT: &str = "growth";
const PEER: &str = "in the smallest book";
/// How much longer the report of such a day may take in a larger book.
const AT_MOST: f64 = 1.50;

/// The day that is reported.
type Choose = fn(&[Day], usize) -> Option<Day>;

/// Each day is reported twice and the second time counts, because the file's pages are in memory then.
const AGAIN: &str = "X report of any day, asked again";

/// The last day is half over; of the days before it none is chosen twice in a row.
const REPORTS: [(&str, Choose); 4] = [
    ("X report of today", |days, _| days.first().copied()),
    ("X report of a day of the last week", |days, run| {
        days.iter().skip(1).take(6).nth(run % 6).copied()
    }),
    ("X report of any day", any_day),
    (AGAIN, any_day),
];

fn any_day(days: &[Day], run: usize) -> Option<Day> {
    let place = run * 7919 % days.len().saturating_sub(1).max(1);
    days.get(place + 1).copied()
}

/// Adds the rows. The smallest shop must come first.
pub(crate) async fn measure(
    shops: &[&Shop],
    runs: usize,
    figures: &mut Figures,
) -> Result<(), Failed> {
    if !figures.wants_some(SUBJECT) {
        return Ok(());
    }
    let mut asked = Vec::new();
    for shop in shops {
        let till = shop.till().await?;
        // The first report also sums up what came since the last close; the next ones remember that.
        till.report(None).await?;
        asked.push((*shop, till, newest_first(shop)));
    }
    for (what, choose) in REPORTS {
        if !figures.wants(SUBJECT, what) {
            continue;
        }
        let mut times = vec![Vec::new(); asked.len()];
        for run in 0..runs.max(1) {
            for ((_, till, days), times) in asked.iter().zip(&mut times) {
                if what == AGAIN {
                    report(till, choose(days, run)).await?;
                }
                let (reported, time) = timed(report(till, choose(days, run))).await;
                reported?;
                times.push(time);
            }
        }
        let spreads: Vec<Spread> = times.into_iter().map(Spread::of).collect();
        let smallest = spreads.first().map_or(0.0, |spread| spread.p50_ms);
        for (place, ((shop, ..), spread)) in asked.iter().zip(&spreads).enumerate() {
            let is_greater = place > 0;
            figures.add(Row {
                peer: is_greater.then(|| PEER.to_owned()),
                peer_median: is_greater.then_some(smallest),

                target: is_greater.then(|| Target {
                    what: format!("at most {AT_MOST:.2} of the smallest's"),
                    met: spread.p50_ms <= AT_MOST * smallest,
                }),
                ..Row::timed(SUBJECT, what, shop.sales, spread)
            });
        }
    }
    Ok(())
}

async fn report(till: &Till, day: Option<Day>) -> Result<(), Failed> {
    till.report(day).await?;
    Ok(())
}

/// The days of a book.
fn newest_first(shop: &Shop) -> Vec<Day> {
    let today = day_of(calendar::until(), &calendar::zone());
    std::iter::successors(Some(today), |day| Some(day.previous()))
        .take(usize::try_from(shop.days).unwrap_or(usize::MAX))
        .collect()
}
