//! What nobody has thought of at the tills' doors: calls of any method, path, token, packing and body, also whole batches
//! that were changed somewhere. Each gets an answer that a till can read, and changes nothing of a till whose token it does
//! not bear.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use ringup_core::clock::Clock;
use secrecy::ExposeSecret as _;
use serde_json::Value;
use tokio::runtime::Handle;

use office_tests::visitor::send;
use office_tests::{RunningOffice, TestTill};

/// Every code of a refusal (docs/contract.md, *The back office*).
const CODES: [&str; 17] = [
    "code_invalid",
    "token_unknown",
    "token_revoked",
    "token_replaced",
    "batch_invalid",
    "settings_invalid",
    "texts_invalid",
    "other_till",
    "practice_refused",
    "chain_broken",
    "gap",
    "quarantined",
    "set_aside",
    "unreadable",
    "too_large",
    "not_found",
    "busy",
];

/// Whose token a call bears.
#[derive(Debug, Clone, Copy)]
enum Bears {
    Nothing,
    Garbage,
    Revoked,
    Own,
}

/// How a body is packed, and what is said of it.
#[derive(Debug, Clone, Copy)]
enum Packed {
    No,
    Gzip,
    /// It says so, and is not.
    NotGzip,
    /// Zeros that unpack to more than is read.
    Bomb,
    Unknown,
}

fn bodies(batch: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    let whole = batch.to_owned();
    // A batch in which one piece is something else.
    let changed = (0..batch.len(), "\\PC{0,8}", any::<bool>()).prop_map(move |(at, text, cut)| {
        let mut chars: Vec<char> = whole.chars().collect();
        let at = at.min(chars.len());
        let rest = chars.split_off(at);
        chars.extend(text.chars());
        if !cut {
            chars.extend(rest);
        }
        chars.into_iter().collect::<String>().into_bytes()
    });
    let values = prop_oneof![
        Just("null".to_owned()),
        "-?[0-9]{1,40}",
        "\"[a-z0-9]{0,64}\"",
        Just("[]".to_owned()),
        Just("{}".to_owned()),
    ];
    let names = select(vec![
        "first", "previous", "entries", "last", "secret", "till", "more", "number", "refused",
        "changed", "items", "taxes", "cashiers", "texts", "list", "zone", "shop", "version",
    ]);
    let object = proptest::collection::vec((names, values), 0..6).prop_map(|fields| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        format!("{{{}}}", fields.join(",")).into_bytes()
    });
    let deep = (1..3000_usize).prop_map(|depth| "[".repeat(depth).into_bytes());
    prop_oneof![
        3 => changed,
        3 => object,
        1 => deep,
        1 => proptest::collection::vec(any::<u8>(), 0..400),
        1 => Just(Vec::new()),
    ]
}

fn paths() -> impl Strategy<Value = String> {
    let ours = vec![
        "/v1/pair",
        "/v1/token",
        "/v1/head",
        "/v1/office",
        "/v1/receipt-texts",
        "/v1/settings",
        "/v1/settings/taken",
        "/v1/settings/offer",
        "/v1/settings/",
        "/v1/news/1",
        "/hook/",
        "/hook/guessed",
        "/hook/guessed/1",
        "/v1/entries",
        "/v1/entries/1",
        "/v1/entries/0",
        "/v1/entries/18446744073709551616",
        "/v1/entries/-1",
        "/v1/entries/%00",
        "/v1/entries/../head",
        "/v1//entries",
        "/v1/Entries",
        "/v1/entries/",
        "/v1/%2e%2e/health",
        "/v1/",
        "/v1",
        "/health",
        "/health/live",
    ];
    prop_oneof![
        6 => select(ours).prop_map(str::to_owned),
        1 => "/v1/[a-z%0-9./]{0,20}",
    ]
}

