//! The sums of a day, read from the screen and made from the exported book without the report's code.

use std::collections::BTreeMap;

use ringup_testkit::{Desktop, Window};

/// Sums by currency and name: minor units, or counts.
pub(crate) type Sums = BTreeMap<String, BTreeMap<String, i64>>;

/// The sums on each currency's card with this test id, and its hours.
pub(crate) async fn shown(window: &Window, testid: &str) -> Sums {
    window.find(testid).await;
    let read = window
        .script(&format!(
            "return [...document.querySelectorAll('[data-testid={testid}]')].flatMap((card) => {{
               const figure = (name, words, amount) => [card.dataset.currency, name, words, amount];
               return [...card.querySelectorAll('[data-figure]')].map((sum) => figure(
                   [sum.dataset.figure, sum.dataset.coin, sum.dataset.way].filter(Boolean).join(' '),
                   sum.previousElementSibling.textContent.replace(sum.dataset.coin, ''), sum.textContent))
                 .concat([...card.querySelectorAll('[data-hour]:not([data-payments=\"0\"])')].map((hour) =>
                   figure('hour ' + hour.dataset.hour.padStart(2, '0'), hour.dataset.payments,
                     hour.textContent.split(',').slice(1).join(','))));
             }})"
        ))
        .await;
    let mut sums = Sums::new();
    for figure in read.as_array().expect("a list") {
        let [currency, name, words, amount] =
            [0, 1, 2, 3].map(|at| figure[at].as_str().expect("text").to_owned());
        let figures = sums.entry(currency).or_default();
        if words.contains(|letter: char| letter.is_ascii_digit()) {
            figures.insert(format!("{name} count"), minor(&words));
        }
        figures.insert(name, minor(&amount));
    }
    sums
}

/// The minor units in a text such as `-€1,234.50`.
pub(crate) fn minor(text: &str) -> i64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number: i64 = digits.parse().expect("a figure");
    if text.contains('-') { -number } else { number }
}

type Row = BTreeMap<String, String>;

/// The whole book as the program exports it.
pub(crate) fn exported(desktop: &Desktop) -> Vec<Row> {
    let exported = desktop
        .ringup()
        .args(["export", "--format", "csv"])
        .output()
        .expect("runs");
    assert!(exported.status.success(), "{exported:?}");
    let text = String::from_utf8(exported.stdout).expect("UTF-8");
    let text = text.trim_start_matches('\u{feff}');
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    rows.deserialize().map(|row| row.expect("a row")).collect()
}

/// The sums of these rows, by the meaning of their columns (docs/export.md).
pub(crate) fn added_up(rows: &[Row]) -> Sums {
    let mut sums = Sums::new();
    let of_money = |row: &&Row| row["test"] != "true" && row["kind"] != "unpaid";
    for row in rows.iter().filter(of_money) {
        let figures = sums.entry(row["currency"].clone()).or_default();
        let mut add = |name: &str, amount: i64| {
            *figures.entry(format!("{name} count")).or_default() += 1;
            *figures.entry(name.to_owned()).or_default() += amount;
        };
        if row["kind"] != "paid" {
            add("refunds", -minor(&row["refunded"]));
            add(
                &format!("refund-way {}", row["way"]),
                -minor(&row["refunded"]),
            );
            continue;
        }
        let received = minor(&row["received"]);
        add("paid", received);
        add(&format!("coin {}", row["coin"]), received);
        let hour: String = row["time"].chars().skip(11).take(2).collect();
        add(&format!("hour {hour}"), received);
        for flag in ["late", "twice"] {
            if row[flag] == "true" {
                add(flag, received);
            }
        }
        let credited = row["settled"] == "true";
        let credited = if credited { "settled" } else { "unsettled" };
        *figures.entry(credited.to_owned()).or_default() += received;
    }
    for figures in sums.values_mut() {
        let (paid, payments) = (figures["paid"], figures["paid count"]);
        // Rounded half up.
        let average = (2 * paid + payments) / (2 * payments);
        figures.insert("average".to_owned(), average);
        if let Some(refunds) = figures.get("refunds").copied() {
            figures.insert("net".to_owned(), paid + refunds);
        }
    }
    sums
}
