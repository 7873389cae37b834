//! What the office answers over HTTPS. Every call has limits in size, time and number, and every refusal is
//! `{code, message}` (docs/contract.md, *The back office*).

mod bounds;
mod connections;
mod heard;
mod hook;
mod listen;
mod metrics;
mod news;
mod refusal;
mod shared;

use std::io::Read as _;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, MatchedPath, Path, Request, State};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_ENCODING};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{any, get, post, put};
use axum::{Json, Router};
use flate2::read::GzDecoder;
use secrecy::SecretString;
use tokio::sync::{OnceCell, watch};

use ringup_core::clock::Clock;
use ringup_core::office::{
    Batch, HeldEntry, OfficeProfile, PairAnswer, PairRequest, PublicAddress, ReceiptTexts,
    SecretToken, SignedHead, TokenAnswer,
};

use crate::failpoints::{self, Failpoint};
use crate::folding::keep_folding;
use crate::pages::{Pages, PagesConfig, plain_headers};
use crate::store::{AppendError, Store, StoreError, Token};
use crate::witness::Witness;
use crate::word::keep_sending;
use bounds::Bounds;
pub(crate) use connections::Visitor;
use heard::HeardTills;
use hook::{Allowance, HookKey};
pub use listen::{serve, serve_until};
use metrics::Metrics;
pub use metrics::serve_metrics;
use news::Hints;
pub(crate) use refusal::Refused;
use refusal::refuse;

/// The largest body that is read, packed or not: a batch of texts in JSON, with room for a single large entry.
const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// What every call needs.
#[derive(Clone)]
pub struct Office {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    witness: Witness,
    clock: Clock,
    bounds: Bounds,
    metrics: Metrics,
    newest: shared::Newest,
    heard: HeardTills,
    pages: Option<Pages>,
    /// By which address the world reaches it, if by any.
    public_address: OnceLock<PublicAddress>,
    /// From which the secret of the webhook is made; read when it is needed first.
    hook_key: OnceCell<HookKey>,
    hook_calls: Allowance,
    hints: Hints,
    /// Whether calls that are held have to end.
    stopping: watch::Sender<bool>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Office({:?})", self.inner.store)
    }
}

impl Office {
    /// An office with this book and this key, for tills alone.
    pub fn new(store: Store, witness: Witness, clock: Clock) -> Self {
        Self::made(store, witness, clock, None)
    }

    /// The same with the owner's pages.
    pub fn with_pages(store: Store, witness: Witness, clock: Clock, config: PagesConfig) -> Self {
        let pages = Pages::new(store.clone(), clock.clone(), config);
        Self::made(store, witness, clock, Some(pages))
    }

