//! The back office: it receives the journals of many tills, proves them, and keeps them in one book. It is the witness that
//! a chain cannot be to itself: each till gets the head that the office holds of it, signed.
//!
//! Any number of these programs may stand before one database; they keep nothing that must last in memory.

pub mod book;
pub mod certificate;
pub mod export;
pub mod failpoints;
mod fold;
pub mod folding;
pub mod pages;
mod private_file;
pub mod server;
pub mod store;
pub mod witness;
pub mod word;
