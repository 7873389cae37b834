//! A till takes over what its shop's office shares: the real program, its real files, real HTTPS.

use serde_json::{Value, json};
use tokio::runtime::Runtime;

use office_tests::{RunningOffice, TillSettings};
use ringup_core::items::Item;
use ringup_core::money::{BasisPoints, Currency, Money};
use ringup_core::settings::{Shop, TaxRate};
use ringup_core::shared_settings::{
    SharedCashiers, SharedItems, SharedSettings, SharedTaxes, SharedTexts,
};
use ringup_core::staff::{Role, SharedPerson};
use ringup_testkit::{Counter, Program, wait_until};
use secrecy::SecretString;

/// An office with a till that is paired with it.
struct PairedTill {
    runtime: Runtime,
    office: RunningOffice,
    till: Counter,
}

impl PairedTill {
    fn open() -> Self {
        let runtime = Runtime::new().unwrap();
        let office = runtime.block_on(RunningOffice::start());
        let till = Counter::open();
        let shop = Self {
            runtime,
            office,
            till,
        };
        let code = shop.runtime.block_on(shop.office.code("Stall 1")).reveal();
        shop.till.text(["office", "pair", &code]);
        shop
    }

    fn share(&self, settings: &SharedSettings) -> u64 {
        self.runtime.block_on(self.office.share(settings))
    }

    fn force(&self, settings: Value) -> u64 {
        self.runtime.block_on(self.office.force_settings(settings))
    }

    /// Takes over what there is.
    fn take(&self) -> Value {
        self.till.json(["office", "settings", "--json"])
    }

    fn file(&self, name: &str) -> Value {
        let path = self.till.desktop.data_dir().join(name);
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    }

    fn write(&self, name: &str, content: &Value) {
        let path = self.till.desktop.data_dir().join(name);
        std::fs::write(path, content.to_string()).unwrap();
    }

    /// The names and prices of the till's items.
    fn items(&self) -> Vec<(String, i64)> {
        let items = self.file("items.json");
        let items = items["items"].as_array().unwrap().iter();
        items
            .map(|it| {
                let price = it["price_minor"].as_i64().unwrap();
                (it["name"].as_str().unwrap().to_owned(), price)
            })
            .collect()
    }

    fn reported(&self) -> TillSettings {
        let said = self.runtime.block_on(self.office.store.till_settings());
        said.unwrap().remove(0)
    }

    /// The technical entries of this kind.
    fn entries(&self, kind: &str) -> Vec<Value> {
        let sql = format!("SELECT body FROM entry WHERE body ->> '$.kind' = '{kind}' ORDER BY seq");
        let rows = self.till.query_journal(&sql);
        rows.lines()
            .map(|row| serde_json::from_str(row).unwrap())
            .collect()
    }
}

fn item(name: &str, minor: i64) -> Item {
    Item::new(name, Money::from_minor(minor, Currency::Eur))
}

fn of_items(list: Vec<Item>, local: bool) -> SharedSettings {
    SharedSettings {
        items: Some(SharedItems { local, list }),
        ..SharedSettings::default()
    }
}

fn whole() -> SharedSettings {
    let mut olga = SharedPerson::new("Olga", Role::Owner);
    olga.set_pin(&SecretString::from("4711")).unwrap();
    SharedSettings {
        taxes: Some(SharedTaxes {
            local: false,
            tax_rates: vec![TaxRate {
                name: "MwSt.".to_owned(),
                rate: BasisPoints(1_900),
            }],
            default_tax: Some(BasisPoints(1_900)),
        }),
        cashiers: Some(SharedCashiers {
            people: vec![olga, SharedPerson::new("Piet", Role::Cashier)],
            ..SharedCashiers::default()
        }),
        texts: Some(SharedTexts {
            local: false,
            shop: Shop {
                name: Some("Café am Markt".to_owned()),
                ..Shop::default()
            },
        }),
        ..of_items(vec![item("Tea", 300), item("Cake", 420)], false)
    }
}

#[test]
fn a_till_takes_over_everything_that_is_shared_and_says_so() {
    let shop = PairedTill::open();
    assert_eq!(shop.take()["number"], 0);
    assert_eq!(shop.share(&whole()), 1);
    let status = shop.take();
    assert_eq!(
        (&status["number"], &status["refused"]),
        (&json!(1), &json!([]))
    );
    assert_eq!(
        shop.items(),
        [("Tea".to_owned(), 300), ("Cake".to_owned(), 420)]
    );
    let settings = shop.file("settings.json");
    assert_eq!(settings["shop"]["name"], "Café am Markt");
    assert_eq!(settings["tax_rates"][0]["rate"], 1900);
    assert_eq!(settings["cashiers"], json!(["Olga", "Piet"]));
    assert!(
        shop.till
            .text(["staff", "list"])
            .contains("Olga\towner\tpin")
    );
    // What is sold from then on has the shop's name and tax on its paper.
    shop.till.sell();
    let receipt = shop.till.text(["receipt", "1"]);
    assert!(
        receipt.contains("Café am Markt") && receipt.contains("19"),
        "{receipt}"
    );
    let said = shop.reported();
    assert_eq!(
        (said.number, said.refused.len(), said.changed.len()),
        (1, 0, 0)
    );
    // The journal says what changed, from where, and about whom.
    let changed = shop.entries("settings_changed");
    let last = changed.last().unwrap();
    assert_eq!(last["shared"], 1);
    for field in ["items", "tax_rates", "default_tax", "cashiers", "shop.name"] {
        assert!(
            last["fields"].as_array().unwrap().contains(&json!(field)),
            "{last}"
        );
    }
    let staff = shop.entries("staff_changed");
    assert_eq!(
        (&staff[0]["cashier"], &staff[0]["role"]),
        (&json!("Olga"), &json!("owner"))
    );
    // Once more changes nothing, and writes nothing.
    shop.take();
    assert_eq!(shop.entries("settings_changed").len(), changed.len());
    shop.till.text(["office", "send"]);
    shop.till.assert_whole();
}

