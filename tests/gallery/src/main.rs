//! `make gallery`: every screen in every language, theme and size, drawn by the till's own engine, as
//! pictures below `target/gallery/` with a page that shows them side by side; and a list of what a
//! script finds wrong with them. Fails when there is anything on the list.
//!
//! * `site` serves the gallery's page, built by `npm run gallery` from `ui/dev/`.
//! * `browser` is a screen and a WebKitGTK window on it, driven through WebDriver.
//! * `screen` reads the pixels of that screen.
//! * `best` keeps the pictures of the README, much smaller.
//! * `sheet` writes the page of pictures.

#![expect(clippy::print_stdout, reason = "what was found is printed")]

mod best;
mod browser;
mod sheet;

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use clap::Parser;

use browser::Browser;

const SIZES: [(u32, u32); 3] = [(1024, 600), (1280, 800), (1920, 1080)];
const LANGUAGES: [&str; 3] = ["en", "ru", "de"];
const THEMES: [&str; 3] = ["light", "dark", "high-contrast"];

/// A driver that loses its window's answer never gives it: the picture is taken by a new one.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// Pictures of every screen, and what is wrong with them
#[derive(Debug, Parser)]
struct Args {
    /// Only scenes whose name begins so; may be given again
    #[arg(long)]
    scene: Vec<String>,
    /// Only this language; may be given again
    #[arg(long)]
    language: Vec<String>,
    /// Only this theme; may be given again
    #[arg(long)]
    theme: Vec<String>,
    /// Only this size, for example 1024x600; may be given again
    #[arg(long)]
    size: Vec<String>,
    /// The root's font size, in percent
    #[arg(long, default_value_t = 100)]
    scale: u32,
    /// No pictures: only what is wrong
    #[arg(long)]
    no_pictures: bool,
    /// Also writes the pictures of the README here, from the whole gallery: `docs/screens`
    #[arg(long)]
    best: Option<PathBuf>,
    /// How many windows take pictures at a time
    #[arg(long, default_value_t = 2)]
    windows: usize,
    /// The built page of the gallery
    #[arg(long, default_value = "target/gallery-site")]
    site: PathBuf,
    /// Where the pictures go
    #[arg(long, default_value = "target/gallery")]
    folder: PathBuf,
}

/// Why there are no pictures.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Driver(#[from] thirtyfour::error::WebDriverError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Picture(#[from] image::ImageError),
    #[error(transparent)]
    Png(#[from] png::EncodingError),
    #[error(transparent)]
    Task(#[from] tokio::task::JoinError),
    #[error("{0}")]
    Other(String),
}

/// One picture.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    scene: String,
    size: (u32, u32),
    theme: &'static str,
    language: &'static str,
}

impl Wanted {
    fn path(&self) -> PathBuf {
        let (width, height) = self.size;
        let folder = PathBuf::from(format!("{width}x{height}"));
        let folder = folder.join(self.theme).join(self.language);
        folder.join(format!("{}.png", self.scene))
    }

    fn address(&self, site: &str, scale: u32) -> String {
        let Self {
            scene, language, ..
        } = self;
        format!("{site}/dev/gallery.html?scene={scene}&language={language}&scale={scale}")
    }

    /// Colours are another in each theme, and the most scrolls where there is the least room; no rule is
    /// broken in one language alone.
    fn is_judged_by_axe(&self) -> bool {
        match self.size {
            (1024, 600) => self.theme == "light" && self.language == "de",
            (1280, 800) => self.language == "en",
            _ => false,
        }
    }
}

/// What was found, and in which pictures.
type Found = BTreeMap<String, Vec<Wanted>>;

