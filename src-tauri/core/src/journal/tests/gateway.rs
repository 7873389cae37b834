//! A journal belongs to one gateway, and each gateway of a folder has its own.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::ids::TillCode;
use crate::sale::Entry;

const LIVE: &str = "api.cru.cash";
const OTHER: &str = "127.0.0.1:4141";

fn own(name: &str, alone: bool) -> OwnGateway {
    OwnGateway {
        name: name.to_owned(),
        till_code: TillCode::first(),
        alone,
    }
}

fn open_for(path: &Path, gateway: &str) -> JournalFile {
    let gateway = own(gateway, true);
    JournalFile::open_for(path, Purpose::Live, Some(&gateway), UnixMs(1000)).expect("opens")
}

fn sale_at(gateway: &str) -> NewSale {
    NewSale {
        first: FirstPayment::Invoice {
            gateway: gateway.to_owned(),
            lifetime_minutes: 15,
        },
        ..new_sale(TapId::new())
    }
}

fn ask(file: &mut JournalFile, gateway: &str) -> Result<Sale, JournalError> {
    Ok(opened(file.open_sale(sale_at(gateway), UnixMs(2000))?))
}

/// What an earlier program wrote, which told no gateway.
fn as_format_3(path: &Path) {
    let raw = Connection::open(path).expect("opens");
    raw.pragma_update(None, "user_version", 3).expect("set");
}

#[test]
fn a_journal_takes_no_request_of_another_gateway() {
    let shop = Shop::new();
    let mut file = open_for(&shop.path, LIVE);
    assert_eq!(file.gateway().expect("read").as_deref(), Some(LIVE));
    let sale = ask(&mut file, LIVE).expect("its own");
    let refused = ask(&mut file, OTHER).expect_err("another's");
    assert!(
        matches!(&refused, JournalError::OtherGateway { bound, asked } if bound == LIVE && asked == OTHER),
        "{refused}"
    );
    let again = Event::InvoiceRequested {
        sale: sale.id,
        attempt: AttemptNumber(2),
        gateway: OTHER.to_owned(),
        lifetime_minutes: 15,
        amount_minor: None,
    };
    let refused = file.record(sale.id, UnixMs(3000), |_| vec![again]);
    assert!(matches!(refused, Err(JournalError::OtherGateway { .. })));
    let mut batch = file.batch().expect("begun");
    let refused = batch.open_sale(SaleId::new(), sale_at(OTHER), UnixMs(3000));
    assert!(matches!(refused, Err(JournalError::OtherGateway { .. })));
    drop(batch);
    assert_eq!(file.last_seq().expect("read"), 3);
    assert_eq!(file.verify().expect("readable").map(|it| it.sales), Ok(1));
}

#[tokio::test]
async fn a_refused_request_is_no_failure_of_the_journal() {
    let shop = Shop::new();
    open_for(&shop.path, LIVE);
    let journal = Journal::open(shop.path.clone(), Purpose::Live, UnixMs(1))
        .await
        .expect("opens");
    let asked = journal.call(|file| file.open_sale(sale_at(OTHER), UnixMs(2)));
    assert!(matches!(
        asked.await,
        Err(JournalError::OtherGateway { .. })
    ));
    assert!(journal.health().borrow().is_ok());
}

#[test]
fn verify_names_a_request_that_another_program_smuggled_in() {
    let shop = Shop::new();
    let mut file = JournalFile::open(&shop.path, Purpose::Live, UnixMs(1)).expect("opens");
    let sale = ask(&mut file, LIVE).expect("bound to none");
    ask(&mut file, OTHER).expect("bound to none");
    let gateway = own(LIVE, true);
    file.bind(&gateway, UnixMs(3)).expect("bound");
    assert!(file.verify().expect("readable").is_ok(), "what was before");
    let head = file.head().expect("read");
    let till = file.till();
    drop(file);
    // Written past the check, in a whole chain.
    let raw = shop.raw();
    let seq = entries::seq_bound(head.seq + 1).expect("small");
    let found_after = |event: Event| {
        let entry = Entry {
            seq: head.seq + 1,
            till,
            at: UnixMs(4),
            by: None,
            approved_by: None,
            event,
        };
        let body = chain::canonical(&entry).expect("JSON");
        let hash = chain::next(&head.hash, &body);
        let inserted = "INSERT INTO entry (seq, body, hash) VALUES (?1, ?2, ?3)";
        let row = rusqlite::params![seq, body, hash];
        raw.execute(inserted, row).expect("written");
        let found = failure(&shop.path);
        raw.execute("DELETE FROM entry WHERE seq = ?1", [seq])
            .expect("gone");
        found
    };
    let requested = Event::InvoiceRequested {
        sale: sale.id,
        attempt: AttemptNumber(2),
        gateway: OTHER.to_owned(),
        lifetime_minutes: 15,
        amount_minor: None,
    };
    let moved = Event::GatewayBound {
        gateway: OTHER.to_owned(),
    };
    for event in [requested, moved] {
        let found = found_after(event);
        assert_eq!(found.entry, Some(head.seq + 1), "{found}");
        assert!(found.problem.contains(LIVE), "{found}");
    }
}

