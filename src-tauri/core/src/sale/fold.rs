//! The fold from entries to a sale. It is pure; the journal's tables, the screens and `verify` all read its
//! result.

use super::attempt::{Attempt, Phase};
use super::basket::{BasketError, Breakdown};
use super::entry::{Entry, Event, ReceiptOutcome};
use super::receipt_token::ReceiptToken;
use super::refund::Refund;
use super::state::SaleState;
use super::tender::{Counted, Tender};
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, RefundNumber, SaleId, SaleNumber, TapId, TenderNumber, TillCode};
use crate::money::Money;

/// A sale: one number, one amount, and what it is paid by: attempts in crypto, and tenders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// Its id.
    pub id: SaleId,
    /// Its number.
    pub number: SaleNumber,
    /// The till's code when it was opened; `None`: the one that the journal was opened with.
    pub code: Option<TillCode>,
    /// The amount to be paid.
    pub amount: Money,
    /// The cashier's note.
    pub note: Option<String>,
    /// The tag of the language that the customer chose. It is kept as it was written: a newer program may know more.
    pub language: Option<String>,
    /// The tap that opened it.
    pub tap: TapId,
    /// When it was opened.
    pub opened_at: UnixMs,
    /// The number of its last entry in the journal. Of two copies of a sale, the greater revision is newer.
    pub revision: u64,
    /// What the amount is made of.
    pub breakdown: Breakdown,
    /// Its attempts, in order. Only [`Sale::apply`] adds to them.
    pub attempts: Vec<Attempt>,
    /// Its tenders besides crypto, in order, those that were taken back included.
    pub tenders: Vec<Tender>,
    /// What has been counted of it.
    pub(super) counted: Counted,
    /// Its refunds, in order, voided ones included.
    pub refunds: Vec<Refund>,
    /// What opens its receipt at the back office; `None`: it has none there.
    pub receipt_token: Option<ReceiptToken>,
    /// How many receipts were made.
    pub receipts: u32,
    /// The printer did not confirm the last receipt that was made.
    pub receipt_unconfirmed: bool,
    /// How many receipts were begun and failed.
    pub failed_receipts: u32,
    /// Someone settled the contradiction outside the till.
    pub review_closed: bool,
    /// Someone gave it up for good.
    pub written_off: Option<WrittenOff>,
}

/// That nobody waits for a sale any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenOff {
    /// When that was entered.
    pub at: UnixMs,
    /// The cashier's reason.
    pub reason: String,
}

