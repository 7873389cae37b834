//! The content of receipts: printed, as a picture and as a PDF. Printers are tested in `printing.rs`.

use std::path::{Path, PathBuf};

use image::GrayImage;
use ringup_core::calendar::Zone;
use ringup_core::clock::UnixMs;
use ringup_core::i18n::{Language, Messages};
use ringup_core::money::BasisPoints;
use ringup_core::office::ShortHead;
use ringup_core::receipt::{Charset, ReceiptData, layout, pdf, png, print_job};
use ringup_core::sale::{Entry, Sale};
use ringup_core::settings::Settings;
use ringup_core::settings::{Letters, Paper, Printing, Shop as ShopWords, TaxRate};
use serde_json::{Value, json};

use ringup_testkit::Paper as Printed;

const SALE: &str = "01a1fdc6-7209-77d6-8712-209695450836";

/// A sale made of entries, on 21 November 2026 at 14:05 in Berlin.
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
    folded(bodies)
}

/// The sale of these entries, one after the other.
fn folded(bodies: impl IntoIterator<Item = Value>) -> Sale {
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

/// The first digits of a journal's hash.
const HEAD: &str = "3fa2c81d90b7e645";

fn rate(name: &str, rate: u32) -> TaxRate {
    TaxRate {
        name: name.to_owned(),
        rate: BasisPoints(rate),
    }
}

/// A sale with two tax rates, a discount, a tip and a refund.
pub(crate) fn german() -> ReceiptData {
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
    ReceiptData {
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
        gateway: None,
        zone: Zone::named("Europe/Berlin").unwrap(),
        copy: false,
        head: HEAD.to_owned(),
        signed: None,
    }
}

/// A typed amount, on narrow paper, as a copy.
pub(crate) fn russian() -> ReceiptData {
    let opened = json!({"kind": "sale_opened", "number": 7, "amount_minor": 123_450, "currency": "RUB",
        "note": "Заказ № 15, ёлочные игрушки", "tap": SALE, "tax": 2000});
    let coin = json!({"crypto": "TON", "network": "TON", "amount": "4.0817"});
    ReceiptData {
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
        gateway: None,
        zone: Zone::named("Europe/Moscow").unwrap(),
        copy: true,
        head: HEAD.to_owned(),
        signed: None,
    }
}

fn on_paper(facts: &ReceiptData, language: Language) -> Printed {
    let paper = facts.settings.printing.paper;
    let rows = layout(facts, &Messages::of(language), Charset::Printer);
    Printed::of_job(
        &print_job(&rows, paper, Letters::Printer, false).unwrap(),
        paper.columns(),
    )
}

/// Compares a picture with the one in the repository. With `RINGUP_KEEP_PICTURES` set it replaces that one; look at it
/// before you commit it.
pub(crate) fn looks_like(name: &str, drawn: &GrayImage) {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/integration/receipts")
        .join(name);
    if std::env::var_os("RINGUP_KEEP_PICTURES").is_some() {
        drawn.save(&path).unwrap();
    }
    let kept = image::open(&path).unwrap().to_luma8();
    assert_eq!(kept.dimensions(), drawn.dimensions(), "{name}");
    let pixels = kept.pixels().zip(drawn.pixels());
    let differ = pixels.filter(|(a, b)| a.0[0].abs_diff(b.0[0]) > 64).count();
    // Rounding may differ between machines; a wrong letter differs more.
    assert!(differ < 20, "{name}: {differ} pixels differ");
}

#[test]
fn a_german_receipt() {
    let paper = on_paper(&german(), Language::De);
    looks_like("german.png", &paper.image());
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
    assert!(!text.contains("Gateway"), "it is cru.cash's");
    let elsewhere = ReceiptData {
        gateway: Some("127.0.0.1:4141".to_owned()),
        ..german()
    };
    let text = on_paper(&elsewhere, Language::De).text();
    let named = text.matches("Gateway: 127.0.0.1:4141").count();
    assert_eq!(named, 2, "at the head and at the foot of\n{text}");
}

#[test]
fn what_the_office_has_signed_is_said_at_the_foot_and_changes_nothing_else() {
    for (facts, language) in [(german(), Language::De), (russian(), Language::Ru)] {
        let rows = |facts: &ReceiptData| layout(facts, &Messages::of(language), Charset::Font);
        let without = rows(&facts);
        let signed = ReceiptData {
            signed: Some(ShortHead {
                office: "kX2p9Qv7".to_owned(),
                seq: 4812,
                hash: "5f0c9a1d7e2b48c6".to_owned(),
                signature: "t4Zr8wLm0yBe".to_owned(),
                signed_at_unix_ms: UnixMs(0),
            }),
            ..facts
        };
        let with = rows(&signed);
        let more = with.len() - without.len();
        let at = (0..without.len())
            .find(|at| with[*at] != without[*at])
            .unwrap();
        let (before, rest) = with.split_at(at);
        assert_eq!(before, &without[..at]);
        assert_eq!(rest[more..], without[at..]);
        let said: String = rest[..more].iter().map(|row| format!("{row:?}")).collect();
        for fact in ["kX2p9Qv7", "4812", "5f0c9a1d7e2b48c6", "t4Zr8wLm0yBe"] {
            assert!(said.contains(fact), "{said}");
        }
    }
}

#[test]
fn a_russian_receipt_that_is_a_copy() {
    let paper = on_paper(&russian(), Language::Ru);
    looks_like("russian.png", &paper.image());
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
    assert_eq!((paper.cuts, paper.drawer_pulses), (1, 0));
}

#[test]
fn pictures_and_pages_of_both() {
    for (name, facts, language) in [
        ("german", german(), Language::De),
        ("russian", russian(), Language::Ru),
    ] {
        let paper = facts.settings.printing.paper;
        let rows = layout(&facts, &Messages::of(language), Charset::Font);
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

/// Words in scripts that neither code page has; the Greek accents are letters of their own, as some keyboards send them.
fn of_many_scripts() -> ReceiptData {
    let mut facts = german();
    facts.settings.shop.name = Some("Καφενει\u{301}ο".to_owned());
    facts.settings.shop.address =
        Some("Šarengradska ulica 5, Đakovo\nвул. Ґонти 7, Київ".to_owned());
    facts.settings.shop.footer = Some("Рақмет, қош келдіңіз! Әңгіме үшін".to_owned());
    facts.sale.note = Some("Čevapčići · Вареники з їжаком · Өрік".to_owned());
    facts
}

#[test]
fn a_picture_on_the_printer_has_every_script_of_the_font() {
    let facts = of_many_scripts();
    for (name, paper) in [
        ("scripts-80.png", Paper::Mm80),
        ("scripts-58.png", Paper::Mm58),
    ] {
        let mut facts = facts.clone();
        facts.settings.printing.paper = paper;
        let rows = layout(
            &facts,
            &Messages::of(Language::De),
            Charset::of(Letters::Picture),
        );
        let job = print_job(&rows, paper, Letters::Picture, true).unwrap();
        let printed = Printed::of_job(&job, paper.columns());
        assert_eq!((printed.cuts, printed.drawer_pulses), (1, 1));
        looks_like(name, &printed.image());
        let text: String = rows
            .iter()
            .map(|row| match row {
                ringup_core::receipt::Row::Text { text, .. } => text.as_str(),
                _ => "",
            })
            .collect();
        assert!(text.contains("Καφενείο") && !text.contains('?'), "{text}");
    }
}

/// The receipt as text on a screen.
fn text_of(facts: &ReceiptData) -> String {
    on_paper(facts, Language::De).text()
}

#[test]
fn test_money_says_so_and_real_money_does_not() {
    let mark = Messages::of(Language::De).text("slip-test");
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
    let with = |later: &[Value]| ReceiptData {
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
    let facts = ReceiptData {
        sale: sale(&opened, &coin, &second),
        ..german()
    };
    let again = Messages::of(Language::De).text_with("slip-again", &[("time", "")]);
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
    facts.sale.breakdown.lines[0].name = Some("A\u{1b}@\u{1d}!\u{77}\nB".to_owned());
    let paper = on_paper(&facts, Language::De);
    assert_eq!((paper.cuts, paper.drawer_pulses), (1, 0));
    assert!(
        paper.text().contains("Notiz: púV ? gnp.exe"),
        "{}",
        paper.text()
    );
}

/// A sale of 13.42 that these entries pay.
fn tendered(entries: &[Value]) -> ReceiptData {
    let opened = json!({"kind": "sale_opened", "number": 42, "amount_minor": 1342, "currency": "EUR", "tap": SALE});
    let entries = std::iter::once(&opened).chain(entries);
    ReceiptData {
        sale: folded(entries.cloned()),
        settings: Settings::default(),
        ..german()
    }
}

fn tender(number: u32, way: &str, more: Value) -> Value {
    let mut taken =
        json!({"kind": "tender_taken", "tender": number, "way": way, "amount_minor": 1342});
    for (name, value) in more.as_object().unwrap() {
        taken[name] = value.clone();
    }
    taken
}

/// The printed rows, each with single spaces.
fn rows_of(data: &ReceiptData) -> Vec<String> {
    let printed = on_paper(data, Language::En).text();
    let words = |row: &str| row.split_whitespace().collect::<Vec<_>>().join(" ");
    printed.lines().map(words).collect()
}

/// Whether these rows stand one below the other.
#[track_caller]
fn stands(data: &ReceiptData, expected: &[&str]) {
    let rows = rows_of(data);
    let found = rows.windows(expected.len()).any(|rows| rows == expected);
    assert!(found, "{expected:?} in {rows:#?}");
}

#[test]
fn cash_says_what_was_given_what_was_rounded_and_what_went_back() {
    let cash = json!({"given_minor": 2000, "rounding_minor": -2});
    let data = tendered(&[tender(1, "cash", cash)]);
    stands(
        &data,
        &[
            "Cash €13.42",
            "Rounding -€0.02",
            "Given €20.00",
            "Change €6.60",
        ],
    );
    // Exactly what was due needs no more lines.
    let exact = rows_of(&tendered(&[tender(1, "cash", json!({}))]));
    assert!(exact.contains(&"Cash €13.42".to_owned()));
    assert!(!exact.iter().any(|row| row.starts_with("Given")
        || row.starts_with("Change")
        || row.starts_with("Rounding")));
}

#[test]
fn a_refund_in_cash_says_what_was_rounded_and_what_went_back() {
    let refund = |more: Value| {
        let mut refunded = json!({
            "kind": "sale_refunded", "refund": 1, "amount_minor": 342, "way": "cash", "reason": "broken",
        });
        for (name, value) in more.as_object().unwrap() {
            refunded[name] = value.clone();
        }
        tendered(&[tender(1, "card", json!({})), refunded])
    };
    let rows = rows_of(&refund(json!({"rounding_minor": -2})));
    let at = rows
        .iter()
        .position(|row| row.starts_with("Refunded in cash"))
        .unwrap();
    assert!(rows[at].ends_with("-€3.42"), "{rows:#?}");
    assert_eq!(rows[at + 1..at + 3], ["Rounding €0.02", "Paid out -€3.40"]);
    let exact = rows_of(&refund(json!({})));
    assert!(!exact.iter().any(|row| row.starts_with("Rounding")));
}

#[test]
fn a_split_names_each_tender_and_what_is_still_due() {
    let voucher = json!({"own": {"id": "v", "name": "Gutschein"}, "amount_minor": 342});
    let part = tender(1, "own", voucher);
    stands(
        &tendered(std::slice::from_ref(&part)),
        &["Gutschein €3.42", "STILL DUE €10.00"],
    );
    let card = tender(2, "card", json!({"amount_minor": 500}));
    let cash = tender(3, "cash", json!({"amount_minor": 500}));
    let data = tendered(&[part, card, cash]);
    stands(&data, &["Gutschein €3.42", "Card €5.00", "Cash €5.00"]);
    assert!(
        !rows_of(&data)
            .iter()
            .any(|row| row.starts_with("STILL DUE"))
    );
}

#[test]
fn a_tender_that_was_taken_back_is_on_no_receipt() {
    let back = json!({"kind": "tender_taken_back", "tender": 1, "reason": "it was a card"});
    let data = tendered(&[
        tender(1, "cash", json!({})),
        back,
        tender(2, "card", json!({})),
    ]);
    let rows = rows_of(&data);
    assert!(rows.contains(&"Card €13.42".to_owned()));
    assert!(!rows.iter().any(|row| row.starts_with("Cash")));
}

#[test]
fn a_refund_says_by_what_it_went_back() {
    let refund = |number, way: &str, own: Value| {
        let mut refunded = json!({"kind": "sale_refunded", "refund": number, "amount_minor": 100, "way": way, "reason": "cold"});
        if own != Value::Null {
            refunded["own"] = own;
        }
        refunded
    };
    let own = json!({"id": "v", "name": "Gutschein"});
    let rows = rows_of(&tendered(&[
        tender(1, "card", json!({})),
        refund(1, "card", Value::Null),
        refund(2, "own", own),
    ]));
    let found = |begins: &str| {
        rows.iter()
            .any(|row| row.starts_with(begins) && row.ends_with("-€1.00"))
    };
    assert!(found("Refunded by card"), "{rows:#?}");
    assert!(found("Refunded, Gutschein"), "{rows:#?}");
    assert!(
        rows.contains(&"LEFT €11.42".to_owned()) || rows.iter().any(|row| row.ends_with("€11.42")),
        "{rows:#?}"
    );
}
