//! The core's modules form layers: docs/architecture.md lists them from the bottom, and no module refers to one in a
//! higher layer. Arrows in both directions would make a module impossible to read, test or move alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ringup_testkit::repository;

use crate::source::source_files;

const CORE: &str = "src-tauri/core/src";

/// The height of each module's layer, from the list below the heading *Layers*.
fn heights() -> BTreeMap<String, usize> {
    let page = std::fs::read_to_string(repository().join("docs/architecture.md")).unwrap();
    let section = page.split("\n## Layers\n").nth(1).expect("the heading");
    let list = section.split("```").nth(1).expect("the list");
    let layers = list.lines().filter(|line| !line.is_empty()).zip(1..);
    let mut heights = BTreeMap::new();
    for (layer, height) in layers {
        for module in layer.split_whitespace() {
            let before = heights.insert(module.to_owned(), height);
            assert_eq!(before, None, "{module} is listed twice");
        }
    }
    heights
}

/// The module that a file below the core's `src` belongs to; `None`: the file is a test, or `lib.rs`.
fn module_of(path: &Path) -> Option<String> {
    let path = path.strip_prefix(repository().join(CORE)).unwrap();
    let mut names = path
        .iter()
        .map(|name| name.to_str().unwrap().trim_end_matches(".rs"));
    let module = names.next().unwrap().to_owned();
    let is_test = names.any(|name| name == "tests" || name.ends_with("_tests"));
    (!is_test && module != "lib").then_some(module)
}

/// The modules that this code names as `crate::module`. A type at the root is one that `lib.rs` re-exports from `app`;
/// a constant there is of `lib.rs` itself, which is no module.
fn named(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let paths = match after.strip_prefix('{') {
            None => vec![after],
            Some(group) => parts(group),
        };
        for path in paths {
            let ends = |c: char| !c.is_alphanumeric() && c != '_';
            let name = path.trim_start().split(ends).next().unwrap();
            let is_constant = !name.contains(char::is_lowercase);
            if name.starts_with(char::is_uppercase) && !is_constant {
                named.insert("app".to_owned());
            } else if !is_constant {
                named.insert(name.to_owned());
            }
        }
    }
    named
}

/// The parts of `a, b::{c, d}, e};`, up to the bracket that closes the group.
fn parts(group: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut parts) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(group.get(begin..at).unwrap_or_default());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(group.get(begin..at).unwrap_or_default());
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts
}

/// The code of a file without its comments and without the tests at its end.
fn code_of(text: &str) -> String {
    let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_module_of_the_core_refers_to_a_higher_layer() {
    let heights = heights();
    let mut modules = BTreeSet::new();
    let mut arrows_up = BTreeSet::new();
    for path in source_files(CORE) {
        let Some(module) = module_of(&path) else {
            continue;
        };
        modules.insert(module.clone());
        let text = std::fs::read_to_string(&path).unwrap();
        for target in named(&code_of(&text)) {
            // Names that are no module: what `lib.rs` re-exports of `files`.
            let Some(height) = heights.get(&target) else {
                continue;
            };
            if *height > heights[&module] {
                let path = path.strip_prefix(repository()).unwrap();
                arrows_up.insert(format!("{} refers to {target}", path.display()));
            }
        }
    }
    let listed: BTreeSet<String> = heights.into_keys().collect();
    assert_eq!(listed, modules, "docs/architecture.md lists every module");
    assert!(arrows_up.is_empty(), "{arrows_up:#?}");
}

#[test]
fn every_way_to_name_a_module_is_seen() {
    let code = "use crate::money::{Money, Currency}; use crate::{clock::{self, Clock}, ids, Till};
        let x: crate::qr::QrError; pub(crate) fn f() {} crate::APP_ID;";
    let seen = named(code);
    let expected = ["app", "clock", "ids", "money", "qr"];
    assert_eq!(seen, expected.map(str::to_owned).into());
}
