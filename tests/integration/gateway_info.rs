//! The client's `POST /invoice/info`: what it sends, what it reads, and that no failure changes anything about an invoice.

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::gateway::{Client, CreateRequest, InfoError, Timeouts};
use ringup_core::ids::InvoiceId;
use ringup_core::sale::Report;
use ringup_practice::{Authorization, CallFault, FalseBody, Options, StatusFault, Target};
use serde_json::json;

use ringup_testkit::gateway::{
    Gateway, answer_body, api_base, create_request, key, set_field, short_timeouts, slow_body,
    status_with_body, without_fields,
};
use ringup_testkit::{RawServer, free_port};

/// The answer in the gateway's documentation (docs/gateway.md, *POST /invoice/info*).
const DOCUMENTED: &str = r#"{"id":"179a4662-a6e0-4129-aeba-04c4c2a8f074","fiat_amount":"30","fiat_currency":"USD",
 "crypto_amount":"0","network_fee":"0","crypto":"NONE","network":"NONE","pay_status":"not_paid",
 "processing_status":"pending","is_paid":false,"created_at":"2026-03-16T19:01:11Z",
 "is_testing":false,"payload":""}"#;

#[tokio::test]
async fn the_request_is_the_documented_one() {
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    gateway.info(&id).await.unwrap();
    let request = gateway.control.requests().pop().unwrap();
    assert_eq!(request.method, "POST");
    assert_eq!(request.path, "/v1/invoice/info");
    assert_eq!(request.authorization, Authorization::Valid);
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(request.body, Some(json!({"invoice_id": id.0})));
}

#[tokio::test]
async fn the_documentations_own_answer_is_read() {
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    gateway.fail_next(Target::Info, answer_body(DOCUMENTED));
    assert_eq!(
        gateway.info(&id).await.unwrap(),
        Report {
            id: InvoiceId("179a4662-a6e0-4129-aeba-04c4c2a8f074".into()),
            pay_status: "not_paid".into(),
            is_paid: false,
            is_testing: Some(false),
            fiat_amount: Some("30".into()),
            fiat_currency: Some("USD".into()),
            processing_status: Some("pending".into()),
            // `"NONE"` and `"0"` until the customer has chosen.
            crypto: None,
            network: None,
            crypto_amount: None,
            network_fee: None,

            payload: None,
        }
    );
}

#[tokio::test]
async fn every_field_is_read_as_the_invoice_moves_on() {
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    let fresh = gateway.info(&id).await.unwrap();
    assert_eq!(fresh.id, id);
    assert_eq!(fresh.fiat_amount.as_deref(), Some("12.5"));
    assert_eq!(fresh.fiat_currency.as_deref(), Some("EUR"));

    let told = gateway
        .control
        .choose_coin(&id.0, "TON", "TON")
        .unwrap()
        .info;
    let chosen = gateway.info(&id).await.unwrap();
    assert_eq!(chosen.crypto.as_deref(), Some("TON"));
    assert_eq!(chosen.network.as_deref(), Some("TON"));
    assert_eq!(
        chosen.crypto_amount.as_deref(),
        told["crypto_amount"].as_str()
    );
    assert_eq!(chosen.network_fee.as_deref(), told["network_fee"].as_str());
    assert_eq!(
        (chosen.is_paid, chosen.pay_status.as_str()),
        (false, "not_paid")
    );

    gateway.control.pay(&id.0).unwrap();
    let paid = gateway.info(&id).await.unwrap();
    assert_eq!((paid.is_paid, paid.pay_status.as_str()), (true, "paid"));
    assert_eq!(paid.processing_status.as_deref(), Some("processing"));
    assert!(!paid.is_processed());

    gateway.control.process(&id.0).unwrap();
    assert!(gateway.info(&id).await.unwrap().is_processed());
}

#[tokio::test]
async fn the_end_and_test_money_are_told() {
    let options = Options {
        test_mode: true,
        ..Options::default()
    };
    let gateway = Gateway::with(options, Timeouts::default(), Clock::system()).await;
    let id = gateway.invoice().await;
    gateway.control.end(&id.0).unwrap();
    let report = gateway.info(&id).await.unwrap();
    assert_eq!((report.is_paid, report.pay_status.as_str()), (false, "end"));
    assert_eq!(report.is_testing, Some(true));
}

