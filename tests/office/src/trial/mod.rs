//! The kill trial: twenty tills sell and send, each a process of its own, through a line that cuts and delays and a proxy
//! that repeats, reorders and loses, while tills, office and database are killed again and again.
//!
//! After each round of kills the book must hold at least what the office had signed before; when all have come back, it
//! must equal the union of the journals, byte for byte, although the line never stopped to misbehave before.

mod check;
mod offices;
mod till_process;
mod tills;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use ringup_office::failpoints::Failpoint;
use strum::VariantArray as _;

use crate::line::Line;
use crate::proxy::Proxy;
use offices::Offices;
use tills::Tills;

pub use offices::{OfficeRole, serve_until_killed};
pub use till_process::{TillMoment, TillRole, sell_until_killed};

/// How many tills send at once.
const TILLS: usize = 20;
/// How many of them are killed in a round.
const KILLED_TILLS: usize = 6;
/// How long a round goes on before the kills come.
const SHORTEST_LIFE_MS: u64 = 40;
const LONGEST_LIFE_MS: u64 = 400;
/// How long those that are to end at a named moment may take to get there.
const LONGEST_WAIT: Duration = Duration::from_millis(1500);

/// Where the office has its book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Book {
    /// In one file, with one office before it.
    File,
    /// In a PostgreSQL that is killed as well, with two offices before it.
    Postgres,
    /// In a PostgreSQL that is lost again and again, and whose synchronous replica takes its place.
    SynchronousReplica,
    /// The same with a replica that is not waited for. The trial must notice.
    AsynchronousReplica,
}

/// What to try.
#[derive(Debug, Clone)]
pub struct Options {
    /// This program, which is office and till too when it is told so.
    pub program: PathBuf,
    /// How many kills at least.
    pub kills: u32,
    /// Decides what happens and when.
    pub seed: u64,
    /// Where the book is.
    pub book: Book,
    /// The office says that a batch is stored before it is. The trial must notice.
    pub lie: bool,
}

/// What was tried.
#[derive(Debug, Clone, Default)]
pub struct Stats {
    /// Times that everybody was back and the book was compared with the journals.
    pub comparisons: u32,
    /// Kills of an office: at a random moment, and at each named one.
    pub of_office: BTreeMap<&'static str, u32>,
    /// Kills of a till, in the same way.
    pub of_till: BTreeMap<&'static str, u32>,
    /// Ends of the database, by how.
    pub of_database: BTreeMap<&'static str, u32>,
    /// Batches that the office signed for.
    pub acknowledged: u32,
    /// Calls that brought no answer.
    pub unanswered: u32,
    /// Answers that were another till's, which the till must refuse.
    pub forged: u32,
    /// Requests and answers that the proxy lost, repeated, and brought late.
    pub lost: u32,
    /// The same.
    pub repeated: u32,
    /// The same.
    pub reordered: u32,
    /// Entries at the end.
    pub entries: u64,
}

/// The word for a kill that came whenever it came.
const AT_RANDOM: &str = "at_random";

impl Stats {
    /// All kills.
    pub fn kills(&self) -> u32 {
        let all = [&self.of_office, &self.of_till, &self.of_database];
        all.iter().flat_map(|kills| kills.values()).sum()
    }

    /// Adds those of another part.
    pub fn add(&mut self, other: &Self) {
        let maps = [
            (&mut self.of_office, &other.of_office),
            (&mut self.of_till, &other.of_till),
            (&mut self.of_database, &other.of_database),
        ];
        for (sum, part) in maps {
            for (what, kills) in part {
                *sum.entry(what).or_default() += kills;
            }
        }
        self.comparisons += other.comparisons;
        self.acknowledged += other.acknowledged;
        self.unanswered += other.unanswered;
        self.forged += other.forged;
        self.lost += other.lost;
        self.repeated += other.repeated;
        self.reordered += other.reordered;
        self.entries += other.entries;
    }
}

/// What the trial found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// The office had signed for more than it holds.
    #[error("round {round}: the office signed entry {signed} of till {till} and holds {found}")]
    Lost {
        /// After which round of kills.
        round: u32,
        /// Which of the tills.
        till: usize,
        /// Up to which entry it had signed.
        signed: u64,
        /// How many entries it holds.
        found: u64,
    },
    /// A till said that an entry is on its disk, and it is not.
    #[error("round {round}: till {till} had entry {said} and has {found}")]
    Forgotten {
        /// After which round.
        round: u32,
        /// Which of the tills.
        till: usize,
        /// What it said.
        said: u64,
        /// How many entries it has.
        found: u64,
    },
    /// An entry of the book is not the journal's.
    #[error("round {round}: entry {seq} of till {till} is not the journal's")]
    Differs {
        /// After which round.
        round: u32,
        /// Which of the tills.
        till: usize,
        /// The entry's number.
        seq: usize,
    },
    /// What was signed is not what the journal has.
    #[error("round {round}: the office signed another entry {seq} of till {till}")]
    SignedOther {
        /// After which round.
        round: u32,
        /// Which of the tills.
        till: usize,
        /// The entry's number.
        seq: u64,
    },
    /// Not everything arrives although everybody is back.
    #[error("round {round}: till {till} could not send all that it has")]
    Stuck {
        /// After which round.
        round: u32,
        /// Which of the tills.
        till: usize,
    },
    /// At the end something was missing, or an alarm was raised without a reason.
    #[error("at the end: {0}")]
    Unfinished(String),
}

