//! The items as the CSV file that the import reads, every column of it. Where an item has nothing a dash says so, because
//! an empty cell would leave what a listed item has.

use super::{DepositTax, Item, options};
use crate::money::BasisPoints;

/// The columns, in their order.
const COLUMNS: [&str; 13] = [
    "name",
    "price",
    "currency",
    "tax",
    "barcode",
    "colour",
    "category",
    "sold",
    "options",
    "deposit",
    "deposit_tax",
    "sold_out",
    "warn_at",
];

/// The items in their order: CSV (RFC 4180), UTF-8 with a byte-order mark, so that spreadsheets read it as such.
///
/// # Errors
/// What the writer reports; writing into memory does not fail.
pub fn to_csv(items: &[Item]) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    for item in items {
        writer.write_record(cells(item))?;
    }
    writer.into_inner().map_err(|error| error.into_error())
}

fn cells(item: &Item) -> [String; 13] {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let rate = |rate: Option<BasisPoints>| or_dash(rate.map(|rate| rate.to_string()));
    let colour: &str = item.colour.into();
    let sold: &str = item.sold.into();
    let groups = (!item.options.is_empty()).then(|| options::to_text(&item.options));
    [
        item.name.clone(),
        item.price.to_string(),
        item.price.currency().to_string(),
        rate(item.tax),
        item.barcode.clone().unwrap_or_default(),
        colour.to_owned(),
        or_dash(item.category.clone()),
        sold.to_owned(),
        or_dash(groups),
        or_dash(item.deposit.map(|deposit| deposit.price.to_string())),
        match item.deposit.map(|deposit| deposit.tax) {
            None | Some(DepositTax::Item) => "item".to_owned(),
            Some(DepositTax::Own { rate: own }) => rate(own),
        },
        (if item.sold_out { "yes" } else { "no" }).to_owned(),
        or_dash(item.warn_at.map(|count| count.to_string())),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ids::ItemId;
    use crate::items::{
        Choose, Colour, Deposit, ImportDefaults, ItemOption, OptionGroup, SoldBy, preview, validate,
    };
    use crate::money::{Currency, Money};

    const DEFAULTS: ImportDefaults = ImportDefaults {
        currency: Currency::Rub,
        tax: Some(BasisPoints(2_000)),
    };

    fn currencies() -> impl Strategy<Value = Currency> {
        prop::sample::select(Currency::ALL.to_vec())
    }

    fn rates() -> impl Strategy<Value = Option<BasisPoints>> {
        prop::option::of((0..=10_000_u32).prop_map(BasisPoints))
    }

    /// Texts with all that a CSV file has to quote.
    fn names() -> impl Strategy<Value = String> {
        "[A-Za-zäЖ=+'\"][a-zA-Z0-9 ,\"'=+ß-]{0,30}"
    }

    fn groups(currency: Currency) -> impl Strategy<Value = Vec<OptionGroup>> {
        let option = (names(), -20..=500_i64).prop_map(move |(name, minor)| ItemOption {
            name,
            difference: Money::from_minor(minor, currency),
        });
        let choose = prop::sample::select(vec![Choose::One, Choose::Any]);
        let group = (names(), choose, prop::collection::vec(option, 1..4));
        let group = group.prop_map(|(name, choose, options)| OptionGroup {
            name,
            choose,
            options,
        });
        prop::collection::vec(group, 0..3)
    }

    fn deposits(currency: Currency) -> impl Strategy<Value = Option<Deposit>> {
        let own = rates().prop_map(|rate| DepositTax::Own { rate });
        let tax = prop_oneof![Just(DepositTax::Item), own];
        prop::option::of((1..=500_i64, tax).prop_map(move |(minor, tax)| Deposit {
            price: Money::from_minor(minor, currency),
            tax,
        }))
    }

    fn item(currency: Currency) -> impl Strategy<Value = Item> {
        let sold = prop::sample::select(vec![SoldBy::Each, SoldBy::Open, SoldBy::Weight]);
        let colour = prop::sample::select(vec![Colour::Sand, Colour::Sky, Colour::Stone]);
        let plain = (names(), 0..=1_000_000_i64, colour, rates(), any::<bool>());
        let code = prop::option::of("[0-9]{5}");
        let more = (
            sold,
            groups(currency),
            deposits(currency),
            prop::option::of(0..=9_999_u32),
        );
        (plain, code, prop::option::of(names()), more).prop_map(
            move |((name, minor, colour, tax, sold_out), barcode, category, more)| {
                let (sold, options, deposit, warn_at) = more;
                Item {
                    id: ItemId::new(),
                    name,
                    price: Money::from_minor(minor, currency),
                    colour,
                    tax,
                    barcode,
                    category,
                    sold,
                    options,
                    deposit,
                    sold_out,
                    warn_at,
                }
            },
        )
    }

    /// A list that may be saved.
    fn lists() -> impl Strategy<Value = Vec<Item>> {
        let items =
            currencies().prop_flat_map(|currency| prop::collection::vec(item(currency), 1..12));
        items.prop_filter_map("broken rules", |items| {
            let sound = items.into_iter().filter_map(|item| item.validate().ok());
            validate(sound.collect())
                .ok()
                .filter(|items| !items.is_empty())
        })
    }

    /// The items with the ids of others.
    fn with_ids_of(items: &[Item], others: &[Item]) -> Vec<Item> {
        let pairs = items.iter().zip(others);
        let items = pairs.map(|(item, other)| Item {
            id: other.id,
            ..item.clone()
        });
        items.collect()
    }

    proptest! {
        #[test]
        fn an_export_is_read_as_what_it_was_made_from(items in lists()) {
            let csv = to_csv(&items).expect("written");
            let anew = preview(&[], &csv, DEFAULTS).expect("a table");
            prop_assert_eq!(anew.refused, 0, "{:?}", anew.lines);
            prop_assert_eq!(anew.items.len(), items.len());
            prop_assert_eq!(&with_ids_of(&anew.items, &items), &items);
            // Of the same list it changes nothing.
            let same = preview(&items, &csv, DEFAULTS).expect("a table");
            prop_assert_eq!((same.added, same.changed), (0, 0), "{:?}", same.lines);
        }

        #[test]
        fn an_export_takes_away_what_another_list_has_more(items in lists()) {
            let csv = to_csv(&items).expect("written");
            let first = items.first().expect("an item");
            // Only one of a name can be told apart.
            prop_assume!(items.iter().filter(|item| item.name == first.name).count() == 1);
            let more = Item {
                category: Some("Other".into()),
                sold_out: !first.sold_out,
                warn_at: Some(3),
                ..first.clone()
            };
            let preview = preview(&[more], &csv, DEFAULTS).expect("a table");
            prop_assert_eq!(preview.items.first(), Some(first), "{:?}", preview.lines);
        }
    }
}
