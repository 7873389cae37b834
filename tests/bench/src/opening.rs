//! The start of the till: its journal opened, and what the window asks first. A great book beside an empty
//! one, in turns, so that what else the machine does falls on both.

use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::shop::Shop;
use crate::spread::{Spread, timed};

pub(crate) const SUBJECT: &str = "start";
pub(crate) const WHAT: &str = "the till is open, beside an empty one";

/// How much slower a great book may open.
const AT_MOST: f64 = 1.10;

pub(crate) async fn measure(
    empty: &Shop,
    great: &Shop,
    runs: usize,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let (mut of_empty, mut of_great) = (Vec::new(), Vec::new());
    for _ in 0..runs.max(1) {
        for (shop, times) in [(empty, &mut of_empty), (great, &mut of_great)] {
            let (opened, time) = timed(open(shop)).await;
            opened?;
            times.push(time);
        }
    }
    let (empty, great_spread) = (Spread::of(of_empty), Spread::of(of_great));
    let ratio = great_spread.p50_ms / empty.p50_ms;
    figures.add(Row {
        subject: SUBJECT,
        what: WHAT.to_owned(),
        sales: great.sales,
        runs: great_spread.runs,
        unit: "ms",
        median: great_spread.p50_ms,
        p95: Some(great_spread.p95_ms),
        peer: Some("empty".to_owned()),
        peer_median: Some(empty.p50_ms),
        peer_with_start: None,
        target: Some(Target {
            what: format!("at most {AT_MOST:.2} of empty, is {ratio:.2}"),
            met: ratio <= AT_MOST,
        }),
    });
    Ok(())
}

async fn open(shop: &Shop) -> Result<(), Failed> {
    let till = shop.till().await?;
    till.open_sales().await?;
    till.list_alarms().await?;
    Ok(())
}
