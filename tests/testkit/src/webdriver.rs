//! Starts a program with a webview under WebDriver, which then acts in its page as a person does.

use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;
use thirtyfour::error::WebDriverError;
use thirtyfour::{Capabilities, WebDriver};

use crate::{Desktop, free_port};

/// How often the driver is asked for a window before it is given up, and how long between two tries.
const TRIES: u32 = 200;
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// The driver of WebKitGTK on a desktop, not started yet, and the address at which it will answer. The programs
/// that it starts inherit its environment.
pub fn command(desktop: &Desktop) -> (Command, String) {
    let port = free_port();
    let mut driver = desktop.command("WebKitWebDriver");
    driver
        .args(["--host=127.0.0.1", &format!("--port={port}")])
        // Tauri lets its webviews be driven when it finds this.
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    (driver, format!("http://127.0.0.1:{port}"))
}

/// Lets the driver at `address` start a program, and waits for its window.
///
/// # Errors
/// The driver's last answer when no window came.
pub async fn open(
    address: &str,
    binary: &str,
    arguments: &[&str],
) -> Result<WebDriver, WebDriverError> {
    // WebDriver is plain HTTP on this machine, but its client does not start without a TLS provider.
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok();
    let mut wanted = Capabilities::new();
    let options = json!({ "binary": binary, "args": arguments });
    wanted.set("webkitgtk:browserOptions", options)?;
    let mut tries = 0;
    loop {
        match WebDriver::new(address, wanted.clone()).await {
            Err(_) if tries < TRIES => tries += 1,
            answer => return answer,
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
}
