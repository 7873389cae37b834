//! What the shop says of itself on a receipt, which taxes its prices hold, and where receipts are printed.

use serde::{Deserialize, Serialize};

use crate::gateway::FieldError;
use crate::money::BasisPoints;
use crate::printer::PrinterPort;

/// Longest of the shop's texts, characters: a receipt is no letter.
const LONGEST_TEXT_CHARS: usize = 400;
/// More rates than any country has.
const MOST_RATES: usize = 12;
/// The longest name of a tax that leaves room for its figures.
const LONGEST_RATE_CHARS: usize = 24;
/// A rate of a hundred percent.
const HIGHEST_RATE: u32 = 10_000;

/// The head and the foot of a receipt.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct Shop {
    /// Its name.
    pub name: Option<String>,
    /// Its address, as many lines as it has.
    pub address: Option<String>,
    /// Its tax number, as the country calls it: `USt-IdNr. DE123456789`.
    pub tax_id: Option<String>,
    /// What stands under the receipt.
    pub footer: Option<String>,
}

/// A tax that prices hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct TaxRate {
    /// As it is called: `VAT`, `MwSt.`.
    pub name: String,
    /// How much, hundredths of a percent.
    pub rate: BasisPoints,
}

/// Where and how receipts are printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct Printing {
    /// The receipt printer; none: receipts are seen, saved, or go through the system's dialog.
    pub printer: Option<PrinterPort>,
    /// Its paper, which pictures and PDF take too.
    pub paper: Paper,
    /// Print as soon as a sale is paid.
    pub auto_print: bool,
    /// Open the cash drawer with each first receipt.
    pub drawer: bool,
}

/// The width of the paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub enum Paper {
    /// 58 mm: 32 characters.
    #[serde(rename = "58")]
    Mm58,
    /// 80 mm: 48 characters.
    #[default]
    #[serde(rename = "80")]
    Mm80,
}

impl Paper {
    /// Characters in a line of the printer's own letters (font A: 12 of 8 dots a millimetre).
    pub fn columns(self) -> usize {
        match self {
            Self::Mm58 => 32,
            Self::Mm80 => 48,
        }
    }
}

impl Shop {
    /// Empty texts are none.
    pub(crate) fn trim(&mut self) {
        for field in [
            &mut self.name,
            &mut self.address,
            &mut self.tax_id,
            &mut self.footer,
        ] {
            *field = field
                .take()
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty());
        }
    }

    pub(crate) fn problem(&self) -> Option<FieldError> {
        [
            ("shop.name", &self.name),
            ("shop.address", &self.address),
            ("shop.tax_id", &self.tax_id),
            ("shop.footer", &self.footer),
        ]
        .into_iter()
        .find(|(_, text)| {
            text.as_ref()
                .is_some_and(|text| text.chars().count() > LONGEST_TEXT_CHARS)
        })
        .map(|(field, _)| FieldError {
            field,
            problem: "must be 400 characters at most",
        })
    }
}

/// What is wrong with a list of rates and the one that the pad's sales bear.
pub(crate) fn rates_problem(rates: &[TaxRate], default: Option<BasisPoints>) -> Option<FieldError> {
    let wrong = |field, problem| Some(FieldError { field, problem });
    if rates.len() > MOST_RATES {
        return wrong("tax_rates", "must be 12 at most");
    }
    for (place, rate) in rates.iter().enumerate() {
        if rate.name.is_empty() || rate.name.chars().count() > LONGEST_RATE_CHARS {
            return wrong("tax_rates", "each must have a name, 24 characters at most");
        }
        if rate.rate.0 > HIGHEST_RATE {
            return wrong("tax_rates", "each must be 100 percent at most");
        }
        // A sale keeps the rate alone: the name is found by it.
        if rates
            .iter()
            .take(place)
            .any(|other| other.rate == rate.rate)
        {
            return wrong("tax_rates", "each rate must stand there once");
        }
    }
    match default {
        Some(default) if !rates.iter().any(|rate| rate.rate == default) => {
            wrong("default_tax", "must be one of the rates")
        }
        _ => None,
    }
}
