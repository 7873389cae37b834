//! How long one invoice waits until it is polled again, if it were the only one. Pure: times come in as values.

use std::ops::RangeInclusive;

use super::rate_limit::Budget;
use crate::clock::UnixMs;
use crate::journal::{PollStage, WatchedInvoice};

const SECOND_MS: u64 = 1000;
const MINUTE_MS: u64 = 60 * SECOND_MS;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const FIFTEEN_MINUTES_MS: u64 = 15 * MINUTE_MS;

/// The ages after its end at which an invoice is polled for a late payment; after these, hourly
/// (docs/gateway.md, row *`end`, then `is_paid` later*).
const AFTER_END_MS: [u64; 3] = [30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS];
/// Settlement is polled every 30 minutes.
const SETTLEMENT_MS: u64 = 30 * MINUTE_MS;
/// A payment that seems to be taken back is polled this often; three answers over ten minutes decide.
const DOUBT_MS: u64 = 5 * MINUTE_MS;
/// An invoice that the gateway does not answer for with this key is polled this often.
const REFUSED_MS: u64 = HOUR_MS;
/// The pace that all times here are written for (docs/gateway.md, *POST /invoice/info*). On a gateway that
/// may be polled faster, they shrink in the same proportion.
pub(super) const PUBLISHED_PACE_MS: u64 = 5 * SECOND_MS;
/// The longest wait after failures: money may have come meanwhile.
const MAX_WAIT_AFTER_FAILURES_MS: u64 = MINUTE_MS;
/// The longest wait after a poll for a late payment that failed.
const MAX_WAIT_AFTER_FAILURES_ONCE_ENDED_MS: u64 = 10 * MINUTE_MS;
const MAX_DOUBLINGS: u32 = 7;
/// A hint after one that was in vain is followed after so long at the earliest; each more in vain doubles it, so often.
const HINT_GAP_MS: u64 = SECOND_MS;
const MAX_HINT_DOUBLINGS: u32 = 6;
/// A customer who has picked a coin pays within about this time, or has left.
const PAYING_MS: u64 = 5 * MINUTE_MS;

/// What this process remembers of polling one invoice. Times are milliseconds on the forward clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PollHistory {
    pub(super) last_poll: Option<LastPoll>,
    /// Due since then whatever its wait: it was never polled, or a wake or a network that came back made it due.
    pub(super) due_since_ms: Option<u64>,
    /// Polls without an answer since the last one that had one.
    pub(super) failures: u32,
    /// The gateway asked not to be polled before this.
    pub(super) not_before_ms: u64,
    /// When the till first heard that the customer had picked a coin.
    pub(super) coin_chosen_ms: Option<u64>,
    /// The last answer contradicted the payment.
    pub(super) in_doubt: bool,
    pub(super) refusal: Refusal,
    /// When the office hinted at it; `None` once it was polled since.
    pub(super) hinted_ms: Option<u64>,
    /// Polls on a hint since the last one that had news.
    pub(super) hints_in_vain: u32,
}

/// Whether the gateway refuses to answer about an invoice with this key (HTTP 401, 403).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It answers, or was not asked.
    None,
    /// It refused, and has accepted the key for nothing since: the key may be to blame.
    Unexplained,
    /// It refused, and accepted the same key for something else: the invoice is another account's.
    OfThisInvoice,
}

/// What the wait until the next poll counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LastPoll {
    /// When the poll was sent, or when it was known to have failed.
    pub(super) at_ms: u64,
    /// 0 to 100: where in its range the next wait falls, so that several tills do not poll in step.
    pub(super) jitter_percent: u64,
}

impl PollHistory {
    /// The history of an invoice that is seen for the first time.
    pub(super) fn new(now_ms: u64) -> Self {
        Self {
            last_poll: None,
            due_since_ms: Some(now_ms),
            failures: 0,
            not_before_ms: 0,
            coin_chosen_ms: None,
            in_doubt: false,
            refusal: Refusal::None,
            hinted_ms: None,
            hints_in_vain: 0,
        }
    }

