//! A day of cash, cards, goods with categories and the drawer: each figure that X and Z say is added up here from the files
//! that the program exports, by their text alone.

use std::collections::BTreeMap;

use ringup_core::cash::CashRounding;
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::ids::TapId;
use ringup_core::journal::{FirstPayment, JournalFile, NewSale, Opened, TenderToTake};
use ringup_core::money::{BasisPoints, Currency, Money};
use ringup_core::sale::{
    Basket, Discount, Event, Line, OwnTender, Purpose, RefundWay, ReturnedLine, Sale, TenderWay,
};
use serde_json::{Value, json};

use ringup_testkit::{Counter, KeychainState};

fn now() -> UnixMs {
    Clock::system().now()
}

/// `-12.50` is -1250, nothing is 0.
fn cents(text: &str) -> i64 {
    let digits = text.replace(['.', '-'], "");
    let digits: i64 = digits.parse().unwrap_or_default();
    if text.starts_with('-') {
        -digits
    } else {
        digits
    }
}

/// The rows of a CSV by the names of their columns.
fn rows(counter: &Counter, of: &str) -> Vec<BTreeMap<String, String>> {
    let text = counter.text(["export", "--format", "csv", "--rows", of]);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head: Vec<_> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let rows = reader.records().map(|row| {
        let cells = row.unwrap();
        head.iter()
            .cloned()
            .zip(cells.iter().map(str::to_owned))
            .collect()
    });
    rows.collect()
}

/// The sums of one column by another.
fn by<'r>(
    rows: impl IntoIterator<Item = &'r BTreeMap<String, String>>,
    key: &str,
    sum: &str,
) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for row in rows {
        *sums.entry(row[key].clone()).or_default() += cents(&row[sum]);
    }
    sums
}

/// The same sums of a report, by the name of one of its figures.
fn told(of: &Value, figure: &str, less: &str) -> BTreeMap<String, i64> {
    let sum = |value: &Value, name: &str| cents(value[name].as_str().unwrap_or_default());
    let figures = of.as_object().unwrap().iter();
    figures
        .map(|(key, it)| (key.clone(), sum(it, figure) - sum(it, less)))
        .collect()
}

fn goods() -> Basket {
    let line = |name: &str, quantity, unit_minor, tax: u32, category: Option<&str>| Line {
        name: Some(name.to_owned()),
        quantity,
        unit_minor,
        tax: Some(BasisPoints(tax)),
        category: category.map(str::to_owned),
        ..Line::default()
    };
    Basket {
        lines: vec![
            line("Espresso", 2, 250, 1900, Some("Hot drinks")),
            line("Cheesecake", 1, 420, 700, Some("Cakes")),
            line("Postcard", 1, 199, 1900, None),
            Line {
                deposit: true,
                ..line("Cup", 2, 100, 1900, Some("Hot drinks"))
            },
        ],
        discount: Some(Discount::Percent {
            rate: BasisPoints(1_000),
        }),
        tip_minor: 100,
    }
}

/// Sells a cart in the journal, as the pad does.
fn sell(file: &mut JournalFile, way: TenderWay, given_minor: Option<i64>) -> Sale {
    // 11.19 of goods less 1.12, 2.00 of deposit, 1.00 of tip.
    let amount = Money::from_minor(1_307, Currency::Eur);
    let new = NewSale {
        tap: TapId::new(),
        amount,
        note: None,
        language: None,
        breakdown: goods().breakdown(amount, None).unwrap(),
        first: FirstPayment::Tender(TenderToTake {
            way,
            own: (way == TenderWay::Own).then(|| OwnTender {
                id: "v".to_owned(),
                name: "Gutschein".to_owned(),
            }),
            amount_minor: 1_307,
            given_minor,
            rounding_minor: if way == TenderWay::Cash { -2 } else { 0 },
        }),
        receipt_token: None,
    };
    let (Opened::New(sale) | Opened::AlreadyOpened(sale)) = file.open_sale(new, now()).unwrap();
    sale
}

fn refund(file: &mut JournalFile, sale: &Sale, way: RefundWay, lines: Vec<ReturnedLine>) {
    let (parts, amount_minor) = sale.parts_of_lines(&lines).unwrap();
    let refunded = Event::SaleRefunded {
        sale: sale.id,
        refund: sale.next_refund(),
        amount_minor,
        way,
        own: None,
        rounding_minor: match way {
            RefundWay::Cash => CashRounding::Five.of(sale.amount.with_minor(amount_minor)),
            _ => 0,
        },
        reason: "cold".to_owned(),
        lines,
        parts: Some(parts),
    };
    file.record(sale.id, now(), |_| vec![refunded]).unwrap();
}

