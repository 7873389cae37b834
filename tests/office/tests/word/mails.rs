//! Mails over real connections, to a server that fails.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use ringup_core::clock::UnixMs;
use ringup_core::i18n::Language;
use ringup_office::store::{DeliveryState, Store, WordWay};
use ringup_office::word::WordKind;
use ringup_testkit::{MailMood, MailServer};

use super::sender::{Office, folder_for_eyes};
use super::{NOW, address_since, all_deliveries, shop_sent};

const MINUTE: i64 = 60_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_says_what_has_happened_and_brings_the_z_report() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("office.sqlite"))
        .await
        .unwrap();
    let office = Office::with_port(&store, &server);
    for (target, language) in [
        ("anna@shop.example", Language::En),
        ("olga@shop.example", Language::Ru),
    ] {
        let all = &WordKind::CHOSEN;
        let added = store.add_word_address(WordWay::Mail, target, language, all, NOW);
        added.await.unwrap().unwrap();
    }
    shop_sent(&store, 7, 300).await;
    store.fold_all(NOW).await.unwrap();
    office.send_all().await;
    let all = all_deliveries(&store).await;
    assert!(
        all.len() > 20 && all.iter().all(|row| row.state == DeliveryState::Delivered),
        "{all:?}"
    );
    let mails = server.mails();
    assert_eq!(mails.len(), all.len());
    let ids: BTreeSet<_> = mails.iter().map(|mail| mail.header("Message-ID")).collect();
    let expected = all.iter().map(|row| format!("<{}@shop.example>", row.id));
    assert_eq!(ids, expected.collect());
    let out = folder_for_eyes();
    let mut seen = BTreeSet::new();
    for row in &all {
        let mail = mails
            .iter()
            .find(|mail| mail.text.contains(&row.id))
            .unwrap();
        assert_eq!(mail.header("From"), "Ringup <till@shop.example>");
        assert_eq!(mail.header("To"), row.target);
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        assert!(!mail.header("Date").is_empty() && !mail.header("Subject").is_empty());
        let closed = row.event.name() == "day.closed";
        assert_eq!(mail.text.contains("application/pdf"), closed);
        if seen.insert((row.event.name(), row.target.clone())) {
            let name = format!("{}-{}.eml", row.event.name(), row.target);
            std::fs::write(out.join(name), &mail.text).unwrap();
        }
    }
    let english = mails
        .iter()
        .find(|mail| mail.to.contains("anna") && mail.header("Subject").contains(": Z 1 of "));
    let text = &english.unwrap().text;
    assert!(
        text.contains("filename=\"Z-A-1-") && text.contains("JVBERi0"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_fails_in_every_way_gets_each_mail_in_the_end() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("office.sqlite"))
        .await
        .unwrap();
    let office = Office::with_port(&store, &server);
    let id = address_since(&store, WordWay::Mail, "anna@shop.example", NOW).await;
    let mut now = NOW;
    for (mood, answer) in [
        (MailMood::IsBusy, "450"),
        (MailMood::WantsALogin, "530"),
        (MailMood::DropsInTheMail, ""),
        (MailMood::DropsBeforeItSaysSo, ""),
    ] {
        let word = store.try_word(&id, now).await.unwrap().unwrap();
        server.set_mood(mood);
        office.send_all().await;
        let row = all_deliveries(&store).await.remove(0);
        assert_eq!(
            (row.state, row.tries),
            (DeliveryState::Waiting, 1),
            "{mood:?}"
        );
        assert!(
            row.answer.contains(answer) && !row.answer.is_empty(),
            "{mood:?} {}",
            row.answer
        );
        // Not before its time.
        server.set_mood(MailMood::Takes);
        office.send_all().await;
        assert_eq!(all_deliveries(&store).await.remove(0).tries, 1);
        office.later(MINUTE);
        office.send_all().await;
        let row = all_deliveries(&store).await.remove(0);
        assert_eq!(
            (row.state, row.tries),
            (DeliveryState::Delivered, 2),
            "{mood:?}"
        );
        let came = server
            .mails()
            .into_iter()
            .filter(|mail| mail.text.contains(&word));
        let came: Vec<_> = came.collect();
        assert!(came.iter().any(|mail| mail.said_so), "{mood:?}");
        let twice = usize::from(mood == MailMood::DropsBeforeItSaysSo);
        assert_eq!(came.len(), 1 + twice, "the same Message-ID both times");
        now = now.plus(MINUTE);
    }
    // A mailbox that does not exist is asked once.
    let word = store.try_word(&id, now).await.unwrap().unwrap();
    server.set_mood(MailMood::Refuses);
    office.send_all().await;
    let row = all_deliveries(&store).await.remove(0);
    assert_eq!(
        (row.state, row.tries),
        (DeliveryState::GivenUp, 1),
        "{}",
        row.answer
    );
    assert!(row.answer.contains("550"), "{}", row.answer);
    // And once more when somebody says so.
    server.set_mood(MailMood::Takes);
    assert!(store.resend(&word, now).await.unwrap());
    office.send_all().await;
    assert_eq!(
        all_deliveries(&store).await.remove(0).state,
        DeliveryState::Delivered
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_never_taken_is_given_up_after_days() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("office.sqlite"))
        .await
        .unwrap();
    // Nobody listens there.
    let office = Office::of(
        &store,
        &format!("smtp://127.0.0.1:{}", ringup_testkit::free_port()),
    );
    let id = address_since(&store, WordWay::Mail, "anna@shop.example", NOW).await;
    store.try_word(&id, NOW).await.unwrap().unwrap();
    let (mut tries, mut waited) = (0, 0);
    loop {
        office.send_all().await;
        let row = all_deliveries(&store).await.remove(0);
        if row.state == DeliveryState::GivenUp {
            assert_eq!(row.tries, 10);
            break;
        }
        assert_eq!(row.tries, tries + 1);
        tries = row.tries;
        let wait = row.next_at_unix_ms.unwrap() - office.now.load(Ordering::SeqCst);
        waited += wait;
        office.later(wait);
    }
    let days = waited / (24 * 60 * MINUTE);
    assert!((2..=4).contains(&days), "{days}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_is_spoken_to_over_tls_and_its_certificate_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("office.sqlite"))
        .await
        .unwrap();
    let id = address_since(&store, WordWay::Mail, "anna@shop.example", NOW).await;
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (certificate, key) = (made.cert.der().clone(), made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.try_into().unwrap())
        .unwrap();
    let server = MailServer::start_tls(Arc::new(config));
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, made.cert.pem()).unwrap();
    let known = format!("smtps://localhost:{}?ca={}", server.port, ca.display());
    for (address, expected) in [
        (
            format!("smtps://localhost:{}", server.port),
            DeliveryState::Waiting,
        ),
        (
            known.replace("localhost", "127.0.0.1"),
            DeliveryState::Waiting,
        ),
        (known, DeliveryState::Delivered),
    ] {
        store.try_word(&id, NOW).await.unwrap().unwrap();
        Office::of(&store, &address).send_all().await;
        let row = all_deliveries(&store).await.remove(0);
        assert_eq!(row.state, expected, "{address}: {}", row.answer);
    }
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_from_outside_becomes_no_header() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("office.sqlite"))
        .await
        .unwrap();
    let office = Office::with_port(&store, &server);
    address_since(&store, WordWay::Mail, "anna@shop.example", UnixMs(1)).await;
    let name = "Stall\r\nBcc: evil@evil.example\r\n\r\n<b>\u{202e}\u{2028}\0x";
    let till = office_tests::TestTill::new();
    let secret = secrecy::SecretString::from("a secret");
    store
        .offer_pairing(&secret, &name.replace('\0', ""), NOW)
        .await
        .unwrap();
    store.pair(&secret, till.id(), NOW).await.unwrap();
    store
        .tell_silent_tills(NOW.plus(2 * 24 * 60 * MINUTE))
        .await
        .unwrap();
    office.later(2 * 24 * 60 * MINUTE);
    office.send_all().await;
    let mail = server.mails().remove(0);
    assert_eq!(mail.to, "RCPT TO:<anna@shop.example>");
    let (head, _) = mail.text.split_once("\r\n\r\n").unwrap();
    let headers = head
        .lines()
        .filter(|line| line.to_lowercase().starts_with("bcc"));
    assert_eq!(headers.count(), 0, "{head}");
    assert!(
        mail.header("Subject")
            .starts_with("StallBcc: evil@evil.example"),
        "{head}"
    );
}
