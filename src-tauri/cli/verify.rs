//! `ringup verify`: replays the journal and compares it with what it holds.

use serde::Serialize;

use ringup_core::TillError;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::journal::{Verified, VerifyFailure, verify_file};

use super::Outcome;
use super::output::Output;

#[derive(Serialize)]
#[serde(untagged)]
enum Report {
    Whole {
        ok: bool,
        #[serde(flatten)]
        verified: Verified,
    },
    VerifyFailure {
        ok: bool,
        #[serde(flatten)]
        wrong: VerifyFailure,
    },
}

pub(super) fn run(out: Output, config: &Config) -> Result<Outcome, Fault> {
    match verify_file(&config.journal()).map_err(TillError::from)? {
        Ok(verified) => {
            let report = Report::Whole { ok: true, verified };
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

fn describe(report: &Report) -> String {
    match report {
        Report::Whole { verified, .. } => format!(
            "The journal is whole: {} entries, {} sales.\nHead: {}",
            verified.entries, verified.sales, verified.head
        ),
        Report::VerifyFailure { wrong, .. } => format!("The journal is wrong at {wrong}"),
    }
}
