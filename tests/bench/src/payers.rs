//! A thousand customers pay in virtual time: how soon the till knows, and how often it polls. The peer is the loop that
//! the gateway documents: one for each sale, every five seconds (docs/polling.md, *A day of trade*).

use simulation::polling::Comparison;
use simulation::polling::day::{Customer, Day, MINUTE_MS};
use simulation::polling::run::Run;

use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::spread::places;

pub(crate) const SUBJECT: &str = "payers";
const PEER: &str = "fixed 5 s loop";
const PAYERS: usize = 1000;
/// Days with as many sales an hour as the one in docs/polling.md, and with twice as many.
const DAYS: [(u64, &str); 2] = [(22, ""), (11, "; twice as busy")];
/// The till's budget, unless the shop sets another.
const CALLS_PER_MINUTE: u16 = 30;

pub(crate) fn measure(figures: &mut Figures) -> Result<(), Failed> {
    if !figures.wants_some(SUBJECT) {
        return Ok(());
    }
    for (hours, how) in DAYS {
        day(hours, how, figures)?;
    }
    Ok(())
}

fn day(hours: u64, how: &str, figures: &mut Figures) -> Result<(), Failed> {
    let day = day_of_payers(hours);
    let compared = Comparison::of(&day, CALLS_PER_MINUTE)?;
    let (till, loops) = (&compared.till, &compared.fixed);
    // The loop has no screen. Its times are those of the same sales.
    let on_screen = |place: usize, who: &Customer| !who.pays_late() && shown(till, place);
    let beside = |_: usize, who: &Customer| !who.pays_late();
    for (what, of) in [
        (
            "payment to paid, the sale on screen",
            &on_screen as &dyn Fn(usize, &Customer) -> bool,
        ),
        ("payment to paid, all in time", &beside),
    ] {
        let mine = known(&compared.customers, till, of);
        let theirs = known(&compared.customers, loops, of);
        let (median, p95) = places(&mine);
        let (peer, peer_p95) = places(&theirs);
        figures.add(Row {
            unit: "s",
            what: format!("{what}{how}"),
            runs: mine.len(),
            median,
            p95: Some(p95),
            peer: Some(format!("{PEER} (p95 {peer_p95:.1} s)")),
            peer_median: Some(peer),
            ..row()
        });
    }
    let late = known(&compared.customers, till, &|_, who| who.pays_late());
    let heard = known(&compared.customers, loops, &|_, who| who.pays_late());
    let (median, p95) = places(&late);
    figures.add(Row {
        unit: "s",
        what: format!("late payment to paid{how}"),
        runs: late.len(),
        median,
        p95: Some(p95),
        peer: Some(format!("{PEER} hears of {}", heard.len())),
        ..row()
    });
    let missed = |run: &Run| (PAYERS - known(&compared.customers, run, &|_, _| true).len()) as f64;
    let minutes = 60.0 * hours as f64;
    for (what, unit, count, target) in [
        (
            "payments missed",
            "payments",
            &missed as &dyn Fn(&Run) -> f64,
            Some(0.0),
        ),
        (
            "calls made",
            "calls",
            &|run| run.calls_ms.len() as f64,
            None,
        ),
        (
            "calls made, of a minute of the day",
            "calls",
            &|run| run.calls_ms.len() as f64 / minutes,
            None,
        ),
        (
            "calls made, in the busiest minute",
            "calls",
            &|run| run.busiest(MINUTE_MS) as f64,
            Some(f64::from(CALLS_PER_MINUTE)),
        ),
    ] {
        let mine = count(till);
        figures.add(Row {
            unit,
            what: format!("{what}{how}"),
            median: mine,
            peer: Some(PEER.to_owned()),
            peer_median: Some(count(loops)),
            target: target.map(|most| Target {
                what: format!("at most {most:.0}"),
                met: mine <= most,
            }),
            ..row()
        });
    }
    Ok(())
}

/// The day with the fewest sales of which [`PAYERS`] are paid.
fn day_of_payers(hours: u64) -> Day {
    let mut day = Day {
        sales: PAYERS,
        hours,
        ..Day::default()
    };
    while day
        .customers()
        .iter()
        .filter(|who| who.pays_ms.is_some())
        .count()
        < PAYERS
    {
        day.sales += 1;
    }
    day
}

fn shown(run: &Run, place: usize) -> bool {
    run.on_screen.get(place).is_some_and(|shown| *shown)
}

/// Times from a payment until it was known, seconds, in order.
fn known(customers: &[Customer], run: &Run, of: &dyn Fn(usize, &Customer) -> bool) -> Vec<f64> {
    let mut took: Vec<f64> = customers
        .iter()
        .zip(&run.paid_ms)
        .enumerate()
        .filter(|(place, (who, _))| of(*place, who))
        .filter_map(|(_, (who, known_ms))| {
            let ms = (*known_ms)?.saturating_sub(who.pays_ms?);
            Some(ms as f64 / 1000.0)
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took
}

fn row() -> Row {
    Row {
        subject: SUBJECT,
        runs: PAYERS,
        ..Row::default()
    }
}
