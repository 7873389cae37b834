//! A day of trade in virtual time: many sales, rushes, a gateway that fails and customers who pay late.
//! The till's own scheduler, rule of *paid* and fold go through it, and so does the loop that the gateway
//! documents, to be compared in one table.

pub mod day;
pub mod figures;
pub mod fixed_loop;
pub mod gateway;
pub mod paced;
pub mod run;

use ringup_core::sale::FoldError;

use day::{Customer, Day};
use figures::Figures;
use paced::Watch;
use run::Run;

/// One day, gone through in three ways.
#[derive(Debug, Clone)]
pub struct Comparison {
    day: Day,
    calls_per_minute: u16,
    /// Who came.
    pub customers: Vec<Customer>,
    /// The till.
    pub paced: Run,
    /// The till without its late watch: the control, which must miss payments.
    pub blind: Run,
    /// The documented loop.
    pub fixed: Run,
}

impl Comparison {
    /// A day of a till that may ask so often in a minute.
    ///
    /// # Errors
    /// As [`paced::run`].
    pub fn of(day: &Day, calls_per_minute: u16) -> Result<Self, FoldError> {
        let customers = day.customers();
        Ok(Self {
            day: *day,
            calls_per_minute,
            paced: paced::run(day, &customers, calls_per_minute, Watch::Whole)?,
            blind: paced::run(day, &customers, calls_per_minute, Watch::WithoutLate)?,
            fixed: fixed_loop::run(day, &customers),
            customers,
        })
    }

    /// What one of its runs was worth.
    pub fn figures(&self, run: &Run) -> Figures {
        Figures::of(&self.customers, run)
    }

    /// All in one table, with a line above it that says which day it was.
    pub fn report(&self) -> String {
        let table = figures::table(&[
            ("Ringup", self.figures(&self.paced)),
            ("Ringup without the late watch", self.figures(&self.blind)),
            ("the fixed 5 s loop", self.figures(&self.fixed)),
        ]);
        let Day { sales, seed, .. } = self.day;
        let (open, calls) = (self.paced.most_open, self.calls_per_minute);
        let (failing, asked) = (self.day.failing_per_mille / 10, self.paced.cashiers);
        format!(
            "a day of trade: {sales} sales, up to {open} open at once, {failing} % of calls fail, budget \
             {calls} calls a minute, {asked} questions of the cashier's own, seed {seed}\n{table}"
        )
    }
}
