//! The offices of one trial and their database: processes that are killed, and a replica that takes a lost one's place.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rand::RngExt as _;
use rand::rngs::StdRng;
use ringup_core::clock::Clock;
use ringup_core::office::PublicKey;
use ringup_office::certificate::Certificate;
use ringup_office::failpoints::{self, Failpoint};
use ringup_office::server::{Office, serve};
use ringup_office::store::Store;
use ringup_office::witness::Witness;
use ringup_testkit::{Postgres, PostgresEnd, free_port};
use tempfile::TempDir;

use super::{AT_RANDOM, Book, Options, Stats};

/// How this program is told to be an office.
#[derive(Debug, clap::Args)]
pub struct OfficeRole {
    #[arg(long)]
    data: PathBuf,
    #[arg(long)]
    database: Option<String>,
    #[arg(long)]
    port: u16,
    #[arg(long)]
    end_at: Option<Failpoint>,
    #[arg(long, default_value_t = 0)]
    passes: u32,
    #[arg(long)]
    lie: bool,
}

/// Is an office until it is killed.
///
/// # Errors
/// What keeps it from listening.
pub async fn serve_until_killed(role: &OfficeRole) -> Result<(), Box<dyn std::error::Error>> {
    let store = match &role.database {
        Some(url) => Store::postgres(url).await?,
        None => Store::sqlite(&book(&role.data)).await?,
    };
    let witness = Witness::open(&role.data.join("office.key"))?;
    let certificate = Certificate::own(&role.data.join("office.pem"))?;
    if let Some(point) = role.end_at {
        failpoints::end_at(point, role.passes);
    }
    if role.lie {
        failpoints::acknowledge_before_the_commit();
    }
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", role.port)).await?;
    writeln!(std::io::stdout(), "ready")?;
    let office = Office::new(store, witness, Clock::system());
    serve(office, listener, certificate.server_config()?).await;
    Ok(())
}

/// Where an office without a database has its book.
fn book(folder: &Path) -> PathBuf {
    folder.join("office.sqlite")
}

/// The offices, and what is behind them.
pub(super) struct Offices {
    options: Options,
    folder: TempDir,
    database: Option<Database>,
    ports: Vec<u16>,
    processes: Vec<Option<Child>>,
}

/// A PostgreSQL, perhaps with its replica.
struct Database {
    primary: Postgres,
    replica: Option<Postgres>,
    /// Where its replica is to be, once the primary was lost.
    lost_port: Option<u16>,
    /// How offices reach the one of the two that may be written.
    url: String,
}

impl Offices {
    pub(super) fn new(options: Options) -> Self {
        let count = match options.book {
            Book::File => 1,
            _ => 2,
        };
        Self {
            folder: tempfile::tempdir().unwrap(),
            database: Database::of(options.book),
            ports: (0..count).map(|_| free_port()).collect(),
            processes: (0..count).map(|_| None).collect(),
            options,
        }
    }

    /// How many offices stand before the book.
    pub(super) fn count(&self) -> usize {
        self.ports.len()
    }

    pub(super) fn ports(&self) -> Vec<u16> {
        self.ports.clone()
    }

