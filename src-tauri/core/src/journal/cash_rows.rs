//! The drawer's cash movement by movement, for exported files and for whoever looks after it.

use rusqlite::params;

use super::drawer::{Balances, ledger_line};
use super::entries::corrupt;
use super::error::JournalError;
use super::export_rows::BookSnapshot;
use crate::clock::UnixMs;
use crate::drawer::{CashCount, CashLine, CashWay};
use crate::ids::{SaleNumber, TillCode};
use crate::money::Currency;
use crate::sale::{Entry, Event};

/// A movement of the drawer's cash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CashRow {
    /// Its entry. A count may be two rows.
    pub(crate) seq: u64,
    pub(crate) at: UnixMs,
    pub(crate) currency: Currency,
    pub(crate) kind: CashRowKind,
    /// What is more in the drawer by it, minor units; negative when it goes out.
    pub(crate) amount_minor: i64,
    /// What should be in the drawer after it, minor units; `None`: it was never counted so far.
    pub(crate) expected_minor: Option<i64>,
    pub(crate) sale: Option<SaleNumber>,
    /// The till's code when that sale was opened, if it is not the one that the journal was opened with.
    pub(crate) code: Option<TillCode>,
    /// The cashier's reason.
    pub(crate) reason: Option<String>,
    pub(crate) cashier: Option<String>,
    /// The close that counts it; `None`: none yet.
    pub(crate) z: Option<u32>,
}

/// What moved it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum CashRowKind {
    /// A tender.
    Tendered,
    /// A tender that was taken back.
    TenderTakenBack,
    /// A refund.
    Refunded,
    /// A refund that was voided.
    RefundTakenBack,
    /// A pay-in.
    In,
    /// A pay-out.
    Out,
    /// A bank drop.
    Drop,
    /// The first count of all: the drawer begins with it.
    Float {
        /// What was there, minor units.
        counted_minor: i64,
    },
    /// A later count, by its difference.
    Count {
        /// What was there, minor units.
        counted_minor: i64,
    },
    /// What was taken out at a count, beyond what stayed.
    Removed,
}

impl CashRowKind {
    /// Its word: `tendered`, `in`, `count` …
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }

    fn of_ledger(line: &CashLine) -> Self {
        match line {
            CashLine::Refunded(minor) if *minor < 0 => Self::RefundTakenBack,
            CashLine::Refunded(_) => Self::Refunded,
            CashLine::Taken(minor) if *minor < 0 => Self::TenderTakenBack,
            _ => Self::Tendered,
        }
    }
}

/// All cash in the order of its entries: of sales, and without.
const CASH: &str = "
SELECT m.seq, m.at_unix_ms, m.moved, m.currency, m.amount_minor + m.rounding_minor, NULL, m.sale, s.code,
       e.body ->> '$.by', e.body ->> '$.reason'
FROM movement AS m JOIN sale AS s ON s.number = m.sale JOIN entry AS e ON e.seq = m.seq
WHERE m.way = 'cash' AND NOT m.test
UNION ALL
SELECT seq, body ->> '$.at_unix_ms', kind, NULL, NULL, body, NULL, NULL, body ->> '$.by', body ->> '$.reason'
FROM entry WHERE sale IS NULL AND kind IN ('cash_moved', 'cash_counted')
ORDER BY 1";

impl BookSnapshot {
    /// The cash that moved from one moment (included) to another (excluded).
    pub(crate) fn cash(&self, from: UnixMs, to: UnixMs) -> Result<Vec<CashRow>, JournalError> {
        let mut balances = Balances::new();
        let mut cash = Vec::new();
        let mut statement = self.file.connection.prepare(CASH)?;
        let mut rows = statement.query(params![])?;
        while let Some(row) = rows.next()? {
            let seq = row.get::<_, i64>(0)?.unsigned_abs();
            let code: Option<String> = row.get(7)?;
            let code = code.map(|code| serde_json::from_value(code.into()).map_err(corrupt));
            let moved = CashRow {
                seq,
                at: UnixMs(row.get(1)?),
                currency: Currency::Eur,
                kind: CashRowKind::Removed,
                amount_minor: 0,
                expected_minor: None,
                sale: row.get::<_, Option<u32>>(6)?.map(SaleNumber),
                code: code.transpose()?,
                reason: row.get(9)?,
                cashier: row.get(8)?,
                z: self.z_of(seq),
            };
            let moved = match row.get::<_, Option<String>>(5)? {
                None => {
                    let (word, currency): (String, String) = (row.get(2)?, row.get(3)?);
                    let line = ledger_line(&word, row.get(4)?)?;
                    let kind = CashRowKind::of_ledger(&line);
                    let currency = currency.parse().map_err(corrupt)?;
                    moved.by_line(&mut balances, currency, kind, &line)
                }
                Some(body) => moved.by_entry(&mut balances, &body)?,
            };
            let in_range = |row: &CashRow| row.at >= from && row.at < to;
            cash.extend(moved.into_iter().filter(in_range));
        }
        cash.sort_by_key(|row| (row.at, row.seq));
        Ok(cash)
    }
}

impl CashRow {
    /// The rows of an entry that is about no sale.
    fn by_entry(self, balances: &mut Balances, body: &str) -> Result<Vec<Self>, JournalError> {
        let entry: Entry = serde_json::from_str(body).map_err(corrupt)?;
        match &entry.event {
            Event::CashMoved(moved) => {
                let kind = match moved.way {
                    CashWay::In => CashRowKind::In,
                    CashWay::Out => CashRowKind::Out,
                    CashWay::Drop => CashRowKind::Drop,
                };
                Ok(self.by_line(balances, moved.currency, kind, &CashLine::from(moved)))
            }
            Event::CashCounted(counted) => Ok(self.by_count(balances, counted)),
            other => Err(corrupt(format!("{} moves no cash", other.kind()))),
        }
    }

    fn by_line(
        mut self,
        balances: &mut Balances,
        currency: Currency,
        kind: CashRowKind,
        line: &CashLine,
    ) -> Vec<Self> {
        let balance = balances.entry(currency).or_default();
        balance.add(line);
        self.amount_minor = match line {
            CashLine::Taken(minor) | CashLine::In(minor) => *minor,
            CashLine::Refunded(minor) | CashLine::Out(minor) | CashLine::Dropped(minor) => {
                minor.saturating_neg()
            }
            CashLine::Counted { .. } => 0,
        };
        (self.currency, self.kind) = (currency, kind);
        self.expected_minor = balance.expected_minor;
        vec![self]
    }

    fn by_count(self, balances: &mut Balances, count: &CashCount) -> Vec<Self> {
        let currency = count.currency;
        let balance = balances.entry(currency).or_default();
        let (expected, counted_minor) = (balance.expected_minor, count.counted_minor);
        balance.add(&CashLine::from(count));
        let removed = counted_minor.saturating_sub(count.left_minor);
        let kind = match expected {
            None => CashRowKind::Float { counted_minor },
            Some(_) => CashRowKind::Count { counted_minor },
        };
        let counted = Self {
            currency,
            kind,
            amount_minor: counted_minor.saturating_sub(expected.unwrap_or_default()),
            expected_minor: Some(counted_minor),
            ..self
        };
        let taken_out = (removed != 0).then(|| Self {
            kind: CashRowKind::Removed,
            amount_minor: removed.saturating_neg(),
            expected_minor: Some(count.left_minor),
            ..counted.clone()
        });
        std::iter::once(counted).chain(taken_out).collect()
    }
}
