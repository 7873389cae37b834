//! The rule that decides when a sale is paid (docs/gateway.md, row *when a sale is paid*). Nothing else makes
//! a sale paid.

use super::attempt::{Attempt, Phase};
use super::entry::Event;
use super::fold::Sale;
use super::gateway_report::{Mismatch, Report};
use crate::ids::AttemptNumber;
use crate::money::Money;

/// What a report means for an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Neither paid nor over; unknown words of the gateway too.
    Open,
    /// Over, unpaid.
    Ended,
    /// Paid: this invoice, this amount, this currency, this kind of money.
    Paid,
    /// The report says paid, but differs in these from the sale.
    Questioned(Vec<Mismatch>),
}

/// What a report means for an attempt of a sale over `amount`.
pub fn judge(amount: Money, attempt: &Attempt, report: &Report) -> Verdict {
    if report.is_paid {
        let mismatches = mismatches(amount, attempt, report);
        return if mismatches.is_empty() {
            Verdict::Paid
        } else {
            Verdict::Questioned(mismatches)
        };
    }
    // The end of another invoice says nothing about this one.
    if report.pay_status == "end" && is_about(attempt, report) {
        Verdict::Ended
    } else {
        Verdict::Open
    }
}

fn is_about(attempt: &Attempt, report: &Report) -> bool {
    let invoice = attempt.invoice.as_ref();
    invoice.is_some_and(|invoice| invoice.id == report.id)
}

fn mismatches(amount: Money, attempt: &Attempt, report: &Report) -> Vec<Mismatch> {
    let currency = amount.currency();
    let reported = report.fiat_amount.as_deref();
    let reported = reported.and_then(|text| Money::parse(text, currency).ok());
    let test = attempt.invoice.as_ref().map(|invoice| invoice.test);
    let same_currency = report.fiat_currency.as_deref() == Some(currency.code());
    let same_test = test.is_some() && report.is_testing == test;
    [
        (Mismatch::Id, is_about(attempt, report)),
        (Mismatch::Amount, reported == Some(amount)),
        (Mismatch::Currency, same_currency),
        (Mismatch::Test, same_test),
    ]
    .into_iter()
    .filter_map(|(mismatch, same)| (!same).then_some(mismatch))
    .collect()
}

/// The events to write down for a report about an attempt: none when it says nothing new.
///
/// A paid attempt stays paid, whatever a stale report says. A questioned one stays questioned until a report
/// says paid without a contradiction.
pub fn events_for_report(sale: &Sale, attempt: AttemptNumber, report: &Report) -> Vec<Event> {
    let Some(known) = sale.attempt(attempt) else {
        return Vec::new();
    };
    let is_new = known.report.as_ref() != Some(report);
    let verdict = judge(sale.amount, known, report);
    let (sale, report) = (sale.id, report.clone());
    let event = match (&known.phase, verdict) {
        (Phase::Requesting | Phase::Refused(_) | Phase::Uncertain(_), _) => return Vec::new(),
        (Phase::Open | Phase::Ended { .. } | Phase::Questioned { .. }, Verdict::Paid) => {
            Event::InvoicePaid {
                sale,
                attempt,
                report,
            }
        }
        (Phase::Open | Phase::Ended { .. }, Verdict::Questioned(mismatches)) => {
            Event::InvoiceQuestioned {
                sale,
                attempt,
                mismatches,
                report,
            }
        }
        (Phase::Open, Verdict::Ended) => Event::InvoiceEnded {
            sale,
            attempt,
            report,
        },
        _ if is_new => Event::InvoiceReported {
            sale,
            attempt,
            report,
        },
        _ => return Vec::new(),
    };
    vec![event]
}
