//! Items from a spreadsheet: CSV (RFC 4180) whose first line names the columns, separated by `,`, `;` or tabs. The file
//! is imported whole or not at all; an error names its line.

use serde::Serialize;

use super::{Colour, Item, Problem, WrongItem, validate};
use crate::ids::ItemId;
use crate::money::{BasisPoints, Currency, Money};

/// The largest file that is read, bytes: more than 500 lines of items take.
pub(crate) const MAX_FILE_BYTES: u64 = 1 << 20;
/// The longest percentage that is read, characters.
const LONGEST_PERCENT: usize = 8;

/// The result of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct Imported {
    /// All items of the shop, in order.
    pub items: Vec<Item>,
    /// How many are new.
    pub added: u32,
    /// How many were listed already and are now as the file has them.
    pub changed: u32,
}

/// What is assumed where a cell is empty or its column is missing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ImportDefaults {
    pub(crate) currency: Currency,
    pub(crate) tax: Option<BasisPoints>,
}

/// The listed items together with those of the file. An item of the file is a listed one if both have the same currency
/// and the same barcode, or, where one has no barcode, the same name: it changes that one in its place.
///
/// # Errors
/// The first line that breaks a rule.
pub(crate) fn import(
    mut items: Vec<Item>,
    file: &[u8],
    defaults: ImportDefaults,
) -> Result<Imported, WrongItem> {
    let rows = read(file, defaults)?;
    let (mut added, mut changed) = (0, 0);
    for row in rows {
        let same = |item: &&mut Item| {
            item.currency == row.item.currency
                && match (&item.barcode, &row.item.barcode) {
                    (Some(one), Some(other)) => one == other,
                    _ => item.name == row.item.name,
                }
        };
        if let Some(known) = items.iter_mut().find(same) {
            changed += 1;
            *known = Item {
                id: known.id,
                colour: row.colour.unwrap_or(known.colour),
                barcode: row.item.barcode.or_else(|| known.barcode.take()),
                ..row.item
            };
        } else {
            added += 1;
            let colour = row.colour.unwrap_or_default();
            items.push(Item { colour, ..row.item });
        }
    }
    Ok(Imported {
        items: validate(items)?,
        added,
        changed,
    })
}

struct ImportedRow {
    item: Item,
    colour: Option<Colour>,
}

fn read(file: &[u8], defaults: ImportDefaults) -> Result<Vec<ImportedRow>, WrongItem> {
    if u64::try_from(file.len()).unwrap_or(u64::MAX) > MAX_FILE_BYTES {
        return Err(Problem::TooLarge.at(1));
    }
    let text = std::str::from_utf8(file).map_err(|error| {
        let before = file.get(..error.valid_up_to()).unwrap_or_default();
        let lines = before.iter().filter(|byte| **byte == b'\n').count();
        Problem::NotText.at(u64::try_from(lines).unwrap_or_default() + 1)
    })?;
    // Spreadsheets begin a file with a byte-order mark.
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let not_text = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        Problem::NotText.at(line)
    };
    let columns = Columns::of(reader.headers().map_err(not_text)?).ok_or(Problem::Columns.at(1))?;
    let mut rows = Vec::new();
    let mut seen = Vec::new();
    for record in reader.records() {
        let record = record.map_err(not_text)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let line = record.position().map_or(1, |begin| line_of(begin, text));
        let row = columns
            .row(&record, defaults)
            .map_err(|problem| problem.at(line))?;
        if let Some(code) = &row.item.barcode {
            let code = (row.item.currency, code.clone());
            if seen.contains(&code) {
                return Err(Problem::BarcodeTwice.at(line));
            }
            seen.push(code);
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(Problem::Empty.at(1));
    }
    Ok(rows)
}

/// The line of a record: its position is that of the empty lines before it, if there are any.
fn line_of(begin: &csv::Position, text: &str) -> u64 {
    let from = usize::try_from(begin.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| b"\r\n".contains(byte));
    let lines = empty.filter(|byte| **byte == b'\n').count();
    begin.line() + u64::try_from(lines).unwrap_or_default()
}

/// The delimiter that the first line has most of: spreadsheets write `;` where the comma is the decimal mark.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| head.bytes().filter(|byte| byte == delimiter).count();
    // Of equals the last wins: a comma, if there is none of them.
    let delimiters = b"\t;,".iter();
    delimiters
        .max_by_key(|byte| count(byte))
        .copied()
        .unwrap_or(b',')
}

