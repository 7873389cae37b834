//! Of which entries the owner may want word. The limits that the owner sets, and who gets word, are asked where it is
//! written down; here is only what an entry changes. Test money is no news.

use ringup_core::ids::TillCode;
use ringup_core::money::Money;
use ringup_core::office::EntryHash;
use ringup_core::sale::{Entry, Event, LedgerKind, LedgerLine, SaleState};

use super::sale::FoldedSale;
use crate::word::{SaleFacts, WordEvent};

/// Something that an entry tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordFact {
    pub(crate) seq: u64,
    /// The entry's hash: by it the same event is known again, also after the till was folded anew.
    pub(crate) hash: EntryHash,
    /// When it was written, by the till's clock.
    pub(crate) at_unix_ms: i64,
    pub(crate) event: WordEvent,
}

/// How a sale stood before an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct SaleMarks {
    paid_twice: bool,
    in_review: bool,
}

impl SaleMarks {
    /// How it stands.
    pub(super) fn of(sale: Option<&FoldedSale>) -> Self {
        sale.map_or_else(Self::default, |folded| Self {
            paid_twice: folded.sale.paid_twice(),
            in_review: folded.sale.state() == SaleState::Review,
        })
    }
}

/// What the entry tells that brought these ledger lines.
pub(super) fn of_sale(
    before: SaleMarks,
    folded: &FoldedSale,
    lines: &[LedgerLine],
    code: Option<&TillCode>,
) -> Vec<WordEvent> {
    let sale = &folded.sale;
    let facts = || SaleFacts {
        label: code.map_or_else(|| sale.number.to_string(), |code| sale.label(code)),
        number: sale.number.0,
        amount: sale.amount,
    };
    let real = || lines.iter().filter(|line| !line.test);
    let mut events = Vec::new();
    if real().any(|line| matches!(line.kind, LedgerKind::Paid { late: true, .. })) {
        events.push(WordEvent::PaidLate { sale: facts() });
    }
    let after = SaleMarks::of(Some(folded));
    let is_real = !sale.test();
    let again = real().any(|line| {
        matches!(
            line.kind,
            LedgerKind::Paid {
                duplicate: true,
                ..
            }
        )
    });
    if again || (after.paid_twice && !before.paid_twice && is_real) {
        events.push(WordEvent::PaidTwice { sale: facts() });
    }
    if after.in_review && !before.in_review && is_real {
        events.push(WordEvent::InReview { sale: facts() });
    }
    for line in real().filter(|line| matches!(line.kind, LedgerKind::Refunded(_))) {
        events.push(WordEvent::Refunded {
            sale: facts(),
            refunded: line.amount,
        });
    }
    events
}

/// What an entry tells that is about no sale.
pub(super) fn of_entry(entry: &Entry) -> Option<WordEvent> {
    match &entry.event {
        Event::CashCounted(count) => {
            let money = |minor| Money::from_minor(minor, count.currency);
            let expected = count.expected_minor?;
            let difference = count.counted_minor.saturating_sub(expected);
            (difference != 0).then(|| WordEvent::DrawerDiffers {
                expected: money(expected),
                counted: money(count.counted_minor),
                difference: money(difference),
            })
        }
        Event::DayClosed(close) => Some(WordEvent::DayClosed {
            z: close.z,
            day: close.day.clone(),
        }),
        _ => None,
    }
}
