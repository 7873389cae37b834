//! Refunds of any baskets: the book, X, Z, the receipts and the export say the same to the cent, and what a model says
//! that is made here of other code.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use ringup_core::clock::Clock;
use ringup_core::export::{ExportFormat, ExportRows};
use ringup_core::ids::{AttemptNumber, InvoiceId, TapId};
use ringup_core::journal::{FirstPayment, JournalFile, NewSale, Opened};
use ringup_core::money::{BasisPoints, Currency, Money};
use ringup_core::sale::{
    Breakdown, CurrencyTotals, Event, Invoice, Line, Purpose, RefundWay, Report, ReturnedLine,
};
use ringup_core::settings::Settings;
use ringup_core::{Export, ExportTo};
use ringup_testkit::{Shop, cash_back};

/// A sale, how often it is paid, and what is then done to it: kind, and two numbers that choose.
#[derive(Debug, Clone)]
struct Script {
    /// Quantity, price of one, rate; of a typed amount none.
    lines: Vec<(u32, i64, Option<u32>)>,
    typed: (i64, Option<u32>),
    /// Thousandths of the lines.
    discount: i64,
    tip: i64,
    payments: u32,
    acts: Vec<(u8, u32, u32)>,
}

fn scripts() -> impl Strategy<Value = Vec<Script>> {
    let rate = || proptest::option::weighted(0.8, proptest::sample::select(vec![700, 1064, 1900]));
    let script = (
        proptest::collection::vec((1..=3_u32, 1..=9_000_i64, rate()), 0..4),
        (1..=9_000_i64, rate()),
        prop_oneof![Just(0), 0..=900_i64],
        prop_oneof![Just(0), 1..=300_i64],
        1..=2_u32,
        proptest::collection::vec((0..=9_u8, any::<u32>(), any::<u32>()), 0..7),
    );
    let script = script.prop_map(|(lines, typed, discount, tip, payments, acts)| Script {
        lines,
        typed,
        discount,
        tip,
        payments,
        acts,
    });
    proptest::collection::vec(script, 1..6)
}

/// `None` stands for what has no rate; a rate of -1 for the tip, -2 for what was paid twice.
type Parts = Vec<(Option<i64>, i64)>;
const TIP: Option<i64> = Some(-1);
const TWICE: Option<i64> = Some(-2);

/// An amount in proportion to parts, rounded down; each cent that is left goes to the largest remainder, and of equal
/// ones to the first.
fn in_proportion(parts: &Parts, amount: i64) -> Parts {
    let whole: i64 = parts.iter().map(|(_, part)| part).sum();
    if whole == 0 {
        return Vec::new();
    }
    let mut shares: Vec<_> = parts
        .iter()
        .map(|(name, part)| (*name, part * amount / whole, part * amount % whole))
        .collect();
    let mut left = amount - shares.iter().map(|(_, share, _)| share).sum::<i64>();
    while left > 0 {
        let largest = shares.iter().map(|(.., rest)| *rest).max().unwrap();
        let next = shares.iter_mut().find(|(.., rest)| *rest == largest);
        let (_, share, rest) = next.unwrap();
        *share += 1;
        *rest = -1;
        left -= 1;
    }
    shares
        .into_iter()
        .map(|(name, share, _)| (name, share))
        .collect()
}

fn vat(gross: i64, rate: i64) -> i64 {
    (2 * gross * rate + 10_000 + rate) / (2 * (10_000 + rate))
}

/// What the model knows of a sale.
struct Model {
    lines: Vec<(u32, i64, Option<u32>)>,
    /// In the order: tip, no rate, rates; without the discount.
    sold: Parts,
    amount: i64,
    payments: i64,
    /// Parts, the quantities that came back, way, whether it counts.
    refunds: Vec<(Parts, Vec<u32>, RefundWay, bool)>,
}

impl Model {
    fn of(script: &Script) -> Self {
        let mut by_rate: BTreeMap<Option<i64>, i64> = BTreeMap::new();
        for (quantity, price, rate) in &script.lines {
            *by_rate.entry(rate.map(i64::from)).or_default() += i64::from(*quantity) * price;
        }
        if by_rate.is_empty() {
            by_rate.insert(script.typed.1.map(i64::from), script.typed.0);
        }
        let listed: Parts = by_rate.into_iter().collect();
        let off = in_proportion(&listed, script.discount_minor());
        let mut sold = vec![(TIP, script.tip)];
        sold.extend(listed.iter().map(|(rate, sum)| {
            let off = off.iter().find(|(other, _)| other == rate);
            (*rate, sum - off.map_or(0, |(_, off)| *off))
        }));
        Self {
            lines: script.lines.clone(),
            amount: sold.iter().map(|(_, part)| part).sum(),
            sold,
            payments: i64::from(script.payments),
            refunds: Vec::new(),
        }
    }

