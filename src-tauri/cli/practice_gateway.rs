//! `ringup practice-gateway`: runs the practice gateway alone, for a till on the command line or for a test.

use std::process;

use ringup_core::TillError;
use ringup_core::error::Fault;

use super::Outcome;
use super::output::print_line;

pub(super) async fn run(port: u16) -> Result<Outcome, Fault> {
    let options = ringup_practice::Options {
        port,
        ..ringup_practice::Options::default()
    };
    let gateway = ringup_practice::start(options)
        .await
        .map_err(|error| TillError::Internal(error.to_string()))?;
    print_line(&format!("RINGUP_API_URL={}", gateway.base_url()));
    print_line(&format!("CONTROL_TOKEN={}", gateway.control_token()));
    print_line(&format!(
        "The practice gateway (process {}) takes any key. Ctrl+C ends it.",
        process::id()
    ));
    tokio::signal::ctrl_c()
        .await
        .map_err(|error| TillError::Internal(error.to_string()))?;
    gateway.stop().await;
    Ok(Outcome::Done)
}
