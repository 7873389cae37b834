//! The owner's questions to the folded book. Each is asked of one snapshot, so its parts fit together whatever comes in
//! meanwhile.

mod attention;
mod close;
mod day;
mod events;
mod sale;
mod sales;
mod search;
mod tills;

use std::collections::BTreeMap;

use super::sql::{Tx, Value};
use super::{Store, StoreError};

/// Sales or events on a page, unless another number is asked for.
const PAGE: u32 = 50;
/// Most on a page.
const MAX_PAGE: u32 = 200;

/// What the owner calls a till, and why its money is told apart.
#[derive(Debug, Clone, Default)]
struct Named {
    name: String,
    quarantine: Option<String>,
}

/// The tills by their ids.
type Names = BTreeMap<String, Named>;

/// What the owner calls each till, and whether its money is told apart.
async fn names(tx: &Tx) -> Result<Names, StoreError> {
    let sql = "SELECT till, name, quarantined_at, quarantine FROM till";
    let mut names = Names::new();
    for row in tx.query(sql, &[]).await? {
        let [till, name, since, why] = row.as_slice() else {
            return Err(damaged("a till"));
        };
        let quarantine = match (since, why) {
            (Value::Null, _) => None,
            (_, Value::Text(why)) => Some(why.clone()),
            _ => Some("forked".to_owned()),
        };
        let named = Named {
            name: name.text()?.to_owned(),
            quarantine,
        };
        names.insert(till.text()?.to_owned(), named);
    }
    Ok(names)
}

/// The till of this id. One that the table does not know has no name.
fn named(names: &Names, till: &str) -> Named {
    names.get(till).cloned().unwrap_or_default()
}

/// How many rows a page has.
fn page_size(asked: u32) -> u32 {
    match asked {
        0 => PAGE,
        asked => asked.min(MAX_PAGE),
    }
}

/// A flag in a column.
fn flag(column: &Value) -> Result<bool, StoreError> {
    Ok(column.int()? != 0)
}

/// A number in a column that may be empty.
fn maybe_int(column: &Value) -> Result<Option<i64>, StoreError> {
    match column {
        Value::Null => Ok(None),
        number => Ok(Some(number.int()?)),
    }
}

fn damaged(what: &str) -> StoreError {
    StoreError::Corrupt(what.to_owned())
}

impl Store {
    /// Another text whenever something that the owner reads has changed, by whichever office.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn revision(&self) -> Result<String, StoreError> {
        let sql = "SELECT (SELECT CAST(coalesce(sum(seq), 0) AS BIGINT) FROM folded),
                (SELECT CAST(coalesce(sum(version), 0) AS BIGINT) FROM folded),
                (SELECT count(*) FROM alarm), (SELECT count(*) FROM till),
                (SELECT count(*) FROM till WHERE quarantined_at IS NOT NULL)";
        let rows = snapshot!(self, |tx| tx.query(sql, &[]).await)?;
        let parts = rows
            .iter()
            .flatten()
            .map(|part| Ok(part.int()?.to_string()));
        Ok(parts.collect::<Result<Vec<_>, StoreError>>()?.join("-"))
    }
}
