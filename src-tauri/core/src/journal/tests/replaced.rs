//! Another file takes the open journal's place: nothing is written into it, and nothing that was written is lost.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::new_sale;
use crate::clock::UnixMs;
use crate::files::with_suffix;
use crate::ids::TapId;
use crate::journal::{Head, Journal, JournalError, JournalFile, NotedHead, back_up, verify_file};
use crate::sale::Purpose;

/// An open journal with sales in its file and in its log, and an older copy of it.
struct Open {
    folder: tempfile::TempDir,
    journal: Journal,
    older: PathBuf,
}

impl Open {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data").join("journal.sqlite");
        let mut file = JournalFile::open(&path, Purpose::Live, UnixMs(1)).expect("opens");
        let older = folder.path().join("older.sqlite");
        for number in 0..40 {
            if number == 20 {
                back_up(&path, Purpose::Live, &older).expect("copied");
            }
            file.open_sale(new_sale(TapId::new()), UnixMs(2))
                .expect("sold");
        }
        drop(file);
        Self {
            journal: open(&path).await,
            folder,
            older,
        }
        .with_a_sale_in_the_log()
        .await
    }

    async fn with_a_sale_in_the_log(self) -> Self {
        self.sell().await.expect("sold");
        self
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("data").join("journal.sqlite")
    }

    fn aside(&self) -> PathBuf {
        self.folder.path().join("aside")
    }

    async fn sell(&self) -> Result<Head, JournalError> {
        let job = |file: &mut JournalFile| {
            file.open_sale(new_sale(TapId::new()), UnixMs(2))?;
            file.head()
        };
        self.journal.call(job).await
    }

    /// Sells in vain; returns where the entries are kept.
    async fn is_replaced(&self) -> Option<PathBuf> {
        match self.sell().await {
            Err(JournalError::Replaced { kept }) => kept,
            other => panic!("it is noticed: {other:?}"),
        }
    }
}

async fn open(path: &Path) -> Journal {
    let journal = Journal::open(path.to_owned(), Purpose::Live, UnixMs(1)).await;
    journal.expect("opens")
}

fn holds(file: &Path) -> u64 {
    verify_file(file).expect("readable").expect("whole").entries
}

fn in_place(from: &Path, to: &Path) {
    fs::write(to, fs::read(from).expect("read")).expect("written");
}

#[tokio::test]
async fn a_copy_put_in_the_open_journals_place_is_left_as_it_is_and_all_entries_are_kept() {
    type Replace = fn(&Open);
    let ways: [(&str, Replace); 4] = [
        ("renamed over it", |open| {
            fs::copy(&open.older, open.aside()).expect("copied");
            fs::rename(open.aside(), open.path()).expect("renamed");
        }),
        ("removed and copied", |open| {
            fs::remove_file(open.path()).expect("removed");
            fs::copy(&open.older, open.path()).expect("copied");
        }),
        ("renamed over it, with its log removed", |open| {
            fs::copy(&open.older, open.aside()).expect("copied");
            fs::rename(open.aside(), open.path()).expect("renamed");
            fs::remove_file(with_suffix(&open.path(), "-wal")).expect("removed");
        }),
        ("a link to it", |open| {
            fs::remove_file(open.path()).expect("removed");
            std::os::unix::fs::symlink(&open.older, open.path()).expect("linked");
        }),
    ];
    for (way, replace) in ways {
        let open = Open::new().await;
        let head = open.sell().await.expect("sold");
        replace(&open);
        let found = fs::read(open.path()).expect("read");
        let kept = open.is_replaced().await.expect(way);
        assert_eq!(holds(&kept), head.seq, "{way}");
        assert!(open.journal.health().borrow().is_err(), "{way}");
        // Tried again, and again: the file that lies there is not taken for the journal.
        for _ in 0..3 {
            assert_eq!(open.is_replaced().await.as_ref(), Some(&kept), "{way}");
        }
        let noted = NotedHead::of_journal(&open.path()).expect("noted");
        assert_eq!((noted.entries, noted.head), (head.seq, head.hex()), "{way}");
        let path = open.path();
        let Open {
            folder, journal, ..
        } = open;
        drop(journal);
        assert_eq!(fs::read(&path).expect("read"), found, "{way}");
        assert_eq!(holds(&path), 41, "{way}: whole, without a foreign log");
        drop(folder);
    }
}

