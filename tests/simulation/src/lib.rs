//! Simulations of the till in virtual time: a day passes in a second, and the same seed gives the
//! same day.
//!
//! [`polling`] shows how well the till polls: how soon a payment is known, how many calls that takes, and whether any
//! payment is missed. `shop` plays whole shops and judges their books.

pub mod polling;
#[cfg(feature = "shops")]
pub mod shop;
