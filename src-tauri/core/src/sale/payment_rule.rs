//! The rule that decides when a sale is paid (docs/gateway.md, row *when a sale is paid*). Nothing else makes
//! a sale paid.

use super::attempt::{Attempt, Phase};
use super::entry::Event;
use super::fold::Sale;
use super::gateway_report::{Mismatch, Report};
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, SaleId};
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

/// What a report means for an attempt: its invoice asked for [`Attempt::amount`].
pub fn judge(attempt: &Attempt, report: &Report) -> Verdict {
    let unknown = !matches!(report.pay_status.as_str(), "paid" | "not_paid" | "end");
    if report.is_paid || unknown && breaks::is(Break::UnknownWordIsPaid) {
        let mismatches = mismatches(attempt, report);
        return if mismatches.is_empty() || breaks::is(Break::MismatchIsPaid) {
            Verdict::Paid
        } else {
            Verdict::Questioned(mismatches)
        };
    }
    // The end of another invoice, or of one created for another sale, says nothing about this one.
    if report.pay_status == "end" && is_about(attempt, report) {
        Verdict::Ended
    } else {
        Verdict::Open
    }
}

fn is_about(attempt: &Attempt, report: &Report) -> bool {
    names_invoice(attempt, report) && report.payload.is_none()
}

fn names_invoice(attempt: &Attempt, report: &Report) -> bool {
    let invoice = attempt.invoice.as_ref();
    invoice.is_some_and(|invoice| invoice.id == report.id)
}

fn mismatches(attempt: &Attempt, report: &Report) -> Vec<Mismatch> {
    let amount = attempt.amount;
    let currency = amount.currency();
    let reported = report.fiat_amount.as_deref();
    let reported = reported.and_then(|text| Money::parse_reported(text, currency).ok());
    let test = attempt.invoice.as_ref().map(|invoice| invoice.test);
    let same_currency = report.fiat_currency.as_deref() == Some(currency.code());
    let same_test = test.is_some() && report.is_testing == test;
    [
        (Mismatch::Id, names_invoice(attempt, report)),
        (Mismatch::Amount, reported == Some(amount)),
        (Mismatch::Currency, same_currency),
        (Mismatch::Test, same_test),
        (Mismatch::Payload, report.payload.is_none()),
    ]
    .into_iter()
    .filter_map(|(mismatch, same)| (!same).then_some(mismatch))
    .collect()
}

/// An ended invoice leaves the watch after an answer that came at least this long after its end (docs/gateway.md, row
/// *`end`, then `is_paid` later*).
const WATCHED_AFTER_END_MS: i64 = 24 * 60 * 60 * 1000;
/// A paid invoice that is not credited leaves it after an answer that came this long after its payment.
const WATCHED_AFTER_PAYMENT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The events to write down for a report about an attempt: none when it says nothing new.
///
/// A paid attempt stays paid, whatever a stale report says (see [`contradicts_payment`]). A questioned one stays
/// questioned until a report says paid without a contradiction. What decides nothing is written down sparingly
/// (see `reported.rs`). A report that comes long after the end, or the
/// payment, ends the watch; `now` is the till's clock, which alone never does.
pub fn events_for_report(
    sale: &Sale,
    attempt: AttemptNumber,
    report: &Report,
    now: UnixMs,
) -> Vec<Event> {
    let Some(known) = sale.attempt(attempt) else {
        return Vec::new();
    };
    if breaks::is(Break::SecondPaymentIgnored) && sale.paid_at().is_some() {
        return Vec::new();
    }
    let report = without_own_payload(sale.id, attempt, report);
    let ends_watch = is_about(known, &report);
    let mut events: Vec<_> = event_for_news(sale, known, report, now)
        .into_iter()
        .collect();
    let decided = events
        .iter()
        .any(|event| !matches!(event, Event::InvoiceReported { .. }));
    if ends_watch && !decided {
        events.extend(watch_end(sale, known, now));
    }
    events
}

