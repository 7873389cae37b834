//! `ringup doctor`: checks everything that the till needs, and prints one line for each.

use std::io;

use secrecy::SecretString;
use serde::Serialize;

use ringup_core::TillError;
use ringup_core::auto_backup::{History, check_history};
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::{Code, Fault};
use ringup_core::gateway::{Client, InfoError, Timeouts};
use ringup_core::ids::InvoiceId;
use ringup_core::journal::{gateway_of, verify_file};
use ringup_core::keychain::Keychain;
use ringup_core::printer::{self, PrinterLimits, PrinterStatus};
use ringup_core::settings::Settings;
use ringup_core::updates::{
    LastLook, LookLimits, UpdateState, UpdateTrouble, Version, decide, fetch_notice, read_notice,
};

use super::Outcome;
use super::output::Output;

/// The id of an invoice that no gateway has made.
const NO_INVOICE: &str = "00000000-0000-0000-0000-000000000000";
/// The largest tolerable difference from the gateway's clock, milliseconds. Beyond it the countdown and the times in
/// the sales book would mislead.
const MAX_CLOCK_OFFSET_MS: u64 = 60_000;

#[derive(Serialize)]
struct Finding {
    check: &'static str,
    ok: bool,
    /// Stable; `None` when nothing is wrong.
    code: Option<&'static str>,
    message: String,
}

impl Finding {
    fn ok(check: &'static str, message: impl Into<String>) -> Self {
        Self {
            check,
            ok: true,
            code: None,
            message: message.into(),
        }
    }

    fn failed(check: &'static str, fault: &Fault) -> Self {
        Self {
            check,
            ok: false,
            code: Some(fault.code.as_str()),
            message: fault.message.clone(),
        }
    }
}

pub(super) async fn run(out: Output, config: &Config) -> Result<Outcome, Fault> {
    let (keychain, key) = check_keychain(config).await;
    let (gateway, clock) = check_gateway(config, key).await;
    let findings = [
        keychain,
        check_journal(config),
        check_past(config),
        gateway,
        clock,
        check_display(),
        check_printer(config).await,
        check_settings(config),
        check_updates(config).await,
    ];
    for finding in &findings {
        out.print(finding, |finding| {
            let sign = if finding.ok { "ok  " } else { "FAIL" };
            format!("{sign}  {:9} {}", finding.check, finding.message)
        });
    }
    if findings.iter().all(|finding| finding.ok) {
        Ok(Outcome::Done)
    } else {
        Ok(Outcome::Failed)
    }
}

async fn check_keychain(config: &Config) -> (Finding, Option<SecretString>) {
    let check = "keychain";
    match Keychain::new(config.key_user()).get().await {
        Ok(Some(key)) => (Finding::ok(check, "it answers, and holds a key"), Some(key)),
        Ok(None) => (
            Finding::failed(check, &Fault::from(TillError::KeyMissing)),
            None,
        ),
        Err(error) => (
            Finding::failed(check, &Fault::from(TillError::from(error))),
            None,
        ),
    }
}

fn check_journal(config: &Config) -> Finding {
    let check = "journal";
    let path = config.book_journal();
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Finding::ok(check, "none yet; it is made by the first start");
        }
        Err(error) => {
            let message = format!("{} cannot be read: {error}", path.display());
            return Finding::failed(check, &Fault::new(Code::JournalUnreadable, message));
        }
        Ok(_) => {}
    }
    match verify_file(&path) {
        Ok(Ok(verified)) => {
            let (entries, sales) = (verified.entries, verified.sales);
            let whose = gateway_of(&path).ok().flatten();
            let whose = whose.map_or_else(String::new, |gateway| format!(", money of {gateway}"));
            Finding::ok(
                check,
                format!("whole: {entries} entries, {sales} sales{whose}"),
            )
        }
        Ok(Err(wrong)) => {
            Finding::failed(check, &Fault::new(Code::JournalCorrupt, wrong.to_string()))
        }
        Err(error) => Finding::failed(check, &Fault::from(TillError::from(error))),
    }
}

/// Compares the journal with what is known of it elsewhere.
fn check_past(config: &Config) -> Finding {
    let check = "history";
    let path = config.book_journal();
    if !path.exists() {
        return Finding::ok(check, "nothing to compare");
    }
    match check_history(&path) {
        Ok(History::Unknown) => Finding::ok(check, "nothing is known to compare the journal with"),
        Ok(History::Continues(entries)) => Finding::ok(
            check,
            format!("it goes on from the {entries} entries known"),
        ),
        Ok(History::Broken { file, entries }) => {
            let fault = Fault::from(TillError::HistoryBroken {
                copy: file,
                entries,
            });
            Finding::failed(check, &fault)
        }
        Err(_) => Finding::ok(check, "not compared: the journal cannot be read"),
    }
}

/// Names each setting that cannot be read.
fn check_settings(config: &Config) -> Finding {
    let check = "settings";
    let wrong = Settings::load_with_problems(&config.data_dir).wrong;
    if wrong.is_empty() {
        return Finding::ok(check, "every field can be read");
    }
    let fields: Vec<_> = wrong.iter().map(ToString::to_string).collect();
    let fault = Fault::new(Code::SettingsInvalid, fields.join("; "));
    Finding::failed(check, &fault)
}

