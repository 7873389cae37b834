//! Every fault, as it arrives at a client, and whether the work was done.

use std::{
    collections::BTreeMap,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::Duration,
};

use ringup_practice::{CallFault, Effect, Endpoint, FalseBody, FaultRule, StatusFault, Target};
use serde_json::{Value, json};

use crate::support::{KEY, Shop, order, shop};

/// What a plain socket sees of one `create`: all bytes, and how the connection ended.
async fn raw(shop: &Shop) -> (String, Result<(), ErrorKind>) {
    let port = shop.gateway.port();
    let read = move || {
        let body = order().to_string();
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(5)))
            .unwrap();
        let length = body.len();
        let request = format!(
            "POST /v1/invoice/create HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\
             Authorization: Bearer {KEY}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let end = stream
            .read_to_end(&mut bytes)
            .map(|_| ())
            .map_err(|error| error.kind());
        (String::from_utf8(bytes).unwrap(), end)
    };
    tokio::task::spawn_blocking(read).await.unwrap()
}

fn made(shop: &Shop) -> usize {
    shop.control.invoices().len()
}

#[tokio::test]
async fn a_reset_is_a_true_reset() {
    let shop = shop().await;
    shop.spoil(Target::Create, CallFault::ResetBeforeWork);
    assert_eq!(
        raw(&shop).await,
        (String::new(), Err(ErrorKind::ConnectionReset))
    );
    assert_eq!(made(&shop), 0);
    shop.spoil(Target::Create, CallFault::ResetAfterWork);
    assert_eq!(
        raw(&shop).await,
        (String::new(), Err(ErrorKind::ConnectionReset))
    );
    assert_eq!(made(&shop), 1);
}

#[tokio::test]
async fn a_close_is_an_end_without_an_answer() {
    let shop = shop().await;
    shop.spoil(Target::Create, CallFault::CloseAfterWork);
    assert_eq!(raw(&shop).await, (String::new(), Ok(())));
    assert_eq!(made(&shop), 1);
}

#[tokio::test]
async fn a_truncated_answer_promises_more_than_it_sends() {
    let shop = shop().await;
    shop.spoil(Target::Create, CallFault::Truncated);
    let (text, end) = raw(&shop).await;
    assert_eq!(end, Ok(()));
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let promised = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    let promised: usize = promised.parse().unwrap();
    assert_eq!(body.len(), promised / 2);
    assert!(body.starts_with("{\""));
    assert_eq!(made(&shop), 1);
}

#[tokio::test]
async fn a_hanging_call_is_held_until_the_client_leaves() {
    let shop = shop().await;
    for (act, invoices) in [(CallFault::Hang, 0), (CallFault::HangAfterWork, 1)] {
        shop.spoil(Target::Create, act);
        let call = shop
            .call("create", &order())
            .timeout(Duration::from_millis(100))
            .send();
        assert!(call.await.unwrap_err().is_timeout());
        assert_eq!(made(&shop), invoices);
    }
}

#[tokio::test]
async fn a_delayed_call_is_answered_in_the_end() {
    let shop = shop().await;
    shop.spoil(Target::Create, CallFault::DelayMs(50));
    let call = tokio::spawn(shop.call("create", &order()).send());
    shop.called(Endpoint::Create, 1).await;
    assert_eq!(made(&shop), 0);
    assert_eq!(call.await.unwrap().unwrap().status(), 200);
    assert_eq!(made(&shop), 1);
}

#[tokio::test]
async fn a_false_status_comes_as_told() {
    let shop = shop().await;
    let html = StatusFault {
        body: Some(FalseBody::Text("<h1>Bad gateway</h1>".into())),
        effect: Effect::Done,
        ..StatusFault::new(502)
    };
    shop.spoil(Target::Create, CallFault::Status(html));
    let response = shop.call("create", &order()).send().await.unwrap();
    assert_eq!(response.status(), 502);
    assert_eq!(response.headers()["content-type"], "text/html");
    assert_eq!(response.text().await.unwrap(), "<h1>Bad gateway</h1>");
    assert_eq!(made(&shop), 1);

    let limit = StatusFault {
        headers: BTreeMap::from([("Retry-After".into(), "3".into())]),
        ..StatusFault::new(429)
    };
    shop.spoil(Target::Create, CallFault::Status(limit));
    let response = shop.call("create", &order()).send().await.unwrap();
    assert_eq!(
        (
            response.status().as_u16(),
            &response.headers()["retry-after"]
        ),
        (429, &"3".parse().unwrap())
    );
    assert_eq!(response.headers()["date"], "Mon, 16 Mar 2026 19:01:11 GMT");
    assert!(response.headers().get("content-type").is_none());
    assert_eq!(response.text().await.unwrap(), "");

    let moved = StatusFault {
        headers: BTreeMap::from([("Location".into(), "https://elsewhere.example/".into())]),
        content_type: Some("text/plain".into()),
        ..StatusFault::new(302)
    };
    shop.spoil(Target::Create, CallFault::Status(moved));
    let response = shop.call("create", &order()).send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["location"]),
        (302, &"https://elsewhere.example/".parse().unwrap())
    );
    assert_eq!(response.headers()["content-type"], "text/plain");
    assert_eq!(made(&shop), 1);
}

