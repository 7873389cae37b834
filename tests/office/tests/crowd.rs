//! Strangers in great numbers: they hang on connections, send slowly, or send too much. The tills are served meanwhile,
//! and the owner sees the pages.

use std::time::Duration;

use ringup_core::clock::{Clock, UnixMs};
use secrecy::SecretString;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use office_tests::visitor::connect;
use office_tests::{RunningOffice, TestTill};

const ANNA: &str = "Anna";
const HERS: &str = "correct horse battery";
/// More than twice as many as the office holds at once.
const IDLE: usize = 10_000;
/// How long a call may take at the very longest: before it the strangers would have been let go anyway.
const SOON: Duration = Duration::from_secs(8);

/// Sells and sends, and asks for the head, over connections of their own.
async fn assert_a_till_is_served(office: &RunningOffice) {
    let mut till = TestTill::new();
    till.sell(3);
    let served = tokio::time::timeout(SOON, async {
        let (token, key) = office.pair(till.id()).await;
        let client = office.client();
        client
            .send(&token, till.id(), &key, &till.batch(0))
            .await
            .unwrap();
        office
            .client()
            .head(&token, till.id(), &key)
            .await
            .unwrap()
            .seq
    });
    assert_eq!(served.await.unwrap(), till.entries());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_that_say_nothing_keep_no_till_out() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let mut anna = office.signed_in(ANNA, HERS).await;
    // Both ends of every connection are files of this process.
    let files = rlimit::increase_nofile_limit(16_000).unwrap();
    assert!(files >= 16_000, "the system grants {files} open files");
    let mut idle = Vec::new();
    for n in 0..IDLE {
        match TcpStream::connect(office.address).await {
            Ok(stream) => idle.push(stream),
            Err(error) => panic!("{n}: {error}"),
        }
        if n % 2000 == 1999 {
            assert_a_till_is_served(&office).await;
        }
    }
    assert_a_till_is_served(&office).await;
    assert_eq!(anna.get("/tills").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hundreds_of_slow_bodies_keep_no_till_out() {
    let office = RunningOffice::start().await;
    office.add_owner(ANNA, HERS).await;
    let mut anna = office.signed_in(ANNA, HERS).await;
    let mut slow = Vec::new();
    for n in 0..300 {
        let mut stream = connect(office.address).await.unwrap();
        let path = ["/v1/pair", "/v1/entries", "/sign-in", "/health"][n % 4];
        let begin = format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\nabc");
        stream.write_all(begin.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    assert_a_till_is_served(&office).await;
    assert_eq!(anna.get("/tills").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_hostile_till_keeps_no_other_out() {
    let office = RunningOffice::start().await;
    let hostile = TestTill::new();
    let (token, _) = office.pair(hostile.id()).await;
    let bearer = secrecy::ExposeSecret::expose_secret(&token).to_owned();
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = connect(office.address).await.unwrap();
        let begin = format!(
            "POST /v1/entries HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {bearer}\r\nContent-Length: 900000\r\n\r\n{{"
        );
        stream.write_all(begin.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    assert_a_till_is_served(&office).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guessed_tokens_in_numbers_keep_no_till_out() {
    let office = RunningOffice::start().await;
    let address = office.address;
    let guessing: Vec<_> = (0..8)
        .map(|_| {
            tokio::spawn(async move {
                let mut refused = 0;
                for n in 0..40 {
                    let head = format!("GET /v1/head HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer guess{n}\r\n\r\n");
                    let answer = office_tests::visitor::send(address, head.as_bytes()).await;
                    assert!(matches!(answer.status, 401 | 503), "{}", answer.status);
                    refused += 1;
                }
                refused
            })
        })
        .collect();
    assert_a_till_is_served(&office).await;
    for guesser in guessing {
        assert_eq!(guesser.await.unwrap(), 40);
    }
    let now = Clock::system().now();
    let token = ringup_office::store::Token::of(&SecretString::from("guess0"));
    assert!(
        office
            .store
            .till_of(&token, UnixMs(2))
            .await
            .unwrap()
            .is_err(),
        "{now:?}"
    );
}
