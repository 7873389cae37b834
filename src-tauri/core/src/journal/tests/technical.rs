//! Technical events between sales: sums, lists, verify and a restore pass over them.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use super::{Shop, refund, sell};
use crate::ids::SaleNumber;
use crate::sale::{DayTotals, DrawerReason, SignOnProof, StaffChange};
use crate::staff::Role;

fn technical(choice: u8) -> Event {
    let fingerprint = || "0123456789abcdef".to_owned();
    match choice % 9 {
        0 => Event::KeyChanged {
            fingerprint: Some(fingerprint()),
        },
        1 => Event::ProgramStarted {
            version: "0.1.0".to_owned(),
            settings: fingerprint(),
        },
        2 => Event::SettingsChanged {
            fields: vec!["currency".to_owned()],
            settings: fingerprint(),
            shared: (choice > 9).then_some(7),
        },
        3 => Event::PinChanged { set: true },
        4 => Event::PinRefused {
            count: 3,
            cashier: None,
        },
        5 => Event::DrawerOpened {
            why: DrawerReason::Receipt,
            number: Some(SaleNumber(1)),
            reason: None,
        },
        6 => Event::StaffChanged {
            cashier: "Anna".to_owned(),
            change: StaffChange::Added,
            role: Some(Role::Owner),
            fields: vec!["pin".to_owned()],
        },
        7 => Event::SignedOn {
            cashier: Some("Anna".to_owned()),
            proof: Some(SignOnProof::Pin),
        },
        _ => Event::PracticeReset { entries: Some(9) },
    }
}

/// What a book shows of its sales, without their ids.
fn shown(file: &mut JournalFile) -> (DayTotals, Vec<SaleNumber>, usize, Vec<u32>) {
    let open = file.open_sales().expect("listed");
    let watched = file.watched("api.cru.cash").expect("listed").len();
    let (totals, _, _) = file.since_close().expect("counted");
    let mut exported = Vec::new();
    let mut number = 0;
    while let Some(sale) = file.sale(SaleNumber(number + 1)).expect("read") {
        exported.push(sale.refunds.len().try_into().expect("few"));
        number += 1;
    }
    let open = open.iter().map(|sale| sale.number).collect();
    (totals, open, watched, exported)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn between_sales_they_change_no_sum(steps in proptest::collection::vec(0..10_u8, 1..24)) {
        let (shop, quiet) = (Shop::new(), Shop::new());
        let (mut file, mut without) = (shop.open(), quiet.open());
        let mut expected = BTreeMap::new();
        for step in steps {
            if step < 3 {
                for file in [&mut file, &mut without] {
                    let sale = sell(file, step > 0);
                    if step == 2 {
                        refund(file, &sale, 250);
                    }
                }
            } else {
                let event = technical(step);
                let count = if let Event::PinRefused { count, .. } = event { count } else { 1 };
                *expected.entry(event.kind().to_owned()).or_insert(0) += u64::from(count);
                file.append_event(event, UnixMs(3000)).expect("written");
            }
            prop_assert_eq!(shown(&mut file), shown(&mut without));
        }
        let request = || CloseRequest {
            day: "2026-11-21".to_owned(),
            zone: "Europe/Berlin".to_owned(),
            carry_open: true,
        };
        let mut closes = Vec::new();
        for file in [&mut file, &mut without] {
            let CloseOutcome::Closed(close) = file.close_day(request(), UnixMs(9000)).expect("answered") else {
                panic!("not closed");
            };
            closes.push(close);
            file.verify().expect("read").expect("whole");
        }
        prop_assert_eq!(&closes[0].close.totals, &closes[1].close.totals);
        prop_assert_eq!(&closes[0].close.grand, &closes[1].close.grand);
        prop_assert_eq!(&closes[0].close.open, &closes[1].close.open);
        prop_assert_eq!(&closes[0].events, &expected);
        prop_assert!(closes[1].events.is_empty());
    }
}

#[test]
fn a_restore_takes_over_sales_and_passes_over_them() {
    let shop = Shop::new();
    let mut file = shop.open();
    file.append_event(technical(1), UnixMs(2000))
        .expect("written");
    sell(&mut file, true);
    let copy = shop.path.with_file_name("copy.sqlite");
    back_up(&shop.path, Purpose::Live, &copy).expect("copied");
    for choice in 0..7 {
        file.append_event(technical(choice), UnixMs(3000))
            .expect("written");
    }
    let open = sell(&mut file, false);
    file.append_event(technical(4), UnixMs(4000))
        .expect("written");
    drop(file);
    let facts = RestoreFacts::default();
    restore(
        &shop.path,
        Purpose::Live,
        &copy,
        NewerEntries::Lose,
        facts,
        UnixMs(5000),
    )
    .expect("restored");
    let file = shop.open();
    let watched = file.watched("api.cru.cash").expect("listed");
    assert!(
        watched.iter().any(|it| it.number == open.number),
        "taken over"
    );
    let kinds: Vec<_> = file
        .technical_entries(UnixMs(0), UnixMs(9000))
        .expect("listed")
        .iter()
        .map(|entry| entry.event.kind())
        .collect();
    assert_eq!(
        kinds,
        ["journal_opened", "program_started", "journal_restored"]
    );
    file.verify().expect("read").expect("whole");
}
