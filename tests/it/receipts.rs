//! Receipts: what stands on them, and a printer that is well, slow, mute, gone, broken or out of paper.

use std::path::{Path, PathBuf};
use std::time::Duration;

use image::GrayImage;
use serde_json::{Value, json};
use till::day::Zone;
use till::error::{Code, Fault};
use till::money::BasisPoints;
use till::printer::{PrinterLimits, PrinterPort};
use till::receipt::{Facts, Ink, layout, pdf, png, print_job};
use till::sale::{Entry, Sale, SaleState};
use till::settings::Settings;
use till::shop::{Paper, Printing, Shop as ShopWords, TaxRate};
use till::words::{Language, Words};
use till::{ReceiptFormat, TillEvent};

use crate::support::{Mood, Paper as Printed, Printer, Shop, euros, free_port};

/// What a printer may take here: no test waits for the whole of it unless nothing comes.
const LIMITS: PrinterLimits = PrinterLimits {
    connect: Duration::from_millis(500),
    answer: Duration::from_millis(150),
    whole: Duration::from_millis(600),
};

const SALE: &str = "01a1fdc6-7209-77d6-8712-209695450836";

/// A sale as its entries say, made on 21 November 2026, 14:05 in Berlin.
fn sale(opened: &Value, coin: &Value, later: &[Value]) -> Sale {
    let report = json!({
        "id": "179a4662-a6e0-4129-aeba-04c4c2a8f074", "pay_status": "paid", "is_paid": true,
        "crypto": coin["crypto"], "network": coin["network"], "crypto_amount": coin["amount"],
    });
    let mut bodies = vec![
        opened.clone(),
        json!({"kind": "invoice_requested", "attempt": 1, "gateway": "api.cru.cash", "lifetime_minutes": 15}),
        json!({"kind": "invoice_opened", "attempt": 1, "invoice_id": report["id"], "test": false,
               "pay_url": "https://pay.cru.cash/invoice/179a4662-a6e0-4129-aeba-04c4c2a8f074"}),
        json!({"kind": "invoice_paid", "attempt": 1, "report": report}),
    ];
    bodies.extend(later.iter().cloned());
    let entries: Vec<Entry> = (1..)
        .zip(bodies)
        .map(|(seq, mut body)| {
            body["seq"] = json!(seq);
            body["till"] = json!("97b118c0-9d2f-4825-b417-7ee61b20a6ea");
            body["at_unix_ms"] = json!(1_795_266_300_000_i64);
            body["sale"] = json!(SALE);
            serde_json::from_value(body).unwrap()
        })
        .collect();
    Sale::fold(&entries).unwrap()
}

fn rate(name: &str, rate: u32) -> TaxRate {
    TaxRate {
        name: name.to_owned(),
        rate: BasisPoints(rate),
    }
}

/// A basket at two rates, less a discount, with a tip; a part went back.
fn german() -> Facts {
    let lines = json!([
        {"name": "Kännchen Tee »Grüner Süden«", "quantity": 1, "unit_minor": 450, "tax": 1900},
        {"name": "Kirschstreuselkuchen vom Blech mit Schlagsahne und Zimt", "quantity": 2,
         "unit_minor": 380, "tax": 700},
    ]);
    let opened = json!({"kind": "sale_opened", "number": 42, "amount_minor": 1250, "currency": "EUR",
        "note": "Tisch 4, für Frau Öztürk", "tap": SALE, "lines": lines, "discount_minor": 110,
        "tip_minor": 150});
    let coin = json!({"crypto": "USDT", "network": "TRC20", "amount": "14.512"});
    let refund = json!({"kind": "sale_refunded", "refund": 1, "amount_minor": 380, "way": "cash",
        "reason": "ein Stück zu wenig"});
    Facts {
        sale: sale(&opened, &coin, &[refund]),
        label: "A-000042".to_owned(),
        settings: Settings {
            shop: ShopWords {
                name: Some("Teestube Süd".to_owned()),
                address: Some("Gärtnerstraße 7\n20253 Hamburg".to_owned()),
                tax_id: Some("USt-IdNr. DE123456789".to_owned()),
                footer: Some("Danke für Ihren Besuch!\nWiedersehen macht Freude.".to_owned()),
            },
            tax_rates: vec![rate("MwSt.", 1900), rate("MwSt.", 700)],
            ..Settings::default()
        },
        practice: false,
        zone: Zone::named("Europe/Berlin").unwrap(),
        copy: false,
    }
}

