//! The till's calls to its office. Each is bounded in time and size and follows no redirect; what it answers is read as
//! data, and a head counts only with the office's signature.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, IF_NONE_MATCH, RETRY_AFTER,
};
use reqwest::{Method, RequestBuilder, Response, StatusCode, redirect, retry};
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::batch::Batch;
use super::hash::EntryHash;
use super::news::News;
use super::pairing_code::FINGERPRINT_BYTES;
use super::pinned;
use super::profile::OfficeProfile;
use super::receipt_texts::ReceiptTexts;
use super::signed_head::{PublicKey, SignedHead};
use super::till_report::{TILL_REPORT, TillReport};
use crate::ids::TillId;
use crate::shared_settings::{Document, MAX_DOCUMENT_BYTES, SettingsReport, SettingsVersion};

/// The longest time for a connection, and for a whole call. A batch that comes in late is a batch that came in twice,
/// which changes nothing.
const CONNECT: Duration = Duration::from_secs(10);
const WHOLE_CALL: Duration = Duration::from_secs(30);
/// The largest answer that is read.
const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// The office's answer to a till that is paired. It is the only one that holds a secret, and no `Debug` shows it.
#[derive(Debug, Serialize, Deserialize)]
pub struct PairAnswer {
    /// The till's own token.
    pub token: SecretToken,
    /// The key by which the office signs.
    pub office: PublicKey,
    /// What the office calls the till.
    pub name: String,
}

/// A token as it crosses the line once.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct SecretToken(pub SecretString);

impl Serialize for SecretToken {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}

/// The office's answer to a till that asks for another token.
#[derive(Debug, Serialize, Deserialize)]
pub struct TokenAnswer {
    /// It takes the place of the till's others once it is used.
    pub token: SecretToken,
}

/// Which entry of this number the office holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldEntry {
    /// Its number.
    pub seq: u64,
    /// Its hash; `None`: it holds none.
    pub hash: Option<EntryHash>,
}

/// What a till sends to be paired.
#[derive(Debug, Serialize, Deserialize)]
pub struct PairRequest {
    /// The pairing code's secret.
    pub secret: SecretToken,
    /// The till that wants to send its journal.
    pub till: TillId,
}

/// How the office says no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// A stable name (docs/contract.md, *The back office*).
    pub code: String,
    /// The same for people, in English.
    pub message: String,
}

/// Why a call brought nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfficeError {
    /// No connection, or one that broke: the office may have the entries or not.
    #[error("the back office cannot be reached: {0}")]
    Unreachable(String),
    /// It is busy, or asks for time.
    #[error("the back office is busy")]
    Busy {
        /// After which time to come again.
        retry_after: Option<Duration>,
    },
    /// It does not take it.
    #[error("the back office refuses: {}", .0.message)]
    Refused(Refusal),
    /// What it says is no answer to this question.
    #[error("what the back office answers cannot be read: {0}")]
    Unreadable(String),
    /// The head bears no signature of this office, or is of another till.
    #[error("the back office's head is not signed by the office that this till was paired with")]
    HeadForged,
}

/// A connection to one office.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    /// The version of the shared settings that the office has said last; [`NOT_SAID`]: none.
    announced: Arc<AtomicU64>,
    /// What the till says of itself.
    report: Option<HeaderValue>,
}

/// The header by which an office says which version of the shared settings it has, with whatever it answers to a till.
pub const SETTINGS_HEADER: &str = "ringup-settings";
const NOT_SAID: u64 = u64::MAX;
/// The largest answer that holds shared settings, bytes.
const MAX_SETTINGS_BYTES: usize = MAX_DOCUMENT_BYTES + 4096;

impl Client {
    /// A client for the office at `address`, which must show the certificate of this fingerprint; without one, a
    /// certificate that this machine's authorities have signed.
    ///
    /// # Errors
    /// [`OfficeError::Unreachable`] when this machine cannot speak TLS.
    pub fn new(
        address: &str,
        fingerprint: Option<[u8; FINGERPRINT_BYTES]>,
    ) -> Result<Self, OfficeError> {
        // The first installation stays; a second is refused, which is harmless.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("ringup/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .timeout(WHOLE_CALL)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .https_only(true);
        if let Some(pin) = fingerprint {
            let config = pinned::config(pin);
            let config = config.map_err(|error| OfficeError::Unreachable(error.to_string()))?;
            // An office with a certificate of its own stands in the shop, not behind a proxy.
            builder = builder.tls_backend_preconfigured(config).no_proxy();
        }
        Ok(Self {
            http: builder.build().map_err(|error| unreachable(&error))?,
            base: format!("https://{address}/v1"),
            announced: Arc::new(AtomicU64::new(NOT_SAID)),
            report: None,
        })
    }

    /// From now on the till says this of itself, when it asks for its head and when it sends.
    pub fn report(&mut self, report: &TillReport) {
        self.report = HeaderValue::from_str(&report.to_header()).ok();
    }

