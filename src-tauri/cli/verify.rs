//! `ringup verify`: is the journal what it was?

use serde::Serialize;

use ringup_core::TillError;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::journal::{Verified, VerifyFailure, verify_file};

use super::End;
use super::out::Out;

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
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

pub(super) fn run(out: Out, config: &Config) -> Result<End, Fault> {
    match verify_file(&config.journal()).map_err(TillError::from)? {
        Ok(verified) => {
            let answer = Answer::Whole { ok: true, verified };
            out.say(&answer, words);
            Ok(End::Done)
        }
        Err(wrong) => {
            let answer = Answer::VerifyFailure { ok: false, wrong };
            out.say(&answer, words);
            Ok(End::Failed)
        }
    }
}

fn words(answer: &Answer) -> String {
    match answer {
        Answer::Whole { verified, .. } => format!(
            "The journal is whole: {} entries, {} sales.\nHead: {}",
            verified.entries, verified.sales, verified.head
        ),
        Answer::VerifyFailure { wrong, .. } => format!("The journal is wrong at {wrong}"),
    }
}
