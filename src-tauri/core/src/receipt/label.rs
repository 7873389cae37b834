//! The label of an item, for its shelf: name, price and, where its barcode is an EAN, the bars. It is printed as a picture, on the
//! paper of the receipts.

use barcoders::sym::ean8::EAN8;
use barcoders::sym::ean13::EAN13;

use super::ReceiptError;
use super::charset::Charset;
use super::escpos::PrintJob;
use super::layout_builder::LayoutBuilder;
use super::row::{Bars, Row, TextStyle};
use crate::i18n::Messages;
use crate::items::{Item, SoldBy};
use crate::settings::Paper;

/// Lays a label out in rows for this paper. An open price is left out.
pub fn label(item: &Item, messages: &Messages, paper: Paper) -> Vec<Row> {
    let mut label = LayoutBuilder::new(messages, paper, Charset::Font);
    label.centre(&item.name, TextStyle::Title);
    let price = label.numbers.money(item.price);
    match item.sold {
        SoldBy::Each => label.centre(&price, TextStyle::Title),
        SoldBy::Weight => {
            let price = messages.text_with("slip-kilogram", &[("price", &price)]);
            label.centre(&price, TextStyle::Title);
        }
        SoldBy::Open => {}
    }
    if let Some(deposit) = &item.deposit {
        let deposit = label.numbers.money(deposit.price);
        let deposit = messages.text_with("slip-deposit", &[("name", &deposit)]);
        label.centre(&deposit, TextStyle::Plain);
    }
    let mut rows = label.rows();
    let digits = item.barcode.as_deref().unwrap_or_default();
    if let Some(bars) = bars_of(digits) {
        let mut below = LayoutBuilder::new(messages, paper, Charset::Font);
        below.centre(digits, TextStyle::Plain);
        rows.extend([Row::Blank, Row::Bars(bars)]);
        rows.extend(below.rows());
    }
    rows
}

/// The bytes that print a label and cut the paper.
///
/// # Errors
/// [`ReceiptError::Escpos`], [`ReceiptError::Font`].
pub fn label_job(item: &Item, messages: &Messages, paper: Paper) -> Result<Vec<u8>, ReceiptError> {
    let mut job = PrintJob::begin(false)?;
    job.picture(&label(item, messages, paper), paper)?;
    job.end()
}

/// The bars of an EAN-13, UPC-A (an EAN-13 that begins with 0) or EAN-8 whose last digit is right; others have none, because a
/// scanner would read something else.
fn bars_of(digits: &str) -> Option<Bars> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let modules = match digits.len() {
        13 => EAN13::new(digits).ok()?.encode(),
        12 => EAN13::new(format!("0{digits}")).ok()?.encode(),
        8 => EAN8::new(digits).ok()?.encode(),
        _ => return None,
    };
    Some(Bars(modules.iter().map(|module| *module == 1).collect()))
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, GenericImageView as _};

    use super::*;
    use crate::i18n::Language;
    use crate::money::{Currency, Money};

    fn item(barcode: Option<&str>) -> Item {
        let item = serde_json::json!({
            "id": uuid::Uuid::nil(),
            "name": "Käsekuchen",
            "price": Money::from_minor(350, Currency::Eur),
            "barcode": barcode,
        });
        serde_json::from_value(item).unwrap()
    }

    fn rows(item: &Item) -> Vec<Row> {
        label(item, &Messages::of(Language::De), Paper::Mm58)
    }

    fn texts(rows: &[Row]) -> Vec<&str> {
        let texts = rows.iter().filter_map(|row| match row {
            Row::Text { text, .. } => Some(text.trim()),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn a_label_has_name_price_bars_and_their_digits() {
        let rows = rows(&item(Some("4006381333931")));
        assert_eq!(texts(&rows), ["Käsekuchen", "3,50 €", "4006381333931"]);
        let bars = rows.iter().find_map(|row| match row {
            Row::Bars(Bars(modules)) => Some(modules.len()),
            _ => None,
        });
        assert_eq!(bars, Some(95));
    }

    #[test]
    fn what_weighs_has_the_price_of_a_kilogram_and_an_open_price_is_left_out() {
        let mut cheese = item(None);
        cheese.sold = SoldBy::Weight;
        assert_eq!(texts(&rows(&cheese))[1], "3,50 €/kg");
        cheese.sold = SoldBy::Open;
        assert_eq!(texts(&rows(&cheese)), ["Käsekuchen"]);
    }

    #[test]
    fn a_barcode_that_a_scanner_would_read_otherwise_has_no_bars() {
        for barcode in [
            "4006381333932",
            "40063813339",
            "12345678",
            "CODE-128",
            "١٢٣٤٥٦٧٨",
        ] {
            assert_eq!(bars_of(barcode), None, "{barcode}");
        }
        assert!(bars_of("036000291452").is_some() && bars_of("73513537").is_some());
    }

    /// The dots as another program reads them: from the picture, module by module.
    #[test]
    fn the_printed_bars_are_those_of_the_number() {
        let rows = rows(&item(Some("4006381333931")));
        let picture = super::super::png(&rows, Paper::Mm58).unwrap();
        let picture: DynamicImage = image::load_from_memory(&picture).unwrap();
        let black = |x, y| picture.get_pixel(x, y).0[0] < 128;
        let line = (0..picture.height())
            .max_by_key(|y| {
                (1..picture.width())
                    .filter(|x| black(*x, *y) != black(x - 1, *y))
                    .count()
            })
            .unwrap();
        let mut edges = (1..picture.width()).filter(|x| black(*x, line) != black(x - 1, line));
        let first = edges.next().unwrap();
        let last = edges.next_back().unwrap();
        let module = (last - first) / 95;
        let read = (0..95).map(|place| black(first + place * module + module / 2, line));
        assert_eq!(
            read.collect::<Vec<_>>(),
            bars_of("4006381333931").unwrap().0
        );
    }
}
