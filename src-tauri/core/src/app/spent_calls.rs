//! When the gateway was called in the last minute, in a file: a till that is started again must not spend the budget
//! of that minute a second time (docs/polling.md, *How many calls may be made*).
//!
//! It is a hint, not a record: nothing is flushed, and a file that cannot be read or written costs nothing but the
//! memory of a minute.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::files;

/// The file's name in a data folder.
pub(crate) const SPENT_CALLS: &str = "gateway-calls";
/// Beyond this it begins anew when a till is opened, bytes: some thousand calls.
const MOST_BYTES: u64 = 64 * 1024;

/// The file, one time a line; `None` for a till that only reads.
#[derive(Debug)]
pub(super) struct SpentCalls(Option<File>);

impl SpentCalls {
    /// Opens the file, and returns the times in it.
    pub(super) fn open(data_dir: &Path) -> (Self, Vec<UnixMs>) {
        let path = data_dir.join(SPENT_CALLS);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let times = text.lines().filter_map(|line| line.parse().ok());
        let times = times.map(UnixMs);
        let times = times
            .filter(|_| !breaks::is(Break::RestartForgetsCalls))
            .collect();
        let opened = files::open_appended(&path).inspect(|file| {
            if file.metadata().is_ok_and(|it| it.len() > MOST_BYTES) {
                file.set_len(0).ok();
            }
        });
        let file = opened.inspect_err(|error| {
            tracing::warn!(%error, "the gateway's calls are not remembered over a restart");
        });
        (Self(file.ok()), times)
    }

    /// A till that only reads and calls nobody.
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// A call is about to be sent.
    pub(super) fn add(&self, now: UnixMs) {
        if let Some(mut file) = self.0.as_ref() {
            // One write, so that two programs do not mix their lines.
            file.write_all(format!("{}\n", now.0).as_bytes()).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_till_knows_the_calls_of_this_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let (first, before) = SpentCalls::open(folder.path());
        assert_eq!(before, []);
        first.add(UnixMs(1_800_000_000_000));
        first.add(UnixMs(1_800_000_002_143));
        let (_, times) = SpentCalls::open(folder.path());
        assert_eq!(
            times,
            [UnixMs(1_800_000_000_000), UnixMs(1_800_000_002_143)]
        );
    }

    #[test]
    fn what_is_no_time_is_passed_over_and_a_long_file_begins_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(SPENT_CALLS);
        let long = format!("torn\n\n{}7\n", "12\n".repeat(30_000));
        std::fs::write(&path, long).expect("written");
        let (file, times) = SpentCalls::open(folder.path());
        assert_eq!(times.last(), Some(&UnixMs(7)));
        file.add(UnixMs(8));
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "8\n");
    }
}
