//! How often somebody may try to sign in. Wrong tries are counted by network address, by browser and altogether, each for
//! a few minutes; who tries too often waits.
//!
//! A browser in which the owner signed in before has a count of its own, so a stranger who uses up all the others, from
//! however many addresses, does not keep the owner out there.

use std::collections::HashMap;
use std::net::IpAddr;

use ringup_core::clock::UnixMs;

use crate::store::SecretHash;

/// For how long a wrong try counts, milliseconds.
const WINDOW_MS: i64 = 5 * 60 * 1000;
/// How many wrong tries one address or one browser has.
const FOR_ONE: u32 = 8;
/// How many wrong tries all who are not known have together.
const FOR_ALL: u32 = 100;
/// How many addresses and browsers are told apart; a new one beyond them is refused until the window ends.
const MOST: usize = 10_000;

/// Who tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// Somebody at this address.
    Address(IpAddr),
    /// A browser in which this owner has signed in before.
    Device(SecretHash),
}

impl Who {
    /// Somebody at this address. A network of IPv6 counts as one: whoever has one address of it has 2^64.
    pub(super) fn at(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::from(u64::MAX)).into()),
            address => address,
        })
    }
}

/// The tries of the present window.
#[derive(Debug, Default)]
pub(super) struct Tries {
    began: i64,
    all: u32,
    each: HashMap<Who, u32>,
}

impl Tries {
    /// Counts a try before it is made: tries that are made at once count at once. What it refuses may be tried again after so
    /// many seconds.
    ///
    /// # Errors
    /// The wait, seconds.
    pub(super) fn begin(&mut self, who: Who, now: UnixMs) -> Result<(), i64> {
        let passed = now.0.saturating_sub(self.began);
        // A clock that was put back begins anew, too.
        if !(0..WINDOW_MS).contains(&passed) {
            *self = Self {
                began: now.0,
                ..Self::default()
            };
        }
        let left_ms = self.began.saturating_add(WINDOW_MS).saturating_sub(now.0);
        let wait = Err(left_ms.saturating_add(999).div_euclid(1000).max(1));
        let is_known = matches!(who, Who::Device(_));
        if !is_known && self.all >= FOR_ALL {
            return wait;
        }
        if !self.each.contains_key(&who) && self.each.len() >= MOST {
            return wait;
        }
        let tried = self.each.entry(who).or_default();
        if *tried >= FOR_ONE {
            return wait;
        }
        *tried += 1;
        if !is_known {
            self.all += 1;
        }
        Ok(())
    }

    /// The try was right: it does not count.
    pub(super) fn succeeded(&mut self, who: Who) {
        if self.each.remove(&who).is_some() && matches!(who, Who::Address(_)) {
            self.all = self.all.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(last: u8) -> Who {
        Who::at(IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn one_address_waits_for_minutes_and_others_do_not() {
        let mut tries = Tries::default();
        let now = UnixMs(1_000_000_000);
        for _ in 0..FOR_ONE {
            assert_eq!(tries.begin(at(1), now), Ok(()));
        }
        assert_eq!(tries.begin(at(1), now), Err(300));
        assert_eq!(tries.begin(at(1), now.plus(WINDOW_MS - 1)), Err(1));
        assert_eq!(tries.begin(at(2), now), Ok(()));
        assert_eq!(tries.begin(at(1), now.plus(WINDOW_MS)), Ok(()));
    }

    #[test]
    fn many_strangers_do_not_keep_a_known_browser_out() {
        let mut tries = Tries::default();
        let now = UnixMs(0);
        for n in 0..=u8::MAX {
            tries.begin(at(n), now).ok();
        }
        assert!(tries.begin(at(1), now).is_err());
        let mine = Who::Device(SecretHash([7; 32]));
        assert_eq!(tries.begin(mine, now), Ok(()));
    }

    #[test]
    fn neighbours_of_one_ipv6_network_are_one() {
        let who = |text: &str| Who::at(text.parse().expect("an address"));
        assert_eq!(who("2001:db8::1"), who("2001:db8::ffff:1"));
        assert_ne!(who("2001:db8::1"), who("2001:db8:0:1::1"));
        assert_eq!(who("::ffff:192.0.2.1"), who("192.0.2.1"));
    }

    proptest! {
        /// Whatever comes in whatever order: no window lets more wrong tries through than it should.
        #[test]
        fn no_order_of_tries_gets_more(order in proptest::collection::vec((0_u8..40, 0_i64..20_000), 0..600)) {
            let (mut tries, mut now) = (Tries::default(), UnixMs(0));
            let (mut passed, mut began) = (0_u32, 0);
            for (who, after) in order {
                now = now.plus(after);
                if now.0 - began >= WINDOW_MS {
                    (passed, began) = (0, now.0);
                }
                if tries.begin(at(who), now).is_ok() {
                    passed += 1;
                }
                prop_assert!(passed <= FOR_ALL);
            }
        }
    }
}
