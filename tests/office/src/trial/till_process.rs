//! A till in a process of its own: it sells into its journal, sends what is there, and says on its output what it knows to
//! be written and what the office has signed. It is killed in the middle of either.
//!
//! It obeys lines: `sell`, `drain N` (sell nothing more, and say N when all is sent), `end_at MOMENT PASSES`.

use std::io::{BufRead as _, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::RngExt as _;
use ringup_core::office::{Batch, Client, FINGERPRINT_BYTES, OfficeError, PublicKey, SignedHead};
use rustix::process::{Signal, getpid, kill_process};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::test_till::TestTill;

/// A moment at which a till ends, as by a kill.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::EnumString, strum::VariantArray, strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum TillMoment {
    /// A sale is written, not committed.
    SaleWritten,
    /// It is committed.
    SaleCommitted,
    /// An entry is written, not committed.
    EntryWritten,
    /// It is committed.
    EntryCommitted,
    /// A batch is read; nothing has left.
    BatchRead,
    /// It is on its way.
    BatchLeaving,
    /// The office's answer has come; nobody knows it yet.
    HeadCame,
}

/// How this program is told to be a till.
#[derive(Debug, clap::Args)]
pub struct TillRole {
    #[arg(long)]
    data: PathBuf,
    /// Where the office is, as far as this till knows.
    #[arg(long)]
    address: SocketAddr,
}

/// What a till is told when it is paired, beside its journal.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Paired {
    pub(super) token: String,
    pub(super) pin: Option<[u8; FINGERPRINT_BYTES]>,
    pub(super) office: PublicKey,
}

/// What a till says, a line each.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Said {
    /// Its journal is open, and goes up to this entry.
    Has(u64),
    /// The office has signed this head.
    Signed { seq: u64, hash: String },
    /// A call brought no answer, or one that says to come again.
    Unanswered,
    /// What came was another till's.
    Forged,
    /// The office has signed everything since it was told so for the nth time.
    Drained(u32),
}

/// Not to drain, but to sell.
const SELL: u32 = 0;

/// The moment that the till ends at.
type Armed = Arc<Mutex<Option<(TillMoment, u32)>>>;

/// Is a till until it is killed.
///
/// # Errors
/// What keeps it from reading its files.
pub async fn sell_until_killed(role: &TillRole) -> Result<(), Box<dyn std::error::Error>> {
    let paired: Paired = serde_json::from_slice(&std::fs::read(role.data.join("paired.json"))?)?;
    let till = TestTill::in_folder(&role.data);
    say(&Said::Has(till.entries()));
    let armed = Armed::default();
    let drain = Arc::new(AtomicU32::new(SELL));
    obey(Arc::clone(&armed), Arc::clone(&drain));
    let mut seller = Seller {
        client: Client::new(&role.address.to_string(), paired.pin)?,
        token: paired.token.into(),
        office: paired.office,
        till,
        head: None,
        armed,
        drained: SELL,
    };
    loop {
        seller.round(drain.load(Ordering::SeqCst)).await;
    }
}

/// Carries out what comes on the input. Whoever started this process has gone when it ends.
fn obey(armed: Armed, drain: Arc<AtomicU32>) {
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let words: Vec<_> = line.split(' ').collect();
            match *words.as_slice() {
                ["sell"] => drain.store(SELL, Ordering::SeqCst),
                ["drain", time] => drain.store(time.parse().unwrap(), Ordering::SeqCst),
                ["end_at", moment, passes] => {
                    let (moment, passes) = (moment.parse().unwrap(), passes.parse().unwrap());
                    arm(moment, passes, &armed);
                }
                _ => panic!("{line}"),
            }
        }
        std::process::exit(0);
    });
}

