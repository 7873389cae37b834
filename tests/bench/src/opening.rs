//! The start of the till: it opens its journal and answers the window's first queries. A large book is compared with an
//! empty one, in turns, so that other work of the machine slows both alike.

use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::shop::Shop;
use crate::spread::{Spread, timed};

pub(crate) const SUBJECT: &str = "start";
pub(crate) const WHAT: &str = "the till is open, beside an empty one";

/// How much longer a large book may take to open.
const AT_MOST: f64 = 1.10;

pub(crate) async fn measure(
    empty: &Shop,
    large: &Shop,
    runs: usize,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let (mut of_empty, mut of_large) = (Vec::new(), Vec::new());
    for _ in 0..runs.max(1) {
        for (shop, times) in [(empty, &mut of_empty), (large, &mut of_large)] {
            let (opened, time) = timed(open(shop)).await;
            opened?;
            times.push(time);
        }
    }
    let (empty, large_spread) = (Spread::of(of_empty), Spread::of(of_large));
    let ratio = large_spread.p50_ms / empty.p50_ms;
    figures.add(Row {
        peer: Some("empty".to_owned()),
        peer_median: Some(empty.p50_ms),

        target: Some(Target {
            what: format!("at most {AT_MOST:.2} of empty, is {ratio:.2}"),
            met: ratio <= AT_MOST,
        }),
        ..Row::timed(SUBJECT, WHAT, large.sales, &large_spread)
    });
    Ok(())
}

async fn open(shop: &Shop) -> Result<(), Failed> {
    let till = shop.till().await?;
    till.open_sales().await?;
    till.list_alarms().await?;
    Ok(())
}
