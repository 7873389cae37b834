//! What must hold after every kill: the journal is compared with what the till had told and with what the gateway
//! knows. Pure functions, so that a test can break each guarantee and see that it is noticed.

use std::collections::BTreeSet;

use ringup_core::auto_backup::History;
use ringup_core::ids::{AttemptNumber, SaleId, TapId, TillCode};
use ringup_core::journal::VerifyFailure;
use ringup_core::sale::{Entry, Phase, Sale, SaleView};

use super::child::as_shown;
use super::gateway::GatewayState;
use super::observations::{Observations, without_clock};

/// A guarantee that the till broke.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Violation {
    /// A charge was acknowledged, and the journal has no such sale.
    #[error("the charge acknowledged as sale {number} is not in the journal as it was asked for")]
    Lost {
        /// As acknowledged.
        number: u32,
    },
    /// A screen showed something that is not on the disk.
    #[error("sale {number} was shown at revision {revision}; the journal says something else")]
    ShownNotWritten {
        /// The sale.
        number: u32,
        /// The last entry that the view was made of.
        revision: u64,
    },
    /// One revision of a sale was shown in two ways.
    #[error("sale {number} was shown in two ways at revision {revision}")]
    ShownInTwoWays {
        /// The sale.
        number: u32,
        /// The last entry that the views were made of.
        revision: u64,
    },
    /// One tap opened two sales.
    #[error("tap {0} opened two sales")]
    TapTwice(TapId),
    /// A number is missing or out of order.
    #[error("sale {found} stands where {expected} should")]
    Gap {
        /// The next number.
        expected: u32,
        /// The number found in its place.
        found: u32,
    },
    /// The gateway was asked twice for one attempt.
    #[error("attempt {attempt} of sale {sale} was requested {times} times")]
    RequestedTwice {
        /// The sale's id.
        sale: String,
        /// The attempt.
        attempt: u64,
        /// How often.
        times: u32,
    },
    /// An attempt that was given up as uncertain has an address to show.
    #[error("attempt {attempt} of sale {number} was uncertain and has an invoice")]
    UncertainShown {
        /// The sale.
        number: u32,
        /// The attempt.
        attempt: AttemptNumber,
    },
    /// A request of a till that is dead was not given up.
    #[error("attempt {attempt} of sale {number} is still being requested, but its till is dead")]
    StillRequesting {
        /// The sale.
        number: u32,
        /// The attempt.
        attempt: AttemptNumber,
    },
    /// A close was acknowledged and is not in the journal, or the closes are not counted.
    #[error("the closes are {written:?}; acknowledged were {acknowledged:?}")]
    Closes {
        /// Those in the journal.
        written: Vec<u32>,
        /// Those that the till told of.
        acknowledged: Vec<u32>,
    },
    /// Changed settings were acknowledged, and the journal does not say so.
    #[error("settings were saved {acknowledged} times; the journal says {written}")]
    Saves {
        /// How often the journal says so.
        written: u32,
        /// How often the till said so.
        acknowledged: u32,
    },
    /// A count of the drawer was acknowledged, and the journal does not have it.
    #[error("the drawer was counted {acknowledged} times; the journal says {written}")]
    Counts {
        /// How often the journal says so.
        written: u32,
        /// How often the till said so.
        acknowledged: u32,
    },
    /// A customer paid, and the till did not find the payment.
    #[error("invoice {0} is paid; the till does not know")]
    PaymentNotFound(String),
    /// The head that was noted down says more than the journal holds: the till would call its honest journal cut off.
    #[error("the head that was noted down is not in the journal: {0:?}")]
    FalseAlarm(History),
    /// The chain, the fold or the projections do not verify.
    #[error("the journal is not whole: {0}")]
    NotWhole(VerifyFailure),
}

/// A sale of the journal with its entries.
#[derive(Debug, Clone)]
pub(crate) struct WrittenSale {
    pub(crate) sale: Sale,
    pub(crate) entries: Vec<Entry>,
}

/// Checks every guarantee; the error is the first that was broken. The till must have been started a moment ago, and
/// must not have been asked for anything yet.
pub(crate) fn check(
    observed: &Observations,
    code: &TillCode,
    journal: &[WrittenSale],
    gateway: &GatewayState,
) -> Result<(), Violation> {
    numbers_and_taps(journal)?;
    acknowledged(observed, journal)?;
    shown_is_written(observed, code, journal)?;
    requested_once(gateway)?;
    uncertain_stays_unseen(observed, journal)?;
    nothing_is_requested(journal)?;
    match missing_payments(journal, gateway).into_iter().next() {
        Some(invoice) => Err(Violation::PaymentNotFound(invoice)),
        None => Ok(()),
    }
}

