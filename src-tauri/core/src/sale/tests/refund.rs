//! What refunds take back: any basket, and any payments, refunds of goods and of amounts and voided refunds in any
//! order, against sums that are kept here by other means.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;

use super::{TestSale, paid};
use crate::ids::{AttemptNumber, RefundNumber};
use crate::money::{BasisPoints, Currency, Money};
use crate::sale::{
    DayTotals, Event, FoldError, Invoice, LedgerKind, Line, RefundParts, RefundWay, ReturnedLine,
    Sale,
};

const ATTEMPTS: u32 = 3;

/// A sale of these lines, which is not paid yet, with all its invoices open; the last is of test money.
fn sale_of(lines: Vec<Line>, discount_minor: i64, tip_minor: i64) -> TestSale {
    let mut test = TestSale::opened();
    let listed: i64 = lines.iter().filter_map(Line::sum_minor).sum();
    let sold = listed - discount_minor;
    test.sale.amount = Money::from_minor(sold + tip_minor, Currency::Eur);
    test.sale.attempts[0].amount = test.sale.amount;
    test.sale.breakdown.lines = lines;
    test.sale.breakdown.discount_minor = discount_minor;
    test.sale.breakdown.tip_minor = tip_minor;
    for attempt in 1..=ATTEMPTS {
        if attempt > 1 {
            test.request_invoice();
        }
        let opened = Event::InvoiceOpened {
            sale: test.sale.id,
            attempt: AttemptNumber(attempt),
            invoice: Invoice {
                id: crate::ids::InvoiceId(format!("i-{attempt}")),
                pay_url: "https://pay.cru.cash/invoice/i".to_owned(),
                expires_at_unix: None,
                test: attempt == ATTEMPTS,
                clock_offset_ms: None,
            },
        };
        test.append(opened).expect("opened");
    }
    test
}

fn line(quantity: u32, unit_minor: i64, tax: Option<u32>) -> Line {
    Line {
        name: Some("tea".to_owned()),
        quantity,
        unit_minor,
        tax: tax.map(BasisPoints),
        ..Line::default()
    }
}

fn pay(test: &mut TestSale, attempt: u32) {
    let event = Event::InvoicePaid {
        sale: test.sale.id,
        attempt: AttemptNumber(attempt),
        report: paid(&format!("i-{attempt}")),
    };
    test.append(event).expect("paid");
}

fn refund_parts(
    test: &mut TestSale,
    amount_minor: i64,
    lines: &[ReturnedLine],
    parts: Option<RefundParts>,
) -> Result<(), FoldError> {
    let event = Event::SaleRefunded {
        sale: test.sale.id,
        refund: test.sale.next_refund(),
        amount_minor,
        way: if amount_minor % 2 == 0 {
            RefundWay::Cash
        } else {
            RefundWay::ByHand
        },
        own: None,
        rounding_minor: 0,
        reason: "broken".to_owned(),
        lines: lines.to_vec(),
        parts,
    };
    test.append(event)
}

fn refund_amount(test: &mut TestSale, amount_minor: i64) {
    let parts = test.sale.parts_of_amount(amount_minor);
    refund_parts(test, amount_minor, &[], Some(parts)).expect("may go back");
}

fn refund_lines(test: &mut TestSale, lines: &[ReturnedLine]) -> Option<i64> {
    let (parts, amount_minor) = test.sale.parts_of_lines(lines)?;
    if amount_minor > 0 {
        refund_parts(test, amount_minor, lines, Some(parts)).expect("may go back");
    }
    Some(amount_minor)
}

fn void(test: &mut TestSale, refund: RefundNumber) {
    let event = Event::RefundTakenBack {
        sale: test.sale.id,
        refund,
        reason: "mistyped".to_owned(),
    };
    test.append(event).expect("stood");
}

fn returned(line: u32, quantity: u32) -> ReturnedLine {
    ReturnedLine { line, quantity }
}

