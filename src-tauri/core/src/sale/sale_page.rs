//! A sale's page: everything that is known about a sale, for the screen that shows one.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::attempt::{Attempt, Phase};
use super::basket::Line;
use super::entry::{Entry, Event, RefundWay};
use super::fold::Sale;
use super::refund::Refund;
use super::refund_parts::RefundParts;
use super::tax::Taxed;
use super::tender::OwnTender;
use super::view::SaleView;
use crate::clock::UnixMs;
use crate::error::Fault;
use crate::money::{BasisPoints, Currency, Money};

/// What a sale's page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct SaleDetail {
    /// The sale.
    pub sale: SaleView,
    /// Its entries, in order.
    pub entries: Vec<EntryView>,
    /// Its attempts, in order.
    pub attempts: Vec<AttemptView>,
    /// Its refunds, in order, voided ones included.
    pub refunds: Vec<RefundView>,
    /// What was sold, when it was picked from items.
    pub lines: Vec<Line>,
    /// Taken off the lines; `None` without a discount.
    pub discount: Option<Money>,
    /// The discount's rate, when it was a share of the lines.
    pub discount_rate: Option<BasisPoints>,
    /// The rate of the tax contained in an amount without lines.
    pub tax: Option<BasisPoints>,
    /// The shop's time zone, IANA, in which its times are shown.
    pub zone: String,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct EntryView {
    /// Its number in the journal.
    pub seq: u64,
    /// When, by the till's clock.
    pub at_unix_ms: UnixMs,
    /// Who was at the till.
    pub by: Option<String>,
    /// Who lent the right to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub approved_by: Option<String>,
    /// What happened (docs/journal.md, *Entries*).
    pub kind: String,
    /// The fields of the entry that a page shows, as text: amounts as decimals, the gateway's words unchanged.
    pub facts: BTreeMap<String, String>,
}

/// One attempt of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct AttemptView {
    /// Its place within the sale, from 1.
    pub attempt: u32,
    /// How far it is: `requesting`, `refused`, `uncertain`, `open`, `ended`, `questioned`, `paid`.
    pub phase: String,
    /// The gateway that was asked.
    pub gateway: String,
    /// What its invoice asks for.
    pub amount: Money,
    /// When the invoice was requested.
    pub requested_at_unix_ms: UnixMs,
    /// The gateway's id of the invoice.
    pub invoice_id: Option<String>,
    /// The page that the customer opens.
    pub pay_url: Option<String>,
    /// When it ends, Unix seconds of the gateway's clock.
    #[ts(type = "number | null")]
    pub expires_at: Option<i64>,
    /// Made in test mode.
    pub test: bool,
    /// The cashier stopped waiting for it.
    pub stopped: bool,
    /// `pay_status` of the gateway's last report.
    pub pay_status: Option<String>,
    /// `processing_status` of that report.
    pub processing_status: Option<String>,
    /// The coin that the customer picked.
    pub crypto: Option<String>,
    /// Its network.
    pub network: Option<String>,
    /// What the customer is to send, in that coin.
    pub crypto_amount: Option<String>,
    /// The network's fee, in that coin.
    pub network_fee: Option<String>,
    /// When the till wrote down that it is over.
    #[ts(type = "number | null")]
    pub ended_at_unix_ms: Option<UnixMs>,
    /// When the till wrote down that it is paid.
    #[ts(type = "number | null")]
    pub paid_at_unix_ms: Option<UnixMs>,
    /// Paid after its end, or after the cashier had stopped waiting.
    pub late: bool,
    /// Another attempt of the sale had been paid before.
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
    /// Its place within the sale, from 1.
    pub refund: u32,
    /// When it was entered.
    pub at_unix_ms: UnixMs,
    /// How much, in the sale's currency.
    pub amount: Money,
    /// How it was paid back.
    pub way: RefundWay,
    /// By which of the shop's own tenders.
    pub own: Option<OwnTender>,
    /// What the cash that went back is more than the amount; `None` when it is not rounded.
    pub rounding: Option<Money>,
    /// The cashier's reason.
    pub reason: String,
    /// The tax that it takes back, by rate.
    pub taxes: Vec<TaxView>,
    /// It was entered by mistake and no longer counts.
    pub taken_back: Option<TakenBackView>,
}

/// The tax in what went back at one rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct TaxView {
    /// The rate.
    pub rate: BasisPoints,
    /// What went back at it, tax included.
    pub gross: Money,
    /// The tax contained.
    pub tax: Money,
}

/// What a refund would take back, and what goods the sale still has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct RefundPreview {
    /// Its amount.
    pub amount: Money,
    /// What the cash would be more than that, if it went back in cash; `None` when it is not rounded.
    pub cash_rounding: Option<Money>,
    /// The tax in it, by rate.
    pub taxes: Vec<TaxView>,
    /// The tip in it; `None` when there is none.
    pub tip: Option<Money>,
    /// The lines of the sale, each with the quantity that has not come back.
    pub lines: Vec<Line>,
}

