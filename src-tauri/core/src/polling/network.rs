//! Whether the gateway can be reached, as the screens show it. It says nothing about any sale.

use serde::Serialize;

/// Calls in a row without an answer after which the network counts as offline.
const OFFLINE_AFTER: u32 = 3;

/// The state that the screen's network indicator shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum NetworkState {
    /// The last call was answered, or none was made yet.
    Online,
    /// The last one or two calls were not answered.
    Retrying,
    /// The last three calls or more were not answered.
    Offline,
    /// The gateway refuses the key: polling is paused until there is another.
    KeyRefused,
}

/// What the last calls say of the network and the key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Network {
    failures: u32,
    key_refused: bool,
}

impl Network {
    pub(crate) fn state(self) -> NetworkState {
        match self {
            Self {
                key_refused: true, ..
            } => NetworkState::KeyRefused,
            Self { failures: 0, .. } => NetworkState::Online,
            Self { failures, .. } if failures < OFFLINE_AFTER => NetworkState::Retrying,
            Self { .. } => NetworkState::Offline,
        }
    }

    pub(crate) fn after_answer(self) -> Self {
        Self {
            failures: 0,
            ..self
        }
    }

    pub(crate) fn after_failure(self) -> Self {
        Self {
            failures: self.failures.saturating_add(1),
            ..self
        }
    }

    pub(crate) fn after_key_refused(self) -> Self {
        Self {
            failures: 0,
            key_refused: true,
        }
    }

    pub(crate) fn after_key_change(self) -> Self {
        Self {
            key_refused: false,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failure_is_not_offline_and_a_refused_key_outlasts_answers() {
        let states: Vec<_> = (0..4)
            .scan(Network::default(), |network, _| {
                let state = network.state();
                *network = network.after_failure();
                Some(state)
            })
            .collect();
        use NetworkState::{KeyRefused, Offline, Online, Retrying};
        assert_eq!(states, [Online, Retrying, Retrying, Offline]);
        let refused = Network::default().after_failure().after_key_refused();
        assert_eq!(refused.state(), KeyRefused);
        assert_eq!(refused.after_answer().state(), KeyRefused);
        assert_eq!(refused.after_key_change().state(), Online);
    }
}