fn arm(moment: TillMoment, passes: u32, armed: &Armed) {
    #[cfg(debug_assertions)]
    {
        use ringup_core::failpoints::{Failpoint, arm};
        let own = match moment {
            TillMoment::SaleWritten => Some(Failpoint::SaleWritten),
            TillMoment::SaleCommitted => Some(Failpoint::SaleCommitted),
            TillMoment::EntryWritten => Some(Failpoint::EntryWritten),
            TillMoment::EntryCommitted => Some(Failpoint::EntryCommitted),
            _ => None,
        };
        if let Some(point) = own {
            return arm(point, passes, end);
        }
    }
    *armed.lock().unwrap() = Some((moment, passes));
}

/// Ends this process as a kill does.
fn end() {
    kill_process(getpid(), Signal::KILL).unwrap();
}

fn say(said: &Said) {
    let line = serde_json::to_string(said).unwrap();
    let mut out = std::io::stdout().lock();
    // Whoever listened has gone.
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

struct Seller {
    till: TestTill,
    client: Client,
    token: SecretString,
    office: PublicKey,
    /// The last head that the office has signed; `None`: it is to be asked.
    head: Option<u64>,
    armed: Armed,
    /// For which time it has said that all is sent.
    drained: u32,
}

impl Seller {
    /// Sells a little and sends once.
    async fn round(&mut self, drain: u32) {
        if drain == SELL {
            let (codes, cash) = (
                rand::rng().random_range(0..=1),
                rand::rng().random_range(0..=1),
            );
            self.till.sell(codes);
            self.till.sell_for_cash(cash);
            say(&Said::Has(self.till.entries()));
            // As busy as a till may be, and not so busy that twenty keep the machine from everything else.
            tokio::time::sleep(Duration::from_millis(rand::rng().random_range(0..50))).await;
        }
        match self.send().await {
            Ok(Some(head)) => {
                self.head = Some(head.seq);
                let hash = head.hash.to_string();
                say(&Said::Signed {
                    seq: head.seq,
                    hash,
                });
            }
            Ok(None) => {
                if drain != self.drained {
                    self.drained = drain;
                    say(&Said::Drained(drain));
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Err(error) => {
                self.head = None;
                say(&match error {
                    OfficeError::Refused(refusal) if refusal.code == "gap" => Said::Unanswered,
                    OfficeError::Unreachable(_) | OfficeError::Busy { .. } => Said::Unanswered,
                    OfficeError::HeadForged => Said::Forged,
                    error => panic!("{error}"),
                });
                let pause = rand::rng().random_range(1..30);
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
        }
    }

    /// One call: the head, or what comes after it. `None`: there is nothing to send.
    async fn send(&mut self) -> Result<Option<SignedHead>, OfficeError> {
        let id = self.till.id();
        let Some(head) = self.head else {
            let head = self.client.head(&self.token, id, &self.office).await?;
            return Ok(Some(head));
        };
        let Some(mut batch) = Batch::after(&self.till.journal, head).unwrap() else {
            return Ok(None);
        };
        // Of a random length, so that batches overlap in every way.
        if rand::rng().random_bool(0.3) {
            batch = TestTill::shortened(batch, rand::random::<u16>());
        }
        self.reached(TillMoment::BatchRead);
        self.reached(TillMoment::BatchLeaving);
        let head = self
            .client
            .send(&self.token, id, &self.office, &batch)
            .await?;
        self.reached(TillMoment::HeadCame);
        Ok(Some(head))
    }

    fn reached(&self, moment: TillMoment) {
        let mut armed = self.armed.lock().unwrap();
        match &mut *armed {
            Some((waiting, 0)) if *waiting == moment => {
                *armed = None;
                match moment {
                    // Somewhere in the middle of the call.
                    TillMoment::BatchLeaving => {
                        let after = Duration::from_micros(rand::rng().random_range(0..8000));
                        std::thread::spawn(move || {
                            std::thread::sleep(after);
                            end();
                        });
                    }
                    _ => end(),
                }
            }
            Some((waiting, left)) if *waiting == moment => *left -= 1,
            _ => {}
        }
    }
}
