//! A gateway with a clock that only moves when told, and a client that follows nothing.

use std::{
    sync::{
        Arc, Once,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use reqwest::{Client, Method, RequestBuilder, Response, redirect::Policy};
use ringup_practice::{
    CallFault, Clock, Control, Endpoint, FaultRule, Options, PracticeGateway, Target, start,
};
use serde_json::{Value, json};

pub(crate) const KEY: &str = "practice-key";

/// 2026-03-16T19:01:11Z.
pub(crate) const OPENED: i64 = 1_773_687_671;

pub(crate) struct Shop {
    pub(crate) gateway: PracticeGateway,
    pub(crate) control: Control,
    pub(crate) client: Client,
    now_unix: Arc<AtomicI64>,
}

pub(crate) async fn shop() -> Shop {
    shop_with(Options {
        key: Some(KEY.into()),
        ..Options::default()
    })
    .await
}

pub(crate) async fn shop_with(options: Options) -> Shop {
    let now_unix = Arc::new(AtomicI64::new(OPENED));
    let clock = {
        let now_unix = Arc::clone(&now_unix);
        Clock::new(move || Timestamp::from_second(now_unix.load(Ordering::Relaxed)).unwrap())
    };
    let gateway = start(Options { clock, ..options }).await.unwrap();
    // The client insists on TLS being ready, although loopback never uses it.
    static TLS: Once = Once::new();
    TLS.call_once(|| {
        rustls::crypto::ring::default_provider()
            .install_default()
            .unwrap();
    });
    let client = Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .unwrap();
    Shop {
        control: gateway.control(),
        gateway,
        client,
        now_unix,
    }
}

impl Shop {
    pub(crate) fn pass(&self, seconds: i64) {
        self.now_unix.fetch_add(seconds, Ordering::Relaxed);
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.gateway.port())
    }

    /// A request without a key.
    pub(crate) fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    /// A call of the control API.
    pub(crate) fn control_call(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path)
            .bearer_auth(self.gateway.control_token())
    }

    /// A call of the API as a till makes it.
    pub(crate) fn call(&self, endpoint: &str, body: &Value) -> RequestBuilder {
        self.bare(Method::POST, &format!("/v1/invoice/{endpoint}"))
            .bearer_auth(KEY)
            .json(body)
    }

    pub(crate) async fn created(&self) -> String {
        let response = self.call("create", &order()).send().await.unwrap();
        let body: Value = response.json().await.unwrap();
        body["invoice"]["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn ask(&self, id: &str) -> RequestBuilder {
        self.call("info", &json!({"invoice_id": id}))
    }

    pub(crate) async fn info(&self, id: &str) -> Value {
        let response = self.ask(id).send().await.unwrap();
        assert_eq!(response.status(), 200);
        response.json().await.unwrap()
    }

    /// Waits for calls, but not for ever.
    pub(crate) async fn called(&self, endpoint: Endpoint, count: u64) {
        let called = self.control.called(endpoint, count);
        tokio::time::timeout(Duration::from_secs(5), called)
            .await
            .unwrap();
    }

    pub(crate) fn spoil(&self, target: Target, act: CallFault) {
        self.control
            .add_fault(FaultRule::next(target, act))
            .unwrap();
    }
}

pub(crate) fn order() -> Value {
    json!({"lifetime": 3, "amount": "12.5", "currency": "EUR"})
}

/// Asserts the shape of an error and gives its code and message.
pub(crate) async fn error(response: Response) -> (u16, String, String) {
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/json");
    let body: Value = response.json().await.unwrap();
    let text = |name: &str| body["error"][name].as_str().unwrap().to_owned();
    assert_eq!(body.as_object().unwrap().len(), 1);
    (status, text("code"), text("message"))
}
