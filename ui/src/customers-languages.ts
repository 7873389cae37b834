// The languages that a shop offers its customers.
import type { Settings } from "./bindings/Settings";
import type { Language } from "./messages";

/** Theirs until they choose comes first; none where there is no choice. Rust has the same rule (`Settings::offered_languages`). */
export function offeredLanguages(
  { customer_language, customer_languages }: Settings,
  screens: Language,
): Language[] {
  const all = [...new Set([customer_language ?? screens, ...customer_languages])];
  return all.length > 1 ? all : [];
}
