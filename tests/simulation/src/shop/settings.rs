//! The settings that a simulated shop begins with.

use ringup_core::cash::CashRounding;
use ringup_core::money::BasisPoints;
use ringup_core::settings::{DrawerSettings, Settings, TaxRate, TenderChoice};

use super::cashier::CURRENCY;
use super::process::Shop;

/// Writes them where the till reads them.
pub(super) fn write(shop: &Shop<'_>) -> Result<(), String> {
    let plan = shop.plan();
    let rounding = match plan.shop.rounding {
        0 => CashRounding::None,
        1 => CashRounding::Five,
        _ => CashRounding::Whole,
    };
    let settings = Settings {
        currency: CURRENCY,
        zone: Some("Europe/Berlin".to_owned()),
        tenders: vec![TenderChoice::Crypto, TenderChoice::Cash, TenderChoice::Card],
        cash_rounding: [(CURRENCY, rounding)].into(),
        drawer: DrawerSettings {
            on: true,
            blind_count: false,
        },
        tax_rates: [700, 1900]
            .map(|rate| TaxRate {
                name: format!("VAT {rate}"),
                rate: BasisPoints(rate),
            })
            .into(),
        default_tax: plan.shop.tax.map(BasisPoints),
        calls_per_minute: plan.shop.calls_per_minute,
        ..Settings::default()
    };
    let text = serde_json::to_string(&settings).map_err(|error| error.to_string())?;
    let path = shop.machine.data_dir().join("settings.json");
    std::fs::write(path, text).map_err(|error| error.to_string())
}