    /// What is left of each part.
    fn left(&self) -> Parts {
        let mut left = self.sold.clone();
        left.push((TWICE, self.amount * (self.payments - 1)));
        for (parts, _, _, counts) in &self.refunds {
            for (name, part) in parts.iter().filter(|_| *counts) {
                left.iter_mut().find(|(other, _)| other == name).unwrap().1 -= part;
            }
        }
        left
    }

    fn of_amount(&self, amount: i64) -> Parts {
        let mut left = self.left();
        let (_, twice) = left.pop().unwrap();
        let twice = twice.min(amount);
        let mut parts = in_proportion(&left, amount - twice);
        parts.push((TWICE, twice));
        parts
    }

    fn quantities_left(&self) -> Vec<u32> {
        let mut left: Vec<_> = self.lines.iter().map(|line| line.0).collect();
        for (_, back, _, _) in self.refunds.iter().filter(|refund| refund.3) {
            left.iter_mut()
                .zip(back)
                .for_each(|(left, back)| *left -= back);
        }
        left
    }

    fn of_lines(&self, back: &[u32]) -> Parts {
        let left = self.quantities_left();
        let sum = |rate: Option<i64>, of: &dyn Fn(usize) -> u32| -> i64 {
            let lines = self.lines.iter().enumerate();
            let at_rate = lines.filter(|(_, line)| line.2.map(i64::from) == rate);
            at_rate.map(|(at, line)| line.1 * i64::from(of(at))).sum()
        };
        let price = |sold: i64, part: i64, whole: i64| (2 * sold * part + whole) / (2 * whole);
        let parts = self.left();
        self.sold[1..]
            .iter()
            .map(|(rate, sold)| {
                let whole = sum(*rate, &|at| self.lines[at].0);
                let before = price(*sold, sum(*rate, &|at| left[at]), whole);
                let after = price(*sold, sum(*rate, &|at| left[at] - back[at]), whole);
                let most = parts.iter().find(|(other, _)| other == rate).unwrap().1;
                (*rate, (before - after).min(most))
            })
            .collect()
    }

    fn refunded(&self) -> i64 {
        let counting = self.refunds.iter().filter(|refund| refund.3);
        counting
            .flat_map(|refund| &refund.0)
            .map(|(_, part)| part)
            .sum()
    }

    /// Net gross and net tax by rate in basis points.
    fn taxes(&self) -> BTreeMap<i64, (i64, i64)> {
        let left = self.left();
        let rates = left
            .iter()
            .filter_map(|(rate, part)| Some((rate.filter(|it| *it > 0)?, *part)));
        rates
            .filter(|(_, gross)| *gross > 0)
            .map(|(rate, gross)| (rate, (gross, vat(gross, rate))))
            .collect()
    }

    fn tip(&self) -> i64 {
        self.left()[0].1
    }
}

impl Script {
    fn discount_minor(&self) -> i64 {
        let lines = self.lines.iter();
        let listed: i64 = lines.map(|line| i64::from(line.0) * line.1).sum();
        listed * self.discount / 1000
    }

    /// Writes the sale with its payments.
    fn write(&self, file: &mut JournalFile, number: u32) {
        let now = Clock::system().now();
        let breakdown = Breakdown {
            lines: self
                .lines
                .iter()
                .map(|(quantity, unit_minor, tax)| Line {
                    name: Some("Tea".to_owned()),
                    quantity: *quantity,
                    unit_minor: *unit_minor,
                    tax: tax.map(BasisPoints),
                    ..Line::default()
                })
                .collect(),
            discount_minor: self.discount_minor(),
            discount_rate: None,
            tip_minor: self.tip,
            tax: self
                .typed
                .1
                .filter(|_| self.lines.is_empty())
                .map(BasisPoints),
        };
        let new = NewSale {
            tap: TapId::new(),
            amount: Money::from_minor(Model::of(self).amount, Currency::Eur),
            note: None,
            language: None,
            breakdown,
            first: FirstPayment::Invoice {
                gateway: "elsewhere".to_owned(),
                lifetime_minutes: 15,
            },
            receipt_token: None,
        };
        let Opened::New(sale) = file.open_sale(new, now).unwrap() else {
            panic!("a new tap")
        };
        let sale = sale.id;
        let mut events = Vec::new();
        for attempt in (1..=self.payments).map(AttemptNumber) {
            let id = InvoiceId(format!("i-{number}-{attempt}"));
            if attempt.0 > 1 {
                events.push(Event::InvoiceRequested {
                    sale,
                    attempt,
                    gateway: "elsewhere".to_owned(),
                    lifetime_minutes: 15,
                    amount_minor: None,
                });
            }
            let invoice = Invoice {
                id: id.clone(),
                pay_url: "https://pay.cru.cash/invoice/i".to_owned(),
                expires_at_unix: None,
                test: false,
                clock_offset_ms: None,
            };
            let report = serde_json::json!({"id": id.0, "pay_status": "paid", "is_paid": true});
            let report: Report = serde_json::from_value(report).unwrap();
            events.push(Event::InvoiceOpened {
                sale,
                attempt,
                invoice,
            });
            events.push(Event::InvoicePaid {
                sale,
                attempt,
                report,
            });
        }
        file.record(sale, now, |_| events).unwrap();
    }
}

