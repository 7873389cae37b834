//! A sale whole, folded from its entries.

use ringup_core::calendar::Zone;
use ringup_core::ids::{TillCode, TillId};
use ringup_core::sale::{Entry, SaleDetail, SaleView};

use super::super::book_rows::json;
use super::super::folding::bodies_of;
use super::super::sql::{Tx, int, text};
use super::super::{Store, StoreError};
use super::tills::folds;
use super::{damaged, named, names};
use crate::book::BookSaleDetail;
use crate::fold::{FoldedSale, Read, read};

impl Store {
    /// A sale of a till by its number; `None`: there is none, or it is not folded yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sale(
        &self,
        till: TillId,
        number: u32,
        zone: &Zone,
    ) -> Result<Option<BookSaleDetail>, StoreError> {
        snapshot!(self, |tx| sale(tx, till, number, zone).await)
    }
}

async fn sale(
    tx: &Tx,
    till: TillId,
    number: u32,
    zone: &Zone,
) -> Result<Option<BookSaleDetail>, StoreError> {
    let till = till.to_string();
    let sql = "SELECT entries FROM sale WHERE till = ?1 AND number = ?2 ORDER BY id LIMIT 1";
    let rows = tx.query(sql, &[text(&till), int(number.into())]).await?;
    let Some(numbers) = rows.first().and_then(|row| row.first()) else {
        return Ok(None);
    };
    let numbers: Vec<u64> = json(numbers)?;
    let bodies = bodies_of(tx, &till, numbers.into_iter()).await?;
    let texts = bodies.iter().map(|(seq, body)| (*seq, body.as_str()));
    let folded = FoldedSale::of(texts).ok_or_else(|| damaged("the entries of a sale"))?;
    let entries: Vec<Entry> = bodies
        .values()
        .filter_map(|body| match read(body) {
            Read::Entry(entry) => Some(*entry),
            _ => None,
        })
        .collect();
    let facts = folds(tx).await?.remove(&till).map(|fold| fold.facts);
    let code = facts.and_then(|facts| facts.opening_code);
    let view = SaleView::of(&folded.sale, &code.unwrap_or_else(TillCode::first));
    let named = named(&names(tx).await?, &till);
    Ok(Some(BookSaleDetail {
        till,
        till_name: named.name,
        quarantine: named.quarantine,
        detail: SaleDetail::of(&folded.sale, view, &entries, zone.name()),
    }))
}
