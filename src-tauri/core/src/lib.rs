//! Everything about a sale that is true without a screen: money, the journal, the gateway's client, the API
//! key, the polling of open invoices. The window and the command line are two faces of one [`Till`].
//!
//! The modules form layers, and a module uses only those of its own layer and below: money, ids, clock,
//! calendar, error, `field_rules`, files, pin, keychain and failpoints lie lowest; above them `sale`; then journal, gateway, settings
//! and i18n; then config, polling, report, receipt, printer, export, items and `auto_backup`; and on top `app`, the
//! [`Till`].

mod app;
pub mod auto_backup;
pub mod calendar;
pub mod clock;
pub mod config;
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
pub mod pin;
pub mod polling;
pub mod printer;
pub mod qr;
pub mod receipt;
pub mod report;
pub mod sale;
pub mod settings;

pub use app::{
    Charge, Export, ExportTo, JournalState, KeyStatus, LastPolled, NewRefund, ReceiptFormat,
    ReceiptView, SalesPage, SalesQuery, Till, TillError, TillEvent,
};
pub use files::make_private_folder;
pub use polling::NetworkState;

/// The name under which the platform keeps the till's data and the API key.
pub const APP_ID: &str = "app.ringup.till";
