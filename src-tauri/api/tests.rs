//! Calls as a page makes them, answered on a temporary data folder without a window.

use serde_json::{Value, json};
use tauri::ipc::InvokeBody;

use ringup_core::config::Config;
use ringup_core::error::Code;
use ringup_core::gateway::ApiBase;
use ringup_core::settings::{FixedOffer, Theme};
use ringup_core::staff::{PersonChange, Role};
use secrecy::SecretString;
use tempfile::TempDir;

use super::handler::{Call, Caller, answer};
use super::*;
use crate::active_till::{ActiveTill, Mode};
use crate::theme::WindowTheme;
use crate::windows::display::Display;
use crate::windows::kiosk::Kiosk;
use crate::windows::page::CashierPage;

const PIN: &str = "2468";

/// A program without windows, in practice mode.
struct Program {
    app: Arc<AppState>,
    data_dir: TempDir,
}

impl Program {
    fn new(mode: Mode) -> Self {
        let data_dir = tempfile::tempdir().expect("a folder");
        let config = Config {
            data_dir: data_dir.path().to_owned(),
            api: ApiBase::parse("http://127.0.0.1:9/v1").expect("an address"),
            pace: std::time::Duration::from_millis(100),
        };
        let app = Arc::new(AppState {
            active_till: ActiveTill::new(config, mode, |_| ()),
            cashier_page: CashierPage::default(),
            display: Display::default(),
            kiosk: Kiosk::new(false),
            theme: WindowTheme::new(Theme::System),
        });
        Self { app, data_dir }
    }

    /// What the window with this label is answered.
    async fn call(&self, window: &str, command: &str, arguments: Value) -> Answer<Value> {
        let caller = Caller {
            app: Arc::clone(&self.app),
            export: Arc::default(),
            window: None,
        };
        let call = Call {
            window: window.to_owned(),
            command: command.to_owned(),
            body: InvokeBody::Json(arguments),
        };
        let json = answer(caller, call).await?;
        Ok(serde_json::from_str(&json).expect("JSON"))
    }

    async fn cashier(&self, command: &str, arguments: Value) -> Answer<Value> {
        self.call(CASHIER, command, arguments).await
    }

    /// Sets the PIN and locks.
    fn lock(&self) {
        let lock = self.app.active_till.lock();
        lock.set(Some(&SecretString::from(PIN))).expect("set");
        lock.lock();
    }
}

