//! Whatever a page asks of the till, and however: no crash, no hang, no key, no sale that was not a
//! valid charge.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use ringup_testkit::{Desktop, KeychainState, Window, start_gateway};

const KEY: &str = "canary-key-4717";
/// Of each command.
const INVOCATIONS: usize = 80;
/// As many as WebDriver waits for.
const AT_ONCE: usize = 70;
/// The till has invoices enough to ask about meanwhile.
const PACE_MS: u32 = 2000;

/// A command and the names of its arguments.
struct Command {
    name: String,
    arguments: Vec<String>,
    /// It opens a dialog of the system's, and waits for whoever stands there.
    waits_for_a_person: bool,
}

fn source(file: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(path).expect("the source is here")
}

/// What a window may ask.
fn permitted(window: &str) -> Vec<String> {
    let permission = source(&format!("src-tauri/permissions/{window}.toml"));
    let (_, list) = permission
        .split_once("commands.allow = [")
        .expect("the list of commands");
    let (list, _) = list.split_once(']').expect("its end");
    let names = list.split(',').map(|name| name.trim().trim_matches('"'));
    let names = names.filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// What the cashier's window may ask, by the permission that lets it, with the arguments that the source names.
fn commands() -> Vec<Command> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/api");
    let files = std::fs::read_dir(folder).expect("the commands are here");
    let commands: String = files
        .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("read"))
        .collect();
    permitted("cashier")
        .into_iter()
        // One ends the till, one forgets the sales that are counted here; neither takes an argument.
        .filter(|name| !["quit", "reset_practice"].contains(&name.as_str()))
        .map(|name| {
            let (_, rest) = commands
                .split_once(&format!("fn {name}("))
                .unwrap_or_else(|| panic!("there is no command {name}"));
            let (signature, _) = rest.split_once(") ->").expect("what it returns");
            let arguments = signature
                .split(", ")
                .flat_map(|part| part.split('\n'))
                .filter_map(|part| Some(part.trim().split_once(": ")?.0.to_owned()));
            Command {
                name,
                waits_for_a_person: signature.contains("window: WebviewWindow"),
                arguments: arguments
                    .filter(|name| !["app", "state", "window"].contains(&name.as_str()))
                    .collect(),
            }
        })
        .collect()
}

/// Any text, evil ones more often. `$repeat` is made long in the page.
fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        "\\PC{0,30}".prop_map(Value::from),
        proptest::collection::vec(any::<char>(), 0..20)
            .prop_map(|letters| Value::from(String::from_iter(letters))),
        select(vec![
            json!(""),
            json!("\u{0}\u{202e}\u{feff}\u{200f}"),
            json!("<img src=x onerror=alert(1)>"),
            json!("'; DROP TABLE entry; --"),
            json!("__proto__"),
            json!({"$repeat": ["9", 300_000]}),
            json!({"$repeat": ["é\"\\", 100_000]}),
        ]),
    ]
}

