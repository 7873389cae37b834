//! The floor of `make bench`: a window of the same shell, of the same size, built with the same profile,
//! whose page is a picture of keys and does nothing. What the till takes beyond it is the till's own.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
