//! What a screen must know of the settings' rules before anything is typed: what is proposed, and how many rows a
//! list may have. Whether a value is valid is decided in Rust when it is sent.

use serde::Serialize;

use super::{appearance, kiosk, printer_port, shop, staff, tenders, tips};

/// The rules that a form of the settings shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct SettingsRules {
    /// Proposed for `looks.paid_returns_after_s`, seconds.
    pub proposed_paid_returns_after_s: u16,
    /// Proposed for the TCP port of a printer in the network.
    pub proposed_printer_port: u16,
    /// Proposed for the speed of a serial printer, bits per second.
    pub proposed_baud: u32,
    /// The speeds of serial printers, bits per second.
    pub bauds: Vec<u32>,
    /// Most tax rates.
    pub max_tax_rates: usize,
    /// Most percentages of tips, and of discounts.
    pub max_presets: usize,
    /// Most tenders of the shop's own.
    pub max_own_tenders: usize,
    /// Most cashiers.
    pub max_cashiers: usize,
    /// Most amounts of a self-service till.
    pub max_offers: usize,
}

impl SettingsRules {
    /// The rules that hold.
    pub fn current() -> Self {
        Self {
            proposed_paid_returns_after_s: appearance::PROPOSED_PAID_RETURNS_AFTER_S,
            proposed_printer_port: printer_port::PROPOSED_PORT,
            proposed_baud: printer_port::PROPOSED_BAUD,
            bauds: printer_port::BAUDS.to_vec(),
            max_tax_rates: shop::MAX_RATES,
            max_presets: tips::MAX_PRESETS,
            max_own_tenders: tenders::MAX_OWN,
            max_cashiers: staff::MAX_CASHIERS,
            max_offers: kiosk::MAX_OFFERS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{PrinterPort, Settings};

    #[test]
    fn what_is_proposed_is_valid() {
        let rules = SettingsRules::current();
        let ports = [
            PrinterPort::Network {
                host: "printer".to_owned(),
                port: rules.proposed_printer_port,
            },
            PrinterPort::Serial {
                path: "/dev/ttyS0".to_owned(),
                baud: rules.proposed_baud,
            },
        ];
        for port in ports {
            let mut settings = Settings::default();
            settings.looks.paid_returns_after_s = Some(rules.proposed_paid_returns_after_s);
            settings.printing.printer = Some(port);
            assert!(settings.validate().is_ok());
        }
    }
}
