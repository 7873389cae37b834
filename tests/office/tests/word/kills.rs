//! An office that is ended between any two steps on the way from an entry to its answer loses no word, and tells no event
//! by two names.

use std::collections::BTreeMap;
use std::process::Command;

use ringup_office::store::{DeliveryRow, DeliveryState, LEASE_MS, Store, WordWay};
use ringup_testkit::MailServer;

use super::{NOW, address_since, all_deliveries, shop_sent};
use crate::book::paired;
use crate::folded::Opened;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_that_is_killed_at_any_step_loses_no_word() {
    for book in Opened::both().await {
        let store = &book.store;
        let server = MailServer::start();
        address_since(store, WordWay::Mail, "anna@shop.example", NOW).await;
        let (mut shop, _) = shop_sent(store, 7, 200).await;
        let mut now = NOW.0;
        let mut killed = 0;
        let mut office = |point: Option<(&str, &str)>, now: i64| {
            let mut office = Command::new(env!("CARGO_BIN_EXE_office-word"));
            let (now, port) = (now.to_string(), server.port.to_string());
            office.args([&book.place, "--now", &now, "--mail-port", &port]);
            if let Some((point, passes)) = point {
                office.args(["--end-at", point, "--passes", passes]);
            }
            let ended = office.status().unwrap();
            killed += u32::from(!ended.success());
        };
        for point in [
            "folded",
            "fold_position_written",
            "fold_written",
            "fold_committed",
            "word_taken",
            "word_sent",
            "word_noted",
            "word_taken",
            "word_sent",
        ] {
            let passes = if point.starts_with("word") { "2" } else { "0" };
            office(Some((point, passes)), now);
            now += LEASE_MS + 1;
        }
        office(None, now);
        assert!(killed >= 8, "{killed}");
        let all = all_deliveries(store).await;
        assert!(all.len() > 5, "{}", all.len());
        assert!(
            all.iter().all(|row| row.state == DeliveryState::Delivered),
            "{all:?}"
        );
        let mut came: BTreeMap<String, usize> = BTreeMap::new();
        for mail in server.mails() {
            *came.entry(mail.header("Message-ID")).or_default() += 1;
        }
        // Each event has one id; what was sent and not noted down came twice under it.
        let ids: Vec<_> = all
            .iter()
            .map(|row| format!("<{}@shop.example>", row.id))
            .collect();
        assert_eq!(came.len(), ids.len());
        assert!(ids.iter().all(|id| came.contains_key(id)));
        assert!(came.values().any(|times| *times > 1), "{came:?}");
        // An office that nobody has killed tells the same.
        let folder = tempfile::tempdir().unwrap();
        let control = Store::sqlite(&folder.path().join("office.sqlite"))
            .await
            .unwrap();
        address_since(&control, WordWay::Mail, "anna@shop.example", NOW).await;
        let token = paired(&control, shop.journal.till()).await;
        for batch in shop.batches(0, 500) {
            control.append(&token, &batch, NOW).await.unwrap();
        }
        control.fold_all(NOW).await.unwrap();
        let events = |rows: &[DeliveryRow]| {
            let texts = rows
                .iter()
                .map(|row| serde_json::to_string(&row.event).unwrap());
            let mut texts: Vec<_> = texts.collect();
            texts.sort();
            texts
        };
        assert_eq!(events(&all_deliveries(&control).await), events(&all));
    }
}
