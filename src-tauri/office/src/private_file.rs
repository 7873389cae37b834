//! Files that the office's user alone may read: the book, the keys.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

/// Makes an empty one unless there is one.
pub(crate) fn make(path: &Path) -> io::Result<()> {
    match private().create_new(true).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Writes one that is not there yet, to the disk. Two programs that start at once agree: the second finds the first's.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`], and those of the disk.
pub(crate) fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    Ok(())
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