/// Any JSON. `$deep` is nested in the page.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        select(vec![
            json!(-1),
            json!(4_294_967_296_u64),
            json!(1e308),
            json!({"$deep": 100}),
            json!({"$deep": 1000}),
        ]),
        text(),
        text(),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("\\PC{0,8}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// What an argument of this name is, or nearly.
fn nearly(name: &str) -> BoxedStrategy<Value> {
    let of = |values: Value| select(values.as_array().expect("a list").clone()).boxed();
    match name {
        "amount" => prop_oneof![
            of(json!(["12.50", "12,5", " 7 ", "12.500", "100", "10000000"])),
            of(json!([
                "0.99",
                "1.005",
                "1e3",
                "-5",
                "+5",
                "NaN",
                "0x10",
                "١٢",
                "10000000.01",
                "9223372036854775807",
                "",
                12.5,
                12,
                "12.50.",
                "12.50 EUR"
            ]))
        ]
        .boxed(),
        "currency" => prop_oneof![
            4 => of(json!(["EUR", "USD", "eur", "RUB"])),
            1 => of(json!(["XBT", "", "EUR\u{0}", 978])),
        ]
        .boxed(),
        "basket" => prop_oneof![
            4 => Just(Value::Null),
            1 => of(json!([
                {"lines": [], "discount": null, "tip_minor": -1},
                {"lines": [{"name": "Tea", "quantity": 4_294_967_295_u64, "unit_minor": i64::MAX, "tax": 1900}]},
                {"lines": {"$deep": 1000}},
                [],
            ])),
        ]
        .boxed(),
        "note" => prop_oneof![
            Just(Value::Null),
            Just(json!("Tea")),
            Just(json!({"$repeat": ["n", 501]})),
            text()
        ]
        .boxed(),
        "tap" => prop_oneof![
            8 => any::<u128>().prop_map(|bits| json!(uuid::Uuid::from_u128(bits).to_string())),
            1 => of(json!(["not-a-uuid", "", 7, null, "00000000-0000-0000-0000-00000000000g"]))
        ]
        .boxed(),
        "number" => of(json!([
            0,
            1,
            1,
            2,
            3,
            4,
            99,
            -1,
            1.5,
            "1",
            4_294_967_295_u32,
            4_294_967_296_u64,
            null
        ])),
        "settings" => {
            let fields = [
                ("currency", json!("EUR")),
                ("lifetime_minutes", json!(15)),
                ("language", json!("en")),
                ("entry_style", json!("decimal")),
                ("description", json!("Tea #1")),
                ("webhook", json!("https://shop.example/hook")),
                ("redirect_url", json!("https://shop.example/")),
            ];
            let valid: Map<String, Value> = fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect();
            let nearly = json!([
                2,
                1441,
                "http://shop.example/hook",
                "ab",
                "de_DE; rm",
                "x".repeat(3000)
            ]);
            let value = prop_oneof![anything(), of(nearly)];
            let wrong = (select(fields.map(|(name, _)| name).to_vec()), value);
            prop_oneof![
                1 => Just(Value::Object(valid.clone())),
                5 => wrong.prop_map(move |(name, value)| {
                    let mut settings = valid.clone();
                    settings.insert(name.to_owned(), value);
                    Value::Object(settings)
                }),
            ]
            .boxed()
        }
        // Most hold the canary, and no answer may repeat it.
        "key" => of(json!([
            KEY,
            format!("{KEY} "),
            format!("{KEY} {KEY}"),
            format!("{KEY}\n{KEY}"),
            [KEY],
            {"key": KEY},
            {"$repeat": [KEY, 100]},
            "",
            5
        ])),
        "mode" => of(json!(["live", "practice", "LIVE", "", 1])),
        "act" => of(json!(["choose-coin", "pay", "end", "steal", 1])),
        _ => anything().boxed(),
    }
}

/// What a page may pass to a command: nothing right, all right, and everything between.
fn arguments(of: &Command) -> BoxedStrategy<Value> {
    let names = of.arguments.clone();
    let all: Vec<_> = names
        .iter()
        .map(|name| {
            let value = prop_oneof![16 => nearly(name), 1 => anything()];
            (Just(name.clone()), value)
        })
        .collect();
    let right = all.clone().prop_map(|fields| {
        let fields = fields.into_iter().collect::<Map<_, _>>();
        Value::Object(fields)
    });
    let some = (subsequence(all, 0..=names.len()), "\\PC{0,8}", anything());
    let some = some
        .prop_flat_map(|(fields, name, extra)| (fields, Just(name), Just(extra)))
        .prop_map(|(fields, name, extra)| {
            let mut fields: Map<_, _> = fields.into_iter().collect();
            fields.insert(name, extra);
            Value::Object(fields)
        });
    prop_oneof![12 => right, 2 => some, 1 => anything()].boxed()
}

/// Whether the till had reason to open a sale: told by other means than the till's own.
fn is_valid_charge(arguments: &Value) -> bool {
    let field = |name: &str| arguments[name].as_str().map(str::trim);
    let minor = field("amount").and_then(|text| {
        let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits = format!("{whole}{:0<2}", decimals.trim_end_matches('0'));
        let plain = decimals.trim_end_matches('0').len() <= 2
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse::<u64>().ok()).flatten()
    });
    let least = match field("currency").map(str::to_uppercase).as_deref() {
        Some("EUR" | "USD") => 100,
        Some("RUB") => 10_000,
        _ => return false,
    };
    let note = match &arguments["note"] {
        Value::Null => true,
        Value::String(note) => note.trim().chars().count() <= 500,
        _ => false,
    };
    let tap = field("tap").is_some_and(|tap| uuid::Uuid::parse_str(tap).is_ok());
    minor.is_some_and(|minor| (least..=1_000_000_000).contains(&minor)) && note && tap
}

/// Invokes each and tells what came of it: `ok`, `fault`, `argument` (Tauri's own error), `unsent`
/// (not even the page could write it as JSON), `hangs` or `strange`; and whether the key was in it.
async fn invoke_all(window: &Window, batch: &[(String, Value)]) -> Vec<Value> {
    let batch = Value::from_iter(batch.iter().map(|(name, args)| json!([name, args])));
    let answers = window
        .script_async(&format!(
            "const grown = (value) => {{
               if (Array.isArray(value)) return value.map(grown);
               if (typeof value !== 'object' || value === null) return value;
               if (Array.isArray(value.$repeat)) return String(value.$repeat[0]).repeat(value.$repeat[1]);
               if (typeof value.$deep === 'number') {{
                 let deep = [];
                 for (let n = 0; n < value.$deep; n += 1) deep = [deep];
                 return deep;
               }}
               return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, grown(field)]));
             }};
             const kind = (error) => typeof error === 'string' ? 'argument'
               : error instanceof Error ? 'unsent'
               : typeof error?.code === 'string' && typeof error?.message === 'string' ? 'fault' : 'strange';
             const one = async ([command, args]) => {{
               const late = new Promise((end) => setTimeout(() => end({{ hangs: true }}), 25000));
               const asked = (async () => window.__TAURI_INTERNALS__.invoke(command, grown(args)))()
                 .then((value) => ({{ value }}), (error) => ({{ error }}));
               const answer = await Promise.race([late, asked]);
               const told = 'value' in answer ? 'ok' : answer.hangs ? 'hangs' : kind(answer.error);
               const text = String(answer.error) + JSON.stringify(answer);
               return {{ told, text: [...text].slice(0, 300).join('').toWellFormed(), key: text.includes('{KEY}'), value: answer.value?.number ?? null }};
             }};
             const left = {batch}.entries(), answers = [];
             const lane = async () => {{ for (const [at, call] of left) answers[at] = await one(call); }};
             Promise.all([lane(), lane(), lane()]).then(() => done(answers));"
        ))
        .await;
    answers.as_array().expect("answers").clone()
}

