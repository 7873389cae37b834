//! The owner's pages over real HTTPS: setting up, signing in, tills, the audit list, and what an open page is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::office::{PairRequest, PairingCode, SecretToken};
use ringup_office::pages::{code_now, secret_from_text};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use office_tests::visitor::connect;
use office_tests::{RunningOffice, TestTill, Visitor};

const ANNA: &str = "Anna";
const HERS: &str = "correct horse battery";

/// A clock that stands where the test puts it.
fn clock_at(now: &Arc<AtomicI64>) -> Clock {
    let now = Arc::clone(now);
    Clock::from_fn(move || UnixMs(now.load(Ordering::SeqCst)))
}

fn has(answer: &office_tests::visitor::Answer, id: &str) -> bool {
    answer.body.contains(&format!("data-testid=\"{id}\""))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_owner_comes_by_a_link_that_works_once() {
    let office = RunningOffice::start().await;
    let until = Clock::system().now().plus(60_000);
    office.store.offer_setup("a-link", until).await.unwrap();
    let mut visitor = Visitor::new(office.address);
    assert_eq!(visitor.get("/setup/guessed").await.status, 404);
    assert!(has(&visitor.get("/setup/a-link").await, "setup"));
    for (fields, wrong) in [
        (
            [("name", ANNA), ("passphrase", "short"), ("again", "short")],
            "wrong-too-short",
        ),
        (
            [
                ("name", ANNA),
                ("passphrase", HERS),
                ("again", "another one"),
            ],
            "wrong-again",
        ),
        (
            [("name", " "), ("passphrase", HERS), ("again", HERS)],
            "wrong-name",
        ),
    ] {
        let answer = visitor.post("/setup/a-link", &fields).await;
        assert_eq!((answer.status, answer.after("data-code=\"")), (422, wrong));
        assert!(!answer.body.contains(HERS));
    }
    let fields = [("name", ANNA), ("passphrase", HERS), ("again", HERS)];
    let answer = visitor.post("/setup/a-link", &fields).await;
    assert_eq!(answer.status, 303);
    assert_eq!(visitor.get("/account").await.status, 200);
    let mut second = Visitor::new(office.address);
    second.get("/sign-in").await;
    assert_eq!(second.get("/setup/a-link").await.status, 404);
    assert_eq!(second.post("/setup/a-link", &fields).await.status, 404);
    assert_eq!(office.store.owners().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_signs_in_and_out_and_everywhere() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = Visitor::new(office.address);
    visitor.get("/sign-in").await;
    for (name, passphrase) in [(ANNA, "correct horse batteru"), ("anna", HERS), ("", "")] {
        let answer = visitor
            .post("/sign-in", &[("name", name), ("passphrase", passphrase)])
            .await;
        assert_eq!(
            (answer.status, answer.after("data-code=\"")),
            (401, "wrong-sign-in")
        );
        assert!(!visitor.cookies.contains_key("__Host-ringup-session"));
    }
    let answer = visitor
        .post("/sign-in", &[("name", ANNA), ("passphrase", HERS)])
        .await;
    assert_eq!(answer.status, 303);
    for cookie in answer.cookies() {
        assert!(cookie.starts_with("__Host-"), "{cookie}");
        for part in ["; Path=/;", "; Secure", "; HttpOnly", "; SameSite=Strict"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    let mut phone = office.signed_in(ANNA, HERS).await;
    let mut copied = visitor.clone();
    visitor.get("/account").await;
    assert_eq!(visitor.post("/sign-out", &[]).await.status, 303);
    assert!(!visitor.cookies.contains_key("__Host-ringup-session"));
    // The cookie that somebody kept is worth nothing.
    assert_eq!(copied.get("/tills").await.status, 303);
    assert_eq!(phone.get("/tills").await.status, 200);
    let mut tablet = office.signed_in(ANNA, HERS).await;
    assert_eq!(
        tablet
            .post("/account/sign-out-everywhere", &[])
            .await
            .status,
        303
    );
    assert_eq!(phone.get("/tills").await.status, 303);
    assert_eq!(tablet.get("/tills").await.status, 303);
    let acts: Vec<String> = office
        .store
        .audit(None)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.act)
        .collect();
    assert_eq!(
        acts,
        [
            "signed_out_everywhere",
            "signed_in",
            "signed_out",
            "signed_in",
            "signed_in",
            "sign_in_failed"
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_is_over_when_nobody_used_it() {
    let now = Arc::new(AtomicI64::new(1_800_000_000_000));
    let office = RunningOffice::start_at(clock_at(&now)).await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    now.fetch_add(11 * 60 * 60 * 1000, Ordering::SeqCst);
    assert_eq!(visitor.get("/tills").await.status, 200);
    now.fetch_add(12 * 60 * 60 * 1000, Ordering::SeqCst);
    let answer = visitor.get("/tills").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/sign-in")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_one_time_code_is_asked_for_and_counts_once() {
    let now = Arc::new(AtomicI64::new(1_800_000_000_000));
    let office = RunningOffice::start_at(clock_at(&now)).await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    let page = visitor.get("/account/code").await;
    let text = page.after("name=\"secret\" value=\"").to_owned();
    let secret = secret_from_text(&text).unwrap();
    let code = |steps: i64| code_now(&secret, UnixMs(now.load(Ordering::SeqCst) + steps * 30_000));
    let switch = async |visitor: &mut Visitor, code: &str, present: &str| {
        let fields = [
            ("secret", text.as_str()),
            ("code", code),
            ("present", present),
        ];
        visitor.post("/account/code", &fields).await
    };
    let answer = switch(&mut visitor, &code(7), HERS).await;
    assert_eq!(answer.after("data-code=\""), "wrong-code");
    let answer = switch(&mut visitor, &code(0), "not hers at all").await;
    assert_eq!(answer.after("data-code=\""), "wrong-passphrase");
    let first = code(0);
    assert_eq!(switch(&mut visitor, &first, HERS).await.status, 303);
    let mut phone = Visitor::new(office.address);
    phone.get("/sign-in").await;
    let sign_in = async |phone: &mut Visitor, code: &str| {
        let fields = [("name", ANNA), ("passphrase", HERS), ("code", code)];
        phone.post("/sign-in", &fields).await.status
    };
    assert_eq!(sign_in(&mut phone, "").await, 401);
    // It was used to switch the codes on.
    assert_eq!(sign_in(&mut phone, &first).await, 401);
    assert_eq!(sign_in(&mut phone, &code(2)).await, 401);
    let next = code(1);
    assert_eq!(sign_in(&mut phone, &next).await, 303);
    let mut other = Visitor::new(office.address);
    other.get("/sign-in").await;
    assert_eq!(sign_in(&mut other, &next).await, 401);
    // Whoever lost the app is helped at the office's machine.
    office.store.set_code_secret(ANNA, None).await.unwrap();
    assert_eq!(sign_in(&mut other, "").await, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passphrase_is_changed_by_whoever_knows_it() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    let mut other = office.signed_in(ANNA, HERS).await;
    let change = async |visitor: &mut Visitor, present: &str| {
        let new = "a new one, quite long";
        let fields = [("present", present), ("passphrase", new), ("again", new)];
        visitor.post("/account/passphrase", &fields).await
    };
    assert_eq!(
        change(&mut visitor, "guessed it")
            .await
            .after("data-code=\""),
        "wrong-passphrase"
    );
    assert_eq!(change(&mut visitor, HERS).await.status, 303);
    assert_eq!(visitor.get("/account?done=passphrase").await.status, 200);
    assert_eq!(other.get("/account").await.status, 303);
    office.signed_in(ANNA, "a new one, quite long").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_is_paired_and_revoked_on_the_page() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    assert_eq!(
        visitor.post("/tills/pair", &[("name", " \t")]).await.status,
        422
    );
    let page = visitor.post("/tills/pair", &[("name", "Stall <3>")]).await;
    assert!(page.body.contains("Stall &lt;3&gt;") && page.body.contains("<svg class=\"qr\""));
    let code = page.after("data-testid=\"pair-code\">");
    let code = code.split('<').next().unwrap();
    let code: PairingCode = code.parse().unwrap();
    let mut till = TestTill::new();
    till.sell(2);
    let request = PairRequest {
        secret: SecretToken(code.secret.clone()),
        till: till.id(),
    };
    let answer = office.client().pair(&request).await.unwrap();
    assert_eq!(answer.name, "Stall <3>");
    let (token, key) = (answer.token.0, answer.office);
    office
        .client()
        .send(&token, till.id(), &key, &till.batch(0))
        .await
        .unwrap();
    let list = visitor.get("/tills").await;
    assert_eq!(list.after("data-name=\""), "Stall &lt;3&gt;");
    assert!(list.body.contains("data-state=\"till-paired\""));
    assert!(
        list.body
            .contains(&format!("data-testid=\"till-head\">{}<", till.entries()))
    );
    let path = format!("/tills/{}/revoke", till.id());
    assert!(has(&visitor.get(&path).await, "revoke"));
    assert_eq!(visitor.post(&path, &[]).await.status, 303);
    assert!(
        visitor
            .get("/tills")
            .await
            .body
            .contains("data-state=\"till-revoked\"")
    );
    assert!(office.client().head(&token, till.id(), &key).await.is_err());
    let audit = visitor.get("/audit").await;
    for act in ["till_revoked", "pairing_shown", "signed_in"] {
        assert!(audit.body.contains(&format!("data-act=\"{act}\"")), "{act}");
    }
    let elsewhere = format!("/tills/{}/revoke", TestTill::new().id());
    assert_eq!(visitor.get(&elsewhere).await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_is_told_what_changes_until_its_session_ends() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let visitor = office.signed_in(ANNA, HERS).await;
    let mut stream = connect(office.address).await.unwrap();
    let request = format!("GET /events HTTP/1.1\r\n{}\r\n", visitor.head());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut seen = String::new();
    let mut read_to = async |count: usize| {
        let mut piece = [0; 4096];
        while seen.matches("event: changed").count() < count {
            let read = tokio::time::timeout(Duration::from_secs(20), stream.read(&mut piece)).await;
            match read.expect("an event in time").unwrap_or(0) {
                0 => return None,
                bytes => seen.push_str(&String::from_utf8_lossy(&piece[..bytes])),
            }
        }
        Some(())
    };
    // How things stand when the stream begins, and then each change.
    assert_eq!(read_to(1).await, Some(()));
    let mut till = TestTill::new();
    let (token, key) = office.pair(till.id()).await;
    assert_eq!(read_to(2).await, Some(()));
    till.sell(1);
    office
        .client()
        .send(&token, till.id(), &key, &till.batch(0))
        .await
        .unwrap();
    assert_eq!(read_to(3).await, Some(()));
    office.store.close_sessions_of(ANNA).await.unwrap();
    till.sell(1);
    office
        .client()
        .send(&token, till.id(), &key, &till.batch(3))
        .await
        .unwrap();
    assert_eq!(read_to(4).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_language_is_the_browsers_until_one_is_chosen() {
    let office = RunningOffice::start().await;
    let mut visitor = Visitor::new(office.address);
    visitor.more = "Accept-Language: de-AT,de;q=0.9\r\n".to_owned();
    let page = visitor.get("/sign-in").await;
    assert!(page.body.contains("<html lang=\"de\">") && page.body.contains("Anmelden"));
    let answer = visitor
        .post("/language", &[("language", "ru"), ("back", "/sign-in")])
        .await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/sign-in")
    );
    assert!(
        visitor
            .get("/sign-in")
            .await
            .body
            .contains("<html lang=\"ru\">")
    );
    for elsewhere in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/x\r\nSet-Cookie: a=b",
        "",
    ] {
        let answer = visitor
            .post("/language", &[("language", "xx"), ("back", elsewhere)])
            .await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, "/"),
            "{elsewhere}"
        );
        assert!(answer.cookies().is_empty(), "{elsewhere}");
    }
}
