// What the cashier has typed, and what it is worth. Pure: the pad's keys, the keyboard and the
// numpad all come through `press`, so an amount can only be built in one way.
//
// Money here is a safe integer of minor units (cents, kopecks). No float ever holds an amount.
import type { Currency } from "./bindings/Currency";
import type { EntryStyle } from "./bindings/EntryStyle";

/** Ten digits of minor units, 99 999 999.99: more than the gateway takes (10 000 000), so that a
 * sum too large is refused with its reason instead of keys that do nothing. */
export const MOST_MINOR = 9_999_999_999;

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
  /** Sums added by "+", in minor units. */
  readonly lines: readonly number[];
  /** What is being typed: digits, at most one point, at most two digits after it. */
  readonly typed: string;
}

export function emptyEntry(style: EntryStyle): Entry {
  return { style, lines: [], typed: "" };
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

/** Minor units to charge: the lines and what is being typed. */
export function totalMinor(entry: Entry): number {
  return entry.lines.reduce((sum, line) => sum + line, typedMinor(entry));
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
      return typedMinor(entry) === 0
        ? entry
        : { ...entry, lines: [...entry.lines, typedMinor(entry)], typed: "" };
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

/** With an empty line, backspace takes the line before back for mending. */
function backspace(entry: Entry): Entry {
  if (entry.typed !== "") return { ...entry, typed: entry.typed.slice(0, -1) };
  const last = entry.lines.at(-1);
  if (last === undefined) return entry;
  return inStyle(
    { style: "cents-first", lines: entry.lines.slice(0, -1), typed: String(last) },
    entry.style,
  );
}

function bounded(entry: Entry, typed: string): Entry {
  const next = { ...entry, typed };
  return totalMinor(next) > MOST_MINOR ? entry : next;
}
