//! A day of trade: X report, Z report and export agree with each other, and with what a spreadsheet makes of the export.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::error::{Code, Fault};
use ringup_core::export::{ExportFormat, ExportProgress, ExportRows};
use ringup_core::ids::TapId;
use ringup_core::money::{BasisPoints, Currency};
use ringup_core::report::DayReport;
use ringup_core::sale::{Basket, CurrencyTotals, RefundWay, SaleState};
use ringup_core::settings::{Settings, TaxRate};
use ringup_core::{Charge, Export, ExportTo};
use ringup_practice::{Options, Target};
use serde_json::{Map, Value, json};

use ringup_testkit::gateway::set_field;
use ringup_testkit::{Shop, cash_back, money};

/// 2026-03-29, 00:10 in Berlin: a day of 23 hours.
const MORNING_MS: i64 = 1_774_739_400_000;
const MINUTE_MS: i64 = 60_000;

/// A clock that runs by itself and can be moved forward.
#[derive(Clone)]
struct ShopClock(Arc<AtomicI64>);

impl ShopClock {
    fn at(at: i64) -> Self {
        let clock = Self(Arc::default());
        clock.put(at);
        clock
    }

    fn put(&self, at: i64) {
        self.0
            .store(at - Clock::system().now().0, Ordering::Relaxed);
    }

    fn clock(&self) -> Clock {
        let offset = Arc::clone(&self.0);
        let system = Clock::system();
        Clock::from_fn(move || UnixMs(system.now().0 + offset.load(Ordering::Relaxed)))
    }
}

async fn shop_at(clock: &ShopClock) -> Shop {
    // Settlement is polled every 360 poll intervals.
    let mut shop = Shop::with(Options::default(), Duration::from_millis(1)).await;
    shop.reopen_with(clock.clock()).await;
    let zone = Some("Europe/Berlin".to_owned());
    let settings = Settings {
        zone,
        tax_rates: vec![TaxRate {
            name: "VAT".to_owned(),
            rate: BasisPoints(1900),
        }],
        default_tax: Some(BasisPoints(1900)),
        ..Settings::default()
    };
    shop.till().save_settings(settings).unwrap();
    shop
}

/// Makes a sale; `place` decides what happens to it.
async fn trade(shop: &Shop, place: usize) {
    let (currency, major) = [
        (Currency::Eur, 12),
        (Currency::Usd, 7),
        (Currency::Rub, 1200),
    ][place % 3];
    let amount = format!("{}.{:02}", major + place, (place * 37) % 100);
    let test = place % 10 == 8;
    if test {
        shop.fail_next(Target::Create, set_field("/test_mode", json!(true)));
    }
    let charge = Charge {
        amount: money(&amount, currency),
        note: Some(format!("=sale \"{place}\", day")),
        language: None,
        lifetime_minutes: None,
        basket: Basket::default(),
        carts: Vec::new(),
        confirmed: true,
        tap: TapId::new(),
        tender: None,
    };
    let sale = shop.till().charge(charge).await.unwrap();
    let (number, invoice) = (sale.number, sale.invoice_id.unwrap());
    let (crypto, network) = [("USDT", "TRC20"), ("TON", "TON"), ("BTC", "BTC")][place % 3];
    let pay = || {
        shop.control.choose_coin(&invoice, crypto, network).unwrap();
        shop.control.pay(&invoice).unwrap();
    };
    match place % 10 {
        4 => {
            shop.control.end(&invoice).unwrap();
            shop.till().check_now(number).await.unwrap();
            shop.wait_for_state(number, SaleState::Ended).await;
        }
        5 => {
            shop.till().stop_waiting(number).await.unwrap();
            pay();
            shop.till().check_now(number).await.unwrap();
            shop.wait_for_sale(number, |sale| sale.late).await;
        }
        6 => {
            shop.control.end(&invoice).unwrap();
            shop.till().check_now(number).await.unwrap();
            shop.wait_for_state(number, SaleState::Ended).await;
            let second = shop.till().try_again(number).await.unwrap();
            shop.control.pay(&second.invoice_id.unwrap()).unwrap();
            shop.till().check_now(number).await.unwrap();
            shop.wait_for_state(number, SaleState::Paid).await;
            shop.control.pay_late(&invoice).unwrap();
            shop.till().check_now(number).await.unwrap();
            shop.wait_for_sale(number, |sale| sale.paid_twice).await;
        }
        7 => {
            pay();
            shop.till().check_now(number).await.unwrap();
            shop.wait_for_state(number, SaleState::Paid).await;
            for (amount, way) in [("1.20", RefundWay::Cash), ("0.55", RefundWay::ByHand)] {
                let mut refund = cash_back(money(amount, sale.currency), Vec::new());
                refund.way = way;
                shop.till().refund(number, refund).await.unwrap();
            }
            let back = shop.till().void_refund(number, 2, "mistyped");
            back.await.unwrap();
        }
        8 => {
            let testing = Map::from_iter([("is_testing".to_owned(), json!(true))]);
            shop.control.set_fields(&invoice, testing).unwrap();
            pay();
            let sale = shop.till().check_now(number).await.unwrap();
            shop.wait_for_state(number, SaleState::Paid).await;
            assert!(sale.test);
        }
        9 => {}
        other => {
            pay();
            shop.till().check_now(number).await.unwrap();
            shop.wait_for_state(number, SaleState::Paid).await;
            if other % 2 == 0 {
                shop.control.process(&invoice).unwrap();
                // Settlement is polled slowly, so it is waited for.
                shop.till().check_now(number).await.unwrap();
                shop.wait_for_sale(number, |sale| sale.settled).await;
            }
        }
    }
}

