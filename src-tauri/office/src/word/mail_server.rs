//! The mail server by which word leaves: an address as `smtps://user@mail.example`, its password from a file that the
//! office's user alone may read, or from the environment. What goes over a network is encrypted and the server's
//! certificate is checked; there is no way to send otherwise but to this machine itself.

use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

/// The longest time for a connection to the server, and for each of its answers.
const PATIENCE: Duration = Duration::from_secs(20);
/// The largest file with a password or certificates.
const MAX_FILE_BYTES: u64 = 256 * 1024;

/// A mail server, and from whom its mails are.
#[derive(Clone)]
pub struct MailServer {
    host: String,
    port: u16,
    tls: Tls,
    login: Option<(String, SecretString)>,
    pub(super) from: Mailbox,
}

/// Why there is no such server.
#[derive(Debug, thiserror::Error)]
pub enum MailServerError {
    /// The address is none.
    #[error(
        "the mail server: {0}; it is named as smtps://user@mail.example or smtp://user@mail.example"
    )]
    Address(String),
    /// The sender is no e-mail address.
    #[error("the sender of mails: {0}")]
    From(#[from] lettre::address::AddressError),
    /// A file cannot be read.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// What should prove the server's certificate proves nothing.
    #[error("the mail server's authorities: {0}")]
    Authorities(lettre::transport::smtp::Error),
}

impl std::fmt::Debug for MailServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MailServer({}:{})", self.host, self.port)
    }
}

impl MailServer {
    /// The server of this address: `smtps://` speaks TLS from the start, `smtp://` begins it by STARTTLS, except on this
    /// machine itself. `?ca=FILE` names authorities (PEM) that this machine does not know.
    ///
    /// # Errors
    /// [`MailServerError`].
    pub fn read(
        address: &str,
        password: Option<&Path>,
        from: &str,
    ) -> Result<Self, MailServerError> {
        let wrong = |what: &str| MailServerError::Address(what.to_owned());
        let url: Url = address.parse().or(Err(wrong("this is no address")))?;
        let host = url.host_str().ok_or_else(|| wrong("a host is missing"))?;
        let host = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned();
        let is_here =
            host == "localhost" || host.parse::<IpAddr>().is_ok_and(|it| it.is_loopback());
        let mut authorities = None;
        for (name, value) in url.query_pairs() {
            match &*name {
                "ca" => authorities = Some(value.into_owned()),
                _ => return Err(wrong("it knows no option but ca")),
            }
        }
        let tls = || parameters(&host, authorities.as_deref());
        let (tls, port) = match url.scheme() {
            "smtps" => (Tls::Wrapper(tls()?), 465),
            "smtp" if is_here => (Tls::None, 25),
            "smtp" => (Tls::Required(tls()?), 587),
            _ => return Err(wrong("smtps or smtp is missing")),
        };
        let from: Mailbox = from.parse()?;
        Ok(Self {
            port: url.port().unwrap_or(port),
            tls,
            login: login(&url, password)?,
            from,
            host,
        })
    }

    /// A connection to it, when something is sent.
    pub(super) fn transport(&self) -> AsyncSmtpTransport<Tokio1Executor> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host)
            .port(self.port)
            .tls(self.tls.clone())
            .timeout(Some(PATIENCE));
        let builder = match &self.login {
            Some((user, password)) => {
                let password = password.expose_secret().to_owned();
                builder.credentials(Credentials::new(user.clone(), password))
            }
            None => builder,
        };
        builder.build()
    }
}

fn parameters(host: &str, authorities: Option<&str>) -> Result<TlsParameters, MailServerError> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = authorities {
        let pem = read(Path::new(path))?;
        let certificate = Certificate::from_pem(&pem).map_err(MailServerError::Authorities)?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map_err(MailServerError::Authorities)
}

fn login(
    url: &Url,
    password: Option<&Path>,
) -> Result<Option<(String, SecretString)>, MailServerError> {
    if url.username().is_empty() {
        return Ok(None);
    }
    let decoded = |text: &str| {
        // Percent signs in a user's name, as `anna%40mail.example`.
        let pairs = format!("x={}", text.replace('+', "%2B"));
        let mut pairs = url::form_urlencoded::parse(pairs.as_bytes());
        pairs.next().map(|(_, value)| value.into_owned())
    };
    let user = decoded(url.username()).unwrap_or_default();
    let password = match (password, url.password()) {
        (Some(path), _) => {
            let bytes = read(path)?;
            let text = String::from_utf8_lossy(&bytes);
            text.trim_end_matches(['\r', '\n']).to_owned()
        }
        (None, Some(password)) => decoded(password).unwrap_or_default(),
        (None, None) => String::new(),
    };
    Ok(Some((user, password.into())))
}

fn read(path: &Path) -> Result<Vec<u8>, MailServerError> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path);
    let read = file.and_then(|file| file.take(MAX_FILE_BYTES).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => Err(MailServerError::File {
            path: path.display().to_string(),
            error,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(address: &str) -> Result<String, String> {
        let server = MailServer::read(address, None, "Ringup <till@shop.example>");
        let server = server.map_err(|error| error.to_string())?;
        let tls = match server.tls {
            Tls::None => "plain",
            Tls::Wrapper(_) => "tls",
            Tls::Required(_) => "starttls",
            _ => "other",
        };
        Ok(format!("{server:?} {tls}"))
    }

    #[test]
    fn what_goes_over_a_network_is_encrypted() {
        for (address, expected) in [
            (
                "smtps://anna@mail.example",
                "MailServer(mail.example:465) tls",
            ),
            (
                "smtp://anna:secret@mail.example:2525",
                "MailServer(mail.example:2525) starttls",
            ),
            ("smtp://10.0.0.1", "MailServer(10.0.0.1:587) starttls"),
            ("smtp://localhost", "MailServer(localhost:25) plain"),
            ("smtp://127.0.0.1:1025", "MailServer(127.0.0.1:1025) plain"),
        ] {
            assert_eq!(shown(address).as_deref(), Ok(expected), "{address}");
        }
        for wrong in [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://mail.example?tls=none",
        ] {
            assert!(shown(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_comes_from_its_file_and_is_shown_nowhere() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "pass word\n").expect("a file");
        let address = "smtps://anna%40mail.example@mail.example";
        let server = MailServer::read(address, Some(file.path()), "till@shop.example");
        let server = server.expect("a server");
        let (user, password) = server.login.clone().expect("a login");
        assert_eq!(
            (user.as_str(), password.expose_secret()),
            ("anna@mail.example", "pass word")
        );
        assert!(!format!("{server:?}").contains("word"));
        assert!(MailServer::read(address, None, "nobody").is_err());
    }
}