/// The tax in a gross amount, as a book on VAT has it: gross × rate ÷ (100 + rate), halves up.
fn vat(gross: i64, basis_points: u32) -> i64 {
    let (rate, whole) = (i64::from(basis_points), 10_000 + i64::from(basis_points));
    let (cents, rest) = (gross * rate / whole, gross * rate % whole);
    cents + i64::from(rest * 2 >= whole)
}

/// Net gross and net tax of each rate, and the tips that remain, from the sums of the sale's ledger lines.
fn net(sale: &Sale) -> (BTreeMap<u32, (i64, i64)>, i64) {
    let totals = DayTotals::of(&sale.ledger_lines());
    let Some(sums) = totals.0.get(&Currency::Eur) else {
        return (BTreeMap::new(), 0);
    };
    let taxes = sums.taxes.iter();
    let taxes = taxes.map(|(rate, tax)| (rate.0, (tax.net_gross_minor(), tax.net_tax_minor())));
    let ways: i64 = sums.refund_ways.values().map(|way| way.refunds_minor).sum();
    assert_eq!(ways, sums.refunds_minor, "the ways are all refunds");
    (
        taxes.filter(|(_, net)| *net != (0, 0)).collect(),
        sums.tips_minor - sums.refunded_tips_minor,
    )
}

#[test]
fn a_bottle_brings_its_deposit_back_whole_and_goods_their_discounted_price() {
    let bottle = Line {
        deposit: true,
        ..line(2, 25, Some(1900))
    };
    let weighed = Line {
        weight: Some(crate::sale::Weight {
            grams: 350,
            kilogram_minor: 1_000,
        }),
        ..line(1, 350, Some(700))
    };
    // Goods of 4.00 and 3.50; half of them is taken off.
    let mut test = sale_of(vec![line(2, 200, Some(1900)), bottle, weighed], 375, 0);
    pay(&mut test, 1);
    assert_eq!(refund_lines(&mut test, &[returned(2, 1)]), Some(25));
    assert_eq!(refund_lines(&mut test, &[returned(1, 1)]), Some(100));
    assert_eq!(refund_lines(&mut test, &[returned(3, 1)]), Some(175));
    assert_eq!(
        refund_lines(&mut test, &[returned(1, 1), returned(2, 1)]),
        Some(125)
    );
    assert_eq!(test.sale.refundable().minor(), 0);
    assert_eq!(net(&test.sale), (BTreeMap::new(), 0));
}

#[test]
fn a_sale_refunded_whole_leaves_no_tax() {
    let mut test = sale_of(vec![line(1, 11_900, Some(1900))], 0, 0);
    pay(&mut test, 1);
    assert_eq!(net(&test.sale).0, [(1900, (11_900, 1900))].into());
    refund_amount(&mut test, 11_900);
    assert_eq!(net(&test.sale), (BTreeMap::new(), 0));
    void(&mut test, RefundNumber(1));
    assert_eq!(net(&test.sale).0, [(1900, (11_900, 1900))].into());
}

#[test]
fn an_amount_goes_back_in_proportion_and_the_largest_remainders_get_the_last_cents() {
    // 10.00 of each rate, 5.00 without, 1.00 tip: 2600 in all.
    let lines = vec![
        line(1, 1000, Some(1900)),
        line(1, 1000, Some(700)),
        line(1, 500, None),
    ];
    let mut test = sale_of(lines, 0, 100);
    pay(&mut test, 1);
    // Of 1.00: tip 3.8, untaxed 19.2, each rate 38.46; 3 + 19 + 38 + 38 leave two cents for .8 and the smaller rate.
    let parts = test.sale.parts_of_amount(100);
    let expected = RefundParts {
        gross_by_rate: [(BasisPoints(700), 39), (BasisPoints(1900), 38)].into(),
        untaxed_minor: 19,
        tip_minor: 4,
        twice_minor: 0,
    };
    assert_eq!(parts, expected);
}

