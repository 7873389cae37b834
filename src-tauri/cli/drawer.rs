//! `ringup drawer`: floats, pay-ins, pay-outs, bank drops and counts in the terminal.

use clap::{Args, Subcommand};

use ringup_core::calendar::to_iso_8601;
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::drawer::{CashWay, CountPurpose};
use ringup_core::error::Fault;
use ringup_core::money::Money;
use ringup_core::report::{DrawerMoveView, DrawerView};
use ringup_core::{CountResult, NewCashCount, NewCashMove, ProgramStart, Till, TillError};

use super::Outcome;
use super::output::{Output, print_history_fault};

/// What is done with the drawer.
#[derive(Debug, Subcommand)]
pub(super) enum DrawerCommand {
    /// The float with which the drawer starts
    Float(Sum),
    /// A pay-in
    In(MoveArgs),
    /// A pay-out
    Out(MoveArgs),
    /// A bank drop
    Drop(MoveArgs),
    /// What was counted
    Count {
        #[command(flatten)]
        sum: Sum,
        /// What stays in the drawer as the next float; left out: all of it
        #[arg(long)]
        left: Option<String>,
    },
    /// The drawer since the last close
    Show,
    /// What was done with it without a sale since the last close, one by one
    List,
}

#[derive(Debug, Args)]
pub(super) struct Sum {
    /// Decimal, for example 150.00
    amount: String,
    /// RUB, USD or EUR
    currency: String,
}

#[derive(Debug, Args)]
pub(super) struct MoveArgs {
    #[command(flatten)]
    sum: Sum,
    /// Why
    #[arg(long)]
    reason: String,
}

impl Sum {
    fn money(&self) -> Result<Money, TillError> {
        Ok(Money::parse(&self.amount, self.currency.parse()?)?)
    }
}

pub(super) async fn drawer(
    command: DrawerCommand,
    out: Output,
    config: &Config,
) -> Result<Outcome, Fault> {
    if let DrawerCommand::List = command {
        let till = Till::open_to_read(config, Clock::system()).await?;
        let zone = till.zone();
        out.print(&till.drawer_moves().await?, |moves| {
            let line = |moved: &DrawerMoveView| {
                let at = to_iso_8601(moved.at_unix_ms, &zone);
                let amount = moved.amount.map(with_currency).unwrap_or_default();
                format!("{at}  {}  {amount}", moved.name())
                    .trim_end()
                    .to_owned()
            };
            moves.iter().map(line).collect::<Vec<_>>().join("\n")
        });
        return Ok(Outcome::Done);
    }
    if let DrawerCommand::Show = command {
        let till = Till::open_to_read(config, Clock::system()).await?;
        out.print(&till.drawer().await?, |drawer| {
            let views = drawer.values().map(describe);
            views.collect::<Vec<_>>().join("\n")
        });
        return Ok(Outcome::Done);
    }
    let till = Till::open_book(config, Clock::system()).await?;
    till.record_start(ProgramStart::Brief).await?;
    print_history_fault(&till);
    let done = write(command, out, &till).await;
    till.note_head().await;
    done?;
    Ok(Outcome::Done)
}

async fn write(command: DrawerCommand, out: Output, till: &Till) -> Result<(), TillError> {
    let (way, moved) = match command {
        DrawerCommand::Show | DrawerCommand::List => return Ok(()),
        DrawerCommand::Float(sum) => {
            let counted = sum.money()?;
            return count(CountPurpose::Float, counted, None, out, till).await;
        }
        DrawerCommand::Count { sum, left } => {
            let counted = sum.money()?;
            let left = left
                .map(|left| Money::parse(&left, counted.currency()))
                .transpose()?;
            return count(CountPurpose::Count, counted, left, out, till).await;
        }
        DrawerCommand::In(moved) => (CashWay::In, moved),
        DrawerCommand::Out(moved) => (CashWay::Out, moved),
        DrawerCommand::Drop(moved) => (CashWay::Drop, moved),
    };
    let amount = moved.sum.money()?;
    let reason = moved.reason;
    let moved = NewCashMove {
        way,
        amount,
        reason,
    };
    till.move_cash(moved).await?;
    let drawer = till.drawer().await?;
    if let Some(view) = drawer.get(&amount.currency()) {
        out.print(view, describe);
    }
    Ok(())
}

async fn count(
    purpose: CountPurpose,
    counted: Money,
    left: Option<Money>,
    out: Output,
    till: &Till,
) -> Result<(), TillError> {
    let count = NewCashCount {
        purpose,
        counted,
        pieces: Vec::new(),
        left,
    };
    out.print(&till.count_cash(count).await?, |result: &CountResult| {
        let found = format!("counted {}", with_currency(result.counted));
        match (result.expected, result.difference) {
            (Some(expected), Some(difference)) => {
                format!(
                    "{found}, expected {expected}, difference {difference}, left {}",
                    result.left
                )
            }
            _ => format!("{found}, left {}", result.left),
        }
    });
    Ok(())
}

fn describe(view: &DrawerView) -> String {
    let mut text = format!(
        "taken {}, refunded {}, in {}, out {}, dropped {}",
        with_currency(view.taken),
        view.refunded,
        view.paid_in,
        view.paid_out,
        view.dropped
    );
    if let Some(expected) = view.expected {
        text.push_str(&format!(", expected {expected}"));
    }
    if view.counts > 0 {
        text.push_str(&format!(", difference {}", view.difference));
    }
    text
}

fn with_currency(money: Money) -> String {
    format!("{money} {}", money.currency())
}
