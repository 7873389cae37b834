//! What whoever runs an office sees of it: metrics, the log, how it stops, what it forgets.

use std::io::{Read as _, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::time::Duration;

use ringup_core::clock::Clock;
use ringup_core::ids::TillId;
use ringup_core::office::{Batch, EntryHash, OfficeError, PairRequest, SecretToken};
use ringup_office::store::Store;
use ringup_testkit::{Postgres, wait_until};
use secrecy::{ExposeSecret as _, SecretString};

use office_tests::{RunningOffice, TestTill};

/// What a plain GET brings.
fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_tell_what_came_and_no_secret() {
    let office = RunningOffice::start().await;
    let mut till = TestTill::new();
    till.sell(3);
    let (token, key) = office.pair(till.id()).await;
    let client = office.client();
    let sent = client.send(&token, till.id(), &key, &till.batch(0)).await;
    assert_eq!(sent.unwrap().seq, 10);
    let nobody = SecretString::from("nobody");
    assert!(client.head(&nobody, till.id(), &key).await.is_err());
    let address = office.metrics_address;
    let text = tokio::task::spawn_blocking(move || get(address, "/metrics"));
    let text = text.await.unwrap();
    let id = till.id();
    for line in [
        r#"ringup_office_calls_total{route="/v1/entries",status="200"} 1"#.to_owned(),
        r#"ringup_office_calls_total{route="/v1/head",status="401"} 1"#.to_owned(),
        "ringup_office_entries_stored_total 10".to_owned(),
        format!(r#"ringup_office_till_entries{{till="{id}"}} 10"#),
        "ringup_office_book_up 1".to_owned(),
        "ringup_office_alarms 0".to_owned(),
    ] {
        assert!(text.lines().any(|it| it == line), "{line}\n{text}");
    }
    assert!(
        text.contains("200 OK") && text.contains("text/plain"),
        "{text}"
    );
    assert!(!text.contains(token.expose_secret()), "{text}");
}

/// What the log of these tests holds, of every module at debug level.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A journal of two entries, the second with what no log may hold.
fn private(till: TillId) -> Batch {
    let entries = vec![
        format!(r#"{{"seq":1,"till":"{till}","kind":"journal_opened","purpose":"live"}}"#),
        format!(
            r#"{{"seq":2,"till":"{till}","kind":"x","note":"Zwiebelkuchen-for-table-7","by":"Anna-Lena-the-cashier"}}"#
        ),
    ];
    let hash = |hash: EntryHash, body: &String| hash.next(body);
    Batch {
        first: 1,
        previous: EntryHash::BEFORE_FIRST,
        last: entries.iter().fold(EntryHash::BEFORE_FIRST, hash),
        entries,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_log_at_any_level_that_helps_holds_what_was_sold_or_a_secret() {
    tracing_subscriber::fmt()
        .with_env_filter("debug,ringup_office=trace,tokio_postgres=trace")
        .with_writer(|| Log)
        .init();
    let postgres = Postgres::start();
    postgres.sql("CREATE ROLE office LOGIN SUPERUSER PASSWORD 'pa55word-of-the-database'");
    let port = postgres.port();
    let url = format!("postgresql://office:pa55word-of-the-database@127.0.0.1:{port}/postgres");
    let store = Store::postgres(&url).await.unwrap();
    let office = RunningOffice::start_on(tempfile::tempdir().unwrap(), store).await;
    let code = office.code("Stall-of-Mr-Schmidt").await;
    let till = TillId::new();
    let secret = SecretToken(code.secret.clone());
    let client = office.client();
    let answer = client.pair(&PairRequest { secret, till }).await.unwrap();
    let token = answer.token.0;
    let mut batch = private(till);
    client
        .send(&token, till, &answer.office, &batch)
        .await
        .unwrap();
    // And what is refused: another entry for the same number, and a chain that does not hold.
    batch.entries[1] = batch.entries[1].replace("table-7", "table-8");
    let refused = client.send(&token, till, &answer.office, &batch).await;
    assert!(
        matches!(refused, Err(OfficeError::Refused(_))),
        "{refused:?}"
    );
    let hash = |hash: EntryHash, body: &String| hash.next(body);
    batch.last = batch.entries.iter().fold(EntryHash::BEFORE_FIRST, hash);
    let refused = client.send(&token, till, &answer.office, &batch).await;
    assert!(
        matches!(refused, Err(OfficeError::Refused(_))),
        "{refused:?}"
    );
    office.store.verify(Clock::system().now()).await.unwrap();
    office.store.tills().await.unwrap();

    let log = String::from_utf8_lossy(&LOG.lock().unwrap()).into_owned();
    assert!(
        log.contains("quarantine") && log.contains("INSERT INTO entry"),
        "{log}"
    );
    let key = std::fs::read_to_string(office.folder().join("office.pem")).unwrap();
    let key = key.lines().nth_back(1).unwrap();
    for secret in [
        "Zwiebelkuchen",
        "Anna-Lena",
        "Mr-Schmidt",
        "pa55word",
        token.expose_secret(),
        code.secret.expose_secret(),
        &code.reveal(),
        key,
    ] {
        let at = log.find(secret);
        let around = at.and_then(|at| log.get(at.saturating_sub(200)..at + 100));
        assert_eq!(around, None, "{secret} is in the log");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_that_is_told_to_stop_ends_the_calls_under_way_and_takes_no_new_ones() {
    let postgres = Postgres::start();
    let store = Store::postgres(&postgres.url()).await.unwrap();
    let office = RunningOffice::start_on(tempfile::tempdir().unwrap(), store).await;
    let mut till = TestTill::new();
    till.sell(1);
    let (token, key) = office.pair(till.id()).await;
    // Somebody else holds the heads, so that the call waits.
    let mut other = postgres.locked("head");
    let (client, batch, id) = (office.client(), till.batch(0), till.id());
    let call = tokio::spawn(async move { client.send(&token, id, &key, &batch).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!call.is_finished());
    office.stop();
    let address = office.address;
    let refuses = || TcpStream::connect(address).is_err();
    tokio::task::block_in_place(|| wait_until("nobody listens", refuses));
    assert!(!call.is_finished());
    drop(other.stdin.take());
    other.wait().unwrap();
    assert_eq!(call.await.unwrap().unwrap().seq, 4);
    office.stopped().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_codes_whose_time_is_over_are_forgotten() {
    let office = RunningOffice::start().await;
    let now = Clock::system().now();
    let (old, good) = (SecretString::from("old"), SecretString::from("good"));
    let (store, till) = (&office.store, TillId::new());
    store.offer_pairing(&old, "Old", now).await.unwrap();
    store
        .offer_pairing(&good, "Good", now.plus(60_000))
        .await
        .unwrap();
    assert_eq!(store.forget_expired(now.plus(1)).await, Ok(1));
    assert_eq!(store.forget_expired(now.plus(1)).await, Ok(0));
    assert!(store.pair(&old, till, now).await.is_err());
    assert_eq!(store.pair(&good, till, now).await.unwrap().1, "Good");
}
