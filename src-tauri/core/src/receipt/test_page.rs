//! The printer's test page: both ways to print, one below the other, so that the shop sees which of them its printer can.

use super::ReceiptError;
use super::charset::{Charset, CodePage};
use super::escpos::PrintJob;
use super::layout_builder::LayoutBuilder;
use super::row::TextStyle;
use crate::i18n::Messages;
use crate::settings::Paper;

/// What a picture shows besides Latin and Russian: letters of languages that neither code page has.
const SCRIPTS: [&str; 4] = [
    "Ελληνικά: ΑΒΓΔ αβγδ άέήίόύώ",
    "Hrvatski: ČĆĐŠŽ čćđšž · Polski: ĄĘŁŚŻ ąęłśż",
    "Українська: ҐЄІЇ ґєії",
    "Қазақша: ӘҒҚҢӨҰҮҺІ әғқңөұүһі",
];

/// A page that shows each code page's letters, letters as a picture, and whether the drawer opens.
///
/// # Errors
/// [`ReceiptError::Escpos`], [`ReceiptError::Font`].
pub fn test_page(
    messages: &Messages,
    shop: Option<&str>,
    paper: Paper,
    drawer: bool,
) -> Result<Vec<u8>, ReceiptError> {
    let mut text = LayoutBuilder::new(messages, paper, Charset::Printer);
    text.centre(&messages.text("slip-test-page"), TextStyle::Plain);
    text.rule();
    text.left("ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789");
    for page in CodePage::ALL {
        text.rule();
        let number = page.number().to_string();
        text.left(&messages.text_with("slip-test-code-page", &[("page", &number)]));
        text.left(&page.letters());
    }
    text.rule();
    let mut picture = LayoutBuilder::new(messages, paper, Charset::Font);
    picture.left(&messages.text("slip-test-picture"));
    if let Some(shop) = shop {
        picture.centre(shop, TextStyle::Title);
    }
    for script in SCRIPTS {
        picture.left(script);
    }
    let mut job = PrintJob::begin(drawer)?;
    job.text(&text.rows(), paper)?;
    job.picture(&picture.rows(), paper)?;
    job.end()
}
