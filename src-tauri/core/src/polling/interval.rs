//! How long an invoice waits for its next question, were there no other. Pure: times come in as values.

use crate::clock::UnixMs;
use crate::journal::{PollStage, WatchedInvoice};

const SECOND_MS: u64 = 1000;
const MINUTE_MS: u64 = 60 * SECOND_MS;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const FIFTEEN_MINUTES_MS: u64 = 15 * MINUTE_MS;

/// After the end, a late payment is looked for at these ages, then hourly (gateway.md, row *`end`,
/// then `is_paid` later*).
const AFTER_END_MS: [u64; 3] = [30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS];
/// Settlement is nobody's hurry.
const SETTLEMENT_MS: u64 = 30 * MINUTE_MS;
/// The pace that the steps above are written for (gateway.md, *POST /invoice/info*). On a gateway of
/// one's own machine that may be asked faster, they come faster in the same proportion.
pub(super) const PUBLISHED_PACE_MS: u64 = 5 * SECOND_MS;
/// Failures slow the asking to this and no further: money may be waiting.
const SLOWEST_AFTER_FAILURES_MS: u64 = MINUTE_MS;
/// A look for a late payment that failed is made up for within this, not at the next hour.
const SLOWEST_AFTER_END_MS: u64 = 10 * MINUTE_MS;
/// The doubling stops here.
const MOST_DOUBLINGS: u32 = 7;
/// Who picked a coin pays within about this, or went away.
const PAYING_MS: u64 = 5 * MINUTE_MS;

/// What this process knows of the asking about one invoice. Times are milliseconds on a clock that
/// only goes forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PollHistory {
    pub(super) asked: Option<LastPoll>,
    /// Due since then whatever its wait: never asked about, or roused by a wake or by a network that
    /// came back.
    pub(super) due_since_ms: Option<u64>,
    /// Calls without an answer since the last one that had one.
    pub(super) failures: u32,
    /// The gateway asked not to be asked before this.
    pub(super) not_before_ms: u64,
    /// When the customer was first seen to have picked a coin.
    pub(super) chosen_ms: Option<u64>,
}

/// What the next question counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LastPoll {
    /// When the question was sent, or when it was known to have failed.
    pub(super) at_ms: u64,
    /// 0 to 100: where in its span the next question falls, so that tills do not march in step.
    pub(super) jitter_percent: u64,
}

impl PollHistory {
    /// Of an invoice that is met for the first time.
    pub(super) fn new(now_ms: u64) -> Self {
        Self {
            asked: None,
            due_since_ms: Some(now_ms),
            failures: 0,
            not_before_ms: 0,
            chosen_ms: None,
        }
    }

    /// It is due now, or was before.
    pub(super) fn make_due(&mut self, now_ms: u64) {
        self.due_since_ms.get_or_insert(now_ms);
    }
}

/// Who stands before an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visibility {
    /// It is on the cashier's screen.
    OnScreen,
    /// It is not.
    Background,
}

/// When an invoice wants to be asked about, and how urgently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PollDue {
    /// On the forward clock.
    pub(super) due_ms: u64,
    /// The wait that it is content with, without jitter.
    pub(super) wait_ms: u64,
}

