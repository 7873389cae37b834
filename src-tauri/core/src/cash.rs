//! Rules of cash: how a sum is rounded where the smallest coins are not in use, and which sums a customer is likely to
//! hand over.

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Money};

/// How a sum that is paid in cash is rounded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CashRounding {
    /// Not at all.
    #[default]
    None,
    /// To the nearest 0.05, as in Finland, the Netherlands, Belgium, Ireland, Italy and Switzerland.
    Five,
    /// Down to whole units, as with roubles: nobody pays more than the price.
    Whole,
}

impl CashRounding {
    /// What is kept of a sum more than the sum, minor units; negative when it is less. A sum that would come to nothing
    /// is not rounded.
    pub fn of(self, due: Money) -> i64 {
        let minor = due.minor();
        let rounded = match self {
            Self::None => return 0,
            Self::Five => minor.saturating_add(2) / 5 * 5,
            Self::Whole => minor / 100 * 100,
        };
        match rounded {
            0 => 0,
            _ => rounded.saturating_sub(minor),
        }
    }
}

/// Coins and notes that customers hand over several of, minor units, smallest first.
fn denominations(currency: Currency) -> &'static [i64] {
    match currency {
        Currency::Eur | Currency::Usd => &[100, 500, 1_000, 2_000, 5_000, 10_000],
        Currency::Rub => &[1_000, 5_000, 10_000, 50_000, 100_000, 500_000],
    }
}

/// Most sums that are suggested.
const MOST: usize = 5;

/// The sums that a customer is likely to hand over for what is due, smallest first: exactly that, and each that some
/// equal coins or notes make of it. For 13.40: 13.40, 14, 15, 20, 50.
pub fn cash_suggestions(due: Money) -> Vec<Money> {
    let mut sums = vec![due];
    for note in denominations(due.currency()) {
        let minor = due.minor().max(0);
        let notes = minor.saturating_add(note - 1) / note;
        let sum = due.with_minor(notes.saturating_mul(*note));
        if sums.last().is_some_and(|last| last.minor() < sum.minor()) && sums.len() < MOST {
            sums.push(sum);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(minor: i64, currency: Currency) -> Vec<i64> {
        let sums = cash_suggestions(Money::from_minor(minor, currency));
        sums.into_iter().map(Money::minor).collect()
    }

    #[test]
    fn notes_that_make_sense_are_suggested() {
        let euros = |minor| suggested(minor, Currency::Eur);
        assert_eq!(euros(1340), [1340, 1400, 1500, 2000, 5000]);
        assert_eq!(euros(350), [350, 400, 500, 1000, 2000]);
        assert_eq!(euros(2000), [2000, 5000, 10_000]);
        assert_eq!(euros(2300), [2300, 2500, 3000, 4000, 5000]);
        assert_eq!(euros(25_000), [25_000, 26_000, 30_000]);
        assert_eq!(
            suggested(134_000, Currency::Rub),
            [134_000, 135_000, 140_000, 150_000, 200_000]
        );
    }

    #[test]
    fn cash_is_rounded_as_the_country_does() {
        let rounding = |rule: CashRounding, minor| rule.of(Money::from_minor(minor, Currency::Eur));
        for (minor, five) in [
            (1, 0),
            (2, 0),
            (3, 2),
            (1340, 0),
            (1341, -1),
            (1342, -2),
            (1343, 2),
            (1344, 1),
            (1345, 0),
            (1347, -2),
            (1348, 2),
        ] {
            assert_eq!(rounding(CashRounding::Five, minor), five, "{minor}");
            assert_eq!(rounding(CashRounding::None, minor), 0);
        }
        assert_eq!(rounding(CashRounding::Whole, 10_099), -99);
        assert_eq!(rounding(CashRounding::Whole, 10_000), 0);
        assert_eq!(rounding(CashRounding::Whole, 99), 0, "not to nothing");
    }
}
