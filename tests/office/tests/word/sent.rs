//! What leaves: mails and webhooks over real connections, to receivers that fail.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use ringup_core::calendar::Zone;
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::i18n::Language;
use ringup_office::store::{DeliveryState, LEASE_MS, Store, WordWay};
use ringup_office::word::{HookSecrets, MailServer as Relay, Sender, WordConfig, WordKind};
use ringup_testkit::{MailMood, MailServer};

use super::{NOW, address_since, all_deliveries, shop_sent};
use crate::book::on_both;
use office_tests::{HookMood, HookReceiver};

const MINUTE: i64 = 60_000;

/// An office's sender, and the clock that it goes by.
pub(super) struct Office {
    pub(super) sender: Sender,
    now: Arc<AtomicI64>,
    secrets: HookSecrets,
}

impl Office {
    fn of(store: &Store, mail: &str) -> Self {
        let now = Arc::new(AtomicI64::new(NOW.0));
        let clock = Arc::clone(&now);
        let secrets = HookSecrets::new([7; 32]);
        let config = WordConfig {
            mail: Some(Relay::read(mail, None, "Ringup <till@shop.example>").unwrap()),
            secrets: secrets.clone(),
            networks: "127.0.0.0/8".parse().unwrap(),
        };
        let clock = Clock::from_fn(move || UnixMs(clock.load(Ordering::SeqCst)));
        let zone = Zone::named("Europe/Berlin").unwrap();
        let address = "office.example:7443".to_owned();
        Self {
            sender: Sender::new(store.clone(), clock, config, address, zone),
            now,
            secrets,
        }
    }

    fn with_port(store: &Store, server: &MailServer) -> Self {
        Self::of(store, &format!("smtp://127.0.0.1:{}", server.port))
    }

