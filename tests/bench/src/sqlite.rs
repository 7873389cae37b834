//! The peer of queries: the `sqlite3` command on the same file.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::Failed;
use crate::shop::Shop;
use crate::spread::ms;

/// How many queries the peer gets: some take a second each, and five in the largest book.
const ASKED: usize = 10;
const ASKED_OF_LARGEST: usize = 3;
const LARGEST: u32 = 2_000_000;

/// The times of the peer, milliseconds.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Peer {
    /// The mean time of a query, of several in one process.
    pub(crate) in_one_process_ms: f64,
    /// The median time of one query with the start of its process.
    pub(crate) with_start_ms: f64,
}

/// Measures the first few of these queries.
pub(crate) fn measure(shop: &Shop, questions: &[String]) -> Result<Peer, Failed> {
    let journal = &shop.journal();
    let most = if shop.sales > LARGEST {
        ASKED_OF_LARGEST
    } else {
        ASKED
    };
    let questions: Vec<&str> = questions.iter().take(most).map(String::as_str).collect();
    let mut single = Vec::new();
    let mut bare = Vec::new();
    for question in &questions {
        single.push(asked(journal, question)?);
        bare.push(asked(journal, "SELECT 1;")?);
    }
    let all = asked(journal, &questions.join("\n"))?;
    let begun = median(bare);
    let count = u32::try_from(questions.len().max(1)).unwrap_or(u32::MAX);
    Ok(Peer {
        in_one_process_ms: ms(all.saturating_sub(begun) / count),
        with_start_ms: ms(median(single)),
    })
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// How long a process takes for all of this.
pub(crate) fn asked(journal: &Path, questions: &str) -> Result<Duration, Failed> {
    let begun = Instant::now();
    answer(journal, questions, Stdio::null())?;
    Ok(begun.elapsed())
}

/// The first column of the result.
pub(crate) fn numbers(journal: &Path, question: &str) -> Result<Vec<u32>, Failed> {
    let text = answer(journal, question, Stdio::piped())?;
    let cells = text.lines().filter_map(|line| line.split('|').next());
    Ok(cells.filter_map(|cell| cell.parse().ok()).collect())
}

fn answer(journal: &Path, questions: &str, out: Stdio) -> Result<String, Failed> {
    let mut child = Command::new("sqlite3")
        .args(["-batch", "-bail", "-readonly"])
        .arg(journal)
        .stdin(Stdio::piped())
        .stdout(out)
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(questions.as_bytes())?;
        stdin.write_all(b"\n")?;
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(Failed::Other(format!("sqlite3 refused: {questions}")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
