//! Sells in the till's window as a cashier and a customer do: the amount is typed, the practice gateway is told
//! that the customer paid, and every step is seen on the screen.

use std::time::{Duration, Instant};

use ringup_practice::{Control, InvoiceState};

use super::key_input::KeyInput;
use super::screen_capture::{Capture, Picture, ScreenCapture};
use crate::Failed;

/// Nothing takes longer unless something is wrong.
const TIMEOUT: Duration = Duration::from_secs(30);
const CHECK_EVERY: Duration = Duration::from_millis(5);
/// Between two tries to close the paid screen.
const PRESS_AGAIN: Duration = Duration::from_millis(500);
/// The paid screen differs from the payment screen in more than this part of its pixels.
const PAID_SCREEN_CHANGE: f64 = 0.4;

/// The till's window, with the pad empty, and its gateway.
pub(super) struct TillWindow<'a> {
    pub(super) screen: &'a ScreenCapture,
    pub(super) keys: KeyInput,
    pub(super) control: Control,
    pub(super) empty_pad: Picture,
}

impl TillWindow<'_> {
    /// Makes one sale, and lets it be paid.
    pub(super) fn sell(&mut self) -> Result<(), Failed> {
        let begun = Instant::now();
        self.keys.type_keys("1250")?;
        self.keys.press("Return")?;
        let id = self.open_invoice(begun)?;
        self.pay(&id, begun)?;
        Ok(())
    }

    /// Waits for an open invoice; returns its id.
    pub(super) fn open_invoice(&self, begun: Instant) -> Result<String, Failed> {
        loop {
            let open = self.control.invoices().into_iter();
            if let Some(invoice) = open
                .rev()
                .find(|invoice| matches!(invoice.state, InvoiceState::Waiting { .. }))
            {
                return Ok(invoice.id);
            }
            check_time(begun, "no invoice was opened")?;
            std::thread::sleep(CHECK_EVERY);
        }
    }

    /// Lets the customer pay, waits for the paid screen, and goes back to the pad. How long the paid screen took.
    pub(super) fn pay(&mut self, id: &str, begun: Instant) -> Result<Duration, Failed> {
        let waiting = self.screen.capture()?;
        let paid = Instant::now();
        self.control
            .pay(id)
            .map_err(|error| Failed::Other(error.to_string()))?;
        while changed_part(&waiting, &self.screen.capture()?) < PAID_SCREEN_CHANGE {
            check_time(begun, "the paid screen does not come")?;
            std::thread::sleep(CHECK_EVERY);
        }
        let took = paid.elapsed();
        // The paid screen ignores keys in its first moment. On the pad, the same key makes a key of the pad
        // flash, which is over before the next try.
        loop {
            self.keys.press("Escape")?;
            let pressed = Instant::now();
            while pressed.elapsed() < PRESS_AGAIN {
                if self.empty_pad.is_in(&self.screen.capture()?) {
                    return Ok(took);
                }
                std::thread::sleep(CHECK_EVERY);
            }
            check_time(begun, "the pad does not come back")?;
        }
    }
}

fn check_time(begun: Instant, failure: &str) -> Result<(), Failed> {
    if begun.elapsed() > TIMEOUT {
        return Err(Failed::Other(failure.to_owned()));
    }
    Ok(())
}

/// The part of the pixels that differ, from 0 to 1.
fn changed_part(then: &Capture, now: &Capture) -> f64 {
    let both = then.pixels().iter().zip(now.pixels());
    let changed = both.filter(|(then, now)| then != now).count();
    changed as f64 / then.pixels().len().max(1) as f64
}
