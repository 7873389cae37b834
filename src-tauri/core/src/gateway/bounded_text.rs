//! Text from the gateway as it may be kept and shown. It comes from outside and ends up in the journal, on
//! screens and in terminals.

/// Longest text of the gateway that is kept, characters.
const MAX_CHARS: usize = 200;

/// At most 200 characters of `text`, with a space in place of each control character and of each character
/// that is invisible but turns or hides its neighbours.
pub(super) fn bounded(text: &str) -> String {
    let visible = |c: char| {
        if c.is_control() || is_invisible(c) {
            ' '
        } else {
            c
        }
    };
    text.chars().map(visible).take(MAX_CHARS).collect()
}

/// Marks of direction, joiners, separators and tags (Unicode categories Cf, Zl and Zp, as far as they change
/// how other characters look).
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::bounded;

    #[test]
    fn text_of_the_gateway_can_turn_or_hide_nothing() {
        assert_eq!(
            bounded("TON\u{202e}diap\u{2066}\u{200b}\n\u{1b}[31m\u{9b}"),
            "TON diap    [31m "
        );
        assert_eq!(bounded("Биткоин ₿ 比特币 🪙"), "Биткоин ₿ 比特币 🪙");
    }
}
