//! Which characters can be printed. Text from outside (names, notes) becomes text that can be printed and does nothing
//! else: a control character that reached a printer would be a command.

use yore::code_pages::{CP850, CP852, CP857, CP866};

use super::font;
use crate::i18n::{Language, composed};
use crate::settings::Letters;

/// The characters that a receipt is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// Those of the program's own font, for pictures and PDF.
    Font,
    /// Those of a receipt printer: code pages 858, 866, 852 and 857.
    Printer,
}

/// One of a printer's code pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodePage {
    /// 858: the Latin letters of western Europe and the euro.
    Western,
    /// 866: Cyrillic letters.
    Cyrillic,
    /// 852: the Latin letters of central Europe.
    Central,
    /// 857: the letters of Turkish.
    Turkish,
}

impl CodePage {
    /// The one that is looked into first comes first.
    pub(super) const ALL: [Self; 4] = [Self::Western, Self::Cyrillic, Self::Central, Self::Turkish];

    /// The byte that this page has for a character.
    pub(super) fn encode(self, c: char) -> Option<u8> {
        let mut utf8 = [0; 4];
        let c = c.encode_utf8(&mut utf8);
        let encoded = match (self, &*c) {
            // 858 is 850 with the euro in the place of the dotless i.
            (Self::Western, "€") => return Some(0xd5),
            (Self::Western, "ı") => return None,
            (Self::Western, c) => CP850.encode(c),
            (Self::Cyrillic, c) => CP866.encode(c),
            (Self::Central, c) => CP852.encode(c),
            (Self::Turkish, c) => CP857.encode(c),
        };
        encoded.ok()?.first().copied()
    }

    /// Its number, as printers' handbooks call it.
    pub(super) fn number(self) -> u16 {
        match self {
            Self::Western => 858,
            Self::Cyrillic => 866,
            Self::Central => 852,
            Self::Turkish => 857,
        }
    }

    /// All its letters but those of ASCII, in the order of their bytes.
    pub(super) fn letters(self) -> String {
        let bytes: Vec<u8> = (0x80..=0xff).collect();
        let all = match self {
            Self::Western => CP850.decode(&bytes),
            Self::Cyrillic => CP866.decode(&bytes),
            Self::Central => CP852.decode(&bytes),
            Self::Turkish => CP857.decode_lossy(&bytes),
        };
        let letters = all.chars().filter(|c| c.is_alphabetic() || *c == '№');
        // 858 is 850 with the euro in the place of the dotless i.
        letters
            .map(|c| {
                if c == 'ı' && self == Self::Western {
                    '€'
                } else {
                    c
                }
            })
            .filter(|c| self.encode(*c).is_some())
            .collect()
    }

    /// A page that has this character, if any has: the one in use, if it does.
    pub(super) fn with(c: char, in_use: Self) -> Option<Self> {
        let mut pages = std::iter::once(in_use).chain(Self::ALL);
        pages.find(|page| page.encode(c).is_some())
    }
}

impl Charset {
    /// The characters that a printer prints with these letters.
    pub fn of(letters: Letters) -> Self {
        match letters {
            Letters::Printer => Self::Printer,
            Letters::Picture => Self::Font,
        }
    }

    /// The same text in characters that can be printed, one column each: composed (NFC), without control characters,
    /// with a substitute for what is not available. Line breaks stay.
    pub(super) fn printable(self, text: &str, language: Language) -> String {
        let text = composed(text);
        let mut printable = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\n' => printable.push('\n'),
                '\t' => printable.push(' '),
                // Soft hyphens, joiners, marks of text direction, accents that no letter has: none has a width.
                '\u{ad}'
                | '\u{300}'..='\u{36f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fe00}'..='\u{fe0f}' => {}
                c if c.is_control() => {}
                c if c.is_whitespace() => printable.push(' '),
                c if self.has(c) => printable.push(c),
                c => printable.push_str(substitute(c, language)),
            }
        }
        printable
    }

    fn has(self, c: char) -> bool {
        match self {
            Self::Font => font::has(c),
            Self::Printer => CodePage::with(c, CodePage::Western).is_some(),
        }
    }
}

/// How a receipt in this language is printed where the shop has chosen these letters. No code page has the letters of
/// Kazakh, so it is drawn.
pub fn letters_for(language: Language, chosen: Letters) -> Letters {
    match language {
        Language::Kk => Letters::Picture,
        _ => chosen,
    }
}

