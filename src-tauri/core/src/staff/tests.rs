//! The door by property, and what becomes of the file.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use proptest::prelude::*;
use secrecy::SecretString;
use strum::VariantArray as _;
use tempfile::TempDir;

use super::*;
use crate::clock::{Clock, UnixMs, Uptime};
use crate::pin::Lock;

const START_MS: i64 = 1_000_000_000;

/// A till whose clocks are set by hand.
struct Shop {
    folder: TempDir,
    now_ms: Arc<AtomicI64>,
}

impl Shop {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            now_ms: Arc::new(AtomicI64::new(START_MS)),
        }
    }

    /// Cashier Carl, supervisor Susi, owner Olga, each with a PIN; Olga with a fob.
    fn with_staff() -> Self {
        let shop = Self::new();
        let register = shop.register();
        for (name, role, digits) in [
            ("Olga", Role::Owner, "1111"),
            ("Susi", Role::Supervisor, "2222"),
            ("Carl", Role::Cashier, "3333"),
        ] {
            let change = PersonChange {
                role: Some(role),
                pin: Some(secret(digits)),
                fob: (role == Role::Owner).then(|| secret("0012345678")),
            };
            register.change(name, &change, false).expect("changed");
        }
        shop
    }

    fn clock(&self) -> Clock {
        let (now_ms, uptime_ms) = (Arc::clone(&self.now_ms), Arc::clone(&self.now_ms));
        let boot = || "one".to_owned();
        Clock::from_fn(move || UnixMs(now_ms.load(Ordering::Relaxed))).with_uptime(move || {
            Some(Uptime {
                boot: boot(),
                ms: uptime_ms.load(Ordering::Relaxed),
            })
        })
    }

    fn register(&self) -> Register {
        Register::in_folder(self.folder.path(), self.clock())
    }

    fn guard(&self) -> Guard {
        let lock = Arc::new(Lock::in_folder(self.folder.path(), self.clock()));
        Guard::in_folder(self.folder.path(), lock, self.clock())
    }

    fn wait(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::Relaxed);
    }
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn pin(name: &str, digits: &str) -> Proof {
    Proof::Pin {
        name: name.to_owned(),
        pin: secret(digits),
    }
}

fn call(arguments: u8) -> Call {
    Call {
        command: "refund",
        arguments: [arguments; 32],
    }
}

