//! Places in the lists of the book, at which the next page begins. As one text they fit into a link.

use serde::{Deserialize, Serialize};

/// A place in the list of sales: a sale, by what the list is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct SaleMark {
    /// When it was booked.
    pub at_unix_ms: i64,
    /// Its till's id.
    pub till: String,
    /// Its number there.
    pub number: u32,
}

/// A place in a list of closes or counts: an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct EventMark {
    /// When it was written.
    pub at_unix_ms: i64,
    /// Its till's id.
    pub till: String,
    /// Its number there.
    pub seq: u64,
}

/// The text is no place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no place in the list")]
pub struct MarkError;

/// Takes a text of three parts apart: `<milliseconds>.<number>.<till>`.
fn parts(text: &str) -> Option<(i64, u64, String)> {
    let mut parts = text.splitn(3, '.');
    let (at, number, till) = (parts.next()?, parts.next()?, parts.next()?);
    Some((at.parse().ok()?, number.parse().ok()?, till.to_owned()))
}

impl std::fmt::Display for SaleMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.at_unix_ms, self.number, self.till)
    }
}

impl std::str::FromStr for SaleMark {
    type Err = MarkError;

    fn from_str(text: &str) -> Result<Self, MarkError> {
        let (at_unix_ms, number, till) = parts(text).ok_or(MarkError)?;
        let number = u32::try_from(number).or(Err(MarkError))?;
        Ok(Self {
            at_unix_ms,
            till,
            number,
        })
    }
}

impl std::fmt::Display for EventMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.at_unix_ms, self.seq, self.till)
    }
}

impl std::str::FromStr for EventMark {
    type Err = MarkError;

    fn from_str(text: &str) -> Result<Self, MarkError> {
        let (at_unix_ms, seq, till) = parts(text).ok_or(MarkError)?;
        Ok(Self {
            at_unix_ms,
            till,
            seq,
        })
    }
}

impl From<SaleMark> for String {
    fn from(mark: SaleMark) -> Self {
        mark.to_string()
    }
}

impl From<EventMark> for String {
    fn from(mark: EventMark) -> Self {
        mark.to_string()
    }
}

impl TryFrom<String> for SaleMark {
    type Error = MarkError;

    fn try_from(text: String) -> Result<Self, MarkError> {
        text.parse()
    }
}

impl TryFrom<String> for EventMark {
    type Error = MarkError;

    fn try_from(text: String) -> Result<Self, MarkError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_same_after_it_was_a_text() {
        let sale = SaleMark {
            at_unix_ms: -5,
            till: "a.b".to_owned(),
            number: 7,
        };
        assert_eq!(sale.to_string().parse(), Ok(sale));
        let event = EventMark {
            at_unix_ms: 1_700_000_000_000,
            till: "till".to_owned(),
            seq: u64::MAX,
        };
        assert_eq!(event.to_string().parse(), Ok(event));
        for text in ["", "1.2", "x.1.t", "1.-1.t", "1.4294967296.t"] {
            assert_eq!(text.parse::<SaleMark>(), Err(MarkError), "{text}");
        }
    }
}
