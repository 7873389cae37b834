//! The cash drawer from its float to the count and the Z report, on a real file and by the real program.

use ringup_core::NewTender;
use ringup_core::drawer::{CashWay, CountPurpose, Piece};
use ringup_core::error::{Code, Fault};
use ringup_core::journal::verify_file;
use ringup_core::money::{Currency, Money};
use ringup_core::sale::TenderWay;
use ringup_core::settings::TenderChoice;
use ringup_core::{Charge, CountResult, NewCashCount, NewCashMove, TillError};
use ringup_testkit::{Shop, cash_back, euros, money};

fn eur(minor: i64) -> Money {
    Money::from_minor(minor, Currency::Eur)
}

/// A shop that takes cash and counts its drawer.
async fn shop(blind_count: bool) -> Shop {
    let shop = Shop::without_polling().await;
    let mut settings = shop.till().settings();
    settings.tenders = vec![TenderChoice::Crypto, TenderChoice::Cash];
    settings.drawer.on = true;
    settings.drawer.blind_count = blind_count;
    shop.till().save_settings(settings).unwrap();
    shop
}

async fn sell(shop: &Shop, amount: &str, given: Option<&str>) -> u32 {
    let tender = NewTender {
        way: TenderWay::Cash,
        own: None,
        amount: None,
        given: given.map(|given| money(given, Currency::Eur)),
        tender: None,
    };
    let charge = Charge {
        tender: Some(tender),
        ..euros(amount)
    };
    shop.till().charge(charge).await.unwrap().number
}

async fn moved(shop: &Shop, way: CashWay, minor: i64) {
    let moved = NewCashMove {
        way,
        amount: eur(minor),
        reason: "as every day".to_owned(),
    };
    shop.till().move_cash(moved).await.unwrap();
}

async fn counted(
    shop: &Shop,
    purpose: CountPurpose,
    minor: i64,
    left: Option<i64>,
) -> Result<CountResult, TillError> {
    let count = NewCashCount {
        purpose,
        counted: eur(minor),
        pieces: Vec::new(),
        left: left.map(eur),
    };
    shop.till().count_cash(count).await
}

#[tokio::test]
async fn a_day_from_the_float_to_the_count_adds_up_to_the_cent() {
    let shop = shop(false).await;
    let float = counted(&shop, CountPurpose::Float, 15_000, None).await;
    let float = float.unwrap();
    assert_eq!((float.expected, float.left), (None, eur(15_000)));

    let coffee = sell(&shop, "13.40", Some("20")).await;
    sell(&shop, "3.50", None).await;
    let refund = cash_back(eur(340), Vec::new());
    shop.till().refund(coffee, refund).await.unwrap();
    moved(&shop, CashWay::In, 2_000).await;
    moved(&shop, CashWay::Out, 1_250).await;
    moved(&shop, CashWay::Drop, 10_000).await;
    // 150.00 + 13.40 + 3.50 - 3.40 + 20.00 - 12.50 - 100.00
    let expected = 7_100;
    let start = shop.till().count_start(Currency::Eur).await.unwrap();
    assert_eq!(start.expected, Some(eur(expected)));

    // Ten cents are missing; 50.00 stay for tomorrow.
    let count = counted(&shop, CountPurpose::Count, expected - 10, Some(5_000)).await;
    let count = count.unwrap();
    assert_eq!(count.expected, Some(eur(expected)));
    assert_eq!(count.difference, Some(eur(-10)));
    let close = shop.till().close_day(false).await.unwrap();
    let drawer = close.drawer[&Currency::Eur];
    assert_eq!(drawer.start, Some(eur(15_000)));
    assert_eq!(drawer.removed, eur(2_090));
    assert_eq!((drawer.taken, drawer.refunded), (eur(1_690), eur(340)));
    assert_eq!((drawer.paid_in, drawer.paid_out), (eur(2_000), eur(1_250)));
    assert_eq!((drawer.dropped, drawer.difference), (eur(10_000), eur(-10)));
    assert_eq!(drawer.expected, Some(eur(5_000)));

    // The next day begins with what was left.
    sell(&shop, "3.50", None).await;
    let next = shop.till().close_day(false).await.unwrap();
    let drawer = next.drawer[&Currency::Eur];
    assert_eq!(drawer.start, Some(eur(5_000)));
    assert_eq!(drawer.expected, Some(eur(5_350)));
    assert_eq!(drawer.counted, None);
    let verified = verify_file(&shop.config.journal());
    verified.expect("readable").expect("whole");
}

#[tokio::test]
async fn a_blind_count_says_what_was_missing_only_afterwards() {
    let shop = shop(true).await;
    counted(&shop, CountPurpose::Float, 10_000, None)
        .await
        .unwrap();
    sell(&shop, "5", None).await;
    let start = shop.till().count_start(Currency::Eur).await.unwrap();
    assert_eq!(start.expected, None);
    assert_eq!(start.pieces.first(), Some(&eur(50_000)));
    let drawer = shop.till().report(None).await.unwrap().drawer;
    assert_eq!(drawer[&Currency::Eur].expected, None);
    let count = counted(&shop, CountPurpose::Count, 10_400, None).await;
    assert_eq!(count.unwrap().difference, Some(eur(-100)));
}

#[tokio::test]
async fn what_cannot_be_right_is_refused_and_nothing_is_written() {
    let shop = shop(false).await;
    let before = shop.entry_kinds();
    let too_much = counted(&shop, CountPurpose::Count, 100, Some(101)).await;
    assert_eq!(Fault::from(too_much.unwrap_err()).code, Code::CountWrong);
    for (piece, count) in [(100, 2), (30, 5)] {
        let pieces = NewCashCount {
            purpose: CountPurpose::Count,
            counted: eur(150),
            pieces: vec![Piece {
                minor: piece,
                count,
            }],
            left: None,
        };
        let differ = shop.till().count_cash(pieces).await.unwrap_err();
        assert_eq!(Fault::from(differ).code, Code::CountWrong, "{piece}");
    }
    for minor in [0, -100] {
        let nothing = NewCashMove {
            way: CashWay::Out,
            amount: eur(minor),
            reason: "x".to_owned(),
        };
        assert!(shop.till().move_cash(nothing).await.is_err());
    }
    let unreasoned = NewCashMove {
        way: CashWay::Drop,
        amount: eur(100),
        reason: " ".to_owned(),
    };
    let refused = shop.till().move_cash(unreasoned).await.unwrap_err();
    assert_eq!(Fault::from(refused).code, Code::ReasonMissing);
    assert_eq!(shop.entry_kinds(), before);

    // A shop without a drawer never hears of one.
    let mut settings = shop.till().settings();
    settings.drawer.on = false;
    shop.till().save_settings(settings).unwrap();
    let off = counted(&shop, CountPurpose::Float, 100, None).await;
    assert_eq!(Fault::from(off.unwrap_err()).code, Code::DrawerOff);
    assert!(shop.till().drawer().await.unwrap().is_empty());
}
