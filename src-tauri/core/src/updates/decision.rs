//! Whether to look for a newer version now, and what is told of it: one pure rule. It fails closed: whatever is not a
//! signed notice of a newer version is told to nobody at the counter.

use serde::Serialize;

use super::Version;
use super::notice::{UpdateTrouble, VersionNotice};
use crate::clock::UnixMs;

/// The shortest time between two looks.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The last look, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastLook {
    /// When, by the machine's clock.
    pub at: UnixMs,
    /// What the notice says, or why there is none.
    pub found: Result<VersionNotice, UpdateTrouble>,
}

/// What is known of a newer version.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(tag = "status", rename_all = "kebab-case")]
#[ts(export)]
pub enum UpdateState {
    /// The till looks nowhere.
    #[default]
    Off,
    /// It has not looked yet.
    Waiting,
    /// This is the newest version.
    Current {
        /// When it looked.
        at_unix_ms: UnixMs,
    },
    /// There is a newer one.
    Newer {
        /// When it looked.
        at_unix_ms: UnixMs,
        /// Which.
        version: Version,
        /// The day of its release.
        released: crate::calendar::Day,
    },
    /// What was found counts for nothing.
    Refused {
        /// When it looked.
        at_unix_ms: UnixMs,
        /// Why.
        trouble: UpdateTrouble,
    },
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Look for a newer version.
    pub look: bool,
    /// What is known of a newer version.
    pub state: UpdateState,
}

/// What a till of this version does that has a source. `last`: its last look at that source.
pub fn decide(
    this: Version,
    last: Option<LastLook>,
    sale_under_way: bool,
    now: UnixMs,
) -> Decision {
    Decision {
        look: !sale_under_way && last.is_none_or(|last| is_due(last.at, now)),
        state: last.map_or(UpdateState::Waiting, |last| state_after(this, last)),
    }
}

/// A clock that was set back by days must not silence the till until it is there again; one that was set back by hours
/// brings no second look that day.
fn is_due(last: UnixMs, now: UnixMs) -> bool {
    now.0.abs_diff(last.0) >= DAY_MS.unsigned_abs()
}

fn state_after(this: Version, LastLook { at, found }: LastLook) -> UpdateState {
    let at_unix_ms = at;
    let refused = |trouble| UpdateState::Refused {
        at_unix_ms,
        trouble,
    };
    match found {
        Err(trouble) => refused(trouble),
        Ok(notice) if notice.version < this => refused(UpdateTrouble::Older),
        Ok(notice) if notice.version == this => UpdateState::Current { at_unix_ms },
        Ok(VersionNotice { version, released }) => UpdateState::Newer {
            at_unix_ms,
            version,
            released,
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strum::VariantArray as _;

    use super::*;

    fn versions() -> impl Strategy<Value = Version> {
        (0_u32..4, 0_u32..4, 0_u32..4).prop_map(|(major, minor, patch)| {
            format!("{major}.{minor}.{patch}")
                .parse()
                .expect("a version")
        })
    }

    fn notices() -> impl Strategy<Value = VersionNotice> {
        versions().prop_map(|version| VersionNotice {
            version,
            released: "2026-11-27".parse().expect("a day"),
        })
    }

    fn looks() -> impl Strategy<Value = Option<LastLook>> {
        let troubles = proptest::sample::select(UpdateTrouble::VARIANTS).prop_map(Err);
        let found = prop_oneof![notices().prop_map(Ok), troubles];
        let at = prop_oneof![any::<i64>(), -3 * DAY_MS..3 * DAY_MS];
        proptest::option::of((at, found).prop_map(|(at, found)| LastLook {
            at: UnixMs(at),
            found,
        }))
    }

    proptest! {
        #[test]
        fn only_a_signed_notice_of_a_newer_version_is_told(
            this in versions(), last in looks(), sale_under_way: bool, now: i64,
        ) {
            let state = decide(this, last, sale_under_way, UnixMs(now)).state;
            let found = last.and_then(|last| last.found.ok());
            let newer = found.map(|notice| notice.version).filter(|version| *version > this);
            let told = match state {
                UpdateState::Newer { version, .. } => Some(version),
                _ => None,
            };
            prop_assert_eq!(told, newer);
            prop_assert_ne!(state, UpdateState::Off);
        }

        #[test]
        fn nothing_is_asked_during_a_sale(this in versions(), last in looks(), now: i64) {
            prop_assert!(!decide(this, last, true, UnixMs(now)).look);
        }

        #[test]
        fn a_till_that_never_looked_looks_at_the_first_quiet_moment(this in versions(), now: i64) {
            prop_assert!(decide(this, None, false, UnixMs(now)).look);
        }

        /// Whatever is found, and however the clock is set: two looks are a day apart by the clock that dates them.
        #[test]
        fn two_looks_are_a_day_apart(
            this in versions(),
            moments in proptest::collection::vec((-5 * DAY_MS..5 * DAY_MS, any::<bool>(), looks()), 1..60),
        ) {
            let mut last: Option<LastLook> = None;
            for (now, sale_under_way, next) in moments {
                if decide(this, last, sale_under_way, UnixMs(now)).look {
                    prop_assert!(!sale_under_way);
                    if let Some(last) = last {
                        prop_assert!((now - last.at.0).abs() >= DAY_MS);
                    }
                    let found = next.map_or(Err(UpdateTrouble::Slow), |look| look.found);
                    last = Some(LastLook { at: UnixMs(now), found });
                }
            }
        }

        /// A clock that runs on brings the next look within a minute after the day.
        #[test]
        fn a_day_later_it_looks_again(this in versions(), last in looks(), later in 0..60_000_i64) {
            if let Some(last) = last {
                let now = last.at.plus(DAY_MS + later);
                prop_assume!(now.0 < i64::MAX);
                prop_assert!(decide(this, Some(last), false, now).look);
                prop_assert!(!decide(this, Some(last), false, last.at.plus(DAY_MS - 1 - later)).look);
            }
        }
    }

    #[test]
    fn an_older_version_is_a_trouble_and_the_same_is_none() {
        let read = |text: &str| text.parse::<Version>().expect(text);
        let at = UnixMs(7);
        let state = |version: &str| {
            let found = Ok(VersionNotice {
                version: read(version),
                released: "2026-11-27".parse().expect("a day"),
            });
            decide(read("1.2.0"), Some(LastLook { at, found }), false, at).state
        };
        assert_eq!(state("1.2.0"), UpdateState::Current { at_unix_ms: at });
        let trouble = UpdateTrouble::Older;
        let refused = UpdateState::Refused {
            at_unix_ms: at,
            trouble,
        };
        assert_eq!(state("1.1.9"), refused);
    }
}
