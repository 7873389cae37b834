// What the keys of the on-screen keyboard say. A layout has three rows of letters; digits and signs are a page of their own.

/** The letters of one language, row by row. */
export interface Layout {
  /** What its key says in place of a language's name. */
  readonly name: string;
  readonly rows: readonly [string, string, string];
}

export const LAYOUTS = {
  en: { name: "EN", rows: ["qwertyuiop", "asdfghjkl", "zxcvbnm"] },
  de: { name: "DE", rows: ["qwertzuiopü", "asdfghjklöä", "yxcvbnmß"] },
  es: { name: "ES", rows: ["qwertyuiop", "asdfghjklñ", "zxcvbnmáéíóúü"] },
  tr: { name: "TR", rows: ["qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç"] },
  uk: { name: "УК", rows: ["йцукенгшщзхї", "фівапролджє", "ячсмитьбюґ"] },
  ru: { name: "РУ", rows: ["йцукенгшщзх", "фывапролджэ", "ячсмитьбюъё"] },
} as const satisfies Record<string, Layout>;

export type LayoutId = keyof typeof LAYOUTS;

export const LAYOUT_IDS = Object.keys(LAYOUTS) as LayoutId[];

/** The page of digits and signs: all that an address, a note or a key needs. */
export const SIGNS: readonly string[] = ["1234567890", "@#€$₽%&*()", "-_+=/:;!?'\"№"];

/** The keys for a field that takes figures alone. */
export const FIGURES: readonly string[] = ["123", "456", "789"];

/** The layout for a screen in this language. */
export function layoutOf(language: string): LayoutId {
  return LAYOUT_IDS.find((id) => language === id || language.startsWith(`${id}-`)) ?? "en";
}

/** The layout that the key for the next language leads to. */
export function nextLayout(current: LayoutId): LayoutId {
  return LAYOUT_IDS[(LAYOUT_IDS.indexOf(current) + 1) % LAYOUT_IDS.length] ?? current;
}
