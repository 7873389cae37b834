//! A receipt's content line by line, and the rows that paper makes of it: characters in columns, the one form that every
//! way of drawing understands.

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

/// A line of a receipt as it is meant, before it is fitted to any width: what a page of its own lays out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Text from the left edge.
    Left(String),
    /// Text in the middle.
    Centre(String, TextStyle),
    /// A name at the left edge and an amount at the right.
    Pair {
        /// The name; spaces at its beginning say that it belongs to the line above.
        name: String,
        /// The amount.
        amount: String,
        /// The style of both.
        style: TextStyle,
    },
    /// A line drawn across.
    Rule,
    /// An empty line.
    Blank,
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
    /// A barcode in the middle.
    Bars(Bars),
}

/// The bars of a barcode: its modules from left to right, black is `true`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bars(pub(super) Vec<bool>);

/// How many regular rows a barcode is high.
const BARS_HEIGHT: u8 = 3;

impl Row {
    /// How many regular rows it is high.
    pub(super) fn height(&self) -> u8 {
        match self {
            Self::Text { style, .. } => style.scale(),
            Self::Rule | Self::Blank => 1,
            Self::Bars(_) => BARS_HEIGHT,
        }
    }
}
