//! What a text in the search field can mean: a sale's number, an amount. Pure functions.

use crate::money::{Currency, Money};

/// The longest text that is searched for, characters. Nobody types a longer part of a note.
const MAX_CHARS: usize = 200;

/// An amount that is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// In minor units.
    pub minor: i64,
    /// Of this currency, when the text names one.
    pub currency: Option<Currency>,
}

/// The text without control characters and surrounding blanks.
pub fn normalise(text: &str) -> String {
    let visible = text.trim().chars().filter(|char| !char.is_control());
    visible.take(MAX_CHARS).collect()
}

/// The number that a text names: `42`, `#42`, or `A-000042` on a till that is `A`, or was.
pub fn number(text: &str, codes: &[String]) -> Option<u32> {
    let digits = match text.split_once('-') {
        Some((till, digits)) if codes.iter().any(|code| till.eq_ignore_ascii_case(code)) => digits,
        Some(_) => return None,
        None => text.strip_prefix('#').unwrap_or(text),
    };
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// The exact amount that a text names: `12.50`, `12,5`, `1.250,00 €`, `EUR 12`.
pub fn amount(text: &str) -> Option<Amount> {
    let mut text: String = text
        .chars()
        .filter(|char| !char.is_whitespace() && !matches!(char, '\'' | '’'))
        .collect();
    let currency = Currency::ALL.into_iter().find(|currency| {
        let signs = [
            currency.code(),
            &currency.code().to_lowercase(),
            sign(*currency),
        ];
        let rest = signs.iter().find_map(|sign| {
            let rest = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign));
            rest.map(str::to_owned)
        });
        rest.is_some_and(|rest| {
            text = rest;
            true
        })
    });
    // Of two different separators, the last is the decimal one.
    if let Some(grouping) = match (text.rfind('.'), text.rfind(',')) {
        (Some(point), Some(comma)) => Some(if point > comma { ',' } else { '.' }),
        _ => None,
    } {
        text.retain(|char| char != grouping);
    }
    // All currencies have two decimals.
    let money = Money::parse(&text, currency.unwrap_or(Currency::Eur)).ok()?;
    (money.minor() > 0).then_some(Amount {
        minor: money.minor(),
        currency,
    })
}

fn sign(currency: Currency) -> &'static str {
    match currency {
        Currency::Rub => "₽",
        Currency::Usd => "$",
        Currency::Eur => "€",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in ".{0,60}") {
            let text = normalise(&text);
            number(&text, &["A".to_owned()]);
            amount(&text);
        }

        #[test]
        fn every_printed_amount_is_found(minor in 1..1_000_000_000_i64) {
            let money = Money::from_minor(minor, Currency::Usd);
            let any = Some(Amount { minor, currency: None });
            prop_assert_eq!(amount(&money.to_string()), any);
            prop_assert_eq!(amount(&money.to_string().replace('.', ",")), any);
            let dollars = Some(Amount { minor, currency: Some(Currency::Usd) });
            prop_assert_eq!(amount(&format!("${money}")), dollars);
            prop_assert_eq!(amount(&format!("{money} USD")), dollars);
        }
    }

    #[test]
    fn numbers_as_people_write_them() {
        let codes = ["A", "B7"].map(str::to_owned);
        for text in ["42", "#42", "000042", "A-000042", "a-42", "b7-42"] {
            assert_eq!(number(text, &codes), Some(42), "{text}");
        }
        for text in ["", "-42", "P-000042", "A-", "42a", "A-4-2", "99999999999"] {
            assert_eq!(number(text, &codes), None, "{text}");
        }
    }

    #[test]
    fn amounts_as_people_write_them() {
        for text in [
            "1250",
            "1250.00",
            "1 250,00",
            "1.250,00 €",
            "€1,250.00",
            "1'250.00 eur",
        ] {
            assert_eq!(
                amount(text).map(|found| found.minor),
                Some(125_000),
                "{text}"
            );
        }
        for text in ["", "0", "0.00", "12.505", "Tisch 4", "€", "1.2.3"] {
            assert_eq!(amount(text), None, "{text}");
        }
    }
}
