//! A sale's page: all that is known of it, entry by entry.

use std::collections::BTreeMap;

use serde::Serialize;

use super::attempt::{Attempt, Phase};
use super::basket::Line;
use super::entry::{Entry, Event, RefundWay};
use super::fold::Sale;
use super::gateway_report::{Failure, Mismatch, Report};
use super::refund::Refund;
use super::view::SaleView;
use crate::clock::UnixMs;
use crate::error::Fault;
use crate::money::{BasisPoints, Money};

/// All that a sale's page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct SaleDetail {
    /// The sale.
    pub sale: SaleView,
    /// What happened, in order.
    pub entries: Vec<EntryView>,
    /// Its invoices, in order.
    pub attempts: Vec<AttemptView>,
    /// Its refunds, in order, those taken back among them.
    pub refunds: Vec<RefundView>,
    /// What was sold, when it was picked from items.
    pub lines: Vec<Line>,
    /// Taken off the lines; none when nothing was.
    pub discount: Option<String>,
    /// The discount's rate, when it was a share of the lines.
    pub discount_rate: Option<BasisPoints>,
    /// The tax contained in what no line names.
    pub tax: Option<BasisPoints>,
    /// The shop's time zone, IANA: what its times are to be shown in.
    pub zone: String,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct EntryView {
    /// Its place in the journal.
    #[ts(type = "number")]
    pub seq: u64,
    /// When, by the till's clock.
    #[ts(type = "number")]
    pub at_unix_ms: UnixMs,
    /// Who was at the till.
    pub by: Option<String>,
    /// What happened, as docs/journal.md names it.
    pub kind: String,
    /// The facts, by name: amounts as decimal text, the gateway's words as they came.
    pub facts: BTreeMap<String, String>,
}

/// One invoice of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct AttemptView {
    /// Its place, from 1.
    pub attempt: u32,
    /// How far it is: `requesting`, `refused`, `uncertain`, `open`, `ended`, `questioned`, `paid`.
    pub phase: String,
    /// The gateway that was asked.
    pub gateway: String,
    /// When it was asked.
    #[ts(type = "number")]
    pub requested_at_unix_ms: UnixMs,
    /// The gateway's name of it.
    pub invoice_id: Option<String>,
    /// What the customer opens.
    pub pay_url: Option<String>,
    /// When it ends, Unix seconds of the gateway's clock.
    #[ts(type = "number | null")]
    pub expires_at: Option<i64>,
    /// Made in test mode.
    pub test: bool,
    /// The cashier stopped waiting for it.
    pub stopped: bool,
    /// `pay_status` of the gateway's last word.
    pub pay_status: Option<String>,
    /// `processing_status` of it.
    pub processing_status: Option<String>,
    /// The customer's coin.
    pub crypto: Option<String>,
    /// Its network.
    pub network: Option<String>,
    /// What the customer sends, in that coin.
    pub crypto_amount: Option<String>,
    /// The network's fee, in that coin.
    pub network_fee: Option<String>,
    /// When the till heard that it is over.
    #[ts(type = "number | null")]
    pub ended_at_unix_ms: Option<UnixMs>,
    /// When the till heard that it is paid.
    #[ts(type = "number | null")]
    pub paid_at_unix_ms: Option<UnixMs>,
    /// Paid after its end, or after the cashier had stopped waiting.
    pub late: bool,
    /// Paid though another invoice of the sale had been paid before.
    #[serde(rename = "again")]
    pub duplicate: bool,
    /// Credited to the merchant.
    pub settled: bool,
    /// In what the gateway contradicts the sale: `id`, `amount`, `currency`, `test`.
    pub review: Vec<String>,
    /// Why there is no invoice.
    pub error: Option<Fault>,
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct RefundView {
    /// Its place, from 1.
    pub refund: u32,
    /// When it was entered.
    #[ts(type = "number")]
    pub at_unix_ms: UnixMs,
    /// Decimal text, in the sale's currency.
    pub amount: String,
    /// Which way.
    pub way: RefundWay,
    /// Why.
    pub reason: String,
    /// Entered by mistake: it counts no more.
    pub taken_back: Option<TakenBackView>,
}

