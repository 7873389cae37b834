//! A screen of its own and a window of WebKitGTK on it: the engine that draws the till.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};

use crate::Failed;

/// The browser that comes with WebKitGTK, by machine.
const BROWSERS: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/webkit2gtk-4.1/MiniBrowser",
];

/// Larger than the largest window with its toolbar.
const SCREEN: &str = "2000x1300x24";

const LOOK_EVERY: Duration = Duration::from_millis(40);

/// A window of the engine.
pub(crate) struct Browser {
    driver: WebDriver,
    size: Option<(u32, u32)>,
    /// What the window has around its page.
    frame: (u32, u32),
    seen: Vec<u8>,
    /// The page that is there, and how large.
    shown: Option<(String, Option<(u32, u32)>)>,
    programs: Programs,
}

/// Programs that end with the browser, and their home.
struct Programs {
    running: Vec<Child>,
    home: tempfile::TempDir,
}

impl Drop for Programs {
    fn drop(&mut self) {
        for program in self.running.iter_mut().rev() {
            program.kill().ok();
            program.wait().ok();
        }
    }
}

impl Browser {
    pub(crate) async fn open() -> Result<Self, Failed> {
        let binary = BROWSERS
            .into_iter()
            .find(|path| Path::new(path).is_file())
            .ok_or_else(|| Failed::Other("WebKitGTK's MiniBrowser is not installed".to_owned()))?;
        let home = tempfile::tempdir()?;
        let mut screen = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-nocursor"])
            .args(["-screen", "0", SCREEN])
            .arg("-fbdir")
            .arg(home.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let said = screen.stdout.take();
        let mut number = String::new();
        let mut programs = Programs {
            running: vec![screen],
            home,
        };
        if let Some(said) = said {
            BufReader::new(said).read_line(&mut number)?;
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0")?
            .local_addr()?
            .port();
        let driver = Command::new("WebKitWebDriver")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("HOME", programs.home.path())
            .env("XDG_RUNTIME_DIR", programs.home.path())
            .env("DISPLAY", format!(":{}", number.trim()))
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("LANG", "C.UTF-8")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            // There is no graphics card here: drawing by the processor beats emulating one.
            .env("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        programs.running.push(driver);
        // A pointer in the middle of the screen would light up what it lies on.
        Command::new("xdotool")
            .args(["mousemove", "1999", "1299"])
            .env("DISPLAY", format!(":{}", number.trim()))
            .status()?;
        let mut asked = Capabilities::new();
        let options = json!({ "binary": binary, "args": ["--automation"] });
        asked.set("webkitgtk:browserOptions", options)?;
        let address = format!("http://127.0.0.1:{port}");
        let mut tries = 0;
        let driver = loop {
            match WebDriver::new(&address, asked.clone()).await {
                Ok(driver) => break driver,
                Err(error) if tries > 100 => return Err(error.into()),
                Err(_) => tries += 1,
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        Ok(Self {
            driver,
            size: None,
            frame: (0, 0),
            seen: Vec::new(),
            shown: None,
            programs,
        })
    }

    /// The names of all scenes.
    pub(crate) async fn scenes(&mut self, site: &str) -> Result<Vec<String>, Failed> {
        self.show(&format!("{site}/dev/gallery.html")).await?;
        let scenes = self.ask("done(window.gallery.scenes)").await?;
        Ok(serde_json::from_value(scenes)?)
    }

    /// Makes the page so large.
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

    /// The page in another theme.
    pub(crate) async fn wear(&self, theme: &str) -> Result<(), Failed> {
        self.ask(&format!("window.gallery.applyTheme('{theme}').then(done)"))
            .await?;
        Ok(())
    }

    /// Keeps a picture of the page, once it is painted and the screen is at rest.
    pub(crate) async fn picture(&mut self, path: &Path) -> Result<(), Failed> {
        let mut now = self.screen()?;
        let mut tries = 0;
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let next = self.screen()?;
            let at_rest = next == now && (now != self.seen || tries > 6);
            now = next;
            tries += 1;
            // A spinner never rests.
            if at_rest || tries > 16 {
                break;
            }
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let size = self.size.unwrap_or_default();
        crate::screen::part(&now, self.frame.1, size)?.save(path)?;
        self.seen = now;
        Ok(())
    }

    fn screen(&self) -> Result<Vec<u8>, Failed> {
        Ok(std::fs::read(
            self.programs.home.path().join("Xvfb_screen0"),
        )?)
    }

    /// What can be measured to be wrong.
    pub(crate) async fn faults(&self) -> Result<Vec<String>, Failed> {
        let faults = self.ask("done(window.gallery.inspect())").await?;
        Ok(serde_json::from_value(faults)?)
    }

    /// Rules of WCAG that the page breaks.
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
