//! Code and docs name the source of a rule: a heading or a row of a page. A citation that leads nowhere
//! explains nothing, so each must exist.
//!
//! Comments cite a page by its path and a heading in italics (`docs/gateway.md, *The QR*`), or the first cell of a
//! table's row (`docs/gateway.md, row *rate limits*`). Pages link to each other: `[text](page.md#anchor)`.
//! docs/architecture.md also names files and functions: the steps of its walks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Folders that hold what was downloaded or built.
const NOT_OURS: [&str; 6] = [".git", "target", "node_modules", "dist", "gen", "bindings"];
/// The citations of a tree in which this test sees what it should.
const FEWEST_CITATIONS: usize = 30;
const FEWEST_LINKS: usize = 50;
const FEWEST_STEPS: usize = 25;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file of the project, by its path from the root.
fn texts() -> BTreeMap<PathBuf, String> {
    let mut texts = BTreeMap::new();
    let mut folders = vec![root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name();
            if entry.file_type().unwrap().is_dir() {
                if !NOT_OURS.iter().any(|other| name == *other) {
                    folders.push(entry.path());
                }
            } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
                let path = entry.path().strip_prefix(root()).unwrap().to_owned();
                texts.insert(path, text);
            }
        }
    }
    texts
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "md")
}

/// The lines of a page that are not within a block of code.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    page.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        in_code ^= fence;
        !in_code && !fence
    })
}

fn headings(page: &str) -> Vec<&str> {
    let titles = prose(page).filter(|line| line.starts_with('#'));
    titles
        .map(|line| line.trim_start_matches('#').trim())
        .collect()
}

/// The first cells of a page's tables.
fn rows(page: &str) -> Vec<&str> {
    let rows = prose(page).filter_map(|line| line.strip_prefix("| "));
    rows.filter_map(|row| row.split(" | ").next()).collect()
}

/// The anchors of a page's headings, as forges make them.
fn anchors(page: &str) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    for heading in headings(page) {
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let letters: String = heading.chars().filter(kept).collect();
        let anchor = letters.to_lowercase().replace(' ', "-");
        let numbered = (1..).map(|number| format!("{anchor}-{number}"));
        let free = std::iter::once(anchor.clone())
            .chain(numbered)
            .find(|free| !anchors.contains(free));
        anchors.extend(free);
    }
    anchors
}

