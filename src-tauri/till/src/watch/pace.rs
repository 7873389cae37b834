//! When the gateway is next asked about an invoice. Pure: times come in as values.

use crate::clock::UnixMs;
use crate::journal::{Stage, Watched};

const SECOND_MS: u64 = 1000;
const MINUTE_MS: u64 = 60 * SECOND_MS;
const HOUR_MS: u64 = 60 * MINUTE_MS;

/// After the end, a late payment is looked for at these ages, then hourly (gateway.md, row *`end`,
/// then `is_paid` later*).
const AFTER_END_MS: [u64; 3] = [30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS];
/// Settlement is nobody's hurry.
const SETTLEMENT_MS: u64 = 30 * MINUTE_MS;
/// The pace that the steps above are written for. On a gateway of one's own machine that may be asked
/// faster, they come faster in the same proportion.
const PUBLISHED_PACE_MS: u64 = 5 * SECOND_MS;
/// Failures slow the asking to this and no further: money may be waiting.
const SLOWEST_AFTER_FAILURES_MS: u64 = MINUTE_MS;
/// The doubling stops here.
const MOST_DOUBLINGS: u32 = 4;

/// What this process has asked about an invoice. Times are milliseconds on a clock that only goes
/// forward.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct History {
    /// When the last call was sent.
    pub asked_ms: Option<u64>,
    /// Calls without an answer since the last one that had one.
    pub failures: u32,
    /// The gateway asked not to be asked before this.
    pub not_before_ms: u64,
}

/// When to ask next, on the clock of `now_ms`; at once when this process has never asked.
///
/// `pace_ms` is the pace of an invoice that a customer stands before; `jitter_percent` (0 to 100)
/// spreads calls over nine to eleven tenths of the wait.
pub fn due_ms(
    watched: &Watched,
    history: &History,
    now: UnixMs,
    now_ms: u64,
    pace_ms: u64,
    jitter_percent: u64,
) -> u64 {
    let Some(asked_ms) = history.asked_ms else {
        return history.not_before_ms;
    };
    let wait_ms = match watched.stage {
        // Nothing to ask about until there is an invoice.
        Stage::Requesting => return u64::MAX,
        Stage::Open => pace_ms * slower_with_age(since(now, watched.requested_at)),
        Stage::Ended { at } => {
            let asked_at_age = since(now, at).saturating_sub(now_ms.saturating_sub(asked_ms));
            // In the measure of the published pace, and back.
            let age = asked_at_age.saturating_mul(PUBLISHED_PACE_MS) / pace_ms.max(1);
            scaled(after_end_ms(age) - age, pace_ms)
        }
        Stage::Paid => scaled(SETTLEMENT_MS, pace_ms),
    };
    let wait_ms = if history.failures == 0 {
        wait_ms
    } else {
        let doubled = pace_ms << history.failures.min(MOST_DOUBLINGS);
        wait_ms.max(doubled.min(SLOWEST_AFTER_FAILURES_MS))
    };
    let jittered_ms = wait_ms - wait_ms / 10 + wait_ms / 5 * jitter_percent.min(100) / 100;
    asked_ms
        .saturating_add(jittered_ms)
        .max(history.not_before_ms)
}

/// A customer who has not paid for an hour has most likely left.
fn slower_with_age(age_ms: u64) -> u64 {
    match age_ms {
        0..FIFTEEN_MINUTES_MS => 1,
        FIFTEEN_MINUTES_MS..HOUR_MS => 3,
        _ => 12,
    }
}
const FIFTEEN_MINUTES_MS: u64 = 15 * MINUTE_MS;

/// The first age to ask at that is later than `age_ms`.
fn after_end_ms(age_ms: u64) -> u64 {
    AFTER_END_MS
        .into_iter()
        .find(|step| *step > age_ms)
        .unwrap_or_else(|| (age_ms / HOUR_MS + 1) * HOUR_MS)
}

fn scaled(ms: u64, pace_ms: u64) -> u64 {
    (ms.saturating_mul(pace_ms) / PUBLISHED_PACE_MS).max(1)
}

