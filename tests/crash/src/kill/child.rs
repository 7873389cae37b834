//! The process that is killed: the practice till as the window opens it, with lines on its pipes in place of a
//! screen.

use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::drawer::CountPurpose;
use ringup_core::failpoints::Failpoint;
use ringup_core::gateway::ApiBase;
use ringup_core::money::{Currency, Money};
use ringup_core::sale::{Basket, RefundWay, SaleView, TenderWay};
use ringup_core::settings::{Settings, TenderChoice};
use ringup_core::{Charge, NewCashCount, NewRefund, NewTender, Till, TillError, TillEvent};
use secrecy::SecretString;
use serde_json::Value;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::protocol::{Message, Order, Request, SaleAct};
use super::sabotage::{self, Sabotage};

/// How often an invoice is polled: often enough for a process that lives for some milliseconds.
const POLL_EVERY: Duration = Duration::from_millis(20);

const REASON: &str = "tried";

/// How the till's process is started.
#[derive(Debug, Clone, clap::Args)]
pub struct ChildOptions {
    /// The till's data folder.
    #[arg(long)]
    pub folder: PathBuf,
    /// The gateway's API.
    #[arg(long)]
    pub base: String,
    /// A failpoint to stop at, armed from the start, as JSON.
    #[arg(long)]
    pub arm: Option<String>,
    /// A guarantee to break.
    #[arg(long)]
    pub sabotage: Option<Sabotage>,
}

/// Runs the till until standard input ends or the process is killed.
///
/// # Errors
/// A text for people who read the loop's output.
pub fn run_till(options: &ChildOptions) -> Result<(), String> {
    if let Some(point) = &options.arm {
        arm(serde_json::from_str(point).map_err(text)?, 0);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(text)?;
    runtime.block_on(serve(options))
}

async fn serve(options: &ChildOptions) -> Result<(), String> {
    let config = Config {
        data_dir: options.folder.clone(),
        api: ApiBase::parse(&options.base).map_err(text)?,
        pace: POLL_EVERY,
    };
    let orphans = match options.sabotage {
        Some(Sabotage::RequestAgain) => sabotage::orphans(&config)?,
        _ => Vec::new(),
    };
    let till = Till::open_practice(&config, Clock::system(), key())
        .await
        .map_err(text)?;
    let mut events = till.events();
    tokio::spawn(async move {
        loop {
            match events.recv().await {
                Ok(TillEvent::SaleChanged(sale)) => send(&Message::Shown {
                    sale: as_shown(&sale),
                }),
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    });
    switch_on_cash(&till)?;
    sabotage::request_again(&config, orphans).await?;
    send(&Message::Open);
    let mut requests = requests();
    while let Some(request) = requests.recv().await {
        // Requests run side by side, as two taps and the polling do.
        tokio::spawn(carry_out(till.clone(), request, options.sabotage));
    }
    Ok(())
}

pub(super) fn key() -> SecretString {
    SecretString::from("practice")
}

/// Standard input, read on a thread of its own so that nothing that the till does delays it.
fn requests() -> UnboundedReceiver<Request> {
    let (sender, receiver) = unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(request) = line
                .map_err(text)
                .and_then(|line| serde_json::from_str(&line).map_err(text))
            else {
                return;
            };
            if sender.send(request).is_err() {
                return;
            }
        }
    });
    receiver
}

