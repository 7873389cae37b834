//! The till against the practice gateway: real HTTP, real files, a real keychain, the real program.

#[cfg(test)]
#[path = "../desktop/mod.rs"]
#[expect(dead_code, reason = "no window is opened here")]
mod desktop;
#[cfg(test)]
mod support;

#[cfg(test)]
mod backup;
#[cfg(test)]
mod basket;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod cli_book;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod day;
#[cfg(test)]
mod export;
#[cfg(test)]
mod failing_disk;
#[cfg(test)]
mod faults_table;
#[cfg(test)]
mod gateway_create;
#[cfg(test)]
mod gateway_info;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod keychain;
#[cfg(test)]
mod machine;
#[cfg(test)]
mod network;
#[cfg(test)]
mod printed_close;
#[cfg(test)]
mod printing;
#[cfg(test)]
mod receipts;
#[cfg(test)]
mod review;
#[cfg(test)]
mod sale;
#[cfg(test)]
mod sales_book;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod source;
#[cfg(test)]
mod verify;
#[cfg(test)]
mod watch;
#[cfg(test)]
mod who_may;

/// The till.
#[cfg(test)]
const PROGRAM: &str = env!("CARGO_BIN_EXE_ringup");