/// That a refund counts no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct TakenBackView {
    /// When that was entered.
    #[ts(type = "number")]
    pub at_unix_ms: UnixMs,
    /// Why.
    pub reason: String,
}

impl SaleDetail {
    /// The page of a sale whose view and entries these are.
    pub fn of(sale: &Sale, view: SaleView, entries: &[Entry], zone: &str) -> Self {
        let discount = Money::from_minor(sale.discount_minor, sale.amount.currency());
        Self {
            sale: view,
            entries: entries
                .iter()
                .map(|entry| EntryView::of(entry, sale))
                .collect(),
            attempts: sale.attempts.iter().map(AttemptView::of).collect(),
            refunds: sale
                .refunds
                .iter()
                .map(|refund| RefundView::of(refund, sale))
                .collect(),
            lines: sale.lines.clone(),
            discount: (sale.discount_minor > 0).then(|| discount.to_string()),
            discount_rate: sale.discount_rate,
            tax: sale.tax,
            zone: zone.to_owned(),
        }
    }
}

impl EntryView {
    pub(super) fn of(entry: &Entry, sale: &Sale) -> Self {
        Self {
            seq: entry.seq,
            at_unix_ms: entry.at,
            by: entry.by.clone(),
            kind: entry.event.kind().to_owned(),
            facts: Facts::of(&entry.event, sale).0,
        }
    }
}

impl AttemptView {
    fn of(attempt: &Attempt) -> Self {
        let invoice = attempt.invoice.as_ref();
        let report = attempt.report.as_ref();
        let (late, duplicate) = match attempt.phase {
            Phase::Paid {
                late, duplicate, ..
            } => (late, duplicate),
            _ => (false, false),
        };
        Self {
            attempt: attempt.number.0,
            phase: attempt.phase.as_str().to_owned(),
            gateway: attempt.gateway.clone(),
            requested_at_unix_ms: attempt.requested_at,
            invoice_id: invoice.map(|invoice| invoice.id.0.clone()),
            pay_url: invoice.map(|invoice| invoice.pay_url.clone()),
            expires_at: invoice.and_then(|invoice| invoice.expires_at_unix),
            test: attempt.test(),
            stopped: attempt.stopped,
            pay_status: report.map(|report| report.pay_status.clone()),
            processing_status: report.and_then(|report| report.processing_status.clone()),
            crypto: report.and_then(|report| report.crypto.clone()),
            network: report.and_then(|report| report.network.clone()),
            crypto_amount: report.and_then(|report| report.crypto_amount.clone()),
            network_fee: report.and_then(|report| report.network_fee.clone()),
            ended_at_unix_ms: match attempt.phase {
                Phase::Ended { at } => Some(at),
                _ => None,
            },
            paid_at_unix_ms: attempt.paid_at(),
            late,
            duplicate,
            settled: attempt.settled(),
            review: match &attempt.phase {
                Phase::Questioned { mismatches } => codes(mismatches),
                _ => Vec::new(),
            },
            error: match &attempt.phase {
                Phase::Refused(failure) | Phase::Uncertain(failure) => {
                    Some(Fault::of_failure(failure))
                }
                _ => None,
            },
        }
    }
}

impl RefundView {
    fn of(refund: &Refund, sale: &Sale) -> Self {
        let amount = Money::from_minor(refund.amount_minor, sale.amount.currency());
        Self {
            refund: refund.number.0,
            at_unix_ms: refund.at,
            amount: amount.to_string(),
            way: refund.way,
            reason: refund.reason.clone(),
            taken_back: refund.voided.as_ref().map(|back| TakenBackView {
                at_unix_ms: back.at,
                reason: back.reason.clone(),
            }),
        }
    }
}

