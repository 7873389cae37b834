//! What a stretch of the journal adds up to: the sums of a day, of a close, of all closes. Pure; money as
//! sold, never rated anew.

mod day;
mod lines;
mod totals;

pub(crate) use day::DaySums;
pub use day::{CloseView, DayReport, HourTotals};
pub use lines::{Key, ReportLine};
pub use totals::{CoinTotals, CurrencyTotals, DayTotals, TaxTotals};
