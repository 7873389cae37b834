//! The till's window as a test holds it: what a finger, a keyboard and an eye can do.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, Key, WebDriver};

use crate::desktop::Desktop;

/// How long a screen may take to follow.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// Between two keys of a person; a barcode scanner is ten times as fast.
const BETWEEN_KEYS: Duration = Duration::from_millis(90);

/// A pace of asking for tests, which have no time.
pub(crate) const FAST_MS: u32 = 100;

/// An open window of the till.
pub(crate) struct Window {
    driver: WebDriver,
    pub(crate) desktop: Desktop,
}

impl Window {
    /// Opens the till against the gateway at `api_url`.
    pub(crate) async fn open(desktop: Desktop, api_url: &str) -> Self {
        Self::open_with(desktop, api_url, &[], FAST_MS).await
    }

    /// Opens the till with arguments of the program and a pace of asking.
    pub(crate) async fn open_with(
        mut desktop: Desktop,
        api_url: &str,
        args: &[&str],
        pace_ms: u32,
    ) -> Self {
        // WebDriver speaks plain HTTP on this machine, but its client asks for a way to do TLS.
        drop(rustls::crypto::ring::default_provider().install_default());
        let port = free_port();
        let driver = desktop
            .command("WebKitWebDriver")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("RINGUP_API_URL", api_url)
            .env("RINGUP_POLL_MS", pace_ms.to_string())
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("webkit2gtk-driver is installed");
        desktop.adopt(driver);
        let mut wanted = Capabilities::new();
        let options = json!({ "binary": env!("CARGO_BIN_EXE_ringup"), "args": args });
        wanted
            .set("webkitgtk:browserOptions", options)
            .expect("JSON");
        let address = format!("http://127.0.0.1:{port}");
        let mut tries = 0;
        let driver = loop {
            match WebDriver::new(&address, wanted.clone()).await {
                Ok(driver) => break driver,
                Err(error) if tries > 100 => panic!("the window did not open: {error}"),
                Err(_) => tries += 1,
            }
            tokio::time::sleep(LOOK_EVERY).await;
        };
        Self { driver, desktop }
    }

    /// Through the first run, to the pad.
    pub(crate) async fn first_run(&self, key: &str) {
        self.fill("setup-key", key).await;
        self.tap("setup-key-save").await;
        self.find("pad").await;
    }