async fn carry_out(till: Till, Request { id, order }: Request, sabotage: Option<Sabotage>) {
    let done = match order {
        Order::Charge { amount, cash, tap } => {
            if sabotage == Some(Sabotage::AcknowledgeBeforeWriting) {
                send(&sabotage::premature_acknowledgement(id, &till, amount).await);
            }
            let (note, lifetime_minutes) = (None, None);
            let charge = Charge {
                amount,
                note,
                language: None,
                lifetime_minutes,
                basket: Basket::default(),
                carts: Vec::new(),
                confirmed: true,
                tap,
                tender: cash.then(|| in_cash(None)),
            };
            till.charge(charge).await
        }
        Order::OfSale(SaleAct::TryAgain, number) => till.try_again(number).await,
        Order::OfSale(SaleAct::Stop, number) => till.stop_waiting(number).await,
        Order::OfSale(SaleAct::Check, number) => till.check_now(number).await,
        Order::OfSale(SaleAct::Refund, number) => refund(&till, number).await,
        Order::OfSale(SaleAct::WriteOff, number) => till.write_off(number, REASON).await,
        Order::OfSale(SaleAct::TakePart, number) => take_part(&till, number).await,
        Order::OfSale(SaleAct::TakeCash, number) => till.take_tender(number, in_cash(None)).await,
        Order::OfSale(SaleAct::TakeBack, number) => till.take_back_tender(number, 1, REASON).await,
        Order::CountDrawer => {
            return send(&match till.count_cash(a_count()).await {
                Ok(_) => Message::Counted { request: id },
                Err(error) => failed(id, &error),
            });
        }
        Order::CloseDay => {
            return send(&match till.close_day(true).await {
                Ok(close) => Message::Closed {
                    request: id,
                    z: close.z,
                },
                Err(error) => failed(id, &error),
            });
        }
        Order::SaveSettings(calls_per_minute) => {
            let settings = Settings {
                calls_per_minute,
                ..till.settings()
            };
            return send(&match till.save_settings(settings) {
                Ok(_) => Message::Saved { request: id },
                Err(error) => failed(id, &error),
            });
        }
        Order::Arm { point, pass } => {
            arm(point, pass);
            return send(&Message::Armed { request: id });
        }
    };
    send(&match done {
        Ok(sale) => Message::Done {
            request: id,
            sale: as_shown(&sale),
        },
        Err(error) => failed(id, &error),
    });
}

fn failed(request: u64, error: &impl ToString) -> Message {
    Message::Failed {
        request,
        message: error.to_string(),
    }
}

/// Refunds so little that a sale can be refunded several times.
async fn refund(till: &Till, number: u32) -> Result<SaleView, TillError> {
    let currency = till.sale(number).await?.currency;
    let small = NewRefund {
        amount: Money::from_minor(37, currency),
        lines: Vec::new(),
        way: RefundWay::Cash,
        own: None,
        reason: REASON.to_owned(),
    };
    till.refund(number, small).await
}

/// Cash that settles all that is outstanding, or what was handed over of it.
fn in_cash(given: Option<Money>) -> NewTender {
    NewTender {
        way: TenderWay::Cash,
        own: None,
        amount: None,
        given,
        tender: None,
    }
}

/// Takes so little that most sales stay partly paid.
async fn take_part(till: &Till, number: u32) -> Result<SaleView, TillError> {
    let currency = till.sale(number).await?.currency;
    let given = Money::from_minor(50, currency);
    till.take_tender(number, in_cash(Some(given))).await
}

fn a_count() -> NewCashCount {
    let counted = Money::from_minor(10_000, Currency::Eur);
    NewCashCount {
        purpose: CountPurpose::Count,
        counted,
        pieces: Vec::new(),
        left: Some(counted),
    }
}

/// Switches on what the cashier does beside crypto.
fn switch_on_cash(till: &Till) -> Result<(), String> {
    let mut settings = till.settings();
    if settings.drawer.on {
        return Ok(());
    }
    settings.tenders = vec![TenderChoice::Crypto, TenderChoice::Cash];
    settings.drawer.on = true;
    till.save_settings(settings).map(|_| ()).map_err(text)
}

/// A sale as a screen gets it.
pub(super) fn as_shown(sale: &SaleView) -> Value {
    serde_json::to_value(sale).unwrap_or(Value::Null)
}

/// Sends one line in one write, so that it arrives whole or not at all.
fn send(message: &Message) {
    let Ok(mut line) = serde_json::to_string(message) else {
        return;
    };
    line.push('\n');
    let mut out = std::io::stdout().lock();
    // It fails when the loop has closed the pipe, and is about to kill this process.
    out.write_all(line.as_bytes())
        .and_then(|()| out.flush())
        .ok();
}

#[cfg(debug_assertions)]
fn arm(point: Failpoint, pass: u32) {
    ringup_core::failpoints::arm(point, pass, move || {
        send(&Message::At(point));
        loop {
            std::thread::park();
        }
    });
}

/// A release build has no failpoints. The loop then counts every kill as past its point.
#[cfg(not(debug_assertions))]
fn arm(_: Failpoint, _: u32) {}

pub(super) fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
