//! A hostile gateway. Whatever it answers over real HTTP, the till does not crash, does not hang, and never takes a sale
//! for paid that is not. The answers are random (proptest).

use std::cell::Cell;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use ringup_core::Till;
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::gateway::{Client, CreateError, Outcome};
use ringup_core::ids::{InvoiceId, SaleId};
use ringup_core::sale::{SaleState, SaleView};
use ringup_core::settings::Settings;
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;
use tokio::time::timeout;

use ringup_testkit::gateway::{api_base, create_request, key, short_timeouts};
use ringup_testkit::{RawServer, euros, http};

/// A call that takes longer than all its time-outs together hangs.
const HANGS: Duration = Duration::from_secs(20);

const INVOICE: &str = "179a4662-a6e0-4129-aeba-04c4c2a8f074";

fn letters() -> impl Strategy<Value = String> {
    let evil = select(vec![
        "<img src=x onerror=alert(1)>",
        "\u{202e}\u{2066}diap\u{200f}",
        "\u{0}\u{1b}[2J\u{7f}\u{9b}",
        "\u{feff}\u{2028}\u{e0001}",
        "",
    ]);
    prop_oneof![
        "\\PC{0,40}",
        proptest::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
        (evil, 1..2000_usize).prop_map(|(text, times)| text.repeat(times)),
    ]
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        letters().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("\\PC{0,8}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// This object with some of its fields replaced or removed.
fn spoilt(honest: Value) -> impl Strategy<Value = Value> {
    let names: Vec<String> = honest.as_object().unwrap().keys().cloned().collect();
    let change = (select(names), prop::option::of(anything()));
    proptest::collection::vec(change, 0..4).prop_map(move |changes| {
        let mut object = honest.as_object().unwrap().clone();
        for (name, value) in changes {
            match value {
                Some(value) => drop(object.insert(name, value)),
                None => drop(object.remove(&name)),
            }
        }
        Value::Object(object)
    })
}

fn created(pay_url: &str) -> Value {
    json!({
        "invoice": {"id": INVOICE, "expires_at": 1_773_689_470_i64},
        "pay_url": pay_url,
        "test_mode": false
    })
}

fn report() -> Value {
    json!({
        "id": INVOICE, "fiat_amount": "12.50", "fiat_currency": "EUR", "crypto_amount": "1",
        "network_fee": "0", "crypto": "TON", "network": "TON", "pay_status": "paid",
        "processing_status": "processing", "is_paid": true, "is_testing": false, "payload": ""
    })
}

/// A body of any kind; `honest` is a correct one.
fn bodies(honest: Value) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..400),
        anything().prop_map(|json| json.to_string().into_bytes()),
        spoilt(honest.clone()).prop_map(|json| json.to_string().into_bytes()),
        (1..200_000_usize).prop_map(|depth| "[{\"a\":".repeat(depth).into_bytes()),
        // Much white space before a correct answer, which only a reader without a limit accepts.
        (0..600_000_usize)
            .prop_map(move |size| format!("{}{honest}", " ".repeat(size)).into_bytes()),
        (1..400_usize)
            .prop_map(|digits| format!("{{\"id\":1e{}}}", "9".repeat(digits)).into_bytes()),
    ]
}

fn headers() -> impl Strategy<Value = String> {
    let header = prop_oneof![
        select(vec![
            "Content-Length: 5\r\n",
            "Content-Length: 99999999999999\r\n",
            "Content-Length: -1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Content-Encoding: gzip\r\n",
            "Location: https://evil.example/\r\n",
            "Retry-After: 99999999999999999999\r\n",
            "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
            "Date: Fri, 31 Dec 9999 23:59:59 GMT\r\n",
            "Content-Type: text/html\r\n",
            "\r\n",
        ])
        .prop_map(str::to_owned),
        "[A-Za-z-]{1,20}".prop_flat_map(|name| {
            "[ -~]{0,60}".prop_map(move |value| format!("{name}: {value}\r\n"))
        }),
        (1..30_000_usize).prop_map(|size| format!("X-Long: {}\r\n", "a".repeat(size))),
    ];
    proptest::collection::vec(header, 0..4).prop_map(|headers| headers.concat())
}

