//! Roles, and what each may do. The rule is pure: one function says whether somebody may.

use serde::{Deserialize, Serialize};

use crate::error::FieldErrors;
use crate::money::BasisPoints;

/// Something that not everybody at the till may do.
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
    strum::IntoStaticStr,
    strum::VariantArray,
    ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[ts(export)]
pub enum Right {
    /// A discount above the shop's limit.
    Discount,
    /// Giving money back.
    Refund,
    /// Taking back what was entered by mistake (a refund, a tender), closing a review, writing a sale off.
    TakeBack,
    /// Opening the drawer without a sale, moving cash, and taking some out at a count.
    OpenDrawer,
    /// Giving up a held cart without a sale.
    DropCart,
    /// Seeing what should be in the drawer.
    ExpectedCash,
    /// The day's close, and the export of the book.
    Close,
    /// Settings, items, cashiers, backups, practice and kiosk mode.
    Settings,
    /// The API key.
    Key,
}

impl Right {
    /// The word it is stored under.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What somebody is in the shop.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantArray,
    ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[ts(export)]
pub enum Role {
    /// Sells.
    #[default]
    Cashier,
    /// Lends rights to cashiers.
    Supervisor,
    /// May do everything, always.
    Owner,
}

impl Role {
    /// The word it is stored under.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The rights of the roles, as the shop sets them. The owner has all, so that nobody is shut out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export)]
pub struct Rights {
    /// Those of a cashier.
    pub cashier: Vec<Right>,
    /// Those of a supervisor.
    pub supervisor: Vec<Right>,
}

impl Default for Rights {
    fn default() -> Self {
        Self {
            cashier: Vec::new(),
            supervisor: vec![
                Right::Discount,
                Right::Refund,
                Right::TakeBack,
                Right::OpenDrawer,
                Right::DropCart,
                Right::ExpectedCash,
                Right::Close,
            ],
        }
    }
}

impl Rights {
    /// Where nobody knows what the shop had set: none but the owner's.
    pub fn owner_only() -> Self {
        Self {
            cashier: Vec::new(),
            supervisor: Vec::new(),
        }
    }

    /// Whether this role has this right; nobody in particular (`None`) has none.
    pub fn may(&self, role: Option<Role>, right: Right) -> bool {
        match role {
            None => false,
            Some(Role::Cashier) => self.cashier.contains(&right),
            Some(Role::Supervisor) => self.supervisor.contains(&right),
            Some(Role::Owner) => true,
        }
    }
}

/// What the shop has set about its staff, apart from the people themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct StaffSettings {
    /// The rights of the roles.
    pub rights: Rights,
    /// The largest discount that needs no right, a share of the lines.
    pub free_discount: BasisPoints,
}

impl Default for StaffSettings {
    fn default() -> Self {
        Self {
            rights: Rights::default(),
            free_discount: BasisPoints(1_000),
        }
    }
}

impl StaffSettings {
    /// Names each field that is wrong.
    pub(crate) fn validate(&self, errors: &mut FieldErrors) {
        errors.require(
            self.free_discount.0 <= 10_000,
            "staff.free_discount",
            "must be from 0 to 100 %",
        );
    }

    /// Sorted, and each right once.
    pub(crate) fn normalise(&mut self) {
        for rights in [&mut self.rights.cashier, &mut self.rights.supervisor] {
            rights.sort_unstable();
            rights.dedup();
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray as _;

    use super::*;

    #[test]
    fn a_cashier_sells_a_supervisor_corrects_and_the_owner_does_everything() {
        let rights = Rights::default();
        let of = |role| {
            let may = |right: &&Right| rights.may(role, **right);
            Right::VARIANTS.iter().filter(may).count()
        };
        assert_eq!(of(None), 0);
        assert_eq!(of(Some(Role::Cashier)), 0);
        assert_eq!(of(Some(Role::Supervisor)), Right::VARIANTS.len() - 2);
        assert!(!rights.may(Some(Role::Supervisor), Right::Settings));
        assert!(!rights.may(Some(Role::Supervisor), Right::Key));
        assert_eq!(of(Some(Role::Owner)), Right::VARIANTS.len());
    }

    #[test]
    fn the_shop_gives_rights_to_roles_and_takes_none_from_the_owner() {
        let rights = Rights {
            cashier: vec![Right::Refund],
            ..Rights::owner_only()
        };
        for right in Right::VARIANTS {
            let is_refund = *right == Right::Refund;
            assert_eq!(rights.may(Some(Role::Cashier), *right), is_refund);
            assert!(!rights.may(Some(Role::Supervisor), *right));
            assert!(rights.may(Some(Role::Owner), *right));
            assert!(!rights.may(None, *right));
        }
    }
}