fn event_for_news(sale: &Sale, known: &Attempt, report: Report, now: UnixMs) -> Option<Event> {
    let is_new = known.report.as_ref() != Some(&report);
    let verdict = judge(known, &report);
    let (sale, attempt) = (sale.id, known.number);
    match (&known.phase, verdict) {
        (Phase::Requesting | Phase::Refused(_) | Phase::Uncertain(_), _) => None,
        (Phase::Open | Phase::Ended { .. } | Phase::Questioned { .. }, Verdict::Paid) => {
            Some(Event::InvoicePaid {
                sale,
                attempt,
                report,
            })
        }
        (Phase::Open | Phase::Ended { .. }, Verdict::Questioned(mismatches)) => {
            Some(Event::InvoiceQuestioned {
                sale,
                attempt,
                mismatches,
                report,
            })
        }
        (Phase::Open, Verdict::Ended) => Some(Event::InvoiceEnded {
            sale,
            attempt,
            report,
        }),
        (phase, verdict) => {
            // A good answer takes a doubt back, even when it repeats the words of the payment.
            let ends_doubt = known.doubted_at.is_some()
                && matches!(phase, Phase::Paid { .. })
                && verdict == Verdict::Paid;
            let reported = &known.reported;
            let credits =
                !known.settled() && report.is_processed() && reported.may_credit_at_once();
            let is_told = is_new && (credits || reported.has_room(&report, now));
            // A doubt that comes and goes for ever stays in the end: someone has to look at it.
            (is_told || ends_doubt && !reported.is_full()).then_some(Event::InvoiceReported {
                sale,
                attempt,
                report,
            })
        }
    }
}

/// The end of the watch, when an answer that changes nothing came late enough.
fn watch_end(sale: &Sale, attempt: &Attempt, now: UnixMs) -> Option<Event> {
    let (since, watched_ms) = match &attempt.phase {
        Phase::Ended { at } => (*at, WATCHED_AFTER_END_MS),
        Phase::Paid { at, .. } if attempt.doubted_at.is_none() => (*at, WATCHED_AFTER_PAYMENT_MS),
        Phase::Open => (sale.written_off.as_ref()?.at, WATCHED_AFTER_END_MS),
        _ => return None,
    };
    let over = now.0.saturating_sub(since.0) >= watched_ms || breaks::is(Break::WatchEndsAtOnce);
    (over && !attempt.watch_ended).then_some(Event::InvoiceWatchEnded {
        sale: sale.id,
        attempt: attempt.number,
    })
}

/// Past this time by the till's clock a watch ends whatever the gateway's clock says: a gateway that lives in the past must
/// not be asked for ever.
const GATEWAY_BELIEVED_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// Whether the gateway's clock, too, says that the watch of an invoice may end. The till's own may have been set since it
/// wrote down the end: a step of a day would otherwise end the watch of what ended a minute ago. Without the gateway's
/// time, or the invoice's, the till's clock decides alone.
pub fn watch_may_end(
    sale: &Sale,
    number: AttemptNumber,
    now: UnixMs,
    gateway_now: Option<UnixMs>,
) -> bool {
    let Some(attempt) = sale.attempt(number) else {
        return true;
    };
    let expires_at = attempt.invoice.as_ref().and_then(|it| it.expires_at_unix);
    let (Some(expires_at), Some(gateway_now)) = (expires_at, gateway_now) else {
        return true;
    };
    let (since, watched_ms) = match &attempt.phase {
        Phase::Paid { at, .. } => (*at, WATCHED_AFTER_PAYMENT_MS),
        Phase::Ended { at } => (*at, WATCHED_AFTER_END_MS),
        _ => (attempt.requested_at, WATCHED_AFTER_END_MS),
    };
    let ends_at = UnixMs(expires_at.saturating_mul(1000)).plus(watched_ms);
    gateway_now >= ends_at
        || now.0.saturating_sub(since.0) >= GATEWAY_BELIEVED_MS
        || breaks::is(Break::WatchByTillClock)
}

/// The end of the watch of an invoice that someone wrote off and that the gateway does not know: its answer that there
/// is none counts as one.
pub fn event_for_unknown_invoice(sale: &Sale, number: AttemptNumber, now: UnixMs) -> Option<Event> {
    sale.written_off.as_ref()?;
    watch_end(sale, sale.attempt(number)?, now)
}

/// Whether a report takes a payment back: it no longer says paid, or says it of something else. One such answer may
/// be stale; several over minutes are money in question.
pub fn contradicts_payment(sale: &Sale, number: AttemptNumber, report: &Report) -> bool {
    let report = without_own_payload(sale.id, number, report);
    sale.attempt(number).is_some_and(|attempt| {
        attempt.paid_at().is_some()
            && attempt.doubted_at.is_none()
            && judge(attempt, &report) != Verdict::Paid
    })
}

/// The report without its payload when that is the reference which this attempt sent.
fn without_own_payload(sale: SaleId, attempt: AttemptNumber, report: &Report) -> Report {
    let mut report = report.clone();
    report.payload = report.payload.filter(|payload| {
        let sent: Option<SentReference> = serde_json::from_str(payload).ok();
        sent != Some(SentReference { sale, attempt })
    });
    report
}

/// What identifies an attempt in the `payload` of its request.
#[derive(Debug, PartialEq, Eq, serde::Deserialize)]
struct SentReference {
    sale: SaleId,
    attempt: AttemptNumber,
}
