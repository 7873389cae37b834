//! Everything about a sale that is true without a screen: money, the gateway's client, the journal,
//! the key, the watch. The window and the command line are two faces of one [`Till`].

pub mod clock;
pub mod config;
pub mod day;
pub mod error;
mod files;
pub mod gateway;
pub mod ids;
pub mod journal;
pub mod keychain;
pub mod money;
pub mod points;
pub mod qr;
pub mod report;
pub mod sale;
pub mod settings;
mod till;
pub mod watch;

pub use files::make_private_folder;
pub use till::{
    Charge, CheckedView, JournalState, KeyStatus, NetworkState, NewRefund, SalesPage, SalesQuery,
    Till, TillEvent,
};
