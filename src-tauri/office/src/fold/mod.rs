//! From entries to what the owner reads: a pure function of what is known of a till and of the entries that follow. The
//! rules are the till's own ([`ringup_core::sale`]); here is only what is kept of their results, and where a till's fold
//! stops.
//!
//! Entries of a kind that this program does not know are passed over and named, so that a newer program folds the till
//! anew. An entry that is not what the book was given, or that cannot follow, stops the fold of its till there.

mod event;
mod facts;
mod read;
mod sale;
mod word;

use std::collections::BTreeMap;

use ringup_core::clock::UnixMs;
use ringup_core::office::EntryHash;
use ringup_core::sale::{DayTotals, Entry, Event, LedgerLine};

pub(crate) use event::{EventRow, EventWhat};
pub(crate) use facts::TillFacts;
pub(crate) use read::{Read, read};
pub(crate) use sale::FoldedSale;
pub(crate) use word::WordFact;

use crate::book::Held;
use word::SaleMarks;

/// By which rules the rows are made. Raised with each change of what a row says; every till is then folded anew. A new
/// kind of entry needs no raise: a till that had passed it over is folded anew by itself.
const RULES: i64 = 2;

/// How many versions a set of rules has: one more with each kind of entry that is known.
const VERSIONS_OF_RULES: i64 = 1000;

/// By which rules this program folds, and how many kinds of entries it knows. An office leaves alone what one of a greater
/// version has folded.
pub(crate) fn fold_version() -> i64 {
    let kinds = i64::try_from(Event::KINDS).unwrap_or(VERSIONS_OF_RULES);
    RULES
        .saturating_mul(VERSIONS_OF_RULES)
        .saturating_add(kinds)
}

/// Whether the rows of this version say what this program's say.
pub(crate) fn has_own_rules(version: i64) -> bool {
    version.div_euclid(VERSIONS_OF_RULES) == RULES
}

/// The length of the time that one row of sums is of. Every zone's hours begin at a whole one.
const SLOT_MS: i64 = 15 * 60 * 1000;

/// Most entries of one sale. A real one has dozens.
const MAX_SALE_ENTRIES: usize = 10_000;

/// An entry as the book holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredEntry {
    pub(crate) seq: u64,
    pub(crate) hash: EntryHash,
    pub(crate) body: String,
}

/// What a till has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TillFold {
    /// The last entry that is folded; 0: none.
    pub(crate) seq: u64,
    /// Its hash.
    pub(crate) hash: EntryHash,
    pub(crate) facts: TillFacts,
    /// The entry that could not be folded.
    pub(crate) held: Option<Held>,
}

/// A time of a quarter of an hour, and whether its money is test money.
pub(crate) type Slot = (i64, bool);

/// What a stretch of entries changes.
#[derive(Debug)]
pub(crate) struct Changes {
    pub(crate) to: TillFold,
    /// The sales that were there or are new, by their ids. What has changed has a later last entry.
    pub(crate) sales: BTreeMap<String, FoldedSale>,
    /// What is to be added to the sums.
    pub(crate) slots: BTreeMap<Slot, DayTotals>,
    pub(crate) events: Vec<EventRow>,
    /// The closes whose sums are not those of the entries.
    pub(crate) wrong_closes: Vec<u64>,
    /// Of what the owner may want word.
    pub(crate) words: Vec<WordFact>,
}

impl TillFold {
    /// Before the first entry.
    pub(crate) fn beginning() -> Self {
        Self {
            seq: 0,
            hash: EntryHash::BEFORE_FIRST,
            facts: TillFacts::default(),
            held: None,
        }
    }
}

/// The first moment of the quarter of an hour that a moment is in.
pub(crate) fn slot_of(at: UnixMs) -> i64 {
    at.0.div_euclid(SLOT_MS).saturating_mul(SLOT_MS)
}

