//! Receipts and printed reports. Each is laid out once in rows of characters, then drawn as a picture, written as a PDF
//! or encoded for a receipt printer. Nothing here writes a file or reaches a printer.

mod charset;
mod close;
mod escpos;
mod font;
mod label;
mod layout;
mod layout_builder;
mod pdf;
mod picture;
mod receipt_data;
mod row;
mod test_page;

pub use charset::{Charset, letters_for};
pub use close::layout_close;
pub use escpos::{drawer_job, print_job};
pub use label::{label, label_job};
pub use layout::{layout, lines};
pub use pdf::pdf;
pub use picture::png;
pub use receipt_data::{ReceiptData, other_gateway};
pub use row::{Bars, Line, Row, TextStyle};
pub use test_page::test_page;

/// Why a receipt could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// The program's own font cannot be read.
    #[error("the receipt's font cannot be read: {0}")]
    Font(String),
    /// The picture cannot be encoded.
    #[error("the receipt cannot be drawn: {0}")]
    Picture(#[from] image::ImageError),
    /// The bytes for the printer cannot be made.
    #[error("the receipt cannot be written for the printer: {0}")]
    Escpos(String),
}
