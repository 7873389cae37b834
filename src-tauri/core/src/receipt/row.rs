//! A row of a receipt: characters in columns, the one form that every way of drawing understands.

/// How large and heavy the letters of a row are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStyle {
    /// Regular letters.
    Plain,
    /// Bold letters.
    Bold,
    /// Bold letters of twice the size: half as many fit in a row.
    Title,
}

impl TextStyle {
    pub(super) fn is_bold(self) -> bool {
        self != Self::Plain
    }

    /// How many times as wide and as high as regular ones the letters are.
    pub(super) fn scale(self) -> u8 {
        if self == Self::Title { 2 } else { 1 }
    }
}

/// A row of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Characters in their columns.
    Text {
        /// Not wider than the paper in this style.
        text: String,
        /// The style of its letters.
        style: TextStyle,
    },
    /// A line drawn across the paper.
    Rule,
    /// An empty row.
    Blank,
}

impl Row {
    /// How many regular rows it is high.
    pub(super) fn height(&self) -> u8 {
        match self {
            Self::Text { style, .. } => style.scale(),
            Self::Rule | Self::Blank => 1,
        }
    }
}
