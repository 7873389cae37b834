// Where the settings show each field that Rust refuses, and in which words. Rust decides what is wrong.
import type { FieldError } from "./bindings/FieldError";
import type { PrinterPort } from "./bindings/PrinterPort";
import type { Settings } from "./bindings/Settings";

/** The section of the settings that a field belongs to. */
export type Section =
  "till" | "tenders" | "items" | "shop" | "printer" | "counter" | "looks" | "backup";

type Group =
  | "shop"
  | "drawer"
  | "printing"
  | "staff"
  | "kiosk"
  | "tips"
  | "discounts"
  | "scanner"
  | "large_amount"
  | "looks"
  | "cash_rounding"
  | "updates";
type FieldsOf<Part> = Part extends unknown ? keyof Part & string : never;
type PrinterField = Exclude<FieldsOf<PrinterPort>, "kind">;

/** A field by its path in the settings' JSON, as Rust names it; an object of fields may be wrong as a whole. */
export type SettingsPath =
  | keyof Settings
  | { [Name in Group]: `${Name}.${FieldsOf<Settings[Name]>}` }[Group]
  | `printing.printer.${PrinterField}`;

/** The section of each field, and the message that says what it must be. */
const PROBLEMS: Readonly<Record<SettingsPath, readonly [Section, string]>> = {
  till_code: ["till", "settings-problem-till-code"],
  currency: ["till", "settings-problem-choice"],
  lifetime_minutes: ["till", "settings-problem-lifetime"],
  language: ["till", "settings-problem-choice"],
  entry_style: ["till", "settings-problem-choice"],
  description: ["till", "settings-problem-description"],
  webhook: ["till", "settings-problem-webhook"],
  redirect_url: ["till", "settings-problem-redirect"],
  calls_per_minute: ["till", "settings-problem-calls"],
  shop: ["shop", "settings-problem-part"],
  "shop.name": ["shop", "settings-problem-text"],
  "shop.address": ["shop", "settings-problem-text"],
  "shop.tax_id": ["shop", "settings-problem-text"],
  "shop.footer": ["shop", "settings-problem-text"],
  tax_rates: ["shop", "settings-problem-taxes"],
  default_tax: ["shop", "settings-problem-default-tax"],
  zone: ["shop", "settings-problem-zone"],
  tenders: ["tenders", "settings-problem-tenders"],
  cash_rounding: ["tenders", "settings-problem-part"],
  "cash_rounding.EUR": ["tenders", "settings-problem-choice"],
  "cash_rounding.USD": ["tenders", "settings-problem-choice"],
  "cash_rounding.RUB": ["tenders", "settings-problem-choice"],
  accounts: ["tenders", "settings-problem-accounts"],
  printing: ["printer", "settings-problem-part"],
  "printing.printer": ["printer", "settings-problem-printer"],
  "printing.printer.host": ["printer", "settings-problem-host"],
  "printing.printer.port": ["printer", "settings-problem-port"],
  "printing.printer.vendor": ["printer", "settings-problem-usb"],
  "printing.printer.product": ["printer", "settings-problem-usb"],
  "printing.printer.path": ["printer", "settings-problem-serial"],
  "printing.printer.name": ["printer", "settings-problem-serial"],
  "printing.printer.baud": ["printer", "settings-problem-choice"],
  "printing.paper": ["printer", "settings-problem-choice"],
  "printing.letters": ["printer", "settings-problem-choice"],
  "printing.auto_print": ["printer", "settings-problem-choice"],
  "printing.drawer": ["printer", "settings-problem-choice"],
  drawer: ["shop", "settings-problem-part"],
  "drawer.on": ["shop", "settings-problem-choice"],
  "drawer.blind_count": ["shop", "settings-problem-choice"],
  tips: ["items", "settings-problem-part"],
  "tips.ask": ["items", "settings-problem-choice"],
  "tips.percents": ["items", "settings-problem-percents"],
  "tips.round_up": ["items", "settings-problem-choice"],
  discounts: ["items", "settings-problem-part"],
  "discounts.offered": ["items", "settings-problem-choice"],
  "discounts.percents": ["items", "settings-problem-percents"],
  hold_carts: ["items", "settings-problem-choice"],
  receipt_qr: ["backup", "settings-problem-choice"],
  scanner: ["items", "settings-problem-part"],
  "scanner.learnt": ["items", "settings-problem-choice"],
  "scanner.scale_codes": ["items", "settings-scale-wrong"],
  large_amount: ["till", "settings-problem-part"],
  "large_amount.times": ["till", "settings-large-times-wrong"],
  "large_amount.at_least_minor": ["till", "settings-large-at-least-wrong"],
  cashiers: ["counter", "settings-problem-cashiers"],
  staff: ["counter", "settings-problem-part"],
  "staff.rights": ["counter", "settings-problem-choice"],
  "staff.free_discount": ["counter", "settings-problem-free-discount"],
  customer_display: ["counter", "settings-problem-choice"],
  customer_language: ["counter", "settings-problem-choice"],
  customer_languages: ["counter", "settings-problem-choice"],
  kiosk: ["counter", "settings-problem-part"],
  "kiosk.at_start": ["counter", "settings-problem-choice"],
  "kiosk.autostart": ["counter", "settings-problem-choice"],
  "kiosk.return_after_s": ["counter", "settings-problem-return"],
  "kiosk.self_service": ["counter", "settings-problem-choice"],
  "kiosk.card": ["counter", "settings-problem-choice"],
  "kiosk.offers": ["counter", "settings-problem-offers"],
  looks: ["looks", "settings-problem-part"],
  "looks.theme": ["looks", "settings-problem-choice"],
  "looks.scale_percent": ["looks", "settings-problem-choice"],
  "looks.sounds": ["looks", "settings-problem-choice"],
  "looks.volume_percent": ["looks", "settings-problem-choice"],
  "looks.paid_returns_after_s": ["looks", "settings-problem-paid-after"],
  "looks.screen_keyboard": ["looks", "settings-problem-choice"],
  updates: ["till", "settings-problem-part"],
  "updates.address": ["till", "settings-problem-updates-address"],
  "updates.key": ["till", "settings-problem-updates-key"],
  backup_folder: ["backup", "settings-problem-backup"],
};

/** The message of this field if it is among the wrong ones, else null. */
export type ProblemOf = (path: SettingsPath) => string | null;

export function problemId(wrong: readonly FieldError[], path: SettingsPath): string | null {
  return wrong.some(({ field }) => field === path) ? PROBLEMS[path][1] : null;
}

/** The section that shows the first wrong field; null when no section does. */
export function sectionOfFirst(wrong: readonly FieldError[]): Section | null {
  const first = wrong.find(({ field }) => isPath(field));
  return first !== undefined && isPath(first.field) ? PROBLEMS[first.field][0] : null;
}

/** The parts of a section that are wrong as a whole. */
export function wrongParts(wrong: readonly FieldError[], section: Section): SettingsPath[] {
  return wrong
    .map(({ field }) => field)
    .filter(isPath)
    .filter(
      (path) => PROBLEMS[path][0] === section && PROBLEMS[path][1] === "settings-problem-part",
    );
}

function isPath(field: string): field is SettingsPath {
  return Object.hasOwn(PROBLEMS, field);
}
