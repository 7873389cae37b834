//! Receipts in every language that customers are served in: what the sale keeps, what fits, and what can be printed.

use std::path::Path;

use ringup_core::i18n::{Language, Messages};
use ringup_core::receipt::{
    Charset, ReceiptData, Row, TextStyle, layout, letters_for, png, print_job,
};
use ringup_core::sale::TenderWay;
use ringup_core::settings::{Letters, Paper, Settings, TenderChoice};
use ringup_core::{Charge, NewTender, Till};
use ringup_testkit::{Paper as Printed, Shop, euros};

use crate::receipts::{german, russian};

/// The shop's own texts are not the program's: they are left out.
fn without_own_texts(mut data: ReceiptData, paper: Paper) -> ReceiptData {
    data.settings.shop = ringup_core::settings::Shop::default();
    data.settings.printing.paper = paper;
    data.settings.tax_rates.clear();
    data.sale.note = data.sale.note.map(|_| "42".to_owned());
    for line in &mut data.sale.breakdown.lines {
        line.name = Some("42".to_owned());
    }
    data
}

fn samples(paper: Paper) -> [ReceiptData; 2] {
    [german(), russian()].map(|data| without_own_texts(data, paper))
}

#[test]
fn every_language_fits_the_paper_in_letters_that_the_font_has() {
    for language in Language::ALL.iter().copied() {
        let messages = Messages::for_customer(language);
        for paper in [Paper::Mm58, Paper::Mm80] {
            for data in samples(paper) {
                for row in layout(&data, &messages, Charset::Font) {
                    let Row::Text { text, style } = row else {
                        continue;
                    };
                    let wide = if style == TextStyle::Title { 2 } else { 1 };
                    let columns = paper.columns() / wide;
                    assert!(text.chars().count() <= columns, "{language:?}: {text}");
                    assert!(!text.contains('?'), "{language:?}: {text}");
                    assert!(!text.contains("slip-"), "{language:?}: {text}");
                }
            }
        }
    }
}

#[test]
fn a_printer_has_the_letters_of_each_or_draws_them() {
    for language in Language::ALL.iter().copied() {
        let messages = Messages::for_customer(language);
        let letters = letters_for(language, Letters::Printer);
        assert_eq!(letters == Letters::Picture, language == Language::Kk);
        for data in samples(Paper::Mm80) {
            let rows = layout(&data, &messages, Charset::of(letters));
            let job = print_job(&rows, Paper::Mm80, letters, false).expect("a job");
            let paper = Printed::of_job(&job, Paper::Mm80.columns());
            let text = paper.text();
            assert!(!text.contains('?'), "{language:?}: {text}");
            let is_drawn = paper.picture_lines() > 100;
            assert_eq!(is_drawn, language == Language::Kk, "{language:?}");
            if !is_drawn {
                let total = messages.text("slip-total");
                assert!(
                    text.contains(&total) || language == Language::Uk,
                    "{language:?}: {text}"
                );
            }
        }
    }
    let polish = {
        let rows = layout(
            &samples(Paper::Mm80)[0],
            &Messages::for_customer(Language::Pl),
            Charset::Printer,
        );
        let job = print_job(&rows, Paper::Mm80, Letters::Printer, false).expect("a job");
        Printed::of_job(&job, 48)
    };
    assert!(polish.text().contains("Zwrot gotówką"), "{}", polish.text());
    assert!(polish.code_pages.contains(&18), "852");
}

#[test]
fn a_receipt_is_in_what_the_customer_chose_else_in_what_the_settings_say() {
    let mut data = german();
    let mut settings = Settings {
        language: Some("de".to_owned()),
        ..Settings::default()
    };
    assert_eq!(settings.language_for(&data.sale), Language::De);
    settings.customer_language = Some(Language::Fr);
    assert_eq!(settings.language_for(&data.sale), Language::Fr);
    data.sale.language = Some("kk".to_owned());
    assert_eq!(settings.language_for(&data.sale), Language::Kk);
    // A newer program knew it.
    data.sale.language = Some("sw".to_owned());
    assert_eq!(settings.language_for(&data.sale), Language::Fr);
}

/// With `RINGUP_KEEP_PAGES` the pictures of all languages are written into that folder, to be looked at.
#[test]
fn every_language_is_drawn() {
    for language in Language::ALL.iter().copied() {
        let rows = layout(&german(), &Messages::for_customer(language), Charset::Font);
        let picture = png(&rows, Paper::Mm80).expect("a picture");
        if let Some(folder) = std::env::var_os("RINGUP_KEEP_PAGES") {
            let name = format!("receipt-{}.png", language.tag());
            std::fs::write(Path::new(&folder).join(name), &picture).expect("a file");
        }
        assert!(picture.len() > 2_000);
    }
}

/// A shop that takes cash too.
async fn shop() -> Shop {
    let shop = Shop::open().await;
    let settings = Settings {
        language: Some("de".to_owned()),
        tenders: vec![TenderChoice::Crypto, TenderChoice::Cash],
        ..Settings::default()
    };
    shop.till().save_settings(settings).unwrap();
    shop
}

async fn sold_in(shop: &Shop, language: Option<Language>) -> u32 {
    let cash = NewTender {
        way: TenderWay::Cash,
        own: None,
        amount: None,
        given: None,
        tender: None,
    };
    let charge = Charge {
        tender: Some(cash),
        language,
        ..euros("12.50")
    };
    shop.till().charge(charge).await.expect("a sale").number
}

#[tokio::test]
async fn the_sale_keeps_the_language_for_every_later_receipt() {
    let mut shop = shop().await;
    let chosen_before = sold_in(&shop, Some(Language::Pl)).await;
    let not_chosen = sold_in(&shop, None).await;
    let text = |till: &Till, number| {
        let till = till.clone();
        async move { till.receipt_text(number).await.expect("a receipt") }
    };
    let (polish, german) = (
        text(shop.till(), chosen_before).await,
        text(shop.till(), not_chosen).await,
    );
    assert!(polish.contains("RAZEM"), "{polish}");
    assert!(german.contains("SUMME"), "{german}");
    // Chosen afterwards, and once more: the note stays, and the same again is no entry.
    let till = shop.till();
    till.set_note(not_chosen, Some("Tisch 4".to_owned()))
        .await
        .expect("noted");
    for _ in 0..3 {
        let sale = till
            .set_customers_language(not_chosen, Language::Tr)
            .await
            .expect("chosen");
        assert_eq!(sale.language.as_deref(), Some("tr"));
        assert_eq!(sale.note.as_deref(), Some("Tisch 4"));
    }
    till.set_note(not_chosen, None).await.expect("noted");
    let noted = shop.entry_kinds();
    let noted = noted.iter().filter(|kind| *kind == "sale_noted").count();
    assert_eq!(noted, 3, "two notes and one language");
    // A year later, on another start, with other settings.
    shop.reopen().await;
    let later = text(shop.till(), not_chosen).await;
    assert!(later.contains("TOPLAM"), "{later}");
    assert!(text(shop.till(), chosen_before).await.contains("RAZEM"));
    shop.assert_whole().await;
}
