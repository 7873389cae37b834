//! What a basket adds up to.

use proptest::prelude::*;

use super::super::basket::{Basket, BasketError, Discount, Line, Weight};
use crate::money::{BasisPoints, Currency, Money};

fn checked(basket: &Basket, minor: i64) -> Result<(), BasketError> {
    let amount = Money::from_minor(minor, Currency::Eur);
    basket.clone().breakdown(amount, None).map(drop)
}

fn line(name: &str, quantity: u32, unit_minor: i64) -> Line {
    Line {
        name: Some(name.to_owned()),
        quantity,
        unit_minor,
        ..Line::default()
    }
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let one = (1..=50_u32, 1..=20_000_000_i64, any::<bool>());
    prop::collection::vec(one, 1..20).prop_map(|lines| {
        let of = |(quantity, unit_minor, named): (u32, i64, bool)| Line {
            name: named.then(|| "tea".to_owned()),
            ..line("", quantity, unit_minor)
        };
        lines.into_iter().map(of).collect()
    })
}

fn discounts() -> impl Strategy<Value = Option<Discount>> {
    let percent = (0..=10_000_u32).prop_map(|rate| Discount::Percent {
        rate: BasisPoints(rate),
    });
    let fixed = (0..=30_000_i64).prop_map(|minor| Discount::Fixed { minor });
    prop::option::of(prop_oneof![percent, fixed])
}

proptest! {
    #[test]
    fn the_parts_are_the_amount_and_no_other(
        lines in lines(), discount in discounts(), tip_minor in 0..=50_000_i64, off_by in 1..=100_i64,
    ) {
        let basket = Basket { lines, discount, tip_minor };
        let listed: i64 = basket.lines.iter().filter_map(Line::sum_minor).sum();
        let discount_minor = basket.discount.map_or(0, |discount| discount.of(listed));
        let amount = listed - discount_minor + tip_minor;
        if discount_minor > listed {
            prop_assert_eq!(checked(&basket, amount), Err(BasketError::Discount));
        } else {
            prop_assert_eq!(checked(&basket, amount), Ok(()));
            prop_assert!(amount >= 0 && discount_minor >= 0);
            for other in [amount - off_by, amount + off_by] {
                prop_assert!(checked(&basket, other).is_err(), "{}", other);
            }
        }
    }

    #[test]
    fn a_share_is_rounded_by_half_a_cent_at_most(listed in 0..=1_000_000_000_i64, rate in 0..=10_000_u32) {
        let off = Discount::Percent { rate: BasisPoints(rate) }.of(listed);
        prop_assert!(off >= 0 && off <= listed);
        let exact = listed * i64::from(rate);
        prop_assert!((off * 10_000 - exact).abs() <= 5_000, "{} of {} is {}", rate, listed, off);
    }

    #[test]
    fn what_was_weighed_costs_its_grams_to_half_a_cent(grams in 1..=99_999_u32, kilogram_minor in 1..=10_000_000_i64) {
        let weight = Weight { grams, kilogram_minor };
        let price = weight.price_minor().expect("fits");
        let exact = i64::from(grams) * kilogram_minor;
        prop_assert!((price * 1000 - exact).abs() <= 500);
        prop_assert!(exact % 1000 != 500 || price * 1000 > exact, "halves go up");
        let weighed = |unit_minor| Line { weight: Some(weight), ..line("Apples", 2, unit_minor) };
        let basket = |unit_minor| Basket { lines: vec![weighed(unit_minor)], ..Basket::default() };
        prop_assert_eq!(checked(&basket(price), price * 2).is_ok(), price > 0);
        for other in [price - 1, price + 1] {
            prop_assert_eq!(checked(&basket(other), other * 2), Err(BasketError::Line(1)));
        }
    }

    #[test]
    fn a_discount_takes_nothing_off_a_deposit(
        goods in 1..=1_000_000_i64, deposit in 1..=10_000_i64, rate in 0..=10_000_u32,
    ) {
        let bottle = Line { deposit: true, ..line("Cola", 1, deposit) };
        let basket = |discount| Basket {
            lines: vec![line("Cola", 1, goods), bottle.clone()],
            discount: Some(discount),
            tip_minor: 0,
        };
        let percent = Discount::Percent { rate: BasisPoints(rate) };
        prop_assert_eq!(checked(&basket(percent), goods - percent.of(goods) + deposit), Ok(()));
        let all = Discount::Fixed { minor: goods };
        prop_assert_eq!(checked(&basket(all), deposit), Ok(()));
        let more = Discount::Fixed { minor: goods + 1 };
        prop_assert_eq!(checked(&basket(more), deposit - 1), Err(BasketError::Discount));
    }

    #[test]
    fn an_amount_that_was_typed_holds_its_tip(
        (amount, tip_minor) in (1..=1_000_000_000_i64)
            .prop_flat_map(|amount| (Just(amount), prop_oneof![-100..0_i64, 0..=amount, amount + 1..=amount + 100])),
    ) {
        let basket = Basket { tip_minor, ..Basket::default() };
        let valid = (0..=amount).contains(&tip_minor);
        prop_assert_eq!(checked(&basket, amount).is_ok(), valid);
    }

    #[test]
    fn no_basket_from_outside_is_more_than_an_error(
        lines in prop::collection::vec((any::<u32>(), any::<i64>(), ".{0,70}"), 0..5),
        minor in any::<i64>(), rate in any::<u32>(), percent in any::<bool>(),
        tip_minor in any::<i64>(), amount in any::<i64>(),
    ) {
        let lines = lines.into_iter().map(|(quantity, unit_minor, name)| line(&name, quantity, unit_minor));
        let discount = if percent {
            Discount::Percent { rate: BasisPoints(rate) }
        } else {
            Discount::Fixed { minor }
        };
        let basket = Basket { lines: lines.collect(), discount: Some(discount), tip_minor };
        if checked(&basket, amount).is_ok() {
            prop_assert!(amount >= tip_minor && tip_minor >= 0);
        }
    }
}

