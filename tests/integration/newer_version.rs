//! A newer version is looked for over real HTTP, where the settings say so: once a day, never during a sale; and whatever
//! is not the signed notice of a newer version is told to nobody at the counter. The notices are signed by minisign itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::config::Config;
use ringup_core::settings::{Settings, UpdateSettings};
use ringup_core::updates::{LookLimits, UpdateState, UpdateTrouble};
use ringup_core::{Surroundings, Till, TillEvent};
use ringup_practice::PracticeGateway;
use ringup_testkit::gateway::{KEY, api_base, key, start_gateway};
use ringup_testkit::{Counter, RawServer, Shop, euros, free_port, http};
use serde_json::json;

const PUBLIC_KEY: &str = include_str!("../../src-tauri/core/src/updates/samples/test.pub");
const OTHER_KEY: &str = include_str!("../../src-tauri/core/src/updates/samples/other.pub");
const NEWER: &[u8] = include_bytes!("../../src-tauri/core/src/updates/samples/newer.notice");
const OLDER: &[u8] = include_bytes!("../../src-tauri/core/src/updates/samples/older.notice");
const UNKNOWN_FIELD: &[u8] =
    include_bytes!("../../src-tauri/core/src/updates/samples/unknown_field.notice");
const OTHER_PRODUCT: &[u8] =
    include_bytes!("../../src-tauri/core/src/updates/samples/other_product.notice");

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// So short that a test can wait for them.
const LIMITS: LookLimits = LookLimits {
    connect: Duration::from_secs(2),
    whole: Duration::from_millis(600),
};

fn settings(address: String, key: &str) -> Settings {
    Settings {
        updates: UpdateSettings {
            address: Some(address),
            key: Some(key.trim().to_owned()),
        },
        ..Settings::default()
    }
}

fn address(server: &RawServer) -> String {
    format!("http://127.0.0.1:{}/ringup.notice", server.port)
}

/// A live till whose clock the test sets, the gateway that it asks, and a server with a notice.
struct LookingTill {
    till: Till,
    server: RawServer,
    now_ms: Arc<AtomicI64>,
    config: Config,
    _gateway: PracticeGateway,
    _folder: tempfile::TempDir,
}

impl LookingTill {
    async fn open(answer: Vec<u8>) -> Self {
        let gateway = start_gateway(KEY).await;
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: folder.path().to_owned(),
            api: api_base(gateway.port()),
            pace: Duration::from_secs(600),
        };
        let now_ms = Arc::new(AtomicI64::new(Clock::system().now().0));
        let server = RawServer::start(answer);
        let till = open_till(&config, &now_ms).await;
        let till_settings = settings(address(&server), PUBLIC_KEY);
        till.save_settings(till_settings).unwrap();
        Self {
            till,
            server,
            now_ms,
            config,
            _gateway: gateway,
            _folder: folder,
        }
    }

    async fn look(&self) -> UpdateState {
        self.till.look_for_update(LIMITS).await.unwrap()
    }

    fn later(&self, by_ms: i64) {
        self.now_ms.fetch_add(by_ms, Ordering::SeqCst);
    }
}

async fn open_till(config: &Config, now_ms: &Arc<AtomicI64>) -> Till {
    let now_ms = Arc::clone(now_ms);
    let clock = Clock::from_fn(move || UnixMs(now_ms.load(Ordering::SeqCst)));
    let surroundings = Surroundings::from(clock);
    let opened = Till::open_in(config, surroundings, key()).await;
    opened.unwrap()
}

fn version(state: UpdateState) -> Option<String> {
    match state {
        UpdateState::Newer { version, .. } => Some(version.to_string()),
        _ => None,
    }
}

#[tokio::test]
async fn a_newer_version_is_told_and_asked_for_once_a_day() {
    let mut looking = LookingTill::open(http(200, "", NEWER)).await;
    let mut events = looking.till.events();
    assert_eq!(looking.till.update_state(), UpdateState::Waiting);
    let found = looking.look().await;
    assert_eq!(version(found).as_deref(), Some("99.1.0"));
    let told = events.try_recv().unwrap();
    assert_eq!(told, TillEvent::UpdateChanged(found));

    looking.later(DAY_MS - 1000);
    assert_eq!(looking.look().await, found);
    assert!(events.try_recv().is_err(), "told once");
    assert_eq!(looking.server.connections(), 1);
    // Known after a restart, without another request.
    looking.till = open_till(&looking.config, &looking.now_ms).await;
    assert_eq!(looking.till.update_state(), found);
    assert_eq!(looking.look().await, found);
    assert_eq!(looking.server.connections(), 1);
    looking.later(1000);
    looking.look().await;
    assert_eq!(looking.server.connections(), 2);
}

