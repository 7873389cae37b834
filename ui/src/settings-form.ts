// The settings as fields of a form, and the form as settings to send. What is typed stays text until it is saved. Nothing
// is judged here: text that is no number is sent as it is, and Rust refuses its field.
import type { CashRounding } from "./bindings/CashRounding";
import type { Currency } from "./bindings/Currency";
import type { DisplayPlace } from "./bindings/DisplayPlace";
import type { LearntScanner } from "./bindings/LearntScanner";
import type { PrinterPort } from "./bindings/PrinterPort";
import type { ScaleValue } from "./bindings/ScaleValue";
import type { Rights } from "./bindings/Rights";
import type { ScreenKeyboardUse } from "./bindings/ScreenKeyboardUse";
import type { Settings } from "./bindings/Settings";
import type { SettingsDraft } from "./bindings/SettingsDraft";
import type { SettingsRules } from "./bindings/SettingsRules";
import type { TenderChoice } from "./bindings/TenderChoice";
import type { Theme } from "./bindings/Theme";
import type { Language } from "./messages";
import { CURRENCIES, minorText, parseAmount, parsePercent, percentText } from "./money";

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

/** A way to pay; crypto, cash and card are always listed, those of the shop's own while they are on. */
export type TenderFields =
  | { way: "crypto" | "cash" | "card"; on: boolean }
  | { way: "own"; id: string; name: string; on: true };

export interface ScaleCodeFields {
  /** As typed: "21". */
  prefix: string;
  holds: ScaleValue;
  article_digits: number;
  value_digits: number;
}

export interface SettingsForm {
  currency: Settings["currency"];
  till_code: string;
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
  /** In the order of the buttons. */
  tenders: TenderFields[];
  rounding: Record<Currency, CashRounding>;
  /** By what is booked to each; an empty field is none. */
  accounts: Record<string, string>;
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
  drawer_on: boolean;
  drawer_blind: boolean;
  tip_ask: boolean;
  /** As typed; an empty field offers nothing. */
  tip_percents: string[];
  tip_round: boolean;
  discount_offered: boolean;
  discount_percents: string[];
  hold_carts: boolean;
  receipt_qr: boolean;
  scanner: LearntScanner | null;
  scale_codes: ScaleCodeFields[];
  large_times: string;
  /** As typed: "500", "499.90". */
  large_at_least: Record<Currency, string>;
  cashiers: string[];
  rights: Rights;
  /** Percent, as it was typed. */
  free_discount: string;
  display: DisplayPlace;
  /** Empty: that of the screens. */
  customer_language: Language | "";
  customer_languages: Language[];
  at_start: boolean;
  autostart: boolean;
  return_after: string;
  self_service: boolean;
  self_service_card: boolean;
  offers: OfferFields[];
  theme: Theme;
  scale_percent: number;
  sounds: boolean;
  volume_percent: number;
  paid_returns: boolean;
  paid_after: string;
  screen_keyboard: ScreenKeyboardUse;
  updates_address: string;
  updates_key: string;
}

