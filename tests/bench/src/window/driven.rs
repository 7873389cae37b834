//! A program's window driven through WebDriver, which starts the program.

use std::time::Duration;

use ringup_testkit::{Desktop, webdriver};
use thirtyfour::WebDriver;
use thirtyfour::prelude::{By, ElementQueryable as _};

use super::programs::{Program, Running};
use crate::Failed;

const CHECK_EVERY: Duration = Duration::from_millis(10);
/// The engine may pause for long after a thousand pages, when it frees memory.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A window with its driver.
pub(super) struct DrivenWindow<'a> {
    driver: WebDriver,
    running: Running<'a>,
}

impl<'a> DrivenWindow<'a> {
    pub(super) async fn start(program: &Program, desktop: &'a Desktop) -> Result<Self, Failed> {
        let wanted = program.command(desktop);
        let (mut driver, address) = webdriver::command(desktop);
        for (name, value) in wanted.get_envs() {
            if let Some(value) = value {
                driver.env(name, value);
            }
        }
        let running = Running::start_command(driver, desktop)?;
        let binary = wanted.get_program().to_string_lossy();
        let driver = webdriver::open(&address, &binary, &[]).await?;
        Ok(Self { driver, running })
    }

    /// Reloads the page and waits until it is there.
    pub(super) async fn refresh(&self, program: &Program) -> Result<(), Failed> {
        self.driver.refresh().await?;
        let last_element = match program {
            Program::Baseline => "button",
            _ => "[data-testid=pad]",
        };
        let query = self.driver.query(By::Css(last_element));
        query.wait(TIMEOUT, CHECK_EVERY).first().await?;
        Ok(())
    }

    /// Memory of the program, without that of its driver, MiB.
    pub(super) fn pss_mib(&self) -> f64 {
        self.running.driven_pss_mib()
    }

    pub(super) async fn end(self) -> Result<(), Failed> {
        self.driver.quit().await?;
        self.running.end()
    }
}
