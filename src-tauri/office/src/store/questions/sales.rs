//! The book of all tills, page by page, newest first. A page begins after a place and not after a number of rows, so the
//! last one is as fast as the first; each way to look for sales has an index that is sorted like the pages.

use std::collections::BTreeMap;

use ringup_core::money::{Currency, Money};
use ringup_core::sale::SaleState;

use super::super::book_rows::{json, key};
use super::super::sql::{Row, Tx, Value, int, text};
use super::super::{Store, StoreError};
use super::{Names, damaged, flag, maybe_int, named, names, page_size, search};
use crate::book::{BookSale, SaleMark, SalesPage, SalesQuery};

/// What [`book_sale`] reads.
const COLUMNS: &str = "s.till, s.number, s.label, s.revision, s.state, s.is_open, s.unseen, s.late, s.settled, s.test,
    s.paid_twice, s.amount_minor, s.tip_minor, s.refunded_minor, s.currency, s.tenders, s.note, s.opened_at, s.paid_at,
    s.booked_at";

/// The newest sales that were found so far, by place. A sale that is found in two ways is there once.
pub(super) type FoundSales = BTreeMap<(i64, String, u32), BookSale>;

/// A question for sales that is being put together. Texts are bound; what stands in the statement are constants.
pub(super) struct SalesSql {
    from: String,
    conditions: String,
    values: Vec<Value>,
    /// The table whose columns the pages are sorted by: the one that is read first.
    sorted_by: &'static str,
}

impl Store {
    /// A page of the sales of all tills.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sales(&self, query: &SalesQuery) -> Result<SalesPage, StoreError> {
        snapshot!(self, |tx| sales(tx, query).await)
    }
}

async fn sales(tx: &Tx, query: &SalesQuery) -> Result<SalesPage, StoreError> {
    let names = names(tx).await?;
    let wanted = query.search.as_deref().and_then(search::wanted);
    let mut found = FoundSales::new();
    match wanted {
        Some(wanted) => {
            for one in wanted {
                one.find(tx, query, &names, &mut found).await?;
            }
        }
        // One range of the index for each state, of which the newest are merged.
        None if !query.states.is_empty() => {
            for state in &query.states {
                let mut sql = SalesSql::of(query);
                sql.and(" AND s.state = {}", [text(state.as_str())]);
                sql.find(tx, query, &names, &mut found).await?;
            }
        }
        None => {
            SalesSql::of(query)
                .find(tx, query, &names, &mut found)
                .await?
        }
    }
    let size = usize::try_from(page_size(query.limit)).unwrap_or(usize::MAX);
    let is_last = found.len() <= size;
    let sales: Vec<_> = found.into_values().rev().take(size).collect();
    let next = sales.last().filter(|_| !is_last).map(|sale| SaleMark {
        at_unix_ms: sale.booked_at_unix_ms,
        till: sale.till.clone(),
        number: sale.number,
    });
    Ok(SalesPage { sales, next })
}

impl SalesSql {
    /// All sales, or those with the wanted tender.
    fn of(query: &SalesQuery) -> Self {
        match &query.tender {
            None => Self::from("sale AS s", "s", []),
            Some(tender) => {
                let from =
                    "sale_tender AS t JOIN sale AS s ON s.number = t.number AND s.till = t.till";
                let mut sql = Self::from(from, "t", []);
                sql.and(" AND t.tender = {}", [text(key(tender))]);
                sql
            }
        }
    }

    /// Sales of this source, in which `{}` stands for each of the values.
    pub(super) fn from(
        from: &str,
        sorted_by: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> Self {
        let mut sql = Self {
            from: String::new(),
            conditions: String::new(),
            values: Vec::new(),
            sorted_by,
        };
        sql.from = sql.bound(from, values);
        sql
    }

    /// Adds a condition, in which `{}` stands for each of the values.
    pub(super) fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        let condition = self.bound(condition, values);
        self.conditions.push_str(&condition);
    }

    fn bound(&mut self, text: &str, values: impl IntoIterator<Item = Value>) -> String {
        let mut text = text.to_owned();
        for value in values {
            self.values.push(value);
            text = text.replacen("{}", &format!("?{}", self.values.len()), 1);
        }
        text
    }

