//! Files as shops have them, and what becomes of each line.

use super::super::tests::item;
use super::super::{Colour, validate};
use super::*;
use crate::money::Money;

const DEFAULTS: ImportDefaults = ImportDefaults {
    currency: Currency::Eur,
    tax: Some(BasisPoints(1900)),
};

fn read(listed: &[Item], file: &str) -> ImportPreview {
    preview(listed, file.as_bytes(), DEFAULTS).expect("a table")
}

fn wrong(file: &str) -> (u64, Problem) {
    let wrong = preview(&[], file.as_bytes(), DEFAULTS).and_then(ImportPreview::whole);
    let wrong = wrong.expect_err("refused");
    (wrong.place, wrong.problem)
}

/// The problem of each line, by its number.
fn refused(preview: &ImportPreview) -> Vec<(u64, Problem)> {
    let lines = preview.lines.iter();
    lines
        .filter_map(|line| match line.outcome {
            LineOutcome::Refused { problem, .. } => Some((line.line, problem)),
            _ => None,
        })
        .collect()
}

fn prices(items: &[Item]) -> Vec<(&str, i64)> {
    items
        .iter()
        .map(|item| (item.name.as_str(), item.price.minor()))
        .collect()
}

fn coded(code: &str, item: Item) -> Item {
    Item {
        barcode: Some(code.into()),
        ..item
    }
}

#[test]
fn a_spreadsheet_of_any_country_is_read() {
    let english = "\u{feff}name,price,currency,tax,barcode,colour\r\n\
                   \"Tea, green\",3.5,,7,4006381333931,sky\r\n\r\nCake,4.20,USD,-,,Rose\r\n";
    let english = read(&[], english);
    assert_eq!((english.added, english.changed, english.refused), (2, 0, 0));
    let [tea, cake] = <[Item; 2]>::try_from(english.items).expect("two");
    assert_eq!((tea.name.as_str(), tea.price.minor()), ("Tea, green", 350));
    assert_eq!(tea.tax, Some(BasisPoints(700)));
    assert_eq!(tea.barcode.as_deref(), Some("4006381333931"));
    assert_eq!(tea.colour, Colour::Sky);
    assert_eq!((cake.price.currency(), cake.tax), (Currency::Usd, None));
    let german = read(&[], "Price;Name;Color;Tax\n3,50;Tee;;5,5 %\n");
    let tee = &german.items[0];
    assert_eq!(
        (tee.price.minor(), tee.price.currency()),
        (350, Currency::Eur)
    );
    assert_eq!(tee.tax, Some(BasisPoints(550)));
    let bare = read(&[], "price\tname\n3.50\tTea");
    assert_eq!(bare.items[0].tax, DEFAULTS.tax, "as the shop's");
}

#[test]
fn lines_of_one_file_are_never_one_item() {
    let shirts = "name,price,barcode\r\nT-shirt,15.00,\r\nT-shirt,18.00,\r\nT-shirt,21.00,\r\n";
    let first = read(&[], shirts);
    let three = [("T-shirt", 1500), ("T-shirt", 1800), ("T-shirt", 2100)];
    assert_eq!(prices(&first.items), three);
    assert_eq!((first.added, first.refused), (3, 0));
    assert_eq!(first.lines[0].notes, []);
    for line in &first.lines[1..] {
        assert_eq!(line.notes, [LineNote::RepeatsName { line: 2 }]);
    }
    // The same file once more, and with other prices: as many lines as items, in their order.
    let again = read(&first.items, shirts);
    assert_eq!(again.items, first.items);
    assert_eq!((again.added, again.changed), (0, 0));
    let dearer = read(&first.items, &shirts.replace(".00", ".50"));
    assert_eq!((dearer.added, dearer.changed), (0, 3));
    assert_eq!(dearer.items[1].price.minor(), 1850);
    assert_eq!(dearer.items[1].id, first.items[1].id);
    // A line without a code is not the one with it, neither in the file nor in the list.
    let coded_and_not = "name,price,barcode\nTea,3.00,4006381333931\nTea,2.00,\n";
    let both = read(&[], coded_and_not);
    assert_eq!(prices(&both.items), [("Tea", 300), ("Tea", 200)]);
    assert_eq!(both.items[1].barcode, None);
    let again = read(&both.items, &coded_and_not.replace("2.00", "2.20"));
    assert_eq!(prices(&again.items), [("Tea", 300), ("Tea", 220)]);
    // Decomposed and composed letters are one name.
    let nfd = read(&[], "name,price\r\nCafe\u{301},2.50\r\nCaf\u{e9},3.00\r\n");
    assert_eq!(prices(&nfd.items), [("Caf\u{e9}", 250), ("Caf\u{e9}", 300)]);
    assert_eq!(nfd.lines[1].notes, [LineNote::RepeatsName { line: 2 }]);
}

