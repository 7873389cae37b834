// The language spoken now. A change is seen at once on every screen, because `t` is reactive.
import type { Currency } from "./bindings/Currency";
import { format, languageFor, localeFor, type Arguments, type Language } from "./messages";
import { formatMoney } from "./money";

let language = $state<Language>("en");
let tag = $state("en");

/** Speaks `chosen`, or what the system speaks. `system` is BCP 47, or empty when the system did not say. */
export function speak(chosen: string | null, system: string): void {
  const wishes = [system, ...navigator.languages].filter((wish) => wish !== "");
  language = languageFor(chosen, wishes);
  tag = localeFor(language, wishes);
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

/** A moment, by the reader's clock and calendar. */
export function moment(unix_ms: number): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" }).format(unix_ms);
}
