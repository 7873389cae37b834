//! The sales book: pages of sales, newest first, filtered and searched, as fast with a million sales as with ten.
//!
//! The index `sale_booked` has one range per (state, currency, test), each ordered by time. A filter selects some
//! of these ranges, and a page merges the newest sales of each. So no filter reads through the whole book, however
//! few sales it matches.

use std::collections::BTreeSet;
use std::ops::Range;

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

/// How many notes a search reads for one page; of more matches, the newest.
const MAX_NOTES: u32 = 5_000;
/// How many invoices the first characters of an id can find.
const MAX_INVOICES: u32 = 500;
/// How many characters of an invoice's id are needed at least.
const MIN_INVOICE_CHARS: usize = 4;
/// How many characters the index over the notes needs at least (SQLite, FTS5, trigram tokenizer).
const TRIGRAM_CHARS: usize = 3;
/// A search in notes assumes that a sale is paid at most this long after it was opened.
const PAID_WITHIN_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Which sales of the book are wanted.
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

/// A place in the sales book: the next page begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct BookMark {
    /// When the sale was booked.
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

    /// After every sale.
    const END: Self = Self {
        at_unix_ms: UnixMs(i64::MAX),
        number: SaleNumber(u32::MAX),
    };
}

/// The columns of the table `sale` that a filter compares.
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

/// A page that is being filled. It keeps the newest `limit` sales.
struct Page<'f> {
    filter: &'f Filter,
    before: BookMark,
    limit: usize,
    marks: BTreeSet<BookMark>,
}

