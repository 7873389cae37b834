//! When the till last looked, and the file that it found, kept over a restart. The file is kept as it came, with its
//! signature, and proved anew whenever it is read: what somebody writes into the data folder is believed no more than what
//! a server sends.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::decision::LastLook;
use super::notice::{MAX_BYTES, UpdateTrouble, read_notice};
use crate::clock::UnixMs;
use crate::files::{self, FolderFlush};
use crate::settings::{UpdateSettings, UpdateSource};

/// The file's name in a data folder.
const UPDATES: &str = "updates.json";

/// The last look, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptLook {
    at_unix_ms: UnixMs,
    /// Where it looked. Another address, or another key, was never looked at.
    of: UpdateSettings,
    found: KeptOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KeptOutcome {
    File(String),
    Trouble(UpdateTrouble),
}

impl KeptLook {
    /// What came of a look at this moment.
    pub(crate) fn new(
        at: UnixMs,
        of: &UpdateSettings,
        found: Result<Vec<u8>, UpdateTrouble>,
    ) -> Self {
        let text = |file| String::from_utf8(file).or(Err(UpdateTrouble::NotSigned));
        Self {
            at_unix_ms: at,
            of: of.clone(),
            found: match found.and_then(text) {
                Ok(file) => KeptOutcome::File(file),
                Err(trouble) => KeptOutcome::Trouble(trouble),
            },
        }
    }

    /// What the look says to a till with these settings; `None`: it looked elsewhere.
    pub(crate) fn proved(&self, of: &UpdateSettings, source: &UpdateSource) -> Option<LastLook> {
        (self.of == *of).then(|| LastLook {
            at: self.at_unix_ms,
            found: match &self.found {
                KeptOutcome::File(file) => read_notice(file.as_bytes(), source),
                KeptOutcome::Trouble(trouble) => Err(*trouble),
            },
        })
    }
}

/// The file that keeps it.
#[derive(Debug)]
pub(crate) struct LookFile(PathBuf);

impl LookFile {
    pub(crate) fn in_folder(data_dir: &Path) -> Self {
        Self(data_dir.join(UPDATES))
    }

    /// What is kept; `None` when there is nothing, or nothing that can be read.
    pub(crate) fn read(&self) -> Option<KeptLook> {
        use io::Read as _;
        let mut text = Vec::new();
        // A notice in JSON's own escapes, and what stands around it.
        let longest = 8 * MAX_BYTES as u64;
        let file = std::fs::File::open(&self.0).ok()?;
        file.take(longest).read_to_end(&mut text).ok()?;
        serde_json::from_slice(&text).ok()
    }

    pub(crate) fn write(&self, look: &KeptLook) -> io::Result<FolderFlush> {
        files::replace(&self.0, &serde_json::to_vec(look)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWER: &[u8] = include_bytes!("samples/newer.notice");

    fn settings(key: &str) -> UpdateSettings {
        UpdateSettings {
            address: Some("https://shop.example/ringup.notice".into()),
            key: Some(key.trim().into()),
        }
    }

    #[test]
    fn what_was_found_is_known_after_a_restart_and_proved_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = settings(include_str!("samples/test.pub"));
        let other = settings(include_str!("samples/other.pub"));
        let file = LookFile::in_folder(folder.path());
        assert_eq!(file.read(), None);
        let look = KeptLook::new(UnixMs(7), &own, Ok(NEWER.to_vec()));
        file.write(&look).expect("written");
        let kept = LookFile::in_folder(folder.path()).read().expect("kept");
        assert_eq!(kept, look);
        let proved = kept.proved(&own, &own.source().expect("a source"));
        assert!(proved.is_some_and(|look| look.at == UnixMs(7) && look.found.is_ok()));
        // Another key in the settings: nothing was asked of it.
        assert_eq!(
            kept.proved(&other, &other.source().expect("a source")),
            None
        );

        let text = std::fs::read_to_string(folder.path().join(UPDATES)).expect("read");
        std::fs::write(
            folder.path().join(UPDATES),
            text.replace("99.1.0", "99.2.0"),
        )
        .expect("written");
        let changed = file.read().expect("kept");
        let proved = changed.proved(&own, &own.source().expect("a source"));
        let found = proved.map(|look| look.found);
        assert_eq!(found, Some(Err(UpdateTrouble::NotSigned)));
    }

    #[test]
    fn a_file_that_is_none_is_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        for text in [
            "",
            "{}",
            "[1]",
            r#"{"at_unix_ms":1,"of":{},"found":{"trouble":"of a later version"}}"#,
        ] {
            std::fs::write(folder.path().join(UPDATES), text).expect("written");
            assert_eq!(LookFile::in_folder(folder.path()).read(), None, "{text}");
        }
    }
}
