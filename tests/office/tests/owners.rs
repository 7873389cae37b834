//! Owners, sessions and the audit list keep the same promises on both databases.

use ringup_core::clock::UnixMs;
use ringup_office::store::{AT_MOST_MS, Act, IDLE_MS, SecretHash, SetupOutcome, Store};

use crate::book::on_both;

const NOW: UnixMs = UnixMs(1_700_000_000_000);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_ends_when_it_is_idle_old_closed_or_its_owner_gone() {
    on_both(async |store: &Store| {
        let owner_of = async |session: u8, now: UnixMs| {
            store
                .use_session(SecretHash([session; 32]), now)
                .await
                .unwrap()
        };
        store.set_passphrase("Anna", "hash", NOW).await.unwrap();
        store.set_passphrase("Boris", "hash", NOW).await.unwrap();
        for session in [1, 2, 3, 4] {
            let owner = if session == 4 { "Boris" } else { "Anna" };
            store
                .open_session(SecretHash([session; 32]), owner, NOW)
                .await
                .unwrap();
        }
        assert_eq!(owner_of(1, NOW).await.as_deref(), Some("Anna"));
        assert_eq!(owner_of(9, NOW).await, None);
        // Used now and then it lasts, but not for ever.
        let mut now = NOW;
        while now.0 < NOW.0 + AT_MOST_MS {
            assert_eq!(owner_of(1, now).await.as_deref(), Some("Anna"));
            now = now.plus(IDLE_MS - 1);
        }
        assert_eq!(owner_of(1, NOW.plus(AT_MOST_MS)).await, None);
        assert_eq!(owner_of(2, NOW.plus(IDLE_MS)).await, None);
        store.close_session(SecretHash([2; 32])).await.unwrap();
        assert_eq!(owner_of(2, NOW).await, None);
        assert_eq!(owner_of(3, NOW).await.as_deref(), Some("Anna"));
        store.close_sessions_of("Anna").await.unwrap();
        assert_eq!(owner_of(3, NOW).await, None);
        assert_eq!(owner_of(4, NOW).await.as_deref(), Some("Boris"));
        assert!(store.remove_owner("Boris").await.unwrap());
        assert!(!store.remove_owner("Boris").await.unwrap());
        assert_eq!(owner_of(4, NOW).await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_passphrase_ends_what_the_old_one_opened() {
    on_both(async |store: &Store| {
        let (session, device) = (SecretHash([1; 32]), SecretHash([2; 32]));
        store.set_passphrase("Anna", "old", NOW).await.unwrap();
        store.open_session(session, "Anna", NOW).await.unwrap();
        store.remember_device(device, "Anna", NOW).await.unwrap();
        assert!(store.is_device_of(device, "Anna", NOW).await.unwrap());
        assert!(!store.is_device_of(device, "Boris", NOW).await.unwrap());
        store.set_passphrase("Anna", "new", NOW).await.unwrap();
        assert_eq!(store.use_session(session, NOW).await.unwrap(), None);
        assert!(!store.is_device_of(device, "Anna", NOW).await.unwrap());
        let anna = store.owner("Anna").await.unwrap().unwrap();
        assert_eq!(anna.passphrase, "new");
        assert_eq!(store.owner("anna").await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_counts_once_and_none_before_it() {
    on_both(async |store: &Store| {
        store.set_passphrase("Anna", "hash", NOW).await.unwrap();
        assert!(store.set_code_secret("Anna", Some(&[7; 20])).await.unwrap());
        assert!(
            !store
                .set_code_secret("Boris", Some(&[7; 20]))
                .await
                .unwrap()
        );
        let uses = async |step| store.use_code_step("Anna", step).await.unwrap();
        assert!(uses(1000).await);
        assert!(!uses(1000).await);
        assert!(!uses(999).await);
        assert!(uses(1001).await);
        let anna = store.owner("Anna").await.unwrap().unwrap();
        assert_eq!(anna.code_secret, Some(vec![7; 20]));
        assert!(store.owners().await.unwrap()[0].has_code);
        store.set_code_secret("Anna", None).await.unwrap();
        assert!(!store.owners().await.unwrap()[0].has_code);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_setup_link_makes_one_new_owner_in_its_time() {
    on_both(async |store: &Store| {
        store.set_passphrase("Anna", "hers", NOW).await.unwrap();
        store.offer_setup("link", NOW.plus(10)).await.unwrap();
        let uses = async |link: &str, name: &str, now: UnixMs| {
            store.use_setup(link, name, "hash", now).await.unwrap()
        };
        assert_eq!(
            uses("guessed", "Boris", NOW).await,
            SetupOutcome::LinkInvalid
        );
        assert_eq!(
            uses("link", "Boris", NOW.plus(11)).await,
            SetupOutcome::LinkInvalid
        );
        assert_eq!(uses("link", "Anna", NOW).await, SetupOutcome::NameTaken);
        assert_eq!(
            store.owner("Anna").await.unwrap().unwrap().passphrase,
            "hers"
        );
        assert!(store.is_setup_open("link", NOW).await.unwrap());
        assert_eq!(uses("link", "Boris", NOW).await, SetupOutcome::Made);
        assert_eq!(uses("link", "Carla", NOW).await, SetupOutcome::LinkInvalid);
        assert!(!store.is_setup_open("link", NOW).await.unwrap());
        assert_eq!(store.owners().await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_audit_list_is_read_page_by_page_and_forgets_after_a_year() {
    on_both(async |store: &Store| {
        for n in 0..120 {
            let about = n.to_string();
            // Many at one moment, too.
            let now = NOW.plus(n / 10);
            store
                .note("Anna", Act::SaleViewed, &about, "::1", now)
                .await
                .unwrap();
        }
        let (mut seen, mut before) = (Vec::new(), None::<(i64, String)>);
        loop {
            let from = before.as_ref().map(|(at, id)| (*at, id.as_str()));
            let page = store.audit(from).await.unwrap();
            let Some(last) = page.last() else { break };
            before = Some((last.at_unix_ms, last.id.clone()));
            seen.extend(
                page.into_iter()
                    .map(|row| row.about.parse::<i64>().unwrap()),
            );
        }
        seen.sort_unstable();
        assert_eq!(seen, (0..120).collect::<Vec<_>>());
        let year = 367 * 24 * 60 * 60 * 1000;
        store
            .note("Anna", Act::SignedIn, "", "::1", NOW.plus(year))
            .await
            .unwrap();
        assert_eq!(store.audit(None).await.unwrap().len(), 1);
    })
    .await;
}