/// The places of the columns in a row.
struct Columns {
    name: usize,
    price: usize,
    currency: Option<usize>,
    tax: Option<usize>,
    barcode: Option<usize>,
    colour: Option<usize>,
}

impl Columns {
    fn of(head: &csv::StringRecord) -> Option<Self> {
        let place = |names: &[&str]| {
            head.iter()
                .position(|cell| names.iter().any(|name| cell.eq_ignore_ascii_case(name)))
        };
        Some(Self {
            name: place(&["name"])?,
            price: place(&["price"])?,
            currency: place(&["currency"]),
            tax: place(&["tax"]),
            barcode: place(&["barcode"]),
            colour: place(&["colour", "color"]),
        })
    }

    fn row(
        &self,
        record: &csv::StringRecord,
        defaults: ImportDefaults,
    ) -> Result<ImportedRow, Problem> {
        let cell = |place: Option<usize>| {
            let cell = place.and_then(|place| record.get(place));
            cell.filter(|cell| !cell.is_empty())
        };
        let currency = match cell(self.currency) {
            None => defaults.currency,
            Some(code) => code.parse().or(Err(Problem::Currency))?,
        };
        let price = cell(Some(self.price)).ok_or(Problem::Price)?;
        let price = Money::parse(price, currency).or(Err(Problem::Price))?;
        let tax = match cell(self.tax) {
            None => defaults.tax,
            Some("-") => None,
            Some(percent) => Some(rate(percent).ok_or(Problem::Tax)?),
        };
        let colour = match cell(self.colour) {
            None => None,
            Some(name) => Some(name.parse().or(Err(Problem::Colour))?),
        };
        let item = Item {
            id: ItemId::new(),
            name: cell(Some(self.name)).unwrap_or_default().to_owned(),
            price_minor: price.minor(),
            currency,
            colour: Colour::default(),
            tax,
            barcode: cell(self.barcode).map(str::to_owned),
        };
        let item = item.validate()?;
        Ok(ImportedRow { item, colour })
    }
}

/// A percentage, with or without its sign.
fn rate(percent: &str) -> Option<BasisPoints> {
    let number = percent.trim_end_matches('%').trim_end();
    if number.len() > LONGEST_PERCENT {
        return None;
    }
    // As money, a percentage has two decimals at most.
    let hundredths = Money::parse(number, Currency::Eur).ok()?.minor();
    u32::try_from(hundredths).ok().map(BasisPoints)
}

#[cfg(test)]
mod tests {
    use super::super::tests::item;
    use super::*;

    const DEFAULTS: ImportDefaults = ImportDefaults {
        currency: Currency::Eur,
        tax: Some(BasisPoints(1900)),
    };

    fn wrong(file: &str) -> (u64, Problem) {
        let wrong = import(Vec::new(), file.as_bytes(), DEFAULTS).expect_err("refused");
        (wrong.place, wrong.problem)
    }

    #[test]
    fn a_spreadsheet_of_any_country_is_read() {
        let english = "\u{feff}name,price,currency,tax,barcode,colour\r\n\
                       \"Tea, green\",3.5,,7,4006381333931,sky\r\n\r\nCake,4.20,USD,-,,Rose\r\n";
        let german = "Price;Name;Color;Tax\n3,50;Tee;;5,5 %\n";
        let english = import(Vec::new(), english.as_bytes(), DEFAULTS).expect("read");
        assert_eq!((english.added, english.changed), (2, 0));
        let [tea, cake] = <[Item; 2]>::try_from(english.items).expect("two");
        assert_eq!((tea.name.as_str(), tea.price_minor), ("Tea, green", 350));
        assert_eq!(tea.tax, Some(BasisPoints(700)));
        assert_eq!(tea.barcode.as_deref(), Some("4006381333931"));
        assert_eq!(tea.colour, Colour::Sky);
        assert_eq!((cake.currency, cake.tax), (Currency::Usd, None));
        let german = import(Vec::new(), german.as_bytes(), DEFAULTS).expect("read");
        let tee = &german.items[0];
        assert_eq!((tee.price_minor, tee.currency), (350, Currency::Eur));
        assert_eq!(tee.tax, Some(BasisPoints(550)));
        let nfd = "name,price\nKa\u{308}se,1\nK\u{e4}se,2\n";
        let twice = import(Vec::new(), nfd.as_bytes(), DEFAULTS).expect("read");
        assert_eq!(
            (twice.added, twice.changed),
            (1, 1),
            "one name in two spellings"
        );
        let bare = import(Vec::new(), b"price\tname\n3.50\tTea", DEFAULTS).expect("read");
        assert_eq!(bare.items[0].tax, DEFAULTS.tax, "as the shop's");
    }