/// A sum typed on the pad, on narrow paper, printed again.
fn russian() -> Facts {
    let opened = json!({"kind": "sale_opened", "number": 7, "amount_minor": 123_450, "currency": "RUB",
        "note": "Заказ № 15, ёлочные игрушки", "tap": SALE, "tax": 2000});
    let coin = json!({"crypto": "TON", "network": "TON", "amount": "4.0817"});
    Facts {
        sale: sale(
            &opened,
            &coin,
            &[json!({"kind": "receipt_made", "medium": "printer"})],
        ),
        label: "A-000007".to_owned(),
        settings: Settings {
            shop: ShopWords {
                name: Some("Лавка «Снегирь»".to_owned()),
                address: Some("ул. Съезжинская, 12\nСанкт-Петербург".to_owned()),
                tax_id: Some("ИНН 7813045678".to_owned()),
                footer: Some("Спасибо за покупку!".to_owned()),
            },
            tax_rates: vec![rate("НДС", 2000)],
            printing: Printing {
                paper: Paper::Mm58,
                ..Printing::default()
            },
            ..Settings::default()
        },
        practice: false,
        zone: Zone::named("Europe/Moscow").unwrap(),
        copy: true,
    }
}

fn on_paper(facts: &Facts, language: Language) -> Printed {
    let paper = facts.settings.printing.paper;
    let rows = layout(facts, &Words::of(language), Ink::Printer);
    Printed::printed(&print_job(&rows, paper, false).unwrap(), paper.columns())
}

/// Compares with the picture that somebody looked at. `RINGUP_KEEP_PICTURES` makes it anew: look at it!
pub(crate) fn looks_like(name: &str, drawn: &GrayImage) {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/receipts")
        .join(name);
    if std::env::var_os("RINGUP_KEEP_PICTURES").is_some() {
        drawn.save(&path).unwrap();
    }
    let kept = image::open(&path).unwrap().to_luma8();
    assert_eq!(kept.dimensions(), drawn.dimensions(), "{name}");
    let pixels = kept.pixels().zip(drawn.pixels());
    let differ = pixels.filter(|(a, b)| a.0[0].abs_diff(b.0[0]) > 64).count();
    // Rounding may differ from machine to machine; a letter is more.
    assert!(differ < 20, "{name}: {differ} pixels differ");
}

#[test]
fn a_german_receipt() {
    let paper = on_paper(&german(), Language::De);
    looks_like("german.png", &paper.drawn());
    let text = paper.text();
    for line in [
        "Beleg A-000042                  21.11.2026 14:05",
        "Kännchen Tee »Grüner Süden«               4,50 €",
        "  2 × 3,80 €                              7,60 €",
        "Rabatt                                   -1,10 €",
        "SUMME            12,50 €",
        "MwSt. 7 % aus 6,91 €                      0,45 €",
        "MwSt. 19 % aus 4,09 €                     0,65 €",
        "Bezahlt in USDT (TRC20)                   14,512",
        "Bar erstattet 21.11.2026 14:05           -3,80 €",
        "Verbleibt nach Erstattung                 8,70 €",
    ] {
        assert!(text.contains(line), "{line} in\n{text}");
    }
    assert!(!text.contains("ein Stück"), "the reason is the shop's own");
}

#[test]
fn a_russian_receipt_that_is_a_copy() {
    let paper = on_paper(&russian(), Language::Ru);
    looks_like("russian.png", &paper.drawn());
    let text = paper.text();
    for line in [
        "Чек A-000007    21.11.2026 16:05",
        "Заметка: Заказ № 15, ёлочные",
        "НДС 20 % с",
        "205,75 руб.",
        "Оплачено в TON (TON)      4,0817",
    ] {
        assert!(text.contains(line), "{line} in\n{text}");
    }
    assert!(text.contains("КОПИЯ"), "{text}");
    assert_eq!((paper.cuts, paper.kicks), (1, 0));
}

#[test]
fn pictures_and_pages_of_both() {
    for (name, facts, language) in [
        ("german", german(), Language::De),
        ("russian", russian(), Language::Ru),
    ] {
        let paper = facts.settings.printing.paper;
        let rows = layout(&facts, &Words::of(language), Ink::Font);
        let file = png(&rows, paper).unwrap();
        let picture = image::load_from_memory(&file).unwrap().to_luma8();
        looks_like(&format!("{name}-screen.png"), &picture);
        let page = pdf(&rows, paper, "Receipt", language.tag()).unwrap();
        if let Some(folder) = std::env::var_os("RINGUP_KEEP_PAGES") {
            std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), &page).unwrap();
        }
        assert!(page.starts_with(b"%PDF-1."));
        assert!(page.len() < 100_000, "only the letters that are used");
    }
}

