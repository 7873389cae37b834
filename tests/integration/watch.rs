//! Every open invoice is polled, at the right pace, whatever happens to the till.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::config::Config;
use ringup_core::error::Code;
use ringup_core::sale::SaleState;
use ringup_core::settings::Settings;
use ringup_core::{Till, TillEvent};
use ringup_practice::{CallFault, Endpoint, FalseBody, FaultRule, Options, StatusFault, Target};

use ringup_testkit::gateway::{api_base, key, status_with_body};
use ringup_testkit::{Shop, euros};

/// When the gateway was asked about an invoice, milliseconds of the gateway's clock.
fn asked_at(shop: &Shop, invoice: &str) -> Vec<i64> {
    let requests = shop.control.requests().into_iter();
    requests
        .filter(|request| request.endpoint == Endpoint::Info)
        .filter(|request| request.invoice.as_deref() == Some(invoice))
        .map(|request| request.at_unix_ms)
        .collect()
}

fn gaps(times: &[i64]) -> impl Iterator<Item = i64> {
    times.windows(2).map(|pair| pair[1] - pair[0])
}

#[tokio::test]
async fn an_open_invoice_is_asked_about_at_the_pace_and_no_faster() {
    let shop = Shop::with(Options::default(), Duration::from_millis(40)).await;
    let (_, invoice) = shop.open_sale().await;
    shop.wait_for_calls(Endpoint::Info, 21).await;
    let times = asked_at(&shop, &invoice);
    // Twenty waits of at least nine tenths of the pace. The first poll may have been some milliseconds late.
    let took_ms = times[20] - times[0];
    assert!(took_ms >= 17 * 36, "twenty calls in {took_ms} ms");
    assert_eq!(shop.control.count(Endpoint::Create), 1);
}

#[tokio::test]
async fn the_sale_that_the_cashier_looks_at_is_asked_about_most() {
    let shop = Shop::with(Options::default(), Duration::from_millis(40)).await;
    let (_, aside) = shop.open_sale().await;
    let (front, in_front) = shop.open_sale().await;
    shop.till().set_on_screen(Some(front));
    shop.wait_for_calls(Endpoint::Info, 30).await;
    let counts = [&in_front, &aside].map(|invoice| asked_at(&shop, invoice).len());
    assert!(counts[0] > counts[1], "{counts:?}");
}

#[tokio::test]
async fn all_invoices_together_are_asked_about_within_the_budget() {
    const CALLS: u16 = 6;
    let shop = Shop::with(Options::default(), Duration::from_millis(20)).await;
    let settings = Settings {
        calls_per_minute: CALLS,
        ..shop.till().settings()
    };
    shop.till().save_settings(settings).unwrap();
    for _ in 0..5 {
        shop.open_sale().await;
    }
    shop.wait_for_calls(Endpoint::Info, 13).await;
    let requests = shop.control.requests().into_iter();
    let times: Vec<_> = requests
        .filter(|request| request.endpoint == Endpoint::Info)
        .map(|request| request.at_unix_ms)
        .collect();
    // Twelve poll intervals are a minute. The first poll may have been some milliseconds late.
    let took_ms = times[12] - times[0];
    assert!(took_ms >= 2 * 12 * 20 - 60, "{took_ms} ms: {times:?}");
}

/// The most requests of any kind that the gateway got within this time.
fn busiest(shop: &Shop, window_ms: i64) -> usize {
    let requests = shop.control.requests().into_iter();
    let asked = requests.filter(|it| matches!(it.endpoint, Endpoint::Info | Endpoint::Create));
    let mut times: Vec<_> = asked.map(|request| request.at_unix_ms).collect();
    times.sort_unstable();
    let within = |last: usize| {
        let from_ms = times[last] - window_ms;
        last + 1 - times.partition_point(|at_ms| *at_ms <= from_ms)
    };
    (0..times.len()).map(within).max().unwrap_or(0)
}

#[tokio::test]
async fn new_invoices_questions_and_a_restart_share_one_budget() {
    // A minute takes 2.4 s at this pace.
    const WINDOW_MS: i64 = 2400;
    let mut shop = Shop::with(Options::default(), Duration::from_millis(200)).await;
    let (front, _) = shop.open_sale().await;
    shop.till().set_on_screen(Some(front));
    shop.wait_for_calls(Endpoint::Info, 27).await;
    for _ in 0..4 {
        shop.reopen().await;
        shop.till().set_on_screen(Some(front));
        for _ in 0..4 {
            shop.till().check_now(front).await.unwrap();
        }
        shop.open_sale().await;
    }
    tokio::time::sleep(Duration::from_millis(2500)).await;
    // Requests reach the gateway some milliseconds after they were counted.
    let most = busiest(&shop, WINDOW_MS - 150);
    assert!((20..=30).contains(&most), "{most}");
}