    /// Makes the invoice due now, unless it was due before.
    pub(super) fn make_due(&mut self, now_ms: u64) {
        self.due_since_ms.get_or_insert(now_ms);
    }
}

/// Whether the cashier sees an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visibility {
    OnScreen,
    Background,
    /// In the background of one whose customer is paying in front of the cashier.
    BehindPayer,
}

/// When an invoice is to be polled, and how urgently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PollDue {
    /// When, on the forward clock.
    pub(super) due_ms: u64,
    /// The wait between two of its polls, without jitter: the shorter, the more urgent.
    pub(super) wait_ms: u64,
    /// When it may be polled already, if nobody else needs the call; `None`: not before it is due.
    pub(super) early_ms: Option<u64>,
}

/// When an invoice is to be polled; `None` while it has no id to ask for. `others` is how many calls of a window the
/// others need.
pub(super) fn poll_due(
    watched: &WatchedInvoice,
    history: &PollHistory,
    visibility: Visibility,
    now: UnixMs,
    now_ms: u64,
    (budget, others): (Budget, u64),
) -> Option<PollDue> {
    let pace_ms = budget.pace_ms();
    let wait_ms = match watched.stage {
        PollStage::Requesting => return None,
        _ if history.refusal != Refusal::None => {
            let wait_ms = scaled_to_pace(REFUSED_MS, pace_ms);
            wait_ms..=plus_a_tenth(wait_ms)
        }
        PollStage::Open => {
            let wait_ms = open_wait_ms(watched, history, visibility, now, now_ms, pace_ms);
            wait_range_ms(wait_ms, history, pace_ms)
        }
        PollStage::Ended { at } => ended_wait_range_ms(history, since_ms(now, at), now_ms, pace_ms),
        PollStage::Paid => {
            let wait_ms = if history.in_doubt {
                DOUBT_MS
            } else {
                SETTLEMENT_MS
            };
            wait_range_ms(scaled_to_pace(wait_ms, pace_ms), history, pace_ms)
        }
    };
    let waited_ms = history.last_poll.map(|last| {
        let span_ms = wait_ms.end() - wait_ms.start();
        let jitter_ms = span_ms.saturating_mul(last.jitter_percent.min(100)) / 100;
        last.at_ms.saturating_add(wait_ms.start() + jitter_ms)
    });
    let due_ms = waited_ms.into_iter().chain(history.due_since_ms).min();
    let due_ms = due_ms.unwrap_or(0).max(history.not_before_ms);
    let answers = history.failures == 0 && history.refusal == Refusal::None;
    let early_ms = (watched.stage == PollStage::Open && answers)
        .then(|| early_gap_ms(watched, history, visibility, now, now_ms, (budget, others)))
        .flatten()
        .zip(history.last_poll)
        .map(|(gap_ms, last)| jittered_a_little(gap_ms, last).max(history.not_before_ms));
    Some(PollDue {
        due_ms,
        wait_ms: (wait_ms.start() / 2 + wait_ms.end() / 2).max(1),
        early_ms: early_ms.filter(|early_ms| *early_ms < due_ms),
    })
}

/// When an invoice is to be polled because the office hinted at it. Nobody waits for a settlement.
pub(super) fn hint_due_ms(
    watched: &WatchedInvoice,
    history: &PollHistory,
    pace_ms: u64,
) -> Option<u64> {
    let hinted_ms = history.hinted_ms?;
    let may_pay = matches!(watched.stage, PollStage::Open | PollStage::Ended { .. });
    if !may_pay || history.refusal != Refusal::None {
        return None;
    }
    let gap_ms = match history.hints_in_vain {
        0 => 0,
        in_vain => (pace_ms / 5).min(HINT_GAP_MS) << (in_vain - 1).min(MAX_HINT_DOUBLINGS),
    };
    let waited_ms = history
        .last_poll
        .map_or(0, |last| last.at_ms.saturating_add(gap_ms));
    Some(hinted_ms.max(waited_ms).max(history.not_before_ms))
}

