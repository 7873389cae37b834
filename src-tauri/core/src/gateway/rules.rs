//! Rules for texts that cross the border: what the gateway may show the customer through us, what we
//! may show the customer through it, and how much of its words we keep.

use url::Url;

use super::base::ApiBase;

/// A QR of more than this is too dense for a telephone held over a counter.
const LONGEST_PAY_URL: usize = 512;
/// Longest text of the gateway that is kept.
const LONGEST_WORD: usize = 200;
/// The gateway's limit of a description.
const LONGEST_DESCRIPTION: usize = 256;
const SHORTEST_DESCRIPTION: usize = 3;

/// Why the address of an invoice is not shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayUrlError {
    /// Not an address, or with characters that have no place in one.
    #[error("it is not a web address")]
    NotAUrl,
    /// Longer than a QR at a counter can be.
    #[error("it is too long")]
    TooLong,
    /// Not the gateway's own pay page.
    #[error("it is not on the gateway's own host")]
    ForeignHost,
    /// Not http or https.
    #[error("it is neither http nor https")]
    OtherScheme,
}

/// The address to show, exactly as given but for `http` made `https` (gateway.md, row *`pay_url` over
/// `http://` or on another host*). Loopback may stay `http`.
///
/// # Errors
/// [`PayUrlError`]; then it must never be shown.
pub fn check_pay_url(text: &str, base: &ApiBase) -> Result<String, PayUrlError> {
    if text.len() > LONGEST_PAY_URL {
        return Err(PayUrlError::TooLong);
    }
    // The parser would quietly drop tabs and line ends and turn backslashes: the text shown would not
    // be the address checked.
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>');
    if !text.bytes().all(plain) {
        return Err(PayUrlError::NotAUrl);
    }
    let url = Url::parse(text).or(Err(PayUrlError::NotAUrl))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(PayUrlError::ForeignHost);
    }
    match url.scheme() {
        "https" if base.pays_at(&url) => Ok(text.to_owned()),
        "http" if base.pays_at(&url) => {
            if base.is_loopback() && !base.is_encrypted() {
                return Ok(text.to_owned());
            }
            let rest = text.split_once(':').ok_or(PayUrlError::NotAUrl)?.1;
            Ok(format!("https:{rest}"))
        }
        "https" | "http" => Err(PayUrlError::ForeignHost),
        _ => Err(PayUrlError::OtherScheme),
    }
}

/// Letters of `ui.description`: Latin, Russian with ё, digits, space, `#` (gateway.md, last row of
/// *What is unknown*).
pub(super) fn in_description_alphabet(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter, ' ' | '#' | 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

/// What the customer may read of a text: other letters stripped, spaces collapsed; `None` when fewer
/// than three characters remain.
pub fn description(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| in_description_alphabet(*letter))
        .collect();
    let collapsed = kept.split(' ').filter(|word| !word.is_empty());
    let joined = collapsed.collect::<Vec<_>>().join(" ");
    let cut: String = joined.chars().take(LONGEST_DESCRIPTION).collect();
    let text = cut.trim_end();
    (text.chars().count() >= SHORTEST_DESCRIPTION).then(|| text.to_owned())
}

/// A word of the gateway's as it may be kept and shown: bounded, without control characters and
/// without those that are not seen but turn or hide what stands beside them.
pub(super) fn bounded(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() || is_unseen(c) {
                ' '
            } else {
                c
            }
        })
        .take(LONGEST_WORD)
        .collect()
}

/// Marks of direction, joiners, separators, tags (Unicode, categories Cf, Zl and Zp, as far as they
/// change how other letters look).
fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
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

    #[test]
    fn descriptions_keep_the_gateways_alphabet() {
        assert_eq!(
            description("  Кофе —  2 шт. & «ёлка» #7 "),
            Some("Кофе 2 шт ёлка #7".into())
        );
        assert_eq!(description("№ é ß"), None);
        assert_eq!(description("ab"), None);
        assert_eq!(
            description(&"a".repeat(300)).map(|text| text.len()),
            Some(256)
        );
    }

    #[test]
    fn words_of_the_gateway_turn_and_hide_nothing() {
        assert_eq!(
            bounded("TON\u{202e}diap\u{2066}\u{200b}\n\u{1b}[31m\u{9b}"),
            "TON diap    [31m "
        );
        assert_eq!(bounded("Биткоин ₿ 比特币 🪙"), "Биткоин ₿ 比特币 🪙");
    }

    proptest! {
        #[test]
        fn every_description_that_is_sent_passes_the_gateways_check(text in "\\PC{0,400}") {
            if let Some(text) = description(&text) {
                prop_assert_eq!(super::super::request::check_description(&text), None);
            }
        }

        #[test]
        fn nothing_is_shown_that_does_not_lead_to_the_pay_host(text in "(https?://)?[a-z.@:/\\\\]{0,40}") {
            if let Ok(shown) = check_pay_url(&text, &cru_cash()) {
                let url = Url::parse(&shown).expect("an address");
                prop_assert_eq!(url.host_str(), Some("pay.cru.cash"));
                prop_assert_eq!(url.scheme(), "https");
            }
        }
    }
}
