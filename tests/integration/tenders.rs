//! Tenders with a real gateway and a real journal: a split, a mind that changed, a day of cash without key and network,
//! and what can be taken back.

use ringup_core::cash::CashRounding;
use ringup_core::drawer::CountPurpose;
use ringup_core::error::{Code, Fault};
use ringup_core::money::{Currency, Money};
use ringup_core::sale::{OwnTender, RefundWay, SaleState, SaleView, TenderWay};
use ringup_core::settings::{Settings, TenderChoice};
use ringup_core::{Charge, NewCashCount, NewRefund, NewTender, TillError};

use ringup_testkit::{Desktop, GatewayProgram, KeychainState, Shop, euros, run};

fn eur(minor: i64) -> Money {
    Money::from_minor(minor, Currency::Eur)
}

fn cash(given: Option<i64>) -> NewTender {
    NewTender {
        way: TenderWay::Cash,
        own: None,
        amount: None,
        given: given.map(eur),
        tender: None,
    }
}

async fn shop() -> Shop {
    let shop = Shop::open().await;
    let settings = Settings {
        tenders: vec![TenderChoice::Crypto, TenderChoice::Cash, TenderChoice::Card],
        ..Settings::default()
    };
    shop.till().save_settings(settings).unwrap();
    shop
}

async fn sold_for(shop: &Shop, amount: &str, tender: NewTender) -> Result<SaleView, TillError> {
    let charge = Charge {
        tender: Some(tender),
        ..euros(amount)
    };
    shop.till().charge(charge).await
}

fn code(error: TillError) -> Code {
    Fault::from(error).code
}

