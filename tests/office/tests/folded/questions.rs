//! Pages, filters and searches against the whole book.

use ringup_core::money::Currency;
use ringup_core::sale::SaleState;
use ringup_office::book::{BookSale, SaleFlag, SalesQuery};
use ringup_office::store::Store;

use super::{NOW, all_sales, on_both, send_all, shops};

/// Whether a sale is one that the question wants, found out the long way.
fn wanted(sale: &BookSale, query: &SalesQuery) -> bool {
    let flag = match query.flag {
        None => true,
        Some(SaleFlag::Open) => sale.open,
        Some(SaleFlag::Late) => sale.late,
        Some(SaleFlag::PaidTwice) => sale.paid_twice,
        Some(SaleFlag::Review) => sale.state == SaleState::Review,
        Some(SaleFlag::Unseen) => sale.unseen,
    };
    let at = sale.booked_at_unix_ms;
    flag && query.till.as_ref().is_none_or(|till| *till == sale.till)
        && query.from_unix_ms.is_none_or(|from| from <= at)
        && query.to_unix_ms.is_none_or(|to| at < to)
        && (query.states.is_empty() || query.states.contains(&sale.state))
        && query
            .tender
            .as_ref()
            .is_none_or(|tender| sale.tenders.contains(tender))
        && query
            .currency
            .is_none_or(|currency| currency == sale.amount.currency())
        && query.test.is_none_or(|test| test == sale.test)
}

/// Sets one filter of a question.
type Change<'s> = Box<dyn Fn(&mut SalesQuery) + 's>;

/// The questions that are asked: each filter alone, and each with each.
fn questions(all: &[BookSale]) -> Vec<SalesQuery> {
    let middle = all.get(all.len() / 2).unwrap();
    let one = |set: &dyn Fn(&mut SalesQuery)| {
        let mut query = SalesQuery::default();
        set(&mut query);
        query
    };
    let sets: Vec<Change<'_>> = vec![
        Box::new(|_| {}),
        Box::new(|query| query.till = Some(middle.till.clone())),
        Box::new(|query| query.from_unix_ms = Some(middle.booked_at_unix_ms)),
        Box::new(|query| query.to_unix_ms = Some(middle.booked_at_unix_ms)),
        Box::new(|query| query.states = vec![SaleState::Paid]),
        Box::new(|query| query.states = vec![SaleState::PartPaid, SaleState::Review]),
        Box::new(|query| query.tender = Some("cash".to_owned())),
        Box::new(|query| query.tender = Some("own:voucher".to_owned())),
        Box::new(|query| query.currency = Some(Currency::Usd)),
        Box::new(|query| query.test = Some(true)),
        Box::new(|query| query.flag = Some(SaleFlag::Open)),
        Box::new(|query| query.flag = Some(SaleFlag::Late)),
        Box::new(|query| query.flag = Some(SaleFlag::PaidTwice)),
        Box::new(|query| query.flag = Some(SaleFlag::Review)),
        Box::new(|query| query.flag = Some(SaleFlag::Unseen)),
    ];
    let mut questions = Vec::new();
    for first in &sets {
        for second in &sets {
            questions.push(one(&|query: &mut SalesQuery| {
                first(query);
                second(query);
            }));
        }
    }
    questions
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_every_filter_is_the_book_filtered() {
    on_both(async |store: &Store| {
        let mut shops = shops(store, 70..73, 90).await;
        send_all(store, &mut shops).await;
        store.fold_all(NOW).await.unwrap();
        let all = all_sales(store, &SalesQuery::default()).await;
        let place = |sale: &BookSale| (sale.booked_at_unix_ms, sale.till.clone(), sale.number);
        assert!(all.windows(2).all(|two| place(&two[0]) > place(&two[1])));
        assert!(all.len() > 60);
        for query in questions(&all) {
            let found = all_sales(store, &query).await;
            let expected: Vec<_> = all
                .iter()
                .filter(|it| wanted(it, &query))
                .cloned()
                .collect();
            assert_eq!(found, expected, "{query:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_finds_numbers_amounts_invoices_and_words() {
    on_both(async |store: &Store| {
        let mut shops = shops(store, 80..82, 90).await;
        send_all(store, &mut shops).await;
        store.fold_all(NOW).await.unwrap();
        let all = all_sales(store, &SalesQuery::default()).await;
        let search = async |text: &str, tender: Option<&str>| {
            let query = SalesQuery {
                search: Some(text.to_owned()),
                tender: tender.map(str::to_owned),
                ..SalesQuery::default()
            };
            all_sales(store, &query).await
        };
        let those = |is: &dyn Fn(&BookSale) -> bool| -> Vec<_> {
            all.iter().filter(|sale| is(sale)).cloned().collect()
        };
        let noted = |text: &str| {
            let text = text.to_owned();
            those(&move |sale| {
                sale.note
                    .as_ref()
                    .is_some_and(|note| note.to_lowercase().contains(&text))
            })
        };
        // Each till is `A`, so a label finds the sale of this number of each.
        assert_eq!(
            search("a-000007", None).await,
            those(&|sale| sale.number == 7)
        );
        let amount = all[3].amount;
        let text = format!("{} {amount}", amount.currency());
        assert_eq!(
            search(&text, None).await,
            those(&|sale| sale.amount == amount)
        );
        assert_eq!(search("tisch", None).await, noted("tisch"));
        assert_eq!(search("TISCHL", None).await, noted("tischl"));
        assert_eq!(search("tab sug", None).await, noted("table 4"));
        assert_eq!(search("собой", None).await, noted("собой"));
        assert!(!noted("tisch").is_empty());
        let in_cash: Vec<_> = noted("tisch")
            .into_iter()
            .filter(|sale| sale.tenders.contains(&"cash".to_owned()))
            .collect();
        assert_eq!(search("tisch", Some("cash")).await, in_cash);
        assert_eq!(search("nothing of that kind", None).await, []);
        let crypto = those(&|sale| sale.tenders.contains(&"crypto".to_owned()));
        let sale = crypto
            .iter()
            .find(|sale| sale.state == SaleState::Paid)
            .unwrap();
        let detail = store
            .sale(
                sale.till.parse().unwrap(),
                sale.number,
                &office_tests::zone(),
            )
            .await
            .unwrap()
            .unwrap();
        let invoice = detail.detail.attempts[0].invoice_id.clone().unwrap();
        assert_eq!(
            search(&invoice.get(..30).unwrap().to_uppercase(), None).await,
            std::slice::from_ref(sale)
        );
    })
    .await;
}
