//! How often receipts may be asked for. Nobody guesses 128 bits, however often they try; this bounds the work that a
//! stranger can make. Visits are counted by network address and, of all addresses beyond those that are told apart,
//! together: whoever has a million of them keeps no customer out who came before.

use std::collections::HashMap;
use std::net::IpAddr;

use ringup_core::clock::UnixMs;

use super::tries::Who;

/// For how long a visit counts, milliseconds.
const WINDOW_MS: i64 = 60 * 1000;
/// How much one address may ask for in it. A page that waits for its receipt takes a dozen; a shop's guests may share one.
const FOR_ONE: u32 = 240;
/// How many addresses are told apart, and how much all others may ask for together.
const MOST: usize = 20_000;
const FOR_OTHERS: u32 = 600;

/// The visits of the present window.
#[derive(Debug, Default)]
pub(super) struct Visits {
    began: i64,
    each: HashMap<Who, u32>,
    others: u32,
}

impl Visits {
    /// Counts a visit of this weight before anything is done for it.
    ///
    /// # Errors
    /// After how many seconds to come again.
    pub(super) fn begin(&mut self, address: IpAddr, weight: u32, now: UnixMs) -> Result<(), i64> {
        let passed = now.0.saturating_sub(self.began);
        // A clock that was put back begins anew, too.
        if !(0..WINDOW_MS).contains(&passed) {
            *self = Self {
                began: now.0,
                ..Self::default()
            };
        }
        let who = Who::at(address);
        let is_told_apart = self.each.contains_key(&who) || self.each.len() < MOST;
        let (visits, most) = match is_told_apart {
            true => (self.each.entry(who).or_default(), FOR_ONE),
            false => (&mut self.others, FOR_OTHERS),
        };
        if visits.saturating_add(weight) > most {
            let left_ms = self.began.saturating_add(WINDOW_MS).saturating_sub(now.0);
            return Err(left_ms.saturating_add(999).div_euclid(1000).max(1));
        }
        *visits += weight;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(number: u32) -> IpAddr {
        IpAddr::from(number.to_be_bytes())
    }

    #[test]
    fn one_address_may_ask_so_often_and_again_after_a_minute() {
        let mut visits = Visits::default();
        for _ in 0..FOR_ONE / 4 {
            assert_eq!(visits.begin(address(1), 4, UnixMs(1_005_000)), Ok(()));
        }
        assert_eq!(visits.begin(address(1), 1, UnixMs(1_005_000)), Err(60));
        assert_eq!(visits.begin(address(1), 1, UnixMs(1_064_000)), Err(1));
        assert_eq!(visits.begin(address(2), 1, UnixMs(1_064_000)), Ok(()));
        assert_eq!(visits.begin(address(1), 1, UnixMs(1_065_000)), Ok(()));
        assert_eq!(visits.begin(address(1), 1, UnixMs(0)), Ok(()), "put back");
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one() {
        let mut visits = Visits::default();
        let of = |last: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]);
        for last in 0..240 {
            assert_eq!(visits.begin(of(last), 1, UnixMs(1)), Ok(()));
        }
        assert!(visits.begin(of(999), 1, UnixMs(1)).is_err());
    }

    #[test]
    fn a_crowd_of_addresses_keeps_out_nobody_who_came_before() {
        let mut visits = Visits::default();
        visits.begin(address(0), 1, UnixMs(1)).expect("first");
        let refused = (1..100_000)
            .filter(|number| visits.begin(address(*number), 1, UnixMs(1)).is_err())
            .count();
        assert!(refused > 70_000, "{refused}");
        assert_eq!(visits.each.len(), MOST);
        assert_eq!(visits.begin(address(0), 1, UnixMs(1)), Ok(()));
    }
}
