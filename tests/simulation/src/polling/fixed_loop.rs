//! The loop that the gateway documents (docs/gateway.md, *POST /invoice/info*): it polls each invoice every five seconds
//! until it is paid or over, or until its window is closed. Here it goes on after every failed call.

use super::day::{Customer, Day, SECOND_MS};
use super::gateway::Gateway;
use super::run::Run;

const PACE_MS: u64 = 5 * SECOND_MS;

/// Plays the day with one such loop for each sale, side by side.
pub fn run(day: &Day, customers: &[Customer]) -> Run {
    let mut gateway = Gateway::new(day, customers);
    let mut run = Run::of(customers.len());
    for (index, customer) in customers.iter().enumerate() {
        let mut now_ms = customer.opens_ms + PACE_MS;
        while customer.stops_ms.is_none_or(|stops_ms| now_ms < stops_ms) {
            run.calls_ms.push(now_ms);
            let call = gateway.ask(index, now_ms);
            let back_ms = now_ms + call.takes_ms;
            if let Ok(report) = call.answer {
                if report.is_paid {
                    if let Some(paid_ms) = run.paid_ms.get_mut(index) {
                        *paid_ms = Some(back_ms);
                    }
                    break;
                }
                if report.pay_status == "end" {
                    break;
                }
            }
            now_ms = back_ms + PACE_MS;
        }
    }
    run.calls_ms.sort_unstable();
    run
}
