//! Which file lies at a path, and whether it was written to since: what tells that another file has taken its place.
//! Files are never opened for it, because closing one would drop the locks that SQLite holds on the journal (SQLite,
//! *How To Corrupt*, 2.2).

use std::fs;
use std::io;
use std::path::Path;

/// What identifies a file or folder whatever it is called: its device and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileId {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    number: u64,
}

/// A file as it lies at a path, through links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileState {
    /// `None` on Windows, which tells it only of an open file. SQLite opens files there so that nobody can rename or
    /// replace them while they are open.
    pub(crate) id: Option<FileId>,
    /// Bytes.
    pub(crate) size: u64,
    /// When its content, its names or its rights were last changed, nanoseconds since 1970; no program can set it.
    changed_ns: i128,
}

/// The file at a path; `None`: there is none.
///
/// # Errors
/// Those of the file system.
pub(crate) fn file_state(path: &Path) -> io::Result<Option<FileState>> {
    match fs::metadata(path) {
        Ok(found) => Ok(Some(of(&found))),
        Err(error) if is_missing(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What identifies the file at a path, if there is one and the system tells.
pub(crate) fn file_id(path: &Path) -> Option<FileId> {
    file_state(path).ok().flatten()?.id
}

fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

#[cfg(unix)]
fn of(found: &fs::Metadata) -> FileState {
    use std::os::unix::fs::MetadataExt as _;
    FileState {
        id: Some(FileId {
            device: found.dev(),
            number: found.ino(),
        }),
        size: found.len(),
        changed_ns: i128::from(found.ctime()) * 1_000_000_000 + i128::from(found.ctime_nsec()),
    }
}

#[cfg(not(unix))]
fn of(found: &fs::Metadata) -> FileState {
    let modified = found.modified().ok();
    let since = modified.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    FileState {
        id: None,
        size: found.len(),
        changed_ns: since.map_or(0, |it| i128::try_from(it.as_nanos()).unwrap_or(i128::MAX)),
    }
}
