//! Who comes, when, and what they do. The same seed is the same day.

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};

/// One second, in the milliseconds that all times here are in, from the day's start.
pub const SECOND_MS: u64 = 1000;
/// One minute.
pub const MINUTE_MS: u64 = 60 * SECOND_MS;
/// One hour.
pub const HOUR_MS: u64 = 60 * MINUTE_MS;
/// How long an invoice may be paid: what the till asks for when nothing else is set.
pub const LIFETIME_MS: u64 = 15 * MINUTE_MS;

/// In a rush so many sales as are to be open at once are opened within this.
const RUSH_MS: u64 = 2 * MINUTE_MS;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Sales of the day.
    pub sales: usize,
    /// Open at once in each rush.
    pub open_at_once: usize,
    /// Hours from the first to the last.
    pub hours: u64,
    /// Of every hundred sales, so many are paid late: half after the end, half after the cashier
    /// stopped waiting.
    pub late_percent: usize,
    /// Calls of a thousand that fail.
    pub failing_per_mille: u32,
    /// Chance.
    pub seed: u64,
}

impl Default for Day {
    fn default() -> Self {
        Self {
            sales: 500,
            open_at_once: 40,
            hours: 10,
            late_percent: 3,
            failing_per_mille: 50,
            seed: 4715,
        }
    }
}

/// One customer: one sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Customer {
    /// The cashier charges.
    pub opens_ms: u64,
    /// The customer picks a coin.
    pub chooses_ms: Option<u64>,
    /// The money arrives.
    pub pays_ms: Option<u64>,
    /// It is credited to the merchant.
    pub credited_ms: Option<u64>,
    /// The cashier stops waiting.
    pub stops_ms: Option<u64>,
    /// The cashier asks by hand.
    pub asks_ms: Option<u64>,
}

impl Customer {
    /// When the invoice ends by the gateway's clock.
    pub fn ends_ms(&self) -> u64 {
        self.opens_ms + LIFETIME_MS
    }

    /// The money arrives when nobody waits for it any more.
    pub fn pays_late(&self) -> bool {
        let over_ms = self.stops_ms.unwrap_or(u64::MAX).min(self.ends_ms());
        self.pays_ms.is_some_and(|pays_ms| pays_ms >= over_ms)
    }
}

/// What becomes of a sale.
#[derive(Debug, Clone, Copy)]
enum Course {
    Pays,
    Leaves,
    IsSentAway,
    PaysAfterEnd,
    PaysAfterStop,
}

impl Day {
    /// The day's customers in the order in which they come.
    pub fn customers(&self) -> Vec<Customer> {
        let mut chance = StdRng::seed_from_u64(self.seed);
        let late = self.sales * self.late_percent / 100;
        let mut courses: Vec<Course> = (0..self.sales)
            .map(|place| match place {
                _ if place < late / 2 => Course::PaysAfterEnd,
                _ if place < late => Course::PaysAfterStop,
                _ if place % 100 < 8 => Course::Leaves,
                _ if place % 100 < 12 => Course::IsSentAway,
                _ => Course::Pays,
            })
            .collect();
        courses.shuffle(&mut chance);

        let day_ms = self.hours * HOUR_MS;
        let rush_size = self.open_at_once.clamp(1, self.sales.max(1));
        // Half of the sales come in rushes.
        let rushes = (self.sales / (2 * rush_size)).max(1);
        let mut opens: Vec<(u64, bool)> = Vec::new();
        for rush in 0..rushes {
            let slice_ms = day_ms / u64::try_from(rushes).unwrap_or(1);
            let begins_ms = slice_ms * u64::try_from(rush).unwrap_or(0) + slice_ms / 2;
            let moments = (0..rush_size).map(|_| begins_ms + chance.random_range(0..RUSH_MS));
            opens.extend(moments.map(|moment| (moment, true)));
        }
        opens.truncate(self.sales);
        while opens.len() < self.sales {
            opens.push((chance.random_range(0..day_ms), false));
        }
        opens.sort_unstable();
        let both = opens.into_iter().zip(courses);
        both.map(|((opens_ms, rush), course)| customer(&mut chance, opens_ms, rush, course))
            .collect()
    }
}

fn customer(chance: &mut StdRng, opens_ms: u64, rush: bool, course: Course) -> Customer {
    let mut after = |begin_ms: u64, range_s: std::ops::Range<u64>| {
        begin_ms + chance.random_range(range_s.start * SECOND_MS..range_s.end * SECOND_MS)
    };
    // In a rush people stand in line with their phones; none has paid before the last has come.
    let (choosing_s, paying_s) = if rush {
        (60..300, 60..240)
    } else {
        (10..90, 15..120)
    };
    let chooses_ms = after(opens_ms, choosing_s);
    let pays_ms = after(chooses_ms, paying_s);
    let ends_ms = opens_ms + LIFETIME_MS;
    let mut customer = Customer {
        opens_ms,
        chooses_ms: Some(chooses_ms),
        pays_ms: None,
        credited_ms: None,
        stops_ms: None,
        asks_ms: None,
    };
    match course {
        Course::Pays => customer.pays_ms = Some(pays_ms),
        Course::Leaves => customer.chooses_ms = None,
        Course::IsSentAway => customer.stops_ms = Some(after(opens_ms, 120..600)),
        Course::PaysAfterEnd => {
            // Most within the hour, some at night.
            let hours = [1, 1, 1, 4, 20];
            let hour = after(0, 0..5) / SECOND_MS;
            let hours = hours.into_iter().nth(usize::try_from(hour).unwrap_or(0));
            customer.pays_ms = Some(after(ends_ms, 5..hours.unwrap_or(1) * 3600));
        }
        Course::PaysAfterStop => {
            let stops_ms = after(opens_ms, 120..400);
            customer.stops_ms = Some(stops_ms);
            customer.pays_ms = Some(after(stops_ms, 5..480));
        }
    }
    // One customer in twenty says 'I have paid!', and the cashier asks.
    if after(0, 0..20) / SECOND_MS == 0 {
        customer.asks_ms = customer.pays_ms.map(|pays_ms| after(pays_ms, 1..4));
    }
    customer.credited_ms = customer.pays_ms.map(|pays_ms| after(pays_ms, 120..3600));
    customer
}
