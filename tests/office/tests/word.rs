//! Word to the owner: what is told, once and to whom; by a real mail server and a real receiver of webhooks that fail in
//! every way; with two offices and with kills, on both databases.

mod hooks;
mod kills;
mod mails;
mod sender;

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::clock::UnixMs;
use ringup_core::i18n::Language;
use ringup_core::sale::{Entry, Event};
use ringup_office::book::{EventsQuery, SaleFlag, SalesQuery};
use ringup_office::store::{DeliveryRow, Store, Token, WordLimits, WordWay};
use ringup_office::word::{WordEvent, WordKind};

use crate::book::{on_both, paired};
use office_tests::{NewDecision, RandomShop, TestTill, Verdict};

/// When everything comes that these tests send.
pub(crate) const NOW: UnixMs = UnixMs(1_800_000_000_000);

/// An address that gets everything since this moment.
pub(crate) async fn address_since(
    store: &Store,
    way: WordWay,
    target: &str,
    since: UnixMs,
) -> String {
    let all = &WordKind::CHOSEN;
    let added = store.add_word_address(way, target, Language::En, all, since);
    added.await.unwrap().unwrap().id
}

/// Every delivery, the newest first.
pub(crate) async fn all_deliveries(store: &Store) -> Vec<DeliveryRow> {
    let (mut all, mut before): (Vec<DeliveryRow>, Option<(i64, String)>) = (Vec::new(), None);
    loop {
        let from = before.as_ref().map(|(at, id)| (*at, id.as_str()));
        let page = store.deliveries(from).await.unwrap();
        let Some(last) = page.last() else { return all };
        before = Some((last.made_at_unix_ms, last.id.clone()));
        all.extend(page);
    }
}

async fn shop_sent(store: &Store, seed: u64, acts: u32) -> (RandomShop, Token) {
    let mut shop = RandomShop::begin(seed);
    shop.trade(acts).await;
    let token = paired(store, shop.journal.till()).await;
    for batch in shop.batches(0, 60) {
        store.append(&token, &batch, NOW).await.unwrap();
    }
    (shop, token)
}

/// The labels of the sales that are told of so, with how often.
fn told(deliveries: &[DeliveryRow], name: &str) -> BTreeMap<u32, usize> {
    let mut sales = BTreeMap::new();
    for row in deliveries.iter().filter(|row| row.event.name() == name) {
        let number = row.event.sale().unwrap().number;
        *sales.entry(number).or_default() += 1;
    }
    sales
}

