//! A sheet that is written from top to bottom: in one language, in letters that its ink has.

use super::charset::Charset;
use super::row::{Page, Row};
use crate::i18n::{Messages, NumberFormat};
use crate::money::{Currency, Money};
use crate::settings::Paper;

pub(super) struct LayoutBuilder<'a> {
    pub(super) words: &'a Messages,
    pub(super) figures: NumberFormat,
    ink: Charset,
    page: Page,
}

impl<'a> LayoutBuilder<'a> {
    pub(super) fn new(words: &'a Messages, paper: Paper, ink: Charset) -> Self {
        Self {
            words,
            figures: NumberFormat(words.language()),
            ink,
            page: Page::new(paper.columns()),
        }
    }

    pub(super) fn rows(self) -> Vec<Row> {
        self.page.rows()
    }

    pub(super) fn money(&self, minor: i64, currency: Currency) -> String {
        self.figures.money(Money::from_minor(minor, currency))
    }

    pub(super) fn rule(&mut self) {
        self.page.rule();
    }

    pub(super) fn blank(&mut self) {
        self.page.blank();
    }

    pub(super) fn left(&mut self, text: &str) {
        let text = self.in_charset(text);
        self.page.left(&text);
    }

    pub(super) fn centre(&mut self, text: &str, bold: bool, big: bool) {
        let text = self.in_charset(text);
        self.page.centre(&text, bold, big);
    }

    pub(super) fn pair(&mut self, left: &str, right: &str) {
        self.pair_in(left, right, false, false);
    }

    pub(super) fn pair_in(&mut self, left: &str, right: &str, bold: bool, big: bool) {
        let [left, right] = [left, right].map(|text| self.in_charset(text).replace('\n', " "));
        self.page.pair(&left, &right, bold, big);
    }

    fn in_charset(&self, text: &str) -> String {
        self.ink.text(text, self.words.language())
    }
}
