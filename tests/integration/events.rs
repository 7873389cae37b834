//! Technical events: what happened to the till itself stands in the journal, before it happens where that matters, and
//! counts in no sum.

use std::collections::BTreeMap;

use ringup_core::ProgramStart;
use ringup_core::clock::UnixMs;
use ringup_core::error::{Code, Fault};
use ringup_core::printer::PrinterPort;
use ringup_core::sale::Event;
use ringup_core::settings::{Printing, Settings};
use rusqlite::Connection;
use serde_json::{Value, json};

use ringup_testkit::{
    Counter, Desktop, KeychainState, Printer, PrinterState, Shop, error_code, free_port, run_with,
};

fn entries(out: &str) -> Vec<Value> {
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn kinds(entries: &[Value]) -> Vec<&str> {
    entries
        .iter()
        .map(|it| it["kind"].as_str().unwrap())
        .collect()
}

#[test]
fn the_command_line_writes_down_what_it_changes_and_reading_writes_nothing() {
    let counter = Counter::without_key(KeychainState::Open);
    let ringup =
        |arguments: &[&str], input: &str| run_with(counter.ringup().args(arguments), input);
    let events = || entries(&ringup(&["events", "--json"], "").1);
    counter.set_key("canary-key-4733");
    assert_eq!(ringup(&["pin", "set"], "246813").0, 0);
    assert_eq!(ringup(&["charge", "12.50", "EUR", "--no-wait"], "").0, 0);
    let known = [
        "journal_opened",
        "program_started",
        "key_changed",
        "pin_changed",
    ];
    assert_eq!(kinds(&events()), known);
    assert_eq!(events()[1]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(events()[3]["set"], true);

    let head = || ringup(&["verify", "--json"], "").1;
    let before = head();
    for reading in [
        &["sales"][..],
        &["report"],
        &["events"],
        &["export", "--format", "json"],
        &["key", "status"],
        &["pin", "status"],
        &["doctor"],
    ] {
        ringup(reading, "");
    }
    assert_eq!(head(), before, "reading writes nothing");

    // Somebody changes the settings by hand; the next command that writes finds it.
    let by_hand = json!({ "currency": "RUB", "webhook": "https://shop.example/canary-hook" });
    counter.write_settings(&by_hand);
    for _ in 0..2 {
        assert_eq!(ringup(&["charge", "5", "EUR", "--no-wait"], "").0, 0);
    }
    assert_eq!(kinds(&events())[known.len()..], ["settings_changed"]);
    assert_eq!(
        events()[known.len()].get("fields"),
        None,
        "nobody knows which"
    );

    assert_eq!(ringup(&["pin", "clear"], "").0, 0);
    let close = ringup(&["close-day", "--carry", "--json"], "").1;
    let close: Value = serde_json::from_str(&close).unwrap();
    assert_eq!(
        close["events"],
        json!({ "key_changed": 1, "pin_changed": 2, "program_started": 1, "settings_changed": 1 })
    );
    assert_eq!(close["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(close["key"], events()[2]["fingerprint"]);
    assert_eq!(close["key"].as_str().unwrap().len(), 16);
    let (_, text, _) = ringup(&["events"], "");
    assert!(text.contains("pin_changed  set false"), "{text}");
    let day = close["day"].as_str().unwrap();
    let of_the_day = ringup(&["events", "--from", day, "--to", day, "--json"], "").1;
    assert_eq!(entries(&of_the_day), events());
    assert_eq!(ringup(&["events", "--to", "2001-01-01"], "").1, "");
    assert_eq!(ringup(&["verify"], "").0, 0);
    let bodies = counter.query_journal("SELECT body FROM entry");
    assert!(
        !bodies.contains("canary") && !bodies.contains("246813"),
        "{bodies}"
    );
}

#[test]
fn a_journal_that_cannot_be_written_keeps_nobody_from_locking_and_nobody_unlocks() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    let pin = |command: &str, input: &str| run_with(desktop.ringup().args(["pin", command]), input);
    std::fs::create_dir_all(desktop.data_dir()).unwrap();
    std::fs::write(desktop.data_dir().join("journal.sqlite"), "no journal").unwrap();
    let (code, out, errors) = pin("set", "2468");
    assert_eq!((code, out.trim()), (0, "set"), "{errors}");
    assert_eq!(error_code(&errors), "journal_corrupt");
    let (code, _, errors) = pin("clear", "");
    assert_eq!((code, error_code(&errors)), (1, "journal_corrupt"));
    assert_eq!(pin("status", "").1.trim(), "set");
}

#[tokio::test]
async fn saved_settings_name_the_fields_that_change_and_are_refused_unwritten() {
    let shop = Shop::without_polling().await;
    let till = shop.till();
    let settings = Settings {
        cashiers: vec!["Ada".to_owned()],
        lifetime_minutes: 30,
        ..Settings::default()
    };
    till.save_settings(settings.clone()).unwrap();
    till.sign_on(Some("Ada".to_owned())).unwrap();
    till.save_settings(settings.clone()).unwrap();
    let mut again = settings.clone();
    again.kiosk.return_after_s = 90;
    till.save_settings(again.clone()).unwrap();
    let stick = tempfile::tempdir().unwrap();
    till.set_backup_folder(Some(stick.path())).unwrap();
    let fields = |event: &Event| match event {
        Event::SettingsChanged { fields, .. } => Some(fields.join(" ")),
        _ => None,
    };
    let told = till.technical_events(None, None).await.unwrap();
    let changes: Vec<_> = told
        .iter()
        .filter_map(|entry| Some((fields(&entry.event)?, entry.by.as_deref())))
        .collect();
    assert_eq!(
        changes,
        [
            ("lifetime_minutes cashiers".to_owned(), None),
            ("kiosk.return_after_s".to_owned(), Some("Ada")),
            ("backup_folder".to_owned(), Some("Ada")),
        ]
    );
    // The journal knows the settings as they are, so a start finds nothing changed.
    till.record_start(ProgramStart::Lasting).await.unwrap();
    till.record_start(ProgramStart::Lasting).await.unwrap();
    assert_eq!(
        shop.entry_kinds()[4..],
        ["program_started", "program_started"]
    );

    let other = Connection::open(shop.config.journal()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let unsaved = till.save_settings(Settings::default()).unwrap_err();
    assert_eq!(Fault::from(unsaved).code, Code::JournalUnwritable);
    assert_eq!(till.settings().kiosk, again.kiosk);
    assert_eq!(Settings::load(&shop.config.data_dir).kiosk, again.kiosk);
    drop(other);
    shop.assert_whole().await;
}

fn printing(port: u16) -> Settings {
    Settings {
        printing: Printing {
            printer: Some(PrinterPort::Network {
                host: "127.0.0.1".to_owned(),
                port,
            }),
            drawer: true,
            ..Printing::default()
        },
        ..Settings::default()
    }
}

async fn paid(shop: &Shop) -> u32 {
    let (number, invoice) = shop.open_sale().await;
    shop.control.pay(&invoice).unwrap();
    shop.till().check_now(number).await.unwrap();
    number
}

#[tokio::test]
async fn the_drawer_stands_in_the_journal_before_it_opens() {
    let printer = Printer::start(48, PrinterState::Ready);
    let shop = Shop::without_polling().await;
    let till = shop.till();
    till.save_settings(printing(free_port())).unwrap();
    let number = paid(&shop).await;
    till.print_receipt(number).await.unwrap_err();
    let opened = || {
        let kinds = shop.entry_kinds();
        kinds.iter().filter(|kind| *kind == "drawer_opened").count()
    };
    assert_eq!(opened(), 0, "nothing left this machine");

    till.save_settings(printing(printer.port)).unwrap();
    let other = Connection::open(shop.config.journal()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = Fault::from(till.print_receipt(number).await.unwrap_err());
    assert_eq!(error.code, Code::JournalUnwritable, "{error:?}");
    drop(other);
    assert_eq!(opened(), 0);

    till.print_receipt(number).await.unwrap();
    till.print_receipt(number).await.unwrap();
    till.printer_test().await.unwrap();
    let papers = printer.wait_for_papers(3);
    let pulses: Vec<_> = papers.iter().map(|paper| paper.drawer_pulses).collect();
    assert_eq!(pulses, [1, 0, 1], "none while it could not be written down");
    let kinds = shop.entry_kinds();
    let last: Vec<_> = kinds.iter().rev().take(4).rev().collect();
    assert_eq!(
        last,
        [
            "drawer_opened",
            "receipt_made",
            "receipt_made",
            "drawer_opened"
        ]
    );
    let told = till.technical_events(None, None).await.unwrap();
    let why: Vec<_> = told
        .iter()
        .filter(|entry| entry.event.kind() == "drawer_opened")
        .map(|entry| serde_json::to_value(&entry.event).unwrap())
        .collect();
    assert_eq!(
        why,
        [
            json!({ "kind": "drawer_opened", "why": "receipt", "number": number }),
            json!({ "kind": "drawer_opened", "why": "test" }),
        ]
    );
    shop.assert_whole().await;
}

#[tokio::test]
async fn technical_events_between_sales_change_no_sum() {
    let shop = Shop::without_polling().await;
    let till = shop.till();
    let plain = |totals: &ringup_core::sale::DayTotals| serde_json::to_value(totals).unwrap();
    let mut expected = BTreeMap::new();
    for round in 0..6_u32 {
        paid(&shop).await;
        for _ in 0..round {
            till.append_event(Event::PinRefused {
                count: 3,
                cashier: None,
            })
            .await
            .unwrap();
            till.append_event(Event::PracticeReset { entries: None })
                .await
                .unwrap();
        }
        *expected.entry("pin_refused".to_owned()).or_insert(0) += u64::from(3 * round);
        *expected.entry("practice_reset".to_owned()).or_insert(0) += u64::from(round);
        let report = till.report(None).await.unwrap();
        let paid_minor = 1250 * i64::from(round + 1);
        assert_eq!(plain(&report.totals)["EUR"]["paid_minor"], paid_minor);
        assert_eq!(plain(&report.grand)["EUR"]["paid_minor"], paid_minor);
    }
    let close = till.close_day(false).await.unwrap();
    assert_eq!(plain(&close.totals)["EUR"]["payments"], 6);
    assert_eq!(close.events, expected);
    assert!(till.sales(Default::default()).await.unwrap().sales.len() == 6);
    let listed = till.closes(None).await.unwrap();
    assert_eq!(listed, [close]);
    let told = till.technical_events(None, None).await.unwrap();
    assert_eq!(told.len(), 1 + 30, "a close is none of them");
    assert!(told.iter().all(|entry| entry.at > UnixMs(0)));
    shop.assert_whole().await;
}

#[test]
fn a_key_that_would_lose_open_invoices_from_sight_is_refused_first() {
    let counter = Counter::without_key(KeychainState::Open);
    let key =
        |arguments: &[&str], key: &str| run_with(counter.ringup().arg("key").args(arguments), key);
    let fingerprints = || {
        let sql = "SELECT count(*) FROM entry WHERE kind = 'key_changed'";
        counter.query_journal(sql).trim().parse::<u32>().unwrap()
    };
    counter.set_key("canary-key-1");
    assert_eq!(key(&["set"], "canary-key-2").0, 0, "no invoice is open");
    let sale = counter.open_sale();

    // Another account's key: the gateway refuses the invoice.
    let refusal = json!({ "endpoint": "info", "times": null, "act": { "status": { "code": 403, "work": "none" } } });
    counter.remote.add_fault(&refusal);
    let asked = counter.remote.count("info");
    assert_eq!(key(&["set"], "canary-key-2").0, 0, "the same key once more");
    assert_eq!(counter.remote.count("info"), asked, "nobody is asked");
    for refused in [key(&["set"], "canary-key-3"), key(&["clear"], "")] {
        assert_eq!(
            (refused.0, error_code(&refused.2)),
            (1, "key_in_use"),
            "{refused:?}"
        );
        assert!(!refused.2.contains("canary"), "{refused:?}");
    }
    assert_eq!(fingerprints(), 3, "a refused change is none");
    counter.remote.clear_faults();

    // A new key of the same account: the gateway answers.
    assert_eq!(key(&["set"], "canary-key-4").0, 0);
    counter.remote.add_fault(&refusal);
    assert_eq!(key(&["set", "--lose-open"], "canary-key-5").0, 0);
    assert_eq!(key(&["clear", "--lose-open"], "").1.trim(), "none");
    assert_eq!(fingerprints(), 6);
    counter.remote.clear_faults();

    // A paid invoice is no reason: its money is known.
    assert_eq!(key(&["set"], "canary-key-6").0, 0);
    counter.remote.act(&sale, "pay");
    counter.run(["watch"]);
    counter.remote.add_fault(&refusal);
    assert_eq!(key(&["set"], "canary-key-7").0, 0);
    let bodies = counter.query_journal("SELECT body FROM entry");
    assert!(!bodies.contains("canary"), "{bodies}");
}
