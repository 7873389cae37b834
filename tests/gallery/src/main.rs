//! `make gallery`: pictures of every screen in every language, theme and size, drawn by the till's own engine, below
//! `target/gallery/`, with a page that shows them side by side, and a list of faults that a script finds in them. It
//! fails when there is a fault. The screens are those of the gallery's page, which `npm run gallery` builds from
//! `ui/dev/`.
//!
//! * `browser` is a WebKitGTK window on a screen of its own, driven through WebDriver.
//! * `index_page` writes the page of pictures.
//! * `readme_pictures` makes small copies of some of them for the README.

#![expect(clippy::print_stdout, reason = "what was found is printed")]

mod browser;
mod index_page;
mod readme_pictures;

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use clap::Parser;

use browser::Browser;

const SIZES: [(u32, u32); 3] = [(1024, 600), (1280, 800), (1920, 1080)];
/// Those that every screen is taken in, at every size and in every theme.
const LANGUAGES: [&str; 3] = ["en", "ru", "de"];
/// The others that the cashier's screens are written in: at two sizes, in one theme.
const MORE_SCREEN_LANGUAGES: [&str; 3] = ["es", "tr", "uk"];
/// The others that customers read: their screens alone, likewise.
const CUSTOMERS_LANGUAGES: [&str; 7] = ["fr", "it", "nl", "pt", "pl", "cs", "kk"];
/// The smallest screen, where texts are likeliest not to fit, and the largest.
const SIZES_OF_MORE: [(u32, u32); 2] = [(1024, 600), (1920, 1080)];
/// How the names of customers' screens begin: their display, and where they serve themselves.
const CUSTOMERS_SCENES: [&str; 2] = ["display-", "offers"];
const THEMES: [&str; 3] = ["light", "dark", "high-contrast"];

/// Now and then a driver never answers. After this time another window is opened and the picture taken again.
const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(20);

/// Takes pictures of every screen and lists what is wrong with them
#[derive(Debug, Parser)]
struct Args {
    /// Only scenes whose name begins so; may be repeated
    #[arg(long)]
    scene: Vec<String>,
    /// Only this language; may be repeated
    #[arg(long)]
    language: Vec<String>,
    /// Only this theme; may be repeated
    #[arg(long)]
    theme: Vec<String>,
    /// Only this size, for example 1024x600; may be repeated
    #[arg(long)]
    size: Vec<String>,
    /// The root's font size, in percent
    #[arg(long, default_value_t = 100)]
    scale: u32,
    /// Only list what is wrong, without pictures
    #[arg(long)]
    no_pictures: bool,
    /// Also write the pictures of the README into this folder (`docs/screens`)
    #[arg(long)]
    best: Option<PathBuf>,
    /// How many windows take pictures at a time
    #[arg(long, default_value_t = 2)]
    windows: usize,
    /// The built page of the gallery
    #[arg(long, default_value = "target/gallery-site")]
    site: PathBuf,
    /// The folder for the pictures
    #[arg(long, default_value = "target/gallery")]
    folder: PathBuf,
}

/// Why the pictures could not be taken.
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

/// A picture to take.
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

    /// Whether axe-core judges this picture. It takes long, so it sees every theme at one size and in one language, and
    /// the smallest size, where most scrolls, in one theme.
    fn is_judged_by_axe(&self) -> bool {
        match self.size {
            (1024, 600) => self.theme == "light" && self.language == "de",
            (1280, 800) => self.language == "en",
            _ => false,
        }
    }
}

/// The faults, and the pictures with each of them.
type Faults = BTreeMap<String, Vec<Wanted>>;

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

/// Takes the pictures; returns the number of faults.
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
    let mut found = Faults::new();
    for window in windows {
        for (fault, places) in window.await?? {
            found.entry(fault).or_default().extend(places);
        }
    }
    let count = all.len();
    if !args.no_pictures {
        index_page::write(&args.folder, &all)?;
        println!("{count} pictures: {}/index.html", args.folder.display());
    }
    if let Some(folder) = &args.best {
        readme_pictures::write(&args.folder, folder)?;
    }
    print_faults(&found);
    println!("{count} screens looked at, {} faults", found.len());
    Ok(found.len())
}

/// The pictures to take. The themes of a page come together, because it changes them without being loaded again, and a
/// window seldom changes its size.
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
            let languages = languages(scene, size);
            for language in languages.iter().filter(|l| among(&args.language, l)) {
                let once = !LANGUAGES.contains(language) && args.theme.is_empty();
                let themes = THEMES.iter().take(if once { 1 } else { THEMES.len() });
                let themes = themes.filter(|theme| among(&args.theme, theme));
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

/// The languages in which a screen is looked at in this size.
fn languages(scene: &str, size: (u32, u32)) -> Vec<&'static str> {
    let mut languages = LANGUAGES.to_vec();
    if SIZES_OF_MORE.contains(&size) {
        languages.extend(MORE_SCREEN_LANGUAGES);
        if CUSTOMERS_SCENES.iter().any(|name| scene.starts_with(name)) {
            languages.extend(CUSTOMERS_LANGUAGES);
        }
    }
    languages
}

async fn work(
    mut browser: Browser,
    site: String,
    args: Arc<Args>,
    queue: Arc<Mutex<VecDeque<Vec<Wanted>>>>,
) -> Result<Faults, Failed> {
    let mut found = Faults::new();
    loop {
        let next = queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front();
        let Some(page) = next else { break };
        for wanted in page {
            for fault in inspect_with_retries(&mut browser, &site, &args, &wanted).await? {
                let fault = format!("{}: {fault}", wanted.scene);
                found.entry(fault).or_default().push(wanted.clone());
            }
        }
    }
    browser.close().await?;
    Ok(found)
}

/// Inspects a screen, with a new window when the driver does not answer.
async fn inspect_with_retries(
    browser: &mut Browser,
    site: &str,
    args: &Args,
    wanted: &Wanted,
) -> Result<Vec<String>, Failed> {
    let mut tries = 0;
    loop {
        let inspected = inspect(browser, site, args, wanted);
        let why = match tokio::time::timeout(TIMEOUT, inspected).await {
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

async fn inspect(
    browser: &mut Browser,
    site: &str,
    args: &Args,
    wanted: &Wanted,
) -> Result<Vec<String>, Failed> {
    browser.resize(wanted.size).await?;
    browser.show(&wanted.address(site, args.scale)).await?;
    browser.set_theme(wanted.theme).await?;
    if !args.no_pictures {
        browser.picture(&args.folder.join(wanted.path())).await?;
    }
    let mut faults = browser.faults().await?;
    if wanted.is_judged_by_axe() {
        faults.extend(browser.breaches().await?);
    }
    Ok(faults)
}

fn print_faults(faults: &Faults) {
    for (fault, places) in faults {
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
