//! Held carts on real files: they outlive the program, are charged once whoever is faster, and are told at the close.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::error::{Code, Fault};
use ringup_core::ids::{CartId, TapId};
use ringup_core::journal::{FirstPayment, JournalFile, NewCart, NewSale};
use ringup_core::money::{Currency, Money};
use ringup_core::sale::{Basket, Line, Purpose, SaleState};
use ringup_core::{CartView, Charge, Hold, Till, TillEvent};

use ringup_testkit::gateway::key;
use ringup_testkit::{Shop, euros};

fn basket(coffees: u32, cakes: u32) -> Basket {
    let line = |name: &str, quantity, unit_minor| Line {
        name: Some(name.to_owned()),
        quantity,
        unit_minor,
        ..Line::default()
    };
    let lines = [line("Coffee", coffees, 350), line("Cake", cakes, 420)];
    Basket {
        lines: lines.into_iter().filter(|it| it.quantity > 0).collect(),
        ..Basket::default()
    }
}

fn hold(label: &str, basket: Basket, carts: Vec<CartId>) -> Hold {
    Hold {
        label: label.to_owned(),
        currency: Currency::Eur,
        basket,
        carts,
        tap: TapId::new(),
    }
}

fn charge(amount: &str, basket: Basket, carts: Vec<CartId>) -> Charge {
    Charge {
        basket,
        carts,
        ..euros(amount)
    }
}

/// Names and sums, minor units.
fn shown(carts: &[CartView]) -> Vec<(&str, i64)> {
    let shown = carts.iter();
    shown
        .map(|it| (it.label.as_str(), it.amount.minor()))
        .collect()
}

#[tokio::test]
async fn a_table_is_held_joined_paid_in_part_and_outlives_the_program() {
    let mut shop = Shop::open().await;
    let held = hold("Table 4", basket(2, 1), Vec::new());
    let carts = shop.till().hold_cart(held).await.unwrap();
    let table = carts[0].id;
    // Another customer pays meanwhile.
    let (number, invoice) = shop.open_sale().await;
    shop.control.pay(&invoice).unwrap();
    shop.wait_for_state(number, SaleState::Paid).await;

    shop.reopen().await;
    let taken = shop.till().take_up_cart(table).await.unwrap();
    assert_eq!((taken.label.as_str(), taken.lines.len()), ("Table 4", 2));
    // One coffee is paid now; the rest stays.
    let part = charge("3.50", basket(1, 0), vec![table]);
    let sale = shop.till().charge(part).await.unwrap();
    shop.control.pay(&sale.invoice_id.unwrap()).unwrap();
    shop.wait_for_state(sale.number, SaleState::Paid).await;
    let rest = shop.till().held_carts().await.unwrap();
    assert_eq!(shown(&rest), [("Table 4", 770)]);

    // A guest from the bar joins the table, and both are held as one.
    let bar = hold("Bar", basket(0, 2), Vec::new());
    let carts = shop.till().hold_cart(bar).await.unwrap();
    let both: Vec<_> = carts.iter().map(|it| it.id).collect();
    let joined = hold("Table 4", basket(1, 3), both);
    shop.till().hold_cart(joined).await.unwrap();
    shop.reopen().await;
    let carts = shop.till().held_carts().await.unwrap();
    assert_eq!(shown(&carts), [("Table 4", 1610)]);

    let all = charge("16.10", basket(1, 3), vec![carts[0].id]);
    let sale = shop.till().charge(all).await.unwrap();
    assert_eq!(sale.state, SaleState::Awaiting);
    assert_eq!(shop.till().held_carts().await.unwrap(), []);
    shop.assert_whole().await;
}