fn statuses() -> impl Strategy<Value = u16> {
    prop_oneof![4 => Just(200_u16), 3 => 200..600_u16, 1 => 0..1000_u16]
}

fn client(server: &RawServer) -> Client {
    Client::new(api_base(server.port), short_timeouts(), Clock::system()).unwrap()
}

/// Whether a text may be shown: it is short, and no character of it turns or hides what is next to it.
fn is_plain(text: &str) -> bool {
    let unseen = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    text.chars().count() <= 300 && !text.chars().any(|c| c.is_control() || unseen(c))
}

/// Tries this many values, with one server and one client for all of them.
fn each<T: std::fmt::Debug>(
    cases: u32,
    values: impl Strategy<Value = T>,
    check: impl Fn(T) -> Result<(), TestCaseError>,
) {
    let mut runner = TestRunner::new(ProptestConfig::with_cases(cases));
    runner.run(&values, check).unwrap();
}

#[test]
fn no_answer_to_create_is_shown_that_is_not_the_gateways() {
    let (runtime, server) = (Runtime::new().unwrap(), RawServer::start(""));
    let client = client(&server);
    // The server's host with another port.
    let answers = (
        statuses(),
        headers(),
        bodies(created("http://127.0.0.1:1/x")),
    );
    each(200, answers, |(status, headers, body)| {
        let answer = http(status, &headers, &body);
        server.set_answer(move |_, _| answer.clone());
        let asked = runtime
            .block_on(async { timeout(HANGS, client.create(&key(), &create_request())).await })
            .expect("it hangs");
        let Err(error) = asked else {
            return Err(TestCaseError::fail(format!("{asked:?}")));
        };
        prop_assert!(is_plain(&error.to_string()), "{error:?}");
        let refused = error.outcome() == Outcome::Refused;
        let of_an_address = matches!(error, CreateError::PayUrl { .. });
        // Only a 4xx says that no invoice was made.
        prop_assert!(
            !refused || of_an_address || (400..500).contains(&status),
            "{error:?}"
        );
        prop_assert_ne!(error.outcome(), Outcome::NotSent);
        Ok(())
    });
}

#[test]
fn no_answer_to_info_is_read_that_lacks_the_words_that_matter() {
    let (runtime, server) = (Runtime::new().unwrap(), RawServer::start(""));
    let client = client(&server);
    let id = InvoiceId(INVOICE.to_owned());
    each(
        200,
        (statuses(), headers(), bodies(report())),
        |(status, headers, body)| {
            let answer = http(status, &headers, &body);
            server.set_answer(move |_, _| answer.clone());
            let asked = runtime
                .block_on(async { timeout(HANGS, client.info(&key(), &id)).await })
                .expect("it hangs");
            match asked {
                Ok(report) => {
                    prop_assert!((200..300).contains(&status));
                    let read: Value = serde_json::from_slice(&body).expect("it was read");
                    prop_assert_eq!(&read["is_paid"], &json!(report.is_paid));
                    prop_assert!(is_plain(&report.pay_status));
                    for word in [report.crypto, report.network, report.crypto_amount]
                        .into_iter()
                        .flatten()
                    {
                        prop_assert!(is_plain(&word), "{word:?}");
                    }
                }
                Err(error) => prop_assert!(is_plain(&error.to_string()), "{error:?}"),
            }
            Ok(())
        },
    );
}

