//! Files that the till writes: readable by their owner alone, and replaced whole or not at all, so that a power cut
//! or a full disk never leaves half a file under a name that matters.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

mod identity;
mod output_path;

/// The name of the journal's file in a data folder.
pub(crate) const JOURNAL_FILE: &str = "journal.sqlite";

pub(crate) use identity::{FileState, file_id, file_state};
pub(crate) use output_path::OutputPath;
pub use output_path::ProtectedFile;

use crate::clock::UnixMs;

/// "RING" in ASCII: the application id by which a SQLite file is known as a journal.
pub(crate) const JOURNAL_APPLICATION_ID: i64 = 0x5249_4E47;

/// The name of practice mode's folder in the data folder.
pub(crate) const PRACTICE_FOLDER: &str = "practice";

/// Makes a folder (and those above it) that only its owner may open.
///
/// # Errors
/// Those of the file system.
pub fn make_private_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Makes an empty file that only its owner may read, unless there is one.
pub(crate) fn make_private_file(path: &Path) -> io::Result<()> {
    match private().create_new(true).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Opens a file to lock, for its owner alone.
pub(crate) fn open_lock(path: &Path) -> io::Result<File> {
    private().create(true).truncate(false).open(path)
}

/// Opens a file to append to, for its owner alone.
pub(crate) fn open_appended(path: &Path) -> io::Result<File> {
    let mut options = private();
    options.write(false).append(true).create(true).open(path)
}

/// Whether the folder of a new or renamed file is on the disk as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FolderFlush {
    /// It is: the file keeps its name through a power cut.
    Flushed,
    /// The file itself is on the disk, but its folder cannot be flushed, as on some network shares: a power cut may
    /// bring the earlier file back.
    Refused,
}

/// How the names of unfinished files begin and end, so that one left behind by a power cut is recognised.
const UNFINISHED: (&str, &str) = (".ringup-", ".part");
const ABANDONED_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Deletes each [`AtomicFile`] in a folder that a power cut, or the end of a program, left unfinished. One that was
/// written to within a day may be another program's, which is writing it now.
///
/// # Errors
/// [`io::Error`] when the folder cannot be read.
pub(crate) fn remove_abandoned(folder: &Path) -> io::Result<()> {
    for file in std::fs::read_dir(folder)?.flatten() {
        let name = file.file_name();
        let name = name.to_string_lossy();
        let changed = file.metadata().and_then(|file| file.modified());
        let age = changed.map(|changed| changed.elapsed().unwrap_or_default());
        if name.starts_with(UNFINISHED.0)
            && name.ends_with(UNFINISHED.1)
            && age.is_ok_and(|age| age > ABANDONED_AFTER)
        {
            std::fs::remove_file(file.path()).ok();
        }
    }
    Ok(())
}

/// A file that takes its name once it is whole: written under another name in the same folder, flushed to the disk,
/// then renamed. Dropped before [`AtomicFile::commit`], it leaves whatever stood under its name as it was.
///
/// For a path that a person chose it is created by [`OutputPath::create`].
pub(crate) struct AtomicFile {
    unfinished: NamedTempFile,
    path: PathBuf,
    /// `None`: it is a file of the till's own.
    output: Option<OutputPath>,
}

impl AtomicFile {
    /// Begins the file that is to be `path`, readable by its owner alone. Its folder must exist.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        let (prefix, suffix) = UNFINISHED;
        let mut builder = tempfile::Builder::new();
        Ok(Self {
            unfinished: builder
                .prefix(prefix)
                .suffix(suffix)
                .tempfile_in(folder_of(path))?,
            path: path.to_owned(),
            output: None,
        })
    }

    /// Where it is until then, for a program that writes to a path.
    pub(crate) fn unfinished_path(&self) -> &Path {
        self.unfinished.path()
    }

    /// Flushes it to the disk and gives it its name.
    ///
    /// # Errors
    /// Those of the file system, and [`ProtectedFile`] when something now has the name that an output must not replace.
    /// A folder that cannot be flushed is none: the file is whole and has its name.
    pub(crate) fn commit(self) -> io::Result<FolderFlush> {
        self.unfinished.as_file().sync_all()?;
        if let Some(output) = &self.output {
            output.check().map_err(io::Error::other)?;
        }
        self.unfinished.persist(&self.path)?;
        sync_folder(folder_of(&self.path))
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unfinished.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unfinished.flush()
    }
}

/// Replaces a file of the till's own by `content`, whole or not at all ([`AtomicFile`]). A path that a person chose is
/// written by [`OutputPath::write`].
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<FolderFlush> {
    let mut file = AtomicFile::create(path)?;
    file.write_all(content)?;
    file.commit()
}