/// The time between two polls of an open invoice on which the idle budget is spent: somebody waits for its payment.
fn early_gap_ms(
    watched: &WatchedInvoice,
    history: &PollHistory,
    visibility: Visibility,
    now: UnixMs,
    now_ms: u64,
    (budget, others): (Budget, u64),
) -> Option<u64> {
    let age_ms = since_ms(now, watched.requested_at);
    match visibility {
        Visibility::OnScreen => (age_ms < HOUR_MS).then(|| budget.idle_gap_ms(others)),
        _ if is_paying(history, now_ms, budget.pace_ms()) => Some(budget.idle_gap_ms(others)),
        Visibility::Background => (age_ms < FIFTEEN_MINUTES_MS).then(|| budget.pace_ms()),
        Visibility::BehindPayer => None,
    }
}

/// Whether the customer has picked a coin and may pay at any moment.
pub(super) fn is_paying(history: &PollHistory, now_ms: u64, pace_ms: u64) -> bool {
    let paying_ms = scaled_to_pace(PAYING_MS, pace_ms);
    history
        .coin_chosen_ms
        .is_some_and(|chosen_ms| now_ms.saturating_sub(chosen_ms) < paying_ms)
}

/// A fortieth either way, so that several tills do not poll in step; more would make even times uneven.
fn jittered_a_little(gap_ms: u64, last: LastPoll) -> u64 {
    let jitter_ms = (gap_ms / 20).saturating_mul(last.jitter_percent.min(100)) / 100;
    last.at_ms.saturating_add(gap_ms - gap_ms / 40 + jitter_ms)
}

/// The wait of an invoice that may be paid at any moment: the nearer its customer, the shorter.
fn open_wait_ms(
    watched: &WatchedInvoice,
    history: &PollHistory,
    visibility: Visibility,
    now: UnixMs,
    now_ms: u64,
    pace_ms: u64,
) -> u64 {
    let age_ms = since_ms(now, watched.requested_at);
    let paces = match visibility {
        // A sale may be left on a screen overnight.
        Visibility::OnScreen if age_ms < HOUR_MS => 1,
        Visibility::OnScreen => 3,
        _ if is_paying(history, now_ms, pace_ms) => 1,
        Visibility::Background if age_ms < FIFTEEN_MINUTES_MS => 2,
        Visibility::Background if age_ms < HOUR_MS => 6,
        // A customer who has not paid for an hour has most likely left; one who has not picked a coin cannot pay yet.
        Visibility::Background | Visibility::BehindPayer => 12,
    };
    pace_ms.saturating_mul(paces)
}

/// The wait of an ended invoice: until the next age at which late payments are polled for, counted from the
/// last poll; after failures less, so that the poll is made up for.
fn ended_wait_range_ms(
    history: &PollHistory,
    ended_ago_ms: u64,
    now_ms: u64,
    pace_ms: u64,
) -> RangeInclusive<u64> {
    let polled_ago_ms = history
        .last_poll
        .map_or(0, |last| now_ms.saturating_sub(last.at_ms));
    let polled_at_age_ms = ended_ago_ms.saturating_sub(polled_ago_ms);
    // At the published pace, and back.
    let age_ms = polled_at_age_ms.saturating_mul(PUBLISHED_PACE_MS) / pace_ms.max(1);
    let step_ms = scaled_to_pace(next_age_after_end_ms(age_ms) - age_ms, pace_ms);
    match history.failures {
        // Never before the step's age, which would miss it.
        0 => step_ms..=plus_a_tenth(step_ms),
        failures => {
            let wait_ms = doubled(pace_ms, failures)
                .min(MAX_WAIT_AFTER_FAILURES_ONCE_ENDED_MS)
                .min(step_ms);
            pace_ms.min(wait_ms)..=plus_a_tenth(wait_ms)
        }
    }
}

/// The wait and a tenth either way; after failures up to the doubled wait.
fn wait_range_ms(wait_ms: u64, history: &PollHistory, pace_ms: u64) -> RangeInclusive<u64> {
    let longest_ms = match history.failures {
        0 => wait_ms,
        failures => doubled(pace_ms, failures)
            .min(MAX_WAIT_AFTER_FAILURES_MS)
            .max(wait_ms),
    };
    wait_ms - wait_ms / 10..=plus_a_tenth(longest_ms)
}

