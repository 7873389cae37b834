//! The till against the practice gateway: real HTTP, real files, a real keychain and the real program, without a
//! window.

#![cfg(test)]

mod backup;
mod basket;
mod citations;
mod cli;
mod cli_book;
mod clock;
mod contract;
mod copies;
mod day;
mod drawer;
mod events;
mod export;
mod failing_disk;
mod faults_table;
mod gateway_create;
mod gateway_info;
mod gateways;
mod hostile;
mod journals;
mod keychain;
mod large_amount;
mod layers;
mod machine;
mod money_seen;
mod network;
mod old_names;
mod outputs;
mod past;
mod past_without_copies;
mod print_queue;
mod printed_close;
mod printing;
mod receipts;
mod refunds;
mod review;
mod sale;
mod sales_book;
mod secrets;
mod source;
mod spreadsheets;
mod verify;
mod watch;
mod who_may;
