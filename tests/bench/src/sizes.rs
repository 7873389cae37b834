//! Sizes: the program, its packages, what they install, the number of dependencies. The packages are measured only after
//! `make package`.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Failed;
use crate::figures::{Figures, Row};

const SUBJECT: &str = "sizes";
const PACKAGES: &str = "target/package";
const SCREENS: &str = "ui/dist/assets";
/// The package of the bare window.
const BASELINE: &str = "webview-baseline";
const MIB: f64 = 1_048_576.0;

pub(crate) fn measure(folder: &Path, figures: &mut Figures) -> Result<(), Failed> {
    if !figures.wants_some(SUBJECT) {
        return Ok(());
    }
    program(folder, figures)?;
    packages(figures)?;
    crates(figures)?;
    screens(folder, figures)
}

fn program(folder: &Path, figures: &mut Figures) -> Result<(), Failed> {
    const WHAT: &str = "the program, stripped";
    let built = ["target/release/ringup", "target/package/ringup"];
    let Some(program) = built.iter().map(Path::new).find(|path| path.exists()) else {
        figures.leave_out(
            WHAT,
            "neither `make package` nor a release build has made it",
        );
        return Ok(());
    };
    let baseline = Path::new("target/release").join(BASELINE);
    figures.add(Row {
        peer: baseline.exists().then(|| "bare window".to_owned()),
        peer_median: baseline
            .exists()
            .then(|| stripped(folder, &baseline))
            .transpose()?,
        ..row(WHAT, "MiB", stripped(folder, program)?)
    });
    Ok(())
}

/// The size of a program without its symbols, MiB.
fn stripped(folder: &Path, program: &Path) -> Result<f64, Failed> {
    let bare = folder.join("stripped");
    let done = Command::new("strip")
        .args(["--strip-all", "-o"])
        .args([&bare, program])
        .status()?;
    if !done.success() {
        let program = program.display();
        return Err(Failed::Other(format!("strip refused {program}")));
    }
    let size = mib(&bare)?;
    std::fs::remove_file(bare)?;
    Ok(size)
}

fn packages(figures: &mut Figures) -> Result<(), Failed> {
    let unmade = "`make package` was not run";
    for (what, suffix) in [("the .deb", "deb"), ("the .rpm", "rpm")] {
        match package(suffix)? {
            Some(path) => figures.add(row(what, "MiB", mib(&path)?)),
            None => figures.leave_out(what, unmade),
        }
    }
    const INSTALLED: &str = "installed";
    match package("deb")? {
        Some(deb) => {
            let said = said(
                Command::new("dpkg-deb")
                    .arg("-f")
                    .arg(deb)
                    .arg("Installed-Size"),
            )?;
            let kib: f64 = said.trim().parse().unwrap_or(0.0);
            figures.add(row(INSTALLED, "MiB", kib / 1024.0));
        }
        None => figures.leave_out(INSTALLED, unmade),
    }
    const BROUGHT: &str = "what the .deb brings to a bare Debian 12";
    match std::fs::read_to_string(Path::new(PACKAGES).join("brought")) {
        Ok(said) => figures.add(row(BROUGHT, "packages", said.trim().parse().unwrap_or(0.0))),
        Err(_) => figures.leave_out(BROUGHT, "`scripts/try-package` was not run: it counts them"),
    }
    Ok(())
}

/// The newest package of the till with this suffix.
fn package(suffix: &str) -> Result<Option<PathBuf>, Failed> {
    if !Path::new(PACKAGES).exists() {
        return Ok(None);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(PACKAGES)? {
        let path = entry?.path();
        let is_office = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("ringup-office"));
        if !is_office && path.extension().is_some_and(|ends| ends == suffix) {
            found.push((path.metadata()?.modified()?, path));
        }
    }
    Ok(found.into_iter().max().map(|(_, path)| path))
}

fn crates(figures: &mut Figures) -> Result<(), Failed> {
    let baseline = crates_of(BASELINE).ok();
    figures.add(Row {
        peer: baseline.map(|_| "bare window".to_owned()),
        peer_median: baseline,
        ..row("crates in the program", "crates", crates_of("ringup")?)
    });
    Ok(())
}

