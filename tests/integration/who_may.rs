//! The PIN across restarts, and the names of cashiers in the journal.

use secrecy::SecretString;

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::pin::{Lock, PinError};
use ringup_core::settings::Settings;

use ringup_testkit::{Desktop, KeychainState, Shop, run_with};

const PIN: &str = "2468";

fn pin(digits: &str) -> SecretString {
    SecretString::from(digits)
}

#[test]
fn the_pin_of_the_command_line_is_the_windows_and_its_delays_outlive_every_program() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    let ringup = |arguments: &[&str], input: &str| {
        run_with(desktop.ringup().arg("pin").args(arguments), input)
    };
    assert_eq!(ringup(&["status"], "").1.trim(), "none");
    assert_eq!(ringup(&["set"], "12ab").0, 1);
    assert_eq!(ringup(&["set"], &format!("{PIN}\n")).1.trim(), "set");
    let path = desktop.data_dir().join("pin.json");
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept.contains("$argon2id$"), "{kept}");
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    // Each try is a new program.
    let at = |ms: i64| Lock::in_folder(&desktop.data_dir(), Clock::from_fn(move || UnixMs(ms)));
    let mut now = 1_000_000;
    let mut waits = Vec::new();
    for _ in 0..6 {
        let Err(PinError::Wrong { wait_ms }) = at(now).unlock(&pin("1357")) else {
            panic!("a wrong PIN is wrong");
        };
        waits.push(wait_ms / 1000);
        if wait_ms > 0 {
            let early = at(now + wait_ms - 1).unlock(&pin(PIN));
            assert_eq!(early.err(), Some(PinError::Wait { wait_ms: 1 }));
        }
        now += wait_ms;
    }
    assert_eq!(waits, [0, 0, 5, 10, 20, 40]);
    assert_eq!(at(now).require(), Err(PinError::Needed));
    let open = at(now);
    open.unlock(&pin(PIN)).unwrap();
    assert_eq!(open.require(), Ok(()));
    assert_eq!(at(now).require(), Err(PinError::Needed), "another program");

    // How to go on when the PIN is forgotten.
    assert_eq!(ringup(&["clear"], "").1.trim(), "none");
    assert_eq!(at(now).require(), Ok(()));
}

#[tokio::test]
async fn the_cashiers_name_stands_in_each_entry_and_is_part_of_the_chain() {
    let mut shop = Shop::without_polling().await;
    shop.charge().await;
    assert!(shop.till().sign_on(Some("Anna".into())).is_err());
    let settings = Settings {
        cashiers: vec!["Anna".into(), "Борис".into()],
        ..Settings::default()
    };
    shop.till().save_settings(settings.clone()).unwrap();
    shop.till().sign_on(Some("Anna".into())).unwrap();
    shop.charge().await;
    // A restart keeps the cashier signed on.
    shop.close();
    shop.reopen().await;
    assert_eq!(shop.till().cashier().as_deref(), Some("Anna"));
    shop.charge().await;
    shop.till().sign_on(None).unwrap();
    shop.charge().await;
    let by = |number| {
        let till = shop.till().clone();
        async move {
            let detail = till.sale_detail(number).await.unwrap();
            // A later report is recorded while another cashier is signed on.
            let by: Vec<_> = detail
                .entries
                .into_iter()
                .take(3)
                .map(|entry| entry.by)
                .collect();
            by
        }
    };
    assert!(by(1).await.iter().all(Option::is_none));
    for number in [2, 3] {
        let by = by(number).await;
        assert!(by.iter().all(|by| by.as_deref() == Some("Anna")), "{by:?}");
    }
    assert!(by(4).await.iter().all(Option::is_none));
    shop.assert_whole().await;

    // A cashier who is removed from the settings is no longer signed on.
    shop.till().sign_on(Some("Anna".into())).unwrap();
    let without = Settings {
        cashiers: vec!["Борис".into()],
        ..settings
    };
    shop.till().save_settings(without).unwrap();
    assert_eq!(shop.till().cashier(), None);
}
