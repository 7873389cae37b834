//! A sale as the screens and `--json` show it: one shape for both.

use serde::Serialize;

use super::attempt::Phase;
use super::fold::Sale;
use super::state::SaleState;
use crate::clock::UnixMs;
use crate::error::Fault;
use crate::ids::TillCode;
use crate::money::{Currency, Money};

/// All that a screen needs of a sale. Amounts are exact decimal text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct SaleView {
    /// Its number on this till.
    pub number: u32,
    /// Its name in print: `A-000042`.
    pub label: String,
    /// Of two views of a sale, the one with the greater revision is newer.
    #[ts(type = "number")]
    pub revision: u64,
    /// How far it is.
    pub state: SaleState,
    /// Paid after its end, or after the cashier had stopped waiting.
    pub late: bool,
    /// Credited to the merchant.
    pub settled: bool,
    /// Test money.
    pub test: bool,
    /// More than one of its invoices was paid.
    pub paid_twice: bool,
    /// Not over: someone may still pay, or the cashier still has to decide.
    pub open: bool,
    /// A payment that nobody at the till has seen yet.
    pub unseen: bool,
    /// With two decimals: `12.50`.
    pub amount: String,
    /// The tip within it; none when there is none.
    pub tip: Option<String>,
    /// What went back; none when nothing did.
    pub refunded: Option<String>,
    /// What may still go back; none when nothing may.
    pub refundable: Option<String>,
    /// Receipts made so far.
    pub receipts: u32,
    /// Of this currency.
    pub currency: Currency,
    /// The cashier's words.
    pub note: Option<String>,
    /// Which of its invoices is meant below.
    pub attempt: u32,
    /// The gateway's name of it.
    pub invoice_id: Option<String>,
    /// What the customer opens.
    pub pay_url: Option<String>,
    /// Unix seconds of the gateway's clock.
    #[ts(type = "number | null")]
    pub expires_at: Option<i64>,
    /// The gateway's clock minus the till's, milliseconds.
    #[ts(type = "number | null")]
    pub clock_offset_ms: Option<i64>,
    /// The customer's coin.
    pub crypto: Option<String>,
    /// Its network.
    pub network: Option<String>,
    /// What the customer sends, in that coin.
    pub crypto_amount: Option<String>,
    /// When the cashier charged.
    #[ts(type = "number")]
    pub opened_at_unix_ms: UnixMs,
    /// When the till heard that it is paid.
    #[ts(type = "number | null")]
    pub paid_at_unix_ms: Option<UnixMs>,
    /// In what the gateway contradicts the sale: `id`, `amount`, `currency`, `test`.
    pub review: Vec<String>,
    /// Why there is no invoice.
    pub error: Option<Fault>,
}

impl SaleView {
    /// The view of a sale of the till `code`.
    pub fn of(sale: &Sale, code: &TillCode) -> Self {
        let attempt = sale.current();
        let invoice = attempt.and_then(|attempt| attempt.invoice.as_ref());
        let report = attempt.and_then(|attempt| attempt.report.as_ref());
        let phase = attempt.map(|attempt| &attempt.phase);
        Self {
            number: sale.number.0,
            label: format!("{code}-{:06}", sale.number.0),
            revision: sale.revision,
            state: sale.state(),
            late: sale.late(),
            settled: sale.settled(),
            test: sale.test(),
            paid_twice: sale.paid_twice(),
            open: sale.is_open(),
            unseen: sale.unseen(),
            amount: sale.amount.to_string(),
            tip: unless_zero(sale, sale.tip_minor),
            refunded: unless_zero(sale, sale.refunded_minor()),
            refundable: unless_zero(sale, sale.refundable().minor()),
            receipts: sale.receipts,
            currency: sale.amount.currency(),
            note: sale.note.clone(),
            attempt: attempt.map_or(0, |attempt| attempt.number.0),
            invoice_id: invoice.map(|invoice| invoice.id.0.clone()),
            pay_url: invoice.map(|invoice| invoice.pay_url.clone()),
            expires_at: invoice.and_then(|invoice| invoice.expires_at_unix),
            clock_offset_ms: invoice.and_then(|invoice| invoice.clock_offset_ms),
            crypto: report.and_then(|report| report.crypto.clone()),
            network: report.and_then(|report| report.network.clone()),
            crypto_amount: report.and_then(|report| report.crypto_amount.clone()),
            opened_at_unix_ms: sale.opened_at,
            paid_at_unix_ms: sale.paid_at(),
            review: match phase {
                Some(Phase::Questioned { mismatches }) => mismatches
                    .iter()
                    .map(|mismatch| mismatch.code().to_owned())
                    .collect(),
                _ => Vec::new(),
            },
            error: match phase {
                Some(Phase::Refused(failure) | Phase::Uncertain(failure)) => {
                    Some(Fault::of_failure(failure))
                }
                _ => None,
            },
        }
    }
}

fn unless_zero(sale: &Sale, minor: i64) -> Option<String> {
    (minor > 0).then(|| Money::from_minor(minor, sale.amount.currency()).to_string())
}
