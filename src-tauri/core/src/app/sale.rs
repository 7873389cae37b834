//! Sales as they stand now, and what a screen shows of them.

use std::collections::BTreeSet;

use super::{Inner, Till};
use crate::error::TillError;
use crate::failpoints::{self, Failpoint};
use crate::ids::SaleNumber;
use crate::journal::JournalFile;
use crate::qr::{self, QrImage};
use crate::sale::{Attempt, Phase, Sale, SaleView};

impl Till {
    /// The sales that are not over.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn open_sales(&self) -> Result<Vec<SaleView>, TillError> {
        let sales = self.inner.journal.call(|file| file.open_sales()).await?;
        Ok(sales.iter().map(|sale| self.inner.view(sale)).collect())
    }

    /// The sales with an invoice that the gateway is still asked about, paid ones that are not yet
    /// credited among them.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn watched_sales(&self) -> Result<Vec<SaleView>, TillError> {
        let (name, now) = (self.inner.gateway_name.clone(), self.inner.clock.now());
        let look = move |file: &mut JournalFile| {
            let watched = file.watched(&name, now)?;
            let numbers: BTreeSet<_> = watched.iter().map(|watched| watched.number).collect();
            let sales = numbers.into_iter().map(|number| file.sale(number));
            sales
                .filter_map(Result::transpose)
                .collect::<Result<Vec<_>, _>>()
        };
        let sales = self.inner.journal.call(look).await?;
        Ok(sales.iter().map(|sale| self.inner.view(sale)).collect())
    }

    /// One sale.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn sale(&self, number: u32) -> Result<SaleView, TillError> {
        let sale = self.inner.find(number).await?;
        Ok(self.inner.view(&sale))
    }

    /// The QR of a sale that can still be paid.
    ///
    /// # Errors
    /// [`TillError::QrNone`] when there is no address to show.
    pub async fn qr(&self, number: u32) -> Result<QrImage, TillError> {
        failpoints::reached(Failpoint::QrAsked);
        let sale = self.inner.find(number).await?;
        let payable = |attempt: &&Attempt| matches!(attempt.phase, Phase::Open);
        let invoice = sale
            .current()
            .filter(payable)
            .and_then(|attempt| attempt.invoice.as_ref());
        let url = &invoice.ok_or(TillError::QrNone(number))?.pay_url;
        let picture = qr::picture(url)?;
        failpoints::reached(Failpoint::QrMade);
        Ok(picture)
    }

    /// How many open invoices belong to other gateways than the one asked.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn watched_elsewhere(&self) -> Result<u32, TillError> {
        let (name, now) = (self.inner.gateway_name.clone(), self.inner.clock.now());
        let count = move |file: &mut JournalFile| file.watched_elsewhere(&name, now);
        Ok(self.inner.journal.call(count).await?)
    }
}

impl Inner {
    pub(crate) fn view(&self, sale: &Sale) -> SaleView {
        let mut view = SaleView::of(sale, &self.code);
        // PollFeedback a moment ago is better than heard when the invoice was made.
        view.clock_offset_ms = self.gateway.clock_offset_ms().or(view.clock_offset_ms);
        view
    }

    pub(crate) async fn find(&self, number: u32) -> Result<Sale, TillError> {
        self.journal
            .call(move |file| file.sale(SaleNumber(number)))
            .await?
            .ok_or(TillError::SaleUnknown(number))
    }
}
