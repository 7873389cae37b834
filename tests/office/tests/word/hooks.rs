//! Webhooks over real connections, to a receiver that fails.

use std::collections::BTreeSet;
use std::time::Duration;

use ringup_core::calendar::Zone;
use ringup_core::clock::Clock;
use ringup_office::store::{DeliveryState, LEASE_MS, Store, WordWay};
use ringup_office::word::{Sender, WordConfig};

use super::sender::{Office, folder_for_eyes};
use super::{NOW, address_since, all_deliveries, shop_sent};
use crate::book::on_both;
use office_tests::{HookMood, HookReceiver};

const MINUTE: i64 = 60_000;

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
