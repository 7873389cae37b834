// The language spoken now. A change is seen at once on every screen, because `t` is reactive.
import type { Currency } from "./bindings/Currency";
import { knownZone } from "./days";
import { format, languageFor, localeFor, type Arguments, type Language } from "./messages";
import { formatMoney } from "./money";

let language = $state<Language>("en");
let tag = $state("en");
let zone = $state<string | null>(null);

/** Speaks `chosen`, or what the system speaks. `system` is BCP 47, or empty when the system did not say. */
export function setLanguage(chosen: string | null, system: string): void {
  const preferred = [system, ...navigator.languages].filter((one) => one !== "");
  language = languageFor(chosen, preferred);
  tag = localeFor(language, preferred);
  document.documentElement.lang = language;
}

/** The text of a message. */
export function t(id: string, args?: Arguments): string {
  return format(language, tag, id, args);
}

/** The locale of numbers and dates. */
export function locale(): string {
  return tag;
}

export function money(amount: string, currency: Currency): string {
  return formatMoney(amount, currency, tag);
}

/** Tells the time in this zone (IANA) from now on; none: in this computer's. */
export function setShopZone(shop: string | null): void {
  zone = shop;
}

/** The zone that times are told in; none: this computer's. */
export function shopZone(): string | null {
  return zone;
}

/** A moment, by the shop's clock and calendar. */
export function moment(unix_ms: number): string {
  return formatTime(unix_ms, { dateStyle: "medium", timeStyle: "short" });
}

/** The time of day of a moment, by the shop's clock. */
export function timeOfDay(unix_ms: number): string {
  return formatTime(unix_ms, { timeStyle: "short" });
}

/** The same to the second, for the timeline of a sale. */
export function exactTime(unix_ms: number): string {
  return formatTime(unix_ms, { timeStyle: "medium" });
}

function formatTime(unix_ms: number, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(tag, { ...how, timeZone: knownZone(zone) }).format(unix_ms);
}