fn codes(mismatches: &[Mismatch]) -> Vec<String> {
    let codes = mismatches.iter().map(|mismatch| mismatch.code().to_owned());
    codes.collect()
}

/// The facts of an entry, by name.
#[derive(Default)]
struct Facts(BTreeMap<String, String>);

impl Facts {
    fn of(event: &Event, sale: &Sale) -> Self {
        let mut facts = Self::default();
        let money = |minor| Money::from_minor(minor, sale.amount.currency());
        match event {
            Event::JournalOpened { .. }
            | Event::DayClosed { .. }
            | Event::SaleStopped { .. }
            | Event::PaymentSeen { .. } => {}
            Event::SaleOpened {
                amount_minor,
                currency,
                note,
                tip_minor,
                ..
            } => {
                facts.add("amount", money(*amount_minor));
                facts.add("currency", currency);
                facts.add_some("note", note.as_ref());
                facts.add_some("tip", (*tip_minor > 0).then(|| money(*tip_minor)));
            }
            Event::InvoiceRequested {
                attempt,
                gateway,
                lifetime_minutes,
                ..
            } => {
                facts.add("attempt", attempt);
                facts.add("gateway", gateway);
                facts.add("lifetime_minutes", lifetime_minutes);
            }
            Event::InvoiceOpened {
                attempt,
                invoice_id,
                test,
                ..
            } => {
                facts.add("attempt", attempt);
                facts.add("invoice_id", invoice_id);
                facts.add("test", test);
            }
            Event::InvoiceRefused {
                attempt, failure, ..
            }
            | Event::InvoiceUncertain {
                attempt, failure, ..
            } => {
                facts.add("attempt", attempt);
                facts.failure(failure);
            }
            Event::InvoiceReported {
                attempt, report, ..
            }
            | Event::InvoicePaid {
                attempt, report, ..
            }
            | Event::InvoiceEnded {
                attempt, report, ..
            } => {
                facts.add("attempt", attempt);
                facts.report(report);
            }
            Event::InvoiceQuestioned {
                attempt,
                mismatches,
                report,
                ..
            } => {
                facts.add("attempt", attempt);
                facts.add("mismatches", codes(mismatches).join(", "));
                facts.report(report);
            }
            Event::SaleNoted { note, .. } => facts.add_some("note", note.as_ref()),
            Event::SaleRefunded {
                refund,
                amount_minor,
                way,
                reason,
                ..
            } => {
                facts.add("refund", refund);
                facts.add("amount", money(*amount_minor));
                facts.add("currency", sale.amount.currency());
                facts.add("way", way.as_str());
                facts.add("reason", reason);
            }
            Event::RefundTakenBack { refund, reason, .. } => {
                facts.add("refund", refund);
                facts.add("reason", reason);
            }
            Event::ReviewClosed { reason, .. } => facts.add("reason", reason),
            Event::ReceiptMade { medium, .. } => facts.add("medium", medium.as_str()),
        }
        facts
    }

    fn add(&mut self, name: &str, value: impl ToString) {
        self.0.insert(name.to_owned(), value.to_string());
    }

    fn add_some(&mut self, name: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    fn failure(&mut self, failure: &Failure) {
        self.add("code", &failure.code);
        self.add("message", &failure.message);
        self.add_some("status", failure.status);
        self.add_some("invoice_id", failure.invoice_id.as_ref());
    }

    fn report(&mut self, report: &Report) {
        self.add("pay_status", &report.pay_status);
        self.add("is_paid", report.is_paid);
        self.add_some("fiat_amount", report.fiat_amount.as_ref());
        self.add_some("fiat_currency", report.fiat_currency.as_ref());
        self.add_some("processing_status", report.processing_status.as_ref());
        self.add_some("crypto", report.crypto.as_ref());
        self.add_some("network", report.network.as_ref());
        self.add_some("crypto_amount", report.crypto_amount.as_ref());
        self.add_some("network_fee", report.network_fee.as_ref());
    }
}
