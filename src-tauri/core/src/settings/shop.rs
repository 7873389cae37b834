//! The shop's part of a receipt: its name and address, the taxes that its prices include, and where and how
//! receipts are printed.

use serde::{Deserialize, Serialize};

use super::{PrinterPort, trimmed};
use crate::error::FieldErrors;
use crate::money::BasisPoints;

/// Longest of the shop's texts, characters.
const MAX_TEXT_CHARS: usize = 400;
/// Most tax rates; no country has as many.
pub(super) const MAX_RATES: usize = 12;
/// Longest name of a tax, characters: its figures must fit on the same line.
const MAX_RATE_NAME_CHARS: usize = 24;
/// Highest tax rate, hundredths of a percent.
const MAX_RATE: u32 = 10_000;

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
    /// The text below the receipt.
    pub footer: Option<String>,
}

/// A tax that prices include.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct TaxRate {
    /// Its name: `VAT`, `MwSt.`.
    pub name: String,
    /// The rate, hundredths of a percent; 10000 at most.
    pub rate: BasisPoints,
}

/// Where and how receipts are printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct Printing {
    /// The receipt printer; with `None` receipts are shown, saved, or printed by the system's dialog.
    pub printer: Option<PrinterPort>,
    /// The width of its paper, which pictures and PDF files of receipts have too.
    pub paper: Paper,
    /// Whose letters are printed.
    pub letters: Letters,
    /// Whether a receipt is printed as soon as its sale is paid.
    pub auto_print: bool,
    /// Whether the cash drawer opens with the first receipt of a sale.
    pub drawer: bool,
}

/// Whose letters a receipt printer prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Letters {
    /// The printer's own, in code pages 858 and 866. What they lack is substituted.
    #[default]
    Printer,
    /// Those of the till's font, sent as a picture: every script of the font, on every printer.
    Picture,
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
    /// Characters per line in the printer's font A, which is 12 dots wide at 8 dots per millimetre.
    pub fn columns(self) -> usize {
        match self {
            Self::Mm58 => 32,
            Self::Mm80 => 48,
        }
    }

    /// Dots per line, 8 per millimetre of what can be printed on.
    pub fn dots(self) -> usize {
        self.columns() * 12
    }
}

impl Shop {
    pub(super) fn normalise(&mut self) {
        for field in [
            &mut self.name,
            &mut self.address,
            &mut self.tax_id,
            &mut self.footer,
        ] {
            *field = trimmed(field.take());
        }
    }

    pub(super) fn validate(&self, errors: &mut FieldErrors) {
        for (field, text) in [
            ("shop.name", &self.name),
            ("shop.address", &self.address),
            ("shop.tax_id", &self.tax_id),
            ("shop.footer", &self.footer),
        ] {
            let chars = text.as_ref().map_or(0, |text| text.chars().count());
            errors.require(
                chars <= MAX_TEXT_CHARS,
                field,
                "must be 400 characters at most",
            );
        }
    }
}

/// Checks the tax rates, and the one of them that sales typed on the pad have.
pub(super) fn validate_rates(
    rates: &[TaxRate],
    default: Option<BasisPoints>,
    errors: &mut FieldErrors,
) {
    let field = "tax_rates";
    errors.require(rates.len() <= MAX_RATES, field, "must be 12 at most");
    for (index, rate) in rates.iter().enumerate() {
        errors.require(
            (1..=MAX_RATE_NAME_CHARS).contains(&rate.name.chars().count()),
            field,
            "each must have a name, 24 characters at most",
        );
        errors.require(
            rate.rate.0 <= MAX_RATE,
            field,
            "each must be 100 percent at most",
        );
        // A sale keeps the rate alone, and the receipt finds the name by it.
        let mut earlier = rates.iter().take(index);
        errors.require(
            !earlier.any(|other| other.rate == rate.rate),
            field,
            "each rate must stand there once",
        );
    }
    errors.require(
        default.is_none_or(|default| rates.iter().any(|rate| rate.rate == default)),
        "default_tax",
        "must be one of the rates",
    );
}
