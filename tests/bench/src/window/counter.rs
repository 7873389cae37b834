//! The till's window with a cashier and customers: sales through the keyboard, paid at the practice
//! gateway, seen on the screen.

use std::time::{Duration, Instant};

use ringup_practice::{Control, Stage};

use super::eye::{Eye, Picture, Seen};
use super::hand::Hand;
use crate::Failed;

/// Longer than anything may take: there is something wrong.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// Between two tries to put the paid screen away.
const AGAIN: Duration = Duration::from_millis(500);
/// The paid screen is another colour all over.
const MOST: f64 = 0.4;

/// A counter.
pub(super) struct Counter<'a> {
    pub(super) eye: &'a Eye,
    pub(super) hand: Hand,
    pub(super) control: Control,
    /// The empty pad.
    pub(super) pad: Picture,
}

impl Counter<'_> {
    /// One sale, paid.
    pub(super) fn sells(&mut self) -> Result<(), Failed> {
        let begun = Instant::now();
        self.hand.types("1250")?;
        self.hand.press("Return")?;
        let id = self.invoice(begun)?;
        self.is_paid(&id, begun)
    }

    /// The invoice that was opened since.
    pub(super) fn invoice(&self, begun: Instant) -> Result<String, Failed> {
        loop {
            let open = self.control.invoices().into_iter();
            if let Some(invoice) = open
                .rev()
                .find(|invoice| matches!(invoice.stage, Stage::Waiting { .. }))
            {
                return Ok(invoice.id);
            }
            patient(begun, "no invoice was opened")?;
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// The customer pays; the cashier sees it and goes back to the pad.
    pub(super) fn is_paid(&mut self, id: &str, begun: Instant) -> Result<(), Failed> {
        let waiting = self.eye.look()?;
        self.control
            .pay(id)
            .map_err(|error| Failed::Other(error.to_string()))?;
        while changed(&waiting, &self.eye.look()?) < MOST {
            patient(begun, "no sale is seen to be paid")?;
            std::thread::sleep(LOOK_EVERY);
        }
        // It takes no key in its first moment. On the pad the same key flashes another, which is over again
        // before the next try.
        loop {
            self.hand.press("Escape")?;
            let pressed = Instant::now();
            while pressed.elapsed() < AGAIN {
                if self.pad.is_in(&self.eye.look()?) {
                    return Ok(());
                }
                std::thread::sleep(LOOK_EVERY);
            }
            patient(begun, "the pad does not come back")?;
        }
    }
}

fn patient(begun: Instant, what: &str) -> Result<(), Failed> {
    if begun.elapsed() > PATIENCE {
        return Err(Failed::Other(what.to_owned()));
    }
    Ok(())
}

/// The part of what is seen that is another.
fn changed(then: &Seen, now: &Seen) -> f64 {
    let both = then.pixels().iter().zip(now.pixels());
    let other = both.filter(|(then, now)| then != now).count();
    other as f64 / then.pixels().len().max(1) as f64
}