#[tokio::test]
async fn twenty_in_cash_and_the_rest_in_crypto() {
    let shop = shop().await;
    let sale = sold_for(&shop, "32.50", cash(Some(2000))).await.unwrap();
    assert_eq!(sale.state, SaleState::PartPaid);
    assert_eq!((sale.outstanding, sale.change), (eur(1250), Some(eur(0))));
    assert_eq!(sale.attempt, 0);

    let sale = shop.till().try_again(sale.number).await.unwrap();
    assert_eq!(sale.state, SaleState::Awaiting);
    assert_eq!(sale.attempt_amount, Some(eur(1250)));
    shop.till().qr(sale.number).await.unwrap();
    let id = sale.invoice_id.unwrap();
    shop.control.pay(&id).unwrap();
    let sale = shop.wait_for_state(sale.number, SaleState::Paid).await;
    assert_eq!((sale.outstanding, sale.paid_twice), (eur(0), false));
    let report = shop.till().report(None).await.unwrap();
    let sums = &report.totals.0[&Currency::Eur];
    assert_eq!((sums.payments, sums.paid_minor), (2, 3250));
    assert_eq!(sums.tenders["cash"].paid_minor, 2000);
    assert_eq!(sums.tenders["crypto"].paid_minor, 1250);
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_refund_in_cash_is_rounded_as_the_sale_was() {
    let shop = shop().await;
    let settings = Settings {
        cash_rounding: [(Currency::Eur, CashRounding::Five)].into(),
        ..shop.till().settings()
    };
    shop.till().save_settings(settings).unwrap();
    let back = |minor: i64, way| NewRefund {
        amount: eur(minor),
        lines: Vec::new(),
        way,
        own: None,
        reason: "cold".into(),
    };
    let sums = async || {
        let report = shop.till().report(None).await.unwrap();
        report.totals.0[&Currency::Eur].clone()
    };
    let sale = sold_for(&shop, "13.42", cash(Some(2000))).await.unwrap();
    assert_eq!(sums().await.rounding_minor, -2);
    let preview = shop
        .till()
        .refund_preview(sale.number, eur(1342), &[])
        .await
        .unwrap();
    assert_eq!(preview.cash_rounding, Some(eur(-2)));
    shop.till()
        .refund(sale.number, back(1342, RefundWay::Cash))
        .await
        .unwrap();
    let left = sums().await;
    assert_eq!(
        left.rounding_minor, 0,
        "what came in rounded went out rounded"
    );
    assert_eq!(left.tenders["cash"].refunds_minor, 1342);
    // It went back by card after all: the drawer has its 13.40 again.
    shop.till()
        .void_refund(sale.number, 1, "by card")
        .await
        .unwrap();
    assert_eq!(sums().await.rounding_minor, -2);
    shop.till()
        .refund(sale.number, back(1342, RefundWay::Card))
        .await
        .unwrap();
    assert_eq!(
        sums().await.rounding_minor,
        -2,
        "a card gives back the cent"
    );
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_mind_that_changed_while_the_code_stood_and_paid_as_well_rings() {
    let shop = shop().await;
    let (number, id) = shop.open_sale().await;
    let card = NewTender {
        way: TenderWay::Card,
        ..cash(None)
    };
    let sale = shop.till().take_tender(number, card).await.unwrap();
    assert_eq!((sale.state, sale.unseen), (SaleState::Paid, false));
    assert_eq!(
        code(shop.till().qr(number).await.unwrap_err()),
        Code::QrNone
    );
    shop.control.pay(&id).unwrap();
    let sale = shop.wait_for_sale(number, |sale| sale.paid_twice).await;
    assert!(sale.unseen);
    assert_eq!(sale.overpaid, Some(sale.amount));
    let alarms = shop.till().list_alarms().await.unwrap();
    assert_eq!(
        alarms.iter().map(|it| it.number).collect::<Vec<_>>(),
        [number]
    );
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_day_of_cash_needs_no_network_and_is_closed() {
    let mut shop = shop().await;
    shop.stop_gateway().await;
    let crypto = shop.till().charge(euros("5.00")).await.unwrap();
    assert_eq!(crypto.state, SaleState::Refused);
    // Less than the gateway's minimum.
    let sale = sold_for(&shop, "0.30", cash(None)).await.unwrap();
    assert_eq!((sale.state, sale.test), (SaleState::Paid, false));
    let sale = sold_for(&shop, "13.40", cash(Some(2000))).await.unwrap();
    assert_eq!((sale.state, sale.change), (SaleState::Paid, Some(eur(660))));
    let twice = NewTender {
        tender: Some(1),
        ..cash(Some(2000))
    };
    let again = shop.till().take_tender(sale.number, twice).await.unwrap();
    assert_eq!(again.tenders.len(), 1, "what is sent twice is taken once");
    let too_much = shop.till().take_tender(sale.number, cash(None)).await;
    assert_eq!(code(too_much.unwrap_err()), Code::TenderTooMuch);
    let close = shop.till().close_day(false).await.unwrap();
    let sums = &close.totals.0[&Currency::Eur];
    assert_eq!((sums.payments, sums.paid_minor), (2, 1370));
    assert_eq!(sums.tenders["cash"].payments, 2);
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_tender_is_taken_back_until_the_z_and_not_after() {
    let shop = shop().await;
    let off = NewTender {
        way: TenderWay::Own,
        own: Some("voucher".to_owned()),
        ..cash(None)
    };
    let refused = sold_for(&shop, "13.40", off).await.unwrap_err();
    assert_eq!(code(refused), Code::TenderOff);
    let first = sold_for(&shop, "13.40", cash(None)).await.unwrap().number;
    let sale = shop
        .till()
        .take_back_tender(first, 1, "it was a card")
        .await;
    let sale = sale.unwrap();
    assert_eq!(
        (sale.state, sale.outstanding),
        (SaleState::PartPaid, eur(1340))
    );
    let again = shop.till().take_back_tender(first, 1, "again").await;
    assert_eq!(code(again.unwrap_err()), Code::TenderUnknown);
    shop.till()
        .take_tender(first, cash(Some(1500)))
        .await
        .unwrap();
    let close = shop.till().close_day(false).await.unwrap();
    let sums = &close.totals.0[&Currency::Eur];
    assert_eq!((sums.payments, sums.paid_minor), (1, 1340));
    assert_eq!((sums.taken_back, sums.taken_back_minor), (1, 1340));
    let late = shop.till().take_back_tender(first, 2, "too late").await;
    assert_eq!(code(late.unwrap_err()), Code::TenderClosed);
    shop.assert_whole().await;
}

/// A refund of one euro.
fn refund(way: RefundWay, own: Option<&str>) -> NewRefund {
    NewRefund {
        amount: eur(100),
        lines: Vec::new(),
        way,
        own: own.map(str::to_owned),
        reason: "cold".to_owned(),
    }
}

#[tokio::test]
async fn money_goes_back_by_card_and_by_the_shops_own_tender() {
    let shop = shop().await;
    let mut settings = shop.till().settings();
    settings.drawer.on = true;
    settings.tenders.push(TenderChoice::Own(OwnTender {
        id: "v".to_owned(),
        name: "Gutschein".to_owned(),
    }));
    shop.till().save_settings(settings.clone()).unwrap();
    let count = NewCashCount {
        purpose: CountPurpose::Float,
        counted: eur(10_000),
        pieces: Vec::new(),
        left: None,
    };
    shop.till().count_cash(count).await.unwrap();
    let number = sold_for(&shop, "13.40", cash(None)).await.unwrap().number;
    let refund_by = |way, own| shop.till().refund(number, refund(way, own));
    refund_by(RefundWay::Card, None).await.unwrap();
    refund_by(RefundWay::Own, Some("v")).await.unwrap();
    for (way, own) in [
        (RefundWay::Own, None),
        (RefundWay::Own, Some("x")),
        (RefundWay::Card, Some("v")),
    ] {
        let refused = refund_by(way, own).await;
        assert_eq!(
            code(refused.unwrap_err()),
            Code::TenderOff,
            "{way:?} {own:?}"
        );
    }
    settings.tenders.retain(|it| *it != TenderChoice::Card);
    shop.till().save_settings(settings).unwrap();
    let refused = refund_by(RefundWay::Card, None).await;
    assert_eq!(
        code(refused.unwrap_err()),
        Code::TenderOff,
        "cards are switched off"
    );

    let close = shop.till().close_day(false).await.unwrap();
    let sums = &close.totals.0[&Currency::Eur];
    let refunds = |word: &str| (sums.tenders[word].refunds, sums.tenders[word].refunds_minor);
    assert_eq!((refunds("card"), refunds("own:v")), ((1, 100), (1, 100)));
    assert_eq!(sums.tenders["cash"].refunds, 0);
    let drawer = close.drawer[&Currency::Eur];
    assert_eq!(
        (drawer.refunded, drawer.expected),
        (eur(0), Some(eur(11_340))),
        "no cash went back"
    );
    shop.assert_whole().await;
}

#[test]
fn the_command_line_takes_cash_without_a_key_and_tells_the_change() {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let remote = GatewayProgram::start(&desktop);
    let charge = || {
        let mut charge = remote.ringup(&desktop);
        charge.args([
            "charge", "13.40", "EUR", "--tender", "cash", "--given", "20",
        ]);
        charge
    };
    let (code, _, error) = run(&mut charge());
    assert_eq!(code, 2, "cash is not switched on: {error}");
    assert!(error.starts_with("tender_off:"), "{error}");
    let settings = r#"{"tenders":[{"way":"cash"}],"cash_rounding":{"EUR":"five"}}"#;
    std::fs::write(desktop.data_dir().join("settings.json"), settings).unwrap();
    let (code, out, error) = run(charge().arg("--json"));
    assert_eq!(code, 0, "{error}");
    let sale: serde_json::Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(sale["state"], "paid");
    assert_eq!(sale["change"], "6.60");
    assert_eq!(sale["outstanding"], "0.00");
    assert_eq!(sale["tenders"][0]["given"], "20.00");
    let (code, out, _) = run(&mut charge());
    assert_eq!(code, 0);
    assert!(out.contains("change 6.60"), "{out}");
}
