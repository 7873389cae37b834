//! A sale as screens and `--json` get it: a projection of [`Sale`]. The command line prints its amounts as decimal text.

use serde::Serialize;

use super::attempt::{Attempt, Phase};
use super::fold::Sale;
use super::sale_page::TakenBackView;
use super::state::SaleState;
use super::tender::{OwnTender, Tender, TenderWay};
use crate::clock::UnixMs;
use crate::error::Fault;
use crate::ids::TillCode;
use crate::money::{Currency, Money};

/// What a screen shows of a sale (docs/contract.md, *Commands*, the objects of `--json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct SaleView {
    /// Its number on this till.
    pub number: u32,
    /// Its number as it is printed: `A-000042`.
    pub label: String,
    /// Of two views of a sale, the one with the greater revision is newer.
    pub revision: u64,
    /// Its state.
    pub state: SaleState,
    /// Paid after its end, or after the cashier had stopped waiting.
    pub late: bool,
    /// Every payment is credited to the merchant.
    pub settled: bool,
    /// Test money.
    pub test: bool,
    /// More than one of its attempts was paid.
    pub paid_twice: bool,
    /// Not over: someone may still pay, or the cashier still has to decide.
    pub open: bool,
    /// Nobody at the till has seen one of its payments, or that its money is in question.
    pub unseen: bool,
    /// The amount to be paid.
    pub amount: Money,
    /// The tip within the amount; `None` without a tip.
    pub tip: Option<Money>,
    /// Its tenders besides crypto, in order, those that were taken back included.
    pub tenders: Vec<TenderView>,
    /// What is still to be paid.
    pub outstanding: Money,
    /// What was received beyond the amount; `None` when nothing was.
    pub overpaid: Option<Money>,
    /// What went back of the cash that was handed over for its last tender; `None` without cash.
    pub change: Option<Money>,
    /// The cashier may request an invoice for what is outstanding, if it is not less than can be paid in crypto.
    pub may_try_again: bool,
    /// What went back; `None` when nothing did.
    pub refunded: Option<Money>,
    /// What may still go back; `None` when nothing may.
    pub refundable: Option<Money>,
    /// How many receipts were made.
    pub receipts: u32,
    /// The printer did not confirm the last of them.
    pub receipt_unconfirmed: bool,
    /// The currency of the amounts.
    pub currency: Currency,
    /// The cashier's note.
    pub note: Option<String>,
    /// The tag of the language that the customer chose; `None`: nobody chose one.
    pub language: Option<String>,
    /// The attempt that the fields below are about: [`Sale::current`]; 0 before the first.
    pub attempt: u32,
    /// What its invoice asks for: what was outstanding at its request; `None` before the first.
    pub attempt_amount: Option<Money>,
    /// The gateway that was asked for it: `api.cru.cash`, `host:port`, or `practice`.
    pub gateway: Option<String>,
    /// The gateway's id of its invoice.
    pub invoice_id: Option<String>,
    /// The page that the customer opens.
    pub pay_url: Option<String>,
    /// When the invoice expires, Unix seconds of the gateway's clock.
    #[ts(type = "number | null")]
    pub expires_at: Option<i64>,
    /// The gateway's clock minus the till's, milliseconds.
    #[ts(type = "number | null")]
    pub clock_offset_ms: Option<i64>,
    /// The coin that the customer picked.
    pub crypto: Option<String>,
    /// Its network.
    pub network: Option<String>,
    /// What the customer is to send, in that coin.
    pub crypto_amount: Option<String>,
    /// When the cashier charged.
    pub opened_at_unix_ms: UnixMs,
    /// When the till wrote down that the sale is paid.
    #[ts(type = "number | null")]
    pub paid_at_unix_ms: Option<UnixMs>,
    /// In what the gateway contradicts the sale: `id`, `amount`, `currency`, `test`, `payload`; `taken_back` when it
    /// no longer says paid.
    pub review: Vec<String>,
    /// A status that the gateway does not document, in its own letters: a part of the money may have been sent.
    pub gateway_status: Option<String>,
    /// The gateway accepts the key, but does not answer about this invoice: it is another account's.
    pub poll_refused: bool,
    /// Why someone gave it up for good.
    pub written_off: Option<String>,
    /// It may be given up for good.
    pub may_write_off: bool,
    /// Why there is no invoice.
    pub error: Option<Fault>,
}