fn needed(right: Right) -> Result<Passed, StaffError> {
    Err(StaffError::RightNeeded {
        right,
        typed: false,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn nobody_passes_without_the_right_of_their_role_or_an_approval_of_this_very_act(
        steps in proptest::collection::vec((0..7_u8, 0..2_usize, 0..2_u8, 0..40_i64), 8..32)
    ) {
        let shop = Shop::with_staff();
        let guard = shop.guard();
        let rights = Rights::default();
        // The model: who is signed on, since when untouched; which act was refused; which is lent, since when.
        let mut signed_on: Option<(Role, i64)> = None;
        let mut refused: Option<(Call, Right, i64)> = None;
        let mut lent: Option<(Call, Right, i64)> = None;
        let mut now = 0;
        for (step, right, arguments, wait_s) in steps {
            shop.wait(wait_s * 1000);
            now += wait_s;
            let (right, act) = (Right::VARIANTS[right], call(arguments));
            let there = signed_on.filter(|(_, touched)| now - touched < 300).map(|(role, _)| role);
            match step {
                0 => {
                    guard.sign_on(&pin("Carl", "3333")).expect("right");
                    (signed_on, refused, lent) = (Some((Role::Cashier, now)), None, None);
                }
                1 => {
                    let approved = guard.approve(&pin("Susi", "2222"), &rights);
                    let asked = refused.clone().filter(|(_, _, at)| now - at < 600);
                    let may = asked.as_ref().is_some_and(|(_, it, _)| rights.may(Some(Role::Supervisor), *it));
                    prop_assert_eq!(approved.is_ok(), may);
                    if may {
                        lent = asked.map(|(call, right, _)| (call, right, now));
                        refused = None;
                    }
                }
                2 => {
                    guard.sign_off();
                    (signed_on, refused, lent) = (None, None, None);
                }
                _ => {
                    let is_lent = lent.as_ref().is_some_and(|(it, its, _)| *it == act && *its == right);
                    let holds = is_lent && lent.as_ref().is_some_and(|(_, _, at)| now - at < 60);
                    if is_lent {
                        lent = None;
                    }
                    let passed = guard.require(right, &rights, &act, false);
                    if holds {
                        prop_assert_eq!(passed, Ok(Passed::Lent("Susi".to_owned())));
                    } else if rights.may(there, right) {
                        prop_assert_eq!(passed, Ok(Passed::Own));
                        signed_on = there.map(|role| (role, now));
                    } else {
                        prop_assert_eq!(passed, needed(right));
                        refused = Some((act, right, now));
                    }
                }
            }
        }
    }
}

#[test]
fn an_approval_is_used_up_by_the_act_that_was_refused_and_ends_after_a_minute() {
    let shop = Shop::with_staff();
    let (guard, rights) = (shop.guard(), Rights::default());
    guard.sign_on(&pin("Carl", "3333")).expect("signed on");
    let require = |act: u8| guard.require(Right::Refund, &rights, &call(act), false);
    let lend = || guard.approve(&pin("Susi", "2222"), &rights);
    let lent = || Ok(Passed::Lent("Susi".to_owned()));

    assert_eq!(require(1), needed(Right::Refund));
    lend().expect("lent");
    assert_eq!(require(2), needed(Right::Refund), "another amount");
    assert_eq!(require(1), lent());
    assert_eq!(require(1), needed(Right::Refund), "once");
    assert_eq!(guard.signed_on().as_deref(), Some("Carl"));

    lend().expect("lent");
    shop.wait(59_999);
    assert_eq!(require(1), lent());
    assert_eq!(require(1), needed(Right::Refund));
    lend().expect("lent");
    shop.wait(60_000);
    assert_eq!(require(1), needed(Right::Refund), "after a minute");

    // Carl cannot lend himself what he lacks, and nobody lends what was not refused.
    let own = guard.approve(&pin("Carl", "3333"), &rights);
    assert!(matches!(own, Err(StaffError::RightNeeded { .. })));
    lend().expect("lent");
    assert_eq!(lend(), Err(StaffError::NothingRefused));
    // What must be typed is typed by everybody.
    guard.sign_on(&pin("Olga", "1111")).expect("signed on");
    let key = |guard: &Guard| guard.require(Right::Key, &rights, &call(3), true);
    assert!(matches!(
        key(&guard),
        Err(StaffError::RightNeeded { typed: true, .. })
    ));
    guard.approve(&pin("Olga", "1111"), &rights).expect("lent");
    assert_eq!(key(&guard), Ok(Passed::Lent("Olga".to_owned())));
    assert!(key(&guard).is_err());
}

#[test]
fn a_fob_signs_on_and_its_code_is_nowhere_in_the_file() {
    let shop = Shop::with_staff();
    let guard = shop.guard();
    let by_fob = |code: &str| guard.sign_on(&Proof::Fob(secret(code)));
    assert_eq!(by_fob("0012345679"), Ok(None));
    assert_eq!(guard.signed_on(), None);
    assert_eq!(by_fob("0012345678"), Ok(Some("Olga".to_owned())));
    assert_eq!(guard.signed_on().as_deref(), Some("Olga"));
    let text = std::fs::read_to_string(shop.folder.path().join("staff.json")).expect("text");
    assert!(
        !text.contains("0012345678") && !text.contains("1111"),
        "{text}"
    );

    let with_fob = |code: &str| PersonChange {
        fob: Some(secret(code)),
        ..PersonChange::default()
    };
    let change = |name: &str, code: &str| shop.register().change(name, &with_fob(code), false);
    assert_eq!(change("Carl", "0012345678"), Err(StaffError::FobTaken));
    assert_eq!(change("Carl", "1234567"), Err(StaffError::FobInvalid));
    assert_eq!(change("Carl", "1234 5678"), Err(StaffError::FobInvalid));
    change("Olga", "").expect("taken away");
    change("Carl", "0012345678").expect("free again");
    assert_eq!(by_fob("0012345678"), Ok(Some("Carl".to_owned())));
}

#[test]
fn whoever_is_not_there_for_five_minutes_is_signed_off() {
    let shop = Shop::with_staff();
    let guard = shop.guard();
    guard.sign_on(&pin("Carl", "3333")).expect("signed on");
    for _ in 0..5 {
        shop.wait(299_999);
        guard.note_touch();
        assert_eq!(guard.signed_on().as_deref(), Some("Carl"));
    }
    shop.wait(300_000);
    guard.note_touch();
    assert_eq!(guard.signed_on(), None, "a touch signs nobody on");
    assert_eq!(guard.require_open(), Err(crate::pin::PinError::Needed));

    guard.sign_on(&pin("Carl", "3333")).expect("signed on");
    guard.set_idle_limit(Some(10_000));
    shop.wait(10_000);
    assert_eq!(guard.signed_on(), None, "sooner in kiosk mode");
}

#[test]
fn wrong_tries_of_one_cashier_wait_and_hold_up_no_other() {
    let shop = Shop::with_staff();
    let wrong = |digits: &str| match shop.register().check_pin("Susi", &secret(digits)) {
        Err(StaffError::Pin(PinError::Wrong { wait_ms })) => wait_ms,
        other => panic!("{other:?}"),
    };
    assert_eq!([wrong("0000"), wrong("0001"), wrong("0002")], [0, 0, 5_000]);
    let early = shop.register().check_pin("Susi", &secret("2222"));
    assert_eq!(early, Err(PinError::Wait { wait_ms: 5_000 }.into()));
    // Whoever knows one PIN gains no tries at another's.
    let own = shop.register().check_pin("Carl", &secret("3333"));
    assert_eq!(own, Ok(Role::Cashier));
    assert!(shop.register().check_pin("Susi", &secret("2222")).is_err());
    let register = shop.register();
    assert_eq!(register.refusals_to_record(), [("Susi".to_owned(), 3)]);
    assert_eq!(register.refusals_to_record(), [], "once a minute");
    register.note_recorded("Susi", 3).expect("noted");
    shop.wait(5_000);
    let right = shop.register().check_pin("Susi", &secret("2222"));
    assert_eq!(right, Ok(Role::Supervisor));
    assert_eq!(shop.register().refusals_to_record(), []);
}

#[test]
fn a_file_that_is_gone_damaged_or_emptied_lets_nobody_pass() {
    let rights = Rights::default();
    type Damage = fn(&std::path::Path);
    let damages: [(&str, Damage); 4] = [
        ("removed", |path| {
            std::fs::remove_file(path).expect("removed")
        }),
        ("damaged", |path| {
            std::fs::write(path, "{").expect("written")
        }),
        ("emptied", |path| {
            let text = r#"{"format":1,"fob_salt":"0123456789abcdef","people":[]}"#;
            std::fs::write(path, text).expect("written");
        }),
        ("newer", |path| {
            let text = std::fs::read_to_string(path).expect("text");
            let text = text.replace("\"format\": 1", "\"format\": 2");
            std::fs::write(path, text).expect("written");
        }),
    ];
    for (name, damage) in damages {
        let shop = Shop::with_staff();
        let guard = shop.guard();
        guard.sign_on(&pin("Olga", "1111")).expect("signed on");
        damage(&shop.folder.path().join("staff.json"));
        assert!(guard.in_force(), "{name}");
        for right in Right::VARIANTS {
            let passed = guard.require(*right, &rights, &call(1), false);
            assert_eq!(passed, needed(*right), "{name}");
        }
        assert!(guard.sign_on(&pin("Olga", "1111")).is_err(), "{name}");
        assert!(
            guard.approve(&pin("Olga", "1111"), &rights).is_err(),
            "{name}"
        );
        // The shop's PIN is the owner's, and the command line begins anew.
        let lock = Lock::in_folder(shop.folder.path(), shop.clock());
        lock.set(Some(&secret("9999"))).expect("set");
        guard.sign_off();
        assert_eq!(guard.sign_on(&Proof::ShopPin(secret("9999"))), Ok(None));
        assert_eq!(
            guard.require(Right::Key, &rights, &call(1), false),
            Ok(Passed::Own)
        );
        shop.register().clear().expect("cleared");
        assert!(!guard.in_force(), "{name}");
    }
}

#[test]
fn nobody_is_shut_out_an_owner_has_a_pin_first_and_last() {
    let shop = Shop::new();
    let register = shop.register();
    let change = |name: &str, role: Role, digits: &str, shop_pin: bool| {
        let change = PersonChange {
            role: Some(role),
            pin: Some(secret(digits)),
            fob: None,
        };
        shop.register().change(name, &change, shop_pin)
    };
    assert_eq!(
        change("Carl", Role::Cashier, "3333", false),
        Err(StaffError::OwnerMissing)
    );
    assert!(!register.in_force());
    change("Olga", Role::Owner, "1111", false).expect("an owner");
    change("Carl", Role::Cashier, "3333", false).expect("a cashier");
    assert_eq!(
        change("Olga", Role::Supervisor, "1111", false),
        Err(StaffError::OwnerMissing)
    );
    assert_eq!(
        change("Olga", Role::Owner, "", false),
        Err(StaffError::OwnerMissing)
    );
    assert_eq!(
        register.remove("Olga", false),
        Err(StaffError::OwnerMissing)
    );
    assert_eq!(register.check_shop_pin_removal(), Ok(()));
    register
        .remove("Olga", true)
        .expect("the shop's PIN is the owner's");
    assert_eq!(
        register.check_shop_pin_removal(),
        Err(StaffError::OwnerMissing)
    );
    register.remove("Carl", false).expect("nobody is left");
    assert!(!register.in_force(), "and the shop has none of it");
    assert_eq!(
        change(" ", Role::Owner, "1111", false),
        Err(StaffError::NameInvalid)
    );
    assert_eq!(
        change("PIN", Role::Owner, "1111", false),
        Err(StaffError::NameInvalid)
    );
}

#[test]
fn without_pins_of_their_own_the_shops_one_pin_holds_alone() {
    let shop = Shop::new();
    let (guard, rights) = (shop.guard(), Rights::owner_only());
    assert_eq!(
        guard.require(Right::Key, &rights, &call(1), false),
        Ok(Passed::Own)
    );
    let lock = Lock::in_folder(shop.folder.path(), shop.clock());
    lock.set(Some(&secret("9999"))).expect("set");
    let locked = guard.require(Right::Refund, &rights, &call(1), false);
    assert_eq!(locked, Err(PinError::Needed.into()));
    assert!(!guard.view().staff);
}

#[test]
fn the_shops_pin_lends_one_act_and_opens_nothing() {
    let shop = Shop::with_staff();
    let (guard, rights) = (shop.guard(), Rights::default());
    let lock = Lock::in_folder(shop.folder.path(), shop.clock());
    lock.set(Some(&secret("9999"))).expect("set");
    let require = || guard.require(Right::Settings, &rights, &call(1), false);
    assert_eq!(require(), needed(Right::Settings));
    let approved = guard.approve(&Proof::ShopPin(secret("9999")), &rights);
    assert_eq!(approved, Ok(Approver::Approved("PIN".to_owned())));
    assert_eq!(require(), Ok(Passed::Lent("PIN".to_owned())));
    assert_eq!(require(), needed(Right::Settings));
}
