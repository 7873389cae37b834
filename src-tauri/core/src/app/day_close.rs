//! The day's reports: X, its totals so far, and Z, its close.

use std::collections::BTreeMap;

use super::{Till, TillError};
use crate::calendar::{Day, bounds, day_of};
use crate::journal::{CloseOutcome, CloseRequest, ClosedDay, JournalFile};
use crate::money::{Currency, Money};
use crate::report::{CloseView, DayReport, DaySums, cashier_views, plain_numbers};
use crate::sale::{Purpose, Sale};

/// Ledger lines counted in one call of the journal, so that no sale waits for all of them.
const LINES_PER_CALL: u32 = 4000;
/// Closes on one page.
const CLOSES_PER_PAGE: u32 = 50;

impl Till {
    /// The X report of a day of the shop; `None`: of today.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn report(&self, day: Option<Day>) -> Result<DayReport, TillError> {
        let journal = &self.inner.journal;
        // After the first time, only what has come since the report before is counted.
        while !journal
            .call(|file| file.count_since_close(LINES_PER_CALL))
            .await?
        {}
        let zone = self.zone();
        let now = self.inner.clock.now();
        let day = day.unwrap_or_else(|| day_of(now, &zone));
        let (from, to) = bounds(day, &zone);
        let in_zone = zone.clone();
        let read = move |file: &mut JournalFile| {
            let mut sums = DaySums::default();
            file.ledger_between(from, to, |line, settled| sums.add(line, settled, &in_zone))?;
            let (since_close, closed, last_close) = file.since_close()?;
            let by_hand = file.by_hand_since_close()?;
            let carts = file.carts_since_close()?;
            let open = file.open_sales()?;
            let cashiers = file.cashiers_between(from, to)?;
            Ok((
                sums,
                since_close,
                last_close,
                closed,
                open,
                by_hand,
                carts,
                cashiers,
            ))
        };
        let (sums, since_close, last_close, closed, open, by_hand, carts, cashiers) =
            journal.call(read).await?;
        let average = sums.average();
        let drawer = self.drawer().await?;
        let drawer_moves = self.drawer_moves().await?;
        Ok(DayReport {
            day,
            zone: zone.name().to_owned(),
            practice: self.inner.purpose == Purpose::Practice,
            till: self.code().to_string(),
            gateway: self.inner.journal_gateway.clone(),
            made_at_unix_ms: now,
            totals: sums.totals.with_named_categories(),
            grand: closed.plus(&since_close).without_categories(),
            hours: sums.hours,
            settled: sums.settled,
            unsettled: sums.unsettled,
            average,
            drawer,
            drawer_moves,
            cashiers: cashier_views(&cashiers),
            open_sum: open_sum(&open),
            open: self.inner.views(&open),
            written_off: plain_numbers(by_hand.written_off),
            reviews_closed: plain_numbers(by_hand.reviews_closed),
            held_carts: carts.held,
            dropped_carts: carts.dropped,
            last_close: last_close.map(|last| self.close_view(last)),
            since_close: since_close.with_named_categories(),
        })
    }

    /// Closes the shop's day and returns its Z report. With `carry` sales that are still open are carried over into
    /// the next day; without it they are an error.
    ///
    /// # Errors
    /// [`TillError::DayOpenSales`] without `carry`; [`TillError::DayAlreadyClosed`] when the day was closed and no
    /// money has moved since; [`TillError::Journal`]. Nothing was written then.
    pub async fn close_day(&self, carry: bool) -> Result<CloseView, TillError> {
        self.inner.apply_till_code().await?;
        let zone = self.zone();
        let now = self.inner.clock.now();
        let day = day_of(now, &zone);
        let request = CloseRequest {
            day: day.to_string(),
            zone: zone.name().to_owned(),
            carry_open: carry,
        };
        let outcome = self
            .inner
            .journal
            .call(move |file| file.close_day(request, now))
            .await?;
        match outcome {
            CloseOutcome::Closed(closed) => {
                self.inner.journal.note_head().await;
                Ok(self.close_view(*closed))
            }
            CloseOutcome::OpenSales(count) => Err(TillError::DayOpenSales(count)),
            CloseOutcome::AlreadyClosed(z) => Err(TillError::DayAlreadyClosed { day, z }),
        }
    }

    /// A page of 50 closes, newest first: those before the close at this entry; `None`: the newest.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn closes(&self, before_seq: Option<u64>) -> Result<Vec<CloseView>, TillError> {
        let list = move |file: &mut JournalFile| file.closes(before_seq, CLOSES_PER_PAGE);
        let closes = self.inner.journal.call(list).await?;
        Ok(closes.into_iter().map(|it| self.close_view(it)).collect())
    }

    fn close_view(&self, closed: ClosedDay) -> CloseView {
        let mut view = CloseView::of(closed, self.inner.purpose, &self.inner.journal_gateway);
        view.signed = self.inner.signed_head();
        view
    }
}

fn open_sum(open: &[Sale]) -> BTreeMap<Currency, Money> {
    let mut sums: BTreeMap<_, Money> = BTreeMap::new();
    for amount in open.iter().filter(|sale| !sale.test()).map(|it| it.amount) {
        let sum = sums.entry(amount.currency());
        sum.and_modify(|sum| *sum = sum.plus(amount.minor()))
            .or_insert(amount);
    }
    sums
}
