//! The code that pairs a till with an office: its address, a secret that works once, and the start of the fingerprint of
//! the office's own certificate. `192.168.1.20:7443/0123-4567-89AB-CDEF-0123-4567/…`. All of it is in the alphabet of a
//! QR code's letters, so the picture is small, and a scanner types it.

use std::fmt;
use std::str::FromStr;

use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use super::base32;

/// The secret's bytes: 120 bits, which nobody guesses in the minutes that it is valid.
pub const SECRET_BYTES: usize = 15;
/// The fingerprint's bytes. To find another certificate with the same 120 bits is beyond anybody.
pub const FINGERPRINT_BYTES: usize = 15;

/// What a till needs to know of an office.
#[derive(Debug, Clone)]
pub struct PairingCode {
    /// Host and port.
    pub address: String,
    /// As text, without dashes.
    pub secret: SecretString,
    /// The start of the SHA-256 of the office's certificate; `None`: a public authority has signed it.
    pub fingerprint: Option<[u8; FINGERPRINT_BYTES]>,
}

/// The start of a certificate's SHA-256 (its DER).
pub fn fingerprint_of(certificate: &[u8]) -> [u8; FINGERPRINT_BYTES] {
    let mut start = [0; FINGERPRINT_BYTES];
    for (to, from) in start.iter_mut().zip(Sha256::digest(certificate)) {
        *to = from;
    }
    start
}

/// Why a text is no pairing code. The text is not repeated: it holds a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no pairing code, or one that was not typed as it stands")]
pub struct NotAPairingCode;

impl PairingCode {
    /// The code of these values.
    pub fn new(
        address: &str,
        secret: &[u8; SECRET_BYTES],
        fingerprint: Option<[u8; FINGERPRINT_BYTES]>,
    ) -> Self {
        Self {
            address: address.to_owned(),
            secret: base32::encode(secret).replace('-', "").into(),
            fingerprint,
        }
    }

    /// The code as it is shown: it holds the secret.
    pub fn reveal(&self) -> String {
        let secret = base32::decode(self.secret.expose_secret()).unwrap_or_default();
        let fingerprint = self.fingerprint.as_ref();
        let fingerprint = fingerprint.map(|it| format!("/{}", base32::encode(it)));
        format!(
            "{}/{}{}",
            self.address.to_uppercase(),
            base32::encode(&secret),
            fingerprint.unwrap_or_default()
        )
    }
}

impl FromStr for PairingCode {
    type Err = NotAPairingCode;

    fn from_str(text: &str) -> Result<Self, NotAPairingCode> {
        let text: String = text.split_whitespace().collect();
        let mut parts = text.split('/');
        let address = parts.next().unwrap_or_default().to_lowercase();
        let secret = parts
            .next()
            .and_then(base32::decode)
            .ok_or(NotAPairingCode)?;
        let fingerprint = match parts.next() {
            None => None,
            Some(text) => {
                let bytes = base32::decode(text).ok_or(NotAPairingCode)?;
                Some(bytes.try_into().or(Err(NotAPairingCode))?)
            }
        };
        let secret: [u8; SECRET_BYTES] = secret.try_into().or(Err(NotAPairingCode))?;
        if parts.next().is_some() || !is_address(&address) {
            return Err(NotAPairingCode);
        }
        Ok(Self::new(&address, &secret, fingerprint))
    }
}

/// Whether this is a host and a port, and nothing else: no user, no path, no query.
fn is_address(address: &str) -> bool {
    let url = url::Url::parse(&format!("https://{address}/"));
    let has_port = address
        .rsplit_once(':')
        .is_some_and(|(_, port)| port.parse().is_ok_and(|port: u16| port > 0));
    url.is_ok_and(|url| {
        has_port
            && url.username().is_empty()
            && url.password().is_none()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
    })
}

impl fmt::Display for PairingCode {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_comes_back_however_it_is_typed() {
        for fingerprint in [None, Some([9; FINGERPRINT_BYTES])] {
            for address in ["192.168.1.20:7443", "office.example:443", "[::1]:7443"] {
                let shown = PairingCode::new(address, &[0xA5; SECRET_BYTES], fingerprint).reveal();
                for typed in [
                    shown.clone(),
                    shown.to_lowercase(),
                    shown.replace('-', " "),
                    format!(" {shown}\r\n"),
                ] {
                    let read: PairingCode = typed.parse().expect("a code");
                    assert_eq!(read.address, address);
                    assert_eq!(read.fingerprint, fingerprint);
                    assert_eq!(read.reveal(), shown);
                }
            }
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let good = PairingCode::new("a.example:1", &[1; SECRET_BYTES], None).reveal();
        let secret = good.split('/').nth(1).expect("a secret").to_owned();
        for bad in [
            String::new(),
            "a.example:1".to_owned(),
            format!("a.example/{secret}"),
            format!("user@a.example:1/{secret}"),
            format!("a.example:0/{secret}"),
            format!("a.example:1?x:1/{secret}"),
            format!("a.example:1/{secret}X"),
            format!("a.example:1/{secret}/"),
            format!("a.example:1/{secret}//x"),
        ] {
            assert!(bad.parse::<PairingCode>().is_err(), "{bad}");
        }
        let debug = format!("{:?}", good.parse::<PairingCode>());
        assert!(!debug.contains(&secret), "{debug}");
    }
}
