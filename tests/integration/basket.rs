//! A sale with a basket: its entries, its receipt, its part in the day's report, and which baskets are refused.

use std::sync::Arc;

use ringup_core::error::{Code, Fault};
use ringup_core::export::{ExportFormat, ExportRows};
use ringup_core::items::{Colour, Item};
use ringup_core::money::{BasisPoints, Currency, Money};
use ringup_core::sale::{Basket, Discount, Line, SaleState};
use ringup_core::settings::Settings;
use ringup_core::settings::TaxRate;
use ringup_core::{Charge, Export, ExportTo};
use serde_json::{Value, json};

use ringup_testkit::{Shop, cash_back, euros};

fn line(name: Option<&str>, quantity: u32, unit_minor: i64, tax: Option<u32>) -> Line {
    Line {
        name: name.map(str::to_owned),
        quantity,
        unit_minor,
        tax: tax.map(BasisPoints),
        ..Line::default()
    }
}

/// Two coffees, a cake and one euro typed on the pad make 12.20; with 10 % discount and a tip of 1.50 it is 12.48.
fn coffee_and_cake() -> Basket {
    Basket {
        lines: vec![
            line(Some("Coffee"), 2, 350, Some(1900)),
            line(Some("Cake"), 1, 420, Some(700)),
            line(None, 1, 100, None),
        ],
        discount: Some(Discount::Percent {
            rate: BasisPoints(1000),
        }),
        tip_minor: 150,
    }
}

fn charge(amount: &str, basket: Basket) -> Charge {
    Charge {
        basket,
        ..euros(amount)
    }
}

fn with_taxes() -> Settings {
    let rate = |rate| TaxRate {
        name: "VAT".to_owned(),
        rate: BasisPoints(rate),
    };
    Settings {
        language: Some("en".to_owned()),
        tax_rates: vec![rate(1900), rate(700)],
        default_tax: Some(BasisPoints(1900)),
        ..Settings::default()
    }
}

#[tokio::test]
async fn a_cart_is_kept_line_by_line_and_its_taxes_rate_by_rate() {
    let shop = Shop::open().await;
    shop.till().save_settings(with_taxes()).unwrap();
    let sale = shop.till().charge(charge("12.48", coffee_and_cake()));
    let sale = sale.await.unwrap();
    assert_eq!(sale.tip, Some(Money::from_minor(150, Currency::Eur)));
    shop.control.pay(&sale.invoice_id.unwrap()).unwrap();
    shop.wait_for_state(sale.number, SaleState::Paid).await;

    // The page of the sale.
    let page = shop.till().sale_detail(sale.number).await.unwrap();
    let typed_bears_the_pads_tax = line(None, 1, 100, Some(1900));
    assert_eq!(page.lines[2], typed_bears_the_pads_tax);
    assert_eq!(page.lines[..2], coffee_and_cake().lines[..2]);
    assert_eq!(page.discount, Some(Money::from_minor(122, Currency::Eur)));
    assert_eq!(page.discount_rate, Some(BasisPoints(1000)));
    assert_eq!(page.tax, None, "each line bears its own");

    // The receipt, whose lines add up to its total.
    let receipt = shop.till().receipt_text(sale.number).await.unwrap();
    for (name, sum) in [
        ("2 × €3.50", "€7.00"),
        ("Cake", "€4.20"),
        ("Goods", "€1.00"),
        ("Discount 10%", "−€1.22"),
        ("Tip", "€1.50"),
        ("TOTAL", "€12.48"),
        ("VAT 7% in €3.78", "€0.25"),
        ("VAT 19% in €7.20", "€1.15"),
    ] {
        let is_it = |row: &str| row.trim().starts_with(name) && row.trim().ends_with(sum);
        assert!(receipt.lines().any(is_it), "{name} {sum} in\n{receipt}");
    }

    // The day's report.
    let report = shop.till().report(None).await.unwrap();
    let euros = &report.totals.0[&Currency::Eur];
    assert_eq!((euros.paid_minor, euros.tips_minor), (1248, 150));
    let taxes: Vec<_> = euros
        .taxes
        .iter()
        .map(|(rate, sums)| (rate.0, sums.gross_minor, sums.tax_minor))
        .collect();
    assert_eq!(taxes, [(700, 378, 25), (1900, 720, 115)]);
    shop.assert_whole().await;
}

