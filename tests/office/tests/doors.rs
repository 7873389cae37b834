//! The office over real HTTPS, asked by the till's own client and by strangers.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use ringup_core::clock::Clock;
use ringup_core::ids::TillId;
use ringup_core::office::{Batch, Client, OfficeError, OfficeProfile, PairRequest, SecretToken};
use ringup_office::certificate::Certificate;
use ringup_office::witness::Witness;
use secrecy::{ExposeSecret as _, SecretString};

use office_tests::{RunningOffice, TestTill};

fn refused<T: std::fmt::Debug>(result: Result<T, OfficeError>) -> String {
    match result {
        Err(OfficeError::Refused(refusal)) => refusal.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_is_paired_sends_and_gets_a_signed_head() {
    let office = RunningOffice::start().await;
    let mut till = TestTill::new();
    till.sell(200);
    let (token, key) = office.pair(till.id()).await;
    let client = office.client();
    let mut head = client.head(&token, till.id(), &key).await.unwrap();
    assert_eq!(head.seq, 0);
    while let Some(batch) = Batch::after(&till.journal, head.seq).unwrap() {
        head = client.send(&token, till.id(), &key, &batch).await.unwrap();
    }
    assert_eq!(head.seq, till.entries());
    assert_eq!(head.hash.to_string(), till.journal.head().unwrap().hex());
    assert!(head.is_signed_by(&key));
    assert_eq!(
        client.head(&token, till.id(), &key).await.unwrap().hash,
        head.hash
    );
    assert_eq!(
        office.store.entries(till.id(), 1, 10_000).await.unwrap(),
        till.bodies()
    );
    // Another office's word does not count.
    let other = RunningOffice::start().await.pair(till.id()).await.1;
    let forged = client.head(&token, till.id(), &other).await;
    assert_eq!(forged, Err(OfficeError::HeadForged));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_refusal_has_its_code() {
    let office = RunningOffice::start().await;
    let (mut till, mut other) = (TestTill::new(), TestTill::new());
    till.sell(2);
    other.sell(1);
    let (token, key) = office.pair(till.id()).await;
    let client = office.client();
    let send = async |batch: &Batch| client.send(&token, till.id(), &key, batch).await;
    assert_eq!(refused(send(&till.batch(2)).await), "gap");
    assert_eq!(refused(send(&other.batch(0)).await), "other_till");
    let mut broken = till.batch(0);
    broken.entries[1] = broken.entries[1].replace("1250", "1249");
    assert_eq!(refused(send(&broken).await), "chain_broken");
    broken.entries.clear();
    assert_eq!(refused(send(&broken).await), "batch_invalid");
    let clone = {
        let mut clone = till.cloned();
        clone.sell(1);
        clone.batch(0)
    };
    till.sell(1);
    let send = async |batch: &Batch| client.send(&token, till.id(), &key, batch).await;
    assert_eq!(send(&till.batch(0)).await.unwrap().seq, till.entries());
    assert_eq!(refused(send(&clone).await), "quarantined");
    let nobody = SecretString::from("nobody");
    assert_eq!(
        refused(client.head(&nobody, till.id(), &key).await),
        "token_unknown"
    );
    office
        .store
        .revoke(till.id(), Clock::system().now())
        .await
        .unwrap();
    assert_eq!(
        refused(client.head(&token, till.id(), &key).await),
        "token_revoked"
    );
    assert_eq!(refused(send(&till.batch(0)).await), "token_revoked");
    let secret = SecretToken(SecretString::from("guessed"));
    let till = till.id();
    assert_eq!(
        refused(client.pair(&PairRequest { secret, till }).await),
        "code_invalid"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_tells_its_public_address_to_its_tills_alone() {
    let (public, private) = (
        RunningOffice::start_public().await,
        RunningOffice::start().await,
    );
    let token = public.pair(TillId::new()).await.0;
    let told = public.client().profile(&token).await.unwrap();
    let address = format!("https://{}", public.address);
    assert_eq!(told.public_address.unwrap().to_string(), address);
    let nobody = SecretString::from("nobody");
    assert_eq!(
        refused(public.client().profile(&nobody).await),
        "token_unknown"
    );
    let token = private.pair(TillId::new()).await.0;
    let told = private.client().profile(&token).await;
    assert_eq!(told, Ok(OfficeProfile::default()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_certificate_is_no_office() {
    let office = RunningOffice::start().await;
    let code = office.code("Stall").await;
    let request = PairRequest {
        secret: SecretToken(code.secret.clone()),
        till: TillId::new(),
    };
    for pin in [Some([0; 15]), None] {
        let stranger = Client::new(&office.address.to_string(), pin).unwrap();
        let answer = stranger.pair(&request).await;
        assert!(
            matches!(answer, Err(OfficeError::Unreachable(_))),
            "{answer:?}"
        );
    }
    // The secret never left: it still works.
    assert!(office.client().pair(&request).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_private_and_the_same_after_a_restart() {
    use std::os::unix::fs::PermissionsExt as _;
    let office = RunningOffice::start().await;
    let path = |name: &str| office.folder().join(name);
    for name in ["office.key", "office.pem", "office.sqlite"] {
        let mode = path(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let public = Witness::open(&path("office.key")).unwrap().public();
    assert_eq!(Witness::open(&path("office.key")).unwrap().public(), public);
    assert_eq!(
        Certificate::own(&path("office.pem")).unwrap().fingerprint(),
        office.pin
    );
    std::fs::write(path("office.key"), "damaged").unwrap();
    assert!(Witness::open(&path("office.key")).is_err());
    assert_eq!(std::fs::read(path("office.key")).unwrap(), b"damaged");
}

/// What a raw client gets; what it sends need not be HTTP.
fn raw(address: SocketAddr, send: &'static [u8]) -> (Duration, usize) {
    let began = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    stream.write_all(send).ok();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok();
    (began.elapsed(), answer.len())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_that_says_nothing_is_let_go_and_keeps_nobody_out() {
    let office = RunningOffice::start().await;
    let address = office.address;
    let silent: Vec<_> = (0..200)
        .map(|_| std::thread::spawn(move || raw(address, b"")))
        .collect();
    let till = TestTill::new();
    let (token, key) = office.pair(till.id()).await;
    let head = office.client().head(&token, till.id(), &key).await.unwrap();
    assert_eq!(head.seq, 0);
    let plain = tokio::task::spawn_blocking(move || raw(address, b"GET / HTTP/1.1\r\n\r\n"));
    let (took, _) = plain.await.unwrap();
    assert!(took < Duration::from_secs(5), "{took:?}");
    for stranger in silent {
        let (took, answer) = stranger.join().unwrap();
        assert!(took < Duration::from_secs(15), "{took:?}");
        assert_eq!(answer, 0);
    }
    assert!(!token.expose_secret().is_empty());
}