    /// Where their keys are.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn public_key(&self) -> PublicKey {
        let key = self.folder.path().join("office.key");
        Witness::open(&key).unwrap().public()
    }

    /// How often a round takes the database with it.
    pub(super) fn database_odds(&self) -> f64 {
        match self.options.book {
            Book::File => 0.0,
            Book::Postgres => 0.4,
            Book::SynchronousReplica | Book::AsynchronousReplica => 1.0,
        }
    }

    /// The book, opened by the trial itself.
    pub(super) async fn store(&self) -> Store {
        let opened = match &self.database {
            Some(database) => Store::postgres(&database.url).await,
            None => Store::sqlite(&book(self.folder.path())).await,
        };
        opened.unwrap()
    }

    /// Starts those that do not run, each to end at its moment, and waits until they listen.
    pub(super) fn start(&mut self, points: &[Option<(Failpoint, u32)>]) {
        for at in 0..self.count() {
            let process = self.processes.get_mut(at).unwrap();
            let runs = process
                .as_mut()
                .is_some_and(|it| it.try_wait().unwrap().is_none());
            if !runs {
                let started = self.started(at, points.get(at).copied().flatten());
                *self.processes.get_mut(at).unwrap() = Some(started);
            }
        }
    }

    fn started(&self, at: usize, end: Option<(Failpoint, u32)>) -> Child {
        let mut command = Command::new(&self.options.program);
        command.arg("office").arg("--data").arg(self.folder.path());
        command.args(["--port", &self.ports.get(at).unwrap().to_string()]);
        if let Some(database) = &self.database {
            command.args(["--database", &database.url]);
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
        process
    }

    /// Whether this one has ended by itself, at its named moment.
    pub(super) fn has_ended(&mut self, at: usize) -> bool {
        let process = self.processes.get_mut(at).unwrap().as_mut();
        process.is_none_or(|it| it.try_wait().unwrap().is_some())
    }

    /// Kills one, unless it has ended at its named moment.
    pub(super) fn kill(&mut self, at: usize, point: Option<(Failpoint, u32)>, stats: &mut Stats) {
        let ended = self.has_ended(at);
        let when = match point {
            Some((point, _)) if ended => point.into(),
            _ => AT_RANDOM,
        };
        *stats.of_office.entry(when).or_default() += 1;
        self.stop_one(at);
    }

    fn stop_one(&mut self, at: usize) {
        if let Some(mut process) = self.processes.get_mut(at).and_then(Option::take) {
            process.kill().ok();
            process.wait().unwrap();
        }
    }

    /// Ends all of them, which is no part of the trial.
    pub(super) fn stop(&mut self) {
        (0..self.count()).for_each(|at| self.stop_one(at));
    }

    /// Ends the database in one of its ways.
    pub(super) async fn end_database(&mut self, random: &mut StdRng, stats: &mut Stats) {
        let Some(database) = &mut self.database else {
            return;
        };
        let how = match random.random_range(0..3) {
            _ if database.replica.is_some() => {
                let cut = Duration::from_millis(random.random_range(0..250));
                database.lose_primary(cut).await;
                "lost_primary"
            }
            0 => {
                database.primary.end(PostgresEnd::Killed);
                "killed"
            }
            1 => {
                database.primary.end(PostgresEnd::Immediate);
                "immediate"
            }
            _ => {
                database.primary.end(PostgresEnd::OneProcess);
                "one_process"
            }
        };
        *stats.of_database.entry(how).or_default() += 1;
    }

    /// The database answers again.
    pub(super) fn revive_database(&mut self) {
        self.database.iter_mut().for_each(Database::revive);
    }

    /// It has a replica again.
    pub(super) fn complete_database(&mut self) {
        self.database.iter_mut().for_each(Database::complete);
    }
}

impl Database {
    fn of(book: Book) -> Option<Self> {
        let settings: &[&str] = match book {
            Book::File => return None,
            Book::Postgres => {
                let primary = Postgres::start();
                let url = primary.url();
                return Some(Self {
                    primary,
                    replica: None,
                    lost_port: None,
                    url,
                });
            }
            Book::SynchronousReplica => &["synchronous_standby_names=*", "synchronous_commit=on"],
            Book::AsynchronousReplica => &[],
        };
        let primary = Postgres::start_with(settings);
        let replica = primary.replica();
        let url = primary.url_of_either(&replica);
        Some(Self {
            primary,
            replica: Some(replica),
            lost_port: None,
            url,
        })
    }

    /// The line to the replica is cut; soon after, the primary is gone for good.
    async fn lose_primary(&mut self, cut: Duration) {
        self.primary.freeze_replication();
        tokio::time::sleep(cut).await;
        self.primary.kill();
    }

    /// The database answers again: the same one, or the replica in the place of the lost one.
    fn revive(&mut self) {
        let Some(replica) = self.replica.take_if(|_| !self.primary.runs()) else {
            return self.primary.revive();
        };
        replica.promote();
        self.lost_port = Some(self.primary.port());
        // With it goes its disk.
        self.primary = replica;
    }

    /// A replica again, in the place of the lost one.
    fn complete(&mut self) {
        if let Some(port) = self.lost_port.take() {
            self.replica = Some(self.primary.replica_at(port));
        }
    }
}

impl Drop for Offices {
    fn drop(&mut self) {
        self.stop();
    }
}
