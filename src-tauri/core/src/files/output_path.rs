//! A path that a person chose for something the till writes: an export, a receipt, a copy of the journal. It is
//! checked before anything is written and once more before the file takes its name, so that no slip of a hand
//! replaces the till's own files, a journal, or a database that some program has open.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::{
    AtomicFile, FolderFlush, JOURNAL_APPLICATION_ID, PRACTICE_FOLDER, PRESENCE, file_id, folder_of,
    with_suffix,
};

/// How the names of the files begin that the till keeps in its data folder: the journals with what SQLite and a
/// restore keep beside them, the settings, the items, the PIN, the last copy, the cashier, the practice gateway, the calls of the last minute. A test
/// compares them with what a till that did everything has written.
const KEPT_NAMES: [&str; 13] = [
    "journal.",
    "journal@",
    "backup@",
    "settings.json",
    "items.json",
    "pin.json",
    "backup.json",
    "kiosk-locks.json",
    "pin-is-set",
    "printer.json",
    "cashier.json",
    "gateway.json",
    "gateway-calls",
];

/// How the names of the files end that SQLite keeps beside a database.
const DATABASE_COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The bytes of a SQLite file's header, and how it begins (SQLite, *Database File Format*, 1.3).
const HEADER_BYTES: usize = 100;
const SQLITE_MAGIC: &[u8] = b"SQLite format 3\0";
/// Where the header holds the application id: four bytes, the highest first.
const APPLICATION_ID_BYTES: std::ops::Range<usize> = 68..72;

/// Why nothing may be written to a path.
#[derive(Debug, thiserror::Error)]
pub enum ProtectedFile {
    /// It is a file of a data folder, by its own name or through a link.
    #[error("{0} is a file that the till itself needs; it stays as it is")]
    OfTheTill(PathBuf),
    /// It is a journal, of whichever till.
    #[error("{0} is a journal; it stays as it is")]
    Journal(PathBuf),
    /// It is a database with changes that are not in its file yet, or one of the files beside a database.
    #[error("{0} belongs to a database that may be in use; it stays as it is")]
    DatabaseInUse(PathBuf),
    /// It is a folder or a device.
    #[error("{0} is no file that could be replaced")]
    NoFile(PathBuf),
    /// What it is cannot be found out.
    #[error("{path} cannot be examined: {error}")]
    Unknown {
        /// The path.
        path: PathBuf,
        /// The file system's answer.
        error: io::Error,
    },
}

/// What an output may replace, besides ordinary files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Replaces {
    /// Nothing else.
    FilesOnly,
    /// A journal outside the data folder, which the caller has found to be an earlier copy.
    EarlierCopy,
}

/// A path for an output that replaces nothing it must not.
#[derive(Debug, Clone)]
pub(crate) struct OutputPath {
    path: PathBuf,
    data_folders: Vec<PathBuf>,
    replaces: Replaces,
}

impl OutputPath {
    /// Checks a path for anything but a copy of the journal. `journal` is the till's: its folder is the data folder.
    ///
    /// # Errors
    /// Every variant of [`ProtectedFile`]. A folder that is missing is none: the file cannot be created then.
    pub(crate) fn new(path: &Path, journal: &Path) -> Result<Self, ProtectedFile> {
        Self::validate(path, journal, Replaces::FilesOnly)
    }

    /// Checks a path for a copy of the journal. Whether a journal of that name is an earlier copy, and may be replaced,
    /// is for the caller to find out.
    ///
    /// # Errors
    /// As [`Self::new`], without [`ProtectedFile::Journal`].
    pub(crate) fn for_copy(path: &Path, journal: &Path) -> Result<Self, ProtectedFile> {
        Self::validate(path, journal, Replaces::EarlierCopy)
    }

    fn validate(path: &Path, journal: &Path, replaces: Replaces) -> Result<Self, ProtectedFile> {
        let output = Self {
            path: path.to_owned(),
            data_folders: data_folders(folder_of(journal)),
            replaces,
        };
        output.check()?;
        Ok(output)
    }

    /// Begins the file. Its folder must exist.
    pub(crate) fn create(&self) -> io::Result<AtomicFile> {
        Ok(AtomicFile {
            output: Some(self.clone()),
            ..AtomicFile::create(&self.path)?
        })
    }

    /// Writes the whole file, or nothing.
    pub(crate) fn write(&self, content: &[u8]) -> io::Result<FolderFlush> {
        let mut file = self.create()?;
        file.write_all(content)?;
        file.commit()
    }

