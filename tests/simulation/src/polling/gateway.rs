//! A gateway in virtual time: what it answers about an invoice at a moment, and how its calls fail (docs/gateway.md,
//! *How comparable gateways behave*).

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use ringup_core::gateway::InfoError;
use ringup_core::ids::InvoiceId;
use ringup_core::sale::Report;

use super::day::{Customer, Day, SECOND_MS};

/// The amount of every sale, cents.
pub const AMOUNT_MINOR: i64 = 1250;
/// A call that is not answered times out after this.
const CALL_MS: u64 = 15 * SECOND_MS;
/// How old a stale answer is.
const STALE_MS: u64 = 20 * SECOND_MS;

/// The gateway.
#[derive(Debug)]
pub struct Gateway {
    customers: Vec<Customer>,
    failing_per_mille: u32,
    rng: StdRng,
}

/// A call and its answer.
#[derive(Debug)]
pub struct Call {
    /// From the call to the answer, milliseconds.
    pub takes_ms: u64,
    /// What the till's client returns.
    pub answer: Result<Report, InfoError>,
}

impl Gateway {
    /// The gateway of a day with these customers.
    pub fn new(day: &Day, customers: &[Customer]) -> Self {
        Self {
            customers: customers.to_vec(),
            failing_per_mille: day.failing_per_mille,
            rng: StdRng::seed_from_u64(day.seed.wrapping_add(1)),
        }
    }

    /// Asks about the invoice of the customer with this index.
    pub fn ask(&mut self, index: usize, at_ms: u64) -> Call {
        let takes_ms = self.rng.random_range(60..400);
        let said = |at_ms: u64| {
            self.customers
                .get(index)
                .map(|who| report(index, who, at_ms))
        };
        let unknown = || answered(404, None);
        if self.rng.random_range(0..1000) >= self.failing_per_mille {
            let answer = said(at_ms).ok_or_else(unknown);
            return Call { takes_ms, answer };
        }
        let cause = || "simulated".to_owned();
        let retry_after_s = self.rng.random_range(1..30);
        let (takes_ms, answer) = match self.rng.random_range(0..10) {
            0 => (CALL_MS, Err(InfoError::TimedOut)),
            1 => (takes_ms, Err(InfoError::Broken { cause: cause() })),
            2 => (1, Err(InfoError::Unreachable { cause: cause() })),
            3 => (takes_ms, Err(InfoError::Unreadable { cause: cause() })),
            4 => (takes_ms, Err(answered(500, None))),
            5 => (takes_ms, Err(answered(502, None))),
            6 => (takes_ms, Err(answered(503, Some(retry_after_s)))),
            7 => (takes_ms, Err(answered(429, None))),
            8 => (takes_ms, Err(answered(429, Some(retry_after_s)))),
            _ => {
                let stale = said(at_ms.saturating_sub(STALE_MS));
                (takes_ms, stale.ok_or_else(unknown))
            }
        };
        Call { takes_ms, answer }
    }
}

/// The id of the invoice of the customer with this index.
pub fn invoice_id(index: usize) -> InvoiceId {
    InvoiceId(format!("invoice-{index}"))
}

fn answered(status: u16, retry_after_s: Option<u64>) -> InfoError {
    InfoError::Answered {
        status,
        reason: "simulated".to_owned(),
        retry_after_s,
    }
}

fn report(index: usize, customer: &Customer, at_ms: u64) -> Report {
    let by_now = |moment: Option<u64>| moment.is_some_and(|moment| moment <= at_ms);
    let is_paid = by_now(customer.pays_ms);
    let pay_status = match is_paid {
        true => "paid",
        false if at_ms >= customer.ends_ms() => "end",
        false => "not_paid",
    };
    let processing_status = match is_paid {
        true if by_now(customer.credited_ms) => "processed",
        true => "processing",
        false => "pending",
    };
    let chosen = |word: &str| by_now(customer.chooses_ms).then(|| word.to_owned());
    Report {
        id: invoice_id(index),
        pay_status: pay_status.to_owned(),
        is_paid,
        is_testing: Some(false),
        fiat_amount: Some("12.5".to_owned()),
        fiat_currency: Some("EUR".to_owned()),
        processing_status: Some(processing_status.to_owned()),
        crypto: chosen("USDT"),
        network: chosen("TRC20"),
        crypto_amount: chosen("13.42"),
        network_fee: None,

        payload: None,
    }
}
