//! `ringup verify`: replays the journal and compares it with what it holds.

use std::path::Path;

use serde::Serialize;

use ringup_core::TillError;
use ringup_core::auto_backup::{History, check_history};
use ringup_core::config::Config;
use ringup_core::error::{Code, Fault};
use ringup_core::journal::{
    Verified, VerifyFailure, entries_if_prefix, entry_with_head, gateway_of, perhaps_incomplete,
    verify_file,
};
use ringup_core::office::check_kept_head;

use super::Outcome;
use super::backup::PERHAPS_INCOMPLETE;
use super::output::Output;

#[derive(Serialize)]
#[serde(untagged)]
enum Report {
    Whole {
        ok: bool,
        #[serde(flatten)]
        verified: Verified,
        /// Whose money the journal holds.
        #[serde(skip_serializing_if = "Option::is_none")]
        gateway: Option<String>,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        perhaps_incomplete: bool,
    },
    VerifyFailure {
        ok: bool,
        #[serde(flatten)]
        wrong: VerifyFailure,
    },
}

/// The fewest digits of a head that name an entry.
const MIN_HEAD_DIGITS: usize = 16;

/// `since`: an earlier copy, or a head that was noted down; the journal must go on from there.
pub(super) fn run(since: Option<&str>, out: Output, config: &Config) -> Result<Outcome, Fault> {
    let journal = config.book_journal();
    let mut result = verify_file(&journal).map_err(TillError::from)?;
    if result.is_ok()
        && let History::Broken { file, .. } = check_history(&journal).map_err(TillError::from)?
    {
        result = Err(VerifyFailure::not_continued(&file.to_string_lossy()));
    }
    if result.is_ok()
        && let Err(proved) = check_kept_head(&journal).map_err(TillError::from)?
    {
        result = Err(VerifyFailure::proved(proved.code(), proved.to_string()));
    }
    if let (Ok(_), Some(since)) = (&result, since)
        && !continues(&journal, since)?
    {
        result = Err(VerifyFailure::not_continued(since));
    }
    match result {
        Ok(verified) => {
            let gateway = gateway_of(&journal).map_err(TillError::from)?;
            let report = Report::Whole {
                ok: true,
                verified,
                gateway,
                perhaps_incomplete: perhaps_incomplete(&journal),
            };
            out.print(&report, describe);
            Ok(Outcome::Done)
        }
        Err(wrong) => {
            let report = Report::VerifyFailure { ok: false, wrong };
            out.print(&report, describe);
            Ok(Outcome::Failed)
        }
    }
}

fn continues(journal: &Path, since: &str) -> Result<bool, Fault> {
    if Path::new(since).exists() {
        let prefix = entries_if_prefix(Path::new(since), journal).map_err(TillError::from)?;
        return Ok(prefix.is_some());
    }
    let is_head =
        since.len() >= MIN_HEAD_DIGITS && since.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_head {
        let message =
            format!("{since} is no file, and no head of {MIN_HEAD_DIGITS} digits or more");
        return Err(Fault::new(Code::JournalUnreadable, message));
    }
    let entry = entry_with_head(journal, since).map_err(TillError::from)?;
    Ok(entry.is_some())
}

fn describe(report: &Report) -> String {
    match report {
        Report::Whole {
            verified,
            gateway,
            perhaps_incomplete,
            ..
        } => {
            let whose = gateway.as_ref().map(|it| format!("\nGateway: {it}"));
            let doubt = if *perhaps_incomplete {
                PERHAPS_INCOMPLETE
            } else {
                ""
            };
            format!(
                "The journal is whole: {} entries, {} sales.\nHead: {}{}{doubt}",
                verified.entries,
                verified.sales,
                verified.head,
                whose.unwrap_or_default()
            )
        }
        Report::VerifyFailure { wrong, .. } => {
            let code = wrong.code.map(|code| format!(" ({code})"));
            format!(
                "The journal is wrong at {wrong}{}",
                code.unwrap_or_default()
            )
        }
    }
}
