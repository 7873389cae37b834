//! The owner's pages: what came of all tills, made for a phone first. HTML that this program writes; they work without a
//! script, which only keeps an open page up to date. Every call passes `guard`, which asks who it is from before
//! anything else is done.

mod account;
mod assets;
mod audit;
mod caller;
mod closes;
mod cookies;
mod day;
mod decide;
mod drawers;
mod exports;
mod guard;
mod headers;
mod icons;
mod layout;
mod live;
mod one_time_code;
pub mod passphrase;
mod problem;
mod qr_code;
mod receipt;
mod receipt_page;
mod receipt_visits;
mod sale;
mod sales;
mod setup;
mod shared;
mod shared_cashiers;
mod shared_csv;
mod shared_items;
mod shared_shop;
mod sign_in;
pub(crate) mod texts;
mod tills;
mod totals;
mod tries;
mod word;
mod word_address;

use std::sync::Arc;

use axum::Router;
use axum::http::Uri;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use parking_lot::Mutex;
use tokio::sync::Semaphore;

use ringup_core::calendar::Zone;
use ringup_core::clock::Clock;
use ringup_core::office::FINGERPRINT_BYTES;

use crate::store::Store;
use crate::word::{Sender, WordConfig};
pub use caller::draw_secret as draw_setup_secret;
pub(crate) use headers::plain_headers;
use live::Live;
pub use one_time_code::{code_now, secret_from_text};
use problem::Problem;
use tries::Tries;

/// How many calls of pages are worked on at once.
const CALLS: usize = 32;

/// What the pages have to know of their office.
#[derive(Debug, Clone)]
pub struct PagesConfig {
    /// Host and port by which tills and owners reach it.
    pub address: String,
    /// The fingerprint of its own certificate; `None`: a public authority has signed it.
    pub fingerprint: Option<[u8; FINGERPRINT_BYTES]>,
    /// The shop's time zone.
    pub zone: Zone,
    /// For how many days after its payment a customer may open a receipt.
    pub receipt_days: u16,
    /// By what it sends word to its owner.
    pub word: WordConfig,
}

/// The pages of one office.
#[derive(Clone)]
pub struct Pages {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Clock,
    config: PagesConfig,
    tries: Mutex<Tries>,
    /// When a failed try was last written into the audit list, milliseconds since 1970-01-01 UTC.
    failure_noted_at: Mutex<i64>,
    calls: Semaphore,
    /// A file of the book is written for one after the other.
    exports: Semaphore,
    live: Live,
    receipts: receipt::Receipts,
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pages({:?})", self.inner.config.address)
    }
}

