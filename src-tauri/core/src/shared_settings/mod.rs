//! Settings that the shop edits once, at its back office, and that its tills take over (docs/office.md, *Shared
//! settings*). They are four sections: items, taxes, cashiers and texts, and nothing else: neither key nor gateway nor
//! printer can be set from there.
//!
//! [`Document`] is what the office keeps and sends, known by its digest; [`SharedSettings`] is what it says, read value by
//! value by the till's own rules ([`read`]); which sections a till takes is a pure rule, and what it has taken is in a file
//! of its own. What cannot be read costs its own value alone: the till keeps what it had there, and says so.

mod answers;
mod document;
mod merge;
mod reading;
mod taken_file;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use ts_rs::TS;

pub use answers::{SettingsReport, SettingsVersion};
pub use document::{Document, DocumentError, MAX_DOCUMENT_BYTES};
pub(crate) use merge::{Decision, decide};
pub use reading::{Own, read};
pub(crate) use taken_file::{Taken, TakenFile};

use crate::items::Item;
use crate::money::BasisPoints;
use crate::settings::{Shop, TaxRate};
use crate::staff::{Rights, SharedPerson, StaffSettings};

/// A part of the settings that is shared, and taken, as a whole.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    TS,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[ts(export, rename = "SharedSection")]
pub enum Section {
    /// The items with their prices and categories.
    Items,
    /// The tax rates, and that of what is typed.
    Taxes,
    /// The cashiers with roles and PINs, and the rights of the roles.
    Cashiers,
    /// The shop's texts on receipts.
    Texts,
}

impl Section {
    /// The word by which documents, reports and pages know it.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What a document says. A section that is not there is not shared: each till keeps its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SharedSettings {
    /// The items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<SharedItems>,
    /// The taxes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taxes: Option<SharedTaxes>,
    /// The cashiers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cashiers: Option<SharedCashiers>,
    /// The texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texts: Option<SharedTexts>,
}

/// The shop's items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SharedItems {
    /// Whether a till may change its own.
    pub local: bool,
    /// In the order of their buttons.
    pub list: Vec<Item>,
}

/// The taxes that prices include.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SharedTaxes {
    /// Whether a till may change its own.
    pub local: bool,
    /// The rates.
    pub tax_rates: Vec<TaxRate>,
    /// The rate of sums that are typed.
    pub default_tax: Option<BasisPoints>,
}

/// The shop's cashiers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SharedCashiers {
    /// Whether a till may change its own.
    pub local: bool,
    /// In the order in which they are listed.
    pub people: Vec<SharedPerson>,
    /// What the roles may do. The right to the API key is not among it: each till has its own.
    #[serde(flatten)]
    pub staff: StaffSettings,
}

/// The shop's texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SharedTexts {
    /// Whether a till may change its own.
    pub local: bool,
    /// The head and the foot of receipts.
    #[serde(flatten)]
    pub shop: Shop,
}

/// A value of a document that breaks a rule. The till keeps what it had in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, rename = "RefusedSharedValue")]
pub struct Refused {
    /// Where.
    pub section: Section,
    /// Which: the path of a field, an item's or cashier's name, or its place in the list.
    pub field: String,
    /// Why, in English.
    pub problem: String,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: {}: {}",
            self.section.as_str(),
            self.field,
            self.problem
        )
    }
}

impl SharedSettings {
    /// The document that says this.
    pub fn to_document(&self) -> Document {
        Document::of(self)
    }

    /// The same in its normal form, if every value keeps the till's rules.
    ///
    /// # Errors
    /// Every value that does not.
    pub fn validate(&self) -> Result<Self, Vec<Refused>> {
        let (read, refused) = read(&self.to_document(), &Own::default());
        match refused.is_empty() {
            true => Ok(read),
            false => Err(refused),
        }
    }

    /// Whether tills may change a section of their own; `None`: it is not shared.
    pub fn is_local(&self, section: Section) -> Option<bool> {
        match section {
            Section::Items => self.items.as_ref().map(|it| it.local),
            Section::Taxes => self.taxes.as_ref().map(|it| it.local),
            Section::Cashiers => self.cashiers.as_ref().map(|it| it.local),
            Section::Texts => self.texts.as_ref().map(|it| it.local),
        }
    }

    /// Says whether tills may; nothing where the section is not shared.
    pub fn set_local(&mut self, section: Section, local: bool) {
        let switch = match section {
            Section::Items => self.items.as_mut().map(|it| &mut it.local),
            Section::Taxes => self.taxes.as_mut().map(|it| &mut it.local),
            Section::Cashiers => self.cashiers.as_mut().map(|it| &mut it.local),
            Section::Texts => self.texts.as_mut().map(|it| &mut it.local),
        };
        if let Some(switch) = switch {
            *switch = local;
        }
    }

    /// Puts a section of another one in the place of this one's; none where that has none.
    pub fn take_section(&mut self, section: Section, from: &Self) {
        match section {
            Section::Items => self.items.clone_from(&from.items),
            Section::Taxes => self.taxes.clone_from(&from.taxes),
            Section::Cashiers => self.cashiers.clone_from(&from.cashiers),
            Section::Texts => self.texts.clone_from(&from.texts),
        }
    }

    /// What a till's own settings would be as the shop's.
    pub fn of_till(own: &Own) -> Self {
        Self {
            items: Some(SharedItems {
                local: false,
                list: own.items.clone(),
            }),
            taxes: Some(SharedTaxes {
                local: false,
                tax_rates: own.settings.tax_rates.clone(),
                default_tax: own.settings.default_tax,
            }),
            cashiers: Some(SharedCashiers {
                local: false,
                people: own.people.clone(),
                staff: own.settings.staff.clone(),
            }),
            texts: Some(SharedTexts {
                local: false,
                shop: own.settings.shop.clone(),
            }),
        }
    }
}

impl SharedCashiers {
    /// The rights without that to the key, which the office does not give.
    fn without_key(mut self) -> Self {
        let rights: &mut Rights = &mut self.staff.rights;
        for of_role in [&mut rights.cashier, &mut rights.supervisor] {
            of_role.retain(|right| *right != crate::staff::Right::Key);
        }
        self
    }
}

#[cfg(test)]
mod tests;
