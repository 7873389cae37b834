//! What a run of the crash loop counted, and the text that it prints.

use std::collections::BTreeMap;
use std::fmt;

use ringup_core::failpoints::Failpoint;

/// Counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Kills.
    pub cycles: u32,
    /// Kills at each point.
    pub at: BTreeMap<Failpoint, u32>,
    /// Kills at a random moment.
    pub at_random: u32,
    /// Kills at the end of a cycle that never reached its point.
    pub missed: u32,
    /// Times that everything was compared.
    pub checks: u32,
    /// Sales in the journals.
    pub sales: u64,
    /// Charges acknowledged, including repeated taps.
    pub acknowledged: u64,
    /// Views of a sale that a screen would have shown.
    pub shown: u64,
    /// Requests that reached the gateway.
    pub requested: u64,
    /// Attempts that became uncertain.
    pub uncertain: u64,
    /// Payments, all of them found.
    pub paid: u64,
    /// Refunds in the journals.
    pub refunds: u64,
    /// Sales that were written off.
    pub written_off: u64,
    /// Closes that the till acknowledged.
    pub closes: u64,
    /// Tenders in cash in the journals, those that were taken back included.
    pub tenders: u64,
    /// Counts of the drawer that the till acknowledged.
    pub counts: u64,
    /// Changes of the settings that the till acknowledged.
    pub saves: u64,
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "  {} kills: {} at a named point, {} at random, {} past their point; {} comparisons",
            self.cycles,
            self.at.values().sum::<u32>(),
            self.at_random,
            self.missed,
            self.checks
        )?;
        for (point, kills) in &self.at {
            writeln!(f, "    {kills:>5} {point:?}")?;
        }
        write!(
            f,
            "  {} sales, {} charges acknowledged, {} views shown, {} requests at the gateway, \
             {} attempts uncertain, {} payments found, {} refunds, {} written off, {} closes, \
             {} tenders in cash, {} counts of the drawer, {} changes of settings",
            self.sales,
            self.acknowledged,
            self.shown,
            self.requested,
            self.uncertain,
            self.paid,
            self.refunds,
            self.written_off,
            self.closes,
            self.tenders,
            self.counts,
            self.saves
        )
    }
}
