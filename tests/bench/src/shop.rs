//! Shops with journals of any size, which are made once and kept for the next run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use ringup_core::Till;
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::settings::Settings;
use ringup_testkit::journal_generator::{Plan, calendar, write};

use crate::Failed;

/// The size of a sale in the journal's file, with its projections and indexes.
const SALE_BYTES: u64 = 4_300;
/// Disk space to leave free, for other programs and for the log while the journal is written.
const SPARE_BYTES: u64 = 4 << 30;

/// A data folder whose journal has this many sales.
#[derive(Debug)]
pub(crate) struct Shop {
    pub(crate) sales: u32,
    /// The number of days of the sales.
    pub(crate) days: u32,
    pub(crate) folder: PathBuf,
}

impl Shop {
    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.join("journal.sqlite")
    }

    /// Opens the till as the window does, but without polling: there is no gateway.
    pub(crate) async fn till(&self) -> Result<Till, Failed> {
        till_in(&self.folder).await
    }
}

pub(crate) async fn till_in(folder: &Path) -> Result<Till, Failed> {
    let folder = folder.to_string_lossy().into_owned();
    let config = Config::read(|name| (name == "RINGUP_DATA_DIR").then(|| folder.clone()))?;
    let clock = Clock::from_fn(|| calendar::until().plus(60_000));
    Ok(Till::open_without_polling(&config, clock).await?)
}

fn plan(sales: u32) -> Plan {
    let usual = Plan::default();
    let days = u64::from(usual.days) * u64::from(sales) / u64::from(usual.sales);
    Plan {
        sales,
        days: u32::try_from(days).unwrap_or(u32::MAX).max(1),
        ..usual
    }
}

/// The folder of a shop. Another format or plan has another name.
fn place(folder: &Path, sales: u32) -> PathBuf {
    let (format, days) = (ringup_core::journal::FORMAT, plan(sales).days);
    folder.join(format!("journal-{format}-{sales}-in-{days}-days"))
}

/// Checks that the shop is made already or the disk has room for it. The inner error says what is missing.
pub(crate) fn has_room(folder: &Path, sales: u32) -> Result<Result<(), String>, Failed> {
    if place(folder, sales).exists() {
        return Ok(Ok(()));
    }
    let output = Command::new("df")
        .args(["--output=avail", "--block-size=1"])
        .arg(folder)
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let free: u64 = said
        .lines()
        .last()
        .and_then(|line| line.trim().parse().ok())
        .ok_or_else(|| Failed::Other("df does not tell the disk's room".to_owned()))?;
    let needed = u64::from(sales) * SALE_BYTES + SPARE_BYTES;
    let gib = |bytes: u64| bytes >> 30;
    Ok(if needed <= free {
        Ok(())
    } else {
        let (needed, free) = (gib(needed), gib(free));
        Err(format!(
            "its journal needs {needed} GiB of disk, {free} are free"
        ))
    })
}

/// A shop with this many sales, which is made if it does not exist. All shops sell equally much in a day; a million sales
/// are two years.
pub(crate) fn made(folder: &Path, sales: u32) -> Result<Shop, Failed> {
    let plan = plan(sales);
    let shop = Shop {
        sales,
        days: plan.days,
        folder: place(folder, sales),
    };
    if !shop.folder.exists() {
        let begun = Instant::now();
        let making = folder.join("making");
        if making.exists() {
            std::fs::remove_dir_all(&making)?;
        }
        write(&making.join("journal.sqlite"), plan, |_| {})?;
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
