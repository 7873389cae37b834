// The settings as fields of a form. What is typed stays text until it is saved.
import type { Currency } from "./bindings/Currency";
import type { DisplayPlace } from "./bindings/DisplayPlace";
import type { EntryStyle } from "./bindings/EntryStyle";
import type { PrinterPort } from "./bindings/PrinterPort";
import type { Settings } from "./bindings/Settings";
import type { Theme } from "./bindings/Theme";
import type { TaxRate } from "./bindings/TaxRate";
import { parseAmount, parsePercent, percentText } from "./money";

export type PrinterKind = "none" | PrinterPort["kind"];

export interface TaxRateFields {
  name: string;
  /** As typed: "19", "5,5". */
  percent: string;
}

export interface OfferFields {
  name: string;
  /** As typed: "3.50", "3,5". */
  amount: string;
  currency: Currency;
}

export interface SettingsForm {
  currency: Settings["currency"];
  lifetime: string;
  language: string;
  entry_style: string;
  description: string;
  webhook: string;
  redirect_url: string;
  calls: string;
  zone: string;
  name: string;
  address: string;
  tax_id: string;
  footer: string;
  rates: TaxRateFields[];
  /** The index of the tax rate for amounts typed on the pad; -1 for none. */
  defaultRate: number;
  printer: PrinterKind;
  host: string;
  port: string;
  vendor: string;
  product: string;
  path: string;
  baud: string;
  device: string;
  queue: string;
  letters: Settings["printing"]["letters"];
  paper: Settings["printing"]["paper"];
  auto_print: boolean;
  drawer: boolean;
  tip_ask: boolean;
  /** As typed; an empty field offers nothing. */
  tip_percents: string[];
  tip_round: boolean;
  discount_offered: boolean;
  discount_percents: string[];
  cashiers: string[];
  display: DisplayPlace;
  at_start: boolean;
  autostart: boolean;
  return_after: string;
  self_service: boolean;
  offers: OfferFields[];
  theme: Theme;
  scale_percent: number;
  sounds: boolean;
  volume_percent: number;
  paid_returns: boolean;
  paid_after: string;
}

/** The most percentages that the till offers. */
const MAX_PRESETS = 4;

/** Proposed when the shop lets the paid screen close by itself. */
const DEFAULT_PAID_S = 15;

/** The section of the settings that a field belongs to. */
export type Section = "till" | "items" | "shop" | "printer" | "counter" | "looks" | "backup";

/** The first field that cannot be saved. */
export interface InvalidField {
  readonly section: Section;
  readonly field: keyof SettingsForm;
}

export function formFrom(settings: Settings): SettingsForm {
  const { printer } = settings.printing;
  return {
    currency: settings.currency,
    lifetime: String(settings.lifetime_minutes),
    language: settings.language ?? "",
    entry_style: settings.entry_style ?? "",
    description: settings.description ?? "",
    webhook: settings.webhook ?? "",
    redirect_url: settings.redirect_url ?? "",
    calls: String(settings.calls_per_minute),
    zone: settings.zone ?? "",
    name: settings.shop.name ?? "",
    address: settings.shop.address ?? "",
    tax_id: settings.shop.tax_id ?? "",
    footer: settings.shop.footer ?? "",
    rates: settings.tax_rates.map(({ name, rate }) => ({ name, percent: percentText(rate) })),
    defaultRate: settings.tax_rates.findIndex(({ rate }) => rate === settings.default_tax),
    printer: printer?.kind ?? "none",
    host: printer?.kind === "network" ? printer.host : "",
    port: printer?.kind === "network" ? String(printer.port) : "9100",
    vendor: printer?.kind === "usb" ? hex(printer.vendor) : "",
    product: printer?.kind === "usb" ? hex(printer.product) : "",
    path: printer?.kind === "serial" ? printer.path : "",
    baud: printer?.kind === "serial" ? String(printer.baud) : "9600",
    device: printer?.kind === "device" ? printer.path : "/dev/usb/lp0",
    queue: printer?.kind === "queue" ? printer.name : "",
    letters: settings.printing.letters,
    paper: settings.printing.paper,
    auto_print: settings.printing.auto_print,
    drawer: settings.printing.drawer,
    tip_ask: settings.tips.ask,
    tip_percents: presetFields(settings.tips.percents),
    tip_round: settings.tips.round_up,
    discount_offered: settings.discounts.offered,
    discount_percents: presetFields(settings.discounts.percents),
    cashiers: [...settings.cashiers],
    display: settings.customer_display,
    at_start: settings.kiosk.at_start,
    autostart: settings.kiosk.autostart,
    return_after: String(settings.kiosk.return_after_s),
    self_service: settings.kiosk.self_service,
    offers: settings.kiosk.offers.map((offer) => ({ ...offer })),
    theme: settings.looks.theme,
    scale_percent: settings.looks.scale_percent,
    sounds: settings.looks.sounds,
    volume_percent: settings.looks.volume_percent,
    paid_returns: settings.looks.paid_returns_after_s !== null,
    paid_after: String(settings.looks.paid_returns_after_s ?? DEFAULT_PAID_S),
  };
}

function presetFields(percents: readonly number[]): string[] {
  return Array.from({ length: MAX_PRESETS }, (_, place) => {
    const rate = percents[place];
    return rate === undefined ? "" : percentText(rate);
  });
}

