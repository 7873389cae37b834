//! Receipts for phones: `/r/<token>`, the same as a picture and as a PDF. Whoever has the token sees this one receipt and
//! nothing else; there is no way from it to another sale, and no list.
//!
//! What there is not, is not there yet, or may not be shown any more, gets one answer by one way: the text of the address
//! is hashed, whatever it is, one row is looked for, and the page says that no receipt is here. So nobody learns from an
//! answer, or from its time, whether a token was ever one.

use std::net::IpAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use parking_lot::Mutex;
use tokio::sync::Semaphore;

use ringup_core::calendar::Zone;
use ringup_core::i18n::Language;
use ringup_core::receipt::{self, Charset, ReceiptData};
use ringup_core::sale::ReceiptToken;

use crate::server::Visitor;
use crate::store::BookReceipt;

use super::caller::Caller;
use super::headers::set_for_receipt;
use super::receipt_visits::Visits;
use super::{Pages, receipt_page, texts};

/// How many receipts are looked for at once, and how many files are drawn.
const CALLS: usize = 8;
const DRAWINGS: usize = 2;
/// The longest time to wait for a turn, and for the answer.
const TURN: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(20);
/// What a file weighs among the visits, in pages.
const FILE_WEIGHT: u32 = 8;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// A page that waits for its receipt looks again after so many seconds, until so many looks.
const LOOKS: [(u16, u16); 3] = [(12, 5), (24, 15), (60, 60)];
/// Longest name of a file, characters.
const MAX_NAME: usize = 40;

/// What bounds the work for receipts.
#[derive(Debug)]
pub(super) struct Receipts {
    visits: Mutex<Visits>,
    calls: Semaphore,
    drawings: Semaphore,
}

impl Default for Receipts {
    fn default() -> Self {
        Self {
            visits: Mutex::default(),
            calls: Semaphore::new(CALLS),
            drawings: Semaphore::new(DRAWINGS),
        }
    }
}

/// In which form a receipt is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A page.
    Page,
    /// A PDF file.
    Pdf,
    /// A picture.
    Png,
}

/// What stands in the address.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Address<'a> {
    /// All that is no form: of a real address the token, of any other anything.
    token: &'a str,
    form: Form,
    /// The language that the page was changed to.
    language: Option<Language>,
    /// How often the page has looked already.
    look: u16,
}

/// The calls for receipts.
pub(super) fn router(pages: Pages) -> Router {
    Router::new()
        .route("/r", get(receipt))
        .route("/r/", get(receipt))
        .route("/r/{*rest}", get(receipt))
        .layer(from_fn_with_state(pages.clone(), bound))
        .with_state(pages)
}

/// Every answer has the headers of a receipt, and comes in time.
async fn bound(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let language = texts::language_of_receipt(request.headers());
    let has_public_certificate = pages.inner.config.fingerprint.is_none();
    let answered = tokio::time::timeout(ANSWER, next.run(request)).await;
    let mut response = answered.unwrap_or_else(|_| busy(&caller(&pages, language)));
    set_for_receipt(response.headers_mut(), has_public_certificate);
    response
}

/// Whoever asks for a receipt: nobody is signed in here.
fn caller(pages: &Pages, language: Language) -> Caller {
    Caller {
        owner: String::new(),
        session: None,
        device: None,
        language,
        form_token: String::new(),
        address: IpAddr::from([0, 0, 0, 0]),
        path: String::new(),
        zone: pages.inner.config.zone.clone(),
    }
}

