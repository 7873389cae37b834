//! Held carts: what a customer took and has not paid yet, parked under a name or a table's number.
//!
//! A cart is never changed. It ends, once, when a sale takes its lines, when it is held again (under another name, with
//! more lines, or together with others), when it is split in two, or when somebody drops it with a reason. [`Carts`]
//! is the pure fold that tells which carts are held and refuses what would lose a line or count it twice:
//! journal, `verify` and screens read its result.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::basket::{BasketError, Breakdown, Line, goods_minor, is_printable_name, listed_minor};
use super::entry::{Entry, Event};
use crate::clock::UnixMs;
use crate::ids::{CartId, TapId};
use crate::money::{BasisPoints, Currency, Money};

/// A cart as an entry holds it. Part of the journal's format (docs/journal.md, *Entries*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartContent {
    /// Its id.
    pub cart: CartId,
    /// The name or the table's number that it is held under.
    pub label: String,
    /// Its lines less the discount, minor units.
    pub amount_minor: i64,
    /// What it holds, at the prices of the moment when it was held.
    #[serde(flatten)]
    pub breakdown: Breakdown,
}

/// A cart that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCart {
    /// Its id.
    pub id: CartId,
    /// The name or the table's number that it is held under.
    pub label: String,
    /// Its lines less the discount.
    pub amount: Money,
    /// What it holds.
    pub breakdown: Breakdown,
    /// The number of the entry that made it.
    pub seq: u64,
    /// When it was made.
    pub at: UnixMs,
    /// Who was at the till by then, when the shop names its cashiers.
    pub by: Option<String>,
    /// The tap that held it; `None`: it is a part of a cart that was split.
    pub tap: Option<TapId>,
    /// How it ended; `None`: it is held.
    pub end: Option<CartEnd>,
}

/// The end of a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartEnd {
    /// The number of the entry that ended it.
    pub seq: u64,
    /// How.
    pub kind: CartEndKind,
}

/// How a cart ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum CartEndKind {
    /// A sale has its lines.
    Sold,
    /// Another cart has its lines.
    HeldAgain,
    /// Two other carts have its lines.
    Split,
    /// Somebody gave it up, with a reason.
    Dropped,
}

impl CartEndKind {
    /// The word it is stored under.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Why an entry about a cart cannot follow those before it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CartError {
    /// It is not held: somebody has taken it up, split or dropped it before, or it never was.
    #[error("the cart {0} is not held any more")]
    Gone(String),
    /// The id was given to another cart before.
    #[error("the cart {0} is held twice")]
    HeldTwice(CartId),
    /// A cart without lines, or with a tip, which is asked for when it is charged.
    #[error("a cart has lines and no tip")]
    Content,
    /// The label is blank, too long, or cannot be printed.
    #[error("this cannot be the name of a cart")]
    Label,
    /// Its parts do not add up.
    #[error(transparent)]
    Basket(#[from] BasketError),
    /// One cart is in another currency than the other, or than the sale.
    #[error("the carts are in several currencies")]
    Currency,
    /// What takes a cart up does not have all its lines, or the parts of a split are not the whole.
    #[error("lines of the cart are missing")]
    Lines,
    /// It is dropped without a reason.
    #[error("a cart is dropped for a reason")]
    Reason,
}

/// The carts that entries tell of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carts {
    carts: BTreeMap<CartId, HeldCart>,
    /// Sales up to this number may have been taken over from a journal that a restore replaced. Their carts may be
    /// unknown here.
    numbers_after: u32,
}

impl Carts {
    /// These carts, as the journal has them, after restores that went on with greater sale numbers than this.
    pub fn of(carts: impl IntoIterator<Item = HeldCart>, numbers_after: u32) -> Self {
        let carts = carts.into_iter().map(|cart| (cart.id, cart)).collect();
        Self {
            carts,
            numbers_after,
        }
    }

    /// All of them, ended ones as well. An ended one has no lines any more.
    pub fn all(&self) -> impl Iterator<Item = &HeldCart> {
        self.carts.values()
    }

