//! An office's sender with a clock that a test moves, and where what it sends is put to be looked at.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ringup_core::calendar::Zone;
use ringup_core::clock::{Clock, UnixMs};
use ringup_office::store::Store;
use ringup_office::word::{HookSecrets, MailServer as Relay, Sender, WordConfig};
use ringup_testkit::MailServer;

use super::NOW;

/// An office's sender, and the clock that it goes by.
pub(super) struct Office {
    pub(super) sender: Sender,
    pub(super) now: Arc<AtomicI64>,
    pub(super) secrets: HookSecrets,
}

impl Office {
    pub(super) fn of(store: &Store, mail: &str) -> Self {
        let now = Arc::new(AtomicI64::new(NOW.0));
        let clock = Arc::clone(&now);
        let secrets = HookSecrets::new([7; 32]);
        let config = WordConfig {
            mail: Some(Relay::read(mail, None, "Ringup <till@shop.example>").unwrap()),
            secrets: secrets.clone(),
            networks: "127.0.0.0/8".parse().unwrap(),
        };
        let clock = Clock::from_fn(move || UnixMs(clock.load(Ordering::SeqCst)));
        let zone = Zone::named("Europe/Berlin").unwrap();
        let address = "office.example:7443".to_owned();
        Self {
            sender: Sender::new(store.clone(), clock, config, address, zone),
            now,
            secrets,
        }
    }

    pub(super) fn with_port(store: &Store, server: &MailServer) -> Self {
        Self::of(store, &format!("smtp://127.0.0.1:{}", server.port))
    }

    pub(super) fn later(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    pub(super) async fn send_all(&self) {
        while self.sender.send_due().await.unwrap() > 0 {}
    }
}

/// Where mails are put for somebody to look at.
pub(super) fn folder_for_eyes() -> std::path::PathBuf {
    let folder = ringup_testkit::repository().join("target/office/mails");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
