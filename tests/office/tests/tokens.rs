//! A till's token takes another one's place, and wherever either side stops on the way, the till can send.

use ringup_core::office::OfficeError;
use ringup_office::store::{AppendError, Store, Token, TokenError};

use office_tests::{RunningOffice, TestTill};

use crate::book::{NOW, bodies, on_both, paired};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_valid_until_the_next_one_is_used() {
    on_both(async |store: &Store| {
        let mut till = TestTill::new();
        let first = paired(store, till.id()).await;
        // The answer is lost on its way: the till asks again, and sends by what it has.
        let lost = Token::of(&store.renew(&first, NOW).await.unwrap().unwrap());
        let second = Token::of(&store.renew(&first, NOW).await.unwrap().unwrap());
        till.sell(1);
        store.append(&first, &till.batch(0), NOW).await.unwrap();
        // It is stored, and used.
        till.sell(1);
        store.append(&second, &till.batch(4), NOW).await.unwrap();
        till.sell(1);
        for old in [&first, &lost] {
            let refused = store.append(old, &till.batch(7), NOW).await;
            assert_eq!(refused, Err(TokenError::Replaced.into()));
            let none = store.renew(old, NOW).await.unwrap().map(drop);
            assert_eq!(none, Err(TokenError::Replaced));
        }
        store.append(&second, &till.batch(7), NOW).await.unwrap();
        assert_eq!(bodies(store, till.id()).await, till.bodies());
        // Somebody has a copy of the keychain: that is said.
        let alarms = store.alarms().await.unwrap();
        let codes: Vec<_> = alarms.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(codes, ["token_replaced"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_taken_back_stays_so() {
    on_both(async |store: &Store| {
        let mut till = TestTill::new();
        let first = paired(store, till.id()).await;
        let second = Token::of(&store.renew(&first, NOW).await.unwrap().unwrap());
        till.sell(1);
        assert_eq!(store.revoke(till.id(), NOW).await, Ok(true));
        for token in [&first, &second] {
            let refused = store.append(token, &till.batch(0), NOW).await;
            assert_eq!(refused, Err(AppendError::Token(TokenError::Revoked)));
            let none = store.renew(token, NOW).await.unwrap().map(drop);
            assert_eq!(none, Err(TokenError::Revoked));
        }
        // A till that is paired anew has one token, and no other opens anything.
        let anew = paired(store, till.id()).await;
        store.append(&anew, &till.batch(0), NOW).await.unwrap();
        assert_eq!(
            store.till_of(&second, NOW).await.unwrap(),
            Err(TokenError::Revoked)
        );
        assert_eq!(store.alarms().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asking_and_taking_back_at_once_leave_no_valid_token() {
    on_both(async |store: &Store| {
        for _ in 0..8 {
            let till = TestTill::new();
            let first = paired(store, till.id()).await;
            let (given, revoked) =
                tokio::join!(store.renew(&first, NOW), store.revoke(till.id(), NOW));
            assert_eq!(revoked, Ok(true));
            let mut tokens = vec![first];
            tokens.extend(given.unwrap().ok().map(|token| Token::of(&token)));
            for token in tokens {
                let till = store.till_of(&token, NOW).await.unwrap();
                assert_eq!(till, Err(TokenError::Revoked));
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tills_own_client_changes_its_token_and_finds_what_both_hold() {
    let office = RunningOffice::start().await;
    let mut till = TestTill::new();
    till.sell(1);
    let (first, key) = office.pair(till.id()).await;
    let client = office.client();
    let second = client.renew(&first).await.unwrap().0;
    client
        .send(&second, till.id(), &key, &till.batch(0))
        .await
        .unwrap();
    let refused = client.head(&first, till.id(), &key).await;
    let Err(OfficeError::Refused(refusal)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(refusal.code, "token_replaced");
    let batch = till.batch(1);
    assert_eq!(client.hash_at(&second, 1).await, Ok(Some(batch.previous)));
    assert_eq!(client.hash_at(&second, 4).await, Ok(Some(batch.last)));
    assert_eq!(client.hash_at(&second, 5).await, Ok(None));
}
