//! Amounts of money: whole minor units (cents, kopecks) in an `i64`, read from and written as decimal text.
//!
//! No amount is ever a float, because floats cannot hold most decimals exactly. The workspace's lint
//! `float_arithmetic` and a test that reads this crate's source enforce it.
//!
//! ```
//! use ringup_core::money::{Currency, Money, MoneyError};
//!
//! let amount = Money::parse_charge("12,5", Currency::Eur)?;
//! assert_eq!(amount.minor(), 1250);
//! assert_eq!((amount.to_string(), amount.to_gateway()), ("12.50".to_owned(), "12.5".to_owned()));
//! # Ok::<(), MoneyError>(())
//! ```

use serde::{Deserialize, Serialize};

use crate::breaks::{self, Break};

/// A currency that the gateway accepts (docs/gateway.md, *POST /invoice/create*). All have two decimals.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::Display,
    strum::IntoStaticStr,
    ts_rs::TS,
)]
#[serde(rename_all = "UPPERCASE")]
#[strum(serialize_all = "UPPERCASE")]
#[ts(export)]
pub enum Currency {
    /// Russian roubles, in kopecks.
    Rub,
    /// US dollars, in cents.
    Usd,
    /// Euros, in cents.
    Eur,
}

/// Minor units in one major unit, the same for every currency here.
const MINOR_PER_MAJOR: i64 = 100;
/// The gateway's largest amount, in major units.
const MAXIMUM_MAJOR: i64 = 10_000_000;
/// Longest text read as an amount, bytes. No amount within the limits needs more.
const MAX_TEXT_BYTES: usize = 40;

impl Currency {
    /// All currencies, in the order of the gateway's documentation.
    pub const ALL: [Self; 3] = [Self::Rub, Self::Usd, Self::Eur];

    /// The ISO 4217 code.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// The smallest amount that the gateway accepts: 100 RUB, 1 USD, 1 EUR
    /// (docs/gateway.md, *POST /invoice/create*).
    pub fn minimum(self) -> Money {
        let major = match self {
            Self::Rub => 100,
            Self::Usd | Self::Eur => 1,
        };
        Money::from_minor(major * MINOR_PER_MAJOR, self)
    }

    /// The largest amount that the gateway accepts: 10,000,000 of each
    /// (docs/gateway.md, *POST /invoice/create*).
    pub fn maximum(self) -> Money {
        Money::from_minor(MAXIMUM_MAJOR * MINOR_PER_MAJOR, self)
    }
}

impl std::str::FromStr for Currency {
    type Err = MoneyError;

    /// Reads an ISO 4217 code in upper or lower case; any other text is [`MoneyError::UnknownCurrency`].
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.code().eq_ignore_ascii_case(text.trim()))
            .ok_or(MoneyError::UnknownCurrency)
    }
}

/// An amount of one currency. Screens get and send it as it is here, `{minor, currency}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Money {
    /// In minor units (cents, kopecks).
    minor: i64,
    /// Its currency.
    currency: Currency,
}

/// A rate in hundredths of a percent: 1900 is 19 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(as = "u32")]
pub struct BasisPoints(pub u32);

impl<'de> Deserialize<'de> for BasisPoints {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A rate is a key of the totals, and JSON's keys are texts. serde turns such a text into a number by
        // itself, but not inside a flattened struct, and the entries of the journal are flattened.
        deserializer.deserialize_any(BasisPointsVisitor)
    }
}

struct BasisPointsVisitor;

impl serde::de::Visitor<'_> for BasisPointsVisitor {
    type Value = BasisPoints;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("hundredths of a percent")
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<BasisPoints, E> {
        u32::try_from(number).map(BasisPoints).map_err(E::custom)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<BasisPoints, E> {
        text.parse().map(BasisPoints).map_err(E::custom)
    }
}

/// 100 %, in basis points.
const HUNDRED_PERCENT: i128 = 10_000;

impl BasisPoints {
    /// The tax contained in a gross amount at this rate, minor units, rounded half up.
    pub fn contained_in(self, gross_minor: i64) -> i64 {
        let (gross, rate) = (i128::from(gross_minor), i128::from(self.0));
        let whole = match breaks::is(Break::TaxOnTop) {
            true => HUNDRED_PERCENT,
            false => HUNDRED_PERCENT + rate,
        };
        half_up(gross * rate, whole)
    }

    /// This share of an amount, minor units, rounded half up.
    pub fn of(self, minor: i64) -> i64 {
        half_up(i128::from(minor) * i128::from(self.0), HUNDRED_PERCENT)
    }
}

