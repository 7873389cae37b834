//! Who is at the till, what they may do, and how a supervisor lends a cashier one act (docs/staff.md). Cashiers have PINs
//! or fobs of their own; a shop that gives out none has none of it, and its one PIN ([`crate::pin`]) holds alone.
//!
//! [`Rights`] is the rule, [`Register`] the people, [`Guard`] the door: it knows who is signed on and lets each act pass
//! or says which right it lacks.

mod file;
mod guard;
mod register;
mod right;
mod shared;

pub use guard::{Approver, Call, Guard, Passed, Proof, SHOP_PIN};
pub use register::{PersonChange, PersonView, Register, StaffView};
pub use right::{Right, Rights, Role, StaffSettings};
pub(crate) use shared::PersonDifference;
pub use shared::SharedPerson;

use crate::error::{Code, Fault};
use crate::pin::PinError;

/// Why something about the staff was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StaffError {
    /// Whoever is at the till may not do this; somebody who has the right may lend it.
    #[error("this needs the right {}", right.as_str())]
    RightNeeded {
        /// The right.
        right: Right,
        /// The proof must be given for this call, whoever is signed on.
        typed: bool,
    },
    /// No act waits for somebody to lend it.
    #[error("nothing was refused that could be lent")]
    NothingRefused,
    /// There is no cashier of this name who signs on with a PIN.
    #[error("the shop has no such cashier with a PIN")]
    Unknown,
    /// With PINs in use, somebody must have all rights: an owner, or the shop's PIN.
    #[error("an owner with a PIN is needed first")]
    OwnerMissing,
    /// A fob's code has 8 to 64 letters, digits or signs, without a space.
    #[error("this cannot be a fob's code")]
    FobInvalid,
    /// The fob is another cashier's, or the code is an item's.
    #[error("this code is in use already")]
    FobTaken,
    /// A name has 1 to 40 characters, and there are 30 at most.
    #[error("this cannot be a cashier's name, or there are too many")]
    NameInvalid,
    /// A wrong PIN, or one that comes too early.
    #[error(transparent)]
    Pin(#[from] PinError),
    /// The staff's file cannot be read: nobody has a right but by the shop's PIN.
    #[error("the cashiers' file cannot be read: {0}")]
    Unreadable(String),
    /// The staff's file cannot be written; nothing has changed.
    #[error("the cashiers' file cannot be written: {0}")]
    Unwritable(String),
}

impl From<StaffError> for Fault {
    fn from(error: StaffError) -> Self {
        let message = error.to_string();
        match error {
            StaffError::RightNeeded { right, typed } => {
                let fault = Self::new(Code::RightNeeded, message).with("right", right.as_str());
                fault.with_some("typed", typed.then_some("yes"))
            }
            StaffError::NothingRefused => Self::new(Code::RightNeeded, message),
            StaffError::Unknown => Self::new(Code::CashierUnknown, message),
            StaffError::OwnerMissing => Self::new(Code::OwnerMissing, message),
            StaffError::FobInvalid => Self::new(Code::FobInvalid, message),
            StaffError::FobTaken => Self::new(Code::FobTaken, message),
            StaffError::NameInvalid => Self::new(Code::SettingsInvalid, message),
            StaffError::Pin(error) => error.into(),
            StaffError::Unreadable(_) => Self::new(Code::StaffUnreadable, message),
            StaffError::Unwritable(_) => Self::new(Code::StaffUnwritable, message),
        }
    }
}

#[cfg(test)]
mod tests;
