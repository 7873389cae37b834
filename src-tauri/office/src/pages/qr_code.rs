//! A QR code as a drawing within the page: no picture to load, and sharp at every size.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// Free modules around the code (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

/// The code of this text, dark on light in every theme, told to screen readers by `label`. Empty where the text does not
/// fit.
pub(super) fn drawing(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return html! {};
    };
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let (left, top, long) = (x + QUIET, y + QUIET, run.len());
                path.push_str(&format!("M{left} {top}h{long}v1h-{long}z"));
            }
            x += run.len();
        }
    }
    html! {
        svg class="qr" viewBox=(format!("0 0 {side} {side}")) role="img" aria-label=(label) shape-rendering="crispEdges" {
            path d=(path) {}
        }
    }
}