    /// Adds the filters that a search has besides its own, which a list has in its source.
    pub(super) fn filter_search(&mut self, query: &SalesQuery) {
        if let Some(tender) = &query.tender {
            let with_tender = " AND EXISTS (SELECT 1 FROM sale_tender AS t WHERE t.tender = {}
                AND t.booked_at = s.booked_at AND t.till = s.till AND t.number = s.number)";
            self.and(with_tender, [text(key(tender))]);
        }
        if !query.states.is_empty() {
            let places = vec!["{}"; query.states.len()].join(", ");
            let states = query.states.iter().map(|state| text(state.as_str()));
            self.and(&format!(" AND s.state IN ({places})"), states);
        }
    }

    /// Adds the filters that every question has.
    fn filter(&mut self, query: &SalesQuery) {
        let by = self.sorted_by;
        if let Some(till) = &query.till {
            self.and(&format!(" AND {by}.till = {{}}"), [text(till)]);
        }
        if let Some(from) = query.from_unix_ms {
            self.and(&format!(" AND {by}.booked_at >= {{}}"), [Value::Int(from)]);
        }
        if let Some(to) = query.to_unix_ms {
            self.and(&format!(" AND {by}.booked_at < {{}}"), [Value::Int(to)]);
        }
        if let Some(mark) = &query.before {
            let place =
                format!(" AND ({by}.booked_at, {by}.till, {by}.number) < ({{}}, {{}}, {{}})");
            let number = int(mark.number.into());
            self.and(
                &place,
                [Value::Int(mark.at_unix_ms), text(&mark.till), number],
            );
        }
        if let Some(currency) = query.currency {
            self.and(" AND s.currency = {}", [text(currency)]);
        }
        if let Some(test) = query.test {
            self.and(" AND s.test = {}", [int(test.into())]);
        }
        if let Some(flag) = query.flag {
            self.and(&format!(" AND {}", flag.condition()), []);
        }
        if let Some(apart) = query.apart {
            let not = if apart { "" } else { "NOT " };
            let apart = format!(
                " AND {not}EXISTS (SELECT 1 FROM till AS q WHERE q.till = s.till AND q.quarantined_at IS NOT NULL)"
            );
            self.and(&apart, []);
        }
    }

    /// Adds the newest sales that it finds.
    pub(super) async fn find(
        mut self,
        tx: &Tx,
        query: &SalesQuery,
        names: &Names,
        found: &mut FoundSales,
    ) -> Result<(), StoreError> {
        self.filter(query);
        let by = self.sorted_by;
        let order =
            format!(" ORDER BY {by}.booked_at DESC, {by}.till DESC, {by}.number DESC LIMIT {{}}");
        // One more shows whether there is a next page.
        let limit = u64::from(page_size(query.limit)) + 1;
        self.and(&order, [int(limit)]);
        let Self {
            from, conditions, ..
        } = &self;
        let sql = format!("SELECT {COLUMNS} FROM {from} WHERE 1 = 1{conditions}");
        for row in tx.query(&sql, &self.values).await? {
            let sale = book_sale(&row, names)?;
            let place = (sale.booked_at_unix_ms, sale.till.clone(), sale.number);
            found.insert(place, sale);
        }
        Ok(())
    }
}

fn book_sale(row: &Row, names: &Names) -> Result<BookSale, StoreError> {
    let [
        till,
        number,
        label,
        revision,
        state,
        open,
        unseen,
        late,
        settled,
        test,
        paid_twice,
        amount,
        tip,
        refunded,
        currency,
        tenders,
        note,
        opened_at,
        paid_at,
        booked_at,
    ] = row.as_slice()
    else {
        return Err(damaged("a sale"));
    };
    let state: SaleState = state.text()?.parse().or(Err(damaged("a state")))?;
    let currency: Currency = currency.text()?.parse().or(Err(damaged("a currency")))?;
    let money = |minor| Money::from_minor(minor, currency);
    let positive = |minor: i64| (minor > 0).then(|| money(minor));
    let till = till.text()?.to_owned();
    let named = named(names, &till);
    Ok(BookSale {
        till_name: named.name,
        apart: named.quarantine.is_some(),
        till,
        number: u32::try_from(number.int()?).or(Err(damaged("a number")))?,
        label: label.text()?.to_owned(),
        revision: revision.int()?.unsigned_abs(),
        state,
        open: flag(open)?,
        unseen: flag(unseen)?,
        late: flag(late)?,
        settled: flag(settled)?,
        test: flag(test)?,
        paid_twice: flag(paid_twice)?,
        amount: money(amount.int()?),
        tip: positive(tip.int()?),
        refunded: positive(refunded.int()?),
        tenders: json(tenders)?,
        note: match note {
            Value::Null => None,
            note => Some(note.text()?.to_owned()),
        },
        opened_at_unix_ms: opened_at.int()?,
        paid_at_unix_ms: maybe_int(paid_at)?,
        booked_at_unix_ms: booked_at.int()?,
    })
}
