//! Fiat amounts: decimal text in one of three currencies, within the limits of docs/gateway.md.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// A fiat currency of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "UPPERCASE")]
#[strum(serialize_all = "UPPERCASE")]
pub enum Currency {
    /// Russian rouble.
    Rub,
    /// US dollar.
    Usd,
    /// Euro.
    Eur,
}

impl Currency {
    /// Its code in the API: `RUB`, `USD` or `EUR`.
    pub fn code(self) -> &'static str {
        self.into()
    }

    fn minimum_minor(self) -> u64 {
        match self {
            Self::Rub => 10_000,
            Self::Usd | Self::Eur => 100,
        }
    }
}

/// 10,000,000 of any currency.
const MAXIMUM_MINOR: u64 = 1_000_000_000;

/// A fiat amount: the text as it was asked for, and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    text: String,
    minor: u64,
}

impl Amount {
    /// Reads a decimal with at most two digits after the point, within the currency's limits.
    pub(crate) fn parse(text: &str, currency: Currency) -> Result<Self, String> {
        let minor = minor_units(text)
            .ok_or("a decimal with at most 2 digits after the point, for example 12.5")?;
        let (minimum, code) = (currency.minimum_minor(), currency.code());
        if minor < minimum {
            return Err(format!("at least {} {code}", minimum / 100));
        }
        if minor > MAXIMUM_MINOR {
            return Err(format!("at most {} {code}", MAXIMUM_MINOR / 100));
        }
        Ok(Self {
            text: text.to_owned(),
            minor,
        })
    }

    /// The text as it was asked for.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Cents or kopecks.
    pub fn minor(&self) -> u64 {
        self.minor
    }
}

/// `12`, `12.5`, `12.50` as cents. No sign, exponent, grouping, leading or trailing point, and no
/// leading zeros; `None` for those and for what is too long to be an amount.
fn minor_units(text: &str) -> Option<u64> {
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || fraction.len() > 2 {
        return None;
    }
    if !digits(whole) || !digits(fraction) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    let cents: u64 = format!("{fraction:0<2}").parse().ok()?;
    whole
        .parse::<u64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(cents)
}
