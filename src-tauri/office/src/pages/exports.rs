//! The book as a file, by the rules of the till's own export. It is written into a file that goes away before any of it is
//! sent, so what arrives is whole or is not there; one is written at a time.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use maud::html;
use serde::Deserialize;

use ringup_core::calendar::{Day, bounds, day_of};
use ringup_core::export::{ExportFormat, ExportOfTills, ExportRows};

use crate::export::{ExportedTills, OfficeExportError, export};
use crate::store::Act;

use super::caller::Caller;
use super::layout::Tab;
use super::problem::Problem;
use super::sales::choice;
use super::{Pages, layout};

/// How much of a file is read at once, bytes.
const PIECE_BYTES: usize = 64 * 1024;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct FileChoices {
    till: String,
    first: String,
    last: String,
    format: String,
    rows: String,
}

/// The form.
pub(super) async fn form(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let today = day_of(pages.inner.clock.now(), &caller.zone).to_string();
    let option = |value: &str, id: &str| (value.to_owned(), caller.t(id));
    let mut tills = vec![option("", "filter-any-till")];
    tills.extend(pages.inner.store.till_names().await?);
    let formats = [
        option("xlsx", "export-xlsx"),
        option("excel", "export-excel"),
        option("csv", "export-csv"),
        option("json", "export-json"),
    ];
    let rows = [
        option("sales", "export-rows-sales"),
        option("tenders", "export-rows-tenders"),
        option("lines", "export-rows-lines"),
        option("cash", "export-rows-cash"),
    ];
    let body = html! {
        form class="card stack-4 narrow" method="get" action="/export/file" data-testid="export-form" {
            h1 { (caller.t("export-title")) }
            div class="filters" {
                label class="field" { span class="strong" { (caller.t("export-from")) } input type="date" name="first" value=(today) required; }
                label class="field" { span class="strong" { (caller.t("export-to")) } input type="date" name="last" value=(today) required; }
                (choice(&caller, "till", "filter-till", "", &tills))
                (choice(&caller, "format", "export-format", "xlsx", &formats))
                (choice(&caller, "rows", "export-rows", "sales", &rows))
            }
            p class="soft" { (caller.t("export-note")) }
            div class="actions" {
                a class="button plain" href="/sales" { (caller.t("cancel")) }
                button class="main" type="submit" data-testid="export-go" { (caller.t("export-go")) }
            }
        }
    };
    let page = layout::page(&caller, &caller.t("export-title"), Some(Tab::Sales), &body);
    Ok(page.into_response())
}

/// The format of a word, the ending of its file, and what browsers call it.
fn format(word: &str, caller: &Caller) -> Option<(ExportFormat, &'static str, &'static str)> {
    use ringup_core::i18n::Language::{En, Ru};
    let csv = "text/csv; charset=utf-8";
    Some(match word {
        "xlsx" => (
            ExportFormat::Xlsx,
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        "excel" => {
            let format = match caller.language {
                En => ExportFormat::ExcelEn,
                Ru => ExportFormat::ExcelRu,
                _ => ExportFormat::ExcelDe,
            };
            (format, "csv", csv)
        }
        "csv" => (ExportFormat::Csv, "csv", csv),
        "json" => (ExportFormat::Json, "json", "application/json"),
        _ => return None,
    })
}

/// The file.
pub(super) async fn file(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<FileChoices>,
) -> Result<Response, Problem> {
    let unreadable = Problem::Unreadable;
    let (format, ending, kind) = format(&asked.format, &caller).ok_or(unreadable)?;
    let first: Day = asked.first.parse().or(Err(unreadable))?;
    let last: Day = asked.last.parse().or(Err(unreadable))?;
    let rows = match asked.rows.as_str() {
        "" | "sales" => ExportRows::Sales,
        "tenders" => ExportRows::Tenders,
        "lines" => ExportRows::Lines,
        "cash" => ExportRows::Cash,
        _ => return Err(unreadable),
    };
    let Ok(_turn) = pages.inner.exports.try_acquire() else {
        return Err(Problem::Busy);
    };
    let about = format!("{first} – {last}, {ending}");
    let address = caller.address.to_string();
    let now = pages.inner.clock.now();
    let store = &pages.inner.store;
    store
        .note(&caller.owner, Act::Exported, &about, &address, now)
        .await?;
    let wanted = ExportOfTills {
        format,
        rows,
        from: bounds(first, &caller.zone).0,
        to: bounds(last, &caller.zone).1,
        zone: caller.zone.clone(),
    };
    let tills = ExportedTills {
        till: (!asked.till.is_empty()).then(|| asked.till.clone()),
        apart: false,
    };
    let mut written = tempfile::tempfile().or(Err(Problem::Busy))?;
    export(store, &tills, wanted, &mut written).await?;
    let (length, body) = body(written).or(Err(Problem::Busy))?;
    let name = format!("attachment; filename=\"ringup-{first}-{last}.{ending}\"");
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, name),
        (CONTENT_LENGTH, length.to_string()),
    ];
    Ok((headers, body).into_response())
}

impl From<OfficeExportError> for Problem {
    fn from(error: OfficeExportError) -> Self {
        tracing::error!(%error, "the book cannot be exported");
        Self::Busy
    }
}

/// The file from its beginning, piece by piece, and its length.
fn body(mut file: File) -> std::io::Result<(u64, Body)> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(0))?;
    let pieces = stream::unfold(file, async |mut file| {
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; PIECE_BYTES];
            let read = file.read(&mut piece).map(|bytes| {
                piece.truncate(bytes);
                Bytes::from(piece)
            });
            (read, file)
        });
        match read.await {
            Ok((Ok(piece), file)) => (!piece.is_empty()).then_some((Ok(piece), file)),
            Ok((Err(error), file)) => Some((Err(error), file)),
            Err(_) => None,
        }
    });
    Ok((length, Body::from_stream(pieces)))
}
