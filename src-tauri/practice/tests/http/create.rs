//! `POST /v1/invoice/create`.

use reqwest::Method;
use ringup_practice::{Authorization, Endpoint, Options};
use serde_json::{Value, json};

use crate::support::{KEY, OPENED, error, order, shop, shop_with};

#[tokio::test]
async fn a_good_order_becomes_an_invoice() {
    let shop = shop().await;
    let response = shop.call("create", &order()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.headers()["date"], "Mon, 16 Mar 2026 19:01:11 GMT");
    let body: Value = response.json().await.unwrap();
    let id = body["invoice"]["id"].as_str().unwrap();
    assert_eq!(id.len(), 36);
    assert_eq!(
        body,
        json!({"invoice": {"id": id, "expires_at": OPENED + 180},
            "pay_url": shop.url(&format!("/invoice/{id}")), "test_mode": false})
    );
}

#[tokio::test]
async fn every_field_is_kept_and_unknown_ones_are_ignored() {
    let shop = shop().await;
    let body = json!({"lifetime": 1440, "amount": "100.00", "currency": "RUB",
        "payload": "{\"till\":\"a\"}", "webhook": "https://shop.example/hook", "colour": "red",
        "ui": {"description": "Чай #4", "redirect_url": "http://shop.example/", "theme": 1}});
    let response = shop.call("create", &body).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let request = shop.control.invoices()[0].request.clone();
    assert_eq!(request.lifetime_minutes, 1440);
    assert_eq!(
        (request.amount.text(), request.amount.minor()),
        ("100.00", 10_000)
    );
    assert_eq!(request.payload.as_deref(), Some("{\"till\":\"a\"}"));
    assert_eq!(
        request.webhook.as_deref(),
        Some("https://shop.example/hook")
    );
    assert_eq!(request.description.as_deref(), Some("Чай #4"));
    assert_eq!(
        request.redirect_url.as_deref(),
        Some("http://shop.example/")
    );
}

#[tokio::test]
async fn each_bad_field_is_refused_by_name_and_makes_nothing() {
    let shop = shop().await;
    let cases = [
        ("lifetime", json!({"lifetime": 2})),
        ("amount", json!({"amount": "0.99"})),
        ("amount", json!({"amount": "1.999"})),
        ("amount", json!({"amount": 12.5})),
        ("currency", json!({"currency": "GBP"})),
        ("payload", json!({"payload": "four"})),
        ("webhook", json!({"webhook": "http://shop.example/"})),
        ("ui", json!({"ui": []})),
        ("ui.description", json!({"ui": {"description": "a & b"}})),
        (
            "ui.redirect_url",
            json!({"ui": {"redirect_url": "javascript:alert(1)"}}),
        ),
    ];
    for (field, change) in cases {
        let mut body = order();
        body.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let response = shop.call("create", &body).send().await.unwrap();
        let (status, code, message) = error(response).await;
        assert_eq!((status, code.as_str()), (422, "invalid_field"));
        assert!(message.starts_with(&format!("{field}: ")), "{message}");
    }
    assert!(shop.control.invoices().is_empty());
}

#[tokio::test]
async fn the_key_is_asked_for_before_anything_is_read() {
    let shop = shop().await;
    let call = || shop.bare(Method::POST, "/v1/invoice/create").body("{");
    let absent = call().send().await.unwrap();
    assert_eq!(absent.headers()["www-authenticate"], "Bearer");
    assert_eq!(error(absent).await.0, 401);
    for wrong in [
        "Bearer other",
        "Bearer ",
        "Bearer",
        "Basic practice-key",
        KEY,
    ] {
        let response = call().header("authorization", wrong).send().await.unwrap();
        assert_eq!(error(response).await.0, 401, "{wrong}");
    }
    assert!(shop.control.invoices().is_empty());
}

#[tokio::test]
async fn without_a_key_of_its_own_it_takes_any_but_an_empty_one() {
    let shop = shop_with(Options::default()).await;
    let with = |key: &str| {
        let request = shop.bare(Method::POST, "/v1/invoice/create").json(&order());
        request
            .header("authorization", format!("Bearer {key}"))
            .send()
    };
    assert_eq!(with("anything").await.unwrap().status(), 200);
    assert_eq!(with("").await.unwrap().status(), 401);
}

