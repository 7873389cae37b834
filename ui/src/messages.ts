// The texts of the screens. Every text that a person reads is in ui/messages: what customers read in customer/*.ftl, what
// the cashier reads beside them. All languages have the first part, some have both; which have is said here and in
// src-tauri/core/src/i18n/language.rs, and tests compare both with the files. docs/languages.md tells how to add one. A
// start reads the texts of one language only, and the customer's display one part of it: together they are larger than all
// the rest.
import { FluentBundle, type FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Language } from "./bindings/Language";

export type { Language };

/** The languages of the cashier's screens, in the order in which they are offered. */
export const SCREEN_LANGUAGES = ["en", "de", "es", "tr", "ru", "uk"] as const satisfies Language[];
export type ScreenLanguage = (typeof SCREEN_LANGUAGES)[number];

/** Each language is named in itself, whatever the language of the screen. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  it: "Italiano",
  nl: "Nederlands",
  pt: "Português",
  pl: "Polski",
  cs: "Čeština",
  tr: "Türkçe",
  ru: "Русский",
  uk: "Українська",
  kk: "Қазақша",
};

/** The languages that customers can be served in. */
export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as Language[];

export type Arguments = Record<string, FluentVariable>;

/** What customers read, and what only the cashier does. No text is in both. */
export type Part = "customer" | "cashier";

type Load = () => Promise<{ default: string }>;

/** Each gives the JSON of its messages, made by fluent.ts when the screens are built. */
const CUSTOMER_FILES: Record<Language, Load> = {
  en: () => import("../messages/customer/en.ftl"),
  de: () => import("../messages/customer/de.ftl"),
  es: () => import("../messages/customer/es.ftl"),
  fr: () => import("../messages/customer/fr.ftl"),
  it: () => import("../messages/customer/it.ftl"),
  nl: () => import("../messages/customer/nl.ftl"),
  pt: () => import("../messages/customer/pt.ftl"),
  pl: () => import("../messages/customer/pl.ftl"),
  cs: () => import("../messages/customer/cs.ftl"),
  tr: () => import("../messages/customer/tr.ftl"),
  ru: () => import("../messages/customer/ru.ftl"),
  uk: () => import("../messages/customer/uk.ftl"),
  kk: () => import("../messages/customer/kk.ftl"),
};

const CASHIER_FILES: Record<ScreenLanguage, Load> = {
  en: () => import("../messages/en.ftl"),
  de: () => import("../messages/de.ftl"),
  es: () => import("../messages/es.ftl"),
  tr: () => import("../messages/tr.ftl"),
  ru: () => import("../messages/ru.ftl"),
  uk: () => import("../messages/uk.ftl"),
};

/** What has been read of them. It is parsed when first used. */
const bodies: Record<Part, Map<Language, string>> = { customer: new Map(), cashier: new Map() };

function fileOf(part: Part, language: Language): Load | undefined {
  const files: Record<string, Load> = part === "customer" ? CUSTOMER_FILES : CASHIER_FILES;
  return files[language];
}

/** Reads these parts of the texts of a language; nothing happens when they are there. */
export async function loadMessages(language: Language, parts: readonly Part[]): Promise<void> {
  const read = async (part: Part) => {
    const load = fileOf(part, language);
    if (load === undefined || bodies[part].has(language)) return;
    bodies[part].set(language, (await load()).default);
  };
  await Promise.all(parts.map(read));
}

/** Whether these parts of the texts of a language have been read. */
export function hasMessages(language: Language, parts: readonly Part[]): boolean {
  return parts.every((part) => bodies[part].has(language));
}

const bundles = new Map<string, FluentBundle>();

/** Null as long as the texts have not been read. */
function bundleOf(part: Part, language: Language, locale: string): FluentBundle | null {
  const name = `${part} ${locale}`;
  let bundle = bundles.get(name);
  if (bundle === undefined) {
    const json = bodies[part].get(language);
    if (json === undefined) return null;
    // Every language is written left to right, so isolating marks would only disturb copied text.
    bundle = new FluentBundle([locale, language], { useIsolating: false });
    bundle.addResource({ body: JSON.parse(json) as FluentResource["body"] });
    bundles.set(name, bundle);
  }
  return bundle;
}

/** Whether it is a text that customers read. Their parts are all of the same texts. */
export function isCustomers(id: string, language: Language): boolean {
  return bundleOf("customer", language, localeFor(language, []))?.hasMessage(nameOf(id)) ?? false;
}

const nameOf = (id: string) => id.split(".")[0] ?? id;

/** The text of `id` or `id.attribute`. An unknown id is shown as it is. */
export function format(
  language: Language,
  locale: string,
  id: string,
  args: Arguments = {},
): string {
  const name = nameOf(id);
  for (const part of ["customer", "cashier"] as const) {
    const bundle = bundleOf(part, language, locale);
    const message = bundle?.getMessage(name);
    if (bundle === null || message === undefined) continue;
    const attribute = id.slice(name.length + 1);
    const pattern = attribute === "" ? message.value : message.attributes[attribute];
    // Errors are ignored: a missing argument is shown by its name.
    return pattern ? bundle.formatPattern(pattern, args, []) : id;
  }
  return id;
}

/** The language that was chosen, or the first of the system's that is among these, or English. */
export function languageFor<L extends Language>(
  chosen: string | null,
  preferred: readonly string[],
  among: readonly L[],
): L | "en" {
  const all = chosen === null ? preferred : [chosen, ...preferred];
  for (const tag of all) {
    const base = baseOf(tag);
    const found = among.find((language) => language === base);
    if (found !== undefined) return found;
  }
  return "en";
}

/** The locale of numbers and money: the system's variant of the language (de-AT), if it has one. */
export function localeFor(language: Language, preferred: readonly string[]): string {
  // The texts are Portugal's, and so are the numbers.
  if (language === "pt") return "pt-PT";
  for (const tag of preferred) {
    if (baseOf(tag) !== language) continue;
    try {
      return Intl.getCanonicalLocales(tag.replace("_", "-"))[0] ?? language;
    } catch {
      // Not a valid tag: use the plain language.
    }
  }
  return language;
}

// Not by the locale's rules: in Turkish the small letter of I is ı.
const baseOf = (tag: string) => tag.toLowerCase().split(/[-_]/)[0];