/// The rows of a CSV file by column, read strictly by RFC 4180.
fn sheet(text: &str) -> Vec<BTreeMap<String, String>> {
    let text = text.strip_prefix('\u{feff}').expect("a byte-order mark");
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut letters) = (false, text.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(letter),
        }
    }
    let mut rows = rows.into_iter();
    let columns = rows.next().expect("a head");
    rows.map(|row| {
        assert_eq!(row.len(), columns.len());
        columns.iter().cloned().zip(row).collect()
    })
    .collect()
}

/// Cents of a decimal text, parsed without the till's code.
fn cents(text: &str) -> i64 {
    if text.is_empty() {
        return 0;
    }
    text.replace('.', "").parse().unwrap()
}

/// The sums that a spreadsheet would make of the rows: for each currency, the fields of the report by name.
fn added_up(rows: &[BTreeMap<String, String>], day: &str) -> Value {
    let mut sums: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    let mut add = |currency: &str, name: String, more: i64| {
        *sums
            .entry(currency.to_owned())
            .or_default()
            .entry(name)
            .or_default() += more;
    };
    for row in rows.iter().filter(|row| row["test"] == "false") {
        let currency = row["currency"].as_str();
        let yes = |name: &str| row[name] == "true";
        if yes("open") && row["kind"] == "unpaid" {
            add(currency, "open".into(), cents(&row["charged"]));
        }
        if row["day"] != day || row["kind"] == "unpaid" {
            continue;
        }
        add(currency, "refunded".into(), cents(&row["refunded"]));
        add(currency, "tax".into(), cents(&row["tax"]));
        if row["kind"] != "paid" {
            let way = format!("refunded {}", row["way"]);
            add(currency, way, cents(&row["refunded"]));
            let back = row["kind"] == "refund_taken_back";
            add(currency, "refunds".into(), if back { -1 } else { 1 });
            continue;
        }
        let received = cents(&row["received"]);
        add(currency, "payments".into(), 1);
        add(currency, "paid".into(), received);
        add(currency, format!("coin {}", row["coin"]), received);
        let hour: String = row["time"].chars().skip(11).take(2).collect();
        add(currency, format!("hour {hour}"), received);
        let settled = if yes("settled") {
            "settled"
        } else {
            "unsettled"
        };
        add(currency, settled.into(), received);
        for flag in ["late", "twice"] {
            if yes(flag) {
                add(currency, format!("{flag} payments"), 1);
                add(currency, flag.into(), received);
            }
        }
    }
    for sums in sums.values_mut() {
        if let (Some(paid), Some(count)) = (sums.get("paid"), sums.get("payments")) {
            let average = (paid * 10 / count + 5) / 10;
            sums.insert("average".into(), average);
        }
        sums.retain(|_, sum| *sum != 0);
    }
    json!(sums)
}

