//! All that the till told since a journal was begun, over several of its processes. A cashier and a customer would
//! remember it, so it must stay true.

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::ids::{AttemptNumber, SaleId, TapId};
use ringup_core::money::Money;
use serde_json::Value;

use super::check::Violation;
use super::protocol::Message;

/// A charge as it was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tap {
    pub(crate) tap: TapId,
    pub(crate) amount: Money,
}

#[derive(Debug, Default)]
pub(crate) struct Observations {
    /// Charges without an answer yet, by request.
    pending: BTreeMap<u64, Tap>,
    /// Every tap, acknowledged or not.
    pub(crate) taps: Vec<Tap>,
    /// Charges that the till acknowledged, and the number of the sale.
    pub(crate) acknowledged: Vec<(Tap, u32)>,
    /// How many saves of changed settings the till acknowledged.
    pub(crate) saved: u32,
    /// How many counts of the drawer the till acknowledged.
    pub(crate) counted: u32,
    /// The closes that the till acknowledged.
    pub(crate) closed: BTreeSet<u32>,
    /// What a screen showed of a sale (by number) at a revision.
    pub(crate) shown: BTreeMap<(u32, u64), Value>,
    /// Sales in the order in which they were first seen.
    pub(crate) sales: Vec<u32>,
    /// Invoices in the order in which a customer first saw their address.
    pub(crate) invoices: Vec<String>,
    /// Attempts that were found uncertain after a start.
    pub(crate) uncertain: BTreeSet<(SaleId, AttemptNumber)>,
}

impl Observations {
    /// A charge is sent to the till.
    pub(crate) fn charge_sent(&mut self, request: u64, tap: Tap) {
        if !self.taps.contains(&tap) {
            self.taps.push(tap.clone());
        }
        self.pending.insert(request, tap);
    }

    /// Adds a message of the till.
    pub(crate) fn add(&mut self, message: &Message) -> Result<(), Violation> {
        match message {
            Message::Done { request, sale } => {
                if let (Some(tap), Some(number)) = (self.pending.remove(request), number(sale)) {
                    self.acknowledged.push((tap, number));
                }
                self.add_view(sale)
            }
            Message::Shown { sale } => self.add_view(sale),
            Message::Saved { .. } => {
                self.saved += 1;
                Ok(())
            }
            Message::Counted { .. } => {
                self.counted += 1;
                Ok(())
            }
            Message::Closed { z, .. } => {
                self.closed.insert(*z);
                Ok(())
            }
            Message::Failed { .. } | Message::Armed { .. } | Message::Open | Message::At(_) => {
                Ok(())
            }
        }
    }

    fn add_view(&mut self, sale: &Value) -> Result<(), Violation> {
        let (Some(number), Some(revision)) = (number(sale), field(sale, "revision").as_u64())
        else {
            return Ok(());
        };
        if !self.sales.contains(&number) {
            self.sales.push(number);
        }
        if let (Some(id), Some(_)) = (
            field(sale, "invoice_id").as_str(),
            field(sale, "pay_url").as_str(),
        ) && !self.invoices.iter().any(|invoice| invoice == id)
        {
            self.invoices.push(id.to_owned());
        }
        let sale = without_clock(sale.clone());
        match self.shown.insert((number, revision), sale.clone()) {
            Some(before) if before != sale => Err(Violation::ShownInTwoWays { number, revision }),
            _ => Ok(()),
        }
    }
}

/// A view without the one field that does not come from the journal: how far the gateway's clock is ahead.
pub(crate) fn without_clock(mut sale: Value) -> Value {
    if let Some(fields) = sale.as_object_mut() {
        fields.remove("clock_offset_ms");
    }
    sale
}

fn number(sale: &Value) -> Option<u32> {
    field(sale, "number")
        .as_u64()
        .and_then(|number| u32::try_from(number).ok())
}

fn field<'v>(sale: &'v Value, name: &str) -> &'v Value {
    sale.get(name).unwrap_or(&Value::Null)
}
