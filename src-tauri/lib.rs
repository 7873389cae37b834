//! Ringup, the program: one till with a window and with a command line. The rules of selling are in the crate
//! `ringup-core`, the gateway for practice mode in `ringup-practice`.

mod active_till;
mod api;
#[cfg(target_os = "linux")]
mod autostart;
mod cli;
mod gui;
mod log;
#[cfg(target_os = "linux")]
mod portal;
mod theme;
mod windows;

pub use api::{Command, Window, commands};
pub use cli::run;
