//! Journals that earlier programs wrote must verify, and give the same head, with every later program: the bytes
//! of an entry, its hash and the fold never change (docs/journal.md, *Changing the format*).

use ringup_core::clock::UnixMs;
use ringup_core::journal::{JournalFile, Verified, verify_file};
use ringup_core::sale::Purpose;
use ringup_testkit::repository;

/// When the journals are opened. A migration writes entries that bear this time.
const NOW: UnixMs = UnixMs(1_795_200_000_000);

/// A journal of an earlier format: the entries that a migration found and their head, what it holds afterwards.
struct Earlier {
    name: &'static str,
    found: (u64, &'static str),
    migrated: (u64, &'static str),
    sales: u64,
    gateway: &'static str,
}

/// A journal of format 2; that of format 3 holds the same entries.
const FORMAT_2: Earlier = Earlier {
    name: "format-2.sqlite",
    found: (
        321,
        "764c5f2e5caae52f71c5c29e8411c85a8add6b020fe04d6bc5454558fcecfe8c",
    ),
    migrated: (
        322,
        "56b60957ba2a01e1663c75a7738c8a53da1c234d90a729a37890759c8c66801f",
    ),
    sales: 46,
    gateway: "api.cru.cash",
};

/// Opens a copy of the journal, which migrates it, and verifies it: no entry was touched, and those that were added are
/// the same with every program.
fn assert_migrates(earlier: &Earlier) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(earlier.name);
    let journals = repository().join("tests/integration/journals");
    std::fs::copy(journals.join(earlier.name), &path).unwrap();
    let file = JournalFile::open(&path, Purpose::Live, NOW).unwrap();
    let (entries, head) = earlier.found;
    assert!(file.continues(entries, head, UnixMs(i64::MAX)).unwrap());
    assert_eq!(file.gateway().unwrap().as_deref(), Some(earlier.gateway));
    let (entries, head) = earlier.migrated;
    let expected = Verified {
        entries,
        sales: earlier.sales,
        head: head.to_owned(),
    };
    assert_eq!(file.verify().unwrap().unwrap(), expected);
    drop(file);
    assert_eq!(verify_file(&path).unwrap().unwrap(), expected);
}

#[test]
fn a_journal_of_format_1_is_migrated_and_has_the_same_head_as_ever() {
    assert_migrates(&Earlier {
        name: "format-1.sqlite",
        found: (
            27,
            "270e7b5287e431211774d957ee59b8bbab6f85d5cf5f57bff66c4aa1ae26f6b9",
        ),
        migrated: (
            30,
            "56cbfd4c1bd35e71081305959fcc83317f06de3c30577ede3c169eb41668e77a",
        ),
        sales: 6,
        gateway: "127.0.0.1:43843",
    });
}

/// It holds every kind of entry that format 2 had.
#[test]
fn a_journal_of_format_2_has_the_same_head_as_ever() {
    assert_migrates(&FORMAT_2);
}

/// Nothing has to be written down: its projections are made again.
#[test]
fn a_journal_of_format_4_has_the_same_head_as_ever() {
    let same = (
        322,
        "56b60957ba2a01e1663c75a7738c8a53da1c234d90a729a37890759c8c66801f",
    );
    assert_migrates(&Earlier {
        name: "format-4.sqlite",
        found: same,
        migrated: same,
        sales: 46,
        gateway: "api.cru.cash",
    });
}

/// It holds tenders, a drawer with its counts, and a close with both.
#[test]
fn a_journal_of_format_5_has_the_same_head_as_ever() {
    let same = (
        341,
        "268f88543d5908b52cf4e1b3fc126d65244d0232829dce41fe0bdd3b013df0a9",
    );
    assert_migrates(&Earlier {
        name: "format-5.sqlite",
        found: same,
        migrated: same,
        sales: 52,
        gateway: "api.cru.cash",
    });
}

#[test]
fn a_journal_of_format_3_has_the_same_head_as_ever() {
    assert_migrates(&Earlier {
        name: "format-3.sqlite",
        ..FORMAT_2
    });
}
