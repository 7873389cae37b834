//! `ringup sales`: prints the sales book, newest first.

use clap::Args;

use ringup_core::calendar::{self, Day, Zone};
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::money::Currency;
use ringup_core::sale::{SaleState, SaleView};
use ringup_core::{SalesQuery, Till};

use super::Outcome;
use super::output::Output;
use super::sale;

/// Sales read at once, so that reading a long book does not hold up selling.
const PAGE_SIZE: u16 = 200;

#[derive(Debug, Args)]
pub(super) struct SalesArgs {
    /// The first of the shop's days, for example 2026-11-21
    #[arg(long)]
    from: Option<Day>,
    /// The last of the shop's days, included
    #[arg(long)]
    to: Option<Day>,
    /// Only sales in this state; may be given more than once
    #[arg(long)]
    state: Vec<SaleState>,
    /// RUB, USD or EUR
    #[arg(long)]
    currency: Option<Currency>,
    /// Only test money (`true`), or only real money (`false`)
    #[arg(long)]
    test: Option<bool>,
    /// A number, an amount, the beginning of an invoice's id, or a part of a note
    #[arg(long)]
    search: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: SalesArgs, config: &Config) -> Result<Outcome, Fault> {
    let out = Output::new(args.json);
    let till = Till::open_to_read(config, Clock::system()).await?;
    let zone = till.zone();
    let mut query = SalesQuery {
        from: args.from,
        to: args.to,
        states: Some(args.state),
        currency: args.currency,
        test: args.test,
        search: args.search,
        limit: Some(PAGE_SIZE),
        ..SalesQuery::default()
    };
    loop {
        let page = till.sales(query.clone()).await?;
        for sale in &page.sales {
            out.print(sale, |sale| describe(sale, &zone));
        }
        if page.next_before.is_none() {
            return Ok(Outcome::Done);
        }
        query.before = page.next_before;
    }
}

fn describe(sale: &SaleView, zone: &Zone) -> String {
    let at = sale.paid_at_unix_ms.unwrap_or(sale.opened_at_unix_ms);
    let mut line = format!(
        "{}  {}",
        calendar::local_text(at, zone),
        sale::describe(sale)
    );
    if let Some(refunded) = &sale.refunded {
        line.push_str(&format!("  refunded {refunded}"));
    }
    if let Some(note) = &sale.note {
        // Each sale is one line, even if its note has several.
        let note: Vec<_> = note.split_whitespace().collect();
        line.push_str(&format!("  {}", note.join(" ")));
    }
    line
}
