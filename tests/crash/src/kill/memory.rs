//! All that the till said over its lives on one journal, as a cashier and a customer remember it.

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::ids::{AttemptNumber, SaleId, TapId};
use serde_json::Value;

use super::check::Broken;
use super::protocol::Said;

/// A charge as it was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tap {
    pub(crate) tap: TapId,
    pub(crate) amount: String,
    pub(crate) currency: String,
}

#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Charges on their way, by order.
    charging: BTreeMap<u64, Tap>,
    /// Every tap, acknowledged or not.
    pub(crate) taps: Vec<Tap>,
    /// Charges that the till acknowledged, and the number it gave.
    pub(crate) acknowledged: Vec<(Tap, u32)>,
    /// What a screen showed of a sale (by number) at a revision.
    pub(crate) shown: BTreeMap<(u32, u64), Value>,
    /// Sales in the order in which they were first heard of.
    pub(crate) sales: Vec<u32>,
    /// Invoices in the order in which a customer first saw their address.
    pub(crate) invoices: Vec<String>,
    /// Attempts that were found uncertain after a start.
    pub(crate) uncertain: BTreeSet<(SaleId, AttemptNumber)>,
}

impl Memory {
    pub(crate) fn charging(&mut self, order: u64, tap: Tap) {
        if !self.taps.contains(&tap) {
            self.taps.push(tap.clone());
        }
        self.charging.insert(order, tap);
    }

    /// Takes what the till said.
    pub(crate) fn take(&mut self, said: &Said) -> Result<(), Broken> {
        match said {
            Said::Done { order, sale } => {
                if let (Some(tap), Some(number)) = (self.charging.remove(order), number(sale)) {
                    self.acknowledged.push((tap, number));
                }
                self.saw(sale)
            }
            Said::Shown { sale } => self.saw(sale),
            Said::Failed { .. } | Said::Armed { .. } | Said::Open | Said::At(_) => Ok(()),
        }
    }

    fn saw(&mut self, sale: &Value) -> Result<(), Broken> {
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
            Some(before) if before != sale => Err(Broken::ShownInTwoWays { number, revision }),
            _ => Ok(()),
        }
    }
}

/// A view without the one field that is not the journal's: how far the gateway's clock is ahead.
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
