//! docs/faults.md lists what the till guarantees when something fails, and the test that shows it. These tests check that
//! every row is complete and names a test that exists.

use std::collections::BTreeMap;
use std::path::Path;

const KINDS: [&str; 7] = [
    "network", "server", "clock", "disk", "process", "user", "machine",
];
const COLUMNS: usize = 9;
const LEAST_ROWS: usize = 120;

fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).ok()
}

/// The cells of each row: number, kind, case, guarantee, injected fault, cashier, journal, test, seen to fail.
fn rows() -> Vec<Vec<String>> {
    let text = read("docs/faults.md").expect("the table");
    text.lines()
        .filter(|line| {
            let number = line.strip_prefix("| ");
            number.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
        .map(|line| {
            let cells = line.trim_matches('|').split(" | ");
            cells.map(|cell| cell.trim().to_owned()).collect()
        })
        .collect()
}

/// Whether a file declares a test of this name: a Rust function with `#[test]`, or an `it(…)` of the screens' tests.
fn is_declared(text: &str, file: &str, name: &str) -> bool {
    if file.ends_with(".rs") {
        let declared = format!("fn {name}(");
        // The attributes are the lines directly above it.
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        let place = lines.iter().position(|line| {
            let line = line.strip_prefix("async ").unwrap_or(line);
            line.starts_with(&declared)
        });
        place.is_some_and(|place| {
            let above = lines[..place].iter().rev();
            let mut attributes = above.take_while(|line| line.starts_with("#["));
            attributes.any(|line| *line == "#[test]" || line.starts_with("#[tokio::test"))
        })
    } else {
        text.contains(&format!("it(\"{name}\""))
    }
}

#[test]
fn every_row_is_whole_and_names_a_test_that_is_there() {
    let rows = rows();
    assert!(rows.len() >= LEAST_ROWS, "{} rows", rows.len());
    let mut kinds = BTreeMap::new();
    let mut cases = BTreeMap::new();
    for (row, number) in rows.iter().zip(1..) {
        assert_eq!(row.len(), COLUMNS, "{row:?}");
        assert_eq!(row[0], number.to_string(), "rows are counted: {row:?}");
        for cell in row {
            assert!(
                !cell.is_empty() && cell != "-" && cell != "…",
                "an empty cell: {row:?}"
            );
        }
        assert!(KINDS.contains(&row[1].as_str()), "{row:?}");
        *kinds.entry(row[1].clone()).or_insert(0) += 1;
        let before = cases.insert(row[2].clone(), number);
        assert_eq!(before, None, "told twice: {row:?}");

        for test in row[7].split("<br>") {
            let test = test.trim_matches('`');
            let (file, name) = test.split_once("::").unwrap_or_else(|| panic!("{row:?}"));
            let text = read(file).unwrap_or_else(|| panic!("row {number}: there is no {file}"));
            assert!(
                is_declared(&text, file, name),
                "row {number}: {file} has no test {name}"
            );
        }
    }
    for kind in KINDS {
        assert!(kinds.contains_key(kind), "no row about {kind}");
    }
}

/// Each row says how the code was broken to see its test fail.
#[test]
fn every_row_says_what_was_broken() {
    for row in rows() {
        let broken = row[8].to_lowercase();
        let words = broken.split_whitespace().count();
        assert!(words >= 2, "row {}: {broken}", row[0]);
        for excuse in [
            "todo",
            "not yet",
            "unproven",
            "n/a",
            "nothing was broken",
            "?",
        ] {
            assert!(!broken.contains(excuse), "row {}: {broken}", row[0]);
        }
    }
}

#[test]
fn one_test_makes_no_two_promises_that_differ() {
    let mut promised: BTreeMap<String, (String, String)> = BTreeMap::new();
    for row in rows() {
        for test in row[7].split("<br>") {
            let promise = (row[3].clone(), row[6].clone());
            let before = promised.insert(test.to_owned(), promise.clone());
            assert!(
                before.is_none_or(|before| before == promise),
                "{test} is named for rows that promise different things: {row:?}"
            );
        }
    }
}
