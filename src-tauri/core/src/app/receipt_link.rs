//! Receipts for phones: the till draws what opens a sale's receipt at the office, and shows the customer where it is. The
//! office makes the receipt itself, from the sale's entries and the shop's words (docs/receipts.md, *Receipts for phones*).

use super::{Inner, Till, TillError};
use crate::office::ReceiptTexts;
use crate::qr::{self, QrImage};
use crate::sale::ReceiptToken;

impl Till {
    /// The QR code of the address at which a customer finds the receipt of a paid sale. `None`: the sale has none there, is
    /// not paid, or phones cannot reach the office.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::Journal`]; [`TillError::Qr`] when the code cannot be drawn.
    pub async fn receipt_qr(&self, number: u32) -> Result<Option<QrImage>, TillError> {
        let sale = self.inner.find(number).await?;
        let token = sale
            .receipt_token
            .filter(|_| sale.paid_at().is_some() && self.inner.has_receipt_codes());
        let address = token.zip(self.inner.public_address());
        let address = address.map(|(token, office)| office.at(&token.path()));
        Ok(address.as_deref().map(qr::picture).transpose()?)
    }
}

impl Inner {
    /// What will open the receipt of a sale that is about to be opened; `None`: it has none at an office.
    pub(super) fn draw_receipt_token(&self) -> Option<ReceiptToken> {
        let is_wanted = self.has_receipt_codes() && matches!(self.pairing(), Ok(Some(_)));
        is_wanted.then(ReceiptToken::draw).flatten()
    }

    /// The shop's words on receipts, for an office that makes some.
    pub(super) fn receipt_texts(&self) -> Option<ReceiptTexts> {
        self.has_receipt_codes()
            .then(|| self.settings.get(ReceiptTexts::of))
    }

    fn has_receipt_codes(&self) -> bool {
        self.settings.get(|settings| settings.receipt_qr)
    }
}
