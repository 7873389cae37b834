//! Sends what is due, for as long as an office serves. Offices before one database take turns by leases.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use parking_lot::Mutex;
use ringup_core::calendar::Zone;
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::report::CloseView;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::hook::{HookClient, HookMessage};
use super::hook_url::HookUrl;
use super::retry::Outcome;
use super::{OwnersPages, WordConfig, WordEvent, content, mail};
use crate::failpoints::{self, Failpoint};
use crate::store::{Store, StoreError, TakenDelivery, WordWay};

/// How many messages are on their way at once.
const AT_ONCE: usize = 16;
/// How often is looked for what is due.
const LOOK: Duration = Duration::from_secs(1);
/// How long nothing is tried after the database did not answer.
const PAUSE: Duration = Duration::from_secs(5);
/// How often silent tills are looked for.
const LOOK_FOR_SILENCE: Duration = Duration::from_secs(60);

/// Sends word.
#[derive(Debug, Clone)]
pub struct Sender {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Clock,
    config: WordConfig,
    pages: OwnersPages,
    /// Made when the first webhook leaves.
    hooks: Mutex<Option<HookClient>>,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.config)
    }
}

impl Sender {
    /// The sender of an office whose pages are at this address.
    pub fn new(
        store: Store,
        clock: Clock,
        config: WordConfig,
        address: String,
        zone: Zone,
    ) -> Self {
        let inner = Inner {
            store,
            clock,
            config,
            pages: OwnersPages { address, zone },
            hooks: Mutex::default(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The book that it reads.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// What its clock says.
    pub fn now(&self) -> UnixMs {
        self.inner.clock.now()
    }

    /// Sends what is due now, and waits until each has an answer: how many there were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn send_due(&self) -> Result<usize, StoreError> {
        let inner = &self.inner;
        let taken = inner
            .store
            .take_deliveries(AT_ONCE, inner.clock.now())
            .await?;
        let count = taken.len();
        let mut under_way = JoinSet::new();
        self.begin(taken, &mut under_way);
        while under_way.join_next().await.is_some() {}
        Ok(count)
    }

    fn begin(&self, taken: Vec<TakenDelivery>, under_way: &mut JoinSet<()>) {
        if !taken.is_empty() {
            failpoints::reached(Failpoint::WordTaken);
        }
        for delivery in taken {
            let sender = self.clone();
            under_way.spawn(async move {
                drop(sender.deliver(&delivery).await);
            });
        }
    }

    /// Sends a delivery that was taken, and writes down what came of it.
    pub async fn deliver(&self, taken: &TakenDelivery) -> Outcome {
        let inner = &self.inner;
        let outcome = inner.send(taken).await;
        failpoints::reached(Failpoint::WordSent);
        let now = inner.clock.now();
        tracing::debug!(id = taken.id, tries = taken.tries, "word was sent");
        if let Err(error) = inner.store.note_delivery(taken, &outcome, now).await {
            // The lease ends, and somebody sends it once more.
            tracing::warn!(%error, "what came of a word is not written down");
        }
        failpoints::reached(Failpoint::WordNoted);
        outcome
    }
}

impl Inner {
    async fn send(&self, taken: &TakenDelivery) -> Outcome {
        let close = match self.close_of(taken).await {
            Ok(close) => close,
            Err(outcome) => return outcome,
        };
        let pdf = match &close {
            None => None,
            Some((close, own)) => match content::close_pdf(taken, close, own) {
                Ok(pdf) => Some(pdf),
                Err(error) => return Outcome::later(error),
            },
        };
        match taken.address.way {
            WordWay::Mail => {
                let Some(server) = &self.config.mail else {
                    return Outcome::later("this office has no mail server");
                };
                let text = content::mail(taken, &self.pages);
                mail::send(server, &taken.id, &taken.address.target, &text, pdf).await
            }
            WordWay::Hook => {
                let pdf = pdf.map(|(_, pdf)| STANDARD.encode(pdf));
                let body = content::hook_body(
                    taken,
                    &self.pages,
                    close.as_ref().map(|it| &it.0),
                    pdf.as_deref(),
                );
                match body {
                    Ok(body) => self.send_hook(taken, body).await,
                    Err(error) => Outcome::later(error),
                }
            }
        }
    }

    async fn send_hook(&self, taken: &TakenDelivery, body: Vec<u8>) -> Outcome {
        let address = &taken.address;
        // Asked again each time: the office's options may have changed since the owner wrote it.
        let url = match HookUrl::parse(&address.target, &self.config.networks) {
            Ok(url) => url,
            Err(error) => return Outcome::later(error),
        };
        let client = match self.hooks() {
            Ok(client) => client,
            Err(error) => return Outcome::later(error),
        };
        let message = HookMessage {
            id: &taken.id,
            address: &address.id,
            generation: address.generation,
            body,
        };
        client.send(&url, message, self.clock.now()).await
    }

    fn hooks(&self) -> Result<HookClient, reqwest::Error> {
        let mut hooks = self.hooks.lock();
        if let Some(client) = &*hooks {
            return Ok(client.clone());
        }
        let WordConfig {
            secrets, networks, ..
        } = self.config.clone();
        let client = HookClient::new(secrets, networks)?;
        *hooks = Some(client.clone());
        Ok(client)
    }

    /// The Z report that a delivery tells of, and what the shop calls its own tenders.
    async fn close_of(
        &self,
        taken: &TakenDelivery,
    ) -> Result<Option<(CloseView, BTreeMap<String, String>)>, Outcome> {
        let WordEvent::DayClosed { z, .. } = &taken.event else {
            return Ok(None);
        };
        let till = taken.till.parse().or(Err(Outcome::later("no such till")))?;
        let close = self.store.close(till, *z).await.map_err(Outcome::later)?;
        // It was there when this was written down. The till is being folded anew, or the report was set aside.
        let close = close.ok_or_else(|| Outcome::later("the Z report is not in the book now"))?;
        let names = self.store.names_of(till).await.map_err(Outcome::later)?;
        Ok(Some((close.close, names.1)))
    }
}

/// Sends what is due, and looks for tills that are silent, without an end.
pub async fn keep_sending(sender: Sender) {
    let inner = &sender.inner;
    let mut under_way = JoinSet::new();
    let mut silence_at = Instant::now();
    loop {
        while under_way.try_join_next().is_some() {}
        let now = inner.clock.now();
        if Instant::now() >= silence_at {
            silence_at = Instant::now() + LOOK_FOR_SILENCE;
            if let Err(error) = inner.store.tell_silent_tills(now).await {
                tracing::debug!(%error, "silent tills are not looked for now");
            }
        }
        let free = AT_ONCE.saturating_sub(under_way.len());
        match inner.store.take_deliveries(free, now).await {
            Ok(taken) => sender.begin(taken, &mut under_way),
            Err(error) => {
                tracing::warn!(%error, "no word is sent for now");
                tokio::time::sleep(PAUSE).await;
            }
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            Some(_) = under_way.join_next(), if !under_way.is_empty() => {}
        }
    }
}
