//! What happens in a shop: a list of events that the seed draws. The list alone decides, so a part of it can be tried
//! again: that is how a failing one becomes short ([`super::shrink`]).

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// One second; all times are milliseconds since the world began.
pub const SECOND_MS: u64 = 1000;
/// One minute.
pub const MINUTE_MS: u64 = 60 * SECOND_MS;
/// One hour.
pub const HOUR_MS: u64 = 60 * MINUTE_MS;
/// One day.
pub const DAY_MS: u64 = 24 * HOUR_MS;
/// How long the shop is open on each day.
const OPEN_MS: u64 = 3 * HOUR_MS;

/// A shop and what happens in it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where it came from.
    pub seed: u64,
    /// The shop.
    pub shop: Shop,
    /// In the order of their times.
    pub events: Vec<Planned>,
}

/// What does not change.
#[derive(Debug, Clone, Copy)]
pub struct Shop {
    /// Days of trade.
    pub days: u64,
    /// Where in the year the first begins, milliseconds after the beginning of 2026.
    pub begins_ms: i64,
    /// How cash is rounded: 0 not, 1 to five, 2 down to whole units.
    pub rounding: u8,
    /// The account is in test mode.
    pub test: bool,
    /// The tax of typed amounts, basis points.
    pub tax: Option<u32>,
    /// The budget, calls a minute.
    pub calls_per_minute: u16,
    /// How many of a thousand calls fail in fine weather.
    pub failing_per_mille: u32,
    /// How often the journal is read for other programs' entries, seconds.
    pub reads_journal_s: u64,
}

/// An event at its time.
#[derive(Debug, Clone)]
pub struct Planned {
    /// When.
    pub at_ms: u64,
    /// Its number in the whole plan: names it in notes and reasons.
    pub id: u32,
    /// What.
    pub what: What,
}

/// What can happen.
#[derive(Debug, Clone)]
pub enum What {
    /// A customer comes.
    Sell(Sell),
    /// The cashier does something about a sale: the last, or one before it.
    Sale {
        /// How many sales ago.
        back: usize,
        /// What.
        act: SaleAct,
    },
    /// The cashier does something else.
    Counter(CounterAct),
    /// The network or the gateway has its moods.
    Weather(Weather),
    /// Somebody sets the clock.
    Clock {
        /// By so much, milliseconds.
        by_ms: i64,
    },
    /// The lid is closed.
    Sleep {
        /// For so long.
        for_ms: u64,
    },
    /// The disk has its moods.
    Disk {
        /// It is full or read-only; otherwise it works but loses flushes.
        full: bool,
        /// For so long.
        for_ms: u64,
    },
    /// The program dies.
    Die {
        /// After so many steps.
        steps: u64,
        /// With the machine's power, after so many calls of the disk.
        power_calls: Option<u64>,
        /// And is started again after this.
        down_ms: u64,
    },
    /// The program is closed as it should be.
    Close {
        /// And started again after this.
        down_ms: u64,
    },
}

/// A sale, and what its customer does.
#[derive(Debug, Clone, Copy)]
pub struct Sell {
    /// What it costs, minor units.
    pub amount_minor: i64,
    /// Of that, the tip.
    pub tip_minor: i64,
    /// It has lines; otherwise an amount is typed.
    pub lines: bool,
    /// How it is paid first.
    pub first: First,
    /// The cashier taps so often.
    pub taps: u32,
    /// It stays on screen.
    pub on_screen: bool,
    /// What the customer does with the first code.
    pub pays: Pays,
    /// And with a second.
    pub pays_again: Pays,
    /// When they pick a coin, after they saw the code.
    pub chooses_ms: Option<u64>,
}

/// How a sale is paid first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// By a code.
    Crypto,
    /// In cash, with so much more than is due.
    Cash(i64),
    /// By card.
    Card,
    /// A part in cash, the rest later.
    Part(i64),
}

