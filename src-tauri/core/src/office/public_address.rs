//! The address by which the world reaches the office: customers' phones and the gateway, which have no pairing code and so
//! take no certificate but an authority's. Tills have an address of their own, in their pairing.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::gateway::is_loopback;

/// Longest address, characters: it goes into a QR, and into the gateway's `webhook`.
const MAX_CHARS: usize = 200;

/// Scheme, host and port: `https://office.example`, without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PublicAddress(String);

/// Why a text is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublicAddressError {
    /// It is no web address, or a very long one.
    #[error("it is no URL of at most {MAX_CHARS} characters")]
    NotAUrl,
    /// It is `http` on another machine.
    #[error("it must be https (http is for this machine alone)")]
    NotEncrypted,
    /// It has more than scheme, host and port.
    #[error("it must hold nothing but scheme, host and port")]
    Superfluous,
}

impl PublicAddress {
    /// What lies at this path of the office, which begins with a slash.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// Whether whoever calls it has to prove nothing of a certificate: `http`, on this machine.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.0.starts_with("http:")
    }
}

impl FromStr for PublicAddress {
    type Err = PublicAddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.chars().count() > MAX_CHARS || text.chars().any(char::is_control) {
            return Err(PublicAddressError::NotAUrl);
        }
        let url = Url::parse(text).or(Err(PublicAddressError::NotAUrl))?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(PublicAddressError::NotEncrypted),
            _ => return Err(PublicAddressError::NotAUrl),
        }
        let is_bare = url.username().is_empty()
            && url.password().is_none()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none();
        if !is_bare {
            return Err(PublicAddressError::Superfluous);
        }
        Ok(Self(url.origin().ascii_serialization()))
    }
}

impl TryFrom<String> for PublicAddress {
    type Error = PublicAddressError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PublicAddress> for String {
    fn from(address: PublicAddress) -> Self {
        address.0
    }
}

impl fmt::Display for PublicAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_scheme_host_and_port_and_encrypted_beyond_this_machine() {
        let read = |text: &str| text.parse::<PublicAddress>().map(|it| it.to_string());
        for (text, address) in [
            ("https://office.example", "https://office.example"),
            (" https://Office.Example:443/ ", "https://office.example"),
            ("https://office.example:7443", "https://office.example:7443"),
            ("https://[2001:db8::1]/", "https://[2001:db8::1]"),
            ("http://127.0.0.1:7443", "http://127.0.0.1:7443"),
            ("http://localhost", "http://localhost"),
        ] {
            assert_eq!(read(text), Ok(address.to_owned()), "{text}");
        }
        let long = format!("https://{}.example", "a".repeat(MAX_CHARS));
        for text in [
            "",
            "office.example",
            "ftp://office.example",
            "https://",
            &long,
        ] {
            assert_eq!(read(text), Err(PublicAddressError::NotAUrl), "{text}");
        }
        for text in ["http://office.example", "http://192.168.1.20:7443"] {
            assert_eq!(read(text), Err(PublicAddressError::NotEncrypted), "{text}");
        }
        for text in [
            "https://office.example/shop",
            "https://office.example?a",
            "https://office.example#a",
            "https://anna:pass@office.example",
        ] {
            assert_eq!(read(text), Err(PublicAddressError::Superfluous), "{text}");
        }
    }

    #[test]
    fn what_lies_there_is_named_by_its_path() {
        let address: PublicAddress = "https://office.example/".parse().expect("an address");
        assert_eq!(address.at("/r/abc"), "https://office.example/r/abc");
        assert!(!address.is_plain());
    }
}
