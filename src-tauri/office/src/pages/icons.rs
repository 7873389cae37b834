//! The till's own icons, read from where its screens have them, so that each is drawn once.

use maud::{Markup, html};

const SOURCE: &str = include_str!("../../../../ui/src/parts/Icon.svelte");

/// The icon of this name.
pub(super) fn icon(name: &str) -> Markup {
    html! {
        svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            path d=(path(name).unwrap_or_default()) {}
        }
    }
}

/// The logo: the corner mark of a QR code, ringing (ui/src/parts/Logo.svelte).
pub(super) fn logo() -> Markup {
    html! {
        svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            path d="M16 5H9.5A4.5 4.5 0 0 0 5 9.5V22.5A4.5 4.5 0 0 0 9.5 27H22.5A4.5 4.5 0 0 0 27 22.5V16" {}
            circle cx="15.5" cy="16.5" r="4.25" {}
            path class="ring" d="M20 9.6A7.4 7.4 0 0 1 22.4 12M22 4.8A12.6 12.6 0 0 1 27.2 10" {}
        }
    }
}

/// The path of an icon in the source: `name: "path",`, on one line or two.
fn path(name: &str) -> Option<&'static str> {
    let (_, after) = SOURCE.split_once(&format!("\n    {name}:"))?;
    after.split('"').nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_that_a_page_names_is_there() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/pages");
        let mut named = 0;
        for file in std::fs::read_dir(folder).expect("the pages") {
            let Ok(code) = std::fs::read_to_string(file.expect("a file").path()) else {
                continue;
            };
            for part in code.split("icon(\"").skip(1) {
                let name = part.split('"').next().expect("a name");
                let path = path(name).unwrap_or_default();
                assert!(path.starts_with('M'), "{name}: {path}");
                named += 1;
            }
        }
        assert!(named >= 5, "{named}");
    }
}
