//! The rules of held carts: entries that would lose a line, count it twice or hide a cart are refused.

use super::super::{CartContent, CartEndKind, CartError, Carts, JournalRestored};
use super::*;
use crate::ids::CartId;

fn line(name: &str, quantity: u32, unit_minor: i64) -> Line {
    Line {
        name: Some(name.to_owned()),
        quantity,
        unit_minor,
        ..Line::default()
    }
}

fn content(lines: Vec<Line>, discount_minor: i64) -> CartContent {
    let listed: i64 = lines.iter().filter_map(Line::sum_minor).sum();
    CartContent {
        cart: CartId::new(),
        label: "Table 4".to_owned(),
        amount_minor: listed - discount_minor,
        breakdown: Breakdown {
            lines,
            discount_minor,
            ..Breakdown::default()
        },
    }
}

/// Carts, and how their next entry is taken.
struct Book(Carts, u64);

impl Book {
    fn take(&mut self, event: Event) -> Result<(), CartError> {
        self.1 += 1;
        let entry = Entry {
            seq: self.1,
            till: TillId::new(),
            at: UnixMs(0),
            by: None,
            approved_by: None,
            event,
        };
        let before = self.0.clone();
        let taken = self.0.apply(&entry);
        if taken.is_err() {
            assert_eq!(self.0, before, "a refused entry changes nothing");
        }
        taken
    }

    fn held(content: CartContent) -> (Self, CartId) {
        let cart = content.cart;
        let mut book = Self(Carts::default(), 0);
        book.take(hold(content, &[])).expect("held");
        (book, cart)
    }
}

fn hold(content: CartContent, from: &[CartId]) -> Event {
    Event::CartHeld {
        content,
        currency: Currency::Eur,
        tap: TapId::new(),
        from: from.to_vec(),
    }
}

fn sale(cart: CartId, lines: Vec<Line>, currency: Currency, number: u32) -> Event {
    let content = content(lines, 0);
    Event::SaleOpened {
        sale: SaleId::new(),
        number: SaleNumber(number),
        code: None,
        amount_minor: content.amount_minor,
        currency,
        note: None,
        language: None,
        tap: TapId::new(),
        breakdown: content.breakdown,
        cart: Some(cart),
        receipt_token: None,
    }
}

#[test]
fn what_takes_a_cart_up_has_all_its_lines_at_their_prices() {
    let euros = |lines| move |cart| sale(cart, lines, Currency::Eur, 1);
    for lines in [
        vec![line("Coffee", 1, 350)],
        vec![line("Coffee", 2, 349)],
        vec![line("Tea", 2, 350)],
    ] {
        let (mut book, cart) = Book::held(content(vec![line("Coffee", 2, 350)], 0));
        let again = hold(content(lines.clone(), 0), &[cart]);
        assert_eq!(book.take(again), Err(CartError::Lines), "{lines:?}");
        assert_eq!(book.take(euros(lines)(cart)), Err(CartError::Lines));
    }
    let (mut book, cart) = Book::held(content(vec![line("Coffee", 2, 350)], 0));
    let roubles = sale(cart, vec![line("Coffee", 2, 350)], Currency::Rub, 1);
    assert_eq!(book.take(roubles), Err(CartError::Currency));
    // Lines apart are the same goods, and more may be added.
    let more = vec![
        line("Coffee", 1, 350),
        line("Tea", 1, 300),
        line("Coffee", 1, 350),
    ];
    assert_eq!(book.take(euros(more.clone())(cart)), Ok(()));
    let gone = CartError::Gone("Table 4".to_owned());
    assert_eq!(book.take(euros(more)(cart)), Err(gone));
    let end = book.0.all().next().and_then(|it| it.end).expect("over");
    assert_eq!(end.kind, CartEndKind::Sold);
}

