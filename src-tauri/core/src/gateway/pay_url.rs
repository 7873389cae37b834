//! Which address may be shown as a QR code: the gateway's own pay page and nothing else. Whoever could make
//! the till show another address would receive the customer's money.

use url::Url;

use super::base::ApiBase;
use crate::breaks::{self, Break};

/// Longest address that is shown, bytes: a QR code of more is too dense for a phone held over a counter.
const MAX_PAY_URL_BYTES: usize = 512;

/// Why the address of an invoice is not shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayUrlError {
    /// It is not an address, or holds characters that an address cannot have.
    #[error("it is not a web address")]
    NotAUrl,
    /// It is longer than 512 bytes.
    #[error("it is too long")]
    TooLong,
    /// It is not on the gateway's pay host, or names a user.
    #[error("it is not on the gateway's own host")]
    ForeignHost,
    /// It is neither http nor https.
    #[error("it is neither http nor https")]
    OtherScheme,
}

/// The address to show: `text` itself, with `http` made `https` unless the API itself is `http` on loopback
/// (docs/gateway.md, row *`pay_url` over `http://` or on another host*).
///
/// # Errors
/// [`PayUrlError::TooLong`], [`PayUrlError::NotAUrl`], [`PayUrlError::ForeignHost`] and
/// [`PayUrlError::OtherScheme`]; such an address must never be shown.
pub fn check_pay_url(text: &str, base: &ApiBase) -> Result<String, PayUrlError> {
    if text.len() > MAX_PAY_URL_BYTES {
        return Err(PayUrlError::TooLong);
    }
    // The parser drops tabs and line ends and turns backslashes, so the text shown would differ from the
    // address checked.
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>');
    if !text.bytes().all(plain) {
        return Err(PayUrlError::NotAUrl);
    }
    let url = Url::parse(text).or(Err(PayUrlError::NotAUrl))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(PayUrlError::ForeignHost);
    }
    let shown = match url.scheme() {
        "https" => text.to_owned(),
        "http" if base.is_loopback() && !base.is_encrypted() => text.to_owned(),
        "http" => {
            let rest = text.split_once(':').ok_or(PayUrlError::NotAUrl)?.1;
            format!("https:{rest}")
        }
        _ => return Err(PayUrlError::OtherScheme),
    };
    // A phone reads an address by other rules than the parser: only the plain spelling means the same everywhere.
    let is_plain = base
        .pay_page_prefixes()
        .iter()
        .any(|prefix| shown.starts_with(prefix));
    if is_plain && base.owns_pay_page(&url) || breaks::is(Break::AnyPayPage) {
        Ok(shown)
    } else {
        Err(PayUrlError::ForeignHost)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cru_cash() -> ApiBase {
        ApiBase::cru_cash().expect("a constant")
    }

    #[test]
    fn the_gateways_own_page_is_shown_and_made_https() {
        let shown = |text| check_pay_url(text, &cru_cash());
        assert_eq!(
            shown("https://pay.cru.cash/invoice/179a"),
            Ok("https://pay.cru.cash/invoice/179a".into())
        );
        assert_eq!(
            shown("http://pay.cru.cash/invoice/179a"),
            Ok("https://pay.cru.cash/invoice/179a".into())
        );
        let practice = ApiBase::parse("http://127.0.0.1:4141/v1").expect("loopback");
        assert_eq!(
            check_pay_url("http://127.0.0.1:4141/invoice/1", &practice),
            Ok("http://127.0.0.1:4141/invoice/1".into())
        );
    }

    #[test]
    fn no_other_page_is_shown() {
        for (text, error) in [
            (
                "https://pay.cru.cash.evil.example/invoice/1",
                PayUrlError::ForeignHost,
            ),
            (
                "https://pay.cru.cash@evil.example/invoice/1",
                PayUrlError::ForeignHost,
            ),
            (
                "https://evil@pay.cru.cash/invoice/1",
                PayUrlError::ForeignHost,
            ),
            (
                "https://pay.cru.cash:8443/invoice/1",
                PayUrlError::ForeignHost,
            ),
            ("https://api.cru.cash/invoice/1", PayUrlError::ForeignHost),
            ("http:pay.cru.cash/invoice/1", PayUrlError::ForeignHost),
            ("https:pay.cru.cash/invoice/1", PayUrlError::ForeignHost),
            ("https:///pay.cru.cash/invoice/1", PayUrlError::ForeignHost),
            ("https://pay.cru%2ecash/invoice/1", PayUrlError::ForeignHost),
            ("https://%70ay.cru.cash/invoice/1", PayUrlError::ForeignHost),
            ("http://pay.cru.cash:80/invoice/1", PayUrlError::ForeignHost),
            (
                "https://pay.cru.cash:443/invoice/1",
                PayUrlError::ForeignHost,
            ),
            ("https://PAY.cru.cash/invoice/1", PayUrlError::ForeignHost),
            ("https://@pay.cru.cash/invoice/1", PayUrlError::ForeignHost),
            ("https://pay.cru.cash", PayUrlError::ForeignHost),
            ("https://pay.cru.cash?/", PayUrlError::ForeignHost),
            ("http://127.0.0.1/invoice/1", PayUrlError::ForeignHost),
            ("javascript:alert(1)", PayUrlError::OtherScheme),
            ("https://pay.cru.cash/inv\toice", PayUrlError::NotAUrl),
            ("https:\\\\pay.cru.cash\\invoice", PayUrlError::NotAUrl),
            ("//pay.cru.cash/invoice/1", PayUrlError::NotAUrl),
            ("", PayUrlError::NotAUrl),
        ] {
            assert_eq!(check_pay_url(text, &cru_cash()), Err(error), "{text}");
        }
        let long = format!("https://pay.cru.cash/{}", "a".repeat(600));
        assert_eq!(check_pay_url(&long, &cru_cash()), Err(PayUrlError::TooLong));
    }

    proptest! {
        #[test]
        fn nothing_is_shown_that_does_not_lead_to_the_pay_host(
            text in "(https?:/{0,3})?(pay.cru.cash)?[a-z0-9.@:%/\\\\]{0,40}"
        ) {
            if let Ok(shown) = check_pay_url(&text, &cru_cash()) {
                let url = Url::parse(&shown).expect("an address");
                prop_assert_eq!(url.host_str(), Some("pay.cru.cash"));
                prop_assert_eq!(url.scheme(), "https");
                prop_assert!(shown.starts_with("https://pay.cru.cash/"));
            }
        }
    }
}
