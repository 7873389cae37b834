//! The gateway's webhook: `/hook/SECRET`. What such a call carries is not documented, and nothing of it is trusted. Any text
//! in it that may be an invoice's id is a hint; the till that opened the invoice then asks the gateway. Whoever knows the
//! secret can do no more than that, and learns nothing: the answer is always the same.

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use parking_lot::Mutex;
use ring::hmac;

use ringup_core::clock::UnixMs;
use ringup_core::office::HookSecret;

use super::{Office, Refused, nothing_here};

/// What is signed with the book's key to make the secret.
const PURPOSE: &[u8] = b"ringup hook 1";
/// So much of a body is read.
const MAX_BODY_BYTES: usize = 16 * 1024;
/// The lengths of texts that may be an invoice's id.
const ID_CHARS: std::ops::RangeInclusive<usize> = 8..=128;
/// Most such texts of one call.
const MOST_IDS: usize = 16;
/// Calls that are worked on: so many at once, and so many a second for good. The others are dropped.
const BURST: i64 = 100;
const A_SECOND: i64 = 20;

/// The key from which the secret is made.
pub(super) struct HookKey(hmac::Key);

impl HookKey {
    pub(super) fn new(key: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// The secret that tills are told.
    pub(super) fn secret(&self) -> Option<HookSecret> {
        HookSecret::read(&encoded(hmac::sign(&self.0, PURPOSE).as_ref()))
    }

    /// Whether it is that secret. The comparison takes the same time wherever they differ.
    fn is_own(&self, given: &str) -> bool {
        decoded(given).is_some_and(|tag| hmac::verify(&self.0, PURPOSE, &tag).is_ok())
    }
}

fn encoded(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(text)
        .ok()
}

/// How many calls may be worked on now.
#[derive(Debug, Default)]
pub(super) struct Allowance(Mutex<Spent>);

/// Thousandths of a call that are spent, and since when that is so, milliseconds since 1970-01-01 UTC.
#[derive(Debug, Default)]
struct Spent {
    thousandths: i64,
    at: i64,
}

impl Allowance {
    /// Takes a call, if there is one left.
    fn take(&self, now: UnixMs) -> bool {
        let mut spent = self.0.lock();
        // A clock that was set back gives nothing.
        let passed_ms = now.0.saturating_sub(spent.at).max(0);
        let back = passed_ms.saturating_mul(A_SECOND);
        spent.thousandths = spent.thousandths.saturating_sub(back).max(0);
        spent.at = now.0;
        let may = spent.thousandths <= (BURST - 1) * 1000;
        spent.thousandths += i64::from(may) * 1000;
        may
    }
}

/// Takes a call of the gateway, by whatever method.
pub(super) async fn hook(
    State(office): State<Office>,
    secret: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Result<&'static str, Refused> {
    let Ok(Path(secret)) = secret else {
        return Err(nothing_here());
    };
    if office.public_address().is_none() || !office.hook_key().await?.is_own(&secret) {
        return Err(nothing_here());
    }
    let inner = &office.inner;
    let now = inner.clock.now();
    if inner.hook_calls.take(now) {
        let ids = ids_in(query.as_deref().unwrap_or_default(), &body);
        if !ids.is_empty() {
            match inner.store.hint(&ids, now).await {
                Ok(kept) => {
                    tracing::debug!(kept, "the gateway hints");
                    inner.hints.wake();
                }
                Err(error) => tracing::warn!(%error, "a hint of the gateway is lost"),
            }
        }
    }
    Ok("ok\n")
}

/// The texts of a call that may be an invoice's id, each once: in JSON, in a form, in an address, in anything. Ids look like
/// UUIDs in every example, so those come first.
fn ids_in(query: &str, body: &[u8]) -> Vec<String> {
    let read = body.get(..MAX_BODY_BYTES).unwrap_or(body);
    let body = String::from_utf8_lossy(read);
    let is_separator = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let texts = query.split(is_separator).chain(body.split(is_separator));
    let mut likely: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for text in texts.filter(|text| ID_CHARS.contains(&text.len())) {
        let ids = match text.len() == 36 && uuid::Uuid::try_parse(text).is_ok() {
            true => &mut likely,
            false => &mut others,
        };
        if ids.len() < MOST_IDS && ids.iter().all(|id| id != text) {
            ids.push(text.to_owned());
        }
    }
    likely.extend(others);
    likely.truncate(MOST_IDS);
    likely
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: &str = "179a4662-a6e0-4129-aeba-04c4c2a8f074";

    #[test]
    fn an_id_is_found_wherever_it_stands() {
        let query = format!("id={ID}");
        for (query, body) in [
            ("", format!(r#"{{"id":"{ID}"}}"#)),
            (
                "",
                format!(
                    r#"{{"event":{{"kind":"paid","data":[1,{{"invoice":{{"id":"{ID}"}}}}]}}}}"#
                ),
            ),
            ("", format!(r#"[null,"{ID}"]"#)),
            ("", format!("invoice_id={ID}&status=paid")),
            ("", format!("<invoice id='{ID}'/>")),
            ("", format!("https:\\/\\/pay.cru.cash\\/invoice\\/{ID}")),
            ("", ID.to_owned()),
            (query.as_str(), String::new()),
            ("", format!("{}{ID}", "<other-text-of-a-call>".repeat(300))),
        ] {
            let ids = ids_in(query, body.as_bytes());
            assert_eq!(ids.first().map(String::as_str), Some(ID), "{query} {body}");
        }
        assert_eq!(ids_in("", b"id=inv_12345678"), ["inv_12345678"]);
    }

    #[test]
    fn a_call_without_an_id_hints_at_nothing() {
        for body in ["", "{}", "[[[[", "ok", "\u{0}\u{1}", "привет, мир!"] {
            assert_eq!(ids_in("", body.as_bytes()), [""; 0], "{body}");
        }
        let far = format!("{}{ID}", " ".repeat(MAX_BODY_BYTES));
        assert_eq!(ids_in("", far.as_bytes()), [""; 0]);
    }

    proptest! {
        #[test]
        fn whatever_comes_is_bounded(query in "\\PC{0,400}", body in prop::collection::vec(any::<u8>(), 0..4000)) {
            let ids = ids_in(&query, &body);
            prop_assert!(ids.len() <= MOST_IDS);
            prop_assert!(ids.iter().all(|id| ID_CHARS.contains(&id.len()) && id.is_ascii()));
        }
    }

    #[test]
    fn the_secret_is_its_keys_alone() {
        let (one, other) = (HookKey::new(&[1; 32]), HookKey::new(&[2; 32]));
        let secret = String::from(one.secret().expect("a secret"));
        assert!(one.is_own(&secret));
        assert!(!other.is_own(&secret));
        let half: String = secret.chars().take(20).collect();
        for wrong in ["", "ä", &half, &format!("{secret}A")] {
            assert!(!one.is_own(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_storm_is_worked_on_in_part() {
        let allowance = Allowance::default();
        let now = UnixMs(1_700_000_000_000);
        let taken = |now| (0..1000).filter(|_| allowance.take(now)).count();
        assert_eq!(taken(now), 100);
        assert_eq!(taken(now.plus(1000)), 20);
        assert_eq!(taken(now.plus(-60_000)), 0, "a clock that was set back");
        assert_eq!(taken(now.plus(60_000)), 100);
    }
}
