//! A day of trade in virtual time: many sales, rushes, a gateway that fails and customers who pay late. The till's own
//! scheduler, rule of what is paid and fold play it, and so does the loop that the gateway documents, for comparison
//! (docs/polling.md, *A day of trade*).

pub mod day;
pub mod figures;
pub mod fixed_loop;
pub mod gateway;
pub mod run;
pub mod simulated_till;

use ringup_core::sale::FoldError;

use day::{Customer, Day};
use figures::Figures;
use run::Run;
use simulated_till::Watch;

/// One day, played in three ways.
#[derive(Debug, Clone)]
pub struct Comparison {
    day: Day,
    calls_per_minute: u16,
    /// The customers.
    pub customers: Vec<Customer>,
    /// The till.
    pub till: Run,
    /// The till when it polls open invoices only: the control, which must miss payments.
    pub open_only: Run,
    /// The documented loop.
    pub fixed: Run,
}

impl Comparison {
    /// Plays a day; the till has this budget.
    ///
    /// # Errors
    /// As [`simulated_till::run`].
    pub fn of(day: &Day, calls_per_minute: u16) -> Result<Self, FoldError> {
        let customers = day.customers();
        Ok(Self {
            day: *day,
            calls_per_minute,
            till: simulated_till::run(day, &customers, calls_per_minute, Watch::All)?,
            open_only: simulated_till::run(day, &customers, calls_per_minute, Watch::OpenOnly)?,
            fixed: fixed_loop::run(day, &customers),
            customers,
        })
    }

    /// The figures of one of the runs.
    pub fn figures(&self, run: &Run) -> Figures {
        Figures::of(&self.customers, run)
    }

    /// A table of all three, below a line that describes the day.
    pub fn report(&self) -> String {
        let table = figures::table(&[
            ("Ringup", self.figures(&self.till)),
            (
                "Ringup without the late watch",
                self.figures(&self.open_only),
            ),
            ("the fixed 5 s loop", self.figures(&self.fixed)),
        ]);
        let Day { sales, seed, .. } = self.day;
        let (open, calls) = (self.till.most_open, self.calls_per_minute);
        let (failing, asked) = (self.day.failing_per_mille / 10, self.till.cashiers);
        format!(
            "a day of trade: {sales} sales, up to {open} open at once, {failing} % of calls fail, budget \
             {calls} calls a minute, {asked} questions of the cashier's own, seed {seed}\n{table}"
        )
    }
}
