//! A sale of the book, folded by the till's own rule ([`Sale`]).

use std::collections::BTreeSet;

use ringup_core::sale::{CRYPTO, Entry, FoldError, LedgerLine, Sale};

use super::read::{Read, read};

/// A sale, and the entries that it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoldedSale {
    pub(crate) sale: Sale,
    /// The numbers of all its entries.
    pub(crate) entries: Vec<u64>,
    /// Entries of it were passed over, so a later one need not fit.
    pub(crate) incomplete: bool,
}

impl FoldedSale {
    /// The sale that an entry opens.
    pub(super) fn open(entry: &Entry) -> Result<Self, FoldError> {
        Ok(Self {
            sale: Sale::open(entry)?,
            entries: vec![entry.seq],
            incomplete: false,
        })
    }

    /// The sale that these texts add up to; `None`: they open none.
    pub(crate) fn of<'b>(bodies: impl IntoIterator<Item = (u64, &'b str)>) -> Option<Self> {
        let mut folded: Option<Self> = None;
        for (seq, body) in bodies {
            let sale = match (read(body), folded.take()) {
                (Read::Entry(entry), None) => Self::open(&entry).ok()?,
                (Read::Entry(entry), Some(mut sale)) => {
                    sale.add(&entry).ok()?;
                    sale
                }
                (Read::UnknownKind { .. }, Some(mut sale)) => {
                    sale.pass_over(seq);
                    sale
                }
                (Read::UnknownKind { .. } | Read::Unreadable, _) => return None,
            };
            folded = Some(sale);
        }
        folded
    }

    /// Adds an entry: the ledger lines that follow from it.
    pub(super) fn add(&mut self, entry: &Entry) -> Result<Vec<LedgerLine>, FoldError> {
        let before = self.sale.revision;
        match self.sale.apply(entry) {
            Ok(()) => {}
            Err(_) if self.incomplete => {}
            Err(error) => return Err(error),
        }
        self.entries.push(entry.seq);
        let mut lines = self.sale.ledger_lines();
        lines.retain(|line| line.seq > before);
        Ok(lines)
    }

    /// Notes an entry of a kind that is not known.
    pub(super) fn pass_over(&mut self, seq: u64) {
        self.entries.push(seq);
        self.incomplete = true;
    }

    /// The words of what it is paid by, or is to be.
    pub(crate) fn tenders(&self) -> BTreeSet<String> {
        let standing = self.sale.standing_tenders();
        let mut words: BTreeSet<_> = standing.map(|tender| tender.sum_name()).collect();
        if !self.sale.attempts.is_empty() {
            words.insert(CRYPTO.to_owned());
        }
        words
    }

    /// The ids of its invoices.
    pub(crate) fn invoices(&self) -> BTreeSet<String> {
        let attempts = self.sale.attempts.iter();
        let ids = attempts.filter_map(|attempt| attempt.invoice.as_ref());
        ids.map(|invoice| invoice.id.0.to_lowercase()).collect()
    }
}
