//! Barcodes as spreadsheets spoil them: with an apostrophe, as `="…"`, with decimals, in groups, in scientific notation.
//! One is mended only when its check digit proves it (GS1 General Specifications, 7.9); otherwise it is refused, because
//! a wrong code would sell one thing for another.

use crate::i18n::composed;

/// The lengths of a GTIN, digits: GTIN-8, UPC-A, EAN-13, GTIN-14.
const GTIN_LENGTHS: [usize; 4] = [8, 12, 13, 14];
const LONGEST_GTIN: usize = 14;
/// What a spreadsheet, or a person, puts before a number so that it stays text.
const APOSTROPHES: [char; 5] = ['\'', '’', '‘', '´', '`'];
/// What stands between groups of digits.
const GROUPING: [char; 8] = ['.', ',', ' ', '\u{a0}', '\u{202f}', '\'', '’', '-'];
/// Marks that are not seen: of the text's direction, of no width, of the byte order.
const INVISIBLE: [char; 6] = [
    '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{feff}',
];

/// A barcode's cell, read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ReadCode {
    /// The code is what the cell says.
    AsWritten(String),
    /// The cell says it in another way, and its check digit is right.
    Mended(String),
    /// The cell is a number rather than a code, and nothing proves which code it was.
    Uncertain,
}

/// Reads the cell of a barcode.
pub(super) fn read(cell: &str) -> ReadCode {
    let visible: String = composed(cell)
        .chars()
        .filter(|c| !INVISIBLE.contains(c))
        .collect();
    let text = visible.trim();
    if let Some(inner) = formula_text(text).or_else(|| text.strip_prefix(APOSTROPHES)) {
        return proven(inner.trim_end_matches(APOSTROPHES).trim());
    }
    if let Some(digits) = scientific(text) {
        return digits.map_or(ReadCode::Uncertain, |digits| proven(&digits));
    }
    let grouped = text
        .chars()
        .all(|c| c.is_ascii_digit() || GROUPING.contains(&c));
    if !grouped || is_digits(text) {
        return ReadCode::AsWritten(text.to_owned());
    }
    match proven(text) {
        // Spaces and hyphens are part of many a shop's own codes; points and commas are a number's.
        ReadCode::Uncertain if !text.contains(['.', ',']) => ReadCode::AsWritten(text.to_owned()),
        read => read,
    }
}

/// The code without grouping or decimals of zero, if its check digit is right.
fn proven(text: &str) -> ReadCode {
    // Groups have three digits, so one or two zeros are decimals.
    let whole = match text.rsplit_once(['.', ',']) {
        Some((whole, "0" | "00")) => whole,
        _ => text,
    };
    let digits: String = whole.chars().filter(|c| !GROUPING.contains(c)).collect();
    if is_gtin(&digits) {
        ReadCode::Mended(digits)
    } else {
        ReadCode::Uncertain
    }
}

/// What `="…"` holds.
fn formula_text(text: &str) -> Option<&str> {
    let quoted = text.strip_prefix('=')?.trim();
    let quotes = ['"', '“', '”', '„'];
    quoted.strip_prefix(quotes)?.strip_suffix(quotes)
}

/// The digits of a number in scientific notation: `Some(None)` when it does not say all of them.
/// `12E5` is none: a spreadsheet writes a sign or a decimal mark, and such a code exists.
fn scientific(text: &str) -> Option<Option<String>> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let (mantissa, exponent) = (mantissa.trim_end(), exponent.trim_start());
    let unsigned = mantissa.trim_start_matches(['+', '-']);
    let (whole, decimals) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, ""));
    let power = exponent.trim_start_matches(['+', '-']);
    let is_number =
        is_digits(whole) && (decimals.is_empty() || is_digits(decimals)) && is_digits(power);
    let is_marked = power != exponent || !decimals.is_empty();
    if !is_number || !is_marked {
        return None;
    }
    let complete = !mantissa.starts_with('-')
        && !exponent.starts_with('-')
        && power.parse() == Ok(decimals.len());
    Some(complete.then(|| format!("{whole}{decimals}")))
}

