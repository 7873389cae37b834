//! The money of entries that are not in the folded book, or of a part of it: what a branch has received, and what the
//! book holds in its place. Both are counted in the same way, so that they can be compared.

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::ids::TillId;
use ringup_core::money::{Currency, Money};
use ringup_core::sale::{Entry, Sale};

use super::append::only;
use super::fork::said_by;
use super::sql::{int, text};
use super::{Store, StoreError};

/// The money of some entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many sales they are about.
    pub sales: u64,
    /// What was received for those of them that they open, without test money, by currency.
    pub received: BTreeMap<Currency, Money>,
}

/// What was received for the sales that are opened here. A kind of entry that this program does not know says nothing.
pub(super) fn received<'b>(bodies: impl Iterator<Item = &'b str>) -> BTreeMap<Currency, Money> {
    let mut sales: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for body in bodies {
        if let (Some(sale), Ok(entry)) = (said_by(body).sale, serde_json::from_str(body)) {
            sales.entry(sale).or_default().push(entry);
        }
    }
    let mut sums: BTreeMap<Currency, Money> = BTreeMap::new();
    for sale in sales
        .values()
        .filter_map(|entries| Sale::fold(entries).ok())
    {
        let received = Money::from_minor(sale.received_minor(), sale.amount.currency());
        if received.minor() != 0 && !sale.test() {
            let sum = sums.entry(received.currency());
            sum.and_modify(|sum| *sum = sum.plus(received.minor()))
                .or_insert(received);
        }
    }
    sums
}

impl Store {
    /// The money of what the book itself holds of a till from this entry on: what a branch that begins there stands
    /// against, counted in the same way.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn received_from(&self, till: TillId, first: u64) -> Result<Sums, StoreError> {
        let sql = "SELECT body FROM entry WHERE till = ?1 AND seq >= ?2 AND sale IS NOT NULL ORDER BY seq";
        let rows = snapshot!(self, |tx| tx.query(sql, &[text(till), int(first)]).await)?;
        let bodies = rows.iter().map(|row| only(row)?.text());
        let bodies = bodies.collect::<Result<Vec<_>, _>>()?;
        let sales: BTreeSet<_> = bodies
            .iter()
            .filter_map(|body| said_by(body).sale)
            .collect();
        Ok(Sums {
            sales: u64::try_from(sales.len()).unwrap_or(u64::MAX),
            received: received(bodies.into_iter()),
        })
    }
}
