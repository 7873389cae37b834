//! Random calls of every command by a page: no crash, no hang, no key in an answer, no sale without a valid charge.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use ringup::{Command, Window};
use ringup_testkit::{Desktop, KeychainState, Window as TillWindow, start_gateway};

const KEY: &str = "canary-key-4717";
/// Random calls of each command.
const INVOCATIONS: usize = 80;
/// Calls in one batch: as many as finish before WebDriver times out.
const AT_ONCE: usize = 70;
/// A slow pace, because the till has many invoices to poll meanwhile.
const PACE_MS: u32 = 2000;

/// Not called: one ends the till, one deletes the sales that are counted here, the others wait for somebody to pick a
/// file.
const NOT_CALLED: [&str; 10] = [
    "quit",
    "reset_practice",
    "back_up_now",
    "choose_backup_folder",
    "choose_restore_file",
    "export",
    "export_items",
    "import_items",
    "pair_with_office_by_file",
    "save_receipt",
];

/// The commands of the cashier's window, but for those that are not called here.
fn called_commands() -> impl Iterator<Item = &'static Command> {
    let of_cashier = ringup::commands().filter(|command| command.window == Window::Cashier);
    of_cashier.filter(|command| !NOT_CALLED.contains(&command.name))
}

/// Any text, dangerous ones more often. `$repeat` is made long in the page.
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

/// A value for the argument of this name that is correct, or nearly.
fn nearly(name: &str) -> BoxedStrategy<Value> {
    let of = |values: Value| select(values.as_array().expect("a list").clone()).boxed();
    match name {
        "amount" => prop_oneof![
            3 => fields(&["minor", "currency"]),
            1 => of(json!(["12.50", 12.5, 1250, {"minor": 1250, "currency": "EUR", "scale": 2}])),
        ]
        .boxed(),
        "minor" => prop_oneof![
            of(json!([1250, 10_000, 70_000, 1_000_000_000])),
            of(json!([99, 0, -500, 12.5, "1250", 1e300, 1_000_000_001, i64::MAX])),
        ]
        .boxed(),
        "currency" => prop_oneof![
            4 => of(json!(["EUR", "USD", "EUR", "RUB"])),
            1 => of(json!(["XBT", "eur", "", "EUR\u{0}", 978])),
        ]
        .boxed(),
        "charge" => fields(&["amount", "note", "basket", "confirmed", "tap"]),
        "confirmed" => of(json!([true, false, true, false, true, "yes", 1])),
        "refund" => prop_oneof![fields(&["amount", "way", "reason"]), nearly("number")].boxed(),
        "way" => of(json!(["cash", "by_hand", "CASH", 1])),
        "basket" => prop_oneof![
            4 => Just(json!({"lines": [], "discount": null, "tip_minor": 0})),
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
        // Most contain the canary, which no answer may repeat.
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

/// An object of these fields, each nearly right; now and then one is missing.
fn fields(names: &[&'static str]) -> BoxedStrategy<Value> {
    let fields: Vec<_> = names
        .iter()
        .map(|name| (Just((*name).to_owned()), nearly(name)))
        .collect();
    let all = fields
        .clone()
        .prop_map(|fields| Value::Object(fields.into_iter().collect()));
    let some = subsequence(fields, 0..names.len())
        .prop_flat_map(|fields| fields)
        .prop_map(|fields| Value::Object(fields.into_iter().collect()));
    prop_oneof![16 => all, 1 => some].boxed()
}

/// The arguments of a call: from all wrong to all correct.
fn arguments(of: &Command) -> BoxedStrategy<Value> {
    let names = of.arguments;
    let all: Vec<_> = names
        .iter()
        .map(|name| {
            let value = prop_oneof![16 => nearly(name), 1 => anything()];
            (Just((*name).to_owned()), value)
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

/// Whether a call may open a sale, decided without the till's code.
fn is_valid_charge(arguments: &Value) -> bool {
    let charge = &arguments["charge"];
    let amount = &charge["amount"];
    // JSON's numbers from the page have one type: 1250.0 is 1250.
    let minor = amount["minor"]
        .as_f64()
        .filter(|minor| minor.fract() == 0.0);
    let plain = amount.as_object().is_some_and(|fields| fields.len() == 2);
    let least = match amount["currency"].as_str() {
        Some("EUR" | "USD") => 100.0,
        Some("RUB") => 10_000.0,
        _ => return false,
    };
    let note = match &charge["note"] {
        Value::Null => true,
        Value::String(note) => note.trim().chars().count() <= 500,
        _ => false,
    };
    let tap = charge["tap"].as_str().map(str::trim);
    let tap = tap.is_some_and(|tap| uuid::Uuid::parse_str(tap).is_ok());
    plain && minor.is_some_and(|minor| (least..=1e9).contains(&minor)) && note && tap
}

/// Makes these calls; returns the result of each: `ok`, `fault`, `argument` (a fault that names a wrong argument), `unread`
/// (Tauri could not read the JSON), `unsent` (the page could not write it as JSON), `hangs` or `strange`; and whether
/// the key was in the answer.
async fn invoke_all(window: &TillWindow, batch: &[(String, Value)]) -> Vec<Value> {
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
             const kind = (error) => typeof error === 'string' ? 'unread'
               : error instanceof Error ? 'unsent'
               : error?.code === 'internal' && error.message.startsWith('argument') ? 'argument'
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

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_page_asks_no_command_falls_over() {
    let gateway = start_gateway(KEY).await;
    let mut desktop = Desktop::without_screen(KeychainState::Open);
    desktop.start_screen(1280, 800);
    let window = TillWindow::open_with(desktop, &gateway.base_url(), &[], PACE_MS).await;
    window.first_run(KEY).await;

    let seed: [u8; 32] = rand_seed();
    println!("seed {seed:?}");
    let random = proptest::test_runner::TestRng::from_seed(
        proptest::test_runner::RngAlgorithm::ChaCha,
        &seed,
    );
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), random);
    let mut calls: Vec<(String, Value)> = Vec::new();
    for command in called_commands() {
        let arguments = arguments(command);
        for _ in 0..INVOCATIONS {
            let args = arguments.new_tree(&mut runner).expect("a value").current();
            calls.push((command.name.to_owned(), args));
        }
    }
    let order = Just(calls).prop_shuffle().new_tree(&mut runner);
    let (of_the_key, rest): (Vec<_>, Vec<_>) = order
        .expect("an order")
        .current()
        .into_iter()
        // Without a key nothing can be sold, so these calls come last.
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

    // The till still sells.
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