/// The wish of an invoice; none while there is nothing to ask about.
pub(super) fn poll_due(
    watched: &WatchedInvoice,
    history: &PollHistory,
    place: Visibility,
    now: UnixMs,
    now_ms: u64,
    pace_ms: u64,
) -> Option<PollDue> {
    let wait_ms = match watched.stage {
        PollStage::Requesting => return None,
        PollStage::Open => {
            let wait_ms = open_ms(watched, history, place, now, now_ms, pace_ms);
            after_failures(wait_ms, history, pace_ms)
        }
        PollStage::Ended { at } => {
            let ago_ms = |asked: LastPoll| now_ms.saturating_sub(asked.at_ms);
            let asked_ago_ms = history.asked.map_or(0, ago_ms);
            let asked_at_age = since(now, at).saturating_sub(asked_ago_ms);
            // In the measure of the published pace, and back.
            let age = asked_at_age.saturating_mul(PUBLISHED_PACE_MS) / pace_ms.max(1);
            let step_ms = scaled(after_end_ms(age) - age, pace_ms);
            match history.failures {
                0 => step_ms..=later(step_ms),
                failures => {
                    let again = doubled(pace_ms, failures).min(SLOWEST_AFTER_END_MS);
                    let again = again.min(step_ms);
                    pace_ms.min(again)..=later(again)
                }
            }
        }
        PollStage::Paid => {
            let wait_ms = scaled(SETTLEMENT_MS, pace_ms);
            after_failures(wait_ms, history, pace_ms)
        }
    };
    let waited_ms = history.asked.map(|asked| {
        let span_ms = wait_ms.end() - wait_ms.start();
        let jitter_ms = span_ms.saturating_mul(asked.jitter_percent.min(100)) / 100;
        asked.at_ms.saturating_add(wait_ms.start() + jitter_ms)
    });
    let due_ms = waited_ms.into_iter().chain(history.due_since_ms).min();
    Some(PollDue {
        due_ms: due_ms.unwrap_or(0).max(history.not_before_ms),
        wait_ms: (wait_ms.start() / 2 + wait_ms.end() / 2).max(1),
    })
}

/// An invoice that may be paid at any moment: the nearer its customer, the sooner.
fn open_ms(
    watched: &WatchedInvoice,
    history: &PollHistory,
    place: Visibility,
    now: UnixMs,
    now_ms: u64,
    pace_ms: u64,
) -> u64 {
    let age_ms = since(now, watched.requested_at);
    let paying = |chosen_ms: u64| now_ms.saturating_sub(chosen_ms) < scaled(PAYING_MS, pace_ms);
    let paces = match place {
        // A sale may be left on a screen overnight.
        Visibility::OnScreen if age_ms < HOUR_MS => 1,
        Visibility::OnScreen => 3,
        Visibility::Background if history.chosen_ms.is_some_and(paying) => 1,
        Visibility::Background if age_ms < FIFTEEN_MINUTES_MS => 2,
        Visibility::Background if age_ms < HOUR_MS => 6,
        // A customer who has not paid for an hour has most likely left.
        Visibility::Background => 12,
    };
    pace_ms.saturating_mul(paces)
}

/// A tenth either way; after failures anywhere between that and the doubled wait.
fn after_failures(
    wait_ms: u64,
    history: &PollHistory,
    pace_ms: u64,
) -> std::ops::RangeInclusive<u64> {
    let slowed_ms = match history.failures {
        0 => wait_ms,
        failures => doubled(pace_ms, failures)
            .min(SLOWEST_AFTER_FAILURES_MS)
            .max(wait_ms),
    };
    wait_ms - wait_ms / 10..=later(slowed_ms)
}

fn doubled(pace_ms: u64, failures: u32) -> u64 {
    pace_ms.saturating_mul(1 << failures.min(MOST_DOUBLINGS))
}

/// A tenth more: a step is never missed by asking before it.
fn later(wait_ms: u64) -> u64 {
    wait_ms.saturating_add(wait_ms / 10)
}

/// The first age to ask at that is later than `age_ms`.
fn after_end_ms(age_ms: u64) -> u64 {
    AFTER_END_MS
        .into_iter()
        .find(|step| *step > age_ms)
        .unwrap_or_else(|| (age_ms / HOUR_MS + 1).saturating_mul(HOUR_MS))
}

/// A time that is written for the published pace, at this pace.
pub(super) fn scaled(ms: u64, pace_ms: u64) -> u64 {
    (ms.saturating_mul(pace_ms) / PUBLISHED_PACE_MS).max(1)
}

