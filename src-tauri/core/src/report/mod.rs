//! The shop's reports: the X report of a day and the Z report of a close, as screens, printers and `--json` get
//! them. Pure. The sums themselves are [`DayTotals`](crate::sale::DayTotals); amounts are those of the sales, and
//! nothing is converted between currencies.

mod cashiers;
mod day_report;
mod drawer_view;
mod printed_lines;
mod sums;

pub use cashiers::CashierView;
pub(crate) use cashiers::cashier_views;
pub use day_report::{CloseView, DayReport, HourTotals};
pub(crate) use day_report::{DaySums, plain_numbers};
pub use drawer_view::{DrawerMoveKind, DrawerMoveView, DrawerView};
pub(crate) use drawer_view::{move_views, views as drawer_views};
pub use printed_lines::{LineKind, ReportLine};
pub use sums::serialize as serialize_totals;
