//! One-time codes by time (TOTP, RFC 6238): six digits of HMAC-SHA-1, a new one every half minute, as authenticator apps
//! make them. The neighbours of the present code count too, for a clock that is a little off; each counts once.

use ring::hmac;

use ringup_core::clock::UnixMs;

/// How long a code lasts, seconds.
const STEP_S: i64 = 30;
/// How many steps before and after the present one count.
const NEIGHBOURS: i64 = 1;
/// The bytes of a secret: as many as SHA-1 gives (RFC 4226, 4: R6).
pub(super) const SECRET_BYTES: usize = 20;
/// The alphabet of base32 (RFC 4648, 6), which authenticator apps read.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step whose code this is, if it is one of those that count now. Every candidate is compared, so the time it takes
/// tells nothing.
pub(super) fn step_of(typed: &str, secret: &[u8], now: UnixMs) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let is_code = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let given: u32 = digits.parse().ok().filter(|_| is_code)?;
    let present = now.0.div_euclid(1000 * STEP_S);
    let mut found = None;
    for step in present - NEIGHBOURS..=present + NEIGHBOURS {
        if code_at(secret, step) ^ given == 0 {
            found = Some(step);
        }
    }
    found
}

/// The code of this moment, as an app shows it.
pub fn code_now(secret: &[u8], now: UnixMs) -> String {
    format!("{:06}", code_at(secret, now.0.div_euclid(1000 * STEP_S)))
}

/// The code of a step (RFC 4226, 5.3).
fn code_at(secret: &[u8], step: i64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = bytes.last().map_or(0, |last| usize::from(last & 0xf));
    let four = bytes.iter().skip(offset).take(4);
    let number = four.fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
    (number & 0x7fff_ffff) % 1_000_000
}

/// A secret as people type it into an app.
pub(super) fn as_text(secret: &[u8]) -> String {
    let bit = |at: usize| -> u8 {
        let byte = secret.get(at / 8).copied().unwrap_or_default();
        (byte >> (7 - at % 8)) & 1
    };
    let letters = (secret.len() * 8).div_ceil(5);
    let letter = |at: usize| {
        let value = (0..5).fold(0_u8, |value, more| (value << 1) | bit(at * 5 + more));
        let letter = ALPHABET.get(usize::from(value));
        char::from(letter.copied().unwrap_or_default())
    };
    (0..letters).map(letter).collect()
}

/// The secret of a text that `as_text` made.
pub fn secret_from_text(text: &str) -> Option<[u8; SECRET_BYTES]> {
    let (mut bytes, mut buffer, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|it| *it == letter)?;
        buffer = (buffer << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(buffer >> bits).ok()?);
            buffer &= (1 << bits) - 1;
        }
    }
    bytes.try_into().ok()
}

/// The address in the QR by which an app takes the secret (the format of Google Authenticator, which the others read).
pub(super) fn address(secret: &[u8], owner: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut label = String::new();
    for c in owner.chars() {
        if plain(c) {
            label.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                label.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    let secret = as_text(secret);
    format!("otpauth://totp/Ringup:{label}?secret={secret}&issuer=Ringup")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The secret of RFC 6238, appendix B, and its codes' last six digits.
    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        for (at_s, code) in [
            (59_i64, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let now = UnixMs(at_s * 1000);
            assert_eq!(step_of(code, SECRET, now), Some(at_s / 30), "{code}");
        }
    }

    #[test]
    fn a_step_before_and_after_count_and_no_other() {
        let at = |step: i64| UnixMs(step * 30_000 + 7);
        let code = format!("{:06}", code_at(SECRET, 1000));
        assert_eq!(step_of(&code, SECRET, at(999)), Some(1000));
        assert_eq!(step_of(&code, SECRET, at(1001)), Some(1000));
        assert_eq!(step_of(&code, SECRET, at(998)), None);
        assert_eq!(step_of(&code, SECRET, at(1002)), None);
        let (first, last) = code.split_at(3);
        let spaced = format!(" {first} {last} ");
        assert_eq!(step_of(&spaced, SECRET, at(1000)), Some(1000));
        for wrong in ["", "12345", "1234567", "+12345", "12345x", "１２３４５６"] {
            assert_eq!(step_of(wrong, SECRET, at(1000)), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_typed_as_apps_read_it() {
        assert_eq!(as_text(b"foobar"), "MZXW6YTBOI");
        assert_eq!(
            address(SECRET, "Анна O"),
            "otpauth://totp/Ringup:%D0%90%D0%BD%D0%BD%D0%B0%20O?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ringup"
        );
    }

    proptest! {
        #[test]
        fn a_secret_comes_back(secret in any::<[u8; SECRET_BYTES]>()) {
            prop_assert_eq!(secret_from_text(&as_text(&secret)), Some(secret));
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC*") {
            secret_from_text(&text);
            step_of(&text, SECRET, UnixMs(0));
        }
    }
}
