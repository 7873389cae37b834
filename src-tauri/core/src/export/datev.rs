//! The drawer's cash as DATEV's Kassenbuch online imports it: the standard ASCII file of its help document 1002367
//! (docs/export.md, *DATEV*). One row for each rate of each movement, with its sign.

use std::io::{self, Write};

use super::ExportQuery;
use super::bookings::{Document, Part, account};
use crate::calendar::day_of;
use crate::money::{Currency, Money};

const COLUMNS: [&str; 13] = [
    "Währung",
    "VorzBetrag",
    "RechNr",
    "BelegDatum",
    "Belegtext",
    "UStSatz",
    "BU",
    "Gegenkonto",
    "Kost1",
    "Kost2",
    "Kostmenge",
    "Skonto",
    "Nachricht",
];
/// The longest text of a row, characters.
const MAX_TEXT: usize = 60;

/// Writes the rows.
pub(super) struct DatevWriter<'w>(csv::Writer<&'w mut (dyn Write + Send)>);

impl<'w> DatevWriter<'w> {
    pub(super) fn begin(out: &'w mut (dyn Write + Send)) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut csv = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .quote_style(csv::QuoteStyle::Always)
            .from_writer(out);
        csv.write_record(COLUMNS)?;
        Ok(Self(csv))
    }

    /// Writes the rows of a document that moves cash, and returns how many they are.
    pub(super) fn write(&mut self, document: &Document, query: &ExportQuery) -> io::Result<u64> {
        // DATEV takes euros alone.
        if document.money != account::CASH || document.currency != Currency::Eur {
            return Ok(0);
        }
        let mut rows = 0;
        for part in &document.parts {
            self.0.write_record(cells(document, part, query))?;
            rows += 1;
        }
        Ok(rows)
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn cells(document: &Document, part: &Part, query: &ExportQuery) -> [String; 13] {
    let sign = if part.minor < 0 { '-' } else { '+' };
    let amount = Money::from_minor(part.minor.saturating_abs(), document.currency);
    let rate = part.tax.map(|(rate, _)| rate.to_string().replace('.', ","));
    let day = day_of(document.at, &query.zone).to_string();
    // 2026-11-22 is 2211: DATEV asks for the period when it imports.
    let mut date = day.split('-').skip(1);
    let (month, day) = (
        date.next().unwrap_or_default(),
        date.next().unwrap_or_default(),
    );
    let plain = |text: &str| text.replace(['"', '\r', '\n', '\t'], " ");
    let text: String = plain(&document.text).chars().take(MAX_TEXT).collect();
    [
        document.currency.code().to_owned(),
        format!("{sign}{}", amount.to_string().replace('.', ",")),
        document.number.clone(),
        format!("{day}{month}"),
        text,
        rate.unwrap_or_default(),
        String::new(),
        query.account(&part.what).unwrap_or_default().to_owned(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
    ]
}
