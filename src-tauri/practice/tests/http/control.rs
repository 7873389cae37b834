//! The control API over HTTP.

use std::time::Duration;

use reqwest::Method;
use ringup_practice::{Endpoint, Options, start};
use serde_json::{Value, json};

use crate::support::{KEY, Shop, error, order, shop};

async fn json_of(shop: &Shop, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
    let mut request = shop.control_call(method, path);
    if let Some(body) = body {
        request = request.json(&body);
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

async fn post(shop: &Shop, id: &str, verb: &str, body: Option<Value>) -> (u16, Value) {
    json_of(
        shop,
        Method::POST,
        &format!("/control/invoices/{id}/{verb}"),
        body,
    )
    .await
}

#[tokio::test]
async fn a_script_plays_the_customer() {
    let shop = shop().await;
    let id = shop.created().await;
    let coin = json!({"crypto": "TON", "network": "TON"});
    let (status, chosen) = post(&shop, &id, "choose", Some(coin)).await;
    assert_eq!((status, &chosen["stage"]["name"]), (200, &json!("waiting")));
    assert_eq!(chosen["stage"]["choice"]["crypto"], "TON");
    assert_eq!(
        post(&shop, &id, "pay", None).await.1["info"]["is_paid"],
        true
    );
    assert_eq!(
        post(&shop, &id, "process", None).await.1["stage"]["settled"],
        true
    );
    let late = shop.created().await;
    assert_eq!(
        post(&shop, &late, "end", None).await.1["info"]["pay_status"],
        "end"
    );
    assert_eq!(
        post(&shop, &late, "pay-late", None).await.1["stage"]["late"],
        true
    );
    let (_, all) = json_of(&shop, Method::GET, "/control/invoices", None).await;
    let ids: Vec<_> = all["invoices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["id"])
        .collect();
    assert_eq!(ids, [&json!(id), &json!(late)]);
    let one = json_of(
        &shop,
        Method::GET,
        &format!("/control/invoices/{late}"),
        None,
    )
    .await;
    assert_eq!(one.1, all["invoices"][1]);
    let (_, coins) = json_of(&shop, Method::GET, "/control/coins", None).await;
    assert_eq!(coins["coins"][0]["network"], "TRC20");
}

#[tokio::test]
async fn info_can_be_made_to_contradict_the_request() {
    let shop = shop().await;
    let id = shop.created().await;
    let lies = json!({"fiat_amount": "99", "fiat_currency": "USD", "is_testing": true,
        "id": "other", "pay_status": "odd", "extra": {"a": 1}});
    assert_eq!(post(&shop, &id, "set", Some(lies.clone())).await.0, 200);
    post(&shop, &id, "omit", Some(json!(["is_paid"]))).await;
    let info = shop.info(&id).await;
    for (field, value) in lies.as_object().unwrap() {
        assert_eq!(&info[field], value);
    }
    assert!(info.get("is_paid").is_none());
    post(&shop, &id, "honest", None).await;
    assert_eq!(shop.info(&id).await["fiat_amount"], "12.5");
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_a_reason() {
    let shop = shop().await;
    let id = shop.created().await;
    let code = |answer: (u16, Value)| {
        (
            answer.0,
            answer.1["error"]["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        )
    };
    let refused = |status: u16, word: &str| (status, word.to_owned());
    assert_eq!(
        code(post(&shop, "none", "pay", None).await),
        refused(404, "unknown_invoice")
    );
    assert_eq!(
        code(post(&shop, &id, "process", None).await),
        refused(409, "wrong_stage")
    );
    assert_eq!(
        code(post(&shop, &id, "pay-late", None).await),
        refused(409, "wrong_stage")
    );
    assert_eq!(
        code(post(&shop, &id, "dance", None).await),
        refused(404, "unknown_verb")
    );
    let coin = json!({"crypto": "DOGE", "network": "DOGE"});
    assert_eq!(
        code(post(&shop, &id, "choose", Some(coin)).await),
        refused(422, "unknown_coin")
    );
    assert_eq!(
        code(post(&shop, &id, "choose", None).await),
        refused(422, "bad_body")
    );
    assert_eq!(
        code(post(&shop, &id, "set", Some(json!([]))).await),
        refused(422, "bad_body")
    );
    for (body, word) in [
        (json!({"endpoint": "all", "act": "hang"}), "bad_body"),
        (json!({"endpoint": "any", "act": "dance"}), "bad_body"),
        (
            json!({"endpoint": "any", "act": {"status": {"code": 99}}}),
            "bad_rule",
        ),
    ] {
        let answer = json_of(&shop, Method::POST, "/control/faults", Some(body)).await;
        assert_eq!(code(answer), refused(422, word));
    }
    let response = shop
        .control_call(Method::GET, "/control/reset")
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["allow"], "POST");
    assert_eq!(error(response).await.0, 405);
}

#[tokio::test]
async fn faults_and_requests_are_listed_and_cleared() {
    let shop = shop().await;
    let rule = json!({"endpoint": "info", "times": null, "act": {"status": {"code": 503}}});
    let (status, added) = json_of(&shop, Method::POST, "/control/faults", Some(rule)).await;
    assert_eq!((status, added), (200, json!({"number": 1})));
    let id = shop.created().await;
    assert_eq!(shop.ask(&id).send().await.unwrap().status(), 503);
    let (_, list) = json_of(&shop, Method::GET, "/control/faults", None).await;
    assert_eq!(list["faults"][0]["rule"]["act"]["status"]["code"], 503);
    assert_eq!(
        json_of(&shop, Method::DELETE, "/control/faults", None)
            .await
            .0,
        204
    );
    shop.info(&id).await;
    let (_, log) = json_of(&shop, Method::GET, "/control/requests", None).await;
    assert_eq!(log["counts"], json!({"create": 1, "info": 2}));
    assert_eq!(log["requests"][1]["invoice"], json!(id));
    assert_eq!(log["requests"][1]["authorization"], "valid");
    assert_eq!(
        json_of(&shop, Method::DELETE, "/control/requests", None)
            .await
            .0,
        204
    );
    assert_eq!(shop.control.count(Endpoint::Info), 0);
    shop.info(&id).await;
    assert_eq!(shop.control.requests()[0].number, 1);
    assert_eq!(
        json_of(&shop, Method::POST, "/control/reset", None).await.0,
        204
    );
    assert!(shop.control.invoices().is_empty() && shop.control.requests().is_empty());
}

#[tokio::test]
async fn only_this_machine_and_no_other_site_may_ask() {
    let shop = shop().await;
    let ask = |name: &'static str, value: &str| {
        shop.control_call(Method::GET, "/control/invoices")
            .header(name, value)
            .send()
    };
    let foreign = ask("origin", "https://evil.example").await.unwrap();
    assert!(
        foreign
            .headers()
            .get("access-control-allow-origin")
            .is_none()
    );
    assert_eq!(error(foreign).await.0, 403);
    assert_eq!(
        error(ask("host", "evil.example").await.unwrap()).await.0,
        403
    );
    let ours = ask("origin", &shop.url("")).await.unwrap();
    assert_eq!(ours.status(), 200);
    assert!(ours.headers().get("access-control-allow-origin").is_none());
}

#[tokio::test]
async fn a_test_can_wait_for_calls() {
    let shop = shop().await;
    let control = shop.control.clone();
    let called = tokio::spawn(async move { control.called(Endpoint::Info, 2).await });
    let id = shop.created().await;
    shop.info(&id).await;
    assert!(!called.is_finished());
    shop.info(&id).await;
    tokio::time::timeout(Duration::from_secs(5), called)
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn a_taken_port_is_an_error_that_names_it() {
    let shop = shop().await;
    let port = shop.gateway.port();
    let error = start(Options {
        port,
        ..Options::default()
    })
    .await
    .unwrap_err();
    assert!(
        error.to_string().contains(&format!("127.0.0.1:{port}")),
        "{error}"
    );
}

#[tokio::test]
async fn the_key_is_not_in_the_debug_text() {
    let options = Options {
        key: Some("canary".into()),
        ..Options::default()
    };
    assert!(!format!("{options:?}").contains("canary"));
}

#[tokio::test]
async fn nobody_without_the_token_may_control() {
    let shop = shop().await;
    let id = shop.created().await;
    let routes = [
        (Method::GET, "/control/invoices".to_owned()),
        (Method::GET, format!("/control/invoices/{id}")),
        (Method::POST, format!("/control/invoices/{id}/pay")),
        (Method::POST, format!("/control/invoices/{id}/set")),
        (Method::GET, "/control/coins".to_owned()),
        (Method::POST, "/control/reset".to_owned()),
        (Method::GET, "/control/requests".to_owned()),
        (Method::POST, "/control/faults".to_owned()),
    ];
    for (method, path) in routes {
        for token in [None, Some(KEY), Some("")] {
            let mut request = shop.bare(method.clone(), &path).json(&json!({}));
            if let Some(token) = token {
                request = request.bearer_auth(token);
            }
            let (status, code, _) = error(request.send().await.unwrap()).await;
            assert_eq!((status, code.as_str()), (401, "unauthorized"), "{path}");
        }
    }
    assert_eq!(shop.info(&id).await["is_paid"], false);
}

#[tokio::test]
async fn memory_is_bounded_and_the_oldest_dead_invoice_goes_first() {
    let shop = shop().await;
    let ended = shop.created().await;
    let waiting = shop.created().await;
    shop.control.end(&ended).unwrap();
    let mut order = order();
    order["payload"] = json!("x".repeat(16_384));
    for _ in 0..511 {
        let made = shop.call("create", &order).send().await.unwrap();
        assert_eq!(made.status(), 200);
    }
    assert_eq!(shop.ask(&ended).send().await.unwrap().status(), 404);
    // All others wait: now the oldest of them has to go.
    assert_eq!(shop.ask(&waiting).send().await.unwrap().status(), 404);
    let left = shop.control.invoices().len();
    assert!((400..=511).contains(&left), "{left}");
}
