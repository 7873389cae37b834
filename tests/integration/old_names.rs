//! Names that were ruled out and must not come back: one thing has one name (docs/glossary.md). Each was used for
//! several things, or said nothing to a reader who did not know its file.

use std::process::Command;

use ringup_testkit::repository;

/// A pattern (an extended regular expression), and where it must not match.
const RULED_OUT: [(&str, &[&str]); 17] = [
    // Crates and their folders.
    (r"\<till::", &["*.rs", "*.md", "*.toml", "scripts"]),
    (
        r"(-p|--package)[ =](till|practice|trials|trade-day|million|bare)\>",
        &["*.md", "*.yml", "Makefile", "scripts"],
    ),
    (
        r"src-tauri/(till|counter\.rs|commands)\>|tests/(it|e2e|figures|bare|million|trade_day|trials|desktop)\>",
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
    // Types.
    (
        r"\<(struct|enum|type|trait) (Asked|Heard|Wish|Place|Turn|Course|Usual|Found|Desk|Talked|Kept|Moved|Movement|TakenBack|Pacer|Rounds|Lie|Tally|Mood|Spoilt)\>",
        &["src-tauri", "tests"],
    ),
    (r"\<(Opened|Closing)::Before\>|\<Talked::Mute\>", &["*.rs"]),
    // Functions.
    (
        r"\<fn (come_to|comes_to|word|off_the_loop|answered|practise_anew|lend|page_is|tell|tidy|checked|look|rouse)\>",
        &["src-tauri"],
    ),
    // Screens.
    (
        r"\<(Typed|Told|Onlooker|Hearing|heardOf|giveBack|Remembered)\>",
        &["ui/src", "ui/dev", "ui/tests"],
    ),
    (
        r"/(wear|open|guard|rest|draft)(\.svelte)?(\.ts)?\x22",
        &["ui/src", "ui/dev", "ui/tests"],
    ),
    (
        r"/(Face|Rail|Sign|Band|Spoken|Stopped|Broken|Checked|Sold)\.svelte\>",
        &["ui"],
    ),
    (r"\<(None|Before|Mute): none\>|[Nn]one: none\>", &["*.rs"]),
];

#[test]
fn names_that_were_ruled_out_are_nowhere() {
    for (pattern, places) in RULED_OUT {
        let found = Command::new("git")
            .args(["grep", "-nE", pattern, "--"])
            .args(places)
            .arg(":!tests/integration/old_names.rs")
            .current_dir(repository())
            .output()
            .unwrap();
        assert_ne!(found.status.code(), Some(2), "{pattern}");
    }
}