/// Why an entry cannot follow those before it. The journal never writes such an entry; `verify` finds one
/// only in a file that was tampered with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// The first entry of a sale is not the one that opens it.
    #[error("the sale was not opened")]
    NotOpened,
    /// The parts of the sale are not its amount.
    #[error(transparent)]
    Basket(#[from] BasketError),
    /// A second entry opens the sale.
    #[error("the sale is opened twice")]
    OpenedTwice,
    /// Attempts are numbered without gaps; this one is not the next.
    #[error("attempt {0} is out of order")]
    AttemptOutOfOrder(AttemptNumber),
    /// There is no such attempt.
    #[error("attempt {0} was not requested")]
    AttemptUnknown(AttemptNumber),
    /// The attempt is not in a phase in which this can happen.
    #[error("{event} cannot follow: attempt {attempt} is {phase}")]
    WrongPhase {
        /// The entry's kind.
        event: &'static str,
        /// The attempt.
        attempt: AttemptNumber,
        /// Its phase.
        phase: &'static str,
    },
    /// The attempt asks for another amount than what was outstanding at its request.
    #[error("attempt {0} does not ask for what was outstanding")]
    AttemptOfOtherAmount(AttemptNumber),
    /// Tenders are numbered without gaps; this one is not the next.
    #[error("tender {0} is out of order")]
    TenderOutOfOrder(TenderNumber),
    /// These minor units are more than is outstanding, or not more than zero.
    #[error("{0} minor units are not outstanding")]
    TenderTooMuch(i64),
    /// What is said of the tender does not fit together.
    #[error("what is said of tender {0} does not fit together")]
    TenderInconsistent(TenderNumber),
    /// There is no such tender, or it was taken back before.
    #[error("tender {0} does not stand")]
    TenderUnknown(TenderNumber),
    /// Money of the sale went back; that has to be voided first.
    #[error("tender {0} cannot be taken back while a refund stands")]
    TenderOfRefund(TenderNumber),
    /// Refunds are numbered without gaps; this one is not the next.
    #[error("refund {0} is out of order")]
    RefundOutOfOrder(RefundNumber),
    /// There is no such refund, or it was voided before.
    #[error("refund {0} does not stand")]
    RefundUnknown(RefundNumber),
    /// These minor units are more than may go back, or not more than zero.
    #[error("{0} minor units cannot go back")]
    RefundTooMuch(i64),
    /// It does not say by which of the shop's own tenders the money went back, or says it of another way.
    #[error("what is said of refund {0} does not fit together")]
    RefundInconsistent(RefundNumber),
    /// The refund is of goods that the sale does not have, or that have come back before.
    #[error("the goods of refund {0} were not sold, or came back before")]
    RefundOfOtherLines(RefundNumber),
    /// The refund takes back more at a rate than is left at it, or its parts are not its amount.
    #[error("the parts of refund {0} are not its amount, or more than was sold")]
    RefundOfOtherParts(RefundNumber),
    /// There is no contradiction to close.
    #[error("the sale is not in review")]
    NotInReview,
    /// Nothing was paid, so nobody can have seen it.
    #[error("nothing was paid")]
    NotPaid,
    /// It was written off before, was paid, or an answer is on its way.
    #[error("the sale cannot be written off")]
    NotToWriteOff,
    /// The entry is about another sale, or about none.
    #[error("the entry is of another sale")]
    OtherSale,
}

impl Sale {
    /// The sale that its first entry opens.
    ///
    /// # Errors
    /// [`FoldError::NotOpened`] for an entry of any other kind; [`FoldError::Basket`] when the parts are not
    /// the amount.
    pub fn open(entry: &Entry) -> Result<Self, FoldError> {
        let Event::SaleOpened {
            sale,
            number,
            code,
            amount_minor,
            currency,
            note,
            language,
            tap,
            breakdown,
            // Whether the cart was held is the rule of [`super::Carts`].
            cart: _,
            receipt_token,
        } = &entry.event
        else {
            return Err(FoldError::NotOpened);
        };
        breakdown.validate_total(*amount_minor)?;
        Ok(Self {
            id: *sale,
            number: *number,
            code: code.clone(),
            amount: Money::from_minor(*amount_minor, *currency),
            note: note.clone(),
            language: language.clone(),
            tap: *tap,
            opened_at: entry.at,
            revision: entry.seq,
            breakdown: breakdown.clone(),
            attempts: Vec::new(),
            tenders: Vec::new(),
            counted: Counted::default(),
            refunds: Vec::new(),
            receipt_token: *receipt_token,
            receipts: 0,
            receipt_unconfirmed: false,
            failed_receipts: 0,
            review_closed: false,
            written_off: None,
        })
    }

    /// The sale that these entries, in order, add up to.
    ///
    /// # Errors
    /// Every variant of [`FoldError`]: an entry does not follow from those before it.
    pub fn fold<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Result<Self, FoldError> {
        let mut entries = entries.into_iter();
        let mut sale = Self::open(entries.next().ok_or(FoldError::NotOpened)?)?;
        for entry in entries {
            sale.apply(entry)?;
        }
        Ok(sale)
    }

