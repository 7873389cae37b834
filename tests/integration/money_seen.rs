//! Money that comes late, twice, for another sale or not any more is seen, whatever the till was doing meanwhile.

use std::time::Duration;

use ringup_core::NetworkState;
use ringup_core::error::Code;
use ringup_core::sale::SaleState;
use ringup_practice::{CallFault, Endpoint, FaultRule, Options, StatusFault, Target};
use serde_json::json;

use ringup_testkit::gateway::set_field;
use ringup_testkit::{Counter, Shop, ahead};

const HOUR_MS: i64 = 60 * 60 * 1000;

#[tokio::test]
async fn a_payment_of_the_weekend_is_found_by_the_till_that_was_off() {
    let mut shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    shop.end(number, &invoice).await;
    shop.close();
    shop.control.pay_late(&invoice).unwrap();
    shop.reopen_with(ahead(65 * HOUR_MS)).await;
    let sale = shop.wait_for_state(number, SaleState::Paid).await;
    assert!(sale.late && sale.unseen, "and it rings");
}

#[tokio::test]
async fn an_ended_invoice_is_asked_about_until_an_answer_comes_a_day_later() {
    let mut shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    shop.end(number, &invoice).await;
    let down = FaultRule::next(Target::Info, CallFault::Status(StatusFault::new(503))).always();
    shop.control.add_fault(down).unwrap();
    shop.reopen_with(ahead(30 * HOUR_MS)).await;
    shop.wait_for_polls(2).await;
    assert!(
        !shop
            .entry_kinds()
            .contains(&"invoice_watch_ended".to_owned())
    );
    // By the till's clock the end is 30 hours ago, by the gateway's it was just now: somebody set one of them.
    shop.control.clear_faults();
    shop.wait_for_polls(3).await;
    assert!(
        !shop
            .entry_kinds()
            .contains(&"invoice_watch_ended".to_owned())
    );
    let later = std::time::SystemTime::now() + Duration::from_secs(30 * 3600);
    let date = ("Date".to_owned(), httpdate::fmt_http_date(later));
    let headers = CallFault::Headers([date].into());
    let a_day_later = FaultRule::next(Target::Info, headers).always();
    shop.control.add_fault(a_day_later).unwrap();
    let ends = async {
        while !shop
            .entry_kinds()
            .contains(&"invoice_watch_ended".to_owned())
        {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), ends)
        .await
        .unwrap();
    assert!(!shop.polls_again().await, "and no more");
    shop.assert_whole().await;
}

#[tokio::test]
async fn an_invoice_of_another_account_silences_no_other() {
    let shop = Shop::open().await;
    let (foreign, refused) = shop.open_sale().await;
    let (number, invoice) = shop.open_sale().await;
    let refuses = FaultRule::next(Target::Info, CallFault::Status(StatusFault::new(403)));
    shop.control
        .add_fault(refuses.always().for_invoice(&refused))
        .unwrap();
    let sale = shop.wait_for_sale(foreign, |sale| sale.poll_refused).await;
    assert_eq!(sale.state, SaleState::Awaiting);
    assert_ne!(shop.till().network(), NetworkState::KeyRefused);
    shop.pay(number, &invoice).await;
}

#[tokio::test]
async fn a_key_that_is_answered_for_nothing_is_refused() {
    // At this pace a refused invoice waits for most of a minute, far longer than this test does.
    let mut shop = Shop::with(Options::default(), Duration::from_millis(60)).await;
    let (first, _) = shop.open_sale().await;
    let (second, invoice) = shop.open_sale().await;
    // Both were answered before, so the key counts as refused only when both are.
    while shop.till().last_polled().len() < 2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let refuses = FaultRule::next(Target::Any, CallFault::Status(StatusFault::new(401))).always();
    shop.control.add_fault(refuses).unwrap();
    let refused = |event| match event {
        ringup_core::TillEvent::NetworkChanged(NetworkState::KeyRefused) => Some(()),
        _ => None,
    };
    shop.wait_for_events(1, refused).await;
    assert!(!shop.polls_again().await, "nobody asks with it any more");
    // The account lets the key in again. One answer proves it, and all others are asked about at once.
    shop.control.clear_faults();
    shop.control.pay(&invoice).unwrap();
    shop.till().check_now(first).await.unwrap();
    shop.wait_for_state(second, SaleState::Paid).await;
}

