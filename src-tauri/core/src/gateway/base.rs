//! The address of the API, and with it the host whose pay pages may be shown. An address that would send the
//! key unencrypted to another machine is refused.

use url::{Host, Url};

/// The gateway of real shops (docs/gateway.md).
const CRU_CASH: &str = "https://api.cru.cash/v1";
/// Its authority, under which the journal knows it.
pub const CRU_CASH_AUTHORITY: &str = "api.cru.cash";
/// The name in the journal of the practice gateway.
pub const PRACTICE_AUTHORITY: &str = "practice";
/// The host of its pay pages.
const CRU_CASH_PAY_HOST: &str = "pay.cru.cash";

/// The API's address: `https`, or `http` on loopback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiBase {
    url: Url,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    CruCash,
    Other,
}

/// Why an address is not accepted as the API's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaseError {
    /// It is not a web address.
    #[error("the gateway's address is not a URL")]
    NotAUrl,
    /// It is `http` to another machine, which would show the key to the network.
    #[error("the gateway's address must be https (http is for this machine alone)")]
    NotEncrypted,
    /// It names a user, a query or a fragment.
    #[error("the gateway's address must not hold a user name, a query or a fragment")]
    Superfluous,
}

impl ApiBase {
    /// The API of cru.cash.
    ///
    /// # Errors
    /// As [`ApiBase::parse`]; in practice none, because the address is a constant.
    pub fn cru_cash() -> Result<Self, BaseError> {
        Self::parse(CRU_CASH)
    }

    /// Any API of this kind: cru.cash, the practice gateway, a test's.
    ///
    /// # Errors
    /// [`BaseError::NotAUrl`], [`BaseError::NotEncrypted`], [`BaseError::Superfluous`].
    pub fn parse(text: &str) -> Result<Self, BaseError> {
        let mut url = Url::parse(text.trim()).or(Err(BaseError::NotAUrl))?;
        let encrypted = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(BaseError::NotAUrl),
        };
        if !encrypted && !is_loopback(&url) {
            return Err(BaseError::NotEncrypted);
        }
        if !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some()
        {
            return Err(BaseError::Superfluous);
        }
        let path = format!("{}/", url.path().trim_end_matches('/'));
        url.set_path(&path);
        let kind = if url.as_str().trim_end_matches('/') == CRU_CASH {
            Kind::CruCash
        } else {
            Kind::Other
        };
        Ok(Self { url, kind })
    }

    /// Whether this is the gateway of real shops.
    pub fn is_cru_cash(&self) -> bool {
        self.kind == Kind::CruCash
    }

    /// Whether the API is on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Whether the connection is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// `host`, or `host:port` when the port is not the scheme's default.
    pub fn authority(&self) -> String {
        authority(&self.url)
    }

    /// The address of one call: `endpoint("invoice/create")`.
    pub(super) fn endpoint(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(&format!("{}{path}", self.url.path()));
        url
    }

    /// How the address of a pay page begins: over the API's own scheme, or encrypted.
    pub(super) fn pay_page_prefixes(&self) -> [String; 2] {
        let host = match self.kind {
            Kind::CruCash => CRU_CASH_PAY_HOST.to_owned(),
            Kind::Other => self.authority(),
        };
        [
            format!("{}://{host}/", self.url.scheme()),
            format!("https://{host}/"),
        ]
    }

    /// Whether a pay page is the gateway's: on `pay.cru.cash`, or for another base on the base's own host
    /// (docs/gateway.md, row *`pay_url` over `http://` or on another host*).
    pub(super) fn owns_pay_page(&self, url: &Url) -> bool {
        match self.kind {
            Kind::CruCash => url.port().is_none() && url.host_str() == Some(CRU_CASH_PAY_HOST),
            Kind::Other => authority(url) == self.authority(),
        }
    }
}

fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Whether the host of this address is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_for_this_machine_alone() {
        for text in [
            "http://127.0.0.1:4141/v1",
            "http://[::1]:4141/v1",
            "http://localhost:4141/v1",
            "https://api.example.com/v1/",
        ] {
            assert!(ApiBase::parse(text).is_ok(), "{text}");
        }
        for text in [
            "http://api.cru.cash/v1",
            "http://127.0.0.1.example.com/v1",
            "http://192.168.1.5/v1",
            "http://localhost.example.com/v1",
        ] {
            assert_eq!(ApiBase::parse(text), Err(BaseError::NotEncrypted), "{text}");
        }
        for text in ["", "api.cru.cash", "file:///etc/passwd", "ftp://127.0.0.1/"] {
            assert_eq!(ApiBase::parse(text), Err(BaseError::NotAUrl), "{text}");
        }
        assert_eq!(
            ApiBase::parse("https://user:pw@api.example.com/v1"),
            Err(BaseError::Superfluous)
        );
    }

    #[test]
    fn calls_go_below_the_base() {
        let base = ApiBase::cru_cash().expect("a constant");
        assert!(base.is_cru_cash());
        assert_eq!(
            base.endpoint("invoice/create").as_str(),
            "https://api.cru.cash/v1/invoice/create"
        );
        assert_eq!(base.authority(), "api.cru.cash");
    }
}