#[test]
fn no_settings_file_is_too_strange() {
    // A value of the right type, and one of any type.
    let lifetimes = any::<u16>().prop_map(|minutes| {
        let mut settings = json!(Settings::default());
        settings["lifetime_minutes"] = json!(minutes);
        settings
    });
    let settings = prop_oneof![anything(), spoilt(json!(Settings::default())), lifetimes];
    let folder = tempfile::tempdir().unwrap();
    each(1000, settings, |json| {
        std::fs::write(folder.path().join("settings.json"), json.to_string()).unwrap();
        let read = Settings::load_with_problems(folder.path());
        let settings = read.settings;
        prop_assert!((3..=1440).contains(&settings.lifetime_minutes));
        // A till without a PIN is not locked by a file that cannot be read.
        if settings.kiosk.self_service && settings.kiosk.offers.is_empty() {
            prop_assert!(read.wrong.iter().any(|error| error.field == "kiosk.offers"));
        } else {
            prop_assert_eq!(settings.clone().validate(), Ok(settings));
        }
        Ok(())
    });
}

/// A till and a gateway that makes correct invoices, but answers questions about them with `report`.
struct Lied {
    till: Till,
    server: RawServer,
    report: Arc<Mutex<Value>>,
    runtime: Runtime,
    _folder: tempfile::TempDir,
}

impl Lied {
    fn open() -> Self {
        let runtime = Runtime::new().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let server = RawServer::start("");
        let config = Config {
            data_dir: folder.path().to_owned(),
            api: api_base(server.port),
            // So short that the cashier's polls never wait for the budget.
            pace: Duration::from_millis(10),
        };
        let till = Till::open_practice(&config, Clock::system(), key());
        Self {
            till: runtime.block_on(till).unwrap(),
            server,
            report: Arc::default(),
            runtime,
            _folder: folder,
        }
    }

    /// Makes a sale and polls it, with this answer of the gateway.
    fn sale_of_which_is_said(&self, report: Value) -> SaleView {
        let port = self.server.port;
        // An invoice belongs to one attempt, so each sale gets one of its own.
        let id = SaleId::new().to_string();
        *self.report.lock().unwrap() = report;
        let report = Arc::clone(&self.report);
        self.server.set_answer(move |path, _| {
            let body = if path.ends_with("create") {
                created(&format!("http://127.0.0.1:{port}/invoice/1"))
            } else {
                report.lock().unwrap().clone()
            };
            http(200, "", with_id(&body, &id).as_bytes())
        });
        self.runtime.block_on(async {
            let asked = async {
                let sale = self.till.charge(euros("12.50")).await.unwrap();
                // An answer that cannot be read is an error here.
                drop(self.till.check_now(sale.number).await);
                self.till.sale(sale.number).await.unwrap()
            };
            timeout(HANGS, asked).await.expect("it hangs")
        })
    }

    fn assert_whole(&self) {
        let verified = self.runtime.block_on(self.till.verify()).unwrap();
        verified.unwrap();
    }
}

/// The answer, about the invoice `id` in place of [`INVOICE`].
fn with_id(answer: &Value, id: &str) -> String {
    answer.to_string().replace(INVOICE, id)
}

/// Whether a report says that [`INVOICE`] is paid with 12.50 EUR of real money; decided without the till's code.
fn truly_pays(report: &Value) -> bool {
    let text_or_none = |name: &str| matches!(report[name], Value::Null | Value::String(_));
    let readable = [
        "processing_status",
        "crypto",
        "network",
        "crypto_amount",
        "network_fee",
    ]
    .iter()
    .all(|name| text_or_none(name));
    let amount = report["fiat_amount"].as_str().unwrap_or_default().trim();
    readable
        && report["pay_status"].is_string()
        && report["is_paid"] == true
        && report["is_testing"] == false
        && matches!(report["payload"].as_str(), None | Some(""))
        && report["id"] == INVOICE
        && report["fiat_currency"] == "EUR"
        && ["12.5", "12.50", "12.500", "012.50", "12,50"].contains(&amount)
}