#[test]
fn which_of_several_is_meant_is_told_and_not_guessed() {
    let listed = [item("T-shirt", 1500), item("T-shirt", 1800)];
    let one = read(&listed, "name,price\nT-shirt,19\n");
    assert_eq!(refused(&one), [(2, Problem::NameAmbiguous)]);
    assert_eq!(one.items, listed);
    let same_price = read(&listed, "name,price\nT-shirt,18\n");
    assert!(matches!(
        same_price.lines[0].outcome,
        LineOutcome::Unchanged { .. }
    ));
    let more = read(&listed[..1], "name,price\nT-shirt,16\nT-shirt,17\n");
    assert_eq!(refused(&more).len(), 2);
    let known = read(&listed[..1], "name,price\nT-shirt,15\nT-shirt,17\n");
    assert_eq!(prices(&known.items), [("T-shirt", 1500), ("T-shirt", 1700)]);
}

#[test]
fn items_of_the_list_are_changed_in_their_place() {
    let coffee = Item {
        colour: Colour::Coral,
        tax: Some(BasisPoints(700)),
        ..coded("11112222", item("Coffee", 300))
    };
    let listed = [
        coffee.clone(),
        item("Cake", 400),
        coded("012345678905", item("Gum", 100)),
    ];
    let file =
        "name,price,barcode\nEspresso,3.20,11112222\nCake,4.50,\nTea,2.80,\nGum,1,0012345678905\n";
    let preview = read(&listed, file);
    assert_eq!((preview.added, preview.changed), (1, 3));
    let names = ["Espresso", "Cake", "Gum", "Tea"];
    assert!(preview.items.iter().map(|item| &item.name).eq(names));
    let LineOutcome::Changed { from, to } = &preview.lines[0].outcome else {
        panic!("{:?}", preview.lines[0])
    };
    assert_eq!((from, to.id), (&coffee, coffee.id));
    assert_eq!(
        (to.colour, to.tax),
        (Colour::Coral, coffee.tax),
        "where the file says none"
    );
    assert_eq!(preview.items[1].price.minor(), 450);
    assert_eq!(
        preview.items[2].barcode.as_deref(),
        Some("0012345678905"),
        "the same article"
    );
}

#[test]
fn codes_are_mended_when_that_is_certain_and_told_when_not() {
    let file = "name;price;barcode\r\nMilk;1,20;4,00638E+12\r\nPen;1,20;4,006381333931E+12\r\n\
                Gum;1;=\"96385074\"\r\nUPC;1;12345678905\r\nOwn;1;AB-12\r\n";
    let preview = read(&[], file);
    assert_eq!(refused(&preview), [(2, Problem::BarcodeUncertain)]);
    let LineOutcome::Refused { name, cell, .. } = &preview.lines[0].outcome else {
        panic!("{:?}", preview.lines[0])
    };
    assert_eq!((name.as_str(), cell.as_str()), ("Milk", "4,00638E+12"));
    let codes: Vec<_> = preview
        .items
        .iter()
        .map(|item| item.barcode.as_deref())
        .collect();
    assert_eq!(
        codes,
        [
            Some("4006381333931"),
            Some("96385074"),
            Some("12345678905"),
            Some("AB-12")
        ]
    );
    let from = "4,006381333931E+12".to_owned();
    assert_eq!(preview.lines[1].notes, [LineNote::CodeMended { from }]);
    let code = "012345678905".to_owned();
    assert_eq!(preview.lines[3].notes, [LineNote::ZeroMissing { code }]);
}

