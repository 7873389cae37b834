//! The kill trial: tills send through a line that cuts, delays, repeats and reorders, while the office and its database are
//! killed again and again. After each kill the book must hold, byte for byte, a beginning of each till's journal that
//! reaches at least as far as the office had signed; at the end, all of it.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use ringup_core::clock::Clock;
use ringup_core::office::{Batch, Client, FINGERPRINT_BYTES, OfficeError, PublicKey};
use ringup_office::certificate::Certificate;
use ringup_office::failpoints::Failpoint;
use ringup_office::store::Store;
use ringup_office::witness::Witness;
use ringup_testkit::{Postgres, free_port};
use secrecy::SecretString;
use strum::VariantArray as _;
use tempfile::TempDir;
use tokio::sync::watch;

use crate::line::Line;
use crate::test_till::TestTill;

/// How many tills send at once.
const TILLS: usize = 20;
/// The longest time from the office's start to its kill.
const LONGEST_LIFE_MS: u64 = 400;
/// How long an office that is to end at a named moment may take to get there.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// What to try.
#[derive(Debug, Clone)]
pub struct Options {
    /// This program, which is the office too when it is told so.
    pub program: PathBuf,
    /// How many kills.
    pub kills: u32,
    /// Decides what happens and when.
    pub seed: u64,
    /// The book is in a PostgreSQL, which is killed as well; otherwise in a file.
    pub postgres: bool,
    /// The office says that a batch is stored before it is. The trial must notice.
    pub lie: bool,
}

/// What was tried.
#[derive(Debug, Clone, Default)]
pub struct Stats {
    /// Kills of the office at a random moment.
    pub at_random: u32,
    /// Kills at each named moment.
    pub at: BTreeMap<&'static str, u32>,
    /// Kills of the database.
    pub of_database: u32,
    /// Batches that the office signed for.
    pub acknowledged: u32,
    /// Calls that brought no answer.
    pub unanswered: u32,
    /// Batches that were sent once more, late.
    pub repeated: u32,
    /// Entries at the end.
    pub entries: u64,
}

/// What the trial found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// The office had signed for more than it holds.
    #[error("kill {kill}: the office signed entry {signed} of till {till} and holds {found}")]
    Lost {
        /// After which kill.
        kill: u32,
        /// Which of the tills.
        till: usize,
        /// Up to which entry it had signed.
        signed: u64,
        /// How many entries it holds.
        found: u64,
    },
    /// An entry of the book is not the journal's.
    #[error("kill {kill}: entry {seq} of till {till} is not the journal's")]
    Differs {
        /// After which kill.
        kill: u32,
        /// Which of the tills.
        till: usize,
        /// The entry's number.
        seq: usize,
    },
    /// At the end something was missing, or an alarm was raised without a reason.
    #[error("at the end: {0}")]
    Unfinished(String),
}

/// A till that sends.
struct Seller {
    till: TestTill,
    token: SecretString,
    /// Up to which entry the office has signed.
    signed: u64,
    /// Batches that it sent before.
    sent: Vec<Batch>,
    random: StdRng,
    stats: Stats,
}

/// Where the office is.
#[derive(Clone)]
struct OfficeAddress {
    address: String,
    pin: Option<[u8; FINGERPRINT_BYTES]>,
    key: PublicKey,
}

/// The processes of one trial.
struct Office {
    options: Options,
    folder: TempDir,
    database: Option<Postgres>,
    port: u16,
    process: Option<Child>,
}

