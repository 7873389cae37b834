//! A sheet that is written from top to bottom: in one language, in letters that its ink has.

use super::ink::Ink;
use super::row::{Page, Row};
use crate::money::{Currency, Money};
use crate::shop::Paper;
use crate::words::{Figures, Words};

pub(super) struct Sheet<'a> {
    pub(super) words: &'a Words,
    pub(super) figures: Figures,
    ink: Ink,
    page: Page,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(words: &'a Words, paper: Paper, ink: Ink) -> Self {
        Self {
            words,
            figures: Figures(words.language()),
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
        let text = self.inked(text);
        self.page.left(&text);
    }

    pub(super) fn centre(&mut self, text: &str, bold: bool, big: bool) {
        let text = self.inked(text);
        self.page.centre(&text, bold, big);
    }

    pub(super) fn pair(&mut self, left: &str, right: &str) {
        self.pair_in(left, right, false, false);
    }

    pub(super) fn pair_in(&mut self, left: &str, right: &str, bold: bool, big: bool) {
        let [left, right] = [left, right].map(|text| self.inked(text).replace('\n', " "));
        self.page.pair(&left, &right, bold, big);
    }

    fn inked(&self, text: &str) -> String {
        self.ink.text(text, self.words.language())
    }
}
