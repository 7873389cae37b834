// The language, the locale and the time zone of the screens. All are reactive, so a change shows at once everywhere.
import type { Currency } from "./bindings/Currency";
import type { Money } from "./bindings/Money";
import { knownZone } from "./days";
import {
  format,
  hasMessages,
  languageFor,
  loadMessages,
  localeFor,
  type Arguments,
  type Language,
} from "./messages";
import { formatDecimal, formatMoney, percentText } from "./money";

let language = $state<Language>("en");
let tag = $state("en");
let zone = $state<string | null>(null);

/** The language that was asked for last; its texts may still be on the way. */
let wanted: Language = "en";

/**
 * Takes the shop's language, or the system's, at once or as soon as its texts have been read. `system` is a BCP 47 tag,
 * or empty when the system has none.
 */
export function setLanguage(chosen: string | null, system: string): void {
  const preferred = preferredLanguages(system);
  const next = languageFor(chosen, preferred);
  const take = () => {
    language = next;
    tag = localeFor(next, preferred);
    document.documentElement.lang = next;
  };
  wanted = next;
  if (hasMessages(next)) take();
  else void loadMessages(next).then(() => wanted === next && take());
}

/** Reads the texts that `setLanguage` will need for the same shop and system. */
export function loadLanguage(chosen: string | null, system: string): Promise<void> {
  return loadMessages(languageFor(chosen, preferredLanguages(system)));
}

function preferredLanguages(system: string): string[] {
  return [system, ...navigator.languages].filter((one) => one !== "");
}

/** The text of a message. */
export function t(id: string, args?: Arguments): string {
  return format(language, tag, id, args);
}

/** The language of the screens. */
export function currentLanguage(): Language {
  return language;
}

/** The locale of numbers and dates. */
export function locale(): string {
  return tag;
}

/** An amount with its currency. */
export function money(amount: Money): string {
  return formatMoney(amount, tag);
}

/** An amount of minor units with its currency. */
export function moneyMinor(minor: number, currency: Currency): string {
  return money({ minor, currency });
}

/** Decimal text as people write it here. */
export function decimal(text: string): string {
  return formatDecimal(text, tag);
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
  return new Intl.DateTimeFormat(tag, { ...options, timeZone: knownZone(zone) }).format(unix_ms);
}
