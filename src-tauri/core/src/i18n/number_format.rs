//! Money, rates and times as each language writes them by CLDR, the same as on the screens (`ui/src/`). A test compares
//! both with one list, `ui/tests/money-by-language.json`.

use super::Language;
use crate::calendar::{Zone, local};
use crate::clock::UnixMs;
use crate::money::{BasisPoints, Currency, Money};

/// Keeps a number and its currency sign on one line.
const NO_BREAK: char = '\u{a0}';
/// The same, narrower: between the digits of French.
const NARROW_NO_BREAK: char = '\u{202f}';
/// The typographic minus: a hyphen in its place could be taken for one.
const MINUS: char = '\u{2212}';

/// How a language writes numbers.
#[derive(Debug, Clone, Copy)]
pub struct NumberFormat(pub Language);

/// Where the currency's sign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignPlace {
    /// `€5`, `−€5`.
    Before,
    /// `€ 5`, `€ −5`.
    BeforeMinus,
    /// `5 €`, `−5 €`.
    After,
}

/// Where the percent sign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PercentPlace {
    /// `%5`.
    Before,
    /// `5%`.
    After,
    /// `5 %`, with this space.
    Apart,
}

impl NumberFormat {
    fn point(self) -> char {
        match self.0 {
            Language::En => '.',
            _ => ',',
        }
    }

    /// Between thousands.
    fn group(self) -> char {
        match self.0 {
            Language::En => ',',
            Language::De | Language::Es | Language::It | Language::Nl | Language::Tr => '.',
            Language::Fr => NARROW_NO_BREAK,
            Language::Pt
            | Language::Pl
            | Language::Cs
            | Language::Ru
            | Language::Uk
            | Language::Kk => NO_BREAK,
        }
    }

    /// How many digits a number has at least whose thousands are marked: some languages leave four together.
    fn grouped_from_digits(self) -> usize {
        match self.0 {
            Language::Es | Language::It | Language::Pt | Language::Pl => 5,
            _ => 4,
        }
    }

    fn sign_place(self) -> SignPlace {
        match self.0 {
            Language::En | Language::Tr => SignPlace::Before,
            Language::Nl => SignPlace::BeforeMinus,
            _ => SignPlace::After,
        }
    }

    fn percent_place(self) -> PercentPlace {
        match self.0 {
            Language::Tr => PercentPlace::Before,
            Language::De | Language::Ru | Language::Es | Language::Fr | Language::Cs => {
                PercentPlace::Apart
            }
            _ => PercentPlace::After,
        }
    }

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
        let whole = if whole.len() < self.grouped_from_digits() {
            whole.to_owned()
        } else {
            grouped(whole, self.group())
        };
        let digits = format!("{whole}{}{decimals}", self.point());
        let sign = sign(money.currency());
        match self.sign_place() {
            SignPlace::Before => format!("{minus}{sign}{digits}"),
            SignPlace::BeforeMinus => format!("{sign}{NO_BREAK}{minus}{digits}"),
            SignPlace::After => format!("{minus}{digits}{NO_BREAK}{sign}"),
        }
    }

    /// `19 %`, `7.5%`, `%20`.
    pub fn rate(self, rate: BasisPoints) -> String {
        let (whole, hundredths) = (rate.0 / 100, rate.0 % 100);
        let hundredths = format!("{hundredths:02}");
        let hundredths = hundredths.trim_end_matches('0');
        let point = if hundredths.is_empty() {
            String::new()
        } else {
            self.point().to_string()
        };
        let number = format!("{whole}{point}{hundredths}");
        match self.percent_place() {
            PercentPlace::Before => format!("%{number}"),
            PercentPlace::After => format!("{number}%"),
            PercentPlace::Apart => format!("{number}{NO_BREAK}%"),
        }
    }

    /// A weight in kilograms, with its grams: `0.350`.
    pub fn kilograms(self, grams: u32) -> String {
        self.coins(&format!("{}.{:03}", grams / 1_000, grams % 1_000))
    }

    /// An amount of crypto, every digit kept.
    pub fn coins(self, amount: &str) -> String {
        amount.replace('.', &self.point().to_string())
    }

    /// A day: `21.11.2026`; in English `2026-11-21`, because day and month cannot be mistaken for each other in that
    /// order.
    fn day_form(self) -> &'static str {
        match self.0 {
            Language::En => "%Y-%m-%d",
            Language::Es | Language::Fr | Language::It | Language::Pt => "%d/%m/%Y",
            Language::Nl => "%d-%m-%Y",
            _ => "%d.%m.%Y",
        }
    }

    /// A day in a zone: `21.11.2026`; in English `2026-11-21`.
    pub fn day(self, at: UnixMs, zone: &Zone) -> String {
        local(at, zone).strftime(self.day_form()).to_string()
    }

    /// Day and time to the minute, in a zone: `21.11.2026 14:05`; in English `2026-11-21 14:05`.
    pub fn time(self, at: UnixMs, zone: &Zone) -> String {
        let form = format!("{} %H:%M", self.day_form());
        local(at, zone).strftime(&form).to_string()
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

    /// The list that the screens' own numbers are compared with too.
    #[derive(serde::Deserialize)]
    struct Written {
        language: Language,
        /// Minor units of euros.
        money: Vec<(i64, String)>,
        /// Basis points.
        rates: Vec<(u32, String)>,
    }

    #[test]
    fn paper_and_screen_write_numbers_alike() {
        let list = include_str!("../../../../ui/tests/money-by-language.json");
        let all: Vec<Written> = serde_json::from_str(list).expect("the list");
        let languages: Vec<Language> = all.iter().map(|it| it.language).collect();
        assert_eq!(languages, Language::ALL);
        for written in all {
            let numbers = NumberFormat(written.language);
            for (minor, text) in written.money {
                let money = numbers.money(Money::from_minor(minor, Currency::Eur));
                // The screens have a hyphen for a minus.
                assert_eq!(money.replace(MINUS, "-"), text, "{:?}", written.language);
            }
            for (rate, text) in written.rates {
                assert_eq!(numbers.rate(BasisPoints(rate)), text);
            }
        }
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
        assert_eq!(of(Language::Fr), "21/11/2026 14:05");
        assert_eq!(of(Language::Nl), "21-11-2026 14:05");
        assert_eq!(of(Language::Kk), "21.11.2026 14:05");
    }
}
