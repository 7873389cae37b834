//! Receipts in the book, asked of both databases: a token opens its own sale and nothing else, from the time it is paid
//! until it is too old, whatever is decided about its till.

use ringup_core::clock::UnixMs;
use ringup_core::office::ReceiptTexts;
use ringup_core::sale::{ReceiptToken, Sale};
use ringup_core::settings::Shop;
use ringup_office::store::{NewDecision, Store, Token, TokenError, Verdict};

use office_tests::TestTill;

use crate::book::{NOW, on_both, paired, send_all};

const ALWAYS: UnixMs = UnixMs(0);

fn token(sale: &Sale) -> ReceiptToken {
    sale.receipt_token.unwrap()
}

/// What the token of a sale opens: its amount, what of it went back, and its name.
async fn opened(store: &Store, sale: &Sale, since: UnixMs) -> Option<(i64, i64, String)> {
    let receipt = store.receipt(token(sale).hash(), since).await.unwrap()?;
    assert_eq!(receipt.sale.receipt_token, sale.receipt_token);
    let minor = receipt.sale.amount.minor();
    Some((minor, receipt.sale.refunded_minor(), receipt.label))
}

async fn send(store: &Store, sent: &Token, till: &TestTill) {
    send_all(store, sent, till).await;
    store.fold_all(NOW).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_opens_its_own_sale_once_it_is_paid_and_until_it_is_too_old() {
    on_both(async |store: &Store| {
        let (mut one, mut other) = (TestTill::new(), TestTill::new());
        let (by_one, by_other) = (
            paired(store, one.id()).await,
            paired(store, other.id()).await,
        );
        let mut sales = Vec::new();
        for hour in 0..5 {
            let at = NOW.plus(hour * 3_600_000);
            let sale = one.open_with_receipt(at);
            other.sell(1);
            sales.push(sale);
        }
        let beside = other.open_with_receipt(NOW);
        other.pay(&beside, false, false);
        send(store, &by_other, &other).await;
        // Nothing of the first till has come.
        assert_eq!(opened(store, &sales[0], ALWAYS).await, None);
        send(store, &by_one, &one).await;
        // It has, and nobody has paid.
        assert_eq!(opened(store, &sales[0], ALWAYS).await, None);
        one.pay(&sales[1], false, false);
        one.pay(&sales[3], true, true);
        send(store, &by_one, &one).await;
        assert_eq!(opened(store, &sales[0], ALWAYS).await, None);
        let second = Some((1250, 0, "A-000002".to_owned()));
        assert_eq!(opened(store, &sales[1], ALWAYS).await, second);
        let third = store
            .receipt(token(&sales[3]).hash(), ALWAYS)
            .await
            .unwrap();
        let third = third.unwrap();
        assert!(third.sale.test() && third.sale.late() && third.label == "A-000004");
        let paid_at = third.sale.paid_at().unwrap();
        assert!(opened(store, &sales[3], paid_at).await.is_some());
        assert_eq!(opened(store, &sales[3], paid_at.plus(1)).await, None);
        // Money that goes back afterwards.
        one.refund(&sales[1], 250);
        send(store, &by_one, &one).await;
        let second = Some((1250, 250, "A-000002".to_owned()));
        assert_eq!(opened(store, &sales[1], ALWAYS).await, second);
        let theirs = Some((1250, 0, "A-000006".to_owned()));
        assert_eq!(opened(store, &beside, ALWAYS).await, theirs);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_guessed() {
    on_both(async |store: &Store| {
        let mut till = TestTill::new();
        let by = paired(store, till.id()).await;
        let sale = till.open_with_receipt(NOW);
        till.pay(&sale, false, false);
        send(store, &by, &till).await;
        let hashes = (0..10_000).map(|_| ReceiptToken::draw().unwrap().hash());
        for hash in hashes {
            assert_eq!(store.receipt(hash, ALWAYS).await, Ok(None));
        }
        let text = token(&sale).reveal();
        let id = sale.id.to_string();
        let close: Vec<String> = vec![
            text.to_lowercase(),
            text.to_uppercase(),
            format!("{text}="),
            format!(" {text}"),
            format!("{text}/"),
            format!("{text}%00"),
            format!("{text}\0"),
            text.chars().take(21).collect(),
            text.chars().rev().collect(),
            id,
            till.id().to_string(),
            "1".to_owned(),
            "A-000001".to_owned(),
            "%".to_owned(),
            "_".repeat(22),
            "' OR 1=1 --".to_owned(),
            String::new(),
            "x".repeat(100_000),
        ];
        for wrong in close {
            let hash = ReceiptToken::hash_of_text(&wrong);
            assert_eq!(store.receipt(hash, ALWAYS).await, Ok(None), "{wrong}");
        }
        let hash = ReceiptToken::hash_of_text(&text);
        assert!(store.receipt(hash, ALWAYS).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_that_claims_anothers_token_takes_it_from_nobody() {
    on_both(async |store: &Store| {
        let (mut honest, mut hostile) = (TestTill::new(), TestTill::new());
        let (by_honest, by_hostile) = (
            paired(store, honest.id()).await,
            paired(store, hostile.id()).await,
        );
        let sale = honest.open_with_receipt(NOW);
        honest.pay(&sale, false, false);
        send(store, &by_honest, &honest).await;
        hostile.sell(3);
        let claimed = hostile.open_with_token(NOW, sale.receipt_token);
        hostile.pay(&claimed, false, false);
        let later = NOW.plus(1);
        let batch = hostile.batch(0);
        store.append(&by_hostile, &batch, later).await.unwrap();
        store.fold_all(later).await.unwrap();
        let theirs = Some((1250, 0, "A-000001".to_owned()));
        assert_eq!(opened(store, &sale, ALWAYS).await, theirs);
        let states = store.till_states().await.unwrap();
        assert!(states.iter().all(|till| till.folded_seq == till.head_seq));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_till_tells_the_words_of_its_own_receipts() {
    on_both(async |store: &Store| {
        let (mut one, mut other) = (TestTill::new(), TestTill::new());
        let (by_one, by_other) = (
            paired(store, one.id()).await,
            paired(store, other.id()).await,
        );
        let words = |name: &str| ReceiptTexts {
            shop: Shop {
                name: Some(name.to_owned()),
                // A database refuses this character in a text.
                footer: Some("a\0b".to_owned()),
                ..Shop::default()
            },
            ..ReceiptTexts::default()
        };
        let mut sales = Vec::new();
        for (till, by) in [(&mut one, &by_one), (&mut other, &by_other)] {
            let sale = till.open_with_receipt(NOW);
            till.pay(&sale, false, false);
            send(store, by, till).await;
            sales.push(sale);
        }
        let name = async |sale: &Sale| {
            let receipt = store.receipt(token(sale).hash(), ALWAYS).await.unwrap();
            receipt.unwrap().texts.map(|texts| texts.shop.name.unwrap())
        };
        assert_eq!(name(&sales[0]).await, None);
        for told in ["Erna", "Café Erna"] {
            let told = store.set_receipt_texts(&by_one, &words(told), NOW).await;
            assert_eq!(told, Ok(Ok(())));
        }
        assert_eq!(name(&sales[0]).await.as_deref(), Some("Café Erna"));
        assert_eq!(name(&sales[1]).await, None);
        store.revoke(other.id(), NOW).await.unwrap();
        let told = store.set_receipt_texts(&by_other, &words("x"), NOW).await;
        assert_eq!(told, Ok(Err(TokenError::Revoked)));
        assert_eq!(name(&sales[1]).await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_till_in_quarantine_the_book_is_shown_and_what_is_beside_it_once_somebody_decides() {
    on_both(async |store: &Store| {
        let mut till = TestTill::new();
        let by = paired(store, till.id()).await;
        let before = till.open_with_receipt(NOW);
        till.pay(&before, false, false);
        let mut copy = till.cloned();
        let kept = till.open_with_receipt(NOW);
        till.pay(&kept, false, false);
        send(store, &by, &till).await;
        let beside = copy.open_with_receipt(NOW);
        copy.pay(&beside, false, false);
        store.append(&by, &copy.batch(0), NOW).await.unwrap_err();
        store.fold_all(NOW).await.unwrap();
        let row = store.tills().await.unwrap().remove(0);
        assert!(row.quarantine.is_some());
        for (sale, is_there) in [(&before, true), (&kept, true), (&beside, false)] {
            let found = opened(store, sale, ALWAYS).await;
            assert_eq!(found.is_some(), is_there);
        }
        let branch = store.branches(till.id()).await.unwrap().remove(0);
        let wanted = NewDecision {
            verdict: Verdict::Follow,
            branch: branch.branch.to_string(),
            by: "Olga".to_owned(),
            reason: "the copy sells".to_owned(),
        };
        store.decide(till.id(), &wanted, NOW).await.unwrap();
        store.fold_all(NOW).await.unwrap();
        for (sale, is_there) in [(&before, true), (&kept, false), (&beside, true)] {
            let found = opened(store, sale, ALWAYS).await;
            assert_eq!(found.is_some(), is_there);
        }
    })
    .await;
}
