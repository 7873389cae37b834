//! What strangers try at the owner's pages: every page without a session and with one that is worth nothing, every form
//! without its token, paths, headers and bodies of all kinds, and texts that would be scripts.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tokio::runtime::Handle;

use office_tests::visitor::{Answer, connect, encoded, send};
use office_tests::{RunningOffice, Visitor};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const ANNA: &str = "Anna";
const HERS: &str = "correct horse battery";

/// Every path of the pages and whether it takes a form, read from where they are declared: a new one is tried at once.
fn routes() -> Vec<(String, bool)> {
    let code = include_str!("../../../src-tauri/office/src/pages/mod.rs");
    let routes: Vec<_> = code
        .split(".route(")
        .skip(1)
        .map(|part| {
            let path = part.split('"').nth(1).unwrap();
            let path = path
                .replace("{till}", "018f0000-0000-7000-8000-000000000000")
                .replace("{secret}", "guessed")
                .replace("{number}", "1")
                .replace("{z}", "1")
                .replace("{id}", "018f0000-0000-7000-8000-000000000000")
                .replace("{verdict}", "refuse")
                .replace("{branch}", "0123456789ab")
                .replace("{name}", "pages.css");
            let handlers = part.split(".layer(").next().unwrap();
            (path, handlers.contains("post("))
        })
        .collect();
    assert!(routes.len() >= 13, "{routes:?}");
    routes
}

/// What everybody may ask for.
fn is_for_everybody(path: &str) -> bool {
    matches!(
        path,
        "/sign-in" | "/language" | "/setup/guessed" | "/assets/pages.css"
    )
}

