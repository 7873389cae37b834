//! Lines of characters, each as wide as the paper: the one form that every way of drawing understands.

/// A line of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Characters in their places, one a column.
    Text {
        /// Not wider than the paper: half as many where `big`.
        text: String,
        /// In bold letters.
        bold: bool,
        /// In letters of twice the size.
        big: bool,
    },
    /// A line drawn across.
    Rule,
    /// Nothing.
    Blank,
}

/// Rows of a receipt that is so many characters wide.
#[derive(Debug)]
pub(super) struct Page {
    columns: usize,
    rows: Vec<Row>,
}

impl Page {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            columns,
            rows: Vec::new(),
        }
    }

    pub(super) fn rows(self) -> Vec<Row> {
        self.rows
    }

    pub(super) fn rule(&mut self) {
        self.rows.push(Row::Rule);
    }

    pub(super) fn blank(&mut self) {
        self.rows.push(Row::Blank);
    }

    /// Text from the left edge, in as many rows as it takes.
    pub(super) fn left(&mut self, text: &str) {
        for line in wrapped(text, self.columns) {
            self.push(line, false, false);
        }
    }

    /// Text in the middle.
    pub(super) fn centre(&mut self, text: &str, bold: bool, big: bool) {
        let columns = if big { self.columns / 2 } else { self.columns };
        for line in wrapped(text, columns) {
            let free = columns.saturating_sub(line.chars().count());
            let line = format!("{}{line}", " ".repeat(free / 2));
            self.push(line, bold, big);
        }
    }

    /// Messages at the left edge and a figure at the right: in one row where both have room.
    pub(super) fn pair(&mut self, left: &str, right: &str, bold: bool, big: bool) {
        let columns = if big { self.columns / 2 } else { self.columns };
        let figure = right.chars().count();
        // A space between them at least.
        let room = columns.saturating_sub(figure + 1);
        let mut lines = if room >= columns / 4 {
            wrapped(left, room)
        } else {
            let mut lines = wrapped(left, columns);
            lines.push(String::new());
            lines
        };
        let last = lines.pop().unwrap_or_default();
        for line in lines {
            self.push(line, bold, big);
        }
        let free = columns.saturating_sub(last.chars().count() + figure);
        for (place, line) in wrapped(&format!("{last}{}{right}", " ".repeat(free)), columns)
            .into_iter()
            .enumerate()
        {
            // A figure wider than the paper goes on in the next row rather than off the edge.
            debug_assert!(place == 0 || figure > columns, "{line}");
            self.push(line, bold, big);
        }
    }

    fn push(&mut self, text: String, bold: bool, big: bool) {
        self.rows.push(Row::Text { text, bold, big });
    }
}

/// Text in lines of so many characters, broken between words; a word that is longer is broken within.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        if paragraph.chars().count() <= columns {
            lines.push(paragraph.to_owned());
            continue;
        }
        let mut line = String::new();
        let mut used = 0;
        for word in paragraph.split_whitespace() {
            let wide = word.chars().count();
            if used > 0 && used + 1 + wide <= columns {
                line.push(' ');
                line.push_str(word);
                used += 1 + wide;
                continue;
            }
            if used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            for letter in word.chars() {
                if used == columns {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(letter);
                used += 1;
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(page: Page) -> Vec<String> {
        let rows = page.rows().into_iter();
        rows.map(|row| match row {
            Row::Text { text, .. } => text,
            Row::Rule => "---".to_owned(),
            Row::Blank => String::new(),
        })
        .collect()
    }

    #[test]
    fn words_and_figures_find_their_places() {
        let mut page = Page::new(12);
        page.pair("Tee", "3,50", false, false);
        page.pair("Kirschkuchen vom Blech", "4,20", false, false);
        page.pair("Summe", "10.000.000,00", true, false);
        page.centre("Laden", true, false);
        page.centre("Tee", true, true);
        assert_eq!(
            texts(page),
            [
                "Tee     3,50",
                "Kirschk",
                "uchen",
                "vom",
                "Blech   4,20",
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
            left in "[a-zа-я ]{0,80}",
            right in "[0-9,]{0,20}",
            big: bool,
            columns in 16..50_usize,
        ) {
            let mut page = Page::new(columns);
            page.pair(&left, &right, false, big);
            let wide = if big { columns / 2 } else { columns };
            let rows = texts(page);
            for row in &rows {
                prop_assert!(row.chars().count() <= wide, "{row:?}");
            }
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&rows.concat()), letters(&left) + &right);
        }
    }
}
