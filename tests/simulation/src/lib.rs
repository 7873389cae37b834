//! Simulations of the till in virtual time: a day passes in a second, and the same seed is the same day.
//!
//! [`polling`] answers what the till's way of asking the gateway is worth: how soon a payment is known, how
//! many calls that takes, and whether any payment is missed.

pub mod polling;
