//! docs/contract.md promises names: commands and their options, fields of `--json`, exit codes, variables of the
//! environment, states, error codes, test ids. These tests read the page's tables and compare them with the
//! program, so that neither changes without the other.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::process::Command;

use ringup_core::error::Code;
use ringup_core::sale::SaleState;
use ringup_testkit::{Counter, repository, run};
use serde_json::{Value, json};

use crate::source::source_files;

/// The rows of the table below a heading of the page, without its head: their cells.
fn table(heading: &str) -> Vec<Vec<String>> {
    let page = std::fs::read_to_string(repository().join("docs/contract.md")).unwrap();
    let section = page.split("\n## ").find(|part| part.starts_with(heading));
    let section = section.unwrap_or_else(|| panic!("no heading {heading}"));
    // A `|` within a cell is written `\|`.
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    let cells = |row: &str| {
        let row = row.replace("\\|", "\u{1}");
        let cells = row.trim_matches('|').split('|');
        cells
            .map(|cell| cell.trim().replace('\u{1}', "|"))
            .collect()
    };
    rows.map(cells).collect()
}

/// What stands in backticks.
fn code(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The names in the first column of a table.
fn first_column(heading: &str) -> BTreeSet<String> {
    let rows = table(heading).into_iter();
    rows.map(|row| row[0].trim_matches('`').to_owned())
        .collect()
}

fn set<T: Into<String>>(names: impl IntoIterator<Item = T>) -> BTreeSet<String> {
    names.into_iter().map(Into::into).collect()
}

/// The subcommands and the options that the help of a command lists.
fn help(path: &[&str]) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut ringup = Command::new(ringup_testkit::ringup_program());
    let (status, text, _) = run(ringup.args(path).arg("--help"));
    assert_eq!(status, 0, "{path:?}");
    let in_section = |heading: &str| {
        let section = text.split("\n\n").find(|part| part.starts_with(heading));
        let lines = section.unwrap_or_default().lines().skip(1);
        lines.map(str::trim_start).map(str::to_owned)
    };
    let commands = in_section("Commands:").filter_map(|line| first_word(&line));
    let options = in_section("Options:").filter_map(|line| {
        let mut words = line.split([' ', ',']);
        let option = words.find(|word| word.starts_with("--"));
        option.map(str::to_owned)
    });
    let own = ["help", "--help", "--version"];
    let mut found: (BTreeSet<_>, BTreeSet<_>) = (commands.collect(), options.collect());
    found.0.retain(|name| !own.contains(&name.as_str()));
    found.1.retain(|name| !own.contains(&name.as_str()));
    found
}

fn first_word(line: &str) -> Option<String> {
    line.split_whitespace().next().map(str::to_owned)
}

#[test]
fn the_commands_and_their_options_are_those_of_the_page() {
    let mut commands = BTreeSet::new();
    for row in table("Commands") {
        let (first, others) = {
            let mut forms = code(&row[0]).into_iter();
            (forms.next().unwrap(), forms)
        };
        let words: Vec<&str> = first.split(' ').collect();
        let path: Vec<&str> = words[1..]
            .iter()
            .copied()
            .take_while(|word| {
                word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !word.starts_with('-')
            })
            .collect();
        let Some(command) = path.first() else {
            let options = first
                .split(['[', ']', ' '])
                .filter(|word| word.starts_with("--"));
            assert_eq!(help(&[]).1, set(options));
            continue;
        };
        commands.insert((*command).to_owned());
        let (subcommands, options) = help(&[command]);
        let named = path.get(1).copied().into_iter().chain(others);
        assert_eq!(subcommands, set(named), "{command}");
        let promised = first
            .split(['[', ']', ' '])
            .filter(|word| word.starts_with("--"));
        assert_eq!(options, set(promised), "{command}");
    }
    assert_eq!(help(&[]).0, commands);
}

/// A till on the command line with a gateway and a key.
struct Shop {
    counter: Counter,
    /// Exit codes so far.
    codes: BTreeSet<i32>,
}

impl Shop {
    fn new() -> Self {
        let counter = Counter::open();
        // With a tax, the totals have taxes.
        let rates = json!([{"name": "VAT", "rate": 1900}]);
        counter.write_settings(&json!({
            "tax_rates": rates, "default_tax": 1900, "drawer": { "on": true },
            "tenders": [{ "way": "crypto" }, { "way": "cash" }],
        }));
        Self {
            counter,
            codes: BTreeSet::new(),
        }
    }

