//! What stands in the place of a page that cannot be shown. The guard draws it in the caller's language.

use axum::Extension;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::store::StoreError;

use super::caller::Caller;
use super::layout;

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
pub(super) enum Problem {
    /// There is nothing at this address.
    NotFound,
    /// The form was not one of this session's, or came from another site.
    FormOver,
    /// Nobody is signed in, and what was asked for is no page to be sent to.
    SignedOut,
    /// There were too many tries.
    TooManyTries,
    /// What was sent is too large.
    TooLarge,
    /// It came too slowly, or is nothing that a form sends.
    Unreadable,
    /// There are too many calls, or the book does not answer now.
    Busy,
}

impl Problem {
    fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::FormOver => StatusCode::FORBIDDEN,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What happened, and what to do.
    fn messages(self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => ("problem-not-found", "problem-not-found-next"),
            Self::FormOver => ("problem-form-over", "problem-form-over-next"),
            Self::SignedOut => ("problem-signed-out", "problem-signed-out-next"),
            Self::TooManyTries => ("problem-tries", "problem-tries-next"),
            Self::TooLarge => ("problem-too-large", "problem-again-next"),
            Self::Unreadable => ("problem-unreadable", "problem-again-next"),
            Self::Busy => ("problem-busy", "problem-busy-next"),
        }
    }

    /// The page in its place.
    pub(super) fn page(self, caller: &Caller) -> Response {
        let (what, next) = self.messages();
        let (what, next) = (caller.t(what), caller.t(next));
        let body: Markup = html! {
            section class="card stack-3" data-testid="problem" {
                h1 { (what) }
                p { (next) }
                p { a class="button" href="/" { (caller.t("problem-home")) } }
            }
        };
        let page = layout::page(caller, &what, None, &body);
        (self.status(), page).into_response()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status(), Extension(self)).into_response()
    }
}

impl From<StoreError> for Problem {
    /// What the database says is for the log: it may name hosts and users.
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the book");
        Self::Busy
    }
}