#[tokio::test]
async fn what_must_be_said_and_is_not_is_an_error() {
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    let paid = Some(gateway.control.pay(&id.0).unwrap());
    assert!(paid.is_some_and(|invoice| invoice.info["is_paid"] == true));
    for act in [
        without_fields(&["/id"]),
        without_fields(&["/is_paid"]),
        without_fields(&["/pay_status"]),
        set_field("/id", json!(7)),
        set_field("/id", json!("")),
        set_field("/id", json!("a b")),
        set_field("/is_paid", json!("true")),
        set_field("/is_paid", json!(1)),
        set_field("/is_paid", json!(null)),
        set_field("/pay_status", json!(null)),
        set_field("/pay_status", json!({})),
        set_field("/is_testing", json!("no")),
        set_field("/fiat_amount", json!(12)),
        answer_body(""),
        answer_body("<html>Welcome</html>"),
        answer_body("[]"),
        answer_body(r#"{"id":"#),
        answer_body(r#"{"error":{"code":"bad","message":"no"}}"#),
        CallFault::Body(FalseBody::HugeBytes(50_000_000)),
        CallFault::Body(FalseBody::NestedDepth(100_000)),
        CallFault::Status(StatusFault::new(204)),
    ] {
        let told = format!("{act:?}");
        let error = gateway.info_fails(&id, act).await;
        let unreadable = matches!(error, InfoError::Unreadable { .. });
        assert!(unreadable, "{error:?} for {told}");
        assert!(error.to_string().len() < 400, "{error}");
    }
}

#[tokio::test]
async fn what_may_be_left_out_is_unsaid_and_what_is_new_is_ignored() {
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    let optional = [
        "/is_testing",
        "/fiat_amount",
        "/fiat_currency",
        "/processing_status",
        "/crypto",
        "/network",
        "/crypto_amount",
        "/network_fee",
        "/created_at",
        "/payload",
    ];
    gateway.fail_next(Target::Info, without_fields(&optional));
    let report = gateway.info(&id).await.unwrap();
    assert_eq!(report.is_testing, None, "unsaid is not false");
    assert_eq!(report.fiat_amount, None);
    assert_eq!(report.processing_status, None);

    gateway.fail_next(
        Target::Info,
        set_field("/refund", json!({"deep": [1, 2, {}]})),
    );
    assert_eq!(gateway.info(&id).await.unwrap().pay_status, "not_paid");
}

#[tokio::test]
async fn unknown_words_are_kept_and_bounded() {
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    let (long, cut) = ("x".repeat(5000), "x".repeat(200));
    for (field, word, kept) in [
        ("/pay_status", "partially_paid", "partially_paid"),
        ("/processing_status", "on_hold", "on_hold"),
        ("/pay_status", "a\u{1b}[31m\nb", "a [31m b"),
        ("/pay_status", &long, &cut),
    ] {
        gateway.fail_next(Target::Info, set_field(field, json!(word)));
        let report = gateway.info(&id).await.unwrap();
        let found = match field {
            "/pay_status" => Some(report.pay_status),
            _ => report.processing_status,
        };
        assert_eq!(found.as_deref(), Some(kept));
        assert!(!report.is_paid);
    }
}

#[tokio::test]
async fn a_payload_is_kept_unless_it_says_nothing() {
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    let plain = gateway.info(&id).await.unwrap();
    for (payload, kept) in [
        (json!(null), None),
        (json!(""), None),
        (json!("sale 7"), Some("sale 7")),
        (json!({"sale": 7}), Some("{\"sale\":7}")),
    ] {
        gateway.fail_next(Target::Info, set_field("/payload", payload));
        let report = gateway.info(&id).await.unwrap();
        assert_eq!(report.payload.as_deref(), kept);
        let payload = None;
        assert_eq!(Report { payload, ..report }, plain);
    }
}

#[tokio::test]
async fn the_longest_payload_fits() {
    let gateway = Gateway::start().await;
    // Each letter takes six bytes in JSON.
    let payload = Some("\u{1}".repeat(16_384));
    let request = CreateRequest {
        payload,
        ..create_request()
    };
    let id = gateway.create(&request).await.unwrap().id;
    assert_eq!(gateway.info(&id).await.unwrap().id, id);
}

#[tokio::test]
async fn a_stale_answer_is_reported_as_it_comes() {
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    gateway.control.pay(&id.0).unwrap();
    assert!(gateway.info(&id).await.unwrap().is_paid);
    gateway.fail_next(Target::Info, CallFault::Stale { for_ms: None });
    assert!(!gateway.info(&id).await.unwrap().is_paid);
    assert!(gateway.info(&id).await.unwrap().is_paid);
}

#[tokio::test]
async fn a_refused_key_is_told_from_other_refusals() {
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    let wrong = gateway.client.info(&"another".into(), &id).await;
    assert_eq!(wrong, Err(InfoError::KeyRefused { status: 401 }));
    let forbidden = CallFault::Status(status_with_body(403, "<h1>Forbidden</h1>"));
    assert_eq!(
        gateway.info_fails(&id, forbidden).await,
        InfoError::KeyRefused { status: 403 }
    );

    let unknown = InvoiceId("00000000-0000-0000-0000-000000000000".into());
    match gateway.info(&unknown).await {
        Err(InfoError::Answered { status, reason, .. }) => {
            assert_eq!(status, 404);
            assert!(reason.starts_with("invoice_not_found: "), "{reason}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_other_status_is_a_failure_with_its_reason() {
    let elsewhere = RawServer::start(format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{DOCUMENTED}",
        DOCUMENTED.len()
    ));
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    for (status, text, told) in [
        (302, "", "Found"),
        (400, r#"{"error":{"code":12,"message":"no"}}"#, "12: no"),
        (422, "[]", "Unprocessable Entity"),
        (500, r#"{"error":{"code":"#, "Internal Server Error"),
        (502, "<h1>Bad gateway</h1>", "Bad Gateway"),
        (599, "", "it gave no reason"),
        // Only an answer with status 200 may say that an invoice is paid.
        (503, DOCUMENTED, "Service Unavailable"),
    ] {
        let mut act = status_with_body(status, text);
        let there = format!("http://127.0.0.1:{}/v1/invoice/info", elsewhere.port);
        act.headers.insert("Location".into(), there);
        match gateway.info_fails(&id, CallFault::Status(act)).await {
            InfoError::Answered {
                status: found,
                reason,
                retry_after_s,
            } => assert_eq!(
                (found, reason.as_str(), retry_after_s),
                (status, told, None)
            ),
            other => panic!("{other:?} for {status} {text}"),
        }
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn how_long_to_wait_is_heard() {
    // 2026-03-16T19:01:11Z
    let clock = Clock::from_fn(|| UnixMs(1_773_687_671_000));
    let gateway = Gateway::with(Options::default(), Timeouts::default(), clock).await;
    let id = gateway.invoice().await;
    for (status, value, seconds) in [
        (429, "7", Some(7)),
        (503, "7", Some(7)),
        (429, "86400", Some(3600)),
        (429, "Mon, 16 Mar 2026 19:01:41 GMT", Some(30)),
        (429, "later", None),
    ] {
        let mut act = StatusFault::new(status);
        act.headers.insert("Retry-After".into(), value.into());
        // The date is one of the gateway's clock.
        let date = "Mon, 16 Mar 2026 19:01:11 GMT";
        act.headers.insert("Date".into(), date.into());
        let error = gateway.info_fails(&id, CallFault::Status(act)).await;
        assert_eq!(error.retry_after_s(), seconds, "{value}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_says_nothing() {
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    for act in [
        CallFault::ResetBeforeWork,
        CallFault::ResetAfterWork,
        CallFault::CloseAfterWork,
        CallFault::Truncated,
    ] {
        let error = gateway.info_fails(&id, act).await;
        assert!(matches!(error, InfoError::Broken { .. }), "{error:?}");
    }
    let nobody = Client::new(api_base(free_port()), Timeouts::default(), Clock::system());
    let error = nobody.unwrap().info(&key(), &id).await.unwrap_err();
    assert!(matches!(error, InfoError::Unreachable { .. }), "{error:?}");
}

#[tokio::test]
async fn no_answer_in_time_says_nothing() {
    let gateway = Gateway::start().await;
    let id = gateway.invoice().await;
    let base = gateway.client.base().clone();
    let hasty = Client::new(base, short_timeouts(), Clock::system()).unwrap();
    for act in [CallFault::Hang, slow_body()] {
        gateway.fail_next(Target::Info, act);
        assert_eq!(hasty.info(&key(), &id).await, Err(InfoError::TimedOut));
    }
}
