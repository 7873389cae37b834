//! The sales book for screens and the command line, which ask in days of the shop's zone.

use serde::{Deserialize, Serialize};

use super::{Till, TillError};
use crate::calendar::{self, Day, Zone};
use crate::ids::SaleNumber;
use crate::journal::{BookMark, Filter, JournalFile};
use crate::money::Currency;
use crate::sale::{SaleDetail, SaleState, SaleView};
use crate::settings::Settings;

/// Sales on a page, unless the query says how many.
const DEFAULT_LIMIT: u16 = 50;
/// Most sales on a page: a sale at the pad waits until the page is read.
const MAX_LIMIT: u16 = 200;

/// Which page of the sales book is wanted. A field that is left out filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export, optional_fields = nullable)]
pub struct SalesQuery {
    /// The first day, in the shop's zone. A sale belongs to the day on which it was paid; until then to the day on
    /// which it was opened.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
    /// Sales in one of these states; empty: in any.
    pub states: Option<Vec<SaleState>>,
    /// Sales in this currency.
    pub currency: Option<Currency>,
    /// Sales with test money (`true`) or real money (`false`).
    pub test: Option<bool>,
    /// A number (`42`, `A-000042`), an exact amount, the first characters of an invoice's id, or a part
    /// of a note.
    pub search: Option<String>,
    /// The page after this place: `next_before` of the page before.
    pub before: Option<BookMark>,
    /// Sales on the page: 50 unless given, 200 at most.
    pub limit: Option<u16>,
}

/// A page of the sales book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct SalesPage {
    /// Newest first.
    pub sales: Vec<SaleView>,
    /// Where the next page begins; `None`: this is the last.
    pub next_before: Option<BookMark>,
    /// The shop's time zone, an IANA name.
    pub zone: String,
}

impl Till {
    /// The zone that the shop's days are counted in.
    pub fn zone(&self) -> Zone {
        self.inner.settings.get(Settings::zone)
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
        let limit = usize::from(query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT));
        let before = query.before;
        // One sale more than fits shows whether there is a next page.
        let page =
            move |file: &mut JournalFile| file.page(&filter, before, limit.saturating_add(1));
        let mut sales = self.inner.journal.call(page).await?;
        let more = sales.len() > limit;
        sales.truncate(limit);
        Ok(SalesPage {
            next_before: sales.last().filter(|_| more).map(BookMark::of),
            sales: self.inner.views(&sales),
            zone: zone.name().to_owned(),
        })
    }

    /// Whether the sales book has any sale.
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

    /// A sale with its attempts, refunds and entries.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn sale_detail(&self, number: u32) -> Result<SaleDetail, TillError> {
        let read = move |file: &mut JournalFile| {
            let Some(sale) = file.sale(SaleNumber(number))? else {
                return Ok(None);
            };
            let entries = file.entries(sale.id)?;
            Ok(Some((sale, entries)))
        };
        let found = self.inner.journal.call(read).await?;
        let (sale, entries) = found.ok_or(TillError::SaleUnknown(number))?;
        let view = self.inner.view(&sale);
        let zone = self.zone();
        Ok(SaleDetail::of(&sale, view, &entries, zone.name()))
    }
}
