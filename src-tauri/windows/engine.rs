//! The engine behind the windows (WebKitGTK), and what it is kept from.

/// What its processes are told by their environment.
const ENVIRONMENT: [(&str, &str); 2] = [
    // Its scripts are read as they run, never compiled: that costs a tap 6 ms of 46, and after a day's sales the
    // page's process has 40 MiB less in memory.
    ("JSC_useJIT", "0"),
    // The pictures of a window go back to the system when they are done with. Left alone, glibc keeps room for ever
    // greater ones (mallopt(3), *dynamic mmap threshold*): 10 MiB after sixty sales.
    ("MALLOC_MMAP_THRESHOLD_", "131072"),
];

/// Makes the engine take less memory (performance.md, *What was found and mended*).
///
/// To be called while the program has one thread: the environment is everybody's.
pub(crate) fn spare_memory() {
    for (name, value) in ENVIRONMENT {
        // What whoever runs the till wishes stands. It fails only for a name that is none.
        webkit2gtk::glib::setenv(name, value, false).ok();
    }
}

/// To be called for each window.
pub(super) fn tame(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| {
        use webkit2gtk::{CacheModel, HardwareAccelerationPolicy, SettingsExt as _};
        use webkit2gtk::{WebContextExt as _, WebViewExt};
        // It shows one page, and never goes back to another: nothing is kept for that.
        if let Some(context) = webview.inner().context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
        // Screens that stand still need no graphics card. Without one's layers a window takes 40 MB less, is
        // painted sooner, and has none of the cards' drivers to fail it.
        if let Some(settings) = WebViewExt::settings(&webview.inner()) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
        // The engine's own menu would offer *reload* and *back*.
        webview.inner().connect_context_menu(|_, _, _, _| true);
        // A page that crashed comes back where it was: nothing that matters lived in it.
        webview.inner().connect_web_process_terminated(|view, how| {
            tracing::error!(?how, "the screen's process ended; loading it anew");
            view.reload();
        });
    })
}