export function formFrom(settings: Settings, rules: SettingsRules): SettingsForm {
  const { printer } = settings.printing;
  return {
    till_code: settings.till_code ?? "",
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
    tenders: tenderFields(settings.tenders),
    rounding: Object.fromEntries(
      CURRENCIES.map((currency) => [currency, settings.cash_rounding[currency] ?? "none"]),
    ) as Record<Currency, CashRounding>,
    accounts: Object.fromEntries(
      Object.entries(settings.accounts).map(([what, account]) => [what, account ?? ""]),
    ),
    ...printerFields(printer, rules),
    letters: settings.printing.letters,
    paper: settings.printing.paper,
    auto_print: settings.printing.auto_print,
    drawer: settings.printing.drawer,
    drawer_on: settings.drawer.on,
    drawer_blind: settings.drawer.blind_count,
    tip_ask: settings.tips.ask,
    tip_percents: presetFields(settings.tips.percents, rules.max_presets),
    tip_round: settings.tips.round_up,
    discount_offered: settings.discounts.offered,
    discount_percents: presetFields(settings.discounts.percents, rules.max_presets),
    hold_carts: settings.hold_carts,
    receipt_qr: settings.receipt_qr,
    scanner: settings.scanner.learnt,
    scale_codes: settings.scanner.scale_codes.map(({ prefix, ...rest }) => ({
      prefix: String(prefix),
      ...rest,
    })),
    large_times: String(settings.large_amount.times),
    large_at_least: Object.fromEntries(
      CURRENCIES.map((currency) => [currency, wholeText(settings.large_amount, currency)]),
    ) as Record<Currency, string>,
    cashiers: [...settings.cashiers],
    rights: {
      cashier: [...settings.staff.rights.cashier],
      supervisor: [...settings.staff.rights.supervisor],
    },
    free_discount: percentText(settings.staff.free_discount),
    display: settings.customer_display,
    customer_language: settings.customer_language ?? "",
    customer_languages: [...settings.customer_languages],
    at_start: settings.kiosk.at_start,
    autostart: settings.kiosk.autostart,
    return_after: String(settings.kiosk.return_after_s),
    self_service: settings.kiosk.self_service,
    self_service_card: settings.kiosk.card,
    offers: settings.kiosk.offers.map((offer) => ({ ...offer })),
    theme: settings.looks.theme,
    scale_percent: settings.looks.scale_percent,
    sounds: settings.looks.sounds,
    volume_percent: settings.looks.volume_percent,
    paid_returns: settings.looks.paid_returns_after_s !== null,
    paid_after: String(settings.looks.paid_returns_after_s ?? rules.proposed_paid_returns_after_s),
    screen_keyboard: settings.looks.screen_keyboard,
    updates_address: settings.updates.address ?? "",
    updates_key: settings.updates.key ?? "",
  };
}

/** A form with the fields of another one that a shop's office may share. */
export function withShared(form: SettingsForm, from: SettingsForm): SettingsForm {
  const { name, address, tax_id, footer, rates, defaultRate, cashiers, rights, free_discount } =
    from;
  return {
    ...form,
    ...{ name, address, tax_id, footer, rates, defaultRate, cashiers, rights, free_discount },
  };
}

/** An amount without decimals where it has none. */
function wholeText({ at_least_minor }: Settings["large_amount"], currency: Currency): string {
  const minor = at_least_minor[currency];
  return minor === undefined ? "" : minorText(minor).replace(/\.00$/, "");
}

function presetFields(percents: readonly number[], count: number): string[] {
  return Array.from({ length: count }, (_, place) => {
    const rate = percents[place];
    return rate === undefined ? "" : percentText(rate);
  });
}

/** The saved settings with the form's values, to be validated by Rust. */
export function draftFrom(form: SettingsForm, saved: Settings): SettingsDraft {
  const tax_rates = form.rates.map(({ name, percent }) => ({ name, rate: basisPoints(percent) }));
  return {
    ...saved,
    till_code: some(form.till_code),
    currency: form.currency,
    lifetime_minutes: wholeNumber(form.lifetime),
    language: some(form.language),
    entry_style: some(form.entry_style),
    description: some(form.description),
    webhook: some(form.webhook),
    redirect_url: some(form.redirect_url),
    calls_per_minute: wholeNumber(form.calls),
    zone: some(form.zone),
    shop: {
      name: some(form.name),
      address: some(form.address),
      tax_id: some(form.tax_id),
      footer: some(form.footer),
    },
    tax_rates,
    tenders: form.tenders.filter(({ on }) => on).map(choiceFrom),
    cash_rounding: { ...form.rounding },
    accounts: { ...form.accounts },
    default_tax: tax_rates[form.defaultRate]?.rate ?? null,
    printing: {
      printer: printerFrom(form),
      paper: form.paper,
      letters: form.letters,
      auto_print: form.auto_print,
      drawer: form.drawer,
    },
    drawer: { on: form.drawer_on, blind_count: form.drawer_blind },
    tips: { ask: form.tip_ask, percents: presets(form.tip_percents), round_up: form.tip_round },
    discounts: { offered: form.discount_offered, percents: presets(form.discount_percents) },
    hold_carts: form.hold_carts,
    receipt_qr: form.receipt_qr,
    scanner: {
      learnt: form.scanner,
      scale_codes: form.scale_codes.map(({ prefix, ...rest }) => ({
        prefix: wholeNumber(prefix),
        ...rest,
      })),
    },
    large_amount: {
      times: wholeNumber(form.large_times),
      at_least_minor: Object.fromEntries(
        CURRENCIES.map((currency) => [
          currency,
          minorUnits(form.large_at_least[currency], currency),
        ]),
      ),
    },
    cashiers: [...form.cashiers],
    staff: { rights: form.rights, free_discount: basisPoints(form.free_discount) },
    customer_display: form.display,
    customer_language: some(form.customer_language),
    customer_languages: form.customer_languages,
    kiosk: {
      at_start: form.at_start,
      autostart: form.autostart,
      return_after_s: wholeNumber(form.return_after),
      self_service: form.self_service,
      card: form.self_service_card,
      offers: form.offers.map((offer) => ({ ...offer })),
    },
    looks: {
      theme: form.theme,
      scale_percent: form.scale_percent,
      sounds: form.sounds,
      volume_percent: form.volume_percent,
      paid_returns_after_s: form.paid_returns ? wholeNumber(form.paid_after) : null,
      screen_keyboard: form.screen_keyboard,
    },
    updates: { address: some(form.updates_address), key: some(form.updates_key) },
  };
}

