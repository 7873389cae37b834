//! Somebody who visits the office over HTTPS by hand: any bytes may be sent, and what comes back is looked at as it is. It
//! keeps cookies and the form's token, as a browser does.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// The longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(40);

/// A visitor.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Where the office is.
    pub address: SocketAddr,
    /// What it has set.
    pub cookies: BTreeMap<String, String>,
    /// The token of the form that was seen last.
    pub token: String,
    /// Headers that are sent as well, each with its line's end.
    pub more: String,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status; 0: the connection ended without an answer.
    pub status: u16,
    /// The headers, their names small.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// A header's value; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// The cookies that it sets, as they are written.
    pub fn cookies(&self) -> Vec<&str> {
        let set = self.headers.iter().filter(|(key, _)| key == "set-cookie");
        set.map(|(_, value)| value.as_str()).collect()
    }

    /// The attribute that follows this text in the body.
    pub fn after(&self, text: &str) -> &str {
        let rest = self.body.split_once(text).map(|(_, rest)| rest);
        rest.and_then(|rest| rest.split('"').next())
            .unwrap_or_default()
    }
}

impl Visitor {
    /// A browser that has never been there.
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            cookies: BTreeMap::new(),
            token: String::new(),
            more: String::new(),
        }
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = format!("GET {path} HTTP/1.1\r\n{}\r\n", self.head());
        let answer = send(self.address, request.as_bytes()).await;
        self.keep(&answer);
        answer
    }

    /// Sends a form, with the token that was seen last.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token.clone();
        let with_token = fields.iter().copied().chain([("token", token.as_str())]);
        let body: Vec<String> = with_token
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        let answer = self.post_body(path, &body.join("&")).await;
        self.keep(&answer);
        answer
    }

    /// Sends this body as a form.
    pub async fn post_body(&self, path: &str, body: &str) -> Answer {
        let origin = match self.more.contains("Origin:") {
            true => String::new(),
            false => format!("Origin: https://{}\r\n", self.address),
        };
        let request = format!(
            "POST {path} HTTP/1.1\r\n{}{origin}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.head(),
            body.len()
        );
        send(self.address, request.as_bytes()).await
    }

    /// The headers that it sends with everything.
    pub fn head(&self) -> String {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let cookies = match cookies.is_empty() {
            true => String::new(),
            false => format!("Cookie: {}\r\n", cookies.join("; ")),
        };
        let (address, more) = (self.address, &self.more);
        format!("Host: {address}\r\nConnection: close\r\n{cookies}{more}")
    }

    fn keep(&mut self, answer: &Answer) {
        for cookie in answer.cookies() {
            let (pair, _) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        let token = answer.after("name=\"token\" value=\"");
        if !token.is_empty() {
            token.clone_into(&mut self.token);
        }
    }
}

/// A value as forms write it.
pub fn encoded(value: &str) -> String {
    let byte = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    value.bytes().map(byte).collect()
}

/// A connection, encrypted.
pub async fn connect(address: SocketAddr) -> std::io::Result<TlsStream<TcpStream>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Any))
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::IpAddress(address.ip().into());
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}

/// Sends these bytes on a connection of their own; what comes back.
pub async fn send(address: SocketAddr, bytes: &[u8]) -> Answer {
    let Ok(mut stream) = connect(address).await else {
        return parsed(&[]);
    };
    // An office that has read enough answers and ends.
    stream.write_all(bytes).await.ok();
    stream.flush().await.ok();
    let mut whole = Vec::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut whole));
    read.await.unwrap().ok();
    parsed(&whole)
}

fn parsed(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let is_chunked = headers.contains(&("transfer-encoding".to_owned(), "chunked".to_owned()));
    Answer {
        status: status.and_then(|it| it.parse().ok()).unwrap_or(0),
        headers,
        body: match is_chunked {
            true => body.lines().skip(1).step_by(2).collect(),
            false => body.to_owned(),
        },
    }
}

/// Takes any certificate: what these tests look at is behind it.
#[derive(Debug)]
struct Any;

impl ServerCertVerifier for Any {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::ring::default_provider()
            .signature_verification_algorithms
            .supported_schemes()
    }
}
