//! The settings file as it is read, written, set aside and found again.

use serde_json::json;

use super::*;
use crate::money::Currency;
use crate::settings::{Appearance, Theme};

#[test]
fn what_is_written_is_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = SettingsFile::in_folder(folder.path());
    assert_eq!(file.load().settings, Settings::default());
    let settings = Settings {
        currency: Currency::Rub,
        lifetime_minutes: 60,
        ..Settings::default()
    };
    file.save(&settings, Replace::All).expect("written");
    assert_eq!(file.load().settings, settings);
}

#[test]
fn the_file_of_an_older_version_has_the_defaults_of_what_it_lacks() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = SettingsFile::in_folder(folder.path());
    let before = r#"{"currency":"RUB","kiosk":{"at_start":true},"looks":{"theme":"dark"}}"#;
    std::fs::write(folder.path().join("settings.json"), before).expect("written");
    let settings = file.load().settings;
    assert_eq!(settings.currency, Currency::Rub);
    assert!(settings.kiosk.at_start);
    let looks = Appearance {
        theme: Theme::Dark,
        ..Appearance::default()
    };
    assert_eq!(settings.looks, looks);
    assert_eq!(Settings::default().looks.theme, Theme::System);
}

#[test]
fn practice_starts_with_the_shops_appearance_and_keeps_its_own_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let practice = folder.path().join("practice");
    let shop = Settings {
        currency: Currency::Rub,
        webhook: Some("https://shop.example/in".into()),
        looks: Appearance {
            theme: Theme::HighContrast,
            ..Appearance::default()
        },
        ..Settings::default()
    };
    let file = SettingsFile::in_folder(folder.path());
    file.save(&shop, Replace::All).expect("written");
    Settings::seed_practice_settings(folder.path(), &practice).expect("seeded");
    let seeded = Settings::load(&practice);
    assert_eq!(
        (seeded.currency, &seeded.looks),
        (Currency::Rub, &shop.looks)
    );
    // Practice reports nothing to the shop's back office.
    assert_eq!(seeded.webhook, None);
    file.save(&Settings::default(), Replace::All)
        .expect("written");
    Settings::seed_practice_settings(folder.path(), &practice).expect("seeded");
    assert_eq!(Settings::load(&practice), seeded);
}

/// A folder with this settings' file.
fn folder_with(text: &[u8]) -> (tempfile::TempDir, SettingsFile) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(WHOLE_FILE), text).expect("written");
    let file = SettingsFile::in_folder(folder.path());
    (folder, file)
}

fn wrong_fields(loaded: &LoadedSettings) -> Vec<&'static str> {
    loaded.wrong.iter().map(|error| error.field).collect()
}