fn substitute(c: char, language: Language) -> &'static str {
    match c {
        // Page 866 has no letters of Ukrainian but Є and Ї. These look the same, or were written so for decades.
        'і' => "i",
        'І' => "I",
        'ґ' => "г",
        'Ґ' => "Г",
        '₽' if language == Language::Ru => "руб.",
        '₽' => "RUB",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '“' | '”' | '„' | '‟' => "\"",
        '‘' | '’' | '‚' | '‛' => "'",
        '…' => "...",
        '•' => "·",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_is_no_command() {
        let hostile = "Tee\u{1b}p\u{0}\u{19}\u{fa}\u{1d}V\r\u{7f}\u{9b}1m\u{202e}x\u{ad}y";
        for charset in [Charset::Font, Charset::Printer] {
            let text = charset.printable(hostile, Language::De);
            assert!(text.chars().all(|c| !c.is_control()), "{text:?}");
            assert!(text.starts_with("Teep"), "{text:?}");
            assert!(text.ends_with("xy"), "{text:?}");
        }
    }

    #[test]
    fn what_a_printer_does_not_have_is_substituted() {
        let printed = |text, language| Charset::Printer.printable(text, language);
        assert_eq!(
            printed("−1\u{a0}234,00\u{a0}₽", Language::Ru),
            "-1 234,00 руб."
        );
        assert_eq!(printed("₽12.50", Language::En), "RUB12.50");
        assert_eq!(
            printed("12,50\u{a0}€ „süß“…", Language::De),
            "12,50 € \"süß\"..."
        );
        assert_eq!(printed("№ 5 🍒", Language::Ru), "№ 5 ?");
        let drawn = Charset::Font.printable("12,50\u{a0}₽", Language::Ru);
        assert_eq!(drawn, "12,50 ₽");
    }

    #[test]
    fn letters_and_their_accents_are_composed() {
        for charset in [Charset::Font, Charset::Printer] {
            let text = charset.printable("Ka\u{308}se и\u{306}од x\u{327}", Language::De);
            assert_eq!(text, "Käse йод x");
        }
    }

    #[test]
    fn the_font_has_the_scripts_that_are_promised() {
        let samples = [
            "Ελληνικά ΰΐ άέήίόύώ",
            "Čćđžš Đ Ł ő ű ţ ş ğ ı",
            "Її Єє Ґґ Ўў",
            "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ",
            "Љљ Њњ Ћћ Ђђ Џџ Ѓѓ Ќќ",
        ];
        for sample in samples {
            let text = Charset::Font.printable(sample, Language::En);
            assert_eq!(text, sample);
        }
    }

    #[test]
    fn every_letter_of_a_code_page_is_encoded_in_it() {
        for page in CodePage::ALL {
            let letters = page.letters();
            assert!(letters.chars().count() > 60, "{letters}");
            let mut bytes: Vec<_> = letters.chars().filter_map(|c| page.encode(c)).collect();
            assert_eq!(bytes.len(), letters.chars().count());
            let sorted = bytes.is_sorted();
            bytes.dedup();
            assert!(
                sorted && bytes.len() == letters.chars().count(),
                "{letters}"
            );
        }
        assert!(CodePage::Western.letters().contains('€'));
        assert!(CodePage::Cyrillic.letters().contains("Її"));
    }

    #[test]
    fn the_page_in_use_stays_as_long_as_it_has_the_character() {
        use CodePage::{Cyrillic, Western};
        assert_eq!(CodePage::with('a', Cyrillic), Some(Cyrillic));
        assert_eq!(CodePage::with('я', Western), Some(Cyrillic));
        assert_eq!(CodePage::with('€', Cyrillic), Some(Western));
        assert_eq!(CodePage::with('°', Cyrillic), Some(Cyrillic));
        assert_eq!(CodePage::with('字', Cyrillic), None);
        let encoded: Vec<_> = "€¿®ÔÒü-"
            .chars()
            .filter_map(|c| Western.encode(c))
            .collect();
        assert_eq!(encoded, [0xd5, 0xa8, 0xa9, 0xe2, 0xe3, 0x81, b'-']);
        assert_eq!(Cyrillic.encode('№'), Some(0xfc));
    }
}
