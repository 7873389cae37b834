//! The number of a version, as it is compared.

use serde::{Deserialize, Serialize};

/// A released version, `1.4.0`. Versions before a release, as `1.4.0-rc.1`, are never told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(as = "String")]
pub struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

/// The text is no version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a version is written as 1.4.0")]
pub struct VersionError;

impl Version {
    /// The version of this program. One before a release counts as that release, so that it is not told of what it nearly
    /// is.
    pub fn of_this_program() -> Self {
        let own = env!("CARGO_PKG_VERSION");
        let released = own.split(['-', '+']).next().unwrap_or(own);
        // No version is newer than the last there can be: one that cannot be read is told of none.
        released.parse().unwrap_or(Self {
            major: u32::MAX,
            minor: u32::MAX,
            patch: u32::MAX,
        })
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl std::str::FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let mut parts = text.split('.').map(str::parse);
        let mut next = || parts.next().and_then(Result::ok).ok_or(VersionError);
        let version = Self {
            major: next()?,
            minor: next()?,
            patch: next()?,
        };
        // Only the one notation is let through: no sign, no leading zero, no fourth part.
        (version.to_string() == text)
            .then_some(version)
            .ok_or(VersionError)
    }
}

impl TryFrom<String> for Version {
    type Error = VersionError;

    fn try_from(text: String) -> Result<Self, VersionError> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let read = |text: &str| text.parse::<Version>().expect(text);
        let mut rising = ["0.1.0", "0.1.1", "0.2.0", "0.10.0", "1.0.0", "10.0.0"].map(read);
        assert!(rising.is_sorted());
        rising.reverse();
        assert!(!rising.is_sorted());
    }

    #[test]
    fn only_three_plain_numbers_are_a_version() {
        for text in [
            "",
            "1",
            "1.2",
            "1.2.3.4",
            "1.2.x",
            "+1.2.3",
            "01.2.3",
            "1.2.3 ",
            "1.2.3-rc.1",
            "v1.2.3",
            "1..3",
            "1.2.4294967296",
        ] {
            assert_eq!(text.parse::<Version>(), Err(VersionError), "{text}");
        }
    }

    #[test]
    fn this_program_knows_its_own() {
        let own = Version::of_this_program();
        assert!(env!("CARGO_PKG_VERSION").starts_with(&own.to_string()));
    }
}
