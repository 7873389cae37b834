//! Who lent the right to an act. It belongs to one call of a screen and reaches the journal with the task that runs the
//! call: what the till does by itself meanwhile, such as polling, was lent by nobody.

use std::cell::RefCell;

tokio::task_local! {
    static APPROVED_BY: RefCell<Option<String>>;
}

/// Runs a call, which may be lent its right on the way ([`lent_by`]).
pub async fn with_approvals<T>(call: impl Future<Output = T>) -> T {
    APPROVED_BY.scope(RefCell::default(), call).await
}

/// Writes this name into each entry of the call that runs, as `approved_by`. Outside of [`with_approvals`] it does nothing.
pub fn lent_by(name: String) {
    // Without a call there is nothing that could have been lent.
    APPROVED_BY.try_with(|by| by.replace(Some(name))).ok();
}

/// Who lent the call that runs its right, if anybody did.
pub(super) fn approver() -> Option<String> {
    APPROVED_BY
        .try_with(|by| by.borrow().clone())
        .ok()
        .flatten()
}
