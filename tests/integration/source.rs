//! Rules about the source itself: no floats in the core, a complete map, dependencies between the crates.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use ringup_testkit::repository;
use serde_json::Value;

/// The Rust, TypeScript and Svelte files below a folder of the repository.
pub(crate) fn source_files(folder: &str) -> Vec<PathBuf> {
    let mut open = vec![repository().join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let kind = path.extension().and_then(|kind| kind.to_str());
            match kind {
                _ if path.is_dir() => open.push(path),
                Some("rs" | "ts" | "svelte") => files.push(path),
                _ => {}
            }
        }
    }
    files
}

#[test]
fn no_float_comes_near_money() {
    let files = source_files("src-tauri/core/src");
    assert!(files.len() > 30, "the till's source is here");
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            // As a type, or at the end of a number: 1_f64.
            let float = words.find(|word| word.ends_with("f32") || word.ends_with("f64"));
            assert_eq!(float, None, "{}:{}", path.display(), number + 1);
        }
    }
}

/// The paths that the map in docs/architecture.md names. Modules of a crate stand there without `src`.
fn mapped() -> BTreeSet<PathBuf> {
    let page = std::fs::read_to_string(repository().join("docs/architecture.md")).unwrap();
    let map = page.split("```").nth(1).expect("the map stands first");
    let mut above: Vec<PathBuf> = Vec::new();
    let mut named = BTreeSet::new();
    for line in map.lines().filter(|line| !line.is_empty()) {
        let words = line.trim_start();
        let depth = (line.len() - words.len()) / 2;
        above.truncate(depth);
        let folder = above.last().cloned().unwrap_or_default();
        let names = words.split("  ").next().unwrap_or_default();
        for name in names.split(' ') {
            let path = folder.join(name.trim_end_matches('/'));
            named.insert(path.clone());
            if name.ends_with('/') {
                let sources = path.join("src");
                let is_crate = repository().join(&path).join("Cargo.toml").exists();
                above.push(if is_crate { sources } else { path });
            }
        }
    }
    named
}

/// The entries of a folder.
fn entries(folder: &str) -> impl Iterator<Item = PathBuf> {
    let listed = std::fs::read_dir(repository().join(folder)).unwrap();
    let folder = PathBuf::from(folder);
    listed.map(move |entry| folder.join(entry.unwrap().file_name()))
}

#[test]
fn the_map_names_every_module_and_nothing_that_is_gone() {
    let mapped = mapped();
    for path in &mapped {
        assert!(
            repository().join(path).exists(),
            "{} is gone",
            path.display()
        );
    }
    let rust = entries("src-tauri").chain(entries("src-tauri/core/src"));
    let folders = ["ui", "ui/src", "tests"].into_iter().flat_map(entries);
    let folders = folders.filter(|path| repository().join(path).is_dir());
    let made = ["ui/dist", "ui/node_modules", "src-tauri/core/src/lib.rs"].map(PathBuf::from);
    let all = rust.chain(folders).filter(|path| !made.contains(path));
    let missing: Vec<_> = all.filter(|path| !mapped.contains(path)).collect();
    assert!(missing.is_empty(), "not on the map: {missing:?}");
}

/// The packages of this workspace, and those of Tauri, that a package names in its Cargo.toml, for its tests too.
fn arrows(package: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .current_dir(repository())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let found = packages.iter().find(|found| found["name"] == package);
    let mut names: Vec<String> = found.unwrap()["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|dependency| dependency["name"].as_str().unwrap().to_owned())
        .filter(|name| {
            // A package may name itself, to turn on its own features for its tests.
            name != package
                && (name.starts_with("tauri")
                    || packages.iter().any(|package| package["name"] == **name))
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn till_and_practice_do_not_know_each_other_nor_the_screen() {
    assert_eq!(arrows("ringup-core"), [""; 0]);
    assert_eq!(arrows("ringup-practice"), [""; 0]);
    let app = arrows("ringup");
    assert!(app.contains(&"ringup-core".to_owned()) && app.contains(&"ringup-practice".to_owned()));
    assert!(app.contains(&"tauri".to_owned()), "this test can see Tauri");
}