/// The same as the words of a screen.
fn text_of(facts: &Facts) -> String {
    on_paper(facts, Language::De).text()
}

#[test]
fn test_money_says_so_and_real_money_does_not() {
    let mark = Words::of(Language::De).say("slip-test");
    let mut facts = german();
    assert!(!text_of(&facts).contains(&mark));
    let invoice = facts.sale.attempts[0].invoice.as_mut().unwrap();
    invoice.test = true;
    assert_eq!(text_of(&facts).matches(&mark).count(), 2, "head and foot");
}

#[test]
fn a_refund_that_was_taken_back_is_not_on_the_receipt() {
    let opened = json!({"kind": "sale_opened", "number": 42, "amount_minor": 1250, "currency": "EUR",
        "tap": SALE});
    let coin = json!({"crypto": "TON", "network": "TON", "amount": "4"});
    let refund = json!({"kind": "sale_refunded", "refund": 1, "amount_minor": 380, "way": "cash",
        "reason": "mistyped"});
    let back = json!({"kind": "refund_taken_back", "refund": 1, "reason": "mistyped"});
    let with = |later: &[Value]| Facts {
        sale: sale(&opened, &coin, later),
        ..german()
    };
    let refunded = with(std::slice::from_ref(&refund));
    let taken_back = with(&[refund, back]);
    assert!(text_of(&refunded).contains("-3,80 €"));
    assert_eq!(text_of(&taken_back), text_of(&with(&[])));
}

#[test]
fn a_second_payment_is_on_the_receipt() {
    let opened = json!({"kind": "sale_opened", "number": 42, "amount_minor": 1250, "currency": "EUR",
        "tap": SALE});
    let coin = json!({"crypto": "TON", "network": "TON", "amount": "4"});
    let report = json!({"id": "second", "pay_status": "paid", "is_paid": true});
    let second = [
        json!({"kind": "invoice_requested", "attempt": 2, "gateway": "api.cru.cash",
               "lifetime_minutes": 15}),
        json!({"kind": "invoice_opened", "attempt": 2, "invoice_id": "second", "test": false,
               "pay_url": "https://pay.cru.cash/invoice/second"}),
        json!({"kind": "invoice_paid", "attempt": 2, "report": report}),
    ];
    let facts = Facts {
        sale: sale(&opened, &coin, &second),
        ..german()
    };
    let again = Words::of(Language::De).say_of("slip-again", &[("time", "")]);
    let again = again.split_whitespace().next().unwrap().to_owned();
    assert!(text_of(&facts).contains(&again), "{}", text_of(&facts));
    assert_eq!(text_of(&facts).matches("12,50 €").count(), 2);
}

#[test]
fn words_from_outside_command_no_printer() {
    let mut facts = german();
    facts.sale.note = Some(
        "\u{1b}p\u{0}\u{19}\u{fa}\u{1d}V\u{1} 🍒 \u{202e}gnp.exe\r\n\u{10}\u{4}\u{1}".to_owned(),
    );
    facts.sale.lines[0].name = Some("A\u{1b}@\u{1d}!\u{77}\nB".to_owned());
    let paper = on_paper(&facts, Language::De);
    assert_eq!((paper.cuts, paper.kicks), (1, 0));
    assert!(
        paper.text().contains("Notiz: púV ? gnp.exe"),
        "{}",
        paper.text()
    );
}

/// A shop with a printer on its counter.
async fn shop(printer: u16, change: impl FnOnce(&mut Printing)) -> Shop {
    let shop = Shop::open().await;
    let mut printing = Printing {
        printer: Some(PrinterPort::Network {
            host: "127.0.0.1".to_owned(),
            port: printer,
        }),
        ..Printing::default()
    };
    change(&mut printing);
    let settings = Settings {
        language: Some("de".to_owned()),
        printing,
        ..Settings::default()
    };
    shop.till().save_settings(settings).unwrap();
    shop.till().limit_printer(LIMITS);
    shop
}

async fn paid(shop: &Shop) -> u32 {
    let (number, invoice) = shop.open_sale().await;
    shop.control.pay(&invoice).unwrap();
    shop.becomes(number, |sale| sale.paid_at_unix_ms.is_some())
        .await;
    number
}

fn code(error: till::error::TillError) -> Code {
    Fault::from(error).code
}

fn receipts_made(shop: &Shop) -> usize {
    let kinds = shop.on_disk();
    kinds.iter().filter(|kind| *kind == "receipt_made").count()
}

