//! What must hold after every kill: the journal compared with what the till had said and with what
//! the gateway knows. Pure, so that each promise is seen to be checked.

use std::collections::BTreeSet;

use ringup_core::ids::{AttemptNumber, SaleId, TapId, TillCode};
use ringup_core::journal::VerifyFailure;
use ringup_core::sale::{Entry, Phase, Sale, SaleView};

use super::child::shown;
use super::gateway::GatewaySide;
use super::memory::{Memory, without_clock};

/// A promise that the till did not keep.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Broken {
    /// A charge was acknowledged, and the journal has no such sale.
    #[error("the charge acknowledged as sale {number} is not in the journal as it was asked for")]
    Lost {
        /// As acknowledged.
        number: u32,
    },
    /// A screen showed what is not on the disk.
    #[error("sale {number} was shown at revision {revision}; the journal says something else")]
    ShownNotWritten {
        /// The sale.
        number: u32,
        /// The last entry that the view was made of.
        revision: u64,
    },
    /// Two pictures of one moment.
    #[error("sale {number} was shown in two ways at revision {revision}")]
    ShownInTwoWays {
        /// The sale.
        number: u32,
        /// The last entry that the views were made of.
        revision: u64,
    },
    /// One tap, two sales.
    #[error("tap {0} opened two sales")]
    TapTwice(TapId),
    /// A number is missing or out of order.
    #[error("sale {found} stands where {expected} should")]
    Gap {
        /// The next number.
        expected: u32,
        /// The one found.
        found: u32,
    },
    /// The gateway was asked twice for one attempt.
    #[error("attempt {attempt} of sale {sale} was requested {times} times")]
    RequestedTwice {
        /// The sale's id.
        sale: String,
        /// The attempt.
        attempt: u64,
        /// So often.
        times: u32,
    },
    /// What was given up as uncertain has an address to show.
    #[error("attempt {attempt} of sale {number} was uncertain and has an invoice")]
    UncertainShown {
        /// The sale.
        number: u32,
        /// The attempt.
        attempt: AttemptNumber,
    },
    /// A request that nobody waits for any more is not over.
    #[error("attempt {attempt} of sale {number} is still being requested, by nobody")]
    StillRequesting {
        /// The sale.
        number: u32,
        /// The attempt.
        attempt: AttemptNumber,
    },
    /// A customer paid, and the till did not find it.
    #[error("invoice {0} is paid; the till does not know")]
    PaymentNotFound(String),
    /// Chain, fold or projections.
    #[error("the journal is not whole: {0}")]
    NotWhole(VerifyFailure),
}

/// A sale of the journal with its entries.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) sale: Sale,
    pub(crate) entries: Vec<Entry>,
}

/// The first promise that was broken. The till has just been started and was asked for nothing.
pub(crate) fn check(
    memory: &Memory,
    code: &TillCode,
    journal: &[Written],
    gateway: &GatewaySide,
) -> Result<(), Broken> {
    numbers_and_taps(journal)?;
    acknowledged(memory, journal)?;
    shown_is_written(memory, code, journal)?;
    requested_once(gateway)?;
    uncertain_stays_unseen(memory, journal)?;
    nothing_is_requested(journal)?;
    match not_found(journal, gateway).into_iter().next() {
        Some(invoice) => Err(Broken::PaymentNotFound(invoice)),
        None => Ok(()),
    }
}

/// Paid invoices that the journal does not hold as paid.
pub(crate) fn not_found(journal: &[Written], gateway: &GatewaySide) -> Vec<String> {
    let found: BTreeSet<&str> = journal
        .iter()
        .flat_map(|written| &written.sale.attempts)
        .filter(|attempt| attempt.paid_at().is_some())
        .filter_map(|attempt| Some(attempt.invoice.as_ref()?.id.0.as_str()))
        .collect();
    let paid = gateway.paid.iter();
    paid.filter(|invoice| !found.contains(invoice.as_str()))
        .cloned()
        .collect()
}

/// Attempts that nobody can be asked to pay.
pub(crate) fn uncertain(journal: &[Written]) -> impl Iterator<Item = (SaleId, AttemptNumber)> {
    journal.iter().flat_map(|Written { sale, .. }| {
        let uncertain = sale
            .attempts
            .iter()
            .filter(|attempt| matches!(attempt.phase, Phase::Uncertain(_)));
        uncertain.map(|attempt| (sale.id, attempt.number))
    })
}

