//! Journals that earlier programs wrote must verify, and give the same head, with every later program: the bytes
//! of an entry, its hash and the fold never change (docs/journal.md, *Changing the format*).

use ringup_core::clock::UnixMs;
use ringup_core::journal::{JournalFile, Verified, verify_file};
use ringup_core::sale::Purpose;
use ringup_testkit::repository;

/// When the journals are opened. A migration writes entries that bear this time.
const NOW: UnixMs = UnixMs(1_795_200_000_000);

/// Opens a copy of a journal, which migrates it, and verifies it: entries, sales, head.
fn assert_verifies(name: &str, entries: u64, sales: u64, head: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let journals = repository().join("tests/integration/journals");
    std::fs::copy(journals.join(name), &path).unwrap();
    let file = JournalFile::open(&path, Purpose::Live, NOW).unwrap();
    let verified = file.verify().unwrap().unwrap();
    let head = head.to_owned();
    let expected = Verified {
        entries,
        sales,
        head,
    };
    assert_eq!(verified, expected);
    drop(file);
    assert_eq!(verify_file(&path).unwrap().unwrap(), expected);
}

#[test]
fn a_journal_of_format_1_is_migrated_and_has_the_same_head_as_ever() {
    let head = "af33f6dea7115702dd3553428a14fbf8b719676f63185321fa18cdb16789d48e";
    assert_verifies("format-1.sqlite", 29, 6, head);
}

/// It holds every kind of entry that there is.
#[test]
fn a_journal_of_format_2_has_the_same_head_as_ever() {
    let head = "764c5f2e5caae52f71c5c29e8411c85a8add6b020fe04d6bc5454558fcecfe8c";
    assert_verifies("format-2.sqlite", 321, 46, head);
}
