//! The baseline of `make bench`: a webview window of the same shell, size and build profile as the till's, whose page
//! shows some keys and does nothing. What the till takes beyond that is its own.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