#[tokio::test]
async fn headers_are_replaced() {
    let shop = shop().await;
    let wrong = BTreeMap::from([
        (
            "Date".to_owned(),
            "Thu, 01 Jan 1970 00:00:00 GMT".to_owned(),
        ),
        ("Content-Type".to_owned(), "text/plain".to_owned()),
        ("X-Odd".to_owned(), "1".to_owned()),
    ]);
    shop.spoil(Target::Create, CallFault::Headers(wrong));
    let response = shop.call("create", &order()).send().await.unwrap();
    let dates: Vec<_> = response.headers().get_all("date").iter().collect();
    assert_eq!(dates, ["Thu, 01 Jan 1970 00:00:00 GMT"]);
    let types: Vec<_> = response.headers().get_all("content-type").iter().collect();
    assert_eq!(types, ["text/plain"]);
    assert_eq!(response.headers()["x-odd"], "1");
    assert_eq!(response.json::<Value>().await.unwrap()["test_mode"], false);
}

#[tokio::test]
async fn a_body_is_replaced_and_the_status_is_not() {
    let shop = shop().await;
    for (body, text) in [
        (FalseBody::Text("{\"invoice\":{".into()), "{\"invoice\":{"),
        (FalseBody::Json(json!([1])), "[1]"),
        (FalseBody::NestedDepth(3), "[[[]]]"),
    ] {
        shop.spoil(Target::Create, CallFault::Body(body));
        let response = shop.call("create", &order()).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(response.text().await.unwrap(), text);
    }
    assert_eq!(made(&shop), 3);
}

#[tokio::test]
async fn a_huge_body_ends_with_the_true_answer_and_does_not_tell_its_length() {
    let shop = shop().await;
    shop.spoil(
        Target::Create,
        CallFault::Body(FalseBody::HugeBytes(1_000_000)),
    );
    let response = shop.call("create", &order()).send().await.unwrap();
    assert_eq!(response.content_length(), None);
    let bytes = response.bytes().await.unwrap();
    assert_eq!(
        bytes.iter().take_while(|byte| **byte == b' ').count(),
        1_000_000
    );
    let body: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(body["invoice"]["id"], shop.control.invoices()[0].id);
}

#[tokio::test]
async fn a_slow_body_arrives_whole_in_the_end_and_in_pieces() {
    let shop = shop().await;
    shop.spoil(
        Target::Create,
        CallFault::SlowBody {
            bytes: 50,
            every_ms: 5,
        },
    );
    let mut response = shop.call("create", &order()).send().await.unwrap();
    let promised = response.content_length().unwrap();
    let mut pieces: Vec<_> = Vec::new();
    while let Some(piece) = response.chunk().await.unwrap() {
        pieces.push(piece);
    }
    assert!(pieces.len() > 1);
    let body = pieces.concat();
    assert_eq!(body.len() as u64, promised);
    assert_eq!(
        serde_json::from_slice::<Value>(&body).unwrap()["test_mode"],
        false
    );
    shop.spoil(
        Target::Create,
        CallFault::SlowBody {
            bytes: 1,
            every_ms: 1000,
        },
    );
    let call = shop
        .call("create", &order())
        .timeout(Duration::from_millis(100))
        .send();
    assert!(call.await.unwrap().bytes().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_stale_answer_is_paid_then_not_then_paid() {
    let shop = shop().await;
    let id = shop.created().await;
    shop.control.pay(&id).unwrap();
    let stale = FaultRule::next(Target::Info, CallFault::Stale { for_ms: None });
    shop.control.add_fault(stale.after(1)).unwrap();
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(shop.info(&id).await["is_paid"].as_bool().unwrap());
    }
    assert_eq!(seen, [true, false, true]);
    let lagging = FaultRule::next(Target::Info, CallFault::Stale { for_ms: Some(3000) });
    shop.control.add_fault(lagging.always()).unwrap();
    assert_eq!(shop.info(&id).await["is_paid"], false);
    shop.pass(3);
    assert_eq!(shop.info(&id).await["is_paid"], true);
}

#[tokio::test]
async fn an_edited_answer_differs_where_told() {
    let shop = shop().await;
    let edit = CallFault::Edit {
        set: BTreeMap::from([("/pay_url".into(), json!("https://elsewhere.example/"))]),
        remove: vec!["/invoice/expires_at".into()],
    };
    shop.spoil(Target::Create, edit);
    let response = shop.call("create", &order()).send().await.unwrap();
    let id = shop.control.invoices()[0].id.clone();
    assert_eq!(
        response.json::<Value>().await.unwrap(),
        json!({"invoice": {"id": id}, "pay_url": "https://elsewhere.example/", "test_mode": false})
    );
}

#[tokio::test]
async fn a_rule_for_one_invoice_leaves_the_others_alone() {
    let shop = shop().await;
    let (one, other) = (shop.created().await, shop.created().await);
    let rule = FaultRule::next(Target::Info, CallFault::Status(StatusFault::new(500)));
    shop.control
        .add_fault(rule.for_invoice(&one).always())
        .unwrap();
    for _ in 0..2 {
        assert_eq!(shop.ask(&one).send().await.unwrap().status(), 500);
        shop.info(&other).await;
    }
    shop.control.clear_faults();
    shop.info(&one).await;
}

#[tokio::test]
async fn a_fault_ends_one_connection_and_not_the_next() {
    let shop = shop().await;
    let id = shop.created().await;
    shop.spoil(Target::Info, CallFault::ResetBeforeWork);
    let error = shop.ask(&id).send().await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
    shop.info(&id).await;
    assert_eq!(shop.control.count(Endpoint::Info), 2);
}
