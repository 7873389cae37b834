//! Where a webhook goes: an https URL. Plain http goes nowhere but to this machine, and only where its network is allowed.

use std::net::IpAddr;

use url::{Host, Url};

use super::network::Networks;

/// The longest URL, bytes.
const MAX_URL_BYTES: usize = 1024;

/// A URL to which a webhook may be sent. What its host resolves to is asked at each sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookUrl(Url);

/// Why a text is no such URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HookUrlError {
    /// It is no URL, or not https, or holds a name and a password.
    #[error("a webhook goes to an https URL without a user's name")]
    Invalid,
    /// Its address is a private one.
    #[error("a webhook does not go to a private network, unless the office's options allow it")]
    Private,
}

impl HookUrl {
    /// The URL of this text.
    ///
    /// # Errors
    /// [`HookUrlError`].
    pub fn parse(text: &str, networks: &Networks) -> Result<Self, HookUrlError> {
        if text.len() > MAX_URL_BYTES {
            return Err(HookUrlError::Invalid);
        }
        let mut url: Url = text.trim().parse().or(Err(HookUrlError::Invalid))?;
        url.set_fragment(None);
        if !url.username().is_empty() || url.password().is_some() {
            return Err(HookUrlError::Invalid);
        }
        let address = match url.host().ok_or(HookUrlError::Invalid)? {
            Host::Ipv4(address) => Some(IpAddr::from(address)),
            Host::Ipv6(address) => Some(IpAddr::from(address)),
            Host::Domain(_) => None,
        };
        if address.is_some_and(|address| !networks.allow(address)) {
            return Err(HookUrlError::Private);
        }
        let is_here = address.is_some_and(|address| address.is_loopback());
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_here => Ok(Self(url)),
            _ => Err(HookUrlError::Invalid),
        }
    }

    /// The whole URL. It may hold a secret: for the request alone.
    pub(super) fn url(&self) -> &Url {
        &self.0
    }

    /// The URL as the book keeps it.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// What of it may be shown: paths and queries of webhooks hold secrets.
    pub fn shown(&self) -> String {
        let is_bare = self.0.path() == "/" && self.0.query().is_none();
        let origin = self.0.origin().ascii_serialization();
        match is_bare {
            true => origin,
            false => format!("{origin}/…"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<String, HookUrlError> {
        let networks = "127.0.0.1".parse().expect("networks");
        HookUrl::parse(text, &networks).map(|url| url.shown())
    }

    #[test]
    fn a_webhook_goes_over_https_to_a_public_host() {
        for (text, shown) in [
            (
                "https://hooks.example/a/secret?b=c#d",
                "https://hooks.example/…",
            ),
            (" https://hooks.example:8443 ", "https://hooks.example:8443"),
            ("https://1.1.1.1/", "https://1.1.1.1"),
            ("http://127.0.0.1:9/x", "http://127.0.0.1:9/…"),
        ] {
            assert_eq!(parsed(text), Ok(shown.to_owned()), "{text}");
        }
        for (text, wrong) in [
            ("", HookUrlError::Invalid),
            ("hooks.example", HookUrlError::Invalid),
            ("http://hooks.example/", HookUrlError::Invalid),
            ("http://localhost/", HookUrlError::Invalid),
            ("http://1.1.1.1/", HookUrlError::Invalid),
            ("ftp://hooks.example/", HookUrlError::Invalid),
            ("file:///etc/passwd", HookUrlError::Invalid),
            ("https://user:word@hooks.example/", HookUrlError::Invalid),
            ("https://user@hooks.example/", HookUrlError::Invalid),
            ("https://127.0.0.2/", HookUrlError::Private),
            ("https://2130706434/", HookUrlError::Private),
            ("https://0x7f.2/", HookUrlError::Private),
            ("https://0177.0.0.2/", HookUrlError::Private),
            ("https://[::ffff:10.0.0.1]/", HookUrlError::Private),
            ("https://[::1]/", HookUrlError::Private),
            (
                "https://169.254.169.254/latest/meta-data",
                HookUrlError::Private,
            ),
        ] {
            assert_eq!(parsed(text), Err(wrong), "{text}");
        }
        let long = format!("https://hooks.example/{}", "a".repeat(MAX_URL_BYTES));
        assert_eq!(parsed(&long), Err(HookUrlError::Invalid));
    }
}
