// The texts of the screens. Every text that a person reads is in ui/messages/*.ftl; a new language is a file there and
// three lines here. A start reads the texts of one language only: together they are larger than all the rest.
import { FluentBundle, type FluentResource, type FluentVariable } from "@fluent/bundle";

export const LANGUAGES = ["en", "ru", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language is named in itself, whatever the language of the screen. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: "English",
  ru: "Русский",
  de: "Deutsch",
};

export type Arguments = Record<string, FluentVariable>;

/** Each gives the JSON of its messages, made by fluent.ts when the screens are built. */
const FILES: Record<Language, () => Promise<{ default: string }>> = {
  en: () => import("../messages/en.ftl"),
  ru: () => import("../messages/ru.ftl"),
  de: () => import("../messages/de.ftl"),
};

/** What has been read of them. It is parsed when first used. */
const bodies = new Map<Language, string>();

/** Reads the texts of a language; nothing happens when they are there. */
export async function loadMessages(language: Language): Promise<void> {
  if (!bodies.has(language)) bodies.set(language, (await FILES[language]()).default);
}

/** Whether the texts of a language have been read. */
export function hasMessages(language: Language): boolean {
  return bodies.has(language);
}

const bundles = new Map<string, FluentBundle>();

function bundleOf(language: Language, locale: string): FluentBundle {
  let bundle = bundles.get(locale);
  if (bundle === undefined) {
    // All three languages are written left to right, so isolating marks would only disturb copied text.
    bundle = new FluentBundle([locale, language], { useIsolating: false });
    const json = bodies.get(language);
    if (json === undefined) return bundle;
    bundle.addResource({ body: JSON.parse(json) as FluentResource["body"] });
    bundles.set(locale, bundle);
  }
  return bundle;
}

/** The text of `id` or `id.attribute`. An unknown id is shown as it is. */
export function format(
  language: Language,
  locale: string,
  id: string,
  args: Arguments = {},
): string {
  const bundle = bundleOf(language, locale);
  const [name = id, attribute] = id.split(".");
  const message = bundle.getMessage(name);
  const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
  // Errors are ignored: a missing argument is shown by its name.
  return pattern ? bundle.formatPattern(pattern, args, []) : id;
}

/** The shop's language, or the first of the system's languages that the till has, or English. */
export function languageFor(chosen: string | null, preferred: readonly string[]): Language {
  const all = chosen === null ? preferred : [chosen, ...preferred];
  for (const tag of all) {
    const base = tag.toLowerCase().split(/[-_]/)[0];
    const found = LANGUAGES.find((language) => language === base);
    if (found !== undefined) return found;
  }
  return "en";
}

/** The locale of numbers and money: the system's variant of the language (de-AT), if it has one. */
export function localeFor(language: Language, preferred: readonly string[]): string {
  for (const tag of preferred) {
    if (tag.toLowerCase().split(/[-_]/)[0] !== language) continue;
    try {
      return Intl.getCanonicalLocales(tag.replace("_", "-"))[0] ?? language;
    } catch {
      // Not a valid tag: use the plain language.
    }
  }
  return language;
}