    fn reported(&self, call: RequestBuilder) -> RequestBuilder {
        match &self.report {
            Some(report) => call.header(TILL_REPORT, report.clone()),
            None => call,
        }
    }

    /// Pairs a till by the secret of a pairing code.
    ///
    /// # Errors
    /// Every variant of [`OfficeError`] but `HeadForged`.
    pub async fn pair(&self, request: &PairRequest) -> Result<PairAnswer, OfficeError> {
        let body = serde_json::to_vec(request).map_err(unreadable)?;
        let call = self
            .http
            .request(Method::POST, format!("{}/pair", self.base));
        self.answer(call.header(CONTENT_TYPE, "application/json").body(body))
            .await
    }

    /// The head that the office holds of this till.
    ///
    /// # Errors
    /// Every variant of [`OfficeError`].
    pub async fn head(
        &self,
        token: &SecretString,
        till: TillId,
        office: &PublicKey,
    ) -> Result<SignedHead, OfficeError> {
        let call = self
            .http
            .request(Method::GET, format!("{}/head", self.base));
        let call = self.reported(authorised(call, token)?);
        signed(self.answer(call).await?, till, office)
    }

    /// The hash that the office holds of an entry of this till; `None`: it holds no such entry.
    ///
    /// # Errors
    /// Every variant of [`OfficeError`] but `HeadForged`.
    pub async fn hash_at(
        &self,
        token: &SecretString,
        seq: u64,
    ) -> Result<Option<EntryHash>, OfficeError> {
        let url = format!("{}/entries/{seq}", self.base);
        let call = self.http.request(Method::GET, url);
        let held: HeldEntry = self.answer(authorised(call, token)?).await?;
        match held.seq == seq {
            true => Ok(held.hash),
            false => Err(unreadable("it is about another entry")),
        }
    }

    /// What the office tells about itself. One that is too old for this question tells nothing.
    ///
    /// # Errors
    /// Every variant of [`OfficeError`] but `HeadForged`.
    pub async fn profile(&self, token: &SecretString) -> Result<OfficeProfile, OfficeError> {
        let url = format!("{}/office", self.base);
        let call = self.http.request(Method::GET, url);
        match self.answer(authorised(call, token)?).await {
            Err(OfficeError::Refused(refusal)) if refusal.code == "not_found" => {
                Ok(OfficeProfile::default())
            }
            other => other,
        }
    }

    /// What the office has to say to this till beside the hints that it has `had`: the office waits for that no longer
    /// than `hold`.
    ///
    /// # Errors
    /// Every variant of [`OfficeError`] but `HeadForged`.
    pub async fn news(
        &self,
        token: &SecretString,
        had: &str,
        hold: Duration,
    ) -> Result<News, OfficeError> {
        let url = format!("{}/news?hold_s={}&had={had}", self.base, hold.as_secs());
        let call = self.http.request(Method::GET, url);
        self.answer(authorised(call, token)?).await
    }

    /// Another token for this till. The present one stays valid until the other is used.
    ///
    /// # Errors
    /// Every variant of [`OfficeError`] but `HeadForged`.
    pub async fn renew(&self, token: &SecretString) -> Result<SecretToken, OfficeError> {
        let url = format!("{}/token", self.base);
        let call = self.http.request(Method::POST, url);
        let answered: TokenAnswer = self.answer(authorised(call, token)?).await?;
        Ok(answered.token)
    }

    /// Says what the shop's words on receipts are now.
    ///
    /// # Errors
    /// Every variant of [`OfficeError`] but `HeadForged`.
    pub async fn send_receipt_texts(
        &self,
        token: &SecretString,
        texts: &ReceiptTexts,
    ) -> Result<(), OfficeError> {
        let body = serde_json::to_vec(texts).map_err(unreadable)?;
        let url = format!("{}/receipt-texts", self.base);
        let call = self.http.request(Method::PUT, url);
        let call = call.header(CONTENT_TYPE, "application/json").body(body);
        let _: serde_json::Map<String, serde_json::Value> =
            self.answer(authorised(call, token)?).await?;
        Ok(())
    }

