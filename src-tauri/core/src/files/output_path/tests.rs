//! Outputs and what they must not replace, on real files.

use rusqlite::Connection;

use super::*;

struct Folders {
    folder: tempfile::TempDir,
}

impl Folders {
    /// A data folder with the files of a till, and a folder beside it.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let folders = Self { folder };
        for folder in ["data/practice", "data/logs", "out"] {
            fs::create_dir_all(folders.path(folder)).expect("made");
        }
        for kept in KEPT_NAMES {
            folders.write(&format!("data/{kept}"));
        }
        for file in [
            "data/journal.lock",
            "data/logs/ringup.log",
            "data/practice/journal.sqlite",
        ] {
            folders.write(file);
        }
        folders
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, "kept").expect("written");
        path
    }

    fn journal(&self) -> PathBuf {
        self.path("data/journal.sqlite")
    }

    fn database(&self, name: &str, application_id: i64) -> PathBuf {
        let path = self.path(name);
        let database = Connection::open(&path).expect("opened");
        database
            .pragma_update(None, "application_id", application_id)
            .expect("set");
        database.execute_batch("CREATE TABLE t (c)").expect("made");
        path
    }

    fn refused(&self, path: &Path) -> Option<ProtectedFile> {
        OutputPath::new(path, &self.journal()).err()
    }
}

#[test]
fn no_file_of_the_till_is_replaced_whatever_way_leads_to_it() {
    let folders = Folders::new();
    let kept = [
        "journal.sqlite",
        "journal.sqlite-wal",
        "journal.replaced-20261121T093012Z.sqlite",
        "Journal.SQLite",
        "settings.json",
        "items.json.unreadable",
        "practice/journal.sqlite",
        "practice/settings.json",
        "logs/ringup.log",
    ];
    let journals = [
        folders.journal(),
        folders.path("data/practice/journal.sqlite"),
    ];
    for journal in &journals {
        for name in kept {
            let refused = |path: &Path| match OutputPath::new(path, journal) {
                Err(ProtectedFile::OfTheTill(_)) => {}
                other => panic!("{}: {other:?}", path.display()),
            };
            let path = folders.path("data").join(name);
            refused(&path);
            refused(&folders.path("out/../data").join(name));
            #[cfg(unix)]
            if path.exists() {
                let link = folders.path("out/link.csv");
                std::os::unix::fs::symlink(&path, &link).expect("a link");
                refused(&link);
                fs::remove_file(&link).expect("removed");
                if !name.starts_with("logs") {
                    fs::hard_link(&path, &link).expect("a link");
                    refused(&link);
                    fs::remove_file(&link).expect("removed");
                }
                let through = folders.path("out/folder");
                std::os::unix::fs::symlink(folders.path("data"), &through).expect("a link");
                refused(&through.join(name));
                fs::remove_file(&through).expect("removed");
            }
        }
    }
}

#[test]
fn no_journal_is_replaced_and_no_database_with_changes_beside_it() {
    let folders = Folders::new();
    let journal = folders.database("out/book.csv", JOURNAL_APPLICATION_ID);
    assert!(matches!(
        folders.refused(&journal),
        Some(ProtectedFile::Journal(_))
    ));
    let other = folders.database("out/other.sqlite", 7);
    assert!(folders.refused(&other).is_none(), "a file like any other");
    for beside in ["-wal", "-journal"] {
        let beside = folders.write(&format!("out/other.sqlite{beside}"));
        for path in [&other, &beside] {
            let refused = folders.refused(path);
            assert!(
                matches!(refused, Some(ProtectedFile::DatabaseInUse(_))),
                "{refused:?}"
            );
        }
        fs::remove_file(beside).expect("removed");
    }
    let beside = folders.path("out/other.sqlite-wal");
    assert!(matches!(
        folders.refused(&beside),
        Some(ProtectedFile::DatabaseInUse(_))
    ));
    assert!(
        OutputPath::for_copy(&journal, &folders.journal()).is_ok(),
        "the caller compares"
    );
}

#[test]
fn everything_else_is_written_and_checked_again_at_its_end() {
    let folders = Folders::new();
    for name in ["out/new.csv", "data/book.csv", "data/copies.csv"] {
        let output = OutputPath::new(&folders.path(name), &folders.journal()).expect(name);
        output.write(b"rows").expect("written");
        output.write(b"rows again").expect("replaced");
        assert_eq!(fs::read(folders.path(name)).expect("read"), b"rows again");
    }
    assert!(
        folders
            .refused(&folders.path("no/such/folder.csv"))
            .is_none()
    );
    assert!(matches!(
        folders.refused(&folders.path("out")),
        Some(ProtectedFile::NoFile(_))
    ));
    #[cfg(unix)]
    assert!(matches!(
        folders.refused(Path::new("/dev/null")),
        Some(ProtectedFile::NoFile(_))
    ));
    // A journal that was put there meanwhile.
    let path = folders.path("out/late.csv");
    let output = OutputPath::new(&path, &folders.journal()).expect("free");
    let mut file = output.create().expect("begun");
    file.write_all(b"rows").expect("written");
    folders.database("out/late.csv", JOURNAL_APPLICATION_ID);
    let before = fs::read(&path).expect("read");
    file.commit().expect_err("refused");
    assert_eq!(fs::read(&path).expect("read"), before);
}