fn fault(answer: Answer<Value>) -> (Code, String) {
    let fault = answer.expect_err("a fault");
    (fault.code, fault.message)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_does_not_exist_is_a_fault() {
    let program = Program::new(Mode::Live);
    for name in ["no_such_command", "", "START", "plugin:event|listen"] {
        let (code, message) = fault(program.cashier(name, json!({})).await);
        assert_eq!(code, Code::Internal);
        assert!(message.contains("no command"), "{message}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_may_call_its_own_commands_only() {
    let program = Program::new(Mode::Live);
    for command in commands() {
        for window in [CASHIER, DISPLAY, "another"] {
            if window == command.window.label() {
                continue;
            }
            let (code, message) = fault(program.call(window, command.name, json!({})).await);
            assert_eq!(code, Code::Internal, "{}", command.name);
            assert!(message.contains("may not call"), "{message}");
        }
    }
    assert!(
        program.app.active_till.opened().await.is_none(),
        "no till was opened to find out"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_till_asks_for_the_pin_before_it_reads_arguments() {
    let program = Program::new(Mode::Live);
    program.lock();
    let mut locked = 0;
    let needs_pin =
        |command: &&Command| matches!(command.access, Access::Right(_) | Access::TypedPin(_));
    for command in commands().filter(needs_pin) {
        for arguments in [json!({}), json!({ "number": "x" }), json!(null)] {
            let (code, _) = fault(program.cashier(command.name, arguments).await);
            assert_eq!(code, Code::PinNeeded, "{}", command.name);
        }
        locked += 1;
    }
    assert!(locked > 15, "{locked}");
    assert_eq!(
        program
            .cashier("lock_state", json!({}))
            .await
            .expect("anyone")["open"],
        false
    );
    let opened = program.cashier("unlock", json!({ "pin": PIN })).await;
    assert_eq!(opened.expect("the PIN")["open"], true);
    program
        .cashier("clear_backup_folder", json!({}))
        .await
        .expect("unlocked");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unlocked_till_asks_for_the_pin_itself_before_locks_and_keys_change() {
    let program = Program::new(Mode::Live);
    program.lock();
    program
        .cashier("unlock", json!({ "pin": PIN }))
        .await
        .expect("the PIN");
    let typed = commands().filter(|command| matches!(command.access, Access::TypedPin(_)));
    let names: Vec<_> = typed.map(|command| command.name).collect();
    assert_eq!(
        names,
        [
            "set_key",
            "clear_key",
            "set_pin",
            "clear_pin",
            "change_cashier",
            "remove_cashier",
            "leave_kiosk",
            "quit",
            "restore_from_offer"
        ]
    );
    for name in names {
        for arguments in [json!({}), json!({ "typedPin": null })] {
            let refused = program.cashier(name, arguments).await.expect_err("locked");
            assert_eq!(refused.code, Code::PinNeeded, "{name}");
            assert_eq!(refused.detail["typed"], "yes", "{name}");
        }
        let (code, _) = fault(program.cashier(name, json!({ "typedPin": "1111" })).await);
        assert!(matches!(code, Code::PinWrong | Code::PinWait), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pin_changes_with_the_old_one() {
    let program = Program::new(Mode::Live);
    program.lock();
    let change = json!({ "pin": "1357", "typedPin": PIN });
    program.cashier("set_pin", change).await.expect("changed");
    let (code, _) = fault(
        program
            .cashier("clear_pin", json!({ "typedPin": PIN }))
            .await,
    );
    assert_eq!(code, Code::PinWrong);
    let cleared = program
        .cashier("clear_pin", json!({ "typedPin": "1357" }))
        .await;
    assert_eq!(cleared.expect("cleared")["set"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_self_service_the_book_needs_the_pin() {
    let program = Program::new(Mode::Live);
    let of_staff = [
        "hold_cart",
        "take_up_cart",
        "drop_cart",
        "sales",
        "sale_detail",
        "payment_seen",
        "set_note",
        "refund_preview",
        "drawer",
        "count_start",
        "count_cash",
        "report",
        "closes",
        "print_close",
        "printer_test",
    ];
    let declared = commands().filter(|command| command.access == Access::Staff);
    assert_eq!(
        declared.map(|command| command.name).collect::<Vec<_>>(),
        of_staff
    );
    let query = json!({ "query": {} });
    program.lock();
    program
        .cashier("sales", query.clone())
        .await
        .expect("a cashier looks into the book");

    let till = program.app.active_till.open().await.expect("opens").till;
    let mut settings = till.settings();
    settings.kiosk.self_service = true;
    settings.kiosk.offers = vec![FixedOffer {
        name: "Coffee".to_owned(),
        amount: "3.50".to_owned(),
        currency: ringup_core::money::Currency::Eur,
    }];
    till.save_settings(settings).expect("saved");
    let (code, _) = fault(program.cashier("sales", query).await);
    assert_eq!(code, Code::PinNeeded);
    let charge = json!({ "charge": { "amount": { "minor": 500, "currency": "EUR" }, "tap": uuid::Uuid::nil() } });
    let (code, _) = fault(program.cashier("charge", charge).await);
    assert_eq!(code, Code::NotOffered);
}

/// Carl, a cashier, is signed on; the printer has a drawer, which is counted.
async fn staffed() -> Program {
    let program = Program::new(Mode::Live);
    let till = program.app.active_till.open().await.expect("opens").till;
    let mut settings = till.settings();
    settings.cashiers = vec!["Olga".to_owned(), "Carl".to_owned()];
    settings.drawer.on = true;
    settings.printing.drawer = true;
    let port = json!({ "kind": "network", "host": "127.0.0.1", "port": 9 });
    settings.printing.printer = serde_json::from_value(port).expect("a port");
    till.save_settings(settings).expect("saved");
    program
}

async fn with_cashiers(program: &Program) {
    for (name, role, pin) in [
        ("Olga", Role::Owner, "1111"),
        ("Carl", Role::Cashier, "3333"),
    ] {
        let change = PersonChange {
            role: Some(role),
            pin: Some(SecretString::from(pin)),
            fob: None,
        };
        let register = program.app.active_till.guard().register();
        register.change(name, &change, false).expect("added");
    }
    let carl = json!({ "name": "Carl", "pin": "3333" });
    program.cashier("sign_on", carl).await.expect("signed on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cashier_without_the_right_gets_at_no_money_by_another_door() {
    let euros = |minor: i64| json!({ "minor": minor, "currency": "EUR" });
    let count = |left: i64| json!({ "count": { "purpose": "count", "counted": euros(10_000), "left": euros(left) } });
    let cart = json!({ "cart": "00000000-0000-4000-8000-000000000001", "reason": "x" });
    let doors = [
        (
            "printer_test",
            json!({}),
            "open_drawer",
            Code::PrinterUnreachable,
        ),
        ("count_cash", count(5_000), "open_drawer", Code::Internal),
        ("drop_cart", cart, "drop_cart", Code::CartGone),
    ];
    // Where nobody has a PIN, everybody may.
    let program = staffed().await;
    for (command, arguments, _, fails) in &doors {
        if let Err(fault) = program.cashier(command, arguments.clone()).await {
            assert_eq!(fault.code, *fails, "{command}");
        }
    }

    let program = staffed().await;
    with_cashiers(&program).await;
    for (command, arguments, right, _) in doors {
        let fault = program
            .cashier(command, arguments)
            .await
            .expect_err(command);
        assert_eq!(fault.code, Code::RightNeeded, "{command}");
        assert_eq!(fault.detail["right"], right, "{command}");
    }
    // A count of what is there is no such thing; what should be there stays hidden from those who may not see it.
    for counted in ["float", "count"] {
        let count =
            json!({ "count": { "purpose": counted, "counted": euros(10_000), "left": null } });
        let result = program.cashier("count_cash", count).await.expect("counted");
        assert_eq!(
            (&result["expected"], &result["difference"]),
            (&json!(null), &json!(null))
        );
    }
    let drawer = program
        .cashier("drawer", json!({}))
        .await
        .expect("the drawer");
    for hidden in ["start", "expected", "counted"] {
        assert_eq!(drawer["EUR"][hidden], json!(null), "{hidden}");
    }
    assert_eq!(drawer["EUR"]["difference"]["minor"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_customer_acts_in_practice_mode_only() {
    let arguments = json!({ "number": 1, "act": "pay" });
    let live = Program::new(Mode::Live);
    for arguments in [arguments.clone(), json!({})] {
        let (code, _) = fault(live.cashier("practice_act", arguments).await);
        assert_eq!(code, Code::PracticeOnly);
    }
    let (code, _) = fault(live.cashier("reset_practice", json!({})).await);
    assert_eq!(code, Code::PracticeOnly);

    let practice = Program::new(Mode::Practice);
    let (code, _) = fault(practice.cashier("practice_act", arguments.clone()).await);
    assert_eq!(code, Code::SaleUnknown);
    let charge = json!({ "amount": { "minor": 500, "currency": "EUR" }, "note": null, "tap": uuid::Uuid::nil() });
    let sale = practice
        .cashier("charge", json!({ "charge": charge }))
        .await
        .expect("charged");
    assert_eq!(
        (&sale["number"], &sale["state"]),
        (&json!(1), &json!("awaiting"))
    );
    practice
        .cashier("practice_act", arguments)
        .await
        .expect("paid");
    let paid = practice
        .cashier("check_now", json!({ "number": 1 }))
        .await
        .expect("polled");
    assert_eq!(paid["state"], "paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_of_the_wrong_type_are_a_fault() {
    let program = Program::new(Mode::Live);
    let wrong = json!([[[]]]);
    for command in commands().filter(|command| command.access != Access::Practice) {
        for name in command.arguments {
            let arguments = json!({ *name: wrong });
            let label = command.window.label();
            let (code, message) = fault(program.call(label, command.name, arguments).await);
            assert_eq!(code, Code::Internal, "{} {name}: {message}", command.name);
            assert!(
                message.starts_with("argument `"),
                "{}: {message}",
                command.name
            );
        }
    }
    for body in [
        json!(null),
        json!([1]),
        json!("number"),
        json!({ "Number": 1 }),
    ] {
        let (code, message) = fault(program.cashier("sale", body).await);
        assert_eq!((code, message.contains("`number`")), (Code::Internal, true));
    }
    let (_, message) = fault(
        program
            .cashier("set_key", json!({ "key": ["canary"] }))
            .await,
    );
    let (_, more) = fault(program.cashier("unlock", json!({ "pin": 471_347 })).await);
    assert!(
        !message.contains("canary") && !more.contains("471347"),
        "{message} {more}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_window_has_gone_gets_a_fault() {
    let program = Program::new(Mode::Live);
    let (code, message) = fault(
        program
            .cashier("start", json!({ "events": "__CHANNEL__:1" }))
            .await,
    );
    assert_eq!((code, message.contains("has gone")), (Code::Internal, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_that_works_can_be_tried_again() {
    let program = Program::new(Mode::Live);
    let state = program.cashier("retry_journal", json!({})).await;
    assert_eq!(state.expect("a journal"), "serving");
}

/// Cashier Carl, supervisor Susi and owner Olga, each with a PIN; nobody is signed on.
async fn with_staff(mode: Mode) -> Program {
    let program = Program::new(mode);
    for (name, role, pin) in [
        ("Olga", "owner", "1111"),
        ("Susi", "supervisor", "2222"),
        ("Carl", "cashier", "3333"),
    ] {
        let change = json!({ "name": name, "role": role, "pin": pin });
        if program.app.active_till.guard().in_force() {
            let (code, _) = fault(program.cashier("change_cashier", change.clone()).await);
            assert_eq!(code, Code::RightNeeded);
            let by = json!({ "name": "Olga", "pin": "1111" });
            program.cashier("approve", by).await.expect("lent");
        }
        let staff = program.cashier("change_cashier", change).await;
        assert_eq!(staff.expect("changed")["in_force"], true);
    }
    let on = program.cashier("sign_on", json!({ "name": null })).await;
    assert_eq!(on.expect("signed off")["cashier"], Value::Null);
    program
}

impl Program {
    async fn sign_on(&self, name: &str, pin: &str) {
        let on = self
            .cashier("sign_on", json!({ "name": name, "pin": pin }))
            .await;
        assert_eq!(on.expect("signed on")["cashier"], name);
    }

    /// The code and the right of a refusal.
    async fn lacks(&self, command: &str, arguments: Value) -> (Code, String) {
        let fault = self.cashier(command, arguments).await.expect_err("refused");
        let right = fault.detail.get("right").cloned().unwrap_or_default();
        (fault.code, right)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_command_asks_for_its_right_and_a_cashier_has_none_of_them() {
    let program = with_staff(Mode::Live).await;
    program.sign_on("Carl", "3333").await;
    let mut guarded = 0;
    for command in commands() {
        let (Access::Right(right) | Access::TypedPin(right)) = command.access else {
            continue;
        };
        let lacks = program.lacks(command.name, json!({})).await;
        assert_eq!(
            lacks,
            (Code::RightNeeded, right.as_str().to_owned()),
            "{}",
            command.name
        );
        guarded += 1;
    }
    assert!(guarded > 20, "{guarded}");
    // The shop's PIN that somebody types along is not asked for any more.
    let typed = program
        .lacks("set_pin", json!({ "pin": "9999", "typedPin": "1111" }))
        .await;
    assert_eq!(typed.0, Code::RightNeeded);

    program.sign_on("Susi", "2222").await;
    let lacks = program.lacks("clear_backup_folder", json!({})).await;
    assert_eq!(lacks, (Code::RightNeeded, "settings".to_owned()));
    let (code, _) = program.lacks("close_day", json!({ "carry": "x" })).await;
    assert_eq!(
        code,
        Code::Internal,
        "a supervisor comes as far as the arguments"
    );
    program.sign_on("Olga", "1111").await;
    program
        .cashier("clear_backup_folder", json!({}))
        .await
        .expect("an owner");
    let typed = program
        .cashier("remove_cashier", json!({ "name": "Carl" }))
        .await;
    assert_eq!(
        typed.expect_err("typed").detail["typed"],
        "yes",
        "also of an owner"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_lends_the_call_that_was_refused_and_no_other() {
    let program = with_staff(Mode::Live).await;
    program.sign_on("Carl", "3333").await;
    let by = json!({ "name": "Susi", "pin": "2222" });
    let close = |carry: bool| json!({ "carry": carry });
    assert_eq!(
        program.lacks("close_day", close(true)).await.0,
        Code::RightNeeded
    );
    let wrong = json!({ "name": "Susi", "pin": "0000" });
    assert_eq!(
        fault(program.cashier("approve", wrong).await).0,
        Code::PinWrong
    );
    assert_eq!(
        program.lacks("close_day", close(true)).await.0,
        Code::RightNeeded
    );
    program.cashier("approve", by.clone()).await.expect("lent");
    assert_eq!(
        program.lacks("close_day", close(false)).await.0,
        Code::RightNeeded
    );
    let closed = program
        .cashier("close_day", close(true))
        .await
        .expect("lent");
    assert_eq!(closed["z"], 1);
    assert_eq!(
        program.lacks("close_day", close(true)).await.0,
        Code::RightNeeded
    );

    let till = program.app.active_till.open().await.expect("open").till;
    assert_eq!(
        till.cashier().as_deref(),
        Some("Carl"),
        "nobody else signed on"
    );
    // What the supervisor may not do, the supervisor does not lend.
    assert_eq!(
        program.lacks("clear_backup_folder", json!({})).await.1,
        "settings"
    );
    assert_eq!(
        fault(program.cashier("approve", by).await).0,
        Code::RightNeeded
    );
    let events = till.technical_events(None, None).await.expect("events");
    let told: Vec<_> = events.iter().map(|entry| json!(entry)).collect();
    let signed: Vec<_> = told
        .iter()
        .filter(|entry| entry["kind"] == "signed_on")
        .collect();
    assert_eq!(signed.last().expect("one")["cashier"], "Carl");
    assert_eq!(signed.last().expect("one")["proof"], "pin");
    let changed: Vec<_> = told
        .iter()
        .filter(|entry| entry["kind"] == "staff_changed")
        .collect();
    assert_eq!(changed.len(), 3);
    assert_eq!(changed[2]["approved_by"], "Olga");
    assert_eq!(changed[2]["role"], "cashier");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_cashiers_have_pins_who_sells_is_signed_on_and_gives_no_large_discount() {
    let program = with_staff(Mode::Practice).await;
    let charge = |rate: u32| {
        let line = json!({ "name": "Tea", "quantity": 1, "unit_minor": 1000 });
        let discount = json!({ "kind": "percent", "rate": rate });
        json!({ "charge": {
            "amount": { "minor": (10_000 - rate) / 10, "currency": "EUR" }, "note": null,
            "tap": uuid::Uuid::new_v4(),
            "basket": { "lines": [line], "discount": discount, "tip_minor": 0 },
        } })
    };
    assert_eq!(
        program.lacks("charge", charge(500)).await.0,
        Code::PinNeeded
    );
    program.sign_on("Carl", "3333").await;
    program.cashier("charge", charge(1000)).await.expect("10 %");
    let large = charge(1100);
    assert_eq!(program.lacks("charge", large.clone()).await.1, "discount");
    program
        .cashier("approve", json!({ "name": "Susi", "pin": "2222" }))
        .await
        .expect("lent");
    let sale = program.cashier("charge", large).await.expect("lent");
    let detail = program
        .cashier("sale_detail", json!({ "number": sale["number"] }))
        .await;
    let opened = &detail.expect("a sale")["entries"][0];
    assert_eq!(
        (&opened["by"], &opened["approved_by"]),
        (&json!("Carl"), &json!("Susi"))
    );

    // Changing hands keeps the sale.
    program.sign_on("Susi", "2222").await;
    let act = json!({ "number": sale["number"], "act": "pay" });
    program.cashier("practice_act", act).await.expect("paid");
    let paid = program
        .cashier("check_now", json!({ "number": sale["number"] }))
        .await;
    assert_eq!(paid.expect("polled")["state"], "paid");
    let report = program
        .cashier("report", json!({ "day": null }))
        .await
        .expect("X");
    assert_eq!(report["cashiers"][0]["cashier"], "Susi");
    assert_eq!(report["cashiers"][0]["payments"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fob_signs_on_and_is_nobody_elses_nor_an_items_code() {
    let program = with_staff(Mode::Live).await;
    program.sign_on("Olga", "1111").await;
    let item = json!({ "id": uuid::Uuid::new_v4(), "name": "Tea",
        "price": { "minor": 100, "currency": "EUR" }, "barcode": "4006381333931" });
    program
        .cashier("save_items", json!({ "items": [item] }))
        .await
        .expect("saved");
    let give = |name: &str, fob: &str| json!({ "name": name, "role": "cashier", "fob": fob });
    let lend = || async {
        let by = json!({ "name": "Olga", "pin": "1111" });
        program.cashier("approve", by).await.expect("lent");
    };
    let taken = give("Carl", "4006381333931");
    program.lacks("change_cashier", taken.clone()).await;
    lend().await;
    assert_eq!(
        program.lacks("change_cashier", taken).await.0,
        Code::FobTaken
    );
    let free = give("Carl", "0012345678");
    program.lacks("change_cashier", free.clone()).await;
    lend().await;
    program
        .cashier("change_cashier", free)
        .await
        .expect("given");

    let by_fob = |code: &str| program.cashier("sign_on_by_fob", json!({ "code": code }));
    assert_eq!(by_fob("0012345679").await.expect("nobody's"), Value::Null);
    assert_eq!(
        by_fob("0012345678").await.expect("Carl's")["cashier"],
        "Carl"
    );
    let till = program.app.active_till.open().await.expect("open").till;
    assert_eq!(till.cashier().as_deref(), Some("Carl"));
    for folder in std::fs::read_dir(program.data_dir.path()).expect("a folder") {
        let bytes = std::fs::read(folder.expect("an entry").path()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("0012345678"), "the code is stored nowhere");
    }
}