#[tokio::test]
async fn nothing_is_asked_while_a_customer_stands_at_the_till() {
    let looking = LookingTill::open(http(200, "", NEWER)).await;
    let sale = looking.till.charge(euros("12.50")).await.unwrap();
    assert_eq!(looking.look().await, UpdateState::Waiting);
    assert_eq!(looking.server.connections(), 0);
    looking.till.stop_waiting(sale.number).await.unwrap();
    assert!(version(looking.look().await).is_some());
    assert_eq!(looking.server.connections(), 1);
}

#[tokio::test]
async fn whatever_is_no_signed_notice_of_a_newer_version_tells_of_none() {
    let looking = LookingTill::open(http(200, "", NEWER)).await;
    assert!(version(looking.look().await).is_some());
    let elsewhere = RawServer::start(http(200, "", NEWER));
    let redirect = format!("Location: {}\r\n", address(&elsewhere));
    let mut changed = NEWER.to_vec();
    let at = changed.windows(6).position(|part| part == b"99.1.0");
    changed[at.unwrap()] = b'8';
    let long = [NEWER, &[b'\n'; 5000]].concat();
    let cut = NEWER.split_last_chunk::<20>().unwrap().0;
    for (answer, trouble) in [
        (http(200, "", &changed), UpdateTrouble::NotSigned),
        (http(200, "", cut), UpdateTrouble::NotSigned),
        (http(200, "", b"{}"), UpdateTrouble::NotSigned),
        (http(200, "", OLDER), UpdateTrouble::Older),
        (http(200, "", UNKNOWN_FIELD), UpdateTrouble::Unreadable),
        (http(200, "", OTHER_PRODUCT), UpdateTrouble::OtherProduct),
        (http(200, "", &long), UpdateTrouble::TooLarge),
        (http(302, &redirect, b""), UpdateTrouble::Redirected),
        (http(304, "", b""), UpdateTrouble::Redirected),
        (http(404, "", NEWER), UpdateTrouble::NoFile),
        (http(500, "", NEWER), UpdateTrouble::NoFile),
        (b"nonsense".to_vec(), UpdateTrouble::Unreachable),
    ] {
        looking.later(DAY_MS);
        looking.server.set_answer(move |_, _| answer.clone());
        let UpdateState::Refused { trouble: found, .. } = looking.look().await else {
            panic!("{trouble:?} is told");
        };
        assert_eq!(found, trouble);
    }
    assert_eq!(elsewhere.connections(), 0, "no redirect is followed");

    looking.later(DAY_MS);
    looking.server.set_answer(|_, _| {
        std::thread::sleep(LIMITS.whole * 3);
        http(200, "", NEWER)
    });
    let slow = looking.look().await;
    let is_slow = |state| {
        matches!(
            state,
            UpdateState::Refused {
                trouble: UpdateTrouble::Slow,
                ..
            }
        )
    };
    assert!(is_slow(slow), "{slow:?}");

    // Nobody listens; another key: nothing was asked of it yet.
    looking.later(DAY_MS);
    let nobody = format!("http://127.0.0.1:{}/", free_port());
    looking
        .till
        .save_settings(settings(nobody, OTHER_KEY))
        .unwrap();
    assert_eq!(looking.till.update_state(), UpdateState::Waiting);
    let unreachable = looking.look().await;
    assert!(version(unreachable).is_none());
    looking.till.save_settings(Settings::default()).unwrap();
    assert_eq!(looking.look().await, UpdateState::Off);
}

#[tokio::test]
async fn a_practice_till_looks_nowhere() {
    let shop = Shop::without_polling().await;
    let server = RawServer::start(http(200, "", NEWER));
    let with_source = settings(address(&server), PUBLIC_KEY);
    shop.till().save_settings(with_source).unwrap();
    let state = shop.till().look_for_update(LIMITS).await.unwrap();
    assert_eq!((state, server.connections()), (UpdateState::Off, 0));
}

#[test]
fn the_doctor_says_what_came_of_a_look() {
    let counter = Counter::open();
    let server = RawServer::start(http(200, "", NEWER));
    let doctor = |key: &str| {
        counter.write_settings(&json!({
            "updates": { "address": address(&server), "key": key.trim() },
        }));
        counter.doctor("updates")
    };
    let newer = doctor(PUBLIC_KEY);
    assert_eq!(newer["ok"], true);
    let message = newer["message"].as_str().unwrap();
    assert!(
        message.starts_with("99.1.0 of 2026-11-27 is there"),
        "{message}"
    );
    let refused = doctor(OTHER_KEY);
    assert_eq!(
        (&refused["ok"], &refused["code"]),
        (&json!(false), &json!("update_refused"))
    );
    assert!(!counter.file("updates.json").exists());
}