async fn receipt(
    State(pages): State<Pages>,
    uri: Uri,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let address = Address::of(&uri);
    let language = address
        .language
        .unwrap_or_else(|| texts::language_of_receipt(&headers));
    let mut caller = caller(&pages, language);
    let inner = &pages.inner;
    let now = inner.clock.now();
    if let Some(visitor) = request.extensions().get::<Visitor>() {
        let weight = if address.form == Form::Page {
            1
        } else {
            FILE_WEIGHT
        };
        let counted = inner
            .receipts
            .visits
            .lock()
            .begin(visitor.address, weight, now);
        if let Err(wait_s) = counted {
            return too_often(&caller, wait_s);
        }
    }
    let turn = tokio::time::timeout(TURN, inner.receipts.calls.acquire()).await;
    let Ok(Ok(turn)) = turn else {
        return busy(&caller);
    };
    let days = i64::from(inner.config.receipt_days);
    let since = now.plus(-days.saturating_mul(DAY_MS));
    let hash = ReceiptToken::hash_of_text(address.token);
    let receipt = match inner.store.receipt(hash, since).await {
        Ok(receipt) => receipt.filter(|it| it.sale.received_minor() > 0),
        Err(error) => {
            tracing::error!(%error, "the book");
            return busy(&caller);
        }
    };
    drop(turn);
    let Some(receipt) = receipt else {
        return not_here(&caller, &address);
    };
    let data = data(receipt, &caller.zone);
    // What the customer chose at the till counts until they choose another one here.
    let chosen = data.sale.language.as_deref().and_then(Language::known);
    if let (None, Some(chosen)) = (address.language, chosen) {
        caller.language = chosen;
    }
    let until = data.sale.booked_at().plus(days.saturating_mul(DAY_MS));
    match address.form {
        Form::Page => receipt_page::page(&caller, &data, address.token, until).into_response(),
        form => file(&pages, &caller, data, form).await,
    }
}

impl<'a> Address<'a> {
    fn of(uri: &'a Uri) -> Self {
        let path = uri.path();
        let rest = path.strip_prefix("/r/").unwrap_or_default();
        let (token, form) = match (
            rest.strip_suffix("/receipt.pdf"),
            rest.strip_suffix("/receipt.png"),
        ) {
            (Some(token), _) => (token, Form::Pdf),
            (_, Some(token)) => (token, Form::Png),
            _ => (rest, Form::Page),
        };
        let (mut language, mut look) = (None, 0);
        let query = uri.query().unwrap_or_default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "lang" => language = Language::known(&value),
                "look" => look = value.parse().unwrap_or(0),
                _ => {}
            }
        }
        Self {
            token,
            form,
            language,
            look,
        }
    }
}

/// What a receipt is laid out from. Its hash is that of the sale's own last entry, not of the till's: two looks at a receipt
/// tell nothing of what was sold between them.
fn data(receipt: BookReceipt, zone: &Zone) -> ReceiptData {
    let BookReceipt {
        sale,
        label,
        hash,
        texts,
    } = receipt;
    // What was kept has passed these rules; an older program's may not.
    let settings = texts.and_then(|texts| texts.settings().ok());
    let zone = match settings.as_ref().and_then(|it| it.zone.as_deref()) {
        Some(name) => Zone::named(name).unwrap_or_else(|| zone.clone()),
        None => zone.clone(),
    };
    ReceiptData {
        copy: sale.receipts > 0,
        gateway: receipt::other_gateway(&sale),
        label,
        settings: settings.unwrap_or_default(),
        practice: false,
        zone,
        head: hash.short(),
        signed: None,
        sale,
    }
}

