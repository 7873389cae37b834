//! Held carts in the journal: they are held, taken up, split and dropped, each in one transaction with what follows
//! from it, so that no line is lost or sold twice, whatever program stops in between.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

use super::entries::{Author, append, commit, corrupt, seq_bound};
use super::error::JournalError;
use super::file::JournalFile;
use super::projection::{Row, put, seq_value, text};
use super::restored::restores;
use super::verify::VerifyFailure;
use super::verify_sales::{FirstFailures, Table};
use crate::clock::UnixMs;
use crate::ids::{CartId, TapId};
use crate::money::{Currency, Money};
use crate::sale::{
    Breakdown, CartContent, CartEndKind, CartError, Carts, Entry, Event, HeldCart, TakenUp, merge,
    take_up,
};

/// The entries that tell of carts, or which of their sales may have been taken over.
const TELLS_OF_CARTS: &str = "(kind IN ('cart_held', 'cart_split', 'cart_dropped')
     OR kind = 'journal_restored'
     OR (kind = 'sale_opened' AND body ->> '$.cart' IS NOT NULL))";

/// A cart to be held.
#[derive(Debug, Clone)]
pub struct NewCart {
    /// The name or the table's number.
    pub label: String,
    /// Its lines less the discount.
    pub amount: Money,
    /// What it holds.
    pub breakdown: Breakdown,
    /// The held carts that were taken up for it. What they have beyond its lines stays held.
    pub from: Vec<CartId>,
    /// The tap that holds it. The same tap a second time is the same cart.
    pub tap: TapId,
}

/// How many carts, and what they would bring, by currency.
pub type CartSums = BTreeMap<Currency, CartSum>;

/// Carts of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, ts_rs::TS)]
#[ts(export)]
pub struct CartSum {
    /// How many there are.
    pub carts: i64,
    /// Their sum.
    pub sum: Money,
}

/// What a close tells of carts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CartsAtClose {
    /// Those that were held at that moment.
    pub held: CartSums,
    /// Those that were given up without a sale since the close before.
    pub dropped: CartSums,
}

impl CartsAtClose {
    /// What a close before entry `before_seq` tells of these carts, when the close before it was entry `after_seq`.
    pub fn of(carts: &Carts, after_seq: u64, before_seq: u64) -> Self {
        let mut told = Self::default();
        for cart in carts.all().filter(|cart| cart.seq < before_seq) {
            let ended = cart.end.as_ref().filter(|end| end.seq < before_seq);
            let sums = match ended {
                None => &mut told.held,
                Some(end) if end.kind == CartEndKind::Dropped && end.seq > after_seq => {
                    &mut told.dropped
                }
                Some(_) => continue,
            };
            let sum = sums.entry(cart.amount.currency()).or_insert(CartSum {
                carts: 0,
                sum: cart.amount.with_minor(0),
            });
            sum.carts = sum.carts.saturating_add(1);
            sum.sum = sum.sum.plus(cart.amount.minor());
        }
        told
    }
}

impl JournalFile {
    /// The carts that are held, oldest first.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] for a row without its entry, and what SQLite reports of the disk.
    pub fn held_carts(&self) -> Result<Vec<HeldCart>, JournalError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM cart WHERE ended_seq IS NULL ORDER BY seq, id")?;
        let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
        ids.map(|id| load(&self.connection, id?.parse().map_err(corrupt)?))
            .filter_map(Result::transpose)
            .collect()
    }

    /// The cart of this id, which must be held.
    ///
    /// # Errors
    /// [`JournalError::Cart`] for one that is not, and as [`JournalFile::held_carts`].
    pub fn require_held(&self, id: CartId) -> Result<HeldCart, JournalError> {
        require_held(&self.connection, id)
    }

    /// Holds a cart, or finds that this tap has held it before: `false` then.
    ///
    /// # Errors
    /// [`JournalError::Cart`] when a cart that was taken up is held no more; [`JournalError::Busy`] while another
    /// program holds the lock; what SQLite reports of the disk. Nothing was written then.
    pub fn hold_cart(&mut self, new: NewCart, now: UnixMs) -> Result<bool, JournalError> {
        let author = self.author();
        let transaction = self.connection.transaction()?;
        let known: bool = transaction
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM cart WHERE tap = ?1)")?
            .query_row([new.tap.to_string()], |row| row.get(0))?;
        if known {
            return Ok(false);
        }
        let carts = require_all_held(&transaction, &new.from)?;
        let TakenUp { mut splits, whole } =
            take_up(&carts, &new.breakdown.lines, new.breakdown.discount_minor)?;
        splits.push(Event::CartHeld {
            currency: new.amount.currency(),
            tap: new.tap,
            from: whole.iter().map(|it| it.cart).collect(),
            content: CartContent {
                cart: CartId::new(),
                label: new.label,
                amount_minor: new.amount.minor(),
                breakdown: new.breakdown,
            },
        });
        write(&transaction, &author, now, splits)?;
        commit(transaction)?;
        Ok(true)
    }

    /// Gives up a held cart without a sale.
    ///
    /// # Errors
    /// As [`JournalFile::hold_cart`].
    pub fn drop_cart(
        &mut self,
        cart: CartId,
        reason: String,
        now: UnixMs,
    ) -> Result<(), JournalError> {
        let author = self.author();
        let transaction = self.connection.transaction()?;
        write(
            &transaction,
            &author,
            now,
            [Event::CartDropped { cart, reason }],
        )?;
        commit(transaction)
    }

    /// The sums of the carts that are held now, and of those that were dropped since the last close.
    pub(crate) fn carts_since_close(&self) -> Result<CartsAtClose, JournalError> {
        let after_seq = self.last_close()?.unwrap_or(super::day_close::FIRST_SEQ);
        carts_at_close(&self.connection, after_seq, i64::MAX.unsigned_abs())
    }
}

