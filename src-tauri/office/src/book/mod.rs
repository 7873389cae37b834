//! What the owner reads: the answers of the folded book. All of it is made from the entries by the till's own rules
//! ([`ringup_core::sale`], [`ringup_core::report`]).
//!
//! Test money is in no sum of real money. The money of a till in quarantine is in no sum of the shop: it is told apart
//! until somebody has decided.

mod marks;

use std::collections::BTreeMap;

use ringup_core::calendar::Day;
use ringup_core::money::{Currency, Money};
use ringup_core::office::TillReport;
use ringup_core::report::{CloseView, DrawerView, HourTotals, serialize_totals};
use ringup_core::sale::{DayTotals, SaleDetail, SaleState};
use serde::{Deserialize, Serialize};

pub use marks::{EventMark, MarkError, SaleMark};

/// The sums of currencies hour by hour, 24 each, from midnight by the shop's clock.
pub type Hours = BTreeMap<Currency, Vec<HourTotals>>;

/// A day of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayBook {
    /// The shop's day, ISO 8601.
    pub day: Day,
    /// The time zone that its hours are of, IANA.
    pub zone: String,
    /// When it was asked.
    pub made_at_unix_ms: i64,
    /// What was paid and refunded, over all tills that are in no quarantine.
    #[serde(serialize_with = "serialize_totals")]
    pub totals: DayTotals,
    /// The test money of the same tills.
    #[serde(serialize_with = "serialize_totals")]
    pub test: DayTotals,
    /// The same as `totals`, hour by hour.
    pub hours: Hours,
    /// Those tills, by name.
    pub tills: Vec<TillDay>,
    /// The tills in quarantine, by name. Their money is in no sum above.
    pub apart: Vec<TillDay>,
}

/// A day of one till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TillDay {
    /// The till's id.
    pub till: String,
    /// What the owner calls it.
    pub name: String,
    /// Its short code; `None`: nothing of it is folded yet.
    pub code: Option<String>,
    /// What was paid and refunded: the totals of its own X report of this day.
    #[serde(serialize_with = "serialize_totals")]
    pub totals: DayTotals,
    /// Its test money.
    #[serde(serialize_with = "serialize_totals")]
    pub test: DayTotals,
    /// The same as `totals`, hour by hour.
    pub hours: Hours,
    /// Why its money is told apart.
    pub quarantine: Option<String>,
    /// How many of its entries have come and are not in these sums yet.
    pub behind: u64,
}

/// How many sales need somebody, by what for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Attention {
    /// Not over.
    pub open: AttentionCount,
    /// Paid after their end, since the moment that was asked for.
    pub late: AttentionCount,
    /// More was paid than their amount, since that moment.
    pub paid_twice: AttentionCount,
    /// The gateway contradicts them.
    pub review: AttentionCount,
    /// Nobody at the till has seen one of their payments.
    pub unseen: AttentionCount,
}

/// How many sales.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct AttentionCount {
    /// Of real money, at tills that are in no quarantine.
    pub sales: u64,
    /// Of test money, there.
    pub test: u64,
    /// At tills in quarantine, of any money.
    pub apart: u64,
}

/// A till as its entries tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TillState {
    /// Its id.
    pub till: String,
    /// What the owner calls it.
    pub name: String,
    /// Its short code.
    pub code: Option<String>,
    /// The version of the program that was started there last.
    pub version: Option<String>,
    /// When it was heard of last, by the office's clock: it calls although it has nothing to send.
    pub heard_at_unix_ms: Option<i64>,
    /// What it said of itself then.
    pub said: Option<TillReport>,
    /// The gateway whose money it takes.
    pub gateway: Option<String>,
    /// The number of its last entry in the book.
    pub head_seq: u64,
    /// Up to which entry it is folded.
    pub folded_seq: u64,
    /// When its last batch came, by the office's clock.
    pub last_contact_unix_ms: Option<i64>,
    /// When it wrote its last entry, by its own clock.
    pub last_entry_unix_ms: Option<i64>,
    /// Whether it has a token that is valid.
    pub paired: bool,
    /// Why its money is told apart.
    pub quarantine: Option<String>,
    /// What it says that it has of the shared settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<crate::store::TillSettings>,
    /// Why nothing of it is folded any further.
    pub held: Option<Held>,
    /// Kinds of its entries that this program does not know: kept, and folded by a newer one.
    pub passed_over: Vec<String>,
    /// What its receipt printer did last.
    pub printer: Option<PrinterState>,
    /// The number of its last Z report.
    pub last_z: Option<u32>,
    /// When that was written.
    pub last_close_unix_ms: Option<i64>,
    /// What a close would sum up now.
    #[serde(serialize_with = "serialize_totals")]
    pub since_close: DayTotals,
    /// Its cash drawer since the last close.
    pub drawer: BTreeMap<Currency, DrawerView>,
}

/// The entry at which a till's fold has stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Its number.
    pub seq: u64,
    /// The code of the alarm that names it (docs/contract.md, *The back office*).
    pub code: String,
}

/// What a receipt printer did last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrinterState {
    /// What became of the receipt.
    pub outcome: PrinterOutcome,
    /// When, by the till's clock.
    pub at_unix_ms: i64,
}

/// What became of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrinterOutcome {
    /// It was printed.
    Made,
    /// The printer has it and did not say that it is printed.
    Unconfirmed,
    /// It was not printed.
    Failed,
}