#[test]
fn a_thousand_is_never_one() {
    for price in [
        "1.000",
        "2.500",
        "12.000",
        "1,000",
        "1.234",
        "1.000,00",
        "1 000,00",
        "1'000.00",
        "1.000.000",
    ] {
        let file = format!("name;price;currency\r\nSofa;{price};RUB\r\nTea;1,50;RUB\r\n");
        let preview = read(&[], &file);
        assert_eq!(refused(&preview), [(2, Problem::Price)], "{price}");
        assert_eq!(prices(&preview.items), [("Tea", 150)]);
    }
    // A comma that makes a cell of its own.
    assert_eq!(wrong("name,price\nTea,3,50\n"), (2, Problem::TooManyCells));
    assert_eq!(read(&[], "name,price\nTea,3.50,,\n").added, 1);
}

#[test]
fn quotes_and_line_breaks_belong_to_their_cell() {
    let file = "name,price\r\n\"Cake \"\"Opera\"\"\r\nslice\",4.50\r\n\"5\"\" nail\",0.10\r\n5' rope,2\r\n";
    let items = read(&[], file).items;
    assert_eq!(
        prices(&items),
        [
            ("Cake \"Opera\" slice", 450),
            ("5\" nail", 10),
            ("5' rope", 200)
        ]
    );
    for (file, line) in [
        ("name,price\nTea,1\n\"Cake,2\nMilk,3\n", 3),
        ("name,price,more\nTea,1,\"x\nCake,2,\nMilk,3,\n", 2),
        ("name,price\n\"Cake,2\n\"Milk\",3\n", 2),
        ("name,price\n\"5\" nail\",0.10\n", 2),
    ] {
        assert_eq!(wrong(file), (line, Problem::Quote), "{file}");
    }
}

#[test]
fn no_more_are_taken_than_can_be_kept() {
    let list: Vec<_> = (0..500).map(|n| item(&format!("Item {n}"), 100)).collect();
    let preview = read(&list, "name,price\nItem 7,2\nTea,2\n");
    assert_eq!(preview.items[7].price.minor(), 200);
    assert_eq!(refused(&preview), [(3, Problem::TooMany)]);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let head = "name,price,tax,barcode,colour,currency\n";
    for (rows, line, problem) in [
        ("Tea,1.50\nCake,,\n", 3, Problem::Price),
        ("Tea,1.505\n", 2, Problem::Price),
        ("Tea,-1\n", 2, Problem::Price),
        ("Tea,0\n", 2, Problem::Price),
        ("\nTea,\"1,234.50\"\n", 3, Problem::Price),
        ("\"Two\nlines\",1\n,2\n", 4, Problem::Name),
        ("Tea,1,101\n", 2, Problem::Tax),
        ("Tea,1,7.555\n", 2, Problem::Tax),
        ("Tea,1,19.000\n", 2, Problem::Tax),
        ("Tea,1,,123\n", 2, Problem::Barcode),
        ("Tea,1,,12345\nCake,2,,12345\n", 3, Problem::BarcodeTwice),
        (
            "Tea,1,,012345678905\nCake,2,,0012345678905\n",
            3,
            Problem::BarcodeTwice,
        ),
        ("Tea,1,,,green\n", 2, Problem::Colour),
        ("Tea,1,,,,GBP\n", 2, Problem::Currency),
        ("", 1, Problem::Empty),
    ] {
        assert_eq!(wrong(&format!("{head}{rows}")), (line, problem), "{rows}");
    }
    assert_eq!(wrong("Tea,1.50\n"), (1, Problem::Columns));
    assert_eq!(wrong(""), (1, Problem::Columns));
    let windows = preview(&[], b"name,price\nTea,1\nK\xe4se,2\n", DEFAULTS);
    assert_eq!(windows, Err(Problem::NotText.at(3)));
    let large = vec![b'x'; usize::try_from(MAX_FILE_BYTES).expect("small") + 1];
    assert_eq!(preview(&[], &large, DEFAULTS), Err(Problem::TooLarge.at(1)));
}

