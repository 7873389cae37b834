//! The till's short code changes by an entry; each sale keeps the one that it was opened with.

use super::*;
use crate::ids::TillCode;

fn code(text: &str) -> TillCode {
    TillCode::parse(text).expect("a code")
}

#[test]
fn a_sale_bears_the_code_that_held_when_it_was_opened() {
    let shop = Shop::new();
    let mut file = shop.open();
    let first = sell(&mut file, true);
    file.change_code(code("B7"), UnixMs(10)).expect("changed");
    file.change_code(code("B7"), UnixMs(11)).expect("as it is");
    let second = sell(&mut file, false);
    file.change_code(code("A"), UnixMs(12)).expect("back");
    let third = sell(&mut file, false);
    let labels = [&first, &second, &third].map(|sale| sale.label(file.code()));
    assert_eq!(labels, ["A-000001", "B7-000002", "A-000003"]);
    let verified = file.verify().expect("readable").expect("whole");
    assert_eq!((verified.sales, file.codes().expect("read").len()), (3, 3));
    assert_eq!(
        file.sale(second.number).expect("read"),
        Some(second.clone())
    );
    // By any of its codes it is found.
    let hits = |text: &str| {
        let filter = Filter {
            search: Some(text.to_owned()),
            ..Filter::default()
        };
        let found = file.page(&filter, None, 10).expect("read");
        found.iter().map(|sale| sale.number).collect::<Vec<_>>()
    };
    assert_eq!(hits("b7-2"), [second.number]);
    assert_eq!(hits("C-2"), []);
}

#[test]
fn verify_names_a_sale_with_another_code_than_the_tills() {
    let shop = Shop::new();
    let mut file = shop.open();
    file.change_code(code("B"), UnixMs(10)).expect("changed");
    let author = file.author();
    let transaction = file.connection.transaction().expect("begun");
    let events =
        new_sale(TapId::new()).events(SaleId::new(), crate::ids::SaleNumber(1), None, None);
    entries::append(&transaction, &author, UnixMs(11), events).expect("written");
    transaction.commit().expect("written");
    let found = file
        .verify()
        .expect("readable")
        .expect_err("A, but B holds");
    assert_eq!(found.entry, Some(3), "{found}");
}
