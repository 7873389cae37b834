//! What an answer of the gateway is worth. Only this decides *paid* (gateway.md, row *when a sale is
//! paid*).

use super::attempt::{Attempt, Phase};
use super::entry::Event;
use super::fold::Sale;
use super::gateway_report::{Mismatch, Report};
use crate::ids::AttemptNumber;
use crate::money::Money;

/// A report, judged against what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Neither paid nor over, or a word that nobody knows.
    Open,
    /// Over, unpaid.
    Ended,
    /// Paid: this invoice, this amount, this currency, this kind of money.
    Paid,
    /// Called paid, but not what was asked.
    Questioned(Vec<Mismatch>),
}

/// Judges a report of the invoice `attempt` of a sale over `amount`.
pub fn judge(amount: Money, attempt: &Attempt, report: &Report) -> Verdict {
    if report.is_paid {
        let mismatches = mismatches(amount, attempt, report);
        return if mismatches.is_empty() {
            Verdict::Paid
        } else {
            Verdict::Questioned(mismatches)
        };
    }
    // Another invoice's end says nothing of this one.
    let this_invoice = attempt
        .invoice
        .as_ref()
        .is_some_and(|invoice| invoice.id == report.id);
    if report.pay_status == "end" && this_invoice {
        Verdict::Ended
    } else {
        Verdict::Open
    }
}

fn mismatches(amount: Money, attempt: &Attempt, report: &Report) -> Vec<Mismatch> {
    let asked = attempt.invoice.as_ref();
    let currency = amount.currency();
    let same_amount = report
        .fiat_amount
        .as_deref()
        .and_then(|text| Money::parse(text, currency).ok())
        == Some(amount);
    let checks = [
        (
            Mismatch::Id,
            asked.is_some_and(|invoice| invoice.id == report.id),
        ),
        (Mismatch::Amount, same_amount),
        (
            Mismatch::Currency,
            report.fiat_currency.as_deref() == Some(currency.code()),
        ),
        (
            Mismatch::Test,
            asked.is_some_and(|invoice| report.is_testing == Some(invoice.test)),
        ),
    ];
    checks
        .into_iter()
        .filter(|(_, same)| !same)
        .map(|(mismatch, _)| mismatch)
        .collect()
}

/// What to write down after hearing `report` of an attempt: nothing when it is no news.
///
/// Once paid stays paid, whatever a stale answer says; what is in question stays so until a report
/// without contradiction says paid.
pub fn hear(sale: &Sale, number: AttemptNumber, report: &Report) -> Vec<Event> {
    let Some(attempt) = sale.attempt(number) else {
        return Vec::new();
    };
    let news = attempt.report.as_ref() != Some(report);
    let (sale_id, report) = (sale.id, report.clone());
    let reported = |report| Event::InvoiceReported {
        sale: sale_id,
        attempt: number,
        report,
    };
    match (&attempt.phase, judge(sale.amount, attempt, &report)) {
        (Phase::Requesting | Phase::Refused(_) | Phase::Uncertain(_), _) => Vec::new(),
        (Phase::Open | Phase::Ended { .. } | Phase::Questioned { .. }, Verdict::Paid) => {
            vec![Event::InvoicePaid {
                sale: sale_id,
                attempt: number,
                report,
            }]
        }
        (Phase::Open | Phase::Ended { .. }, Verdict::Questioned(mismatches)) => {
            vec![Event::InvoiceQuestioned {
                sale: sale_id,
                attempt: number,
                mismatches,
                report,
            }]
        }
        (Phase::Open, Verdict::Ended) => vec![Event::InvoiceEnded {
            sale: sale_id,
            attempt: number,
            report,
        }],
        _ if news => vec![reported(report)],
        _ => Vec::new(),
    }
}
