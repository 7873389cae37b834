//! The settings that a shop shares between its tills: versions on both databases, what a till may ask and say, and the owner's
//! pages that change them.

use ringup_core::ids::TillId;
use ringup_core::items::Item;
use ringup_core::money::{BasisPoints, Currency, Money};
use ringup_core::office::OfficeError;
use ringup_core::settings::{Shop, TaxRate};
use ringup_core::shared_settings::{
    Refused, Section, SettingsReport, SharedCashiers, SharedItems, SharedSettings, SharedTaxes,
    SharedTexts,
};
use ringup_core::staff::{Role, SharedPerson};
use ringup_office::store::{Edit, NewVersion, ShareError, Store, TokenError, VERSIONS_KEPT};
use secrecy::SecretString;
use serde_json::json;

use office_tests::visitor::send;
use office_tests::{RunningOffice, TestTill, Visitor};

use crate::book::{NOW, on_both, paired};

const ANNA: &str = "Anna";
const HERS: &str = "correct horse battery";

fn item(name: &str, minor: i64) -> Item {
    Item::new(name, Money::from_minor(minor, Currency::Eur))
}

/// A shop that shares two items.
fn two_items() -> SharedSettings {
    SharedSettings {
        items: Some(SharedItems {
            local: false,
            list: vec![item("Tea", 300), item("Cake", 420)],
        }),
        ..SharedSettings::default()
    }
}

/// A shop that shares something of everything, and tills that say what they have of it.
pub(crate) async fn with_settings(office: &RunningOffice) {
    let mut anna = SharedPerson::new("Anna Müller", Role::Owner);
    anna.set_pin(&SecretString::from("4711")).unwrap();
    let mut settings = two_items();
    settings.items.as_mut().unwrap().list[1].sold_out = true;
    settings.taxes = Some(SharedTaxes {
        local: true,
        tax_rates: vec![TaxRate {
            name: "MwSt.".to_owned(),
            rate: BasisPoints(1_900),
        }],
        default_tax: Some(BasisPoints(1_900)),
    });
    settings.cashiers = Some(SharedCashiers {
        people: vec![anna, SharedPerson::new("Boris", Role::Cashier)],
        ..SharedCashiers::default()
    });
    settings.texts = Some(SharedTexts {
        local: false,
        shop: Shop {
            name: Some("Café am Markt".to_owned()),
            footer: Some("Danke!\nBis bald".to_owned()),
            ..Shop::default()
        },
    });
    office.share(&two_items()).await;
    office.share(&settings).await;
    let till = TestTill::new();
    let (token, _) = office.pair(till.id()).await;
    let report = SettingsReport {
        number: 1,
        refused: vec![Refused {
            section: Section::Items,
            field: "Cake".to_owned(),
            problem: "the price must be above zero".to_owned(),
        }],
        changed: vec![Section::Taxes],
    };
    office
        .client()
        .report_settings(&token, &report)
        .await
        .unwrap();
    let offered = two_items().to_document();
    office.client().offer(&token, &offered).await.unwrap();
}

async fn share(store: &Store, seen: u64, settings: &SharedSettings) -> Result<u64, ShareError> {
    let new = NewVersion {
        seen,
        settings,
        by: ANNA,
        edit: Edit::ItemChanged,
        about: "Tea",
    };
    store.share(new, NOW).await
}

