//! Items from a spreadsheet. A file is first previewed, line by line: what is new, what changes from what to what, what
//! is refused and why. The preview holds the list as it would be; nothing is written before somebody has agreed.

mod barcode;
mod cells;
mod csv_file;
mod matching;

use std::collections::HashMap;

use serde::Serialize;

use super::{Item, MAX_ITEMS, Problem, WrongItem};
use crate::money::{BasisPoints, Currency};
use csv_file::{FileItem, FileLine, RefusedCell};
use matching::Match;

/// The largest file that is read, bytes: more than 500 lines of items take.
pub(crate) const MAX_FILE_BYTES: u64 = 1 << 20;

/// What an import would do. Nothing is written yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct ImportPreview {
    /// The lines of the file that are not empty, in its order.
    pub lines: Vec<ImportLine>,
    /// All items of the shop as they would be, in order: saved, they are the import.
    pub items: Vec<Item>,
    /// How many are new.
    pub added: u32,
    /// How many were listed already and would be as the file has them.
    pub changed: u32,
    /// How many lines are left out.
    pub refused: u32,
}

/// A line of the file, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct ImportLine {
    /// Its number in the file, from 1.
    pub line: u64,
    /// What becomes of it.
    pub outcome: LineOutcome,
    /// What is to be looked at, although it is no error.
    pub notes: Vec<LineNote>,
}

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum LineOutcome {
    /// A new item.
    New {
        /// The item.
        item: Item,
    },
    /// A listed item changes.
    Changed {
        /// As it is.
        from: Item,
        /// As it would be.
        to: Item,
    },
    /// A listed item is so already.
    Unchanged {
        /// The item.
        item: Item,
    },
    /// It is left out.
    Refused {
        /// The name that it gives.
        name: String,
        /// The cell that is wrong.
        cell: String,
        /// Why.
        problem: Problem,
    },
}

/// What is to be looked at in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum LineNote {
    /// A line before has the same name. It is another item all the same.
    RepeatsName {
        /// The first such line.
        line: u64,
    },
    /// The code was written as no scanner reads it; its check digit proves what it is.
    CodeMended {
        /// What the cell says.
        from: String,
    },
    /// The code would be a product's with a zero before it, which spreadsheets take away.
    ZeroMissing {
        /// With the zero.
        code: String,
    },
}

/// The result of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// All items of the shop, in order.
    pub items: Vec<Item>,
    /// How many are new.
    pub added: u32,
    /// How many were listed already and are now as the file has them.
    pub changed: u32,
}

/// What is assumed of a new item where a cell is empty or its column is missing.
#[derive(Debug, Clone, Copy)]
pub struct ImportDefaults {
    /// The currency of its price.
    pub currency: Currency,
    /// The tax in it.
    pub tax: Option<BasisPoints>,
}

impl ImportPreview {
    /// What the import made of the list, if every line could be taken.
    ///
    /// # Errors
    /// The first line that is refused.
    pub(crate) fn whole(self) -> Result<Imported, WrongItem> {
        let refused = self.lines.iter().find_map(|line| match line.outcome {
            LineOutcome::Refused { problem, .. } => Some(problem.at(line.line)),
            _ => None,
        });
        match refused {
            Some(wrong) => Err(wrong),
            None => Ok(Imported {
                items: self.items,
                added: self.added,
                changed: self.changed,
            }),
        }
    }
}

/// What the file would make of the listed items. Each of its lines is an item of its own: the listed one that has its code
/// or its name, or a new one.
///
/// # Errors
/// When the file is no table of items at all.
pub fn preview(
    listed: &[Item],
    file: &[u8],
    defaults: ImportDefaults,
) -> Result<ImportPreview, WrongItem> {
    let mut lines = csv_file::read(file, defaults)?;
    refuse_repeated_codes(&mut lines);
    note_repeated_names(&mut lines);
    let matches = matching::find(listed, &lines);
    let mut preview = ImportPreview {
        lines: Vec::new(),
        items: listed.to_vec(),
        added: 0,
        changed: 0,
        refused: 0,
    };
    for (line, found) in lines.into_iter().zip(matches) {
        preview.take(line, found);
    }
    Ok(preview)
}

impl ImportPreview {
    fn take(&mut self, FileLine { line, name, read }: FileLine, found: Match) {
        let (outcome, notes) = match read {
            Ok(given) => (self.place(&given, found), given.notes),
            Err(RefusedCell { problem, cell }) => (
                LineOutcome::Refused {
                    name,
                    cell,
                    problem,
                },
                Vec::new(),
            ),
        };
        let count = match &outcome {
            LineOutcome::New { .. } => Some(&mut self.added),
            LineOutcome::Changed { .. } => Some(&mut self.changed),
            LineOutcome::Unchanged { .. } => None,
            LineOutcome::Refused { .. } => Some(&mut self.refused),
        };
        if let Some(count) = count {
            *count += 1;
        }
        self.lines.push(ImportLine {
            line,
            outcome,
            notes,
        });
    }

    fn place(&mut self, given: &FileItem, found: Match) -> LineOutcome {
        let refused = |problem| LineOutcome::Refused {
            name: given.item.name.clone(),
            cell: given.item.name.clone(),
            problem,
        };
        match found {
            Match::Ambiguous => refused(Problem::NameAmbiguous),
            Match::New if self.items.len() >= MAX_ITEMS => refused(Problem::TooMany),
            Match::New => {
                let item = Item {
                    colour: given.colour.unwrap_or_default(),
                    ..given.item.clone()
                };
                self.items.push(item.clone());
                LineOutcome::New { item }
            }
            Match::Listed(place) => {
                let Some(known) = self.items.get_mut(place) else {
                    return refused(Problem::NameAmbiguous);
                };
                let from = known.clone();
                let to = match changed(&from, given).validate() {
                    Ok(to) => to,
                    Err(problem) => return refused(problem),
                };
                known.clone_from(&to);
                if from == to {
                    LineOutcome::Unchanged { item: to }
                } else {
                    LineOutcome::Changed { from, to }
                }
            }
        }
    }
}

/// A listed item as a line has it. What the line leaves empty stays.
fn changed(known: &Item, given: &FileItem) -> Item {
    let item = Item {
        name: given.item.name.clone(),
        price: given.item.price,
        colour: given.colour.unwrap_or(known.colour),
        tax: if given.tax_given {
            given.item.tax
        } else {
            known.tax
        },
        barcode: given.item.barcode.clone().or_else(|| known.barcode.clone()),
        ..known.clone()
    };
    given.given.applied_to(item)
}

/// A scanned code must mean one item: of the lines with the same one, the first has it.
fn refuse_repeated_codes(lines: &mut [FileLine]) {
    let mut seen = Vec::new();
    for line in lines {
        let Ok(FileItem { item, .. }) = &line.read else {
            continue;
        };
        let Some(code) = &item.barcode else {
            continue;
        };
        let key = (item.price.currency(), barcode::identity(code));
        if seen.contains(&key) {
            line.read = Err(RefusedCell {
                problem: Problem::BarcodeTwice,
                cell: code.clone(),
            });
        } else {
            seen.push(key);
        }
    }
}

fn note_repeated_names(lines: &mut [FileLine]) {
    let mut first = HashMap::new();
    for FileLine { line, read, .. } in lines {
        let Ok(FileItem { item, notes, .. }) = read else {
            continue;
        };
        let before = *first
            .entry((item.price.currency(), item.name.clone()))
            .or_insert(*line);
        if before != *line {
            notes.push(LineNote::RepeatsName { line: before });
        }
    }
}

#[cfg(test)]
mod tests;