    /// Waits until the QR is drawn, not just there, and gives its place: left, top, width, height in
    /// device pixels.
    pub(crate) async fn qr(&self) -> [u32; 4] {
        self.find("payment-qr").await;
        let place = self
            .script_async(
                "const image = document.querySelector('[data-testid=payment-qr]');
                 const { left, top, width, height } = image.getBoundingClientRect();
                 const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() =>
                   done([left, top, width, height].map((side) => side * devicePixelRatio))));
                 image.decode().then(drawn);",
            )
            .await;
        [0, 1, 2, 3].map(|side| {
            let px = place[side].as_f64().expect("a number");
            assert_eq!(px.fract(), 0.0, "the QR stands on whole pixels: {place}");
            px as u32
        })
    }

    /// Makes the window so large.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        self.driver
            .set_window_rect(0, 0, width, height)
            .await
            .expect("resized");
    }

    /// The element of a test id, when it is there.
    pub(crate) async fn find(&self, id: &str) -> WebElement {
        let found = self
            .driver
            .query(By::Css(selector(id)))
            .wait(PATIENCE, LOOK_EVERY)
            .first()
            .await;
        match found {
            Ok(element) => element,
            Err(_) => {
                let seen = self.text_of_all().await;
                self.picture(&format!("missing-{id}")).await;
                panic!("{id} is not on the screen; there is:\n{seen}")
            }
        }
    }

    /// Whether something of this test id is there now.
    pub(crate) async fn has(&self, id: &str) -> bool {
        // In one step: an element that is found and then leaves the page is an error to WebDriver.
        let look = format!(
            "return document.querySelector(\"{}\") !== null",
            selector(id)
        );
        self.script(&look).await == true
    }

    /// Waits until nothing of this test id is there.
    pub(crate) async fn gone(&self, id: &str) {
        let began = std::time::Instant::now();
        while self.has(id).await {
            assert!(began.elapsed() < PATIENCE, "{id} stays on the screen");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits until the element has this value of an attribute.
    pub(crate) async fn attribute(&self, id: &str, name: &str, value: &str) {
        let began = std::time::Instant::now();
        loop {
            let element = self.find(id).await;
            let now = element.attr(name).await.unwrap_or_default();
            if now.as_deref() == Some(value) {
                return;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "{id} has {name}={now:?}, not {value:?}"
            );
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// What an attribute of an element is.
    pub(crate) async fn attribute_of(&self, id: &str, name: &str) -> String {
        let value = self.find(id).await.attr(name).await.expect("answered");
        value.expect("it has the attribute")
    }

    /// What an element says.
    pub(crate) async fn text(&self, id: &str) -> String {
        self.find(id).await.text().await.expect("text")
    }

    /// Waits until an element says this among other things.
    pub(crate) async fn says(&self, id: &str, part: &str) {
        let began = std::time::Instant::now();
        loop {
            let said = self.text(id).await;
            if said.contains(part) {
                return;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "{id} says {said:?}, not {part:?}"
            );
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// All that the window says.
    pub(crate) async fn text_of_all(&self) -> String {
        let body = self.driver.find(By::Tag("body")).await.expect("a page");
        body.text().await.expect("text")
    }

    /// A finger on an element.
    pub(crate) async fn tap(&self, id: &str) {
        let tapped = self.find(id).await.click().await;
        if let Err(error) = tapped {
            self.picture(&format!("not-tapped-{id}")).await;
            panic!("{id} cannot be tapped: {error}");
        }
    }

    /// Types into a field, in place of what is there.
    pub(crate) async fn fill(&self, id: &str, text: &str) {
        let field = self.find(id).await;
        field.clear().await.expect("cleared");
        field.send_keys(text).await.expect("typed");
    }

    /// Takes one of a field's choices.
    pub(crate) async fn choose(&self, id: &str, value: &str) {
        self.find(id).await;
        self.script(&format!(
            "const field = document.querySelector('[data-testid={id}]');
             field.value = '{value}';
             field.dispatchEvent(new Event('change', {{ bubbles: true }}));"
        ))
        .await;
    }

    /// Keys of the keyboard, wherever the focus is, at the pace of a person.
    pub(crate) async fn keys(&self, keys: &[Key]) {
        for key in keys {
            self.key(key.value()).await;
        }
    }

    /// Text by the keyboard, wherever the focus is, at the pace of a person.
    pub(crate) async fn type_text(&self, text: &str) {
        for letter in text.chars() {
            self.key(letter).await;
        }
    }

    async fn key(&self, key: char) {
        let chain = self.driver.action_chain().send_keys(key.to_string());
        chain.perform().await.expect("typed");
        tokio::time::sleep(BETWEEN_KEYS).await;
    }

    /// Keys as fast as a barcode scanner sends them, faster than WebDriver can.
    pub(crate) async fn scan(&self, code: &str) {
        self.script(&format!(
            "for (const key of [...'{code}', 'Enter']) {{
               for (const kind of ['keydown', 'keyup']) {{
                 const event = new KeyboardEvent(kind, {{ key, bubbles: true, cancelable: true }});
                 (document.activeElement ?? document.body).dispatchEvent(event);
               }}
             }}"
        ))
        .await;
    }

    /// What a script in the page returns.
    pub(crate) async fn script(&self, script: &str) -> serde_json::Value {
        let returned = self.driver.execute(script, Vec::new()).await;
        returned.expect("the script runs").json().clone()
    }

    /// What a script in the page passes to its callback `done`.
    pub(crate) async fn script_async(&self, script: &str) -> serde_json::Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        let returned = self.driver.execute_async(&script, Vec::new()).await;
        returned.expect("the script runs").json().clone()
    }

    /// Where an element is, in CSS pixels: left, top, width, height.
    pub(crate) async fn rect(&self, id: &str) -> [u32; 4] {
        let element = self.find(id).await;
        let rect = element.rect().await.expect("a place");
        [rect.x, rect.y, rect.width, rect.height].map(|side| side.round() as u32)
    }

    /// Loads the page anew, as after a crash of the webview.
    pub(crate) async fn reload(&self) {
        self.driver.refresh().await.expect("loaded");
    }

    /// A picture of the window as it stands on the screen, kept below `target/e2e/`.
    pub(crate) async fn picture(&self, name: &str) -> PathBuf {
        let size = self.script("return [innerWidth, innerHeight]").await;
        let side = |n: usize| size[n].as_u64().and_then(|px| u32::try_from(px).ok());
        let (width, height) = side(0).zip(side(1)).expect("a size");
        self.picture_at(name, [0, 0, width, height]).await
    }

    /// A picture of this part of the screen: left, top, width, height.
    pub(crate) async fn picture_at(&self, name: &str, place: [u32; 4]) -> PathBuf {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/e2e");
        std::fs::create_dir_all(&folder).expect("made");
        let path = folder.join(format!("{name}.png"));
        // Painted: transitions ended, the frame after them drawn, and the screen at rest.
        self.script_async(
            "const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => done()));
             const ends = document.getAnimations()
               .filter((animation) => animation.effect.getTiming().iterations !== Infinity)
               .map((animation) => animation.finished);
             Promise.allSettled(ends).then(painted);",
        )
        .await;
        let mut seen = self.desktop.screen();
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_millis(60)).await;
            let now = self.desktop.screen();
            let at_rest = now == seen;
            seen = now;
            if at_rest {
                break;
            }
        }
        crate::picture::of_screen(&seen, place)
            .save(&path)
            .expect("kept");
        path
    }

    /// Goes over to the window that shows this page.
    pub(crate) async fn look_at_page(&self, page: &str) {
        let began = std::time::Instant::now();
        loop {
            for window in self.driver.windows().await.expect("windows") {
                let there = self.driver.switch_to_window(window).await;
                // A window may close while it is looked for.
                if there.is_ok() && self.address().await == page {
                    return;
                }
            }
            assert!(began.elapsed() < PATIENCE, "no window shows {page}");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// How many windows there are.
    pub(crate) async fn windows(&self) -> usize {
        self.driver.windows().await.expect("windows").len()
    }

    async fn address(&self) -> String {
        let url = self.driver.current_url().await;
        url.map(|url| url.path().trim_start_matches('/').to_owned())
            .unwrap_or_default()
    }

    /// Closes the window and gives the desktop back.
    pub(crate) async fn close(self) -> Desktop {
        self.driver.quit().await.expect("closed");
        self.desktop
    }
}

fn selector(id: &str) -> String {
    format!("[data-testid='{id}']")
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// A practice gateway that takes one key.
pub(crate) async fn gateway(key: &str) -> ringup_practice::PracticeGateway {
    let options = ringup_practice::Options {
        key: Some(key.to_owned()),
        ..ringup_practice::Options::default()
    };
    ringup_practice::start(options).await.expect("it starts")
}

/// The till past its first run, ready to sell with `key`.
pub(crate) async fn set_up(
    desktop: Desktop,
    gateway: &ringup_practice::PracticeGateway,
    key: &str,
) -> Window {
    let window = Window::open(desktop, &gateway.base_url()).await;
    window.first_run(key).await;
    window
}