/// Does one act to the sale and to its model.
async fn act(shop: &Shop, number: u32, model: &mut Model, (kind, one, other): (u8, u32, u32)) {
    let refundable = model.amount * model.payments - model.refunded();
    let choose = |from: i64, by: u32| i64::from(by) % from.max(1);
    let way = if one % 2 == 0 {
        RefundWay::Cash
    } else {
        RefundWay::ByHand
    };
    let (parts, back, lines) = match kind {
        0..=3 if refundable > 0 => {
            let amount = if kind == 0 {
                refundable
            } else {
                choose(refundable, one) + 1
            };
            (
                model.of_amount(amount),
                vec![0; model.lines.len()],
                Vec::new(),
            )
        }
        4..=7 if refundable > 0 && !model.lines.is_empty() => {
            let left = model.quantities_left();
            let mut back = vec![0; left.len()];
            for by in [one, other] {
                let at = usize::try_from(by).unwrap() % left.len();
                back[at] = u32::try_from(choose(i64::from(left[at]) + 1, by / 7)).unwrap();
            }
            let returned = (1..).zip(&back).filter(|(_, back)| **back > 0);
            let lines = returned.map(|(line, quantity)| ReturnedLine {
                line,
                quantity: *quantity,
            });
            let lines: Vec<_> = lines.collect();
            (model.of_lines(&back), back, lines)
        }
        8..=9 => {
            let standing = (0..model.refunds.len()).filter(|at| model.refunds[*at].3);
            let standing: Vec<_> = standing.collect();
            if let Some(at) = standing.get(usize::try_from(one).unwrap() % standing.len().max(1)) {
                let refund = u32::try_from(at + 1).unwrap();
                shop.till()
                    .void_refund(number, refund, "mistyped")
                    .await
                    .unwrap();
                model.refunds[*at].3 = false;
            }
            return;
        }
        _ => return,
    };
    let amount: i64 = parts.iter().map(|(_, part)| part).sum();
    let money = Money::from_minor(amount, Currency::Eur);
    let preview = shop.till().refund_preview(number, money, &lines).await;
    if amount == 0 {
        assert!(preview.is_err() || lines.is_empty());
        return;
    }
    assert_eq!(preview.unwrap().amount, money);
    let mut refund = cash_back(money, lines);
    refund.way = way;
    shop.till().refund(number, refund).await.unwrap();
    model.refunds.push((parts, back, way, true));
}

/// Net gross and net tax by rate, from what X and Z say.
fn reported(sums: &CurrencyTotals) -> BTreeMap<i64, (i64, i64)> {
    let net = sums.taxes.iter().map(|(rate, tax)| {
        let gross = tax.gross_minor - tax.refunded_gross_minor;
        (
            i64::from(rate.0),
            (gross, tax.tax_minor - tax.refunded_tax_minor),
        )
    });
    net.filter(|(_, net)| *net != (0, 0)).collect()
}

/// Cents of a text such as `−€1,234.50` or `-0.05`.
fn cents(text: &str) -> i64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let minor: i64 = if digits.is_empty() {
        0
    } else {
        digits.parse().unwrap()
    };
    if text.contains(['-', '−']) {
        -minor
    } else {
        minor
    }
}

/// Net gross and net tax by rate, from the rows `Tax 19% in €10.00 … €1.60` of a receipt.
fn on_receipt(text: &str) -> BTreeMap<i64, (i64, i64)> {
    let mut net: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for row in text
        .lines()
        .filter(|row| row.trim_start().starts_with("Tax "))
    {
        let words: Vec<_> = row.split_whitespace().collect();
        let [_, rate, "in", gross, tax] = words[..] else {
            panic!("{row:?} in\n{text}")
        };
        let (whole, part) = rate
            .trim_end_matches('%')
            .split_once('.')
            .unwrap_or((rate, ""));
        let rate = cents(whole) * 100 + cents(&format!("{part:0<2}"));
        let sums = net.entry(rate).or_default();
        *sums = (sums.0 + cents(gross), sums.1 + cents(tax));
    }
    net.retain(|_, net| *net != (0, 0));
    net
}

