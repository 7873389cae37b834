//! The options of an item: a size, a kind of milk, extras. Each choice changes the price of one. They have a text form
//! too, for spreadsheets: `one Size: small +0.00 | large +0.50; any Extras: shot +0.60`.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use ts_rs::TS;

use super::Problem;
use crate::i18n::composed;
use crate::money::{Currency, Money};
use crate::sale::is_printable_name;

/// The most groups of an item: more than fit on any screen.
const MAX_GROUPS: usize = 6;
/// The most options of a group.
const MAX_OPTIONS: usize = 12;
/// What the text form puts between its parts, so no name may have it.
const MARKS: [char; 3] = [';', ':', '|'];

/// Options of which the customer takes one, or any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OptionGroup {
    /// What is chosen: `Size`.
    pub name: String,
    /// How many of them are taken.
    pub choose: Choose,
    /// In the shop's order.
    pub options: Vec<ItemOption>,
}

/// How many options of a group are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, TS)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
#[ts(export)]
pub enum Choose {
    /// Exactly one; the first until another is chosen.
    One,
    /// None, some or all.
    Any,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ItemOption {
    /// Its name: `large`.
    pub name: String,
    /// What it adds to the price of one, tax included; below zero where it takes something off.
    pub difference: Money,
}

impl OptionGroup {
    /// The same group with names in their normal form, if it breaks no rule.
    fn validate(mut self, currency: Currency) -> Option<Self> {
        self.name = name(&self.name)?;
        for option in &mut self.options {
            option.name = name(&option.name)?;
            let within = option.difference.minor().abs() <= currency.maximum().minor();
            if option.difference.currency() != currency || !within {
                return None;
            }
        }
        let names = self.options.iter().map(|option| &option.name);
        let counted = (1..=MAX_OPTIONS).contains(&self.options.len());
        (counted && are_distinct(names)).then_some(self)
    }

    /// The least that a choice of it adds, minor units.
    fn least_minor(&self) -> i64 {
        let differences = self.options.iter().map(|option| option.difference.minor());
        match self.choose {
            Choose::One => differences.min().unwrap_or_default(),
            Choose::Any => differences.filter(|minor| *minor < 0).sum(),
        }
    }
}

/// The same groups in their normal form, if every choice leaves a price above zero.
pub(super) fn validate(
    groups: Vec<OptionGroup>,
    price: Money,
) -> Result<Vec<OptionGroup>, Problem> {
    let groups: Option<Vec<_>> = groups
        .into_iter()
        .map(|group| group.validate(price.currency()))
        .collect();
    let groups = groups.ok_or(Problem::Options)?;
    let least: i64 = groups.iter().map(OptionGroup::least_minor).sum();
    let sound = groups.len() <= MAX_GROUPS && are_distinct(groups.iter().map(|group| &group.name));
    if sound && (groups.is_empty() || price.minor().saturating_add(least) >= 1) {
        Ok(groups)
    } else {
        Err(Problem::Options)
    }
}

/// A name with single spaces and composed letters, if it can be printed and told apart in the text form.
fn name(text: &str) -> Option<String> {
    let composed = composed(text);
    let name = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    (is_printable_name(&name) && !name.contains(MARKS)).then_some(name)
}

fn are_distinct<'n>(names: impl Iterator<Item = &'n String>) -> bool {
    let mut seen = std::collections::HashSet::new();
    names.into_iter().all(|name| seen.insert(name))
}

/// The text form of groups.
pub(super) fn to_text(groups: &[OptionGroup]) -> String {
    let groups = groups.iter().map(|group| {
        let choose: &str = group.choose.into();
        let options = group.options.iter().map(|option| {
            let plus = if option.difference.minor() < 0 {
                ""
            } else {
                "+"
            };
            format!("{} {plus}{}", option.name, option.difference)
        });
        let options = options.collect::<Vec<_>>().join(" | ");
        format!("{choose} {}: {options}", group.name)
    });
    groups.collect::<Vec<_>>().join("; ")
}

/// Reads the text form. Without `one` or `any` a group is one of which one is taken; without a difference an option
/// costs nothing.
pub(super) fn from_text(text: &str, currency: Currency) -> Option<Vec<OptionGroup>> {
    let groups = text.split(';').filter(|group| !group.trim().is_empty());
    groups.map(|group| group_from(group, currency)).collect()
}

fn group_from(text: &str, currency: Currency) -> Option<OptionGroup> {
    let (head, options) = text.split_once(':')?;
    let head = head.trim();
    let (choose, name) = match head.split_once(char::is_whitespace) {
        Some(("one", name)) => (Choose::One, name),
        Some(("any", name)) => (Choose::Any, name),
        _ => (Choose::One, head),
    };
    let options = options
        .split('|')
        .map(|option| option_from(option, currency));
    Some(OptionGroup {
        name: name.trim().to_owned(),
        choose,
        options: options.collect::<Option<_>>()?,
    })
}

fn option_from(text: &str, currency: Currency) -> Option<ItemOption> {
    let text = text.trim();
    let free = Money::from_minor(0, currency);
    let Some((name, price)) = text.rsplit_once(char::is_whitespace) else {
        return Some(option(text, free));
    };
    let parsed = |digits: &str| Money::parse(digits, currency).ok();
    if let Some(digits) = price.strip_prefix('+') {
        return Some(option(name, parsed(digits)?));
    }
    match price.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => {
            let off = parsed(digits)?.minor();
            Some(option(name, Money::from_minor(-off, currency)))
        }
        None => Some(option(text, free)),
    }
}

fn option(name: &str, difference: Money) -> ItemOption {
    ItemOption {
        name: name.trim().to_owned(),
        difference,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euro(minor: i64) -> Money {
        Money::from_minor(minor, Currency::Eur)
    }

    #[test]
    fn people_write_groups_in_a_cell() {
        let read = from_text(
            "Size: small | large +0,50; any Milk: oat -0.20",
            Currency::Eur,
        );
        let groups = read.expect("groups");
        assert_eq!(
            (groups[0].choose, groups[1].choose),
            (Choose::One, Choose::Any)
        );
        assert_eq!(groups[0].options[0], option("small", euro(0)));
        assert_eq!(groups[0].options[1], option("large", euro(50)));
        assert_eq!(groups[1].options[0], option("oat", euro(-20)));
        assert_eq!(
            to_text(&groups),
            "one Size: small +0.00 | large +0.50; any Milk: oat -0.20"
        );
        assert_eq!(from_text("large +0.50", Currency::Eur), None);
        assert_eq!(from_text("Size: large +0.555", Currency::Eur), None);
    }

    #[test]
    fn no_choice_makes_an_item_free() {
        let cheaper = |minor| {
            from_text("any Cup: own -0.40", Currency::Eur)
                .and_then(|groups| validate(groups, euro(minor)).ok())
        };
        assert!(cheaper(41).is_some());
        assert!(cheaper(40).is_none());
        let twice = from_text("Size: large | large", Currency::Eur).expect("groups");
        assert_eq!(validate(twice, euro(300)), Err(Problem::Options));
    }
}
