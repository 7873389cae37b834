//! `ringup events`: the technical events of the journal, oldest first.

use clap::Args;
use serde_json::Value;

use ringup_core::Till;
use ringup_core::calendar::{self, Day, Zone};
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::sale::Entry;

use super::Outcome;
use super::output::Output;

#[derive(Debug, Args)]
pub(super) struct EventsArgs {
    /// The first of the shop's days, for example 2026-11-21
    #[arg(long)]
    from: Option<Day>,
    /// The last of the shop's days, included
    #[arg(long)]
    to: Option<Day>,
    /// One JSON object a line: the entry as the journal holds it
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: EventsArgs, config: &Config) -> Result<Outcome, Fault> {
    let out = Output::new(args.json);
    let till = Till::open_without_polling(config, Clock::system()).await?;
    let zone = till.zone();
    for entry in till.technical_events(args.from, args.to).await? {
        out.print(&entry, |entry| describe(entry, &zone));
    }
    Ok(Outcome::Done)
}

fn describe(entry: &Entry, zone: &Zone) -> String {
    let mut line = format!(
        "{}  {}",
        calendar::local_text(entry.at, zone),
        entry.event.kind()
    );
    if let Ok(Value::Object(fields)) = serde_json::to_value(&entry.event) {
        for (name, value) in fields.iter().filter(|(name, _)| *name != "kind") {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            line.push_str(&format!("  {name} {text}"));
        }
    }
    if let Some(by) = &entry.by {
        line.push_str(&format!("  by {by}"));
    }
    line
}
