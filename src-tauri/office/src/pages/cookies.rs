//! The cookies of the pages. Each has the prefix `__Host-`, which browsers take over HTTPS alone, from this host alone and
//! for all of it; no script reads one, and no other site's page sends one.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// Who is signed in.
pub(super) const SESSION: &str = "__Host-ringup-session";
/// A browser in which an owner signed in before.
pub(super) const DEVICE: &str = "__Host-ringup-device";
/// What the forms of a browser without a session are signed with.
pub(super) const FORM: &str = "__Host-ringup-form";
/// The language that was chosen.
pub(super) const LANGUAGE: &str = "__Host-ringup-language";

/// The value of a cookie, as the browser sent it.
pub(super) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(COOKIE).iter();
    let pairs = all
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The header's text that sets a cookie for so many seconds; 0 takes it away. The value has letters of base64 alone.
pub(super) fn set(name: &str, value: &str, seconds: i64) -> String {
    format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict")
}