    /// Runs a command; returns the JSON objects that it printed.
    fn run(&mut self, arguments: &[&str]) -> Vec<Value> {
        let (status, out, _) = self.counter.run(arguments);
        self.codes.insert(status);
        let objects: Vec<Value> = out
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        for object in &objects {
            assert_speaks_decimals("", object);
        }
        objects
    }

    /// Charges, lets the gateway do something with the invoice, and waits for the end.
    fn charge(&mut self, acts: &[(&str, Value)]) -> Vec<Value> {
        let (program, sale) = self.counter.start_charge();
        let mut objects = vec![sale];
        for (verb, body) in acts {
            self.counter.remote.act_with(&objects[0], verb, body);
        }
        let (status, out, _) = program.output();
        self.codes.insert(status);
        objects.extend(out.lines().map(|line| serde_json::from_str(line).unwrap()));
        objects
    }
}

/// Every name of a field in these objects, at any depth, that is not null everywhere.
fn fields(objects: &[Value]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open: Vec<&Value> = objects.iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                let known = fields.iter().filter(|(_, value)| !value.is_null());
                names.extend(known.map(|(name, _)| name.clone()));
                open.extend(fields.values());
            }
            Value::Array(values) => open.extend(values),
            _ => {}
        }
    }
    names
}

/// Fields of `--json` that are amounts, wherever they stand.
const AMOUNTS: [&str; 12] = [
    "amount",
    "average",
    "gross",
    "late",
    "open_sum",
    "paid",
    "refundable",
    "refunds",
    "settled",
    "tax",
    "tips",
    "unsettled",
];

/// Every amount is decimal text, at any depth and by whatever name.
fn assert_speaks_decimals(name: &str, value: &Value) {
    assert!(!name.contains("minor"), "{name}: {value}");
    match value {
        Value::Object(fields) => {
            for (inner, value) in fields {
                let is_currency = ["EUR", "USD", "RUB"].contains(&inner.as_str());
                assert_speaks_decimals(if is_currency { name } else { inner }, value);
            }
        }
        Value::Array(values) => {
            for value in values {
                assert_speaks_decimals(name, value);
            }
        }
        Value::String(text) if AMOUNTS.contains(&name) => {
            let decimals = text.split_once('.').map(|(_, decimals)| decimals.len());
            assert_eq!(decimals, Some(2), "{name}: {text}");
        }
        Value::Number(_) => assert!(!AMOUNTS.contains(&name), "{name}: {value}"),
        _ => {}
    }
}

/// The table tells which fields each command prints; together the commands give every exit code.
#[test]
fn the_fields_of_json_and_the_exit_codes_are_those_of_the_page() {
    let mut shop = Shop::new();
    let coin = json!({"crypto": "USDT", "network": "TRC20"});
    let nothing = || json!({});
    let mut charged = shop.charge(&[("choose", coin), ("pay", nothing())]);
    charged.extend(shop.charge(&[("end", nothing())]));
    let other_amount = json!({"fiat_amount": "1"});
    shop.charge(&[("set", other_amount), ("pay", nothing())]);
    let test_money = json!({"edit": {"set": {"/test_mode": true}}});
    let test_mode = json!({"endpoint": "create", "act": test_money});
    shop.counter.remote.add_fault(&test_mode);
    let is_test = json!({"is_testing": true});
    charged.extend(shop.charge(&[("set", is_test), ("pay", nothing())]));
    let refusal = json!({"endpoint": "create", "act": {"status": {"code": 422}}});
    shop.counter.remote.add_fault(&refusal);
    charged.extend(shop.run(&["charge", "3", "EUR", "--json"]));
    let cash = [
        "charge", "3", "EUR", "--tender", "cash", "--given", "5", "--json",
    ];
    charged.extend(shop.run(&cash));

    let copy = shop.counter.file("copy.sqlite");
    let copy = copy.to_str().unwrap().to_owned();
    let mut printed = |arguments: &[&str]| fields(&shop.run(arguments));
    let sales = printed(&["sales", "--json"]);
    let mut drawer = printed(&["drawer", "float", "100", "EUR", "--json"]);
    drawer.extend(printed(&[
        "drawer", "in", "5", "EUR", "--reason", "change", "--json",
    ]));
    drawer.extend(printed(&["drawer", "count", "105", "EUR", "--json"]));
    let report = printed(&["report", "--json"]);
    let z = printed(&["close-day", "--carry", "--json"]);
    drawer.extend(printed(&[
        "drawer", "in", "5", "EUR", "--reason", "change", "--json",
    ]));
    let events = printed(&["events", "--json"]);
    let x = printed(&["report", "--json"]);
    let mut verified = printed(&["verify", "--json"]);
    let backup = printed(&["backup", &copy, "--json"]);
    let doctor = printed(&["doctor", "--json"]);
    printed(&["charge", "12.50"]);
    let restored = printed(&["restore", &copy, "--lose-newer", "--json"]);
    // A wrong entry, for what `verify` says of one.
    let wrong = "DROP TRIGGER IF EXISTS entry_is_never_changed;
        UPDATE entry SET body = replace(body, '\"number\":1,', '\"number\":9,') WHERE kind = 'sale_opened'";
    shop.counter.query_journal(wrong);
    let failed = shop.run(&["verify", "--json"]);
    verified.extend(fields(&failed));

    for row in table("JSON output") {
        for command in code(&row[0]) {
            let found = match command {
                // Prints the same objects: that of a sale, for each change of its state.
                "charge" | "watch" => fields(&charged),
                "sales" => sales.clone(),
                "report" => &report | &x,
                "close-day" => z.clone(),
                "drawer" => drawer.clone(),
                "events" => events.clone(),
                "verify" => verified.clone(),
                "backup" => backup.clone(),
                "restore" => restored.clone(),
                "doctor" => doctor.clone(),
                other => panic!("no test of `{other}`"),
            };
            let promised = code(&row[1]).into_iter().flat_map(|name| name.split('.'));
            for name in promised.filter(|name| !name.is_empty()) {
                // The cells name commands and a currency too.
                let is_other = ["charge", "sales", "EUR", "float", "count", "show"].contains(&name);
                assert!(
                    is_other || found.contains(name),
                    "{command}: {name} in {found:?}"
                );
            }
        }
    }
    let promised = first_column("Exit codes");
    assert_eq!(set(shop.codes.iter().map(i32::to_string)), promised);
}

