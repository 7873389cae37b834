//! The pages show what the folded book answers: every sale and every Z of a till that traded at random can be come to from
//! the lists, and the file holds them all.

use ringup_core::calendar::{Zone, bounds};
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::i18n::{Language, NumberFormat};
use ringup_core::money::Money;
use ringup_office::store::Store;

use office_tests::{RandomShop, RunningOffice, Visitor};

const ANNA: &str = "Anna";
const HERS: &str = "correct horse battery";

/// An office that holds a till that has traded, on the evening of its last day.
pub(crate) async fn with_a_shop(seed: u64, acts: u32) -> (RunningOffice, RandomShop) {
    let mut shop = RandomShop::begin(seed);
    shop.trade(acts).await;
    let zone = Zone::named("Europe/Berlin").unwrap();
    let evening = bounds(*shop.days.last().unwrap(), &zone).1.plus(-60_000);
    let office = RunningOffice::start_at(Clock::from_fn(move || evening)).await;
    let (token, key) = office.pair(shop.journal.till()).await;
    for batch in shop.batches(0, 500) {
        office
            .client()
            .send(&token, shop.journal.till(), &key, &batch)
            .await
            .unwrap();
    }
    fold(&office.store, evening).await;
    (office, shop)
}

async fn fold(store: &Store, now: UnixMs) {
    store.fold_all(now).await.unwrap();
    let states = store.till_states().await.unwrap();
    assert!(states.iter().all(|till| till.folded_seq == till.head_seq));
}

/// Every link of this list and of the pages after it.
async fn links(visitor: &mut Visitor, list: &str) -> Vec<String> {
    let (mut found, mut next) = (Vec::new(), list.to_owned());
    while !next.is_empty() {
        let page = visitor.get(&next).await;
        assert_eq!(page.status, 200, "{next}");
        let own = format!("href=\"{}/", list.split('?').next().unwrap());
        for part in page.body.split("class=\"row\" ").skip(1) {
            if let Some(rest) = part.strip_prefix(&own) {
                let path = rest.split('"').next().unwrap();
                found.push(format!("{}/{path}", list.split('?').next().unwrap()));
            }
        }
        // The way to the older ones.
        let more = page.body.split("<a ").find(|tag| tag.contains("-more\""));
        let more = more.and_then(|tag| tag.split("href=\"").nth(1)?.split('"').next());
        next = more.unwrap_or_default().replace("&amp;", "&");
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_sale_and_every_close_is_come_to_and_the_sums_are_the_books() {
    let (office, shop) = with_a_shop(7, 160).await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    let zone = Zone::named("Europe/Berlin").unwrap();
    let mut days = 0;
    for day in &shop.days {
        let page = visitor.get(&format!("/day?day={day}")).await;
        let book = office.store.day(*day, &zone, UnixMs(0)).await.unwrap();
        for (currency, sums) in &book.totals.0 {
            let paid = Money::from_minor(sums.paid_minor, *currency);
            let paid = NumberFormat(Language::En).money(paid);
            assert!(
                page.body
                    .contains(&format!("data-testid=\"totals-paid\">{paid}<")),
                "{day}: {paid}"
            );
            days += 1;
        }
    }
    assert!(days > 2, "{days}");
    let sales = links(&mut visitor, "/sales").await;
    let journal = rusqlite::Connection::open(shop.path()).unwrap();
    let held: u32 = journal
        .query_row("SELECT count(*) FROM sale", [], |row| row.get(0))
        .unwrap();
    assert_eq!(u32::try_from(sales.len()).unwrap(), held);
    for path in &sales {
        let page = visitor.get(path).await;
        assert!(
            page.status == 200 && page.body.contains("data-testid=\"sale-entry\""),
            "{path}"
        );
        assert!(!page.body.contains("entry-"), "{path}: a text is missing");
    }
    let closes = links(&mut visitor, "/closes").await;
    assert!(!closes.is_empty());
    for path in &closes {
        let page = visitor.get(path).await;
        assert!(
            page.status == 200 && page.body.contains("data-testid=\"close-z\""),
            "{path}"
        );
    }
    let acts: Vec<_> = office.store.audit(None).await.unwrap();
    assert!(acts.iter().any(|row| row.act == "close_viewed"));
    let till = shop.journal.till();
    for nowhere in [
        format!("/sales/{till}/999999"),
        format!("/closes/{till}/999999"),
        "/sales/x/1".to_owned(),
    ] {
        assert_eq!(visitor.get(&nowhere).await.status, 404, "{nowhere}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn search_and_filters_are_those_of_the_book() {
    let (office, shop) = with_a_shop(3, 120).await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    let all = links(&mut visitor, "/sales").await.len();
    let mut count = async |query: &str| links(&mut visitor, &format!("/sales?{query}")).await.len();
    let noted = count("search=Tisch").await;
    assert!(noted > 0 && noted < all, "{noted} of {all}");
    assert_eq!(count("search=").await, all);
    assert_eq!(count(&format!("till={}", shop.journal.till())).await, all);
    assert_eq!(count("till=nobody").await, 0);
    let (real, test) = (count("money=real").await, count("money=test").await);
    assert_eq!(real + test, all);
    let (euros, dollars) = (count("currency=EUR").await, count("currency=USD").await);
    assert!(
        euros > 0 && dollars > 0 && euros + dollars == all,
        "{euros} {dollars} {all}"
    );
    assert!(count("tender=cash").await > 0);
    // What cannot be read asks for nothing.
    assert_eq!(count("state=x&flag=x&before=x&first=x&from=x").await, all);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_of_the_book_comes_whole() {
    let (office, shop) = with_a_shop(5, 80).await;
    office.add_owner(ANNA, HERS).await;
    let mut visitor = office.signed_in(ANNA, HERS).await;
    let (first, last) = (shop.days.first().unwrap(), shop.days.last().unwrap());
    let path = format!("/export/file?first={first}&last={last}&format=json&rows=sales");
    let file = visitor.get(&path).await;
    assert_eq!(file.status, 200, "{}", file.body);
    assert_eq!(file.header("content-length"), file.body.len().to_string());
    assert!(
        file.header("content-disposition")
            .starts_with("attachment; filename=\"ringup-")
    );
    let rows = file.body.matches("\"till\"").count();
    assert!(rows > 10, "{rows}");
    for wrong in [
        "first=x&last=x&format=json",
        "first=2026-01-01&last=2026-01-02&format=exe",
        "",
    ] {
        assert_eq!(
            visitor.get(&format!("/export/file?{wrong}")).await.status,
            400,
            "{wrong}"
        );
    }
    let audit = office.store.audit(None).await.unwrap();
    assert_eq!(audit.iter().filter(|row| row.act == "exported").count(), 1);
}
