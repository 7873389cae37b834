//! The till's real window, driven through WebDriver: taps, keys, and what is on the screen. Elements are found
//! by their test id (docs/contract.md, *Test ids*).

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places on a page are floats; no money is among them"
)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use ringup_practice::{Control, PracticeGateway};
use thirtyfour::prelude::*;
use thirtyfour::{Key, WebDriver};

use crate::{Desktop, TIMEOUT, picture, repository, webdriver};

/// Between two looks at the screen.
const CHECK_EVERY: Duration = Duration::from_millis(25);
/// After the keys of a person, in turn: uneven, because the till asks about an amount that comes as evenly as a barcode
/// scanner sends it.
const AFTER_KEYS_MS: [u64; 4] = [90, 150, 105, 210];

/// How often the till polls in most tests.
pub const FAST_POLL_MS: u32 = 100;

/// An open window of the till.
#[derive(Debug)]
pub struct Window {
    driver: WebDriver,
    /// The desktop that it is on.
    pub desktop: Desktop,
}

impl Window {
    /// Opens the till with the gateway at `api_url`.
    pub async fn open(desktop: Desktop, api_url: &str) -> Self {
        Self::open_with(desktop, api_url, &[], FAST_POLL_MS).await
    }

    /// The same with arguments of the program and another polling interval.
    pub async fn open_with(
        mut desktop: Desktop,
        api_url: &str,
        arguments: &[&str],
        poll_ms: u32,
    ) -> Self {
        let (mut driver, address) = webdriver::command(&desktop);
        driver
            .env("RINGUP_API_URL", api_url)
            .env("RINGUP_POLL_MS", poll_ms.to_string())
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
        desktop.adopt(driver.spawn().expect("webkit2gtk-driver is installed"));
        let program = crate::ringup_program();
        let program = program.to_str().expect("a path in UTF-8");
        let driver = webdriver::open(&address, program, arguments).await;
        Self {
            driver: driver.expect("the window opens"),
            desktop,
        }
    }

    /// Goes through the first run with this key, to the pad.
    pub async fn first_run(&self, key: &str) {
        self.fill("setup-key", key).await;
        self.tap("setup-key-save").await;
        self.find("pad").await;
    }

    /// Waits until the QR is drawn; returns its area: left, top, width, height in device pixels.
    pub async fn qr_area(&self) -> [u32; 4] {
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

    /// Changes the window's size, in pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        self.driver
            .set_window_rect(0, 0, width, height)
            .await
            .expect("resized");
    }

    /// Waits for the element with a test id.
    pub async fn find(&self, id: &str) -> WebElement {
        let found = self
            .driver
            .query(By::Css(selector(id)))
            .wait(TIMEOUT, CHECK_EVERY)
            .first()
            .await;
        match found {
            Ok(element) => element,
            Err(_) => {
                let text = self.page_text().await;
                self.screenshot(&format!("missing-{id}")).await;
                panic!("{id} is not on the screen; there is:\n{text}")
            }
        }
    }

    /// Whether an element with this test id is on the page now.
    pub async fn has(&self, id: &str) -> bool {
        // In one step: WebDriver reports an element that leaves the page between two calls as an error.
        let script = format!(
            "return document.querySelector(\"{}\") !== null",
            selector(id)
        );
        self.script(&script).await == true
    }

    /// Waits until no element with this test id is on the page.
    pub async fn wait_until_gone(&self, id: &str) {
        let began = Instant::now();
        while self.has(id).await {
            assert!(began.elapsed() < TIMEOUT, "{id} stays on the screen");
            tokio::time::sleep(CHECK_EVERY).await;
        }
    }

    /// Waits until an attribute of an element has this value.
    pub async fn wait_for_attribute(&self, id: &str, name: &str, value: &str) {
        let began = Instant::now();
        loop {
            let element = self.find(id).await;
            let now = element.attr(name).await.unwrap_or_default();
            if now.as_deref() == Some(value) {
                return;
            }
            assert!(
                began.elapsed() < TIMEOUT,
                "{id} has {name}={now:?}, not {value:?}"
            );
            tokio::time::sleep(CHECK_EVERY).await;
        }
    }

    /// Waits until an element is in this state, which it tells in `data-state`.
    pub async fn wait_for_state(&self, id: &str, state: &str) {
        self.wait_for_attribute(id, "data-state", state).await;
    }

