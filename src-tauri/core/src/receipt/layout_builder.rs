//! Writes a receipt row by row, from top to bottom: in one language, in characters that can be printed, wrapped to the
//! width of the paper.

use super::charset::Charset;
use super::row::{Line, Row, TextStyle};
use crate::i18n::{Language, Messages, NumberFormat};
use crate::money::{Currency, Money};
use crate::office::ShortHead;
use crate::settings::Paper;

pub(super) struct LayoutBuilder<'a> {
    pub(super) messages: &'a Messages,
    pub(super) numbers: NumberFormat,
    charset: Charset,
    /// Width of the paper in regular letters.
    columns: usize,
    lines: Vec<Line>,
}

impl<'a> LayoutBuilder<'a> {
    pub(super) fn new(messages: &'a Messages, paper: Paper, charset: Charset) -> Self {
        Self {
            messages,
            numbers: NumberFormat(messages.language()),
            charset,
            columns: paper.columns(),
            lines: Vec::new(),
        }
    }

    /// What was written, as it is meant.
    pub(super) fn lines(self) -> Vec<Line> {
        self.lines
    }

    /// What was written, in rows that fit the paper.
    pub(super) fn rows(self) -> Vec<Row> {
        let mut paper = PaperRows {
            language: self.messages.language(),
            charset: self.charset,
            columns: self.columns,
            rows: Vec::new(),
        };
        for line in &self.lines {
            paper.add(line);
        }
        paper.rows
    }

    pub(super) fn money(&self, minor: i64, currency: Currency) -> String {
        self.numbers.money(Money::from_minor(minor, currency))
    }

    /// A line across the paper.
    pub(super) fn rule(&mut self) {
        self.lines.push(Line::Rule);
    }

    pub(super) fn blank(&mut self) {
        self.lines.push(Line::Blank);
    }

    /// Text from the left edge, in as many rows as it takes.
    pub(super) fn left(&mut self, text: &str) {
        self.lines.push(Line::Left(text.to_owned()));
    }

    /// What the back office has signed, in short.
    pub(super) fn signed_head(&mut self, signed: &ShortHead) {
        let seq = signed.seq.to_string();
        let facts = [
            ("office", signed.office.as_str()),
            ("seq", &seq),
            ("hash", &signed.hash),
            ("signature", &signed.signature),
        ];
        let text = self.messages.text_with("slip-office", &facts);
        self.left(&text);
    }

    /// Text in the middle, in as many rows as it takes.
    pub(super) fn centre(&mut self, text: &str, style: TextStyle) {
        self.lines.push(Line::Centre(text.to_owned(), style));
    }

    /// A name at the left edge and an amount at the right: in one row where both have room.
    pub(super) fn pair(&mut self, name: &str, amount: &str, style: TextStyle) {
        self.lines.push(Line::Pair {
            name: name.to_owned(),
            amount: amount.to_owned(),
            style,
        });
    }
}

/// Rows as wide as the paper, in characters that can be printed.
struct PaperRows {
    language: Language,
    charset: Charset,
    /// Width of the paper in regular letters.
    columns: usize,
    rows: Vec<Row>,
}

impl PaperRows {
    fn add(&mut self, line: &Line) {
        match line {
            Line::Left(text) => self.left(text),
            Line::Centre(text, style) => self.centre(text, *style),
            Line::Pair {
                name,
                amount,
                style,
            } => self.pair(name, amount, *style),
            Line::Rule => self.rows.push(Row::Rule),
            Line::Blank => self.rows.push(Row::Blank),
        }
    }

    fn left(&mut self, text: &str) {
        for line in wrap(&self.printable(text), self.columns) {
            self.push(line, TextStyle::Plain);
        }
    }

    fn centre(&mut self, text: &str, style: TextStyle) {
        let columns = self.columns_of(style);
        for line in wrap(&self.printable(text), columns) {
            let free = columns.saturating_sub(line.chars().count());
            self.push(format!("{}{line}", " ".repeat(free / 2)), style);
        }
    }

