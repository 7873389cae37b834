//! Sends one webhook, signed after the Standard Webhooks convention. It follows no redirect, reads nothing of the answer
//! but its status, and reaches no private network: a name is resolved here, and only addresses that may be reached are
//! connected to.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{redirect, retry};
use ring::hmac;

use ringup_core::clock::UnixMs;

use super::hook_url::HookUrl;
use super::network::Networks;
use super::retry::Outcome;

/// The longest time for a connection, and for all of it. Less than a lease.
const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(20);

/// From what the secrets of webhooks are made: they are not in the book, so who has a copy of that can sign nothing.
#[derive(Clone, Default)]
pub struct HookSecrets([u8; 32]);

impl std::fmt::Debug for HookSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HookSecrets")
    }
}

impl HookSecrets {
    /// Secrets that are made from this one.
    pub fn new(from: [u8; 32]) -> Self {
        Self(from)
    }

    fn secret(&self, address: &str, generation: u64) -> [u8; 32] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let tag = hmac::sign(
            &key,
            format!("ringup webhook\n{address}\n{generation}").as_bytes(),
        );
        let mut secret = [0; 32];
        secret.copy_from_slice(tag.as_ref());
        secret
    }

    /// The secret of an address, as its receiver is told it once.
    pub fn reveal(&self, address: &str, generation: u64) -> String {
        format!(
            "whsec_{}",
            STANDARD.encode(self.secret(address, generation))
        )
    }

    /// What a message is signed with. After a change of the secret the one before signs as well, so that the receiver can
    /// change it whenever they come to it.
    fn signatures(&self, address: &str, generation: u64, signed: &[u8]) -> String {
        let generations = [generation, generation.saturating_sub(1)];
        let each = generations.iter().filter(|it| **it > 0).map(|generation| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, &self.secret(address, *generation));
            format!("v1,{}", STANDARD.encode(hmac::sign(&key, signed)))
        });
        each.collect::<Vec<_>>().join(" ")
    }
}

/// A message on its way to a webhook.
pub(super) struct HookMessage<'a> {
    pub(super) id: &'a str,
    pub(super) address: &'a str,
    pub(super) generation: u64,
    pub(super) body: Vec<u8>,
}

/// Sends webhooks.
#[derive(Debug, Clone)]
pub(super) struct HookClient {
    http: reqwest::Client,
    secrets: HookSecrets,
}

impl HookClient {
    /// A client that reaches the public Internet and these networks.
    pub(super) fn new(secrets: HookSecrets, networks: Networks) -> Result<Self, reqwest::Error> {
        // The first installation stays; a second is refused, which is harmless.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder()
            .user_agent(concat!("ringup-office/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            // A proxy would resolve names by itself, and reach what must not be reached.
            .no_proxy()
            // Another try asks anew where the host is.
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(Guarded(networks)))
            .build()?;
        Ok(Self { http, secrets })
    }

    /// Sends it.
    pub(super) async fn send(
        &self,
        url: &HookUrl,
        message: HookMessage<'_>,
        now: UnixMs,
    ) -> Outcome {
        let timestamp = now.0.div_euclid(1000);
        let mut signed = format!("{}.{timestamp}.", message.id).into_bytes();
        signed.extend_from_slice(&message.body);
        let signatures = self
            .secrets
            .signatures(message.address, message.generation, &signed);
        let call = self
            .http
            .post(url.url().clone())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", message.id)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signatures)
            .body(message.body);
        match call.send().await {
            Ok(response) => outcome(&response),
            Err(error) => Outcome::later(innermost(&error)),
        }
    }
}

fn outcome(response: &reqwest::Response) -> Outcome {
    let status = response.status();
    let answer = format!("HTTP {}", status.as_u16());
    let asked = response.headers().get(RETRY_AFTER);
    let asked = asked.and_then(|value| value.to_str().ok()?.trim().parse().ok());
    match status.as_u16() {
        200..300 => Outcome::Delivered { answer },
        // The receiver wants nothing more.
        410 => Outcome::Never { answer },
        300..400 => Outcome::later(format!("{answer}: a redirect is not followed")),
        _ => Outcome::Later {
            answer,
            asked: asked.map(Duration::from_secs),
        },
    }
}

/// The innermost cause: reqwest's own text repeats the URL, which may hold a secret.
fn innermost(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut innermost: &dyn std::error::Error = error;
    while let Some(cause) = innermost.source() {
        innermost = cause;
    }
    innermost.to_string()
}

/// Resolves names, and leaves out what must not be reached.
#[derive(Debug)]
struct Guarded(Networks);

/// A name leads to private addresses alone.
#[derive(Debug, thiserror::Error)]
#[error("the host is in a private network")]
struct PrivateHost;

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let networks = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found
                .filter(|address| networks.allow(address.ip()))
                .collect();
            if allowed.is_empty() {
                return Err(PrivateHost.into());
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the convention's own libraries: an independent signature to compare with.
    #[test]
    fn a_signature_is_that_of_the_convention() {
        let secret = STANDARD
            .decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            .expect("base64");
        let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
        let signed = b"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}";
        let signature = STANDARD.encode(hmac::sign(&key, signed));
        assert_eq!(signature, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn each_address_and_each_generation_has_a_secret_of_its_own() {
        let secrets = HookSecrets::new([7; 32]);
        let first = secrets.reveal("a", 1);
        assert!(first.starts_with("whsec_") && first.len() == 50, "{first}");
        assert_ne!(first, secrets.reveal("a", 2));
        assert_ne!(first, secrets.reveal("b", 1));
        assert_ne!(first, HookSecrets::new([8; 32]).reveal("a", 1));
        let signed = secrets.signatures("a", 2, b"x");
        let (new, old) = signed.split_once(' ').expect("two");
        assert_eq!(secrets.signatures("a", 1, b"x"), old);
        assert!(new.starts_with("v1,") && new != old);
        assert!(!format!("{secrets:?}").contains('7'));
    }
}
