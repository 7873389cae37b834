//! What the customer's display is about: the sale that the cashier showed last, or the question for a tip, and which
//! language the customer chose.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ringup_core::error::{Code, Fault};
use ringup_core::i18n::Language;

use super::tip::{DisplayTip, TipChosen, TipQuestion};
use crate::active_till::Mode;

/// How long a finished sale stays on the display after the cashier has left it.
const FINISHED_SHOWN_FOR: Duration = Duration::from_secs(20);

/// How long a language stays that was chosen before there was a sale: whoever chose it may have left.
const LANGUAGE_KEPT_FOR: Duration = Duration::from_secs(5 * 60);

/// How often a customer may choose a language before the cashier goes on: each choice of a sale's is an entry of the journal.
const MOST_CHOICES: u8 = 20;

/// The sale or question before the customer. It stays there while the cashier looks something else up.
#[derive(Default)]
pub(crate) struct DisplaySession(Mutex<Session>);

#[derive(Default)]
struct Session {
    sale: Option<(Mode, u32)>,
    /// Since when it has been finished and no longer in front of the cashier.
    left_since: Option<Instant>,
    tip: Option<(Mode, DisplayTip)>,
    questions_asked: u32,
    /// Chosen for the sale that comes next, and when. A sale that is shown keeps its own.
    language: Option<(Language, Instant)>,
    languages_chosen: u8,
}

impl DisplaySession {
    /// Shows this sale to the customer.
    pub(crate) fn show_sale(&self, mode: Mode, number: u32) {
        let mut session = self.session();
        if session.sale != Some((mode, number)) {
            session.language = None;
            session.languages_chosen = 0;
        }
        session.sale = Some((mode, number));
        session.left_since = None;
        session.tip = None;
    }

    /// Clears the display: the cashier goes on to the next customer.
    pub(crate) fn clear(&self) {
        let mut session = self.session();
        session.sale = None;
        session.tip = None;
        session.language = None;
        session.languages_chosen = 0;
    }

    /// The customer chooses a language. Without a sale in front, the one that comes next will be in it.
    ///
    /// # Errors
    /// `not_offered` after too many choices.
    pub(crate) fn choose_language(&self, language: Language, now: Instant) -> Result<(), Fault> {
        let mut session = self.session();
        if session.languages_chosen >= MOST_CHOICES {
            let message = "the language was chosen too often";
            return Err(Fault::new(Code::NotOffered, message));
        }
        session.languages_chosen = session.languages_chosen.saturating_add(1);
        session.language = Some((language, now));
        Ok(())
    }

    /// The language that was chosen for the sale that comes next.
    pub(crate) fn language(&self, now: Instant) -> Option<Language> {
        let mut session = self.session();
        let is_fresh = |since: Instant| now.saturating_duration_since(since) < LANGUAGE_KEPT_FOR;
        if session.language.is_some_and(|(_, since)| !is_fresh(since)) {
            session.language = None;
            session.languages_chosen = 0;
        }
        session.language.map(|(language, _)| language)
    }

    /// Asks for a tip and takes away the sale before, which is another customer's. Returns the question's number.
    ///
    /// # Errors
    /// `not_offered` when the question makes no sense: no offers, too many, or an amount that is none.
    pub(crate) fn ask_tip(&self, mode: Mode, question: TipQuestion) -> Result<u32, Fault> {
        if let Some(problem) = question.problem() {
            return Err(Fault::new(Code::NotOffered, problem));
        }
        let mut session = self.session();
        session.sale = None;
        session.questions_asked = session.questions_asked.wrapping_add(1);
        let ask = session.questions_asked;
        let tip = DisplayTip {
            ask,
            question,
            chosen: None,
        };
        session.tip = Some((mode, tip));
        Ok(ask)
    }

    /// Takes the question away: it was answered or withdrawn.
    pub(crate) fn clear_tip(&self) {
        self.session().tip = None;
    }

    /// Records the customer's choice: `offer`, counted from 0, of question number `ask`.
    ///
    /// # Errors
    /// `not_offered` when another question, or none, is before the customer, or the offer is not among its own.
    pub(crate) fn choose_tip(&self, ask: u32, offer: u32) -> Result<TipChosen, Fault> {
        let mut session = self.session();
        let tip = session.tip.as_mut().map(|(_, tip)| tip);
        let offered = |tip: &&mut DisplayTip| {
            let place = usize::try_from(offer).unwrap_or(usize::MAX);
            tip.ask == ask && place < tip.question.offers.len()
        };
        match tip.filter(offered) {
            Some(tip) => {
                tip.chosen = Some(offer);
                Ok(TipChosen { ask, offer })
            }
            None => Err(Fault::new(
                Code::NotOffered,
                "this tip is not being asked for",
            )),
        }
    }

    /// The question before the customer, if this mode's till asked it.
    pub(super) fn tip(&self, mode: Mode) -> Option<DisplayTip> {
        let session = self.session();
        let tip = session.tip.as_ref().filter(|(of, _)| *of == mode);
        tip.map(|(_, tip)| tip.clone())
    }