#[test]
fn the_list_of_commands_is_the_programs() {
    let mut listed = [permitted("cashier"), permitted("display")].concat();
    let source = source("src-tauri/gui.rs");
    let (_, handler) = source.split_once("generate_handler![").expect("a handler");
    let (handler, _) = handler.split_once(']').expect("its end");
    let handled = handler.split(',').map(str::trim);
    let mut handled: Vec<&str> = handled
        .filter_map(|name| name.rsplit("::").next())
        .filter(|name| !name.is_empty())
        .collect();
    listed.sort_unstable();
    handled.sort_unstable();
    assert_eq!(listed, handled);
    let charge = commands()
        .into_iter()
        .find(|command| command.name == "charge");
    let arguments = charge.expect("a till charges").arguments;
    assert_eq!(arguments, ["amount", "currency", "note", "basket", "tap"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_page_asks_no_command_falls_over() {
    let gateway = start_gateway(KEY).await;
    let mut desktop = Desktop::without_screen(KeychainState::Open);
    desktop.start_screen(1280, 800);
    let window = Window::open_with(desktop, &gateway.base_url(), &[], PACE_MS).await;
    window.first_run(KEY).await;

    let seed: [u8; 32] = rand_seed();
    println!("seed {seed:?}");
    let random = proptest::test_runner::TestRng::from_seed(
        proptest::test_runner::RngAlgorithm::ChaCha,
        &seed,
    );
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), random);
    let mut calls: Vec<(String, Value)> = Vec::new();
    let alone = |command: &Command| !command.waits_for_a_person;
    for command in commands().into_iter().filter(alone) {
        let arguments = arguments(&command);
        for _ in 0..INVOCATIONS {
            let args = arguments.new_tree(&mut runner).expect("a value").current();
            calls.push((command.name.clone(), args));
        }
    }
    let order = Just(calls).prop_shuffle().new_tree(&mut runner);
    let (of_the_key, rest): (Vec<_>, Vec<_>) = order
        .expect("an order")
        .current()
        .into_iter()
        // Without a key nothing is sold: these come last.
        .partition(|(name, _)| name == "set_key" || name == "clear_key");
    let calls = [rest, of_the_key].concat();

    let (mut sold, mut told) = (0, std::collections::BTreeMap::new());
    for batch in calls.chunks(AT_ONCE) {
        for ((name, args), answer) in batch.iter().zip(invoke_all(&window, batch).await) {
            let shown = format!("{name}({args:.200}): {answer}");
            let what = answer["told"].as_str().expect("told");
            assert!(!matches!(what, "hangs" | "strange"), "{shown}");
            assert_eq!(answer["key"], json!(false), "the key is told: {name}");
            if name == "charge" && what == "ok" {
                assert!(is_valid_charge(args), "{shown}");
                sold += 1;
            }
            *told.entry((name.clone(), what.to_owned())).or_insert(0) += 1;
        }
    }
    println!("{told:?}");
    let answered = |what: &str| told.keys().filter(|(_, told)| told == what).count();
    assert!(sold > 2, "some charges were valid");
    assert!(
        answered("ok") > 8 && answered("fault") > 6 && answered("argument") > 8,
        "{told:?}"
    );

    // It sells on.
    let last = [
        ("switch_mode".to_owned(), json!({"mode": "live"})),
        ("set_key".to_owned(), json!({"key": KEY})),
    ];
    invoke_all(&window, &last[..1]).await;
    invoke_all(&window, &last[1..]).await;
    window.reload().await;
    window.find("pad").await;
    let desktop = window.close().await;
    let count = |file: &str| -> usize {
        let asked = desktop
            .command("sqlite3")
            .arg(desktop.data_dir().join(file))
            .arg("SELECT count(*) FROM sale")
            .output()
            .expect("sqlite3 is installed");
        let text = String::from_utf8(asked.stdout).expect("text");
        text.trim().parse().expect("a number")
    };
    let sales = count("journal.sqlite") + count("practice/journal.sqlite");
    assert_eq!(sales, sold, "a sale for each valid charge, and no other");
    for folder in ["", "practice"] {
        let verified = desktop
            .ringup()
            .env("RINGUP_DATA_DIR", desktop.data_dir().join(folder))
            .arg("verify")
            .output()
            .expect("runs");
        assert!(verified.status.success(), "{verified:?}");
    }
}

fn rand_seed() -> [u8; 32] {
    let (one, other) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
    let mut seed = [0; 32];
    seed[..16].copy_from_slice(one.as_bytes());
    seed[16..].copy_from_slice(other.as_bytes());
    seed
}
