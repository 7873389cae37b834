//! A verify takes long when the journal is; the counter does not wait for it. A program of its own: a named
//! moment is the whole program's.

use std::sync::mpsc::channel;
use std::time::Duration;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::failpoints::{Failpoint, arm};
use ringup_core::gateway::ApiBase;
use ringup_core::ids::TapId;
use ringup_core::{Charge, Till};
use secrecy::SecretString;

const KEY: &str = "practice-key";
/// Nothing that is waited for takes longer.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_is_charged_while_the_journal_is_verified() {
    let options = ringup_practice::Options {
        key: Some(KEY.to_owned()),
        ..ringup_practice::Options::default()
    };
    let gateway = ringup_practice::start(options).await.expect("a gateway");
    let folder = tempfile::tempdir().expect("a folder");
    let base = gateway.base_url();
    let config = Config {
        data_dir: folder.path().to_owned(),
        api: ApiBase::parse(&base).expect("an address"),
        pace: Duration::from_secs(600),
    };
    let key = SecretString::from(KEY);
    let till = Till::open_practice(&config, Clock::system(), key).await;
    let till = till.expect("opens");
    let charge = || {
        tokio::time::timeout(
            PATIENCE,
            till.charge(Charge {
                amount: "12.50".to_owned(),
                currency: "EUR".to_owned(),
                note: Some("Tisch 4".to_owned()),
                lifetime_minutes: None,
                basket: ringup_core::sale::Basket::default(),
                tap: TapId::new(),
            }),
        )
    };
    charge().await.expect("in time").expect("charged");

    let (there, arrived) = channel();
    let (go_on, may_go_on) = channel::<()>();
    arm(Failpoint::ChainVerified, 0, move || {
        there.send(()).expect("awaited");
        may_go_on.recv().ok();
    });
    let verifying = tokio::spawn({
        let till = till.clone();
        async move { till.verify().await }
    });
    tokio::task::block_in_place(|| arrived.recv_timeout(PATIENCE)).expect("under way");

    let second = charge().await.expect("the counter does not wait");
    assert_eq!(second.expect("charged").number, 2);
    assert!(!verifying.is_finished());
    go_on.send(()).expect("it waits");
    let verified = verifying.await.expect("ended").expect("readable");
    // Of the moment at which it began.
    assert_eq!(verified.expect("whole").sales, 1);
    let verified = till.verify().await.expect("readable").expect("whole");
    assert_eq!(verified.sales, 2);
}