    /// The number of the sale before the customer, if it is this mode's.
    pub(crate) fn sale(&self, mode: Mode) -> Option<u32> {
        let sale = self.session().sale.filter(|(of, _)| *of == mode);
        sale.map(|(_, number)| number)
    }

    /// Whether the sale is still shown. A finished one that the cashier has left goes after a while.
    pub(super) fn still_shows_sale(&self, finished_and_left: bool, now: Instant) -> bool {
        let mut session = self.session();
        if !finished_and_left {
            session.left_since = None;
            return true;
        }
        let since = *session.left_since.get_or_insert(now);
        let stays = now.saturating_duration_since(since) < FINISHED_SHOWN_FOR;
        if !stays {
            session.sale = None;
            session.language = None;
            session.languages_chosen = 0;
        }
        stays
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use ringup_core::money::{Currency, Money};

    use super::*;
    use crate::windows::tip::tests::question;

    #[test]
    fn only_the_question_before_the_customer_can_be_answered() {
        let session = DisplaySession::default();
        assert!(session.choose_tip(0, 0).is_err(), "no question");
        let first = session.ask_tip(Mode::Live, question()).expect("asked");
        assert!(session.choose_tip(first, 3).is_err(), "three offers");
        let chosen = session.choose_tip(first, 1).expect("offered");
        assert_eq!(
            chosen,
            TipChosen {
                ask: first,
                offer: 1
            }
        );
        assert_eq!(session.tip(Mode::Live).and_then(|tip| tip.chosen), Some(1));
        assert_eq!(session.tip(Mode::Practice), None);
        let second = session.ask_tip(Mode::Live, question()).expect("asked");
        assert!(session.choose_tip(first, 1).is_err(), "an older question");
        session.choose_tip(second, 2).expect("offered");
        session.clear_tip();
        assert!(session.choose_tip(second, 2).is_err(), "withdrawn");
        let is_refused = |change: &dyn Fn(&mut TipQuestion)| {
            let mut changed = question();
            change(&mut changed);
            session.ask_tip(Mode::Live, changed).is_err()
        };
        assert!(is_refused(&|question| question.offers.clear()));
        let (negative, dollars) = (
            Money::from_minor(-1, Currency::Eur),
            Money::from_minor(1250, Currency::Usd),
        );
        for wrong in [negative, dollars] {
            assert!(is_refused(&|question| question.amount = wrong));
            assert!(is_refused(&|question| question.offers[0].tip = wrong));
            assert!(is_refused(&|question| question.offers[0].total = wrong));
        }
    }

    #[test]
    fn a_language_is_chosen_for_the_sale_that_comes_next_and_not_for_good() {
        let session = DisplaySession::default();
        let now = Instant::now();
        assert_eq!(session.language(now), None);
        session.choose_language(Language::Pl, now).expect("chosen");
        session.ask_tip(Mode::Live, question()).expect("asked");
        assert_eq!(session.language(now), Some(Language::Pl));
        // The sale has it now; the next customer chooses anew.
        session.show_sale(Mode::Live, 7);
        assert_eq!(session.language(now), None);
        session.choose_language(Language::Tr, now).expect("chosen");
        session.show_sale(Mode::Live, 7);
        assert_eq!(session.language(now), Some(Language::Tr), "the same sale");
        session.clear();
        assert_eq!(session.language(now), None);
        session.choose_language(Language::Kk, now).expect("chosen");
        assert_eq!(
            session.language(now + LANGUAGE_KEPT_FOR),
            None,
            "nobody is left"
        );
    }

    #[test]
    fn nobody_fills_the_journal_by_choosing_languages() {
        let session = DisplaySession::default();
        let now = Instant::now();
        session.show_sale(Mode::Live, 7);
        let mut choices = 0_u32;
        while session.choose_language(Language::Pl, now).is_ok() {
            choices += 1;
            session.show_sale(Mode::Live, 7);
            assert!(choices < 1000, "no end");
        }
        assert_eq!(choices, u32::from(MOST_CHOICES));
        session.clear();
        assert!(
            session.choose_language(Language::Pl, now).is_ok(),
            "the next customer"
        );
    }

    #[test]
    fn a_sale_stays_until_it_is_finished_and_left() {
        let session = DisplaySession::default();
        let now = Instant::now();
        session.show_sale(Mode::Live, 7);
        assert_eq!(session.sale(Mode::Live), Some(7));
        assert_eq!(
            session.sale(Mode::Practice),
            None,
            "another till numbers its own sales"
        );
        // Not finished, or finished and still in front of the cashier: no limit.
        assert!(session.still_shows_sale(false, now + FINISHED_SHOWN_FOR * 100));
        assert!(session.still_shows_sale(true, now));
        assert!(session.still_shows_sale(true, now + FINISHED_SHOWN_FOR / 2));
        assert!(!session.still_shows_sale(true, now + FINISHED_SHOWN_FOR));
        assert_eq!(session.sale(Mode::Live), None);
        session.show_sale(Mode::Live, 8);
        session.clear();
        assert_eq!(session.sale(Mode::Live), None);
    }
}
