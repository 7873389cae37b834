// The texts of the screens. Every text that a person reads is in ui/messages/*.ftl; a new language is a file there and
// three lines here.
import { FluentBundle, type FluentResource, type FluentVariable } from "@fluent/bundle";
import de from "../messages/de.ftl";
import en from "../messages/en.ftl";
import ru from "../messages/ru.ftl";

export const LANGUAGES = ["en", "ru", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language is named in itself, whatever the language of the screen. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: "English",
  ru: "Русский",
  de: "Deutsch",
};

export type Arguments = Record<string, FluentVariable>;

/** JSON of each resource's body, made by fluent.ts when the screens are built. It is parsed when first used. */
const BODIES: Record<Language, string> = { en, ru, de };

const bundles = new Map<string, FluentBundle>();

function bundleOf(language: Language, locale: string): FluentBundle {
  let bundle = bundles.get(locale);
  if (bundle === undefined) {
    // All three languages are written left to right, so isolating marks would only disturb copied text.
    bundle = new FluentBundle([locale, language], { useIsolating: false });
    const body = JSON.parse(BODIES[language]) as FluentResource["body"];
    bundle.addResource({ body });
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
