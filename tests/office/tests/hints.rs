//! The gateway's webhook, and the calls that tills hold open: what strangers say becomes a hint for the till that opened the
//! invoice, through whichever office, and nothing else.

use std::time::{Duration, Instant};

use ringup_core::clock::Clock;
use ringup_core::ids::TillId;
use ringup_core::office::{Client, Hint, LONGEST_HOLD, OfficeError};
use ringup_office::store::{Store, Token};
use secrecy::SecretString;

use office_tests::visitor::{Answer, send};
use office_tests::{RunningOffice, TestTill};

use crate::book::{NOW, new_database, on_both, paired, send_all};

const ID: &str = "179a4662-a6e0-4129-aeba-04c4c2a8f074";
const OTHER: &str = "279a4662-a6e0-4129-aeba-04c4c2a8f074";

fn texts(ids: &[&str]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// A till of this book that has opened an invoice of this id.
async fn till_with(store: &Store, invoice: &str) -> TestTill {
    let mut till = TestTill::new();
    let token = paired(store, till.id()).await;
    till.open_invoice(invoice);
    send_all(store, &token, &till).await;
    store.fold_all(NOW).await.unwrap();
    till
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hint_is_for_the_till_that_opened_the_invoice_and_for_a_minute() {
    on_both(async |store: &Store| {
        let till = till_with(store, ID).await;
        let other = till_with(store, OTHER).await;
        let hint = async |ids: &[&str], at| store.hint(&texts(ids), at).await.unwrap();
        assert_eq!(hint(&["0123456789", ID, "status-paid"], NOW).await, 1);
        let hints = store.hints().await.unwrap();
        let [(of, first)] = hints.as_slice() else {
            panic!("{hints:?}");
        };
        assert_eq!((*of, first.invoice.0.as_str()), (till.id(), ID));
        // The same a moment later is the same hint; later it is another.
        assert_eq!(hint(&[ID], NOW.plus(900)).await, 0);
        assert_eq!(store.hints().await.unwrap(), hints);
        assert_eq!(hint(&[ID, OTHER], NOW.plus(1000)).await, 2);
        let mut tills: Vec<_> = store.hints().await.unwrap();
        assert!(tills.iter().all(|(_, hint)| hint.id != first.id));
        tills.sort_by_key(|(till, _)| *till != other.id());
        assert_eq!(tills[0].0, other.id());
        assert_eq!(store.forget_hints(NOW.plus(61_000)).await, Ok(0));
        assert_eq!(store.forget_hints(NOW.plus(61_001)).await, Ok(2));
        // One of the future is of an office whose clock was wrong, and is no reason to hear no more.
        assert_eq!(hint(&[ID], NOW.plus(3_600_000)).await, 1);
        assert_eq!(hint(&[ID], NOW).await, 1);
        assert_eq!(store.hints().await.unwrap().len(), 1);
        assert_eq!(store.alarms().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hint_that_comes_before_the_entry_waits_for_it() {
    on_both(async |store: &Store| {
        let strange = ["one-unknown", "two-unknown", "three-unknown"];
        assert_eq!(store.hint(&texts(&strange), NOW).await, Ok(2));
        assert_eq!(store.hint(&texts(&[ID]), NOW).await, Ok(1));
        assert_eq!(store.hints().await.unwrap(), []);
        let till = till_with(store, ID).await;
        let hints = store.hints().await.unwrap();
        assert_eq!(hints.len(), 1);
        assert_eq!(hints[0].0, till.id());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_of_strange_ids_is_bounded_and_keeps_no_hint_out() {
    on_both(async |store: &Store| {
        let till = till_with(store, ID).await;
        let mut kept = 0;
        for n in 0..150 {
            let ids = [format!("strange-{n}"), format!("stranger-{n}")];
            kept += store.hint(&ids, NOW).await.unwrap();
        }
        assert_eq!(kept, 120);
        assert_eq!(store.hint(&texts(&["strange-500", ID]), NOW).await, Ok(1));
        let hints = store.hints().await.unwrap();
        assert_eq!(hints.len(), 1);
        assert_eq!(hints[0].0, till.id());
    })
    .await;
}

/// A till that is paired with this office, and has opened an invoice of this id.
async fn till_at(office: &RunningOffice, invoice: &str) -> (TestTill, SecretString) {
    let mut till = TestTill::new();
    till.open_invoice(invoice);
    let (token, key) = office.pair(till.id()).await;
    let sent = office
        .client()
        .send(&token, till.id(), &key, &till.batch(0))
        .await;
    assert_eq!(sent.unwrap().seq, till.entries());
    (till, token)
}

/// Where the gateway may call this office.
async fn hook_of(office: &RunningOffice) -> String {
    let token = office.pair(TillId::new()).await.0;
    let webhook = office.client().profile(&token).await.unwrap().webhook();
    let webhook = webhook.unwrap();
    let path = webhook.strip_prefix(&format!("https://{}", office.address));
    path.unwrap().to_owned()
}

async fn call(office: &RunningOffice, method: &str, path: &str, body: &[u8]) -> Answer {
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    );
    send(office.address, &[head.as_bytes(), body].concat()).await
}

/// What a held call is answered with, and after which time.
async fn held(client: Client, token: SecretString, had: String) -> (Vec<Hint>, Duration) {
    let began = Instant::now();
    let news = client.news(&token, &had, LONGEST_HOLD).await.unwrap();
    (news.hints, began.elapsed())
}

async fn assert_hints_cross(one: &RunningOffice, other: &RunningOffice) {
    let (_till, token) = till_at(one, ID).await;
    let (_neighbour, of_neighbour) = till_at(one, OTHER).await;
    let hook = hook_of(one).await;
    assert_eq!(hook_of(other).await, hook, "one secret for all");
    let client = other.client();
    let now = client.news(&token, "", Duration::ZERO).await.unwrap();
    assert_eq!((now.version, now.hints.len()), (1, 0));
    let waits = tokio::spawn(held(client.clone(), token.clone(), String::new()));
    let neighbour = tokio::spawn(held(client.clone(), of_neighbour, String::new()));
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let called = Instant::now();
    let body = format!(r#"{{"data":[{{"invoice":"{ID}"}}]}}"#);
    let answer = call(one, "POST", &hook, body.as_bytes()).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "ok\n"));
    let (hints, _) = waits.await.unwrap();
    assert!(
        called.elapsed() < Duration::from_secs(2),
        "{:?}",
        called.elapsed()
    );
    assert_eq!(hints.len(), 1);
    assert_eq!(hints[0].invoice.0, ID);
    // Whoever has not had it is told at once, and who had it waits for the next.
    let again = client.news(&token, "", LONGEST_HOLD).await.unwrap();
    assert_eq!(again.hints, hints);
    let had = hints[0].id.to_string();
    let waits = tokio::spawn(held(client.clone(), token.clone(), had));
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!waits.is_finished() && !neighbour.is_finished());
    // An office that stops keeps nobody waiting.
    other.stop();
    let (none, took) = waits.await.unwrap();
    assert_eq!(none, []);
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert_eq!(neighbour.await.unwrap().0, [], "another till's hint");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hint_comes_through_whichever_office_holds_the_call() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("office.sqlite")).await;
    let store = store.unwrap();
    let one = RunningOffice::start_public_on(store.clone()).await;
    let other = RunningOffice::start_public_on(store).await;
    assert_hints_cross(&one, &other).await;
    let (_postgres, _, url) = new_database();
    let one = RunningOffice::start_public_on(Store::postgres(&url).await.unwrap()).await;
    let other = RunningOffice::start_public_on(Store::postgres(&url).await.unwrap()).await;
    assert_hints_cross(&one, &other).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_calls_the_webhook_learns_nothing() {
    let office = RunningOffice::start_public().await;
    let (_till, _token) = till_at(&office, ID).await;
    let hook = hook_of(&office).await;
    let known = format!("invoice_id={ID}");
    for (method, body) in [
        ("POST", known.as_bytes()),
        (
            "POST",
            b"invoice_id=179a4662-a6e0-4129-aeba-000000000000".as_slice(),
        ),
        ("POST", b"".as_slice()),
        ("POST", b"[[[[[[[[".as_slice()),
        ("POST", [0xff_u8, 0, 0xfe, 7].as_slice()),
        ("POST", [b'['; 16 * 1024].as_slice()),
        ("GET", b"".as_slice()),
        ("PUT", b"{}".as_slice()),
        ("DELETE", b"".as_slice()),
    ] {
        let answer = call(&office, method, &hook, body).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (200, "ok\n"),
            "{method}"
        );
    }
    let in_address = call(&office, "GET", &format!("{hook}?id={OTHER}&x=%00%ff"), b"").await;
    assert_eq!(in_address.status, 200);
    let other_end = if hook.ends_with('A') { "B" } else { "A" };
    let almost: String = hook.chars().take(hook.len() - 1).collect();
    for path in [
        format!("{almost}{other_end}"),
        almost,
        format!("{hook}A"),
        "/hook/%ff".to_owned(),
        "/hook/short".to_owned(),
    ] {
        let answer = call(&office, "POST", &path, known.as_bytes()).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains(ID), "{path}");
    }
    let large = call(&office, "POST", &hook, &[b'a'; 16 * 1024 + 1]).await;
    assert_eq!(large.status, 413);
    assert_eq!(office.store.alarms().await.unwrap(), []);

    // An office that the world does not reach hears nothing, though the secret is of its book.
    let private = RunningOffice::start_on(tempfile::tempdir().unwrap(), office.store.clone()).await;
    let answer = call(&private, "POST", &hook, known.as_bytes()).await;
    assert_eq!(answer.status, 404);
    let token = private.pair(TillId::new()).await.0;
    assert_eq!(
        private.client().profile(&token).await.unwrap().webhook(),
        None
    );
}

fn refused<T: std::fmt::Debug>(result: Result<T, OfficeError>) -> String {
    match result {
        Err(OfficeError::Refused(refusal)) => refusal.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_are_held_keep_no_till_out() {
    let office = RunningOffice::start_public().await;
    let mut waiting = Vec::new();
    for _ in 0..20 {
        let (_, token) = till_at(&office, ID).await;
        for _ in 0..4 {
            waiting.push(tokio::spawn(held(
                office.client(),
                token.clone(),
                String::new(),
            )));
        }
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (till, token) = till_at(&office, OTHER).await;
    let key = office.pair(TillId::new()).await.1;
    let head = office.client().head(&token, till.id(), &key).await.unwrap();
    assert_eq!(head.seq, till.entries());
    // Of one till no more than four.
    let mut own: Vec<_> = (0..4)
        .map(|_| tokio::spawn(held(office.client(), token.clone(), String::new())))
        .collect();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let fifth = office.client().news(&token, "", LONGEST_HOLD).await;
    assert!(matches!(fifth, Err(OfficeError::Busy { .. })), "{fifth:?}");
    office.stop();
    waiting.append(&mut own);
    for one in waiting {
        assert_eq!(one.await.unwrap().0, []);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn listening_takes_no_tokens_place_and_raises_no_alarm() {
    let office = RunningOffice::start_public().await;
    let (_till, first) = till_at(&office, ID).await;
    let client = office.client();
    let nobody = SecretString::from("nobody");
    let listen = async |token: &SecretString| client.news(token, "", Duration::ZERO).await;
    assert_eq!(refused(listen(&nobody).await), "token_unknown");
    let second = client.renew(&first).await.unwrap().0;
    for token in [&first, &second, &first] {
        assert_eq!(listen(token).await.unwrap().hints, []);
    }
    // It is used for something else: now the first is over, and a call that was on its way is no theft.
    let now = Clock::system().now();
    office
        .store
        .till_of(&Token::of(&second), now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(refused(listen(&first).await), "token_replaced");
    assert_eq!(office.store.alarms().await.unwrap(), []);
    let strange = call(&office, "GET", "/v1/news?hold_s=-1", b"").await;
    assert_eq!(strange.status, 400);
}
