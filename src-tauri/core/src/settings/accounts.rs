//! The accounts of the shop's bookkeeping. Each has a number or a name, as the bookkeeper's program knows it, under what is
//! booked to it (docs/export.md, *Accounts*). None is set at first: a wrong account is worse than none.

use std::collections::BTreeMap;

use crate::error::FieldErrors;

const MAX_CHARS: usize = 60;
/// More than a shop with every tender and a dozen rates needs.
const MAX_ACCOUNTS: usize = 100;

/// Takes out what is empty.
pub(super) fn normalise(accounts: &mut BTreeMap<String, String>) {
    for account in accounts.values_mut() {
        *account = account.trim().to_owned();
    }
    accounts.retain(|_, account| !account.is_empty());
}

pub(super) fn validate(accounts: &BTreeMap<String, String>, errors: &mut FieldErrors) {
    let is_valid =
        |text: &String| text.chars().count() <= MAX_CHARS && !text.chars().any(char::is_control);
    let mut texts = accounts.keys().chain(accounts.values());
    errors.require(
        accounts.len() <= MAX_ACCOUNTS && texts.all(is_valid),
        "accounts",
        "must be 60 characters at most each",
    );
}