#[tokio::test]
async fn method_type_and_json_are_checked() {
    let shop = shop().await;
    let path = "/v1/invoice/create";
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let response = shop
            .bare(method, path)
            .bearer_auth(KEY)
            .send()
            .await
            .unwrap();
        assert_eq!(response.headers()["allow"], "POST");
        assert_eq!(error(response).await.0, 405);
    }
    let post = || shop.bare(Method::POST, path).bearer_auth(KEY);
    let untyped = post().body(order().to_string()).send().await.unwrap();
    assert_eq!(error(untyped).await.0, 415);
    let form = post()
        .header("content-type", "text/plain")
        .body(order().to_string());
    assert_eq!(error(form.send().await.unwrap()).await.0, 415);
    let with_charset = post()
        .header("content-type", "Application/JSON; charset=utf-8")
        .body(order().to_string());
    assert_eq!(with_charset.send().await.unwrap().status(), 200);
    for bad in ["", "{", "[]", "\"text\"", "{\"lifetime\":3,}"] {
        let response = post().header("content-type", "application/json").body(bad);
        let (status, code, _) = error(response.send().await.unwrap()).await;
        assert_eq!((status, code.as_str()), (400, "bad_json"), "{bad}");
    }
    let huge = post()
        .json(&json!({"payload": "x".repeat(300 * 1024)}))
        .send()
        .await
        .unwrap();
    assert_eq!(error(huge).await.0, 413);
    let lost = shop
        .bare(Method::POST, "/v1/invoice/other")
        .send()
        .await
        .unwrap();
    assert_eq!(error(lost).await.0, 404);
}

#[tokio::test]
async fn test_mode_marks_the_invoice() {
    let shop = shop_with(Options {
        test_mode: true,
        ..Options::default()
    })
    .await;
    let response = shop.call("create", &order()).send().await.unwrap();
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["test_mode"], true);
    assert_eq!(
        shop.info(body["invoice"]["id"].as_str().unwrap()).await["is_testing"],
        true
    );
}

#[tokio::test]
async fn the_log_tells_what_came_but_not_the_key() {
    let shop = shop().await;
    let id = shop.created().await;
    let wrong = shop
        .ask(&id)
        .bearer_auth("canary")
        .header("x-till", "a")
        .send()
        .await;
    assert_eq!(wrong.unwrap().status(), 401);
    let bare = shop
        .bare(Method::POST, "/v1/invoice/info?a=b")
        .body("not json")
        .send()
        .await;
    assert_eq!(bare.unwrap().status(), 401);
    let [create, info, bare] = &shop.control.requests()[..] else {
        panic!("three requests");
    };
    assert_eq!(
        (create.endpoint, create.authorization),
        (Endpoint::Create, Authorization::Valid)
    );
    assert_eq!((create.number, create.at_unix_ms), (1, OPENED * 1000));
    assert_eq!(
        (create.invoice.as_deref(), create.body.clone()),
        (Some(id.as_str()), Some(order()))
    );
    assert_eq!(create.headers["content-type"], "application/json");
    assert_eq!(
        (info.method.as_str(), info.path.as_str()),
        ("POST", "/v1/invoice/info")
    );
    assert_eq!(
        (&info.invoice, &info.body, info.body_bytes),
        (&None, &None, 0),
        "nothing is kept of a body that came without an accepted key"
    );
    assert_eq!(info.authorization, Authorization::Wrong);
    assert_eq!(info.headers["x-till"], "a");
    assert_eq!(
        (bare.authorization, bare.path.as_str()),
        (Authorization::Absent, "/v1/invoice/info?a=b")
    );
    assert_eq!((bare.body.clone(), bare.body_bytes), (None, 0));
    let all = serde_json::to_string(&shop.control.requests()).unwrap();
    assert!(!all.contains("canary") && !all.contains(KEY));
}
