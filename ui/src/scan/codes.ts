// Which item a scanned code means. The number of an article is printed in several lengths (a UPC-A is an EAN-13 without
// its leading zero: GS1 General Specifications, *GTIN-12*), scanners may put an AIM identifier before it (ISO/IEC 15424),
// and scales print codes that hold a weight or a price. Pure.
import type { Item } from "../bindings/Item";
import type { ScaleCode } from "../bindings/ScaleCode";
import type { ScaleValue } from "../bindings/ScaleValue";

/** The code without the AIM identifier that a scanner put before it: `]E0`. */
export function withoutAim(text: string): string {
  return text.replace(/^\][A-Za-z][0-9A-Za-z]/, "");
}

/** One form for all the lengths in which an article's number is printed; other codes without regard to case. */
export function canonical(text: string): string {
  const code = withoutAim(text.trim().normalize("NFC"));
  return isArticleNumber(code) ? code.padStart(14, "0") : code.toUpperCase();
}

/** Whether a code is an EAN-8, UPC-A, EAN-13 or GTIN-14 with the right check digit. */
export function isArticleNumber(code: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(code) && hasRightCheckDigit(code);
}

/** GS1 General Specifications, *Check digit calculations*: the sum with weights 1 and 3 is a multiple of 10. */
function hasRightCheckDigit(code: string): boolean {
  const digits = [...code].reverse().map(Number);
  const sum = digits.reduce((sum, digit, place) => sum + digit * (place % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0;
}

/** What the code of a scale says. */
export interface ScaleReading {
  /** The prefix and the article's digits, which are the item's barcode. */
  readonly article: string;
  readonly holds: ScaleValue;
  /** Grams, or minor units of the item's currency. */
  readonly value: number;
}

/** Reads the code of a scale by the shop's rules; null when none applies. */
export function scaleReading(text: string, rules: readonly ScaleCode[]): ScaleReading | null {
  // A scanner may leave out the leading zero of a UPC-A, but a code of a scale has none.
  const code = withoutAim(text.trim());
  if (!/^2\d{12}$/.test(code) || !hasRightCheckDigit(code)) return null;
  const rule = rules.find(({ prefix }) => code.startsWith(String(prefix)));
  if (rule === undefined) return null;
  const value = Number(code.slice(12 - rule.value_digits, 12));
  if (value === 0) return null;
  return { article: code.slice(0, 2 + rule.article_digits), holds: rule.holds, value };
}

/** The item of a code, and what a scale's code says of it. */
export interface FoundItem {
  readonly item: Item;
  readonly scale: ScaleReading | null;
}

/** The item that has this barcode, letter by letter or in another length of the same number, or the item that the
 * scale weighed. */
export function findItem(
  text: string,
  items: readonly Item[],
  rules: readonly ScaleCode[],
): FoundItem | null {
  const code = withoutAim(text.trim());
  const exact = items.find((item) => item.barcode === code);
  const wanted = canonical(code);
  const same =
    exact ?? items.find(({ barcode }) => barcode !== null && canonical(barcode) === wanted);
  if (same !== undefined) return { item: same, scale: null };
  const scale = scaleReading(code, rules);
  const weighed = items.find(({ barcode }) => scale !== null && barcode === scale.article);
  return weighed === undefined ? null : { item: weighed, scale };
}

const GRAMS_PER_KILOGRAM = 1000;

/** The price of what the scale weighed, in minor units, rounded half up. */
export function weighedMinor(item: Item, { holds, value }: ScaleReading): number {
  if (holds === "price") return value;
  const doubled = item.price_minor * value * 2 + GRAMS_PER_KILOGRAM;
  return (doubled - (doubled % (2 * GRAMS_PER_KILOGRAM))) / (2 * GRAMS_PER_KILOGRAM);
}

/** The longest name of a line, characters; Rust refuses longer ones. */
const MAX_NAME_CHARS = 60;

/** What is sold of an item that was weighed. Its id holds the code, so the same package twice is two of one line.
 * `weightName` names an item with its weight. Null when it would cost nothing. */
export function weighedItem(
  item: Item,
  scale: ScaleReading,
  weightName: (name: string, grams: number) => string,
): Item | null {
  const price_minor = weighedMinor(item, scale);
  if (price_minor < 1) return null;
  const id = `${item.id} ${scale.holds} ${scale.value}`;
  if (scale.holds === "price") return { ...item, id, price_minor };
  const letters = [...item.name];
  let name = weightName(item.name, scale.value);
  while ([...name].length > MAX_NAME_CHARS && letters.pop() !== undefined) {
    name = weightName(`${letters.join("").trimEnd()}…`, scale.value);
  }
  return { ...item, id, name, price_minor };
}