/// Who is killed.
#[derive(Debug, Clone, Copy)]
enum Victim {
    Office(usize),
    Till(usize),
    Database,
}

/// Kills at least so many times.
///
/// # Errors
/// [`Failed`]: what the trial found.
pub async fn run(options: &Options) -> Result<Stats, Failed> {
    let mut random = StdRng::seed_from_u64(options.seed);
    let mut stats = Stats::default();
    let mut offices = Offices::new(options.clone());
    let store = offices.store().await;
    let proxy = Proxy::start(offices.folder(), offices.ports(), random.random()).await;
    let line = Line::start(proxy.address.port(), random.random()).await;
    let mut tills = Tills::paired(&store, &offices, line.address, TILLS).await;
    let mut round = 0;
    while stats.kills() < options.kills {
        round += 1;
        line.be_kind(false);
        proxy.be_kind(false);
        let points: Vec<_> = (0..offices.count()).map(|_| point(&mut random)).collect();
        offices.start(&points);
        tills.start(&options.program);
        let victims = victims(&mut tills, &offices, &mut random);
        let life = random.random_range(SHORTEST_LIFE_MS..LONGEST_LIFE_MS);
        tokio::time::sleep(Duration::from_millis(life)).await;
        have_ended(&mut offices, &mut tills, &points, &victims).await;
        for victim in victims {
            match victim {
                Victim::Office(at) => {
                    offices.kill(at, points.get(at).copied().flatten(), &mut stats)
                }
                Victim::Till(at) => tills.kill(at, &mut stats),
                Victim::Database => offices.end_database(&mut random, &mut stats).await,
            }
        }
        offices.revive_database();
        check::signed(&store, &tills, round).await?;
        offices.complete_database();
        line.be_kind(true);
        proxy.be_kind(true);
        offices.start(&vec![None; offices.count()]);
        tills.start(&options.program);
        tills.settle(round).await?;
        check::equal(&store, &tills, round).await?;
        stats.comparisons += 1;
        // The next round's offices are new ones.
        offices.stop();
    }
    check::finish(&store, &tills, &mut stats).await?;
    tills.count(&mut stats);
    proxy.count(&mut stats);
    Ok(stats)
}

/// Half of the offices end at a named moment, after it was passed a few times.
fn point(random: &mut StdRng) -> Option<(Failpoint, u32)> {
    let at = random.random_range(0..Failpoint::OF_ENTRIES.len());
    let point = Failpoint::OF_ENTRIES.get(at).copied()?;
    random
        .random_bool(0.5)
        .then(|| (point, random.random_range(0..12)))
}

/// Those that are killed in this round, in a random order. Half of the tills among them are told to end at a named moment.
fn victims(tills: &mut Tills, offices: &Offices, random: &mut StdRng) -> Vec<Victim> {
    let mut victims: Vec<_> = (0..offices.count()).map(Victim::Office).collect();
    let mut all: Vec<usize> = (0..TILLS).collect();
    all.shuffle(random);
    for at in all.into_iter().take(KILLED_TILLS) {
        if random.random_bool(0.5) {
            let moment = random.random_range(0..TillMoment::VARIANTS.len());
            let moment = TillMoment::VARIANTS.get(moment).copied();
            tills.arm(at, moment, random.random_range(0..4));
        }
        victims.push(Victim::Till(at));
    }
    if random.random_bool(offices.database_odds()) {
        victims.push(Victim::Database);
    }
    victims.shuffle(random);
    victims
}

/// Waits until those that are to end at a named moment have, or long enough.
async fn have_ended(
    offices: &mut Offices,
    tills: &mut Tills,
    points: &[Option<(Failpoint, u32)>],
    victims: &[Victim],
) {
    let until = tokio::time::Instant::now() + LONGEST_WAIT;
    while tokio::time::Instant::now() < until {
        let waits = victims.iter().any(|victim| match *victim {
            Victim::Office(at) => {
                points.get(at).is_some_and(Option::is_some) && !offices.has_ended(at)
            }
            Victim::Till(at) => tills.is_awaited(at),
            Victim::Database => false,
        });
        if !waits {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
