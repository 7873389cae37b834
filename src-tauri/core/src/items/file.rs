//! The items' file: small JSON, replaced whole.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Item, ItemsError, validate};
use crate::files;

/// The version of the file's layout. A file of another version is set aside, not overwritten.
const SCHEMA: u32 = 1;

#[derive(Serialize, Deserialize)]
struct StoredItems<'i> {
    schema: u32,
    items: Cow<'i, [Item]>,
}

#[derive(Debug)]
pub(crate) struct ItemsFile {
    path: PathBuf,
}

impl ItemsFile {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self {
            path: folder.join("items.json"),
        }
    }

    /// The stored items. A file that cannot be read must not keep the shop from selling: it is set aside under another
    /// name, and the shop types its amounts.
    pub(crate) fn read(&self) -> Vec<Item> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) => {
                if error.kind() != std::io::ErrorKind::NotFound {
                    tracing::warn!(%error, "the items cannot be read");
                }
                return Vec::new();
            }
        };
        parse(&text).unwrap_or_else(|error| {
            tracing::warn!(%error, "the items are not valid; set aside");
            std::fs::rename(&self.path, self.path.with_extension("json.unreadable")).ok();
            Vec::new()
        })
    }

    pub(crate) fn write(&self, items: &[Item]) -> Result<(), ItemsError> {
        let stored = StoredItems {
            schema: SCHEMA,
            items: Cow::Borrowed(items),
        };
        let text = serde_json::to_string_pretty(&stored).map_err(std::io::Error::from)?;
        files::replace(&self.path, text.as_bytes())?;
        Ok(())
    }
}

fn parse(text: &str) -> Result<Vec<Item>, String> {
    let stored: StoredItems<'_> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if stored.schema != SCHEMA {
        return Err(format!("its schema is {}", stored.schema));
    }
    validate(stored.items.into_owned()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::tests::item;
    use super::*;

    #[test]
    fn what_is_written_is_read_back_in_its_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = ItemsFile::in_folder(folder.path());
        assert_eq!(file.read(), Vec::new());
        let items = vec![item("Tea", 300), item("Cake", 420)];
        file.write(&items).expect("written");
        assert_eq!(file.read(), items);
    }

    #[test]
    fn a_file_that_is_broken_or_of_another_version_is_set_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = ItemsFile::in_folder(folder.path());
        for text in ["{\"schema\":1,", "{\"schema\":2,\"items\":[]}"] {
            std::fs::write(folder.path().join("items.json"), text).expect("written");
            assert_eq!(file.read(), Vec::new());
            let kept = folder.path().join("items.json.unreadable");
            assert_eq!(std::fs::read_to_string(kept).expect("kept"), text);
        }
    }
}
