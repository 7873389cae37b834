//! The system's file dialogs. Every path comes from them, chosen by hand; a page cannot name one. Whether the command may
//! be called is checked again after the dialog, which the lock closes when its time runs out meanwhile.

use std::path::PathBuf;

use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use super::{Answer, Context};

/// Asks for a folder; `None` when none was picked.
///
/// # Errors
/// `internal` when the window that called has gone; those of the command's access, checked again.
pub(super) async fn folder(cx: &Context) -> Answer<Option<PathBuf>> {
    ask(cx, FileDialogBuilder::pick_folder).await
}

/// Asks for an existing file; `None` when none was picked.
///
/// # Errors
/// `internal` when the window that called has gone; those of the command's access, checked again.
pub(super) async fn file(cx: &Context) -> Answer<Option<PathBuf>> {
    ask(cx, FileDialogBuilder::pick_file).await
}

/// Asks where to write a file with this extension, and proposes a name; `None` when none was picked.
///
/// # Errors
/// `internal` when the window that called has gone; those of the command's access, checked again.
pub(super) async fn new_file(cx: &Context, name: &str, extension: &str) -> Answer<Option<PathBuf>> {
    ask(cx, |dialog, answer| {
        dialog
            .set_file_name(format!("{name}.{extension}"))
            .add_filter(extension.to_uppercase(), &[extension])
            .save_file(answer);
    })
    .await
}

type OnPicked = Box<dyn FnOnce(Option<FilePath>) + Send>;

async fn ask(
    cx: &Context,
    open: impl FnOnce(FileDialogBuilder<tauri::Wry>, OnPicked),
) -> Answer<Option<PathBuf>> {
    let window = cx.window()?;
    let (sender, picked) = oneshot::channel();
    cx.app.kiosk.set_dialog_open(true);
    let dialog = window.dialog().file().set_parent(window);
    // Nobody receives it when the page was reloaded meanwhile.
    open(dialog, Box::new(move |path| drop(sender.send(path))));
    let picked = picked.await;
    cx.app.kiosk.set_dialog_open(false);
    cx.access.check_again(cx).await?;
    Ok(picked.ok().flatten().and_then(|path| path.into_path().ok()))
}
