//! `ringup charge`: a sale in the terminal.

use std::collections::BTreeMap;

use clap::Args;
use tokio::sync::broadcast::error::RecvError;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::{Code, Fault};
use ringup_core::ids::TapId;
use ringup_core::money::{Currency, Money};
use ringup_core::sale::{Basket, SaleState, SaleView, TenderWay};
use ringup_core::{Charge, NetworkState, NewTender, ProgramStart, Till, TillError, TillEvent, qr};

use super::Outcome;
use super::output::{Output, print_error, print_history_fault, print_line};

#[derive(Debug, Args)]
pub(super) struct ChargeArgs {
    /// Decimal, for example 12.50
    amount: String,
    /// RUB, USD or EUR
    currency: String,
    /// For the journal and, as far as the gateway allows, for the customer
    #[arg(long)]
    note: Option<String>,
    /// How long the invoice can be paid, minutes: 3 to 1440
    #[arg(long)]
    lifetime: Option<u16>,
    /// What it is paid by instead of crypto: cash, card, or the id of one of the shop's own
    #[arg(long)]
    tender: Option<String>,
    /// The cash that was handed over, decimal; without it, exactly what is due
    #[arg(long, requires = "tender")]
    given: Option<String>,
    /// One JSON object a line for each change
    #[arg(long)]
    json: bool,
    /// Show the QR code and end; `ringup watch` or the window polls the invoice
    #[arg(long)]
    no_wait: bool,
}

pub(super) async fn charge(args: ChargeArgs, config: &Config) -> Result<Outcome, Fault> {
    let out = Output::new(args.json);
    let till = Till::open(config, Clock::system()).await?;
    till.record_start(ProgramStart::Brief).await?;
    print_history_fault(&till);
    let outcome = sell(args, out, &till).await;
    till.note_head().await;
    outcome
}

async fn open_sale(args: ChargeArgs, till: &Till) -> Result<SaleView, TillError> {
    let amount = Money::parse(&args.amount, args.currency.parse()?)?;
    let tender = tender_of(&args, amount.currency())?;
    till.charge(Charge {
        amount,
        note: args.note,
        language: None,
        lifetime_minutes: args.lifetime,
        basket: Basket::default(),
        // A command with the amount in it is no slip of the hand.
        confirmed: true,
        carts: Vec::new(),
        tap: TapId::new(),
        tender,
    })
    .await
}

async fn sell(args: ChargeArgs, out: Output, till: &Till) -> Result<Outcome, Fault> {
    let mut events = till.events();
    let (no_wait, by_tender) = (args.no_wait, args.tender.is_some());
    let sale = match open_sale(args, till).await {
        Ok(sale) => sale,
        Err(error) => {
            let fault = Fault::from(error);
            print_error(&fault);
            return Ok(outcome_of_fault(fault.code));
        }
    };
    till.set_on_screen(Some(sale.number));
    let mut printer = SalePrinter::new(out);
    // Events from before the answer, such as the request itself, are printed first.
    while let Ok(event) = events.try_recv() {
        printer.print_event(&event, sale.number);
    }
    printer.print_sale(&sale);
    if by_tender {
        till.wait_for_drawer().await;
        // The printer's fault, if it has one.
        while let Ok(event) = events.try_recv() {
            printer.print_event(&event, sale.number);
        }
    }
    let mut last = sale;
    loop {
        if let Some(outcome) = outcome_of(&last) {
            if last.unseen {
                // Whoever called has seen it, so no window needs to ring for it later.
                till.acknowledge(last.number).await?;
            }
            return Ok(outcome);
        }
        if no_wait {
            return Ok(Outcome::Done);
        }
        match events.recv().await {
            Ok(event) => {
                printer.print_event(&event, last.number);
                if let TillEvent::SaleChanged(sale) = event
                    && sale.number == last.number
                {
                    last = *sale;
                }
            }
            Err(RecvError::Lagged(_)) => {
                last = till.sale(last.number).await?;
                printer.print_sale(&last);
            }
            Err(RecvError::Closed) => return Ok(Outcome::Failed),
        }
    }
}

/// The tender that the arguments name.
fn tender_of(args: &ChargeArgs, currency: Currency) -> Result<Option<NewTender>, TillError> {
    let Some(word) = args.tender.as_deref() else {
        return Ok(None);
    };
    let given = args.given.as_deref();
    let given = given.map(|text| Money::parse(text, currency)).transpose()?;
    let (way, own) = match word {
        "cash" => (TenderWay::Cash, None),
        "card" => (TenderWay::Card, None),
        id => (TenderWay::Own, Some(id.to_owned())),
    };
    Ok(Some(NewTender {
        way,
        own,
        amount: None,
        given,
        tender: None,
    }))
}

