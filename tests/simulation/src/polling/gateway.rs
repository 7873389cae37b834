//! A gateway in virtual time: what it says of an invoice at a moment, and all the ways in which it
//! does not (docs/gateway.md, *How comparable gateways behave*).

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use ringup_core::gateway::InfoError;
use ringup_core::ids::InvoiceId;
use ringup_core::sale::Report;

use super::day::{Customer, Day, SECOND_MS};

/// What all sales cost.
pub const AMOUNT_MINOR: i64 = 1250;
/// The till gives up on a call after this.
const CALL_MS: u64 = 15 * SECOND_MS;
/// A read replica may be so far behind.
const STALE_MS: u64 = 20 * SECOND_MS;

/// The gateway.
#[derive(Debug)]
pub struct Gateway {
    customers: Vec<Customer>,
    failing_per_mille: u32,
    chance: StdRng,
}

/// A call and what comes of it.
#[derive(Debug)]
pub struct Call {
    /// From the question to its answer, milliseconds.
    pub takes_ms: u64,
    /// As the till's client would say it.
    pub answer: Result<Report, InfoError>,
}

impl Gateway {
    /// The gateway of a day's customers.
    pub fn new(day: &Day, customers: &[Customer]) -> Self {
        Self {
            customers: customers.to_vec(),
            failing_per_mille: day.failing_per_mille,
            chance: StdRng::seed_from_u64(day.seed.wrapping_add(1)),
        }
    }

    /// Asks about the invoice of the customer at this place.
    pub fn ask(&mut self, place: usize, at_ms: u64) -> Call {
        let takes_ms = self.chance.random_range(60..400);
        let said = |at_ms: u64| {
            self.customers
                .get(place)
                .map(|who| report(place, who, at_ms))
        };
        let unknown = || answered(404, None);
        if self.chance.random_range(0..1000) >= self.failing_per_mille {
            let answer = said(at_ms).ok_or_else(unknown);
            return Call { takes_ms, answer };
        }
        let cause = || "simulated".to_owned();
        let wish_s = self.chance.random_range(1..30);
        let (takes_ms, answer) = match self.chance.random_range(0..10) {
            0 => (CALL_MS, Err(InfoError::TimedOut)),
            1 => (takes_ms, Err(InfoError::Broken { cause: cause() })),
            2 => (1, Err(InfoError::Unreachable { cause: cause() })),
            3 => (takes_ms, Err(InfoError::Unreadable { cause: cause() })),
            4 => (takes_ms, Err(answered(500, None))),
            5 => (takes_ms, Err(answered(502, None))),
            6 => (takes_ms, Err(answered(503, Some(wish_s)))),
            7 => (takes_ms, Err(answered(429, None))),
            8 => (takes_ms, Err(answered(429, Some(wish_s)))),
            _ => {
                let stale = said(at_ms.saturating_sub(STALE_MS));
                (takes_ms, stale.ok_or_else(unknown))
            }
        };
        Call { takes_ms, answer }
    }
}

/// The name of an invoice.
pub fn invoice_id(place: usize) -> InvoiceId {
    InvoiceId(format!("invoice-{place}"))
}

fn answered(status: u16, retry_after_s: Option<u64>) -> InfoError {
    InfoError::Answered {
        status,
        reason: "simulated".to_owned(),
        retry_after_s,
    }
}

fn report(place: usize, customer: &Customer, at_ms: u64) -> Report {
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
        id: invoice_id(place),
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
    }
}
