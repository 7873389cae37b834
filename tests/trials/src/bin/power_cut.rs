//! `power-cut`
fn main() {}
