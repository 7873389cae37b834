//! The cells of a line, and the columns that a file may leave out: category, how it is sold, options, deposit, sold out,
//! stock. An empty cell leaves what the listed item has; a dash takes it away.

use super::csv_file::{RefusedCell, shortened};
use crate::items::{Deposit, DepositTax, Item, OptionGroup, Problem, SoldBy, options};
use crate::money::{BasisPoints, Currency, Money};

/// The longest percentage that is read, characters.
const LONGEST_PERCENT: usize = 8;

/// The cells of a line.
#[derive(Clone, Copy)]
pub(super) struct Cells<'l>(pub(super) &'l csv::StringRecord);

impl<'l> Cells<'l> {
    /// What a cell says; `None` when it is empty or its column is missing.
    pub(super) fn cell(self, place: Option<usize>) -> Option<&'l str> {
        let cell = place.and_then(|place| self.0.get(place));
        cell.filter(|cell| !cell.is_empty())
    }

    pub(super) fn refused(self, problem: Problem, place: Option<usize>) -> RefusedCell {
        RefusedCell {
            problem,
            cell: shortened(self.cell(place).unwrap_or_default()),
        }
    }

    /// What a cell gives: nothing, a dash, or what `read` makes of it.
    fn given<T>(
        self,
        place: Option<usize>,
        problem: Problem,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<Option<T>>, RefusedCell> {
        match self.cell(place) {
            None => Ok(None),
            Some("-") => Ok(Some(None)),
            Some(cell) => match read(cell) {
                Some(value) => Ok(Some(Some(value))),
                None => Err(self.refused(problem, place)),
            },
        }
    }
}

/// The places of these columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct GivenColumns {
    category: Option<usize>,
    sold: Option<usize>,
    options: Option<usize>,
    deposit: Option<usize>,
    deposit_tax: Option<usize>,
    sold_out: Option<usize>,
    warn_at: Option<usize>,
}

/// What a line gives of them; `None`: nothing, so the listed item keeps it.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    category: Option<Option<String>>,
    pub(super) sold: Option<SoldBy>,
    options: Option<Vec<OptionGroup>>,
    deposit: Option<Option<Money>>,
    deposit_tax: Option<DepositTax>,
    sold_out: Option<bool>,
    warn_at: Option<Option<u32>>,
}

impl GivenColumns {
    pub(super) fn of(place: impl Fn(&str) -> Option<usize>) -> Self {
        Self {
            category: place("category"),
            sold: place("sold"),
            options: place("options"),
            deposit: place("deposit"),
            deposit_tax: place("deposit_tax"),
            sold_out: place("sold_out"),
            warn_at: place("warn_at"),
        }
    }

    /// The column that a problem is about.
    pub(super) fn of_problem(self, problem: Problem) -> Option<usize> {
        match problem {
            Problem::Category => self.category,
            Problem::Options => self.options,
            Problem::Deposit => self.deposit,
            Problem::WarnAt => self.warn_at,
            _ => None,
        }
    }

    pub(super) fn read(self, cells: Cells<'_>, currency: Currency) -> Result<Given, RefusedCell> {
        let groups = |text: &str| options::from_text(text, currency);
        let options = cells.given(self.options, Problem::Options, groups)?;
        let sold = cells.given(self.sold, Problem::Sold, |word| word.parse().ok())?;
        let deposit_tax = cells.given(self.deposit_tax, Problem::Deposit, |cell| {
            // The word of an export.
            if cell.eq_ignore_ascii_case("item") {
                return Some(DepositTax::Item);
            }
            let rate = Some(rate(cell)?);
            Some(DepositTax::Own { rate })
        })?;
        let sold_out = cells.given(self.sold_out, Problem::SoldOut, |word| {
            let is = |other| word.eq_ignore_ascii_case(other);
            (is("yes") || is("no")).then(|| is("yes"))
        })?;
        Ok(Given {
            category: cells.given(self.category, Problem::Category, |name| {
                Some(name.to_owned())
            })?,
            sold: sold.map(Option::unwrap_or_default),
            options: options.map(Option::unwrap_or_default),
            deposit: cells.given(self.deposit, Problem::Deposit, |price| {
                Money::parse(price, currency).ok()
            })?,
            deposit_tax: deposit_tax.map(|tax| tax.unwrap_or(DepositTax::Own { rate: None })),
            sold_out: sold_out.map(Option::unwrap_or_default),
            warn_at: cells.given(self.warn_at, Problem::WarnAt, |count| count.parse().ok())?,
        })
    }
}

impl Given {
    /// An item as the line has it.
    pub(super) fn applied_to(&self, item: Item) -> Item {
        let given = self.clone();
        let price = match given.deposit {
            Some(price) => price,
            None => item.deposit.map(|known| known.price),
        };
        let known_tax = item.deposit.map(|known| known.tax);
        let tax = given.deposit_tax.or(known_tax).unwrap_or(DepositTax::Item);
        Item {
            category: given.category.unwrap_or(item.category),
            sold: given.sold.unwrap_or(item.sold),
            options: given.options.unwrap_or(item.options),
            deposit: price.map(|price| Deposit { price, tax }),
            sold_out: given.sold_out.unwrap_or(item.sold_out),
            warn_at: given.warn_at.unwrap_or(item.warn_at),
            ..item
        }
    }
}

/// A percentage, with or without its sign.
pub(super) fn rate(percent: &str) -> Option<BasisPoints> {
    let number = percent.trim_end_matches('%').trim_end();
    if number.len() > LONGEST_PERCENT {
        return None;
    }
    // As money, a percentage has two decimals at most.
    let hundredths = Money::parse(number, Currency::Eur).ok()?.minor();
    u32::try_from(hundredths).ok().map(BasisPoints)
}
