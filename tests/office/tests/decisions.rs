//! A till whose journal forked: what came is kept beside the book, the owner decides, and nothing is lost or counted twice
//! whichever way. Each kind of fork, asked of both databases.

use std::collections::BTreeSet;

use ringup_core::clock::UnixMs;
use ringup_core::ids::TillId;
use ringup_core::office::{Batch, EntryHash};
use ringup_core::sale::DayTotals;
use ringup_office::book::{BookSale, SalesQuery};
use ringup_office::store::{
    AppendError, Branch, DecideError, Decision, NewDecision, Store, Token, Verdict,
};

use office_tests::TestTill;

use crate::book::{NOW, bodies, new_database, on_both, paired, send_all};

fn wanted(verdict: Verdict, branch: &str) -> NewDecision {
    NewDecision {
        verdict,
        branch: branch.to_owned(),
        by: "Olga".to_owned(),
        reason: "the old laptop was copied".to_owned(),
    }
}

async fn decide(
    store: &Store,
    till: TillId,
    verdict: Verdict,
    branch: &Branch,
) -> Result<Decision, DecideError> {
    let name: String = branch.branch.to_string().chars().take(12).collect();
    store.decide(till, &wanted(verdict, &name), NOW).await
}

/// Sends a journal that the book does not hold, as its till does: from the last entry on that both hold.
async fn send_beside(store: &Store, token: &Token, till: &TestTill, shared: u64) -> AppendError {
    let mut after = shared;
    let mut told = None;
    while let Some(mut batch) = Batch::after(&till.journal, after).unwrap() {
        // In small pieces, as a long one comes.
        batch.entries.truncate(4);
        let hash = |hash: EntryHash, body: &String| hash.next(body);
        batch.last = batch.entries.iter().fold(batch.previous, hash);
        after = batch.last_seq();
        told = Some(store.append(token, &batch, NOW).await.unwrap_err());
    }
    told.unwrap()
}

async fn quarantine(store: &Store, till: TillId) -> Option<String> {
    let tills = store.tills().await.unwrap();
    let row = tills.into_iter().find(|row| row.till == till.to_string());
    row.unwrap().quarantine
}

async fn alarms(store: &Store) -> Vec<(String, u64)> {
    let alarms = store.alarms().await.unwrap();
    alarms.into_iter().map(|it| (it.code, it.seq)).collect()
}

/// Every text that the book holds of a till, in it or beside it, is there once.
async fn everything(store: &Store, till: TillId) -> BTreeSet<String> {
    let inside = bodies(store, till).await;
    let beside = store.entries_beside(till).await.unwrap();
    let all: BTreeSet<_> = inside.iter().chain(&beside).cloned().collect();
    assert_eq!(
        all.len(),
        inside.len() + beside.len(),
        "an entry is there twice"
    );
    all
}

fn union(tills: &[&TestTill]) -> BTreeSet<String> {
    tills.iter().flat_map(|till| till.bodies()).collect()
}

