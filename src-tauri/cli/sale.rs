//! `ringup charge` and `ringup watch`: a sale from the terminal.

use std::collections::BTreeMap;

use clap::Args;
use tokio::sync::broadcast::error::RecvError;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::{Code, Fault};
use ringup_core::ids::TapId;
use ringup_core::sale::{Basket, SaleState, SaleView};
use ringup_core::{Charge, NetworkState, Till, TillError, TillEvent, qr};

use super::End;
use super::out::{Out, complain, print};

#[derive(Debug, Args)]
pub(super) struct ChargeArgs {
    /// Decimal, for example 12.50
    amount: String,
    /// RUB, USD or EUR
    currency: String,
    /// For the journal and, as far as the gateway allows, for the customer
    #[arg(long)]
    note: Option<String>,
    /// The invoice's life, 3 to 1440
    #[arg(long)]
    lifetime: Option<u16>,
    /// One JSON object a line for each change
    #[arg(long)]
    json: bool,
    /// Show the QR and leave; `ringup watch` or the window goes on asking
    #[arg(long)]
    no_wait: bool,
}

pub(super) async fn charge(args: ChargeArgs, config: &Config) -> Result<End, Fault> {
    let out = Out::new(args.json);
    let till = Till::open(config, Clock::system()).await?;
    let mut events = till.events();
    let charged = till
        .charge(Charge {
            amount: args.amount,
            currency: args.currency,
            note: args.note,
            lifetime_minutes: args.lifetime,
            basket: Basket::default(),
            tap: TapId::new(),
        })
        .await;
    let sale = match charged {
        Ok(sale) => sale,
        Err(error) => {
            let fault = Fault::from(error);
            complain(&fault);
            return Ok(end_of_fault(fault.code));
        }
    };
    till.set_on_screen(Some(sale.number));
    let mut screen = Screen::new(out);
    // What was told before the answer came, the request itself, comes first.
    while let Ok(event) = events.try_recv() {
        screen.show(&event, sale.number);
    }
    screen.sale(&sale);
    let mut last = sale;
    loop {
        if let Some(end) = end_of(last.state) {
            if last.unseen {
                // Whoever called saw it: no window rings for it later.
                till.acknowledge(last.number).await?;
            }
            return Ok(end);
        }
        if args.no_wait {
            return Ok(End::Done);
        }
        match events.recv().await {
            Ok(event) => {
                screen.show(&event, last.number);
                if let TillEvent::SaleChanged(sale) = event
                    && sale.number == last.number
                {
                    last = *sale;
                }
            }
            Err(RecvError::Lagged(_)) => {
                last = till.sale(last.number).await?;
                screen.sale(&last);
            }
            Err(RecvError::Closed) => return Ok(End::Failed),
        }
    }
}

/// Asks about all open invoices until none waits any more, or until every payment is credited.
pub(super) async fn watch(until_settled: bool, out: Out, config: &Config) -> Result<End, Fault> {
    // Listening and listed before it asks: a payment found at once is told.
    let till = Till::open_without_polling(config, Clock::system()).await?;
    let mut events = till.events();
    let mut screen = Screen::new(out);
    let mut waiting: BTreeMap<u32, SaleView> = BTreeMap::new();
    for sale in till.watched_sales().await? {
        if still_waits(&sale, until_settled) {
            screen.sale(&sale);
            waiting.insert(sale.number, sale);
        }
    }
    let till = till.with_polling();
    let elsewhere = till.watched_elsewhere().await?;
    if elsewhere > 0 {
        let message =
            format!("{elsewhere} open invoices are of another gateway and not asked about");
        complain(&Fault::new(Code::GatewayUnreachable, message));
    }
    loop {
        waiting.retain(|_, sale| still_waits(sale, until_settled));
        if waiting.is_empty() {
            return Ok(End::Done);
        }
        if till.network() == NetworkState::KeyRefused {
            return Err(Fault::new(
                Code::KeyRefused,
                "the gateway refuses the API key",
            ));
        }
        match events.recv().await {
            Ok(TillEvent::SaleChanged(sale)) => {
                // As it is by now: what was told may be older than what has been shown.
                let sale = till.sale(sale.number).await?;
                screen.sale(&sale);
                waiting.insert(sale.number, sale);
            }
            Ok(event) => screen.show(&event, 0),
            Err(RecvError::Lagged(_)) => look_anew(&till, &mut waiting, &mut screen).await?,
            Err(RecvError::Closed) => return Ok(End::Failed),
        }
    }
}

