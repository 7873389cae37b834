//! What people at a till did, and what the till told them: the oracle compares it with the book. An act that the till's
//! death cut off has no outcome: it may be in the book or not.

use std::collections::BTreeMap;

use super::plan::Sell;

/// What the people of one till remember.
#[derive(Debug, Default)]
pub struct Record {
    /// What was done, by the numbers of the plan's events.
    pub acts: BTreeMap<u32, Act>,
    /// The sales that a cashier saw, oldest first.
    pub numbers: Vec<u32>,
    /// What was sold, by the event that brought the customer.
    pub sells: BTreeMap<u32, Sell>,
    /// The invoices whose codes were seen.
    pub shown: Vec<Shown>,
    /// What was wrong at once.
    pub broken: Vec<String>,
}

/// A code that a customer saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The invoice.
    pub invoice: String,
    /// The sale's number.
    pub number: u32,
}

/// One act.
#[derive(Debug, Clone)]
pub struct Act {
    /// What it should have written.
    pub wrote: Wrote,
    /// What the till said; `None`: it died.
    pub outcome: Option<Outcome>,
}

/// What an act writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrote {
    /// `sale_opened` with the event's number in the note.
    Sale {
        /// The amount.
        amount_minor: i64,
        /// A tender is taken with it.
        tender: bool,
    },
    /// `tender_taken`.
    Tender {
        /// The sale.
        number: u32,
        /// The tender that was expected.
        tender: u32,
        /// What was to be settled at most.
        outstanding_minor: i64,
        /// Its word.
        way: &'static str,
    },
    /// An entry of this kind with the event's number in its reason, note or label.
    Reason {
        /// The kind.
        kind: &'static str,
        /// The amount, where it has one.
        amount_minor: Option<i64>,
    },
    /// `sale_stopped` of this sale.
    Stop {
        /// The sale.
        number: u32,
    },
    /// `payment_seen` of this sale.
    Seen {
        /// The sale.
        number: u32,
    },
    /// `cash_counted`.
    Count {
        /// What was counted.
        counted_minor: i64,
    },
    /// `day_closed`.
    Close {
        /// Also with open sales.
        carry: bool,
    },
}

/// What the till said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It is refused: nothing was written.
    Refused(String),
    /// The journal failed: it may be written.
    Failed(String),
}

impl Record {
    /// An act begins.
    pub fn begin(&mut self, id: u32, wrote: Wrote) {
        let outcome = None;
        self.acts.insert(id, Act { wrote, outcome });
    }

    /// And ends.
    pub fn end(&mut self, id: u32, outcome: Outcome) {
        if let Some(act) = self.acts.get_mut(&id) {
            act.outcome = Some(outcome);
        }
    }

    /// The sale so many sales ago.
    pub fn number(&self, back: usize) -> Option<u32> {
        self.numbers.iter().rev().nth(back).copied()
    }

    /// A sale was seen.
    pub fn saw(&mut self, number: u32) {
        if !self.numbers.contains(&number) {
            self.numbers.push(number);
        }
    }
}

/// The mark of an event in notes, reasons and labels.
pub fn mark(id: u32) -> String {
    format!("#{id}.")
}