#[tokio::test]
async fn the_book_as_a_file_says_once_what_was_sold_and_what_was_taken_off() {
    let shop = Shop::open().await;
    let sale = shop.till().charge(charge("12.48", coffee_and_cake()));
    let sale = sale.await.unwrap();
    shop.control.pay(&sale.invoice_id.unwrap()).unwrap();
    shop.wait_for_state(sale.number, SaleState::Paid).await;
    let refund = cash_back(Money::from_minor(420, Currency::Eur), Vec::new());
    shop.till().refund(sale.number, refund).await.unwrap();
    shop.till()
        .charge(charge("12.48", coffee_and_cake()))
        .await
        .unwrap();

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.json");
    let everything = Export {
        format: ExportFormat::Json,
        rows: ExportRows::Sales,
        from: None,
        to: None,
    };
    let to = ExportTo::File(path.clone());
    let export = shop.till().export(everything, to, |_| (), Arc::default());
    assert_eq!(export.await.unwrap(), Some(3));
    let book: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let said = book
        .iter()
        .map(|row| ["kind", "discount", "lines"].map(|column| &row[column]));
    let lines = json!("2 x Coffee 3.50; 1 x Cake 4.20; 1 x 1.00");
    let (paid, refunded, unpaid) = (json!("paid"), json!("refunded"), json!("unpaid"));
    let expected = [
        [&paid, &json!("1.22"), &lines],
        [&refunded, &Value::Null, &Value::Null],
        [&unpaid, &Value::Null, &Value::Null],
    ];
    assert_eq!(said.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn a_tip_on_a_typed_amount_bears_no_tax() {
    let shop = Shop::open().await;
    shop.till().save_settings(with_taxes()).unwrap();
    let basket = Basket {
        tip_minor: 250,
        ..Basket::default()
    };
    let sale = shop.till().charge(charge("12.50", basket)).await.unwrap();
    shop.control.pay(&sale.invoice_id.unwrap()).unwrap();
    shop.wait_for_state(sale.number, SaleState::Paid).await;
    let report = shop.till().report(None).await.unwrap();
    let euros = &report.totals.0[&Currency::Eur];
    assert_eq!(euros.taxes[&BasisPoints(1900)].gross_minor, 1000);
    assert_eq!(euros.tips_minor, 250);
    shop.assert_whole().await;
}

#[tokio::test]
async fn parts_that_are_not_the_amount_are_not_charged() {
    let shop = Shop::open().await;
    for basket in [
        Basket {
            tip_minor: 151,
            ..coffee_and_cake()
        },
        Basket {
            discount: None,
            ..coffee_and_cake()
        },
        Basket {
            lines: vec![line(Some("Coffee"), 0, 350, None)],
            ..Basket::default()
        },
        Basket {
            tip_minor: -1,
            ..Basket::default()
        },
    ] {
        let refused = shop.till().charge(charge("12.48", basket)).await;
        assert_eq!(Fault::from(refused.unwrap_err()).code, Code::BasketMismatch);
    }
    assert_eq!(shop.entry_kinds(), ["journal_opened"]);
    assert_eq!(shop.control.invoices().len(), 0);
}

#[tokio::test]
async fn items_are_kept_over_a_restart_and_a_wrong_file_changes_none() {
    let mut shop = Shop::open().await;
    shop.till().save_settings(with_taxes()).unwrap();
    let tea = Item {
        colour: Colour::Sky,
        barcode: Some("4006381333931".to_owned()),
        ..Item::new("Tea", Money::from_minor(280, Currency::Eur))
    };
    shop.till().save_items(vec![tea.clone()]).unwrap();
    shop.reopen().await;
    assert_eq!(shop.till().items(), std::slice::from_ref(&tea));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("items.csv");
    std::fs::write(&file, "name;price;tax\nKaffee;3,50;\nKuchen;4,20;7\n").unwrap();
    let imported = shop.till().import_items(&file).unwrap();
    assert_eq!((imported.added, imported.changed), (2, 0));

    shop.reopen().await;
    let kept = shop.till().items();
    assert_eq!(kept, imported.items);
    assert_eq!(kept[0], tea, "in its place");
    assert_eq!(kept[1].tax, Some(BasisPoints(1900)), "the pad's");
    assert_eq!(kept[2].tax, Some(BasisPoints(700)));

    std::fs::write(&file, "name,price\nGood,1.00\nBad,1.005\n").unwrap();
    let refused = Fault::from(shop.till().import_items(&file).unwrap_err());
    assert_eq!(refused.code, Code::ItemsInvalid);
    assert_eq!(refused.detail["place"], "3");
    assert_eq!(refused.detail["problem"], "price");
    let gone = Fault::from(
        shop.till()
            .import_items(&folder.path().join("gone.csv"))
            .unwrap_err(),
    );
    assert_eq!(gone.code, Code::ItemsUnreadable);
    assert_eq!(shop.till().items(), kept);
    let twice = shop.till().save_items(vec![tea.clone(), tea]);
    assert_eq!(Fault::from(twice.unwrap_err()).code, Code::ItemsInvalid);
    shop.reopen().await;
    assert_eq!(shop.till().items(), kept);
}