    /// Those that are held.
    pub fn held(&self) -> impl Iterator<Item = &HeldCart> {
        self.all().filter(|cart| cart.end.is_none())
    }

    /// Takes one more entry into account; most are about no cart.
    ///
    /// # Errors
    /// Every variant of [`CartError`]; nothing has changed then.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), CartError> {
        match &entry.event {
            Event::CartHeld {
                content,
                currency,
                tap,
                from,
            } => {
                let cart = self.new_cart(content, *currency, entry, Some(*tap))?;
                if from.iter().collect::<BTreeSet<_>>().len() != from.len() {
                    return Err(CartError::Gone(content.label.clone()));
                }
                let taken = from.iter().map(|id| self.require_held(*id));
                let taken = taken.collect::<Result<Vec<_>, _>>()?;
                if taken.iter().any(|it| it.amount.currency() != *currency) {
                    return Err(CartError::Currency);
                }
                let lines = taken.iter().flat_map(|it| &it.breakdown.lines);
                require_all(&content.breakdown.lines, lines)?;
                for id in from {
                    self.end(*id, entry.seq, CartEndKind::HeldAgain)?;
                }
                self.carts.insert(cart.id, cart);
            }
            Event::CartSplit { cart, into } => {
                let whole = self.require_held(*cart)?;
                let mut parts = Vec::new();
                for content in into {
                    if parts.iter().any(|it: &HeldCart| it.id == content.cart) {
                        return Err(CartError::HeldTwice(content.cart));
                    }
                    parts.push(self.new_cart(content, whole.amount.currency(), entry, None)?);
                }
                require_whole(&whole.breakdown, into)?;
                self.end(*cart, entry.seq, CartEndKind::Split)?;
                self.carts
                    .extend(parts.into_iter().map(|part| (part.id, part)));
            }
            Event::CartDropped { cart, reason } => {
                if reason.trim().is_empty() {
                    return Err(CartError::Reason);
                }
                self.end(*cart, entry.seq, CartEndKind::Dropped)?;
            }
            Event::JournalRestored(restored) => {
                self.numbers_after = self.numbers_after.max(restored.numbers_after);
            }
            Event::SaleOpened {
                cart: Some(cart),
                number,
                ..
            } if number.0 <= self.numbers_after && self.require_held(*cart).is_err() => {}
            Event::SaleOpened {
                cart: Some(cart),
                currency,
                breakdown,
                ..
            } => {
                let taken = self.require_held(*cart)?;
                if taken.amount.currency() != *currency {
                    return Err(CartError::Currency);
                }
                require_all(&breakdown.lines, &taken.breakdown.lines)?;
                self.end(*cart, entry.seq, CartEndKind::Sold)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn new_cart(
        &self,
        content: &CartContent,
        currency: Currency,
        entry: &Entry,
        tap: Option<TapId>,
    ) -> Result<HeldCart, CartError> {
        if self.carts.contains_key(&content.cart) {
            return Err(CartError::HeldTwice(content.cart));
        }
        let breakdown = &content.breakdown;
        if breakdown.lines.is_empty() || breakdown.tip_minor != 0 {
            return Err(CartError::Content);
        }
        if !is_printable_name(&content.label) {
            return Err(CartError::Label);
        }
        breakdown.validate_total(content.amount_minor)?;
        Ok(HeldCart {
            id: content.cart,
            label: content.label.clone(),
            amount: Money::from_minor(content.amount_minor, currency),
            breakdown: breakdown.clone(),
            seq: entry.seq,
            at: entry.at,
            by: entry.by.clone(),
            tap,
            end: None,
        })
    }

    fn require_held(&self, id: CartId) -> Result<&HeldCart, CartError> {
        match self.carts.get(&id) {
            Some(cart) if cart.end.is_none() => Ok(cart),
            Some(cart) => Err(CartError::Gone(cart.label.clone())),
            None => Err(CartError::Gone(id.to_string())),
        }
    }

    fn end(&mut self, id: CartId, seq: u64, kind: CartEndKind) -> Result<(), CartError> {
        self.require_held(id)?;
        if let Some(cart) = self.carts.get_mut(&id) {
            cart.end = Some(CartEnd { seq, kind });
            // Whoever took it up has its lines now.
            cart.breakdown = Breakdown::default();
        }
        Ok(())
    }
}

/// What makes lines the same goods at the same price. Not the tax: the rate that holds when they are sold counts.
type Goods<'l> = (Option<&'l str>, i64, bool, &'l [String], Option<u32>);

fn goods(line: &Line) -> Goods<'_> {
    (
        line.name.as_deref(),
        line.unit_minor,
        line.deposit,
        &line.options,
        line.weight.map(|weight| weight.grams),
    )
}

/// How many there are of each.
fn count<'l, K: Ord>(
    lines: impl IntoIterator<Item = &'l Line>,
    key: impl Fn(&'l Line) -> K,
) -> BTreeMap<K, u64> {
    let mut counts = BTreeMap::new();
    for line in lines {
        let count: &mut u64 = counts.entry(key(line)).or_default();
        *count = count.saturating_add(u64::from(line.quantity));
    }
    counts
}

/// All of these goods must be among the lines.
fn require_all<'l>(
    lines: &'l [Line],
    taken: impl IntoIterator<Item = &'l Line>,
) -> Result<(), CartError> {
    let there = count(lines, goods);
    let missing = |(goods, quantity)| there.get(&goods).copied().unwrap_or(0) < quantity;
    if count(taken, goods).into_iter().any(missing) {
        return Err(CartError::Lines);
    }
    Ok(())
}