/// Removes a file, if there is one, for good.
pub(crate) fn remove(path: &Path) -> io::Result<FolderFlush> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => sync_folder(folder_of(path)),
    }
}

/// The name of the lock file that every program holds while it has the journal beside it open.
pub(crate) const PRESENCE: &str = "journal.lock";

/// The folder of a file: the current one for a bare name.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// The path of the file of this ending that SQLite keeps beside a database.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The folders that could not be flushed so far: the log tells each once.
#[cfg(unix)]
static UNFLUSHED: parking_lot::Mutex<std::collections::BTreeSet<PathBuf>> =
    parking_lot::Mutex::new(std::collections::BTreeSet::new());

/// Makes the names in this folder last through a power cut, where the system has a way to.
///
/// # Errors
/// Those of the disk. A file system that cannot flush a folder says so in the answer, and once in the log.
#[cfg_attr(
    not(unix),
    expect(unused_variables, reason = "a folder cannot be flushed there")
)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<FolderFlush> {
    #[cfg(unix)]
    if let Err(error) = File::open(folder).and_then(|folder| folder.sync_all()) {
        if !is_refused_flush(&error) {
            return Err(error);
        }
        if UNFLUSHED.lock().insert(folder.to_owned()) {
            tracing::warn!(%error, folder = %folder.display(), "the folder cannot be flushed");
        }
        return Ok(FolderFlush::Refused);
    }
    Ok(FolderFlush::Flushed)
}

/// Whether this error says that a folder cannot be flushed at all, not that flushing it failed. Network shares and file
/// systems of FUSE each have their own (fsync(2)).
#[cfg(unix)]
fn is_refused_flush(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, IsADirectory, PermissionDenied, Unsupported};
    use rustix::io::Errno;

    let others = [Errno::BADF, Errno::NOTTY].map(|errno| Some(errno.raw_os_error()));
    matches!(
        error.kind(),
        InvalidInput | IsADirectory | PermissionDenied | Unsupported
    ) || others.contains(&error.raw_os_error())
}

/// Copies a file to a new one that only its owner may read.
pub(crate) fn copy_private(from: &Path, to: &Path) -> io::Result<()> {
    let mut from = File::open(from)?;
    let mut to = private().create_new(true).open(to)?;
    io::copy(&mut from, &mut to)?;
    to.sync_all()
}

/// Gives a file a second name; copies it where the file system has no hard links.
pub(crate) fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| copy_private(from, to))
}

/// A moment as it is written in file names: `20261121T093012Z`, in UTC.
pub(crate) fn time_in_name(at: UnixMs) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_takes_its_name_when_it_is_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        assert_eq!(
            replace(&path, b"old").expect("written"),
            FolderFlush::Flushed
        );
        let mut file = AtomicFile::create(&path).expect("begun");
        file.write_all(b"ne").expect("written");
        drop(file);
        assert_eq!(fs::read(&path).expect("read"), b"old");
        assert_eq!(
            replace(&path, b"new").expect("written"),
            FolderFlush::Flushed
        );
        assert_eq!(fs::read(&path).expect("read"), b"new");
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1);
        assert_eq!(remove(&path).expect("removed"), FolderFlush::Flushed);
        assert_eq!(remove(&path).expect("none there"), FolderFlush::Flushed);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_refuses_to_be_flushed_is_no_failed_write() {
        assert_eq!(
            sync_folder(Path::new("/proc")).expect("no error"),
            FolderFlush::Refused
        );
        assert!(sync_folder(Path::new("/no/such/folder")).is_err());
    }

    #[test]
    fn what_a_program_left_unfinished_is_deleted_a_day_later() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let mut abandoned = AtomicFile::create(&path("file")).expect("begun");
        abandoned.write_all(b"ha").expect("written");
        let (_, abandoned) = abandoned.unfinished.keep().expect("kept");
        let young = AtomicFile::create(&path("file")).expect("begun");
        for name in ["journal.sqlite", ".ringup-journal", "sales.part"] {
            fs::write(path(name), b"old").expect("written");
        }
        let a_day_ago = std::time::SystemTime::now() - ABANDONED_AFTER - Duration::from_secs(60);
        for file in fs::read_dir(folder.path()).expect("read").flatten() {
            if file.path() != young.unfinished_path() {
                let file = OpenOptions::new().write(true).open(file.path());
                file.expect("open").set_modified(a_day_ago).expect("set");
            }
        }
        remove_abandoned(folder.path()).expect("read");
        assert!(!abandoned.exists() && young.unfinished_path().exists());
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 4);
    }
}