/// What a sale may need somebody for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SaleFlag {
    /// It is not over.
    Open,
    /// It was paid after its end.
    Late,
    /// More was paid than its amount.
    PaidTwice,
    /// The gateway contradicts it.
    Review,
    /// Nobody at the till has seen one of its payments.
    Unseen,
}

/// Which sales of the book are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SalesQuery {
    /// Of this till.
    pub till: Option<String>,
    /// Booked at this moment or later.
    pub from_unix_ms: Option<i64>,
    /// Booked before this moment.
    pub to_unix_ms: Option<i64>,
    /// In one of these states; empty: in any.
    pub states: Vec<SaleState>,
    /// With this tender: `crypto`, `cash`, `card`, `own:<id>`.
    pub tender: Option<String>,
    /// In this currency.
    pub currency: Option<Currency>,
    /// Test money, or real money.
    pub test: Option<bool>,
    /// That need somebody for this.
    pub flag: Option<SaleFlag>,
    /// Of tills in quarantine, or of the others.
    pub apart: Option<bool>,
    /// A number (`42`, `A-000042`), an exact amount, the first characters of an invoice's id, or the beginnings of words
    /// of a note.
    pub search: Option<String>,
    /// Those after this place.
    pub before: Option<SaleMark>,
    /// At most so many; 0: 50. Never more than 200.
    pub limit: u32,
}

/// A page of the sales of all tills, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SalesPage {
    /// The sales.
    pub sales: Vec<BookSale>,
    /// Where the next page begins; `None`: there is none.
    pub next: Option<SaleMark>,
}

/// A sale in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookSale {
    /// The till.
    pub till: String,
    /// What the owner calls it.
    pub till_name: String,
    /// Its number there.
    pub number: u32,
    /// Its number as it is printed: `A-000042`.
    pub label: String,
    /// The number of its last entry.
    pub revision: u64,
    /// Its state.
    pub state: SaleState,
    /// It is not over.
    pub open: bool,
    /// Nobody at the till has seen one of its payments.
    pub unseen: bool,
    /// It was paid after its end.
    pub late: bool,
    /// Every payment is credited to the merchant.
    pub settled: bool,
    /// Test money.
    pub test: bool,
    /// More was paid than its amount.
    pub paid_twice: bool,
    /// The amount to be paid.
    pub amount: Money,
    /// The tip within it.
    pub tip: Option<Money>,
    /// What went back.
    pub refunded: Option<Money>,
    /// The words of its tenders: `crypto`, `cash`, `card`, `own:<id>`.
    pub tenders: Vec<String>,
    /// The cashier's note.
    pub note: Option<String>,
    /// When the cashier charged.
    pub opened_at_unix_ms: i64,
    /// When it was paid.
    pub paid_at_unix_ms: Option<i64>,
    /// The moment by which the book sorts it.
    pub booked_at_unix_ms: i64,
    /// Its till is in quarantine.
    pub apart: bool,
}

/// A sale whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookSaleDetail {
    /// The till.
    pub till: String,
    /// What the owner calls it.
    pub till_name: String,
    /// Why its money is told apart.
    pub quarantine: Option<String>,
    /// The same that the till's own page of it shows.
    pub detail: SaleDetail,
}

/// Which closes or counts are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct EventsQuery {
    /// Of this till.
    pub till: Option<String>,
    /// Written at this moment or later, by the till's clock.
    pub from_unix_ms: Option<i64>,
    /// Written before this moment.
    pub to_unix_ms: Option<i64>,
    /// Those after this place.
    pub before: Option<EventMark>,
    /// At most so many; 0: 50. Never more than 200.
    pub limit: u32,
}

/// A page of Z reports, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosesPage {
    /// The reports.
    pub closes: Vec<BookClose>,
    /// Where the next page begins; `None`: there is none.
    pub next: Option<EventMark>,
}

/// A Z report in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookClose {
    /// The till.
    pub till: String,
    /// What the owner calls it.
    pub till_name: String,
    /// It is in quarantine.
    pub apart: bool,
    /// The report's number.
    pub z: u32,
    /// The shop's day.
    pub day: String,
    /// When it was written, by the till's clock.
    pub at_unix_ms: i64,
    /// The number of its entry.
    pub seq: u64,
    /// What it sums up.
    #[serde(serialize_with = "serialize_totals")]
    pub totals: DayTotals,
    /// How many sales were open.
    pub open: u64,
    /// The cash drawer.
    pub drawer: BTreeMap<Currency, DrawerView>,
}

/// A Z report whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookCloseDetail {
    /// The till.
    pub till: String,
    /// What the owner calls it.
    pub till_name: String,
    /// Why its money is told apart.
    pub quarantine: Option<String>,
    /// The same that the till itself shows.
    pub close: CloseView,
}

/// A page of counts that found another sum than should have been in the drawer, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferencesPage {
    /// The counts.
    pub differences: Vec<DrawerDifference>,
    /// Where the next page begins; `None`: there is none.
    pub next: Option<EventMark>,
}

/// A count that found another sum than should have been there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DrawerDifference {
    /// The till.
    pub till: String,
    /// What the owner calls it.
    pub till_name: String,
    /// It is in quarantine.
    pub apart: bool,
    /// The number of its entry.
    pub seq: u64,
    /// When, by the till's clock.
    pub at_unix_ms: i64,
    /// Who counted.
    pub by: Option<String>,
    /// What should have been there.
    pub expected: Money,
    /// What was there.
    pub counted: Money,
    /// What was there more; negative when something was missing.
    pub difference: Money,
    /// What stayed in the drawer.
    pub left: Money,
}
