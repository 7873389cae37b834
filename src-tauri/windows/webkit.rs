//! WebKitGTK, the web engine behind the windows on Linux, and how it is configured.

/// Environment variables for the engine's processes.
const ENVIRONMENT: [(&str, &str); 2] = [
    // Scripts are interpreted, never compiled: that costs a tap 6 ms of 46, and after a day's sales the page's
    // process uses 40 MiB less.
    ("JSC_useJIT", "0"),
    // Image buffers return to the system when they are freed. Otherwise glibc raises its threshold (mallopt(3),
    // *dynamic mmap threshold*) and keeps them: 10 MiB after sixty sales.
    ("MALLOC_MMAP_THRESHOLD_", "131072"),
];

/// Makes the engine use less memory (docs/performance.md, *What was improved in the window*).
///
/// Call it while the program has one thread: environment variables are shared by all threads.
pub(crate) fn reduce_memory_use() {
    for (name, value) in ENVIRONMENT {
        // `false` keeps a value that the user has set. It fails only for an invalid name.
        webkit2gtk::glib::setenv(name, value, false).ok();
    }
}

/// Configures the engine of one window. Call it for each window.
pub(super) fn configure(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| {
        use webkit2gtk::{CacheModel, HardwareAccelerationPolicy, SettingsExt as _};
        use webkit2gtk::{WebContextExt as _, WebViewExt};
        // The window shows one page and never goes back, so no pages are cached.
        if let Some(context) = webview.inner().context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
        // The screens hardly move, so they need no graphics card. Without compositing on one, a window uses
        // 40 MB less, is painted sooner, and does not depend on graphics drivers.
        if let Some(settings) = WebViewExt::settings(&webview.inner()) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
        // The engine's own menu offers *reload* and *back*.
        webview.inner().connect_context_menu(|_, _, _, _| true);
        // A crashed page is loaded again: all state is in the journal, so it continues where it was.
        webview.inner().connect_web_process_terminated(|view, how| {
            tracing::error!(?how, "the page's process ended; loading the page again");
            view.reload();
        });
    })
}
