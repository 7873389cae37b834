//! What a cashier types: amounts, lines, notes, reasons.

use rand::RngExt as _;
use rand::rngs::StdRng;
use ringup_core::ids::TapId;
use ringup_core::journal::{FirstPayment, NewSale};
use ringup_core::money::{BasisPoints, Currency, Money};
use ringup_core::sale::{Breakdown, Line};
use uuid::Builder;

pub(super) const GATEWAY: &str = "api.cru.cash";
pub(super) const LIFETIME_MINUTES: u16 = 15;

const GOODS: [(&str, i64, u32); 14] = [
    ("Espresso", 240, 1900),
    ("Cappuccino", 380, 1900),
    ("Café au lait", 410, 1900),
    ("Kännchen Tee", 450, 1900),
    ("Apfelkuchen", 490, 700),
    ("Borschtsch", 890, 700),
    ("Пельмени", 1150, 700),
    ("Sandwich", 650, 700),
    ("T-shirt", 2490, 1900),
    ("Postcard", 150, 700),
    ("Umbrella", 1990, 1900),
    ("Headphones", 8900, 1900),
    ("Wasser 0,5 l", 220, 1900),
    ("Gift card", 5000, 0),
];

const WORDS: [&str; 16] = [
    "to take away",
    "zum Mitnehmen",
    "с собой",
    "birthday",
    "Stammgast",
    "без сахара",
    "extra hot",
    "Rechnung per Post",
    "paid for two",
    "Geschenk",
    "pick up tomorrow",
    "доставка",
    "ohne Milch",
    "window seat",
    "staff",
    "Abholung 18 Uhr",
];

const NAMES: [&str; 12] = [
    "Anna",
    "Björn",
    "Clara",
    "Дарья",
    "Emil",
    "Фёдор",
    "Greta",
    "Jürgen",
    "Ксения",
    "Lena",
    "Mikhail",
    "Zoë",
];

const REASONS: [&str; 6] = [
    "one was cold",
    "zurückgebracht",
    "charged too much",
    "falscher Artikel",
    "товар с браком",
    "customer changed their mind",
];

pub(super) fn one<T: Copy>(rng: &mut StdRng, of: &[T], otherwise: T) -> T {
    let place = rng.random_range(0..of.len().max(1));
    of.get(place).copied().unwrap_or(otherwise)
}

/// True in this many of a thousand cases.
pub(super) fn chance(rng: &mut StdRng, per_mille: u32) -> bool {
    rng.random_range(0..1000) < per_mille
}

pub(super) fn new_sale(rng: &mut StdRng) -> NewSale {
    let currency = match rng.random_range(0..100) {
        0..60 => Currency::Eur,
        60..85 => Currency::Usd,
        _ => Currency::Rub,
    };
    // A rouble is worth about a cent, and prices in roubles have no kopecks.
    let rate = if currency == Currency::Rub { 90 } else { 1 };
    let lines = if chance(rng, 150) {
        lines(rng, rate)
    } else {
        Vec::new()
    };
    let goods_minor: i64 = if lines.is_empty() {
        let cents = rng.random_range(1..60) * rng.random_range(1..60) * 5 + 150;
        cents * rate
    } else {
        lines.iter().filter_map(Line::sum_minor).sum()
    };
    let discount_rate = (!lines.is_empty() && chance(rng, 100)).then_some(BasisPoints(1000));
    let discount_minor = discount_rate.map_or(0, |rate| rate.of(goods_minor));
    let tip_minor = if chance(rng, 80) {
        rng.random_range(1..6) * 50 * rate
    } else {
        0
    };
    let amount = Money::from_minor(goods_minor - discount_minor + tip_minor, currency);
    NewSale {
        tap: TapId(Builder::from_random_bytes(rng.random()).into_uuid()),
        amount: if amount.minor() < currency.minimum().minor() {
            currency.minimum()
        } else {
            amount
        },
        note: chance(rng, 350).then(|| note(rng)),
        language: None,
        breakdown: Breakdown {
            tax: (lines.is_empty() && chance(rng, 600)).then_some(BasisPoints(1900)),
            lines,
            discount_minor,
            discount_rate,
            tip_minor,
        },
        first: FirstPayment::Invoice {
            gateway: GATEWAY.to_owned(),
            lifetime_minutes: LIFETIME_MINUTES,
        },
        receipt_token: None,
    }
}

fn lines(rng: &mut StdRng, rate: i64) -> Vec<Line> {
    (0..rng.random_range(1..4))
        .map(|_| {
            let (name, unit_minor, tax) = one(rng, &GOODS, ("Espresso", 240, 1900));
            Line {
                name: Some(name.to_owned()),
                quantity: rng.random_range(1..4),
                unit_minor: unit_minor * rate,
                tax: (tax > 0).then_some(BasisPoints(tax)),
                ..Line::default()
            }
        })
        .collect()
}

pub(super) fn note(rng: &mut StdRng) -> String {
    match rng.random_range(0..6) {
        0 => format!("Tisch {}", rng.random_range(1..40)),
        1 => format!("Table {}", rng.random_range(1..40)),
        2 => format!("Стол {}", rng.random_range(1..40)),
        3 => format!(
            "{}, {}",
            one(rng, &NAMES, "Anna"),
            one(rng, &WORDS, "staff")
        ),
        4 => format!("order {}", rng.random_range(100_000..1_000_000)),
        _ => format!(
            "{} {}, Nr. {}",
            one(rng, &WORDS, "staff"),
            one(rng, &NAMES, "Anna"),
            rng.random_range(1..5000)
        ),
    }
}

pub(super) fn reason(rng: &mut StdRng) -> String {
    one(rng, &REASONS, "charged too much").to_owned()
}