proptest::proptest! {
    #[test]
    fn any_file_is_a_list_or_an_error(file in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        let with_head = [b"name,price\n".as_slice(), &file].concat();
        for file in [file, with_head] {
            if let Ok(preview) = preview(&[], &file, DEFAULTS) {
                proptest::prop_assert!(validate(preview.items).is_ok());
            }
        }
    }

    /// Few names, prices and codes, so that they meet in every way.
    #[test]
    fn every_line_is_an_item_of_its_own_or_refused(
        listed in proptest::collection::vec(("[AB]", 1..4_i64, proptest::option::of("[12]")), 0..5),
        lines in proptest::collection::vec(("[AB]", 1..4_i64, proptest::option::of("[12]")), 1..6),
    ) {
        let code = |digit: &str| digit.repeat(5);
        let listed = listed.into_iter().map(|(name, price, digit)| Item {
            barcode: digit.map(|digit| code(&digit)),
            ..item(&name, price * 100)
        });
        let mut listed: Vec<_> = listed.collect();
        let mut codes = Vec::new();
        listed.retain(|item| item.barcode.is_none() || {
            let new = !codes.contains(&item.barcode);
            codes.push(item.barcode.clone());
            new
        });
        let mut file = "name,price,barcode\n".to_owned();
        for (name, price, digit) in &lines {
            file += &format!("{name},{price},{}\n", digit.as_deref().map(code).unwrap_or_default());
        }
        let preview = read(&listed, &file);
        proptest::prop_assert_eq!(preview.lines.len(), lines.len());
        let mut used = Vec::new();
        for (line, (name, price, digit)) in preview.lines.iter().zip(&lines) {
            let item = match &line.outcome {
                LineOutcome::Refused { .. } => continue,
                LineOutcome::New { item } | LineOutcome::Unchanged { item } => item,
                LineOutcome::Changed { to, .. } => to,
            };
            proptest::prop_assert!(!used.contains(&item.id), "two lines are one item");
            used.push(item.id);
            proptest::prop_assert_eq!((item.name.as_str(), item.price.minor()), (name.as_str(), price * 100));
            if let Some(digit) = digit {
                proptest::prop_assert_eq!(item.barcode.clone(), Some(code(digit)));
            }
            proptest::prop_assert!(preview.items.contains(item));
        }
        // What no line names is as it was.
        for item in listed.iter().filter(|item| !used.contains(&item.id)) {
            proptest::prop_assert!(preview.items.contains(item));
        }
        proptest::prop_assert!(validate(preview.items).is_ok());
    }

    #[test]
    fn what_is_written_out_comes_back(
        name in "[A-Za-zА-я;,\" ]{1,20}", minor in 1..=1_000_000_000_i64, tax in 0..=10_000_u32,
    ) {
        let price = Money::from_minor(minor, Currency::Rub);
        let quoted = name.replace('"', "\"\"");
        let file = format!("name,price,currency,tax\n\"{quoted}\",{price},rub,{}\n", BasisPoints(tax));
        match preview(&[], file.as_bytes(), DEFAULTS).and_then(ImportPreview::whole) {
            Ok(imported) => {
                let item = &imported.items[0];
                proptest::prop_assert_eq!(item.price.minor(), minor);
                proptest::prop_assert_eq!(item.tax, Some(BasisPoints(tax)));
                proptest::prop_assert_eq!(&item.name, &name.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            Err(wrong) => proptest::prop_assert!(name.trim().is_empty(), "{}", wrong),
        }
    }
}
