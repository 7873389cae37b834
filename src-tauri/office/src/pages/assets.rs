//! What the pages load: one style sheet, made of the till's own theme and the rules of the pages; the till's typeface;
//! one script. All of it is in the program.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

use super::problem::Problem;

const TOKENS: &str = include_str!("../../../../ui/src/theme/tokens.css");
const LIGHT: &str = include_str!("../../../../ui/src/theme/light.css");
const DARK: &str = include_str!("../../../../ui/src/theme/dark.css");
const FONTS: &str = include_str!("../../../../ui/src/theme/fonts.css");
const RULES: &str = include_str!("assets/pages.css");
const RECEIPT: &str = include_str!("assets/receipt.css");
const SCRIPT: &str = include_str!("assets/pages.js");
const ICON: &str = include_str!("../../../../icons/icon.svg");

static STYLE: LazyLock<String> = LazyLock::new(style);
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let all = Sha256::digest(format!("{}{SCRIPT}", *STYLE));
    all.iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
});

/// The style sheet. The themes are the till's; which of them, the system says here, and nobody has to choose.
fn style() -> String {
    let tokens: String = TOKENS
        .lines()
        .filter(|line| !line.starts_with("@import"))
        .map(|line| format!("{line}\n"))
        .collect();
    let dark = DARK.replace(":root[data-theme=\"dark\"]", ":root");
    let fonts = FONTS.replace("@fontsource-variable/golos-text/files/", "/assets/");
    without_comments(&format!(
        "{LIGHT}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n{tokens}\n{fonts}\n{RULES}\n{RECEIPT}"
    ))
}

/// What browsers need of a style sheet.
fn without_comments(style: &str) -> String {
    let mut parts = style.split("/*");
    let before = parts.next().unwrap_or_default();
    let after = parts.filter_map(|part| part.split_once("*/").map(|(_, after)| after));
    std::iter::once(before).chain(after).collect()
}

/// Where a page finds an asset. The address changes with the program, so browsers may keep what they have.
pub(super) fn address(name: &str) -> String {
    format!("/assets/{name}?v={}", *VERSION)
}

/// Answers with an asset.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    let (kind, bytes): (&str, &'static [u8]) = match name.as_str() {
        "pages.css" => ("text/css; charset=utf-8", STYLE.as_bytes()),
        "pages.js" => ("text/javascript; charset=utf-8", SCRIPT.as_bytes()),
        "icon.svg" => ("image/svg+xml", ICON.as_bytes()),
        "golos-text-latin-wght-normal.woff2" => (
            "font/woff2",
            include_bytes!("assets/golos-text-latin-wght-normal.woff2"),
        ),
        "golos-text-latin-ext-wght-normal.woff2" => (
            "font/woff2",
            include_bytes!("assets/golos-text-latin-ext-wght-normal.woff2"),
        ),
        "golos-text-cyrillic-wght-normal.woff2" => (
            "font/woff2",
            include_bytes!("assets/golos-text-cyrillic-wght-normal.woff2"),
        ),
        "golos-text-cyrillic-ext-wght-normal.woff2" => (
            "font/woff2",
            include_bytes!("assets/golos-text-cyrillic-ext-wght-normal.woff2"),
        ),
        _ => return Problem::NotFound.into_response(),
    };
    let kept = "public, max-age=31536000, immutable";
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, kept)], bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_has_the_tills_colours_in_both_themes_and_loads_nothing_from_elsewhere() {
        let style = style();
        assert!(style.contains("--paper: #f4ede3"));
        assert!(style.contains("--paper: #1b1519"));
        assert!(
            !style.contains("@import") && !style.contains("data-theme") && !style.contains("http")
        );
        for name in style.split("url(\"").skip(1) {
            let name = name.split('"').next().expect("an address");
            assert!(name.starts_with("/assets/golos-text-"), "{name}");
        }
    }

    #[tokio::test]
    async fn every_address_of_the_style_sheet_is_served() {
        for part in style().split("url(\"/assets/").skip(1) {
            let name = part.split('"').next().expect("a name").to_owned();
            assert_eq!(asset(Path(name)).await.status(), 200);
        }
    }
}
