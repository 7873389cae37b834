//! Receipts and printed reports: what stands on one, laid out once in lines of characters, then drawn as a
//! picture, written as a PDF, or said in a printer's own language. Pure: paper comes later.

mod charset;
mod close;
mod escpos;
mod font;
mod layout;
mod layout_builder;
mod pdf;
mod picture;
mod receipt_data;
mod row;

pub use charset::Charset;
pub use close::layout_close;
pub use escpos::{print_job, test_page};
pub use layout::layout;
pub use pdf::pdf;
pub use picture::png;
pub use receipt_data::ReceiptData;
pub use row::Row;

/// Why a receipt could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// The font that the program brings.
    #[error("the receipt's font cannot be read: {0}")]
    Font(String),
    /// The picture.
    #[error("the receipt cannot be drawn: {0}")]
    Picture(#[from] image::ImageError),
    /// The printer's language.
    #[error("the receipt cannot be written for the printer: {0}")]
    Escpos(String),
}