impl std::fmt::Display for BasisPoints {
    /// In percent, without the sign: `19.00`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// `numerator / denominator`, rounded half away from zero. The denominator must be positive.
fn half_up(numerator: i128, denominator: i128) -> i64 {
    let rounded = (numerator.abs() * 2 + denominator) / (denominator * 2);
    // Fits: with a rate of up to 100 % a share is no larger than its amount.
    i64::try_from(rounded * numerator.signum()).unwrap_or(i64::MAX)
}

/// Why a text is not an amount that can be charged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The text is empty.
    #[error("no amount was entered")]
    Empty,
    /// Something other than digits with at most one decimal separator.
    #[error("this is not an amount")]
    NotANumber,
    /// More than two decimals.
    #[error("an amount has at most two decimals")]
    TooManyDecimals,
    /// Less than the gateway's minimum, which is given.
    #[error("the least that can be charged is {0} {currency}", currency = .0.currency())]
    BelowMinimum(Money),
    /// More than the gateway's maximum, which is given.
    #[error("the most that can be charged is {0} {currency}", currency = .0.currency())]
    AboveMaximum(Money),
    /// A currency other than RUB, USD and EUR.
    #[error("the currency must be RUB, USD or EUR")]
    UnknownCurrency,
}

impl Money {
    /// An amount in minor units.
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The amount in minor units (cents, kopecks).
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// Its currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// An amount of the same currency.
    #[must_use]
    pub const fn with_minor(self, minor: i64) -> Self {
        Self::from_minor(minor, self.currency)
    }

    /// This amount and `minor` more of its currency. What would overflow stays at the largest number.
    #[must_use]
    pub const fn plus(self, minor: i64) -> Self {
        Self::from_minor(self.minor.saturating_add(minor), self.currency)
    }

    /// Reads what a person typed: digits, at most one `.` or `,`, no sign, no exponent, no grouping. A third decimal
    /// is refused, zero or not: `1,000` may be one or a thousand, and nobody guesses.
    ///
    /// # Errors
    /// [`MoneyError::Empty`], [`MoneyError::NotANumber`], [`MoneyError::TooManyDecimals`], and
    /// [`MoneyError::AboveMaximum`] for an amount that does not fit into an `i64`.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MoneyError::Empty);
        }
        if text.len() > MAX_TEXT_BYTES {
            return Err(MoneyError::NotANumber);
        }
        let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && decimals.is_empty())
            || !digits_only(whole)
            || !digits_only(decimals)
        {
            return Err(MoneyError::NotANumber);
        }
        if decimals.len() > 2 {
            return Err(MoneyError::TooManyDecimals);
        }
        // Both parts are digits only, so parsing can fail only because of their size.
        let too_large = || MoneyError::AboveMaximum(currency.maximum());
        let whole: i64 = match whole {
            "" => 0,
            digits => digits.parse().or(Err(too_large()))?,
        };
        let minor: i64 = format!("{decimals:0<2}").parse().or(Err(too_large()))?;
        whole
            .checked_mul(MINOR_PER_MAJOR)
            .and_then(|major| major.checked_add(minor))
            .map(|minor| Self { minor, currency })
            .ok_or_else(too_large)
    }

    /// Reads a decimal of the gateway's, which groups nothing: as [`Money::parse`], but `30.000` is thirty
    /// (docs/gateway.md, row *when a sale is paid*: equal as a decimal).
    ///
    /// # Errors
    /// As [`Money::parse`].
    pub fn parse_reported(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let shortened = text.split_once('.').and_then(|(whole, decimals)| {
            let (cents, rest) = decimals.split_at_checked(2)?;
            let only_zeros = rest.bytes().all(|byte| byte == b'0');
            only_zeros.then(|| format!("{whole}.{cents}"))
        });
        Self::parse(shortened.as_deref().unwrap_or(text), currency)
    }

    /// Reads an amount to charge: [`Money::parse`], then [`Money::within_limits`].
    ///
    /// # Errors
    /// Those of both.
    pub fn parse_charge(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        Self::parse(text, currency)?.within_limits()
    }

    /// The same amount, if the gateway accepts it.
    ///
    /// # Errors
    /// [`MoneyError::BelowMinimum`], [`MoneyError::AboveMaximum`].
    pub fn within_limits(self) -> Result<Self, MoneyError> {
        if self.minor < self.currency.minimum().minor {
            return Err(MoneyError::BelowMinimum(self.currency.minimum()));
        }
        if self.minor > self.currency.maximum().minor {
            return Err(MoneyError::AboveMaximum(self.currency.maximum()));
        }
        Ok(self)
    }

    /// The same amount, if a sale that needs no gateway can be of it: more than nothing, and no more than the gateway's
    /// maximum.
    ///
    /// # Errors
    /// [`MoneyError::BelowMinimum`], [`MoneyError::AboveMaximum`].
    pub fn within_tender_limits(self) -> Result<Self, MoneyError> {
        match self.minor {
            ..=0 => Err(MoneyError::BelowMinimum(self.with_minor(1))),
            _ if self.minor > self.currency.maximum().minor => {
                Err(MoneyError::AboveMaximum(self.currency.maximum()))
            }
            _ => Ok(self),
        }
    }

    /// The text that the gateway is sent: `.` as the separator, no trailing zeros (`"12.5"`, `"100"`;
    /// docs/gateway.md, row *decimals in `amount`*).
    pub fn to_gateway(self) -> String {
        let text = self.to_string();
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl std::fmt::Display for Money {
    /// The exact decimal with two decimals and without the currency: `12.50`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        let scale = MINOR_PER_MAJOR.unsigned_abs();
        write!(f, "{sign}{}.{:02}", minor / scale, minor % scale)
    }
}