#[tokio::test]
async fn polls_use_one_connection() {
    let mut shop = Shop::without_polling().await;
    shop.open_sale().await;
    shop.close();
    let gateway = shop.config.api.authority();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    shop.config.api = api_base(listener.local_addr().unwrap().port());
    let connections = Arc::new(AtomicI64::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut till, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            let mut gateway = tokio::net::TcpStream::connect(&gateway).await.unwrap();
            tokio::spawn(
                async move { tokio::io::copy_bidirectional(&mut till, &mut gateway).await },
            );
        }
    });
    let before = shop.control.count(Endpoint::Info);
    shop.config.pace = Duration::from_millis(40);
    shop.reopen().await;
    shop.wait_for_calls(Endpoint::Info, before + 40).await;
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn one_question_at_a_time_for_each_invoice() {
    const SLOW_MS: u64 = 200;
    let shop = Shop::open().await;
    let slow = FaultRule::next(Target::Info, CallFault::DelayMs(SLOW_MS)).always();
    shop.control.add_fault(slow).unwrap();
    let (one, first) = shop.open_sale().await;
    let (_, second) = shop.open_sale().await;
    // A poll that the cashier asks for waits too.
    shop.till().check_now(one).await.unwrap();
    shop.wait_for_polls(4).await;
    let slow_ms = i64::try_from(SLOW_MS).unwrap();
    let times = [asked_at(&shop, &first), asked_at(&shop, &second)];
    for times in &times {
        let gaps: Vec<_> = gaps(times).collect();
        // The log's times are cut off to milliseconds.
        assert!(gaps.iter().all(|gap| *gap >= slow_ms - 1), "{gaps:?}");
    }
    let mut all = times.concat();
    all.sort_unstable();
    assert!(
        gaps(&all).any(|gap| gap < slow_ms - 1),
        "one invoice does not wait for another: {all:?}"
    );
}

#[tokio::test]
async fn no_failure_ends_the_watch() {
    let shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    let acts = [
        CallFault::ResetBeforeWork,
        CallFault::Truncated,
        CallFault::Status(status_with_body(500, "<h1>Oh</h1>")),
        CallFault::Body(FalseBody::NestedDepth(100_000)),
        CallFault::Status(status_with_body(404, "")),
    ];
    for act in acts {
        shop.fail_next(Target::Info, act);
    }
    shop.pay(number, &invoice).await;
    assert_eq!(shop.control.faults(), [], "each has happened");
}

#[tokio::test]
async fn a_wish_to_be_asked_later_is_kept() {
    let shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    let mut later = StatusFault::new(429);
    later.headers.insert("Retry-After".into(), "1".into());
    shop.wait_for_calls(Endpoint::Info, 1).await;
    shop.fail_next(Target::Info, CallFault::Status(later));
    shop.wait_for_polls(2).await;
    let longest = gaps(&asked_at(&shop, &invoice)).max();
    assert!(longest >= Some(999), "{longest:?}");
    shop.pay(number, &invoice).await;
}

#[tokio::test]
async fn a_gateway_that_is_busy_with_a_new_invoice_is_not_asked_about_others() {
    let shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    shop.wait_for_calls(Endpoint::Info, 1).await;
    let mut later = StatusFault::new(429);
    later.headers.insert("Retry-After".into(), "1".into());
    shop.fail_next(Target::Create, CallFault::Status(later));
    assert_eq!(shop.charge().await.state, SaleState::Refused);
    shop.wait_for_polls(2).await;
    let longest = gaps(&asked_at(&shop, &invoice)).max();
    assert!(longest >= Some(980), "{longest:?}");
    shop.pay(number, &invoice).await;
}

#[tokio::test]
async fn paid_stays_paid_whatever_a_stale_answer_says() {
    let shop = Shop::with(Options::default(), Duration::from_millis(1)).await;
    let (number, invoice) = shop.open_sale().await;
    shop.pay(number, &invoice).await;
    let stale = FaultRule::next(Target::Info, CallFault::Stale { for_ms: None }).times(2);
    shop.control.add_fault(stale).unwrap();
    shop.wait_for_polls(3).await;
    let sale = shop.till().sale(number).await.unwrap();
    assert_eq!((sale.state, sale.late), (SaleState::Paid, false));
}

#[tokio::test]
async fn a_payment_made_while_the_till_was_off_is_found() {
    let mut shop = Shop::without_polling().await;
    let (number, invoice) = shop.open_sale().await;
    shop.wait_for_calls(Endpoint::Info, 1).await;
    shop.reopen().await;
    // The new till polls at once, and then not for ten minutes.
    shop.wait_for_calls(Endpoint::Info, 2).await;
    assert_eq!(shop.control.count(Endpoint::Info), 2);
    shop.control.pay(&invoice).unwrap();
    shop.reopen().await;
    let sale = shop.wait_for_state(number, SaleState::Paid).await;
    assert!(!sale.late);
    assert_eq!(shop.control.count(Endpoint::Create), 1);
    shop.assert_whole().await;
}

