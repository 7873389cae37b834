//! The notes and coins of each currency, for a count.

use crate::money::Currency;

/// The notes and coins in use, minor units, largest first.
pub fn denominations(currency: Currency) -> &'static [i64] {
    match currency {
        // The European Central Bank no longer issues 500 euros, but they remain legal tender.
        Currency::Eur => &[
            50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1,
        ],
        Currency::Usd => &[10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1],
        Currency::Rub => &[
            500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 1_000, 500, 200, 100, 50, 10,
        ],
    }
}
