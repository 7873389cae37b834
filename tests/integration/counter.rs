//! Items of a real counter, over real HTTP and in real files: options, weight and deposit in the journal, on the receipt,
//! in the export and in refunds; the stock; the items' file as CSV and back.

use std::sync::Arc;

use ringup_core::export::{ExportFormat, ExportRows};
use ringup_core::items::{Choose, Deposit, DepositTax, Item, ItemOption, OptionGroup, SoldBy};
use ringup_core::money::{BasisPoints, Currency, Money};
use ringup_core::sale::{Basket, Discount, Line, ReturnedLine, SaleState, Weight};
use ringup_core::settings::{Settings, TaxRate};
use ringup_core::{Charge, Export, ExportTo};
use ringup_testkit::{Shop, cash_back, euros};
use serde_json::{Value, json};

fn euro(minor: i64) -> Money {
    Money::from_minor(minor, Currency::Eur)
}

fn cola() -> Item {
    Item {
        tax: Some(BasisPoints(1900)),
        category: Some("Drinks".to_owned()),
        deposit: Some(Deposit {
            price: euro(25),
            tax: DepositTax::Own {
                rate: Some(BasisPoints(700)),
            },
        }),
        warn_at: Some(5),
        ..Item::new("Cola", euro(220))
    }
}

/// Two large coffees with oat milk, cheese by weight, three bottles of Cola: 9.40 + 8.72 + 6.60; ten percent less make
/// 22.25, and the deposits 0.75.
fn basket(cola: &Item) -> Basket {
    let named = |name: &str, quantity, unit_minor, rate| Line {
        name: Some(name.to_owned()),
        quantity,
        unit_minor,
        tax: Some(BasisPoints(rate)),
        ..Line::default()
    };
    Basket {
        lines: vec![
            Line {
                options: vec!["large".to_owned(), "oat milk".to_owned()],
                category: Some("Hot".to_owned()),
                ..named("Coffee", 2, 470, 1900)
            },
            Line {
                weight: Some(Weight {
                    grams: 350,
                    kilogram_minor: 2490,
                }),
                ..named("Cheese", 1, 872, 700)
            },
            Line {
                item: Some(cola.id),
                category: cola.category.clone(),
                ..named("Cola", 3, 220, 1900)
            },
            Line {
                category: cola.category.clone(),
                deposit: true,
                ..named("Cola", 3, 25, 700)
            },
        ],
        discount: Some(Discount::Percent {
            rate: BasisPoints(1000),
        }),
        tip_minor: 0,
    }
}

async fn shop() -> Shop {
    let shop = Shop::open().await;
    let rate = |rate| TaxRate {
        name: "VAT".to_owned(),
        rate: BasisPoints(rate),
    };
    let settings = Settings {
        language: Some("en".to_owned()),
        tax_rates: vec![rate(1900), rate(700)],
        ..Settings::default()
    };
    shop.till().save_settings(settings).unwrap();
    shop
}

async fn sell(shop: &Shop, basket: Basket, amount: &str) -> u32 {
    let charge = Charge {
        basket,
        ..euros(amount)
    };
    let sale = shop.till().charge(charge).await.unwrap();
    shop.control.pay(&sale.invoice_id.unwrap()).unwrap();
    shop.wait_for_state(sale.number, SaleState::Paid).await;
    sale.number
}

#[tokio::test]
async fn options_weight_and_deposit_are_on_the_receipt_in_the_export_and_come_back_one_by_one() {
    let shop = shop().await;
    let cola = cola();
    shop.till().save_items(vec![cola.clone()]).unwrap();
    let number = sell(&shop, basket(&cola), "23.00").await;

    let receipt = shop.till().receipt_text(number).await.unwrap();
    for (begins, ends) in [
        ("Coffee", "Coffee"),
        ("large, oat milk", "oat milk"),
        ("2 × €4.70", "€9.40"),
        ("0.350 kg × €24.90/kg", "€8.72"),
        ("Deposit Cola", "Deposit Cola"),
        ("3 × €0.25", "€0.75"),
        ("Discount 10%", "−€2.47"),
        ("TOTAL", "€23.00"),
        ("VAT 7% in €8.60", "€0.56"),
        ("VAT 19% in €14.40", "€2.30"),
    ] {
        let is_it = |row: &str| row.trim().starts_with(begins) && row.trim().ends_with(ends);
        assert!(receipt.lines().any(is_it), "{begins} {ends} in\n{receipt}");
    }

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.json");
    let everything = Export {
        format: ExportFormat::Json,
        rows: ExportRows::Sales,
        from: None,
        to: None,
    };
    let to = ExportTo::File(path.clone());
    shop.till()
        .export(everything, to, |_| (), Arc::default())
        .await
        .unwrap();
    let book: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(
        book[0]["lines"],
        json!(
            "2 x Coffee (large, oat milk) 4.70; 1 x Cheese 0.350 kg 8.72; 3 x Cola 2.20; \
             3 x Cola (deposit) 0.25"
        )
    );

    // A bottle brings its deposit back whole, the cheese what was paid for it.
    for (line, back) in [(4, 25), (2, 785)] {
        let refund = cash_back(euro(back), vec![ReturnedLine { line, quantity: 1 }]);
        shop.till().refund(number, refund).await.unwrap();
    }
    shop.assert_whole().await;
}

