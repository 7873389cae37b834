//! A fold that is ended between any two of its steps loses and doubles nothing.

use std::process::Command;

use super::{NOW, Opened, send_all, shops};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fold_that_ends_between_two_steps_goes_on_where_it_was() {
    for book in Opened::both().await {
        let store = &book.store;
        let mut shops = shops(store, 90..92, 250).await;
        send_all(store, &mut shops).await;
        let mut killed = 0;
        for point in [
            "folded",
            "fold_position_written",
            "fold_written",
            "fold_committed",
        ] {
            for passes in ["0", "1"] {
                // Each begins with rows of older rules.
                (book.change)("UPDATE folded SET version = 7");
                let mut fold = Command::new(env!("CARGO_BIN_EXE_office-fold"));
                let ended = fold
                    .args([&book.place, "--end-at", point, "--passes", passes])
                    .status()
                    .unwrap();
                killed += u32::from(!ended.success());
                for (shop, _) in &shops {
                    half_way(store, shop).await;
                }
            }
        }
        assert_eq!(killed, 8);
        assert_eq!(store.fold_all(NOW).await.unwrap().held, 0);
        for (shop, _) in &shops {
            super::is_its_own(store, shop).await;
        }
    }
}

/// Whether the sums and the sales are those of the same entries, wherever the fold has ended.
async fn half_way(store: &ringup_office::store::Store, shop: &office_tests::RandomShop) {
    let id = shop.journal.till().to_string();
    let states = store.till_states().await.unwrap();
    let state = states.iter().find(|it| it.till == id).unwrap();
    let of_till = ringup_office::book::SalesQuery {
        till: Some(id.clone()),
        ..Default::default()
    };
    let sales = super::all_sales(store, &of_till).await;
    let newest = sales.iter().map(|sale| sale.revision).max().unwrap_or(0);
    assert!(newest <= state.folded_seq, "{newest} {}", state.folded_seq);
    let mut payments = 0;
    for day in &shop.days {
        let book = store.day(*day, &office_tests::zone(), NOW).await.unwrap();
        let till = book.tills.iter().find(|it| it.till == id).unwrap();
        payments += till.totals.0.values().map(|it| it.payments).sum::<i64>();
    }
    let mut own = 0;
    for sale in &sales {
        let detail = store
            .sale(id.parse().unwrap(), sale.number, &office_tests::zone())
            .await
            .unwrap()
            .unwrap()
            .detail;
        let tenders = detail.sale.tenders.iter();
        own += i64::try_from(tenders.filter(|it| it.taken_back.is_none()).count()).unwrap();
        let paid = detail.attempts.iter();
        let paid = paid.filter(|it| it.paid_at_unix_ms.is_some() && !it.test);
        own += i64::try_from(paid.count()).unwrap();
    }
    assert_eq!(payments, own);
}
