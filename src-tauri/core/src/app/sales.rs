//! The sales book, as screens and the command line ask for it: days of the shop's zone in, views out.

use serde::{Deserialize, Serialize};

use super::Till;
use crate::calendar::{self, Day, Zone};
use crate::error::TillError;
use crate::ids::SaleNumber;
use crate::journal::{BookMark, Filter};
use crate::money::Currency;
use crate::sale::{SaleDetail, SaleState, SaleView};

/// A page, when nobody says how long.
const PAGE: u16 = 50;
/// A longer one would hold up the counter.
const LONGEST_PAGE: u16 = 200;

/// Which page of the sales book. What is left out filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export, optional_fields = nullable)]
pub struct SalesQuery {
    /// From this day of the shop's on. A sale belongs to the day on which it was paid, until then to the
    /// day on which it was opened.
    pub from: Option<Day>,
    /// To the end of this one.
    pub to: Option<Day>,
    /// In one of these states; empty: in any.
    pub states: Option<Vec<SaleState>>,
    /// In this currency.
    pub currency: Option<Currency>,
    /// Test money, or real money.
    pub test: Option<bool>,
    /// A number (`42`, `A-000042`), an exact amount, the first characters of an invoice's id, or a part
    /// of a note.
    pub search: Option<String>,
    /// The page after this place: `next_before` of the page before.
    pub before: Option<BookMark>,
    /// Sales on it, 200 at most.
    pub limit: Option<u16>,
}

/// A page of the sales book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct SalesPage {
    /// Newest first.
    pub sales: Vec<SaleView>,
    /// Where the next page begins; none: this was the last.
    pub next_before: Option<BookMark>,
    /// The shop's time zone, IANA: what its days are counted in.
    pub zone: String,
}

impl Till {
    /// The zone that the shop's days are counted in.
    pub fn zone(&self) -> Zone {
        self.inner.settings().zone()
    }

    /// A page of the sales book.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn sales(&self, query: SalesQuery) -> Result<SalesPage, TillError> {
        let zone = self.zone();
        let filter = Filter {
            from: query.from.map(|from| calendar::bounds(from, &zone).0),
            to: query.to.map(|to| calendar::bounds(to, &zone).1),
            states: query.states.unwrap_or_default(),
            currency: query.currency,
            test: query.test,
            search: query.search,
        };
        let limit = usize::from(query.limit.unwrap_or(PAGE).clamp(1, LONGEST_PAGE));
        let before = query.before;
        // One more, to know whether there is a next page.
        let page = move |file: &mut crate::journal::JournalFile| {
            file.page(&filter, before, limit.saturating_add(1))
        };
        let mut sales = self.inner.journal.call(page).await?;
        let more = sales.len() > limit;
        sales.truncate(limit);
        Ok(SalesPage {
            next_before: sales.last().filter(|_| more).map(BookMark::of),
            sales: sales.iter().map(|sale| self.inner.view(sale)).collect(),
            zone: zone.name().to_owned(),
        })
    }

    /// Whether any sale stands in the book.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn has_sold(&self) -> Result<bool, TillError> {
        let newest = SalesQuery {
            limit: Some(1),
            ..SalesQuery::default()
        };
        Ok(!self.sales(newest).await?.sales.is_empty())
    }

    /// All that is known of a sale.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn sale_detail(&self, number: u32) -> Result<SaleDetail, TillError> {
        let look = move |file: &mut crate::journal::JournalFile| {
            let Some(sale) = file.sale(SaleNumber(number))? else {
                return Ok(None);
            };
            let entries = file.entries(sale.id)?;
            Ok(Some((sale, entries)))
        };
        let found = self.inner.journal.call(look).await?;
        let (sale, entries) = found.ok_or(TillError::SaleUnknown(number))?;
        let view = self.inner.view(&sale);
        let zone = self.zone();
        Ok(SaleDetail::of(&sale, view, &entries, zone.name()))
    }
}
