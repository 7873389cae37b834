// What the cashier has typed on the pad, and the amount it stands for. Pure: the pad's keys, the keyboard and the
// numpad all go through `press`, so there is only one way to build an amount. Amounts are integers of minor units.
import {
  discountMinor,
  goodsMinor,
  isSame,
  listedMinor,
  type CartLine,
  type Goods,
} from "./basket";
import type { Currency } from "./bindings/Currency";
import type { Discount } from "./bindings/Discount";
import type { EntryStyle } from "./bindings/EntryStyle";
import type { Item } from "./bindings/Item";
import { minorText } from "./money";

/** The largest amount, 99 999 999.99. The gateway's maximum is 10 000 000: an amount above it must be refused with the
 * reason, instead of keys that do nothing. */
export const MAX_MINOR = 9_999_999_999;

/** The largest quantity of one line. */
const MAX_QUANTITY = 999;

const DECIMALS = 2;

type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
export type PadKey = Digit | "00" | "point" | "plus" | "backspace" | "clear";

export interface Entry {
  readonly style: EntryStyle;
  /** Amounts added with "+", and items. */
  readonly lines: readonly CartLine[];
  /** The text being typed: digits, at most one point, at most two digits after it. */
  readonly typed: string;
  /** Taken off the total. */
  readonly discount: Discount | null;
}

export function emptyEntry(style: EntryStyle): Entry {
  return { style, lines: [], typed: "", discount: null };
}

/** The shop's choice, or what suits the currency: prices in roubles rarely have kopecks. */
export function entryStyle(chosen: EntryStyle | null, currency: Currency): EntryStyle {
  return chosen ?? (currency === "RUB" ? "decimal" : "cents-first");
}

/** The amount of the text being typed. A typed point is the decimal point in both styles. */
export function typedMinor(entry: Entry): number {
  const [whole = "", fraction] = entry.typed.split(".");
  if (fraction === undefined && entry.style === "cents-first") {
    return Number(whole || "0");
  }
  return Number((whole || "0") + (fraction ?? "").padEnd(DECIMALS, "0"));
}

/** All lines of the cart, with the text being typed as the last. */
export function linesOf(entry: Entry): readonly CartLine[] {
  const typed = typedMinor(entry);
  return typed === 0 ? entry.lines : [...entry.lines, sumLine(typed)];
}

/** The total before the discount. */
export function sumMinor(entry: Entry): number {
  return listedMinor(linesOf(entry));
}

/** The total to charge, without a tip. */
export function totalMinor(entry: Entry): number {
  return sumMinor(entry) - offMinor(entry, entry.discount);
}

/** What a discount would take off. */
export function offMinor(entry: Entry, discount: Discount | null): number {
  return discountMinor(goodsMinor(linesOf(entry)), discount);
}

function sumLine(minor: number): CartLine {
  return { item: null, unit_minor: minor, quantity: 1 };
}

/** Digits typed in the cents-first style, as whole units: "12" becomes 12.00. Null unless the digits are the whole
 * entry and as cents are below the gateway's minimum, so that the cashier cannot have meant cents. */
export function wholeUnits(entry: Entry, minimum_minor: number): Entry | null {
  const { style, typed, lines, discount } = entry;
  if (style !== "cents-first" || typed.includes(".") || lines.length > 0 || discount !== null) {
    return null;
  }
  const whole = press(entry, "00");
  const meant = typedMinor(entry) < minimum_minor && minimum_minor <= typedMinor(whole);
  return meant ? whole : null;
}

/** How many of the two decimals are typed; the others are filled in. */
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
      return entry.typed.includes(".") ? entry : withTyped(entry, `${entry.typed}.`);
    case "00": {
      const once = press(entry, "0");
      return press(once, "0");
    }
    default:
      return digit(entry, key);
  }
}

