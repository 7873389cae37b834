//! The disk fails at a commit, under an open till: selling stops and the screen is told. When the disk is
//! well the till opens its journal again, verified, and goes on. Then the power goes, and what was
//! acknowledged before and after is there.

use std::sync::Arc;
use std::time::Duration;

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::{Code, Fault};
use ringup_core::gateway::ApiBase;
use ringup_core::ids::TapId;
use ringup_core::sale::{Basket, SaleState};
use ringup_core::{Charge, JournalState, Till, TillEvent};
use ringup_practice::{Endpoint, Options, PracticeGateway};
use secrecy::SecretString;
use tokio::sync::broadcast::Receiver;

use super::disk::{Disk, Failing, Flush};
use super::vfs;

const PATIENCE: Duration = Duration::from_secs(20);

struct Counter {
    config: Config,
    gateway: PracticeGateway,
    disk: Arc<Disk>,
    _folder: tempfile::TempDir,
}

impl Drop for Counter {
    fn drop(&mut self) {
        vfs::unmount(&self.config.data_dir);
    }
}

impl Counter {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().canonicalize().unwrap();
        let gateway = ringup_practice::start(Options::default()).await.unwrap();
        let api = format!("http://127.0.0.1:{}/v1", gateway.port());
        let disk = Arc::new(Disk::new(Flush::Full));
        vfs::mount(&data_dir, Arc::clone(&disk));
        let config = Config {
            data_dir,
            api: ApiBase::parse(&api).unwrap(),
            pace: Duration::from_millis(20),
        };
        Self {
            config,
            gateway,
            disk,
            _folder: folder,
        }
    }

    async fn opens(&self) -> Till {
        let key = SecretString::from("practice");
        let till = Till::open_practice(&self.config, Clock::system(), key);
        till.await.unwrap()
    }

    fn created(&self) -> u64 {
        self.gateway.control().count(Endpoint::Create)
    }

    /// The till is gone, and so is all that was not on the platter.
    async fn power_cut(&self, till: Till, dice: &mut StdRng) {
        self.disk.cut();
        drop(till);
        // Its file is closed on a thread of its own.
        let lock = self.config.data_dir.join("journal.lock");
        let lock = std::fs::File::open(lock).unwrap();
        while lock.try_lock().is_err() {
            tokio::task::yield_now().await;
        }
        drop(lock);
        self.disk.power_returns(dice).unwrap();
        let shared = self.config.data_dir.join("journal.sqlite-shm");
        std::fs::remove_file(shared).ok();
    }
}

async fn sells(till: &Till) -> Result<u32, Code> {
    let charge = Charge {
        amount: "12.50".to_owned(),
        currency: "EUR".to_owned(),
        note: None,
        lifetime_minutes: None,
        basket: Basket::default(),
        tap: TapId::new(),
    };
    let sale = till.charge(charge).await;
    let sale = sale.map_err(|error| Fault::from(error).code)?;
    assert_eq!(sale.state, SaleState::Awaiting);
    Ok(sale.number)
}

async fn told(events: &mut Receiver<TillEvent>, wanted: JournalState) {
    let told = async {
        while !matches!(events.recv().await.unwrap(), TillEvent::JournalChanged(state) if state == wanted)
        {
        }
    };
    let in_time = tokio::time::timeout(PATIENCE, told).await;
    assert!(in_time.is_ok(), "waited in vain for {wanted:?}");
}

async fn a_commit_fails(failing: Failing, seed: u64) {
    let counter = Counter::new().await;
    let till = counter.opens().await;
    let mut events = till.events();
    let mut sold = vec![sells(&till).await.unwrap()];

    counter.disk.fails(Some(failing));
    assert_eq!(sells(&till).await, Err(Code::JournalUnwritable));
    assert_eq!(till.journal_state(), JournalState::Failing);
    told(&mut events, JournalState::Failing).await;
    assert_eq!(sells(&till).await, Err(Code::JournalUnwritable));
    assert_eq!(counter.created(), 1, "what is not written is not asked for");

    counter.disk.fails(None);
    told(&mut events, JournalState::Serving).await;
    till.verify().await.unwrap().unwrap();
    for _ in 0..3 {
        sold.push(sells(&till).await.unwrap());
    }

    let mut dice = StdRng::seed_from_u64(seed);
    counter.power_cut(till, &mut dice).await;
    let till = counter.opens().await;
    till.verify().await.unwrap().unwrap();
    for number in sold {
        let sale = till.sale(number).await.unwrap();
        assert!(sale.invoice_id.is_some(), "{sale:?}");
    }
    assert_eq!(counter.created(), 4);
}

#[tokio::test]
async fn a_commit_that_cannot_be_written_stops_selling_until_the_disk_is_well() {
    a_commit_fails(Failing::Writes, 1).await;
}

#[tokio::test]
async fn after_a_flush_that_failed_nothing_is_built_on_what_only_the_cache_holds() {
    for seed in 0..4 {
        a_commit_fails(Failing::Flushes, seed).await;
    }
}

#[tokio::test]
async fn a_disk_that_became_read_only_stops_selling_until_it_is_writable() {
    a_commit_fails(Failing::Anything, 1).await;
}