/// After events were missed: every sale as it is now.
async fn look_anew(
    till: &Till,
    sales: &mut BTreeMap<u32, SaleView>,
    screen: &mut Screen,
) -> Result<(), TillError> {
    for sale in sales.values_mut() {
        *sale = till.sale(sale.number).await?;
        screen.sale(sale);
    }
    Ok(())
}

fn still_waits(sale: &SaleView, until_settled: bool) -> bool {
    match sale.state {
        SaleState::Requesting | SaleState::Awaiting | SaleState::Chosen | SaleState::Stopped => {
            true
        }
        SaleState::Paid => until_settled && !sale.settled,
        SaleState::Ended | SaleState::Refused | SaleState::Uncertain | SaleState::Review => false,
    }
}

fn end_of(state: SaleState) -> Option<End> {
    match state {
        SaleState::Requesting | SaleState::Awaiting | SaleState::Chosen => None,
        SaleState::Paid => Some(End::Done),
        SaleState::Ended | SaleState::Stopped => Some(End::Unpaid),
        SaleState::Refused | SaleState::Uncertain => Some(End::NoInvoice),
        SaleState::Review => Some(End::Review),
    }
}

/// Nothing was sold: was it the caller's words, or the machine?
fn end_of_fault(code: Code) -> End {
    match code {
        Code::AmountEmpty
        | Code::AmountNotANumber
        | Code::AmountTooManyDecimals
        | Code::AmountBelowMinimum
        | Code::AmountAboveMaximum
        | Code::CurrencyUnknown
        | Code::NoteTooLong
        | Code::SettingsInvalid => End::Usage,
        _ => End::Failed,
    }
}

/// Prints each change once, and the QR when there is one.
struct Screen {
    out: Out,
    shown: BTreeMap<u32, SaleView>,
}

impl Screen {
    fn new(out: Out) -> Self {
        Self {
            out,
            shown: BTreeMap::new(),
        }
    }

    fn show(&mut self, event: &TillEvent, number: u32) {
        match event {
            TillEvent::SaleChanged(sale) if sale.number == number => self.sale(sale),
            TillEvent::NetworkChanged(state) if !self.out.is_json() => print(match state {
                NetworkState::Online => "The gateway answers.",
                NetworkState::Retrying => "The gateway did not answer; asking again.",
                NetworkState::Offline => "The gateway does not answer; asking on.",
                NetworkState::KeyRefused => "The gateway refuses the API key: set another one.",
            }),
            TillEvent::Fault(fault) => complain(fault),
            _ => {}
        }
    }

    fn sale(&mut self, sale: &SaleView) {
        let known = self.shown.insert(sale.number, sale.clone());
        if known.as_ref().is_some_and(|known| same(known, sale)) {
            return;
        }
        self.out.say(sale, words);
        let new_address = known.is_none_or(|known| known.pay_url != sale.pay_url);
        if let (false, true, SaleState::Awaiting, Some(url)) =
            (self.out.is_json(), new_address, sale.state, &sale.pay_url)
        {
            print(&qr::text(url).unwrap_or_default());
            print(url);
        }
    }
}

/// Whether nothing differs that a reader would care about: the clock's offset moves all the time, and
/// not every entry changes the state.
fn same(one: &SaleView, other: &SaleView) -> bool {
    let seen = |sale: &SaleView| SaleView {
        clock_offset_ms: None,
        revision: 0,
        ..sale.clone()
    };
    seen(one) == seen(other)
}

pub(super) fn words(sale: &SaleView) -> String {
    let mut line = format!(
        "{}  {} {}  {}",
        sale.label,
        sale.amount,
        sale.currency,
        sale.state.as_str()
    );
    if let (Some(crypto), Some(network)) = (&sale.crypto, &sale.network) {
        let amount = sale.crypto_amount.as_deref().unwrap_or("");
        line.push_str(&format!("  {amount} {crypto} on {network}"));
    }
    for (flag, word) in [
        (sale.late, "late"),
        (sale.settled, "settled"),
        (sale.test, "TEST MONEY"),
        (sale.paid_twice, "PAID TWICE"),
    ] {
        if flag {
            line.push_str(&format!("  {word}"));
        }
    }
    if !sale.review.is_empty() {
        line.push_str(&format!("  differs in: {}", sale.review.join(", ")));
    }
    if let Some(error) = &sale.error {
        line.push_str(&format!("\n  {}: {}", error.code.as_str(), error.message));
    }
    line
}