/// The same JSON with each amount as decimal text, as `--json` prints it (docs/contract.md, *JSON output*).
pub fn with_decimals(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Array(values) => values.into_iter().map(with_decimals).collect(),
        Value::Object(fields) => match serde_json::from_value::<Money>(fields.clone().into()) {
            Ok(money) => money.to_string().into(),
            Err(_) => {
                let fields = fields.into_iter();
                fields
                    .map(|(name, value)| (name, with_decimals(value)))
                    .collect()
            }
        },
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn currencies() -> impl Strategy<Value = Currency> {
        prop::sample::select(Currency::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn every_printed_amount_parses_back(minor in 0..=i64::MAX, currency in currencies()) {
            let money = Money::from_minor(minor, currency);
            prop_assert_eq!(Money::parse(&money.to_string(), currency), Ok(money));
            prop_assert_eq!(Money::parse(&money.to_gateway(), currency), Ok(money));
        }

        #[test]
        fn what_is_sent_has_no_needless_zero_and_no_exponent(minor in 0..=i64::MAX) {
            let text = Money::from_minor(minor, Currency::Eur).to_gateway();
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
            prop_assert!(!text.contains('.') || !text.ends_with(['0', '.']));
            prop_assert!(text.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 2));
        }

        #[test]
        fn any_text_is_an_amount_or_an_error(text in ".{0,50}", currency in currencies()) {
            if let Ok(money) = Money::parse(&text, currency) {
                prop_assert!(money.minor() >= 0);
                prop_assert!(text.trim().bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b','));
            }
        }

        #[test]
        fn zeros_before_change_nothing(minor in 0..=1_000_000_000_i64, lead in 0..5_usize) {
            let money = Money::from_minor(minor, Currency::Usd);
            let text = format!("{}{money}", "0".repeat(lead));
            prop_assert_eq!(Money::parse(&text, Currency::Usd), Ok(money));
        }

        #[test]
        fn a_third_decimal_is_refused_zero_or_not(minor in 0..=1_000_000_000_i64, digits in "[0-9]{1,4}") {
            let text = format!("{}{digits}", Money::from_minor(minor, Currency::Rub));
            for text in [text.replace('.', ","), text] {
                prop_assert_eq!(Money::parse(&text, Currency::Rub), Err(MoneyError::TooManyDecimals));
            }
        }

        #[test]
        fn zeros_of_the_gateway_after_the_second_decimal_change_nothing(
            minor in 0..=1_000_000_000_i64,
            zeros in 0..5_usize,
            digit in 1..=9_u8,
        ) {
            let money = Money::from_minor(minor, Currency::Usd);
            let text = format!("{money}{}", "0".repeat(zeros));
            prop_assert_eq!(Money::parse_reported(&text, Currency::Usd), Ok(money));
            let more = format!("{text}{digit}");
            prop_assert!(Money::parse_reported(&more, Currency::Usd).is_err());
        }

        #[test]
        fn only_amounts_within_the_limits_are_charged(minor in 0..=2_000_000_000_i64, currency in currencies()) {
            let money = Money::from_minor(minor, currency);
            let inside = currency.minimum().minor() <= minor && minor <= currency.maximum().minor();
            prop_assert_eq!(money.within_limits().is_ok(), inside);
        }
    }

    #[test]
    fn the_limits_are_the_gateways() {
        assert_eq!(Currency::Rub.minimum().minor(), 10_000);
        assert_eq!(Currency::Usd.minimum().minor(), 100);
        assert_eq!(Currency::Eur.minimum().minor(), 100);
        for currency in Currency::ALL {
            assert_eq!(currency.maximum().to_gateway(), "10000000");
        }
    }

    /// The screens read the same texts (`ui/src/money.ts`), and both must agree on each.
    #[test]
    fn what_people_type_is_read_as_on_the_screens() {
        let texts: std::collections::BTreeMap<String, Option<i64>> =
            serde_json::from_str(include_str!("money/typed_amounts.json")).expect("JSON");
        for (text, minor) in texts {
            let read = Money::parse(&text, Currency::Eur).map(Money::minor);
            assert_eq!(read.ok(), minor, "{text:?}");
        }
    }

    #[test]
    fn each_wrong_text_has_its_error() {
        let error = |text| Money::parse(text, Currency::Eur).expect_err(text);
        for thousand in ["1,000", "1.000", "12.000"] {
            assert_eq!(error(thousand), MoneyError::TooManyDecimals);
        }
        assert_eq!(error(" "), MoneyError::Empty);
        for text in [".", "-1", "1e3", "1.000.000", "1 000", "٣", "1.2.3"] {
            assert_eq!(error(text), MoneyError::NotANumber, "{text}");
        }
        assert!(matches!(
            error("92233720368547758.08"),
            MoneyError::AboveMaximum(_)
        ));
    }
}