    fn pair(&mut self, name: &str, amount: &str, style: TextStyle) {
        let [name, amount] = [name, amount].map(|text| self.printable(text).replace('\n', " "));
        let columns = self.columns_of(style);
        let width = |text: &str| text.chars().count();
        // The amount's column stays free, unless it leaves too little room or would break a word.
        let room = columns.saturating_sub(width(&amount) + 1);
        let breaks_word = name
            .split(' ')
            .any(|word| (room + 1..=columns).contains(&width(word)));
        let free_column = room >= columns / 4 && !breaks_word;
        let mut lines = wrap(&name, if free_column { room } else { columns });
        if lines.last().is_none_or(|last| width(last) > room) {
            lines.push(String::new());
        }
        let last = lines.pop().unwrap_or_default();
        for line in lines {
            self.push(line, style);
        }
        let free = columns.saturating_sub(width(&last) + width(&amount));
        // An amount wider than the paper goes on in the next row rather than off the edge.
        for line in wrap(&format!("{last}{}{amount}", " ".repeat(free)), columns) {
            self.push(line, style);
        }
    }

    fn columns_of(&self, style: TextStyle) -> usize {
        self.columns / usize::from(style.scale())
    }

    fn printable(&self, text: &str) -> String {
        self.charset.printable(text, self.language)
    }

    fn push(&mut self, text: String, style: TextStyle) {
        self.rows.push(Row::Text { text, style });
    }
}

/// Text in lines of so many characters, broken between words. A word that is longer than a line is broken within.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let options =
        textwrap::Options::new(columns).word_splitter(textwrap::WordSplitter::NoHyphenation);
    // `lines` drops the empty line after a last line break.
    let lines = text.lines().flat_map(|line| textwrap::wrap(line, &options));
    lines.map(|line| line.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn builder(messages: &Messages, columns: usize) -> LayoutBuilder<'_> {
        LayoutBuilder {
            columns,
            ..LayoutBuilder::new(messages, Paper::Mm80, Charset::Font)
        }
    }

    fn texts(builder: LayoutBuilder<'_>) -> Vec<String> {
        let rows = builder.rows().into_iter();
        rows.map(|row| match row {
            Row::Text { text, .. } => text,
            Row::Rule => "---".to_owned(),
            Row::Blank | Row::Bars(_) => String::new(),
        })
        .collect()
    }

    #[test]
    fn names_and_amounts_find_their_places() {
        let messages = Messages::of(Language::De);
        let mut builder = builder(&messages, 12);
        builder.pair("Tee", "3,50", TextStyle::Plain);
        builder.pair("Tee mit Zitrone", "4,20", TextStyle::Plain);
        builder.pair("Kirschkuchen vom Blech", "4,20", TextStyle::Plain);
        builder.pair("Donaudampfschiff", "9", TextStyle::Plain);
        builder.pair("Summe", "10.000.000,00", TextStyle::Bold);
        builder.centre("Laden", TextStyle::Bold);
        builder.centre("Tee", TextStyle::Title);
        assert_eq!(
            texts(builder),
            [
                "Tee     3,50",
                "Tee mit",
                "Zitrone 4,20",
                "Kirschkuchen",
                "vom Blech",
                "        4,20",
                "Donaudampf",
                "schiff     9",
                "Summe",
                "10.000.000,0",
                "0",
                "   Laden",
                " Tee",
            ]
        );
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_the_paper_and_no_letter_is_lost(
            name in "[a-zа-я€ ]{0,80}",
            amount in "[0-9,]{0,20}",
            title: bool,
            columns in 16..50_usize,
        ) {
            let messages = Messages::of(Language::En);
            let mut builder = builder(&messages, columns);
            builder.pair(&name, &amount, if title { TextStyle::Title } else { TextStyle::Plain });
            let widest = if title { columns / 2 } else { columns };
            let rows = texts(builder);
            for row in &rows {
                prop_assert!(row.chars().count() <= widest, "{row:?}");
            }
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&rows.concat()), letters(&name) + &amount);
            // A word is broken only if it is longer than the paper is wide.
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let printed = words(&rows.join(" "));
            for word in words(&name) {
                prop_assert!(word.chars().count() > widest || printed.contains(&word), "{word}");
            }
        }
    }
}
