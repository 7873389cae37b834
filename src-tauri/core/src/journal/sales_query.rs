//! The sales book: pages of sales, newest first, filtered and searched, as fast with a million sales as
//! with ten.
//!
//! Sales stand on shelves: one for each state, currency and kind of money, each in the order of time
//! (index `sale_booked`). Any filter is a choice of shelves, so a page is the newest of the first few of
//! each: no filter, however rare what it asks for, walks through the whole book.

use std::collections::BTreeSet;

use rusqlite::{Row, ToSql, params, params_from_iter};
use serde::{Deserialize, Serialize};

use super::entries::{load, sale_id};
use super::error::JournalError;
use super::file::JournalFile;
use super::search_query::{self, Amount};
use crate::clock::UnixMs;
use crate::ids::SaleNumber;
use crate::money::Currency;
use crate::sale::{Sale, SaleState};

/// Notes that one page looks at: where a word stands in more of them, the newest.
const NOTES: u32 = 5_000;
/// Invoices that the first characters of an id may name.
const INVOICES: u32 = 500;
/// Fewer characters name no invoice.
const INVOICE_CHARS: usize = 4;
/// What the index over notes is made of: it cannot find less (SQLite, FTS5, trigram tokenizer).
const TRIGRAM: usize = 3;
/// A sale is paid this long after it was opened at most, as far as a search in notes goes.
const PAID_WITHIN_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Which sales.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Booked at this moment or later.
    pub from: Option<UnixMs>,
    /// Booked before this moment.
    pub to: Option<UnixMs>,
    /// In one of these states; empty: in any.
    pub states: Vec<SaleState>,
    /// In this currency.
    pub currency: Option<Currency>,
    /// Test money, or real money.
    pub test: Option<bool>,
    /// A number (`42`, `A-000042`), an exact amount, the first characters of an invoice's id, or a part
    /// of a note.
    pub search: Option<String>,
}

/// A place in the book: the next page begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct BookMark {
    /// When the sale was booked.
    #[ts(type = "number")]
    pub at_unix_ms: UnixMs,
    /// Its number.
    #[ts(as = "u32")]
    pub number: SaleNumber,
}

impl BookMark {
    /// The place of this sale.
    pub fn of(sale: &Sale) -> Self {
        Self {
            at_unix_ms: sale.booked_at(),
            number: sale.number,
        }
    }

    /// Behind every sale.
    const END: Self = Self {
        at_unix_ms: UnixMs(i64::MAX),
        number: SaleNumber(u32::MAX),
    };
}

/// A row of the table `sale`, as far as a filter looks at it.
struct SaleHit {
    mark: BookMark,
    state: String,
    currency: String,
    test: bool,
}

const SALE_HIT_COLUMNS: &str = "s.booked_at_unix_ms, s.number, s.state, s.currency, s.test";

impl SaleHit {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            mark: mark(row)?,
            state: row.get(2)?,
            currency: row.get(3)?,
            test: row.get(4)?,
        })
    }
}

fn mark(row: &Row<'_>) -> rusqlite::Result<BookMark> {
    Ok(BookMark {
        at_unix_ms: UnixMs(row.get(0)?),
        number: SaleNumber(row.get(1)?),
    })
}

/// A page being put together.
struct Page<'f> {
    filter: &'f Filter,
    before: BookMark,
    limit: usize,
    marks: BTreeSet<BookMark>,
}

