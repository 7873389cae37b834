//! Cashiers with PINs of their own: what stands in the journal, what the command line does, and what is lent.

use std::sync::Arc;

use secrecy::SecretString;
use serde_json::Value;

use ringup_core::clock::Clock;
use ringup_core::journal::approval;
use ringup_core::pin::Lock;
use ringup_core::settings::Settings;
use ringup_core::staff::{Call, Guard, Passed, PersonChange, Proof, Register, Right, Role};
use ringup_testkit::{Desktop, KeychainState, Shop, run_with};

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn with_pin(role: Role, pin: &str) -> PersonChange {
    PersonChange {
        role: Some(role),
        pin: Some(secret(pin)),
        fob: None,
    }
}

#[test]
fn cashiers_are_given_pins_on_the_command_line_and_it_stands_in_the_journal() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    let ringup = |arguments: &[&str], input: &str| {
        run_with(desktop.ringup().arg("staff").args(arguments), input)
    };
    let (status, _, error) = ringup(&["add", "Carl"], "3333\n");
    assert_eq!(
        (status, error.contains("owner_missing")),
        (1, true),
        "{error}"
    );
    assert_eq!(ringup(&["add", "Olga", "--role", "owner"], "1111\n").0, 0);
    assert_eq!(ringup(&["add", "Carl"], "3333\n").0, 0);
    assert_eq!(ringup(&["pin", "Carl"], "4444\n").0, 0);
    assert_eq!(ringup(&["pin", "Nobody"], "4444\n").0, 1);
    assert_eq!(ringup(&["add", "Dora"], "12ab\n").0, 1);
    assert_eq!(ringup(&["remove", "Olga"], "").0, 1, "the last owner stays");
    assert_eq!(
        ringup(&["list"], "").1,
        "Olga\towner\tpin\nCarl\tcashier\tpin\n"
    );
    let path = desktop.data_dir().join("staff.json");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("$argon2id$") && !text.contains("4444"),
        "{text}"
    );
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let register = || Register::in_folder(&desktop.data_dir(), Clock::system());
    assert_eq!(
        register().check_pin("Carl", &secret("4444")),
        Ok(Role::Cashier)
    );

    assert!(register().check_pin("Carl", &secret("3333")).is_err());
    assert!(register().check_pin("Carl", &secret("1111")).is_err());

    // A file that is gone lets nobody pass; the command line begins anew.
    std::fs::remove_file(&path).unwrap();
    assert!(register().in_force());
    assert!(register().check_pin("Olga", &secret("1111")).is_err());
    let (status, _, error) = ringup(&["add", "Eve", "--role", "owner"], "5555\n");
    assert_eq!(
        (status, error.contains("staff_unreadable")),
        (1, true),
        "{error}"
    );
    assert_eq!(ringup(&["clear"], "").0, 0);
    assert!(!register().in_force());

    let (_, events, _) = run_with(desktop.ringup().args(["events", "--json"]), "");
    let told = events
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let changed: Vec<_> = told
        .filter(|entry| entry["kind"] == "staff_changed")
        .map(|entry| {
            format!(
                "{} {}",
                entry["cashier"].as_str().unwrap(),
                entry["change"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        changed,
        ["Olga added", "Carl added", "Carl changed", "* removed"]
    );
}

#[tokio::test]
async fn each_entry_names_who_was_signed_on_and_who_lent_the_right() {
    let mut shop = Shop::without_polling().await;
    let folder = shop.config.data_dir.clone();
    let lock = Arc::new(Lock::in_folder(&folder, Clock::system()));
    let guard = Guard::in_folder(&folder, lock, Clock::system());
    for (name, role, pin) in [
        ("Olga", Role::Owner, "1111"),
        ("Susi", Role::Supervisor, "2222"),
        ("Carl", Role::Cashier, "3333"),
    ] {
        let change = with_pin(role, pin);
        guard.register().change(name, &change, false).unwrap();
    }
    let settings = Settings {
        cashiers: vec!["Carl".into(), "Zoe".into()],
        ..Settings::default()
    };
    shop.till().save_settings(settings).unwrap();
    // A name that a PIN stands for is not taken by itself, nor from the file of the last start.
    assert!(shop.till().sign_on(Some("Carl".into())).is_err());
    shop.till().sign_on(Some("Zoe".into())).unwrap();
    std::fs::write(folder.join("cashier.json"), r#"{"cashier":"Carl"}"#).unwrap();
    shop.close();
    shop.reopen().await;
    assert_eq!(shop.till().cashier(), None);

    let proof = |name: &str, pin: &str| Proof::Pin {
        name: name.to_owned(),
        pin: secret(pin),
    };
    let name = guard.sign_on(&proof("Carl", "3333")).unwrap();
    shop.till().set_proven_cashier(name);
    let sale = shop.charge().await;
    let rights = shop.till().settings().staff.rights;
    let call = Call::new("set_note", b"once");
    let refused = guard.require(Right::TakeBack, &rights, &call, false);
    assert!(refused.is_err());
    guard.approve(&proof("Susi", "2222"), &rights).unwrap();
    let passed = guard.require(Right::TakeBack, &rights, &call, false);
    let Ok(Passed::Lent(by)) = passed else {
        panic!("{passed:?}");
    };
    let till = shop.till().clone();
    let note = |text: &str| till.set_note(sale.number, Some(text.to_owned()));
    approval::with_approvals(async {
        approval::lent_by(by);
        note("lent").await.unwrap();
    })
    .await;
    note("by herself").await.unwrap();
    let detail = till.sale_detail(sale.number).await.unwrap();
    let written: Vec<_> = detail
        .entries
        .iter()
        .map(|entry| {
            (
                entry.kind.as_str(),
                entry.by.as_deref(),
                entry.approved_by.as_deref(),
            )
        })
        .collect();
    let carl = Some("Carl");
    assert_eq!(written.first(), Some(&("sale_opened", carl, None)));
    // What the gateway reports meanwhile nobody has lent.
    let noted = written.iter().filter(|(kind, ..)| *kind == "sale_noted");
    let noted: Vec<_> = noted
        .map(|(_, by, approved_by)| (*by, *approved_by))
        .collect();
    assert_eq!(noted, [(carl, Some("Susi")), (carl, None)]);
    let lent = written
        .iter()
        .filter(|(_, _, approved_by)| approved_by.is_some());
    assert_eq!(lent.count(), 1);
    shop.assert_whole().await;
}
