//! A till and its back office: the real program, a real keychain, real HTTPS.

use std::path::Path;

use serde_json::Value;
use tokio::runtime::Runtime;

use office_tests::{Branch, NewDecision, RunningOffice, Verdict};
use ringup_core::clock::Clock;
use ringup_core::ids::TillId;
use ringup_core::money::Currency;
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

    /// One that has a public address.
    fn start_public() -> Self {
        let runtime = Runtime::new().unwrap();
        let running = runtime.block_on(RunningOffice::start_public());
        Self { runtime, running }
    }

    fn code(&self) -> String {
        self.runtime.block_on(self.running.code("Stall 3")).reveal()
    }

    fn has(&self, till: TillId) -> Vec<String> {
        let entries = self.running.store.entries(till, 1, 10_000);
        self.runtime.block_on(entries).unwrap()
    }

    /// What it keeps beside its book.
    fn beside(&self, till: TillId) -> Vec<String> {
        let entries = self.running.store.entries_beside(till);
        self.runtime.block_on(entries).unwrap()
    }

    /// The branch of this till that nobody has decided about.
    fn branch(&self, till: TillId) -> Branch {
        let branches = self.runtime.block_on(self.running.store.branches(till));
        let mut branches = branches.unwrap().into_iter();
        branches.find(|branch| branch.decision.is_none()).unwrap()
    }

    /// Decides about the one branch of this till.
    fn decide(&self, till: TillId, verdict: Verdict) {
        let store = &self.running.store;
        let wanted = NewDecision {
            verdict,
            branch: self.branch(till).branch.to_string(),
            by: "Olga".to_owned(),
            reason: "we restored it on Monday".to_owned(),
        };
        let decided = store.decide(till, &wanted, Clock::system().now());
        self.runtime.block_on(decided).unwrap();
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

/// What `ringup verify` says.
fn verified(counter: &Counter) -> (i32, Option<String>) {
    let (exit, out, _) = counter.run(["verify", "--json"]);
    let told: Value = serde_json::from_str(&out).unwrap();
    (exit, told["code"].as_str().map(str::to_owned))
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
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    let names: Vec<_> = kept.as_object().unwrap().keys().collect();
    let expected = [
        "till",
        "address",
        "fingerprint",
        "office",
        "name",
        "token_since_unix_ms",
    ];
    assert_eq!(names, expected, "the token is in the keychain alone");

    counter.text(["office", "leave"]);
    counter.refuses(["office", "status"], 1, "office_none");
    let sent = office.has(till).len();
    counter.open_sale();
    counter.refuses(["office", "send"], 1, "office_none");
    assert_eq!(office.has(till).len(), sent);
    assert!(journal(&counter).len() > sent);
}

#[test]
fn a_till_knows_the_public_address_of_its_office_and_forgets_it_when_it_leaves() {
    let (private, public) = (Office::start(), Office::start_public());
    let counter = Counter::open();
    let told = || {
        counter.text(["office", "send"]);
        let status = counter.json(["office", "status", "--json"]);
        status["public_address"].as_str().map(str::to_owned)
    };
    counter.text(["office", "pair", &public.code()]);
    assert_eq!(told(), Some(format!("https://{}", public.running.address)));
    counter.text(["office", "leave"]);
    let kept = counter.desktop.data_dir().join("office-profile.json");
    assert!(!kept.exists());
    counter.text(["office", "pair", &private.code()]);
    assert_eq!(told(), None);
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

    assert_eq!(verified(&counter), (0, None));
    put_back(&counter, &copy);
    assert_eq!(verified(&counter), (1, Some("tail_cut".to_owned())));
    // The office loses nothing by it, and the till does not send what would make it.
    counter.text(["office", "send"]);
    assert_eq!(office.has(till), sent);

    counter.open_sale();
    counter.open_sale();
    assert_eq!(verified(&counter), (1, Some("chain_rewritten".to_owned())));
    counter.refuses(["office", "send"], 1, "office_quarantined");
    assert_eq!(office.has(till), sent);
    assert_eq!(office.alarms(), ["forked"]);
    assert!(office.beside(till).len() > 1);

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
    assert_eq!(verified(&counter), (1, Some("head_forged".to_owned())));
}

#[test]
fn a_till_that_was_restored_goes_on_once_the_owner_follows_it() {
    let office = Office::start();
    let counter = Counter::open();
    counter.text(["office", "pair", &office.code()]);
    counter.sell();
    let copy = counter.file("copy.sqlite");
    counter.text(["backup", copy.to_str().unwrap()]);
    // A sale that the till takes over when it is restored, and what is in no copy.
    counter.sell();
    counter.write_settings(&serde_json::json!({ "drawer": { "on": true } }));
    for _ in 0..25 {
        counter.text(["drawer", "in", "5", "EUR", "--reason", "change"]);
    }
    counter.text(["office", "send"]);
    let till = till_id(&counter);
    let lost = office.has(till);
    counter.text(["restore", copy.to_str().unwrap(), "--lose-newer"]);
    counter.refuses(["office", "send"], 1, "office_quarantined");
    // It said so itself: its journal is whole, and the book stays as it was until somebody decides.
    assert_eq!(verified(&counter), (0, None));
    assert_eq!(office.alarms(), ["restored"]);
    assert_eq!(office.has(till), lost);
    let received = office.branch(till).received;
    assert_eq!(
        received[&Currency::Eur].minor(),
        1250,
        "the sale that was taken over"
    );

    office.decide(till, Verdict::Follow);
    counter.sell();
    counter.text(["office", "send"]);
    assert_eq!(office.has(till), journal(&counter));
    let aside = office.beside(till);
    assert!(lost.ends_with(&aside) && !aside.is_empty(), "{aside:?}");
    // The office has signed less than before the restore, and what it signs counts again.
    assert!(journal(&counter).len() < lost.len());
    assert_eq!(verified(&counter), (0, None));
    let status = counter.json(["office", "status", "--json"]);
    assert_eq!(status["sent"], status["entries"]);
}

#[test]
fn a_till_takes_another_token_now_and_then_and_sends_on() {
    let office = Office::start();
    let counter = Counter::open();
    counter.text(["office", "pair", &office.code()]);
    let till = till_id(&counter);
    counter.sell();
    counter.text(["office", "send"]);
    let file = counter.desktop.data_dir().join("office.json");
    let pairing = || -> Value { serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap() };
    let young = pairing();
    counter.text(["office", "send"]);
    assert_eq!(pairing(), young);
    // A week passes.
    let mut old = young.clone();
    old["token_since_unix_ms"] = 1_700_000_000_000_u64.into();
    std::fs::write(&file, old.to_string()).unwrap();
    counter.text(["office", "send"]);
    let since = pairing()["token_since_unix_ms"].as_u64().unwrap();
    assert!(since >= young["token_since_unix_ms"].as_u64().unwrap());
    // The program ended before it wrote that down: the token in the keychain is one that is valid.
    std::fs::write(&file, old.to_string()).unwrap();
    counter.sell();
    counter.text(["office", "send"]);
    counter.sell();
    counter.text(["office", "send"]);
    assert_eq!(office.has(till), journal(&counter));
    assert_eq!(office.alarms(), [""; 0]);
    // Taken back at the office, it stays so.
    let revoked = office.running.store.revoke(till, Clock::system().now());
    assert_eq!(office.runtime.block_on(revoked), Ok(true));
    counter.sell();
    counter.refuses(["office", "send"], 1, "office_token_refused");
}

#[test]
fn a_receipt_says_what_the_office_has_signed_while_the_till_has_one() {
    let office = Office::start();
    let counter = Counter::open();
    counter.sell();
    let receipt = || counter.text(["receipt", "1"]);
    assert!(!receipt().contains("Back office"), "{}", receipt());
    counter.text(["office", "pair", &office.code()]);
    assert!(!receipt().contains("Back office"), "nothing is signed yet");
    counter.text(["office", "send"]);
    let sent = office.has(till_id(&counter)).len();
    let signed = receipt();
    let words: Vec<_> = signed.split_whitespace().collect();
    assert!(
        words.join(" ").contains(&format!("entry {sent} ")),
        "{signed}"
    );
    let close = counter.json(["close-day", "--json"]);
    assert_eq!(close["signed"]["seq"], sent);
    counter.text(["office", "leave"]);
    assert!(!receipt().contains("Back office"));
}

/// Asks the gateway on its own once an hour.
fn hourly(command: &mut std::process::Command) -> &mut std::process::Command {
    command.env("RINGUP_POLL_MS", "3600000")
}

fn webhooks_sent(counter: &Counter) -> Vec<Option<String>> {
    let creates = counter.remote.requests("create");
    let webhook = |body: &Value| body["webhook"].as_str().map(str::to_owned);
    creates.iter().map(webhook).collect()
}

#[test]
fn a_payment_is_known_by_the_gateways_word_to_the_office_an_hour_before_it_is_asked_for() {
    let office = Office::start_public();
    let counter = Counter::open();
    counter.text(["office", "pair", &office.code()]);
    counter.text(["office", "send"]);
    // What nobody can read says nothing: the invoice was asked about when it was opened, and is not again.
    let mut program = Program::start(hourly(&mut counter.charge()));
    let sale = program.sale_in_state("awaiting");
    counter.remote.wait_for_calls("info", 1);
    counter.remote.set_webhooks(&"garbage".into());
    counter.remote.act(&sale, "pay");
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_eq!(counter.remote.count("info"), 1);
    drop(program);

    let mut program = Program::start(hourly(&mut counter.charge()));
    let sale = program.sale_in_state("awaiting");
    counter.remote.wait_for_calls("info", 3);
    counter.remote.set_webhooks(&"twice".into());
    counter.remote.act(&sale, "pay");
    program.sale_in_state("paid");
    assert_eq!(program.exit().0, 0);
    let webhook = webhooks_sent(&counter).pop().flatten().unwrap();
    let begin = format!("https://{}/hook/", office.running.address);
    assert!(webhook.starts_with(&begin), "{webhook}");
    counter.assert_whole();
}

#[test]
fn a_till_tells_the_gateway_of_no_webhook_but_its_own_or_that_of_a_public_office() {
    let (private, public) = (Office::start(), Office::start_public());
    let counter = Counter::open();
    counter.open_sale();
    counter.text(["office", "pair", &private.code()]);
    counter.text(["office", "send"]);
    counter.open_sale();
    counter.text(["office", "pair", &public.code()]);
    counter.text(["office", "send"]);
    counter.write_settings(&serde_json::json!({ "webhook": "https://shop.example/hook" }));
    counter.open_sale();
    counter.write_settings(&serde_json::json!({}));
    counter.text(["office", "leave"]);
    counter.open_sale();
    let own = Some("https://shop.example/hook".to_owned());
    assert_eq!(webhooks_sent(&counter), [None, None, own, None]);
    // What is sent without it is what was always sent.
    for body in counter.remote.requests("create") {
        let mut names: Vec<_> = body.as_object().unwrap().keys().collect();
        names.retain(|name| *name != "webhook");
        names.sort();
        assert_eq!(names, ["amount", "currency", "lifetime", "payload"]);
    }
}

#[test]
fn a_gateway_that_dislikes_the_offices_webhook_is_not_told_it_again() {
    let office = Office::start_public();
    let counter = Counter::open();
    counter.text(["office", "pair", &office.code()]);
    counter.text(["office", "send"]);
    let refuse = serde_json::json!({"endpoint": "create", "act": {"status": {"code": 422}}});
    counter.remote.add_fault(&refuse);
    let (exit, _, _) = counter.run(["charge", "12.50", "EUR", "--no-wait", "--json"]);
    assert_eq!(exit, 4);
    counter.open_sale();
    let told: Vec<_> = webhooks_sent(&counter)
        .iter()
        .map(Option::is_some)
        .collect();
    assert_eq!(told, [true, false]);
}