/** The percentages in these fields in basis points, without empty fields; null when one is invalid or 0. */
function basisPointsOf(fields: readonly string[]): number[] | null {
  const rates = fields.filter((field) => field.trim() !== "").map(parsePercent);
  const valid = rates.filter((rate) => rate !== null && rate > 0);
  return valid.length === rates.length ? (valid as number[]) : null;
}

/** The saved settings with the form's values, or the first invalid field. */
export function settingsFrom(form: SettingsForm, saved: Settings): Settings | InvalidField {
  const minutes = Number(form.lifetime);
  if (!Number.isInteger(minutes) || minutes < 3 || minutes > 1440) {
    return { section: "till", field: "lifetime" };
  }
  const calls = Number(form.calls);
  if (!Number.isInteger(calls) || calls < 6 || calls > 240) {
    return { section: "till", field: "calls" };
  }
  const rates: TaxRate[] = [];
  for (const { name, percent } of form.rates) {
    const rate = parsePercent(percent);
    if (name.trim() === "" || rate === null) return { section: "shop", field: "rates" };
    rates.push({ name: name.trim(), rate });
  }
  const tips = basisPointsOf(form.tip_percents);
  if (tips === null) return { section: "items", field: "tip_percents" };
  const discounts = basisPointsOf(form.discount_percents);
  if (discounts === null) return { section: "items", field: "discount_percents" };
  const cashiers = form.cashiers.map((name) => name.trim());
  if (cashiers.includes("") || new Set(cashiers).size < cashiers.length) {
    return { section: "counter", field: "cashiers" };
  }
  const return_after_s = Number(form.return_after);
  if (!Number.isInteger(return_after_s) || return_after_s < 10 || return_after_s > 3600) {
    return { section: "counter", field: "return_after" };
  }
  const offers = [];
  for (const { name, amount, currency } of form.offers) {
    const exact = parseAmount(amount);
    if (name.trim() === "" || exact === null) return { section: "counter", field: "offers" };
    offers.push({ name: name.trim(), amount: exact, currency });
  }
  if (form.self_service && offers.length === 0) return { section: "counter", field: "offers" };
  const paid_s = Number(form.paid_after);
  if (form.paid_returns && !(Number.isInteger(paid_s) && paid_s >= 5 && paid_s <= 120)) {
    return { section: "looks", field: "paid_after" };
  }
  const printer = printerPortFrom(form);
  if (printer !== null && "field" in printer) return printer;
  return {
    ...saved,
    currency: form.currency,
    lifetime_minutes: minutes,
    language: some(form.language),
    entry_style: some(form.entry_style) as EntryStyle | null,
    description: some(form.description),
    webhook: some(form.webhook),
    redirect_url: some(form.redirect_url),
    calls_per_minute: calls,
    zone: some(form.zone),
    shop: {
      name: some(form.name),
      address: some(form.address),
      tax_id: some(form.tax_id),
      footer: some(form.footer),
    },
    tax_rates: rates,
    default_tax: rates[form.defaultRate]?.rate ?? null,
    printing: {
      printer,
      paper: form.paper,
      letters: form.letters,
      auto_print: form.auto_print,
      drawer: form.drawer,
    },
    tips: { ask: form.tip_ask, percents: tips, round_up: form.tip_round },
    discounts: { offered: form.discount_offered, percents: discounts },
    cashiers,
    customer_display: form.display,
    kiosk: {
      at_start: form.at_start,
      autostart: form.autostart,
      return_after_s,
      self_service: form.self_service,
      offers,
    },
    looks: {
      theme: form.theme,
      scale_percent: form.scale_percent,
      sounds: form.sounds,
      volume_percent: form.volume_percent,
      paid_returns_after_s: form.paid_returns ? paid_s : null,
    },
  };
}

export function isInvalid(made: Settings | InvalidField): made is InvalidField {
  return "section" in made;
}

function printerPortFrom(form: SettingsForm): PrinterPort | null | InvalidField {
  const wrong = (field: keyof SettingsForm): InvalidField => ({ section: "printer", field });
  switch (form.printer) {
    case "none":
      return null;
    case "network": {
      const port = Number(form.port);
      if (form.host.trim() === "") return wrong("host");
      if (!Number.isInteger(port) || port < 1 || port > 65_535) return wrong("port");
      return { kind: "network", host: form.host.trim(), port };
    }
    case "usb": {
      const vendor = fromHex(form.vendor);
      const product = fromHex(form.product);
      if (vendor === null) return wrong("vendor");
      if (product === null) return wrong("product");
      return { kind: "usb", vendor, product };
    }
    case "serial":
      if (form.path.trim() === "") return wrong("path");
      return { kind: "serial", path: form.path.trim(), baud: Number(form.baud) };
    case "device":
      if (form.device.trim() === "") return wrong("device");
      return { kind: "device", path: form.device.trim() };
    case "queue":
      if (form.queue.trim() === "") return wrong("queue");
      return { kind: "queue", name: form.queue.trim() };
  }
}

function some(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

/** USB ids are written as four hexadecimal digits. */
function hex(number: number): string {
  return number.toString(16).padStart(4, "0");
}

function fromHex(text: string): number | null {
  const found = /^(?:0x)?([0-9a-f]{1,4})$/i.exec(text.trim());
  return found === null ? null : Number.parseInt(found[1] ?? "", 16);
}