fn priced(minor: i64) -> SharedSettings {
    let mut settings = two_items();
    settings.items.as_mut().unwrap().list[0].price = Money::from_minor(minor, Currency::Eur);
    settings
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn versions_follow_one_another_and_keep_what_they_say() {
    on_both(async |store: &Store| {
        assert_eq!(store.shared_number().await, Ok(0));
        assert_eq!(store.shared_version(None).await, Ok(None));
        let first = two_items();
        assert_eq!(share(store, 0, &first).await, Ok(1));
        // The same once more is no change.
        assert_eq!(share(store, 1, &first).await, Ok(1));
        let second = priced(350);
        assert_eq!(share(store, 1, &second).await, Ok(2));
        assert_eq!(share(store, 1, &first).await, Err(ShareError::Moved(2)));
        assert_eq!(share(store, 3, &first).await, Err(ShareError::Moved(2)));
        let newest = store.shared_version(None).await.unwrap().unwrap();
        assert_eq!((newest.row.number, newest.settings()), (2, second));
        assert_eq!(newest.document.digest(), newest.row.digest);
        let old = store.shared_version(Some(1)).await.unwrap().unwrap();
        assert_eq!(old.settings(), first);
        assert_eq!(store.shared_version(Some(7)).await, Ok(None));
        // Nothing that a till would refuse becomes a version.
        let refused = share(store, 2, &priced(0)).await;
        assert!(
            matches!(refused, Err(ShareError::Refused(_))),
            "{refused:?}"
        );
        assert_eq!(store.shared_number().await, Ok(2));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_who_change_at_once_one_does_and_the_others_are_told() {
    on_both(async |store: &Store| {
        share(store, 0, &two_items()).await.unwrap();
        for round in 1..5_u64 {
            let calls = (1..=6_i64).map(|price| {
                let store = store.clone();
                let price = price * 10 + i64::try_from(round).unwrap() * 1_000;
                tokio::spawn(async move { share(&store, round, &priced(price)).await })
            });
            let mut made = 0;
            for call in calls.collect::<Vec<_>>() {
                match call.await.unwrap() {
                    Ok(number) => {
                        assert_eq!(number, round + 1);
                        made += 1;
                    }
                    Err(error) => assert_eq!(error, ShareError::Moved(round + 1)),
                }
            }
            assert_eq!(made, 1);
        }
        let numbers: Vec<_> = store.shared_history().await.unwrap();
        let numbers: Vec<_> = numbers.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [5, 4, 3, 2, 1]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn old_versions_go_and_the_newest_stay() {
    let office = RunningOffice::start().await;
    for number in 0..VERSIONS_KEPT + 2 {
        let price = i64::try_from(number).unwrap() + 1;
        share(&office.store, number, &priced(price)).await.unwrap();
    }
    let kept = office.store.shared_history().await.unwrap();
    assert_eq!(u64::try_from(kept.len()).unwrap(), VERSIONS_KEPT);
    assert_eq!(kept[0].number, VERSIONS_KEPT + 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_tills_say_is_kept_by_till_and_bounded() {
    on_both(async |store: &Store| {
        let (one, other) = (TillId::new(), TillId::new());
        let (token, others) = (paired(store, one).await, paired(store, other).await);
        let refused = Refused {
            section: Section::Texts,
            field: "x".repeat(10_000),
            problem: "a\nb".to_owned(),
        };
        let report = SettingsReport {
            number: 7,
            refused: vec![refused; 1_000],
            changed: vec![Section::Items; 9],
        };
        store
            .settings_taken(&token, report, NOW)
            .await
            .unwrap()
            .unwrap();
        let small = SettingsReport {
            number: 8,
            ..SettingsReport::default()
        };
        store
            .settings_taken(&others, small, NOW)
            .await
            .unwrap()
            .unwrap();
        let tills = store.tills().await.unwrap();
        let of = |till: TillId| {
            let row = tills.iter().find(|row| row.till == till.to_string());
            row.unwrap().settings.clone().unwrap()
        };
        let said = of(one);
        assert_eq!((said.number, said.refused.len()), (7, 50));
        assert_eq!(said.changed, [Section::Items]);
        assert_eq!(said.refused[0].problem, "ab");
        assert!(said.refused[0].field.len() <= 120);
        assert_eq!(of(other).number, 8);
        store
            .settings_offered(&token, &two_items().to_document(), NOW)
            .await
            .unwrap()
            .unwrap();
        let offers = store.settings_offers().await.unwrap();
        assert_eq!(offers.len(), 1);
        store.revoke(one, NOW).await.unwrap();
        let gone = store
            .settings_taken(&token, SettingsReport::default(), NOW)
            .await
            .unwrap();
        assert_eq!(gone, Err(TokenError::Revoked));
        let gone = store
            .settings_offered(&token, &two_items().to_document(), NOW)
            .await
            .unwrap();
        assert_eq!(gone, Err(TokenError::Revoked));
        store.forget_offer(one).await.unwrap();
        assert_eq!(store.settings_offers().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_asks_by_its_token_and_gets_the_whole_or_nothing_new() {
    let office = RunningOffice::start().await;
    let till = TestTill::new();
    let (token, key) = office.pair(till.id()).await;
    let client = office.client();
    let none = client.settings(&token, None).await.unwrap().unwrap();
    assert_eq!(
        (none.number, none.settings.canonical()),
        (0, "{}".to_owned())
    );
    with_settings(&office).await;
    // The number comes with what is asked anyway.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    client.head(&token, till.id(), &key).await.unwrap();
    assert_eq!(client.announced(), Some(2));
    let version = client.settings(&token, None).await.unwrap().unwrap();
    assert_eq!(version.number, 2);
    assert_eq!(version.digest, version.settings.digest());
    let tag = ringup_core::shared_settings::SettingsVersion::tag(2, &version.digest);
    assert_eq!(client.settings(&token, Some(&tag)).await, Ok(None));
    assert!(
        client
            .settings(&token, Some("\"1-x\""))
            .await
            .unwrap()
            .is_some()
    );
    // PINs' hashes are for tills of the shop alone.
    for stranger in ["", "Authorization: Bearer nonsense\r\n"] {
        let address = office.address;
        let request = format!(
            "GET /v1/settings HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{stranger}\r\n"
        );
        let answer = send(address, request.as_bytes()).await;
        assert_eq!(answer.status, 401);
        assert!(!answer.body.contains("argon2") && answer.header("ringup-settings").is_empty());
    }
    office.store.revoke(till.id(), NOW).await.unwrap();
    let refused = client.settings(&token, None).await;
    assert!(matches!(refused, Err(OfficeError::Refused(it)) if it.code == "token_revoked"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_that_is_too_large_or_wrong_is_refused() {
    let office = RunningOffice::start().await;
    let (token, _) = office.pair(TillId::new()).await;
    let client = office.client();
    let offer = |value: serde_json::Value| serde_json::from_value(value).unwrap();
    let large = offer(json!({ "texts": { "name": "x".repeat(5 * 1024 * 1024) } }));
    let code = |answer| match answer {
        Err(OfficeError::Refused(refusal)) => refusal.code,
        other => format!("{other:?}"),
    };
    assert_eq!(code(client.offer(&token, &large).await), "too_large");
    let wrong = offer(json!({ "items": { "list": [{ "name": "Tea" }] } }));
    assert_eq!(code(client.offer(&token, &wrong).await), "settings_invalid");
    assert_eq!(office.store.settings_offers().await.unwrap(), []);
}

async fn signed_in(office: &RunningOffice) -> Visitor {
    office.add_owner(ANNA, HERS).await;
    office.signed_in(ANNA, HERS).await
}

async fn newest(office: &RunningOffice) -> (u64, SharedSettings) {
    let version = office.store.shared_version(None).await.unwrap().unwrap();
    (version.row.number, version.settings())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_adds_changes_and_removes_items() {
    let office = RunningOffice::start().await;
    let mut owner = signed_in(&office).await;
    owner.get("/settings/items/new").await;
    let tea = [
        ("seen", "0"),
        ("name", " Tea "),
        ("price", "3,50"),
        ("currency", "EUR"),
        ("category", "Drinks"),
        ("tax", "19"),
        ("barcode", "4006381333931"),
        ("sold", "each"),
    ];
    assert_eq!(owner.post("/settings/items/new", &tea).await.status, 303);
    let (number, settings) = newest(&office).await;
    let items = settings.items.unwrap().list;
    assert_eq!(
        (number, items[0].name.as_str(), items[0].price.minor()),
        (1, "Tea", 350)
    );
    assert_eq!(items[0].tax, Some(BasisPoints(1_900)));
    let path = format!("/settings/items/{}", items[0].id);
    assert!(owner.get(&path).await.body.contains("value=\"3.50\""));
    // Each wrong field is told, and what was typed stays.
    for (field, value, code) in [
        ("price", "1.000", "price"),
        ("name", " ", "name"),
        ("tax", "200", "tax"),
        ("barcode", "12", "barcode"),
        ("currency", "GBP", "currency"),
    ] {
        let mut fields = tea.to_vec();
        fields.retain(|(name, _)| *name != field && *name != "seen");
        fields.extend([(field, value), ("seen", "1")]);
        let answer = owner.post(&path, &fields).await;
        assert_eq!(
            (
                answer.status,
                answer.after("data-testid=\"wrong\" data-code=\"")
            ),
            (422, code)
        );
        assert_eq!(office.store.shared_number().await, Ok(1));
    }
    let mut dearer = tea.to_vec();
    dearer[0] = ("seen", "1");
    dearer[2] = ("price", "4.00");
    dearer.push(("sold_out", "yes"));
    assert_eq!(owner.post(&path, &dearer).await.status, 303);
    // Somebody who has seen version 1 alone is told, and nothing is lost.
    let answer = owner
        .post(
            &path,
            &tea.map(|(name, value)| (name, if name == "seen" { "1" } else { value })),
        )
        .await;
    assert_eq!(
        (answer.status, answer.after("data-code=\"")),
        (409, "shared-moved")
    );
    let (number, settings) = newest(&office).await;
    let item = settings.items.unwrap().list.remove(0);
    assert_eq!((number, item.price.minor(), item.sold_out), (2, 400, true));
    // Found by a part of its category; not by another word.
    assert!(
        owner
            .get("/settings/items?search=drink")
            .await
            .body
            .contains("data-name=\"Tea\"")
    );
    assert!(
        !owner
            .get("/settings/items?search=cake")
            .await
            .body
            .contains("data-name=\"Tea\"")
    );
    let csv = owner.get("/settings/items/csv").await;
    assert!(
        csv.body.contains("Tea,4.00,EUR,19.00,4006381333931"),
        "{}",
        csv.body
    );
    assert_eq!(
        owner
            .post(&format!("{path}/remove"), &[("seen", "2")])
            .await
            .status,
        303
    );
    assert_eq!(newest(&office).await.1.items.unwrap().list, []);
    assert_eq!(owner.get(&path).await.status, 404);
    // And back again.
    assert_eq!(
        owner
            .post("/settings/history/2", &[("seen", "3")])
            .await
            .status,
        303
    );
    let (number, settings) = newest(&office).await;
    assert_eq!((number, settings.items.unwrap().list.len()), (4, 1));
    let acts: Vec<_> = office.store.audit(None).await.unwrap();
    let told = acts
        .iter()
        .filter(|row| row.act == "settings_shared")
        .count();
    assert!(told >= 4, "{told}");
    // Without the form's token nothing changes.
    owner.token.clear();
    let answer = owner
        .post(&format!("{path}/remove"), &[("seen", "4")])
        .await;
    assert_eq!(answer.status, 403);
    assert_eq!(office.store.shared_number().await, Ok(4));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_items_is_shown_before_it_is_taken() {
    let office = RunningOffice::start().await;
    office.share(&two_items()).await;
    let mut owner = signed_in(&office).await;
    owner.get("/settings/items/import").await;
    let mut csv = "name;price\nTea;3.20\nBread;1.000\n".to_owned();
    for number in 0..300 {
        csv.push_str(&format!(
            "Thing {number} {};1.50\n",
            "long name ".repeat(3).trim()
        ));
    }
    assert!(csv.len() > 8_000);
    let look = [("seen", "1"), ("what", "look"), ("csv", csv.as_str())];
    let answer = owner.post("/settings/items/import", &look).await;
    let counts = ["data-added=\"", "data-changed=\"", "data-refused=\""]
        .map(|it| answer.after(it).to_owned());
    assert_eq!(
        (answer.status, counts),
        (200, ["300", "1", "1"].map(str::to_owned))
    );
    assert_eq!(office.store.shared_number().await, Ok(1));
    let take = [("seen", "1"), ("what", "take"), ("csv", csv.as_str())];
    assert_eq!(
        owner.post("/settings/items/import", &take).await.status,
        303
    );
    let items = newest(&office).await.1.items.unwrap().list;
    assert_eq!((items.len(), items[0].price.minor()), (302, 320));
    let none = [("seen", "2"), ("what", "look"), ("csv", "no table")];
    let answer = owner.post("/settings/items/import", &none).await;
    assert_eq!(
        (answer.status, answer.after("data-code=\"")),
        (422, "columns")
    );
    // A stranger may not send as much.
    let mut stranger = Visitor::new(office.address);
    stranger.get("/sign-in").await;
    let large = "x".repeat(100_000);
    let answer = stranger
        .post("/settings/items/import", &[("csv", &large)])
        .await;
    assert_eq!(answer.status, 413);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_changes_texts_taxes_cashiers_and_switches() {
    let office = RunningOffice::start().await;
    let mut owner = signed_in(&office).await;
    owner.get("/settings/texts").await;
    let texts = [
        ("seen", "0"),
        ("name", "Café"),
        ("address", "Street 1\r\nTown"),
        ("tax_id", ""),
        ("footer", "<b>"),
    ];
    assert_eq!(owner.post("/settings/texts", &texts).await.status, 303);
    let taxes = [
        ("seen", "1"),
        ("name0", "MwSt."),
        ("rate0", "19"),
        ("name1", "MwSt."),
        ("rate1", "7,0"),
        ("default", "1"),
    ];
    assert_eq!(owner.post("/settings/taxes", &taxes).await.status, 303);
    let answer = owner
        .post(
            "/settings/taxes",
            &[("seen", "2"), ("name0", "MwSt."), ("rate0", "x")],
        )
        .await;
    assert_eq!(
        (answer.status, answer.after("data-code=\"")),
        (422, "settings-problem-taxes")
    );
    let anna = [
        ("seen", "2"),
        ("name", "Anna M"),
        ("role", "owner"),
        ("pin", "4711"),
    ];
    assert_eq!(owner.post("/settings/cashiers", &anna).await.status, 303);
    let short = [
        ("seen", "3"),
        ("name", "Boris"),
        ("role", "cashier"),
        ("pin", "12"),
    ];
    assert_eq!(owner.post("/settings/cashiers", &short).await.status, 422);
    let twice = [
        ("seen", "3"),
        ("name", "Anna M"),
        ("role", "cashier"),
        ("pin", ""),
    ];
    assert_eq!(owner.post("/settings/cashiers", &twice).await.status, 422);
    let boris = [
        ("seen", "3"),
        ("name", "Boris"),
        ("role", "cashier"),
        ("pin", ""),
    ];
    assert_eq!(owner.post("/settings/cashiers", &boris).await.status, 303);
    let raised = [
        ("seen", "4"),
        ("what", "save"),
        ("role", "supervisor"),
        ("pin", ""),
    ];
    assert_eq!(
        owner
            .post("/settings/cashiers/Anna%20M", &raised)
            .await
            .status,
        303
    );
    let (number, settings) = newest(&office).await;
    assert_eq!(number, 5);
    let people = settings.cashiers.clone().unwrap().people;
    assert_eq!(
        (people[0].role, people[0].has_pin()),
        (Role::Supervisor, true)
    );
    assert_eq!(
        settings.taxes.clone().unwrap().default_tax,
        Some(BasisPoints(700))
    );
    assert_eq!(
        settings.texts.clone().unwrap().shop.address.as_deref(),
        Some("Street 1\nTown")
    );
    assert_eq!(
        settings.items, None,
        "what nobody shares stays each till's own"
    );
    for path in [
        "/settings",
        "/settings/cashiers",
        "/settings/cashiers/Anna%20M",
        "/settings/texts",
    ] {
        let body = owner.get(path).await.body;
        assert!(!body.contains("argon2") && !body.contains("<b>"), "{path}");
    }
    assert_eq!(
        owner
            .post("/settings/local", &[("seen", "5"), ("taxes", "yes")])
            .await
            .status,
        303
    );
    let settings = newest(&office).await.1;
    let local = [Section::Taxes, Section::Texts, Section::Items].map(|it| settings.is_local(it));
    assert_eq!(local, [Some(true), Some(false), None]);
    assert_eq!(
        owner
            .post(
                "/settings/cashiers/Boris",
                &[("seen", "6"), ("what", "remove")]
            )
            .await
            .status,
        303
    );
    assert_eq!(newest(&office).await.1.cashiers.unwrap().people.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_till_offers_counts_once_an_owner_takes_it() {
    let office = RunningOffice::start().await;
    let till = TestTill::new();
    let (token, _) = office.pair(till.id()).await;
    let offered = two_items();
    office
        .client()
        .offer(&token, &offered.to_document())
        .await
        .unwrap();
    assert_eq!(office.store.shared_number().await, Ok(0), "it is an offer");
    let mut owner = signed_in(&office).await;
    assert!(
        owner
            .get("/settings")
            .await
            .body
            .contains("data-testid=\"offer\"")
    );
    let path = format!("/settings/offers/{}", till.id());
    let take = [("seen", "0"), ("what", "take"), ("items", "yes")];
    assert_eq!(owner.post(&path, &take).await.status, 303);
    assert_eq!(newest(&office).await, (1, offered));
    assert_eq!(owner.post(&path, &take).await.status, 404);
}