/// What a customer does with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pays {
    /// Nothing.
    Never,
    /// Pays so long after they saw it.
    After(u64),
    /// Pays so long after its end.
    AfterEnd(u64),
    /// Sends a part.
    Part(u64),
}

/// About a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaleAct {
    /// *Stop waiting*.
    Stop,
    /// *Check now*.
    Check,
    /// A new code.
    Again,
    /// A part goes back, of a hundred.
    Refund(i64),
    /// The last refund is voided.
    Void,
    /// What is outstanding is paid in cash, tapped so often.
    Cash(u32),
    /// The same by card.
    Card,
    /// The last tender is taken back.
    TakeBack,
    /// Another note.
    Note,
    /// Given up for good.
    WriteOff,
    /// A payment is acknowledged.
    Acknowledge,
    /// A review is closed.
    CloseReview,
    /// It comes on screen.
    Show,
}

/// At the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CounterAct {
    /// Cash goes in.
    In(i64),
    /// Cash goes out.
    Out(i64),
    /// To the bank.
    Drop(i64),
    /// The drawer is counted: what should be there and this.
    Count(i64),
    /// X.
    Report,
    /// Z; with open sales if need be.
    Close(bool),
    /// A cart is held.
    Hold(i64),
    /// The oldest held cart is charged in cash.
    ChargeCart,
    /// It is dropped.
    DropCart,
    /// The settings are changed.
    Settings(u8),
    /// Nothing is on screen.
    Pad,
}

/// Weather for a while.
#[derive(Debug, Clone, Copy)]
pub struct Weather {
    /// What kind.
    pub kind: WeatherKind,
    /// For so long.
    pub for_ms: u64,
}

/// What can befall a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeatherKind {
    /// Nothing.
    Fine,
    /// No connection.
    Split,
    /// The gateway's certificate is not believed.
    Tls,
    /// Nobody hears it; the time runs out.
    Silent,
    /// It is heard; the answer is lost.
    AnswerLost,
    /// It is heard; the connection breaks.
    Broken,
    /// Too many calls.
    TooMany,
    /// The same, with a time to wait, seconds.
    TooManyFor(u64),
    /// The gateway fails.
    Fails,
    /// The answer breaks off.
    Torn,
    /// An answer that was true a while ago.
    Stale,
    /// The answer about another invoice.
    Swapped,
    /// This invoice is refused with 403.
    Refuses,
    /// The invoice is not known.
    Unknown,
    /// A 400.
    Bad,
    /// Slow.
    Slow,
    /// A new invoice is an old one; its page lies elsewhere; or it is a test.
    Odd,
}

impl WeatherKind {
    /// What befalls single calls.
    pub const ALL: [Self; 16] = [
        Self::Split,
        Self::Tls,
        Self::Silent,
        Self::AnswerLost,
        Self::Broken,
        Self::TooMany,
        Self::TooManyFor(20),
        Self::Fails,
        Self::Torn,
        Self::Stale,
        Self::Stale,
        Self::Swapped,
        Self::Refuses,
        Self::Unknown,
        Self::Odd,
        Self::Slow,
    ];
}

