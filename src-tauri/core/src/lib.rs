//! Everything about a sale that is true without a screen: money, the journal, the gateway's client, the API
//! key, the polling of open invoices. The window and the command line are two faces of one [`Till`].
//!
//! The modules form layers: a module uses those of its own layer and of the layers below it (docs/architecture.md,
//! *Layers*). The till itself, `app`, is on top.

mod app;
pub mod auto_backup;
pub mod breaks;
pub mod calendar;
pub mod cash;
pub mod clock;
pub mod config;
pub mod drawer;
pub mod error;
pub mod export;
pub mod failpoints;
mod field_rules;
mod files;
pub mod gateway;
pub mod i18n;
pub mod ids;
pub mod items;
pub mod journal;
pub mod keychain;
pub mod money;
pub mod office;
pub mod pin;
pub mod polling;
pub mod printer;
pub mod qr;
pub mod receipt;
pub mod report;
pub mod sale;
pub mod settings;
pub mod shared_settings;
pub mod staff;
pub mod updates;

pub use app::{
    CartView, Charge, CountResult, CountStart, Export, ExportTo, Hold, Jitter, JournalState,
    KeyStatus, LastPolled, NewCashCount, NewCashMove, NewRefund, NewTender, OfficeStatus,
    OpenInvoices, PrintedReceipt, ProgramStart, ReceiptFormat, ReceiptView, SalesPage, SalesQuery,
    SharedSectionView, SharedStatus, Stock, Surroundings, TakenUpCart, TenderOptions, Till,
    TillError, TillEvent, append_to_closed_journal,
};
pub use files::{ProtectedFile, make_private_folder};
pub use polling::NetworkState;