#[tokio::test]
async fn stock_is_counted_from_paid_sales_and_survives_a_restart() {
    let mut shop = shop().await;
    let cola = cola();
    shop.till().save_items(vec![cola.clone()]).unwrap();
    assert_eq!(shop.till().stock().await.unwrap(), []);
    sell(&shop, basket(&cola), "23.00").await;
    let left =
        |stock: Vec<ringup_core::Stock>| stock.iter().map(|one| one.left).collect::<Vec<_>>();
    let set = shop.till().set_stock(cola.id, 4).await.unwrap();
    assert_eq!(
        left(set),
        [4],
        "what was sold before is not there to be counted"
    );
    // Nobody pays: nothing left the shelf.
    let unpaid = Charge {
        basket: basket(&cola),
        ..euros("23.00")
    };
    shop.till().charge(unpaid).await.unwrap();
    assert_eq!(left(shop.till().stock().await.unwrap()), [4]);
    let number = sell(&shop, basket(&cola), "23.00").await;
    sell(&shop, basket(&cola), "23.00").await;
    assert_eq!(
        left(shop.till().stock().await.unwrap()),
        [-2],
        "it warns and never blocks"
    );
    let returned = ReturnedLine {
        line: 3,
        quantity: 1,
    };
    let refund = cash_back(euro(198), vec![returned]);
    shop.till().refund(number, refund).await.unwrap();
    shop.reopen().await;
    assert_eq!(left(shop.till().stock().await.unwrap()), [-1]);
    shop.assert_whole().await;
}

#[tokio::test]
async fn items_go_into_a_file_and_come_back_as_they_were() {
    let shop = shop().await;
    let option = |name: &str, minor| ItemOption {
        name: name.to_owned(),
        difference: euro(minor),
    };
    let items = vec![
        cola(),
        Item {
            options: vec![
                OptionGroup {
                    name: "Size".to_owned(),
                    choose: Choose::One,
                    options: vec![option("small", 0), option("large", 80)],
                },
                OptionGroup {
                    name: "Extras".to_owned(),
                    choose: Choose::Any,
                    options: vec![option("own cup", -20)],
                },
            ],
            sold_out: true,
            ..Item::new("Kaffee, \"frisch\"", euro(390))
        },
        Item {
            sold: SoldBy::Weight,
            ..Item::new("Käse", euro(2490))
        },
        Item {
            sold: SoldBy::Open,
            ..Item::new("Gutschein", euro(0))
        },
    ];
    shop.till().save_items(items.clone()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("items.csv");
    shop.till().export_items(&file).await.unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with('\u{feff}'), "{text}");
    assert!(
        text.contains("one Size: small +0.00 | large +0.80; any Extras: own cup -0.20"),
        "{text}"
    );

    let same = shop.till().preview_import(&file).unwrap();
    assert_eq!((same.added, same.changed, same.refused), (0, 0, 0));
    shop.till().save_items(Vec::new()).unwrap();
    let imported = shop.till().import_items(&file).unwrap();
    let with_ids = imported.items.iter().zip(&items);
    let with_ids: Vec<_> = with_ids
        .map(|(item, before)| Item {
            id: before.id,
            ..item.clone()
        })
        .collect();
    assert_eq!(with_ids, items);

    // The till's own files are never written over.
    let journal = shop.config.data_dir.join("practice/journal.sqlite");
    let refused = shop.till().export_items(&journal).await;
    assert!(refused.is_err(), "{refused:?}");
}