/// When and why a refund was voided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct TakenBackView {
    /// When it was voided.
    pub at_unix_ms: UnixMs,
    /// The cashier's reason.
    pub reason: String,
}

impl SaleDetail {
    /// The page of a sale with this view and these entries.
    pub fn of(sale: &Sale, view: SaleView, entries: &[Entry], zone: &str) -> Self {
        let breakdown = &sale.breakdown;
        let discount = Money::from_minor(breakdown.discount_minor, sale.amount.currency());
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
            lines: breakdown.lines.clone(),
            discount: (breakdown.discount_minor > 0).then_some(discount),
            discount_rate: breakdown.discount_rate,
            tax: breakdown.tax,
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
            approved_by: entry.approved_by.clone(),
            kind: entry.event.kind().to_owned(),
            facts: facts(&entry.event, sale.amount.currency()),
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
            amount: attempt.amount,
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
            review: attempt.mismatches(),
            error: attempt.failure().map(Fault::from),
        }
    }
}

impl RefundView {
    fn of(refund: &Refund, sale: &Sale) -> Self {
        let amount = Money::from_minor(refund.amount_minor, sale.amount.currency());
        Self {
            refund: refund.number.0,
            at_unix_ms: refund.at,
            amount,
            way: refund.way,
            own: refund.own.clone(),
            rounding: (refund.rounding_minor != 0)
                .then(|| amount.with_minor(refund.rounding_minor)),
            reason: refund.reason.clone(),
            taxes: tax_views(&refund.taxes, amount.currency()),
            taken_back: refund.voided.as_ref().map(|voided| TakenBackView {
                at_unix_ms: voided.at,
                reason: voided.reason.clone(),
            }),
        }
    }
}

impl RefundPreview {
    /// What a refund of these parts would take back of a sale.
    pub fn of(sale: &Sale, parts: &RefundParts, amount: Money, cash_rounding_minor: i64) -> Self {
        let currency = amount.currency();
        let tip = Money::from_minor(parts.tip_minor, currency);
        let lines = sale.breakdown.lines.iter().zip(sale.quantities_left());
        let lines = lines.map(|(line, quantity)| Line {
            quantity,
            ..line.clone()
        });
        Self {
            amount,
            cash_rounding: (cash_rounding_minor != 0)
                .then(|| amount.with_minor(cash_rounding_minor)),
            taxes: tax_views(&sale.taxes_of(parts), currency),
            tip: (tip.minor() > 0).then_some(tip),
            lines: lines.collect(),
        }
    }
}

fn tax_views(taxes: &BTreeMap<BasisPoints, Taxed>, currency: Currency) -> Vec<TaxView> {
    let money = |minor| Money::from_minor(minor, currency);
    let views = taxes.iter().map(|(rate, taxed)| TaxView {
        rate: *rate,
        gross: money(taxed.gross_minor),
        tax: money(taxed.tax_minor),
    });
    views.collect()
}

/// The fields of an entry, and of the report in it, that a page shows as they are.
const SHOWN_FIELDS: [&str; 27] = [
    "attempt",
    "code",
    "crypto",
    "crypto_amount",
    "fiat_amount",
    "fiat_currency",
    "gateway",
    "invoice_id",
    "is_paid",
    "language",
    "lifetime_minutes",
    "medium",
    "message",
    "mismatches",
    "network",
    "network_fee",
    "note",
    "outcome",
    "pay_status",
    "payload",
    "processing_status",
    "reason",
    "refund",
    "status",
    "tender",
    "test",
    "way",
];

/// The fields that a page shows of an entry, by their names in the journal. An amount is named without its
/// `_minor` and comes with its currency.
fn facts(event: &Event, currency: Currency) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    let mut fields = match serde_json::to_value(event) {
        Ok(Value::Object(fields)) => fields,
        _ => return facts,
    };
    if let Some(Value::Object(report)) = fields.remove("report") {
        fields.extend(report);
    }
    if let Some(Value::Object(mut own)) = fields.remove("own") {
        facts.extend(
            own.remove("name")
                .map(|name| ("own".to_owned(), as_text(&name))),
        );
    }
    for (name, value) in &fields {
        if let Some((name, minor)) = name.strip_suffix("_minor").zip(value.as_i64()) {
            if matches!(name, "amount" | "given" | "rounding" | "tip") {
                let amount = Money::from_minor(minor, currency);
                facts.insert(name.to_owned(), amount.to_string());
                facts.insert("currency".to_owned(), currency.to_string());
            }
        } else if SHOWN_FIELDS.contains(&name.as_str()) {
            facts.insert(name.clone(), as_text(value));
        }
    }
    facts
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(as_text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
