//! The machine's clock is wrong, or is changed during a sale. Only the gateway decides what is paid and what has ended.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::sale::SaleState;
use ringup_practice::Options;

use ringup_testkit::Shop;

const MINUTE_MS: i64 = 60_000;

/// A clock that the test sets, and how many milliseconds it is ahead.
fn wrong_clock() -> (Clock, Arc<AtomicI64>) {
    let ahead_ms = Arc::new(AtomicI64::new(0));
    let hand = Arc::clone(&ahead_ms);
    let clock = Clock::from_fn(move || Clock::system().now().plus(hand.load(Ordering::Relaxed)));
    (clock, ahead_ms)
}

#[tokio::test]
async fn a_clock_set_while_an_invoice_is_open_changes_nothing() {
    let mut shop = Shop::with(Options::default(), Duration::from_millis(10)).await;
    let (clock, ahead_ms) = wrong_clock();
    shop.reopen_with(clock).await;
    for step in [10 * MINUTE_MS, -10 * MINUTE_MS, 25 * 60 * MINUTE_MS] {
        ahead_ms.store(0, Ordering::Relaxed);
        let (number, invoice) = shop.open_sale().await;
        ahead_ms.store(step, Ordering::Relaxed);
        shop.wait_for_polls(3).await;
        let sale = shop.till().check_now(number).await.unwrap();
        assert_eq!(sale.state, SaleState::Awaiting, "{step}");
        shop.control.pay(&invoice).unwrap();
        let sale = shop.wait_for_state(number, SaleState::Paid).await;
        assert!(!sale.late, "{step}");
    }
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_clock_past_the_invoices_end_ends_nothing() {
    let mut shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    let expires_at = shop.till().sale(number).await.unwrap().expires_at.unwrap();
    // By this clock the invoice ended a day ago.
    let late = UnixMs(expires_at * 1000).plus(24 * 60 * MINUTE_MS);
    shop.reopen_with(Clock::from_fn(move || late)).await;
    let sale = shop.till().check_now(number).await.unwrap();
    assert_eq!(sale.state, SaleState::Awaiting);
    assert!(!shop.entry_kinds().contains(&"invoice_ended".to_owned()));
    assert!(shop.till().qr(number).await.is_ok(), "it can still be paid");
    shop.control.end(&invoice).unwrap();
    let sale = shop.till().check_now(number).await.unwrap();
    assert_eq!(sale.state, SaleState::Ended, "the gateway's word ends it");
    shop.assert_whole().await;
}