/// Folds these entries, which follow on `from`, until one cannot be folded. `sales` are the sales that they are about, as
/// far as there are any yet.
pub(crate) fn fold(
    from: TillFold,
    sales: BTreeMap<String, FoldedSale>,
    entries: &[StoredEntry],
) -> Changes {
    let mut changes = Changes {
        to: TillFold { held: None, ..from },
        sales,
        slots: BTreeMap::new(),
        events: Vec::new(),
        wrong_closes: Vec::new(),
        words: Vec::new(),
    };
    for stored in entries {
        if let Err(code) = changes.add(stored) {
            changes.to.held = Some(Held {
                seq: changes.to.seq.saturating_add(1),
                code: code.to_owned(),
            });
            break;
        }
    }
    changes
}

impl Changes {
    /// Adds an entry, or says by the code of an alarm why it cannot be folded. Nothing of it has changed then.
    fn add(&mut self, stored: &StoredEntry) -> Result<(), &'static str> {
        if stored.seq != self.to.seq.saturating_add(1) {
            return Err("entry_missing");
        }
        // Somebody may have changed the row since its batch was checked.
        if self.to.hash.next(&stored.body) != stored.hash {
            return Err("entry_changed");
        }
        match read(&stored.body) {
            Read::Entry(entry) => self.add_entry(&entry, stored.hash)?,
            Read::UnknownKind { kind, sale } => {
                self.to.facts.pass_over(&kind);
                if let Some(sale) = sale.and_then(|id| self.sales.get_mut(&id)) {
                    sale.pass_over(stored.seq);
                }
            }
            Read::Unreadable => return Err("entry_unreadable"),
        }
        (self.to.seq, self.to.hash) = (stored.seq, stored.hash);
        Ok(())
    }

    fn add_entry(&mut self, entry: &Entry, hash: EntryHash) -> Result<(), &'static str> {
        let mut told: Vec<_> = word::of_entry(entry).into_iter().collect();
        if let Some(id) = entry.event.sale() {
            let id = id.to_string();
            let before = SaleMarks::of(self.sales.get(&id));
            let lines = self.add_to_sale(&id, entry)?;
            if let Some(sale) = self.sales.get(&id) {
                let code = self.to.facts.opening_code.as_ref();
                told.extend(word::of_sale(before, sale, &lines, code));
            }
            for line in lines {
                self.add_line(&line);
            }
        }
        self.words.extend(told.into_iter().map(|event| WordFact {
            seq: entry.seq,
            hash,
            at_unix_ms: entry.at.0,
            event,
        }));
        if let Event::DayClosed(close) = &entry.event
            && !self.to.facts.agrees_with(close)
        {
            self.wrong_closes.push(entry.seq);
        }
        self.events.extend(event::rows(entry, &self.sales));
        self.to.facts.apply(entry);
        Ok(())
    }

    /// Adds an entry to its sale: the ledger lines that follow from it.
    fn add_to_sale(&mut self, id: &str, entry: &Entry) -> Result<Vec<LedgerLine>, &'static str> {
        match self.sales.get_mut(id) {
            Some(sale) if sale.entries.len() >= MAX_SALE_ENTRIES => Err("sale_too_long"),
            Some(sale) => sale.add(entry).or(Err("entry_unfit")),
            None => match FoldedSale::open(entry) {
                Ok(sale) => {
                    self.sales.insert(id.to_owned(), sale);
                    Ok(Vec::new())
                }
                // An entry of a kind that is not known may have opened it.
                Err(_) if !self.to.facts.passed_over.is_empty() => Ok(Vec::new()),
                Err(_) => Err("entry_unfit"),
            },
        }
    }

    fn add_line(&mut self, line: &LedgerLine) {
        self.to.facts.add_line(line);
        let slot = (slot_of(line.at), line.test);
        // Sums leave test money out, so it is summed up as if it were real, in a row of its own.
        let counted = LedgerLine {
            test: false,
            ..line.clone()
        };
        self.slots.entry(slot).or_default().add(&counted);
    }
}