    #[test]
    fn items_of_the_list_are_changed_in_their_place() {
        let coffee = Item {
            colour: Colour::Coral,
            barcode: Some("11112222".into()),
            ..item("Coffee", 300)
        };
        let list = vec![coffee.clone(), item("Cake", 400)];
        let file = "name,price,barcode\nEspresso,3.20,11112222\nCake,4.50,\nTea,2.80,\n";
        let imported = import(list.clone(), file.as_bytes(), DEFAULTS).expect("read");
        assert_eq!((imported.added, imported.changed), (1, 2));
        let names: Vec<_> = imported
            .items
            .iter()
            .map(|item| item.name.as_str())
            .collect();
        assert_eq!(names, ["Espresso", "Cake", "Tea"]);
        assert_eq!(imported.items[0].id, coffee.id);
        assert_eq!(
            imported.items[0].colour,
            Colour::Coral,
            "where the file says none"
        );
        assert_eq!(imported.items[1].price_minor, 450);
    }

    #[test]
    fn no_more_are_taken_than_can_be_kept() {
        let list: Vec<_> = (0..500).map(|n| item(&format!("Item {n}"), 100)).collect();
        let known = import(list.clone(), b"name,price\nItem 7,2\n", DEFAULTS).expect("read");
        assert_eq!(known.items[7].price_minor, 200);
        let one_more = import(list, b"name,price\nTea,2\n", DEFAULTS);
        assert_eq!(one_more, Err(Problem::TooMany.at(501)));
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
            ("Tea,1,,123\n", 2, Problem::Barcode),
            ("Tea,1,,12345\nCake,2,,12345\n", 3, Problem::BarcodeTwice),
            ("Tea,1,,,green\n", 2, Problem::Colour),
            ("Tea,1,,,,GBP\n", 2, Problem::Currency),
            ("", 1, Problem::Empty),
        ] {
            assert_eq!(wrong(&format!("{head}{rows}")), (line, problem), "{rows}");
        }
        assert_eq!(wrong("Tea,1.50\n"), (1, Problem::Columns));
        assert_eq!(wrong(""), (1, Problem::Columns));
        let windows = import(Vec::new(), b"name,price\nTea,1\nK\xe4se,2\n", DEFAULTS);
        assert_eq!(windows, Err(Problem::NotText.at(3)));
        let large = vec![b'x'; usize::try_from(MAX_FILE_BYTES).expect("small") + 1];
        assert_eq!(
            import(Vec::new(), &large, DEFAULTS),
            Err(Problem::TooLarge.at(1))
        );
    }

    proptest::proptest! {
        #[test]
        fn any_file_is_a_list_or_an_error(file in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let with_head = [b"name,price\n".as_slice(), &file].concat();
            for file in [file, with_head] {
                if let Ok(imported) = import(Vec::new(), &file, DEFAULTS) {
                    proptest::prop_assert!(validate(imported.items).is_ok());
                }
            }
        }

        #[test]
        fn what_is_written_out_comes_back(
            name in "[A-Za-zА-я;,\" ]{1,20}", minor in 1..=1_000_000_000_i64, tax in 0..=10_000_u32,
        ) {
            let price = Money::from_minor(minor, Currency::Rub);
            let quoted = name.replace('"', "\"\"");
            let file = format!("name,price,currency,tax\n\"{quoted}\",{price},rub,{}\n", BasisPoints(tax));
            match import(Vec::new(), file.as_bytes(), DEFAULTS) {
                Ok(imported) => {
                    let item = &imported.items[0];
                    proptest::prop_assert_eq!(item.price_minor, minor);
                    proptest::prop_assert_eq!(item.tax, Some(BasisPoints(tax)));
                    proptest::prop_assert_eq!(&item.name, &name.split_whitespace().collect::<Vec<_>>().join(" "));
                }
                Err(wrong) => proptest::prop_assert!(name.trim().is_empty(), "{}", wrong),
            }
        }
    }
}
