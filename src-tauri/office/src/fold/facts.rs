//! What is known of a till beyond its sales: who it is, what it has taken since its last close, what is in its drawer.

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::drawer::{Balance, CashLine};
use ringup_core::ids::TillCode;
use ringup_core::money::Currency;
use ringup_core::sale::{
    DayClose, DayTotals, Entry, Event, LedgerLine, OwnTender, ReceiptMedium, ReceiptOutcome,
};
use serde::{Deserialize, Serialize};

use crate::book::{PrinterOutcome, PrinterState};

/// Most names of a kind that are kept of a till: a shop has a handful.
const MAX_NAMES: usize = 100;

/// A name of a reasonable length.
fn clipped(name: &str) -> String {
    name.chars().take(100).collect()
}

/// What the entries tell of a till. Kept as JSON, and made anew when the fold's version is raised.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TillFacts {
    /// The short code that its journal was opened with.
    pub(crate) opening_code: Option<TillCode>,
    /// The one that it has now.
    pub(crate) code: Option<TillCode>,
    pub(crate) gateway: Option<String>,
    /// The version of the program that was started last.
    pub(crate) version: Option<String>,
    /// When its last entry was written, by its clock.
    pub(crate) last_entry_unix_ms: Option<i64>,
    pub(crate) printer: Option<PrinterState>,
    /// The shop's own tenders, by id, as they were called last. Left out where there are none, by which those tills that have
    /// some are found.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) own_tenders: BTreeMap<String, String>,
    /// The number of the last close, and when it was written.
    pub(crate) last_close: Option<(u32, i64)>,
    /// The sums since then.
    pub(crate) since_close: DayTotals,
    /// The cash drawer since then.
    pub(crate) drawer: BTreeMap<Currency, Balance>,
    /// The kinds of entries that were passed over.
    pub(crate) passed_over: BTreeSet<String>,
}

impl TillFacts {
    /// Takes an entry into account, whose ledger lines were added before.
    pub(super) fn apply(&mut self, entry: &Entry) {
        self.last_entry_unix_ms = Some(entry.at.0);
        match &entry.event {
            Event::JournalOpened { code, gateway, .. } => {
                self.opening_code = Some(code.clone());
                self.code = Some(code.clone());
                self.gateway.clone_from(gateway);
            }
            Event::TillCodeChanged { code } => self.code = Some(code.clone()),
            Event::GatewayBound { gateway } => self.gateway = Some(gateway.clone()),
            Event::ProgramStarted { version, .. } => self.version = Some(version.clone()),
            Event::TenderTaken { own: Some(own), .. }
            | Event::SaleRefunded { own: Some(own), .. } => self.call(own),
            Event::CashMoved(moved) => self.move_cash(moved.currency, &CashLine::from(moved)),
            Event::CashCounted(count) => self.move_cash(count.currency, &CashLine::from(count)),
            Event::ReceiptMade {
                medium: ReceiptMedium::Printer,
                outcome,
                ..
            } => {
                self.printer = Some(PrinterState {
                    outcome: match outcome {
                        None => PrinterOutcome::Made,
                        Some(ReceiptOutcome::Unconfirmed) => PrinterOutcome::Unconfirmed,
                        Some(ReceiptOutcome::Failed) => PrinterOutcome::Failed,
                    },
                    at_unix_ms: entry.at.0,
                });
            }
            Event::DayClosed(close) => self.close(close, entry.at.0),
            _ => {}
        }
    }

    /// Adds a ledger line.
    pub(super) fn add_line(&mut self, line: &LedgerLine) {
        self.since_close.add(line);
        if let Some(cash) = line.cash() {
            self.move_cash(line.amount.currency(), &cash);
        }
    }

    /// Whether a close says what the entries since the one before add up to. Where entries were passed over, nobody can
    /// tell.
    pub(super) fn agrees_with(&self, close: &DayClose) -> bool {
        let own = self.since_close.clone().by_rule(close.sums_rule);
        !self.passed_over.is_empty() || own == close.totals
    }

    /// Notes a kind that is not known.
    pub(super) fn pass_over(&mut self, kind: &str) {
        if self.passed_over.len() < MAX_NAMES {
            self.passed_over.insert(clipped(kind));
        }
    }

    fn move_cash(&mut self, currency: Currency, line: &CashLine) {
        self.drawer.entry(currency).or_default().add(line);
    }

    fn call(&mut self, own: &OwnTender) {
        if self.own_tenders.len() < MAX_NAMES {
            self.own_tenders
                .insert(clipped(&own.id), clipped(&own.name));
        }
    }

    fn close(&mut self, close: &DayClose, at_unix_ms: i64) {
        self.last_close = Some((close.z, at_unix_ms));
        self.since_close = DayTotals::default();
        self.drawer.retain(|_, it| it.expected_minor.is_some());
        for balance in self.drawer.values_mut() {
            *balance = Balance::beginning(balance.expected_minor);
        }
    }
}