/// Asks about an invoice that does not exist. A gateway that says so is reachable and accepts the key.
async fn check_gateway(config: &Config, key: Option<SecretString>) -> (Finding, Finding) {
    let host = config.api.authority();
    let with_key = key.is_some();
    let key = key.unwrap_or_else(|| SecretString::from("none"));
    let client = match Client::new(config.api.clone(), Timeouts::default(), Clock::system()) {
        Ok(client) => client,
        Err(error) => {
            let fault = Fault::from(TillError::Internal(error));
            return (Finding::failed("gateway", &fault), check_clock(None));
        }
    };
    let asked = client.info(&key, &InvoiceId(NO_INVOICE.to_owned())).await;
    let gateway = match asked {
        Ok(_) => Finding::ok("gateway", format!("{host} answers")),
        Err(InfoError::Answered { status, .. }) if (400..500).contains(&status) => {
            Finding::ok("gateway", format!("{host} answers and takes the key"))
        }
        Err(InfoError::KeyRefused { .. }) if !with_key => {
            Finding::ok("gateway", format!("{host} answers; there is no key to try"))
        }
        Err(error) => Finding::failed("gateway", &Fault::from(TillError::from(error))),
    };
    let clock = match client.clock_offset_ms() {
        None if gateway.code == Some(Code::ClockWrong.as_str()) => Finding {
            check: "clock",
            ok: false,
            code: Some("clock_off"),
            message: "the gateway's certificate shows that it is wrong: set this machine's clock"
                .to_owned(),
        },
        offset_ms => check_clock(offset_ms),
    };
    (gateway, clock)
}

fn check_clock(offset_ms: Option<i64>) -> Finding {
    let check = "clock";
    match offset_ms {
        None => Finding::ok(check, "not compared: the gateway said no time"),
        Some(offset_ms) if offset_ms.unsigned_abs() <= MAX_CLOCK_OFFSET_MS => Finding::ok(
            check,
            format!("{} s from the gateway's", offset_ms.unsigned_abs() / 1000),
        ),
        Some(offset_ms) => {
            let seconds = offset_ms.unsigned_abs() / 1000;
            let side = if offset_ms > 0 { "behind" } else { "ahead of" };
            let message = format!("{seconds} s {side} the gateway's: set this machine's clock");
            Finding {
                check,
                ok: false,
                code: Some("clock_off"),
                message,
            }
        }
    }
}

async fn check_printer(config: &Config) -> Finding {
    let check = "printer";
    let settings = Settings::load(&config.data_dir);
    let Some(port) = settings.printing.printer else {
        return Finding::ok(check, "none is set up");
    };
    match printer::query_status(port.clone(), PrinterLimits::default()).await {
        Ok(PrinterStatus::Answered { paper_low: false }) => {
            Finding::ok(check, format!("{port} is well"))
        }
        Ok(PrinterStatus::Answered { paper_low: true }) => Finding::ok(
            check,
            format!("{port} is well; its paper is almost at the end"),
        ),
        Ok(PrinterStatus::NoStatus) => Finding::ok(
            check,
            format!("{port} is there, and says nothing of itself"),
        ),
        Err(error) => Finding::failed(check, &Fault::from(TillError::from(error))),
    }
}

/// Looks for a newer version where the settings say so: at once, because a person asks. Nothing of it is kept.
async fn check_updates(config: &Config) -> Finding {
    let check = "updates";
    let this = Version::of_this_program();
    let Some(source) = Settings::load(&config.data_dir).updates.source() else {
        return Finding::ok(check, format!("this is {this}; nowhere to look is set"));
    };
    let file = fetch_notice(&source, LookLimits::default()).await;
    let found = file.and_then(|file| read_notice(&file, &source));
    let at = Clock::system().now();
    match decide(this, Some(LastLook { at, found }), false, at).state {
        UpdateState::Newer {
            version, released, ..
        } => Finding::ok(
            check,
            format!("{version} of {released} is there; this is {this}"),
        ),
        UpdateState::Refused { trouble, .. } => Finding {
            check,
            ok: false,
            code: Some("update_refused"),
            message: format!("nothing is known of a newer version: {}", said(trouble)),
        },
        UpdateState::Current { .. } | UpdateState::Waiting | UpdateState::Off => {
            Finding::ok(check, format!("this is {this}, the newest"))
        }
    }
}

/// The trouble in English, for whoever set the address.
fn said(trouble: UpdateTrouble) -> &'static str {
    match trouble {
        UpdateTrouble::Unreachable => "the address cannot be reached",
        UpdateTrouble::Slow => "the answer takes too long",
        UpdateTrouble::Redirected => "the server sends the till to another address",
        UpdateTrouble::NoFile => "the server does not give the file",
        UpdateTrouble::TooLarge => "the answer is longer than any notice",
        UpdateTrouble::NotSigned => "the file is not signed by the key that is set",
        UpdateTrouble::Unreadable => "the file is signed and cannot be understood",
        UpdateTrouble::OtherProduct => "the file is signed and of another program",
        UpdateTrouble::Older => "the file is signed and names an older version",
    }
}

fn check_display() -> Finding {
    let check = "display";
    if cfg!(not(target_os = "linux")) {
        return Finding::ok(check, "the system's own");
    }
    let named = ["WAYLAND_DISPLAY", "DISPLAY"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty());
    match named {
        Some(display) => Finding::ok(
            check,
            format!("{} is there for the window", display.display()),
        ),
        None => Finding {
            check,
            ok: false,
            code: Some("display_none"),
            message: "no screen to open a window on; the command line works".to_owned(),
        },
    }
}