async fn file(pages: &Pages, caller: &Caller, data: ReceiptData, form: Form) -> Response {
    let turn = tokio::time::timeout(TURN, pages.inner.receipts.drawings.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        return busy(caller);
    };
    let name: String = data
        .label
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(MAX_NAME)
        .collect();
    let language = caller.language;
    let drawn = tokio::task::spawn_blocking(move || {
        let messages = texts::of_receipt(language);
        let rows = receipt::layout(&data, messages, Charset::Font);
        let paper = data.settings.printing.paper;
        match form {
            Form::Pdf => {
                let title = messages.text_with("slip-title", &[("number", &data.label)]);
                receipt::pdf(&rows, paper, &title, language.tag())
            }
            Form::Page | Form::Png => receipt::png(&rows, paper),
        }
    });
    let file = match drawn.await {
        Ok(Ok(file)) => file,
        Ok(Err(error)) => {
            tracing::error!(%error, "a receipt cannot be drawn");
            return busy(caller);
        }
        Err(error) => {
            tracing::error!(%error, "a receipt cannot be drawn");
            return busy(caller);
        }
    };
    let (kind, ending) = match form {
        Form::Pdf => ("application/pdf", "pdf"),
        Form::Page | Form::Png => ("image/png", "png"),
    };
    let disposition = format!("inline; filename=\"{name}.{ending}\"");
    (
        [
            (CONTENT_TYPE, kind.to_owned()),
            (CONTENT_DISPOSITION, disposition),
        ],
        file,
    )
        .into_response()
}

/// The answer to everything that opens no receipt. A page that somebody has open looks again by itself.
fn not_here(caller: &Caller, address: &Address<'_>) -> Response {
    let page = receipt_page::not_here(caller);
    let mut response = (StatusCode::NOT_FOUND, page).into_response();
    let next = address.look.saturating_add(1);
    let wait_s = LOOKS.iter().find(|(until, _)| next <= *until);
    if let Some((_, wait_s)) = wait_s {
        let tag = caller.language.tag();
        let refresh = format!("{wait_s}; url=?lang={tag}&look={next}");
        if let Ok(refresh) = HeaderValue::from_str(&refresh) {
            let name = HeaderName::from_static("refresh");
            response.headers_mut().insert(name, refresh);
        }
    }
    response
}

fn too_often(caller: &Caller, wait_s: i64) -> Response {
    let page = receipt_page::problem(caller, "receipt-often", "receipt-often-next");
    let wait = [(RETRY_AFTER, wait_s.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, wait, page).into_response()
}

fn busy(caller: &Caller) -> Response {
    let page = receipt_page::problem(caller, "receipt-busy", "receipt-busy-next");
    let wait = [(RETRY_AFTER, "2")];
    (StatusCode::SERVICE_UNAVAILABLE, wait, page).into_response()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn address(text: &str) -> (String, Form, Option<Language>, u16) {
        let uri: Uri = text.parse().expect("an address");
        let address = Address::of(&uri);
        (
            address.token.to_owned(),
            address.form,
            address.language,
            address.look,
        )
    }

    #[test]
    fn an_address_has_a_token_a_form_and_a_language() {
        let all = |form, language, look| ("abc".to_owned(), form, language, look);
        assert_eq!(address("/r/abc"), all(Form::Page, None, 0));
        assert_eq!(
            address("/r/abc/receipt.pdf?lang=de-AT"),
            all(Form::Pdf, Some(Language::De), 0)
        );
        assert_eq!(
            address("/r/abc/receipt.png?lang=ru"),
            all(Form::Png, Some(Language::Ru), 0)
        );
        assert_eq!(
            address("/r/abc?lang=xx&look=7&look=x"),
            all(Form::Page, None, 0)
        );
        assert_eq!(address("/r/abc?look=7"), all(Form::Page, None, 7));
        for (text, token) in [
            ("/r", ""),
            ("/r/", ""),
            ("/r/abc/", "abc/"),
            ("/r/abc/receipt.exe", "abc/receipt.exe"),
            ("/r/../sales", "../sales"),
            ("/r/%61bc", "%61bc"),
        ] {
            assert_eq!(address(text).0, token, "{text}");
        }
    }

    proptest! {
        #[test]
        fn only_a_tokens_own_text_opens_it(rest in "[A-Za-z0-9_%./-]{0,60}") {
            let token = ReceiptToken::draw().expect("randomness");
            let text = address(&format!("/r/{rest}")).0;
            prop_assert_ne!(ReceiptToken::hash_of_text(&text), token.hash());
        }
    }
}
