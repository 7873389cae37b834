//! The customers of a day: when they come and what they do. The same seed gives the same day.

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};

/// One second. All times here are milliseconds since the day began.
pub const SECOND_MS: u64 = 1000;
/// One minute.
pub const MINUTE_MS: u64 = 60 * SECOND_MS;
/// One hour.
pub const HOUR_MS: u64 = 60 * MINUTE_MS;
/// How long an invoice can be paid: the default of the till's setting.
pub const LIFETIME_MS: u64 = 15 * MINUTE_MS;

/// The sales of a rush are all opened within this time.
const RUSH_MS: u64 = 2 * MINUTE_MS;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// How many sales.
    pub sales: usize,
    /// How many sales are open at once in each rush.
    pub open_at_once: usize,
    /// Hours from the first sale to the last.
    pub hours: u64,
    /// How many of a hundred sales are paid late: half of them after the invoice's end, half after the cashier stopped
    /// waiting.
    pub late_percent: usize,
    /// How many of a thousand calls fail.
    pub failing_per_mille: u32,
    /// The seed of all that is random.
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

/// One customer, with one sale.
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
    /// The cashier polls by hand.
    pub asks_ms: Option<u64>,
}

impl Customer {
    /// When the invoice ends.
    pub fn ends_ms(&self) -> u64 {
        self.opens_ms + LIFETIME_MS
    }

    /// Whether the money arrives after the end, or after the cashier stopped waiting.
    pub fn pays_late(&self) -> bool {
        let over_ms = self.stops_ms.unwrap_or(u64::MAX).min(self.ends_ms());
        self.pays_ms.is_some_and(|pays_ms| pays_ms >= over_ms)
    }
}

/// What becomes of a sale.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Pays,
    Leaves,
    IsSentAway,
    PaysAfterEnd,
    PaysAfterStop,
}

impl Day {
    /// The day's customers in the order in which they come.
    pub fn customers(&self) -> Vec<Customer> {
        let mut rng = StdRng::seed_from_u64(self.seed);
        let late = self.sales * self.late_percent / 100;
        let mut outcomes: Vec<Outcome> = (0..self.sales)
            .map(|index| match index {
                _ if index < late / 2 => Outcome::PaysAfterEnd,
                _ if index < late => Outcome::PaysAfterStop,
                _ if index % 100 < 8 => Outcome::Leaves,
                _ if index % 100 < 12 => Outcome::IsSentAway,
                _ => Outcome::Pays,
            })
            .collect();
        outcomes.shuffle(&mut rng);

        let day_ms = self.hours * HOUR_MS;
        let rush_size = self.open_at_once.clamp(1, self.sales.max(1));
        // Half of the sales come in rushes.
        let rushes = (self.sales / (2 * rush_size)).max(1);
        let mut opens: Vec<(u64, bool)> = Vec::new();
        for rush in 0..rushes {
            let slice_ms = day_ms / u64::try_from(rushes).unwrap_or(1);
            let begins_ms = slice_ms * u64::try_from(rush).unwrap_or(0) + slice_ms / 2;
            let moments = (0..rush_size).map(|_| begins_ms + rng.random_range(0..RUSH_MS));
            opens.extend(moments.map(|moment| (moment, true)));
        }
        opens.truncate(self.sales);
        while opens.len() < self.sales {
            opens.push((rng.random_range(0..day_ms), false));
        }
        opens.sort_unstable();
        let both = opens.into_iter().zip(outcomes);
        both.map(|((opens_ms, rush), outcome)| customer(&mut rng, opens_ms, rush, outcome))
            .collect()
    }
}

fn customer(rng: &mut StdRng, opens_ms: u64, rush: bool, outcome: Outcome) -> Customer {
    let mut after = |begin_ms: u64, range_s: std::ops::Range<u64>| {
        begin_ms + rng.random_range(range_s.start * SECOND_MS..range_s.end * SECOND_MS)
    };
    // In a rush customers take longer, so that all sales of it are open together.
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
    match outcome {
        Outcome::Pays => customer.pays_ms = Some(pays_ms),
        Outcome::Leaves => customer.chooses_ms = None,
        Outcome::IsSentAway => customer.stops_ms = Some(after(opens_ms, 120..600)),
        Outcome::PaysAfterEnd => {
            // Most within the hour, some at night.
            let hours = [1, 1, 1, 4, 20];
            let hour = after(0, 0..5) / SECOND_MS;
            let hours = hours.into_iter().nth(usize::try_from(hour).unwrap_or(0));
            customer.pays_ms = Some(after(ends_ms, 5..hours.unwrap_or(1) * 3600));
        }
        Outcome::PaysAfterStop => {
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
