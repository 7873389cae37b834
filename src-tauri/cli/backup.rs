//! `ringup backup` and `ringup restore`: copies the journal into a file, and restores it from one.

use std::path::{Path, PathBuf};

use ringup_core::TillError;
use ringup_core::auto_backup::known_entries;
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::journal::{
    self, JournalCopy, JournalFile, NewerEntries, RestoreFacts, Restored, gateway_of, money_of,
};
use ringup_core::sale::Purpose;

use super::Outcome;
use super::output::Output;

#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// The file for the copy. An earlier copy of this journal is replaced, any other file is not
    file: PathBuf,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct RestoreArgs {
    /// The copy
    file: PathBuf,
    /// Restore even if the journal here has entries that the copy does not hold
    #[arg(long)]
    lose_newer: bool,
    /// Restore another till's journal in the place of this till's
    #[arg(long)]
    other_till: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn back_up(args: &BackupArgs, config: &Config) -> Result<Outcome, Fault> {
    let path = config.book_journal();
    if path.exists() {
        // Migrates a journal of an earlier format, and keeps a copy of it as it was.
        let opened = JournalFile::open(&path, Purpose::Live, Clock::system().now());
        opened.map_err(TillError::from)?;
    }
    let copy = journal::back_up(&path, Purpose::Live, &args.file).map_err(TillError::from)?;
    Output::new(args.json).print(&copy, describe_copy);
    Ok(Outcome::Done)
}

pub(super) fn restore(args: &RestoreArgs, config: &Config) -> Result<Outcome, Fault> {
    let newer = if args.lose_newer {
        NewerEntries::Lose
    } else {
        NewerEntries::Keep
    };
    let now = Clock::system().now();
    let path = place_for(&args.file, config);
    let gateway = money_of(&path).ok().flatten();
    let facts = RestoreFacts {
        known_entries: known_entries(&path),
        other_till: args.other_till,
        gateway: gateway.as_deref(),
    };
    let restored = journal::restore(&path, Purpose::Live, &args.file, newer, facts, now);
    let restored = restored.map_err(TillError::from)?;
    Output::new(args.json).print(&restored, describe_restored);
    Ok(Outcome::Done)
}

/// The journal whose place a copy takes: that of its own gateway, if that is the configured one.
fn place_for(copy: &Path, config: &Config) -> PathBuf {
    match gateway_of(copy) {
        Ok(Some(gateway)) if gateway == config.api.authority() => config.live_journal(false),
        _ => config.book_journal(),
    }
}

fn describe_copy(copy: &JournalCopy) -> String {
    let (path, verified) = (copy.path.display(), &copy.verified);
    let mut text = format!(
        "The copy is whole: {} entries, {} sales, in {path}\nHead: {}",
        verified.entries, verified.sales, verified.head
    );
    if copy.unflushed {
        text += "\nIts folder cannot be flushed, as on some network shares: look for the copy after a power cut.";
    }
    text
}

/// What is said of a journal that was copied by hand ([`journal::perhaps_incomplete`]).
pub(super) const PERHAPS_INCOMPLETE: &str = "\nIt was copied by hand without the file that ends in -wal: its last entries are perhaps missing.";

fn describe_restored(restored: &Restored) -> String {
    let verified = &restored.verified;
    let mut text = format!(
        "Restored: {} entries, {} sales.\nHead: {}",
        verified.entries, verified.sales, verified.head
    );
    if restored.perhaps_incomplete {
        text += PERHAPS_INCOMPLETE;
    }
    if let Some(kept) = &restored.kept {
        text += &format!("\nThe journal before it is kept as {}", kept.display());
    }
    text
}
