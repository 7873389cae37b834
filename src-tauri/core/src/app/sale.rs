//! Sales as they are now, and how parts of the till find them and add to them.

use std::collections::BTreeSet;

use super::{Inner, Till, TillError};
use crate::failpoints::{self, Failpoint};
use crate::ids::{SaleId, SaleNumber};
use crate::journal::{JournalError, JournalFile};
use crate::qr::{self, QrImage};
use crate::sale::{Attempt, Event, Phase, Sale, SaleView};

impl Till {
    /// The sales that are not over.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn open_sales(&self) -> Result<Vec<SaleView>, TillError> {
        let sales = self.inner.journal.call(|file| file.open_sales()).await?;
        Ok(self.inner.views(&sales))
    }

    /// The sales with an invoice that is still polled, among them paid ones that are not yet settled.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn watched_sales(&self) -> Result<Vec<SaleView>, TillError> {
        let name = self.inner.asked_gateway.clone();
        let read = move |file: &mut JournalFile| {
            let watched = file.watched(&name)?;
            let numbers: BTreeSet<_> = watched.iter().map(|watched| watched.number).collect();
            let sales = numbers.into_iter().map(|number| file.sale(number));
            sales
                .filter_map(Result::transpose)
                .collect::<Result<Vec<_>, _>>()
        };
        let sales = self.inner.journal.call(read).await?;
        Ok(self.inner.views(&sales))
    }

    /// Whether this process has polled every watched invoice at least once, and no poll is on its way.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn has_polled_all(&self) -> Result<bool, TillError> {
        let name = self.inner.asked_gateway.clone();
        let read = move |file: &mut JournalFile| file.watched(&name);
        let watched = self.inner.journal.call(read).await?;
        let polled = self.inner.with_scheduler(|scheduler, _, _| {
            let mut with_invoice = watched.iter().filter(|it| it.invoice_id.is_some());
            with_invoice.all(|invoice| scheduler.has_polled(invoice.key()))
        });
        Ok(polled && self.inner.polling.in_flight.is_empty())
    }

    /// How many watched invoices belong to other gateways, so that they cannot be polled now.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn watched_elsewhere(&self) -> Result<u32, TillError> {
        let name = self.inner.asked_gateway.clone();
        let count = move |file: &mut JournalFile| file.watched_elsewhere(&name);
        Ok(self.inner.journal.call(count).await?)
    }

    /// The sale of this number.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn sale(&self, number: u32) -> Result<SaleView, TillError> {
        let sale = self.inner.find(number).await?;
        Ok(self.inner.view(&sale))
    }

    /// The QR code of the address at which a sale can be paid.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::Journal`]; [`TillError::QrNone`] when the sale has no invoice that
    /// can be paid now; [`TillError::Qr`] when the code cannot be drawn.
    pub async fn qr(&self, number: u32) -> Result<QrImage, TillError> {
        failpoints::reached(Failpoint::QrAsked);
        let sale = self.inner.find(number).await?;
        // Whoever paid one that asks for more than is outstanding now would pay too much.
        let outstanding = sale.outstanding();
        let payable = |attempt: &&Attempt| {
            attempt.phase == Phase::Open && attempt.amount.minor() <= outstanding.minor()
        };
        let invoice = sale
            .current()
            .filter(payable)
            .and_then(|attempt| attempt.invoice.as_ref());
        let url = &invoice.ok_or(TillError::QrNone(number))?.pay_url;
        let picture = qr::picture(url)?;
        failpoints::reached(Failpoint::QrMade);
        Ok(picture)
    }
}

impl Inner {
    pub(super) fn view(&self, sale: &Sale) -> SaleView {
        let mut view = SaleView::of(sale, &self.opening_code);
        view.poll_refused = sale.current().is_some_and(|attempt| {
            let key = (sale.id, attempt.number);
            self.with_scheduler(|scheduler, _, _| scheduler.is_refused(key))
        });
        // The offset of the last reply is better than that of the moment when the invoice was made.
        view.clock_offset_ms = self.gateway.clock_offset_ms().or(view.clock_offset_ms);
        view
    }

    pub(super) fn views(&self, sales: &[Sale]) -> Vec<SaleView> {
        sales.iter().map(|sale| self.view(sale)).collect()
    }

    pub(super) async fn find(&self, number: u32) -> Result<Sale, TillError> {
        self.journal
            .call(move |file| file.sale(SaleNumber(number)))
            .await?
            .ok_or(TillError::SaleUnknown(number))
    }

    /// Writes the events that `decide` makes of the sale as it is in the journal at that moment. Returns the sale
    /// afterwards, and whether anything was written.
    pub(super) async fn record<E: IntoIterator<Item = Event>>(
        &self,
        id: SaleId,
        decide: impl FnOnce(&Sale) -> E + Send + 'static,
    ) -> Result<(Sale, bool), JournalError> {
        let now = self.clock.now();
        self.journal
            .call(move |file| file.record(id, now, |sale| decide(sale).into_iter().collect()))
            .await
    }
}
