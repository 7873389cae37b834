//! The figures of a simulated day, and a table that compares several.

use std::fmt::Write as _;

use super::day::{Customer, MINUTE_MS};
use super::run::Run;

/// The figures of one run. Times are milliseconds from a payment until it was known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Payments that customers made.
    pub payments: usize,
    /// Payments that were never known.
    pub missed: usize,
    /// Payments after the invoice's end, or after the cashier stopped waiting.
    pub late: usize,
    /// Late payments that were announced as such.
    pub late_announced: usize,
    /// Calls of the gateway.
    pub calls: usize,
    /// Calls in the busiest sixty seconds.
    pub busiest_minute: usize,
    /// Times of payments that were not late.
    pub in_time: Spread,
    /// Times of those among them whose sale was on screen.
    pub on_screen: Spread,
    /// Times of late payments.
    pub late_known: Spread,
}

/// The distribution of a set of times, milliseconds. `None`: the set is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spread {
    /// The median.
    pub p50_ms: Option<u64>,
    /// The 95th percentile.
    pub p95_ms: Option<u64>,
}

impl Spread {
    fn of(mut times_ms: Vec<u64>) -> Self {
        times_ms.sort_unstable();
        let at = |percent: usize| {
            let last = times_ms.len().checked_sub(1)?;
            times_ms.get(last * percent / 100).copied()
        };
        Self {
            p50_ms: at(50),
            p95_ms: at(95),
        }
    }
}

impl Figures {
    /// The figures of a run with these customers.
    pub fn of(customers: &[Customer], run: &Run) -> Self {
        let (mut in_time, mut on_screen, mut late_known) = (Vec::new(), Vec::new(), Vec::new());
        let (mut payments, mut missed, mut late, mut late_announced) = (0, 0, 0, 0);
        let heard = run.paid_ms.iter().zip(&run.on_screen);
        let heard = heard.zip(&run.announced_late);
        for (customer, ((known_ms, front), announced)) in customers.iter().zip(heard) {
            let Some(pays_ms) = customer.pays_ms else {
                continue;
            };
            payments += 1;
            let is_late = customer.pays_late();
            late += usize::from(is_late);
            late_announced += usize::from(is_late && *announced);
            let Some(known_ms) = known_ms else {
                missed += 1;
                continue;
            };
            let took_ms = known_ms.saturating_sub(pays_ms);
            if is_late {
                late_known.push(took_ms);
            } else {
                in_time.push(took_ms);
                on_screen.extend(front.then_some(took_ms));
            }
        }
        Self {
            payments,
            missed,
            late,
            late_announced,
            calls: run.calls_ms.len(),
            busiest_minute: run.busiest(MINUTE_MS),
            in_time: Spread::of(in_time),
            on_screen: Spread::of(on_screen),
            late_known: Spread::of(late_known),
        }
    }
}

/// A row of the table: its label, and the text of a cell.
type Row<'a> = (&'a str, &'a dyn Fn(&Figures) -> String);

/// A Markdown table with one column for each run.
pub fn table(ways: &[(&str, Figures)]) -> String {
    let rows: [Row<'_>; 8] = [
        ("payments made", &|figures| figures.payments.to_string()),
        ("payments missed", &|figures| figures.missed.to_string()),
        ("late payments announced", &|figures| {
            format!("{} of {}", figures.late_announced, figures.late)
        }),
        ("calls made", &|figures| figures.calls.to_string()),
        ("calls in the busiest minute", &|figures| {
            figures.busiest_minute.to_string()
        }),
        ("payment → paid, in time: p50, p95", &|figures| {
            spread(figures.in_time)
        }),
        ("of these on screen: p50, p95", &|figures| {
            spread(figures.on_screen)
        }),
        ("late payment → paid: p50, p95", &|figures| {
            spread(figures.late_known)
        }),
    ];
    let mut text = String::from("|");
    // Writing to a string does not fail.
    for name in [""].into_iter().chain(ways.iter().map(|way| way.0)) {
        write!(text, " {name} |").ok();
    }
    text.push_str("\n|---|");
    text.push_str(&"---:|".repeat(ways.len()));
    for (name, figure) in rows {
        write!(text, "\n| {name} |").ok();
        for (_, figures) in ways {
            write!(text, " {} |", figure(figures)).ok();
        }
    }
    text.push('\n');
    text
}

fn spread(spread: Spread) -> String {
    match (spread.p50_ms, spread.p95_ms) {
        (Some(p50_ms), Some(p95_ms)) => format!("{}, {}", time(p50_ms), time(p95_ms)),
        _ => "–".to_owned(),
    }
}

/// Seconds with one decimal, whole ones from a minute on, minutes from ten on.
fn time(ms: u64) -> String {
    match ms / MINUTE_MS {
        0 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        1..10 => format!("{} s", ms / 1000),
        minutes => format!("{minutes} min"),
    }
}