#[tokio::test]
async fn the_first_opens_the_drawer_and_the_second_is_a_copy() {
    let printer = Printer::start(48, Mood::Well);
    let shop = shop(printer.port, |printing| printing.drawer = true).await;
    let number = paid(&shop).await;
    let till = shop.till();
    assert!(!till.receipt(number).await.unwrap().copy);
    assert_eq!(till.print_receipt(number).await.unwrap().receipts, 1);
    assert_eq!(till.print_receipt(number).await.unwrap().receipts, 2);
    let shown = till.receipt(number).await.unwrap();
    assert!(shown.copy && shown.text.contains("KOPIE"), "{shown:?}");
    assert!(shown.data_url.starts_with("data:image/png;base64,iVBOR"));

    let papers = printer.printed(2);
    let [first, second] = &papers[..] else {
        panic!("{papers:?}")
    };
    assert_eq!((first.kicks, first.cuts), (1, 1));
    assert_eq!((second.kicks, second.cuts), (0, 1));
    assert!(!first.text().contains("KOPIE") && second.text().contains("KOPIE"));
    assert!(
        first.text().contains("es ist kein Geld geflossen"),
        "practice"
    );
    assert_eq!(receipts_made(&shop), 2);
    shop.is_whole().await;
}

#[tokio::test]
async fn there_is_no_receipt_of_what_was_not_paid() {
    let printer = Printer::start(48, Mood::Well);
    let shop = shop(printer.port, |_| {}).await;
    let (number, _) = shop.open_sale().await;
    let till = shop.till();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("receipt.png");
    let png = ReceiptFormat::Png;
    for error in [
        till.print_receipt(number).await.unwrap_err(),
        till.receipt_opened_in_dialog(number).await.unwrap_err(),
        till.save_receipt(number, png, &file).await.unwrap_err(),
        till.receipt(number).await.map(drop).unwrap_err(),
    ] {
        assert_eq!(code(error), Code::ReceiptNone);
    }
    assert!(!file.exists() && printer.papers().is_empty());
    let none = Settings::default();
    till.save_settings(none).unwrap();
    assert_eq!(
        code(till.printer_test().await.unwrap_err()),
        Code::PrinterNone
    );
}

#[tokio::test]
async fn a_printer_in_trouble_says_which_and_nothing_is_written_down() {
    let printer = Printer::start(48, Mood::NoPaper);
    let shop = shop(printer.port, |_| {}).await;
    let number = paid(&shop).await;
    let fails = async || code(shop.till().print_receipt(number).await.unwrap_err());
    assert_eq!(fails().await, Code::PrinterOutOfPaper);
    printer.is(Mood::CoverOpen);
    assert_eq!(fails().await, Code::PrinterNotReady);
    assert!(printer.papers().is_empty(), "it is asked first");
    printer.is(Mood::PaperEnds);
    assert_eq!(fails().await, Code::PrinterOutOfPaper);
    printer.is(Mood::Slow);
    assert_eq!(fails().await, Code::PrinterFailed);
    printer.is(Mood::Breaks);
    assert_eq!(fails().await, Code::PrinterFailed);
    assert_eq!(receipts_made(&shop), 0);

    printer.is(Mood::Well);
    let sale = shop.till().print_receipt(number).await.unwrap();
    assert_eq!(sale.receipts, 1, "it can be tried again");

    // Who has answered once and does not any more is not there.
    printer.is(Mood::Gone);
    assert_eq!(fails().await, Code::PrinterUnreachable);
}

