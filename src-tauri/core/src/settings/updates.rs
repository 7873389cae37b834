//! Where the till looks for a newer version of itself: nowhere, unless the shop names an address. The key that must have
//! signed what is found there is set beside it, because whoever keeps the address keeps the key: the project, a dealer, or
//! the shop itself (docs/releasing.md, *The version notice*).

use minisign_verify::PublicKey;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::trimmed;
use crate::error::FieldErrors;

/// The longest address, bytes: as long as the gateway's own addresses may be.
const MAX_ADDRESS_BYTES: usize = 2048;

/// Where the till looks for a newer version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct UpdateSettings {
    /// The address of the version notice, `https`, or `http` on this machine; `None`: the till never looks.
    pub address: Option<String>,
    /// The public key of minisign that signs it, one line of Base64.
    pub key: Option<String>,
}

/// An address and its key, both valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateSource {
    pub(crate) address: Url,
    pub(crate) key: PublicKey,
}

impl UpdateSettings {
    /// Where to look; `None`: nowhere, because nothing is set or one of the two is no good.
    pub fn source(&self) -> Option<UpdateSource> {
        Some(UpdateSource {
            address: read_address(self.address.as_deref()?)?,
            key: PublicKey::from_base64(self.key.as_deref()?).ok()?,
        })
    }

    pub(super) fn normalise(&mut self) {
        self.address = trimmed(self.address.take());
        self.key = trimmed(self.key.take());
    }

    pub(super) fn validate(&self, errors: &mut FieldErrors) {
        let key = self.key.as_deref();
        errors.require(
            key.is_none_or(|key| PublicKey::from_base64(key).is_ok()),
            "updates.key",
            "must be a public key of minisign",
        );
        let address = self.address.as_deref();
        errors.require(
            address.is_none_or(|address| read_address(address).is_some()),
            "updates.address",
            "must be an https address without a user name",
        );
        errors.require(
            address.is_none() || key.is_some(),
            "updates.key",
            "must be given with the address",
        );
    }
}

/// An address that shows nobody on the way what is asked: its answer is signed, but that a till asks is nobody's business.
fn read_address(text: &str) -> Option<Url> {
    if text.len() > MAX_ADDRESS_BYTES || text.chars().any(char::is_control) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let is_private = match url.scheme() {
        "https" => true,
        "http" => match url.host()? {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        },
        _ => false,
    };
    let is_plain =
        url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (is_private && is_plain && url.has_host()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    fn wrong(address: Option<&str>, key: Option<&str>) -> Vec<&'static str> {
        let settings = Settings {
            updates: UpdateSettings {
                address: address.map(str::to_owned),
                key: key.map(str::to_owned),
            },
            ..Settings::default()
        };
        let errors = settings.validate().err().unwrap_or_default();
        errors.iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_till_looks_nowhere_unless_address_and_key_are_given() {
        let settings = Settings::default().validate().expect("valid");
        assert_eq!(settings.updates.source(), None);
        assert_eq!(wrong(None, Some(KEY)), [""; 0]);
        assert_eq!(
            wrong(Some("https://shop.example/ringup.notice"), None),
            ["updates.key"]
        );
        let source = UpdateSettings {
            address: Some("https://shop.example/ringup.notice".into()),
            key: Some(KEY.into()),
        };
        assert!(source.source().is_some());
    }

    #[test]
    fn an_address_is_encrypted_or_of_this_machine() {
        for (address, valid) in [
            ("https://shop.example/ringup.notice", true),
            ("https://shop.example:8443/a/b?c=d", true),
            ("http://127.0.0.1:8000/ringup.notice", true),
            ("http://localhost/ringup.notice", true),
            ("http://[::1]/ringup.notice", true),
            ("http://shop.example/ringup.notice", false),
            ("http://127.0.0.1.shop.example/", false),
            ("https://till:secret@shop.example/", false),
            ("https://shop.example/#part", false),
            ("file:///etc/passwd", false),
            ("ftp://shop.example/ringup.notice", false),
            ("shop.example", false),
        ] {
            let named = wrong(Some(address), Some(KEY));
            assert_eq!(named.is_empty(), valid, "{address}: {named:?}");
        }
    }

    #[test]
    fn a_key_is_one_of_minisign() {
        let cut = KEY.get(1..).expect("ASCII");
        for key in ["canary", cut, "RWQf6LRC", "-----BEGIN PUBLIC KEY-----"] {
            assert_eq!(
                wrong(Some("https://shop.example/"), Some(key)),
                ["updates.key"]
            );
        }
    }
}
