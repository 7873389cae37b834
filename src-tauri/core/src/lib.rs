//! Everything about a sale that is true without a screen: money, the gateway's client, the journal,
//! the key, the watch. The window and the command line are two faces of one [`Till`].

pub mod clock;
pub mod config;
pub mod copies;
pub mod counter;
pub mod day;
pub mod error;
pub mod export;
mod files;
pub mod gateway;
pub mod ids;
pub mod items;
pub mod journal;
pub mod keychain;
pub mod looks;
pub mod money;

mod app;
pub mod pin;
pub mod points;
pub mod presets;
pub mod printer;
pub mod qr;
pub mod receipt;
pub mod report;
pub mod sale;
pub mod settings;
pub mod shop;
pub mod watch;
pub mod words;

pub use app::{
    Charge, CheckedView, Export, ExportTo, JournalState, KeyStatus, NetworkState, NewRefund,
    ReceiptFormat, ReceiptView, SalesPage, SalesQuery, Till, TillEvent,
};
pub use files::make_private_folder;