impl Pages {
    /// The pages of this book.
    pub(crate) fn new(store: Store, clock: Clock, config: PagesConfig) -> Self {
        let inner = Inner {
            store,
            clock,
            config,
            tries: Mutex::default(),
            failure_noted_at: Mutex::new(i64::MIN),
            calls: Semaphore::new(CALLS),
            exports: Semaphore::new(1),
            live: Live::default(),
            receipts: receipt::Receipts::default(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Looks for what changes, as long as somebody watches, and until this is dropped.
    pub(crate) async fn keep_looking(self) {
        live::keep_looking(&self.inner).await;
    }

    /// Sends word to the owner.
    pub(crate) fn sender(&self) -> Sender {
        let Inner {
            store,
            clock,
            config,
            ..
        } = &*self.inner;
        let PagesConfig {
            address,
            zone,
            word,
            ..
        } = config.clone();
        Sender::new(store.clone(), clock.clone(), word, address, zone)
    }

    /// Ends what open pages listen to: the office stops.
    pub(crate) fn end_streams(&self) {
        self.inner.live.end();
    }

    /// Their calls. None is answered but through the guard, except for receipts, which are nobody's pages
    /// ([`receipt`]).
    pub(crate) fn router(self) -> Router {
        let receipts = receipt::router(self.clone());
        Router::new()
            .route("/", get(async || Redirect::to(HOME)))
            .route("/sign-in", get(sign_in::form).post(sign_in::sign_in))
            .route("/sign-out", post(sign_in::sign_out))
            .route("/language", post(sign_in::choose_language))
            .route("/setup/{secret}", get(setup::form).post(setup::set_up))
            .route("/tills", get(tills::list))
            .route("/tills/pair", get(tills::pair_form).post(tills::pair))
            .route(
                "/tills/{till}/revoke",
                get(tills::revoke_form).post(tills::revoke),
            )
            .route("/settings", get(shared::overview))
            .route("/settings/local", post(shared::switch))
            .route("/settings/offers/{till}", post(shared::decide_offer))
            .route("/settings/history", get(shared::history))
            .route("/settings/history/{number}", post(shared::take_back))
            .route("/settings/items", get(shared_items::list))
            .route(
                "/settings/items/new",
                get(shared_items::new_form).post(shared_items::add),
            )
            .route("/settings/items/csv", get(shared_csv::csv))
            .route(
                "/settings/items/import",
                get(shared_csv::import_form).post(shared_csv::import),
            )
            .route(
                "/settings/items/{id}",
                get(shared_items::form).post(shared_items::change),
            )
            .route("/settings/items/{id}/remove", post(shared_items::remove))
            .route(
                "/settings/texts",
                get(shared_shop::texts_form).post(shared_shop::save_texts),
            )
            .route(
                "/settings/taxes",
                get(shared_shop::taxes_form).post(shared_shop::save_taxes),
            )
            .route(
                "/settings/cashiers",
                get(shared_cashiers::cashiers).post(shared_cashiers::add_cashier),
            )
            .route(
                "/settings/cashiers/{name}",
                get(shared_cashiers::cashier_form).post(shared_cashiers::change_cashier),
            )
            .route("/tills/{till}/decide", get(decide::page))
            .route(
                "/tills/{till}/decide/{verdict}/{branch}",
                get(decide::question).post(decide::decide),
            )
            .route("/drawers", get(drawers::list))
            .route("/word", get(word::page))
            .route("/word/limits", post(word::set_limits))
            .route(
                "/word/add",
                get(word_address::add_form).post(word_address::add),
            )
            .route(
                "/word/addresses/{id}",
                get(word_address::page).post(word_address::change),
            )
            .route("/word/addresses/{id}/test", post(word_address::test))
            .route(
                "/word/addresses/{id}/secret",
                post(word_address::renew_secret),
            )
            .route("/word/addresses/{id}/remove", post(word_address::remove))
            .route("/word/deliveries/{id}/resend", post(word::resend))
            .route("/day", get(day::page))
            .route("/sales", get(sales::list))
            .route("/sales/{till}/{number}", get(sale::page))
            .route("/closes", get(closes::list))
            .route("/closes/{till}/{z}", get(closes::page))
            .route("/export", get(exports::form))
            .route("/export/file", get(exports::file))
            .route("/account", get(account::page))
            .route("/account/passphrase", post(account::change_passphrase))
            .route(
                "/account/code",
                get(account::code_form).post(account::switch_code_on),
            )
            .route(
                "/account/sign-out-everywhere",
                post(account::sign_out_everywhere),
            )
            .route("/audit", get(audit::list))
            .route("/events", get(live::events))
            .route("/assets/{name}", get(assets::asset))
            .fallback(nothing_here)
            .layer(from_fn_with_state(self.clone(), guard::guard))
            .with_state(self)
            .merge(receipts)
    }
}

/// The first page after signing in.
const HOME: &str = "/day";

/// What a path is answered with that leads nowhere: a till gets a refusal that it can read.
async fn nothing_here(uri: Uri) -> Response {
    if uri.path().starts_with("/v1/") {
        return crate::server::nothing_here().into_response();
    }
    Problem::NotFound.into_response()
}
