// The language, the locale and the time zone of the screens. All are reactive, so a change shows at once everywhere. On the
// cashier's screens customers who serve themselves may choose another language: what they read is in it then, and the rest
// stays as it is, because only some languages have it.
import type { Currency } from "./bindings/Currency";
import type { Money } from "./bindings/Money";
import { knownZone } from "./days";
import {
  format,
  hasMessages,
  isCustomers,
  LANGUAGES,
  languageFor,
  loadMessages,
  localeFor,
  SCREEN_LANGUAGES,
  type Arguments,
  type Language,
  type Part,
} from "./messages";
import { formatDecimal, formatMoney, percentText } from "./money";

let language = $state<Language>("en");
let tag = $state("en");
let zone = $state<string | null>(null);

/** The language that customers who serve themselves have chosen; null: that of the screens. */
let customers = $state<Language | null>(null);

/** The languages that were asked for last; their texts may still be on the way. */
let wanted: Language = "en";
let wantedByCustomers: Language | null = null;

/** The parts that this window shows, and the languages that have them. */
let parts: readonly Part[] = ["customer", "cashier"];
const choice = (): readonly Language[] => (parts.length === 1 ? LANGUAGES : SCREEN_LANGUAGES);

/** This window is the customer's display: what the cashier reads is not even loaded. */
export function showCustomersPartAlone(): void {
  parts = ["customer"];
}

/**
 * Takes the shop's language, or the system's, at once or as soon as its texts have been read. `system` is a BCP 47 tag,
 * or empty when the system has none.
 */
export function setLanguage(chosen: string | null, system: string): void {
  const preferred = preferredLanguages(system);
  const next = languageFor(chosen, preferred, choice());
  const take = () => {
    language = next;
    tag = localeFor(next, preferred);
    document.documentElement.lang = customers ?? next;
  };
  wanted = next;
  if (hasMessages(next, parts)) take();
  else void loadMessages(next, parts).then(() => wanted === next && take());
}

/** Takes the language that customers who serve themselves choose, as soon as its texts have been read; null: none. */
export function setCustomersLanguage(chosen: Language | null): void {
  wantedByCustomers = chosen;
  const take = () => {
    customers = chosen;
    document.documentElement.lang = chosen ?? language;
  };
  if (chosen === null || hasMessages(chosen, ["customer"])) take();
  else void loadMessages(chosen, ["customer"]).then(() => wantedByCustomers === chosen && take());
}

/** Reads the texts that `setLanguage` will need for the same shop and system. */
export function loadLanguage(chosen: string | null, system: string): Promise<void> {
  return loadMessages(languageFor(chosen, preferredLanguages(system), choice()), parts);
}

function preferredLanguages(system: string): string[] {
  return [system, ...navigator.languages].filter((one) => one !== "");
}

/** The text of a message. */
export function t(id: string, args?: Arguments): string {
  if (customers !== null && isCustomers(id, customers)) {
    return format(customers, locale(), id, args);
  }
  return format(language, tag, id, args);
}

/** The language of the screens. */
export function currentLanguage(): Language {
  return language;
}

/** The language that customers who serve themselves have chosen; null when none was. */
export function chosenByCustomers(): Language | null {
  return customers;
}

/** The language of what customers read here. */
export function customersLanguage(): Language {
  return customers ?? language;
}

/** The locale of numbers and dates. */
export function locale(): string {
  return customers === null ? tag : localeFor(customers, []);
}

/** An amount with its currency. */
export function money(amount: Money): string {
  return formatMoney(amount, locale());
}

/** An amount of minor units with its currency. */
export function moneyMinor(minor: number, currency: Currency): string {
  return money({ minor, currency });
}

/** Decimal text as people write it here. */
export function decimal(text: string): string {
  return formatDecimal(text, locale());
}

/** A weight in kilograms, to the gram. */
export function kilograms(grams: number): string {
  return decimal((grams / 1000).toFixed(3));
}

/** A percentage without its sign; `rate` is in basis points. */
export function percentDigits(rate: number): string {
  return decimal(percentText(rate));
}

/** A percentage with its sign; `rate` is in basis points. */
export function percent(rate: number): string {
  return t("percent", { percent: percentDigits(rate) });
}

/** Takes the shop's time zone (IANA), or this computer's when it is null. */
export function setShopZone(shop: string | null): void {
  zone = shop;
}

/** The time zone of the screens; null is this computer's. */
export function shopZone(): string | null {
  return zone;
}

/** Date and time of a moment, by the shop's clock. */
export function moment(unix_ms: number): string {
  return formatTime(unix_ms, { dateStyle: "medium", timeStyle: "short" });
}

/** The time of day, by the shop's clock. */
export function timeOfDay(unix_ms: number): string {
  return formatTime(unix_ms, { timeStyle: "short" });
}

/** The time of day with seconds, for the timeline of a sale. */
export function exactTime(unix_ms: number): string {
  return formatTime(unix_ms, { timeStyle: "medium" });
}

function formatTime(unix_ms: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: knownZone(zone) }).format(
    unix_ms,
  );
}
