//! Writes the journal of a shop with any number of sales: real entries in a real chain, written by the till's own code.
//! The same seed gives the same journal, to the last hash.

pub mod calendar;
mod cashier;
pub mod trade;

use std::collections::BTreeMap;
use std::path::Path;

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use ringup_core::clock::UnixMs;
use ringup_core::ids::{SaleId, TillId};
use ringup_core::journal::{Batch, JournalError, JournalFile};
use ringup_core::sale::Purpose;
use uuid::Builder;

use calendar::OpenDay;
use trade::{Act, Trade};

/// Sales that are committed together.
const SALES_AT_ONCE: u32 = 10_000;

/// The journal to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The number of sales.
    pub sales: u32,
    /// The number of days, of which the last is half over.
    pub days: u32,
    /// The same seed gives the same journal.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            sales: 1_000_000,
            days: 730,
            seed: 1,
        }
    }
}

/// Writes a new journal at `path`. Its last entries are of the time [`calendar::until`]. After each commit `progress` gets
/// the number of sales on the disk.
///
/// # Errors
/// [`JournalError`] when the file cannot be made or written.
pub fn write(path: &Path, plan: Plan, mut progress: impl FnMut(u32)) -> Result<(), JournalError> {
    let mut rng = StdRng::seed_from_u64(plan.seed);
    let days = calendar::open_days(plan, &mut rng);
    let opened_at = days.first().map_or(calendar::until(), |day| day.opens);
    let till = TillId::from(Builder::from_random_bytes(rand::RngExt::random(&mut rng)).into_uuid());
    let mut file = JournalFile::open_as(path, Purpose::Live, till, opened_at)?;
    let mut shop = Shop {
        rng,
        to_come: BTreeMap::new(),
        sold: 0,
        acts: 0,
    };
    let mut days = days.into_iter().peekable();
    while days.peek().is_some() {
        let before = shop.sold;
        let mut batch = file.batch()?;
        while shop.sold - before < SALES_AT_ONCE
            && let Some(day) = days.next()
        {
            shop.trade(&day, &mut batch)?;
        }
        batch.commit()?;
        progress(shop.sold);
    }
    Ok(())
}

/// A shop, and what its customers and cashier are going to do.
struct Shop {
    rng: StdRng,
    /// Sorted by time, and by the order in which it was planned.
    to_come: BTreeMap<(UnixMs, u64), (SaleId, Act)>,
    sold: u32,
    acts: u64,
}

impl Shop {
    fn trade(&mut self, day: &OpenDay, batch: &mut Batch<'_>) -> Result<(), JournalError> {
        for at in &day.sales_at {
            self.play_until(*at, batch)?;
            let trade = Trade::begin(&mut self.rng, *at);
            batch.open_sale(trade.id, trade.new.clone(), *at)?;
            for (after_ms, act) in trade.acts(&mut self.rng) {
                let when = (at.plus(after_ms), self.acts);
                self.to_come.insert(when, (trade.id, act));
                self.acts += 1;
            }
            self.sold += 1;
        }
        self.play_until(day.closes, batch)?;
        if day.is_closed {
            batch.close_day(day.day, &calendar::zone(), day.closes)?;
        }
        Ok(())
    }

    fn play_until(&mut self, until: UnixMs, batch: &mut Batch<'_>) -> Result<(), JournalError> {
        while let Some(next) = self.to_come.first_entry() {
            if next.key().0 > until {
                break;
            }
            let ((at, _), (id, act)) = next.remove_entry();
            act.record(id, at, batch)?;
        }
        Ok(())
    }
}
