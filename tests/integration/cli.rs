//! The till on the command line: selling, watching, the key, the doctor; what is printed and which exit code it gives.

use std::process::Command;

use serde_json::{Value, json};

use ringup_testkit::gateway::KEY;
use ringup_testkit::{
    Counter, Desktop, GatewayProgram, KeychainState, Program, error_code, free_port, refused, run,
    wait_until,
};

/// What the watch says it leaves behind.
const ONE_UNSETTLED: &str =
    "Still under watch: 0 open, 0 ended or in question, 1 paid and not settled.\n";

fn watch(counter: &Counter) -> Command {
    let mut watch = counter.ringup();
    watch.args(["watch", "--json"]);
    watch
}

fn has(sale: &Value, fields: &[&str]) {
    for field in fields {
        assert!(!sale[field].is_null(), "{field} in {sale}");
    }
}

/// The state of the first sale in the journal's file.
fn state_on_disk(counter: &Counter) -> String {
    let state = counter.query_journal("SELECT state FROM sale WHERE number = 1");
    state.trim().to_owned()
}

#[test]
fn a_charge_is_told_step_by_step_until_it_is_paid() {
    let counter = Counter::open();
    let mut program = Program::start(counter.charge().args(["--note", "Tea"]));
    let always = ["number", "state", "late", "test", "amount", "currency"];
    let with_invoice = ["attempt", "invoice_id", "pay_url", "expires_at"];

    let sale = program.sale();
    has(&sale, &always);
    assert_eq!(sale["state"], "requesting");
    let sale = program.sale();
    has(&sale, &always);
    has(&sale, &with_invoice);
    assert_eq!(sale["state"], "awaiting");
    assert_eq!(
        (&sale["number"], &sale["amount"], &sale["currency"]),
        (&json!(1), &json!("12.50"), &json!("EUR"))
    );
    assert_eq!(sale["note"], "Tea");

    let coin = json!({"crypto": "USDT", "network": "TRC20"});
    counter.remote.act_with(&sale, "choose", &coin);
    let sale = program.sale();
    has(&sale, &always);
    has(&sale, &with_invoice);
    assert_eq!(sale["state"], "chosen");
    assert_eq!(
        (&sale["crypto"], &sale["network"]),
        (&coin["crypto"], &coin["network"])
    );

    counter.remote.act(&sale, "pay");
    let sale = program.sale();
    has(&sale, &always);
    assert_eq!(sale["state"], "paid");
    assert_eq!(
        (&sale["late"], &sale["settled"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(program.line(), None, "and that was all");
    assert_eq!(program.exit(), (0, String::new()));
    assert_eq!(state_on_disk(&counter), "paid");
    assert_eq!(counter.remote.count("create"), 1);
}

#[test]
fn a_till_killed_while_awaiting_finds_the_payment_when_it_comes_back() {
    let counter = Counter::open();
    let (mut program, sale) = counter.start_charge();
    program.kill();
    counter.remote.act(&sale, "pay");
    assert_eq!(state_on_disk(&counter), "awaiting");

    let mut again = Program::start(&mut watch(&counter));
    let paid = again.sale_in_state("paid");
    assert_eq!(paid["invoice_id"], sale["invoice_id"]);
    assert_eq!(paid["late"], false);
    assert_eq!(again.exit(), (0, ONE_UNSETTLED.to_owned()));
    assert_eq!(counter.remote.count("create"), 1);
    assert_eq!(counter.run(["verify"]).0, 0);
}

#[test]
fn a_till_killed_while_asking_for_an_invoice_does_not_ask_again() {
    let counter = Counter::open();
    counter
        .remote
        .add_fault(&json!({"endpoint": "create", "act": "hang_after_work"}));
    let mut program = Program::start(&mut counter.charge());
    counter.remote.wait_for_calls("create", 1);
    program.kill();
    assert_eq!(state_on_disk(&counter), "requesting");

    // The next program that opens the journal gives the request up, whatever that program was started for.
    counter.run(["key", "status"]);
    assert_eq!(state_on_disk(&counter), "uncertain");
    let nothing = (0, String::new(), String::new());
    assert_eq!(run(&mut watch(&counter)), nothing);
    assert_eq!(counter.remote.count("create"), 1);
    let last = counter.open_sale();
    assert_eq!(last["number"], 2);
}

#[test]
fn how_a_charge_ends_is_its_exit_code() {
    let counter = Counter::open();
    let (mut program, sale) = counter.start_charge();
    counter.remote.act(&sale, "end");
    assert_eq!(program.sale_in_state("ended")["number"], sale["number"]);
    assert_eq!(program.exit().0, 3);

    let no = json!({"text": "{\"error\":{\"code\":9,\"message\":\"no\"}}"});
    for (act, state, told) in [
        (
            json!({"status": {"code": 422, "body": no}}),
            "refused",
            "gateway_refused",
        ),
        (
            json!({"status": {"code": 429}}),
            "refused",
            "gateway_rate_limited",
        ),
        (json!({"status": {"code": 401}}), "refused", "key_refused"),
        (
            json!({"status": {"code": 502}}),
            "uncertain",
            "gateway_failed",
        ),
        (
            json!("reset_after_work"),
            "uncertain",
            "gateway_broken_connection",
        ),
    ] {
        counter
            .remote
            .add_fault(&json!({"endpoint": "create", "act": act}));
        let mut program = Program::start(&mut counter.charge());
        let sale = program.sale_in_state(state);
        assert_eq!(sale["error"]["code"], told);
        has(&sale["error"], &["message"]);
        assert_eq!(program.exit().0, 4, "{state}");
    }

    let (mut program, sale) = counter.start_charge();
    counter
        .remote
        .act_with(&sale, "set", &json!({"fiat_amount": "1"}));
    counter.remote.act(&sale, "pay");
    let sale = program.sale_in_state("review");
    assert_eq!(sale["review"], json!(["amount"]));
    assert_eq!(program.exit().0, 5);
}

#[test]
fn what_cannot_be_charged_is_said_before_anything_happens() {
    let counter = Counter::open();
    for (amount, currency, told) in [
        ("0.50", "EUR", "amount_below_minimum"),
        ("10000001", "USD", "amount_above_maximum"),
        ("1.005", "EUR", "amount_too_many_decimals"),
        ("twelve", "EUR", "amount_not_a_number"),
        ("12", "XBT", "currency_unknown"),
    ] {
        counter.refuses(["charge", amount, currency], 2, told);
    }
    let too_long = ["charge", "12", "EUR", "--lifetime", "2"];
    counter.refuses(too_long, 2, "settings_invalid");
    let (code, ..) = counter.run(["charge", "12"]);
    assert_eq!(code, 2, "no currency");
    assert_eq!(counter.remote.count("create"), 0);
}

#[test]
fn without_waiting_the_address_is_shown_and_the_watch_goes_on() {
    let counter = Counter::open();
    let no_wait = ["charge", "12.50", "EUR", "--no-wait"];
    let (code, out, errors) = counter.run(no_wait);
    assert_eq!((code, errors.as_str()), (0, ""));
    let url = out.lines().last().unwrap();
    assert!(
        url.starts_with(counter.remote.url.strip_suffix("/v1").unwrap()),
        "{url}"
    );
    assert!(out.contains("A-000001  12.50 EUR  awaiting"), "{out}");
    assert!(out.contains('█'), "a QR");

    let mut program = Program::start(&mut watch(&counter));
    let sale = program.sale_in_state("awaiting");
    assert_eq!(sale["pay_url"], url);
    counter.remote.act(&sale, "pay");
    program.sale_in_state("paid");
    assert_eq!(program.exit().0, 0);

    assert_eq!(
        run(&mut watch(&counter)),
        (0, String::new(), ONE_UNSETTLED.to_owned())
    );
    counter.remote.act(&sale, "process");
    let mut program = Program::start(watch(&counter).arg("--until-settled"));
    assert_eq!(program.sale()["settled"], false);
    assert_eq!(program.sale()["settled"], true);
    assert_eq!(program.exit().0, 0);
}

#[test]
fn the_key_comes_in_and_never_goes_out() {
    let counter = Counter::without_key(KeychainState::Open);
    let status = |ringup: &mut Command| run(ringup.args(["key", "status"]));
    let (none, stored) = ("none\n".to_owned(), "stored\n".to_owned());
    let ok = |told: &String| (0, told.clone(), String::new());
    assert_eq!(status(&mut counter.ringup()), ok(&none));
    assert_eq!(counter.set_key(KEY), ok(&stored));
    assert_eq!(status(&mut counter.ringup()), ok(&stored));
    for no_key in ["", " \n ", "two words"] {
        let (code, out, errors) = counter.set_key(no_key);
        assert_eq!(
            (code, out.as_str(), error_code(&errors)),
            (1, "", "key_invalid")
        );
        assert!(!errors.contains("two words"));
    }
    assert_eq!(
        status(&mut counter.ringup()),
        ok(&stored),
        "the old one stays"
    );

    // Each gateway has its own key: a test never touches the shop's.
    assert_eq!(status(&mut counter.desktop.ringup()), ok(&none));
    let elsewhere = format!("http://127.0.0.1:{}/v1", free_port());
    let mut other = counter.desktop.ringup();
    assert_eq!(status(other.env("RINGUP_API_URL", elsewhere)), ok(&none));

    let clear = |ringup: &mut Command| run(ringup.args(["key", "clear"]));
    assert_eq!(clear(&mut counter.ringup()), ok(&none));
    assert_eq!(status(&mut counter.ringup()), ok(&none));
    assert_eq!(clear(&mut counter.ringup()), ok(&none), "twice is once");
}

#[test]
fn a_refused_key_ends_the_watch_and_another_one_takes_it_up() {
    let counter = Counter::open();
    let sale = counter.open_sale();
    counter
        .remote
        .add_fault(&json!({"endpoint": "info", "times": null, "act": {"status": {"code": 403}}}));
    let (code, _, errors) = run(&mut watch(&counter));
    assert_eq!((code, error_code(&errors)), (1, "key_refused"));

    counter.remote.act(&sale, "pay");
    counter.remote.clear_faults();
    let asked = counter.remote.count("info");
    assert_eq!(counter.set_key("another-key").0, 0);
    assert_eq!(
        counter.remote.count("info"),
        asked + 1,
        "whether the key is of the same account"
    );
    let told = "SELECT count(*) FROM entry WHERE kind = 'invoice_paid'";
    assert_eq!(
        counter.query_journal(told),
        "0\n",
        "it would find the payment and tell nobody"
    );
    let mut program = Program::start(&mut watch(&counter));
    program.sale_in_state("paid");
    assert_eq!(program.exit().0, 0);
}

#[test]
fn a_gateway_in_the_open_is_not_asked_at_all() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    let name = "RINGUP_API_URL";
    for (value, args) in [
        ("http://api.cru.cash/v1", &["charge", "12.50", "EUR"][..]),
        ("http://api.cru.cash/v1", &["key", "status"]),
        ("http://192.168.1.5/v1", &["watch"]),
        ("api.cru.cash", &["doctor"]),
    ] {
        let errors = refused(
            desktop.ringup().env(name, value).args(args),
            1,
            "config_invalid",
        );
        assert!(errors.contains(name), "{errors}");
    }
    let mut pace = desktop.ringup();
    pace.env("RINGUP_API_URL", "http://127.0.0.1:1/v1");
    refused(
        pace.env("RINGUP_POLL_MS", "soon").arg("watch"),
        1,
        "config_invalid",
    );
    let left = std::fs::read_dir(desktop.data_dir()).unwrap().count();
    assert_eq!(left, 0, "nothing was begun");
}

#[test]
fn the_doctor_looks_at_everything() {
    let counter = Counter::without_key(KeychainState::Open);
    let look = |display: &str| {
        let mut doctor = counter.ringup();
        doctor.args(["doctor", "--json"]).env("DISPLAY", display);
        let (code, out, _) = run(&mut doctor);
        let findings: Vec<Value> = out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let checks: Vec<_> = findings.iter().map(|finding| &finding["check"]).collect();
        let all = [
            "keychain", "journal", "history", "gateway", "clock", "display", "printer", "settings",
            "updates",
        ];
        assert_eq!(checks, all);
        let ill = findings.into_iter().filter(|finding| finding["ok"] != true);
        let ill: Vec<_> = ill.map(|finding| finding["code"].clone()).collect();
        (code, ill)
    };
    assert_eq!(look(":7"), (1, vec![json!("key_missing")]));
    counter.take_key();
    assert_eq!(look(":7"), (0, vec![]));
    assert_eq!(look(""), (1, vec![json!("display_none")]));

    let once = |act: Value| {
        counter
            .remote
            .add_fault(&json!({"endpoint": "info", "act": act}))
    };
    once(json!({"headers": {"Date": "Thu, 01 Jan 1970 00:00:00 GMT"}}));
    assert_eq!(look(":7"), (1, vec![json!("clock_off")]));
    once(json!({"status": {"code": 401}}));
    assert_eq!(look(":7"), (1, vec![json!("key_refused")]));
    once(json!({"status": {"code": 500}}));
    assert_eq!(look(":7"), (1, vec![json!("gateway_failed")]));

    let settings = counter.desktop.data_dir().join("settings.json");
    std::fs::write(&settings, r#"{"currency":"RUB","zone":"Mars/Olympus"}"#).unwrap();
    assert_eq!(look(":7"), (1, vec![json!("settings_invalid")]));
    std::fs::remove_file(settings).unwrap();

    let journal = counter.journal();
    assert!(journal.exists());
    std::fs::write(journal, "something else").unwrap();
    assert_eq!(look(":7"), (1, vec![json!("journal_corrupt")]));
}

#[test]
fn the_practice_gateway_runs_alone_until_it_is_told_to_end() {
    let desktop = Desktop::without_screen(KeychainState::Missing);
    let port = free_port().to_string();
    let mut command = desktop.ringup();
    let remote = GatewayProgram::start_as(command.args(["practice-gateway", "--port", &port]));
    assert_eq!(remote.url, format!("http://127.0.0.1:{port}/v1"));
    let (code, _, errors) = run(desktop.ringup().args(["practice-gateway", "--port", &port]));
    assert_eq!(code, 1, "the port is taken");
    assert!(errors.contains(&port), "{errors}");

    let program = remote.into_program();
    let interrupt = Command::new("kill").args(["-INT", &program.id()]).status();
    assert!(interrupt.unwrap().success());
    assert_eq!(program.exit(), (0, String::new()));
    wait_until("the port is free", || {
        std::net::TcpListener::bind(format!("127.0.0.1:{port}")).is_ok()
    });
}

/// A system without the package `ca-certificates`.
#[test]
fn a_machine_without_certificates_practises_and_says_why_it_cannot_sell() {
    let counter = Counter::open();
    let bare = |mut ringup: Command| {
        ringup.env("SSL_CERT_FILE", "/dev/null");
        ringup.env("SSL_CERT_DIR", "/nonexistent");
        ringup
    };
    let (code, out, _) = run(bare(counter.charge()).arg("--no-wait"));
    assert_eq!(code, 0, "{out}");

    let mut live = bare(counter.desktop.ringup());
    live.env_remove("RINGUP_API_URL");
    refused(live.args(["key", "status"]), 1, "tls_unavailable");
}