#[test]
fn one_bad_value_costs_its_own_field_alone() {
    let good = json!({
        "till_code": "B7", "currency": "RUB", "lifetime_minutes": 60, "language": "ru", "customer_language": "kk",
        "customer_languages": ["de", "kk"], "entry_style": "decimal",
        "description": "Лавка", "webhook": "https://shop.example/in",
        "redirect_url": "https://shop.example/", "backup_folder": "/media/stick",
        "zone": "Europe/Moscow", "calls_per_minute": 60,
        "shop": { "name": "Лавка", "address": "Тверская", "tax_id": "1", "footer": "Спасибо" },
        "tax_rates": [{ "name": "НДС", "rate": 2000 }], "default_tax": 2000,
        "tenders": [{ "way": "cash" }, { "way": "own", "id": "voucher", "name": "Талон" }],
        "cash_rounding": { "EUR": "five", "USD": "five", "RUB": "whole" },
        "accounts": { "cash": "1000", "sales:20.00": "8400" },
        "printing": {
            "printer": { "kind": "network", "host": "printer", "port": 9100 },
            "paper": "58", "letters": "picture", "auto_print": true, "drawer": true,
        },
        "cashiers": ["Анна", "Борис"], "customer_display": "window",
        "staff": { "rights": { "cashier": ["refund"], "supervisor": ["close"] }, "free_discount": 300 },
        "kiosk": {
            "at_start": true, "autostart": true, "return_after_s": 30, "self_service": true, "card": true,
            "offers": [{ "name": "Чай", "amount": "150.00", "currency": "RUB" }],
        },
        "tips": { "ask": true, "percents": [700], "round_up": false },
        "discounts": { "offered": true, "percents": [300] },
        "drawer": { "on": true, "blind_count": true },
        "hold_carts": true,
        "receipt_qr": false,
        "scanner": {
            "learnt": { "gap_ms": 40, "ending": "tab" },
            "scale_codes": [
                { "prefix": 21, "holds": "weight", "article_digits": 5, "value_digits": 5 },
            ],
        },
        "large_amount": { "times": 9, "at_least_minor": { "RUB": 100_000, "USD": 200, "EUR": 300 } },
        "looks": {
            "theme": "dark", "scale_percent": 120, "sounds": false, "volume_percent": 10,
            "paid_returns_after_s": 9, "screen_keyboard": "touch",
        },
        "updates": {
            "address": "https://shop.example/ringup.notice",
            "key": "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
        },
    });
    let read = |settings: &Value| {
        let (folder, file) = folder_with(settings.to_string().as_bytes());
        // A till that has no PIN yet and remembers nothing.
        let loaded = file.load();
        drop(folder);
        loaded
    };
    let whole = read(&good);
    assert_eq!(whole.wrong, []);
    let expected = json!(whole.settings);
    assert_eq!(expected, good, "every field differs from its default");
    let mut defaults = json!(Settings::default());
    // Rights that cannot be read are nobody's but the owner's.
    defaults["staff"]["rights"] = json!({ "cashier": [], "supervisor": [] });
    let bad = [
        json!([[["x"]]]),
        json!({ "x": 1 }),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!("\u{7}\u{0}"),
        json!("of a later version"),
        json!(true),
        json!(99_999_999),
    ];
    let mut tried = 0;
    let mut pointers = Vec::new();
    for (name, value) in good.as_object().expect("an object") {
        match value {
            Value::Object(group) if GROUPS.contains(&name.as_str()) => {
                pointers.extend(group.keys().map(|field| format!("/{name}/{field}")));
            }
            _ => pointers.push(format!("/{name}")),
        }
    }
    for pointer in &pointers {
        for value in &bad {
            let mut spoilt = good.clone();
            *spoilt.pointer_mut(pointer).expect("there") = value.clone();
            let loaded = read(&spoilt);
            if loaded.wrong.is_empty() {
                continue;
            }
            tried += 1;
            let path = pointer.trim_start_matches('/').replace('/', ".");
            let told = wrong_fields(&loaded);
            assert!(told[0].starts_with(&path), "{path} {value}: {told:?}");
            // What depends on it may be told as well: the default rate on the rates.
            let mut others = expected.clone();
            let mut found = json!(loaded.settings);
            for (dependent, on) in [
                ("/default_tax", "/tax_rates"),
                (pointer.as_str(), pointer.as_str()),
            ] {
                if on == pointer {
                    *others.pointer_mut(dependent).expect("there") = Value::Null;
                    *found.pointer_mut(dependent).expect("there") = Value::Null;
                }
            }
            assert_eq!(found, others, "{path} {value}");
            let fallback = json!(loaded.settings).pointer(pointer).cloned();
            assert_eq!(
                fallback.as_ref(),
                defaults.pointer(pointer),
                "{path} {value}"
            );
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn a_list_keeps_its_valid_rows_and_a_group_its_valid_fields() {
    let text = r#"{
            "tax_rates": [{"name":"VAT","rate":1900}, {"name":"","rate":700}, 5, {"name":"VAT","rate":1900}],
            "default_tax": 1900, "cashiers": ["Anna", null, "Anna", "Boris"],
            "shop": 5, "looks": null, "currency": null,
            "tips": {"ask": true, "percents": [500, 0, "x", 700]},
            "printing": {"paper": "58", "letters": "picture", "printer": {"kind": "usb", "vendor": 0, "product": 3}}
        }"#;
    let (_folder, file) = folder_with(text.as_bytes());
    let loaded = file.load();
    let Settings {
        tax_rates,
        default_tax,
        cashiers,
        tips,
        printing,
        ..
    } = loaded.settings.clone();
    assert_eq!(
        (tax_rates.len(), default_tax.map(|rate| rate.0)),
        (1, Some(1900))
    );
    assert_eq!(cashiers, ["Anna", "Boris"]);
    assert_eq!((tips.ask, tips.percents.len()), (true, 2));
    assert_eq!(
        (printing.paper, printing.printer),
        (crate::settings::Paper::Mm58, None)
    );
    let told = [
        "shop",
        "looks",
        "currency",
        "tax_rates",
        "printing.printer.vendor",
        "cashiers",
        "tips.percents",
    ];
    assert_eq!(wrong_fields(&loaded), told);
}

#[test]
fn a_name_that_stands_twice_is_told_and_a_byte_order_mark_is_not_read() {
    let (_folder, file) =
        folder_with(b"\xef\xbb\xbf{\"currency\":\"RUB\",\"kiosk\":{\"at_start\":true}}");
    assert_eq!(file.load().settings.currency, Currency::Rub);
    let text = r#"{"currency":"RUB","currency":"USD","shop":{"name":"A","name":"B","footer":"C"},"tips":{},"tips":{}}"#;
    let (_folder, file) = folder_with(text.as_bytes());
    let loaded = file.load();
    assert_eq!(wrong_fields(&loaded), ["tips", "currency", "shop.name"]);
    assert_eq!(loaded.settings.shop.footer.as_deref(), Some("C"));
}

#[test]
fn a_zone_that_the_system_lacks_is_in_the_program() {
    let text = r#"{"currency":"RUB","zone":"US/Eastern","shop":{"name":"Лавка"},"kiosk":{"at_start":true}}"#;
    let (_folder, file) = folder_with(text.as_bytes());
    let loaded = file.load();
    assert_eq!(loaded.wrong, []);
    assert_eq!(loaded.settings.zone().name(), "US/Eastern");
    assert!(crate::calendar::Zone::bundled("US/Eastern").is_some());
}

const KIOSK: &str = r#"{"kiosk":{"at_start":true,"self_service":true,"offers":[{"name":"Tea","amount":"3.50","currency":"EUR"}]}}"#;

/// Whether the till is locked after its settings' file was spoilt in this way; it had read them before.
fn locks_after(spoil: impl Fn(&Path)) -> (bool, bool) {
    let (folder, file) = folder_with(KIOSK.as_bytes());
    file.remember_locks(&file.load());
    spoil(&folder.path().join(WHOLE_FILE));
    let loaded = file.load();
    assert!(!loaded.wrong.is_empty());
    // A start that could not read the locks does not forget them.
    file.remember_locks(&loaded);
    assert_eq!(file.load(), loaded);
    (
        loaded.settings.kiosk.at_start,
        loaded.settings.kiosk.self_service,
    )
}

#[test]
fn a_kiosk_stays_locked_whatever_becomes_of_its_settings() {
    let write =
        |text: &'static [u8]| move |path: &Path| std::fs::write(path, text).expect("written");
    for spoilt in [
        &b"{\"kiosk\":{\"at_st"[..],
        b"",
        b"null",
        b"[]",
        b"\xff\xfe{\0}\0",
        b"{\"kiosk\":5}",
        b"{\"kiosk\":{},\"kiosk\":{}}",
        b"{\"kiosk\":{\"at_start\":null,\"self_service\":\"no\"}}",
    ] {
        assert_eq!(locks_after(write(spoilt)), (true, true), "{spoilt:?}");
    }
    assert_eq!(
        locks_after(|path| std::fs::remove_file(path).expect("removed")),
        (true, true)
    );
    assert_eq!(
        locks_after(|path| {
            std::fs::remove_file(path).expect("removed");
            std::fs::create_dir(path).expect("made");
        }),
        (true, true)
    );
}

#[test]
fn a_till_without_a_pin_is_not_locked_by_a_broken_file_and_one_with_a_pin_is() {
    let (folder, file) = folder_with(b"{");
    assert!(!file.load().settings.kiosk.self_service);
    std::fs::write(folder.path().join("pin.json"), "{}").expect("written");
    assert!(file.load().settings.kiosk.self_service);
}

#[test]
fn a_broken_file_is_set_aside_when_settings_are_saved() {
    let (folder, file) = folder_with(b"{\"currency\":");
    let loaded = file.load();
    let mut expected = Settings::default();
    expected.staff.rights = Rights::owner_only();
    assert_eq!((loaded.settings, loaded.wrong.len()), (expected, 1));
    file.save(&Settings::default(), Replace::All)
        .expect("saved");
    assert_eq!(file.load().wrong, []);
    let kept = folder.path().join("settings.json.unreadable");
    assert_eq!(
        std::fs::read_to_string(kept).expect("kept"),
        "{\"currency\":"
    );
}

#[test]
fn what_a_later_version_wrote_is_kept() {
    let text = r#"{"currency":"RUB","zone":"Mars/Olympus","later":[1],"shop":{"name":"A","later":{"x":null}}}"#;
    let (folder, file) = folder_with(text.as_bytes());
    let LoadedSettings {
        mut settings,
        wrong,
    } = file.load();
    assert_eq!(
        wrong.iter().map(|it| it.field).collect::<Vec<_>>(),
        ["zone"]
    );
    settings.shop.name = Some("B".into());
    let on_disk = || {
        let text = std::fs::read(folder.path().join(WHOLE_FILE)).expect("read");
        serde_json::from_slice::<Value>(&text).expect("JSON")
    };
    file.save(&settings, Replace::AllBut(&wrong))
        .expect("saved");
    let saved = on_disk();
    assert_eq!(
        (&saved["later"], &saved["shop"]["later"]),
        (&json!([1]), &json!({ "x": null }))
    );
    assert_eq!(
        (&saved["shop"]["name"], &saved["zone"]),
        (&json!("B"), &json!("Mars/Olympus"))
    );
    file.save(&settings, Replace::All).expect("saved");
    let saved = on_disk();
    assert_eq!(
        (&saved["later"], &saved["zone"]),
        (&json!([1]), &Value::Null)
    );
}
