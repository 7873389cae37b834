//! The coins that a practice customer can pay with. Their rates are made up and fixed, so that the same sale always
//! shows the same sum.

use serde::Serialize;

use crate::{
    amount::{Amount, Currency},
    invoice::CoinChoice,
};

/// A coin on a network, with its practice rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Coin {
    /// `crypto` in the API's words, for example `USDT`.
    pub crypto: &'static str,
    /// `network` in the API's words, for example `TRC20`.
    pub network: &'static str,
    /// Digits after the point in an amount of this coin.
    pub decimals: u32,
    /// `network_fee` once the coin is chosen, in the coin itself.
    pub network_fee: &'static str,
    /// Price of one whole coin in kopecks.
    pub price_rub_minor: u64,
    /// Price of one whole coin in US cents.
    pub price_usd_minor: u64,
    /// Price of one whole coin in euro cents.
    pub price_eur_minor: u64,
}

/// Every coin the practice gateway knows. The first is what a customer who did not choose pays with.
pub const COINS: [Coin; 5] = [
    USDT_TRC20,
    Coin {
        network: "TON",
        network_fee: "0.1",
        ..USDT_TRC20
    },
    Coin {
        crypto: "TON",
        network: "TON",
        decimals: 9,
        network_fee: "0.01",
        price_rub_minor: 27_000,
        price_usd_minor: 300,
        price_eur_minor: 276,
    },
    Coin {
        crypto: "BTC",
        network: "BTC",
        decimals: 8,
        network_fee: "0.00002",
        price_rub_minor: 540_000_000,
        price_usd_minor: 6_000_000,
        price_eur_minor: 5_520_000,
    },
    Coin {
        crypto: "ETH",
        network: "ERC20",
        decimals: 8,
        network_fee: "0.0004",
        price_rub_minor: 22_500_000,
        price_usd_minor: 250_000,
        price_eur_minor: 230_000,
    },
];

pub(crate) const USDT_TRC20: Coin = Coin {
    crypto: "USDT",
    network: "TRC20",
    decimals: 6,
    network_fee: "1.5",
    price_rub_minor: 9_000,
    price_usd_minor: 100,
    price_eur_minor: 92,
};

impl Coin {
    /// The coin of that name on that network.
    pub fn find(crypto: &str, network: &str) -> Option<Self> {
        COINS
            .into_iter()
            .find(|coin| coin.crypto == crypto && coin.network == network)
    }

    /// What the customer owes in this coin, rounded up to its smallest unit.
    pub(crate) fn choice_for(self, amount: &Amount, currency: Currency) -> CoinChoice {
        let price_minor = match currency {
            Currency::Rub => self.price_rub_minor,
            Currency::Usd => self.price_usd_minor,
            Currency::Eur => self.price_eur_minor,
        };
        let scale = 10_u128.pow(self.decimals);
        let units = (u128::from(amount.minor()) * scale).div_ceil(u128::from(price_minor));
        CoinChoice {
            crypto: self.crypto.to_owned(),
            network: self.network.to_owned(),
            crypto_amount: decimal(units, self.decimals),
            network_fee: self.network_fee.to_owned(),
        }
    }
}

/// Smallest units as a decimal string without trailing zeros.
fn decimal(units: u128, decimals: u32) -> String {
    let scale = 10_u128.pow(decimals);
    let (whole, rest) = (units / scale, units % scale);
    if rest == 0 {
        return whole.to_string();
    }
    let width = usize::try_from(decimals).unwrap_or_default();
    let digits = format!("{rest:0width$}");
    format!("{whole}.{}", digits.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owed(crypto: &str, network: &str, amount: &str, currency: Currency) -> String {
        let amount = Amount::parse(amount, currency).unwrap();
        Coin::find(crypto, network)
            .unwrap()
            .choice_for(&amount, currency)
            .crypto_amount
    }

    #[test]
    fn a_price_is_rounded_up_to_the_smallest_unit() {
        assert_eq!(owed("USDT", "TRC20", "12.50", Currency::Usd), "12.5");
        assert_eq!(owed("USDT", "TON", "12.50", Currency::Eur), "13.586957");
        assert_eq!(owed("USDT", "TRC20", "100", Currency::Rub), "1.111112");
        assert_eq!(owed("BTC", "BTC", "1", Currency::Usd), "0.00001667");
        assert_eq!(owed("TON", "TON", "30", Currency::Usd), "10");
        assert_eq!(
            owed("ETH", "ERC20", "10000000", Currency::Eur),
            "4347.82608696"
        );
    }

    #[test]
    fn every_coin_is_found_by_its_own_name() {
        for coin in COINS {
            assert_eq!(Coin::find(coin.crypto, coin.network), Some(coin));
        }
        assert_eq!(Coin::find("BTC", "TRC20"), None);
    }
}
