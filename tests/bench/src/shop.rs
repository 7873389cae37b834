//! Journals to ask, made once and kept; tills opened on them.

use std::path::{Path, PathBuf};
use std::time::Instant;

use million::{Plan, calendar};
use till::Till;
use till::clock::Clock;
use till::config::Config;
use till::settings::Settings;

use crate::Failed;

/// A data folder with so many sales in its journal.
#[derive(Debug)]
pub(crate) struct Shop {
    pub(crate) sales: u32,
    pub(crate) folder: PathBuf,
}

impl Shop {
    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.join("journal.sqlite")
    }

    /// As the window opens it; nobody is asked, for there is no gateway.
    pub(crate) async fn till(&self) -> Result<Till, Failed> {
        till_in(&self.folder).await
    }
}

pub(crate) async fn till_in(folder: &Path) -> Result<Till, Failed> {
    let folder = folder.to_string_lossy().into_owned();
    let config = Config::read(|name| (name == "RINGUP_DATA_DIR").then(|| folder.clone()))?;
    let clock = Clock::from_fn(|| calendar::until().plus(60_000));
    Ok(Till::open_unwatched(&config, clock).await?)
}

/// The shop of so many sales; made when it is not there yet.
pub(crate) fn made(folder: &Path, sales: u32) -> Result<Shop, Failed> {
    let plan = Plan {
        sales,
        ..Plan::default()
    };
    let shop = Shop {
        sales,
        // Another format or another generator is another name.
        folder: folder.join(format!("journal-{}-{sales}", till::journal::FORMAT)),
    };
    if !shop.folder.exists() {
        let begun = Instant::now();
        let making = folder.join("making");
        if making.exists() {
            std::fs::remove_dir_all(&making)?;
        }
        million::write(&making.join("journal.sqlite"), plan, |_| {})?;
        let settings = Settings {
            zone: Some(calendar::zone().name().to_owned()),
            ..Settings::default()
        };
        std::fs::write(making.join("settings.json"), serde_json::to_vec(&settings)?)?;
        std::fs::rename(&making, &shop.folder)?;
        println!(
            "a journal of {sales} sales was made in {} s",
            begun.elapsed().as_secs()
        );
    }
    Ok(shop)
}
