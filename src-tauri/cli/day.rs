//! `ringup report`, `ringup close-day`: X and Z from the terminal.

use ringup_core::Till;
use ringup_core::calendar::Day;
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::report::{Key, ReportLine};

use super::End;
use super::out::Out;

/// As wide as the widest label.
const LABEL: usize = 28;

pub(super) async fn report(day: Option<Day>, out: Out, config: &Config) -> Result<End, Fault> {
    let till = Till::open_unwatched(config, Clock::system()).await?;
    let report = till.report(day).await?;
    out.say(&report, |report| words(&report.lines()));
    Ok(End::Done)
}

pub(super) async fn close(carry: bool, out: Out, config: &Config) -> Result<End, Fault> {
    let till = Till::open_unwatched(config, Clock::system()).await?;
    let close = till.close_day(carry).await?;
    out.say(&close, |close| words(&close.lines()));
    Ok(End::Done)
}

fn words(lines: &[ReportLine]) -> String {
    let lines: Vec<_> = lines
        .iter()
        .map(|line| {
            let label = match &line.name {
                Some(name) => format!("{} ({name})", label(line.key)),
                None => label(line.key).to_owned(),
            };
            let text = format!("{label:<LABEL$}  {}", line.value);
            text.trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}

fn label(key: Key) -> &'static str {
    match key {
        Key::X => "X report",
        Key::Z => "Z report",
        Key::Practice => "PRACTICE: no real money",
        Key::Till => "Till",
        Key::Zone => "Time zone",
        Key::Currency => "Currency",
        Key::Paid => "Payments",
        Key::Refunds => "Refunds",
        Key::Net => "Remains",
        Key::Average => "Average payment",
        Key::Tips => "Tips, of it",
        Key::Late => "Late, of it",
        Key::Twice => "Paid twice, of it",
        Key::Coin => "Coin",
        Key::Tax => "Tax contained",
        Key::Settled => "Credited",
        Key::Unsettled => "Not yet credited",
        Key::Open => "Open now",
        Key::SinceClose => "Since the last close",
        Key::Grand => "Grand total",
        Key::GrandRefunds => "Grand total of refunds",
        Key::CountedAfter => "Counted after entry",
        Key::Head => "Head of the journal",
    }
}
