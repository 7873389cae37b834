// The settings that the screens use until Rust has sent the shop's own.
import type { Settings } from "../bindings/Settings";

export function placeholderSettings(): Settings {
  return {
    currency: "EUR",
    lifetime_minutes: 15,
    language: null,
    entry_style: null,
    description: null,
    webhook: null,
    redirect_url: null,
    calls_per_minute: 30,
    zone: null,
    shop: { name: null, address: null, tax_id: null, footer: null },
    tax_rates: [],
    default_tax: null,
    printing: { printer: null, paper: "80", letters: "printer", auto_print: false, drawer: false },
    tips: { ask: false, percents: [], round_up: false },
    discounts: { offered: false, percents: [] },
    backup_folder: null,
    cashiers: [],
    customer_display: "off",
    kiosk: {
      at_start: false,
      autostart: false,
      return_after_s: 60,
      self_service: false,
      offers: [],
    },
    looks: {
      theme: "system",
      scale_percent: 100,
      sounds: true,
      volume_percent: 70,
      paid_returns_after_s: null,
    },
  };
}
