//! A window that is told through WebDriver what to do: the engine's own driver starts the program.

use std::time::Duration;

use serde_json::json;
use thirtyfour::prelude::{By, ElementQueryable as _};
use thirtyfour::{Capabilities, WebDriver};

use super::desktop::Desktop;
use super::programs::{Program, Running};
use crate::Failed;

const LOOK_EVERY: Duration = Duration::from_millis(10);
/// An engine that cleans up after a thousand pages takes its time.
const PATIENCE: Duration = Duration::from_secs(60);

/// A window with its driver.
pub(super) struct Driven<'a> {
    driver: WebDriver,
    running: Running<'a>,
}

impl<'a> Driven<'a> {
    pub(super) async fn start(program: &Program, desktop: &'a Desktop) -> Result<Self, Failed> {
        // WebDriver speaks plain HTTP on this machine, but its client asks for a way to do TLS.
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        let port = std::net::TcpListener::bind("127.0.0.1:0")?
            .local_addr()?
            .port();
        let wanted = program.command(desktop);
        let mut driver = desktop.command("WebKitWebDriver");
        driver
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true");
        for (name, value) in wanted.get_envs() {
            if let Some(value) = value {
                driver.env(name, value);
            }
        }
        let running = Running::start_command(driver, desktop)?;
        let mut asked = Capabilities::new();
        let binary = wanted.get_program().to_string_lossy().into_owned();
        asked.set(
            "webkitgtk:browserOptions",
            json!({ "binary": binary, "args": [] }),
        )?;
        let address = format!("http://127.0.0.1:{port}");
        let mut tries = 0;
        let driver = loop {
            match WebDriver::new(&address, asked.clone()).await {
                Ok(driver) => break driver,
                Err(error) if tries > 200 => return Err(error.into()),
                Err(_) => tries += 1,
            }
            tokio::time::sleep(LOOK_EVERY * 5).await;
        };
        Ok(Self { driver, running })
    }

    /// Loads the page anew and waits until it is there.
    pub(super) async fn refresh(&self, program: &Program) -> Result<(), Failed> {
        self.driver.refresh().await?;
        let sign = match program {
            Program::Bare => "button",
            _ => "[data-testid=pad]",
        };
        let there = self.driver.query(By::Css(sign)).wait(PATIENCE, LOOK_EVERY);
        there.first().await?;
        Ok(())
    }

    /// Memory of the program, without its driver.
    pub(super) fn pss_mib(&self) -> f64 {
        self.running.driven_pss_mib()
    }

    pub(super) async fn end(self) -> Result<(), Failed> {
        self.driver.quit().await?;
        self.running.end()
    }
}
