//! Calls the webhook of an invoice when it is paid, as the shop asked for with `create`.
//!
//! What such a call carries is not documented, so it carries what `info` answers; nobody may rely on that. The gateway's
//! money is play money: it calls this machine and no other, and asks nobody there for a certificate of an authority.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, redirect};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use tokio::sync::mpsc;
use url::{Host, Url};

/// How many calls wait at most; more are dropped.
const WAITING: usize = 256;
/// The longest time for a call.
const WHOLE_CALL: Duration = Duration::from_secs(5);

/// A call that is to be made.
#[derive(Debug, Clone)]
pub(crate) struct WebhookCall {
    pub(crate) url: Url,
    pub(crate) body: Vec<u8>,
    pub(crate) after: Duration,
}

/// Where calls wait for their turn.
#[derive(Debug, Clone)]
pub(crate) struct Webhooks(mpsc::Sender<WebhookCall>);

impl Webhooks {
    /// A queue, and its end from which [`deliver`] takes them.
    pub(crate) fn new() -> (Self, mpsc::Receiver<WebhookCall>) {
        let (sender, receiver) = mpsc::channel(WAITING);
        (Self(sender), receiver)
    }

    /// Has a call made.
    pub(crate) fn send(&self, call: WebhookCall) {
        if self.0.try_send(call).is_err() {
            tracing::warn!("a call of a webhook is dropped");
        }
    }
}

/// The address, if the gateway calls it: on this machine.
pub(crate) fn callable(webhook: &str) -> Option<Url> {
    let url = Url::parse(webhook).ok()?;
    let is_here = match url.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => name == "localhost",
    };
    is_here.then_some(url)
}

/// Makes the calls, each when it is time, until the gateway is gone.
pub(crate) async fn deliver(mut calls: mpsc::Receiver<WebhookCall>) {
    let client = match client() {
        Ok(client) => client,
        Err(error) => {
            tracing::warn!(error, "no webhook is called");
            return;
        }
    };
    while let Some(call) = calls.recv().await {
        let client = client.clone();
        tokio::spawn(async move {
            tokio::time::sleep(call.after).await;
            let sent = client
                .post(call.url)
                .header("Content-Type", "application/json")
                .body(call.body)
                .send();
            match sent.await {
                Ok(answer) => tracing::debug!(status = answer.status().as_u16(), "webhook"),
                Err(error) => tracing::debug!(%error, "webhook"),
            }
        });
    }
}

fn client() -> Result<Client, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate(provider)))
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .redirect(redirect::Policy::none())
        .timeout(WHOLE_CALL)
        .build()
        .map_err(|error| error.to_string())
}

/// Takes any certificate: whoever listens on this machine may be it.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_called() {
        for webhook in [
            "https://127.0.0.1:7443/hook/a",
            "https://localhost/",
            "https://[::1]/",
        ] {
            assert!(callable(webhook).is_some(), "{webhook}");
        }
        for webhook in [
            "https://shop.example/hook",
            "https://192.168.1.20/",
            "https://localhost.example/",
            "no",
        ] {
            assert!(callable(webhook).is_none(), "{webhook}");
        }
    }
}
