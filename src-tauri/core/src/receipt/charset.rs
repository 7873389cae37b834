//! Which characters a way of printing has. Text from outside (names, notes) becomes text that can be
//! printed and does nothing else: no control character reaches a printer, where it would be a command.

use crate::i18n::Language;

/// What a receipt is printed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// The program's own font: pictures and PDF.
    Font,
    /// A receipt printer's letters: code pages 866 and 858.
    Printer,
}

/// Beyond ASCII, what code page 858 has (Latin letters of western Europe, the euro).
const PAGE_858: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»─ÁÂÀ©¢¥ãÃ¤ðÐÊËÈ€ÍÎÏ¦ÌÓßÔÒõÕµþÞÚÛÙýÝ¯´±¾¶§÷¸°¨·¹³²";
/// Beyond ASCII, what code page 866 has (Cyrillic).
const PAGE_866: &str =
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяЁёЄєЇїЎў№─°·√¤";

/// One of a printer's two code pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// 858.
    Western,
    /// 866.
    Cyrillic,
}

impl Page {
    /// The page that has this character: the one in use, if it does.
    pub(super) fn of(c: char, in_use: Self) -> Self {
        let has = |page: Self| match page {
            Self::Western => PAGE_858.contains(c),
            Self::Cyrillic => PAGE_866.contains(c),
        };
        let other = match in_use {
            Self::Western => Self::Cyrillic,
            Self::Cyrillic => Self::Western,
        };
        if c.is_ascii() || has(in_use) || !has(other) {
            in_use
        } else {
            other
        }
    }

    #[cfg(test)]
    pub(super) fn characters(self) -> &'static str {
        match self {
            Self::Western => PAGE_858,
            Self::Cyrillic => PAGE_866,
        }
    }
}

impl Charset {
    /// The same text in characters that this ink has, one column each. Lines stay lines.
    pub(super) fn text(self, text: &str, language: Language) -> String {
        let mut fit = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\n' => fit.push('\n'),
                '\t' => fit.push(' '),
                // Marks of direction, joiners, soft hyphens: they have no width.
                '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fe00}'..='\u{fe0f}' => {}
                c if c.is_control() => {}
                c if c.is_whitespace() => fit.push(' '),
                c => self.letter(c, language, &mut fit),
            }
        }
        fit
    }

    fn letter(self, c: char, language: Language, fit: &mut String) {
        let known = match self {
            Self::Font => super::font::has(c),
            Self::Printer => c.is_ascii() || PAGE_858.contains(c) || PAGE_866.contains(c),
        };
        if known {
            fit.push(c);
            return;
        }
        fit.push_str(match c {
            '₽' if language == Language::Ru => "руб.",
            '₽' => "RUB",
            '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
            '“' | '”' | '„' | '‟' => "\"",
            '‘' | '’' | '‚' | '‛' => "'",
            '…' => "...",
            '•' => "·",
            '×' => "x",
            _ => "?",
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_is_a_command() {
        let hostile = "Tee\u{1b}p\u{0}\u{19}\u{fa}\u{1d}V\r\u{7f}\u{9b}1m\u{202e}x\u{ad}y";
        for ink in [Charset::Font, Charset::Printer] {
            let text = ink.text(hostile, Language::De);
            assert!(text.chars().all(|c| !c.is_control()), "{text:?}");
            assert!(text.starts_with("Teep"), "{text:?}");
            assert!(text.ends_with("xy"), "{text:?}");
        }
    }

    #[test]
    fn a_printer_without_a_sign_says_it_in_words() {
        let of = |text, language| Charset::Printer.text(text, language);
        assert_eq!(of("−1\u{a0}234,00\u{a0}₽", Language::Ru), "-1 234,00 руб.");
        assert_eq!(of("₽12.50", Language::En), "RUB12.50");
        assert_eq!(
            of("12,50\u{a0}€ „süß“…", Language::De),
            "12,50 € \"süß\"..."
        );
        assert_eq!(of("№ 5 🍒", Language::Ru), "№ 5 ?");
        assert_eq!(Charset::Font.text("12,50\u{a0}₽", Language::Ru), "12,50 ₽");
    }

    #[test]
    fn the_page_in_use_stays_as_long_as_it_serves() {
        use Page::{Cyrillic, Western};
        assert_eq!(Page::of('a', Cyrillic), Cyrillic);
        assert_eq!(Page::of('я', Western), Cyrillic);
        assert_eq!(Page::of('€', Cyrillic), Western);
        assert_eq!(Page::of('°', Cyrillic), Cyrillic);
    }
}