fn outcome_of(sale: &SaleView) -> Option<Outcome> {
    match sale.state {
        SaleState::Requesting | SaleState::Awaiting | SaleState::Chosen => None,
        SaleState::Paid if sale.test => Some(Outcome::Test),
        SaleState::Paid => Some(Outcome::Done),
        SaleState::Ended | SaleState::Stopped | SaleState::PartPaid => Some(Outcome::Unpaid),
        SaleState::Refused | SaleState::Uncertain => Some(Outcome::NoInvoice),
        SaleState::Review => Some(Outcome::Review),
    }
}

/// Whether a charge that opened no sale was called wrongly or failed.
fn outcome_of_fault(code: Code) -> Outcome {
    match code {
        Code::AmountEmpty
        | Code::AmountNotANumber
        | Code::AmountTooManyDecimals
        | Code::AmountBelowMinimum
        | Code::AmountAboveMaximum
        | Code::CurrencyUnknown
        | Code::NoteTooLong
        | Code::TenderOff
        | Code::GivenTooLittle
        | Code::SettingsInvalid => Outcome::Usage,
        _ => Outcome::Failed,
    }
}

/// Prints each change of a sale once, and the QR code of each new invoice.
pub(super) struct SalePrinter {
    out: Output,
    printed: BTreeMap<u32, SaleView>,
}

impl SalePrinter {
    pub(super) fn new(out: Output) -> Self {
        Self {
            out,
            printed: BTreeMap::new(),
        }
    }

    pub(super) fn print_event(&mut self, event: &TillEvent, number: u32) {
        match event {
            TillEvent::SaleChanged(sale) if sale.number == number => self.print_sale(sale),
            TillEvent::NetworkChanged(state) if !self.out.is_json() => print_line(match state {
                NetworkState::Online => "The gateway answers.",
                NetworkState::Retrying => "The gateway did not answer; asking again.",
                NetworkState::Offline => "The gateway does not answer; asking on.",
                NetworkState::KeyRefused => "The gateway refuses the API key: set another one.",
            }),
            TillEvent::Fault(fault) => print_error(fault),
            _ => {}
        }
    }

    pub(super) fn print_sale(&mut self, sale: &SaleView) {
        let known = self.printed.insert(sale.number, sale.clone());
        if known.as_ref().is_some_and(|known| looks_same(known, sale)) {
            return;
        }
        self.out.print(sale, describe);
        let new_address = known.is_none_or(|known| known.pay_url != sale.pay_url);
        if let (false, true, SaleState::Awaiting, Some(url)) =
            (self.out.is_json(), new_address, sale.state, &sale.pay_url)
        {
            print_line(&qr::text(url).unwrap_or_default());
            print_line(url);
        }
    }
}

/// Whether nothing differs that a reader would notice. The clock's offset changes all the time, and some entries
/// change nothing else.
fn looks_same(one: &SaleView, other: &SaleView) -> bool {
    let visible = |sale: &SaleView| SaleView {
        clock_offset_ms: None,
        revision: 0,
        ..sale.clone()
    };
    visible(one) == visible(other)
}

pub(super) fn describe(sale: &SaleView) -> String {
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
    for tender in sale.tenders.iter().filter(|it| it.taken_back.is_none()) {
        let name = tender
            .own
            .as_ref()
            .map_or(tender.way.as_str(), |own| &own.name);
        line.push_str(&format!("  {} {name}", tender.amount));
        if let (Some(given), Some(change)) = (tender.given, tender.change) {
            line.push_str(&format!("  given {given}  change {change}"));
        }
    }
    if !sale.tenders.is_empty() && sale.outstanding.minor() > 0 {
        line.push_str(&format!("  still due {}", sale.outstanding));
    }
    if let Some(status) = &sale.gateway_status {
        line.push_str(&format!("  the gateway says: {status}"));
    }
    if sale.poll_refused {
        line.push_str("  the gateway does not answer about it with this key");
    }
    if let Some(reason) = &sale.written_off {
        line.push_str(&format!("  written off: {reason}"));
    }
    if !sale.review.is_empty() {
        line.push_str(&format!("  differs in: {}", sale.review.join(", ")));
    }
    if let Some(error) = &sale.error {
        line.push_str(&format!("\n  {}: {}", error.code.as_str(), error.message));
    }
    line
}