    /// Waits until the till tells a fault with this code.
    pub async fn wait_for_error(&self, code: &str) {
        self.wait_for_attribute("error", "data-code", code).await;
    }

    /// Waits until an alarm of this kind rings.
    pub async fn wait_for_alarm(&self, kind: &str) {
        self.wait_for_attribute("alarm", "data-kind", kind).await;
    }

    /// The value of an element's attribute.
    pub async fn attribute(&self, id: &str, name: &str) -> String {
        let value = self.find(id).await.attr(name).await.expect("answered");
        value.expect("it has the attribute")
    }

    /// The text of an element.
    pub async fn text(&self, id: &str) -> String {
        self.find(id).await.text().await.expect("text")
    }

    /// Waits until this is part of an element's text.
    pub async fn wait_for_text(&self, id: &str, part: &str) {
        let began = Instant::now();
        loop {
            let text = self.text(id).await;
            if text.contains(part) {
                return;
            }
            assert!(
                began.elapsed() < TIMEOUT,
                "{id} says {text:?}, not {part:?}"
            );
            tokio::time::sleep(CHECK_EVERY).await;
        }
    }

    /// All text of the page.
    pub async fn page_text(&self) -> String {
        let body = self.driver.find(By::Tag("body")).await.expect("a page");
        body.text().await.expect("text")
    }

    /// Taps an element. One that is half out of sight is scrolled to first, as a person does: WebDriver scrolls only
    /// to what is out of sight altogether.
    pub async fn tap(&self, id: &str) {
        let element = self.find(id).await;
        let json = element.to_json().expect("an element");
        let scroll = "arguments[0].scrollIntoViewIfNeeded()";
        // An element that is gone by now cannot be tapped either, and the click says so.
        self.driver.execute(scroll, vec![json]).await.ok();
        let tapped = element.click().await;
        if let Err(error) = tapped {
            self.screenshot(&format!("not-tapped-{id}")).await;
            panic!("{id} cannot be tapped: {error}");
        }
    }

    /// Taps the one of several elements with a test id whose attribute has this value.
    pub async fn tap_one(&self, id: &str, attribute: &str, value: &str) {
        // It goes on the selector that is made of the test id.
        self.tap(&format!("{id}'][{attribute}='{value}")).await;
    }

    /// Taps an element and waits for what is on the screen then.
    pub async fn tap_to(&self, id: &str, shows: &str) {
        self.tap(id).await;
        self.find(shows).await;
    }

    /// Taps elements one after the other.
    pub async fn tap_each(&self, ids: &[&str]) {
        for id in ids {
            self.tap(id).await;
        }
    }

    /// Types an amount on the pad and charges it.
    pub async fn charge(&self, amount: &str) {
        self.type_text(amount).await;
        self.tap("charge").await;
    }

    /// Charges an amount and waits until its code is shown.
    pub async fn open_sale(&self, amount: &str) {
        self.charge(amount).await;
        self.wait_for_state("payment", "awaiting").await;
    }

    /// Pays the newest invoice, as its customer does, and waits until the till shows it; returns the invoice's id.
    pub async fn pay(&self, customer: &Control) -> String {
        let invoice = newest_invoice(customer);
        customer.pay(&invoice).expect("paid");
        self.find("paid").await;
        invoice
    }

