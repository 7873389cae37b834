//! The client's `POST /invoice/create`: what it sends, what it reads, and what it makes of every failure.

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::gateway::{
    ApiBase, Client, CreateError, CreateRequest, Outcome, PayUrlError, Timeouts,
};
use ringup_core::money::{Currency, Money};
use ringup_practice::{Authorization, CallFault, Effect, FalseBody, Options, StatusFault, Target};
use serde_json::{Value, json};

use ringup_testkit::gateway::{
    Gateway, answer_body, api_base, create_request, key, set_field, short_timeouts, slow_body,
    status_with_body, without_fields,
};
use ringup_testkit::{RawServer, free_port};

/// Every shape in which an error may come (docs/gateway.md, row *error body*), and what is told of it.
const DISGUISES: [(&str, &str); 8] = [
    (r#"{"error":{"code":"bad","message":"no"}}"#, "bad: no"),
    (r#"{"error":{"code":7,"message":"no"}}"#, "7: no"),
    (r#"{"error":{"message":"no"}}"#, "no"),
    ("<html><h1>Blocked</h1></html>", ""),
    ("", ""),
    (r#"{"error":{"code":"#, ""),
    (r#"["error"]"#, ""),
    (r#"{"error":"no"}"#, ""),
];

/// The body of the last request.
async fn sent(gateway: &Gateway, request: &CreateRequest) -> Value {
    gateway.create(request).await.unwrap();
    gateway.control.requests().pop().unwrap().body.unwrap()
}

#[tokio::test]
async fn the_request_is_the_documented_one() {
    let gateway = Gateway::start().await;
    gateway.create(&create_request()).await.unwrap();
    let request = gateway.control.requests().pop().unwrap();
    assert_eq!(request.method, "POST");
    assert_eq!(request.path, "/v1/invoice/create");
    assert_eq!(request.authorization, Authorization::Valid);
    assert_eq!(request.headers["content-type"], "application/json");
    assert!(request.headers["user-agent"].starts_with("ringup/"));
    let names: Vec<_> = request.headers.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "accept",
            "content-length",
            "content-type",
            "host",
            "user-agent"
        ],
        "nothing else is told"
    );
    assert_eq!(
        request.body,
        Some(json!({"lifetime": 15, "amount": "12.5", "currency": "EUR"}))
    );
}

#[tokio::test]
async fn what_is_configured_is_sent_and_nothing_else() {
    let gateway = Gateway::start().await;
    let mut request = create_request();
    let mut body = json!({"lifetime": 15, "amount": "12.5", "currency": "EUR"});
    let text = |text: &str| Some(text.to_owned());

    request.payload = text("sale 7");
    body["payload"] = json!("sale 7");
    assert_eq!(sent(&gateway, &request).await, body);

    request.webhook = text("https://shop.example/hook");
    body["webhook"] = json!("https://shop.example/hook");
    assert_eq!(sent(&gateway, &request).await, body);

    request.redirect_url = text("http://shop.example/");
    body["ui"] = json!({"redirect_url": "http://shop.example/"});
    assert_eq!(sent(&gateway, &request).await, body);

    request.redirect_url = None;
    request.description = text("Чай и ёлка #42");
    body["ui"] = json!({"description": "Чай и ёлка #42"});
    assert_eq!(sent(&gateway, &request).await, body);
}

#[tokio::test]
async fn amounts_are_written_as_the_gateway_reads_them() {
    let gateway = Gateway::start().await;
    for (minor, currency, text) in [
        (100, Currency::Eur, "1"),
        (1250, Currency::Usd, "12.5"),
        (1205, Currency::Eur, "12.05"),
        (10_000, Currency::Rub, "100"),
        (123_456, Currency::Rub, "1234.56"),
        (1_000_000_000, Currency::Usd, "10000000"),
    ] {
        let amount = Money::from_minor(minor, currency);
        let request = CreateRequest {
            amount,
            ..create_request()
        };
        let body = sent(&gateway, &request).await;
        assert_eq!(body["amount"], text);
        assert_eq!(body["currency"], currency.code());
    }
}

#[tokio::test]
async fn the_answer_is_read() {
    let gateway = Gateway::start().await;
    let created = gateway.create(&create_request()).await.unwrap();
    let made = gateway.control.invoices().pop().unwrap();
    assert_eq!(created.id.0, made.id);
    assert_eq!(created.pay_url, made.pay_url);
    assert_eq!(created.expires_at_unix, Some(made.expires_at_unix));
    assert!(!created.test);

    let edit = CallFault::Edit {
        set: [
            ("/invoice/more".into(), json!([1])),
            ("/new".into(), json!({})),
        ]
        .into(),
        remove: vec!["/test_mode".into(), "/invoice/expires_at".into()],
    };
    gateway.fail_next(Target::Create, edit);
    let created = gateway.create(&create_request()).await.unwrap();
    assert_eq!(created.expires_at_unix, None, "unsaid is not invented");
    assert!(!created.test);
}

#[tokio::test]
async fn test_mode_is_told() {
    let options = Options {
        test_mode: true,
        ..Options::default()
    };
    let gateway = Gateway::with(options, Timeouts::default(), Clock::system()).await;
    assert!(gateway.create(&create_request()).await.unwrap().test);
}

#[tokio::test]
async fn a_4xx_is_refused_in_every_disguise() {
    let gateway = Gateway::start().await;
    for status in [400, 401, 403, 404, 409, 422, 429] {
        for (body, told) in DISGUISES {
            let error = gateway
                .create_fails(CallFault::Status(status_with_body(status, body)))
                .await;
            assert_eq!(error.outcome(), Outcome::Refused, "{status} {body}");
            assert_eq!(error.status(), Some(status), "{status} {body}");
            let text = error.to_string();
            assert!(text.contains(&format!("HTTP {status}")), "{text}");
            match (&error, status) {
                (CreateError::KeyRefused { .. }, 401 | 403)
                | (CreateError::RateLimited { .. }, 429) => {}
                (CreateError::Refused { .. }, 400 | 404 | 409 | 422) => {
                    assert!(text.contains(told), "{text} for {body}");
                }
                _ => panic!("{error:?} for {status} {body}"),
            }
        }
    }
    assert_eq!(gateway.control.invoices().len(), 0);
}

#[tokio::test]
async fn a_4xx_is_refused_even_when_its_body_is_huge_or_breaks_off() {
    let gateway = Gateway::start().await;
    let huge = StatusFault {
        body: Some(FalseBody::HugeBytes(50_000_000)),
        ..StatusFault::new(422)
    };
    let error = gateway.create_fails(CallFault::Status(huge)).await;
    assert_eq!(
        (error.outcome(), error.status()),
        (Outcome::Refused, Some(422))
    );

    let server = RawServer::start("HTTP/1.1 404 Not Found\r\nContent-Length: 900\r\n\r\n{\"err");
    let client = Client::new(api_base(server.port), Timeouts::default(), Clock::system()).unwrap();
    let error = client.create(&key(), &create_request()).await.unwrap_err();
    assert_eq!(
        (error.outcome(), error.status()),
        (Outcome::Refused, Some(404))
    );
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_wrong_key_is_refused_as_such() {
    let gateway = Gateway::start().await;
    let answer = gateway
        .client
        .create(&"another".into(), &create_request())
        .await;
    assert_eq!(answer, Err(CreateError::KeyRefused { status: 401 }));
}

#[tokio::test]
async fn a_wish_to_slow_down_is_heard() {
    let gateway = Gateway::start().await;
    let mut later = StatusFault::new(429);
    later.headers.insert("Retry-After".into(), "7".into());
    assert_eq!(
        gateway.create_fails(CallFault::Status(later)).await,
        CreateError::RateLimited {
            retry_after_s: Some(7)
        }
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = RawServer::start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    let gateway = Gateway::start().await;
    for status in [301, 302, 303, 307, 308] {
        let mut act = StatusFault::new(status);
        let there = format!("http://127.0.0.1:{}/v1/invoice/create", elsewhere.port);
        act.headers.insert("Location".into(), there);
        let error = gateway.create_fails(CallFault::Status(act)).await;
        assert_eq!(error.outcome(), Outcome::Uncertain, "{status}");
        assert_eq!(error.status(), Some(status));
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn a_5xx_is_uncertain_whether_the_work_was_done_or_not() {
    let gateway = Gateway::start().await;
    for (status, effect) in [
        (500, Effect::NotDone),
        (502, Effect::Done),
        (504, Effect::Done),
    ] {
        for (body, told) in DISGUISES {
            let act = StatusFault {
                effect,
                ..status_with_body(status, body)
            };
            let error = gateway.create_fails(CallFault::Status(act)).await;
            assert_eq!(error.outcome(), Outcome::Uncertain, "{status} {body}");
            assert_eq!(error.status(), Some(status));
            assert!(error.to_string().contains(told), "{error} for {body}");
        }
    }
}

#[tokio::test]
async fn a_2xx_that_cannot_be_read_is_uncertain() {
    let gateway = Gateway::start().await;
    let acts = [
        without_fields(&["/invoice"]),
        without_fields(&["/invoice/id"]),
        without_fields(&["/pay_url"]),
        set_field("/invoice/id", json!(7)),
        set_field("/invoice/id", json!("")),
        set_field("/invoice/id", json!("a b")),
        set_field("/invoice/id", json!("i".repeat(1000))),
        set_field("/invoice/expires_at", json!("soon")),
        set_field("/pay_url", json!(null)),
        set_field("/pay_url", json!(["http://127.0.0.1/"])),
        set_field("/test_mode", json!("no")),
        answer_body(""),
        answer_body("<html>Welcome</html>"),
        answer_body(r#"{"invoice":{"id":"#),
        answer_body("[]"),
        answer_body("null"),
        answer_body(r#"{"error":{"code":"bad","message":"no"}}"#),
        CallFault::Body(FalseBody::HugeBytes(50_000_000)),
        CallFault::Body(FalseBody::NestedDepth(100_000)),
        CallFault::Status(StatusFault::new(204)),
    ];
    for act in acts {
        let told = format!("{act:?}");
        let error = gateway.create_fails(act).await;
        let unreadable = matches!(error, CreateError::Unreadable { .. });
        assert!(unreadable, "{error:?} for {told}");
        assert_eq!(error.outcome(), Outcome::Uncertain);
        assert!(error.to_string().len() < 400, "{error}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_uncertain() {
    let gateway = Gateway::start().await;
    // On a new connection, and on one that has been used before.
    for _ in 0..2 {
        for act in [
            CallFault::ResetBeforeWork,
            CallFault::ResetAfterWork,
            CallFault::CloseAfterWork,
            CallFault::Truncated,
        ] {
            let told = format!("{act:?}");
            let error = gateway.create_fails(act).await;
            let broken = matches!(error, CreateError::Broken { .. });
            assert!(broken, "{error:?} for {told}");
            assert_eq!(error.outcome(), Outcome::Uncertain);
            gateway.create(&create_request()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn what_is_no_http_is_uncertain() {
    for answer in ["", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 20"] {
        let server = RawServer::start(answer);
        let client =
            Client::new(api_base(server.port), Timeouts::default(), Clock::system()).unwrap();
        let error = client.create(&key(), &create_request()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Uncertain, "{answer}: {error:?}");
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn no_answer_in_time_is_uncertain() {
    let gateway = Gateway::with(Options::default(), short_timeouts(), Clock::system()).await;
    for act in [CallFault::Hang, CallFault::HangAfterWork, slow_body()] {
        let error = gateway.create_fails(act).await;
        assert_eq!(error, CreateError::TimedOut);
        assert_eq!(error.outcome(), Outcome::Uncertain);
    }
}

#[tokio::test]
async fn what_never_left_may_be_sent_again() {
    let practice = ringup_practice::start(Options::default()).await.unwrap();
    let bases = [
        // Nobody listens.
        format!("http://127.0.0.1:{}/v1", free_port()),
        "http://localhost:1/v1".to_owned(),
        // No such name (RFC 6761, 6.4).
        "https://gateway.invalid/v1".to_owned(),
        // No TLS there.
        format!("https://127.0.0.1:{}/v1", practice.port()),
    ];
    for base in bases {
        let base_url = ApiBase::parse(&base).unwrap();
        let client = Client::new(base_url, Timeouts::default(), Clock::system());
        let error = client
            .unwrap()
            .create(&key(), &create_request())
            .await
            .unwrap_err();
        let unreachable = matches!(error, CreateError::Unreachable { .. });
        assert!(unreachable, "{error:?} for {base}");
        assert_eq!(error.outcome(), Outcome::NotSent);
    }
    assert_eq!(practice.control().requests(), []);
}

#[tokio::test]
async fn a_pay_page_elsewhere_is_refused_with_the_invoice_named() {
    let gateway = Gateway::start().await;
    let own = gateway.practice.port();
    for (pay_url, cause) in [
        (
            "https://pay.cru.cash/invoice/1".to_owned(),
            PayUrlError::ForeignHost,
        ),
        (
            format!("http://127.0.0.1:{}/invoice/1", free_port()),
            PayUrlError::ForeignHost,
        ),
        (
            format!("http://127.0.0.1:{own}@evil.example/invoice/1"),
            PayUrlError::ForeignHost,
        ),
        ("javascript:alert(1)".to_owned(), PayUrlError::OtherScheme),
        ("/invoice/1".to_owned(), PayUrlError::NotAUrl),
    ] {
        let error = gateway
            .create_fails(set_field("/pay_url", json!(pay_url)))
            .await;
        assert_eq!(error.outcome(), Outcome::Refused);
        let made = gateway.control.invoices().pop().unwrap().id;
        match error {
            CreateError::PayUrl {
                invoice_id,
                cause: found,
            } => assert_eq!((invoice_id.0, found), (made, cause)),
            other => panic!("{other:?} for {pay_url}"),
        }
    }
}

#[tokio::test]
async fn the_gateways_clock_is_compared_with_the_tills() {
    // 2026-03-16T19:01:11Z
    let clock = Clock::from_fn(|| UnixMs(1_773_687_671_000));
    let gateway = Gateway::with(Options::default(), Timeouts::default(), clock).await;
    assert_eq!(gateway.client.clock_offset_ms(), None);
    for (date, offset_ms) in [
        ("Mon, 16 Mar 2026 19:02:41 GMT", Some(90_000)),
        ("Mon, 16 Mar 2026 18:01:11 GMT", Some(-3_600_000)),
        ("Mon, 16 Mar 2026 19:01:11 GMT", Some(0)),
        ("today", None),
    ] {
        gateway.add_header_to_next(Target::Create, "Date", date);
        let created = gateway.create(&create_request()).await.unwrap();
        assert_eq!(created.clock_offset_ms, offset_ms, "{date}");
    }
    assert_eq!(gateway.client.clock_offset_ms(), Some(0), "the last heard");
    assert_eq!(
        gateway.client.last_answer(),
        Some(UnixMs(1_773_687_671_000))
    );
}