impl JournalFile {
    /// The newest sales before `before` that match the filter, newest first, at most `limit`.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] when a sale's entries do not follow, and what SQLite reports of the disk.
    pub fn page(
        &self,
        filter: &Filter,
        before: Option<BookMark>,
        limit: usize,
    ) -> Result<Vec<Sale>, JournalError> {
        // One snapshot, although another program may go on selling.
        let snapshot = self.connection.unchecked_transaction()?;
        let mut page = Page {
            filter,
            before: before.unwrap_or(BookMark::END),
            limit,
            marks: BTreeSet::new(),
        };
        let search = filter.search.as_deref().map(search_query::normalise);
        match search.as_deref() {
            None | Some("") => self.search_ranges(&mut page, None)?,
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

    /// Finds what a text in the search field can mean: a number, an amount, an invoice, a part of a note.
    fn search(&self, page: &mut Page<'_>, text: &str) -> Result<(), JournalError> {
        let codes = self.codes()?;
        if let Some(number) = search_query::number(text, &codes) {
            let sql = format!("SELECT {SALE_HIT_COLUMNS} FROM sale AS s WHERE s.number = ?1");
            let mut statement = self.connection.prepare_cached(&sql)?;
            page.add_matching(statement.query_map([number], SaleHit::read)?)?;
        }
        if let Some(amount) = search_query::amount(text) {
            self.search_ranges(page, Some(amount))?;
        }
        if text.chars().count() >= MIN_INVOICE_CHARS {
            let sql = format!(
                "SELECT {SALE_HIT_COLUMNS} FROM (SELECT DISTINCT sale FROM invoice
                   WHERE invoice_id >= ?1 AND invoice_id < ?2 LIMIT {MAX_INVOICES}) AS i
                 JOIN sale AS s ON s.number = i.sale"
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            // Ids are in lower case; people may copy them from a place where they are not.
            for start in BTreeSet::from([text.to_owned(), text.to_lowercase()]) {
                let after = format!("{start}{}", char::MAX);
                page.add_matching(statement.query_map([start, after], SaleHit::read)?)?;
            }
        }
        self.search_notes(page, text)
    }

    /// Finds a part of a note among the sales that can be in the filter's time.
    fn search_notes(&self, page: &mut Page<'_>, text: &str) -> Result<(), JournalError> {
        let from = page
            .filter
            .from
            .map_or(UnixMs(0), |from| from.plus(-PAID_WITHIN_MS));
        let to = page.filter.to.unwrap_or(BookMark::END.at_unix_ms);
        let to = to.min(page.before.at_unix_ms.plus(1));
        let numbers = self.first_opened_at(from)?..self.first_opened_at(to)?;
        if text.chars().count() >= TRIGRAM_CHARS {
            self.search_note_index(page, text, numbers)
        } else {
            self.scan_notes(page, text, numbers)
        }
    }

    fn search_note_index(
        &self,
        page: &mut Page<'_>,
        text: &str,
        numbers: Range<u32>,
    ) -> Result<(), JournalError> {
        let mut noted = self.connection.prepare_cached(&format!(
            "SELECT rowid FROM sale_note
                 WHERE sale_note MATCH ?1 AND rowid >= ?2 AND rowid < ?3
                 ORDER BY rowid DESC LIMIT {MAX_NOTES}"
        ))?;
        let mut sale = self.connection.prepare_cached(&format!(
            "SELECT {SALE_HIT_COLUMNS}, s.opened_at_unix_ms FROM sale AS s WHERE s.number = ?1"
        ))?;
        // As a quoted phrase, nothing in the text is an operator (SQLite, FTS5, *FTS5 Strings*).
        let phrase = format!("\"{}\"", text.replace('"', "\"\""));
        let mut rows = noted.query(params![phrase, numbers.start, numbers.end])?;
        while let Some(row) = rows.next()? {
            let number: u32 = row.get(0)?;
            let (found, opened_at) = sale.query_row([number], |row| {
                Ok((SaleHit::read(row)?, UnixMs(row.get(5)?)))
            })?;
            page.add_matching(std::iter::once(Ok(found)))?;
            // The sales that follow were opened earlier, and were paid soon after or never.
            let latest = opened_at.plus(PAID_WITHIN_MS);
            if page.oldest().is_some_and(|oldest| latest < oldest) {
                break;
            }
        }
        Ok(())
    }

    /// For texts that are too short for the index.
    fn scan_notes(
        &self,
        page: &mut Page<'_>,
        text: &str,
        numbers: Range<u32>,
    ) -> Result<(), JournalError> {
        let sql = format!(
            "SELECT {SALE_HIT_COLUMNS}, s.note FROM sale AS s
             WHERE s.number >= max(?1, ?2 - {MAX_NOTES}) AND s.number < ?2 AND s.note IS NOT NULL"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let text = text.to_lowercase();
        let mut rows = statement.query([numbers.start, numbers.end])?;
        while let Some(row) = rows.next()? {
            let note: String = row.get(5)?;
            // Compared here, because SQLite's LIKE ignores the case of English letters only.
            if note.to_lowercase().contains(&text) {
                page.add_matching(std::iter::once(SaleHit::read(row)))?;
            }
        }
        Ok(())
    }

    /// Adds the newest sales of each index range that the filter selects; with an amount, those of this amount.
    fn search_ranges(
        &self,
        page: &mut Page<'_>,
        amount: Option<Amount>,
    ) -> Result<(), JournalError> {
        let of_amount = amount.map_or("", |_| "AND amount_minor = ?9");
        let mut statement = self.connection.prepare_cached(&range_sql(of_amount))?;
        let filter = page.filter;
        let BookMark { at_unix_ms, number } = page.before;
        let from = filter.from.map_or(i64::MIN, |from| from.0);
        let to = filter.to.unwrap_or(BookMark::END.at_unix_ms);
        // Only one upper bound: given two, SQLite would use one and read through what the other excludes.
        let to = to.min(at_unix_ms.plus(1)).0;
        let limit = i64::try_from(page.limit).unwrap_or(i64::MAX);
        let currency = amount.and_then(|amount| amount.currency);
        for range in index_ranges(filter) {
            if currency.is_some_and(|currency| currency != range.currency) {
                continue;
            }
            let (state, code) = (range.state.as_str(), range.currency.code());
            // Once the page is full, sales older than its oldest do not matter.
            let from = page.oldest().map_or(from, |oldest| oldest.0.max(from));
            let (at, number) = (at_unix_ms.0, number.0);
            let bounds = params![state, code, range.test, from, to, at, number, limit];
            let mut rows = match amount {
                None => statement.query(bounds)?,
                Some(Amount { minor, .. }) => {
                    let (minor, bounds): (&dyn ToSql, _) = (&minor, bounds.iter().copied());
                    statement.query(params_from_iter(bounds.chain([minor])))?
                }
            };
            while let Some(row) = rows.next()? {
                page.insert(mark(row)?);
            }
        }
        Ok(())
    }

    /// The number of the first sale that was opened at this moment or later; one more than the last number when
    /// there is none. Numbers have no gaps and rise with time, unless the clock was put back.
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
    /// Adds those of the rows that match the filter.
    fn add_matching(
        &mut self,
        rows: impl Iterator<Item = rusqlite::Result<SaleHit>>,
    ) -> Result<(), JournalError> {
        for found in rows {
            let found = found?;
            if found.mark < self.before && self.filter.matches(&found) {
                self.insert(found.mark);
            }
        }
        Ok(())
    }

    /// Adds a sale; of more than `limit`, the oldest is dropped.
    fn insert(&mut self, mark: BookMark) {
        self.marks.insert(mark);
        if self.marks.len() > self.limit {
            self.marks.pop_first();
        }
    }

    /// When the oldest sale of a full page was booked. Older ones are not added any more.
    fn oldest(&self) -> Option<UnixMs> {
        let full = self.marks.len() >= self.limit;
        self.marks
            .first()
            .filter(|_| full)
            .map(|mark| mark.at_unix_ms)
    }
}

impl Filter {
    fn matches(&self, found: &SaleHit) -> bool {
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

/// One range of the index `sale_booked`.
struct IndexRange {
    state: SaleState,
    currency: Currency,
    test: bool,
}

/// The index ranges that a filter selects.
fn index_ranges(filter: &Filter) -> impl Iterator<Item = IndexRange> {
    let states = SaleState::ALL
        .iter()
        .copied()
        .filter(|state| filter.states.is_empty() || filter.states.contains(state));
    let currencies = || {
        let all = Currency::ALL.into_iter();
        all.filter(|currency| filter.currency.is_none_or(|only| only == *currency))
    };
    let tests = || {
        let all = [false, true].into_iter();
        all.filter(|test| filter.test.is_none_or(|only| only == *test))
    };
    states.flat_map(move |state| {
        currencies().flat_map(move |currency| {
            tests().map(move |test| IndexRange {
                state,
                currency,
                test,
            })
        })
    })
}

/// Reads one index range; `of_amount` is a further condition.
pub(super) fn range_sql(of_amount: &str) -> String {
    format!(
        "SELECT booked_at_unix_ms, number FROM sale
         WHERE state = ?1 AND currency = ?2 AND test = ?3 {of_amount}
           AND booked_at_unix_ms >= ?4 AND booked_at_unix_ms < ?5
           AND (booked_at_unix_ms < ?6 OR number < ?7)
         ORDER BY booked_at_unix_ms DESC, number DESC LIMIT ?8"
    )
}