impl JournalFile {
    /// The newest sales before `before` that the filter lets through, newest first.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn page(
        &self,
        filter: &Filter,
        before: Option<BookMark>,
        limit: usize,
    ) -> Result<Vec<Sale>, JournalError> {
        // One picture, though another program may go on selling.
        let snapshot = self.connection.unchecked_transaction()?;
        let mut page = Page {
            filter,
            before: before.unwrap_or(BookMark::END),
            limit,
            marks: BTreeSet::new(),
        };
        let search = filter.search.as_deref().map(search_query::normalise);
        match search.as_deref() {
            None | Some("") => self.search_shelves(&mut page, None)?,
            Some(text) => self.search(&mut page, text)?,
        }
        let mut id = snapshot.prepare_cached("SELECT id FROM sale WHERE number = ?1")?;
        let newest = page.marks.iter().rev().take(limit);
        let sales = newest.map(|mark| {
            let id: String = id.query_row([mark.number.0], |row| row.get(0))?;
            load(&snapshot, sale_id(&id)?)
        });
        sales.collect()
    }

    fn search(&self, page: &mut Page<'_>, text: &str) -> Result<(), JournalError> {
        let code = self.code().to_string();
        if let Some(number) = search_query::number(text, &code) {
            let sql = format!("SELECT {SALE_HIT_COLUMNS} FROM sale AS s WHERE s.number = ?1");
            let mut statement = self.connection.prepare_cached(&sql)?;
            page.take(statement.query_map([number], SaleHit::read)?)?;
        }
        if let Some(amount) = search_query::amount(text) {
            self.search_shelves(page, Some(amount))?;
        }
        if text.chars().count() >= INVOICE_CHARS {
            let sql = format!(
                "SELECT {SALE_HIT_COLUMNS} FROM (SELECT DISTINCT sale FROM invoice
                   WHERE invoice_id >= ?1 AND invoice_id < ?2 LIMIT {INVOICES}) AS i
                 JOIN sale AS s ON s.number = i.sale"
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            // Ids are written small; people copy them from where they are not.
            for start in BTreeSet::from([text.to_owned(), text.to_lowercase()]) {
                let after = format!("{start}{}", char::MAX);
                page.take(statement.query_map([start, after], SaleHit::read)?)?;
            }
        }
        self.search_notes(page, text)
    }

    fn search_notes(&self, page: &mut Page<'_>, text: &str) -> Result<(), JournalError> {
        let from = page
            .filter
            .from
            .map_or(UnixMs(0), |from| from.plus(-PAID_WITHIN_MS));
        let to = page.filter.to.unwrap_or(BookMark::END.at_unix_ms);
        let to = to.min(page.before.at_unix_ms.plus(1));
        let first = self.first_opened_at(from)?;
        let end = self.first_opened_at(to)?;
        if text.chars().count() >= TRIGRAM {
            let mut noted = self.connection.prepare_cached(&format!(
                "SELECT rowid FROM sale_note
                 WHERE sale_note MATCH ?1 AND rowid >= ?2 AND rowid < ?3
                 ORDER BY rowid DESC LIMIT {NOTES}"
            ))?;
            let mut sale = self.connection.prepare_cached(&format!(
                "SELECT {SALE_HIT_COLUMNS}, s.opened_at_unix_ms FROM sale AS s WHERE s.number = ?1"
            ))?;
            // A phrase: nothing in it is an operator (SQLite, FTS5, *FTS5 Strings*).
            let phrase = format!("\"{}\"", text.replace('"', "\"\""));
            let mut numbers = noted.query(params![phrase, first, end])?;
            while let Some(number) = numbers.next()? {
                let number: u32 = number.get(0)?;
                let (found, opened_at) = sale.query_row([number], |row| {
                    Ok((SaleHit::read(row)?, UnixMs(row.get(5)?)))
                })?;
                page.take(std::iter::once(Ok(found)))?;
                // Those that follow were opened before, and were paid soon or never.
                let latest = opened_at.plus(PAID_WITHIN_MS);
                if page.oldest().is_some_and(|oldest| latest < oldest) {
                    break;
                }
            }
            return Ok(());
        }
        let sql = format!(
            "SELECT {SALE_HIT_COLUMNS}, s.note FROM sale AS s
             WHERE s.number >= max(?1, ?2 - {NOTES}) AND s.number < ?2 AND s.note IS NOT NULL"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let wanted = text.to_lowercase();
        let mut rows = statement.query(params![first, end])?;
        while let Some(row) = rows.next()? {
            let note: String = row.get(5)?;
            // SQLite's LIKE knows the small letters of English alone.
            if note.to_lowercase().contains(&wanted) {
                page.take(std::iter::once(SaleHit::read(row)))?;
            }
        }
        Ok(())
    }

    /// The newest of each shelf that the filter looks at, of this amount if one is given.
    fn search_shelves(
        &self,
        page: &mut Page<'_>,
        amount: Option<Amount>,
    ) -> Result<(), JournalError> {
        let of_amount = amount.map_or("", |_| "AND amount_minor = ?9");
        let mut statement = self.connection.prepare_cached(&shelf_sql(of_amount))?;
        let filter = page.filter;
        let BookMark { at_unix_ms, number } = page.before;
        let from = filter.from.map_or(i64::MIN, |from| from.0);
        let to = filter.to.unwrap_or(BookMark::END.at_unix_ms);
        // One end to the range: of two, SQLite goes by one and walks through what the other leaves out.
        let to = to.min(at_unix_ms.plus(1)).0;
        let limit = i64::try_from(page.limit).unwrap_or(i64::MAX);
        let currency = amount.and_then(|amount| amount.currency);
        for shelf in shelves(filter) {
            if currency.is_some_and(|currency| currency != shelf.currency) {
                continue;
            }
            let (state, code) = (shelf.state.as_str(), shelf.currency.code());
            // What is older than a full page is on no shelf of interest.
            let from = page.oldest().map_or(from, |oldest| oldest.0.max(from));
            let (at, number) = (at_unix_ms.0, number.0);
            let shelf = params![state, code, shelf.test, from, to, at, number, limit];
            let mut rows = match amount {
                None => statement.query(shelf)?,
                Some(Amount { minor, .. }) => {
                    let (minor, shelf): (&dyn ToSql, _) = (&minor, shelf.iter().copied());
                    statement.query(params_from_iter(shelf.chain([minor])))?
                }
            };
            while let Some(row) = rows.next()? {
                page.insert(mark(row)?);
            }
        }
        Ok(())
    }

    /// The number of the first sale that was opened at this moment or later; one more than the last
    /// when there is none. Numbers have no gaps, and follow time as far as the clock does.
    fn first_opened_at(&self, at: UnixMs) -> Result<u32, JournalError> {
        let mut opened_at = self
            .connection
            .prepare_cached("SELECT opened_at_unix_ms FROM sale WHERE number = ?1")?;
        let (mut low, mut high): (u32, u32) = (
            1,
            self.connection
                .prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM sale")?
                .query_row([], |row| row.get(0))?,
        );
        while low < high {
            let middle = low.midpoint(high);
            let opened: i64 = opened_at.query_row([middle], |row| row.get(0))?;
            if opened < at.0 {
                low = middle.saturating_add(1);
            } else {
                high = middle;
            }
        }
        Ok(low)
    }
}