    /// Sends a batch; the answer is the head that the office then holds.
    ///
    /// # Errors
    /// Every variant of [`OfficeError`].
    pub async fn send(
        &self,
        token: &SecretString,
        till: TillId,
        office: &PublicKey,
        batch: &Batch,
    ) -> Result<SignedHead, OfficeError> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        let body = serde_json::to_vec(batch).map_err(unreadable)?;
        let body = packed.write_all(&body).and_then(|()| packed.finish());
        let call = self
            .http
            .request(Method::POST, format!("{}/entries", self.base))
            .header(CONTENT_TYPE, "application/json")
            .header(CONTENT_ENCODING, "gzip")
            .body(body.map_err(unreadable)?);
        let call = self.reported(authorised(call, token)?);
        signed(self.answer(call).await?, till, office)
    }

    /// The version of the shared settings that the office has said it has; `None`: it has not said.
    pub fn announced(&self) -> Option<u64> {
        let number = self.announced.load(Ordering::Relaxed);
        (number != NOT_SAID).then_some(number)
    }

    /// Another version of the shared settings than the one of this tag; `None`: it is still that one.
    ///
    /// # Errors
    /// Every variant of [`OfficeError`] but `HeadForged`.
    pub async fn settings(
        &self,
        token: &SecretString,
        known: Option<&str>,
    ) -> Result<Option<SettingsVersion>, OfficeError> {
        let url = format!("{}/settings", self.base);
        let mut call = self.http.request(Method::GET, url);
        if let Some(tag) = known {
            call = call.header(IF_NONE_MATCH, tag);
        }
        let response = self.sent(authorised(call, token)?).await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        Ok(Some(read(body_of(response, MAX_SETTINGS_BYTES).await?)?))
    }

    /// Tells what this till has of the shared settings.
    ///
    /// # Errors
    /// Every variant of [`OfficeError`] but `HeadForged`.
    pub async fn report_settings(
        &self,
        token: &SecretString,
        report: &SettingsReport,
    ) -> Result<(), OfficeError> {
        self.post(token, "settings/taken", report).await
    }

    /// Offers this till's own settings to the office.
    ///
    /// # Errors
    /// Every variant of [`OfficeError`] but `HeadForged`.
    pub async fn offer(
        &self,
        token: &SecretString,
        settings: &Document,
    ) -> Result<(), OfficeError> {
        self.post(token, "settings/offer", settings).await
    }

    async fn post(
        &self,
        token: &SecretString,
        path: &str,
        said: &impl Serialize,
    ) -> Result<(), OfficeError> {
        let body = serde_json::to_vec(said).map_err(unreadable)?;
        let call = self
            .http
            .request(Method::POST, format!("{}/{path}", self.base))
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        self.answer::<serde::de::IgnoredAny>(authorised(call, token)?)
            .await?;
        Ok(())
    }

    async fn sent(&self, call: RequestBuilder) -> Result<Response, OfficeError> {
        let response = call.send().await.map_err(|error| unreachable(&error))?;
        let said = response.headers().get(SETTINGS_HEADER);
        if let Some(number) = said.and_then(|it| it.to_str().ok()?.parse().ok()) {
            self.announced.store(number, Ordering::Relaxed);
        }
        Ok(response)
    }

    async fn answer<T: DeserializeOwned>(&self, call: RequestBuilder) -> Result<T, OfficeError> {
        let response = self.sent(call).await?;
        read(body_of(response, MAX_ANSWER_BYTES).await?)
    }
}

fn authorised(call: RequestBuilder, token: &SecretString) -> Result<RequestBuilder, OfficeError> {
    let bearer = format!("Bearer {}", token.expose_secret());
    let mut bearer = HeaderValue::from_str(&bearer).map_err(unreadable)?;
    bearer.set_sensitive(true);
    Ok(call.header(AUTHORIZATION, bearer))
}

fn signed(head: SignedHead, till: TillId, office: &PublicKey) -> Result<SignedHead, OfficeError> {
    match head.till == till && head.is_signed_by(office) {
        true => Ok(head),
        false => Err(OfficeError::HeadForged),
    }
}

/// What came: the status, when to come again, and the body, which is no longer than this.
async fn body_of(
    mut response: Response,
    longest: usize,
) -> Result<(StatusCode, Option<Duration>, Vec<u8>), OfficeError> {
    let status = response.status();
    let retry_after = response.headers().get(RETRY_AFTER);
    let retry_after = retry_after
        .and_then(|value| value.to_str().ok()?.trim().parse().ok())
        .map(Duration::from_secs);
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| unreachable(&error))?
    {
        if body.len() + chunk.len() > longest {
            return Err(unreadable("it is too long"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok((status, retry_after, body))
}

fn read<T: DeserializeOwned>(
    (status, retry_after, body): (StatusCode, Option<Duration>, Vec<u8>),
) -> Result<T, OfficeError> {
    if status.is_success() {
        return serde_json::from_slice(&body).map_err(unreadable);
    }
    if status.is_server_error() || matches!(status.as_u16(), 408 | 429) {
        return Err(OfficeError::Busy { retry_after });
    }
    let refusal: Refusal = serde_json::from_slice(&body).map_err(unreadable)?;
    Err(OfficeError::Refused(refusal))
}

fn unreadable(error: impl std::fmt::Display) -> OfficeError {
    OfficeError::Unreadable(error.to_string().chars().take(200).collect())
}

/// The innermost cause: reqwest's own text only repeats the address.
fn unreachable(error: &reqwest::Error) -> OfficeError {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    OfficeError::Unreachable(innermost.to_string().chars().take(200).collect())
}
