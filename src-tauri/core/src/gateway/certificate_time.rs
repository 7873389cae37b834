//! A certificate that is not valid at the time that this machine's clock shows. With a clock that is wrong every good
//! certificate looks like that, so the error must say it.

use std::error::Error;
use std::fmt;
use std::io;

use rustls::CertificateError;

use crate::clock::UnixMs;

/// No gateway in use shows an expired certificate for this long: its every client would be cut off.
const LONGEST_EXPIRED_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Replies that told a clock this far from this machine's prove that this machine's is wrong: certificates are
/// renewed days before they end.
const WRONG_CLOCK_MS: i64 = 24 * 60 * 60 * 1000;

/// Why a certificate is not valid now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateTime {
    /// Whether this machine's clock is wrong, or the certificate may have expired.
    pub blame: Blame,
    /// This machine's time.
    clock: UnixMs,
    bound: Option<Bound>,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// This machine's clock.
    Clock,
    /// The certificate has expired, or this machine's clock is ahead: one cannot tell from here.
    Either,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    From(UnixMs),
    Until(UnixMs),
}

impl CertificateTime {
    /// What the error says of the certificate's time; `None` when it failed for another reason. `clock_offset_ms` is
    /// the gateway's clock minus this machine's, as an earlier reply told it.
    pub(super) fn of(
        error: &(dyn Error + 'static),
        now: UnixMs,
        clock_offset_ms: Option<i64>,
    ) -> Option<Self> {
        let (is_early, bound) = match certificate_error(error)? {
            CertificateError::NotValidYet => (true, None),
            CertificateError::NotValidYetContext { not_before, .. } => {
                (true, Some(Bound::From(unix_ms(not_before.as_secs()))))
            }
            CertificateError::Expired => (false, None),
            CertificateError::ExpiredContext { not_after, .. } => {
                (false, Some(Bound::Until(unix_ms(not_after.as_secs()))))
            }
            _ => return None,
        };
        let long_expired = matches!(bound, Some(Bound::Until(end)) if now.0.saturating_sub(end.0) > LONGEST_EXPIRED_MS);
        let known_wrong =
            clock_offset_ms.is_some_and(|offset_ms| offset_ms.saturating_abs() > WRONG_CLOCK_MS);
        // A certificate that is shown has begun to be valid.
        let blame = if is_early || long_expired || known_wrong {
            Blame::Clock
        } else {
            Blame::Either
        };
        Some(Self {
            blame,
            clock: now,
            bound,
        })
    }
}

impl fmt::Display for CertificateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self.blame {
            Blame::Clock => "this machine's clock is wrong",
            Blame::Either => {
                "the gateway's certificate has expired, or this machine's clock is wrong"
            }
        };
        write!(f, "{words}: it says {}", Time(self.clock))?;
        match self.bound {
            Some(Bound::From(start)) => {
                write!(
                    f,
                    ", and the gateway's certificate is valid from {}",
                    Time(start)
                )
            }
            Some(Bound::Until(end)) => {
                write!(
                    f,
                    ", and the gateway's certificate is valid until {}",
                    Time(end)
                )
            }
            None => Ok(()),
        }
    }
}

struct Time(UnixMs);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = jiff::Timestamp::from_millisecond(self.0.0).unwrap_or_default();
        write!(f, "{}", time.strftime("%Y-%m-%d %H:%M UTC"))
    }
}

fn unix_ms(seconds: u64) -> UnixMs {
    UnixMs(
        i64::try_from(seconds)
            .unwrap_or(i64::MAX)
            .saturating_mul(1000),
    )
}

/// The certificate's error among the causes of an error.
fn certificate_error<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e CertificateError> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        // An I/O error gives the cause of what it wraps, not what it wraps.
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
            .map(|wrapped| wrapped as &(dyn Error + 'static));
        if let Some(rustls::Error::InvalidCertificate(error)) = error.downcast_ref() {
            return Some(error);
        }
        cause = wrapped.or_else(|| error.source());
    }
    None
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rustls::pki_types::UnixTime;

    use super::*;

    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    /// 2026-11-21 12:00 UTC.
    const NOW: UnixMs = UnixMs(1_795_262_400_000);

    fn time(ms: i64) -> UnixTime {
        UnixTime::since_unix_epoch(Duration::from_millis(
            u64::try_from(ms).expect("after 1970"),
        ))
    }

    fn told(error: CertificateError, clock_offset_ms: Option<i64>) -> Option<CertificateTime> {
        // As the layers between wrap it.
        let error = io::Error::other(rustls::Error::InvalidCertificate(error));
        let error = io::Error::other(error);
        CertificateTime::of(&error, NOW, clock_offset_ms)
    }

    #[test]
    fn a_certificate_of_the_future_means_a_clock_that_is_behind() {
        let early = told(
            CertificateError::NotValidYetContext {
                time: time(NOW.0),
                not_before: time(NOW.0 + DAY_MS),
            },
            None,
        )
        .expect("a matter of time");
        assert_eq!(early.blame, Blame::Clock);
        assert_eq!(
            early.to_string(),
            "this machine's clock is wrong: it says 2026-11-21 12:00 UTC, and the gateway's certificate is valid \
             from 2026-11-22 12:00 UTC"
        );
    }

    #[test]
    fn an_expired_certificate_is_blamed_on_the_clock_only_with_a_reason() {
        let expired = |days: i64, offset_ms| {
            let not_after = time(NOW.0 - days * DAY_MS);
            let time = time(NOW.0);
            let error = CertificateError::ExpiredContext { time, not_after };
            told(error, offset_ms).expect("a matter of time").blame
        };
        assert_eq!(expired(1, None), Blame::Either);
        assert_eq!(expired(1, Some(-DAY_MS)), Blame::Either);
        assert_eq!(expired(1, Some(-2 * DAY_MS)), Blame::Clock);
        assert_eq!(expired(31, None), Blame::Clock);
        assert_eq!(
            told(CertificateError::UnknownIssuer, Some(DAY_MS * 9)),
            None
        );
        let other = io::Error::other("something else");
        assert_eq!(CertificateTime::of(&other, NOW, None), None);
    }
}
