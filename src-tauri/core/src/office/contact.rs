//! What the till says about its office, where the cashier and the owner see it: a pure rule. Selling goes on in every
//! state, so a short trouble is no news; one that lasts while entries wait is, and so is a refusal that a person has to
//! do something about.

use serde::Serialize;

use super::client::OfficeError;
use crate::clock::UnixMs;

/// For so long nothing may arrive before it is said: a router that starts anew is no news.
const LATE_AFTER_MS: i64 = 15 * 60 * 1000;

/// Whether the office has what the till has written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum OfficeState {
    /// The till has no office.
    #[default]
    None,
    /// It has, or will have shortly.
    Sending,
    /// Entries wait, and none has arrived for a quarter of an hour.
    Late,
    /// Another journal of this till has come to the office, and somebody has to decide there.
    Quarantined,
    /// The office's owner has set this journal aside.
    SetAside,
    /// The till's token is not taken any more: it has to be paired anew.
    TokenRefused,
    /// The office refuses for another reason, or is not the one that the till was paired with.
    Refused,
}

/// What kept the last call from doing its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It may pass by itself.
    Passing,
    /// It needs a person, and is called so.
    Lasting(OfficeState),
}

impl Trouble {
    /// What an error of a call means.
    pub fn of(error: &OfficeError) -> Self {
        match error {
            OfficeError::Refused(refusal) => match refusal.code.as_str() {
                "gap" => Self::Passing,
                "quarantined" => Self::Lasting(OfficeState::Quarantined),
                "set_aside" => Self::Lasting(OfficeState::SetAside),
                "token_unknown" | "token_revoked" | "token_replaced" => {
                    Self::Lasting(OfficeState::TokenRefused)
                }
                _ => Self::Lasting(OfficeState::Refused),
            },
            OfficeError::HeadForged => Self::Lasting(OfficeState::Refused),
            _ => Self::Passing,
        }
    }
}

/// What is known of the way to the office since the program started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contact {
    /// When the office last answered.
    pub answered_at: Option<UnixMs>,
    /// Since when it has not done what it was asked.
    failing_since: Option<UnixMs>,
    lasting: Option<OfficeState>,
}

impl Contact {
    /// It did what it was asked.
    pub fn succeeded(&mut self, now: UnixMs) {
        *self = Self {
            answered_at: Some(now),
            ..Self::default()
        };
    }

    /// It did not. A refusal is an answer.
    pub fn failed(&mut self, trouble: Trouble, now: UnixMs) {
        self.failing_since.get_or_insert(now);
        if let Trouble::Lasting(state) = trouble {
            self.answered_at = Some(now);
            self.lasting = Some(state);
        }
    }

    /// What is to be said; `is_waiting`: entries have not arrived.
    pub fn state(&self, is_waiting: bool, now: UnixMs) -> OfficeState {
        let is_late = self
            .failing_since
            .is_some_and(|since| now.0.saturating_sub(since.0) >= LATE_AFTER_MS);
        match self.lasting {
            Some(state) => state,
            None if is_late && is_waiting => OfficeState::Late,
            None => OfficeState::Sending,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Refusal;

    const MINUTE: i64 = 60_000;

    #[test]
    fn a_passing_trouble_is_said_when_it_lasts_and_entries_wait() {
        let mut contact = Contact::default();
        let at = |minutes: i64| UnixMs(minutes * MINUTE);
        assert_eq!(contact.state(true, at(100)), OfficeState::Sending);
        contact.failed(Trouble::Passing, at(100));
        contact.failed(Trouble::Passing, at(110));
        assert_eq!(contact.state(true, at(114)), OfficeState::Sending);
        assert_eq!(contact.state(true, at(115)), OfficeState::Late);
        assert_eq!(contact.state(false, at(115)), OfficeState::Sending);
        assert_eq!(contact.answered_at, None);
        contact.succeeded(at(116));
        assert_eq!(contact.state(true, at(140)), OfficeState::Sending);
        assert_eq!(contact.answered_at, Some(at(116)));
    }

    #[test]
    fn a_refusal_is_said_at_once_and_until_it_ends() {
        let refused = |code: &str| {
            let refusal = Refusal {
                code: code.to_owned(),
                message: String::new(),
            };
            let mut contact = Contact::default();
            contact.failed(Trouble::of(&OfficeError::Refused(refusal)), UnixMs(1));
            // What fails after it does not hide it.
            let unreachable = OfficeError::Unreachable(String::new());
            contact.failed(Trouble::of(&unreachable), UnixMs(2));
            contact.state(false, UnixMs(3))
        };
        assert_eq!(refused("gap"), OfficeState::Sending);
        assert_eq!(refused("quarantined"), OfficeState::Quarantined);
        assert_eq!(refused("set_aside"), OfficeState::SetAside);
        assert_eq!(refused("token_revoked"), OfficeState::TokenRefused);
        assert_eq!(refused("token_replaced"), OfficeState::TokenRefused);
        assert_eq!(refused("of a newer office"), OfficeState::Refused);
        let forged = Trouble::of(&OfficeError::HeadForged);
        assert_eq!(forged, Trouble::Lasting(OfficeState::Refused));
    }
}