impl SaleView {
    /// The view of a sale in a journal that was opened with this code.
    pub fn of(sale: &Sale, opening_code: &TillCode) -> Self {
        let attempt = sale.current();
        let invoice = attempt.and_then(|attempt| attempt.invoice.as_ref());
        let report = attempt.and_then(|attempt| attempt.report.as_ref());
        Self {
            number: sale.number.0,
            label: sale.label(opening_code),
            revision: sale.revision,
            state: sale.state(),
            late: sale.late(),
            settled: sale.settled(),
            test: sale.test(),
            paid_twice: sale.paid_twice(),
            open: sale.is_open(),
            unseen: sale.unseen(),
            amount: sale.amount,
            tip: positive(sale, sale.breakdown.tip_minor),
            tenders: sale
                .tenders
                .iter()
                .map(|it| TenderView::of(it, sale))
                .collect(),
            outstanding: sale.outstanding(),
            overpaid: (sale.overpaid_minor() > 0)
                .then(|| sale.amount.with_minor(sale.overpaid_minor())),
            change: sale
                .standing_tenders()
                .last()
                .filter(|tender| tender.way == TenderWay::Cash)
                .map(|tender| sale.amount.with_minor(tender.change_minor())),
            may_try_again: sale.may_try_again(),
            refunded: positive(sale, sale.refunded_minor()),
            refundable: positive(sale, sale.refundable().minor()),
            receipts: sale.receipts,
            receipt_unconfirmed: sale.receipt_unconfirmed,
            currency: sale.amount.currency(),
            note: sale.note.clone(),
            language: sale.language.clone(),
            attempt: attempt.map_or(0, |attempt| attempt.number.0),
            attempt_amount: attempt.map(|attempt| attempt.amount),
            gateway: sale.gateway().map(str::to_owned),
            invoice_id: invoice.map(|invoice| invoice.id.0.clone()),
            pay_url: invoice.map(|invoice| invoice.pay_url.clone()),
            expires_at: invoice.and_then(|invoice| invoice.expires_at_unix),
            clock_offset_ms: invoice.and_then(|invoice| invoice.clock_offset_ms),
            crypto: report.and_then(|report| report.crypto.clone()),
            network: report.and_then(|report| report.network.clone()),
            crypto_amount: report.and_then(|report| report.crypto_amount.clone()),
            opened_at_unix_ms: sale.opened_at,
            paid_at_unix_ms: sale.paid_at(),
            review: attempt.map(Attempt::mismatches).unwrap_or_default(),
            gateway_status: attempt
                .filter(|it| matches!(it.phase, Phase::Open | Phase::Ended { .. }))
                .and_then(|attempt| attempt.unknown_status.clone()),
            poll_refused: false,
            written_off: sale.written_off.as_ref().map(|off| off.reason.clone()),
            may_write_off: sale.may_be_written_off(),
            error: attempt.and_then(Attempt::failure).map(Fault::from),
        }
    }
}

/// A tender as screens and `--json` get it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct TenderView {
    /// Its place within the sale, from 1.
    pub tender: u32,
    /// The number of its entry in the journal.
    pub entry: u64,
    /// When it was taken.
    pub at_unix_ms: UnixMs,
    /// What it is.
    pub way: TenderWay,
    /// Which of the shop's own it is.
    pub own: Option<OwnTender>,
    /// What it settles.
    pub amount: Money,
    /// The cash that was handed over.
    pub given: Option<Money>,
    /// What of that went back at once.
    pub change: Option<Money>,
    /// What the cash that was kept is more than the amount, signed; `None` when it is not rounded.
    pub rounding: Option<Money>,
    /// It was entered by mistake and no longer counts.
    pub taken_back: Option<TakenBackView>,
}

impl TenderView {
    fn of(tender: &Tender, sale: &Sale) -> Self {
        let money = |minor: i64| sale.amount.with_minor(minor);
        let rounding = tender.rounding_minor;
        Self {
            tender: tender.number.0,
            entry: tender.seq,
            at_unix_ms: tender.at,
            way: tender.way,
            own: tender.own.clone(),
            amount: money(tender.amount_minor),
            given: tender.given_minor.map(money),
            change: tender.given_minor.map(|_| money(tender.change_minor())),
            rounding: (rounding != 0).then(|| money(rounding)),
            taken_back: tender.taken_back.as_ref().map(|back| TakenBackView {
                at_unix_ms: back.at,
                reason: back.reason.clone(),
            }),
        }
    }
}

/// An amount of the sale's currency; `None` for zero.
fn positive(sale: &Sale, minor: i64) -> Option<Money> {
    (minor > 0).then(|| Money::from_minor(minor, sale.amount.currency()))
}
