//! What happens in each cycle and when the kill comes: a pure function of the seed.

use std::collections::VecDeque;

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use ringup_core::failpoints::Failpoint;
use ringup_core::money::{Currency, Money};

use super::protocol::SaleAct;

/// Cycles on one journal. Every check reads the whole journal, so a long one would make the loop slow.
const CYCLES_OF_A_JOURNAL: u32 = 10;

/// Settings that are saved hold these numbers of calls a minute in turn.
const LEAST_CALLS: u16 = 100;
const MOST_CALLS: u16 = 240;

/// One process of the till, from its start to the kill.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cycle {
    /// It begins with an empty folder.
    pub(crate) new_journal: bool,
    /// What customers did while no till was running.
    pub(crate) meanwhile: Vec<(Pick, CustomerAct)>,
    pub(crate) kill: Kill,
    pub(crate) steps: Vec<Step>,
}

/// When the kill comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kill {
    /// This long after the process was started.
    Opening { after_us: u64 },
    /// This long after this step was begun.
    During { step: usize, after_us: u64 },
    /// At this failpoint, after it was passed this many times.
    At { point: Failpoint, pass: u32 },
}

/// What happens in the shop.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    Charge {
        tap: u128,
        amount: Money,
        cash: bool,
        wait: bool,
    },
    /// An earlier tap of this journal, acknowledged or not, comes again.
    RepeatTap {
        pick: Pick,
    },
    OfSale {
        act: SaleAct,
        sale: Pick,
        wait: bool,
    },
    CloseDay {
        wait: bool,
    },
    CountDrawer {
        wait: bool,
    },
    SaveSettings {
        calls_per_minute: u16,
        wait: bool,
    },
    /// A customer does something with an invoice that was shown.
    Customer {
        invoice: Pick,
        act: CustomerAct,
    },
    /// The gateway's next answer to a create fails.
    FailCreate(CreateFault),
    Pause {
        ms: u64,
    },
}

