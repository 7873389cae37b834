//! The connection to the gateway: what the screen is told about it, and what the till does without it.

use std::time::Duration;

use ringup_core::error::{Code, Fault};
use ringup_core::sale::SaleState;
use ringup_core::{NetworkState, TillEvent};
use ringup_practice::{CallFault, Endpoint, FaultRule, StatusFault, Target};

use ringup_testkit::gateway::status_with_body;
use ringup_testkit::{Shop, euros};

fn network(event: TillEvent) -> Option<NetworkState> {
    match event {
        TillEvent::NetworkChanged(state) => Some(state),
        _ => None,
    }
}

/// Waits until the network is in another state, which is this one.
async fn becomes(shop: &mut Shop, state: NetworkState) {
    assert_eq!(shop.wait_for_events(1, network).await, [state]);
}

/// A shop with two open sales whose gateway refuses the key for every invoice; their numbers, the first's invoice.
async fn with_a_refused_key() -> (Shop, [u32; 2], String) {
    let mut shop = Shop::open().await;
    let (first, invoice) = shop.open_sale().await;
    let (second, _) = shop.open_sale().await;
    let refused = FaultRule::next(Target::Info, CallFault::Status(StatusFault::new(403)));
    shop.control.add_fault(refused.always()).unwrap();
    becomes(&mut shop, NetworkState::KeyRefused).await;
    (shop, [first, second], invoice)
}

#[tokio::test]
async fn one_blip_is_not_offline_and_an_answer_is_online() {
    let mut shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    let down = CallFault::Status(StatusFault::new(503));
    let rule = FaultRule::next(Target::Info, down).times(4);
    shop.control.add_fault(rule).unwrap();
    use NetworkState::{Offline, Online, Retrying};
    assert_eq!(
        shop.wait_for_events(3, network).await,
        [Retrying, Offline, Online]
    );
    assert_eq!(shop.till().network(), Online);
    shop.pay(number, &invoice).await;
}

#[tokio::test]
async fn a_gateway_that_answers_no_is_there() {
    let mut shop = Shop::open().await;
    let (_, invoice) = shop.open_sale().await;
    let unknown = CallFault::Status(status_with_body(
        404,
        r#"{"error":{"code":"unknown","message":"no"}}"#,
    ));
    let rule = FaultRule::next(Target::Info, unknown).times(4);
    shop.control.add_fault(rule).unwrap();
    shop.control.pay(&invoice).unwrap();
    let told = shop.wait_for_events(1, |event| match event {
        TillEvent::NetworkChanged(state) => Some(Err(state)),
        TillEvent::SaleChanged(sale) if sale.state == SaleState::Paid => Some(Ok(())),
        _ => None,
    });
    assert_eq!(told.await, [Ok(())], "of the network nothing was told");
    assert_eq!(shop.control.faults(), []);
}

#[tokio::test]
async fn an_unreachable_gateway_refuses_nothing_for_good() {
    let mut shop = Shop::open().await;
    shop.stop_gateway().await;
    let sale = shop.charge().await;
    assert_eq!(sale.state, SaleState::Refused);
    assert_eq!(sale.error.unwrap().code, Code::GatewayUnreachable);
    becomes(&mut shop, NetworkState::Retrying).await;

    shop.restart_gateway().await;
    let sale = shop.till().try_again(sale.number).await.unwrap();
    assert_eq!((sale.state, sale.attempt), (SaleState::Awaiting, 2));
    becomes(&mut shop, NetworkState::Online).await;
    assert_eq!(shop.control.count(Endpoint::Create), 1);
}

#[tokio::test]
async fn what_never_left_is_sent_again_by_itself() {
    let mut shop = Shop::open().await;
    shop.stop_gateway().await;
    let charge = tokio::spawn({
        let till = shop.till().clone();
        async move { till.charge(euros("12.50")).await }
    });
    // The first request fails within this wait; the second is sent after it.
    shop.wait_for_events(1, |event| {
        matches!(event, TillEvent::SaleChanged(_)).then_some(())
    })
    .await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    shop.restart_gateway().await;
    let sale = charge.await.unwrap().unwrap();
    assert_eq!((sale.state, sale.attempt), (SaleState::Awaiting, 1));
    assert_eq!(shop.control.count(Endpoint::Create), 1);
}

#[tokio::test]
async fn a_key_refused_at_the_counter_is_told() {
    let mut shop = Shop::open().await;
    shop.fail_next(Target::Create, CallFault::Status(StatusFault::new(401)));
    let sale = shop.charge().await;
    assert_eq!(sale.state, SaleState::Refused);
    assert_eq!(sale.error.unwrap().code, Code::KeyRefused);
    becomes(&mut shop, NetworkState::KeyRefused).await;

    // The same key is tried again, and the gateway accepts it now.
    let sale = shop.till().try_again(sale.number).await.unwrap();
    assert_eq!(sale.state, SaleState::Awaiting);
    becomes(&mut shop, NetworkState::Online).await;
}

#[tokio::test]
async fn a_refused_key_pauses_the_asking_and_keeps_every_sale_open() {
    let (mut shop, [first, second], paid_meanwhile) = with_a_refused_key().await;
    // Calls that were in flight have ended once their sales can be polled again.
    for number in [first, second] {
        let fault = Fault::from(shop.till().check_now(number).await.unwrap_err());
        assert_eq!(fault.code, Code::KeyRefused);
    }
    assert!(!shop.polls_again().await);
    assert_eq!(shop.till().open_sales().await.unwrap().len(), 2);

    shop.control.clear_faults();
    shop.control.pay(&paid_meanwhile).unwrap();
    assert!(
        !shop.polls_again().await,
        "only a new key, or a sale that it opens"
    );
    shop.charge().await;
    shop.wait_for_state(first, SaleState::Paid).await;
    becomes(&mut shop, NetworkState::Online).await;
}

#[tokio::test]
async fn a_key_that_opens_the_cashiers_own_question_opens_all_others() {
    let (mut shop, [first, second], paid_meanwhile) = with_a_refused_key().await;
    for number in [first, second] {
        shop.till().check_now(number).await.unwrap_err();
    }
    shop.control.clear_faults();
    shop.control.pay(&paid_meanwhile).unwrap();
    shop.till().check_now(second).await.unwrap();
    shop.wait_for_state(first, SaleState::Paid).await;
    becomes(&mut shop, NetworkState::Online).await;
}

#[tokio::test]
async fn how_long_the_gateway_asks_to_wait_is_told_and_kept() {
    let mut shop = Shop::without_polling().await;
    let mut later = StatusFault::new(429);
    later.headers.insert("Retry-After".into(), "7".into());
    shop.fail_next(Target::Create, CallFault::Status(later));
    let sale = shop.charge().await;
    let seconds = |sale: ringup_core::sale::SaleView| {
        let fault = sale.error.unwrap();
        assert_eq!(fault.code, Code::GatewayRateLimited);
        fault.detail.get("retry_after_seconds").cloned()
    };
    assert_eq!(seconds(sale.clone()).as_deref(), Some("7"));
    shop.reopen().await;
    let again = shop.till().sale(sale.number).await.unwrap();
    assert_eq!(seconds(again).as_deref(), Some("7"));
}