#[test]
fn the_environment_is_that_of_the_page() {
    let is_name = |c: char| c.is_ascii_uppercase() || c == '_';
    let mut read = BTreeSet::new();
    for path in source_files("src-tauri") {
        let text = std::fs::read_to_string(path).unwrap();
        for part in text.split("\"RINGUP_").skip(1) {
            let name = part.split(|c| !is_name(c)).next().unwrap();
            read.insert(format!("RINGUP_{name}"));
        }
    }
    assert_eq!(read, first_column("Environment"));
}

/// The names of all of these, as JSON has them.
fn names<T: serde::Serialize + Copy + Debug>(all: impl IntoIterator<Item = T>) -> BTreeSet<String> {
    let name = |value| match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        other => panic!("{value:?} is {other:?}"),
    };
    all.into_iter().map(name).collect()
}

#[test]
fn the_states_of_a_sale_are_those_of_the_page() {
    assert_eq!(names(SaleState::ALL), first_column("States of a sale"));
}

#[test]
fn the_error_codes_are_those_of_the_page() {
    let rows = table("Error codes");
    let promised = set(rows.iter().flat_map(|row| code(&row[1])));
    let known = |name: &&String| serde_json::from_value::<Code>(json!(name)).is_err();
    assert_eq!(promised.iter().find(known), None, "a code of the program");
    // The screens have a text for each code of the program.
    let texts = std::fs::read_to_string(repository().join("ui/src/bindings/Code.ts")).unwrap();
    let declared = texts.split("export type Code =").nth(1).unwrap();
    let declared = set(declared.split('"').skip(1).step_by(2));
    assert_eq!(declared, promised);
}

#[test]
fn every_test_id_of_the_page_is_on_a_screen() {
    let screens: String = source_files("ui/src")
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    // Written out, or made of a name and a number: `testid="key-{digit}"`.
    let is_there = |id: &str| {
        let whole = [format!("\"{id}\""), format!("'{id}'"), format!("`{id}`")];
        let stem = id.rsplit_once('-').map(|(stem, _)| format!("\"{stem}-{{"));
        whole.iter().chain(&stem).any(|text| screens.contains(text))
    };
    let rows = table("Test ids");
    let attribute = |name: &&str| name.starts_with("data-");
    let mut count = 0;
    for id in rows
        .iter()
        .flat_map(|row| code(&row[1]))
        .filter(|name| !attribute(name))
    {
        assert!(is_there(id), "{id}");
        count += 1;
    }
    assert!(count > 70, "{count} ids were read from the page");
}