const ACCOUNTS: [&str; 14] = [
    "cash",
    "card",
    "own:v",
    "sales",
    "sales:7.00",
    "sales:19.00",
    "tax:7.00",
    "tax:19.00",
    "tips",
    "rounding",
    "difference",
    "float",
    "out",
    "drop",
];

#[test]
fn x_and_z_are_what_other_code_adds_up_from_the_exported_files() {
    let counter = Counter::without_key(KeychainState::Open);
    let accounts: BTreeMap<_, _> = ACCOUNTS
        .iter()
        .map(|what| (what, format!("acc {what}")))
        .collect();
    let settings = json!({
        "tenders": [{"way": "cash"}, {"way": "card"}, {"way": "own", "id": "v", "name": "Gutschein"}],
        "cash_rounding": {"EUR": "five"}, "drawer": {"on": true}, "accounts": accounts,
    });
    let folder = counter.desktop.data_dir();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("settings.json"), settings.to_string()).unwrap();
    counter.text(["drawer", "float", "150", "EUR"]);
    let mut file = JournalFile::open(&folder.join("journal.sqlite"), Purpose::Live, now()).unwrap();
    let cash = sell(&mut file, TenderWay::Cash, Some(2_000));
    let card = sell(&mut file, TenderWay::Card, None);
    sell(&mut file, TenderWay::Own, None);
    refund(
        &mut file,
        &cash,
        RefundWay::Cash,
        vec![ReturnedLine {
            line: 1,
            quantity: 1,
        }],
    );
    refund(
        &mut file,
        &card,
        RefundWay::Card,
        vec![
            ReturnedLine {
                line: 2,
                quantity: 1,
            },
            ReturnedLine {
                line: 4,
                quantity: 2,
            },
        ],
    );
    drop(file);
    counter.text([
        "charge", "13.40", "EUR", "--tender", "cash", "--given", "20",
    ]);
    counter.text(["drawer", "out", "5.50", "EUR", "--reason", "milk"]);
    counter.text(["drawer", "drop", "100", "EUR", "--reason", "to the safe"]);
    counter.text(["drawer", "count", "68.88", "EUR", "--left", "50"]);

    let x = counter.json(["report", "--json"]);
    let words = counter.text(["report"]);
    let z = counter.json(["close-day", "--json"]);
    let tenders = rows(&counter, "tenders");
    let sales = rows(&counter, "sales");
    let cash = rows(&counter, "cash");
    assert!(
        [&tenders, &sales, &cash]
            .iter()
            .all(|rows| rows.iter().all(|row| row["z"] == "1"))
    );
    for totals in [&x["totals"]["EUR"], &z["totals"]["EUR"]] {
        assert_eq!(
            by(&tenders, "way", "amount"),
            told(&totals["tenders"], "paid", "refunds")
        );
        let rounding: i64 = tenders.iter().map(|row| cents(&row["rounding"])).sum();
        assert_eq!(rounding, cents(totals["rounding"].as_str().unwrap()));
        let tips: i64 = tenders.iter().map(|row| cents(&row["tip"])).sum();
        let net = cents(totals["tips"].as_str().unwrap())
            - cents(totals["refunded_tips"].as_str().unwrap());
        assert_eq!(tips, net);
        let (mut taxes, mut categories) = (BTreeMap::new(), BTreeMap::new());
        for row in &sales {
            for part in row["taxes"].split("; ").filter(|part| !part.is_empty()) {
                let words: Vec<_> = part.split(' ').collect();
                let rate = words[0].trim_end_matches('%').replace('.', "");
                *taxes.entry(rate).or_default() += cents(words[1]);
            }
            let moved = cents(&row["received"]) - cents(&row["refunded"]) - cents(&row["tip"]);
            let parts: Vec<_> = row["categories"]
                .split("; ")
                .filter_map(|part| part.rsplit_once(' '))
                .collect();
            for (name, sum) in &parts {
                *categories.entry(name.replace('*', "")).or_default() += cents(sum);
            }
            if parts.is_empty() {
                *categories.entry(String::new()).or_default() += moved;
            }
        }
        assert_eq!(taxes, told(&totals["taxes"], "tax", "refunded_tax"));
        assert_eq!(categories, told(&totals["categories"], "sold", "refunded"));
    }
    check_drawer(&cash, &z["drawer"]["EUR"]);
    check_lines(&counter);
    check_bookings(&counter, &cash);

    for line in [
        "Category (Cakes)",
        "By tender (Gutschein, 1,",
        "Drawer, one by one (out, milk)",
    ] {
        assert!(words.contains(line), "{line} in {words}");
    }
    let datev = counter.text(["export", "--format", "datev"]);
    let moved: i64 = datev
        .lines()
        .skip(1)
        .map(|row| {
            cents(
                &row.split(';')
                    .nth(1)
                    .unwrap()
                    .replace(['"', '+'], "")
                    .replace(',', "."),
            )
        })
        .sum();
    assert_eq!(moved, by(&cash, "currency", "amount")["EUR"]);
}