impl Plan {
    /// The plan of a seed, with so many sales a day.
    pub fn of(seed: u64, sales: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let shop = shop(&mut rng);
        let mut events = Vec::new();
        for day in 0..shop.days {
            let begin_ms = day * DAY_MS;
            for _ in 0..sales {
                let at_ms = begin_ms + moment(&mut rng);
                events.push((at_ms, What::Sell(sell(&mut rng, shop.test))));
            }
            for _ in 0..sales * 4 / 5 {
                let at_ms = begin_ms + moment(&mut rng);
                events.push((at_ms, about_sale(&mut rng)));
            }
            for _ in 0..sales / 3 {
                let at_ms = begin_ms + moment(&mut rng);
                events.push((at_ms, What::Counter(counter(&mut rng))));
            }
            for _ in 0..rng.random_range(0..14) {
                let what = fault(&mut rng);
                let mut at_ms = begin_ms + moment(&mut rng);
                // A program dies while somebody does something.
                if let What::Die { .. } = what
                    && let Some((act_ms, _)) = events.get(rng.random_range(0..events.len()))
                {
                    at_ms = act_ms.saturating_sub(1);
                }
                events.push((at_ms, what));
            }
            // The evening.
            events.push((begin_ms, What::Counter(CounterAct::Count(0))));
            let late_ms = begin_ms + OPEN_MS + 5 * MINUTE_MS;
            events.push((late_ms, What::Counter(CounterAct::Close(true))));
            if rng.random_range(0..4) > 0 {
                let down_ms = DAY_MS - OPEN_MS - 7 * MINUTE_MS;
                events.push((late_ms + MINUTE_MS, What::Close { down_ms }));
            }
        }
        events.sort_by_key(|(at_ms, _)| *at_ms);
        let events = events.into_iter().zip(1..);
        let events = events.map(|((at_ms, what), id)| Planned { at_ms, id, what });
        Self {
            seed,
            shop,
            events: events.collect(),
        }
    }

    /// When the last day is over.
    pub fn ends_ms(&self) -> u64 {
        self.shop.days * DAY_MS
    }
}

fn shop(rng: &mut StdRng) -> Shop {
    let day = 86_400_000;
    // One in three begins on the eve of a change of the clocks: 29 March and 25 October 2026.
    let begins = match rng.random_range(0..6) {
        0 => 86 * day,
        1 => 296 * day,
        _ => rng.random_range(0..330) * day,
    };
    Shop {
        days: pick(rng, &[1, 1, 1, 2, 2, 3]),
        begins_ms: begins + 9 * 3_600_000,
        rounding: rng.random_range(0..3),
        test: rng.random_range(0..12) == 0,
        tax: pick(rng, &[None, Some(700), Some(1900)]),
        calls_per_minute: pick(rng, &[30, 30, 30, 12, 60]),
        failing_per_mille: pick(rng, &[0, 30, 60, 150]),
        reads_journal_s: pick(rng, &[60, 60, 60, 60, 10]),
    }
}

/// One of these.
pub(super) fn pick<T: Copy + Default>(rng: &mut StdRng, all: &[T]) -> T {
    let index = rng.random_range(0..all.len().max(1));
    all.get(index).copied().unwrap_or_default()
}

/// Customers come in rushes.
fn moment(rng: &mut StdRng) -> u64 {
    match rng.random_range(0..3) {
        0 => rng.random_range(0..6) * 30 * MINUTE_MS + rng.random_range(0..4 * MINUTE_MS),
        _ => rng.random_range(0..OPEN_MS),
    }
}

fn sell(rng: &mut StdRng, test: bool) -> Sell {
    let amount_minor = match rng.random_range(0..4) {
        0 => rng.random_range(100..400),
        1 => rng.random_range(1..60) * 100,
        _ => rng.random_range(200..9000),
    };
    let pays = |rng: &mut StdRng| match rng.random_range(0..20) {
        0..=12 => Pays::After(rng.random_range(3..300) * SECOND_MS),
        13 | 14 => Pays::Never,
        15 => Pays::Part(rng.random_range(10..200) * SECOND_MS),
        16 => Pays::After(rng.random_range(5..40) * MINUTE_MS),
        _ => Pays::AfterEnd(rng.random_range(1..20 * 3600) * SECOND_MS),
    };
    let (first, second) = (pays(rng), pays(rng));
    Sell {
        amount_minor,
        tip_minor: match rng.random_range(0..6) {
            0 => amount_minor / 10,
            _ => 0,
        },
        lines: rng.random_range(0..2) == 0,
        first: match rng.random_range(0..10) {
            0 | 1 => First::Cash(rng.random_range(0..2000)),
            2 => First::Card,
            3 => First::Part((amount_minor / 3).max(1)),
            _ if test && rng.random_range(0..2) == 0 => First::Card,
            _ => First::Crypto,
        },
        taps: if rng.random_range(0..8) == 0 { 2 } else { 1 },
        on_screen: rng.random_range(0..3) > 0,
        pays: first,
        pays_again: second,
        chooses_ms: (rng.random_range(0..5) > 0).then(|| rng.random_range(2..60) * SECOND_MS),
    }
}

