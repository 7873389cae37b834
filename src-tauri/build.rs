//! Lets Tauri read `tauri.conf.json` and the permissions, and embed the screens.

fn main() {
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(
        tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/*.toml"),
    ))
    .expect("tauri.conf.json, the permissions and the icons fit together");
}
