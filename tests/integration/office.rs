//! A till and its back office: the real program, a real keychain, real HTTPS.

use std::path::Path;

use serde_json::Value;
use tokio::runtime::Runtime;

use office_tests::RunningOffice;
use ringup_core::ids::TillId;
use ringup_testkit::{Counter, Program, wait_until};

/// An office, and the threads that it runs on.
struct Office {
    runtime: Runtime,
    running: RunningOffice,
}

impl Office {
    fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let running = runtime.block_on(RunningOffice::start());
        Self { runtime, running }
    }

    fn code(&self) -> String {
        self.runtime.block_on(self.running.code("Stall 3")).reveal()
    }

    fn has(&self, till: TillId) -> Vec<String> {
        let entries = self.running.store.entries(till, 1, 10_000);
        self.runtime.block_on(entries).unwrap()
    }

    fn alarms(&self) -> Vec<String> {
        let alarms = self.runtime.block_on(self.running.store.alarms());
        alarms
            .unwrap()
            .into_iter()
            .map(|alarm| alarm.code)
            .collect()
    }
}

fn journal(counter: &Counter) -> Vec<String> {
    let rows = counter.query_journal("SELECT body FROM entry ORDER BY seq");
    rows.lines().map(str::to_owned).collect()
}

fn till_id(counter: &Counter) -> TillId {
    let first: Value = serde_json::from_str(&journal(counter)[0]).unwrap();
    serde_json::from_value(first["till"].clone()).unwrap()
}

/// Puts an older copy in the journal's place, with everything that the till noted down about it: only what the office has
/// signed is left.
fn put_back(counter: &Counter, copy: &Path) {
    let folder = counter.desktop.data_dir();
    let journal = std::fs::read_dir(&folder).unwrap().find_map(|file| {
        let path = file.unwrap().path();
        (path.extension()? == "sqlite").then_some(path)
    });
    let journal = journal.unwrap();
    for suffix in ["sqlite-wal", "sqlite-shm", "head.json"] {
        std::fs::remove_file(journal.with_extension(suffix)).ok();
    }
    for file in std::fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("backup") {
            std::fs::remove_file(path).unwrap();
        }
    }
    std::fs::copy(copy, journal).unwrap();
}

#[test]
fn a_till_sends_nothing_until_it_is_paired_and_nothing_once_it_has_left() {
    let office = Office::start();
    let counter = Counter::open();
    counter.open_sale();
    counter.refuses(["office", "status"], 1, "office_none");
    counter.refuses(["office", "send"], 1, "office_none");
    counter.refuses(["office", "leave"], 1, "office_none");
    counter.refuses(["office", "pair", "nonsense"], 1, "office_code_invalid");
    let code = office.code();
    let told = counter.text(["office", "pair", &code]);
    assert!(told.contains("Paired as Stall 3"), "{told}");
    counter.refuses(["office", "pair", &code], 1, "office_code_invalid");
    let till = till_id(&counter);
    assert_eq!(office.has(till), [""; 0]);

    counter.text(["office", "send"]);
    assert_eq!(office.has(till), journal(&counter));
    let status = counter.json(["office", "status", "--json"]);
    assert_eq!(status["name"], "Stall 3");
    assert_eq!(status["sent"], status["entries"]);
    counter.text(["verify"]);
    let kept = std::fs::read_to_string(counter.desktop.data_dir().join("office.json")).unwrap();
    assert!(!kept.contains("token"), "{kept}");

    counter.text(["office", "leave"]);
    counter.refuses(["office", "status"], 1, "office_none");
    let sent = office.has(till).len();
    counter.open_sale();
    counter.refuses(["office", "send"], 1, "office_none");
    assert_eq!(office.has(till).len(), sent);
    assert!(journal(&counter).len() > sent);
}

#[test]
fn a_till_that_runs_sends_by_itself_and_sells_on_without_the_office() {
    let office = Office::start();
    let counter = Counter::open();
    let file = counter.file("code.txt");
    std::fs::write(&file, office.code()).unwrap();
    counter.text(["office", "pair", "--file", file.to_str().unwrap()]);
    let till = till_id(&counter);
    let watch = Program::start(counter.ringup().args(["watch", "--follow", "--json"]));
    counter.sell();
    wait_until("the sale is at the office", || {
        office.has(till) == journal(&counter)
    });
    let arrived = office.has(till).len();
    drop(office);
    counter.sell();
    assert!(journal(&counter).len() > arrived);
    drop(watch);
    counter.refuses(["office", "send"], 1, "office_unreachable");
    counter.text(["verify"]);
}

#[test]
fn what_the_office_has_signed_proves_a_cut_and_a_rewritten_journal() {
    let office = Office::start();
    let counter = Counter::open();
    counter.text(["office", "pair", &office.code()]);
    counter.open_sale();
    let copy = counter.file("copy.sqlite");
    counter.text(["backup", copy.to_str().unwrap()]);
    counter.open_sale();
    counter.text(["office", "send"]);
    let till = till_id(&counter);
    let sent = office.has(till);

    let verify = |counter: &Counter| {
        let (exit, out, _) = counter.run(["verify", "--json"]);
        let told: Value = serde_json::from_str(&out).unwrap();
        (exit, told["code"].as_str().map(str::to_owned))
    };
    assert_eq!(verify(&counter), (0, None));
    put_back(&counter, &copy);
    assert_eq!(verify(&counter), (1, Some("tail_cut".to_owned())));
    // The office loses nothing by it, and the till does not send what would make it.
    counter.text(["office", "send"]);
    assert_eq!(office.has(till), sent);

    counter.open_sale();
    counter.open_sale();
    assert_eq!(verify(&counter), (1, Some("chain_rewritten".to_owned())));
    counter.refuses(["office", "send"], 1, "office_refused");
    assert_eq!(office.has(till), sent);
    assert_eq!(office.alarms(), ["forked"]);

    let kept = std::fs::read_dir(counter.desktop.data_dir())
        .unwrap()
        .find_map(|file| {
            let path = file.unwrap().path();
            path.to_string_lossy()
                .ends_with(".office.json")
                .then_some(path)
        });
    let kept = kept.unwrap();
    let text = std::fs::read_to_string(&kept).unwrap();
    let seq = format!("\"seq\":{}", sent.len());
    assert!(text.contains(&seq), "{text}");
    std::fs::write(&kept, text.replace(&seq, "\"seq\":1")).unwrap();
    assert_eq!(verify(&counter), (1, Some("head_forged".to_owned())));
}