#[tokio::test]
async fn an_invoice_that_the_journal_holds_already_is_refused() {
    let shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    shop.fail_next(Target::Create, set_field("/invoice/id", json!(invoice)));
    let second = shop.charge().await;
    assert_eq!(second.state, SaleState::Refused);
    assert_eq!(second.error.unwrap().code, Code::InvoiceTaken);
    assert!(second.pay_url.is_none(), "its code is never shown");
    shop.pay(number, &invoice).await;
    let second = shop.till().sale(second.number).await.unwrap();
    assert_eq!(
        second.state,
        SaleState::Refused,
        "one payment closes one sale"
    );
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_reference_of_another_sale_goes_to_review() {
    let shop = Shop::without_polling().await;
    let other = FaultRule::next(
        Target::Info,
        set_field("/payload", json!("{\"sale\":\"other\"}")),
    );
    shop.control.add_fault(other.always()).unwrap();
    let (number, invoice) = shop.open_sale().await;
    shop.control.pay(&invoice).unwrap();
    let sale = shop.till().check_now(number).await.unwrap();
    assert_eq!(
        (sale.state, sale.review),
        (SaleState::Review, vec!["payload".to_owned()])
    );
}

#[tokio::test]
async fn before_a_new_code_the_gateway_is_asked_about_the_old_one() {
    let shop = Shop::without_polling().await;
    let (number, invoice) = shop.open_sale().await;
    shop.control.end(&invoice).unwrap();
    assert_eq!(
        shop.till().check_now(number).await.unwrap().state,
        SaleState::Ended
    );
    shop.control.pay_late(&invoice).unwrap();
    let sale = shop.till().try_again(number).await.unwrap();
    assert_eq!(
        (sale.state, sale.attempt, sale.late),
        (SaleState::Paid, 1, true)
    );
    assert_eq!(shop.control.count(Endpoint::Create), 1, "no second code");
}

#[tokio::test]
async fn a_dead_invoice_holds_up_the_close_until_it_is_written_off() {
    let shop = Shop::open().await;
    let (number, _) = shop.open_sale().await;
    let unknown = FaultRule::next(Target::Info, CallFault::Status(StatusFault::new(404))).always();
    shop.control.add_fault(unknown).unwrap();
    assert!(shop.till().close_day(false).await.is_err());
    assert!(
        shop.till().write_off(number, " ").await.is_err(),
        "a reason is needed"
    );
    let sale = shop
        .till()
        .write_off(number, "the gateway forgot it")
        .await
        .unwrap();
    assert_eq!(
        (sale.open, sale.written_off.as_deref()),
        (false, Some("the gateway forgot it"))
    );
    shop.till().close_day(false).await.unwrap();
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_payment_that_is_taken_back_rings_after_three_answers_over_ten_minutes() {
    // Ten minutes of the forward clock cannot be lived through here: `polling::doubts` is tried by itself. Here a single
    // stale answer must change nothing, and be asked about again soon.
    let shop = Shop::with(Options::default(), Duration::from_millis(1)).await;
    let (number, invoice) = shop.open_sale().await;
    shop.pay(number, &invoice).await;
    let stale = FaultRule::next(Target::Info, set_field("/is_paid", json!(false))).times(5);
    shop.control.add_fault(stale).unwrap();
    shop.wait_for_polls(6).await;
    let sale = shop.till().sale(number).await.unwrap();
    assert_eq!((sale.state, sale.review.len()), (SaleState::Paid, 0));
}

#[tokio::test]
async fn an_unknown_word_is_shown_in_its_own_letters() {
    let shop = Shop::without_polling().await;
    let (number, invoice) = shop.open_sale().await;
    shop.fail_next(
        Target::Info,
        set_field("/pay_status", json!("partially_paid")),
    );
    let sale = shop.till().check_now(number).await.unwrap();
    assert_eq!(sale.gateway_status.as_deref(), Some("partially_paid"));
    shop.control.end(&invoice).unwrap();
    let sale = shop.till().check_now(number).await.unwrap();
    assert_eq!(sale.state, SaleState::Ended);
    assert_eq!(
        sale.gateway_status.as_deref(),
        Some("partially_paid"),
        "a part may have been sent"
    );
}

#[test]
fn watch_asks_about_what_has_ended_and_says_what_it_leaves() {
    let counter = Counter::open();
    let (mut charge, sale) = counter.start_charge();
    counter.remote.act(&sale, "end");
    charge.sale_in_state("ended");
    assert_eq!(charge.exit().0, 3);
    let (code, out, errors) = counter.run(["watch", "--json"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(errors.contains("1 ended"), "{errors}");
    counter.remote.act(&sale, "pay-late");
    let (code, out, _) = counter.run(["watch", "--json"]);
    assert_eq!(code, 0);
    assert!(out.contains("\"late\":true"), "{out}");
}

#[test]
fn output_that_cannot_be_written_is_an_error() {
    let counter = Counter::open();
    for args in [
        &["sales", "--json"][..],
        &["report"],
        &["verify"],
        &["doctor"],
        &["key", "status"],
        &["export", "--format", "csv"],
    ] {
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let mut command = counter.ringup();
        let status = command.args(args).stdout(full).status().unwrap();
        // An empty book prints nothing.
        let expected = i32::from(args != ["sales", "--json"]);
        assert_eq!(status.code(), Some(expected), "{args:?}");
    }
}
