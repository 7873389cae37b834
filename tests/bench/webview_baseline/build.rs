//! Lets Tauri read `tauri.conf.json` and embed the page.

fn main() {
    tauri_build::build();
}