    fn made(store: Store, witness: Witness, clock: Clock, pages: Option<Pages>) -> Self {
        let inner = Inner {
            store,
            witness,
            clock,
            bounds: Bounds::default(),
            metrics: Metrics::default(),
            newest: shared::Newest::default(),
            heard: HeardTills::default(),
            pages,
            public_address: OnceLock::new(),
            hook_key: OnceCell::new(),
            hook_calls: Allowance::default(),
            hints: Hints::default(),
            stopping: watch::Sender::new(false),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The same, which the world reaches by this address. It is said once, before it serves.
    #[must_use]
    pub fn reached_at(self, address: PublicAddress) -> Self {
        self.inner.public_address.set(address).ok();
        self
    }

    /// By which address the world reaches it, if by any.
    pub fn public_address(&self) -> Option<&PublicAddress> {
        self.inner.public_address.get()
    }

    async fn hook_key(&self) -> Result<&HookKey, StoreError> {
        let Inner {
            store, hook_key, ..
        } = &*self.inner;
        let read = || async move { Ok::<_, StoreError>(HookKey::new(&store.hook_key().await?)) };
        hook_key.get_or_try_init(read).await
    }

    /// Ends the calls that are held.
    fn stop(&self) {
        self.inner.stopping.send_replace(true);
    }

    /// Waits until it is to stop.
    async fn stopped(&self) {
        let mut stopping = self.inner.stopping.subscribe();
        drop(stopping.wait_for(|stopping| *stopping).await);
    }

    /// Looks for what tills wait for.
    fn keep_hinting(&self) -> impl Future<Output = ()> + Send + use<> {
        let office = self.clone();
        async move {
            let Inner {
                store,
                clock,
                hints,
                ..
            } = &*office.inner;
            hints.keep_looking(store, clock).await;
        }
    }

    fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Looks for what open pages have to be told.
    fn keep_looking(&self) -> impl Future<Output = ()> + Send + use<> {
        let pages = self.inner.pages.clone();
        async move {
            if let Some(pages) = pages {
                pages.keep_looking().await;
            }
        }
    }

    /// Sends word to the owner.
    fn keep_sending(&self) -> impl Future<Output = ()> + Send + use<> {
        let pages = self.inner.pages.clone();
        async move {
            if let Some(pages) = pages {
                keep_sending(pages.sender()).await;
            }
        }
    }

    /// Ends what would go on for ever: it is to stop.
    fn end_streams(&self) {
        if let Some(pages) = &self.inner.pages {
            pages.end_streams();
        }
    }

    /// Keeps its folded book up to date.
    fn keep_folding(&self) -> impl Future<Output = ()> + Send + use<> {
        let Inner { store, clock, .. } = &*self.inner;
        keep_folding(store.clone(), clock.clone())
    }

    /// Its calls.
    fn router(self) -> Router {
        let pages = self.inner.pages.clone().map(Pages::router);
        let told_of_settings = Router::new()
            .route("/v1/head", get(head))
            .route("/v1/entries", post(entries))
            .route("/v1/settings", get(shared::settings))
            .layer(from_fn_with_state(self.clone(), shared::announce));
        let tills = Router::new()
            .route("/health", get(health))
            .route("/health/live", get(async || "ok\n"))
            .route("/v1/pair", post(pair))
            .route("/v1/token", post(renew))
            .route("/v1/office", get(profile))
            .route("/hook/{secret}", any(hook::hook))
            .route("/v1/entries/{seq}", get(entry))
            .route("/v1/receipt-texts", put(receipt_texts))
            .route("/v1/settings/taken", post(shared::taken))
            .route("/v1/settings/offer", post(shared::offer))
            .merge(told_of_settings);
        // Where there are pages, they answer to what is nowhere.
        let tills = match pages {
            Some(_) => tills,
            None => tills.fallback(async || nothing_here()),
        };
        let tills = tills
            .layer(DefaultBodyLimit::disable())
            .layer(from_fn_with_state(self.clone(), bounds::bound))
            .layer(from_fn(plain_headers))
            .with_state(self.clone());
        // A call that is held takes no turn of the others.
        let held = Router::new()
            .route("/v1/news", get(news::news))
            .layer(from_fn(plain_headers))
            .with_state(self.clone());
        let tills = tills.merge(held);
        let all = match pages {
            Some(pages) => pages.merge(tills),
            None => tills,
        };
        all.layer(from_fn_with_state(self, count))
    }
}

/// What a call that there is not gets.
pub(crate) fn nothing_here() -> Refused {
    refuse(404, "not_found", "there is nothing here")
}

/// Counts a call by its route: what stands in an address may be anything.
async fn count(State(office): State<Office>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("other", MatchedPath::as_str);
    let (status, took) = (response.status(), began.elapsed());
    tracing::debug!(
        route,
        status = status.as_u16(),
        took_ms = took.as_millis(),
        "answered"
    );
    office.metrics().called(route, status, took);
    response
}

/// Whether the book answers, and calls may come here. Anybody may ask, and learns nothing else. Whether the program runs at
/// all, `/health/live` says.
async fn health(State(office): State<Office>) -> Result<&'static str, Refused> {
    office.inner.store.ping().await?;
    Ok("ok\n")
}

/// Pairs a till.
async fn pair(State(office): State<Office>, body: Bytes) -> Result<Json<PairAnswer>, Refused> {
    let request: PairRequest = read(&body)?;
    let Inner {
        store,
        witness,
        clock,
        ..
    } = &*office.inner;
    let (token, name) = store
        .pair(&request.secret.0, request.till, clock.now())
        .await?;
    tracing::info!(till = %request.till, "paired");
    Ok(Json(PairAnswer {
        token: SecretToken(token),
        office: witness.public(),
        name,
    }))
}

/// Gives the till whose token this is another one.
async fn renew(
    State(office): State<Office>,
    headers: HeaderMap,
) -> Result<Json<TokenAnswer>, Refused> {
    let Inner { store, clock, .. } = &*office.inner;
    let token = store.renew(&token_of(&headers)?, clock.now()).await??;
    Ok(Json(TokenAnswer {
        token: SecretToken(token),
    }))
}

/// The hash of an entry of the till whose token this is: by it the till finds the last entry that it shares with the book.
async fn entry(
    State(office): State<Office>,
    Path(seq): Path<String>,
    headers: HeaderMap,
) -> Result<Json<HeldEntry>, Refused> {
    let nothing = refuse(404, "not_found", "there is nothing here");
    let seq: u64 = seq.parse().or(Err(nothing))?;
    let Inner { store, clock, .. } = &*office.inner;
    let till = store.till_of(&token_of(&headers)?, clock.now()).await??;
    let hash = store.hash_at(till, seq).await?;
    Ok(Json(HeldEntry { seq, hash }))
}

/// The signed head of the till whose token this is.
async fn head(
    State(office): State<Office>,
    headers: HeaderMap,
) -> Result<Json<SignedHead>, Refused> {
    let token = token_of(&headers)?;
    let Inner {
        store,
        witness,
        clock,
        ..
    } = &*office.inner;
    let now = clock.now();
    let till = store.till_of(&token, now).await??;
    let head = store.confirmed_head(till).await?;
    office.inner.heard.note(store, till, &headers, now).await;
    Ok(Json(witness.sign(till, head, now)))
}

/// What the office tells its tills about itself.
async fn profile(
    State(office): State<Office>,
    headers: HeaderMap,
) -> Result<Json<OfficeProfile>, Refused> {
    let Inner { store, clock, .. } = &*office.inner;
    store.till_of(&token_of(&headers)?, clock.now()).await??;
    let hook = match office.public_address() {
        Some(_) => office.hook_key().await?.secret(),
        None => None,
    };
    Ok(Json(OfficeProfile {
        public_address: office.public_address().cloned(),
        hook,
    }))
}

/// Takes a batch; the answer is the signed head.
async fn entries(
    State(office): State<Office>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<SignedHead>, Refused> {
    let token = token_of(&headers)?;
    let body = unpacked(&headers, body)?;
    let batch: Batch = read(&body)?;
    failpoints::reached(Failpoint::BatchCame);
    let Inner {
        store,
        witness,
        clock,
        ..
    } = &*office.inner;
    let now = clock.now();
    let appended = store.append(&token, &batch, now).await;
    if let Err(AppendError::Forked { seq }) = appended {
        tracing::error!(
            seq,
            "a till sends another entry than the book holds: quarantine"
        );
    }
    let appended = appended?;
    office.metrics().stored(appended.added);
    let till = appended.till;
    office.inner.heard.note(store, till, &headers, now).await;
    Ok(Json(witness.sign(appended.till, appended.head, now)))
}

/// Keeps what stands on the receipts of the till whose token this is. What the till's settings could not hold is refused.
async fn receipt_texts(
    State(office): State<Office>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<serde_json::Value>, Refused> {
    let token = token_of(&headers)?;
    let texts: ReceiptTexts = read(&body)?;
    let settings = texts.settings().map_err(|wrong| {
        let fields: Vec<_> = wrong.iter().map(|wrong| wrong.field).collect();
        refuse(422, "texts_invalid", &fields.join(", "))
    })?;
    let texts = ReceiptTexts {
        zone: settings.zone.clone(),
        ..ReceiptTexts::of(&settings)
    };
    let Inner { store, clock, .. } = &*office.inner;
    store
        .set_receipt_texts(&token, &texts, clock.now())
        .await??;
    Ok(Json(serde_json::json!({})))
}

fn token_of(headers: &HeaderMap) -> Result<Token, Refused> {
    let bearer = headers.get(AUTHORIZATION).and_then(|it| it.to_str().ok());
    let token = bearer.and_then(|bearer| bearer.strip_prefix("Bearer "));
    let token = token.ok_or_else(|| refuse(401, "token_unknown", "there is no token"))?;
    Ok(Token::of(&SecretString::from(token)))
}

/// The body without its packing, which may not hide more than a body may hold.
fn unpacked(headers: &HeaderMap, body: Bytes) -> Result<Bytes, Refused> {
    match headers.get(CONTENT_ENCODING).map(|it| it.as_bytes()) {
        None => Ok(body),
        Some(b"gzip") => {
            let mut whole = Vec::new();
            let limit = u64::try_from(MAX_BODY_BYTES).unwrap_or(u64::MAX);
            let read = GzDecoder::new(&*body)
                .take(limit + 1)
                .read_to_end(&mut whole);
            match read {
                Ok(bytes) if bytes <= MAX_BODY_BYTES => Ok(whole.into()),
                Ok(_) => Err(refuse(413, "too_large", "the body is too large")),
                Err(_) => Err(refuse(
                    400,
                    "unreadable",
                    "the body is not packed as it says",
                )),
            }
        }
        Some(_) => Err(refuse(
            415,
            "unreadable",
            "bodies are packed with gzip or not at all",
        )),
    }
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|error| refuse(400, "unreadable", &error.to_string()))
}