/// The parts of a split must have exactly the lines and the discount of the whole.
fn require_whole(whole: &Breakdown, parts: &[CartContent]) -> Result<(), CartError> {
    fn exact(line: &Line) -> (Goods<'_>, Option<BasisPoints>) {
        (goods(line), line.tax)
    }
    let lines = parts.iter().flat_map(|part| &part.breakdown.lines);
    let discounts = parts.iter().try_fold(0_i64, |sum, part| {
        sum.checked_add(part.breakdown.discount_minor)
    });
    if parts.len() != 2
        || count(lines, exact) != count(&whole.lines, exact)
        || discounts != Some(whole.discount_minor)
    {
        return Err(CartError::Lines);
    }
    Ok(())
}

/// What goes before the entry that takes carts up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenUp {
    /// One split for each cart of which lines stay held.
    pub splits: Vec<Event>,
    /// The carts whose lines are taken up whole, in order: parts of split ones, or the carts themselves.
    pub whole: Vec<CartContent>,
}

/// Takes these lines, less this discount, out of held carts. What a cart has beyond them stays held, under the cart's
/// name; a cart of which nothing is taken stays as it is. Lines that no cart has are added ones.
///
/// # Errors
/// [`CartError::Basket`] for sums that cannot be counted.
pub fn take_up(
    carts: &[HeldCart],
    lines: &[Line],
    discount_minor: i64,
) -> Result<TakenUp, CartError> {
    let mut wanted = count(lines, goods);
    let mut discount_left = discount_minor;
    let (mut splits, mut whole) = (Vec::new(), Vec::new());
    for cart in carts {
        let (taken, rest) = divide(&cart.breakdown.lines, &mut wanted);
        if taken.is_empty() {
            continue;
        }
        if rest.is_empty() {
            discount_left = discount_left.saturating_sub(cart.breakdown.discount_minor);
            whole.push(cart.content());
            continue;
        }
        let [taken, rest] = parts(cart, taken, rest, discount_left)?;
        discount_left = discount_left.saturating_sub(taken.breakdown.discount_minor);
        splits.push(Event::CartSplit {
            cart: cart.id,
            into: vec![taken.clone(), rest],
        });
        whole.push(taken);
    }
    Ok(TakenUp { splits, whole })
}