/// The number of crates that are linked into a package's program, itself not counted.
fn crates_of(package: &str) -> Result<f64, Failed> {
    let tree = said(Command::new("cargo").args([
        "tree",
        "--offline",
        "--package",
        package,
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]))?;
    let named = tree.lines().map(|line| line.trim_end_matches(" (*)"));
    let all: BTreeSet<&str> = named.filter(|line| !line.is_empty()).collect();
    Ok(all.len().saturating_sub(1) as f64)
}

fn screens(folder: &Path, figures: &mut Figures) -> Result<(), Failed> {
    const WHAT: &str = "the screens' code";
    if !Path::new(SCREENS).exists() {
        figures.leave_out(WHAT, "the screens are not built");
        return Ok(());
    }
    let (mut plain, mut packed) = (0.0, 0.0);
    for entry in std::fs::read_dir(SCREENS)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|ends| ends == "js" || ends == "css")
        {
            let bytes = std::fs::read(&path)?;
            plain += bytes.len() as f64;
            packed += gzip(bytes)?;
        }
    }
    for (what, bytes) in [
        ("JavaScript and CSS of all screens", plain),
        ("the same, gzip", packed),
    ] {
        figures.add(row(what, "KiB", bytes / 1024.0));
    }
    figures.add(row(
        "npm packages in them",
        "packages",
        npm_packages(folder)?,
    ));
    Ok(())
}

/// The size of these bytes after compression.
fn gzip(bytes: Vec<u8>) -> Result<f64, Failed> {
    let mut child = Command::new("gzip")
        .arg("-9")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let writing = child
        .stdin
        .take()
        .map(|mut stdin| std::thread::spawn(move || stdin.write_all(&bytes)));
    let output = child.wait_with_output()?;
    if let Some(writing) = writing {
        writing
            .join()
            .map_err(|_panic| Failed::Other("gzip was given nothing".to_owned()))??;
    }
    Ok(output.stdout.len() as f64)
}

/// The number of npm packages in the screens, counted in source maps. These need a build of their own: the shipped one
/// has none.
fn npm_packages(folder: &Path) -> Result<f64, Failed> {
    let out = std::path::absolute(folder.join("screens"))?;
    let mut build = Command::new("npm");
    build
        .args(["--prefix", "ui", "exec", "--", "vite", "build", "ui"])
        .args(["--config", "ui/vite.config.ts"])
        .args(["--logLevel", "error", "--sourcemap", "--emptyOutDir"]);
    said(build.arg("--outDir").arg(&out))?;
    let mut packages = BTreeSet::new();
    for entry in std::fs::read_dir(out.join("assets"))? {
        let path = entry?.path();
        if path.extension().is_none_or(|ends| ends != "map") {
            continue;
        }
        let map: serde_json::Value = serde_json::from_slice(&std::fs::read(path)?)?;
        let sources = map.get("sources").and_then(|sources| sources.as_array());
        for source in sources
            .into_iter()
            .flatten()
            .filter_map(|source| source.as_str())
        {
            let Some((_, inside)) = source.rsplit_once("node_modules/") else {
                continue;
            };
            let words = if inside.starts_with('@') { 2 } else { 1 };
            let name: Vec<&str> = inside.split('/').take(words).collect();
            packages.insert(name.join("/"));
        }
    }
    std::fs::remove_dir_all(out)?;
    Ok(packages.len() as f64)
}

fn said(command: &mut Command) -> Result<String, Failed> {
    let output = command.output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(Failed::Other(format!("{command:?}: {said}")))
    }
}

fn mib(path: &Path) -> Result<f64, Failed> {
    Ok(path.metadata()?.len() as f64 / MIB)
}

/// A row of this subject.
fn row(what: &str, unit: &'static str, median: f64) -> Row {
    Row {
        subject: SUBJECT,
        what: what.to_owned(),
        unit,
        median,
        runs: 1,
        ..Row::default()
    }
}
