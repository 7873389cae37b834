//! The address of a PostgreSQL, and TLS to it, in the words of libpq: `sslmode` and `sslrootcert` mean here what they mean
//! to `psql` (PostgreSQL's documentation, *SSL Support*).
//!
//! No error of this file repeats any part of the address: it holds the password.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_rustls::TlsConnector;

use super::StoreError;

/// How an address begins.
const SCHEMES: [&str; 2] = ["postgresql://", "postgres://"];
/// What stands for the authorities that this machine trusts.
const SYSTEM: &str = "system";

/// Where a PostgreSQL is, and how it is spoken to.
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) tls: Tls,
}

/// What of a certificate is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Checks {
    /// Nothing: it keeps eavesdroppers out, and no impostor.
    Nothing,
    /// That an authority has signed it.
    Authority,
    /// That, and that it is of the host that was asked.
    AuthorityAndHost,
}

impl Address {
    /// Reads an address. Without `sslmode` it is `prefer`, as ever.
    ///
    /// # Errors
    /// [`StoreError::Address`].
    pub(super) fn read(url: &str) -> Result<Self, StoreError> {
        let wrong = |why: &str| StoreError::Address(why.to_owned());
        if !SCHEMES.iter().any(|scheme| url.starts_with(scheme)) {
            return Err(wrong("it begins with postgresql://"));
        }
        let (place, options) = url.split_once('?').unwrap_or((url, ""));
        let (mut mode, mut authority, mut others) = ("prefer".to_owned(), None, Vec::new());
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslmode", value)) => mode = decoded(value),
                Some(("sslrootcert", value)) => authority = Some(decoded(value)),
                _ => others.push(option),
            }
        }
        let (ssl_mode, checks) = match (mode.as_str(), &authority) {
            ("disable", _) => (SslMode::Disable, Checks::Nothing),
            ("prefer", _) => (SslMode::Prefer, Checks::Nothing),
            ("require", None) => (SslMode::Require, Checks::Nothing),
            ("require" | "verify-ca", Some(it)) if it == SYSTEM => {
                return Err(wrong("sslrootcert=system needs sslmode=verify-full"));
            }
            ("require" | "verify-ca", _) => (SslMode::Require, Checks::Authority),
            ("verify-full", _) => (SslMode::Require, Checks::AuthorityAndHost),
            _ => {
                return Err(wrong(
                    "sslmode is disable, prefer, require, verify-ca or verify-full",
                ));
            }
        };
        let rest = match others.is_empty() {
            true => place.to_owned(),
            false => format!("{place}?{}", others.join("&")),
        };
        let form = "it is no postgresql://user:password@host:port/name";
        let mut config: Config = rest.parse().or(Err(wrong(form)))?;
        config.ssl_mode(ssl_mode);
        let tls = Tls::new(checks, authority.as_deref())?;
        Ok(Self { config, tls })
    }
}

/// A value of an address without its percent signs. What is no code stays as it is.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Makes TLS connections of this kind.
#[derive(Clone)]
pub(super) struct Tls {
    connector: TlsConnector,
}

/// One to a host; `None`: through a socket file, where there is no TLS.
pub(super) struct ToHost {
    connector: TlsConnector,
    host: Option<ServerName<'static>>,
}

/// A connection over TLS.
pub(super) struct Stream<S>(tokio_rustls::client::TlsStream<S>);

impl Tls {
    fn new(checks: Checks, authority: Option<&str>) -> Result<Self, StoreError> {
        let unusable = |error: rustls::Error| StoreError::Address(format!("TLS: {error}"));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(unusable)?;
        let authorities = match checks {
            Checks::Nothing => None,
            _ => {
                let roots = Arc::new(roots(authority)?);
                let built = WebPkiServerVerifier::builder_with_provider(roots, provider.clone());
                let built = built.build();
                Some(built.map_err(|error| StoreError::Address(format!("sslrootcert: {error}")))?)
            }
        };
        let verifier = Arc::new(Verifier {
            checks,
            authorities,
            provider,
        });
        let config = builder
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        Ok(Self {
            connector: TlsConnector::from(Arc::new(config)),
        })
    }
}

