//! Lets Tauri read `tauri.conf.json` and the permissions, and embed the screens.

use tauri_build::{AppManifest, Attributes};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Or a changed permission would not be in the program until something else is changed too.
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    let manifest = AppManifest::new().permissions_path_pattern("./src-tauri/permissions/*.toml");
    tauri_build::try_build(Attributes::new().app_manifest(manifest))?;
    Ok(())
}