/// Kills so many times.
///
/// # Errors
/// [`Failed`]: what the trial found.
pub async fn run(options: &Options) -> Result<Stats, Failed> {
    let mut random = StdRng::seed_from_u64(options.seed);
    let mut stats = Stats::default();
    let mut office = Office::new(options.clone());
    let store = office.store().await;
    let path = |name: &str| office.folder.path().join(name);
    let certificate = Certificate::own(&path("office.pem")).unwrap();
    let key = Witness::open(&path("office.key")).unwrap().public();
    let line = Line::start(office.port, random.random()).await;
    let place = OfficeAddress {
        address: line.address.to_string(),
        pin: certificate.fingerprint(),
        key,
    };
    let mut sellers = Vec::new();
    for _ in 0..TILLS {
        sellers.push(Seller::paired(&store, random.random()).await);
    }
    for kill in 1..=options.kills {
        let point = random.random_bool(0.5).then(|| {
            let at = random.random_range(0..Failpoint::VARIANTS.len());
            Failpoint::VARIANTS.get(at).copied().unwrap()
        });
        office.start(point.map(|point| (point, random.random_range(0..6))));
        let life = Duration::from_millis(random.random_range(20..LONGEST_LIFE_MS));
        let (stop, stopped) = watch::channel(false);
        let selling = sellers
            .into_iter()
            .map(|seller| tokio::spawn(seller.trade(place.clone(), stopped.clone(), Some(3))));
        let selling: Vec<_> = selling.collect();
        match point {
            Some(_) => office.has_ended().await,
            None => tokio::time::sleep(life).await,
        }
        let of_database = options.postgres && random.random_bool(0.3);
        let ended = office.kill(of_database);
        match point {
            _ if of_database => stats.of_database += 1,
            Some(point) if ended => *stats.at.entry(point.into()).or_default() += 1,
            _ => stats.at_random += 1,
        }
        stop.send_replace(true);
        sellers = Vec::new();
        for seller in selling {
            sellers.push(seller.await.unwrap());
        }
        check(&store, &sellers, kill).await?;
    }
    line.be_kind();
    office.start(None);
    let mut all = Vec::new();
    for seller in sellers {
        let (_never, stopped) = watch::channel(false);
        let drained = seller.trade(place.clone(), stopped, None);
        let drained = tokio::time::timeout(Duration::from_secs(60), drained).await;
        all.push(drained.unwrap());
    }
    office.kill(false);
    check(&store, &all, options.kills + 1).await?;
    finish(&store, &all, &mut stats).await?;
    Ok(stats)
}

/// Everything that the office signed for is there, and nothing that no journal holds.
async fn check(store: &Store, sellers: &[Seller], kill: u32) -> Result<(), Failed> {
    for (seller, till) in sellers.iter().zip(0..) {
        let (id, bodies) = (seller.till.id(), seller.till.bodies());
        let found = store.entries(id, 1, u64::MAX).await.unwrap();
        let pairs = found.iter().zip(&bodies).zip(1..);
        for ((found, own), seq) in pairs {
            if found != own {
                return Err(Failed::Differs { kill, till, seq });
            }
        }
        let (found, signed) = (u64::try_from(found.len()).unwrap(), seller.signed);
        if found < signed || found > seller.till.entries() {
            return Err(Failed::Lost {
                kill,
                till,
                signed,
                found,
            });
        }
    }
    Ok(())
}

/// At the end the book is the union of the journals, whole, and nobody was accused.
async fn finish(store: &Store, sellers: &[Seller], stats: &mut Stats) -> Result<(), Failed> {
    let entries: u64 = sellers.iter().map(|seller| seller.till.entries()).sum();
    let book = store.verify(Clock::system().now()).await.unwrap();
    let alarms = store.alarms().await.unwrap();
    if book.entries != entries || !book.faults.is_empty() || !alarms.is_empty() {
        let found = format!("{entries} entries in journals, {book:?}, {alarms:?}");
        return Err(Failed::Unfinished(found));
    }
    stats.entries = entries;
    for seller in sellers {
        stats.acknowledged += seller.stats.acknowledged;
        stats.unanswered += seller.stats.unanswered;
        stats.repeated += seller.stats.repeated;
    }
    Ok(())
}

impl Seller {
    async fn paired(store: &Store, seed: u64) -> Self {
        let till = TestTill::new();
        let secret = SecretString::from(till.id().to_string());
        let now = Clock::system().now();
        store.offer_pairing(&secret, "Stall", now).await.unwrap();
        let (token, _) = store.pair(&secret, till.id(), now).await.unwrap();
        Self {
            till,
            token,
            signed: 0,
            sent: Vec::new(),
            random: StdRng::seed_from_u64(seed),
            stats: Stats::default(),
        }
    }