/// The authorities in this file, or those of this machine.
fn roots(authority: Option<&str>) -> Result<RootCertStore, StoreError> {
    let mut roots = RootCertStore::empty();
    match authority {
        None | Some(SYSTEM) => {
            let found = rustls_native_certs::load_native_certs();
            roots.add_parsable_certificates(found.certs);
        }
        Some(path) => {
            let wrong = |error: String| StoreError::Address(format!("sslrootcert {path}: {error}"));
            let text = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
            for certificate in CertificateDer::pem_slice_iter(&text) {
                let certificate = certificate.map_err(|error| wrong(format!("{error:?}")))?;
                roots
                    .add(certificate)
                    .map_err(|error| wrong(error.to_string()))?;
            }
        }
    }
    if roots.is_empty() {
        return Err(StoreError::Address(
            "there is no authority that could vouch for the database".to_owned(),
        ));
    }
    Ok(roots)
}

/// Checks as much of a certificate as the mode asks for. That the database has the certificate's key is always checked.
#[derive(Debug)]
struct Verifier {
    checks: Checks,
    authorities: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        host: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(authorities) = &self.authorities else {
            return Ok(ServerCertVerified::assertion());
        };
        // The host comes last: who gets as far as a wrong name was signed by an authority.
        match authorities.verify_server_cert(end_entity, intermediates, host, ocsp, now) {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if self.checks == Checks::Authority => Ok(ServerCertVerified::assertion()),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}

impl<S> MakeTlsConnect<S> for Tls
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Stream<S>;
    type TlsConnect = ToHost;
    type Error = rustls::pki_types::InvalidDnsNameError;

    fn make_tls_connect(&mut self, host: &str) -> Result<ToHost, Self::Error> {
        let host = match host {
            "" => None,
            host => Some(ServerName::try_from(host.to_owned())?),
        };
        Ok(ToHost {
            connector: self.connector.clone(),
            host,
        })
    }
}

impl<S> TlsConnect<S> for ToHost
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Stream<S>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Stream<S>>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move {
            let host = self
                .host
                .ok_or_else(|| io::Error::other("there is no TLS through a socket file"))?;
            Ok(Stream(self.connector.connect(host, stream).await?))
        })
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream for Stream<S> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Stream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Stream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(url: &str) -> Result<SslMode, String> {
        let read = Address::read(url).map_err(|error| error.to_string());
        read.map(|address| address.config.get_ssl_mode())
    }

    #[test]
    fn modes_are_those_of_libpq_and_the_rest_of_the_address_stays() {
        let url = "postgresql://o:p@a:1,b:2/n?sslmode=disable&target_session_attrs=read-write";
        let read = Address::read(url).unwrap();
        assert_eq!(read.config.get_ssl_mode(), SslMode::Disable);
        assert_eq!(read.config.get_ports(), [1, 2]);
        assert_eq!(mode("postgres://o@a/n"), Ok(SslMode::Prefer));
        assert_eq!(
            mode("postgresql://o@a/n?sslmode=require"),
            Ok(SslMode::Require)
        );
        assert!(mode("postgresql://o@a/n?sslmode=allow").is_err());
        assert!(mode("postgresql://o@a/n?sslmode=require&sslrootcert=system").is_err());
    }

    #[test]
    fn no_error_repeats_the_password() {
        for url in [
            "host=a password=s3cret",
            "postgresql://o:s3cret@a:port/n",
            "postgresql://o:s3cret@a/n?sslmode=s3cret",
            "postgresql://o:s3cret@a/n?sslmode=verify-full&sslrootcert=/nowhere.pem",
        ] {
            let said = mode(url).unwrap_err();
            assert!(!said.contains("s3cret"), "{said}");
        }
    }

    #[test]
    fn percent_signs_are_read_as_in_any_address() {
        assert_eq!(decoded("/a%20b/%C3%A4.pem"), "/a b/ä.pem");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%zz%4"), "%zz%4");
    }
}
