//! The process that is killed: the practice till as the window opens it, with lines in place of a
//! screen.

use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::failpoints::Failpoint;
use ringup_core::gateway::ApiBase;
use ringup_core::sale::{Basket, SaleView};
use ringup_core::{Charge, Till, TillEvent};
use secrecy::SecretString;
use serde_json::Value;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::protocol::{Asked, Order, Said};
use super::sabotage::{self, Sabotage};

/// So often an invoice is asked about, that a life of some milliseconds sees it happen.
const PACE: Duration = Duration::from_millis(20);

/// How the till's process is started.
#[derive(Debug, Clone, clap::Args)]
pub struct ChildOptions {
    /// The till's data folder.
    #[arg(long)]
    pub folder: PathBuf,
    /// The gateway's API.
    #[arg(long)]
    pub base: String,
    /// A point to stand still at from the start, as JSON.
    #[arg(long)]
    pub arm: Option<String>,
    /// A promise to break.
    #[arg(long)]
    pub sabotage: Option<Sabotage>,
}

/// Lives until standard input ends or the kill comes.
///
/// # Errors
/// A text for whoever reads the loop's output.
pub fn live(options: &ChildOptions) -> Result<(), String> {
    if let Some(point) = &options.arm {
        arm(serde_json::from_str(point).map_err(text)?, 0);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(text)?;
    runtime.block_on(sell(options))
}

async fn sell(options: &ChildOptions) -> Result<(), String> {
    let config = Config {
        data_dir: options.folder.clone(),
        api: ApiBase::parse(&options.base).map_err(text)?,
        pace: PACE,
    };
    let orphans = match options.sabotage {
        Some(Sabotage::SendAgain) => sabotage::orphans(&config)?,
        _ => Vec::new(),
    };
    let till = Till::open_practice(&config, Clock::system(), key())
        .await
        .map_err(text)?;
    let mut events = till.events();
    tokio::spawn(async move {
        loop {
            match events.recv().await {
                Ok(TillEvent::SaleChanged(sale)) => say(&Said::Shown { sale: shown(&sale) }),
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    });
    sabotage::send_again(&config, orphans).await?;
    say(&Said::Open);
    let mut orders = orders();
    while let Some(asked) = orders.recv().await {
        // Orders run side by side, as two taps and a watch do.
        tokio::spawn(obey(till.clone(), asked, options.sabotage));
    }
    Ok(())
}

pub(super) fn key() -> SecretString {
    SecretString::from("practice")
}

/// Standard input, read on a thread of its own: nothing that the till does can hold it up.
fn orders() -> UnboundedReceiver<Asked> {
    let (sender, receiver) = unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(asked) = line
                .map_err(text)
                .and_then(|line| serde_json::from_str(&line).map_err(text))
            else {
                return;
            };
            if sender.send(asked).is_err() {
                return;
            }
        }
    });
    receiver
}

async fn obey(till: Till, Asked { order, what }: Asked, sabotage: Option<Sabotage>) {
    let done = match what {
        Order::Charge {
            amount,
            currency,
            tap,
        } => {
            if sabotage == Some(Sabotage::SayBeforeWriting) {
                say(&sabotage::said_before(order, &till, &amount, &currency).await);
            }
            let (note, lifetime_minutes) = (None, None);
            let charge = Charge {
                amount,
                currency,
                note,
                lifetime_minutes,
                basket: Basket::default(),
                tap,
            };
            till.charge(charge).await
        }
        Order::TryAgain(number) => till.try_again(number).await,
        Order::Stop(number) => till.stop_waiting(number).await,
        Order::Check(number) => till.check_now(number).await,
        Order::Arm { point, pass } => {
            arm(point, pass);
            return say(&Said::Armed { order });
        }
    };
    say(&match done {
        Ok(sale) => Said::Done {
            order,
            sale: shown(&sale),
        },
        Err(error) => Said::Failed {
            order,
            message: error.to_string(),
        },
    });
}

/// A sale as a screen gets it.
pub(super) fn shown(sale: &SaleView) -> Value {
    serde_json::to_value(sale).unwrap_or(Value::Null)
}

/// One line in one write: it arrives whole or not at all.
fn say(said: &Said) {
    let Ok(mut line) = serde_json::to_string(said) else {
        return;
    };
    line.push('\n');
    let mut out = std::io::stdout().lock();
    // Nobody listens any more: then the kill is on its way.
    out.write_all(line.as_bytes())
        .and_then(|()| out.flush())
        .ok();
}

#[cfg(debug_assertions)]
fn arm(point: Failpoint, pass: u32) {
    ringup_core::failpoints::arm(point, pass, move || {
        say(&Said::At(point));
        loop {
            std::thread::park();
        }
    });
}

/// A release build has no points; the loop then says that none was come by.
#[cfg(not(debug_assertions))]
fn arm(_: Failpoint, _: u32) {}

pub(super) fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
