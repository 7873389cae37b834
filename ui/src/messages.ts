// The words of the screen. Every text a person reads stands in ui/messages/*.ftl; adding a language
// is adding a file there and a line here.
import { FluentBundle, type FluentResource, type FluentVariable } from "@fluent/bundle";
import de from "../messages/de.ftl";
import en from "../messages/en.ftl";
import ru from "../messages/ru.ftl";

export const LANGUAGES = ["en", "ru", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A language is named in itself, whatever the screen speaks. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: "English",
  ru: "Русский",
  de: "Deutsch",
};

export type Arguments = Record<string, FluentVariable>;

/** As fluent.ts has read them: JSON of a resource's body. Only what is spoken is unpacked. */
const BODIES: Record<Language, string> = { en, ru, de };

const bundles = new Map<string, FluentBundle>();

function bundleOf(language: Language, locale: string): FluentBundle {
  let bundle = bundles.get(locale);
  if (bundle === undefined) {
    // All three are written left to right: isolating marks would only spoil what is copied or read back.
    bundle = new FluentBundle([locale, language], { useIsolating: false });
    const body = JSON.parse(BODIES[language]) as FluentResource["body"];
    bundle.addResource({ body });
    bundles.set(locale, bundle);
  }
  return bundle;
}

/** The text of `id`, or of its attribute: `id.attribute`. An unknown id is shown as itself: better an odd word than none. */
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
  // Errors are collected, not thrown: a missing argument shows as its name.
  return pattern ? bundle.formatPattern(pattern, args, []) : id;
}

/** The language to speak: the shop's choice, else the first wish of the system that is here. */
export function languageFor(chosen: string | null, preferred: readonly string[]): Language {
  const all = chosen === null ? preferred : [chosen, ...preferred];
  for (const tag of all) {
    const base = tag.toLowerCase().split(/[-_]/)[0];
    const found = LANGUAGES.find((language) => language === base);
    if (found !== undefined) return found;
  }
  return "en";
}

/** The locale of numbers and money: the system's own flavour of the language (de-AT), if it has one. */
export function localeFor(language: Language, preferred: readonly string[]): string {
  for (const tag of preferred) {
    if (tag.toLowerCase().split(/[-_]/)[0] !== language) continue;
    try {
      return Intl.getCanonicalLocales(tag.replace("_", "-"))[0] ?? language;
    } catch {
      // Not a tag: the plain language will do.
    }
  }
  return language;
}