#[test]
fn goods_come_back_at_what_was_paid_for_them_and_only_once() {
    // 30.00 with 10.00 off: a third.
    let lines = vec![line(3, 500, Some(1900)), line(1, 1500, Some(700))];
    let mut test = sale_of(lines, 1000, 0);
    pay(&mut test, 1);
    let price = |test: &TestSale, lines: &[ReturnedLine]| test.sale.parts_of_lines(lines);
    for wrong in [
        vec![returned(0, 1)],
        vec![returned(3, 1)],
        vec![returned(1, 0)],
        vec![returned(1, 4)],
        vec![returned(1, 2), returned(1, 2)],
    ] {
        assert_eq!(price(&test, &wrong), None, "{wrong:?}");
        let parts = test.sale.parts_of_amount(333);
        let refused = refund_parts(&mut test, 333, &wrong, Some(parts));
        let expected = FoldError::RefundOfOtherLines(RefundNumber(1));
        assert_eq!(refused, Err(expected), "{wrong:?}");
    }
    assert_eq!(refund_lines(&mut test, &[returned(1, 1)]), Some(333));
    assert_eq!(test.sale.quantities_left(), [2, 1]);
    assert_eq!(price(&test, &[returned(1, 3)]), None, "one is back already");
    assert_eq!(refund_lines(&mut test, &[returned(2, 1)]), Some(1000));
    // What went back as an amount is not paid out again with the goods.
    refund_amount(&mut test, 67);
    assert_eq!(refund_lines(&mut test, &[returned(1, 2)]), Some(600));
    assert_eq!(test.sale.refundable().minor(), 0);
    assert_eq!(net(&test.sale), (BTreeMap::new(), 0));
}

#[test]
fn what_was_paid_twice_goes_back_before_what_was_sold() {
    let mut test = sale_of(vec![line(1, 11_900, Some(1900))], 0, 0);
    pay(&mut test, 1);
    pay(&mut test, 2);
    refund_amount(&mut test, 11_900);
    let whole: BTreeMap<_, _> = [(1900, (11_900, 1900))].into();
    assert_eq!(net(&test.sale).0, whole, "nothing was sold for it");
    refund_amount(&mut test, 11_900);
    assert_eq!(net(&test.sale).0, BTreeMap::new());
}

#[test]
fn test_money_that_came_first_takes_no_tax_out_of_real_money() {
    let mut test = sale_of(vec![line(1, 11_900, Some(1900))], 0, 0);
    pay(&mut test, ATTEMPTS);
    pay(&mut test, 1);
    let whole = test.sale.refundable().minor();
    refund_amount(&mut test, whole);
    assert_eq!(net(&test.sale), (BTreeMap::new(), 0));
}

#[test]
fn parts_that_were_not_sold_cannot_go_back() {
    let mut test = sale_of(vec![line(1, 1000, Some(1900)), line(1, 1000, None)], 0, 100);
    pay(&mut test, 1);
    let of = |rate: u32, gross: i64| RefundParts {
        gross_by_rate: [(BasisPoints(rate), gross)].into(),
        ..RefundParts::default()
    };
    let untaxed = |minor| RefundParts {
        untaxed_minor: minor,
        ..RefundParts::default()
    };
    for (amount, parts) in [
        (1000, of(700, 1000)),
        (1001, of(1900, 1001)),
        (999, of(1900, 1000)),
        (1001, untaxed(1001)),
        (
            101,
            RefundParts {
                tip_minor: 101,
                ..RefundParts::default()
            },
        ),
        (
            1,
            RefundParts {
                twice_minor: 1,
                ..RefundParts::default()
            },
        ),
        (
            900,
            RefundParts {
                untaxed_minor: -100,
                ..of(1900, 1000)
            },
        ),
    ] {
        let refused = refund_parts(&mut test, amount, &[], Some(parts.clone()));
        let expected = FoldError::RefundOfOtherParts(RefundNumber(1));
        assert_eq!(refused, Err(expected), "{parts:?}");
    }
    assert_eq!(
        refund_parts(&mut test, 1000, &[], Some(of(1900, 1000))),
        Ok(())
    );
    let again = refund_parts(&mut test, 1, &[], Some(of(1900, 1)));
    assert_eq!(again, Err(FoldError::RefundOfOtherParts(RefundNumber(2))));
}

