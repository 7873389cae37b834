//! The columns of a file: which rows it has, each with one cell for each column.

/// What a file consists of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    /// The name of its sheets in a workbook.
    pub(super) sheet: &'static str,
    /// The names of its columns, in order. New ones are added at the end.
    pub(super) columns: &'static [&'static str],
}
