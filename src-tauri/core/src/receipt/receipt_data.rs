//! What a receipt is made from, so that laying it out asks nothing else.

use crate::calendar::Zone;
use crate::gateway::{CRU_CASH_AUTHORITY, PRACTICE_AUTHORITY};
use crate::office::ShortHead;
use crate::sale::Sale;
use crate::settings::Settings;

/// What a receipt is made from.
#[derive(Debug, Clone)]
pub struct ReceiptData {
    /// The sale, which was paid.
    pub sale: Sale,
    /// Its name in print: `A-000042`.
    pub label: String,
    /// The shop's name and texts, its tax rates, its paper.
    pub settings: Settings,
    /// Whether it is the practice till's: no money was paid then.
    pub practice: bool,
    /// The gateway that took the money, when it is neither cru.cash nor practice.
    pub gateway: Option<String>,
    /// The shop's time zone.
    pub zone: Zone,
    /// Whether a receipt was made before this one.
    pub copy: bool,
    /// The first digits of the journal's last hash as the receipt is made: the customer's paper bears witness to all
    /// that was written before.
    pub head: String,
    /// The head that the back office signed last; `None`: the till has none.
    pub signed: Option<ShortHead>,
}

/// The gateway that a receipt names: whoever took the money, when it is neither cru.cash nor practice.
pub fn other_gateway(sale: &Sale) -> Option<String> {
    let name = sale.gateway()?;
    let is_other = ![CRU_CASH_AUTHORITY, PRACTICE_AUTHORITY].contains(&name);
    is_other.then(|| name.to_owned())
}