fn numbers_and_taps(journal: &[Written]) -> Result<(), Broken> {
    let mut taps = Vec::new();
    for (expected, Written { sale, .. }) in (1..).zip(journal) {
        if sale.number.0 != expected {
            return Err(Broken::Gap {
                expected,
                found: sale.number.0,
            });
        }
        if taps.contains(&sale.tap) {
            return Err(Broken::TapTwice(sale.tap));
        }
        taps.push(sale.tap);
    }
    Ok(())
}

fn acknowledged(memory: &Memory, journal: &[Written]) -> Result<(), Broken> {
    for (tap, number) in &memory.acknowledged {
        let kept = journal.iter().any(|Written { sale, .. }| {
            sale.number.0 == *number
                && sale.tap == tap.tap
                && sale.amount.to_string() == tap.amount
                && sale.amount.currency().code() == tap.currency
        });
        if !kept {
            return Err(Broken::Lost { number: *number });
        }
    }
    Ok(())
}

fn shown_is_written(memory: &Memory, code: &TillCode, journal: &[Written]) -> Result<(), Broken> {
    for ((number, revision), view) in &memory.shown {
        let written = journal
            .iter()
            .find(|written| written.sale.number.0 == *number);
        let then = written.and_then(|Written { entries, .. }| {
            let entries = entries.iter().take_while(|entry| entry.seq <= *revision);
            Sale::fold(entries).ok()
        });
        let same = then.is_some_and(|sale| {
            sale.revision == *revision && without_clock(shown(&SaleView::of(&sale, code))) == *view
        });
        if !same {
            let (number, revision) = (*number, *revision);
            return Err(Broken::ShownNotWritten { number, revision });
        }
    }
    Ok(())
}

fn requested_once(gateway: &GatewaySide) -> Result<(), Broken> {
    match gateway.requested.iter().find(|(_, times)| **times > 1) {
        Some(((sale, attempt), times)) => Err(Broken::RequestedTwice {
            sale: sale.clone(),
            attempt: *attempt,
            times: *times,
        }),
        None => Ok(()),
    }
}

/// The till that had asked is dead, and no other has this journal open.
fn nothing_is_requested(journal: &[Written]) -> Result<(), Broken> {
    for Written { sale, .. } in journal {
        let requesting = sale
            .attempts
            .iter()
            .find(|attempt| attempt.phase == Phase::Requesting);
        if let Some(attempt) = requesting {
            let (number, attempt) = (sale.number.0, attempt.number);
            return Err(Broken::StillRequesting { number, attempt });
        }
    }
    Ok(())
}

