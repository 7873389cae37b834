//! The page that shows all pictures side by side.

use std::fmt::Write as _;
use std::path::Path;

use crate::{Failed, Wanted};

const STYLE: &str = "body{font:14px system-ui;margin:1rem;background:#888}\
    h2{margin:1.5rem 0 .5rem}figure{display:inline-block;margin:0 .5rem .5rem 0;width:24rem}\
    img{width:100%;display:block;background:#fff}figcaption{font-size:12px}";

/// Writes `index.html` beside the pictures: one row for each scene.
pub(crate) fn write(folder: &Path, all: &[Wanted]) -> Result<(), Failed> {
    let mut sorted = all.to_vec();
    sorted.sort();
    let mut page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Ringup: every screen</title><style>{STYLE}</style>\n"
    );
    let mut scene = "";
    for wanted in &sorted {
        if wanted.scene != scene {
            scene = &wanted.scene;
            writeln!(page, "<h2>{scene}</h2>").map_err(|error| Failed::Other(error.to_string()))?;
        }
        let path = wanted.path();
        let path = path.display();
        writeln!(
            page,
            "<figure><a href=\"{path}\"><img loading=\"lazy\" src=\"{path}\" alt=\"{path}\"></a><figcaption>{path}</figcaption></figure>"
        )
        .map_err(|error| Failed::Other(error.to_string()))?;
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("index.html"), page)?;
    Ok(())
}