#[test]
fn what_is_no_basket_is_named() {
    let coffee = || vec![line("Coffee", 2, 350)];
    let of = |lines, discount, tip_minor| Basket {
        lines,
        discount,
        tip_minor,
    };
    let percent = |rate| {
        Some(Discount::Percent {
            rate: BasisPoints(rate),
        })
    };
    let fixed = |minor| Some(Discount::Fixed { minor });
    for (basket, amount, wrong) in [
        (of(coffee(), None, 0), 700, None),
        (of(coffee(), percent(1000), 100), 730, None),
        (of(coffee(), fixed(700), 100), 100, None),
        (
            of(vec![line("Coffee", 0, 350)], None, 0),
            0,
            Some(BasketError::Line(1)),
        ),
        (
            of(vec![line("Coffee", 1, 0)], None, 0),
            0,
            Some(BasketError::Line(1)),
        ),
        (
            of(vec![line(" ", 1, 350)], None, 0),
            350,
            Some(BasketError::Line(1)),
        ),
        (
            of(vec![line("a\nb", 1, 350)], None, 0),
            350,
            Some(BasketError::Line(1)),
        ),
        (
            of(
                vec![Line {
                    options: vec!["large".to_owned()],
                    name: None,
                    ..line("", 1, 350)
                }],
                None,
                0,
            ),
            350,
            Some(BasketError::Line(1)),
        ),
        (
            of(
                vec![Line {
                    category: Some(" ".to_owned()),
                    ..line("Coffee", 1, 350)
                }],
                None,
                0,
            ),
            350,
            Some(BasketError::Line(1)),
        ),
        (
            of(coffee(), percent(10_001), 0),
            0,
            Some(BasketError::Discount),
        ),
        (of(coffee(), fixed(701), 0), 0, Some(BasketError::Discount)),
        (of(coffee(), fixed(-1), 0), 701, Some(BasketError::Discount)),
        (
            of(Vec::new(), fixed(100), 0),
            700,
            Some(BasketError::Discount),
        ),
        (of(coffee(), None, -1), 699, Some(BasketError::Tip)),
        (
            of(vec![line("Coffee", 2, i64::MAX)], None, 0),
            1,
            Some(BasketError::TooLarge),
        ),
    ] {
        let found = checked(&basket, amount).err();
        assert_eq!(found, wrong, "{basket:?}");
    }
}

#[test]
fn what_was_typed_on_the_pad_contains_the_tax_of_the_pads_sales() {
    let taxes = |lines: Vec<Line>| {
        let basket = Basket {
            lines,
            ..Basket::default()
        };
        let pad_tax = Some(BasisPoints(1900));
        let amount = Money::from_minor(700, Currency::Eur);
        let breakdown = basket.breakdown(amount, pad_tax).expect("adds up");
        let lines: Vec<_> = breakdown.lines.iter().map(|line| line.tax).collect();
        (breakdown.tax, lines)
    };
    let typed = Line {
        name: None,
        ..line("", 1, 350)
    };
    let (tax, lines) = taxes(vec![line("Coffee", 1, 350), typed]);
    assert_eq!((tax, lines), (None, vec![None, Some(BasisPoints(1900))]));
    assert_eq!(taxes(Vec::new()), (Some(BasisPoints(1900)), Vec::new()));
}

#[test]
fn an_entry_whose_parts_are_not_its_amount_opens_no_sale() {
    use super::super::{Entry, FoldError, Sale};
    let opened = |parts: &str| -> Entry {
        let text = format!(
            r#"{{"seq":2,"till":"97b118c0-9d2f-4825-b417-7ee61b20a6ea","at_unix_ms":0,"kind":"sale_opened",
            "sale":"01a1fdc6-7209-77d6-8712-209695450836","number":1,"amount_minor":730,"currency":"EUR",
            "tap":"01a1fdc6-7209-77d6-8712-209695450836",{parts}}}"#
        );
        serde_json::from_str(&text).expect("an entry")
    };
    let coffee = r#""lines":[{"name":"Coffee","quantity":2,"unit_minor":350}]"#;
    for (rest, opens) in [
        (
            r#""discount_minor":70,"discount_rate":1000,"tip_minor":100"#,
            true,
        ),
        (r#""tip_minor":30"#, true),
        (r#""tip_minor":31"#, false),
        (
            r#""discount_minor":71,"discount_rate":1000,"tip_minor":101"#,
            false,
        ),
        (r#""discount_minor":-30"#, false),
    ] {
        let sale = Sale::open(&opened(&format!("{coffee},{rest}")));
        assert_eq!(sale.is_ok(), opens, "{rest}");
        assert!(opens || matches!(sale, Err(FoldError::Basket(_))));
    }
}
