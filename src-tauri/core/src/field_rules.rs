//! The limits of the fields that the shop sets and the gateway receives (docs/gateway.md, *POST
//! /invoice/create*). They lie below both `settings` and `gateway`, so that a value is refused by the same
//! rule when it is typed and when it is sent.

use std::ops::RangeInclusive;

use url::Url;

use crate::error::FieldErrors;

/// The lifetimes that the gateway accepts for an invoice, minutes.
const LIFETIME_MINUTES: RangeInclusive<u16> = 3..=1440;
const PAYLOAD_CHARS: RangeInclusive<usize> = 5..=16_384;
const URL_CHARS: RangeInclusive<usize> = 10..=2048;
const DESCRIPTION_CHARS: RangeInclusive<usize> = 3..=256;

/// An invoice's lifetime.
pub(crate) fn lifetime(errors: &mut FieldErrors, field: &'static str, minutes: u16) {
    let valid = LIFETIME_MINUTES.contains(&minutes);
    errors.require(valid, field, "must be 3 to 1440 minutes");
}

/// The till's reference, which only the merchant's side reads.
pub(crate) fn payload(errors: &mut FieldErrors, text: &str) {
    let valid = PAYLOAD_CHARS.contains(&text.chars().count());
    errors.require(valid, "payload", "must be 5 to 16384 characters");
}

/// Where the gateway reports to the shop's back office.
pub(crate) fn webhook(errors: &mut FieldErrors, url: &str) {
    errors.require(
        is_url(url, &["https"]),
        "webhook",
        "must be an https address of 10 to 2048 characters",
    );
}

/// Where the customer goes after paying.
pub(crate) fn redirect_url(errors: &mut FieldErrors, url: &str) {
    errors.require(
        is_url(url, &["http", "https"]),
        "redirect_url",
        "must be an http or https address of 10 to 2048 characters",
    );
}

/// A description as it is sent.
pub(crate) fn description(errors: &mut FieldErrors, text: &str) {
    errors.require(
        DESCRIPTION_CHARS.contains(&text.chars().count()),
        "description",
        "must be 3 to 256 characters",
    );
    errors.require(
        text.chars().all(is_description_char),
        "description",
        "may hold Latin and Russian letters, digits, spaces and # alone",
    );
}

/// The part of `text` that can be sent as a description: other characters removed, spaces collapsed, cut at
/// 256 characters; `None` when fewer than three characters remain.
pub(crate) fn to_description(text: &str) -> Option<String> {
    let accepted: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| is_description_char(*letter))
        .collect();
    let words: Vec<_> = accepted.split_ascii_whitespace().collect();
    let cut: String = words
        .join(" ")
        .chars()
        .take(*DESCRIPTION_CHARS.end())
        .collect();
    let text = cut.trim_end();
    (text.chars().count() >= *DESCRIPTION_CHARS.start()).then(|| text.to_owned())
}

/// Latin letters, Russian letters with ё, digits, space and `#` (docs/gateway.md, *What is unknown, and the
/// rule*, last row).
fn is_description_char(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter, ' ' | '#' | 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

fn is_url(text: &str, schemes: &[&str]) -> bool {
    URL_CHARS.contains(&text.chars().count())
        && text.chars().all(|c| !c.is_whitespace() && !c.is_control())
        && Url::parse(text)
            .is_ok_and(|url| schemes.contains(&url.scheme()) && url.host_str().is_some())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn accepts(check: impl FnOnce(&mut FieldErrors)) -> bool {
        let mut errors = FieldErrors::default();
        check(&mut errors);
        errors.into_result(()).is_ok()
    }

    #[test]
    fn the_limits_are_the_gateways() {
        let minutes = |minutes| accepts(|errors| lifetime(errors, "lifetime", minutes));
        assert_eq!([2, 3, 1440, 1441].map(minutes), [false, true, true, false]);
        let payload_of = |chars| accepts(|errors| payload(errors, &"ж".repeat(chars)));
        assert_eq!(
            [4, 5, 16_384, 16_385].map(payload_of),
            [false, true, true, false]
        );
        let description_of = |chars| accepts(|errors| description(errors, &"ё".repeat(chars)));
        assert_eq!(
            [2, 3, 256, 257].map(description_of),
            [false, true, true, false]
        );
        let webhook_of = |chars: usize| {
            let head = "https://a/";
            let url = format!("{head}{}", "x".repeat(chars - head.len()));
            accepts(|errors| webhook(errors, &url))
        };
        assert_eq!([10, 2048, 2049].map(webhook_of), [true, true, false]);
    }

    #[test]
    fn a_webhook_is_https_and_a_redirect_a_web_address() {
        let redirects_to = |url| accepts(|errors| redirect_url(errors, url));
        assert!(redirects_to("http://shop.example/thanks"));
        assert!(!accepts(|errors| webhook(
            errors,
            "http://shop.example/thanks"
        )));
        for url in [
            "https://",
            "https:// shop.example",
            "https://shop.example/a\nb",
            "mailto:a@b.example",
        ] {
            assert!(!redirects_to(url), "{url}");
        }
    }

    #[test]
    fn descriptions_keep_the_gateways_alphabet() {
        assert_eq!(
            to_description("  Кофе —  2 шт. & «ёлка» #7 "),
            Some("Кофе 2 шт ёлка #7".into())
        );
        assert_eq!(to_description("№ é ß"), None);
        assert_eq!(to_description("ab"), None);
        let cut = to_description(&"a".repeat(300));
        assert_eq!(cut.map(|text| text.len()), Some(256));
    }

    proptest! {
        #[test]
        fn every_description_that_is_sent_passes_the_gateways_check(text in "\\PC{0,400}") {
            if let Some(text) = to_description(&text) {
                prop_assert!(accepts(|errors| description(errors, &text)));
            }
        }
    }
}