/// Of these lines what is wanted, and what is left.
fn divide<'l>(lines: &'l [Line], wanted: &mut BTreeMap<Goods<'l>, u64>) -> (Vec<Line>, Vec<Line>) {
    let (mut taken, mut rest) = (Vec::new(), Vec::new());
    for line in lines {
        let wanted = wanted.entry(goods(line)).or_default();
        let quantity = u32::try_from((*wanted).min(u64::from(line.quantity))).unwrap_or(0);
        *wanted = wanted.saturating_sub(u64::from(quantity));
        for (part, quantity) in [
            (&mut taken, quantity),
            (&mut rest, line.quantity - quantity),
        ] {
            if quantity > 0 {
                part.push(Line {
                    quantity,
                    ..line.clone()
                });
            }
        }
    }
    (taken, rest)
}

/// The two parts of a cart. The rest keeps the discount's rate; of a fixed discount it keeps what the lines that are
/// taken do not use.
fn parts(
    cart: &HeldCart,
    taken: Vec<Line>,
    rest: Vec<Line>,
    discount_left: i64,
) -> Result<[CartContent; 2], CartError> {
    let discount = cart.breakdown.discount_minor;
    let (taken_goods, rest_goods) = (goods_minor(&taken)?, goods_minor(&rest)?);
    let (taken_listed, rest_listed) = (listed_minor(&taken)?, listed_minor(&rest)?);
    let rate = cart.breakdown.discount_rate;
    let of_taken = match rate {
        Some(rate) => discount.saturating_sub(rate.of(rest_goods)),
        None => discount_left.min(taken_goods).min(discount),
    };
    // Neither part is worth less than nothing.
    let of_taken = of_taken.max(discount.saturating_sub(rest_goods)).max(0);
    let part = |lines, listed: i64, goods: i64, discount_minor: i64| CartContent {
        cart: CartId::new(),
        label: cart.label.clone(),
        amount_minor: listed.saturating_sub(discount_minor),
        breakdown: Breakdown {
            lines,
            discount_minor,
            discount_rate: rate.filter(|rate| rate.of(goods) == discount_minor),
            tip_minor: 0,
            tax: None,
        },
    };
    Ok([
        part(taken, taken_listed, taken_goods, of_taken),
        part(
            rest,
            rest_listed,
            rest_goods,
            discount.saturating_sub(of_taken),
        ),
    ])
}

/// Several carts as one, under the name of the first: equal lines together, the discounts added up.
///
/// # Errors
/// [`CartError::Basket`] for more than can be counted.
pub fn merge(carts: &[CartContent]) -> Result<CartContent, CartError> {
    let mut lines: Vec<Line> = Vec::new();
    for line in carts.iter().flat_map(|cart| &cart.breakdown.lines) {
        let same = |it: &&mut Line| {
            let quantity = it.quantity;
            **it == Line {
                quantity,
                ..line.clone()
            }
        };
        match lines.iter_mut().find(same) {
            Some(known) => {
                let quantity = known.quantity.checked_add(line.quantity);
                known.quantity = quantity.ok_or(BasketError::TooLarge)?;
            }
            None => lines.push(line.clone()),
        }
    }
    let discounts = carts.iter().try_fold(0_i64, |sum, cart| {
        sum.checked_add(cart.breakdown.discount_minor)
    });
    let discount_minor = discounts.ok_or(BasketError::TooLarge)?;
    let (listed, goods) = (listed_minor(&lines)?, goods_minor(&lines)?);
    Ok(CartContent {
        cart: CartId::new(),
        label: carts
            .first()
            .map_or_else(String::new, |it| it.label.clone()),
        amount_minor: listed.saturating_sub(discount_minor),
        breakdown: Breakdown {
            lines,
            discount_minor,
            discount_rate: common_rate(carts).filter(|rate| rate.of(goods) == discount_minor),
            tip_minor: 0,
            tax: None,
        },
    })
}

/// The rate of the discount that all these carts have.
fn common_rate(carts: &[CartContent]) -> Option<BasisPoints> {
    let rate = carts.first()?.breakdown.discount_rate;
    let same = |it: &CartContent| it.breakdown.discount_rate == rate;
    rate.filter(|_| carts.iter().all(same))
}

impl HeldCart {
    /// What an entry holds of it.
    pub fn content(&self) -> CartContent {
        CartContent {
            cart: self.id,
            label: self.label.clone(),
            amount_minor: self.amount.minor(),
            breakdown: self.breakdown.clone(),
        }
    }
}
