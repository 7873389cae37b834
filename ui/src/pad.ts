// What the cashier has typed, and what it is worth. Pure: the pad's keys, the keyboard and the
// numpad all come through `press`, so an amount can only be built in one way.
//
// Money here is a safe integer of minor units (cents, kopecks). No float ever holds an amount.
import { discountMinor, listedMinor, type CartLine } from "./basket";
import type { Currency } from "./bindings/Currency";
import type { Discount } from "./bindings/Discount";
import type { EntryStyle } from "./bindings/EntryStyle";
import type { Item } from "./bindings/Item";

/** Ten digits of minor units, 99 999 999.99: more than the gateway takes (10 000 000), so that a
 * sum too large is refused with its reason instead of keys that do nothing. */
export const MAX_MINOR = 9_999_999_999;

/** More of one thing than a counter sees. */
const MAX_QUANTITY = 999;

const DECIMALS = 2;

export type PadKey =
  | "0"
  | "1"
  | "2"
  | "3"
  | "4"
  | "5"
  | "6"
  | "7"
  | "8"
  | "9"
  | "00"
  | "point"
  | "plus"
  | "backspace"
  | "clear";

export interface Entry {
  readonly style: EntryStyle;
  /** Sums added by "+", and items. */
  readonly lines: readonly CartLine[];
  /** What is being typed: digits, at most one point, at most two digits after it. */
  readonly typed: string;
  /** Taken off all of it. */
  readonly discount: Discount | null;
}

export function emptyEntry(style: EntryStyle): Entry {
  return { style, lines: [], typed: "", discount: null };
}

/** The shop's choice, or what suits the currency: kopecks are rare, cents are not. */
export function entryStyle(chosen: EntryStyle | null, currency: Currency): EntryStyle {
  return chosen ?? (currency === "RUB" ? "decimal" : "cents-first");
}

/** Minor units of what is being typed. A typed point always is the decimal point. */
export function typedMinor(entry: Entry): number {
  const [whole = "", fraction] = entry.typed.split(".");
  if (fraction === undefined && entry.style === "cents-first") {
    return Number(whole || "0");
  }
  return Number((whole || "0") + (fraction ?? "").padEnd(DECIMALS, "0"));
}

/** All lines of the cart, what is being typed as the last. */
export function linesOf(entry: Entry): readonly CartLine[] {
  const typed = typedMinor(entry);
  return typed === 0 ? entry.lines : [...entry.lines, sumLine(typed)];
}

/** Minor units before the discount. */
export function sumMinor(entry: Entry): number {
  return listedMinor(linesOf(entry));
}

/** Minor units to charge: the lines and what is being typed, less the discount. */
export function totalMinor(entry: Entry): number {
  const listed = sumMinor(entry);
  return listed - discountMinor(listed, entry.discount);
}

function sumLine(minor: number): CartLine {
  return { item: null, unit_minor: minor, quantity: 1 };
}

/** What was typed cents first, as whole units: "12" is 12.00. Only where as cents it is less than the gateway takes, so
 * that the cashier cannot have meant cents, and only for an amount that is all there is; null otherwise. */
export function wholeUnits(entry: Entry, minimum_minor: number): Entry | null {
  const { style, typed, lines, discount } = entry;
  if (style !== "cents-first" || typed.includes(".") || lines.length > 0 || discount !== null) {
    return null;
  }
  const whole = press(entry, "00");
  const meant = typedMinor(entry) < minimum_minor && minimum_minor <= typedMinor(whole);
  return meant ? whole : null;
}

/** How many of the two decimals the cashier has typed; the others are only filled in. */
export function typedDecimals(entry: Entry): number {
  const fraction = entry.typed.split(".")[1];
  if (fraction !== undefined) return fraction.length;
  return entry.style === "cents-first" ? Math.min(DECIMALS, entry.typed.length) : 0;
}

export function press(entry: Entry, key: PadKey): Entry {
  switch (key) {
    case "clear":
      return emptyEntry(entry.style);
    case "backspace":
      return backspace(entry);
    case "plus":
      return typedMinor(entry) === 0 ? entry : { ...entry, lines: linesOf(entry), typed: "" };
    case "point":
      return entry.typed.includes(".") ? entry : bounded(entry, `${entry.typed}.`);
    case "00": {
      const once = press(entry, "0");
      return press(once, "0");
    }
    default:
      return digit(entry, key);
  }
}

/** The same amount, typed in the other style: switching the currency must not change the figures. */
export function inStyle(entry: Entry, style: EntryStyle): Entry {
  if (entry.style === style) return entry;
  const minor = typedMinor(entry);
  if (minor === 0) return { ...entry, style, typed: "" };
  const typed = style === "cents-first" ? String(minor) : decimalText(minor).replace(/\.?0+$/, "");
  return { ...entry, style, typed };
}

/** Exact decimal text with two decimals: 1250 is "12.50". */
export function decimalText(minor: number): string {
  const digits = String(minor).padStart(DECIMALS + 1, "0");
  return `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}

function digit(entry: Entry, key: string): Entry {
  const fraction = entry.typed.split(".")[1];
  if (fraction !== undefined && fraction.length >= DECIMALS) return entry;
  if (key === "0" && entry.typed === "") return entry;
  return bounded(entry, entry.typed + key);
}

/** With an empty line, backspace takes one of the last line back: a sum for mending, an item for good. */
function backspace(entry: Entry): Entry {
  if (entry.typed !== "") return tidied({ ...entry, typed: entry.typed.slice(0, -1) });
  const last = entry.lines.at(-1);
  if (last === undefined) return entry;
  if (last.item !== null || last.quantity > 1) {
    return withQuantity(entry, entry.lines.length - 1, last.quantity - 1);
  }
  const typed = String(last.unit_minor);
  const mended: Entry = { ...entry, style: "cents-first", lines: entry.lines.slice(0, -1), typed };
  return inStyle(mended, entry.style);
}

/** One more of an item. What is being typed becomes a line before it. */
export function withItem(entry: Entry, item: Item): Entry {
  const lines = linesOf(entry);
  const known = lines.findIndex((line) => line.item?.id === item.id);
  const one: CartLine = { item, unit_minor: item.price_minor, quantity: 1 };
  const more = lines.map((line, index) =>
    index === known ? { ...line, quantity: line.quantity + 1 } : line,
  );
  return within(entry, { ...entry, typed: "", lines: known < 0 ? [...lines, one] : more });
}

/** So many of a line; none of it takes the line out. */
export function withQuantity(entry: Entry, index: number, quantity: number): Entry {
  const lines = entry.lines
    .map((line, place) => (place === index ? { ...line, quantity } : line))
    .filter((line) => line.quantity > 0);
  return within(entry, tidied({ ...entry, lines }));
}

/** With another discount, or none. */
export function withDiscount(entry: Entry, discount: Discount | null): Entry {
  return tidied({ ...entry, discount });
}

/** A discount off nothing would lie in wait for the next customer. */
function tidied(entry: Entry): Entry {
  return sumMinor(entry) === 0 ? { ...entry, discount: null } : entry;
}

function bounded(entry: Entry, typed: string): Entry {
  return within(entry, { ...entry, typed });
}

function within(before: Entry, next: Entry): Entry {
  const most = next.lines.every((line) => line.quantity <= MAX_QUANTITY);
  return most && sumMinor(next) <= MAX_MINOR ? next : before;
}
