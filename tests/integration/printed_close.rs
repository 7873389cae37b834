//! The printed Z report: all sums of the screen in the same words, and the head of the journal.

use std::collections::BTreeMap;

use ringup_core::clock::UnixMs;
use ringup_core::error::{Code, Fault};
use ringup_core::i18n::{Language, Messages};
use ringup_core::journal::{CartSum, CartSums};
use ringup_core::money::{BasisPoints, Currency, Money};
use ringup_core::printer::PrinterPort;
use ringup_core::receipt::{Charset, layout_close, print_job};
use ringup_core::report::CloseView;
use ringup_core::sale::{CoinTotals, CurrencyTotals, DayTotals, RefundWayTotals, TaxTotals};
use ringup_core::settings::Settings;
use ringup_core::settings::{Letters, Paper, Printing, Shop as ShopWords};

use crate::receipts::looks_like;
use ringup_testkit::{Paper as Printed, Printer, PrinterState, Shop};

fn coin(name: &str, payments: i64, paid_minor: i64) -> (String, CoinTotals) {
    let coin = CoinTotals {
        payments,
        paid_minor,
    };
    (name.to_owned(), coin)
}

fn way(word: &str, refunds: i64, refunds_minor: i64) -> (String, RefundWayTotals) {
    let way = RefundWayTotals {
        refunds,
        refunds_minor,
    };
    (word.to_owned(), way)
}

fn carts(carts: i64, minor: i64) -> CartSums {
    let sum = Money::from_minor(minor, Currency::Eur);
    [(Currency::Eur, CartSum { carts, sum })].into()
}

fn close() -> CloseView {
    let euros = CurrencyTotals {
        payments: 23,
        paid_minor: 123_456,
        refunds: 2,
        refunds_minor: 1_250,
        tips_minor: 940,
        late: 1,
        late_minor: 5_000,
        duplicate: 1,
        duplicate_minor: 2_800,
        coins: [coin("USDT TRC20", 20, 100_000), coin("BTC", 3, 23_456)].into(),
        taxes: [
            (BasisPoints(700), tax(20_000, 1_308)),
            (
                BasisPoints(1900),
                TaxTotals {
                    refunded_gross_minor: 1_190,
                    refunded_tax_minor: 190,
                    ..tax(102_516, 16_368)
                },
            ),
        ]
        .into(),
        refunded_tips_minor: 60,
        tenders: BTreeMap::new(),
        categories: BTreeMap::new(),
        rounding_minor: 0,
        taken_back: 0,
        taken_back_minor: 0,
        refund_ways: [way("cash", 1, 1_000), way("by_hand", 1, 250)].into(),
    };
    let roubles = CurrencyTotals {
        payments: 1,
        paid_minor: 1_000_000,
        coins: [coin("TON", 1, 1_000_000)].into(),
        ..CurrencyTotals::default()
    };
    let totals = DayTotals(BTreeMap::from([
        (Currency::Eur, euros),
        (Currency::Rub, roubles),
    ]));
    CloseView {
        drawer: std::collections::BTreeMap::new(),
        drawer_moves: Vec::new(),
        gateway: "api.cru.cash".to_owned(),
        z: 41,
        day: "2026-11-21".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        practice: false,
        till: "A".to_owned(),
        at_unix_ms: UnixMs(1_795_284_300_000),
        seq: 900,
        after_seq: 850,
        before: "00".repeat(32),
        head: "5f2c".repeat(16),
        grand: totals.clone().plus(&totals),
        totals,
        open: vec![12, 13],
        written_off: Vec::new(),
        reviews_closed: Vec::new(),
        held_carts: CartSums::new(),
        dropped_carts: CartSums::new(),
        version: None,
        key: None,
        events: BTreeMap::new(),
        cashiers: Vec::new(),
        signed: None,
    }
}

fn tax(gross_minor: i64, tax_minor: i64) -> TaxTotals {
    TaxTotals {
        gross_minor,
        tax_minor,
        ..TaxTotals::default()
    }
}

fn on_paper(language: Language, paper: Paper) -> Printed {
    print(&close(), language, paper)
}