#[test]
fn an_old_entry_takes_what_the_same_amount_takes_today() {
    let parts = [None, Some(())].map(|written| {
        let lines = vec![line(1, 1000, Some(1900)), line(1, 500, Some(700))];
        let mut test = sale_of(lines, 100, 50);
        pay(&mut test, 1);
        let parts = written.map(|()| test.sale.parts_of_amount(777));
        refund_parts(&mut test, 777, &[], parts).expect("may go back");
        (test.sale.refunds[0].parts.clone(), net(&test.sale))
    });
    assert_eq!(parts[0], parts[1]);
}

/// Something that happens to a sale.
#[derive(Debug, Clone)]
enum Act {
    Pay,
    Amount(Index),
    Rest,
    Goods(Index, Index),
    Void(Index),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let index = any::<Index>;
    let act = prop_oneof![
        2 => Just(Act::Pay),
        6 => index().prop_map(Act::Amount),
        1 => Just(Act::Rest),
        6 => (index(), index()).prop_map(|(line, quantity)| Act::Goods(line, quantity)),
        3 => index().prop_map(Act::Void),
    ];
    prop::collection::vec(act, 0..14)
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let rates = prop::option::weighted(0.8, prop::sample::select(vec![0, 700, 1064, 1900, 2000]));
    let unit = prop_oneof![1..=5_i64, 1..=20_000_i64];
    let line = (1..=4_u32, unit, rates).prop_map(|(quantity, unit, tax)| line(quantity, unit, tax));
    prop::collection::vec(line, 1..6)
}