    /// Replaces the content of a field.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.find(id).await;
        field.clear().await.expect("cleared");
        field.send_keys(text).await.expect("typed");
    }

    /// Chooses one of a field's options.
    pub async fn choose(&self, id: &str, value: &str) {
        self.find(id).await;
        self.script(&format!(
            "const field = document.querySelector('[data-testid={id}]');
             field.value = '{value}';
             field.dispatchEvent(new Event('change', {{ bubbles: true }}));"
        ))
        .await;
    }

    /// Presses keys, wherever the focus is, as fast as a person.
    pub async fn keys(&self, keys: &[Key]) {
        for (key, pause_ms) in keys.iter().zip(AFTER_KEYS_MS.into_iter().cycle()) {
            self.key(key.value(), pause_ms).await;
        }
    }

    /// Types text, wherever the focus is, as fast as a person.
    pub async fn type_text(&self, text: &str) {
        for (letter, pause_ms) in text.chars().zip(AFTER_KEYS_MS.into_iter().cycle()) {
            self.key(letter, pause_ms).await;
        }
    }

    async fn key(&self, key: char, pause_ms: u64) {
        let chain = self.driver.action_chain().send_keys(key.to_string());
        chain.perform().await.expect("typed");
        tokio::time::sleep(Duration::from_millis(pause_ms)).await;
    }

    /// Sends keys as fast as a barcode scanner does, which WebDriver cannot.
    pub async fn scan(&self, code: &str) {
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

    /// Runs a script in the page; returns what it returns.
    pub async fn script(&self, script: &str) -> serde_json::Value {
        let returned = self.driver.execute(script, Vec::new()).await;
        returned.expect("the script runs").json().clone()
    }

    /// Runs a script in the page; returns what it passes to its callback `done`.
    pub async fn script_async(&self, script: &str) -> serde_json::Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        let returned = self.driver.execute_async(&script, Vec::new()).await;
        returned.expect("the script runs").json().clone()
    }

    /// The area of an element in CSS pixels: left, top, width, height.
    pub async fn rect(&self, id: &str) -> [u32; 4] {
        let element = self.find(id).await;
        let rect = element.rect().await.expect("a place");
        [rect.x, rect.y, rect.width, rect.height].map(|side| side.round() as u32)
    }

    /// Reloads the page, as after a crash of the webview.
    pub async fn reload(&self) {
        self.driver.refresh().await.expect("loaded");
    }

    /// Saves a picture of the window below `target/window/`, from the pixels of the screen; returns its path.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let size = self.script("return [innerWidth, innerHeight]").await;
        let side = |n: usize| size[n].as_u64().and_then(|px| u32::try_from(px).ok());
        let (width, height) = side(0).zip(side(1)).expect("a size");
        self.screenshot_of(name, [0, 0, width, height]).await
    }

    /// The same of an area of the screen: left, top, width, height.
    pub async fn screenshot_of(&self, name: &str, area: [u32; 4]) -> PathBuf {
        let folder = repository().join("target/window");
        std::fs::create_dir_all(&folder).expect("made");
        let path = folder.join(format!("{name}.png"));
        // Wait until transitions have ended and the frame after them is drawn, then until the screen is at rest.
        self.script_async(
            "const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => done()));
             const ends = document.getAnimations()
               .filter((animation) => animation.effect.getTiming().iterations !== Infinity)
               .map((animation) => animation.finished);
             Promise.allSettled(ends).then(painted);",
        )
        .await;
        let mut seen = self.desktop.screenshot();
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_millis(60)).await;
            let now = self.desktop.screenshot();
            let at_rest = now == seen;
            seen = now;
            if at_rest {
                break;
            }
        }
        picture::of_screen(&seen, area).save(&path).expect("saved");
        path
    }

    /// Switches to the window that shows this page.
    pub async fn switch_to_page(&self, page: &str) {
        let began = Instant::now();
        loop {
            for window in self.driver.windows().await.expect("windows") {
                let switched = self.driver.switch_to_window(window).await;
                // A window may close meanwhile.
                if switched.is_ok() && self.address().await == page {
                    return;
                }
            }
            assert!(began.elapsed() < TIMEOUT, "no window shows {page}");
            tokio::time::sleep(CHECK_EVERY).await;
        }
    }

    /// The number of windows.
    pub async fn window_count(&self) -> usize {
        self.driver.windows().await.expect("windows").len()
    }

    async fn address(&self) -> String {
        let url = self.driver.current_url().await;
        url.map(|url| url.path().trim_start_matches('/').to_owned())
            .unwrap_or_default()
    }

    /// Closes the window; returns the desktop.
    pub async fn close(self) -> Desktop {
        self.driver.quit().await.expect("closed");
        self.desktop
    }
}

fn selector(id: &str) -> String {
    format!("[data-testid='{id}']")
}

/// The id of the newest of the gateway's invoices.
pub fn newest_invoice(customer: &Control) -> String {
    customer.invoices().pop().expect("an invoice").id
}

/// Opens the till with the gateway and goes through the first run with `key`, to the pad.
pub async fn open_till(desktop: Desktop, gateway: &PracticeGateway, key: &str) -> Window {
    let window = Window::open(desktop, &gateway.base_url()).await;
    window.first_run(key).await;
    window
}