/// Milliseconds from `then` to `now`; none when the clock went back.
fn since(now: UnixMs, then: UnixMs) -> u64 {
    u64::try_from(now.0.saturating_sub(then.0)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AttemptNumber, InvoiceId, SaleId, SaleNumber};

    const PACE_MS: u64 = 5000;
    const NOW_MS: u64 = 1_000_000;

    fn watched(stage: PollStage) -> WatchedInvoice {
        WatchedInvoice {
            sale: SaleId::new(),
            number: SaleNumber(1),
            attempt: AttemptNumber(1),
            invoice_id: Some(InvoiceId("i".into())),
            requested_at: UnixMs(0),
            stage,
        }
    }

    fn asked(at_ms: u64, failures: u32, jitter_percent: u64) -> PollHistory {
        PollHistory {
            asked: Some(LastPoll {
                at_ms,
                jitter_percent,
            }),
            due_since_ms: None,
            failures,
            ..PollHistory::new(0)
        }
    }

    /// The wait of an invoice of this age that was asked about just now.
    fn wait_s(stage: PollStage, place: Visibility, age_s: i64, history: &PollHistory) -> u64 {
        let now = UnixMs(age_s * 1000);
        let wish = poll_due(&watched(stage), history, place, now, NOW_MS, PACE_MS);
        (wish.expect("there is an invoice").due_ms - NOW_MS) / 1000
    }

    #[test]
    fn the_nearer_the_customer_the_sooner() {
        let history = asked(NOW_MS, 0, 50);
        let chosen = |ago_ms| PollHistory {
            chosen_ms: Some(NOW_MS - ago_ms),
            ..history
        };
        let aside = |age_s, history: PollHistory| {
            wait_s(PollStage::Open, Visibility::Background, age_s, &history)
        };
        let on_screen = |age_s| wait_s(PollStage::Open, Visibility::OnScreen, age_s, &history);
        assert_eq!((on_screen(0), on_screen(3599)), (5, 5));
        assert_eq!(on_screen(3601), 15);
        assert_eq!(aside(600, chosen(60_000)), 5);
        assert_eq!(aside(600, chosen(301_000)), 10);
        assert_eq!(aside(0, history), 10);
        assert_eq!(aside(16 * 60, history), 30);
        assert_eq!(aside(2 * 3600, history), 60);
    }

    #[test]
    fn failures_slow_down_to_a_minute_and_no_further() {
        let waits = |jitter| -> Vec<_> {
            let wait = |failures| {
                let history = asked(NOW_MS, failures, jitter);
                wait_s(PollStage::Open, Visibility::OnScreen, 0, &history)
            };
            (0..8).map(wait).collect()
        };
        assert_eq!(waits(100), [5, 11, 22, 44, 66, 66, 66, 66]);
        assert_eq!(waits(0), [4; 8], "jitter is over the whole of it");
    }

    #[test]
    fn late_payments_are_looked_for_as_the_rule_says() {
        for jitter in [0, 50, 100] {
            let (mut age_s, end) = (0, PollStage::Ended { at: UnixMs(0) });
            let mut ages = Vec::new();
            while ages.len() < 6 {
                let now = i64::try_from(age_s).expect("small");
                age_s += wait_s(end, Visibility::Background, now, &asked(NOW_MS, 0, jitter));
                ages.push(age_s);
            }
            let steps = [30, 120, 600, 3600, 7200, 10_800];
            for (age, step) in ages.iter().zip(steps) {
                assert!((step..=step + step / 10 + 1).contains(age), "{ages:?}");
            }
        }
    }

    #[test]
    fn a_look_for_a_late_payment_that_failed_is_made_up_for() {
        let ended = PollStage::Ended { at: UnixMs(0) };
        let wait = |failures| {
            let history = asked(NOW_MS, failures, 100);
            wait_s(ended, Visibility::Background, 2 * 3600, &history)
        };
        assert_eq!((wait(0), wait(1), wait(3)), (3960, 11, 44));
        assert_eq!(wait(100), 660, "and no later than this");
    }

    #[test]
    fn settlement_is_nobodys_hurry() {
        let history = asked(NOW_MS, 0, 50);
        assert_eq!(
            wait_s(PollStage::Paid, Visibility::OnScreen, 0, &history),
            30 * 60
        );
    }
}