/// Whether it has the length of a GTIN and the right check digit.
fn is_gtin(code: &str) -> bool {
    GTIN_LENGTHS.contains(&code.len()) && has_check_digit(code)
}

/// Weights are 3 and 1 in turn, from the digit before the last; a GTIN with zeros before it has the same check digit.
fn has_check_digit(code: &str) -> bool {
    let sum: u32 = code
        .bytes()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .sum();
    is_digits(code) && sum.is_multiple_of(10)
}

/// The same text for codes that scanners report for the same article: a UPC-A is an EAN-13 with a zero before it.
pub(super) fn identity(code: &str) -> String {
    if is_gtin(code) {
        format!("{code:0>LONGEST_GTIN$}")
    } else {
        code.to_owned()
    }
}

/// The code of a product number from which a spreadsheet may have taken the zero before it.
pub(super) fn with_missing_zero(code: &str) -> Option<String> {
    let is_short = GTIN_LENGTHS.contains(&(code.len() + 1)) && !GTIN_LENGTHS.contains(&code.len());
    (is_short && has_check_digit(code)).then(|| format!("0{code}"))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_make_of_a_code_is_mended_when_the_check_digit_proves_it() {
        for cell in [
            "'4006381333931",
            "’4006381333931",
            "'4006381333931'",
            "=\"4006381333931\"",
            "= \"4006381333931\"",
            "=”4006381333931”",
            "4,006381333931E+12",
            "4.006381333931e+12",
            "4.006381333931E12",
            "4006381333931.0",
            "4006381333931,00",
            "4 006381 333931",
            "4\u{a0}006\u{a0}381\u{a0}333\u{a0}931",
            "4.006.381.333.931",
            "4,006,381,333,931",
            "4,006,381,333,931.00",
            "400-6381-333931",
        ] {
            assert_eq!(
                read(cell),
                ReadCode::Mended("4006381333931".into()),
                "{cell}"
            );
        }
        assert_eq!(read("'96385074"), ReadCode::Mended("96385074".into()));
    }

    #[test]
    fn what_nothing_proves_is_no_code() {
        for cell in [
            "4,00638E+12",
            "4.00638E+12",
            "4E+12",
            "4,006381333931E+11",
            "4,006381333930E+12",
            "4.006381333931E-12",
            "-4,006381333931E+12",
            "1,23457E+13",
            "'4006381333930",
            "'ABC-1",
            "=\"12345\"",
            "12.345",
            "4.006.381.333.930",
            "123456,00",
        ] {
            assert_eq!(read(cell), ReadCode::Uncertain, "{cell}");
        }
    }

    #[test]
    fn every_other_code_is_what_the_cell_says() {
        for cell in [
            "4006381333931",
            "11112222",
            "ABC-1",
            "AB/1234",
            "12E5",
            "1E10A",
            "12-34",
            "0042 A",
            "A.1",
        ] {
            assert_eq!(read(cell), ReadCode::AsWritten(cell.to_owned()), "{cell}");
        }
        assert_eq!(
            read("\u{feff}4006381333931\u{200b} "),
            ReadCode::AsWritten("4006381333931".into())
        );
        assert_eq!(identity("012345678905"), identity("0012345678905"));
        assert_ne!(identity("12345678"), identity("012345678"));
        assert_eq!(
            with_missing_zero("12345678905").as_deref(),
            Some("012345678905")
        );
        for code in ["12345678904", "012345678905", "4006381333931", "12345"] {
            assert_eq!(with_missing_zero(code), None, "{code}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_mended_code_is_a_gtin_and_reads_as_itself(cell in "[0-9eE+.,' =\"-]{0,24}") {
            if let ReadCode::Mended(code) = read(&cell) {
                proptest::prop_assert!(is_gtin(&code));
                proptest::prop_assert_eq!(read(&code), ReadCode::AsWritten(code));
            }
        }

        #[test]
        fn rounding_never_passes_for_a_code(digits in "[1-9][0-9]{12}", kept in 1..12_usize) {
            let (first, rest) = digits.split_at(1);
            let (decimals, _) = rest.split_at(kept);
            let cell = format!("{first},{decimals}E+12");
            proptest::prop_assert_eq!(read(&cell), ReadCode::Uncertain);
        }
    }
}