#[tokio::test]
async fn a_copy_written_into_the_open_journals_file_is_noticed() {
    for rounds in [0, 5] {
        let open = Open::new().await;
        for _ in 0..rounds {
            open.sell().await.expect("sold");
        }
        in_place(&open.older, &open.path());
        // What can still be read is kept, or else the log is.
        let kept = open.is_replaced().await;
        let folder = fs::read_dir(open.path().parent().expect("a folder")).expect("read");
        let names: Vec<_> = folder
            .map(|file| {
                file.expect("a file")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        let is_wal = |name: &String| name.starts_with("journal.rescued-") && name.ends_with(".wal");
        assert!(kept.is_some() || names.iter().any(is_wal), "{names:?}");
        open.is_replaced().await;
        assert_eq!(
            fs::read(open.path()).expect("read"),
            fs::read(&open.older).expect("read")
        );
        assert_eq!(holds(&open.path()), 41);
    }
}

#[tokio::test]
async fn a_journal_that_is_gone_is_kept_open_and_goes_on_when_it_is_back() {
    let open = Open::new().await;
    let head = open.sell().await.expect("sold");
    fs::rename(open.path(), open.aside()).expect("moved");
    let kept = open.is_replaced().await.expect("kept");
    assert_eq!(holds(&kept), head.seq);
    assert!(!open.path().exists(), "none is made");
    fs::rename(open.aside(), open.path()).expect("moved back");
    assert_eq!(open.sell().await.expect("sold").seq, head.seq + 2);
    assert!(open.journal.health().borrow().is_ok());

    // The whole folder: there is no place to keep anything, so the files stay open.
    let data = open.folder.path().join("data");
    fs::rename(&data, open.aside()).expect("moved");
    assert_eq!(open.is_replaced().await, None);
    assert!(!data.exists(), "no folder is made");
    fs::rename(open.aside(), &data).expect("moved back");
    assert_eq!(open.sell().await.expect("sold").seq, head.seq + 4);
    assert_eq!(holds(&open.path()), head.seq + 4);
}

#[tokio::test]
async fn a_log_or_shared_memory_that_is_taken_away_is_noticed() {
    for suffix in ["-wal", "-shm"] {
        for replaced in [false, true] {
            let open = Open::new().await;
            let head = open.sell().await.expect("sold");
            let beside = with_suffix(&open.path(), suffix);
            if replaced {
                fs::copy(&beside, open.aside()).expect("copied");
                fs::rename(open.aside(), &beside).expect("renamed");
            } else {
                fs::remove_file(&beside).expect("removed");
            }
            let kept = open.is_replaced().await.expect("kept");
            assert_eq!(holds(&kept), head.seq, "{suffix} {replaced}");
        }
    }
}

#[tokio::test]
async fn selling_goes_on_with_a_file_that_holds_every_entry() {
    let open = Open::new().await;
    let head = open.sell().await.expect("sold");
    fs::copy(&open.older, open.aside()).expect("copied");
    fs::rename(open.aside(), open.path()).expect("renamed");
    let kept = open.is_replaced().await.expect("kept");
    open.is_replaced().await;
    fs::copy(&kept, open.aside()).expect("copied");
    fs::rename(open.aside(), open.path()).expect("renamed");
    assert_eq!(open.sell().await.expect("sold").seq, head.seq + 2);
    assert_eq!(holds(&open.path()), head.seq + 2);

    // A sync client that puts the same content there, with what lies beside it.
    let whole = open.folder.path().join("whole.sqlite");
    back_up(&open.path(), Purpose::Live, &whole).expect("copied");
    fs::rename(&whole, open.path()).expect("renamed");
    open.is_replaced().await;
    assert_eq!(open.sell().await.expect("sold").seq, head.seq + 4);
}

#[tokio::test]
async fn what_the_till_and_its_user_do_to_the_files_is_no_false_alarm() {
    let open = Open::new().await;
    let path = open.path();
    let second = self::open(&path).await;
    for round in 0..3 {
        let copy = open.folder.path().join(format!("copy-{round}.sqlite"));
        back_up(&path, Purpose::Live, &copy).expect("copied");
        open.sell().await.expect("after a copy");
        verify_file(&path).expect("readable").expect("whole");
        open.sell().await.expect("after a check");
        second
            .call(|file| file.open_sale(new_sale(TapId::new()), UnixMs(3)))
            .await
            .expect("sold");
        open.sell().await.expect("beside another program");
        fs::hard_link(&path, open.folder.path().join(format!("link-{round}"))).expect("linked");
        open.sell().await.expect("with another name");
        let by_hand = Connection::open(&path).expect("opens");
        by_hand
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .expect("moved");
        drop(by_hand);
        open.sell().await.expect("after its log was moved into it");
        let by_hand = Connection::open(&path).expect("opens");
        by_hand.execute("VACUUM", []).expect("made smaller");
        by_hand
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .expect("moved");
        drop(by_hand);
        open.sell().await.expect("after VACUUM");
    }
    drop(second);
    open.sell().await.expect("after the other program ended");
    let names = fs::read_dir(path.parent().expect("a folder")).expect("read");
    let rescued = names.filter(|name| {
        let name = name.as_ref().expect("a file").file_name();
        name.to_string_lossy().contains("rescued")
    });
    assert_eq!(rescued.count(), 0);
}