/// Milliseconds from `then` to `now`; none when the clock went back.
fn since(now: UnixMs, then: UnixMs) -> u64 {
    u64::try_from(now.0.saturating_sub(then.0)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ids::{AttemptNumber, InvoiceId, SaleId, SaleNumber};

    const PACE_MS: u64 = 5000;

    fn watched(stage: Stage, requested_at: i64) -> Watched {
        Watched {
            sale: SaleId::new(),
            number: SaleNumber(1),
            attempt: AttemptNumber(1),
            invoice_id: Some(InvoiceId("i".into())),
            requested_at: UnixMs(requested_at),
            stage,
        }
    }

    fn asked(at_ms: u64, failures: u32) -> History {
        History {
            asked_ms: Some(at_ms),
            failures,
            not_before_ms: 0,
        }
    }

    fn wait_s(stage: Stage, age_s: i64, failures: u32) -> u64 {
        let now_ms = 1_000_000;
        let due = due_ms(
            &watched(stage, 0),
            &asked(now_ms, failures),
            UnixMs(age_s * 1000),
            now_ms,
            PACE_MS,
            50,
        );
        (due - now_ms) / 1000
    }

    #[test]
    fn a_waiting_customer_is_asked_about_every_five_seconds() {
        assert_eq!(wait_s(Stage::Open, 0, 0), 5);
        assert_eq!(wait_s(Stage::Open, 14 * 60, 0), 5);
        assert_eq!(wait_s(Stage::Open, 16 * 60, 0), 15);
        assert_eq!(wait_s(Stage::Open, 2 * 3600, 0), 60);
    }

    #[test]
    fn failures_slow_down_to_a_minute_and_no_further() {
        let waits: Vec<_> = (0..8)
            .map(|failures| wait_s(Stage::Open, 0, failures))
            .collect();
        assert_eq!(waits, [5, 10, 20, 40, 60, 60, 60, 60]);
    }

    #[test]
    fn late_payments_are_looked_for_as_the_rule_says() {
        let mut ages = Vec::new();
        let (mut age_s, end) = (0, Stage::Ended { at: UnixMs(0) });
        while age_s < 4 * 3600 {
            let now_ms = 1000 * age_s;
            let due = due_ms(
                &watched(end, 0),
                &asked(now_ms, 0),
                UnixMs(i64::try_from(now_ms).expect("small")),
                now_ms,
                PACE_MS,
                50,
            );
            age_s = due / 1000;
            ages.push(age_s);
        }
        assert_eq!(ages, [30, 120, 600, 3600, 7200, 10_800, 14_400]);
    }

    proptest! {
        #[test]
        fn an_open_invoice_is_always_asked_about_again(
            age_ms in -10_000_000..10_000_000_000_i64,
            now_ms in 0..10_000_000_000_u64,
            waited_ms in 0..10_000_000_u64,
            failures in 0..u32::MAX,
            jitter in 0..=100_u64,
        ) {
            let history = asked(now_ms.saturating_sub(waited_ms), failures);
            let due = due_ms(&watched(Stage::Open, 0), &history, UnixMs(age_ms), now_ms, PACE_MS, jitter);
            let asked_ms = history.asked_ms.unwrap_or(0);
            prop_assert!(due >= asked_ms + PACE_MS * 9 / 10, "never faster than the published pace, less jitter");
            prop_assert!(due <= asked_ms + 66_000, "never slower than about a minute");
        }

        #[test]
        fn the_gateways_wish_is_kept(until in 0..10_000_000_u64, asked_ms in prop::option::of(0..10_000_000_u64)) {
            let history = History { asked_ms, failures: 1, not_before_ms: until };
            let due = due_ms(&watched(Stage::Open, 0), &history, UnixMs(0), 0, PACE_MS, 0);
            prop_assert!(due >= until);
        }

        #[test]
        fn the_watch_after_the_end_goes_on(age_ms in 0..86_400_000_i64, waited_ms in 0..3_600_000_u64) {
            let now_ms = 100_000_000;
            let history = asked(now_ms - waited_ms, 0);
            let due = due_ms(&watched(Stage::Ended { at: UnixMs(0) }, 0), &history, UnixMs(age_ms), now_ms, PACE_MS, 100);
            prop_assert!(due <= now_ms - waited_ms + 2 * HOUR_MS);
        }
    }
}
