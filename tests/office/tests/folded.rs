//! What the owner reads is what the tills themselves say: whatever is cut, repeated, interleaved or broken off, on both
//! databases.

mod broken;
mod kills;
mod questions;

use std::collections::BTreeMap;

use ringup_core::clock::UnixMs;
use ringup_core::export::{ExportFormat, ExportOfTills, ExportRows};
use ringup_core::ids::TillId;
use ringup_core::report::CloseView;
use ringup_core::sale::SaleView;
use ringup_core::{Export, ExportTo, SalesQuery as TillQuery};
use ringup_office::book::{EventsQuery, SaleMark, SalesQuery};
use ringup_office::export::{ExportedTills, export};
use ringup_office::store::{Store, Token};
use serde_json::Value;

use crate::book::{new_database, on_both, paired};
use office_tests::{RandomShop, zone};

const NOW: UnixMs = UnixMs(1_800_000_000_000);
/// Most entries of a batch: small enough that a sale is cut in the middle.
const LONGEST: u64 = 40;

/// Shops that have traded, each with its token.
async fn shops(store: &Store, seeds: std::ops::Range<u64>, acts: u32) -> Vec<(RandomShop, Token)> {
    let mut shops = Vec::new();
    for seed in seeds {
        let mut shop = RandomShop::begin(seed);
        shop.trade(acts).await;
        let token = paired(store, shop.journal.till()).await;
        shops.push((shop, token));
    }
    shops
}

async fn send_all(store: &Store, shops: &mut [(RandomShop, Token)]) {
    for (shop, token) in shops {
        for batch in shop.batches(0, 500) {
            store.append(token, &batch, NOW).await.unwrap();
        }
    }
}

/// Everything that the owner can read, apart from when it was asked and when it came.
async fn picture(store: &Store, shops: &[(RandomShop, Token)]) -> Value {
    let mut days = BTreeMap::new();
    for day in shops.iter().flat_map(|(shop, _)| &shop.days) {
        days.insert(
            day.to_string(),
            store.day(*day, &zone(), NOW).await.unwrap(),
        );
    }
    let all = EventsQuery {
        limit: 200,
        ..EventsQuery::default()
    };
    let mut sales = Vec::new();
    for sale in all_sales(store, &SalesQuery::default()).await {
        let till: TillId = sale.till.parse().unwrap();
        sales.push((
            store
                .sale(till, sale.number, &zone())
                .await
                .unwrap()
                .unwrap(),
            sale,
        ));
    }
    let mut states = store.till_states().await.unwrap();
    for state in &mut states {
        state.last_contact_unix_ms = None;
    }
    serde_json::json!({
        "days": days,
        "tills": states,
        "sales": sales,
        "closes": store.closes(&all).await.unwrap(),
        "differences": store.drawer_differences(&all).await.unwrap(),
        "attention": store.attention(UnixMs(0)).await.unwrap(),
    })
}

