// Which item a scanned code means. The number of an article is printed in several lengths (a UPC-A is an EAN-13 without
// its leading zero: GS1 General Specifications, *GTIN-12*), scanners may put an AIM identifier before it (ISO/IEC 15424),
// and scales print codes that hold a weight or a price. Pure.
import { weighedMinor, type Goods } from "../basket";
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

/** What is sold of an item that was weighed: its price follows from the grams, or is the scale's. Null when it would cost
 * nothing. */
export function weighedGoods(item: Item, { holds, value }: ScaleReading): Goods | null {
  if (holds === "price") return { item, unit_minor: value };
  const weight = { grams: value, kilogram_minor: item.price.minor };
  const unit_minor = weighedMinor(weight);
  return unit_minor < 1 ? null : { item, unit_minor, weight };
}
