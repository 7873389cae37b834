//! Rules broken on purpose. Each invariant has a place in the code that keeps it; the simulator (docs/simulation.md) breaks
//! one of them at a time and must notice. Without the feature `breaks`, which no shipped program has, nothing can be broken:
//! `is` is the constant `false`.

use strum::{IntoStaticStr, VariantArray};

/// A rule that is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Break {
    /// Paid is paid, whatever the report's amount, invoice or currency.
    MismatchIsPaid,
    /// A word that the gateway does not document is taken for paid.
    UnknownWordIsPaid,
    /// An ended invoice is not watched.
    EndedNotWatched,
    /// An invoice that the cashier stopped waiting for is not watched.
    StoppedNotWatched,
    /// The watch of an ended invoice ends with the first answer after it.
    WatchEndsAtOnce,
    /// The till's clock alone ends a watch.
    WatchByTillClock,
    /// A request that may have made an invoice is sent again.
    CreateSentAgain,
    /// Before a new code the earlier ones are not asked about.
    RetryUnasked,
    /// An answer is shown, though its commit was forgotten.
    CommitForgotten,
    /// A sale is sent to the gateway, though its commit was forgotten.
    SaleNotCommitted,
    /// SQLite does not flush.
    NoFlush,
    /// The hash of an entry is made without the one before.
    HashAlone,
    /// A number of an entry is left out.
    EntryNumberSkipped,
    /// A number of a sale is left out.
    SaleNumberSkipped,
    /// A late payment is in no ledger.
    LatePaymentNotBooked,
    /// A second payment of a sale is not written down.
    SecondPaymentIgnored,
    /// A late payment is not called late.
    LateNotSaid,
    /// No payment rings.
    NothingRings,
    /// One answer that denies a payment puts it in question.
    DoubtAtOnce,
    /// Play money counts in the totals.
    TestMoneyCounts,
    /// An invoice's page may lie anywhere.
    AnyPayPage,
    /// A request whose program died stays for ever.
    OrphanKept,
    /// One invoice that is refused stops all polling.
    RefusedStopsAll,
    /// A gateway that asks to wait is not waited for.
    PauseIgnored,
    /// There is no budget of calls.
    NoBudget,
    /// A restart forgets the calls of the last minute.
    RestartForgetsCalls,
    /// A tender that is tapped twice is taken twice.
    TenderTwice,
    /// Cash is taken for what crypto has paid.
    CashIgnoresCrypto,
    /// Cash is not rounded.
    CashNotRounded,
    /// The drawer forgets what went back.
    DrawerForgetsRefunds,
    /// A tender that was taken back stays in the drawer.
    DrawerKeepsTakenBack,
    /// What was paid out is still expected in the drawer.
    DrawerIgnoresPayOuts,
    /// A refund that was voided stays out of the drawer.
    VoidedRefundStaysOut,
    /// More goes back than came in.
    RefundUnbounded,
    /// A close sums up everything since the beginning.
    CloseFromTheBeginning,
    /// A close does not count what came after the last payment by card.
    CloseLeavesOutCards,
    /// A Z's number is given twice.
    ZNumberAgain,
    /// The grand total is that of the day.
    GrandTotalForgets,
    /// A day closes over open sales without being told to.
    CloseCarriesUnasked,
    /// A tax is computed on top of the price instead of within it.
    TaxOnTop,
    /// A cart that was charged stays held.
    CartStaysHeld,
    /// After a start nothing is polled until it was on screen.
    OnlyOnScreenPolled,
}

#[cfg(feature = "breaks")]
mod switch {
    use std::cell::Cell;

    use super::Break;

    thread_local! {
        static BROKEN: Cell<Option<Break>> = const { Cell::new(None) };
        static TURNS: Cell<u32> = const { Cell::new(0) };
    }

    /// Breaks a rule on this thread; `None`: no more.
    pub fn set(broken: Option<Break>) {
        BROKEN.set(broken);
        TURNS.set(0);
    }

    pub(crate) fn is(rule: Break) -> bool {
        BROKEN.get() == Some(rule)
    }

    /// Whether the rule is broken now; it is each eighth time.
    pub(crate) fn sometimes(rule: Break) -> bool {
        is(rule) && {
            TURNS.set(TURNS.get() + 1);
            TURNS.get().is_multiple_of(8)
        }
    }
}

#[cfg(feature = "breaks")]
pub use switch::set;
#[cfg(feature = "breaks")]
pub(crate) use switch::{is, sometimes};

#[cfg(not(feature = "breaks"))]
pub(crate) const fn is(_rule: Break) -> bool {
    false
}

#[cfg(not(feature = "breaks"))]
pub(crate) const fn sometimes(_rule: Break) -> bool {
    false
}
