//! Two gateways and one data folder: each has a journal of its own, and everything that is shown of one says whose money
//! it is.

use std::path::PathBuf;

use ringup_testkit::gateway::KEY;
use ringup_testkit::{Desktop, GatewayProgram, KeychainState, Program, error_code, key_set, run};
use serde_json::Value;

/// A gateway and what the till keeps of it.
struct Shop<'d> {
    desktop: &'d Desktop,
    remote: GatewayProgram,
}

impl<'d> Shop<'d> {
    fn open(desktop: &'d Desktop) -> Self {
        let remote = GatewayProgram::start(desktop);
        let (code, ..) = key_set(remote.ringup(desktop), KEY);
        assert_eq!(code, 0);
        Self { desktop, remote }
    }

    fn gateway(&self) -> &str {
        let host = self.remote.url.strip_prefix("http://").unwrap();
        host.strip_suffix("/v1").unwrap()
    }

    fn run(&self, arguments: &[&str]) -> String {
        let (code, out, errors) = run(self.remote.ringup(self.desktop).args(arguments));
        assert_eq!(code, 0, "{arguments:?}: {errors}");
        out
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let out = self.run(arguments);
        serde_json::from_str(&out).unwrap()
    }

    fn sells(&self, amount: &str) {
        let charge = ["charge", amount, "EUR", "--json"];
        let mut charging = Program::start(self.remote.ringup(self.desktop).args(charge));
        let sale = charging.sale_in_state("awaiting");
        assert_eq!(sale["gateway"], self.gateway());
        self.remote.act(&sale, "pay");
        charging.sale_in_state("paid");
        assert_eq!(charging.exit().0, 0);
    }
}

fn journals(desktop: &Desktop) -> Vec<PathBuf> {
    let files = std::fs::read_dir(desktop.data_dir()).unwrap().flatten();
    let mut journals: Vec<_> = files
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|it| it == "sqlite"))
        .collect();
    journals.sort();
    journals
}

#[test]
fn each_gateway_has_a_journal_of_its_own_and_everything_names_it() {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let (first, second) = (Shop::open(&desktop), Shop::open(&desktop));
    first.sells("12.50");
    second.sells("3.00");
    second.sells("4.00");
    let beside = format!("journal@{}.sqlite", second.gateway().replace(':', "_"));
    assert_eq!(
        journals(&desktop),
        ["journal.sqlite", &beside].map(|name| desktop.data_dir().join(name))
    );
    for (shop, sales, paid) in [(&first, 1, "12.50"), (&second, 2, "7.00")] {
        let gateway = shop.gateway();
        let verified = shop.json(&["verify", "--json"]);
        assert_eq!(
            (&verified["sales"], &verified["gateway"]),
            (&sales.into(), &gateway.into())
        );
        let x = shop.json(&["report", "--json"]);
        assert_eq!(x["gateway"], gateway);
        assert_eq!(x["totals"]["EUR"]["paid"], paid);
        let z = shop.json(&["close-day", "--json"]);
        assert_eq!((&z["z"], &z["gateway"]), (&1.into(), &gateway.into()));
        assert!(shop.run(&["report"]).contains(gateway), "on paper's lines");
        assert!(
            shop.run(&["receipt", "1"])
                .contains(&format!("Gateway: {gateway}"))
        );
        let rows = shop.json(&["export", "--format", "json"]);
        let rows = rows.as_array().unwrap();
        assert_eq!(rows.len(), sales);
        assert!(rows.iter().all(|row| row["gateway"] == gateway), "{rows:?}");
    }
    let tills =
        [&first, &second].map(|shop| shop.json(&["export", "--format", "json"])[0]["till"].clone());
    assert_ne!(tills[0], tills[1]);
    // Without the variable it is cru.cash's: nothing of it is there yet, and a look into the book takes what is there.
    let (_, out, _) = run(desktop.ringup().args(["report", "--json"]));
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["gateway"], first.gateway());
    // The shop goes live: the tries before count nowhere.
    assert_eq!(key_set(desktop.ringup(), KEY).0, 0);
    let (_, out, _) = run(desktop.ringup().args(["report", "--json"]));
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&report["gateway"], &report["totals"]),
        (&"api.cru.cash".into(), &serde_json::json!({}))
    );
    assert!(
        desktop
            .data_dir()
            .join("journal@api.cru.cash.sqlite")
            .exists()
    );
}

#[test]
fn an_invoice_is_asked_about_at_its_gateway_alone() {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let (first, second) = (Shop::open(&desktop), Shop::open(&desktop));
    for shop in [&first, &second] {
        shop.run(&["charge", "12.50", "EUR", "--no-wait"]);
    }
    let before = first.remote.count("info");
    let mut watch = Program::start(
        second
            .remote
            .ringup(&desktop)
            .args(["watch", "--follow", "--json"]),
    );
    watch.sale_in_state("awaiting");
    second
        .remote
        .wait_for_calls("info", second.remote.count("info") + 3);
    assert_eq!(first.remote.count("info"), before);
    watch.kill();
}

#[test]
fn copies_of_two_gateways_do_not_mix() {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let (first, second) = (Shop::open(&desktop), Shop::open(&desktop));
    first.sells("12.50");
    second.sells("3.00");
    let copy = |shop: &Shop<'_>, name: &str| {
        let file = desktop.folder().join(name).display().to_string();
        let made = shop.json(&["backup", &file, "--json"]);
        (file, made)
    };
    let (firsts, _) = copy(&first, "first.sqlite");
    let (seconds, made) = copy(&second, "second.sqlite");
    let restore = |shop: &Shop<'_>, file: &str| {
        let restore = ["restore", file, "--lose-newer", "--other-till", "--json"];
        let (code, out, errors) = run(shop.remote.ringup(&desktop).args(restore));
        let refused = error_code(&errors).to_owned();
        if code == 0 {
            Ok(serde_json::from_str::<Value>(&out).unwrap())
        } else {
            Err(refused)
        }
    };
    assert_eq!(
        restore(&first, &seconds),
        Err("restore_other_gateway".to_owned())
    );
    assert_eq!(
        restore(&second, &firsts),
        Err("restore_other_gateway".to_owned())
    );
    assert_eq!(restore(&second, &seconds).unwrap()["head"], made["head"]);
    assert_eq!(first.json(&["verify", "--json"])["sales"], 1);
}

#[test]
fn a_till_has_a_code_of_its_own_and_the_export_names_it() {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let shop = Shop::open(&desktop);
    let set = |settings: &str| {
        std::fs::write(desktop.data_dir().join("settings.json"), settings).unwrap();
    };
    shop.sells("1.00");
    set(r#"{"till_code":"b7"}"#);
    shop.sells("2.00");
    // A file that does not say keeps the code that the till has.
    set(r#"{"till_code":"too long"}"#);
    shop.sells("3.00");
    let rows = shop.json(&["export", "--format", "json"]);
    let column = |name: &str| {
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| row[name].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(column("label"), ["A-000001", "B7-000002", "B7-000003"]);
    assert_eq!(column("till_code"), ["A", "B7", "B7"]);
    assert_eq!(column("cashier"), [Value::Null, Value::Null, Value::Null]);
    let kinds = "SELECT count(*) FROM entry WHERE kind = 'till_code_changed'";
    assert_eq!(desktop.query_journal(kinds), "1\n");
    assert!(
        shop.run(&["sales", "--search", "B7-000002"])
            .contains("B7-000002")
    );
    assert!(shop.run(&["receipt", "2"]).contains("B7-000002"));
    assert_eq!(shop.json(&["close-day", "--json"])["till"], "B7");
    shop.run(&["verify"]);
}