#[test]
fn the_parts_of_a_split_are_the_whole() {
    let whole = || content(vec![line("Coffee", 2, 350), line("Cake", 1, 420)], 100);
    let part = |lines, discount| content(lines, discount);
    let coffee = |quantity| line("Coffee", quantity, 350);
    let cake = || line("Cake", 1, 420);
    for (into, right) in [
        (
            vec![part(vec![coffee(1)], 100), part(vec![coffee(1), cake()], 0)],
            true,
        ),
        (
            vec![part(vec![coffee(1)], 0), part(vec![coffee(1), cake()], 0)],
            false,
        ),
        (
            vec![part(vec![coffee(1)], 100), part(vec![cake()], 0)],
            false,
        ),
        (
            vec![part(vec![coffee(2)], 100), part(vec![coffee(1), cake()], 0)],
            false,
        ),
        (vec![part(vec![coffee(2), cake()], 100)], false),
    ] {
        let (mut book, cart) = Book::held(whole());
        let taken = book.take(Event::CartSplit { cart, into });
        assert_eq!(taken.is_ok(), right, "{taken:?}");
        assert_eq!(book.0.held().count(), if right { 2 } else { 1 });
    }
    let (mut book, cart) = Book::held(whole());
    let twin = part(vec![coffee(1)], 100);
    let mut other = part(vec![coffee(1), cake()], 0);
    other.cart = twin.cart;
    let into = vec![twin, other];
    let twice = book.take(Event::CartSplit { cart, into });
    assert!(matches!(twice, Err(CartError::HeldTwice(_))), "{twice:?}");
}

#[test]
fn a_cart_has_a_name_lines_no_tip_and_an_id_of_its_own() {
    let good = || content(vec![line("Coffee", 1, 350)], 0);
    let (mut book, cart) = Book::held(good());
    for (spoil, error) in [
        (
            |it: &mut CartContent| it.label = "  ".to_owned(),
            CartError::Label,
        ),
        (|it| it.breakdown.lines = Vec::new(), CartError::Content),
        (|it| it.breakdown.tip_minor = 50, CartError::Content),
    ] as [(fn(&mut CartContent), CartError); 3]
    {
        let mut spoilt = good();
        spoil(&mut spoilt);
        assert_eq!(book.take(hold(spoilt, &[])), Err(error));
    }
    let mut dearer = good();
    dearer.amount_minor += 1;
    let refused = book.take(hold(dearer, &[]));
    assert!(matches!(refused, Err(CartError::Basket(_))), "{refused:?}");
    let mut twin = good();
    twin.cart = cart;
    assert_eq!(book.take(hold(twin, &[])), Err(CartError::HeldTwice(cart)));
    let doubled = content(vec![line("Coffee", 2, 350)], 0);
    let doubled = book.take(hold(doubled, &[cart, cart]));
    assert!(matches!(doubled, Err(CartError::Gone(_))), "{doubled:?}");
}

#[test]
fn a_cart_is_dropped_once_and_for_a_reason() {
    let (mut book, cart) = Book::held(content(vec![line("Coffee", 1, 350)], 0));
    let drop = |reason: &str| Event::CartDropped {
        cart,
        reason: reason.to_owned(),
    };
    assert_eq!(book.take(drop(" ")), Err(CartError::Reason));
    assert_eq!(book.take(drop("they left")), Ok(()));
    assert!(matches!(book.take(drop("again")), Err(CartError::Gone(_))));
}

#[test]
fn only_a_sale_that_a_restore_took_over_may_name_an_unknown_cart() {
    let mut book = Book(Carts::default(), 0);
    let of = |number| {
        sale(
            CartId::new(),
            vec![line("Coffee", 1, 350)],
            Currency::Eur,
            number,
        )
    };
    assert!(matches!(book.take(of(7)), Err(CartError::Gone(_))));
    let restored = JournalRestored {
        restored_head: String::new(),
        replaced_head: None,
        lost_entries: None,
        numbers_after: 7,
        z_after: 0,
    };
    book.take(Event::JournalRestored(restored))
        .expect("restored");
    assert_eq!(book.take(of(7)), Ok(()));
    assert!(matches!(book.take(of(8)), Err(CartError::Gone(_))));
}
