//! A window of WebKitGTK, the engine that draws the till, on a screen of its own.

use std::path::Path;
use std::time::Duration;

use ringup_testkit::{Desktop, KeychainState, picture, webdriver};
use serde_json::Value;
use thirtyfour::WebDriver;

use crate::Failed;

/// Where the browser of WebKitGTK may be installed.
const BROWSERS: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/webkit2gtk-4.1/MiniBrowser",
];

/// Larger than the largest page with the browser's toolbar.
const SCREEN: (u32, u32) = (2000, 1300);

const CHECK_EVERY: Duration = Duration::from_millis(40);

/// A window of the engine on a desktop of its own, which ends with it.
pub(crate) struct Browser {
    driver: WebDriver,
    size: Option<(u32, u32)>,
    /// Width and height that the window needs beside its page.
    frame: (u32, u32),
    /// The screen in the last picture.
    last: Vec<u8>,
    /// The address of the page that is shown, and its size.
    shown: Option<(String, Option<(u32, u32)>)>,
    desktop: Desktop,
}

impl Browser {
    pub(crate) async fn open() -> Result<Self, Failed> {
        let binary = BROWSERS
            .into_iter()
            .find(|path| Path::new(path).is_file())
            .ok_or_else(|| Failed::Other("WebKitGTK's MiniBrowser is not installed".to_owned()))?;
        let mut desktop = Desktop::without_screen(KeychainState::Missing);
        desktop.start_screen(SCREEN.0, SCREEN.1);
        let (mut driver, address) = webdriver::command(&desktop);
        driver.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
        desktop.adopt(driver.spawn()?);
        // A pointer in the middle of the screen would highlight what is below it.
        desktop.xdotool(&["mousemove", "1999", "1299"]);
        Ok(Self {
            driver: webdriver::open(&address, binary, &["--automation"]).await?,
            size: None,
            frame: (0, 0),
            last: Vec::new(),
            shown: None,
            desktop,
        })
    }

    /// The names of all scenes.
    pub(crate) async fn scenes(&mut self, site: &str) -> Result<Vec<String>, Failed> {
        self.show(&format!("{site}/dev/gallery.html")).await?;
        let scenes = self.ask("done(window.gallery.scenes)").await?;
        Ok(serde_json::from_value(scenes)?)
    }

    /// Changes the size of the page, pixels.
    pub(crate) async fn resize(&mut self, size: (u32, u32)) -> Result<(), Failed> {
        if self.size == Some(size) {
            return Ok(());
        }
        for _ in 0..40 {
            let (width, height) = (size.0 + self.frame.0, size.1 + self.frame.1);
            self.driver.set_window_rect(0, 0, width, height).await?;
            tokio::time::sleep(Duration::from_millis(100)).await;
            let now = self
                .driver
                .execute("return [innerWidth, innerHeight]", vec![]);
            let now: (u32, u32) = serde_json::from_value(now.await?.json().clone())?;
            if now == size {
                self.size = Some(size);
                return Ok(());
            }
            self.frame = (width.saturating_sub(now.0), height.saturating_sub(now.1));
        }
        Err(Failed::Other(format!("no window of {size:?}")))
    }

    /// Shows a page and waits until it is at rest.
    pub(crate) async fn show(&mut self, address: &str) -> Result<(), Failed> {
        let place = (address.to_owned(), self.size);
        if self.shown.as_ref() == Some(&place) {
            return Ok(());
        }
        self.shown = None;
        self.driver.goto(address).await?;
        let wait = "const look = () => window.gallery
               ? window.gallery.settled().then(() => done(true)) : setTimeout(look, 10);
             look();";
        self.ask(wait).await?;
        self.shown = Some(place);
        Ok(())
    }

    /// Changes the theme of the page.
    pub(crate) async fn set_theme(&self, theme: &str) -> Result<(), Failed> {
        self.ask(&format!("window.gallery.applyTheme('{theme}').then(done)"))
            .await?;
        Ok(())
    }

    /// Saves a picture of the page, once the screen is at rest.
    pub(crate) async fn picture(&mut self, path: &Path) -> Result<(), Failed> {
        let mut now = self.desktop.screenshot();
        let mut tries = 0;
        loop {
            tokio::time::sleep(CHECK_EVERY).await;
            let next = self.desktop.screenshot();
            let at_rest = next == now && (now != self.last || tries > 6);
            now = next;
            tries += 1;
            // A spinner is never at rest.
            if at_rest || tries > 16 {
                break;
            }
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let (width, height) = self.size.unwrap_or_default();
        let area = [0, self.frame.1, width, height];
        picture::of_screen(&now, area).save(path)?;
        self.last = now;
        Ok(())
    }

    /// The faults of the page that can be measured.
    pub(crate) async fn faults(&self) -> Result<Vec<String>, Failed> {
        let faults = self.ask("done(window.gallery.inspect())").await?;
        Ok(serde_json::from_value(faults)?)
    }

    /// The rules of WCAG that the page breaks.
    pub(crate) async fn breaches(&self) -> Result<Vec<String>, Failed> {
        let breaches = self
            .ask("window.gallery.breaches().then(done, (why) => done(['axe: ' + why]))")
            .await?;
        Ok(serde_json::from_value(breaches)?)
    }

    async fn ask(&self, script: &str) -> Result<Value, Failed> {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        let answer = self.driver.execute_async(script, vec![]).await?;
        Ok(answer.json().clone())
    }

    pub(crate) async fn close(self) -> Result<(), Failed> {
        self.driver.quit().await?;
        Ok(())
    }
}