/// Writes what goes before the entry that opens a sale of these carts, and returns the one cart that the sale takes;
/// `None`: it takes nothing of them.
pub(super) fn take_up_for_sale(
    connection: &Connection,
    author: &Author,
    now: UnixMs,
    ids: &[CartId],
    (breakdown, tap): (&Breakdown, TapId),
) -> Result<Option<CartId>, JournalError> {
    let carts = require_all_held(connection, ids)?;
    let TakenUp { mut splits, whole } =
        take_up(&carts, &breakdown.lines, breakdown.discount_minor)?;
    let cart = match (whole.as_slice(), carts.first()) {
        ([], _) | (_, None) => None,
        ([one], _) => Some(one.cart),
        (several, Some(first)) => {
            let content = merge(several)?;
            let cart = content.cart;
            splits.push(Event::CartHeld {
                content,
                currency: first.amount.currency(),
                tap,
                from: several.iter().map(|it| it.cart).collect(),
            });
            Some(cart)
        }
    };
    write(connection, author, now, splits)?;
    Ok(cart)
}

/// Appends these entries, and the rows of the carts that they tell of.
fn write(
    connection: &Connection,
    author: &Author,
    now: UnixMs,
    events: impl IntoIterator<Item = Event>,
) -> Result<(), JournalError> {
    for entry in append(connection, author, now, events)? {
        project(connection, &entry)?;
    }
    Ok(())
}

/// Writes the rows of the carts that an entry tells of. The fold decides whether the entry can follow.
pub(super) fn project(connection: &Connection, entry: &Entry) -> Result<(), JournalError> {
    let mentioned = mentioned(&entry.event);
    if mentioned.is_empty() {
        return Ok(());
    }
    let known = mentioned.iter().map(|id| load(connection, *id));
    let known = known.filter_map(Result::transpose);
    let restores = restores(connection)?.into_iter();
    let numbers_after = restores.map(|(_, it)| it.numbers_after).max();
    let before = Carts::of(
        known.collect::<Result<Vec<_>, _>>()?,
        numbers_after.unwrap_or(0),
    );
    let mut carts = before.clone();
    carts.apply(entry)?;
    for cart in carts.all() {
        let row_before = before.all().find(|it| it.id == cart.id).map(cart_row);
        put(connection, "cart", 1, row_before.as_ref(), &cart_row(cart))?;
    }
    Ok(())
}

/// Makes the rows of all carts from the entries, in an empty table.
pub(super) fn project_all(connection: &Connection) -> Result<(), JournalError> {
    each_entry(connection, |entry| {
        project(connection, entry)?;
        Ok(true)
    })
}

/// The carts that an entry names.
fn mentioned(event: &Event) -> Vec<CartId> {
    match event {
        Event::CartHeld { content, from, .. } => {
            let mut ids = from.clone();
            ids.push(content.cart);
            ids
        }
        Event::CartSplit { cart, into } => {
            let mut ids: Vec<_> = into.iter().map(|part| part.cart).collect();
            ids.push(*cart);
            ids
        }
        Event::CartDropped { cart, .. }
        | Event::SaleOpened {
            cart: Some(cart), ..
        } => vec![*cart],
        _ => Vec::new(),
    }
}

/// Calls `each` for every entry that tells of carts, in order, until it says to stop.
fn each_entry(
    connection: &Connection,
    mut each: impl FnMut(&Entry) -> Result<bool, JournalError>,
) -> Result<(), JournalError> {
    let sql = format!("SELECT body FROM entry WHERE {TELLS_OF_CARTS} ORDER BY seq");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let body: String = row.get(0)?;
        if !each(&serde_json::from_str(&body).map_err(corrupt)?)? {
            return Ok(());
        }
    }
    Ok(())
}

fn require_held(connection: &Connection, id: CartId) -> Result<HeldCart, JournalError> {
    match load(connection, id)? {
        Some(cart) if cart.end.is_none() => Ok(cart),
        Some(cart) => Err(CartError::Gone(cart.label).into()),
        None => Err(CartError::Gone(id.to_string()).into()),
    }
}

fn require_all_held(
    connection: &Connection,
    ids: &[CartId],
) -> Result<Vec<HeldCart>, JournalError> {
    ids.iter().map(|id| require_held(connection, *id)).collect()
}

