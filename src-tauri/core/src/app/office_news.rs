//! The task that holds a call to the office open and does what it says: it asks the gateway about invoices at which the
//! office hints. It is there only while the office listens for the gateway's webhook; without it nothing is different.
//!
//! The office's word is data. A hint about an invoice that is not watched is dropped, one about another makes the scheduler
//! poll it, within the part of the budget that hints have ([`crate::polling`]).

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::time::Instant;

use super::office_sending::{is_token_refused, reply_to, sleep_until_paired_anew};
use super::{Inner, TillError};
use crate::ids::InvoiceId;
use crate::journal::{JournalFile, PollStage, WatchedInvoice};
use crate::keychain::Keychain;
use crate::office::{Backoff, Client, HintsHad, LONGEST_HOLD, Pairing, Reply};
use crate::sale::Purpose;

/// How often a till without such an office looks whether it has one by now.
const NO_NEWS: Duration = Duration::from_secs(5);
/// The pause between an answer and the next call.
const PAUSE: Duration = Duration::from_millis(100);
/// An answer that says nothing and comes sooner was not held: the next call is not sent at once.
const HELD_AT_LEAST: Duration = Duration::from_secs(1);

/// Holds a call open for as long as the till lives.
pub(super) async fn run(till: Arc<Inner>) {
    if till.purpose == Purpose::Practice {
        return;
    }
    let mut backoff = Backoff::default();
    let mut listener: Option<Listener> = None;
    loop {
        let wait = match round(&till, &mut listener).await {
            Ok(None) => {
                listener = None;
                till.hear_hints(false);
                NO_NEWS
            }
            Ok(Some(reply)) => {
                till.hear_hints(true);
                match reply {
                    Reply::Taken => PAUSE.max(backoff.wait(reply, rand::random())),
                    reply => backoff.wait(reply, rand::random()),
                }
            }
            Err(error) => {
                tracing::debug!(%error, "no news of the back office");
                till.hear_hints(false);
                // The token may be another one by now.
                listener = listener.filter(|_| !is_token_refused(&error));
                if let Some(listener) = &mut listener {
                    listener.is_answered = false;
                }
                backoff.wait(reply_to(&error), rand::random())
            }
        };
        sleep_until_paired_anew(&till, wait).await;
    }
}

/// One call. `None`: there is no office that listens for the gateway.
async fn round(till: &Inner, listener: &mut Option<Listener>) -> Result<Option<Reply>, TillError> {
    // Asked each time, as by whoever sends: a till that has left asks nothing more, and another token is taken at once.
    let pairing = till.pairing()?;
    if till.office_webhook().is_none() {
        return Ok(None);
    }
    if listener.as_ref().map(|it| &it.pairing) != pairing.as_ref() {
        *listener = Listener::open(pairing).await?;
    }
    match listener {
        Some(open) => open.listen(till).await.map(Some),
        None => Ok(None),
    }
}

/// A till that listens.
struct Listener {
    pairing: Pairing,
    token: SecretString,
    client: Client,
    had: HintsHad,
    /// It was answered before: the office is there.
    is_answered: bool,
}

impl Listener {
    async fn open(pairing: Option<Pairing>) -> Result<Option<Self>, TillError> {
        let Some(pairing) = pairing else {
            return Ok(None);
        };
        let keychain = Keychain::new(Pairing::token_user(pairing.till));
        let token = keychain.get().await?.ok_or(TillError::OfficeNone)?;
        Ok(Some(Self {
            client: Client::new(&pairing.address, pairing.pin()?)?,
            token,
            had: HintsHad::default(),
            is_answered: false,
            pairing,
        }))
    }

    /// Asks once, and follows the hints of the answer. The first call is answered at once, so that the till knows whether it
    /// will hear any.
    async fn listen(&mut self, till: &Inner) -> Result<Reply, TillError> {
        let hold = match self.is_answered {
            true => LONGEST_HOLD,
            false => Duration::ZERO,
        };
        let asked = Instant::now();
        let news = self.client.news(&self.token, &self.had.ids(), hold).await?;
        let is_first = !std::mem::replace(&mut self.is_answered, true);
        let hinted = till.follow_hints(self.had.take_new(news)).await?;
        // An office that answers without holding is not asked without a pause.
        Ok(
            match is_first || hinted || asked.elapsed() >= HELD_AT_LEAST {
                true => Reply::Taken,
                false => Reply::Later(None),
            },
        )
    }
}

impl Inner {
    /// Whether the office's hints are heard now: the scheduler keeps calls for them.
    fn hear_hints(&self, hears: bool) {
        self.with_scheduler(|scheduler, _, _| scheduler.set_hears_hints(hears));
    }

    /// Makes the invoices of these ids that are watched and may be paid be polled. Says whether there was one.
    async fn follow_hints(&self, invoices: Vec<InvoiceId>) -> Result<bool, TillError> {
        if invoices.is_empty() {
            return Ok(false);
        }
        let gateway = self.asked_gateway.clone();
        let read = move |file: &mut JournalFile| file.watched(&gateway);
        let watched = self.journal.call(read).await?;
        let hinted: HashSet<_> = invoices.into_iter().collect();
        let may_be_paid = |it: &&WatchedInvoice| {
            matches!(it.stage, PollStage::Open | PollStage::Ended { .. })
                && it.invoice_id.as_ref().is_some_and(|id| hinted.contains(id))
        };
        let keys: Vec<_> = watched
            .iter()
            .filter(may_be_paid)
            .map(WatchedInvoice::key)
            .collect();
        self.with_scheduler(|scheduler, now_ms, _| {
            keys.iter().for_each(|key| scheduler.hint(*key, now_ms));
        });
        if !keys.is_empty() {
            tracing::debug!(invoices = keys.len(), "the back office hints");
            self.polling.wake.notify_one();
        }
        Ok(!keys.is_empty())
    }
}
