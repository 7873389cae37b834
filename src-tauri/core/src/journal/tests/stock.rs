//! What is left of items whose stock is counted, against a model: counts, sales paid and unpaid, goods that come back,
//! refunds that were a mistake, in any order.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{JournalFile, NewSale, Shop, new_sale, open_invoice, opened, pay};
use crate::clock::UnixMs;
use crate::ids::{ItemId, RefundNumber, TapId};
use crate::sale::{Breakdown, Event, Line, RefundWay, ReturnedLine, Sale};

/// A sale of so many, 12.50 together, with the deposit of one and a line of the same name that is not counted.
fn sell_of(file: &mut JournalFile, item: ItemId, quantity: u32, paid: bool) -> Sale {
    let counted = Line {
        name: Some("Cola".into()),
        quantity,
        unit_minor: 100,
        item: Some(item),
        ..Line::default()
    };
    let deposit = Line {
        quantity: 1,
        unit_minor: 25,
        deposit: true,
        ..counted.clone()
    };
    let other = Line {
        quantity: 1,
        unit_minor: 1225 - 100 * i64::from(quantity),
        item: None,
        ..counted.clone()
    };
    let new = NewSale {
        breakdown: Breakdown {
            lines: vec![counted, deposit, other],
            ..Breakdown::default()
        },
        ..new_sale(TapId::new())
    };
    let sale = opened(file.open_sale(new, UnixMs(2000)).expect("opened"));
    let invoice = format!("i-{}", sale.number);
    if paid {
        pay(file, sale.id, &invoice)
    } else {
        open_invoice(file, sale.id, &invoice)
    }
}

fn give_back(file: &mut JournalFile, sale: &Sale) -> RefundNumber {
    let refund = sale.next_refund();
    let lines = vec![ReturnedLine {
        line: 1,
        quantity: 1,
    }];
    let (parts, amount_minor) = sale.parts_of_lines(&lines).expect("goods");
    let event = Event::SaleRefunded {
        sale: sale.id,
        refund,
        amount_minor,
        way: RefundWay::Cash,
        own: None,
        rounding_minor: 0,
        reason: "broken".into(),
        lines,
        parts: Some(parts),
    };
    let recorded = file.record(sale.id, UnixMs(4000), |_| vec![event]);
    recorded.expect("recorded");
    refund
}

fn set(file: &mut JournalFile, item: ItemId, count: u32) {
    let event = Event::StockSet { item, count };
    file.append_event(event, UnixMs(5000)).expect("appended");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_left_is_the_last_count_less_what_went(
        steps in prop::collection::vec((0..6_u8, any::<bool>(), 1..10_u32), 1..24),
    ) {
        let shop = Shop::new();
        let mut file = shop.open();
        let items = [ItemId::new(), ItemId::new()];
        let mut model: BTreeMap<ItemId, i64> = BTreeMap::new();
        let mut sold: Vec<(ItemId, Sale)> = Vec::new();
        let mut back = Vec::new();
        for (step, second, count) in steps {
            let item = items[usize::from(second)];
            match step {
                0 => {
                    set(&mut file, item, count);
                    model.insert(item, i64::from(count));
                    // A refund from before the count is no longer taken back here: it would count nothing.
                    back.retain(|(of, _, _)| *of != item);
                }
                1 | 2 => {
                    let sale = sell_of(&mut file, item, count, true);
                    model.entry(item).and_modify(|left| *left -= i64::from(count));
                    sold.push((item, sale));
                }
                3 => drop(sell_of(&mut file, item, count, false)),
                4 => {
                    if let Some((item, sale)) = sold.pop() {
                        let refund = give_back(&mut file, &sale);
                        model.entry(item).and_modify(|left| *left += 1);
                        back.push((item, sale.id, refund));
                    }
                }
                _ => {
                    if let Some((item, sale, refund)) = back.pop() {
                        let event = Event::RefundTakenBack { sale, refund, reason: "mistyped".into() };
                        file.record(sale, UnixMs(6000), |_| vec![event]).expect("recorded");
                        model.entry(item).and_modify(|left| *left -= 1);
                    }
                }
            }
            prop_assert_eq!(&file.stock().expect("counted"), &model);
        }
        drop(file);
        prop_assert!(shop.open().verify().expect("read").is_ok());
        prop_assert_eq!(shop.open().stock().expect("counted"), model);
    }
}