/// What a spreadsheet makes of the book.
#[derive(Debug, Default, PartialEq)]
struct Sheet {
    taxes: BTreeMap<i64, (i64, i64)>,
    tax: i64,
    tip: i64,
    ways: BTreeMap<String, i64>,
}

fn added_up(csv: &str) -> Sheet {
    let mut sheet = Sheet::default();
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        sheet.tax += cents(&row["tax"]);
        sheet.tip += cents(&row["tip"]);
        if row["kind"] != "paid" {
            *sheet.ways.entry(row["way"].clone()).or_default() += cents(&row["refunded"]);
        }
        for part in row["taxes"].split("; ").filter(|part| !part.is_empty()) {
            let (rate, sums) = part.split_once("% ").unwrap();
            let (tax, gross) = sums.split_once(" of ").unwrap();
            let sums = sheet.taxes.entry(cents(rate)).or_default();
            *sums = (sums.0 + cents(gross), sums.1 + cents(tax));
        }
    }
    sheet.taxes.retain(|_, net| *net != (0, 0));
    sheet.ways.retain(|_, sum| *sum != 0);
    sheet
}

async fn exported(shop: &Shop) -> String {
    let path = shop.config.data_dir.join("book.csv");
    let export = Export {
        format: ExportFormat::Csv,
        rows: ExportRows::Sales,
        from: None,
        to: None,
    };
    let to = ExportTo::File(path.clone());
    shop.till()
        .export(export, to, |_| (), Arc::default())
        .await
        .unwrap();
    std::fs::read_to_string(path).unwrap()
}

async fn check(scripts: &[Script]) {
    let mut shop = Shop::without_polling().await;
    shop.close();
    shop.wait_until_closed().await;
    let mut file = JournalFile::open(
        &shop.config.journal(),
        Purpose::Practice,
        Clock::system().now(),
    )
    .unwrap();
    for (number, script) in (1..).zip(scripts) {
        script.write(&mut file, number);
    }
    drop(file);
    shop.reopen().await;
    let settings = Settings {
        language: Some("en".to_owned()),
        ..Settings::default()
    };
    shop.till().save_settings(settings).unwrap();

    let mut models: Vec<_> = scripts.iter().map(Model::of).collect();
    for ((number, script), model) in (1..).zip(scripts).zip(&mut models) {
        for it in &script.acts {
            act(&shop, number, model, *it).await;
        }
        // The book and the receipt of each sale.
        let sale = shop.till().sale(number).await.unwrap();
        let refunded = sale.refunded.map_or(0, Money::minor);
        assert_eq!(refunded, model.refunded());
        let receipt = shop.till().receipt_text(number).await.unwrap();
        assert_eq!(on_receipt(&receipt), model.taxes(), "{receipt}");
    }

    let mut expected = Sheet::default();
    for model in &models {
        for (rate, (gross, tax)) in model.taxes() {
            let sums = expected.taxes.entry(rate).or_default();
            *sums = (sums.0 + gross, sums.1 + tax);
            expected.tax += tax;
        }
        expected.tip += model.tip();
        for (parts, _, way, _) in model.refunds.iter().filter(|refund| refund.3) {
            let amount: i64 = parts.iter().map(|(_, part)| part).sum();
            *expected.ways.entry(way.as_str().to_owned()).or_default() += amount;
        }
    }
    assert_eq!(added_up(&exported(&shop).await), expected);
    let x = shop.till().report(None).await.unwrap();
    let z = shop.till().close_day(true).await.unwrap();
    assert_eq!(z.totals, x.since_close);
    assert_eq!(z.grand, x.grand);
    let sums = &z.totals.0[&Currency::Eur];
    assert_eq!(reported(sums), expected.taxes);
    assert_eq!(sums.tips_minor - sums.refunded_tips_minor, expected.tip);
    let ways = sums
        .refund_ways
        .iter()
        .map(|(way, sums)| (way.clone(), sums.refunds_minor));
    let ways: BTreeMap<_, _> = ways.filter(|(_, sum)| *sum != 0).collect();
    assert_eq!(ways, expected.ways);
    shop.assert_whole().await;
}

#[test]
fn book_x_z_receipt_and_export_agree_after_any_refunds() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let run = runner.run(&scripts(), |scripts| {
        runtime.block_on(check(&scripts));
        Ok(())
    });
    run.unwrap();
}

#[test]
fn a_taxed_sale_refunded_whole_leaves_no_tax_anywhere() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sale = Script {
        lines: vec![(1, 11_900, Some(1900))],
        typed: (1, None),
        discount: 0,
        tip: 0,
        payments: 1,
        acts: vec![(0, 0, 0)],
    };
    runtime.block_on(check(&[sale]));
}
