//! What several subjects share: a gateway to ask, a till to charge with, the program to run.

mod gateway;
mod printer;
mod program;
mod raw;
mod shop;

pub(crate) use gateway::{
    Gateway, KEY, base_of, body, drip, key, order, quick, says, set, without,
};
pub(crate) use printer::{Mood, Paper, Printer};
pub(crate) use program::{Program, Remote, key_set, run, run_with, said};
pub(crate) use raw::{LiarServer, RawServer, free_port, http};
pub(crate) use shop::{Shop, euros};
