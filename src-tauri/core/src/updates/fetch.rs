//! One look at the address that is set: a plain request that says nothing about the till, bounded in time and size, that
//! follows no redirect.

use std::time::Duration;

use reqwest::{Response, StatusCode, redirect, retry};

use super::notice::{MAX_BYTES, UpdateTrouble};
use crate::settings::UpdateSource;

/// How long a look may take.
#[derive(Debug, Clone, Copy)]
pub struct LookLimits {
    /// Until there is a connection.
    pub connect: Duration,
    /// All in all.
    pub whole: Duration,
}

impl Default for LookLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            whole: Duration::from_secs(15),
        }
    }
}

/// The file that is there, unread and unproved.
///
/// # Errors
/// [`UpdateTrouble`] when nothing that could be a notice came.
pub async fn fetch_notice(
    source: &UpdateSource,
    limits: LookLimits,
) -> Result<Vec<u8>, UpdateTrouble> {
    // A server that sends a byte now and then does not end the client's own time by it.
    let file = tokio::time::timeout(limits.whole, request(source, limits));
    file.await.unwrap_or(Err(UpdateTrouble::Slow))
}

async fn request(source: &UpdateSource, limits: LookLimits) -> Result<Vec<u8>, UpdateTrouble> {
    // The first installation stays; a second is refused, which is harmless.
    drop(rustls::crypto::ring::default_provider().install_default());
    let client = reqwest::Client::builder()
        .connect_timeout(limits.connect)
        .timeout(limits.whole)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .build()
        .map_err(|error| trouble(&error))?;
    let response = client.get(source.address.clone()).send().await;
    let response = response.map_err(|error| trouble(&error))?;
    match response.status() {
        StatusCode::OK => body_of(response).await,
        status if status.is_redirection() => Err(UpdateTrouble::Redirected),
        _ => Err(UpdateTrouble::NoFile),
    }
}

async fn body_of(mut response: Response) -> Result<Vec<u8>, UpdateTrouble> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| trouble(&error))? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(UpdateTrouble::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn trouble(error: &reqwest::Error) -> UpdateTrouble {
    match error.is_timeout() {
        true => UpdateTrouble::Slow,
        false => UpdateTrouble::Unreachable,
    }
}