    fn later(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    async fn send_all(&self) {
        while self.sender.send_due().await.unwrap() > 0 {}
    }
}

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

/// Where mails are put for somebody to look at.
fn folder_for_eyes() -> std::path::PathBuf {
    let folder = ringup_testkit::repository().join("target/office/mails");
    std::fs::create_dir_all(&folder).unwrap();
    folder
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
        .tell_silent_tills(NOW.plus(90 * 24 * 60 * MINUTE))
        .await
        .unwrap();
    office.later(90 * 24 * 60 * MINUTE);
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_is_signed_and_a_receiver_that_fails_gets_it_in_the_end() {
    on_both(async |store: &Store| {
        let receiver = HookReceiver::start();
        let office = Office::of(store, "smtp://127.0.0.1:9");
        let id = address_since(store, WordWay::Hook, &receiver.url(), NOW).await;
        let secret = office.secrets.reveal(&id, 1);
        let says = |status, headers: &str| HookMood::Says(status, headers.to_owned());
        let mut now = NOW;
        for (mood, wait) in [
            (says(500, ""), MINUTE),
            (says(302, "Location: http://127.0.0.1:1/\r\n"), MINUTE),
            (says(404, ""), MINUTE),
            (says(429, "Retry-After: 3600\r\n"), 61 * MINUTE),
            (HookMood::Drops, MINUTE),
        ] {
            let word = store.try_word(&id, now).await.unwrap().unwrap();
            receiver.set_mood(mood.clone());
            office.send_all().await;
            let row = all_deliveries(store).await.remove(0);
            assert_eq!(
                (row.state, row.tries),
                (DeliveryState::Waiting, 1),
                "{mood:?}"
            );
            assert!(!row.answer.contains("secret"), "{}", row.answer);
            receiver.set_mood(says(204, ""));
            let first = if wait > MINUTE {
                wait - 2 * MINUTE
            } else {
                10_000
            };
            office.later(first);
            office.send_all().await;
            if wait > MINUTE {
                assert_eq!(
                    all_deliveries(store).await.remove(0).tries,
                    1,
                    "asked to wait"
                );
            }
            office.later(wait - first);
            office.send_all().await;
            let row = all_deliveries(store).await.remove(0);
            assert_eq!(
                (row.state, row.tries),
                (DeliveryState::Delivered, 2),
                "{mood:?}"
            );
            let came = receiver.came().into_iter();
            let came: Vec<_> = came.filter(|it| it.header("webhook-id") == word).collect();
            assert_eq!(came.len(), 2, "{mood:?}");
            for message in &came {
                assert!(message.is_signed_with(&secret));
                assert!(!message.is_signed_with(&office.secrets.reveal(&id, 2)));
                assert_eq!(message.path, "/word?key=secret");
                assert_eq!(message.header("content-type"), "application/json");
            }
            now = now.plus(wait);
        }
        // Whoever says that they are gone is left alone.
        store.try_word(&id, now).await.unwrap().unwrap();
        receiver.set_mood(says(410, ""));
        office.send_all().await;
        assert_eq!(
            all_deliveries(store).await.remove(0).state,
            DeliveryState::GivenUp
        );
        // Another secret, and the one before beside it.
        assert_eq!(store.renew_word_secret(&id, 1).await.unwrap(), Some(2));
        assert_eq!(store.renew_word_secret(&id, 1).await.unwrap(), None);
        store.try_word(&id, now).await.unwrap().unwrap();
        receiver.set_mood(says(200, ""));
        office.send_all().await;
        let last = receiver.came().pop().unwrap();
        assert!(
            last.is_signed_with(&secret) && last.is_signed_with(&office.secrets.reveal(&id, 2))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_tells_a_program_what_it_needs() {
    let receiver = HookReceiver::start();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("office.sqlite"))
        .await
        .unwrap();
    let office = Office::of(&store, "smtp://127.0.0.1:9");
    address_since(&store, WordWay::Hook, &receiver.url(), NOW).await;
    let (shop, _) = shop_sent(&store, 7, 300).await;
    store.fold_all(NOW).await.unwrap();
    office.send_all().await;
    let came = receiver.came();
    let typed = |name: &str| came.iter().find(|it| it.body["type"] == name).unwrap();
    let closed = &typed("day.closed").body;
    let close = store
        .close(shop.journal.till(), 1)
        .await
        .unwrap()
        .unwrap()
        .close;
    let z1 = came.iter().find(|it| it.body["data"]["z"] == 1).unwrap();
    assert_eq!(z1.body["data"]["head"], close.head);
    assert!(
        closed["data"]["pdf_base64"]
            .as_str()
            .unwrap()
            .starts_with("JVBERi0")
    );
    assert_eq!(closed["data"]["till"], shop.journal.till().to_string());
    let late = &typed("sale.paid_late").body;
    assert!(
        late["data"]["sale"]["amount"]
            .as_str()
            .unwrap()
            .contains('.'),
        "{late}"
    );
    assert!(late["data"]["currency"].is_string(), "{late}");
    assert!(
        late["timestamp"].as_str().unwrap().starts_with("2026-10-2"),
        "{late}"
    );
    let out = folder_for_eyes();
    for message in &came {
        let name = format!("{}.json", message.body["type"].as_str().unwrap());
        std::fs::write(
            out.join(name),
            serde_json::to_string_pretty(&message.body).unwrap(),
        )
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_reaches_no_private_network_and_a_flood_is_not_read() {
    let receiver = HookReceiver::start();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("office.sqlite"))
        .await
        .unwrap();
    let office = Office::of(&store, "smtp://127.0.0.1:9");
    // A name that leads here: nothing of 127.0.0.0/8 by its number.
    let by_name = format!("https://localhost:{}/", receiver.port);
    let clock = Clock::from_fn(|| NOW);
    let strict = WordConfig::default();
    let zone = Zone::named("UTC").unwrap();
    let strict = Sender::new(
        store.clone(),
        clock,
        strict,
        "office.example".to_owned(),
        zone,
    );
    for target in [
        by_name.as_str(),
        &receiver.url(),
        "https://169.254.169.254/latest",
    ] {
        let id = address_since(&store, WordWay::Hook, target, NOW).await;
        store.try_word(&id, NOW).await.unwrap().unwrap();
        strict.send_due().await.unwrap();
        let row = all_deliveries(&store).await.remove(0);
        assert_eq!(row.state, DeliveryState::Waiting);
        assert!(
            row.answer.contains("private network"),
            "{target}: {}",
            row.answer
        );
        store.remove_word_address(&id, NOW).await.unwrap();
    }
    assert_eq!(receiver.came(), []);
    let id = address_since(&store, WordWay::Hook, &receiver.url(), NOW).await;
    store.try_word(&id, NOW).await.unwrap().unwrap();
    receiver.set_mood(HookMood::Floods);
    let began = std::time::Instant::now();
    office.send_all().await;
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(
        all_deliveries(&store).await.remove(0).state,
        DeliveryState::Delivered
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_offices_send_each_message_once_and_one_that_hangs_holds_up_no_other() {
    on_both(async |store: &Store| {
        let (hanging, taking) = (HookReceiver::start(), HookReceiver::start());
        hanging.set_mood(HookMood::Hangs);
        let hangs = address_since(store, WordWay::Hook, &hanging.url(), NOW).await;
        let takes = address_since(store, WordWay::Hook, &taking.url(), NOW).await;
        for id in [&hangs, &takes] {
            for _ in 0..8 {
                store.try_word(id, NOW).await.unwrap().unwrap();
            }
        }
        let (one, other) = (
            Office::of(store, "smtp://127.0.0.1:9"),
            Office::of(store, "smtp://127.0.0.1:9"),
        );
        let began = std::time::Instant::now();
        let serving = [one.sender.clone(), other.sender.clone()]
            .map(|sender| tokio::spawn(ringup_office::word::keep_sending(sender)));
        while taking.came().len() < 8 {
            assert!(
                began.elapsed() < Duration::from_secs(15),
                "{}",
                taking.came().len()
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(hanging.came().len() <= 2, "{}", hanging.came().len());
        for task in serving {
            task.abort();
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        let ids: BTreeSet<_> = taking
            .came()
            .iter()
            .map(|it| it.header("webhook-id").to_owned())
            .collect();
        assert_eq!((ids.len(), taking.came().len()), (8, 8));
        // What the two had taken and did not end comes to another office, after its lease.
        hanging.set_mood(HookMood::Says(204, String::new()));
        let third = Office::of(store, "smtp://127.0.0.1:9");
        third.later(LEASE_MS + 1);
        third.send_all().await;
        let all = all_deliveries(store).await;
        assert!(
            all.iter().all(|row| row.state == DeliveryState::Delivered),
            "{all:?}"
        );
    })
    .await;
}
