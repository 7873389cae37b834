//! The disk fails at a commit, under an open till: selling stops and the screen is told. When the disk works again, the
//! till opens its journal again, verifies it, and goes on. Then the power is cut, and everything acknowledged before and
//! after the failure is there.

use std::sync::Arc;
use std::time::Duration;

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::{Code, Fault};
use ringup_core::sale::SaleState;
use ringup_core::{JournalState, Till, TillEvent};
use ringup_practice::{Endpoint, PracticeGateway};
use ringup_testkit::gateway::{KEY, api_base, key, start_gateway};
use ringup_testkit::{TIMEOUT, euros};
use tokio::sync::broadcast::Receiver;

use super::disk::{Disk, Failing, Flush};
use super::vfs;

struct Shop {
    config: Config,
    gateway: PracticeGateway,
    disk: Arc<Disk>,
    _folder: tempfile::TempDir,
}

impl Drop for Shop {
    fn drop(&mut self) {
        vfs::unmount(&self.config.data_dir);
    }
}

impl Shop {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().canonicalize().unwrap();
        let gateway = start_gateway(KEY).await;
        let disk = Arc::new(Disk::new(Flush::Full));
        vfs::mount(&data_dir, Arc::clone(&disk));
        let config = Config {
            data_dir,
            api: api_base(gateway.port()),
            pace: Duration::from_millis(20),
        };
        Self {
            config,
            gateway,
            disk,
            _folder: folder,
        }
    }

    async fn open(&self) -> Till {
        let till = Till::open_practice(&self.config, Clock::system(), key());
        till.await.unwrap()
    }

    fn create_calls(&self) -> u64 {
        self.gateway.control().count(Endpoint::Create)
    }

    /// Ends the till and cuts the power: what is not durable is lost.
    async fn power_cut(&self, till: Till, rng: &mut StdRng) {
        self.disk.cut();
        drop(till);
        // The file is closed on the thread of the journal.
        let lock = self.config.data_dir.join("journal.lock");
        let lock = std::fs::File::open(lock).unwrap();
        while lock.try_lock().is_err() {
            tokio::task::yield_now().await;
        }
        drop(lock);
        self.disk.power_returns(rng).unwrap();
        let shared = self.config.data_dir.join("journal.sqlite-shm");
        std::fs::remove_file(shared).ok();
    }
}

async fn sell(till: &Till) -> Result<u32, Code> {
    let sale = till.charge(euros("12.50")).await;
    let sale = sale.map_err(|error| Fault::from(error).code)?;
    assert_eq!(sale.state, SaleState::Awaiting);
    Ok(sale.number)
}

async fn wait_for_event(events: &mut Receiver<TillEvent>, wanted: JournalState) {
    let event = async {
        while !matches!(events.recv().await.unwrap(), TillEvent::JournalChanged(state) if state == wanted)
        {
        }
    };
    let in_time = tokio::time::timeout(TIMEOUT, event).await;
    assert!(in_time.is_ok(), "waited in vain for {wanted:?}");
}

async fn a_commit_fails(failing: Failing, seed: u64) {
    let shop = Shop::new().await;
    let till = shop.open().await;
    let mut events = till.events();
    let mut sold = vec![sell(&till).await.unwrap()];

    shop.disk.set_failing(Some(failing));
    assert_eq!(sell(&till).await, Err(Code::JournalUnwritable));
    assert_eq!(till.journal_state(), JournalState::Failing);
    wait_for_event(&mut events, JournalState::Failing).await;
    assert_eq!(sell(&till).await, Err(Code::JournalUnwritable));
    assert_eq!(
        shop.create_calls(),
        1,
        "what is not written is not asked for"
    );

    shop.disk.set_failing(None);
    wait_for_event(&mut events, JournalState::Serving).await;
    till.verify().await.unwrap().unwrap();
    for _ in 0..3 {
        sold.push(sell(&till).await.unwrap());
    }

    let mut rng = StdRng::seed_from_u64(seed);
    shop.power_cut(till, &mut rng).await;
    let till = shop.open().await;
    till.verify().await.unwrap().unwrap();
    for number in sold {
        let sale = till.sale(number).await.unwrap();
        assert!(sale.invoice_id.is_some(), "{sale:?}");
    }
    assert_eq!(shop.create_calls(), 4);
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