/// The same sums as they stand in the report.
fn reported(report: &DayReport) -> Value {
    let mut all: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for (currency, sum) in &report.open_sum {
        let sums = all.entry(currency.to_string()).or_default();
        sums.insert("open".into(), sum.minor());
    }
    for (currency, totals) in &report.totals.0 {
        let sums = all.entry(currency.to_string()).or_default();
        let CurrencyTotals {
            payments,
            paid_minor,
            late,
            late_minor,
            duplicate,
            duplicate_minor,
            refunds,
            refunds_minor,
            ..
        } = totals;
        for (name, value) in [
            ("payments", payments),
            ("paid", paid_minor),
            ("late payments", late),
            ("late", late_minor),
            ("twice payments", duplicate),
            ("twice", duplicate_minor),
            ("refunds", refunds),
            ("refunded", refunds_minor),
            ("settled", &report.settled[currency].minor()),
            ("unsettled", &report.unsettled[currency].minor()),
            ("average", &report.average[currency].minor()),
        ] {
            sums.insert(name.into(), *value);
        }
        let taxes = totals.taxes.values();
        let tax = taxes.map(|tax| tax.tax_minor - tax.refunded_tax_minor);
        sums.insert("tax".into(), tax.sum());
        for (way, totals) in &totals.refund_ways {
            sums.insert(format!("refunded {way}"), totals.refunds_minor);
        }
        for (coin, totals) in &totals.coins {
            sums.insert(format!("coin {coin}"), totals.paid_minor);
        }
        assert_eq!(report.hours[currency].len(), 24);
        for (hour, totals) in report.hours[currency].iter().enumerate() {
            sums.insert(format!("hour {hour:02}"), totals.paid.minor());
        }
    }
    for sums in all.values_mut() {
        sums.retain(|_, sum| *sum != 0);
    }
    json!(all)
}

async fn exported(shop: &Shop, format: ExportFormat) -> String {
    let path = shop.config.data_dir.join("book");
    let export = Export {
        format,
        rows: ExportRows::Sales,
        from: None,
        to: None,
    };
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let progress = move |progress: ExportProgress| tell.lock().unwrap().push(progress);
    let rows = shop
        .till()
        .export(
            export,
            ExportTo::File(path.clone()),
            progress,
            Arc::default(),
        )
        .await
        .unwrap();
    let last = *told.lock().unwrap().last().unwrap();
    assert_eq!((Some(last.done), last.done), (rows, last.total));
    std::fs::read_to_string(path).unwrap()
}