/** Those that are on, in their order; then those that could be. */
function tenderFields(on: readonly TenderChoice[]): TenderFields[] {
  const off = (["crypto", "cash", "card"] as const).filter((way) =>
    on.every((tender) => tender.way !== way),
  );
  return [
    ...on.map((tender) => ({ ...tender, on: true as const })),
    ...off.map((way) => ({ way, on: false })),
  ];
}

function choiceFrom(tender: TenderFields): TenderChoice {
  return tender.way === "own"
    ? { way: tender.way, id: tender.id, name: tender.name }
    : { way: tender.way };
}

/** The fields of a printer's port, as they are typed. */
export function printerFields(printer: PrinterPort | null, rules: SettingsRules) {
  const of = printer ?? { kind: "none" as const };
  return {
    printer: of.kind,
    host: of.kind === "network" ? of.host : "",
    port: String(of.kind === "network" ? of.port : rules.proposed_printer_port),
    vendor: of.kind === "usb" ? hex(of.vendor) : "",
    product: of.kind === "usb" ? hex(of.product) : "",
    path: of.kind === "serial" ? of.path : "",
    baud: String(of.kind === "serial" ? of.baud : rules.proposed_baud),
    device: of.kind === "device" ? of.path : "/dev/usb/lp0",
    queue: of.kind === "queue" ? of.name : "",
  };
}

function printerFrom(form: SettingsForm) {
  switch (form.printer) {
    case "none":
      return null;
    case "network":
      return { kind: form.printer, host: form.host, port: wholeNumber(form.port) };
    case "usb":
      return {
        kind: form.printer,
        vendor: hexNumber(form.vendor),
        product: hexNumber(form.product),
      };
    case "serial":
      return { kind: form.printer, path: form.path, baud: wholeNumber(form.baud) };
    case "device":
      return { kind: form.printer, path: form.device };
    case "queue":
      return { kind: form.printer, name: form.queue };
  }
}

/** Null when a prefix is none, or there twice, or the digits do not fit. */
function some(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

/** Minor units of an amount as typed; text that is none is sent as it is. */
function minorUnits(text: string, currency: Currency): number | string {
  return parseAmount(text, currency)?.minor ?? text;
}

/** The number that was typed, or the text itself. */
function wholeNumber(text: string): number | string {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : text;
}

/** A percentage in basis points, or the text itself. */
function basisPoints(text: string): number | string {
  return parsePercent(text) ?? text;
}

/** The percentages in these fields; an empty field offers none. */
function presets(fields: readonly string[]): (number | string)[] {
  return fields.filter((field) => field.trim() !== "").map(basisPoints);
}

/** USB ids are written as four hexadecimal digits. */
function hex(number: number): string {
  return number.toString(16).padStart(4, "0");
}

/** The id that was typed, or the text itself. */
function hexNumber(text: string): number | string {
  const found = /^(?:0x)?([0-9a-f]{1,4})$/i.exec(text.trim());
  return found === null ? text : Number.parseInt(found[1] ?? "", 16);
}