/** The same amount in the other style: a change of currency must not change the figures. */
export function inStyle(entry: Entry, style: EntryStyle): Entry {
  if (entry.style === style) return entry;
  const minor = typedMinor(entry);
  if (minor === 0) return { ...entry, style, typed: "" };
  const typed = style === "cents-first" ? String(minor) : minorText(minor).replace(/\.?0+$/, "");
  return { ...entry, style, typed };
}

function digit(entry: Entry, key: string): Entry {
  const fraction = entry.typed.split(".")[1];
  if (fraction !== undefined && fraction.length >= DECIMALS) return entry;
  if (key === "0" && entry.typed === "") return entry;
  return withTyped(entry, entry.typed + key);
}

/** When nothing is being typed, removes one item of the last line, or makes its amount editable again. */
function backspace(entry: Entry): Entry {
  if (entry.typed !== "") return withoutIdleDiscount({ ...entry, typed: entry.typed.slice(0, -1) });
  const last = entry.lines.at(-1);
  if (last === undefined) return entry;
  if (last.item !== null || last.quantity > 1) {
    return withQuantity(entry, entry.lines.length - 1, last.quantity - 1);
  }
  const typed = String(last.unit_minor);
  const mended: Entry = { ...entry, style: "cents-first", lines: entry.lines.slice(0, -1), typed };
  return inStyle(mended, entry.style);
}

/** Adds one of an item at its price. The text being typed becomes a line before it. */
export function withItem(entry: Entry, item: Item): Entry {
  return withGoods(entry, { item, unit_minor: item.price.minor });
}

/** Adds one of something. The same once more is two of one line. */
export function withGoods(entry: Entry, goods: Goods): Entry {
  const lines = linesOf(entry);
  const known = lines.findIndex((line) => line.item !== null && isSame(line, goods));
  const more = lines.map((line, index) =>
    index === known ? { ...line, quantity: line.quantity + 1 } : line,
  );
  const next = known < 0 ? [...lines, { ...goods, quantity: 1 }] : more;
  return ifAllowed(entry, { ...entry, typed: "", lines: next });
}

/** Adds the lines of a held cart, and its discount; with another discount both become an amount. */
export function withHeld(
  entry: Entry,
  held: readonly CartLine[],
  discount: Discount | null,
): Entry {
  const lines = [...linesOf(entry)];
  for (const line of held) {
    const known = lines.findIndex((one) => one.item !== null && isSame(one, line));
    const before = lines[known];
    if (before === undefined) lines.push(line);
    else lines[known] = { ...before, quantity: before.quantity + line.quantity };
  }
  const same =
    entry.discount?.kind === "percent" &&
    discount?.kind === "percent" &&
    entry.discount.rate === discount.rate;
  const minor = offMinor(entry, entry.discount) + discountMinor(goodsMinor(held), discount);
  const both: Discount | null = minor === 0 ? null : { kind: "fixed", minor };
  const alone = linesOf(entry).length === 0;
  return ifAllowed(entry, {
    ...entry,
    lines,
    typed: "",
    discount: alone || same ? discount : both,
  });
}

/** Sets the quantity of a line; 0 removes the line. */
export function withQuantity(entry: Entry, index: number, quantity: number): Entry {
  const lines = entry.lines
    .map((line, place) => (place === index ? { ...line, quantity } : line))
    .filter((line) => line.quantity > 0);
  return ifAllowed(entry, withoutIdleDiscount({ ...entry, lines }));
}

export function withDiscount(entry: Entry, discount: Discount | null): Entry {
  return withoutIdleDiscount({ ...entry, discount });
}

/** Drops the discount of an empty cart: it would be taken off the next customer's sale. */
function withoutIdleDiscount(entry: Entry): Entry {
  return sumMinor(entry) === 0 ? { ...entry, discount: null } : entry;
}

function withTyped(entry: Entry, typed: string): Entry {
  return ifAllowed(entry, { ...entry, typed });
}

function ifAllowed(before: Entry, next: Entry): Entry {
  const most = next.lines.every((line) => line.quantity <= MAX_QUANTITY);
  return most && sumMinor(next) <= MAX_MINOR ? next : before;
}