/// The headers that every answer has.
fn assert_guarded(answer: &Answer, what: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{what}: {policy}");
    assert!(
        !policy.contains("unsafe") && !policy.contains("data:") && !policy.contains('*'),
        "{what}: {policy}"
    );
    let kept = answer.header("cache-control");
    assert!(
        kept == "no-store" || what.contains("/assets/"),
        "{what}: {kept}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_is_shown_without_a_session_that_counts() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let mut revoked = office.signed_in(ANNA, HERS).await;
    revoked.post("/sign-out", &[]).await;
    let mut kept = office.signed_in(ANNA, HERS).await;
    let session = kept.cookies["__Host-ringup-session"].clone();
    kept.post("/sign-out", &[]).await;
    let with = |session: &str| {
        let mut visitor = Visitor::new(office.address);
        visitor
            .cookies
            .insert("__Host-ringup-session".to_owned(), session.to_owned());
        visitor
    };
    let long = "A".repeat(43);
    let visitors = [
        ("nobody", Visitor::new(office.address)),
        ("a stranger's", with(&long)),
        ("revoked", with(&session)),
        ("its hash", with("00")),
        ("words", with("' OR 1=1 --")),
        ("long", with(&"A".repeat(5000))),
    ];
    for (name, visitor) in visitors {
        for (path, takes_form) in routes() {
            let what = format!("{name} {path}");
            let answer = visitor.clone().get(&path).await;
            assert_guarded(&answer, &what);
            let is_shown = answer.status == 200;
            assert!(
                !is_shown || is_for_everybody(&path),
                "{what}: {}",
                answer.status
            );
            assert!(
                matches!(answer.status, 200 | 303 | 401 | 404 | 405 | 429),
                "{what}: {}",
                answer.status
            );
            assert!(!answer.body.contains("class=\"bar\""), "{what}");
            if takes_form {
                let answer = visitor.clone().post(&path, &[("name", ANNA)]).await;
                assert!(
                    matches!(answer.status, 401 | 403),
                    "{what}: {}",
                    answer.status
                );
                assert_guarded(&answer, &what);
            }
        }
    }
    assert!(office.store.tills().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_form_counts_that_is_not_this_sessions_own() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    office.add_owner("Boris", HERS).await;
    let anna = office.signed_in(ANNA, HERS).await;
    let boris = office.signed_in("Boris", HERS).await;
    let good = anna.token.clone();
    let fields = |token: &str| format!("name=Stall&token={}", encoded(token));
    for (path, _) in routes().into_iter().filter(|(_, takes_form)| *takes_form) {
        for token in [
            "",
            "x",
            boris.token.as_str(),
            good.get(1..).unwrap(),
            &format!("{good}A"),
        ] {
            let answer = anna.post_body(&path, &fields(token)).await;
            assert_eq!(answer.status, 403, "{path} {token}");
            assert_guarded(&answer, &path);
        }
        for from in [
            "Origin: https://evil.example\r\n".to_owned(),
            "Origin: null\r\n".to_owned(),
            format!("Origin: http://{}\r\n", office.address),
            format!(
                "Origin: https://{}\r\nSec-Fetch-Site: cross-site\r\n",
                office.address
            ),
            format!(
                "Origin: https://{}\r\nSec-Fetch-Site: same-site\r\n",
                office.address
            ),
        ] {
            let mut elsewhere = anna.clone();
            elsewhere.more.clone_from(&from);
            let answer = elsewhere.post_body(&path, &fields(&good)).await;
            assert_eq!(answer.status, 403, "{path} {from}");
        }
        // No form at all: what a script of another site may send without asking.
        let request = format!(
            "POST {path} HTTP/1.1\r\n{}Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{}",
            anna.head(),
            fields(&good).len(),
            fields(&good)
        );
        assert_eq!(
            send(office.address, request.as_bytes()).await.status,
            403,
            "{path}"
        );
        // To look is no change, and a change is no look.
        let answer = anna
            .clone()
            .get(&format!("{path}?name=Stall&token={good}"))
            .await;
        assert!(
            matches!(answer.status, 200 | 303 | 404 | 405),
            "{path}: {}",
            answer.status
        );
    }
    assert!(office.store.tills().await.unwrap().is_empty());
    let codes: Vec<String> = office
        .store
        .audit(None)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.act)
        .collect();
    assert!(!codes.contains(&"pairing_shown".to_owned()), "{codes:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_method_is_refused() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let anna = office.signed_in(ANNA, HERS).await;
    for (path, takes_form) in routes() {
        for method in [
            "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get",
        ] {
            let request = format!("{method} {path} HTTP/1.1\r\n{}\r\n", anna.head());
            let answer = send(office.address, request.as_bytes()).await;
            assert!(
                matches!(answer.status, 400 | 404 | 405),
                "{method} {path}: {}",
                answer.status
            );
        }
        if !takes_form {
            let answer = anna.clone().post(&path, &[("name", "Stall")]).await;
            assert!(
                matches!(answer.status, 404 | 405),
                "{path}: {}",
                answer.status
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crooked_path_leads_nowhere() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let anna = office.signed_in(ANNA, HERS).await;
    for path in [
        "/assets/../tills",
        "/assets/..%2ftills",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/....//pages.css",
        "/assets/pages.css%00.js",
        "/assets//pages.css",
        "//tills",
        "/tills//pair",
        "/./tills",
        "/tills/%2e%2e/revoke",
        "/tills/..%5c..%5c/revoke",
        "/TILLS",
        "/tills;a=b",
        "/%74ills%2fpair",
        "/tills/' OR 1=1/revoke",
        "/setup/",
        "/setup/../tills",
        "/v1/../tills",
        "/v1/%2e%2e/tills",
        "/sign-in/../tills",
        "https://evil.example/tills",
        "*",
    ] {
        for visitor in [anna.clone(), Visitor::new(office.address)] {
            let answer = visitor.clone().get(path).await;
            let is_shown = answer.status == 200 && answer.body.contains("id=\"tills\"");
            // An address in whole names this host's page, to whom may see it.
            let may_be = path.starts_with("https:") && !visitor.cookies.is_empty();
            assert!(!is_shown || may_be, "{path}");
            assert!(
                matches!(answer.status, 200 | 303 | 400 | 404 | 429),
                "{path}: {}",
                answer.status
            );
        }
    }
    for raw in [
        "GET /tills\0 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /\u{1} HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /tills HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
        "GET /tills HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET /tills HTTP/9.9\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /tills HTTP/1.1\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    ] {
        let answer = send(office.address, raw.as_bytes()).await;
        assert!(
            matches!(answer.status, 0 | 303 | 400 | 403 | 505),
            "{raw:?}: {}",
            answer.status
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_body_is_not_read() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let anna = office.signed_in(ANNA, HERS).await;
    let body = "x".repeat(10 * 1024 * 1024);
    for path in [
        "/sign-in",
        "/tills/pair",
        "/language",
        "/v1/pair",
        "/v1/entries",
        "/nowhere",
    ] {
        let answer = anna.post_body(path, &body).await;
        // The office may be gone before the answer is read: it read no further.
        assert!(
            matches!(answer.status, 0 | 413),
            "{path}: {}",
            answer.status
        );
        let chunked = format!(
            "POST {path} HTTP/1.1\r\n{}Transfer-Encoding: chunked\r\n\r\na00000\r\n{body}\r\n0\r\n\r\n",
            anna.head()
        );
        let answer = send(office.address, chunked.as_bytes()).await;
        assert!(
            matches!(answer.status, 0 | 413),
            "{path}: {}",
            answer.status
        );
    }
    // What does not stop before its headers end.
    let head = format!(
        "GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n",
        "x".repeat(2 * 1024 * 1024)
    );
    assert!(matches!(
        send(office.address, head.as_bytes()).await.status,
        0 | 400 | 431
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_drop_by_drop_is_let_go() {
    let office = RunningOffice::start().await;
    let drip = async |begin: &str| {
        let mut stream = connect(office.address).await.unwrap();
        stream.write_all(begin.as_bytes()).await.unwrap();
        let began = std::time::Instant::now();
        let mut end = Vec::new();
        loop {
            if stream.write_all(b"a").await.is_err() {
                break;
            }
            let read = tokio::time::timeout(
                std::time::Duration::from_millis(500),
                stream.read_to_end(&mut end),
            );
            if read.await.is_ok() {
                break;
            }
            assert!(began.elapsed().as_secs() < 60, "{begin:?} is still read");
        }
    };
    tokio::join!(
        drip("GET /sign-in HTTP/1.1\r\nHost: x\r\nX: "),
        drip("POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n"),
        drip("POST /v1/pair HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n"),
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_are_texts_and_never_markup() {
    let office = RunningOffice::start().await;
    let bad = "<script>alert(1)</script>\"'&";
    office.add_owner(bad, HERS).await;
    let mut visitor = office.signed_in(bad, HERS).await;
    visitor.post("/tills/pair", &[("name", bad)]).await;
    office.pair(ringup_core::ids::TillId::new()).await;
    for (path, _) in routes() {
        // Its answer has no end.
        if path == "/events" {
            continue;
        }
        let answer = visitor.get(&path).await;
        assert!(!answer.body.contains("<script>"), "{path}");
        assert!(!answer.body.contains("\"'&"), "{path}");
    }
    assert!(visitor.get("/audit").await.body.contains("&lt;script&gt;"));
    // What is asked for does not come back as it is either.
    for path in [
        "/nowhere/<script>alert(1)</script>",
        "/account?done=<script>",
        "/audit?id=<script>",
        "/tills/<script>/revoke",
    ] {
        let answer = visitor.get(path).await;
        assert!(!answer.body.contains("<script>"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_guesses_waits_and_who_is_known_does_not() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let mut known = office.signed_in(ANNA, HERS).await;
    known.post("/sign-out", &[]).await;
    let mut stranger = Visitor::new(office.address);
    stranger.get("/sign-in").await;
    let mut last = Answer {
        status: 0,
        headers: Vec::new(),
        body: String::new(),
    };
    for n in 0..30 {
        let guess = format!("guess number {n}");
        last = stranger
            .post("/sign-in", &[("name", ANNA), ("passphrase", &guess)])
            .await;
        if last.status == 429 {
            break;
        }
        assert_eq!(last.status, 401);
    }
    assert_eq!(last.status, 429);
    let wait: i64 = last.header("retry-after").parse().unwrap();
    assert!((1..=300).contains(&wait), "{wait}");
    // The right passphrase does not help there either.
    let right = [("name", ANNA), ("passphrase", HERS)];
    assert_eq!(stranger.post("/sign-in", &right).await.status, 429);
    // The owner's own browser, at the same address, is not kept out.
    known.get("/sign-in").await;
    assert_eq!(known.post("/sign-in", &right).await.status, 303);
}

/// A piece of an address: one of ours, or anything.
fn piece() -> impl Strategy<Value = String> {
    let ours = vec![
        "day",
        "sales",
        "closes",
        "export",
        "file",
        "tills",
        "pair",
        "revoke",
        "account",
        "code",
        "audit",
        "word",
        "add",
        "addresses",
        "limits",
        "deliveries",
        "resend",
        "drawers",
        "decide",
        "follow",
        "events",
        "assets",
        "setup",
        "sign-in",
        "language",
        "v1",
        "entries",
        "head",
        "018f0000-0000-7000-8000-000000000000",
        "..",
        ".",
        "",
        "pages.css",
        "%00",
        "%2e%2e",
        "%ff",
    ];
    prop_oneof![
        4 => proptest::sample::select(ours).prop_map(str::to_owned),
        1 => "[ -~]{0,12}".prop_map(|text| encoded(&text)),
        1 => "\\PC{0,6}".prop_map(|text| encoded(&text)),
    ]
}

/// A call of any kind, as text; whether somebody is signed in with it.
fn call() -> impl Strategy<Value = (String, String, String, String)> {
    let method = proptest::sample::select(vec![
        "GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "X",
    ]);
    let path = proptest::collection::vec(piece(), 0..5)
        .prop_map(|pieces| format!("/{}", pieces.join("/")));
    let query = prop_oneof![
        Just(String::new()),
        "[a-z]{1,6}=[!$-;=?-_a-z~]{0,10}".prop_map(|text| format!("?{text}")),
        "(at|id|done|before|search|from|to|till|state|limit)=\\PC{0,10}".prop_map(|text| {
            let (name, value) = text.split_once('=').unwrap();
            format!("?{name}={}", encoded(value))
        }),
        "(at|limit|number)=-?[0-9]{1,25}".prop_map(|text| format!("?{text}")),
    ];
    let header = prop_oneof![
        Just(String::new()),
        "[!-9;-~]{0,30}".prop_map(|value| format!("Cookie: {value}\r\n")),
        "[!-~]{0,30}".prop_map(|value| format!("Accept-Language: {value}\r\n")),
        "[!-~]{0,30}".prop_map(|value| format!("Authorization: Bearer {value}\r\n")),
        "[!-~]{0,30}".prop_map(|value| format!("Content-Type: {value}\r\n")),
    ];
    let body = prop_oneof![
        Just(String::new()),
        "\\PC{0,60}",
        "(name|token|present|code|secret|back|language|target|way|reason|silent|above-EUR|event-closed)=[!-~]{0,40}",
    ];
    (method, path, query, header, body).prop_map(|(method, path, query, header, body)| {
        (method.to_owned(), format!("{path}{query}"), header, body)
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_call_is_too_strange() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let anna = office.signed_in(ANNA, HERS).await;
    let (handle, address) = (Handle::current(), office.address);
    let tried = tokio::task::spawn_blocking(move || {
        let config = Config {
            cases: 600,
            failure_persistence: None,
            ..Config::default()
        };
        let mut runner = TestRunner::new(config);
        runner.run(&(call(), any::<bool>(), any::<bool>()), |((method, path, header, body), signed, token)| {
            let mut body = body;
            if token {
                body.push_str(&format!("&token={}", anna.token));
            }
            let who = if signed { anna.head() } else { Visitor::new(address).head() };
            let request = format!(
                "{method} {path} HTTP/1.1\r\n{who}{header}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            // The answer of this one has no end.
            let is_stream = path.split('?').next() == Some("/events") && method == "GET";
            prop_assume!(!(is_stream && signed));
            let answer = handle.block_on(send(address, request.as_bytes()));
            prop_assert!((200..500).contains(&answer.status), "{}", answer.status);
            prop_assert!(answer.headers.iter().filter(|(name, _)| name == "content-security-policy").count() == 1);
            prop_assert!(!answer.body.contains("<script>"));
            prop_assert!(!answer.body.contains("panicked"));
            if !signed {
                prop_assert!(!answer.body.contains("class=\"bar\""));
            }
            Ok(())
        })
        .map_err(|failed| failed.to_string())
    });
    tried.await.unwrap().unwrap();
    // After all of it the office is as it was.
    assert_eq!(office.store.owners().await.unwrap().len(), 1);
    assert!(office.store.tills().await.unwrap().is_empty());
}
