//! What a stretch of the journal adds up to: the sums of a day, of a close, of all closes. Pure; money as
//! sold, never rated anew.

mod day_report;
mod printed_lines;
mod totals;

pub(crate) use day_report::DaySums;
pub use day_report::{CloseView, DayReport, HourTotals};
pub use printed_lines::{Key, ReportLine};
pub use totals::{CoinTotals, CurrencyTotals, DayTotals, TaxTotals};
