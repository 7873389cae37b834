//! The real window on a real screen with a real keychain, driven through WebDriver. Screenshots are kept below
//! `target/window/`.

#![cfg(test)]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places on a page are floats; no money is among them"
)]
#![expect(
    clippy::print_stdout,
    reason = "seeds of random tests, and what was measured"
)]

mod accessible;
mod alarms;
mod book;
mod carts;
mod counter;
mod customer_display;
mod day;
mod drawer;
mod engine;
mod every_screen;
mod first_sale;
mod fuzzed;
mod gateways;
mod items;
mod keyboard;
mod kiosk;
mod locked_down;
mod looks;
mod machine;
mod market;
mod office;
mod outside_text;
mod practice_mode;
mod receipt_codes;
mod refusals;
mod restore;
mod sales;
mod scanning;
mod screen_keyboard;
mod screen_reader;
mod second_monitor;
mod seen_and_heard;
mod self_service;
mod session;
mod shared;
mod staff;
mod survives;
mod technical;
mod tenders;
mod webhook;
mod who_may;
