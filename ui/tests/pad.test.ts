import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MOST_MINOR,
  decimalText,
  emptyEntry,
  entryStyle,
  inStyle,
  press,
  totalMinor,
  typedDecimals,
  typedMinor,
  type Entry,
  type PadKey,
} from "../src/pad";

const STYLES = ["cents-first", "decimal"] as const;
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const KEYS: readonly PadKey[] = [...DIGITS, "00", "point", "plus", "backspace", "clear"];

const style = fc.constantFrom(...STYLES);
const keys = fc.array(fc.constantFrom(...KEYS), { maxLength: 40 });
const typing = (at: Entry, all: readonly PadKey[]) => all.reduce(press, at);
const typed = (at: Entry, text: string) =>
  typing(
    at,
    [...text].map((sign) => (sign === "." ? "point" : sign === "+" ? "plus" : (sign as PadKey))),
  );

describe("typing an amount", () => {
  it.each([
    ["cents-first", "1250", 1250],
    ["cents-first", "12.5", 1250],
    ["cents-first", "12.50", 1250],
    ["cents-first", "12.", 1200],
    ["cents-first", "0.5", 50],
    ["cents-first", "5", 5],
    ["cents-first", "005", 5],
    ["decimal", "1250", 125000],
    ["decimal", "12.5", 1250],
    ["decimal", "12.50", 1250],
    ["decimal", ".5", 50],
    ["decimal", "0.05", 5],
    ["decimal", "1.2.3", 123],
    ["decimal", "1.239", 123],
    ["cents-first", "350+350+420", 1120],
    ["decimal", "100+50.5", 15050],
  ] as const)("%s: %s is %d minor units", (how, text, minor) => {
    expect(totalMinor(typed(emptyEntry(how), text))).toBe(minor);
  });

  it("takes 00 as two noughts", () => {
    expect(totalMinor(typing(emptyEntry("cents-first"), ["1", "2", "00"]))).toBe(1200);
  });

  it("adds no empty line", () => {
    expect(typing(emptyEntry("cents-first"), ["plus", "0", "plus"]).lines).toEqual([]);
  });

  it("takes the last line back when the present one is empty", () => {
    const entry = typed(emptyEntry("decimal"), "12.5+");
    expect(press(entry, "backspace")).toMatchObject({ lines: [], typed: "12.5" });
  });

  it("knows which decimals were typed", () => {
    const decimals = (how: Entry["style"], text: string) =>
      typedDecimals(typed(emptyEntry(how), text));
    expect(decimals("decimal", "12")).toBe(0);
    expect(decimals("decimal", "12.5")).toBe(1);
    expect(decimals("cents-first", "")).toBe(0);
    expect(decimals("cents-first", "125")).toBe(2);
  });

  it("suits the currency unless the shop has chosen", () => {
    expect(entryStyle(null, "RUB")).toBe("decimal");
    expect(entryStyle(null, "EUR")).toBe("cents-first");
    expect(entryStyle(null, "USD")).toBe("cents-first");
    expect(entryStyle("decimal", "EUR")).toBe("decimal");
  });
});

describe("whatever is pressed", () => {
  it("the amount is a whole number of minor units within the bound", () => {
    fc.assert(
      fc.property(style, keys, (how, all) => {
        const minor = totalMinor(typing(emptyEntry(how), all));
        expect(Number.isSafeInteger(minor)).toBe(true);
        expect(minor).toBeGreaterThanOrEqual(0);
        expect(minor).toBeLessThanOrEqual(MOST_MINOR);
      }),
    );
  });

  it("backspace undoes a digit or a point that was taken", () => {
    fc.assert(
      fc.property(style, keys, fc.constantFrom(...DIGITS, "point" as const), (how, all, key) => {
        const before = typing(emptyEntry(how), all);
        const after = press(before, key);
        fc.pre(after !== before);
        expect(press(after, "backspace")).toEqual(before);
      }),
    );
  });

  it("backspace again and again empties the pad", () => {
    fc.assert(
      fc.property(style, keys, (how, all) => {
        let entry = typing(emptyEntry(how), all);
        for (
          let press_no = 0;
          press_no < 500 && entry.typed + entry.lines.length !== "0";
          press_no += 1
        )
          entry = press(entry, "backspace");
        expect(entry).toEqual(emptyEntry(how));
      }),
    );
  });

  it("clear empties the pad", () => {
    fc.assert(
      fc.property(style, keys, (how, all) => {
        expect(press(typing(emptyEntry(how), all), "clear")).toEqual(emptyEntry(how));
      }),
    );
  });

  it("a change of style leaves the amount", () => {
    fc.assert(
      fc.property(style, style, keys, (how, other, all) => {
        const entry = typing(emptyEntry(how), all);
        expect(totalMinor(inStyle(entry, other))).toBe(totalMinor(entry));
        expect(typedMinor(inStyle(entry, other))).toBe(typedMinor(entry));
      }),
    );
  });
});

describe("an amount in print", () => {
  const minor = fc.integer({ min: 0, max: MOST_MINOR });

  it("has two decimals and means the same number", () => {
    fc.assert(
      fc.property(minor, (value) => {
        const text = decimalText(value);
        expect(text).toMatch(/^(0|[1-9]\d*)\.\d\d$/);
        expect(BigInt(text.replace(".", ""))).toBe(BigInt(value));
      }),
    );
  });

  it("typed in, is the amount again, in both styles", () => {
    fc.assert(
      fc.property(style, minor, (how, value) => {
        expect(totalMinor(typed(emptyEntry(how), decimalText(value)))).toBe(value);
      }),
    );
  });
});
