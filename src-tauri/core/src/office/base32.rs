//! Bytes as text that people can read out and type: base32 in the alphabet of Crockford, which has no I, L, O and U. What
//! is typed may be small, may have dashes, and may have I, L and O for 1 and 0.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The text of these bytes, in groups of four.
pub(super) fn encode(bytes: &[u8]) -> String {
    let (mut text, mut buffer, mut bits, mut letters) = (String::new(), 0_u32, 0, 0);
    let mut push = |value: u32| {
        let letter = usize::try_from(value & 31)
            .ok()
            .and_then(|at| ALPHABET.get(at));
        if letters > 0 && letters % 4 == 0 {
            text.push('-');
        }
        letters += 1;
        text.push(char::from(letter.copied().unwrap_or_default()));
    };
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push(buffer >> bits);
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        push(buffer << (5 - bits));
    }
    text
}

/// The bytes of a text; `None` when it has another letter or its last bits are no padding.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut buffer, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes().filter(|letter| *letter != b'-') {
        let letter = match letter.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            letter => letter,
        };
        let value = ALPHABET.iter().position(|it| *it == letter)?;
        buffer = (buffer << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(buffer >> bits).ok()?);
            buffer &= (1 << bits) - 1;
        }
    }
    (bits < 5 && buffer == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let text = encode(&bytes);
            prop_assert_eq!(decode(&text), Some(bytes.clone()));
            let typed = text.to_lowercase().replace('-', "").replace('0', "o").replace('1', "l");
            prop_assert_eq!(decode(&typed), Some(bytes));
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC*") {
            decode(&text);
        }
    }

    #[test]
    fn it_is_the_published_alphabet() {
        assert_eq!(
            encode(b"\x00\x44\x32\x14\xc7\x42\x54\xb6\x35\xcf"),
            "0123-4567-89AB-CDEF"
        );
        assert_eq!(decode("U"), None);
    }
}