fn act_on(test: &mut TestSale, act: &Act) {
    let left = test.sale.refundable().minor();
    match act {
        Act::Pay => {
            let attempts = test.sale.attempts.iter();
            let paid = attempts.filter(|it| it.paid_at().is_some()).count();
            let next = u32::try_from(paid).expect("few") + 1;
            // The last invoice is of test money, which has a test of its own.
            if next < ATTEMPTS {
                pay(test, next);
            }
        }
        Act::Amount(share) if left > 0 => {
            let amount = share.index(usize::try_from(left).expect("positive")) + 1;
            refund_amount(test, i64::try_from(amount).expect("fits"));
        }
        Act::Rest if left > 0 => refund_amount(test, left),
        Act::Goods(line, quantity) if left > 0 => {
            let quantities = test.sale.quantities_left();
            let place = line.index(quantities.len());
            let most = quantities[place];
            if most > 0 {
                let quantity = quantity.index(usize::try_from(most).expect("few")) + 1;
                let [line, quantity] =
                    [place + 1, quantity].map(|it| u32::try_from(it).expect("few"));
                refund_lines(test, &[returned(line, quantity)]).expect("there are so many");
            }
        }
        Act::Void(place) => {
            let standing = test.sale.standing_refunds().map(|refund| refund.number);
            let standing: Vec<_> = standing.collect();
            if !standing.is_empty() {
                void(test, standing[place.index(standing.len())]);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn whatever_goes_back_the_tax_left_is_that_of_the_goods_left(
        lines in lines(),
        discount in any::<Index>(),
        tip in prop_oneof![Just(0_i64), 1..=500_i64],
        acts in acts(),
    ) {
        let listed: i64 = lines.iter().filter_map(Line::sum_minor).sum();
        let discount = discount.index(usize::try_from(listed).expect("positive")) / 2;
        let mut test = sale_of(lines, i64::try_from(discount).expect("fits"), tip);
        // The sums that are kept here: what is left at each rate, without a rate, of the tip, paid twice.
        let sold: BTreeMap<u32, i64> =
            test.sale.gross_by_rate().into_iter().map(|(rate, gross)| (rate.0, gross)).collect();
        let untaxed = test.sale.amount.minor() - tip - sold.values().sum::<i64>();
        pay(&mut test, 1);
        for act in &acts {
            act_on(&mut test, act);
            let mut left = (sold.clone(), untaxed, tip);
            let standing: Vec<_> = test.sale.standing_refunds().cloned().collect();
            for refund in &standing {
                let parts = &refund.parts;
                for (rate, gross) in &parts.gross_by_rate {
                    *left.0.get_mut(&rate.0).expect("sold") -= gross;
                }
                left.1 -= parts.untaxed_minor;
                left.2 -= parts.tip_minor;
                let rates: i64 = parts.gross_by_rate.values().sum();
                let others = parts.untaxed_minor + parts.tip_minor + parts.twice_minor;
                prop_assert_eq!(rates + others, refund.amount_minor, "its parts are its amount");
            }
            prop_assert!(left.1 >= 0 && left.2 >= 0 && left.0.values().all(|gross| *gross >= 0));
            left.0.retain(|_, gross| *gross > 0);
            let (taxes, tips) = net(&test.sale);
            let expected: BTreeMap<u32, (i64, i64)> =
                left.0.iter().map(|(rate, gross)| (*rate, (*gross, vat(*gross, *rate)))).collect();
            prop_assert_eq!(taxes, expected);
            prop_assert_eq!(tips, left.2);
            for line in test.sale.ledger_lines() {
                if let LedgerKind::Refunded(line) | LedgerKind::RefundTakenBack(line) = line.kind {
                    prop_assert!(line.takes.taxes.values().all(|it| it.gross_minor > 0 && it.tax_minor >= 0));
                }
            }
        }
        let rest = test.sale.refundable().minor();
        if rest > 0 {
            refund_amount(&mut test, rest);
        }
        prop_assert_eq!(net(&test.sale), (BTreeMap::new(), 0), "nothing is left over");
        prop_assert_eq!(Sale::fold(&rebuilt(&test)).map(|sale| sale.refunds), Ok(test.sale.refunds.clone()));
    }

    #[test]
    fn an_amount_takes_its_share_of_every_part_to_a_cent(
        lines in lines(),
        tip in 0..=500_i64,
        share in any::<Index>(),
    ) {
        let mut test = sale_of(lines, 0, tip);
        pay(&mut test, 1);
        let whole = test.sale.amount.minor();
        let amount = i64::try_from(share.index(usize::try_from(whole).expect("fits")) + 1).expect("fits");
        let parts = test.sale.parts_of_amount(amount);
        let near = |part: i64, of: i64| (part * whole - of * amount).abs() < whole;
        for (rate, gross) in test.sale.gross_by_rate() {
            prop_assert!(near(parts.gross_by_rate.get(&rate).copied().unwrap_or(0), gross));
        }
        prop_assert!(near(parts.tip_minor, tip));
    }

    #[test]
    fn goods_that_come_back_one_by_one_cost_what_they_cost_together(
        lines in lines(),
        discount in any::<Index>(),
    ) {
        let listed: i64 = lines.iter().filter_map(Line::sum_minor).sum();
        let discount = discount.index(usize::try_from(listed).expect("positive"));
        let mut test = sale_of(lines, i64::try_from(discount).expect("fits"), 0);
        pay(&mut test, 1);
        // What costs nothing by itself, after the discount, comes back with the next.
        let mut pending = Vec::new();
        for (place, quantity) in (1..).zip(test.sale.quantities_left()) {
            for _ in 0..quantity {
                pending.push(returned(place, 1));
                if refund_lines(&mut test, &pending).expect("there") > 0 {
                    pending.clear();
                }
            }
        }
        prop_assert_eq!(test.sale.refundable().minor(), 0);
        prop_assert_eq!(net(&test.sale).0, BTreeMap::new());
    }
}

/// The entries, with the basket in the first: the tests set it in the sale alone.
fn rebuilt(test: &TestSale) -> Vec<crate::sale::Entry> {
    let mut entries = test.entries.clone();
    if let Event::SaleOpened {
        amount_minor,
        breakdown,
        ..
    } = &mut entries[0].event
    {
        *amount_minor = test.sale.amount.minor();
        breakdown.clone_from(&test.sale.breakdown);
    }
    entries
}
