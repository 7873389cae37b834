//! Whether a failed request for an invoice may be sent again without asking anyone. A request of which a
//! byte has left the machine may have made an invoice, so it is never repeated (docs/gateway.md, row *a reply
//! to create that never came*).

use std::time::Duration;

use super::error::{CreateError, Outcome};
use crate::breaks::{self, Break};

const MAX_RETRIES: u32 = 2;
const RETRY_DELAY: Duration = Duration::from_millis(400);

/// How long to wait before the request is sent again, after it failed with `error` and was sent again
/// `retries` times before; `None` when it must not be sent again.
pub fn retry_delay(error: &CreateError, retries: u32) -> Option<Duration> {
    let unsent = error.outcome() == Outcome::NotSent || breaks::is(Break::CreateSentAgain);
    (unsent && retries < MAX_RETRIES).then_some(RETRY_DELAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_request_that_never_left_is_sent_again_and_only_twice() {
        let unreachable = CreateError::Unreachable {
            cause: "no DNS".into(),
        };
        let delays = [0, 1, 2].map(|retries| retry_delay(&unreachable, retries));
        assert_eq!(delays, [Some(RETRY_DELAY), Some(RETRY_DELAY), None]);
        for error in [
            CreateError::TimedOut,
            CreateError::RateLimited {
                retry_after_s: Some(1),
            },
            CreateError::Broken {
                cause: "reset".into(),
            },
        ] {
            assert_eq!(retry_delay(&error, 0), None, "{error}");
        }
    }
}