/// A text without the marks of comments and without line ends: a citation may be wrapped.
fn joined(text: &str) -> String {
    let words = text.lines().map(|line| {
        let line = line.trim();
        let leaders = ["//!", "///", "//", "* ", "# "];
        let bare = leaders.iter().find_map(|leader| line.strip_prefix(leader));
        bare.unwrap_or(line).trim()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Each mention of a Markdown file in a text: its path, and what stands behind it.
fn mentions(text: &str) -> Vec<(String, &str)> {
    let of_path = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    text.match_indices(".md")
        .filter_map(|(at, ending)| {
            let (before, rest) = text.split_at(at);
            let behind = rest.strip_prefix(ending)?;
            let is_whole = !behind.starts_with(|c: char| c.is_ascii_alphanumeric());
            let stem = before.rsplit(|c| !of_path(c)).next()?;
            is_whole.then(|| (format!("{stem}{ending}"), behind))
        })
        .collect()
}

/// What a citation names.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Heading,
    Row,
}

/// What follows a mention of a page: `, *heading*`, `, row *cell*`, `, rows *cell* and *cell*`.
fn cited(behind: &str) -> Vec<(Kind, &str)> {
    let forms = [
        (", *", Kind::Heading),
        (", row *", Kind::Row),
        (", rows *", Kind::Row),
    ];
    let mut found = Vec::new();
    for (form, kind) in forms {
        let mut rest = behind.strip_prefix(form);
        while let Some((title, behind)) = rest.and_then(|begun| begun.split_once('*')) {
            found.push((kind, title));
            rest = behind.strip_prefix(" and *");
        }
    }
    found
}

#[test]
fn headings_and_rows_are_told_apart() {
    assert_eq!(cited(", *The QR*."), [(Kind::Heading, "The QR")]);
    let two = [(Kind::Row, "a"), (Kind::Row, "b")];
    assert_eq!(cited(", rows *a* and *b*)"), two);
    assert_eq!(cited(" explains it"), []);
}

#[test]
fn every_citation_names_a_heading_or_a_row_that_is_there() {
    let texts = texts();
    let docs: Vec<_> = texts
        .keys()
        .filter(|path| is_page(path) && path.starts_with("docs"))
        .filter_map(|path| path.file_name()?.to_str())
        .collect();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (path, text) in &texts {
        let text = joined(text);
        for (page, behind) in mentions(&text) {
            let place = path.display();
            if docs.contains(&page.as_str()) && !is_page(path) {
                wrong.push(format!("{place} cites {page}: write docs/{page}"));
            }
            if !page.starts_with("docs/") {
                continue;
            }
            let Some(cited_page) = texts.get(Path::new(&page)) else {
                wrong.push(format!("{place} cites {page}, which is not there"));
                continue;
            };
            for (kind, title) in cited(behind) {
                count += 1;
                let known = match kind {
                    Kind::Heading => headings(cited_page),
                    Kind::Row => rows(cited_page),
                };
                if !known.contains(&title) {
                    wrong.push(format!("{place} cites {page}, {kind:?} {title}: not there"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= FEWEST_CITATIONS, "only {count} citations are seen");
}

#[test]
fn every_link_of_a_page_leads_to_a_file_and_a_heading_that_are_there() {
    let texts = texts();
    let (mut wrong, mut followed) = (Vec::new(), 0);
    for (path, page) in texts.iter().filter(|(path, _)| is_page(path)) {
        let links = prose(page).flat_map(|line| line.split("](").skip(1));
        let targets = links.filter_map(|link| link.split(')').next());
        for target in targets.filter(|target| !target.contains(':')) {
            followed += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = match file {
                "" => path.clone(),
                file => normal(&path.with_file_name(file)),
            };
            let has_anchor = |page: &String| anchors(page).iter().any(|known| known == anchor);
            let is_there = if anchor.is_empty() {
                root().join(&file).exists()
            } else {
                texts.get(&file).is_some_and(has_anchor)
            };
            if !is_there {
                wrong.push(format!("{}: nothing is at {target}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(followed >= FEWEST_LINKS, "only {followed} links are seen");
}

#[test]
fn every_page_is_linked_from_another() {
    let texts = texts();
    let pages = || texts.iter().filter(|(path, _)| is_page(path));
    for (path, _) in pages().filter(|(path, _)| path.starts_with("docs")) {
        let name = path.file_name().unwrap().to_string_lossy();
        let ends = [format!("{name})"), format!("{name}#")];
        let linked = pages()
            .filter(|(other, _)| *other != path)
            .any(|(_, page)| ends.iter().any(|end| page.contains(end)));
        assert!(linked, "no page links to {}", path.display());
    }
}

/// A path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

/// The steps of the walks in docs/architecture.md: numbered, each with a file and the functions that it names.
#[test]
fn every_step_of_the_walks_is_a_function_that_is_there() {
    let texts = texts();
    let page = &texts[Path::new("docs/architecture.md")];
    let section = page
        .split("\n## ")
        .find(|part| part.starts_with("Five walks"));
    let lines = section.expect("the walks").lines();
    let steps = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    let (mut wrong, mut count) = (Vec::new(), 0);
    for step in steps {
        count += 1;
        let mut code = step.split('`').skip(1).step_by(2);
        let file = Path::new("src-tauri").join(code.next().unwrap_or_default());
        let function = code.next().unwrap_or_default();
        let is_there = texts.get(&file).is_some_and(|text| {
            ["(", "<"]
                .iter()
                .any(|end| text.contains(&format!("fn {function}{end}")))
        });
        if !is_there {
            wrong.push(format!("no {function} in {}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= FEWEST_STEPS, "only {count} steps are seen");
}
