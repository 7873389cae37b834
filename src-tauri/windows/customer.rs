//! What is before the customer: the sale that was last put there, or the question for a tip.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ringup_core::error::{Code, Fault};

use super::tip::{DisplayTip, TipChosen, TipQuestion};
use crate::counter::Mode;

/// How long a sale that is over stays before the customer once the cashier is elsewhere.
const OVER_SHOWN: Duration = Duration::from_secs(20);

/// What is before the customer: it stays there while the cashier looks something up.
#[derive(Default)]
pub(crate) struct Customer(Mutex<Before>);

#[derive(Default)]
struct Before {
    sale: Option<(Mode, u32)>,
    /// Since when it is over with nobody at the till looking at it.
    over_since: Option<Instant>,
    tip: Option<(Mode, DisplayTip)>,
    asks: u32,
}

impl Customer {
    /// This sale is put before the customer.
    pub(crate) fn put(&self, mode: Mode, number: u32) {
        let mut before = self.before();
        before.sale = Some((mode, number));
        before.over_since = None;
        before.tip = None;
    }

    /// The cashier goes on to the next sale.
    pub(crate) fn leave(&self) {
        let mut before = self.before();
        before.sale = None;
        before.tip = None;
    }

    /// A tip is asked for: the sale before is another customer's. Gives the number of the question.
    pub(crate) fn ask(&self, mode: Mode, question: TipQuestion) -> Result<u32, Fault> {
        if let Some(problem) = question.problem() {
            return Err(Fault::new(Code::NotOffered, problem));
        }
        let mut before = self.before();
        before.sale = None;
        before.asks = before.asks.wrapping_add(1);
        let ask = before.asks;
        let tip = DisplayTip {
            ask,
            question,
            chosen: None,
        };
        before.tip = Some((mode, tip));
        Ok(ask)
    }

    /// The question is answered, or taken back.
    pub(crate) fn asked(&self) {
        self.before().tip = None;
    }

    /// The customer's answer to the question that stands before them now.
    pub(crate) fn choose(&self, ask: u32, offer: u32) -> Result<TipChosen, Fault> {
        let mut before = self.before();
        let tip = before.tip.as_mut().map(|(_, tip)| tip);
        let offered = |tip: &&mut DisplayTip| {
            let place = usize::try_from(offer).unwrap_or(usize::MAX);
            tip.ask == ask && place < tip.question.offers.len()
        };
        match tip.filter(offered) {
            Some(tip) => {
                tip.chosen = Some(offer);
                Ok(TipChosen { ask, offer })
            }
            None => Err(Fault::new(Code::NotOffered, "nobody asks for this tip")),
        }
    }

    pub(super) fn tip(&self, mode: Mode) -> Option<DisplayTip> {
        let before = self.before();
        let tip = before.tip.as_ref().filter(|(of, _)| *of == mode);
        tip.map(|(_, tip)| tip.clone())
    }

    pub(super) fn sale(&self, mode: Mode) -> Option<u32> {
        let sale = self.before().sale.filter(|(of, _)| *of == mode);
        sale.map(|(_, number)| number)
    }

    /// Whether the sale is still shown; one that is over and that nobody looks at goes after a while.
    pub(super) fn stays(&self, over_and_left: bool, now: Instant) -> bool {
        let mut before = self.before();
        if !over_and_left {
            before.over_since = None;
            return true;
        }
        let since = *before.over_since.get_or_insert(now);
        let stays = now.saturating_duration_since(since) < OVER_SHOWN;
        if !stays {
            before.sale = None;
        }
        stays
    }

    fn before(&self) -> MutexGuard<'_, Before> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::windows::tip::tests::question;

    #[test]
    fn the_customer_answers_the_question_before_them_and_no_other() {
        let customer = Customer::default();
        assert!(customer.choose(0, 0).is_err(), "nothing is asked");
        let first = customer.ask(Mode::Live, question()).expect("asked");
        assert!(customer.choose(first, 3).is_err(), "there are three");
        let chosen = customer.choose(first, 1).expect("offered");
        assert_eq!(
            chosen,
            TipChosen {
                ask: first,
                offer: 1
            }
        );
        assert_eq!(customer.tip(Mode::Live).and_then(|tip| tip.chosen), Some(1));
        assert_eq!(customer.tip(Mode::Practice), None);
        let second = customer.ask(Mode::Live, question()).expect("asked");
        assert!(customer.choose(first, 1).is_err(), "that was another sale");
        customer.choose(second, 2).expect("offered");
        customer.asked();
        assert!(customer.choose(second, 2).is_err(), "it is charged");
        let strange = |change: fn(&mut TipQuestion)| {
            let mut strange = question();
            change(&mut strange);
            customer.ask(Mode::Live, strange).is_err()
        };
        assert!(strange(|question| question.offers.clear()));
        assert!(strange(|question| question.amount = "twelve".to_owned()));
        assert!(strange(|question| question.offers[0].tip = "-1".to_owned()));
    }

    #[test]
    fn a_sale_stays_before_its_customer_until_it_is_over_and_left() {
        let customer = Customer::default();
        let now = Instant::now();
        customer.put(Mode::Live, 7);
        assert_eq!(customer.sale(Mode::Live), Some(7));
        assert_eq!(customer.sale(Mode::Practice), None, "another till's number");
        // Under way, or over and in front of the cashier: as long as it takes.
        assert!(customer.stays(false, now + OVER_SHOWN * 100));
        assert!(customer.stays(true, now));
        assert!(customer.stays(true, now + OVER_SHOWN / 2));
        assert!(!customer.stays(true, now + OVER_SHOWN));
        assert_eq!(customer.sale(Mode::Live), None);
        customer.put(Mode::Live, 8);
        customer.leave();
        assert_eq!(customer.sale(Mode::Live), None);
    }
}
