//! The customer's page, by forms alone.

use reqwest::Method;

use crate::support::{Shop, shop};

async fn page(shop: &Shop, id: &str) -> String {
    let path = format!("/invoice/{id}");
    let response = shop.bare(Method::GET, &path).send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.text().await.unwrap()
}

async fn submit(shop: &Shop, id: &str, form: &str, body: &'static str) -> u16 {
    let response = shop
        .bare(Method::POST, &format!("/invoice/{id}/{form}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", shop.url(""))
        .body(body)
        .send()
        .await
        .unwrap();
    if response.status() == 303 {
        assert_eq!(response.headers()["location"], format!("/invoice/{id}"));
    }
    response.status().as_u16()
}

#[tokio::test]
async fn a_customer_chooses_changes_their_mind_and_pays() {
    let shop = shop().await;
    let id = shop.created().await;
    let first = page(&shop, &id).await;
    assert!(first.contains("Practice: no real money") && first.contains("12.5 EUR"));
    for coin in shop.control.coins() {
        assert!(first.contains(&format!("value='{} {}'", coin.crypto, coin.network)));
    }
    assert!(!first.contains("id=pay"));
    assert_eq!(submit(&shop, &id, "choose", "coin=BTC+BTC").await, 303);
    assert_eq!(submit(&shop, &id, "choose", "coin=USDT+TRC20").await, 303);
    let second = page(&shop, &id).await;
    assert!(second.contains("13.586957 USDT") && second.contains("id=pay"));
    assert!(second.contains(&format!("practice-USDT-TRC20-{id}")));
    assert_eq!(shop.info(&id).await["network"], "TRC20");
    assert_eq!(submit(&shop, &id, "pay", "").await, 303);
    let third = page(&shop, &id).await;
    assert!(third.contains("id=paid") && !third.contains("<button"));
    assert_eq!(shop.info(&id).await["is_paid"], true);
    // A second tap, or the back button, changes nothing.
    assert_eq!(submit(&shop, &id, "pay", "").await, 303);
    assert_eq!(submit(&shop, &id, "choose", "coin=BTC+BTC").await, 303);
    assert_eq!(shop.info(&id).await["crypto"], "USDT");
}

#[tokio::test]
async fn an_expired_invoice_offers_nothing() {
    let shop = shop().await;
    let id = shop.created().await;
    shop.pass(180);
    let html = page(&shop, &id).await;
    assert!(html.contains("id=ended") && !html.contains("<form"));
    assert_eq!(submit(&shop, &id, "pay", "").await, 303);
    assert_eq!(shop.info(&id).await["is_paid"], false);
}

#[tokio::test]
async fn the_page_is_locked_down_and_says_when_it_looks_again() {
    let shop = shop().await;
    let id = shop.created().await;
    let open = || shop.bare(Method::GET, &format!("/invoice/{id}")).send();
    let response = open().await.unwrap();
    let headers = response.headers().clone();
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'nonce-"),
        "{policy}"
    );
    assert!(policy.contains("form-action 'self'") && policy.contains("frame-ancestors 'none'"));
    let nonce = policy
        .split('\'')
        .nth(3)
        .unwrap()
        .strip_prefix("nonce-")
        .unwrap();
    assert!(
        response
            .text()
            .await
            .unwrap()
            .contains(&format!("<style nonce={nonce}>"))
    );
    assert_eq!(headers["refresh"], "5");
    // `no-referrer` would turn the origin of the page's own forms into `null`.
    assert_eq!(headers["referrer-policy"], "same-origin");
    shop.control.pay(&id).unwrap();
    assert!(open().await.unwrap().headers().get("refresh").is_none());
}

#[tokio::test]
async fn the_shops_words_are_shown_and_its_payload_is_not() {
    let shop = shop().await;
    let mut body = crate::support::order();
    body["payload"] = "secret words".into();
    body["ui"] = serde_json::json!({"description": "Tea #4",
        "redirect_url": "https://shop.example/?a='><script>&b"});
    assert_eq!(
        shop.call("create", &body).send().await.unwrap().status(),
        200
    );
    let id = shop.control.invoices()[0].id.clone();
    assert!(page(&shop, &id).await.contains("Tea #4"));
    shop.control.pay(&id).unwrap();
    let paid = page(&shop, &id).await;
    assert!(
        paid.contains("href='https://shop.example/?a=&#39;&gt;&lt;script&gt;&amp;b'"),
        "{paid}"
    );
    assert!(!paid.contains("secret words") && !paid.contains("<script"));
}

#[tokio::test]
async fn what_was_never_made_is_404_and_a_bad_form_is_refused() {
    let shop = shop().await;
    let lost = shop
        .bare(Method::GET, "/invoice/%3Cb%3E")
        .send()
        .await
        .unwrap();
    assert_eq!(lost.status(), 404);
    assert!(!lost.text().await.unwrap().contains("<b>"));
    assert_eq!(submit(&shop, "none", "pay", "").await, 404);
    let id = shop.created().await;
    assert_eq!(submit(&shop, &id, "choose", "coin=DOGE+DOGE").await, 303);
    assert_eq!(submit(&shop, &id, "choose", "colour=red").await, 422);
    assert_eq!(shop.info(&id).await["crypto"], "NONE");
}

#[tokio::test]
async fn another_site_cannot_pay() {
    let shop = shop().await;
    let id = shop.created().await;
    for origin in ["http://evil.example", "null", "http://127.0.0.1:1"] {
        let request = shop.bare(Method::POST, &format!("/invoice/{id}/pay"));
        let response = request.header("origin", origin).send().await.unwrap();
        assert_eq!(response.status(), 403);
    }
    assert_eq!(shop.info(&id).await["is_paid"], false);
}