#[test]
fn each_gateway_has_a_file_of_its_own_beside_the_first() {
    let shop = Shop::new();
    let folder = shop.path.parent().expect("a folder");
    let name = |gateway: &str, alone| {
        let path = journal_of(folder, gateway, alone);
        path.file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned()
    };
    assert_eq!(name(OTHER, true), "journal.sqlite", "a fresh folder");
    let mut file = open_for(&shop.path, OTHER);
    assert_eq!(name(LIVE, true), "journal.sqlite", "no sale: anybody's");
    assert_eq!(name(LIVE, false), "journal@api.cru.cash.sqlite", "in use");
    ask(&mut file, OTHER).expect("sold");
    for alone in [true, false] {
        assert_eq!(name(OTHER, alone), "journal.sqlite");
        assert_eq!(name(LIVE, alone), "journal@api.cru.cash.sqlite");
        assert_eq!(name("[::1]:4141", alone), "journal@___1__4141.sqlite");
    }
    // Two whose names look alike in a file's name.
    ask(
        &mut open_for(&folder.join("journal@a_1.sqlite"), "a:1"),
        "a:1",
    )
    .expect("sold");
    assert_eq!(name("a:1", true), "journal@a_1.sqlite");
    assert_eq!(name("a_1", true), "journal@a_1~2.sqlite");
    // A first journal that cannot be read is told of, unless the gateway has its own.
    drop(file);
    std::fs::write(&shop.path, "not a journal any more").expect("written");
    assert_eq!(name(LIVE, true), "journal.sqlite");
    assert_eq!(name("a:1", true), "journal@a_1.sqlite");
}

#[test]
fn a_journal_without_a_sale_is_bound_anew_by_whoever_has_it_alone() {
    let shop = Shop::new();
    open_for(&shop.path, OTHER);
    let open = |gateway, alone| {
        let gateway = own(gateway, alone);
        let file = JournalFile::open_for(&shop.path, Purpose::Live, Some(&gateway), UnixMs(2));
        file.expect("opens")
    };
    let bound = |file: &JournalFile| file.gateway().expect("read").expect("bound");
    assert_eq!(bound(&open(LIVE, false)), OTHER);
    let mut file = open(LIVE, true);
    assert_eq!(bound(&file), LIVE);
    ask(&mut file, LIVE).expect("sold");
    assert_eq!(bound(&open(OTHER, true)), LIVE, "it holds money");
    assert!(file.verify().expect("readable").is_ok());
}

#[test]
fn an_old_journal_is_bound_to_the_gateway_of_its_money() {
    // Real money wins over a later try; otherwise the last counts.
    for (asked, bound) in [
        (vec![LIVE, OTHER], Some(LIVE)),
        (vec![OTHER, LIVE, OTHER], Some(LIVE)),
        (vec!["b:1", OTHER], Some(OTHER)),
        (vec![], None),
    ] {
        let shop = Shop::new();
        let mut file = shop.open();
        for gateway in &asked {
            ask(&mut file, gateway).expect("bound to none");
        }
        let before = file.head().expect("read");
        drop(file);
        as_format_3(&shop.path);
        assert_eq!(gateway_of(&shop.path).expect("read").as_deref(), bound);
        let file = shop.open();
        assert_eq!(file.gateway().expect("read").as_deref(), bound);
        assert!(file.verify().expect("readable").is_ok(), "{asked:?}");
        let kept = file.continues(before.seq, &before.hex(), UnixMs(0));
        assert!(kept.expect("read"), "no entry was touched");
        assert_eq!(
            file.watched(OTHER).expect("read").len(),
            asked.iter().filter(|it| **it == OTHER).count(),
            "each is asked at its own gateway alone"
        );
        // One without any request belongs to the first that opens it.
        drop(file);
        let file = open_for(&shop.path, OTHER);
        let expected = bound.unwrap_or(OTHER);
        assert_eq!(file.gateway().expect("read").as_deref(), Some(expected));
    }
}

#[test]
fn a_copy_of_another_gateways_journal_takes_no_journals_place() {
    let (here, there) = (Shop::new(), Shop::new());
    ask(&mut open_for(&here.path, LIVE), LIVE).expect("sold");
    ask(&mut open_for(&there.path, OTHER), OTHER).expect("sold");
    let before = std::fs::read(&here.path).expect("read");
    let facts = RestoreFacts {
        other_till: true,
        gateway: Some(LIVE),
        ..RestoreFacts::default()
    };
    let lose = NewerEntries::Lose;
    let refused = restore(
        &here.path,
        Purpose::Live,
        &there.path,
        lose,
        facts,
        UnixMs(9),
    );
    assert!(
        matches!(&refused, Err(RestoreError::OtherGateway { copy, here }) if copy == OTHER && here == LIVE),
        "{refused:?}"
    );
    assert_eq!(std::fs::read(&here.path).expect("read"), before);
}

proptest! {
    #[test]
    fn whatever_a_gateway_is_called_its_file_lies_in_the_folder(gateway in ".{0,300}") {
        let folder = tempfile::tempdir().expect("a folder");
        ask(&mut open_for(&folder.path().join("journal.sqlite"), OTHER), OTHER).expect("sold");
        prop_assume!(gateway != OTHER);
        let path = journal_of(folder.path(), &gateway, true);
        prop_assert_eq!(path.parent(), Some(folder.path()));
        let name = path.file_name().expect("a name").to_str().expect("text");
        prop_assert!(name.starts_with("journal@") && name.ends_with(".sqlite") && name.len() < 120);
        prop_assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"@._-".contains(&byte)));
    }
}
