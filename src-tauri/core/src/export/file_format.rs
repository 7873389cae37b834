//! Writes rows in the format of the export, one after the other.

use std::io::{self, Write};

use super::ExportFormat;
use super::spreadsheet::{Cell, DialectWriter, XlsxWriter};
use super::table::Table;

/// A file that is being written.
pub(super) enum RowWriter<'w> {
    Csv(Box<DialectWriter<'w>>),
    Xlsx(Box<XlsxWriter<'w>>),
    Json {
        out: &'w mut (dyn Write + Send),
        table: Table,
        empty: bool,
    },
}

impl<'w> RowWriter<'w> {
    pub(super) fn begin(
        format: ExportFormat,
        table: Table,
        out: &'w mut (dyn Write + Send),
    ) -> io::Result<Self> {
        match format {
            ExportFormat::Xlsx => Ok(Self::Xlsx(Box::new(XlsxWriter::begin(out, table)?))),
            ExportFormat::Json => {
                out.write_all(b"[")?;
                Ok(Self::Json {
                    out,
                    table,
                    empty: true,
                })
            }
            ExportFormat::Csv
            | ExportFormat::ExcelEn
            | ExportFormat::ExcelDe
            | ExportFormat::ExcelRu
            | ExportFormat::Datev => {
                let writer = DialectWriter::begin(out, format.dialect(), table)?;
                Ok(Self::Csv(Box::new(writer)))
            }
        }
    }

    /// Writes a row, whose cells are in the order of the table's columns.
    pub(super) fn write(&mut self, row: Vec<Cell>) -> io::Result<()> {
        match self {
            Self::Csv(writer) => writer.write(row),
            Self::Xlsx(writer) => writer.write(row),
            Self::Json { out, table, empty } => {
                out.write_all(if *empty { b"\n" } else { b",\n" })?;
                *empty = false;
                let mut json = serde_json::Serializer::new(&mut **out);
                let fields = table.columns.iter().zip(row);
                Ok(serde::Serializer::collect_map(&mut json, fields)?)
            }
        }
    }

    pub(super) fn end(self) -> io::Result<()> {
        match self {
            Self::Csv(writer) => writer.end(),
            Self::Xlsx(writer) => writer.end(),
            Self::Json { out, .. } => {
                out.write_all(b"\n]\n")?;
                out.flush()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::record::{
        self, COLUMNS,
        tests::{query, row},
    };

    fn file_of(format: ExportFormat, note: &str) -> String {
        let query = query(format);
        let mut out = Vec::new();
        let mut writer = RowWriter::begin(format, record::TABLE, &mut out).expect("begun");
        writer
            .write(record::cells(row(note), &query))
            .expect("written");
        writer.end().expect("ended");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn an_excel_gets_the_separator_and_the_decimal_mark_of_its_country() {
        for (format, separator, amount) in [
            (ExportFormat::ExcelEn, ",", "12.50"),
            (ExportFormat::ExcelDe, ";", "12,50"),
            (ExportFormat::ExcelRu, ";", "12,50"),
        ] {
            let file = file_of(format, "9.10; \"tea\"");
            assert!(file.starts_with("\u{feff}kind"), "{file}");
            let mut reader = csv::ReaderBuilder::new();
            let mut reader = reader
                .delimiter(separator.as_bytes()[0])
                .from_reader(file.as_bytes());
            assert_eq!(reader.headers().expect("a head").len(), COLUMNS.len());
            let row = reader.records().next().expect("a row").expect("readable");
            assert_eq!((&row[7], &row[25]), (amount, "'9.10; \"tea\""));
            assert_eq!(&row[4], "2026-11-22", "every Excel reads ISO 8601");
        }
    }

    #[test]
    fn json_has_the_columns_of_csv_in_their_order() {
        let json = file_of(ExportFormat::Json, "Tea");
        let places = COLUMNS.map(|column| json.find(&format!("\"{column}\":")).expect(column));
        assert!(places.is_sorted());
        let rows: Vec<serde_json::Map<_, _>> = serde_json::from_str(&json).expect("an array");
        assert_eq!(rows[0].len(), COLUMNS.len());
        assert_eq!(rows[0]["day"], "2026-11-22", "the shop's, not UTC's");
        assert_eq!(rows[0]["time"], "2026-11-22T01:30:00+03:00");
    }

    #[test]
    fn csv_is_what_the_rfc_says_and_no_note_is_a_formula() {
        let csv = file_of(ExportFormat::Csv, "a \"b\", c\nd");
        assert!(csv.starts_with("\u{feff}kind,sale,label,"));
        assert!(csv.contains("\"a \"\"b\"\", c\nd\""), "{csv}");
        assert_eq!(csv.matches("\r\n").count(), 2);
        for formula in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1",
        ] {
            let note = |format| {
                let file = file_of(format, formula);
                let file = file.trim_start_matches('\u{feff}').to_owned();
                if format == ExportFormat::Json {
                    let rows: serde_json::Value = serde_json::from_str(&file).expect("JSON");
                    return rows[0]["note"].as_str().expect("a note").to_owned();
                }
                let mut rows = csv::Reader::from_reader(file.as_bytes());
                let row = rows.records().next().expect("a row").expect("readable");
                row[25].to_owned()
            };
            assert_eq!(note(ExportFormat::Csv), format!("'{formula}"));
            assert_eq!(note(ExportFormat::Json), formula, "data for programs");
        }
    }
}