/// The cart of this id, as its entry made it and as its row says that it ended.
fn load(connection: &Connection, id: CartId) -> Result<Option<HeldCart>, JournalError> {
    let found = connection
        .prepare_cached("SELECT seq, ended_seq, ended FROM cart WHERE id = ?1")?
        .query_row([id.to_string()], |row: &SqlRow<'_>| {
            let ended: Option<i64> = row.get(1)?;
            let kind: Option<String> = row.get(2)?;
            Ok((row.get::<_, i64>(0)?, ended.zip(kind)))
        })
        .optional()?;
    let Some((seq, ended)) = found else {
        return Ok(None);
    };
    let body: String = connection
        .prepare_cached("SELECT body FROM entry WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))?;
    let entry: Entry = serde_json::from_str(&body).map_err(corrupt)?;
    let mut cart = made_by(&entry, id, currency_of(connection, id)?)
        .ok_or_else(|| corrupt(format!("entry {seq} holds no cart {id}")))?;
    if let Some((seq, kind)) = ended {
        cart.end = Some(crate::sale::CartEnd {
            seq: seq.unsigned_abs(),
            kind: kind.parse().map_err(corrupt)?,
        });
        cart.breakdown = Breakdown::default();
    }
    Ok(Some(cart))
}

fn currency_of(connection: &Connection, id: CartId) -> Result<Currency, JournalError> {
    let code: String = connection
        .prepare_cached("SELECT currency FROM cart WHERE id = ?1")?
        .query_row([id.to_string()], |row| row.get(0))?;
    code.parse().map_err(corrupt)
}

/// The cart of this id that an entry makes. The parts of a split have the currency of the whole.
fn made_by(entry: &Entry, id: CartId, currency: Currency) -> Option<HeldCart> {
    let (content, tap) = match &entry.event {
        Event::CartHeld { content, tap, .. } => (content, Some(*tap)),
        Event::CartSplit { into, .. } => (into.iter().find(|it| it.cart == id)?, None),
        _ => return None,
    };
    (content.cart == id).then(|| HeldCart {
        id,
        label: content.label.clone(),
        amount: Money::from_minor(content.amount_minor, currency),
        breakdown: content.breakdown.clone(),
        seq: entry.seq,
        at: entry.at,
        by: entry.by.clone(),
        tap,
        end: None,
    })
}

/// The row of a cart.
fn cart_row(cart: &HeldCart) -> Row {
    let end = cart.end.as_ref();
    vec![
        ("id", text(cart.id)),
        ("tap", cart.tap.map_or(Value::Null, text)),
        ("seq", seq_value(cart.seq)),
        ("held_at_unix_ms", Value::from(cart.at.0)),
        ("label", Value::from(cart.label.clone())),
        ("currency", text(cart.amount.currency())),
        ("amount_minor", Value::from(cart.amount.minor())),
        ("ended_seq", end.map_or(Value::Null, |it| seq_value(it.seq))),
        (
            "ended",
            end.map_or(Value::Null, |it| text(it.kind.as_str())),
        ),
    ]
}

/// The sums of the carts that were held before an entry, and of those dropped between two.
pub(super) fn carts_at_close(
    connection: &Connection,
    after_seq: u64,
    before_seq: u64,
) -> Result<CartsAtClose, JournalError> {
    let (after, before) = (seq_bound(after_seq)?, seq_bound(before_seq)?);
    Ok(CartsAtClose {
        held: sums(
            connection,
            "SELECT currency, count(*), sum(amount_minor) FROM cart
             WHERE seq < ?2 AND coalesce(ended_seq, ?2) >= ?2 AND ?1 < ?2 GROUP BY currency",
            (after, before),
        )?,
        dropped: sums(
            connection,
            "SELECT currency, count(*), sum(amount_minor) FROM cart
             WHERE ended = 'dropped' AND ended_seq > ?1 AND ended_seq < ?2 GROUP BY currency",
            (after, before),
        )?,
    })
}

fn sums(
    connection: &Connection,
    sql: &str,
    (after, before): (i64, i64),
) -> Result<CartSums, JournalError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![after, before], |row| {
        Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?))
    })?;
    rows.map(|row| {
        let (code, carts, minor) = row?;
        let currency: Currency = code.parse().map_err(corrupt)?;
        let sum = Money::from_minor(minor, currency);
        Ok((currency, CartSum { carts, sum }))
    })
    .collect()
}

/// Verifies that the entries about carts follow from one another, and that the rows are what they add up to.
pub(super) fn check(connection: &Connection) -> Result<Result<(), VerifyFailure>, JournalError> {
    let mut failures = FirstFailures::default();
    let mut carts = Carts::default();
    each_entry(connection, |entry| {
        let applied = carts.apply(entry);
        if let Err(error) = &applied {
            failures.entry(entry.seq, error);
        }
        Ok(applied.is_ok())
    })?;
    let mut table = Table::new(connection, "cart", &["id"])?;
    for cart in carts.all() {
        table.compare(&cart_row(cart), &mut failures, || {
            format!("cart {}", cart.id)
        })?;
    }
    if table.has_more(connection)? {
        failures.row("table cart".to_owned(), "a row has no entries");
    }
    Ok(failures.first())
}