fn check_drawer(cash: &[BTreeMap<String, String>], drawer: &Value) {
    let moved = by(cash, "kind", "amount");
    let of = |name: &str| cents(drawer[name].as_str().unwrap());
    for (kind, sign, figure) in [
        ("tendered", 1, "taken"),
        ("refunded", -1, "refunded"),
        ("out", -1, "paid_out"),
        ("drop", -1, "dropped"),
        ("count", 1, "difference"),
        ("removed", -1, "removed"),
        ("float", 1, "start"),
    ] {
        assert_eq!(sign * moved[kind], of(figure), "{kind}");
    }
    assert_eq!(moved.values().sum::<i64>(), of("expected"));
    assert_eq!(cents(&cash.last().unwrap()["expected"]), of("expected"));
}

fn check_lines(counter: &Counter) {
    let lines = rows(counter, "lines");
    // Three carts of four lines, and a typed sum.
    assert_eq!(lines.len(), 13);
    for (sale, price) in by(&lines, "sale", "price") {
        assert_eq!(price, if sale == "4" { 1_340 } else { 1_207 });
    }
    let cake = lines
        .iter()
        .find(|row| row["name"] == "Cheesecake")
        .unwrap();
    assert_eq!(
        (cake["category"].as_str(), cake["price"].as_str()),
        ("Cakes", "3.78")
    );
    let deposit = lines.iter().find(|row| row["deposit"] == "true").unwrap();
    assert_eq!(
        (deposit["discount"].as_str(), deposit["price"].as_str()),
        ("", "2.00")
    );
    let returned: Vec<_> = lines
        .iter()
        .filter(|row| !row["returned"].is_empty())
        .collect();
    assert_eq!(returned.len(), 3);
}

fn check_bookings(counter: &Counter, cash: &[BTreeMap<String, String>]) {
    let bookings = rows(counter, "bookings");
    let (debit, credit) = (
        by(&bookings, "document", "debit"),
        by(&bookings, "document", "credit"),
    );
    assert_eq!(debit, credit, "every document balances");
    let account = |what: &str| {
        let of = || {
            bookings
                .iter()
                .filter(|row| row["account"] == format!("acc {what}"))
        };
        of().map(|row| cents(&row["debit"]) - cents(&row["credit"]))
            .sum::<i64>()
    };
    assert_eq!(account("cash"), by(cash, "currency", "amount")["EUR"]);
    assert_eq!(account("card"), 1_307 - 378 - 200);
    assert_eq!(
        (account("tips"), account("out"), account("float")),
        (-300, 550, -15_000)
    );
}

#[test]
fn bookings_without_accounts_are_refused_and_name_them() {
    let counter = Counter::without_key(KeychainState::Open);
    let folder = counter.desktop.data_dir();
    std::fs::create_dir_all(&folder).unwrap();
    let settings = r#"{"tenders":[{"way":"cash"}],"accounts":{"sales":"8000"}}"#;
    std::fs::write(folder.join("settings.json"), settings).unwrap();
    counter.text(["charge", "13.40", "EUR", "--tender", "cash"]);
    let file = folder.join("bookings.csv");
    let path = file.to_str().unwrap();
    let args = ["export", "--format", "csv", "--rows", "bookings", path];
    let error = counter.refuses(args, 1, "accounts_missing");
    assert!(
        error.contains("cash") && !error.contains("sales"),
        "{error}"
    );
    assert!(!file.exists());
}