/// Which one of those that are known at that moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Pick {
    Last,
    Any(usize),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum CustomerAct {
    Choose,
    Pay,
    End,
    PayLate,
    Settle,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum CreateFault {
    /// The invoice is made, and the connection is reset.
    Lost,
    /// Status 502.
    Failed,
    /// Status 422.
    Refused,
    /// The invoice is made late.
    Slow { ms: u64 },
}

/// Cycles without end.
#[derive(Debug)]
pub(crate) struct Plan {
    rng: StdRng,
    made: u32,
    calls_per_minute: u16,
    upcoming: VecDeque<Failpoint>,
}

impl Plan {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            rng: StdRng::seed_from_u64(seed),
            made: 0,
            calls_per_minute: LEAST_CALLS,
            upcoming: VecDeque::new(),
        }
    }

    /// The next failpoint. All come equally often, in a random order.
    fn next_point(&mut self) -> Failpoint {
        if let Some(point) = self.upcoming.pop_front() {
            return point;
        }
        let mut points: Vec<Failpoint> = Failpoint::ALL
            .iter()
            .copied()
            .filter(|point| !is_of_new_journal(*point) && *point != Failpoint::OrphanGivenUp)
            .collect();
        points.shuffle(&mut self.rng);
        // There is an orphan to give up only after a kill during a request.
        if let Some(place) = points
            .iter()
            .position(|point| *point == Failpoint::RequestLeaving)
        {
            points.insert(place + 1, Failpoint::OrphanGivenUp);
        }
        self.upcoming = points.into();
        self.upcoming.pop_front().unwrap_or(Failpoint::TailChecked)
    }

    fn kill(&mut self, new_journal: bool, steps: usize) -> Kill {
        let journal = self.made / CYCLES_OF_A_JOURNAL;
        let mut orphan_is_next = self.upcoming.front() == Some(&Failpoint::OrphanGivenUp);
        if orphan_is_next && new_journal {
            // The orphan stayed in the last journal: make another.
            self.upcoming.push_front(Failpoint::RequestLeaving);
            orphan_is_next = false;
        }
        if new_journal && journal.is_multiple_of(3) {
            return Kill::At {
                point: Failpoint::JournalWritten,
                pass: 0,
            };
        }
        if new_journal && journal % 3 == 1 {
            return Kill::At {
                point: Failpoint::JournalMade,
                pass: 0,
            };
        }
        if orphan_is_next || (!new_journal && self.rng.random_ratio(1, 2)) {
            let point = self.next_point();
            // Only points that are passed often may be skipped a few times.
            let pass = match point {
                Failpoint::EntryWritten | Failpoint::EntryCommitted => self.rng.random_range(0..3),
                Failpoint::InfoAnswered | Failpoint::InfoJournaled => self.rng.random_range(0..2),
                _ => 0,
            };
            return Kill::At { point, pass };
        }
        if self.rng.random_ratio(1, 6) {
            return Kill::Opening {
                after_us: self.rng.random_range(0..60_000),
            };
        }
        Kill::During {
            step: self.rng.random_range(0..steps.max(1)),
            after_us: self.rng.random_range(0..12_000),
        }
    }

    fn step(&mut self) -> Step {
        let wait = self.rng.random_ratio(3, 4);
        match self.rng.random_range(0..110) {
            0..24 => self.charge(wait),
            24..28 => self.charge_in_cash(wait),
            28..33 => Step::RepeatTap { pick: self.pick() },
            33..43 => self.of_sale(SaleAct::TryAgain, wait),
            43..51 => self.of_sale(SaleAct::Stop, wait),
            51..57 => self.of_sale(SaleAct::Check, wait),
            57..61 => self.of_sale(SaleAct::Refund, wait),
            61..63 => self.of_sale(SaleAct::WriteOff, wait),
            63..65 => Step::CloseDay { wait },
            65..67 => Step::SaveSettings {
                // Never twice the same within a journal, so that each is a change.
                calls_per_minute: self.next_calls_per_minute(),
                wait,
            },
            67..85 => Step::Customer {
                invoice: self.pick(),
                act: self.act(),
            },
            85..93 => Step::FailCreate(match self.rng.random_range(0..4) {
                0 => CreateFault::Lost,
                1 => CreateFault::Failed,
                2 => CreateFault::Refused,
                _ => CreateFault::Slow {
                    ms: self.rng.random_range(1..15),
                },
            }),
            93..98 => self.of_sale(SaleAct::TakePart, wait),
            98..102 => self.of_sale(SaleAct::TakeCash, wait),
            102..105 => self.of_sale(SaleAct::TakeBack, wait),
            105..106 => Step::CountDrawer { wait },
            _ => Step::Pause {
                ms: self.rng.random_range(1..15),
            },
        }
    }

    fn of_sale(&mut self, act: SaleAct, wait: bool) -> Step {
        let sale = self.pick();
        Step::OfSale { act, sale, wait }
    }

    fn next_calls_per_minute(&mut self) -> u16 {
        self.calls_per_minute = match self.calls_per_minute {
            MOST_CALLS.. => LEAST_CALLS,
            calls => calls + 1,
        };
        self.calls_per_minute
    }

    fn pick(&mut self) -> Pick {
        if self.rng.random_ratio(1, 2) {
            Pick::Last
        } else {
            Pick::Any(self.rng.random_range(0..1000))
        }
    }

    fn act(&mut self) -> CustomerAct {
        match self.rng.random_range(0..10) {
            0..2 => CustomerAct::Choose,
            2..6 => CustomerAct::Pay,
            6 => CustomerAct::End,
            7..9 => CustomerAct::PayLate,
            _ => CustomerAct::Settle,
        }
    }

    fn charge(&mut self, wait: bool) -> Step {
        let currency = *Currency::ALL
            .get(self.rng.random_range(0..3))
            .unwrap_or(&Currency::Eur);
        let minor = self.rng.random_range(currency.minimum().minor()..500_000);
        Step::Charge {
            tap: self.rng.random(),
            amount: Money::from_minor(minor, currency),
            cash: false,
            wait,
        }
    }

    fn charge_in_cash(&mut self, wait: bool) -> Step {
        match self.charge(wait) {
            Step::Charge {
                tap, amount, wait, ..
            } => Step::Charge {
                tap,
                amount,
                cash: true,
                wait,
            },
            other => other,
        }
    }

    /// Steps that reach this failpoint.
    fn steps_to(&mut self, point: Failpoint) -> Vec<Step> {
        let (sale, invoice, wait) = (Pick::Last, Pick::Last, true);
        let of_last = |act| Step::OfSale { act, sale, wait };
        let customer = |act| Step::Customer { invoice, act };
        match point {
            Failpoint::JournalWritten
            | Failpoint::JournalMade
            | Failpoint::TailChecked
            | Failpoint::PresenceTaken
            | Failpoint::OrphanGivenUp
            | Failpoint::OrphansGivenUp
            | Failpoint::ChainVerified
            | Failpoint::QrAsked
            | Failpoint::QrMade
            | Failpoint::SharedSettingsStored
            | Failpoint::SharedItemsWritten => Vec::new(),
            Failpoint::ChargeAsked
            | Failpoint::SaleWritten
            | Failpoint::SaleCommitted
            | Failpoint::RequestLeaving
            | Failpoint::CreateAnswered
            | Failpoint::InvoiceJournaled => vec![self.charge(true)],
            Failpoint::EntryWritten
            | Failpoint::EntryCommitted
            | Failpoint::InfoAnswered
            | Failpoint::InfoJournaled => vec![
                self.charge(true),
                customer(CustomerAct::Choose),
                of_last(SaleAct::Check),
                customer(CustomerAct::Pay),
                of_last(SaleAct::Check),
            ],
            Failpoint::StopAsked | Failpoint::StopJournaled => {
                vec![self.charge(true), of_last(SaleAct::Stop)]
            }
            Failpoint::RetryAsked | Failpoint::RetryJournaled => vec![
                self.charge(true),
                customer(CustomerAct::End),
                of_last(SaleAct::Check),
                of_last(SaleAct::TryAgain),
            ],
        }
    }
}

