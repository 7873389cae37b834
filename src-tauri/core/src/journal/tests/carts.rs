//! Held carts: whatever is held, taken up, split, merged, dropped and charged, and wherever the program stops, every
//! line is in one place, and `verify` says so.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::ids::CartId;
use crate::journal::carts::NewCart;
use crate::money::BasisPoints;
use crate::sale::{Basket, CartError, Discount, HeldCart, Line};

/// How many there are of goods at their price.
type Goods = BTreeMap<(&'static str, i64), u32>;

const MENU: [(&str, i64); 3] = [("Coffee", 350), ("Cake", 420), ("Tea", 299)];

fn lines_of(goods: &Goods) -> Vec<Line> {
    let lines = goods.iter().filter(|(_, quantity)| **quantity > 0);
    lines
        .map(|((name, unit_minor), quantity)| Line {
            name: Some((*name).to_owned()),
            quantity: *quantity,
            unit_minor: *unit_minor,
            tax: Some(BasisPoints(1900)),
            ..Line::default()
        })
        .collect()
}

fn breakdown(goods: &Goods, discount: Option<Discount>) -> (Money, Breakdown) {
    let lines = lines_of(goods);
    let listed: i64 = lines.iter().filter_map(Line::sum_minor).sum();
    let discount = discount.map(|it| match it {
        Discount::Fixed { minor } => Discount::Fixed {
            minor: minor.min(listed),
        },
        percent => percent,
    });
    let off = discount.map_or(0, |it| it.of(listed));
    let amount = Money::from_minor(listed - off, Currency::Eur);
    let basket = Basket {
        lines,
        discount,
        tip_minor: 0,
    };
    (amount, basket.breakdown(amount, None).expect("a basket"))
}

fn new_cart(label: &str, goods: &Goods, discount: Option<Discount>, from: &[CartId]) -> NewCart {
    let (amount, breakdown) = breakdown(goods, discount);
    NewCart {
        label: label.to_owned(),
        amount,
        breakdown,
        from: from.to_vec(),
        tap: TapId::new(),
    }
}

fn sale_of(goods: &Goods, discount: Option<Discount>) -> NewSale {
    let (amount, breakdown) = breakdown(goods, discount);
    NewSale {
        amount,
        breakdown,
        ..super::new_sale(TapId::new())
    }
}

fn goods(quantities: [u32; 3]) -> Goods {
    MENU.into_iter().zip(quantities).collect()
}

fn held(file: &JournalFile) -> Vec<HeldCart> {
    file.held_carts().expect("readable")
}

fn hold(file: &mut JournalFile, label: &str, quantities: [u32; 3]) -> CartId {
    hold_off(file, label, quantities, None)
}

fn hold_off(
    file: &mut JournalFile,
    label: &str,
    quantities: [u32; 3],
    discount: Option<Discount>,
) -> CartId {
    let cart = new_cart(label, &goods(quantities), discount, &[]);
    assert!(file.hold_cart(cart, UnixMs(2000)).expect("held"));
    held(file).last().expect("a cart").id
}

/// Label, amount and discount of what is held.
fn shown(file: &JournalFile) -> Vec<(String, i64, i64)> {
    let carts = held(file).into_iter();
    carts
        .map(|it| (it.label, it.amount.minor(), it.breakdown.discount_minor))
        .collect()
}

fn verified(file: &JournalFile) {
    file.verify().expect("readable").expect("right");
}

#[test]
fn a_sale_takes_a_cart_once_and_what_it_leaves_stays_held() {
    let shop = Shop::new();
    let mut file = shop.open();
    let cart = hold(&mut file, "Table 4", [2, 1, 0]);
    let sale = opened(
        file.open_sale_of(&[cart], sale_of(&goods([1, 1, 0]), None), UnixMs(3000))
            .expect("sold"),
    );
    assert_eq!(sale.amount.minor(), 770);
    assert_eq!(shown(&file), [("Table 4".to_owned(), 350, 0)]);

    let entries = file.last_seq().expect("readable");
    let again = file.open_sale_of(&[cart], sale_of(&goods([2, 1, 0]), None), UnixMs(4000));
    let gone = CartError::Gone("Table 4".to_owned());
    assert!(matches!(again, Err(JournalError::Cart(error)) if error == gone));
    let held_again = new_cart("Bar", &goods([2, 1, 0]), None, &[cart]);
    file.hold_cart(held_again, UnixMs(4000)).expect_err("gone");
    file.drop_cart(cart, "left".into(), UnixMs(4000))
        .expect_err("gone");
    assert_eq!(file.last_seq().expect("readable"), entries);
    verified(&file);
}

#[test]
fn the_same_tap_holds_one_cart_and_opens_one_sale() {
    let shop = Shop::new();
    let mut file = shop.open();
    let cart = new_cart("Table 4", &goods([1, 0, 0]), None, &[]);
    assert!(file.hold_cart(cart.clone(), UnixMs(2000)).expect("held"));
    assert!(!file.hold_cart(cart, UnixMs(2001)).expect("known"));
    let [held_cart] = held(&file).try_into().expect("one");
    let sale = sale_of(&goods([1, 0, 0]), None);
    let first = file.open_sale_of(&[held_cart.id], sale.clone(), UnixMs(3000));
    assert!(matches!(first, Ok(Opened::New(_))));
    // The cart is gone, but the tap has its sale.
    let second = file.open_sale_of(&[held_cart.id], sale, UnixMs(3001));
    assert!(matches!(second, Ok(Opened::AlreadyOpened(_))));
    assert_eq!(shown(&file), []);
    verified(&file);
}

#[test]
fn a_discount_is_given_once_however_a_cart_is_split() {
    let percent = Discount::Percent {
        rate: BasisPoints(1000),
    };
    let fixed = |minor| Discount::Fixed { minor };
    // What was held, what is charged with which discount, and what discount stays with the rest.
    for (off, charged, rest) in [
        (percent, percent, 30),
        (fixed(300), fixed(300), 0),
        (fixed(300), fixed(100), 200),
        // Without the discount the rest keeps it; but the rest is worth 2.99 and no less than nothing.
        (fixed(300), fixed(0), 299),
    ] {
        let shop = Shop::new();
        let mut file = shop.open();
        let cart = hold_off(&mut file, "Table 4", [1, 0, 1], Some(off));
        let sale = sale_of(&goods([1, 0, 0]), Some(charged));
        file.open_sale_of(&[cart], sale, UnixMs(3000))
            .expect("sold");
        assert_eq!(
            shown(&file),
            [("Table 4".to_owned(), 299 - rest, rest)],
            "{off:?}"
        );
        verified(&file);
    }
}

#[test]
fn carts_are_merged_under_a_name_of_their_own_and_each_rest_keeps_its_name() {
    let shop = Shop::new();
    let mut file = shop.open();
    let four = hold(&mut file, "Table 4", [2, 0, 0]);
    let bar = hold(&mut file, "Bar", [0, 1, 1]);
    let both = new_cart("Party", &goods([2, 1, 0]), None, &[four, bar]);
    file.hold_cart(both, UnixMs(3000)).expect("held");
    let expected = [("Bar".to_owned(), 299, 0), ("Party".to_owned(), 1120, 0)];
    assert_eq!(shown(&file), expected);

    let ids: Vec<_> = held(&file).iter().map(|it| it.id).collect();
    file.open_sale_of(&ids, sale_of(&goods([2, 1, 1]), None), UnixMs(4000))
        .expect("sold");
    assert_eq!(shown(&file), []);
    verified(&file);
}

#[test]
fn the_close_tells_of_held_and_of_dropped_carts_and_does_not_wait_for_them() {
    let shop = Shop::new();
    let mut file = shop.open();
    hold(&mut file, "Table 4", [1, 0, 0]);
    hold(&mut file, "Bar", [0, 1, 0]);
    let left = hold(&mut file, "Left", [0, 0, 2]);
    file.drop_cart(left, "they left".into(), UnixMs(3000))
        .expect("dropped");
    let close = |file: &mut JournalFile, day: &str| {
        let request = CloseRequest {
            day: day.to_owned(),
            zone: "UTC".to_owned(),
            carry_open: false,
        };
        match file.close_day(request, UnixMs(4000)).expect("closed") {
            CloseOutcome::Closed(closed) => closed,
            other => panic!("{other:?}"),
        }
    };
    let first = close(&mut file, "2026-11-26");
    let sum = |carts, minor| CartSum {
        carts,
        sum: Money::from_minor(minor, Currency::Eur),
    };
    assert_eq!(first.carts.held, [(Currency::Eur, sum(2, 770))].into());
    assert_eq!(first.carts.dropped, [(Currency::Eur, sum(1, 598))].into());
    assert_eq!(
        first.events,
        BTreeMap::new(),
        "a cart is no technical event"
    );

    let ids: Vec<_> = held(&file).iter().map(|it| it.id).collect();
    file.open_sale_of(&ids[..1], sale_of(&goods([1, 0, 0]), None), UnixMs(5000))
        .expect("sold");
    assert_eq!(
        file.carts_since_close().expect("readable").held,
        [(Currency::Eur, sum(1, 420))].into()
    );
    // The first close says what it said, whatever has become of the carts since.
    let printed_again = file.closes(None, 1).expect("readable").remove(0);
    assert_eq!(printed_again.carts, first.carts);
    verified(&file);
}

#[test]
fn a_changed_row_is_found_and_rows_are_made_again_from_the_entries() {
    let shop = Shop::new();
    let mut file = shop.open();
    let cart = hold(&mut file, "Table 4", [2, 1, 0]);
    file.open_sale_of(&[cart], sale_of(&goods([1, 0, 0]), None), UnixMs(3000))
        .expect("sold");
    let before = shown(&file);
    drop(file);
    for change in [
        "UPDATE cart SET label = 'Table 5' WHERE ended_seq IS NULL",
        "UPDATE cart SET ended_seq = NULL, ended = NULL WHERE ended = 'split'",
        "UPDATE cart SET amount_minor = 1",
        "DELETE FROM cart WHERE ended_seq IS NULL",
        "INSERT INTO cart SELECT id || 'x', NULL, seq, 0, label, currency, 1, NULL, NULL FROM cart LIMIT 1",
    ] {
        let copy = shop.path.with_extension("copy");
        std::fs::copy(&shop.path, &copy).expect("copied");
        let raw = Connection::open(&copy).expect("opens");
        raw.execute(change, []).expect("changed");
        drop(raw);
        let failure = failure(&copy);
        assert!(failure.place.contains("cart"), "{change}: {failure}");
        std::fs::remove_file(&copy).expect("removed");
    }

    let raw = Connection::open(&shop.path).expect("opens");
    raw.execute("DELETE FROM cart", []).expect("deleted");
    raw.pragma_update(None, "user_version", 3).expect("set");
    drop(raw);
    let file = shop.open();
    assert_eq!(shown(&file), before);
    verified(&file);
}

#[test]
fn a_sale_that_a_restore_takes_over_may_name_a_cart_that_the_copy_does_not_know() {
    let shop = Shop::new();
    let mut file = shop.open();
    sell(&mut file, true);
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("copy.sqlite");
    back_up(&shop.path, Purpose::Live, &copy).expect("copied");
    let cart = hold(&mut file, "Table 4", [2, 0, 0]);
    let sale = sale_of(&goods([1, 0, 0]), None);
    let sale = opened(
        file.open_sale_of(&[cart], sale, UnixMs(3000))
            .expect("sold"),
    );
    open_invoice(&mut file, sale.id, "i-2");
    drop(file);
    let facts = RestoreFacts::default();
    let newer = NewerEntries::Lose;
    restore(&shop.path, Purpose::Live, &copy, newer, facts, UnixMs(4000)).expect("restored");
    let file = shop.open();
    let taken_over = file.sale(sale.number).expect("readable").expect("there");
    assert_eq!(taken_over.id, sale.id);
    verified(&file);
}

/// What a cashier does with carts; the numbers choose among those that are held.
#[derive(Debug, Clone)]
enum Act {
    Hold([u32; 3], Option<Discount>),
    /// Takes up carts, and holds so much: of their goods first.
    HoldAgain([usize; 2], [u32; 3]),
    /// The same, and charges it.
    Charge([usize; 2], [u32; 3]),
    Drop(usize),
    /// Charges a cart that is gone.
    ChargeGone(usize),
    /// The same tap of the last hold arrives once more.
    Repeat,
    /// The program stops and starts anew.
    Restart,
}

fn act() -> impl Strategy<Value = Act> {
    let some = || [0_u32..3, 0_u32..3, 0_u32..3];
    let two = || [0_usize..5, 0_usize..5];
    let discount = prop_oneof![
        Just(None),
        Just(Some(Discount::Percent {
            rate: BasisPoints(1000)
        })),
        (0_i64..900).prop_map(|minor| Some(Discount::Fixed { minor })),
    ];
    prop_oneof![
        4 => (some(), discount).prop_map(|(goods, discount)| Act::Hold(goods, discount)),
        3 => (two(), some()).prop_map(|(carts, wanted)| Act::HoldAgain(carts, wanted)),
        3 => (two(), some()).prop_map(|(carts, wanted)| Act::Charge(carts, wanted)),
        1 => (0_usize..5).prop_map(Act::Drop),
        1 => (0_usize..5).prop_map(Act::ChargeGone),
        1 => Just(Act::Repeat),
        1 => Just(Act::Restart),
    ]
}

/// The tables as a waiter has them in the head: under each name, so much of everything.
#[derive(Debug, Default)]
struct Waiter {
    tables: BTreeMap<String, Goods>,
    names: u32,
    sold: Goods,
    dropped: Goods,
    brought: Goods,
}

impl Waiter {
    fn name(&mut self) -> String {
        self.names += 1;
        format!("Table {}", self.names)
    }

    /// Goods for one customer: from these tables as far as they have them, the first table first, and the others are
    /// brought. Returns them together.
    fn take(&mut self, tables: &[String], wanted: &Goods) -> Goods {
        for (kind, count) in wanted {
            let mut still = *count;
            for name in tables {
                if let Some(there) = self.tables.get_mut(name).and_then(|it| it.get_mut(kind)) {
                    let moved = still.min(*there);
                    *there -= moved;
                    still -= moved;
                }
            }
            *self.brought.entry(*kind).or_default() += still;
        }
        wanted.clone()
    }

    fn put(into: &mut Goods, what: &Goods) {
        for (kind, count) in what {
            *into.entry(*kind).or_default() += count;
        }
    }

    /// What the carts of the journal must be.
    fn tables_with_goods(&self) -> BTreeMap<String, Goods> {
        let tables = self.tables.iter().map(|(name, goods)| {
            let goods: Goods = goods.clone().into_iter().filter(|it| it.1 > 0).collect();
            (name.clone(), goods)
        });
        tables.filter(|(_, goods)| !goods.is_empty()).collect()
    }
}

fn tables_of(file: &JournalFile) -> BTreeMap<String, Goods> {
    let mut tables: BTreeMap<String, Goods> = BTreeMap::new();
    for cart in held(file) {
        let table = tables.entry(cart.label).or_default();
        let mut listed = 0;
        for line in cart.breakdown.lines {
            listed += line.sum_minor().expect("small");
            let kind = MENU.iter().find(|it| Some(it.0) == line.name.as_deref());
            *table.entry(*kind.expect("on the menu")).or_default() += line.quantity;
        }
        let off = cart.breakdown.discount_minor;
        assert!((0..=listed).contains(&off));
        assert_eq!(cart.amount.minor(), listed - off);
    }
    tables
}

/// The carts that the numbers choose, each once, and their names.
fn chosen(file: &JournalFile, numbers: [usize; 2]) -> (Vec<CartId>, Vec<String>) {
    let carts = held(file);
    let mut places: Vec<_> = numbers
        .iter()
        .filter_map(|it| it.checked_rem(carts.len()))
        .collect();
    places.dedup();
    let chosen = places.iter().map(|place| &carts[*place]);
    chosen.map(|it| (it.id, it.label.clone())).unzip()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_every_line_is_in_one_place(acts in prop::collection::vec(act(), 1..24)) {
        let shop = Shop::new();
        let mut file = shop.open();
        let mut waiter = Waiter::default();
        let mut gone: Vec<CartId> = Vec::new();
        let mut last_hold: Option<NewCart> = None;
        for act in acts {
            let discounts = |file: &JournalFile| held(file).iter().map(|it| it.breakdown.discount_minor).sum::<i64>();
            let off_before = discounts(&file);
            match act {
                Act::Hold(quantities, discount) => {
                    let taken = goods(quantities);
                    if lines_of(&taken).is_empty() { continue; }
                    let name = waiter.name();
                    let cart = new_cart(&name, &taken, discount, &[]);
                    last_hold = Some(cart.clone());
                    prop_assert!(file.hold_cart(cart, UnixMs(2000)).expect("held"));
                    Waiter::put(&mut waiter.brought, &taken);
                    waiter.tables.insert(name, taken);
                }
                Act::HoldAgain(numbers, wanted) => {
                    let (ids, names) = chosen(&file, numbers);
                    let together = waiter.take(&names, &goods(wanted));
                    if lines_of(&together).is_empty() { continue; }
                    let name = waiter.name();
                    let cart = new_cart(&name, &together, None, &ids);
                    last_hold = Some(cart.clone());
                    prop_assert!(file.hold_cart(cart, UnixMs(2000)).expect("held"));
                    waiter.tables.insert(name, together);
                    prop_assert!(discounts(&file) <= off_before, "a discount came from nowhere");
                    gone.extend(ids);
                }
                Act::Charge(numbers, wanted) => {
                    let (ids, names) = chosen(&file, numbers);
                    let together = waiter.take(&names, &goods(wanted));
                    if lines_of(&together).is_empty() { continue; }
                    let sale = file.open_sale_of(&ids, sale_of(&together, None), UnixMs(3000));
                    prop_assert!(matches!(sale, Ok(Opened::New(_))));
                    Waiter::put(&mut waiter.sold, &together);
                    prop_assert!(discounts(&file) <= off_before, "a discount came from nowhere");
                    gone.extend(ids);
                }
                Act::Drop(number) => {
                    let (ids, names) = chosen(&file, [number, number]);
                    let (Some(id), Some(name)) = (ids.first(), names.first()) else { continue };
                    file.drop_cart(*id, "left".into(), UnixMs(4000)).expect("dropped");
                    let left = waiter.tables.remove(name).unwrap_or_default();
                    Waiter::put(&mut waiter.dropped, &left);
                    gone.push(*id);
                }
                Act::ChargeGone(number) => {
                    let ids: Vec<_> = held(&file).iter().map(|it| it.id).collect();
                    gone.retain(|id| !ids.contains(id));
                    let Some(place) = number.checked_rem(gone.len()) else { continue };
                    let entries = file.last_seq().expect("readable");
                    let refused = file.open_sale_of(&[gone[place]], sale_of(&goods([1, 1, 1]), None), UnixMs(5000));
                    prop_assert!(matches!(refused, Err(JournalError::Cart(CartError::Gone(_)))));
                    prop_assert_eq!(file.last_seq().expect("readable"), entries);
                }
                Act::Repeat => {
                    if let Some(cart) = last_hold.clone() {
                        prop_assert!(!file.hold_cart(cart, UnixMs(6000)).expect("known"));
                    }
                }
                Act::Restart => {
                    drop(file);
                    file = shop.open();
                }
            }
            prop_assert_eq!(tables_of(&file), waiter.tables_with_goods());
        }
        // What was brought is on a table, sold, or given up.
        let mut all = waiter.sold.clone();
        Waiter::put(&mut all, &waiter.dropped);
        for table in tables_of(&file).values() {
            Waiter::put(&mut all, table);
        }
        all.retain(|_, count| *count > 0);
        waiter.brought.retain(|_, count| *count > 0);
        prop_assert_eq!(all, waiter.brought);
        verified(&file);
    }
}