async fn flagged(store: &Store, flag: SaleFlag) -> BTreeSet<u32> {
    let query = SalesQuery {
        flag: Some(flag),
        test: Some(false),
        limit: 200,
        ..SalesQuery::default()
    };
    let page = store.sales(&query).await.unwrap();
    assert!(page.next.is_none());
    page.sales.into_iter().map(|sale| sale.number).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_till_has_done_is_told_once_and_as_its_journal_has_it() {
    on_both(async |store: &Store| {
        address_since(store, WordWay::Mail, "anna@shop.example", NOW).await;
        let limits = WordLimits::default();
        let (shop, _) = shop_sent(store, 7, 700).await;
        // Two offices at once.
        let (one, other) = (store.clone(), store.clone());
        let (one, other) = tokio::join!(
            tokio::spawn(async move { one.fold_all(NOW).await }),
            tokio::spawn(async move { other.fold_all(NOW).await }),
        );
        one.unwrap().unwrap();
        other.unwrap().unwrap();
        store.fold_all(NOW).await.unwrap();
        let all = all_deliveries(store).await;
        let entries = store
            .entries(shop.journal.till(), 1, 1_000_000)
            .await
            .unwrap();
        let entries: Vec<Entry> = entries
            .iter()
            .map(|body| serde_json::from_str(body).unwrap())
            .collect();
        // What the journal's own entries say, counted without the office's code.
        let closes = entries
            .iter()
            .filter(|entry| matches!(entry.event, Event::DayClosed(_)));
        let named = |name: &str| all.iter().filter(|row| row.event.name() == name).count();
        assert_eq!(named("day.closed"), closes.count());
        let differs = |entry: &&Entry| match &entry.event {
            Event::CashCounted(count) => count
                .expected_minor
                .is_some_and(|expected| expected != count.counted_minor),
            _ => false,
        };
        let differences = entries.iter().filter(differs).count();
        assert!(differences > 3, "{differences}");
        assert_eq!(named("drawer.differs"), differences);
        let large = |entry: &&Entry| {
            matches!(&entry.event, Event::SaleRefunded { amount_minor, .. }
            if *amount_minor > limits.refund_above_minor.values().copied().min().unwrap())
        };
        let refunds = named("sale.refunded");
        assert!(refunds <= entries.iter().filter(large).count());
        // A sale that is late, paid twice or in review was told of, and no other.
        let late = told(&all, "sale.paid_late");
        assert!(!late.is_empty());
        for number in flagged(store, SaleFlag::Late).await {
            assert!(late.contains_key(&number), "{number}");
        }
        let twice = told(&all, "sale.paid_twice");
        assert!(!twice.is_empty());
        for number in flagged(store, SaleFlag::PaidTwice).await {
            assert!(twice.contains_key(&number), "{number}");
        }
        let review = told(&all, "sale.in_review");
        assert!(!review.is_empty());
        for number in flagged(store, SaleFlag::Review).await {
            assert!(review.contains_key(&number), "{number}");
        }
        // Nothing personal is written down for it.
        for row in &all {
            let text = serde_json::to_string(&row.event).unwrap();
            assert!(
                !text.contains("Tisch") && !text.contains("broken"),
                "{text}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refunds_are_told_from_the_limit_on() {
    on_both(async |store: &Store| {
        address_since(store, WordWay::Mail, "anna@shop.example", NOW).await;
        let mut limits = WordLimits::default();
        limits
            .refund_above_minor
            .values_mut()
            .for_each(|it| *it = 200);
        store.set_word_limits(&limits).await.unwrap();
        let (shop, _) = shop_sent(store, 11, 500).await;
        store.fold_all(NOW).await.unwrap();
        let all = all_deliveries(store).await;
        let told: Vec<i64> = all
            .iter()
            .filter_map(|row| match &row.event {
                WordEvent::Refunded { refunded, .. } => Some(refunded.minor()),
                _ => None,
            })
            .collect();
        assert!(
            told.len() > 3 && told.iter().all(|minor| *minor > 200),
            "{told:?}"
        );
        let entries = store
            .entries(shop.journal.till(), 1, 1_000_000)
            .await
            .unwrap();
        let small = entries.iter().filter(|body| {
            let entry: Entry = serde_json::from_str(body).unwrap();
            matches!(entry.event, Event::SaleRefunded { amount_minor, .. } if amount_minor <= 200)
        });
        assert!(small.count() > 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_before_and_what_is_folded_anew_is_not_told() {
    for book in crate::folded::Opened::both().await {
        let store = &book.store;
        // Somebody who wants it only later.
        let later = NOW.plus(1);
        let (_, _) = shop_sent(store, 7, 300).await;
        store.fold_all(NOW).await.unwrap();
        let id = address_since(store, WordWay::Mail, "late@shop.example", later).await;
        (book.change)("UPDATE folded SET version = 7");
        store.fold_all(later).await.unwrap();
        assert_eq!(all_deliveries(store).await, []);
        // Somebody who wanted it from the beginning gets it once, however often the till is folded.
        address_since(store, WordWay::Mail, "anna@shop.example", NOW).await;
        for round in 0..3 {
            (book.change)("UPDATE folded SET version = 7");
            store.fold_all(later).await.unwrap();
            let all = all_deliveries(store).await;
            assert!(all.len() > 5 && all.iter().all(|row| row.target == "anna@shop.example"));
            let ids: BTreeSet<_> = all.iter().map(|row| &row.id).collect();
            if round > 0 {
                let known = std::fs::read_to_string(book.note()).unwrap();
                assert_eq!(format!("{ids:?}"), known);
            }
            std::fs::write(book.note(), format!("{ids:?}")).unwrap();
        }
        // What is wanted newly is told from then on.
        let only = [WordKind::Review];
        store
            .change_word_address(&id, Language::De, &only, later)
            .await
            .unwrap();
        let address = store.word_addresses().await.unwrap();
        let address = address.iter().find(|it| it.id == id).unwrap();
        assert_eq!(
            address.events,
            BTreeMap::from([(WordKind::Review, later.0)])
        );
        // A month later nothing of it is news, although nobody knows any more that it was told.
        let month = NOW.plus(31 * 24 * 60 * 60 * 1000);
        (book.change)("DELETE FROM word; DELETE FROM delivery; UPDATE folded SET version = 7");
        store.fold_all(month).await.unwrap();
        assert_eq!(all_deliveries(store).await, []);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quarantine_and_its_decision_are_told_once() {
    on_both(async |store: &Store| {
        address_since(store, WordWay::Mail, "anna@shop.example", UnixMs(1)).await;
        let mut till = TestTill::new();
        let token = paired(store, till.id()).await;
        let mut clone = till.cloned();
        till.sell(2);
        clone.sell_for_cash(3);
        store.append(&token, &till.batch(0), NOW).await.unwrap();
        for _ in 0..3 {
            store
                .append(&token, &clone.batch(0), NOW)
                .await
                .unwrap_err();
        }
        let all = all_deliveries(store).await;
        let names: Vec<_> = all.iter().map(|row| row.event.name()).collect();
        assert_eq!(names, ["till.quarantined"]);
        let branch = store.branches(till.id()).await.unwrap();
        let wanted = NewDecision {
            verdict: Verdict::Follow,
            branch: branch[0].branch.to_string(),
            by: "Olga".to_owned(),
            reason: "the old laptop".to_owned(),
        };
        store.decide(till.id(), &wanted, NOW).await.unwrap();
        store.decide(till.id(), &wanted, NOW).await.unwrap_err();
        let all = all_deliveries(store).await;
        let decided = all.iter().find(|row| row.event.name() == "till.decided");
        let verdict = WordEvent::TillDecided {
            number: 1,
            verdict: "follow".to_owned(),
        };
        assert_eq!(decided.unwrap().event, verdict);
        assert_eq!(all.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_till_is_told_once_for_each_silence() {
    const HOUR: i64 = 60 * 60 * 1000;
    on_both(async |store: &Store| {
        address_since(store, WordWay::Mail, "anna@shop.example", UnixMs(1)).await;
        let limits = WordLimits {
            silent_minutes: 120,
            ..WordLimits::default()
        };
        store.set_word_limits(&limits).await.unwrap();
        let till = TestTill::new();
        paired(store, till.id()).await;
        let revoked = TestTill::new();
        paired(store, revoked.id()).await;
        store.revoke(revoked.id(), NOW).await.unwrap();
        let told = async |at: i64| {
            store.tell_silent_tills(UnixMs(at)).await.unwrap();
            all_deliveries(store).await.len()
        };
        // It is expected from its pairing on.
        let paired_at = crate::book::NOW.0;
        assert_eq!(told(paired_at + 2 * HOUR - 1).await, 0);
        store
            .heard(till.id(), None, UnixMs(paired_at + HOUR))
            .await
            .unwrap();
        assert_eq!(told(paired_at + 2 * HOUR).await, 0);
        let silent = paired_at + 3 * HOUR;
        assert_eq!(told(silent).await, 1);
        assert_eq!(told(silent + 50 * HOUR).await, 1);
        let event = all_deliveries(store).await.remove(0).event;
        let since_unix_ms = paired_at + HOUR;
        assert_eq!(event, WordEvent::TillSilent { since_unix_ms });
        // It comes back, and is silent once more.
        let back = UnixMs(silent + 51 * HOUR);
        store.heard(till.id(), None, back).await.unwrap();
        assert_eq!(told(back.0 + HOUR).await, 1);
        assert_eq!(told(back.0 + 2 * HOUR).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_differences_is_the_journals_own() {
    on_both(async |store: &Store| {
        let (_, _) = shop_sent(store, 5, 300).await;
        store.fold_all(NOW).await.unwrap();
        let page = store
            .drawer_differences(&EventsQuery::default())
            .await
            .unwrap();
        assert!(!page.differences.is_empty());
    })
    .await;
}