#[tokio::test]
async fn a_printer_that_cannot_answer_prints_all_the_same() {
    let printer = Printer::start(48, Mood::Mute);
    let shop = shop(printer.port, |_| {}).await;
    let number = paid(&shop).await;
    let sale = shop.till().print_receipt(number).await.unwrap();
    assert_eq!((sale.receipts, printer.printed(1).len()), (1, 1));
    shop.till().printer_test().await.unwrap();
    let page = &printer.printed(2)[1].text();
    assert!(
        page.contains("ÄÖÜäöüß €") && page.contains("ьэюя №"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sale_waits_for_a_printer() {
    let printer = Printer::start(48, Mood::Slow);
    let shop = shop(printer.port, |_| {}).await;
    let limits = PrinterLimits {
        whole: Duration::from_secs(60),
        ..LIMITS
    };
    shop.till().limit_printer(limits);
    let number = paid(&shop).await;
    let till = shop.till().clone();
    let printing = tokio::spawn(async move { till.print_receipt(number).await });
    tokio::task::block_in_place(|| printer.printed(1));
    let next = paid(&shop).await;
    assert!(next > number && !printing.is_finished());
    printing.abort();

    let shop = self::shop(free_port(), |_| {}).await;
    let number = paid(&shop).await;
    let error = shop.till().print_receipt(number).await.unwrap_err();
    assert_eq!(code(error), Code::PrinterUnreachable);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paid_is_printed_by_itself_once() {
    let printer = Printer::start(48, Mood::Well);
    let mut shop = shop(printer.port, |printing| printing.auto_print = true).await;
    let printing = shop.till().clone().printing();
    let number = paid(&shop).await;
    shop.becomes(number, |sale| sale.receipts == 1).await;
    shop.till().payment_seen(number).await.unwrap();
    let fault = |event| match event {
        TillEvent::Fault(fault) => Some(fault),
        _ => None,
    };
    printer.is(Mood::NoPaper);
    let second = paid(&shop).await;
    let told = shop.told(1, fault).await;
    assert_eq!(told[0].code, Code::PrinterOutOfPaper);
    assert_eq!(told[0].detail["number"], second.to_string());
    assert_eq!(printer.papers().len(), 1);

    // Nor again by itself, whatever is heard of it later.
    printer.is(Mood::Well);
    let invoice = shop.till().sale(second).await.unwrap().invoice_id.unwrap();
    shop.control.process(&invoice).unwrap();
    shop.becomes(second, |sale| sale.settled).await;
    let third = paid(&shop).await;
    shop.becomes(third, |sale| sale.receipts == 1).await;
    assert_eq!(printer.papers().len(), 2);
    drop(printing);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_printed_before_a_restart_is_not_printed_again() {
    let printer = Printer::start(48, Mood::Well);
    let mut shop = shop(printer.port, |printing| printing.auto_print = true).await;
    let (number, invoice) = shop.open_sale().await;
    shop.control.pay(&invoice).unwrap();
    shop.reaches(number, SaleState::Paid).await;
    shop.till().print_receipt(number).await.unwrap();
    shop.reopen().await;
    shop.till().limit_printer(LIMITS);
    let printing = shop.till().clone().printing();
    // News of it, though not of its payment.
    shop.control.process(&invoice).unwrap();
    shop.becomes(number, |sale| sale.settled).await;
    let next = paid(&shop).await;
    shop.becomes(next, |sale| sale.receipts == 1).await;
    assert_eq!(
        printer.papers().len(),
        2,
        "in the order in which they were paid"
    );
    assert_eq!(shop.till().sale(number).await.unwrap().receipts, 1);
    drop(printing);
}

#[tokio::test]
async fn a_saved_receipt_is_a_whole_file_and_counts() {
    let shop = Shop::open().await;
    let number = paid(&shop).await;
    let folder = tempfile::tempdir().unwrap();
    let till = shop.till();
    let (picture, page) = (folder.path().join("r.png"), folder.path().join("r.pdf"));
    let sale = till
        .save_receipt(number, ReceiptFormat::Png, &picture)
        .await;
    assert_eq!(sale.unwrap().receipts, 1);
    let sale = till.save_receipt(number, ReceiptFormat::Pdf, &page).await;
    assert_eq!(sale.unwrap().receipts, 2);
    assert!(image::open(&picture).unwrap().width() > 500);
    assert!(std::fs::read(&page).unwrap().starts_with(b"%PDF"));
    let nowhere = picture.join("below-a-file.png");
    let error = till
        .save_receipt(number, ReceiptFormat::Png, &nowhere)
        .await;
    assert_eq!(code(error.unwrap_err()), Code::FileUnwritable);
    assert_eq!(receipts_made(&shop), 2);
}

#[tokio::test]
async fn a_sale_of_the_pad_bears_the_rate_of_its_day() {
    let shop = Shop::open().await;
    let settings = Settings {
        language: Some("de".to_owned()),
        tax_rates: vec![rate("MwSt.", 1900), rate("MwSt.", 700)],
        default_tax: Some(BasisPoints(700)),
        ..Settings::default()
    };
    shop.till().save_settings(settings.clone()).unwrap();
    let number = paid(&shop).await;
    let later = Settings {
        default_tax: Some(BasisPoints(1900)),
        ..settings
    };
    shop.till().save_settings(later).unwrap();
    let text = shop.till().receipt_text(number).await.unwrap();
    assert!(text.contains("MwSt. 7 % aus 12,50 €"), "{text}");
    assert!(text.contains("0,82 €"), "{text}");
    shop.till().charge(euros("1.00")).await.unwrap();
}
