//! When the next batch is sent: a pure rule. After a failure the till waits a random time that is longer with each
//! (exponential backoff with full jitter), so that five hundred tills do not come back to a restarted office in one second.

use std::time::Duration;

/// The longest wait after the first failure; it doubles with each.
const FIRST: Duration = Duration::from_secs(1);
/// The longest wait of all.
const LONGEST: Duration = Duration::from_secs(300);
/// How long a till that was refused for good waits: a person has to do something at the office.
const REFUSED: Duration = Duration::from_secs(3600);
/// How long a till waits about whose journal somebody has to decide at the office.
const UNDECIDED: Duration = Duration::from_secs(120);
/// How long a till that has sent everything waits before it looks into its journal again.
const IDLE: Duration = Duration::from_secs(1);

/// What came of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It was taken, and there may be more.
    Taken,
    /// There was nothing to send.
    Nothing,
    /// There was no answer, or one that says to come again, perhaps after this time.
    Later(Option<Duration>),
    /// The office holds another journal of this till, and keeps this one beside it until somebody decides.
    Undecided,
    /// The office does not take this till's entries.
    Refused,
}

/// How often sending has failed in a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// How long to wait after this reply. `random` is drawn evenly from all `u32`.
    pub fn wait(&mut self, reply: Reply, random: u32) -> Duration {
        self.failures = match reply {
            Reply::Later(_) => self.failures.saturating_add(1),
            Reply::Refused | Reply::Undecided => self.failures,
            Reply::Taken | Reply::Nothing => 0,
        };
        match reply {
            Reply::Taken => Duration::ZERO,
            Reply::Nothing => IDLE,
            Reply::Undecided => share(UNDECIDED / 2, random) + UNDECIDED / 2,
            Reply::Refused => share(REFUSED / 2, random) + REFUSED / 2,
            Reply::Later(at_least) => {
                let doubled = 2_u32.saturating_pow(self.failures.saturating_sub(1).min(16));
                let ceiling = FIRST.saturating_mul(doubled).min(LONGEST);
                share(ceiling, random).saturating_add(at_least.unwrap_or_default().min(REFUSED))
            }
        }
    }
}

/// The share of a time that `random` is of all `u32`.
fn share(time: Duration, random: u32) -> Duration {
    let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis((ms.saturating_mul(u64::from(random))) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_five_minutes_and_begin_anew_after_an_answer() {
        let mut backoff = Backoff::default();
        let waits: Vec<_> = (0..12)
            .map(|_| backoff.wait(Reply::Later(None), u32::MAX).as_millis())
            .collect();
        assert_eq!(waits.get(..4), Some(&[999, 1999, 3999, 7999][..]));
        assert_eq!(waits.last(), Some(&299_999));
        assert_eq!(backoff.wait(Reply::Taken, 5), Duration::ZERO);
        assert!(backoff.wait(Reply::Later(None), u32::MAX) <= FIRST);
    }

    #[test]
    fn a_wait_is_anywhere_between_nothing_and_its_ceiling() {
        for (random, ms) in [(0, 0), (1 << 31, 500), (1 << 30, 250)] {
            let wait = Backoff::default().wait(Reply::Later(None), random);
            assert_eq!(wait, Duration::from_millis(ms));
        }
    }

    #[test]
    fn what_the_office_asks_for_is_kept_and_bounded() {
        let asked = |seconds| {
            let reply = Reply::Later(Some(Duration::from_secs(seconds)));
            Backoff::default().wait(reply, 0)
        };
        assert_eq!(asked(7), Duration::from_secs(7));
        assert_eq!(asked(u64::MAX), REFUSED);
        let refused = Backoff::default().wait(Reply::Refused, 0);
        assert_eq!(refused, REFUSED / 2);
        // Somebody may decide at any moment.
        let undecided = Backoff::default().wait(Reply::Undecided, 0);
        assert_eq!(undecided, UNDECIDED / 2);
    }
}
