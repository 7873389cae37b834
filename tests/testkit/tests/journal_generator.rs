//! The generator writes journals that verify and hold everything that a shop meets, always the same for the same seed.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::journal::{Verified, verify_file};
use ringup_core::sale::{SaleState, SaleView};
use ringup_core::settings::Settings;
use ringup_core::{SalesQuery, Till};
use ringup_testkit::journal_generator::{Plan, calendar, write};

const SMALL: Plan = Plan {
    sales: 400,
    days: 5,
    seed: 7,
};

fn written(folder: &Path, plan: Plan) -> Verified {
    let journal = folder.join("journal.sqlite");
    let mut told = 0;
    write(&journal, plan, |sold| told = sold).expect("written");
    assert_eq!(told, plan.sales);
    verify_file(&journal).expect("readable").expect("whole")
}

async fn till(folder: &Path) -> Till {
    let folder = folder.to_str().expect("a name").to_owned();
    let config = Config::read(|name| (name == "RINGUP_DATA_DIR").then(|| folder.clone()));
    let clock = Clock::from_fn(|| calendar::until().plus(1));
    let till = Till::open_without_polling(&config.expect("enough"), clock).await;
    let till = till.expect("opens");
    let zone = Some(calendar::zone().name().to_owned());
    let settings = Settings {
        zone,
        ..Settings::default()
    };
    till.save_settings(settings).expect("kept");
    till
}

async fn all(till: &Till, query: SalesQuery) -> Vec<SaleView> {
    let mut query = SalesQuery {
        limit: Some(50),
        ..query
    };
    let mut sales = Vec::new();
    loop {
        let page = till.sales(query.clone()).await.expect("read");
        sales.extend(page.sales);
        query.before = page.next_before;
        if query.before.is_none() {
            return sales;
        }
    }
}

#[test]
fn the_same_seed_is_the_same_journal() {
    let few = Plan { sales: 60, ..SMALL };
    let [one, again, other] = [few, few, Plan { seed: 8, ..few }].map(|plan| {
        let folder = tempfile::tempdir().expect("a folder");
        written(folder.path(), plan)
    });
    assert_eq!(one, again);
    assert_ne!(one.head, other.head);
}

#[tokio::test]
async fn a_small_shop_is_whole_and_its_book_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let verified = written(folder.path(), SMALL);
    assert_eq!(verified.sales, u64::from(SMALL.sales));
    let till = till(folder.path()).await;

    let closes = till.closes(None).await.expect("listed");
    assert_eq!(closes.len(), 4, "every day but the last");
    let report = till.report(None).await.expect("counted");
    assert!(!report.totals.0.is_empty());
    assert_eq!(
        closes[0].grand.clone().plus(&report.since_close),
        report.grand
    );

    let sales = all(&till, SalesQuery::default()).await;
    let numbers: BTreeSet<_> = sales.iter().map(|sale| sale.number).collect();
    assert_eq!(numbers, (1..=SMALL.sales).collect());
    let states: BTreeSet<_> = sales.iter().map(|sale| sale.state.as_str()).collect();
    for state in [SaleState::Paid, SaleState::Ended, SaleState::Refused] {
        assert!(states.contains(state.as_str()), "{states:?}");
    }
    for (what, there) in [
        ("late", sales.iter().any(|sale| sale.late)),
        ("test", sales.iter().any(|sale| sale.test)),
        ("refunded", sales.iter().any(|sale| sale.refunded.is_some())),
        ("tip", sales.iter().any(|sale| sale.tip.is_some())),
    ] {
        assert!(there, "none is {what}");
    }
    let noted = sales.iter().find(|sale| sale.note.is_some());
    let noted = noted.expect("a note");
    let search = noted.note.clone();
    let found = all(
        &till,
        SalesQuery {
            search,
            ..SalesQuery::default()
        },
    )
    .await;
    assert!(found.iter().any(|sale| sale.number == noted.number));
}
