//! In a day of trade no payment is missed, and the gateway is not called too often.

#![expect(clippy::print_stdout, reason = "figures are printed")]

use simulation::polling::Comparison;
use simulation::polling::day::{Customer, Day};
use simulation::polling::figures::Figures;
use simulation::polling::run::Run;
use simulation::polling::simulated_till::{self, Watch};

const CALLS: u16 = 30;

fn nothing_is_lost(customers: &[Customer], run: &Run) {
    let figures = Figures::of(customers, run);
    let found = (figures.missed, figures.late_announced);
    assert_eq!(found, (0, figures.late), "{figures:?}");
    // The polls that a cashier asked for count too.
    assert!(figures.busiest_minute <= usize::from(CALLS), "{figures:?}");
    for (customer, known_ms) in customers.iter().zip(&run.paid_ms) {
        let was_paid = |known_ms| customer.pays_ms.is_some_and(|pays_ms| pays_ms <= known_ms);
        assert!(known_ms.is_none_or(was_paid), "{customer:?}: {known_ms:?}");
    }
}

#[test]
fn in_a_day_of_trade_nothing_is_lost_within_the_budget() {
    let day = Day::default();
    let compared = Comparison::of(&day, CALLS).expect("a fold");
    let most_open = compared.till.most_open;
    assert!(most_open >= day.open_at_once, "{most_open}");
    let late = compared.figures(&compared.till).late;
    assert_eq!(late, day.sales * day.late_percent / 100);
    nothing_is_lost(&compared.customers, &compared.till);

    // The same check notices what the others miss.
    for run in [&compared.open_only, &compared.fixed] {
        let figures = compared.figures(run);
        assert!(figures.missed > 0, "{figures:?}");
        assert_eq!(figures.late_announced, 0);
    }
    let fixed = compared.figures(&compared.fixed);
    assert!(fixed.busiest_minute > usize::from(CALLS), "{fixed:?}");

    let report = compared.report();
    print!("{report}");
    // `scripts/test` prints it at its end.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/figures");
    std::fs::create_dir_all(folder).expect("made");
    std::fs::write(format!("{folder}/poll-simulation.txt"), report).expect("kept");
}

#[test]
fn other_days_are_no_worse() {
    for seed in 1..6 {
        let day = Day {
            sales: 150,
            hours: 3,
            seed,
            ..Day::default()
        };
        let customers = day.customers();
        let run = simulated_till::run(&day, &customers, CALLS, Watch::All).expect("a fold");
        nothing_is_lost(&customers, &run);
    }
}
