//! How many sales need somebody.

use ringup_core::clock::UnixMs;

use super::super::sql::{Tx, Value};
use super::super::{Store, StoreError};
use super::{damaged, flag};
use crate::book::{Attention, AttentionCount, SaleFlag};

impl SaleFlag {
    /// What a sale with this flag has in its row. With these constants a database uses the index of the flag.
    pub(super) fn condition(self) -> &'static str {
        match self {
            Self::Open => "s.is_open = 1",
            Self::Late => "s.late = 1",
            Self::PaidTwice => "s.paid_twice = 1",
            Self::Review => "s.state = 'review'",
            Self::Unseen => "s.unseen = 1",
        }
    }
}

impl Store {
    /// How many sales need somebody. Late and double payments, which stay what they are, are counted since this moment.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn attention(&self, since: UnixMs) -> Result<Attention, StoreError> {
        snapshot!(self, |tx| attention(tx, since).await)
    }
}

async fn attention(tx: &Tx, since: UnixMs) -> Result<Attention, StoreError> {
    let always = UnixMs(i64::MIN);
    Ok(Attention {
        open: count(tx, SaleFlag::Open, always).await?,
        late: count(tx, SaleFlag::Late, since).await?,
        paid_twice: count(tx, SaleFlag::PaidTwice, since).await?,
        review: count(tx, SaleFlag::Review, always).await?,
        unseen: count(tx, SaleFlag::Unseen, always).await?,
    })
}

async fn count(tx: &Tx, what: SaleFlag, since: UnixMs) -> Result<AttentionCount, StoreError> {
    // The condition is one of the constants above; the moment is bound.
    let sql = format!(
        "SELECT s.test, CAST(CASE WHEN t.quarantined_at IS NULL THEN 0 ELSE 1 END AS BIGINT), count(*)
         FROM sale AS s LEFT JOIN till AS t ON t.till = s.till
         WHERE {} AND s.booked_at >= ?1 GROUP BY 1, 2",
        what.condition()
    );
    let mut count = AttentionCount::default();
    for row in tx.query(&sql, &[Value::Int(since.0)]).await? {
        let [test, apart, sales] = row.as_slice() else {
            return Err(damaged("a count"));
        };
        let sales = sales.int()?.unsigned_abs();
        let to = match (flag(apart)?, flag(test)?) {
            (true, _) => &mut count.apart,
            (false, true) => &mut count.test,
            (false, false) => &mut count.sales,
        };
        *to = to.saturating_add(sales);
    }
    Ok(count)
}