fn print(close: &CloseView, language: Language, paper: Paper) -> Printed {
    let settings = Settings {
        shop: ShopWords {
            name: Some("Teestube Süd".to_owned()),
            ..ShopWords::default()
        },
        printing: Printing {
            paper,
            ..Printing::default()
        },
        ..Settings::default()
    };
    let rows = layout_close(close, &settings, &Messages::of(language), Charset::Printer);
    Printed::of_job(
        &print_job(&rows, paper, Letters::Printer, false).unwrap(),
        paper.columns(),
    )
}

#[test]
fn a_german_z_holds_every_figure_and_the_head() {
    let paper = on_paper(Language::De, Paper::Mm80);
    looks_like("german-z.png", &paper.image());
    let text = paper.text();
    assert!(text.contains("Gateway: api.cru.cash"), "{text}");
    for figure in [
        "Z 41",
        "(Europe/Berlin)",
        "23 Zahlungen                          1.234,56 €",
        "53,68 €",
        "9,40 €",
        "Doppelt bezahlt (1)                      28,00 €",
        "Erstattungen (2)                        -12,50 €",
        "1.222,06 €",
        "USDT TRC20 (20)                       1.000,00 €",
        "Davon bar (1)                           -10,00 €",
        "Davon von Hand (1)                       -2,50 €",
        "161,78 €",
        "-1,90 €",
        "46 Zahlungen                          2.469,12 €",
        &"5f2c".repeat(12),
    ] {
        assert!(text.contains(figure), "{figure} in\n{text}");
    }
    assert_eq!((paper.cuts, paper.drawer_pulses), (1, 0));
}

#[test]
fn a_russian_z_on_narrow_paper() {
    let paper = on_paper(Language::Ru, Paper::Mm58);
    looks_like("russian-z.png", &paper.image());
    assert!(paper.text().contains("10 000,00"), "{}", paper.text());
}

#[test]
fn a_z_tells_of_held_and_of_dropped_carts_in_every_language() {
    let close = CloseView {
        held_carts: carts(2, 3_450),
        dropped_carts: carts(1, 700),
        ..close()
    };
    for (language, held, dropped) in [
        (
            Language::En,
            "2 held carts",
            "1 cart dropped without a sale",
        ),
        (
            Language::De,
            "2 geparkte Bons",
            "1 Bon ohne Verkauf verworfen",
        ),
        (
            Language::Ru,
            "2 отложенных чека",
            "1 чек удалён без продажи",
        ),
    ] {
        let text = print(&close, language, Paper::Mm80).text();
        for (name, sum) in [(held, "34"), (dropped, "7")] {
            let told = |row: &str| row.trim().starts_with(name) && row.contains(sum);
            assert!(text.lines().any(told), "{name} in\n{text}");
        }
    }
}

#[tokio::test]
async fn a_close_of_the_journal_is_printed_as_often_as_one_likes_and_changes_nothing() {
    let printer = Printer::start(48, PrinterState::Ready);
    let shop = Shop::open().await;
    let printing = Printing {
        printer: Some(PrinterPort::Network {
            host: "127.0.0.1".to_owned(),
            port: printer.port,
        }),
        ..Printing::default()
    };
    let settings = Settings {
        printing,
        language: Some("en".to_owned()),
        ..Settings::default()
    };
    shop.till().save_settings(settings).unwrap();
    let (number, invoice) = shop.open_sale().await;
    shop.control.pay(&invoice).unwrap();
    shop.wait_for_sale(number, |sale| sale.paid_at_unix_ms.is_some())
        .await;
    let close = shop.till().close_day(false).await.unwrap();
    let entries = shop.entry_kinds().len();
    for _ in 0..2 {
        shop.till().print_close(close.seq).await.unwrap();
    }
    let other = shop.till().print_close(close.seq - 1).await.unwrap_err();
    assert_eq!(Fault::from(other).code, Code::Internal);
    for paper in printer.wait_for_papers(2) {
        let head: String = close.head.chars().take(48).collect();
        assert!(paper.text().contains(&head), "{}", paper.text());
        assert!(paper.text().contains("Z 1"), "{}", paper.text());
    }
    assert_eq!(shop.entry_kinds().len(), entries);
}