fn packed(body: &[u8], how: Packed) -> (Vec<u8>, &'static str) {
    let gzip = |bytes: &[u8]| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    match how {
        Packed::No => (body.to_vec(), ""),
        Packed::Gzip => (gzip(body), "Content-Encoding: gzip\r\n"),
        Packed::NotGzip => (body.to_vec(), "Content-Encoding: gzip\r\n"),
        Packed::Bomb => (gzip(&vec![b' '; 6_000_000]), "Content-Encoding: gzip\r\n"),
        Packed::Unknown => (body.to_vec(), "Content-Encoding: br\r\n"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_call_of_a_till_is_too_strange() {
    let office = RunningOffice::start().await;
    let (mut till, mut other, revoked) = (TestTill::new(), TestTill::new(), TestTill::new());
    till.sell(3);
    other.sell(3);
    let (token, key) = office.pair(till.id()).await;
    let (others, others_key) = office.pair(other.id()).await;
    let (gone, _) = office.pair(revoked.id()).await;
    let now = Clock::system().now();
    office.store.revoke(revoked.id(), now).await.unwrap();
    for (till, token, key) in [(&till, &token, &key), (&other, &others, &others_key)] {
        let sent = office
            .client()
            .send(token, till.id(), key, &till.batch(0))
            .await;
        sent.unwrap();
    }
    let before = office.store.entries(other.id(), 1, 1000).await.unwrap();
    till.sell(2);
    let batch = serde_json::to_string(&till.batch(4)).unwrap();
    let (handle, address) = (Handle::current(), office.address);
    let tried = tokio::task::spawn_blocking(move || {
        let config = Config {
            cases: 700,
            failure_persistence: None,
            ..Config::default()
        };
        let methods = select(vec![
            "POST", "POST", "POST", "GET", "GET", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "X",
        ]);
        let bears = select(vec![
            Bears::Nothing,
            Bears::Garbage,
            Bears::Revoked,
            Bears::Own,
            Bears::Own,
        ]);
        let how = select(vec![
            Packed::No,
            Packed::No,
            Packed::Gzip,
            Packed::NotGzip,
            Packed::Bomb,
            Packed::Unknown,
        ]);
        let said = "[ -~]{0,60}";
        let calls = (methods, paths(), bears, how, bodies(&batch), said);
        TestRunner::new(config)
            .run(&calls, |(method, path, bears, how, body, said)| {
                let token = match bears {
                    Bears::Nothing => String::new(),
                    Bears::Garbage => format!("Authorization: Bearer {}\r\n", said.trim()),
                    Bears::Revoked => format!("Authorization: Bearer {}\r\n", gone.expose_secret()),
                    Bears::Own => format!("Authorization: Bearer {}\r\n", token.expose_secret()),
                };
                let (body, encoding) = packed(&body, how);
                let head = format!(
                    "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{token}{encoding}ringup-till: {}\r\nContent-Length: {}\r\n\r\n",
                    said.trim(),
                    body.len()
                );
                let request = [head.as_bytes(), &body].concat();
                let answer = handle.block_on(send(address, &request));
                let status = answer.status;
                prop_assert!((200..500).contains(&status) || status == 503, "{status} {path}");
                prop_assert!(answer.body.len() < 16 * 1024, "{}", answer.body.len());
                prop_assert!(!answer.body.contains("panicked") && !answer.body.contains("sqlite"));
                let is_till = path.starts_with("/v1/") && method != "HEAD" && status != 405;
                if is_till && status >= 400 && !answer.body.is_empty() && path.starts_with("/v1/") {
                    let refusal: Result<Value, _> = serde_json::from_str(&answer.body);
                    let code = refusal.ok().and_then(|it| Some(it["code"].as_str()?.to_owned()));
                    prop_assert!(code.as_deref().is_some_and(|code| CODES.contains(&code)), "{status} {path} {}", answer.body);
                }
                let is_free = path.starts_with("/health");
                if status == 200 && !is_free {
                    prop_assert!(matches!(bears, Bears::Own), "{method} {path} {}", answer.body);
                }
                Ok(())
            })
            .map_err(|failed| failed.to_string())
    });
    tried.await.unwrap().unwrap();
    assert_eq!(
        office.store.entries(other.id(), 1, 1000).await.unwrap(),
        before
    );
    assert_eq!(office.store.verify(now).await.unwrap().faults, []);
    let head = office.client().head(&others, other.id(), &others_key).await;
    assert_eq!(head.unwrap().seq, other.entries());
}