    /// Sells and sends until it is stopped, or, without sales, until everything has arrived.
    async fn trade(
        mut self,
        place: OfficeAddress,
        mut stopped: watch::Receiver<bool>,
        sales: Option<u32>,
    ) -> Self {
        let client = Client::new(&place.address, place.pin).unwrap();
        let mut head = None;
        let most = sales.unwrap_or(0);
        self.till.sell(self.random.random_range(0..=most));
        while sales.is_some() || self.signed < self.till.entries() {
            let done = tokio::select! {
                done = self.send(&client, &place.key, head) => done,
                _ = stopped.wait_for(|stopped| *stopped) => break,
            };
            match done {
                Ok(seq) => head = Some(seq),
                Err(OfficeError::Refused(refusal)) if refusal.code == "gap" => head = None,
                Err(OfficeError::Unreachable(_) | OfficeError::Busy { .. }) => {
                    self.stats.unanswered += 1;
                    head = None;
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                Err(error) => panic!("{error}"),
            }
        }
        self
    }

    /// One call: the head, an old batch once more, or what comes next.
    async fn send(
        &mut self,
        client: &Client,
        key: &PublicKey,
        head: Option<u64>,
    ) -> Result<u64, OfficeError> {
        let id = self.till.id();
        let Some(head) = head else {
            return Ok(client.head(&self.token, id, key).await?.seq);
        };
        let old = self.random.random_range(0..=self.sent.len() * 4);
        let batch = match self.sent.get(old) {
            Some(old) => {
                self.stats.repeated += 1;
                old.clone()
            }
            None => match Batch::after(&self.till.journal, head).unwrap() {
                Some(batch) => self.cut(batch),
                None => {
                    self.till.sell(1);
                    return Ok(head);
                }
            },
        };
        if self.sent.len() < 30 {
            self.sent.push(batch.clone());
        }
        let signed = client.send(&self.token, id, key, &batch).await?;
        self.stats.acknowledged += 1;
        self.signed = self.signed.max(signed.seq);
        Ok(signed.seq)
    }

    /// A batch of a random length, so that batches overlap in every way.
    fn cut(&mut self, mut batch: Batch) -> Batch {
        let length = self.random.random_range(1..=batch.entries.len());
        batch.entries.truncate(length);
        let entries = batch.entries.iter();
        batch.last = entries.fold(batch.previous, |hash, body| hash.next(body));
        batch
    }
}

impl Office {
    fn new(options: Options) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            database: options.postgres.then(Postgres::start),
            port: free_port(),
            process: None,
            options,
        }
    }

    async fn store(&self) -> Store {
        let opened = match &self.database {
            Some(database) => Store::postgres(&database.url()).await,
            None => Store::sqlite(&book(self.folder.path())).await,
        };
        opened.unwrap()
    }

    /// Starts it, and waits until it listens.
    fn start(&mut self, end: Option<(Failpoint, u32)>) {
        let mut command = Command::new(&self.options.program);
        command.arg("office").arg("--data").arg(self.folder.path());
        command.args(["--port", &self.port.to_string()]);
        if let Some(database) = &self.database {
            command.args(["--database", &database.url()]);
        }
        if let Some((point, passes)) = end {
            let point: &str = point.into();
            command.args(["--end-at", point, "--passes", &passes.to_string()]);
        }
        if self.options.lie {
            command.arg("--lie");
        }
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let out = process.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        assert_eq!(line.trim(), "ready");
        self.process = Some(process);
    }

    /// Waits until it has ended at its named moment, or long enough.
    async fn has_ended(&mut self) {
        let waited = tokio::time::Instant::now() + LONGEST_WAIT;
        let process = self.process.as_mut().unwrap();
        while process.try_wait().unwrap().is_none() && tokio::time::Instant::now() < waited {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Kills it, and its database as well if so; says whether it had ended by itself, at its named moment.
    fn kill(&mut self, database: bool) -> bool {
        let mut process = self.process.take().unwrap();
        let ended = process.try_wait().unwrap().is_some();
        if database {
            self.database.iter_mut().for_each(Postgres::kill);
        }
        process.kill().ok();
        process.wait().unwrap();
        if database {
            self.database.iter_mut().for_each(Postgres::restart);
        }
        ended
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            process.kill().ok();
            process.wait().ok();
        }
    }
}

/// Where an office without a database has its book.
pub fn book(folder: &Path) -> PathBuf {
    folder.join("office.sqlite")
}