impl Page<'_> {
    fn take(
        &mut self,
        rows: impl Iterator<Item = rusqlite::Result<SaleHit>>,
    ) -> Result<(), JournalError> {
        for found in rows {
            let found = found?;
            if found.mark < self.before && self.filter.lets_through(&found) {
                self.insert(found.mark);
            }
        }
        Ok(())
    }

    /// Only the newest are kept.
    fn insert(&mut self, mark: BookMark) {
        self.marks.insert(mark);
        if self.marks.len() > self.limit {
            self.marks.pop_first();
        }
    }

    /// When the page is full: its oldest sale. No older one comes onto it.
    fn oldest(&self) -> Option<UnixMs> {
        let full = self.marks.len() >= self.limit;
        self.marks
            .first()
            .filter(|_| full)
            .map(|mark| mark.at_unix_ms)
    }
}

impl Filter {
    fn lets_through(&self, found: &SaleHit) -> bool {
        let at = found.mark.at_unix_ms;
        self.from.is_none_or(|from| from <= at)
            && self.to.is_none_or(|to| at < to)
            && (self.states.is_empty()
                || self
                    .states
                    .iter()
                    .any(|state| state.as_str() == found.state))
            && self
                .currency
                .is_none_or(|currency| currency.code() == found.currency)
            && self.test.is_none_or(|test| test == found.test)
    }
}

/// Sales of one state, currency and kind of money.
struct Shelf {
    state: SaleState,
    currency: Currency,
    test: bool,
}

fn shelves(filter: &Filter) -> impl Iterator<Item = Shelf> {
    let states = SaleState::ALL
        .into_iter()
        .filter(|state| filter.states.is_empty() || filter.states.contains(state));
    let currencies = || {
        let all = Currency::ALL.into_iter();
        all.filter(|currency| filter.currency.is_none_or(|wanted| wanted == *currency))
    };
    let kinds = || {
        let all = [false, true].into_iter();
        all.filter(|test| filter.test.is_none_or(|wanted| wanted == *test))
    };
    states.flat_map(move |state| {
        currencies().flat_map(move |currency| {
            kinds().map(move |test| Shelf {
                state,
                currency,
                test,
            })
        })
    })
}

pub(super) fn shelf_sql(of_amount: &str) -> String {
    format!(
        "SELECT booked_at_unix_ms, number FROM sale
         WHERE state = ?1 AND currency = ?2 AND test = ?3 {of_amount}
           AND booked_at_unix_ms >= ?4 AND booked_at_unix_ms < ?5
           AND (booked_at_unix_ms < ?6 OR number < ?7)
         ORDER BY booked_at_unix_ms DESC, number DESC LIMIT ?8"
    )
}