    pub(super) fn check(&self) -> Result<(), ProtectedFile> {
        let path = &self.path;
        let Some(name) = path.file_name() else {
            return Err(ProtectedFile::NoFile(path.clone()));
        };
        let Ok(folder) = fs::canonicalize(folder_of(path)) else {
            return Ok(());
        };
        // Where the name stands, and where it leads when it is a link.
        let mut places = vec![folder.join(name)];
        let exists = match fs::metadata(path) {
            Ok(found) if !found.is_file() => return Err(ProtectedFile::NoFile(path.clone())),
            Ok(_) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(self.unknown(error)),
        };
        if exists {
            places.push(fs::canonicalize(path).map_err(|error| self.unknown(error))?);
        }
        if places.iter().any(|place| self.is_kept(place, exists)) || self.is_link_to_kept() {
            return Err(ProtectedFile::OfTheTill(path.clone()));
        }
        places
            .iter()
            .try_for_each(|place| self.check_database(place))
    }

    fn unknown(&self, error: io::Error) -> ProtectedFile {
        let path = self.path.clone();
        ProtectedFile::Unknown { path, error }
    }

    /// Whether a file at this place is the till's: one of its names directly in a data folder, or any file that exists
    /// in a folder below. Copies of the journal may be kept there.
    fn is_kept(&self, place: &Path, exists: bool) -> bool {
        let Some((folder, name)) = place.parent().zip(place.file_name()) else {
            return false;
        };
        self.data_folders.iter().any(|data| {
            if same_place(folder, data) {
                return is_kept_name(name);
            }
            let below = folder.ancestors().any(|above| same_place(above, data));
            below && exists && self.replaces == Replaces::FilesOnly
        })
    }

    /// Whether the path is another name of a file that the till keeps: a hard link. Files are compared without being
    /// opened, because closing one would drop the locks that SQLite holds on the journal (SQLite, *How To Corrupt*, 2.2).
    fn is_link_to_kept(&self) -> bool {
        let Some(id) = file_id(&self.path) else {
            return false;
        };
        let mut kept = self.data_folders.iter().flat_map(|data| {
            let files = fs::read_dir(data).into_iter().flatten().flatten();
            files.filter(|file| is_kept_name(&file.file_name()))
        });
        kept.any(|file| file_id(&file.path()) == Some(id))
    }

    fn check_database(&self, place: &Path) -> Result<(), ProtectedFile> {
        let in_use = || ProtectedFile::DatabaseInUse(self.path.clone());
        if let Some(database) = database_of(place)
            && self.header(&database)?.is_some()
        {
            return Err(in_use());
        }
        let has_changes = |suffix: &str| {
            let beside = fs::metadata(with_suffix(place, suffix));
            beside.is_ok_and(|beside| beside.len() > 0)
        };
        // Changes that belong to the file that is replaced would be applied to the new one.
        if has_changes("-wal") || has_changes("-journal") {
            return Err(in_use());
        }
        let application_id = self.header(place)?;
        if self.replaces == Replaces::FilesOnly && application_id == Some(JOURNAL_APPLICATION_ID) {
            return Err(ProtectedFile::Journal(self.path.clone()));
        }
        Ok(())
    }

    /// The application id of a SQLite file; `None`: there is no such file, or it is another kind of file.
    fn header(&self, path: &Path) -> Result<Option<i64>, ProtectedFile> {
        let mut header = Vec::new();
        let read = fs::File::open(path)
            .and_then(|file| file.take(HEADER_BYTES as u64).read_to_end(&mut header));
        match read {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.unknown(error)),
            Ok(_) => {}
        }
        let id = header
            .get(APPLICATION_ID_BYTES)
            .and_then(|bytes| bytes.try_into().ok())
            .map(|bytes| i64::from(u32::from_be_bytes(bytes)));
        Ok(id.filter(|_| header.starts_with(SQLITE_MAGIC)))
    }
}

/// The data folders that this one belongs with: the shop's and its practice folder.
fn data_folders(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned(), folder.join(PRACTICE_FOLDER)];
    let is_practice = folder.file_name() == Some(OsStr::new(PRACTICE_FOLDER));
    let shops = folder.parent().filter(|_| is_practice);
    // Any folder may be called so; the shop's has been used by a till.
    folders.extend(
        shops
            .filter(|shops| shops.join(PRESENCE).exists())
            .map(Path::to_owned),
    );
    let real = |folder: &PathBuf| fs::canonicalize(folder).unwrap_or_else(|_| folder.clone());
    folders.iter().map(real).collect()
}

fn is_kept_name(name: &OsStr) -> bool {
    // Some file systems take both cases for the same name.
    let name = name.to_string_lossy().to_ascii_lowercase();
    KEPT_NAMES.iter().any(|kept| name.starts_with(kept))
}

/// The database beside which SQLite would keep a file of this name.
fn database_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let mut suffixes = DATABASE_COMPANIONS.iter();
    let database = suffixes.find_map(|suffix| name.strip_suffix(suffix))?;
    Some(path.with_file_name(database))
}

/// Whether two paths lead to the same folder, also through a mount.
fn same_place(one: &Path, other: &Path) -> bool {
    one == other || file_id(one).is_some_and(|id| file_id(other) == Some(id))
}

#[cfg(test)]
mod tests;