fn doubled(pace_ms: u64, failures: u32) -> u64 {
    pace_ms.saturating_mul(1 << failures.min(MAX_DOUBLINGS))
}

fn plus_a_tenth(wait_ms: u64) -> u64 {
    wait_ms.saturating_add(wait_ms / 10)
}

/// The next age after `age_ms` at which an ended invoice is polled.
fn next_age_after_end_ms(age_ms: u64) -> u64 {
    AFTER_END_MS
        .into_iter()
        .find(|step_ms| *step_ms > age_ms)
        .unwrap_or_else(|| (age_ms / HOUR_MS + 1).saturating_mul(HOUR_MS))
}

/// A time that is written for the published pace, at this pace.
fn scaled_to_pace(ms: u64, pace_ms: u64) -> u64 {
    (ms.saturating_mul(pace_ms) / PUBLISHED_PACE_MS).max(1)
}

/// Milliseconds from `then` to `now`; 0 when the clock went back.
fn since_ms(now: UnixMs, then: UnixMs) -> u64 {
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

    fn polled(at_ms: u64, failures: u32, jitter_percent: u64) -> PollHistory {
        PollHistory {
            last_poll: Some(LastPoll {
                at_ms,
                jitter_percent,
            }),
            due_since_ms: None,
            failures,
            ..PollHistory::new(0)
        }
    }

    /// The wait of an invoice of this age that was polled just now.
    fn wait_s(stage: PollStage, visibility: Visibility, age_s: i64, history: &PollHistory) -> u64 {
        let now = UnixMs(age_s * 1000);
        let budget = Budget::new(30, PACE_MS);
        let due = poll_due(
            &watched(stage),
            history,
            visibility,
            now,
            NOW_MS,
            (budget, 0),
        );
        (due.expect("there is an invoice").due_ms - NOW_MS) / 1000
    }

    #[test]
    fn the_nearer_the_customer_the_shorter_the_wait() {
        let history = polled(NOW_MS, 0, 50);
        let chosen = |ago_ms| PollHistory {
            coin_chosen_ms: Some(NOW_MS - ago_ms),
            ..history
        };
        let in_background = |age_s, history: PollHistory| {
            wait_s(PollStage::Open, Visibility::Background, age_s, &history)
        };
        let on_screen = |age_s| wait_s(PollStage::Open, Visibility::OnScreen, age_s, &history);
        assert_eq!((on_screen(0), on_screen(3599)), (5, 5));
        assert_eq!(on_screen(3601), 15);
        assert_eq!(in_background(600, chosen(60_000)), 5);
        assert_eq!(in_background(600, chosen(301_000)), 10);
        assert_eq!(in_background(0, history), 10);
        assert_eq!(in_background(16 * 60, history), 30);
        assert_eq!(in_background(2 * 3600, history), 60);
        let behind =
            |history: PollHistory| wait_s(PollStage::Open, Visibility::BehindPayer, 0, &history);
        assert_eq!((behind(history), behind(chosen(60_000))), (60, 5));
    }

    #[test]
    fn the_idle_budget_goes_where_somebody_waits() {
        let budget = Budget::new(30, PACE_MS);
        let early_after_ms = |stage, visibility, age_s: i64, history: &PollHistory| {
            let now = UnixMs(age_s * 1000);
            let due = poll_due(
                &watched(stage),
                history,
                visibility,
                now,
                NOW_MS,
                (budget, 0),
            );
            Some(due?.early_ms? - NOW_MS)
        };
        use Visibility::{Background, BehindPayer, OnScreen};
        let history = polled(NOW_MS, 0, 50);
        let paying = PollHistory {
            coin_chosen_ms: Some(NOW_MS - 60_000),
            ..history
        };
        let open = |visibility, age_s, history| {
            early_after_ms(PollStage::Open, visibility, age_s, history)
        };
        assert_eq!(open(OnScreen, 0, &history), Some(2143));
        assert_eq!(open(OnScreen, 3601, &history), None, "left on a screen");
        assert_eq!(open(Background, 0, &paying), Some(2143));
        assert_eq!(open(BehindPayer, 0, &paying), Some(2143));
        assert_eq!(open(Background, 0, &history), Some(5000));
        assert_eq!(open(Background, 16 * 60, &history), None);
        assert_eq!(open(BehindPayer, 0, &history), None);
        let failed = polled(NOW_MS, 1, 50);
        assert_eq!(open(OnScreen, 0, &failed), None, "no hurry after failures");
        let paid = early_after_ms(PollStage::Paid, OnScreen, 0, &history);
        assert_eq!(paid, None);
    }

    #[test]
    fn failures_slow_polling_down_to_a_minute_and_no_further() {
        let waits = |jitter| -> Vec<_> {
            let wait = |failures| {
                let history = polled(NOW_MS, failures, jitter);
                wait_s(PollStage::Open, Visibility::OnScreen, 0, &history)
            };
            (0..8).map(wait).collect()
        };
        assert_eq!(waits(100), [5, 11, 22, 44, 66, 66, 66, 66]);
        assert_eq!(waits(0), [4; 8], "jitter covers the whole range");
    }

    #[test]
    fn late_payments_are_polled_for_at_the_documented_ages() {
        for jitter in [0, 50, 100] {
            let (mut age_s, end) = (0, PollStage::Ended { at: UnixMs(0) });
            let mut ages = Vec::new();
            while ages.len() < 6 {
                let now = i64::try_from(age_s).expect("small");
                age_s += wait_s(end, Visibility::Background, now, &polled(NOW_MS, 0, jitter));
                ages.push(age_s);
            }
            let steps = [30, 120, 600, 3600, 7200, 10_800];
            for (age, step) in ages.iter().zip(steps) {
                assert!((step..=step + step / 10 + 1).contains(age), "{ages:?}");
            }
        }
    }

    #[test]
    fn a_failed_poll_for_a_late_payment_is_made_up_for_within_ten_minutes() {
        let ended = PollStage::Ended { at: UnixMs(0) };
        let wait = |failures| {
            let history = polled(NOW_MS, failures, 100);
            wait_s(ended, Visibility::Background, 2 * 3600, &history)
        };
        assert_eq!((wait(0), wait(1), wait(3)), (3960, 11, 44));
        assert_eq!(wait(100), 660, "and no later than this");
    }

    #[test]
    fn a_hint_is_followed_at_once_and_less_often_the_more_are_in_vain() {
        let due_after_s = |stage, in_vain| {
            let history = PollHistory {
                hinted_ms: Some(NOW_MS),
                hints_in_vain: in_vain,
                ..polled(NOW_MS, 0, 50)
            };
            Some((hint_due_ms(&watched(stage), &history, PACE_MS)? - NOW_MS) / 1000)
        };
        let waits = [0, 1, 2, 3, 7, 100].map(|in_vain| due_after_s(PollStage::Open, in_vain));
        assert_eq!(waits, [0, 1, 2, 4, 64, 64].map(Some));
        assert_eq!(due_after_s(PollStage::Ended { at: UnixMs(0) }, 0), Some(0));
        assert_eq!(due_after_s(PollStage::Paid, 0), None, "nobody waits for it");
        let paused = PollHistory {
            hinted_ms: Some(NOW_MS),
            not_before_ms: NOW_MS + 7000,
            ..polled(NOW_MS, 0, 50)
        };
        let due = hint_due_ms(&watched(PollStage::Open), &paused, PACE_MS);
        assert_eq!(due, Some(NOW_MS + 7000), "the gateway asked for a pause");
    }

    #[test]
    fn settlement_is_polled_every_half_hour() {
        let history = polled(NOW_MS, 0, 50);
        assert_eq!(
            wait_s(PollStage::Paid, Visibility::OnScreen, 0, &history),
            30 * 60
        );
    }
}