impl Iterator for Plan {
    type Item = Cycle;

    fn next(&mut self) -> Option<Cycle> {
        let new_journal = self.made.is_multiple_of(CYCLES_OF_A_JOURNAL);
        let meanwhile = (0..self.rng.random_range(0..4))
            .map(|_| (self.pick(), self.act()))
            .collect();
        let count = self.rng.random_range(5..16);
        let mut steps: Vec<Step> = (0..count).map(|_| self.step()).collect();
        let kill = self.kill(new_journal, steps.len());
        if let Kill::At { point, .. } = kill {
            // They come first, so that nothing before them can prevent it. The other steps run when the point is not
            // reached, or is to be passed some times.
            let mut all = self.steps_to(point);
            all.append(&mut steps);
            steps = all;
        }
        self.made += 1;
        Some(Cycle {
            new_journal,
            meanwhile,
            kill,
            steps,
        })
    }
}

/// Whether only the first start on a folder passes this point.
fn is_of_new_journal(point: Failpoint) -> bool {
    matches!(point, Failpoint::JournalWritten | Failpoint::JournalMade)
}

/// Whether this point is passed before the till takes requests.
pub(crate) fn is_of_opening(point: Failpoint) -> bool {
    is_of_new_journal(point)
        || matches!(
            point,
            Failpoint::TailChecked
                | Failpoint::PresenceTaken
                | Failpoint::OrphanGivenUp
                | Failpoint::OrphansGivenUp
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_plan() {
        let plan = |seed| Plan::new(seed).take(50).collect::<Vec<_>>();
        assert_eq!(plan(7), plan(7));
        assert_ne!(plan(7), plan(8));
    }

    #[test]
    fn two_hundred_cycles_kill_at_every_point() {
        for seed in 0..20 {
            let kills: Vec<Kill> = Plan::new(seed).take(200).map(|cycle| cycle.kill).collect();
            for wanted in Failpoint::ALL {
                let times = kills
                    .iter()
                    .filter(|kill| matches!(kill, Kill::At { point, .. } if point == wanted))
                    .count();
                assert!(times > 1, "{wanted:?} with seed {seed}");
            }
        }
    }
}
