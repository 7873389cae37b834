//! The tills of one trial as it controls them: a process each, what it has said so far, and its journal.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use ringup_core::clock::Clock;
use ringup_core::ids::TillId;
use ringup_office::certificate::Certificate;
use ringup_office::store::Store;
use secrecy::{ExposeSecret as _, SecretString};
use tempfile::TempDir;

use super::offices::Offices;
use super::till_process::{Paired, Said, TillMoment};
use super::{AT_RANDOM, Failed, Stats};
use crate::test_till::TestTill;

/// How long a till may take to send everything once everybody is back.
const DRAINED_WITHIN: Duration = Duration::from_secs(90);

/// What a till has said.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// The last head that the office signed.
    pub(super) signed: (u64, String),
    /// Entries that are on its disk.
    pub(super) has: u64,
    /// For which time everything was sent.
    drained: u32,
    acknowledged: u32,
    unanswered: u32,
    forged: u32,
}

/// One till.
pub(super) struct Till {
    id: TillId,
    folder: TempDir,
    known: Arc<Mutex<Known>>,
    process: Option<Process>,
    awaits: Option<TillMoment>,
}

struct Process {
    child: Child,
    lines: ChildStdin,
    /// Ends when everything that the process said is read.
    reader: JoinHandle<()>,
}

/// All of them.
pub(super) struct Tills {
    tills: Vec<Till>,
    address: SocketAddr,
}

impl Tills {
    /// So many, paired, which do not run yet.
    pub(super) async fn paired(
        store: &Store,
        offices: &Offices,
        address: SocketAddr,
        count: usize,
    ) -> Self {
        let certificate = Certificate::own(&offices.folder().join("office.pem")).unwrap();
        let (office, pin) = (offices.public_key(), certificate.fingerprint());
        let mut tills = Vec::new();
        for _ in 0..count {
            let folder = tempfile::tempdir().unwrap();
            let id = TestTill::in_folder(folder.path()).id();
            let secret = SecretString::from(id.to_string());
            let now = Clock::system().now();
            store.offer_pairing(&secret, "Stall", now).await.unwrap();
            let (token, _) = store.pair(&secret, id, now).await.unwrap();
            let paired = Paired {
                token: token.expose_secret().to_owned(),
                pin,
                office: office.clone(),
            };
            let paired = serde_json::to_vec(&paired).unwrap();
            std::fs::write(folder.path().join("paired.json"), paired).unwrap();
            tills.push(Till {
                id,
                folder,
                known: Arc::default(),
                process: None,
                awaits: None,
            });
        }
        Self { tills, address }
    }

    pub(super) fn all(&self) -> &[Till] {
        &self.tills
    }

    /// Starts those that do not run, and lets all of them sell.
    pub(super) fn start(&mut self, program: &Path) {
        let address = self.address;
        for till in &mut self.tills {
            till.start(program, address);
            till.tell("sell");
        }
    }

    /// Tells one to end at this moment, after it was passed so many times.
    pub(super) fn arm(&mut self, at: usize, moment: Option<TillMoment>, passes: u32) {
        let till = self.tills.get_mut(at).unwrap();
        if let Some(moment) = moment {
            let name: &str = moment.into();
            till.tell(&format!("end_at {name} {passes}"));
            till.awaits = Some(moment);
        }
    }

    /// Whether one is still to come to its named moment.
    pub(super) fn is_awaited(&mut self, at: usize) -> bool {
        let till = self.tills.get_mut(at).unwrap();
        till.awaits.is_some() && !till.has_ended()
    }

    /// Kills one, unless it has ended at its named moment.
    pub(super) fn kill(&mut self, at: usize, stats: &mut Stats) {
        let till = self.tills.get_mut(at).unwrap();
        let when = match till.awaits.take() {
            Some(moment) if till.has_ended() => moment.into(),
            _ => AT_RANDOM,
        };
        *stats.of_till.entry(when).or_default() += 1;
        till.stop();
    }

    /// Waits until everything is sent. They sell nothing more.
    pub(super) async fn settle(&mut self, round: u32) -> Result<(), Failed> {
        for till in &mut self.tills {
            till.tell(&format!("drain {round}"));
        }
        let until = Instant::now() + DRAINED_WITHIN;
        while let Some(at) = self.tills.iter().position(|it| it.known().drained != round) {
            let ended = self.tills.iter_mut().position(Till::has_ended);
            if let Some(till) = ended.or((Instant::now() > until).then_some(at)) {
                return Err(Failed::Stuck { round, till });
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    }

    /// Adds up what they said.
    pub(super) fn count(&self, stats: &mut Stats) {
        for till in &self.tills {
            let known = till.known();
            stats.acknowledged += known.acknowledged;
            stats.unanswered += known.unanswered;
            stats.forged += known.forged;
        }
    }
}

impl Till {
    pub(super) fn id(&self) -> TillId {
        self.id
    }

    pub(super) fn known(&self) -> Known {
        self.known.lock().unwrap().clone()
    }

    /// The texts of all its entries, read from its journal's file.
    pub(super) fn bodies(&self) -> Vec<String> {
        let file = rusqlite::Connection::open(self.journal()).unwrap();
        let mut rows = file.prepare("SELECT body FROM entry ORDER BY seq").unwrap();
        let rows = rows.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// How many there are.
    pub(super) fn entries(&self) -> u64 {
        let file = rusqlite::Connection::open(self.journal()).unwrap();
        let count = "SELECT count(*) FROM entry";
        let count: i64 = file.query_row(count, [], |row| row.get(0)).unwrap();
        count.unsigned_abs()
    }

    fn journal(&self) -> PathBuf {
        self.folder.path().join("journal.sqlite")
    }

    fn start(&mut self, program: &Path, address: SocketAddr) {
        if self.process.is_some() {
            return;
        }
        let mut child = Command::new(program)
            .arg("till")
            .arg("--data")
            .arg(self.folder.path())
            .args(["--address", &address.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (lines, out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let known = Arc::clone(&self.known);
        let reader = std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                // The kill may have cut the last line off, which then was not said.
                if let Ok(said) = serde_json::from_str(&line) {
                    known.lock().unwrap().learn(said);
                }
            }
        });
        self.process = Some(Process {
            child,
            lines,
            reader,
        });
    }

    fn tell(&mut self, line: &str) {
        if let Some(process) = &mut self.process {
            // It may be gone already.
            writeln!(process.lines, "{line}").ok();
        }
    }

    fn has_ended(&mut self) -> bool {
        let process = self.process.as_mut();
        process.is_none_or(|it| it.child.try_wait().unwrap().is_some())
    }

    /// Kills it, and reads what it had said.
    fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.child.kill().ok();
            process.child.wait().unwrap();
            process.reader.join().unwrap();
        }
    }
}

impl Known {
    fn learn(&mut self, said: Said) {
        match said {
            Said::Has(seq) => self.has = self.has.max(seq),
            Said::Signed { seq, hash } => {
                self.acknowledged += 1;
                if seq > self.signed.0 {
                    self.signed = (seq, hash);
                }
            }
            Said::Unanswered => self.unanswered += 1,
            Said::Forged => self.forged += 1,
            Said::Drained(time) => self.drained = time,
        }
    }
}

impl Drop for Till {
    fn drop(&mut self) {
        self.stop();
    }
}
