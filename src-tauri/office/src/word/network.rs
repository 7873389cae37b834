//! To which network addresses a webhook may go: those of the public Internet alone, and what the office's own options
//! allow. Whoever may write a URL on a page must not reach the router, the database or a cloud's own services with it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// The IPv4 networks that are not the public Internet (IANA's registry of special-purpose addresses).
const SPECIAL_V4: [([u8; 4], u8); 16] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 31, 196, 0], 24),
    ([192, 52, 193, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 3),
];

/// What of the public IPv6 addresses is special: Teredo and the like, documentation, and 6to4, which hides an IPv4 address.
const SPECIAL_V6: [([u16; 8], u8); 4] = [
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32),
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),
];

/// The only IPv6 addresses that are given out to the public Internet.
const PUBLIC_V6: ([u16; 8], u8) = ([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// Private networks that are allowed all the same.
#[derive(Debug, Clone, Default)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// All there are: for a text that goes nowhere.
    pub(crate) fn everywhere() -> Self {
        let all = ["0.0.0.0/0", "::/0"];
        Self(all.iter().filter_map(|net| net.parse().ok()).collect())
    }

    /// Whether a webhook may go there.
    pub fn allow(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || self.name(address)
    }

    /// Whether an option names it.
    pub(super) fn name(&self, address: IpAddr) -> bool {
        self.0.iter().any(|net| net.contains(&address))
    }
}

impl FromStr for Networks {
    type Err = String;

    /// Networks or addresses with commas between them: `192.168.1.0/24, 10.0.0.7`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let each = text.split(',').map(str::trim).filter(|it| !it.is_empty());
        let net = |text: &str| {
            let one = text.parse::<IpAddr>().map(IpNet::from);
            one.or_else(|_| text.parse())
                .ok()
                .ok_or_else(|| format!("{text} is no network, as 192.168.1.0/24"))
        };
        Ok(Self(each.map(net).collect::<Result<_, _>>()?))
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !is_within_v4(address, &SPECIAL_V4),
        IpAddr::V6(address) => {
            is_within_v6(address, &[PUBLIC_V6]) && !is_within_v6(address, &SPECIAL_V6)
        }
    }
}

fn is_within_v4(address: Ipv4Addr, nets: &[([u8; 4], u8)]) -> bool {
    let mut nets = nets.iter();
    nets.any(|(net, bits)| Ipv4Net::new((*net).into(), *bits).is_ok_and(|it| it.contains(&address)))
}

fn is_within_v6(address: Ipv6Addr, nets: &[([u16; 8], u8)]) -> bool {
    let mut nets = nets.iter();
    nets.any(|(net, bits)| Ipv6Net::new((*net).into(), *bits).is_ok_and(|it| it.contains(&address)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(networks: &str, address: &str) -> bool {
        let networks: Networks = networks.parse().expect("networks");
        networks.allow(address.parse().expect("an address"))
    }

    #[test]
    fn only_the_public_internet_is_reached() {
        for public in [
            "1.1.1.1",
            "93.184.216.34",
            "172.32.0.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
        ] {
            assert!(allows("", public), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2001::1",
            "2001:db8::1",
            "2002:a00:1::1",
            "100::1",
            "5f00::1",
            "::127.0.0.1",
        ] {
            assert!(!allows("", private), "{private}");
        }
    }

    #[test]
    fn an_option_allows_what_it_names_and_nothing_beside_it() {
        assert!(allows("192.168.1.0/24, 10.0.0.7", "192.168.1.9"));
        assert!(allows("192.168.1.0/24, 10.0.0.7", "10.0.0.7"));
        assert!(allows("192.168.1.0/24, 10.0.0.7", "::ffff:10.0.0.7"));
        assert!(!allows("192.168.1.0/24, 10.0.0.7", "10.0.0.8"));
        assert!(!allows("192.168.1.0/24", "192.168.2.1"));
        assert!("192.168.1.0/40".parse::<Networks>().is_err());
        assert!("everything".parse::<Networks>().is_err());
    }
}