#[tokio::main]
async fn main() -> ExitCode {
    match take(Arc::new(Args::parse())).await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            println!("gallery: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Takes the pictures; how many faults were found.
async fn take(args: Arc<Args>) -> Result<usize, Failed> {
    if !args.site.join("dev/gallery.html").is_file() {
        let folder = args.site.display();
        let missing = format!("{folder} holds no gallery; `make gallery` builds it");
        return Err(Failed::Other(missing));
    }
    let site = ringup_testkit::serve_folder(args.site.clone(), |_| ()).await?;
    let mut first = Browser::open().await?;
    let wanted = wanted(&args, first.scenes(&site).await?);
    if wanted.is_empty() {
        return Err(Failed::Other("no scene is called so".to_owned()));
    }
    let all: Vec<Wanted> = wanted.iter().flatten().cloned().collect();
    let queue = Arc::new(Mutex::new(wanted));
    let mut windows = vec![tokio::spawn(work(
        first,
        site.clone(),
        args.clone(),
        queue.clone(),
    ))];
    for _ in 1..args.windows {
        let (site, args, queue) = (site.clone(), args.clone(), queue.clone());
        windows.push(tokio::spawn(work(
            Browser::open().await?,
            site,
            args,
            queue,
        )));
    }
    let mut found = Found::new();
    for window in windows {
        for (fault, places) in window.await?? {
            found.entry(fault).or_default().extend(places);
        }
    }
    let count = all.len();
    if !args.no_pictures {
        sheet::write(&args.folder, &all)?;
        println!("{count} pictures: {}/index.html", args.folder.display());
    }
    if let Some(folder) = &args.best {
        best::write(&args.folder, folder)?;
    }
    tell(&found);
    println!("{count} screens looked at, {} faults", found.len());
    Ok(found.len())
}

/// All that is asked for: the themes of a page together, which it wears one after the other, and a window
/// changes its size seldom.
fn wanted(args: &Args, scenes: Vec<String>) -> VecDeque<Vec<Wanted>> {
    let among = |asked: &[String], name: &str| asked.is_empty() || asked.iter().any(|a| a == name);
    let mut wanted = VecDeque::new();
    for size in SIZES {
        let (width, height) = size;
        if !among(&args.size, &format!("{width}x{height}")) {
            continue;
        }
        for scene in &scenes {
            let begins = args.scene.iter().any(|asked| scene.starts_with(asked));
            if !begins && !args.scene.is_empty() {
                continue;
            }
            for language in LANGUAGES.iter().filter(|l| among(&args.language, l)) {
                let themes = THEMES.iter().filter(|theme| among(&args.theme, theme));
                let page = themes.map(|theme| Wanted {
                    scene: scene.clone(),
                    size,
                    theme,
                    language,
                });
                wanted.push_back(page.collect());
            }
        }
    }
    wanted
}

async fn work(
    mut browser: Browser,
    site: String,
    args: Arc<Args>,
    queue: Arc<Mutex<VecDeque<Vec<Wanted>>>>,
) -> Result<Found, Failed> {
    let mut found = Found::new();
    loop {
        let next = queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front();
        let Some(page) = next else { break };
        for wanted in page {
            for fault in patiently(&mut browser, &site, &args, &wanted).await? {
                let fault = format!("{}: {fault}", wanted.scene);
                found.entry(fault).or_default().push(wanted.clone());
            }
        }
    }
    browser.close().await?;
    Ok(found)
}

/// As `look`, with a new window when the driver has lost this one's answer.
async fn patiently(
    browser: &mut Browser,
    site: &str,
    args: &Args,
    wanted: &Wanted,
) -> Result<Vec<String>, Failed> {
    let mut tries = 0;
    loop {
        let looked = look(browser, site, args, wanted);
        let why = match tokio::time::timeout(PATIENCE, looked).await {
            Ok(Ok(faults)) => return Ok(faults),
            Ok(Err(why)) => why.to_string(),
            Err(_) => "the window does not answer".to_owned(),
        };
        tries += 1;
        if tries == 3 {
            return Err(Failed::Other(format!("{wanted:?}: {why}")));
        }
        *browser = Browser::open().await?;
    }
}

async fn look(
    browser: &mut Browser,
    site: &str,
    args: &Args,
    wanted: &Wanted,
) -> Result<Vec<String>, Failed> {
    browser.resize(wanted.size).await?;
    browser.show(&wanted.address(site, args.scale)).await?;
    browser.wear(wanted.theme).await?;
    if !args.no_pictures {
        browser.picture(&args.folder.join(wanted.path())).await?;
    }
    let mut faults = browser.faults().await?;
    if wanted.is_judged_by_axe() {
        faults.extend(browser.breaches().await?);
    }
    Ok(faults)
}

fn tell(found: &Found) {
    for (fault, places) in found {
        let mut where_seen: Vec<String> = places
            .iter()
            .map(|place| {
                format!(
                    "{}×{}/{}/{}",
                    place.size.0, place.size.1, place.theme, place.language
                )
            })
            .collect();
        where_seen.sort();
        let more = where_seen.len().saturating_sub(3);
        where_seen.truncate(3);
        let rest = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        println!("{fault}\n    {}{rest}", where_seen.join(", "));
    }
}
