use std::sync::LazyLock;

use proptest::prelude::*;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::*;
use crate::money::{Currency, Money};
use crate::settings::Settings;
use crate::staff::{Right, Role};

fn item(name: &str, minor: i64) -> Item {
    Item::new(name, Money::from_minor(minor, Currency::Eur))
}

/// A hash is slow by design: made once.
static ANNA: LazyLock<SharedPerson> = LazyLock::new(|| {
    let mut person = SharedPerson::new("Anna", Role::Owner);
    person.set_pin(&SecretString::from("4711")).expect("a PIN");
    person
});

fn own() -> Own {
    let mut settings = Settings {
        tax_rates: vec![TaxRate {
            name: "VAT".into(),
            rate: BasisPoints(2_000),
        }],
        default_tax: Some(BasisPoints(2_000)),
        cashiers: vec!["Anna".into(), "Boris".into()],
        ..Settings::default()
    };
    settings.shop.name = Some("Own name".into());
    settings.shop.footer = Some("Own footer".into());
    Own {
        items: vec![item("Tea", 300), item("Cake", 420)],
        settings,
        people: vec![ANNA.clone(), SharedPerson::new("Boris", Role::Cashier)],
    }
}

fn document(value: Value) -> Document {
    serde_json::from_value(value).expect("an object")
}

fn refused(refused: &[Refused]) -> Vec<(&'static str, &str)> {
    let told = refused.iter();
    told.map(|it| (it.section.as_str(), it.field.as_str()))
        .collect()
}

#[test]
fn what_a_till_offers_is_read_as_it_is() {
    let offered = SharedSettings::of_till(&own());
    let (read_back, wrong) = read(&offered.to_document(), &Own::default());
    assert_eq!(wrong, []);
    assert_eq!(read_back, offered);
    let text = offered.to_document().canonical();
    let again = Document::parse(text.as_bytes()).expect("read");
    assert_eq!(again.digest(), offered.to_document().digest());
    assert!(
        !format!("{offered:?}").contains("argon2"),
        "no hash is told"
    );
}

#[test]
fn the_order_of_names_is_no_difference_and_the_switch_is_no_part_of_a_section() {
    let one = document(json!({ "texts": { "name": "A", "footer": "B", "local": true } }));
    let other = document(json!({ "texts": { "footer": "B", "local": false, "name": "A" } }));
    assert_eq!(
        one.digest_of(Section::Texts),
        other.digest_of(Section::Texts)
    );
    assert_ne!(one.digest(), other.digest());
    assert!(one.is_local(Section::Texts) && !other.is_local(Section::Texts));
    assert_eq!(one.digest_of(Section::Items), None);
}

#[test]
fn a_bad_value_of_each_section_costs_itself_alone() {
    let own = own();
    let [tea, cake] = own.items.as_slice() else {
        panic!("two items");
    };
    let dearer = Item {
        price: Money::from_minor(350, Currency::Eur),
        ..tea.clone()
    };
    let mut bad_cake = serde_json::to_value(cake).expect("JSON");
    bad_cake["price"]["minor"] = json!(-5);
    let hash = "$argon2id$v=19$m=4194304,t=1000,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let shared = document(json!({
        "items": { "local": false, "list": [dearer, bad_cake, "no item"] },
        "taxes": {
            "local": "perhaps",
            "tax_rates": [{ "name": "USt", "rate": 1900 }, { "name": "", "rate": 700 }],
            "default_tax": 500,
        },
        "cashiers": {
            "people": [
                { "name": "Anna", "role": "owner", "pin": hash },
                { "name": "Boris", "role": "supervisor" },
                { "name": "Boris", "role": "owner" },
                { "name": "PIN" },
                { "role": "owner" },
            ],
            "rights": { "cashier": ["fly"], "supervisor": [] },
            "free_discount": 500,
        },
        "texts": { "name": "x".repeat(401), "address": 7, "footer": "Thank you" },
    }));
    let (read, wrong) = read(&shared, &own);
    assert_eq!(
        refused(&wrong),
        [
            ("items", "Cake"),
            ("items", "3"),
            ("taxes", "local"),
            ("taxes", "tax_rates"),
            ("taxes", "default_tax"),
            ("cashiers", "Anna"),
            ("cashiers", "Boris"),
            ("cashiers", "PIN"),
            ("cashiers", "5"),
            ("cashiers", "staff.rights"),
            ("texts", "shop.name"),
            ("texts", "shop.address"),
        ]
    );
    assert_eq!(read.items.expect("shared").list, [dearer, cake.clone()]);
    let taxes = read.taxes.expect("shared");
    assert!(!taxes.local, "a switch that cannot be read is off");
    assert_eq!(taxes.tax_rates.len(), 1);
    assert_eq!(taxes.default_tax, None, "the till's own rate is gone");
    let cashiers = read.cashiers.expect("shared");
    assert_eq!(cashiers.people[0], own.people[0], "her PIN as it was");
    assert_eq!(cashiers.people[1].role, Role::Supervisor);
    assert_eq!(cashiers.people.len(), 2);
    assert_eq!(cashiers.staff.rights, own.settings.staff.rights);
    assert_eq!(cashiers.staff.free_discount, BasisPoints(500));
    let texts = read.texts.expect("shared");
    assert_eq!(texts.shop.name.as_deref(), Some("Own name"));
    assert_eq!(texts.shop.footer.as_deref(), Some("Thank you"));
}

