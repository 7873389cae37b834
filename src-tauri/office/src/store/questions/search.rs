//! What a text in the owner's search field can mean, by the till's own reading of it ([`ringup_core::journal::search_query`]):
//! a number, an amount, the beginning of an invoice's id, words of a note.

use ringup_core::journal::search_query;

use super::super::StoreError;
use super::super::book_rows::{key, words};
use super::super::sql::{Tx, Value, int, text};
use super::Names;
use super::sales::{FoundSales, SalesSql};
use crate::book::SalesQuery;

/// How many characters of an invoice's id are needed at least.
const MIN_INVOICE_CHARS: usize = 4;
/// How many invoices the first characters of an id can find.
const MAX_INVOICES: u64 = 500;
/// How many sales the beginning of a word can find, if the whole word finds none.
const MAX_WORDS: u64 = 1000;

/// A thing that a text can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A sale's number, of the till with this code where one is named.
    Number(u32, Option<String>),
    /// An exact amount, minor units.
    Amount(i64, Option<ringup_core::money::Currency>),
    /// The first characters of an invoice's id.
    Invoice(String),
    /// A word of a note, and the beginnings of the others.
    Word(String, Vec<String>),
    /// The beginnings of words of a note.
    Beginning(String, Vec<String>),
}

/// Everything that a text can mean, which may be nothing; `None`: there is no text.
pub(super) fn wanted(typed: &str) -> Option<Vec<Wanted>> {
    let typed = search_query::normalise(typed);
    if typed.is_empty() {
        return None;
    }
    let code = typed.split_once('-').map(|(code, _)| code.to_owned());
    let codes: Vec<_> = code.iter().cloned().collect();
    let mut wanted = Vec::new();
    if let Some(number) = search_query::number(&typed, &codes) {
        wanted.push(Wanted::Number(number, code));
    }
    if let Some(amount) = search_query::amount(&typed) {
        wanted.push(Wanted::Amount(amount.minor, amount.currency));
    }
    if typed.chars().count() >= MIN_INVOICE_CHARS {
        wanted.push(Wanted::Invoice(key(&typed.to_lowercase())));
    }
    // The longest word finds the fewest.
    let mut words: Vec<_> = words(&typed).into_iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    if let Some((longest, others)) = words.split_first() {
        wanted.push(Wanted::Word(longest.clone(), others.to_vec()));
        wanted.push(Wanted::Beginning(longest.clone(), others.to_vec()));
    }
    Some(wanted)
}

/// The first text, in bytes, after all those that begin like this. No text has this byte.
fn after(start: &str) -> Value {
    let mut bytes = start.as_bytes().to_vec();
    bytes.push(0xff);
    Value::Bytes(bytes)
}

fn bytes(text: &str) -> Value {
    Value::Bytes(text.as_bytes().to_vec())
}

impl Wanted {
    /// Adds the newest sales of the question that this finds.
    pub(super) async fn find(
        &self,
        tx: &Tx,
        query: &SalesQuery,
        names: &Names,
        found: &mut FoundSales,
    ) -> Result<(), StoreError> {
        let mut sql = match self {
            Self::Number(number, code) => {
                let mut sql = SalesSql::from("sale AS s", "s", []);
                sql.and(" AND s.number = {}", [int((*number).into())]);
                if let Some(code) = code {
                    let label = format!("{code}-{number:06}").to_lowercase();
                    sql.and(" AND lower(s.label) = {}", [text(label)]);
                }
                sql
            }
            Self::Amount(minor, currency) => {
                let mut sql = SalesSql::from("sale AS s", "s", []);
                sql.and(" AND s.amount_minor = {}", [Value::Int(*minor)]);
                if let Some(currency) = currency {
                    sql.and(" AND s.currency = {}", [text(currency)]);
                }
                sql
            }
            Self::Invoice(start) => {
                let from = "(SELECT till, number FROM sale_invoice WHERE invoice >= {} AND invoice < {} LIMIT {}) AS i
                     JOIN sale AS s ON s.number = i.number AND s.till = i.till";
                SalesSql::from(from, "s", [bytes(start), after(start), int(MAX_INVOICES)])
            }
            Self::Word(word, others) => {
                let from =
                    "sale_word AS w JOIN sale AS s ON s.number = w.number AND s.till = w.till";
                let mut sql = SalesSql::from(from, "w", []);
                sql.and(" AND w.word = {}", [bytes(word)]);
                with_words(&mut sql, others);
                sql
            }
            Self::Beginning(start, others) => {
                let from = "(SELECT DISTINCT till, number FROM (SELECT till, number FROM sale_word
                        WHERE word > {} AND word < {} LIMIT {}) AS l) AS w
                     JOIN sale AS s ON s.number = w.number AND s.till = w.till";
                let values = [bytes(start), after(start), int(MAX_WORDS)];
                let mut sql = SalesSql::from(from, "s", values);
                with_words(&mut sql, others);
                sql
            }
        };
        sql.filter_search(query);
        sql.find(tx, query, names, found).await
    }
}

/// Only sales whose notes have words that begin with all of these.
fn with_words(sql: &mut SalesSql, starts: &[String]) {
    for start in starts {
        let has_word =
            " AND EXISTS (SELECT 1 FROM sale_word AS x WHERE x.word >= {} AND x.word < {}
            AND x.booked_at = s.booked_at AND x.till = s.till AND x.number = s.number)";
        sql.and(has_word, [bytes(start), after(start)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_everything_that_it_can_mean() {
        let words = |text: &str| {
            let word = text.to_owned();
            [
                Wanted::Word(word.clone(), vec![]),
                Wanted::Beginning(word, vec![]),
            ]
        };
        let [word, start] = words("42");
        let amount = Wanted::Amount(4200, None);
        let number = Wanted::Number(42, None);
        assert_eq!(wanted(" 42 "), Some(vec![number, amount, word, start]));
        let of_b = wanted("b-000042").unwrap_or_default();
        assert!(of_b.contains(&Wanted::Number(42, Some("b".to_owned()))));
        assert!(of_b.contains(&Wanted::Invoice("b-000042".to_owned())));
        let both = Wanted::Word("tisch".to_owned(), vec!["am".to_owned()]);
        assert!(wanted("am Tisch").unwrap_or_default().contains(&both));
        assert_eq!(wanted("%"), Some(vec![]));
        assert_eq!(wanted("  "), None);
    }
}