fn about_sale(rng: &mut StdRng) -> What {
    let act = match rng.random_range(0..30) {
        0..=3 => SaleAct::Stop,
        4..=6 => SaleAct::Check,
        7..=10 => SaleAct::Again,
        11 | 12 => SaleAct::Refund(100),
        13 | 14 => SaleAct::Refund(rng.random_range(1..100)),
        15 => SaleAct::Void,
        16..=18 => SaleAct::Cash(1),
        19 => SaleAct::Cash(2),
        20 => SaleAct::Card,
        21 | 22 => SaleAct::TakeBack,
        23 => SaleAct::Note,
        24 => SaleAct::WriteOff,
        25 | 26 => SaleAct::Acknowledge,
        27 => SaleAct::CloseReview,
        _ => SaleAct::Show,
    };
    let back = match rng.random_range(0..3) {
        0 => 0,
        1 => rng.random_range(0..4),
        _ => rng.random_range(0..20),
    };
    What::Sale { back, act }
}

fn counter(rng: &mut StdRng) -> CounterAct {
    match rng.random_range(0..14) {
        0 | 1 => CounterAct::In(rng.random_range(1..200) * 50),
        2 => CounterAct::Out(rng.random_range(1..100) * 50),
        3 => CounterAct::Drop(rng.random_range(1..200) * 100),
        4 | 5 => CounterAct::Count(rng.random_range(-300..300)),
        6 => CounterAct::Report,
        7 => CounterAct::Close(rng.random_range(0..2) == 0),
        8 | 9 => CounterAct::Hold(rng.random_range(2..50) * 100),
        10 | 11 => CounterAct::ChargeCart,
        12 if rng.random_range(0..2) == 0 => CounterAct::DropCart,
        12 => CounterAct::Settings(rng.random_range(0..6)),
        _ => CounterAct::Pad,
    }
}

fn fault(rng: &mut StdRng) -> What {
    let short_ms = |rng: &mut StdRng| rng.random_range(5..600) * SECOND_MS;
    match rng.random_range(0..28) {
        0..=3 => What::Die {
            steps: rng.random_range(0..24),
            power_calls: None,
            down_ms: rng.random_range(1..600) * SECOND_MS,
        },
        4..=7 => What::Die {
            steps: rng.random_range(0..24),
            power_calls: Some(rng.random_range(0..60)),
            down_ms: rng.random_range(20..900) * SECOND_MS,
        },
        8 => What::Close {
            down_ms: rng.random_range(1..1200) * SECOND_MS,
        },
        9 => What::Clock {
            by_ms: rng.random_range(-7200..7200) * 1000,
        },
        10 => What::Clock {
            by_ms: rng.random_range(-3..4) * 86_400_000,
        },
        11 => What::Sleep {
            for_ms: rng.random_range(10..3600) * SECOND_MS,
        },
        12 | 13 => What::Disk {
            full: rng.random_range(0..3) > 0,
            for_ms: rng.random_range(1..300) * SECOND_MS,
        },
        _ => {
            let kind = match rng.random_range(0..16) {
                0 | 1 => WeatherKind::Split,
                2 => WeatherKind::Tls,
                3 => WeatherKind::Silent,
                4 | 5 => WeatherKind::AnswerLost,
                6 => WeatherKind::Broken,
                7 => WeatherKind::TooMany,
                8 => WeatherKind::TooManyFor(rng.random_range(1..200)),
                9 => WeatherKind::Fails,
                10 => WeatherKind::Torn,
                11 | 12 => WeatherKind::Stale,
                13 => WeatherKind::Swapped,
                14 => WeatherKind::Odd,
                _ => WeatherKind::Slow,
            };
            What::Weather(Weather {
                kind,
                for_ms: short_ms(rng),
            })
        }
    }
}
