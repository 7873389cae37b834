//! The headers by which browsers are told to allow no more than the pages need.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// A page loads what this office serves and nothing else, runs no script within its text, and is shown in no frame.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What is no page loads nothing at all.
const PLAIN_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// A receipt runs no script, sends no form, and loads its style and its typeface alone.
const RECEIPT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
     form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// Headers that every answer has.
const ALWAYS: [(HeaderName, &str); 6] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    // With `no-referrer` a browser would say of its own forms that they come from nowhere (`Origin: null`).
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Gives an answer to a till its headers.
pub(crate) async fn plain_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    set(response.headers_mut(), PLAIN_POLICY);
    response
}

/// Gives a page its headers. Where a public authority vouches for the certificate, browsers are told to come over HTTPS
/// alone; with a certificate of the office's own they could not show the page at all any more.
pub(super) fn set_for_page(headers: &mut HeaderMap, has_public_certificate: bool) {
    set(headers, PAGE_POLICY);
    if has_public_certificate {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(STRICT_TRANSPORT_SECURITY, year);
    }
}

/// Gives a receipt its headers: nobody keeps it, lists it, or learns from where somebody came.
pub(super) fn set_for_receipt(headers: &mut HeaderMap, has_public_certificate: bool) {
    set_for_page(headers, has_public_certificate);
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, RECEIPT_POLICY),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("x-robots-tag"),
            "noindex, nofollow, noarchive",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

fn set(headers: &mut HeaderMap, policy: &'static str) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = HeaderValue::from_static(policy);
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}
