//! What is written into the journal: random sales, and random events of theirs.

use rand::RngExt as _;
use rand::rngs::StdRng;
use ringup_core::clock::UnixMs;
use ringup_core::ids::{InvoiceId, TapId};
use ringup_core::journal::{FirstPayment, JournalError, JournalFile, NewSale, Opened};
use ringup_core::money::{Currency, Money};
use ringup_core::sale::{
    Attempt, Breakdown, Event, Failure, Invoice, Phase, ReceiptMedium, ReceiptOutcome, RefundWay,
    Report, Sale,
};
use uuid::Uuid;

/// Opens a sale, or records an event of a known one. Returns the sale as it is then; from now on it is acknowledged.
pub(super) fn write(
    file: &mut JournalFile,
    sales: &[Sale],
    rng: &mut StdRng,
) -> Result<Sale, JournalError> {
    let now = UnixMs(rng.random_range(1..1_000_000_000));
    let known = sales.get(rng.random_range(0..sales.len().max(1)));
    let (Some(sale), true) = (known, rng.random_ratio(2, 3)) else {
        let currency = Currency::Eur;
        let new = NewSale {
            tap: TapId(Uuid::from_u128(rng.random())),
            amount: Money::from_minor(rng.random_range(100..1_000_000), currency),
            // Of many lengths, so that pages fill in many ways.
            note: Some("Tee ".repeat(rng.random_range(0..100))),
            language: None,
            breakdown: Breakdown::default(),
            first: FirstPayment::Invoice {
                gateway: "practice".to_owned(),
                lifetime_minutes: 15,
            },
            receipt_token: None,
        };
        return match file.open_sale(new, now)? {
            Opened::New(sale) | Opened::AlreadyOpened(sale) => Ok(sale),
        };
    };
    let event = next(sale, rng);
    let (sale, _) = file.record(sale.id, now, |_| event.into_iter().collect())?;
    Ok(sale)
}

/// An event that can follow.
fn next(sale: &Sale, rng: &mut StdRng) -> Option<Event> {
    let attempt = sale.attempts.last()?;
    let (id, number) = (sale.id, attempt.number);
    let failure = || Failure {
        code: "interrupted".to_owned(),
        message: "the till was stopped".to_owned(),
        status: None,
        invoice_id: None,
        retry_after_s: None,
    };
    Some(match (&attempt.phase, rng.random_range(0..4)) {
        (Phase::Requesting, 0) => Event::InvoiceUncertain {
            sale: id,
            attempt: number,
            failure: failure(),
        },
        (Phase::Requesting, _) => Event::InvoiceOpened {
            sale: id,
            attempt: number,
            invoice: Invoice {
                id: InvoiceId(Uuid::from_u128(rng.random()).to_string()),
                pay_url: format!("http://127.0.0.1:4141/invoice/{}", sale.id),
                expires_at_unix: Some(1_800_000_000),
                test: false,
                clock_offset_ms: None,
            },
        },
        (Phase::Open, 0) => Event::SaleStopped { sale: id },
        (Phase::Open, 1) => Event::InvoiceEnded {
            sale: id,
            attempt: number,
            report: report(attempt, "end", false),
        },
        (Phase::Open | Phase::Ended { .. }, 2) => Event::InvoicePaid {
            sale: id,
            attempt: number,
            report: report(attempt, "paid", true),
        },
        (Phase::Open, _) => Event::InvoiceReported {
            sale: id,
            attempt: number,
            report: report(attempt, "not_paid", false),
        },
        (Phase::Paid { .. }, 0) if sale.refundable().minor() > 0 => {
            let amount_minor = rng.random_range(1..=sale.refundable().minor());
            Event::SaleRefunded {
                sale: id,
                refund: sale.next_refund(),
                amount_minor,
                way: RefundWay::ByHand,
                own: None,
                rounding_minor: 0,
                reason: "tried".to_owned(),
                lines: Vec::new(),
                parts: Some(sale.parts_of_amount(amount_minor)),
            }
        }
        (Phase::Paid { .. }, 1) => Event::ReceiptMade {
            sale: id,
            medium: ReceiptMedium::Printer,
            outcome: Some(ReceiptOutcome::Unconfirmed),
        },
        (Phase::Ended { .. }, 0) if !attempt.watch_ended => Event::InvoiceWatchEnded {
            sale: id,
            attempt: number,
        },
        (Phase::Paid { .. } | Phase::Questioned { .. }, _) => Event::InvoiceReported {
            sale: id,
            attempt: number,
            report: report(attempt, "paid", true),
        },
        (Phase::Ended { .. } | Phase::Refused(_) | Phase::Uncertain(_), _) => {
            Event::InvoiceRequested {
                sale: id,
                attempt: sale.next_attempt(),
                gateway: "practice".to_owned(),
                lifetime_minutes: 15,
                amount_minor: None,
            }
        }
    })
}

fn report(attempt: &Attempt, pay_status: &str, is_paid: bool) -> Report {
    let invoice = attempt.invoice.as_ref();
    Report {
        id: invoice.map_or_else(|| InvoiceId(String::new()), |invoice| invoice.id.clone()),
        pay_status: pay_status.to_owned(),
        is_paid,
        is_testing: Some(false),
        fiat_amount: None,
        fiat_currency: None,
        processing_status: Some("processing".to_owned()),
        crypto: Some("TON".to_owned()),
        network: Some("TON".to_owned()),
        crypto_amount: Some("1.5".to_owned()),
        network_fee: Some("0.01".to_owned()),

        payload: None,
    }
}
