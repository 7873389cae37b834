//! Ringup, the app: the same till behind a window and behind a command line. What is true of a sale
//! lives in the crate `ringup-core`; the gateway to practise with, in the crate `ringup-practice`.

#[cfg(target_os = "linux")]
mod autostart;
mod cli;
mod colours;
mod commands;
mod counter;
mod log;
#[cfg(target_os = "linux")]
mod portal;
mod start;
mod windows;

pub use cli::run;