#[test]
fn a_till_that_was_away_over_three_versions_takes_the_newest_and_sells_meanwhile() {
    let shop = PairedTill::open();
    let tea = item("Tea", 300);
    let priced = |minor| {
        let price = Money::from_minor(minor, Currency::Eur);
        of_items(
            vec![Item {
                price,
                ..tea.clone()
            }],
            false,
        )
    };
    shop.share(&priced(300));
    shop.take();
    let open = shop.till.open_sale();
    for minor in [310, 320, 330] {
        shop.share(&priced(minor));
        shop.till.sell();
        assert_eq!(shop.items(), [("Tea".to_owned(), 300)]);
    }
    assert_eq!(shop.take()["number"], 4);
    assert_eq!(shop.items(), [("Tea".to_owned(), 330)]);
    assert_eq!(shop.reported().number, 4);
    let sales = shop.till.text(["sales", "--json"]);
    let same = sales
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let same = same.filter(|sale| sale["number"] == open["number"]);
    assert!(
        same.map(|sale| sale["amount"].clone())
            .eq([open["amount"].clone()])
    );
}

#[test]
fn one_bad_value_in_each_section_costs_itself_and_is_told_at_both_ends() {
    let shop = PairedTill::open();
    shop.share(&whole());
    shop.take();
    let before = shop.file("staff.json");
    let settings = shop.file("settings.json");
    let mut whole = serde_json::to_value(whole()).unwrap();
    whole["items"]["list"][0]["price"]["minor"] = json!(350);
    whole["items"]["list"][1]["price"]["minor"] = json!(-1);
    whole["taxes"]["default_tax"] = json!(1);
    whole["cashiers"]["people"][0]["pin"] = json!("1234");
    whole["cashiers"]["people"][1]["role"] = json!("supervisor");
    whole["texts"]["name"] = json!("x".repeat(1_000));
    whole["texts"]["footer"] = json!("Danke");
    // And what no office may set.
    whole["texts"]["webhook"] = json!("https://evil.example/");
    whole["printing"] = json!({ "printer": { "kind": "device", "path": "/dev/sda" } });
    whole["key"] = json!("evil");
    shop.force(whole);
    let status = shop.take();
    let refused: Vec<_> = status["refused"].as_array().unwrap().iter().collect();
    let told: Vec<_> = refused
        .iter()
        .map(|it| {
            (
                it["section"].as_str().unwrap(),
                it["field"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("items", "Cake"),
            ("taxes", "default_tax"),
            ("cashiers", "Olga"),
            ("texts", "shop.name"),
        ]
    );
    assert_eq!(shop.items()[0], ("Tea".to_owned(), 350));
    let now = shop.file("settings.json");
    assert_eq!(now["shop"]["name"], "Café am Markt");
    assert_eq!(now["shop"]["footer"], "Danke");
    let staff = shop.file("staff.json");
    assert_eq!(staff["people"][0]["pin"], before["people"][0]["pin"]);
    assert_eq!(staff["people"][1]["role"], "supervisor");
    for untouched in ["webhook", "printing", "currency", "kiosk", "backup_folder"] {
        assert_eq!(now[untouched], settings[untouched], "{untouched}");
    }
    assert_eq!(shop.reported().refused.len(), 4);
    shop.till.sell();
    shop.till.assert_whole();
}

#[test]
fn a_list_of_cashiers_that_would_shut_everybody_out_is_not_taken() {
    let shop = PairedTill::open();
    shop.share(&whole());
    shop.take();
    let before = shop.file("staff.json");
    let mut shut = whole();
    let mut piet = SharedPerson::new("Piet", Role::Cashier);
    piet.set_pin(&SecretString::from("1111")).unwrap();
    shut.cashiers.as_mut().unwrap().people = vec![piet];
    shut.items.as_mut().unwrap().list[0].price = Money::from_minor(310, Currency::Eur);
    shop.share(&shut);
    let status = shop.take();
    assert_eq!(status["refused"][0]["section"], "cashiers");
    assert_eq!(shop.file("staff.json"), before);
    assert_eq!(shop.items()[0].1, 310, "the rest is taken");
    // Nor is a till with PINs opened to everybody.
    shut.cashiers.as_mut().unwrap().people = vec![SharedPerson::new("Olga", Role::Owner)];
    shop.share(&shut);
    assert_eq!(shop.take()["refused"][0]["section"], "cashiers");
    assert_eq!(shop.file("staff.json"), before);
}

#[test]
fn a_tills_own_change_stands_where_it_may_and_is_put_back_where_not() {
    let shop = PairedTill::open();
    let (tea, cake) = (item("Tea", 300), item("Cake", 420));
    shop.share(&of_items(vec![tea.clone(), cake.clone()], true));
    shop.take();
    let change = |minor: i64| {
        let mut items = shop.file("items.json");
        items["items"][0]["price_minor"] = json!(minor);
        shop.write("items.json", &items);
    };
    change(299);
    let status = shop.take();
    assert_eq!(
        status["sections"][0],
        json!({ "section": "items", "locked": false, "changed": true })
    );
    assert_eq!(shop.items()[0].1, 299);
    assert_eq!(shop.reported().changed.len(), 1);
    // Another section does not touch it; another version of the items does.
    let mut more = of_items(vec![tea.clone(), cake.clone()], true);
    more.texts = whole().texts;
    shop.share(&more);
    shop.take();
    assert_eq!(shop.items()[0].1, 299);
    more.items.as_mut().unwrap().list[1].price = Money::from_minor(450, Currency::Eur);
    shop.share(&more);
    shop.take();
    assert_eq!(
        shop.items(),
        [("Tea".to_owned(), 300), ("Cake".to_owned(), 450)]
    );
    // Not allowed: it is put back, and the till refuses to do it itself.
    change(299);
    more.set_local(ringup_core::shared_settings::Section::Items, false);
    shop.share(&more);
    let status = shop.take();
    assert_eq!(
        status["sections"][0],
        json!({ "section": "items", "locked": true, "changed": false })
    );
    assert_eq!(shop.items()[0].1, 300);
    change(298);
    shop.take();
    assert_eq!(shop.items()[0].1, 300);
    // It has left: its items are its own again.
    shop.till.text(["office", "leave"]);
    change(297);
    shop.till.refuses(["office", "settings"], 1, "office_none");
    assert_eq!(shop.items()[0].1, 297);
}

#[test]
fn what_was_not_finished_is_finished_at_the_next_start_without_the_office() {
    let shop = PairedTill::open();
    shop.share(&of_items(vec![item("Tea", 300)], false));
    shop.take();
    let old = shop.file("items.json");
    let mut new = whole();
    new.cashiers = None;
    shop.share(&new);
    shop.take();
    // The program was killed after it had stored the version, and before any file of its own was replaced.
    let mut taken = shop.file("shared-settings.json");
    taken["applied"] = json!(false);
    taken["sections"] = json!({ "items": "another digest" });
    shop.write("shared-settings.json", &taken);
    shop.write("items.json", &old);
    let mut settings = shop.file("settings.json");
    settings["shop"]["name"] = Value::Null;
    shop.write("settings.json", &settings);
    let PairedTill {
        runtime,
        office,
        till,
    } = shop;
    drop(office);
    let watch = Program::start(till.ringup().args(["watch", "--follow", "--json"]));
    let folder = till.desktop.data_dir();
    wait_until("it is finished", || {
        let text = std::fs::read_to_string(folder.join("shared-settings.json")).unwrap();
        text.contains("\"applied\":true")
    });
    let items = std::fs::read_to_string(folder.join("items.json")).unwrap();
    assert!(items.contains("Cake"), "{items}");
    let settings = std::fs::read_to_string(folder.join("settings.json")).unwrap();
    assert!(settings.contains("Café am Markt"), "{settings}");
    drop(watch);
    drop(runtime);
    till.assert_whole();
}

#[test]
fn a_till_that_runs_takes_over_by_itself_and_its_own_settings_become_the_shops() {
    let shop = PairedTill::open();
    shop.write("items.json", &json!({ "schema": 1, "items": [{
        "id": "00000000-0000-4000-8000-000000000001", "name": "Soup", "price_minor": 550, "currency": "EUR",
        "colour": "sand", "tax": null, "barcode": null,
    }] }));
    shop.till.text(["office", "offer-settings"]);
    let offers = shop.runtime.block_on(shop.office.store.settings_offers());
    let offered = offers.unwrap().remove(0).document;
    assert!(offered.canonical().contains("Soup"));
    let text = offered.canonical();
    for own in ["webhook", "printing", "till_code", "backup_folder", "fob"] {
        assert!(!text.contains(own), "{text}");
    }
    let watch = Program::start(shop.till.ringup().args(["watch", "--follow", "--json"]));
    shop.share(&whole());
    // A sale is sent, and the answer says that there is another version.
    shop.till.sell();
    wait_until("it is taken over", || shop.items().len() == 2);
    wait_until("the office knows", || {
        let said = shop.runtime.block_on(shop.office.store.till_settings());
        said.unwrap().first().is_some_and(|it| it.number == 1)
    });
    drop(watch);
    shop.till.assert_whole();
}