fn uncertain_stays_unseen(memory: &Memory, journal: &[Written]) -> Result<(), Broken> {
    for Written { sale, .. } in journal {
        for attempt in &sale.attempts {
            let uncertain = matches!(attempt.phase, Phase::Uncertain(_))
                || memory.uncertain.contains(&(sale.id, attempt.number));
            if uncertain && attempt.invoice.is_some() {
                let (number, attempt) = (sale.number.0, attempt.number);
                return Err(Broken::UncertainShown { number, attempt });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use ringup_core::clock::UnixMs;
    use ringup_core::ids::{InvoiceId, SaleNumber};
    use ringup_core::journal::{JournalFile, NewSale};
    use ringup_core::money::{Currency, Money};
    use ringup_core::sale::{Breakdown, Event, Failure, Invoice, Purpose};
    use serde_json::{Value, json};

    use super::super::memory::Tap;
    use super::super::protocol::Said;
    use super::*;

    /// A journal of one sale with an open invoice, and a till that said so.
    struct Scene {
        memory: Memory,
        journal: Vec<Written>,
        gateway: GatewaySide,
        code: TillCode,
    }

    fn opened(sale: SaleId) -> Event {
        Event::InvoiceOpened {
            sale,
            attempt: AttemptNumber(1),
            invoice: Invoice {
                id: InvoiceId("one".into()),
                pay_url: "http://127.0.0.1/invoice/one".into(),
                expires_at_unix: None,
                test: false,
                clock_offset_ms: None,
            },
        }
    }

    fn scene(then: impl Fn(SaleId) -> Event) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite");
        let mut file = JournalFile::open(&path, Purpose::Practice, UnixMs(1)).unwrap();
        let tap = TapId::new();
        let new = NewSale {
            tap,
            amount: Money::from_minor(1250, Currency::Eur),
            note: None,
            breakdown: Breakdown::default(),
            gateway: "practice".into(),
            lifetime_minutes: 15,
        };
        file.open_sale(new, UnixMs(2)).unwrap();
        let id = file.sale(SaleNumber(1)).unwrap().unwrap().id;
        let (sale, _) = file.record(id, UnixMs(3), |_| vec![then(id)]).unwrap();
        let mut memory = Memory::default();
        let (amount, currency) = ("12.50".into(), "EUR".into());
        memory.charging(
            7,
            Tap {
                tap,
                amount,
                currency,
            },
        );
        let sale_shown = shown(&SaleView::of(&sale, file.code()));
        memory
            .take(&Said::Done {
                order: 7,
                sale: sale_shown,
            })
            .unwrap();
        let entries = file.entries(id).unwrap();
        Scene {
            memory,
            journal: vec![Written { sale, entries }],
            gateway: GatewaySide {
                requested: [((id.to_string(), 1), 1)].into(),
                paid: Vec::new(),
            },
            code: file.code().clone(),
        }
    }

    impl Scene {
        fn checked(&self) -> Result<(), Broken> {
            check(&self.memory, &self.code, &self.journal, &self.gateway)
        }

        fn said(&self) -> Value {
            self.memory.shown.values().next().unwrap().clone()
        }
    }

    #[test]
    fn what_was_said_and_written_is_in_order() {
        assert_eq!(scene(opened).checked(), Ok(()));
    }

    #[test]
    fn a_lost_sale_is_noticed() {
        let mut scene = scene(opened);
        scene.journal.clear();
        assert_eq!(scene.checked(), Err(Broken::Lost { number: 1 }));
    }

    #[test]
    fn another_amount_is_not_the_sale() {
        let mut scene = scene(opened);
        scene.memory.acknowledged[0].0.amount = "12.51".into();
        assert_eq!(scene.checked(), Err(Broken::Lost { number: 1 }));
    }

    #[test]
    fn a_picture_that_no_entry_backs_is_noticed() {
        let mut scene = scene(opened);
        scene.journal[0].entries.pop();
        let (number, revision) = (1, 4);
        assert_eq!(
            scene.checked(),
            Err(Broken::ShownNotWritten { number, revision })
        );

        let mut said = scene.said();
        said["state"] = json!("paid");
        let twice = scene.memory.take(&Said::Shown { sale: said });
        assert_eq!(twice, Err(Broken::ShownInTwoWays { number, revision }));
    }

    #[test]
    fn one_tap_with_two_sales_is_noticed() {
        let mut scene = scene(opened);
        let mut second = scene.journal[0].clone();
        second.sale.number = SaleNumber(2);
        scene.journal.push(second);
        assert!(matches!(scene.checked(), Err(Broken::TapTwice(_))));
    }

    #[test]
    fn a_gap_is_noticed() {
        let mut scene = scene(opened);
        scene.journal[0].sale.number = SaleNumber(2);
        assert_eq!(
            scene.checked(),
            Err(Broken::Gap {
                expected: 1,
                found: 2
            })
        );
    }

    #[test]
    fn a_second_request_for_one_attempt_is_noticed() {
        let mut scene = scene(opened);
        scene
            .gateway
            .requested
            .values_mut()
            .for_each(|times| *times = 2);
        assert!(matches!(
            scene.checked(),
            Err(Broken::RequestedTwice { times: 2, .. })
        ));
    }

    #[test]
    fn an_invoice_of_an_uncertain_attempt_is_noticed() {
        let uncertain = scene(|sale| Event::InvoiceUncertain {
            sale,
            attempt: AttemptNumber(1),
            failure: Failure {
                code: "interrupted".into(),
                message: String::new(),
                status: None,
                invoice_id: None,
                retry_after_s: None,
            },
        });
        assert_eq!(uncertain.checked(), Ok(()));
        assert_eq!(super::uncertain(&uncertain.journal).count(), 1);

        let mut scene = scene(opened);
        let id = scene.journal[0].sale.id;
        scene.memory.uncertain.insert((id, AttemptNumber(1)));
        assert!(matches!(
            scene.checked(),
            Err(Broken::UncertainShown { number: 1, .. })
        ));
    }

    #[test]
    fn a_request_without_an_end_is_noticed() {
        let mut scene = scene(opened);
        scene.journal[0].sale.attempts[0].phase = Phase::Requesting;
        let (number, attempt) = (1, AttemptNumber(1));
        assert_eq!(
            scene.checked(),
            Err(Broken::StillRequesting { number, attempt })
        );
    }

    #[test]
    fn a_payment_that_nobody_found_is_noticed() {
        let mut scene = scene(opened);
        scene.gateway.paid.push("one".into());
        assert_eq!(scene.checked(), Err(Broken::PaymentNotFound("one".into())));
    }
}
