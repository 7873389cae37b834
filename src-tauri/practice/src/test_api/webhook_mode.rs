//! How the gateway calls a webhook when an invoice is paid: as tests want it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::webhook::WebhookCall;

/// How webhooks are called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookMode {
    /// Once, at once.
    #[default]
    Once,
    /// Not at all.
    Never,
    /// Twice, at once.
    Twice,
    /// Once, so many milliseconds after the payment.
    LateMs(u64),
    /// With what no program can read, at once.
    Garbage,
}

impl WebhookMode {
    /// The calls of this webhook; `body` is what a call usually carries.
    pub(crate) fn calls(self, url: &Url, body: &[u8]) -> Vec<WebhookCall> {
        let (times, after_ms) = match self {
            Self::Never => (0, 0),
            Self::Once | Self::Garbage => (1, 0),
            Self::Twice => (2, 0),
            Self::LateMs(after_ms) => (1, after_ms),
        };
        let body = match self {
            Self::Garbage => (0..=u8::MAX).rev().collect(),
            _ => body.to_vec(),
        };
        let call = WebhookCall {
            url: url.clone(),
            body,
            after: Duration::from_millis(after_ms),
        };
        vec![call; times]
    }
}