#[tokio::test]
async fn of_two_programs_one_charges_a_cart_and_the_other_is_told_so() {
    let shop = Shop::open().await;
    let other = Till::open_practice(&shop.config, Clock::system(), key());
    let other = other.await.unwrap();
    let held = hold("Table 4", basket(2, 0), Vec::new());
    let carts = shop.till().hold_cart(held).await.unwrap();
    let mut events = other.events();
    let table = carts[0].id;
    // Both have it on their pads.
    shop.till().take_up_cart(table).await.unwrap();
    other.take_up_cart(table).await.unwrap();
    let both = || charge("7.00", basket(2, 0), vec![table]);
    let (one, two) = tokio::join!(shop.till().charge(both()), other.charge(both()));
    let (charged, refused) = match (one, two) {
        (Ok(sale), Err(error)) | (Err(error), Ok(sale)) => (sale, error),
        both => panic!("{both:?}"),
    };
    assert_eq!(charged.amount, Money::from_minor(700, Currency::Eur));
    let fault = Fault::from(refused);
    assert_eq!(fault.code, Code::CartGone);
    assert_eq!(fault.detail["label"], "Table 4");
    // Every window is told that the cart is gone.
    let told = async {
        loop {
            if let Ok(TillEvent::CartsChanged(carts)) = events.recv().await
                && carts.is_empty()
            {
                return;
            }
        }
    };
    tokio::time::timeout(ringup_testkit::TIMEOUT, told)
        .await
        .expect("told");
    let all = shop.till().sales(Default::default()).await.unwrap().sales;
    assert_eq!(all.len(), 1, "one sale, not two");
    // The refused cashier's lines can still be sold or held: they are on the pad, and the cart is not needed.
    other
        .charge(charge("7.00", basket(2, 0), Vec::new()))
        .await
        .unwrap();
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_hold_is_refused_that_could_not_be_told_apart_or_sold() {
    let shop = Shop::open().await;
    let till = shop.till();
    let refused =
        |hold: Hold| async move { Fault::from(till.hold_cart(hold).await.unwrap_err()).code };
    let long = "x".repeat(31);
    for label in ["", "  ", &long, "a\nb"] {
        assert_eq!(
            refused(hold(label, basket(1, 0), Vec::new())).await,
            Code::CartUnnamed,
            "{label}"
        );
    }
    let with_tip = Basket {
        tip_minor: 1,
        ..basket(1, 0)
    };
    for basket in [Basket::default(), with_tip] {
        let code = refused(hold("Table 4", basket, Vec::new())).await;
        assert_eq!(code, Code::BasketMismatch);
    }
    let too_much = Basket {
        lines: vec![Line {
            name: None,
            quantity: 2,
            unit_minor: 500_000_001,
            ..Line::default()
        }],
        ..Basket::default()
    };
    let code = refused(hold("Table 4", too_much, Vec::new())).await;
    assert_eq!(code, Code::AmountAboveMaximum);
    let unknown = hold("Table 4", basket(1, 0), vec![CartId::new()]);
    assert_eq!(refused(unknown).await, Code::CartGone);
    let carts = till
        .hold_cart(hold("Table 4", basket(1, 0), Vec::new()))
        .await;
    let cart = carts.unwrap()[0].id;
    let roubles = Charge {
        amount: Money::from_minor(35_000, Currency::Rub),
        ..charge("350", basket(100, 0), vec![cart])
    };
    let error = till.charge(roubles).await.unwrap_err();
    assert_eq!(Fault::from(error).code, Code::BasketMismatch);
    let error = till.drop_cart(cart, "  ").await.unwrap_err();
    assert_eq!(Fault::from(error).code, Code::ReasonMissing);
    assert_eq!(shown(&till.held_carts().await.unwrap()), [("Table 4", 350)]);
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_close_tells_what_is_held_and_dropped_and_waits_for_neither() {
    let shop = Shop::open().await;
    let till = shop.till();
    till.hold_cart(hold("Table 4", basket(2, 1), Vec::new()))
        .await
        .unwrap();
    let carts = till.hold_cart(hold("Left", basket(1, 0), Vec::new())).await;
    let left = carts.unwrap()[1].id;
    till.drop_cart(left, "the guests left").await.unwrap();
    let report = till.report(None).await.unwrap();
    let close = till.close_day(false).await.unwrap();
    for (held, dropped) in [
        (report.held_carts, report.dropped_carts),
        (close.held_carts, close.dropped_carts),
    ] {
        let (held, dropped) = (held[&Currency::Eur], dropped[&Currency::Eur]);
        assert_eq!(
            (held.carts, held.sum),
            (1, Money::from_minor(1120, Currency::Eur))
        );
        assert_eq!((dropped.carts, dropped.sum.minor()), (1, 350));
    }
    assert_eq!(close.events.get("cart_held"), None);
    // The next day counts no dropped cart twice; the held one is still there.
    let next = till.report(None).await.unwrap();
    assert_eq!(next.held_carts[&Currency::Eur].carts, 1);
    assert!(next.dropped_carts.is_empty());
    shop.assert_whole().await;
}

/// Holds and charges carts without end in a program of its own; prints what it has done after it is done.
#[test]
fn sells_until_it_is_killed() {
    let Ok(folder) = std::env::var("RINGUP_TEST_CARTS") else {
        return;
    };
    let path = std::path::PathBuf::from(folder).join("journal.sqlite");
    let mut file = open(&path);
    let mut out = std::io::stdout();
    for round in 1_u32.. {
        let held = NewCart {
            label: format!("Table {round}"),
            amount: Money::from_minor(1050, Currency::Eur),
            breakdown: basket(3, 0)
                .breakdown(Money::from_minor(1050, Currency::Eur), None)
                .unwrap(),
            from: Vec::new(),
            tap: TapId::new(),
        };
        file.hold_cart(held, UnixMs(1)).unwrap();
        writeln!(out, "held {round}").unwrap();
        let cart = file.held_carts().unwrap().pop().unwrap();
        let amount = Money::from_minor(350, Currency::Eur);
        let sale = NewSale {
            tap: TapId::new(),
            amount,
            note: None,
            language: None,
            breakdown: basket(1, 0).breakdown(amount, None).unwrap(),
            first: FirstPayment::Invoice {
                gateway: "practice".to_owned(),
                lifetime_minutes: 15,
            },
            receipt_token: None,
        };
        file.open_sale_of(&[cart.id], sale, UnixMs(2)).unwrap();
        writeln!(out, "sold {round}").unwrap();
    }
}

#[test]
fn a_program_that_is_killed_loses_no_cart_and_sells_no_line_twice() {
    for turn in 0..6_u64 {
        let folder = tempfile::tempdir().unwrap();
        let mut program = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["carts::sells_until_it_is_killed", "--exact", "--nocapture"])
            .env("RINGUP_TEST_CARTS", folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let mut done = Vec::new();
        while done.len() < 5 {
            let line = lines.next().unwrap().unwrap();
            done.extend(line.starts_with("held").then(|| line.clone()));
        }
        std::thread::sleep(std::time::Duration::from_micros(700 * turn));
        program.kill().unwrap();
        program.wait().unwrap();
        let rest: Vec<_> = lines.map_while(Result::ok).collect();

        let file = open(&folder.path().join("journal.sqlite"));
        file.verify().unwrap().unwrap();
        let all = done.iter().chain(&rest);
        let held = all.filter(|line| line.starts_with("held")).count();
        let carts = file.held_carts().unwrap();
        // Each round leaves a cart: with all three coffees, or with two once one of them is sold. The last may have been
        // written without being told.
        assert!(
            [held, held + 1].contains(&carts.len()),
            "{held} {}",
            carts.len()
        );
        let coffees: u32 = carts
            .iter()
            .flat_map(|it| &it.breakdown.lines)
            .map(|it| it.quantity)
            .sum();
        let sales = u32::try_from(file.open_sales().unwrap().len()).unwrap();
        assert_eq!(coffees + sales, 3 * u32::try_from(carts.len()).unwrap());
    }
}

fn open(path: &std::path::Path) -> JournalFile {
    JournalFile::open(path, Purpose::Practice, UnixMs(0)).unwrap()
}
