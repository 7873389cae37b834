//! Names that were ruled out and must not come back. Each of them was used for several things, or said nothing to
//! somebody who did not know its file; docs/glossary.md has the words that took their place.

use std::process::Command;

use ringup_testkit::repository;

/// Patterns (extended regular expressions), and where they must not match.
const RULED_OUT: [(&str, &[&str]); 16] = [
    // Crates and their folders.
    (r"\<till::", &["*.rs", "*.md", "*.toml", "scripts"]),
    (
        r"(-p|--package)[ =](till|practice|trials|trade-day|million|bare)\>",
        &["*.md", "*.yml", "Makefile", "scripts"],
    ),
    (
        r"tests/(it|e2e|figures|bare|million|trade_day|trials|desktop)\>",
        &["."],
    ),
    // Modules.
    (
        r"\<mod (till|watch|points|words|copies|day|counter|looks|presets|shop);",
        &["src-tauri/core/src/lib.rs"],
    ),
    (
        r"\<mod (hear|answer|movement|detail);",
        &["src-tauri/core/src/sale"],
    ),
    (
        r"\<mod (wanted|rows|day|book|forget);",
        &["src-tauri/core/src/journal"],
    ),
    (
        r"\<mod (pace|pacer|rounds|budget);",
        &["src-tauri/core/src/polling"],
    ),
    (
        r"\<mod (talk|wire|ink|sheet|facts);",
        &["src-tauri/core/src/printer", "src-tauri/core/src/receipt"],
    ),
    (
        r"\<mod (shown|customer|engine|screen);",
        &["src-tauri/windows"],
    ),
    (r"\<mod (platter|tally|words|lie|eye|hand);", &["tests"]),
    // Types, variants, functions.
    (
        r"\<(struct|enum|type|trait) (Asked|Heard|Wish|Place|Turn|Course|Usual|Found|Desk|Talked|Kept|Moved|Movement|TakenBack|Pacer|Rounds|Lie|Tally)\>",
        &["src-tauri", "tests"],
    ),
    (r"\<(Opened|Closing)::Before\>|\<Talked::Mute\>", &["*.rs"]),
    (
        r"\<fn (come_to|comes_to|off_the_loop|practise_anew|lend|page_is|tell|tidy|checked|look|rouse|word)\>",
        &["src-tauri", ":!src-tauri/practice", ":!*/tests/*"],
    ),
    // Screens.
    (
        r"\<(Typed|Told|Onlooker|Hearing|heardOf|giveBack|Remembered)\>",
        &["ui/src", "ui/dev", "ui/tests"],
    ),
    (
        r#"/(wear|open|guard|rest|draft)(\.svelte)?(\.ts)?""#,
        &["ui/src", "ui/dev", "ui/tests"],
    ),
    (
        r"\<(Face|Rail|Sign|Band|Spoken|Stopped|Broken|Checked|Sold)\.svelte\>",
        &["ui"],
    ),
];

/// Files of these names must not exist.
const FILES: &[&str] = &[
    "src-tauri/till",
    "src-tauri/commands",
    "src-tauri/counter.rs",
    "tests/it",
    "tests/e2e",
    "ui/src/parts/Face.svelte",
];

/// What `git` prints.
fn git(arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    let output = git.args(arguments).current_dir(repository()).output();
    let output = output.expect("git is installed");
    // `git grep` ends with 1 when it finds nothing.
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn names_that_were_ruled_out_are_nowhere() {
    let itself = ":!tests/integration/old_names.rs";
    let mut found = git(&[&["ls-files", "--"], FILES].concat());
    for (pattern, places) in RULED_OUT {
        found += &git(&[&["grep", "-nE", pattern, "--", itself], places].concat());
    }
    assert!(found.is_empty(), "{found}");
}
