//! The names of the shop's cashiers. A name stands in every entry that is written while its bearer is signed
//! on, so it must be short and unique.

use crate::error::FieldErrors;

/// Most cashiers: more names do not fit a list that a finger picks from.
pub(super) const MAX_CASHIERS: usize = 30;
const MAX_NAME_CHARS: usize = 40;

/// Whether `name` has 1 to 40 characters and no control character.
pub(super) fn is_name(name: &str) -> bool {
    (1..=MAX_NAME_CHARS).contains(&name.chars().count()) && !name.chars().any(char::is_control)
}

pub(super) fn validate(cashiers: &[String], errors: &mut FieldErrors) {
    let field = "cashiers";
    errors.require(cashiers.len() <= MAX_CASHIERS, field, "must be 30 at most");
    errors.require(
        cashiers.iter().all(|name| is_name(name)),
        field,
        "each must be 1 to 40 characters",
    );
    let is_first =
        |(index, name): (usize, &String)| !cashiers.iter().take(index).any(|it| it == name);
    errors.require(
        cashiers.iter().enumerate().all(is_first),
        field,
        "each must stand there once",
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cashiers_are_unique_and_short() {
        let accepts = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
            let mut errors = FieldErrors::default();
            validate(&names, &mut errors);
            errors.into_result(()).is_ok()
        };
        assert!(accepts(&["Anna", "Борис"]));
        assert!(!accepts(&["Anna", "Anna"]));
        assert!(!accepts(&[""]));
        assert!(!accepts(&["An\u{7}na"]));
        assert!(!accepts(&["x".repeat(41).as_str()]));
        let many: Vec<_> = (0..31).map(|number| number.to_string()).collect();
        let many: Vec<_> = many.iter().map(String::as_str).collect();
        assert!(accepts(&many[..30]) && !accepts(&many));
    }
}
