//! All that a receipt needs to know.

use crate::calendar::Zone;
use crate::sale::Sale;
use crate::settings::Settings;

/// All that a receipt needs to know.
#[derive(Debug, Clone)]
pub struct ReceiptData {
    /// The sale. It was paid.
    pub sale: Sale,
    /// Its name in print: `A-000042`.
    pub label: String,
    /// The shop's words, rates and paper.
    pub settings: Settings,
    /// Of the practice till: no money.
    pub practice: bool,
    /// The shop's.
    pub zone: Zone,
    /// Another receipt was made before this one.
    pub copy: bool,
}
