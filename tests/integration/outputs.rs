//! What a person has the till write: an export, a receipt, a copy of the journal. No slip of a hand replaces the till's
//! own files or a journal by it.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ringup_core::error::{Code, Fault};
use ringup_core::export::{ExportFormat, ExportRows};
use ringup_core::settings::Settings;
use ringup_core::{Export, ExportTo, ReceiptFormat};
use ringup_testkit::{Counter, Shop};

/// Every file below a folder, with what it holds. The journal's are not read but known by their numbers: closing one of
/// them would drop the locks that the till in this process holds on it.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut open = vec![folder.to_owned()];
    let mut files = BTreeMap::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let content = if name.starts_with("journal.") {
                path.metadata().unwrap().ino().to_be_bytes().to_vec()
            } else {
                std::fs::read(&path).unwrap()
            };
            files.insert(path, content);
        }
    }
    files
}

#[tokio::test]
async fn nothing_a_till_keeps_is_replaced_by_what_it_writes_out() {
    let shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    shop.pay(number, &invoice).await;
    let till = shop.till();
    let copies = tempfile::tempdir().unwrap();
    let cashiers = vec!["Anna".to_owned()];
    let settings = Settings {
        cashiers,
        ..till.settings()
    };
    till.save_settings(settings).unwrap();
    till.sign_on(Some("Anna".to_owned())).unwrap();
    till.save_items(Vec::new()).unwrap();
    till.set_backup_folder(Some(copies.path())).unwrap();
    till.back_up_now().await.unwrap();

    let kept = contents(&shop.config.data_dir);
    assert!(kept.len() >= 6, "{:?}", kept.keys());
    for path in kept.keys() {
        for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
            let query = Export {
                format,
                rows: ExportRows::Sales,
                from: None,
                to: None,
            };
            let to = ExportTo::File(path.clone());
            let refused = till.export(query, to, |_| (), Arc::default()).await;
            let fault = Fault::from(refused.unwrap_err());
            assert_eq!(fault.code, Code::FileProtected, "{}", path.display());
        }
        for format in [ReceiptFormat::Png, ReceiptFormat::Pdf] {
            let refused = till.save_receipt(number, format, path).await;
            let fault = Fault::from(refused.unwrap_err());
            assert_eq!(fault.code, Code::FileProtected, "{}", path.display());
        }
        let fault = Fault::from(till.back_up(path.clone()).await.unwrap_err());
        assert_eq!(fault.code, Code::BackupTaken, "{}", path.display());
    }
    assert!(contents(&shop.config.data_dir) == kept);
    shop.assert_whole().await;
}

#[test]
fn a_journal_is_not_replaced_from_the_command_line_whatever_it_is_called() {
    let counter = Counter::open();
    let sale = counter.json(["charge", "9.10", "EUR", "--no-wait", "--json"]);
    counter.remote.act(&sale, "pay");
    assert_eq!(counter.run(["watch"]).0, 0);

    let journal = counter.journal();
    let folder = counter.desktop.folder();
    let (link, twin, copy) = (
        folder.join("link.csv"),
        folder.join("twin.csv"),
        folder.join("copy.csv"),
    );
    std::os::unix::fs::symlink(&journal, &link).unwrap();
    std::fs::hard_link(&journal, &twin).unwrap();
    assert_eq!(counter.run(["backup", copy.to_str().unwrap()]).0, 0);
    let before = [&journal, &copy].map(|path| std::fs::read(path).unwrap());
    for path in [&journal, &link, &twin, &copy] {
        let name = path.to_str().unwrap();
        for args in [
            &["export", "--format", "csv", name][..],
            &["export", "--format", "json", name],
            &["export", "--format", "xlsx", name],
            &["export", "--for", "excel-de", name],
            &["receipt", "1", "--png", name],
            &["receipt", "1", "--pdf", name],
        ] {
            counter.refuses(args, 1, "file_protected");
        }
    }
    for path in [&journal, &link, &twin] {
        counter.refuses(["backup", path.to_str().unwrap()], 1, "backup_taken");
    }
    assert!(link.is_symlink());
    let after = [&journal, &copy].map(|path| std::fs::read(path).unwrap());
    assert!(before == after, "both are as they were");
    // An earlier copy of this journal gives way to a later one, and any other file to an export.
    assert_eq!(counter.run(["backup", copy.to_str().unwrap()]).0, 0);
    let book = folder.join("book.csv");
    for _ in 0..2 {
        counter.text(["export", "--format", "csv", book.to_str().unwrap()]);
    }
    assert_eq!(counter.run(["verify"]).0, 0);
}