    /// Applies one more entry.
    ///
    /// # Errors
    /// Every variant of [`FoldError`] but `NotOpened` and `Basket`; the sale is unchanged then.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), FoldError> {
        if entry.event.sale() != Some(self.id) {
            return Err(FoldError::OtherSale);
        }
        match &entry.event {
            Event::JournalOpened { .. }
            | Event::GatewayBound { .. }
            | Event::TillCodeChanged { .. }
            | Event::DayClosed(_)
            | Event::JournalRestored(_)
            | Event::KeyChanged { .. }
            | Event::ProgramStarted { .. }
            | Event::SettingsChanged { .. }
            | Event::PinChanged { .. }
            | Event::PinRefused { .. }
            | Event::StaffChanged { .. }
            | Event::SignedOn { .. }
            | Event::DrawerOpened { .. }
            | Event::StockSet { .. }
            | Event::CashMoved(_)
            | Event::CashCounted(_)
            | Event::PracticeReset { .. }
            | Event::CartHeld { .. }
            | Event::CartSplit { .. }
            | Event::CartDropped { .. } => return Err(FoldError::OtherSale),
            Event::SaleOpened { .. } => return Err(FoldError::OpenedTwice),
            Event::InvoiceRequested {
                attempt,
                gateway,
                amount_minor,
                ..
            } => {
                if *attempt != self.next_attempt() {
                    return Err(FoldError::AttemptOutOfOrder(*attempt));
                }
                let amount = self.requested_amount(*attempt, *amount_minor)?;
                self.attempts
                    .push(Attempt::new(*attempt, gateway, entry.at, amount));
                // Somebody waits for it again.
                self.written_off = None;
            }
            Event::InvoiceOpened { attempt, .. }
            | Event::InvoiceRefused { attempt, .. }
            | Event::InvoiceUncertain { attempt, .. }
            | Event::InvoiceReported { attempt, .. }
            | Event::InvoicePaid { attempt, .. }
            | Event::InvoiceEnded { attempt, .. }
            | Event::InvoiceQuestioned { attempt, .. }
            | Event::InvoiceWatchEnded { attempt, .. }
            | Event::PaymentDoubted { attempt, .. } => self.apply_to_attempt(*attempt, entry)?,
            Event::TenderTaken { .. } | Event::TenderTakenBack { .. } => {
                self.apply_tender(entry)?
            }
            Event::SaleRefunded { .. } | Event::RefundTakenBack { .. } => {
                self.apply_refund(entry)?;
            }
            Event::SaleStopped { .. }
            | Event::PaymentSeen { .. }
            | Event::SaleNoted { .. }
            | Event::ReviewClosed { .. }
            | Event::SaleWrittenOff { .. }
            | Event::ReceiptMade { .. } => self.apply_cashiers_act(entry)?,
        }
        self.revision = entry.seq;
        Ok(())
    }

    /// What an attempt asks for: what is outstanding. An entry that does not say it asks for the whole amount.
    fn requested_amount(
        &self,
        attempt: AttemptNumber,
        amount_minor: Option<i64>,
    ) -> Result<Money, FoldError> {
        let outstanding = self.outstanding();
        let fits = match amount_minor {
            Some(minor) => minor == outstanding.minor() && outstanding != self.amount && minor > 0,
            // Before there were tenders, every request was for the whole.
            None => self.tenders.is_empty() || outstanding == self.amount,
        };
        fits.then(|| amount_minor.map_or(self.amount, |minor| self.amount.with_minor(minor)))
            .ok_or(FoldError::AttemptOfOtherAmount(attempt))
    }

    fn apply_to_attempt(&mut self, number: AttemptNumber, entry: &Entry) -> Result<(), FoldError> {
        let duplicate = self.paid_at().is_some();
        let written_off = self.written_off.is_some();
        let mut attempts = self.attempts.iter_mut();
        let attempt = attempts
            .find(|attempt| attempt.number == number)
            .ok_or(FoldError::AttemptUnknown(number))?;
        let ends_watch = matches!(entry.event, Event::InvoiceWatchEnded { .. });
        if ends_watch && attempt.phase == Phase::Open && !written_off {
            return Err(attempt.wrong_phase(entry));
        }
        let was_doubted = attempt.doubted_at.is_some();
        attempt.apply(entry, duplicate)?;
        let certain_again = was_doubted && attempt.doubted_at.is_none();
        if matches!(entry.event, Event::InvoicePaid { .. }) {
            let (amount_minor, test) = (attempt.amount.minor(), attempt.test());
            let share = self.count(amount_minor, test, entry.at);
            if let Some(paid) = self.attempts.iter_mut().find(|it| it.number == number) {
                paid.share = share;
            }
        } else if certain_again && self.standing_tenders().next().is_some() && self.paid_twice() {
            // Something else was taken in its place meanwhile: it rings as any payment that is too much.
            let mut attempts = self.attempts.iter_mut();
            if let Some(paid) = attempts.find(|it| it.number == number) {
                paid.seen = false;
            }
        }
        // Only an earlier contradiction was settled, not this one.
        self.review_closed &= !matches!(
            entry.event,
            Event::InvoiceQuestioned { .. } | Event::PaymentDoubted { .. }
        );
        Ok(())
    }

    /// What the cashier did, apart from charging and refunding.
    fn apply_cashiers_act(&mut self, entry: &Entry) -> Result<(), FoldError> {
        match &entry.event {
            Event::SaleStopped { .. } => {
                for attempt in &mut self.attempts {
                    attempt.stop();
                }
            }
            Event::PaymentSeen { .. } => {
                if !self.attempts.iter().any(Attempt::rings_until_seen) {
                    return Err(FoldError::NotPaid);
                }
                for attempt in &mut self.attempts {
                    attempt.seen |= attempt.rings_until_seen();
                }
            }
            Event::SaleNoted { note, language, .. } => {
                self.note.clone_from(note);
                if language.is_some() {
                    self.language.clone_from(language);
                }
            }
            Event::ReviewClosed { .. } => {
                if self.state() != SaleState::Review {
                    return Err(FoldError::NotInReview);
                }
                for attempt in &mut self.attempts {
                    attempt.seen |= attempt.in_question();
                }
                self.review_closed = true;
            }
            Event::SaleWrittenOff { reason, .. } => {
                if !self.may_be_written_off() {
                    return Err(FoldError::NotToWriteOff);
                }
                for attempt in &mut self.attempts {
                    attempt.stop();
                }
                self.written_off = Some(WrittenOff {
                    at: entry.at,
                    reason: reason.clone(),
                });
            }
            Event::ReceiptMade { outcome, .. } => {
                if *outcome == Some(ReceiptOutcome::Failed) {
                    self.failed_receipts = self.failed_receipts.saturating_add(1);
                } else {
                    self.receipts = self.receipts.saturating_add(1);
                    self.receipt_unconfirmed = *outcome == Some(ReceiptOutcome::Unconfirmed);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Its number as it is printed: `A-000042`. `opening_code` is the one that the journal was opened with.
    pub fn label(&self, opening_code: &TillCode) -> String {
        label(self.code.as_ref().unwrap_or(opening_code), self.number)
    }

    /// The gateway that was asked for its current invoice; `None` before the first request.
    pub fn gateway(&self) -> Option<&str> {
        self.current().map(|attempt| attempt.gateway.as_str())
    }

    /// The number that the next attempt gets.
    pub fn next_attempt(&self) -> AttemptNumber {
        let last = self.attempts.last().map_or(0, |attempt| attempt.number.0);
        AttemptNumber(last.saturating_add(1))
    }

    /// The attempt of this number.
    pub fn attempt(&self, number: AttemptNumber) -> Option<&Attempt> {
        self.attempts
            .iter()
            .find(|attempt| attempt.number == number)
    }
}

/// A sale's number as it is printed.
pub(crate) fn label(code: &TillCode, number: SaleNumber) -> String {
    format!("{code}-{:06}", number.0)
}