#[tokio::test]
async fn a_day_of_thirty_sales_adds_up_to_what_the_exported_book_says() {
    let clock = ShopClock::at(MORNING_MS);
    let shop = shop_at(&clock).await;
    for place in 0..30 {
        let at = MORNING_MS + i64::try_from(place).unwrap() * 40 * MINUTE_MS;
        clock.put(at);
        trade(&shop, place).await;
    }
    let report = shop.till().report(None).await.unwrap();
    assert_eq!(report.day.to_string(), "2026-03-29");
    assert!(report.practice);
    assert_eq!(report.open.len(), 3);
    let csv = exported(&shop, ExportFormat::Csv).await;
    let rows = sheet(&csv);
    assert_eq!(reported(&report), added_up(&rows, "2026-03-29"));
    assert_eq!(report.totals.0.len(), 3);
    // 21 are paid once (3 of them late) and 3 twice; 3 are paid with test money, 3 have ended, 3 are open.
    let payments: i64 = report.totals.0.values().map(|sums| sums.payments).sum();
    assert_eq!(payments, 21 + 3);
    assert!(rows[0]["note"].starts_with("'=sale"), "no formula");
    // Times are sorted: on this day clocks went forward, not back.
    assert!(rows.iter().map(|row| &row["time"]).is_sorted());

    let json: Value = serde_json::from_str(&exported(&shop, ExportFormat::Json).await).unwrap();
    assert_eq!(json.as_array().unwrap().len(), rows.len());
    assert_eq!(json[0]["note"], "=sale \"0\", day");

    // The close is refused while sales are open, and carried it says what the X report said.
    let open = Fault::from(shop.till().close_day(false).await.unwrap_err());
    assert_eq!(
        (open.code, open.detail["count"].as_str()),
        (Code::DayOpenSales, "3")
    );
    let close = shop.till().close_day(true).await.unwrap();
    assert_eq!((close.z, close.day.as_str()), (1, "2026-03-29"));
    assert_eq!(close.totals, report.since_close);
    assert_eq!(close.totals, report.totals);
    assert_eq!(close.grand, report.grand);
    assert_eq!(close.open.len(), 3);
    let again = Fault::from(shop.till().close_day(true).await.unwrap_err());
    assert_eq!(again.code, Code::DayAlreadyClosed);
    let verified = shop.till().verify().await.unwrap().unwrap();
    assert_eq!(verified.head, close.head);

    // On the next day a carried sale is paid: it belongs to the day on which it is paid.
    clock.put(MORNING_MS + 24 * 60 * MINUTE_MS);
    let next = shop.till().report(None).await.unwrap();
    assert_eq!(next.day.to_string(), "2026-03-30");
    assert!(next.totals.0.is_empty() && next.since_close.0.is_empty());
    let carried = shop.till().sale(close.open[0]).await.unwrap();
    shop.control.pay(&carried.invoice_id.unwrap()).unwrap();
    shop.wait_for_state(carried.number, SaleState::Paid).await;
    let next = shop.till().report(None).await.unwrap();
    let rows = sheet(&exported(&shop, ExportFormat::Csv).await);
    assert_eq!(reported(&next), added_up(&rows, "2026-03-30"));
    assert_eq!(next.totals, next.since_close);
    assert_eq!(next.grand, close.grand.clone().plus(&next.since_close));
    let before = shop.till().report(Some(report.day)).await.unwrap();
    assert_eq!(before.totals, report.totals, "a past day stays");
    let second = shop.till().close_day(true).await.unwrap();
    assert_eq!(second.totals, next.totals);
    assert_eq!(second.grand, close.grand.clone().plus(&second.totals));
    assert_eq!(shop.till().closes(None).await.unwrap(), [second, close]);
    shop.assert_whole().await;
}

#[tokio::test]
async fn open_test_money_is_in_no_sum() {
    let shop = Shop::without_polling().await;
    shop.fail_next(Target::Create, set_field("/test_mode", json!(true)));
    let sale = shop.charge().await;
    assert!(sale.test);
    let report = shop.till().report(None).await.unwrap();
    assert_eq!(report.open.len(), 1, "it is open all the same");
    assert!(report.open_sum.is_empty(), "{:?}", report.open_sum);
}

#[tokio::test]
async fn an_export_that_is_called_off_leaves_what_was_there() {
    let shop = Shop::open().await;
    shop.open_sale().await;
    let path = shop.config.data_dir.join("book.csv");
    std::fs::write(&path, "yesterday's").unwrap();
    let files = || std::fs::read_dir(&shop.config.data_dir).unwrap().count();
    let before = files();
    let export = Export {
        format: ExportFormat::Csv,
        rows: ExportRows::Sales,
        from: None,
        to: None,
    };
    let cancelled = Arc::new(AtomicBool::new(true));
    let to = ExportTo::File(path.clone());
    let rows = shop.till().export(export, to, |_| (), cancelled);
    assert_eq!(rows.await.unwrap(), None);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "yesterday's");
    assert_eq!(files(), before, "nothing half-written stays");

    let nowhere = ExportTo::File(shop.config.data_dir.join("no/such/folder.csv"));
    let failed = shop.till().export(export, nowhere, |_| (), Arc::default());
    let fault = Fault::from(failed.await.unwrap_err());
    assert_eq!(fault.code, Code::FileUnwritable);
}
