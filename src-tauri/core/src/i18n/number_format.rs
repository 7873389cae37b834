//! Money, rates and times as each language writes them, the same as on the screens (`ui/src/`).

use super::Language;
use crate::calendar::{Zone, local};
use crate::clock::UnixMs;
use crate::money::{BasisPoints, Currency, Money};

/// Keeps a number and its currency sign on one line.
const NO_BREAK: char = '\u{a0}';
/// The typographic minus: a hyphen in its place could be taken for one.
const MINUS: char = '\u{2212}';

/// How a language writes numbers.
#[derive(Debug, Clone, Copy)]
pub struct NumberFormat(pub Language);

impl NumberFormat {
    /// `€1,234.50`, `1.234,50 €`, `1 234,50 ₽`.
    pub fn money(self, money: Money) -> String {
        let minus = if money.minor() < 0 {
            MINUS.to_string()
        } else {
            String::new()
        };
        let exact = money.to_string();
        let exact = exact.trim_start_matches('-');
        let (whole, decimals) = exact.split_once('.').unwrap_or((exact, "00"));
        let (group, point) = match self.0 {
            Language::En => (',', '.'),
            Language::De => ('.', ','),
            Language::Ru => (NO_BREAK, ','),
        };
        let digits = format!("{}{point}{decimals}", grouped(whole, group));
        let sign = sign(money.currency());
        match self.0 {
            Language::En => format!("{minus}{sign}{digits}"),
            Language::De | Language::Ru => format!("{minus}{digits}{NO_BREAK}{sign}"),
        }
    }

    /// `19 %`, `7.5 %`.
    pub fn rate(self, rate: BasisPoints) -> String {
        let (whole, hundredths) = (rate.0 / 100, rate.0 % 100);
        let hundredths = format!("{hundredths:02}");
        let hundredths = hundredths.trim_end_matches('0');
        let (point, space) = match self.0 {
            Language::En => (".", ""),
            Language::De | Language::Ru => (",", "\u{a0}"),
        };
        let point = if hundredths.is_empty() { "" } else { point };
        format!("{whole}{point}{hundredths}{space}%")
    }

    /// A weight in kilograms, with its grams: `0.350`.
    pub fn kilograms(self, grams: u32) -> String {
        self.coins(&format!("{}.{:03}", grams / 1_000, grams % 1_000))
    }

    /// An amount of crypto, every digit kept.
    pub fn coins(self, amount: &str) -> String {
        match self.0 {
            Language::En => amount.to_owned(),
            Language::De | Language::Ru => amount.replace('.', ","),
        }
    }

    /// Day and time to the minute, in a zone: `21.11.2026 14:05`; in English `2026-11-21 14:05`, because day and month
    /// cannot be mistaken for each other in that order.
    pub fn time(self, at: UnixMs, zone: &Zone) -> String {
        let form = match self.0 {
            Language::En => "%Y-%m-%d %H:%M",
            Language::De | Language::Ru => "%d.%m.%Y %H:%M",
        };
        local(at, zone).strftime(form).to_string()
    }
}

fn sign(currency: Currency) -> char {
    match currency {
        Currency::Rub => '₽',
        Currency::Usd => '$',
        Currency::Eur => '€',
    }
}

/// Digits in threes, from the right.
fn grouped(digits: &str, group: char) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        let left = digits.len().saturating_sub(place);
        if place > 0 && left.is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_money_its_own_way() {
        let of = |language, minor, currency| {
            NumberFormat(language).money(Money::from_minor(minor, currency))
        };
        assert_eq!(of(Language::En, 123_450, Currency::Eur), "€1,234.50");
        assert_eq!(of(Language::En, -5, Currency::Usd), "−$0.05");
        assert_eq!(of(Language::De, 1_250, Currency::Eur), "12,50\u{a0}€");
        assert_eq!(
            of(Language::De, 1_000_000_000, Currency::Eur),
            "10.000.000,00\u{a0}€"
        );
        assert_eq!(
            of(Language::Ru, -123_456_789, Currency::Rub),
            "−1\u{a0}234\u{a0}567,89\u{a0}₽"
        );
    }

    #[test]
    fn rates_have_no_needless_digits() {
        let of = |language, rate| NumberFormat(language).rate(BasisPoints(rate));
        assert_eq!(of(Language::En, 2000), "20%");
        assert_eq!(of(Language::De, 1900), "19\u{a0}%");
        assert_eq!(of(Language::De, 750), "7,5\u{a0}%");
        assert_eq!(of(Language::Ru, 5), "0,05\u{a0}%");
    }

    #[test]
    fn a_time_is_the_shops() {
        let zone = Zone::named("Europe/Berlin").expect("a zone");
        let at = UnixMs(1_795_266_300_000); // 2026-11-21T13:05:00Z
        let of = |language| NumberFormat(language).time(at, &zone);
        assert_eq!(of(Language::De), "21.11.2026 14:05");
        assert_eq!(of(Language::En), "2026-11-21 14:05");
    }
}