#[test]
fn an_office_gives_nobody_the_right_to_the_key_and_takes_it_from_nobody() {
    let mut own = own();
    own.settings.staff.rights.supervisor = vec![Right::Key];
    let shared = document(json!({ "cashiers": {
        "people": [],
        "rights": { "cashier": ["key", "refund"], "supervisor": [] },
        "free_discount": 0,
    } }));
    let (read, wrong) = read(&shared, &own);
    assert_eq!(wrong, []);
    let rights = read.cashiers.expect("shared").staff.rights;
    assert_eq!(rights.cashier, [Right::Refund]);
    assert_eq!(rights.supervisor, [Right::Key]);
}

#[test]
fn nothing_outside_the_four_sections_is_read() {
    let own = own();
    let shared = document(json!({
        "webhook": "https://evil.example/", "api_url": "https://evil.example/", "key": "K",
        "printing": { "printer": { "kind": "device", "path": "/dev/sda" } },
        "texts": { "name": "Shop", "webhook": "https://evil.example/", "currency": "RUB" },
        "taxes": { "tax_rates": [], "default_tax": null, "kiosk": { "self_service": true } },
        "cashiers": { "people": [], "backup_folder": "/", "printing": { "drawer": true },
            "rights": { "cashier": [], "supervisor": [] }, "free_discount": 0 },
    }));
    let (read, wrong) = read(&shared, &own);
    assert_eq!(wrong, []);
    let text = read.to_document().canonical();
    for strange in ["evil", "/dev/sda", "RUB", "self_service", "backup_folder"] {
        assert!(!text.contains(strange), "{text}");
    }
}

#[test]
fn a_barcode_of_the_tills_own_item_takes_none_from_a_shared_one() {
    let mut mine = item("Old tea", 200);
    mine.barcode = Some("12345678".into());
    let mut broken = serde_json::to_value(&mine).expect("JSON");
    broken["price"]["minor"] = json!(0);
    let mut new = item("New tea", 300);
    new.barcode = Some("12345678".into());
    let own = Own {
        items: vec![mine],
        ..Own::default()
    };
    let shared = document(json!({ "items": { "list": [broken, new] } }));
    let (read, wrong) = read(&shared, &own);
    assert_eq!(refused(&wrong), [("items", "Old tea")]);
    assert_eq!(read.items.expect("shared").list, [new]);
}

#[test]
fn more_items_than_a_till_lists_are_refused_by_number() {
    let many: Vec<_> = (0..501).map(|_| item("Tea", 300)).collect();
    let shared = document(json!({ "items": { "list": many } }));
    let (read, wrong) = read(&shared, &Own::default());
    assert_eq!(
        (read.items.expect("shared").list.len(), wrong.len()),
        (500, 1)
    );
}

proptest! {
    /// The office and a till change a section in any order, with the switch on and off: a digest for each state.
    #[test]
    fn a_change_stands_until_the_office_changes_the_same_section(
        steps in proptest::collection::vec((0_u8..4, 0_u8..4), 1..40)
    ) {
        let text = |state: u8| state.to_string();
        let (mut office, mut local, mut taken, mut till) = (0_u8, false, None::<String>, 9_u8);
        // What the till has to have: the office's, or its own change since it took that.
        let mut expected = 9_u8;
        for (what, value) in steps {
            match what {
                0 => office = value,
                1 => local = value % 2 == 0,
                2 => {
                    till = value + 10;
                    expected = till;
                }
                _ => {
                    let offered = text(office);
                    let is_new = taken.as_deref() != Some(offered.as_str());
                    if decide(&offered, taken.as_deref(), local, till != office) == Decision::Take {
                        till = office;
                    }
                    taken = Some(offered);
                    if is_new || !local {
                        expected = office;
                    }
                    prop_assert_eq!(till, expected);
                    // Once more changes nothing: a till that ends in between simply does it again.
                    prop_assert_eq!(
                        decide(&text(office), taken.as_deref(), local, till != office),
                        Decision::Keep
                    );
                }
            }
        }
    }

    #[test]
    fn whatever_comes_is_read_without_a_panic_and_says_what_the_till_can_have(
        text in "\\PC{0,60}", number in any::<i64>(), pick in 0_usize..7
    ) {
        let value = match pick {
            0 => Value::Null,
            1 => json!(text),
            2 => json!(number),
            3 => json!([text, number]),
            4 => json!({ "name": text, "role": text, "pin": text, "id": text }),
            5 => json!([{ "name": text, "rate": number, "price": { "minor": number, "currency": text } }]),
            _ => json!([[text]]),
        };
        let shared = document(json!({
            "items": { "list": value }, "taxes": { "tax_rates": value, "default_tax": value },
            "cashiers": { "people": value, "rights": value, "free_discount": value },
            "texts": { "name": value, "address": value, "tax_id": value, "footer": value },
        }));
        let own = own();
        let (read, _) = read(&shared, &own);
        prop_assert!(read.validate().is_ok(), "{:?}", read.validate());
    }

    /// Reading is done once: what a till has after it, it would not change again.
    #[test]
    fn what_was_read_is_read_the_same_again(prices in proptest::collection::vec(-2_i64..1_000, 0..8)) {
        let list: Vec<_> = prices.iter().map(|minor| item("Tea", *minor)).collect();
        let shared = document(json!({ "items": { "list": list } }));
        let (first, _) = read(&shared, &own());
        let mut then = own();
        then.items = first.items.clone().expect("shared").list;
        prop_assert_eq!(read(&shared, &then).0, first);
    }
}