#[test]
fn a_request_that_the_till_did_not_outlive_is_uncertain() {
    let outer = tokio::runtime::Runtime::new().unwrap();
    let mut shop = outer.block_on(Shop::without_polling());
    shop.fail_next(Target::Create, CallFault::HangAfterWork);
    // While the shop's own till were open, the request would not be given up.
    shop.close();
    // This till has a runtime with one thread of its own. When that is dropped, nothing of the till runs on.
    let alone = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    alone.block_on(async {
        let till = Till::open_practice(&shop.config, Clock::system(), key());
        let till = till.await.unwrap();
        tokio::select! {
            answered = till.charge(euros("12.50")) => panic!("{answered:?}"),
            () = shop.wait_for_calls(Endpoint::Create, 1) => {}
        }
    });
    drop(alone);

    outer.block_on(async {
        // The journal is closed on its own thread.
        shop.wait_until_closed().await;
        shop.reopen().await;
        let sale = shop.till().sale(1).await.unwrap();
        assert_eq!(sale.state, SaleState::Uncertain);
        assert_eq!(sale.error.unwrap().code, Code::Interrupted);
        assert_eq!(shop.control.count(Endpoint::Create), 1, "never resent");
        let again = shop.till().try_again(1).await.unwrap();
        assert_eq!((again.state, again.attempt), (SaleState::Awaiting, 2));
    });
}

#[tokio::test]
async fn a_payment_after_the_end_is_found_and_late() {
    let shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    shop.end(number, &invoice).await;
    shop.control.pay_late(&invoice).unwrap();
    let sale = shop.wait_for_state(number, SaleState::Paid).await;
    assert!(sale.late && sale.paid_at_unix_ms.is_some());
}

#[tokio::test]
async fn a_payment_after_the_end_is_found_by_the_next_till() {
    let mut shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    shop.end(number, &invoice).await;
    shop.close();
    shop.control.pay_late(&invoice).unwrap();
    shop.config.pace = Duration::from_secs(600);
    shop.reopen().await;
    assert!(shop.wait_for_state(number, SaleState::Paid).await.late);
}

#[tokio::test]
async fn an_invoice_that_another_program_opened_is_asked_about_too() {
    let mut shop = Shop::open().await;
    let other = Till::open_practice(&shop.config, Clock::system(), key());
    let other = other.await.unwrap();
    let mut events = other.events();
    let (number, invoice) = shop.open_sale().await;
    shop.close();
    shop.control.pay(&invoice).unwrap();
    let paid = async {
        while !matches!(events.recv().await.unwrap(),
            TillEvent::SaleChanged(sale) if sale.state == SaleState::Paid)
        {}
    };
    let in_time = tokio::time::timeout(Duration::from_secs(20), paid).await;
    assert!(in_time.is_ok());
    assert_eq!(other.sale(number).await.unwrap().state, SaleState::Paid);
}

#[tokio::test]
async fn what_another_program_finds_is_told() {
    // This till does not poll again by itself; the other one does.
    let shop = Shop::without_polling().await;
    let (number, invoice) = shop.open_sale().await;
    shop.wait_for_sale(number, |sale| sale.revision > 4).await;
    let busy = Config {
        pace: Duration::from_millis(10),
        ..shop.config.clone()
    };
    let other = Till::open_practice(&busy, Clock::system(), key())
        .await
        .unwrap();
    shop.control.pay(&invoice).unwrap();
    shop.wait_for_sale(number, |sale| sale.state == SaleState::Paid)
        .await;
    drop(other);
}

#[tokio::test]
async fn after_a_sleep_everything_is_due() {
    let mut shop = Shop::without_polling().await;
    let (number, invoice) = shop.open_sale().await;
    shop.wait_for_calls(Endpoint::Info, 1).await;
    let ahead_ms = Arc::new(AtomicI64::new(0));
    let clock = {
        let ahead_ms = Arc::clone(&ahead_ms);
        Clock::from_fn(move || UnixMs(Clock::system().now().0 + ahead_ms.load(Ordering::Relaxed)))
    };
    shop.reopen_with(clock).await;
    shop.wait_for_calls(Endpoint::Info, 2).await;
    shop.control.pay(&invoice).unwrap();
    // The machine slept for five minutes: the day's clock went on, the forward clock did not.
    ahead_ms.store(300_000, Ordering::Relaxed);
    shop.wait_for_state(number, SaleState::Paid).await;
}
