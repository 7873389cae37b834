//! Which listed item a line of a file is. A line is at most one item and an item at most one line, so lines of one file
//! never become one item, however alike they are. Names are compared in their normal form (NFC), as lines and lists hold
//! them.

use super::barcode;
use super::csv_file::{FileItem, FileLine};
use crate::items::Item;
use crate::money::Currency;

/// What was found for a line. A line that was refused before counts as new, and is not asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// No listed item is like it.
    New,
    /// It is the listed item at this place.
    Listed(usize),
    /// Several are like it, or it is one of several lines like one: which is which would be a guess.
    Ambiguous,
}

/// What was found for each line, in their order.
pub(super) fn find(listed: &[Item], lines: &[FileLine]) -> Vec<Match> {
    let given = lines.iter().map(|line| line.read.as_ref().ok());
    let mut search = Search {
        listed,
        lines: given.collect(),
        claimed: vec![false; listed.len()],
        found: vec![Match::New; lines.len()],
    };
    // The surest first: the same code, whatever the name; the same name, code and price; the same name and price.
    search.claim(|line, item| {
        let (line, item) = (&line.item.barcode, &item.barcode);
        let codes = line.as_deref().zip(item.as_deref());
        codes.is_some_and(|(one, other)| barcode::identity(one) == barcode::identity(other))
    });
    let same_price = |line: &FileItem, item: &Item| line.item.price == item.price;
    search.claim(|line, item| {
        may_be(line, item) && same_price(line, item) && line.item.barcode == item.barcode
    });
    search.claim(|line, item| may_be(line, item) && same_price(line, item));
    search.claim_by_name();
    search.found
}

/// Whether a line may be a listed item by its name: both have it, and not both have a code.
fn may_be(line: &FileItem, item: &Item) -> bool {
    line.item.name == item.name && (line.item.barcode.is_none() || item.barcode.is_none())
}

struct Search<'s> {
    listed: &'s [Item],
    lines: Vec<Option<&'s FileItem>>,
    claimed: Vec<bool>,
    found: Vec<Match>,
}

impl Search<'_> {
    /// Gives each line that has none yet the first free item of its currency that is the same.
    fn claim(&mut self, is_same: impl Fn(&FileItem, &Item) -> bool) {
        for (line, found) in self.lines.iter().zip(&mut self.found) {
            let Some(line) = line.filter(|_| *found == Match::New) else {
                continue;
            };
            let mut free = self.listed.iter().zip(&mut self.claimed).enumerate();
            let same = free.find(|(_, (item, claimed))| {
                !**claimed
                    && item.price.currency() == line.item.price.currency()
                    && is_same(line, item)
            });
            if let Some((place, (_, claimed))) = same {
                *claimed = true;
                *found = Match::Listed(place);
            }
        }
    }

    /// Of each name, the lines and the items that are left: as many of both are one another in their order.
    fn claim_by_name(&mut self) {
        let mut done: Vec<(Currency, &str)> = Vec::new();
        for first in self.lines.iter().flatten() {
            let key = (first.item.price.currency(), first.item.name.as_str());
            if done.contains(&key) {
                continue;
            }
            done.push(key);
            let is_free = |item: &Item, claimed: bool| {
                !claimed && item.price.currency() == key.0 && item.name == key.1
            };
            let items: Vec<usize> = (0..)
                .zip(self.listed.iter().zip(&self.claimed))
                .filter_map(|(place, (item, claimed))| is_free(item, *claimed).then_some(place))
                .collect();
            let listed = |place: usize| self.listed.get(place);
            let mut lines: Vec<_> = self.lines.iter().zip(&mut self.found).collect();
            lines.retain(|(line, found)| {
                let open = **found == Match::New;
                let line = line
                    .filter(|line| (line.item.price.currency(), line.item.name.as_str()) == key);
                line.filter(|_| open).is_some_and(|line| {
                    let mut items = items.iter().filter_map(|place| listed(*place));
                    items.any(|item| may_be(line, item))
                })
            });
            let items: Vec<usize> = items
                .into_iter()
                .filter(|place| {
                    let may =
                        |line: &FileItem| listed(*place).is_some_and(|item| may_be(line, item));
                    lines.iter().any(|(line, _)| line.is_some_and(may))
                })
                .collect();
            let pairs = lines.len() == items.len()
                && lines.iter().zip(&items).all(|((line, _), place)| {
                    line.zip(listed(*place))
                        .is_some_and(|(line, item)| may_be(line, item))
                });
            for (count, (_, found)) in lines.into_iter().enumerate() {
                let place = items.get(count).copied().filter(|_| pairs);
                *found = place.map_or(Match::Ambiguous, Match::Listed);
            }
        }
    }
}
