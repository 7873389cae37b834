//! Who asks for a page, as the guard has found out.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use sha2::{Digest as _, Sha256};

use ringup_core::calendar::{Day, Zone, to_iso_8601};
use ringup_core::clock::UnixMs;
use ringup_core::i18n::{Language, NumberFormat};
use ringup_core::money::{BasisPoints, Money};

use crate::store::SecretHash;

use super::texts;

/// What the token of a form is made of besides the browser's secret.
const FORM: &[u8] = b"ringup form";

/// Who asks.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    /// Who is signed in; empty: nobody.
    pub(super) owner: String,
    /// The session by which they are.
    pub(super) session: Option<SecretHash>,
    /// A secret of this browser, if it has one.
    pub(super) device: Option<SecretHash>,
    /// The language of the answer.
    pub(super) language: Language,
    /// The token that each form of this browser brings back.
    pub(super) form_token: String,
    /// The network address at the other end.
    pub(super) address: IpAddr,
    /// The address that was asked for, its path alone.
    pub(super) path: String,
    /// The zone in which times are told.
    pub(super) zone: Zone,
}

/// What a form has sent.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Arc<HashMap<String, String>>);

impl Fields {
    /// The fields of this body; of a name that comes twice the last.
    pub(super) fn parse(body: &[u8]) -> Self {
        Self(Arc::new(
            url::form_urlencoded::parse(body).into_owned().collect(),
        ))
    }

    /// What a form would send that holds these values.
    pub(super) fn of<N: Into<String>>(values: impl IntoIterator<Item = (N, String)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.into(), value));
        Self(Arc::new(values.collect()))
    }

    /// The text of a field; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

impl Caller {
    /// The text of a message.
    pub(super) fn t(&self, id: &str) -> String {
        texts::of(self.language).text(id)
    }

    /// The text of a message with its arguments filled in.
    pub(super) fn t_with(&self, id: &str, arguments: &[(&'static str, &str)]) -> String {
        texts::of(self.language).text_with(id, arguments)
    }

    /// The text of a message whose form depends on a count.
    pub(super) fn t_counted(&self, id: &str, count: u64) -> String {
        texts::of(self.language).text_counted(id, count, &[])
    }

    /// The same with other arguments as well.
    pub(super) fn t_counted_with(
        &self,
        id: &str,
        count: u64,
        arguments: &[(&'static str, &str)],
    ) -> String {
        texts::of(self.language).text_counted(id, count, arguments)
    }

    /// Whether there is such a message.
    pub(super) fn has(&self, id: &str) -> bool {
        texts::of(self.language).has(id)
    }

    /// An amount as this caller reads it.
    pub(super) fn money(&self, money: Money) -> String {
        NumberFormat(self.language).money(money)
    }

    /// A tax rate as this caller reads it.
    pub(super) fn rate(&self, rate: BasisPoints) -> String {
        NumberFormat(self.language).rate(rate)
    }

    /// A day as this caller reads it.
    pub(super) fn day(&self, day: Day) -> String {
        let text = day.to_string();
        match self.language {
            Language::En => text,
            _ => text.rsplit('-').collect::<Vec<_>>().join("."),
        }
    }

    /// A moment as programs read it.
    pub(super) fn iso(&self, at_unix_ms: i64) -> String {
        to_iso_8601(UnixMs(at_unix_ms), &self.zone)
    }

    /// A moment as this caller reads it.
    pub(super) fn time(&self, at_unix_ms: i64) -> String {
        NumberFormat(self.language).time(UnixMs(at_unix_ms), &self.zone)
    }
}

/// An address with what a form has chosen; what is empty is left out.
pub(super) fn address_with(path: &str, chosen: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(chosen.iter().filter(|(_, value)| !value.is_empty()));
    format!("{path}?{}", query.finish())
}

/// A new secret: 256 random bits as text.
pub fn draw_secret() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// What the book knows of a browser's secret.
pub(super) fn hash_of(secret: &str) -> SecretHash {
    SecretHash(Sha256::digest(secret).into())
}

/// The token of the forms of whoever has this secret.
pub(super) fn form_token(secret: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    URL_SAFE_NO_PAD.encode(hmac::sign(&key, FORM))
}

/// Whether it is that token. The comparison takes the same time wherever they differ.
pub(super) fn is_form_token(given: &str, secret: &str) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let given = URL_SAFE_NO_PAD.decode(given);
    given.is_ok_and(|tag| hmac::verify(&key, FORM, &tag).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forms_token_is_its_browsers_alone() {
        let (one, other) = (draw_secret(), draw_secret());
        assert!(is_form_token(&form_token(&one), &one));
        assert!(!is_form_token(&form_token(&one), &other));
        assert!(!is_form_token("", &one));
        assert!(!is_form_token("ä", &one));
    }
}
