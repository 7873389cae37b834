//! What the shop sets about its cashiers: their names.

use crate::gateway::FieldError;

/// More names than fit a list that a finger picks from.
const MOST_CASHIERS: usize = 30;
const LONGEST_NAME_CHARS: usize = 40;

pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().count() <= LONGEST_NAME_CHARS
        && !name.chars().any(char::is_control)
}

/// What is wrong with the cashiers' names.
pub(crate) fn cashiers_problem(cashiers: &[String]) -> Option<FieldError> {
    let wrong = |problem| {
        Some(FieldError {
            field: "cashiers",
            problem,
        })
    };
    if cashiers.len() > MOST_CASHIERS {
        return wrong("must be 30 at most");
    }
    if !cashiers.iter().all(|name| is_name(name)) {
        return wrong("each must be 1 to 40 characters");
    }
    let twice = |(place, name): (usize, &String)| cashiers.iter().take(place).any(|it| it == name);
    if cashiers.iter().enumerate().any(twice) {
        return wrong("each must stand there once");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cashiers_are_there_once_and_short() {
        let names = |names: &[&str]| {
            names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>()
        };
        assert!(cashiers_problem(&names(&["Anna", "Борис"])).is_none());
        assert!(cashiers_problem(&names(&["Anna", "Anna"])).is_some());
        assert!(cashiers_problem(&names(&[""])).is_some());
        assert!(cashiers_problem(&names(&["An\u{7}na"])).is_some());
        assert!(cashiers_problem(&names(&["x".repeat(41).as_str()])).is_some());
        assert!(cashiers_problem(&vec!["x".to_owned(); 31]).is_some());
    }
}
