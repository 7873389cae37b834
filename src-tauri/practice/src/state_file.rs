//! The file that keeps invoices over restarts: a practice sale that was open yesterday is still open today.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::invoice::Invoice;

/// The version of the file's layout. A file of another one is set aside.
const VERSION: u32 = 1;

/// What the file holds.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Saved {
    version: u32,
    /// The port of the last run, asked for again so that old pay pages still open.
    pub(crate) port: Option<u16>,
    pub(crate) invoices: Vec<Invoice>,
}

impl Saved {
    pub(crate) fn new(port: u16, invoices: Vec<Invoice>) -> Self {
        Self {
            version: VERSION,
            port: Some(port),
            invoices,
        }
    }
}

/// The file.
#[derive(Debug)]
pub(crate) struct StateFile(pub(crate) PathBuf);

impl StateFile {
    /// Reads the file; a missing one counts as empty. One that cannot be understood is renamed to `….unreadable`: no
    /// real money is in it, and it should not keep anyone from practising.
    pub(crate) fn load(&self) -> io::Result<Saved> {
        let bytes = match fs::read(&self.0) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Saved::default()),
            Err(error) => return Err(error),
        };
        match serde_json::from_slice::<Saved>(&bytes) {
            Ok(saved) if saved.version == VERSION => return Ok(saved),
            Ok(saved) => {
                tracing::warn!(
                    version = saved.version,
                    "practice invoices of another version"
                );
            }
            Err(error) => tracing::warn!(%error, "practice invoices cannot be read"),
        }
        let mut aside = self.0.clone().into_os_string();
        aside.push(".unreadable");
        fs::rename(&self.0, aside)?;
        Ok(Saved::default())
    }

    /// Replaces the file, whole or not at all.
    pub(crate) fn save(&self, saved: &Saved) -> io::Result<()> {
        let folder = self.0.parent().filter(|folder| *folder != Path::new(""));
        let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        file.write_all(&serde_json::to_vec(saved)?)?;
        file.as_file().sync_all()?;
        file.persist(&self.0)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> (tempfile::TempDir, StateFile) {
        let folder = tempfile::tempdir().unwrap();
        let file = StateFile(folder.path().join("practice.json"));
        (folder, file)
    }

    #[test]
    fn what_is_saved_is_loaded_and_nothing_else_is_left() {
        let (folder, file) = file();
        assert_eq!(file.load().unwrap(), Saved::default());
        let saved = Saved::new(8123, Vec::new());
        file.save(&saved).unwrap();
        assert_eq!(file.load().unwrap(), saved);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_understood_is_set_aside() {
        for bad in [
            "",
            "{",
            "{\"version\":2,\"port\":null,\"invoices\":[]}",
            "[1]",
        ] {
            let (folder, file) = file();
            fs::write(&file.0, bad).unwrap();
            assert_eq!(file.load().unwrap(), Saved::default(), "{bad}");
            assert!(!file.0.exists());
            let aside = folder.path().join("practice.json.unreadable");
            assert_eq!(fs::read_to_string(aside).unwrap(), bad);
        }
    }

    #[test]
    fn a_folder_in_its_place_is_an_error() {
        let (_folder, file) = file();
        fs::create_dir(&file.0).unwrap();
        assert!(file.load().is_err());
        assert!(file.save(&Saved::default()).is_err());
    }
}
