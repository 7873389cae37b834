//! The system's dialogs for files. Every path comes from the cashier's hand there; a screen names none.

use std::path::PathBuf;

use crate::windows::state;
use tauri::WebviewWindow;
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

/// A folder; none when the person went back.
pub(super) async fn folder(window: &WebviewWindow) -> Option<PathBuf> {
    ask(window, FileDialogBuilder::pick_folder).await
}

/// A file that is there; none when the person went back.
pub(super) async fn file(window: &WebviewWindow) -> Option<PathBuf> {
    ask(window, FileDialogBuilder::pick_file).await
}

/// Where to write a file of this kind, by default with this name; none when the person went back.
pub(super) async fn new_file(window: &WebviewWindow, name: &str, kind: &str) -> Option<PathBuf> {
    ask(window, |dialog, answered| {
        dialog
            .set_file_name(format!("{name}.{kind}"))
            .add_filter(kind.to_uppercase(), &[kind])
            .save_file(answered);
    })
    .await
}

type Answered = Box<dyn FnOnce(Option<FilePath>) + Send>;

async fn ask(
    window: &WebviewWindow,
    open: impl FnOnce(FileDialogBuilder<tauri::Wry>, Answered),
) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    let state = state(window);
    state.kiosk.set_dialog_open(true);
    let dialog = window.dialog().file().set_parent(window);
    // The window may have gone meanwhile: then nobody waits.
    open(dialog, Box::new(move |path| drop(answer.send(path))));
    let answer = answered.await;
    state.kiosk.set_dialog_open(false);
    answer.ok().flatten()?.into_path().ok()
}