/// Invoices that are paid at the gateway, but not in the journal.
pub(crate) fn missing_payments(journal: &[WrittenSale], gateway: &GatewayState) -> Vec<String> {
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

/// Attempts that are uncertain in the journal.
pub(crate) fn uncertain_attempts(
    journal: &[WrittenSale],
) -> impl Iterator<Item = (SaleId, AttemptNumber)> {
    journal.iter().flat_map(|WrittenSale { sale, .. }| {
        let uncertain = sale
            .attempts
            .iter()
            .filter(|attempt| matches!(attempt.phase, Phase::Uncertain(_)));
        uncertain.map(|attempt| (sale.id, attempt.number))
    })
}

fn numbers_and_taps(journal: &[WrittenSale]) -> Result<(), Violation> {
    let mut taps = Vec::new();
    for (expected, WrittenSale { sale, .. }) in (1..).zip(journal) {
        if sale.number.0 != expected {
            return Err(Violation::Gap {
                expected,
                found: sale.number.0,
            });
        }
        if taps.contains(&sale.tap) {
            return Err(Violation::TapTwice(sale.tap));
        }
        taps.push(sale.tap);
    }
    Ok(())
}

fn acknowledged(observed: &Observations, journal: &[WrittenSale]) -> Result<(), Violation> {
    for (tap, number) in &observed.acknowledged {
        let kept = journal.iter().any(|WrittenSale { sale, .. }| {
            sale.number.0 == *number && sale.tap == tap.tap && sale.amount == tap.amount
        });
        if !kept {
            return Err(Violation::Lost { number: *number });
        }
    }
    Ok(())
}

fn shown_is_written(
    observed: &Observations,
    code: &TillCode,
    journal: &[WrittenSale],
) -> Result<(), Violation> {
    for ((number, revision), view) in &observed.shown {
        let written = journal
            .iter()
            .find(|written| written.sale.number.0 == *number);
        let then = written.and_then(|WrittenSale { entries, .. }| {
            let entries = entries.iter().take_while(|entry| entry.seq <= *revision);
            Sale::fold(entries).ok()
        });
        let same = then.is_some_and(|sale| {
            sale.revision == *revision
                && without_clock(as_shown(&SaleView::of(&sale, code))) == *view
        });
        if !same {
            let (number, revision) = (*number, *revision);
            return Err(Violation::ShownNotWritten { number, revision });
        }
    }
    Ok(())
}

/// Checks that every acknowledged close is in the journal, and that they are counted from 1 without gaps.
pub(crate) fn closes(acknowledged: &BTreeSet<u32>, written: &[u32]) -> Result<(), Violation> {
    let counted = (1..).zip(written).all(|(number, z)| number == *z);
    if counted && acknowledged.iter().all(|z| written.contains(z)) {
        return Ok(());
    }
    Err(Violation::Closes {
        written: written.to_vec(),
        acknowledged: acknowledged.iter().copied().collect(),
    })
}

/// Checks that the journal names each acknowledged change of the settings. A kill may have come between entry and file.
pub(crate) fn saves(acknowledged: u32, written: u32) -> Result<(), Violation> {
    if written >= acknowledged {
        return Ok(());
    }
    Err(Violation::Saves {
        written,
        acknowledged,
    })
}

/// Checks that the journal has each acknowledged count of the drawer.
pub(crate) fn counts(acknowledged: u32, written: u32) -> Result<(), Violation> {
    if written >= acknowledged {
        return Ok(());
    }
    Err(Violation::Counts {
        written,
        acknowledged,
    })
}

fn requested_once(gateway: &GatewayState) -> Result<(), Violation> {
    match gateway.requested.iter().find(|(_, times)| **times > 1) {
        Some(((sale, attempt), times)) => Err(Violation::RequestedTwice {
            sale: sale.clone(),
            attempt: *attempt,
            times: *times,
        }),
        None => Ok(()),
    }
}

/// The till that sent the requests is dead, and no other has this journal open.
fn nothing_is_requested(journal: &[WrittenSale]) -> Result<(), Violation> {
    for WrittenSale { sale, .. } in journal {
        let requesting = sale
            .attempts
            .iter()
            .find(|attempt| attempt.phase == Phase::Requesting);
        if let Some(attempt) = requesting {
            let (number, attempt) = (sale.number.0, attempt.number);
            return Err(Violation::StillRequesting { number, attempt });
        }
    }
    Ok(())
}

fn uncertain_stays_unseen(
    observed: &Observations,
    journal: &[WrittenSale],
) -> Result<(), Violation> {
    for WrittenSale { sale, .. } in journal {
        for attempt in &sale.attempts {
            let uncertain = matches!(attempt.phase, Phase::Uncertain(_))
                || observed.uncertain.contains(&(sale.id, attempt.number));
            if uncertain && attempt.invoice.is_some() {
                let (number, attempt) = (sale.number.0, attempt.number);
                return Err(Violation::UncertainShown { number, attempt });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use ringup_core::clock::UnixMs;
    use ringup_core::ids::{InvoiceId, SaleNumber};
    use ringup_core::journal::{FirstPayment, JournalFile, NewSale};
    use ringup_core::money::{Currency, Money};
    use ringup_core::sale::{Breakdown, Event, Failure, Invoice, Purpose};
    use serde_json::{Value, json};

    use super::super::observations::Tap;
    use super::super::protocol::Message;
    use super::*;

    /// A journal of one sale with an open invoice, and a till that told of it.
    struct Scene {
        observed: Observations,
        journal: Vec<WrittenSale>,
        gateway: GatewayState,
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
            language: None,
            breakdown: Breakdown::default(),
            first: FirstPayment::Invoice {
                gateway: "practice".into(),
                lifetime_minutes: 15,
            },
            receipt_token: None,
        };
        file.open_sale(new, UnixMs(2)).unwrap();
        let id = file.sale(SaleNumber(1)).unwrap().unwrap().id;
        let (sale, _) = file.record(id, UnixMs(3), |_| vec![then(id)]).unwrap();
        let mut observed = Observations::default();
        observed.charge_sent(
            7,
            Tap {
                tap,
                amount: Money::from_minor(1250, Currency::Eur),
            },
        );
        let sale_shown = as_shown(&SaleView::of(&sale, file.code()));
        observed
            .add(&Message::Done {
                request: 7,
                sale: sale_shown,
            })
            .unwrap();
        let entries = file.entries(id).unwrap();
        Scene {
            observed,
            journal: vec![WrittenSale { sale, entries }],
            gateway: GatewayState {
                requested: [((id.to_string(), 1), 1)].into(),
                paid: Vec::new(),
            },
            code: file.code().clone(),
        }
    }

    impl Scene {
        fn check(&self) -> Result<(), Violation> {
            check(&self.observed, &self.code, &self.journal, &self.gateway)
        }

        fn last_view(&self) -> Value {
            self.observed.shown.values().next().unwrap().clone()
        }
    }

    #[test]
    fn a_close_that_is_lost_or_printed_twice_is_noticed() {
        let closes = |acknowledged: &[u32], written: &[u32]| {
            closes(&acknowledged.iter().copied().collect(), written).is_ok()
        };
        assert!(closes(&[], &[]) && closes(&[2], &[1, 2]));
        assert!(!closes(&[2], &[1]) && !closes(&[], &[1, 1]) && !closes(&[], &[2]));
    }

    #[test]
    fn a_change_of_the_settings_that_is_not_written_down_is_noticed() {
        assert!(saves(1, 1).is_ok() && saves(1, 2).is_ok());
        assert!(saves(2, 1).is_err());
        assert!(counts(1, 1).is_ok() && counts(1, 0).is_err());
    }

    #[test]
    fn a_till_that_wrote_what_it_told_passes() {
        assert_eq!(scene(opened).check(), Ok(()));
    }

    #[test]
    fn a_lost_sale_is_noticed() {
        let mut scene = scene(opened);
        scene.journal.clear();
        assert_eq!(scene.check(), Err(Violation::Lost { number: 1 }));
    }

    #[test]
    fn another_amount_is_not_the_sale() {
        let mut scene = scene(opened);
        scene.observed.acknowledged[0].0.amount = Money::from_minor(1251, Currency::Eur);
        assert_eq!(scene.check(), Err(Violation::Lost { number: 1 }));
    }

    #[test]
    fn a_view_without_its_entries_is_noticed() {
        let mut scene = scene(opened);
        scene.journal[0].entries.pop();
        let (number, revision) = (1, 4);
        assert_eq!(
            scene.check(),
            Err(Violation::ShownNotWritten { number, revision })
        );

        let mut view = scene.last_view();
        view["state"] = json!("paid");
        let twice = scene.observed.add(&Message::Shown { sale: view });
        assert_eq!(twice, Err(Violation::ShownInTwoWays { number, revision }));
    }

    #[test]
    fn one_tap_with_two_sales_is_noticed() {
        let mut scene = scene(opened);
        let mut second = scene.journal[0].clone();
        second.sale.number = SaleNumber(2);
        scene.journal.push(second);
        assert!(matches!(scene.check(), Err(Violation::TapTwice(_))));
    }

    #[test]
    fn a_gap_is_noticed() {
        let mut scene = scene(opened);
        scene.journal[0].sale.number = SaleNumber(2);
        assert_eq!(
            scene.check(),
            Err(Violation::Gap {
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
            scene.check(),
            Err(Violation::RequestedTwice { times: 2, .. })
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
        assert_eq!(uncertain.check(), Ok(()));
        assert_eq!(super::uncertain_attempts(&uncertain.journal).count(), 1);

        let mut scene = scene(opened);
        let id = scene.journal[0].sale.id;
        scene.observed.uncertain.insert((id, AttemptNumber(1)));
        assert!(matches!(
            scene.check(),
            Err(Violation::UncertainShown { number: 1, .. })
        ));
    }

    #[test]
    fn a_request_that_was_not_given_up_is_noticed() {
        let mut scene = scene(opened);
        scene.journal[0].sale.attempts[0].phase = Phase::Requesting;
        let (number, attempt) = (1, AttemptNumber(1));
        assert_eq!(
            scene.check(),
            Err(Violation::StillRequesting { number, attempt })
        );
    }

    #[test]
    fn a_payment_that_was_not_found_is_noticed() {
        let mut scene = scene(opened);
        scene.gateway.paid.push("one".into());
        assert_eq!(scene.check(), Err(Violation::PaymentNotFound("one".into())));
    }
}
