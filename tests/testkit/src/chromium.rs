//! Chromium without a screen, driven through WebDriver: the browser of a phone or of a desk, for pages that are served.
//! Elements are found by their test id.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, WebDriver};

use crate::{TIMEOUT, free_port, repository};

/// Between two looks at the page.
const CHECK_EVERY: Duration = Duration::from_millis(25);
/// How often the driver is asked for a browser before it is given up.
const TRIES: u32 = 200;

/// Which browser it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// The page's size in CSS pixels.
    pub size: (u32, u32),
    /// Whether it is a phone's: a finger in place of a mouse, two pixels for one.
    pub is_phone: bool,
    /// Whether its system prefers dark.
    pub is_dark: bool,
    /// The language that it asks for.
    pub language: &'static str,
}

/// A browser with one page.
#[derive(Debug)]
pub struct Chromium {
    driver: WebDriver,
    process: Child,
    profile: TempDir,
}

impl Chromium {
    /// Opens one. It takes any certificate, as a person does who was told to.
    pub async fn open(screen: Screen) -> Self {
        // WebDriver is plain HTTP on this machine, but its client does not start without a TLS provider.
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        let profile = tempfile::Builder::new()
            .prefix("ringup-chromium-")
            .tempdir();
        let profile = profile.expect("a folder");
        let port = free_port();
        let process = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver of Debian's chromium-driver");
        let mut wanted = Capabilities::new();
        wanted
            .set("goog:chromeOptions", options(screen, &profile))
            .expect("options");
        wanted.set("acceptInsecureCerts", true).expect("options");
        let mut tries = 0;
        let driver = loop {
            match WebDriver::new(&format!("http://127.0.0.1:{port}"), wanted.clone()).await {
                Ok(driver) => break driver,
                Err(_) if tries < TRIES => tries += 1,
                Err(error) => panic!("no browser: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        Self {
            driver,
            process,
            profile,
        }
    }

    /// Goes to an address.
    pub async fn goto(&self, address: &str) {
        self.driver.goto(address).await.expect("loaded");
    }

    /// The address of the page.
    pub async fn address(&self) -> String {
        self.driver
            .current_url()
            .await
            .expect("an address")
            .to_string()
    }

    /// Waits for the element with a test id.
    pub async fn find(&self, id: &str) -> WebElement {
        let selector = format!("[data-testid='{id}']");
        let found = self
            .driver
            .query(By::Css(selector))
            .wait(TIMEOUT, CHECK_EVERY)
            .first()
            .await;
        match found {
            Ok(element) => element,
            Err(_) => {
                self.picture(&format!("missing-{id}")).await;
                let text = self.script("return document.body.innerText").await;
                panic!("{id} is not on the page; there is:\n{text}")
            }
        }
    }

    /// Taps an element.
    pub async fn tap(&self, id: &str) {
        let tapped = self.find(id).await.click().await;
        if let Err(error) = tapped {
            self.picture(&format!("not-tapped-{id}")).await;
            panic!("{id} cannot be tapped: {error}");
        }
    }

    /// Replaces the content of a field.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.find(id).await;
        field.clear().await.expect("cleared");
        field.send_keys(text).await.expect("typed");
    }

    /// The text of an element.
    pub async fn text(&self, id: &str) -> String {
        self.find(id).await.text().await.expect("text")
    }

    /// Waits until a script of the page returns `true`.
    pub async fn wait_for(&self, what: &str, script: &str) {
        let began = Instant::now();
        while self.script(script).await != true {
            if began.elapsed() >= TIMEOUT {
                self.picture("waited-in-vain").await;
                panic!("waited in vain: {what}");
            }
            tokio::time::sleep(CHECK_EVERY).await;
        }
    }

    /// Runs a script in the page; returns what it returns.
    pub async fn script(&self, script: &str) -> Value {
        let returned = self.driver.execute(script, Vec::new()).await;
        returned.expect("the script runs").json().clone()
    }

    /// The rules of WCAG 2.2 AA that the page breaks, as axe-core judges it: each with its place and the reason.
    pub async fn breaches(&self) -> Vec<String> {
        let path = repository().join("ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(path).expect("`npm --prefix ui ci` brings axe-core");
        let script = format!(
            "if (!window.axe) {{ {axe} }}
             const done = arguments[arguments.length - 1];
             const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
             window.axe.run(document, {{ runOnly: {{ type: 'tag', values: tags }}, resultTypes: ['violations'] }})
               .then(({{ violations }}) => done(violations.flatMap(({{ id, nodes }}) => nodes.map(({{ target, any, all, none }}) =>
                  `${{id}}: ${{target.join(' ')}}: ${{[...any, ...all, ...none].map(({{ message }}) => message).join('; ')}}`))),
                 (why) => done(['axe: ' + why]));"
        );
        let found = self.driver.execute_async(&script, Vec::new()).await;
        serde_json::from_value(found.expect("axe runs").json().clone()).expect("words")
    }

    /// Saves a picture of the page below `target/pages/`; returns its path.
    pub async fn picture(&self, name: &str) -> PathBuf {
        let folder = repository().join("target/pages");
        std::fs::create_dir_all(&folder).expect("made");
        let path = folder.join(format!("{name}.png"));
        self.driver.screenshot(&path).await.expect("a picture");
        path
    }
}

fn options(screen: Screen, profile: &TempDir) -> Value {
    let (width, height) = screen.size;
    let mut arguments = vec![
        "--headless=new".to_owned(),
        // A container has no sandbox within its own.
        "--no-sandbox".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-gpu".to_owned(),
        "--hide-scrollbars".to_owned(),
        format!("--window-size={width},{height}"),
        format!("--user-data-dir={}", profile.path().display()),
        format!("--lang={}", screen.language),
        format!("--accept-lang={}", screen.language),
    ];
    if screen.is_dark {
        arguments.push("--force-dark-mode".to_owned());
    }
    let mut options = json!({
        "args": arguments,
        "prefs": { "intl.accept_languages": screen.language },
    });
    let ratio = if screen.is_phone { 2 } else { 1 };
    options["mobileEmulation"] = json!({
        "deviceMetrics": {
            "width": width, "height": height, "pixelRatio": ratio,
            "mobile": screen.is_phone, "touch": screen.is_phone,
        },
    });
    options
}

impl Drop for Chromium {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
        // The driver's browser is known by its folder, which no other has.
        let folder = self.profile.path().to_string_lossy().into_owned();
        for process in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
            let number = process.file_name().to_string_lossy().parse::<i32>();
            if String::from_utf8_lossy(&line).contains(&folder)
                && let Some(number) = number.ok().and_then(Pid::from_raw)
            {
                kill_process(number, Signal::KILL).ok();
            }
        }
    }
}