/// All sales of a question, page by page.
async fn all_sales(store: &Store, query: &SalesQuery) -> Vec<ringup_office::book::BookSale> {
    let (mut sales, mut before): (Vec<_>, Option<SaleMark>) = (Vec::new(), None);
    loop {
        let query = SalesQuery {
            before,
            limit: 7,
            ..query.clone()
        };
        let page = store.sales(&query).await.unwrap();
        sales.extend(page.sales);
        match page.next {
            Some(next) => before = Some(next),
            None => return sales,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_tills_sums_are_its_own_x_and_z() {
    on_both(async |store: &Store| {
        let mut shops = shops(store, 0..3, 260).await;
        send_all(store, &mut shops).await;
        let folded = store.fold_all(NOW).await.unwrap();
        assert_eq!((folded.tills, folded.held), (3, 0));
        assert_eq!(store.alarms().await.unwrap(), []);
        for (shop, _) in &shops {
            is_its_own(store, shop).await;
        }
        let closes = store.closes(&EventsQuery::default()).await.unwrap();
        assert!(closes.closes.len() > 5, "{}", closes.closes.len());
    })
    .await;
}

/// Whether everything that the office says of a till is what the till says itself.
async fn is_its_own(store: &Store, shop: &RandomShop) {
    let (id, till) = (shop.journal.till(), shop.till().await);
    for day in &shop.days {
        let x = till.report(Some(*day)).await.unwrap();
        let book = store.day(*day, &zone(), NOW).await.unwrap();
        let own = book.tills.iter().find(|it| it.till == id.to_string());
        let own = own.unwrap();
        assert_eq!(own.totals, x.totals, "{day}");
        assert_eq!(own.hours, x.hours, "{day}");
        assert_eq!(own.behind, 0);
    }
    let x = till.report(None).await.unwrap();
    let states = store.till_states().await.unwrap();
    let state = states.iter().find(|it| it.till == id.to_string()).unwrap();
    assert_eq!(state.since_close, x.since_close);
    assert_eq!(state.drawer, x.drawer);
    assert_eq!(state.code.as_deref(), Some(x.till.as_str()));
    let zs: Vec<CloseView> = till.closes(None).await.unwrap();
    for z in &zs {
        let own = store.close(id, z.z).await.unwrap().unwrap().close;
        // The till knows its gateway by its settings, the office by the entries.
        let gateway = own.gateway.clone();
        assert_eq!(
            own,
            CloseView {
                gateway,
                ..z.clone()
            }
        );
    }
    assert!(store.close(id, 1_000_000).await.unwrap().is_none());
    let of_till = SalesQuery {
        till: Some(id.to_string()),
        ..SalesQuery::default()
    };
    let sales = all_sales(store, &of_till).await;
    let page = till.sales(TillQuery::default()).await.unwrap();
    let newest: Vec<u32> = page.sales.iter().map(|sale| sale.number).collect();
    let own: Vec<u32> = sales.iter().map(|sale| sale.number).collect();
    assert!(own.starts_with(&newest));
    let numbers: std::collections::BTreeSet<_> = own.iter().copied().collect();
    assert!(
        numbers
            .into_iter()
            .eq(1..=u32::try_from(own.len()).unwrap())
    );
    for sale in &page.sales {
        let own = store.sale(id, sale.number, &zone()).await.unwrap().unwrap();
        // A till that is opened on a slow machine doubts a request that nobody waits for any more, and writes that down.
        if own.detail.sale.state == ringup_core::sale::SaleState::Requesting {
            continue;
        }
        assert_eq!(own.detail, till.sale_detail(sale.number).await.unwrap());
        let row = sales.iter().find(|it| it.number == sale.number).unwrap();
        is_its_view(row, sale);
    }
}

fn is_its_view(row: &ringup_office::book::BookSale, view: &SaleView) {
    assert_eq!(row.label, view.label);
    assert_eq!((row.state, row.revision), (view.state, view.revision));
    assert_eq!(
        (row.open, row.late, row.test, row.paid_twice),
        (view.open, view.late, view.test, view.paid_twice)
    );
    assert_eq!((row.unseen, row.settled), (view.unseen, view.settled));
    assert_eq!((row.amount, row.tip), (view.amount, view.tip));
    assert_eq!((row.refunded, &row.note), (view.refunded, &view.note));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn however_batches_are_cut_and_folds_run_the_book_is_the_same() {
    on_both(async |store: &Store| {
        let mut shops = shops(store, 10..13, 120).await;
        let mut batches: Vec<_> = shops
            .iter_mut()
            .map(|(shop, token)| (shop.batches(0, LONGEST).into_iter(), token.clone()))
            .collect();
        let mut turn = 0;
        while !batches.is_empty() {
            turn = (turn * 7 + 3) % batches.len();
            let (of_till, token) = &mut batches[turn];
            match of_till.next() {
                Some(batch) => {
                    store.append(token, &batch, NOW).await.unwrap();
                    store.append(token, &batch, NOW).await.unwrap();
                }
                None => drop(batches.remove(turn)),
            }
            // Two offices at once, and sometimes neither.
            if turn != 1 {
                let (one, other) = (store.clone(), store.clone());
                let (one, other) = tokio::join!(
                    tokio::spawn(async move { one.fold_all(NOW).await }),
                    tokio::spawn(async move { other.fold_all(NOW).await }),
                );
                one.unwrap().unwrap();
                other.unwrap().unwrap();
            }
        }
        store.fold_all(NOW).await.unwrap();
        let bit_by_bit = picture(store, &shops).await;
        for (shop, _) in &shops {
            is_its_own(store, shop).await;
        }
        let folder = tempfile::tempdir().unwrap();
        let other = Store::sqlite(&folder.path().join("office.sqlite"))
            .await
            .unwrap();
        for (shop, token) in &mut shops {
            *token = paired(&other, shop.journal.till()).await;
        }
        send_all(&other, &mut shops).await;
        other.fold_all(NOW).await.unwrap();
        assert_eq!(picture(&other, &shops).await, bit_by_bit);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_export_of_a_till_is_the_tills_own() {
    on_both(async |store: &Store| {
        let mut shops = shops(store, 20..22, 150).await;
        send_all(store, &mut shops).await;
        store.fold_all(NOW).await.unwrap();
        for rows in [
            ExportRows::Sales,
            ExportRows::Tenders,
            ExportRows::Lines,
            ExportRows::Cash,
        ] {
            let mut all = 0;
            for (shop, _) in &shops {
                let own = own_export(shop, rows).await;
                let tills = ExportedTills {
                    till: Some(shop.journal.till().to_string()),
                    apart: false,
                };
                let (count, text) = exported(store, &tills, rows).await;
                assert_eq!(text, own, "{rows:?}");
                all += count;
            }
            let (count, _) = exported(store, &ExportedTills::default(), rows).await;
            assert_eq!(count, all, "{rows:?}");
        }
    })
    .await;
}

async fn exported(store: &Store, tills: &ExportedTills, rows: ExportRows) -> (u64, String) {
    let wanted = ExportOfTills {
        format: ExportFormat::Csv,
        rows,
        from: UnixMs(i64::MIN),
        to: UnixMs(i64::MAX),
        zone: zone(),
    };
    let mut out = Vec::new();
    let count = export(store, tills, wanted, &mut out).await.unwrap();
    (count, String::from_utf8(out).unwrap())
}

async fn own_export(shop: &RandomShop, rows: ExportRows) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.csv");
    let wanted = Export {
        format: ExportFormat::Csv,
        rows,
        from: None,
        to: None,
    };
    let to = ExportTo::File(path.clone());
    let till = shop.till().await;
    till.export(wanted, to, |_| {}, std::sync::Arc::default())
        .await
        .unwrap()
        .unwrap();
    std::fs::read_to_string(path).unwrap()
}

/// A book in PostgreSQL or in a file, and a way to change it behind the office's back.
pub(crate) struct Opened {
    pub(crate) store: Store,
    /// Its file, or the address of its database.
    pub(crate) place: String,
    pub(crate) change: Box<dyn Fn(&str)>,
    folder: tempfile::TempDir,
}

impl Opened {
    /// A file of its own, for what a test wants to remember.
    pub(crate) fn note(&self) -> std::path::PathBuf {
        self.folder.path().join("note")
    }

    pub(crate) async fn both() -> [Self; 2] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("office.sqlite");
        let in_file = Self {
            store: Store::sqlite(&path).await.unwrap(),
            place: path.to_str().unwrap().to_owned(),
            change: Box::new(move |sql| {
                let file = rusqlite::Connection::open(&path).unwrap();
                file.execute_batch(sql).unwrap();
            }),
            folder,
        };
        let (postgres, name, url) = new_database();
        let in_postgres = Self {
            store: Store::postgres(&url).await.unwrap(),
            place: url,
            change: Box::new(move |sql| drop(postgres.sql_in(&name, sql))),
            folder: tempfile::tempdir().unwrap(),
        };
        [in_file, in_postgres]
    }
}