/// Reports that are nearly correct, so that each field alone decides often.
fn nearly() -> impl Strategy<Value = Value> {
    let fields = [
        ("id", json!(["another", format!("{INVOICE} "), 1, ""])),
        ("is_paid", json!([false, "true", 1, null, [true]])),
        (
            "fiat_amount",
            json!([
                "12.5",
                "12.500",
                "012.50",
                "12.49",
                "1250",
                "1.25e1",
                "12.50 EUR",
                12.5,
                "-12.50",
                "١٢.٥٠",
                "12.50000000000000000001",
                null
            ]),
        ),
        ("fiat_currency", json!(["USD", "eur", "EUR ", null, 978])),
        ("is_testing", json!([true, "false", null, 0])),
        ("pay_status", json!(["not_paid", "end", "PAID", null, {}])),
    ];
    let fields = fields.map(|(name, values)| (name, values.as_array().unwrap().clone()));
    let change = select(fields.to_vec()).prop_flat_map(|(name, values)| {
        let value = prop_oneof![4 => select(values).prop_map(Some), 1 => anything().prop_map(Some), 1 => Just(None)];
        (Just(name), value)
    });
    proptest::collection::vec(change, 0..3).prop_map(|changes| {
        let mut object: Map<String, Value> = report().as_object().unwrap().clone();
        for (name, value) in changes {
            match value {
                Some(value) => drop(object.insert(name.to_owned(), value)),
                None => drop(object.remove(name)),
            }
        }
        Value::Object(object)
    })
}

#[test]
fn only_a_report_that_truly_matches_makes_a_sale_paid() {
    let lied = Lied::open();
    let (paid, not) = (Cell::new(0), Cell::new(0));
    each(150, nearly(), |report| {
        let truly = truly_pays(&report);
        let sale = lied.sale_of_which_is_said(report);
        prop_assert_eq!(sale.state == SaleState::Paid, truly, "{:?}", sale);
        for word in [&sale.crypto, &sale.network, &sale.crypto_amount]
            .into_iter()
            .flatten()
        {
            prop_assert!(is_plain(word), "{word:?}");
        }
        (if truly { &paid } else { &not }).update(|count| count + 1);
        Ok(())
    });
    assert!(paid.get() > 10 && not.get() > 40, "{paid:?} {not:?}");
    lied.assert_whole();
}

#[test]
fn an_address_is_shown_as_given_or_not_at_all() {
    let lied = Lied::open();
    let port = lied.server.port;
    let evil = select(vec![
        format!("http://127.0.0.1:{port}/invoice/1"),
        format!("http://127.0.0.1:{port}@evil.example/"),
        format!("http://evil@127.0.0.1:{port}/"),
        format!("http://127.0.0.1:{port}\\@evil.example/"),
        format!("http://127.0.0.1:{port}.evil.example/"),
        format!("http://127.0.0.1:{port}/\u{202e}x"),
        format!("http://127.0.0.1:{port}/a\r\nb"),
        format!("http://127.0.0.1:{port}/{}", "a".repeat(3000)),
        "http://127.0.0.1:1/invoice/1".to_owned(),
        "https://pay.cru.cash/invoice/1".to_owned(),
        "javascript:alert(1)".to_owned(),
        "data:text/html,<script>".to_owned(),
        "file:///etc/passwd".to_owned(),
    ]);
    let urls = prop_oneof![3 => evil.prop_map(Value::from), 1 => anything()];
    each(60, urls, |url| {
        let mut answer = created("");
        answer["pay_url"] = url.clone();
        let id = SaleId::new().to_string();
        lied.server
            .set_answer(move |_, _| http(200, "", with_id(&answer, &id).as_bytes()));
        let sale = lied
            .runtime
            .block_on(lied.till.charge(euros("12.50")))
            .unwrap();
        let own = format!("http://127.0.0.1:{port}/invoice/1");
        let is_own = url == own.as_str();
        prop_assert_eq!(sale.state == SaleState::Awaiting, is_own, "{:?}", sale);
        prop_assert_eq!(sale.pay_url, is_own.then_some(own));
        let shown = lied.runtime.block_on(lied.till.qr(sale.number));
        prop_assert_eq!(shown.is_ok(), is_own);
        Ok(())
    });
    lied.assert_whole();
}
