//! A journal that cannot be opened is kept as it is, and the newest good backup replaces it after two taps.

use std::path::PathBuf;

use ringup_testkit::{Desktop, Window, start_gateway, wait_until};

const KEY: &str = "canary-key-8052";

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_journal_is_kept_and_the_newest_copy_opens_the_till() {
    let gateway = start_gateway(KEY).await;
    let desktop = Desktop::with_screen(1280, 800);
    let (data, stick) = (desktop.data_dir(), desktop.folder().join("stick"));
    std::fs::create_dir(&stick).expect("made");
    let settings = serde_json::json!({ "backup_folder": stick });
    std::fs::write(data.join("settings.json"), settings.to_string()).expect("written");
    let copies = || -> Vec<PathBuf> {
        let files = std::fs::read_dir(&stick).expect("there").flatten();
        files.map(|file| file.path()).collect()
    };

    let window = Window::open(desktop, &gateway.base_url()).await;
    window.first_run(KEY).await;
    window.open_sale("12.5").await;
    wait_until("the first copy", || copies().len() == 1);
    let first = copies();
    let desktop = window.close().await;
    // The next start backs up what was sold meanwhile; only the last backup of a day is kept.
    let window = Window::open(desktop, &gateway.base_url()).await;
    window.find("open-sales").await;
    wait_until("the second copy", || {
        copies().len() == 1 && copies() != first
    });
    let desktop = window.close().await;

    let journal = data.join("journal.sqlite");
    // Remove the log too, whose entries would repair the file.
    std::fs::remove_file(data.join("journal.sqlite-wal")).expect("removed");
    std::fs::write(&journal, "what a broken disk leaves").expect("written");
    let window = Window::open(desktop, &gateway.base_url()).await;
    window.wait_for_error("journal_corrupt").await;
    assert!(window.text("restore-offer").await.contains("1 sale"));
    window.screenshot("restore-offer").await;
    let torn = std::fs::read(&journal).expect("there");
    assert_eq!(torn, b"what a broken disk leaves");
    window.tap("restore-accept").await;
    window.tap_to("restore-sure", "open-sales").await;
    let sales = window.desktop.query_journal("SELECT count(*) FROM sale");
    assert_eq!(sales.trim(), "1");
    let files = std::fs::read_dir(&data).expect("there").flatten();
    let kept: Vec<_> = files
        .map(|file| file.path())
        .filter(|path| path.to_string_lossy().contains("journal.replaced-"))
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(std::fs::read(&kept[0]).expect("there"), torn);
}