/// A till and its clone: both sold after the copy, both sent all, the till first.
async fn cloned(store: &Store) -> (TestTill, TestTill, Token, u64) {
    let mut till = TestTill::new();
    let token = paired(store, till.id()).await;
    till.sell(2);
    let mut clone = till.cloned();
    let shared = till.entries();
    till.sell(3);
    clone.sell(5);
    send_all(store, &token, &till).await;
    let forked = send_beside(store, &token, &clone, shared).await;
    assert!(matches!(forked, AppendError::Forked { .. }), "{forked}");
    (till, clone, token, shared)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clone_is_refused_and_the_till_goes_on() {
    on_both(async |store: &Store| {
        let (mut till, mut clone, token, shared) = cloned(store).await;
        let id = till.id();
        assert_eq!(alarms(store).await, [("forked".to_owned(), shared + 1)]);
        let [branch] = &store.branches(id).await.unwrap()[..] else {
            panic!("one branch");
        };
        let told = (branch.first, branch.last, branch.sales, branch.whole);
        assert_eq!(told, (shared + 1, clone.entries(), 5, true));
        assert_eq!(branch.in_place_of, till.entries() - shared);
        assert!(!branch.restored);

        let decision = decide(store, id, Verdict::Refuse, branch).await.unwrap();
        assert_eq!(
            (
                decision.number,
                decision.decided_by.as_str(),
                decision.decided_at_unix_ms
            ),
            (1, "Olga", NOW.0)
        );
        assert_eq!(store.decisions(id).await.unwrap(), [decision]);
        assert_eq!(quarantine(store, id).await, None);
        assert_eq!(bodies(store, id).await, till.bodies());
        // What comes of the clone after that is evidence as well, and no news.
        clone.sell(1);
        let aside = send_beside(store, &token, &clone, shared).await;
        assert!(matches!(aside, AppendError::SetAside { .. }), "{aside}");
        till.sell(1);
        send_all(store, &token, &till).await;
        assert_eq!(quarantine(store, id).await, None);
        assert_eq!(alarms(store).await.len(), 1);
        assert_eq!(bodies(store, id).await, till.bodies());
        assert_eq!(everything(store, id).await, union(&[&till, &clone]));
        assert_eq!(store.verify(NOW).await.unwrap().faults, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_honest_restore_is_followed_and_the_till_goes_on() {
    on_both(async |store: &Store| {
        let mut till = TestTill::new();
        let token = paired(store, till.id()).await;
        let id = till.id();
        till.sell(2);
        let copy = till.cloned();
        let shared = till.entries();
        till.sell(3);
        send_all(store, &token, &till).await;
        let lost = till.bodies();
        let mut till = till.restored(&copy);
        till.sell(1);
        send_beside(store, &token, &till, shared).await;
        assert_eq!(quarantine(store, id).await.as_deref(), Some("restored"));
        assert_eq!(alarms(store).await, [("restored".to_owned(), shared + 1)]);
        // Until somebody decides nothing of it counts, and nothing of it is missing.
        assert_eq!(bodies(store, id).await, lost);
        let branches = store.branches(id).await.unwrap();
        assert!(branches[0].restored && branches[0].whole);

        decide(store, id, Verdict::Follow, &branches[0])
            .await
            .unwrap();
        assert_eq!(quarantine(store, id).await, None);
        assert_eq!(bodies(store, id).await, till.bodies());
        let head = store.head(id).await.unwrap();
        assert_eq!(head.hash.to_string(), till.journal.head().unwrap().hex());
        till.sell(2);
        send_all(store, &token, &till).await;
        assert_eq!(bodies(store, id).await, till.bodies());
        // What the copy did not hold is evidence: there, in no sum, and set aside by a decision with a name.
        let [beside] = &store.branches(id).await.unwrap()[..] else {
            panic!("one branch");
        };
        assert_eq!(
            (beside.first, beside.last, beside.decision),
            (shared + 1, 16, Some(1))
        );
        let mut all = union(&[&till]);
        all.extend(lost);
        assert_eq!(everything(store, id).await, all);
        assert_eq!(store.verify(NOW).await.unwrap().faults, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_without_a_word_is_followed_or_refused_and_taken_back() {
    on_both(async |store: &Store| {
        let (till, mut silent, token, shared) = cloned(store).await;
        let id = till.id();
        let branch = store.branches(id).await.unwrap().remove(0);
        let all = union(&[&till, &silent]);
        decide(store, id, Verdict::Refuse, &branch).await.unwrap();
        assert_eq!(bodies(store, id).await, till.bodies());
        // It was the till itself, after all.
        let second = decide(store, id, Verdict::Follow, &branch).await.unwrap();
        assert_eq!((second.number, second.aside), (2, till.entries()));
        assert_eq!(bodies(store, id).await, silent.bodies());
        assert_eq!(everything(store, id).await, all);
        silent.sell(1);
        send_all(store, &token, &silent).await;
        assert_eq!(bodies(store, id).await, silent.bodies());
        // And the one that was in the book is refused now, as often as it comes.
        let aside = send_beside(store, &token, &till, shared).await;
        assert!(matches!(aside, AppendError::SetAside { .. }), "{aside}");
        let back = store.branches(id).await.unwrap().remove(0);
        decide(store, id, Verdict::Follow, &back).await.unwrap();
        assert_eq!(bodies(store, id).await, till.bodies());
        assert_eq!(everything(store, id).await, union(&[&till, &silent]));
        assert_eq!(store.decisions(id).await.unwrap().len(), 3);
        assert_eq!(store.verify(NOW).await.unwrap().faults, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_twice_is_one_decision() {
    on_both(async |store: &Store| {
        for verdict in [Verdict::Refuse, Verdict::Follow] {
            let (till, ..) = cloned(store).await;
            let id = till.id();
            let branch = store.branches(id).await.unwrap().remove(0);
            let first = decide(store, id, verdict, &branch).await.unwrap();
            let before = (bodies(store, id).await, store.branches(id).await.unwrap());
            let again = decide(store, id, verdict, &branch).await;
            let already = DecideError::AlreadyDecided(Box::new(first.clone()));
            assert_eq!(again, Err(already));
            assert_eq!(store.decisions(id).await.unwrap(), [first]);
            let after = (bodies(store, id).await, store.branches(id).await.unwrap());
            assert_eq!(before, after);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_decided_is_refused_and_changes_nothing() {
    on_both(async |store: &Store| {
        let (till, clone, token, _) = cloned(store).await;
        let id = till.id();
        let refused = async |verdict, branch: &str| {
            let decided = store.decide(id, &wanted(verdict, branch), NOW).await;
            decided.unwrap_err()
        };
        for name in ["", "0123", "0123456789ab", "not a hash at all"] {
            let unknown = refused(Verdict::Follow, name).await;
            assert_eq!(unknown, DecideError::BranchUnknown, "{name}");
        }
        let branch = store.branches(id).await.unwrap().remove(0);
        let name = branch.branch.to_string();
        let mut unsigned = wanted(Verdict::Refuse, &name);
        unsigned.reason = "  ".to_owned();
        let decided = store.decide(id, &unsigned, NOW).await;
        assert_eq!(decided, Err(DecideError::Unsigned));
        // A branch that forks again, and one whose beginning has not come.
        let mut again = clone.cloned();
        again.sell(1);
        let mut other = clone.cloned();
        other.sell(2);
        for more in [&again, &other] {
            let told = send_beside(store, &token, more, clone.entries()).await;
            assert!(matches!(told, AppendError::Forked { .. }), "{told}");
        }
        assert_eq!(store.branches(id).await.unwrap().len(), 2);
        let shared = refused(Verdict::Follow, &name).await;
        assert_eq!(shared, DecideError::BranchAmbiguous);
        let mut lone = till.cloned();
        lone.sell(2);
        let gap = store
            .append(&token, &lone.batch(till.entries() + 2), NOW)
            .await;
        assert!(matches!(gap, Err(AppendError::Gap(_))), "{gap:?}");
        assert_eq!(bodies(store, id).await, till.bodies());
        assert_eq!(store.decisions(id).await.unwrap(), []);
        assert_eq!(quarantine(store, id).await.as_deref(), Some("forked"));
        // One after the other: the till stays in quarantine until nothing is undecided.
        for branch in store.branches(id).await.unwrap() {
            assert!(quarantine(store, id).await.is_some());
            decide(store, id, Verdict::Refuse, &branch).await.unwrap();
        }
        assert_eq!(quarantine(store, id).await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_branch_whose_beginning_is_missing_is_followed_once_it_is_there() {
    on_both(async |store: &Store| {
        let mut till = TestTill::new();
        let token = paired(store, till.id()).await;
        let id = till.id();
        till.sell(2);
        let (mut other, shared) = (till.cloned(), till.entries());
        till.sell(4);
        other.sell(3);
        send_all(store, &token, &till).await;
        // Only its end comes first.
        let forked = store.append(&token, &other.batch(shared + 4), NOW).await;
        assert!(
            matches!(forked, Err(AppendError::Forked { .. })),
            "{forked:?}"
        );
        let branch = store.branches(id).await.unwrap().remove(0);
        assert!(!branch.whole);
        let told = decide(store, id, Verdict::Follow, &branch).await;
        assert_eq!(told, Err(DecideError::BranchIncomplete));
        send_beside(store, &token, &other, shared).await;
        let branch = store.branches(id).await.unwrap().remove(0);
        assert!(branch.whole);
        decide(store, id, Verdict::Follow, &branch).await.unwrap();
        assert_eq!(bodies(store, id).await, other.bodies());
        assert_eq!(everything(store, id).await, union(&[&till, &other]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn decisions_and_batches_that_meet_leave_one_chain_and_lose_nothing() {
    on_both(async |store: &Store| {
        for round in 0..6 {
            let (mut till, mut clone, token, shared) = cloned(store).await;
            let id = till.id();
            let branch = store.branches(id).await.unwrap().remove(0);
            till.sell(4);
            clone.sell(4);
            let sending = {
                let (store, token) = (store.clone(), token.clone());
                let (sent, beside) = (till.batch(shared + 9), clone.batch(shared));
                tokio::spawn(async move {
                    for batch in [&sent, &beside, &sent] {
                        match store.append(&token, batch, NOW).await {
                            Ok(_)
                            | Err(
                                AppendError::Gap(_)
                                | AppendError::Forked { .. }
                                | AppendError::SetAside { .. },
                            ) => {}
                            Err(other) => panic!("{other}"),
                        }
                    }
                })
            };
            let verdict = match round % 2 {
                0 => Verdict::Follow,
                _ => Verdict::Refuse,
            };
            // Two owners press at once, and not for the same.
            let (one, other) = tokio::join!(
                decide(store, id, verdict, &branch),
                decide(store, id, Verdict::Refuse, &branch)
            );
            assert!(one.is_ok() || other.is_ok(), "{one:?} {other:?}");
            sending.await.unwrap();
            let book = bodies(store, id).await;
            let chains = [till.bodies(), clone.bodies()];
            assert!(
                chains.iter().any(|chain| chain.starts_with(&book)),
                "the book is a part of one of the two"
            );
            let all = everything(store, id).await;
            assert!(all.is_subset(&union(&[&till, &clone])));
            assert!(till.bodies()[..16].iter().all(|body| all.contains(body)));
            assert_eq!(store.verify(NOW).await.unwrap().faults, []);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn evidence_that_somebody_takes_out_of_the_database_is_missed() {
    let (postgres, name, url) = new_database();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.sqlite");
    for (store, is_postgres) in [
        (Store::postgres(&url).await.unwrap(), true),
        (Store::sqlite(&path).await.unwrap(), false),
    ] {
        let (till, ..) = cloned(&store).await;
        let id = till.id();
        let branch = store.branches(id).await.unwrap().remove(0);
        decide(&store, id, Verdict::Follow, &branch).await.unwrap();
        let forgery = "DELETE FROM fork WHERE seq = 10";
        match is_postgres {
            true => drop(postgres.sql_in(&name, forgery)),
            false => {
                let file = rusqlite::Connection::open(&path).unwrap();
                assert_eq!(file.execute(forgery, []).unwrap(), 1);
            }
        }
        let faults = store.verify(NOW).await.unwrap().faults;
        let found: Vec<_> = faults.iter().map(|it| (it.code, it.seq)).collect();
        assert_eq!(found, [("evidence_missing", till.entries())]);
    }
}

/// What moves a head between the moment at which a batch reads it and the one at which it changes it, as a decision does
/// on an engine that promises more than it keeps.
const MOVES_THE_HEAD: [&str; 2] = [
    "CREATE TRIGGER moves AFTER INSERT ON entry WHEN NEW.seq = 8 BEGIN
         UPDATE head SET seq = 4 WHERE till = NEW.till; END",
    "CREATE FUNCTION moves() RETURNS trigger AS $$ BEGIN
         UPDATE head SET seq = 4 WHERE till = NEW.till; RETURN NEW; END $$ LANGUAGE plpgsql;
     CREATE TRIGGER moves AFTER INSERT ON entry FOR EACH ROW WHEN (NEW.seq = 8) EXECUTE FUNCTION moves()",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_moved_while_a_batch_was_taken_adds_nothing() {
    let (postgres, name, url) = new_database();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.sqlite");
    let [in_file, in_postgres] = MOVES_THE_HEAD;
    for (store, is_postgres) in [
        (Store::postgres(&url).await.unwrap(), true),
        (Store::sqlite(&path).await.unwrap(), false),
    ] {
        let mut till = TestTill::new();
        let token = paired(&store, till.id()).await;
        till.sell(2);
        send_all(&store, &token, &till).await;
        match is_postgres {
            true => drop(postgres.sql_in(&name, in_postgres)),
            false => rusqlite::Connection::open(&path)
                .unwrap()
                .execute_batch(in_file)
                .unwrap(),
        }
        let before = (bodies(&store, till.id()).await, store.head(till.id()).await);
        till.sell(1);
        let told = store.append(&token, &till.batch(7), NOW).await;
        assert!(matches!(told, Err(AppendError::Store(_))), "{told:?}");
        let after = (bodies(&store, till.id()).await, store.head(till.id()).await);
        assert_eq!(before, after);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_keeps_the_time_at_which_entries_came() {
    on_both(async |store: &Store| {
        let (till, clone, _, _) = cloned(store).await;
        let id = till.id();
        let branch = store.branches(id).await.unwrap().remove(0);
        let later = UnixMs(NOW.0 + 5000);
        let name = branch.branch.to_string();
        let follow = wanted(Verdict::Follow, &name);
        store.decide(id, &follow, later).await.unwrap();
        let beside = store.branches(id).await.unwrap().remove(0);
        assert_eq!((beside.from_unix_ms, beside.to_unix_ms), (NOW.0, NOW.0));
        let row = store.tills().await.unwrap().remove(0);
        assert_eq!(row.last_at_unix_ms, Some(NOW.0));
        assert_eq!(row.entries, clone.entries());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_owner_reads_follows_a_decision() {
    on_both(async |store: &Store| {
        let (till, clone, _, _) = cloned(store).await;
        let id = till.id();
        store.fold_all(NOW).await.unwrap();
        let branch = store.branches(id).await.unwrap().remove(0);
        assert_eq!(read_of(store).await, read_alone(&till).await);
        decide(store, id, Verdict::Follow, &branch).await.unwrap();
        let folded = store.fold_all(NOW).await.unwrap();
        assert_eq!(folded.entries, clone.entries(), "from the beginning");
        assert_eq!(read_of(store).await, read_alone(&clone).await);
        let back = store.branches(id).await.unwrap().remove(0);
        decide(store, id, Verdict::Follow, &back).await.unwrap();
        store.fold_all(NOW).await.unwrap();
        assert_eq!(read_of(store).await, read_alone(&till).await);
    })
    .await;
}

/// What the owner reads of the only till: its sums and its sales.
async fn read_of(store: &Store) -> (DayTotals, Vec<(u32, String)>) {
    let state = store.till_states().await.unwrap().remove(0);
    assert_eq!((state.held, state.folded_seq), (None, state.head_seq));
    let page = store.sales(&SalesQuery::default()).await.unwrap();
    let sale = |sale: BookSale| (sale.number, format!("{} {}", sale.amount, sale.label));
    (
        state.since_close,
        page.sales.into_iter().map(sale).collect(),
    )
}

/// The same of a book that has never held anything but this journal.
async fn read_alone(till: &TestTill) -> (DayTotals, Vec<(u32, String)>) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("office.sqlite"))
        .await
        .unwrap();
    let token = paired(&store, till.id()).await;
    send_all(&store, &token, till).await;
    store.fold_all(NOW).await.unwrap();
    read_of(&store).await
}
