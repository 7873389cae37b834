//! `ringup watch`: polling from the terminal, for a till without a window.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::{Code, Fault};
use ringup_core::sale::{SaleState, SaleView};
use ringup_core::{NetworkState, ProgramStart, Till, TillError, TillEvent};

use super::Outcome;
use super::output::{Output, print_error, print_history_fault, print_note};
use super::sale::SalePrinter;

/// How long `ringup watch` goes on, once every watched invoice was polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WatchUntil {
    /// Until no invoice is open.
    NoneOpen,
    /// Until every payment is settled too.
    AllSettled,
    /// Until the program is stopped.
    Stopped,
}

impl WatchUntil {
    pub(super) fn of(until_settled: bool, follow: bool) -> Self {
        match (follow, until_settled) {
            (true, _) => Self::Stopped,
            (false, true) => Self::AllSettled,
            (false, false) => Self::NoneOpen,
        }
    }
}

/// How often the command checks whether every invoice has been polled.
const CHECK_EVERY: Duration = Duration::from_millis(200);

/// Polls every watched invoice at least once, and goes on as `until` says. At the end it says what is left under
/// watch, because nothing polls that until the window or this command runs again.
pub(super) async fn run(until: WatchUntil, out: Output, config: &Config) -> Result<Outcome, Fault> {
    // Subscribed and listed before polling starts, so that a payment that is found at once is printed.
    let till = Till::open_without_polling(config, Clock::system()).await?;
    print_history_fault(&till);
    let start = match until {
        WatchUntil::Stopped => ProgramStart::Lasting,
        WatchUntil::NoneOpen | WatchUntil::AllSettled => ProgramStart::Brief,
    };
    // A journal that fails may work again; the invoices must be polled all the same.
    if let Err(error) = till.record_start(start).await {
        print_error(&error.into());
    }
    let mut events = till.events();
    let mut printer = SalePrinter::new(out);
    let mut waiting: BTreeMap<u32, SaleView> = BTreeMap::new();
    for sale in till.watched_sales().await? {
        if is_pending(&sale, until) {
            printer.print_sale(&sale);
            waiting.insert(sale.number, sale);
        }
    }
    let till = till.with_polling();
    let elsewhere = till.watched_elsewhere().await?;
    if elsewhere > 0 {
        let message = format!("{elsewhere} open invoices are of another gateway and not polled");
        print_error(&Fault::new(Code::GatewayUnreachable, message));
    }
    loop {
        waiting.retain(|_, sale| is_pending(sale, until));
        let nothing_left = until != WatchUntil::Stopped && waiting.is_empty();
        if nothing_left && till.has_polled_all().await? && events.is_empty() {
            return end(&till).await;
        }
        if till.network() == NetworkState::KeyRefused && until != WatchUntil::Stopped {
            return Err(Fault::new(
                Code::KeyRefused,
                "the gateway refuses the API key",
            ));
        }
        let event = tokio::select! {
            event = events.recv() => event,
            () = tokio::time::sleep(CHECK_EVERY), if nothing_left => continue,
            () = stop_requested() => return end(&till).await,
        };
        match event {
            Ok(TillEvent::SaleChanged(sale)) => {
                // Read anew: the event may be older than what has been printed.
                let sale = till.sale(sale.number).await?;
                printer.print_sale(&sale);
                waiting.insert(sale.number, sale);
            }
            Ok(event) => printer.print_event(&event, 0),
            Err(RecvError::Lagged(_)) => reload(&till, &mut waiting, &mut printer).await?,
            Err(RecvError::Closed) => return Ok(Outcome::Failed),
        }
    }
}

/// Ctrl-C, or what a service is stopped with.
async fn stop_requested() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    tokio::signal::ctrl_c().await.ok();
}

/// Prints every sale as it is now, after events were missed.
async fn reload(
    till: &Till,
    sales: &mut BTreeMap<u32, SaleView>,
    printer: &mut SalePrinter,
) -> Result<(), TillError> {
    for sale in sales.values_mut() {
        *sale = till.sale(sale.number).await?;
        printer.print_sale(sale);
    }
    Ok(())
}

/// Says what is left under watch.
async fn end(till: &Till) -> Result<Outcome, Fault> {
    till.note_head().await;
    let left = till.watched_sales().await?;
    let count = |wanted: fn(&SaleView) -> bool| left.iter().filter(|sale| wanted(sale)).count();
    let open = count(|sale| is_pending(sale, WatchUntil::NoneOpen));
    let paid = count(|sale| sale.state == SaleState::Paid);
    let rest = left.len().saturating_sub(open + paid);
    if !left.is_empty() {
        print_note(&format!(
            "Still under watch: {open} open, {rest} ended or in question, {paid} paid and not settled."
        ));
    }
    Ok(Outcome::Done)
}

fn is_pending(sale: &SaleView, until: WatchUntil) -> bool {
    match sale.state {
        SaleState::Requesting | SaleState::Awaiting | SaleState::Chosen | SaleState::Stopped => {
            sale.open
        }
        SaleState::Paid => until == WatchUntil::AllSettled && !sale.settled,
        SaleState::Ended
        | SaleState::Refused
        | SaleState::Uncertain
        | SaleState::Review
        | SaleState::PartPaid => false,
    }
}
