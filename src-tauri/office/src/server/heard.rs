//! Notes down when tills call, and what they say of themselves: at once where that has changed, otherwise once a minute,
//! so that a till that sends much costs no more writing for it.

use std::collections::HashMap;

use axum::http::HeaderMap;
use parking_lot::Mutex;

use ringup_core::clock::UnixMs;
use ringup_core::ids::TillId;
use ringup_core::office::{TILL_REPORT, TillReport};

use crate::store::Store;

/// How often it is written down that a till was heard of, milliseconds.
const NOTE_EVERY_MS: i64 = 60 * 1000;
/// Most tills that are remembered here. What is forgotten is written down once more than needed.
const MOST_REMEMBERED: usize = 10_000;

/// What was written down last. It may be lost with the program.
#[derive(Debug, Default)]
pub(super) struct HeardTills(Mutex<HashMap<String, (i64, Option<TillReport>)>>);

impl HeardTills {
    /// A till has called, with these headers. What cannot be written down now is written down with another call.
    pub(super) async fn note(&self, store: &Store, till: TillId, headers: &HeaderMap, now: UnixMs) {
        let said = headers.get(TILL_REPORT).and_then(|it| it.to_str().ok());
        let said = said.and_then(TillReport::from_header);
        if !self.is_news(till, said.as_ref(), now) {
            return;
        }
        match store.heard(till, said.as_ref(), now).await {
            Ok(()) => self.remember(till, said, now),
            Err(error) => tracing::debug!(%error, "that a till called is not written down"),
        }
    }

    fn is_news(&self, till: TillId, said: Option<&TillReport>, now: UnixMs) -> bool {
        let known = self.0.lock();
        known.get(&till.to_string()).is_none_or(|(at, before)| {
            let is_recent = (0..NOTE_EVERY_MS).contains(&now.0.saturating_sub(*at));
            !is_recent || before.as_ref() != said
        })
    }

    fn remember(&self, till: TillId, said: Option<TillReport>, now: UnixMs) {
        let mut known = self.0.lock();
        if known.len() >= MOST_REMEMBERED {
            known.clear();
        }
        known.insert(till.to_string(), (now.0, said));
    }
}
