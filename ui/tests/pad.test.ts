import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minorText } from "../src/money";
import {
  MAX_MINOR,
  emptyEntry,
  entryStyle,
  inStyle,
  press,
  linesOf,
  sumMinor,
  totalMinor,
  typedDecimals,
  typedMinor,
  wholeUnits,
  withDiscount,
  withItem,
  withQuantity,
  type Entry,
  type PadKey,
} from "../src/pad";
import { lineMinor } from "../src/basket";
import { sampleItem } from "../dev/samples";

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
        expect(minor).toBeLessThanOrEqual(MAX_MINOR);
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
  const minor = fc.integer({ min: 0, max: MAX_MINOR });

  it("has two decimals and means the same number", () => {
    fc.assert(
      fc.property(minor, (value) => {
        const text = minorText(value);
        expect(text).toMatch(/^(0|[1-9]\d*)\.\d\d$/);
        expect(BigInt(text.replace(".", ""))).toBe(BigInt(value));
      }),
    );
  });

  it("typed in, is the amount again, in both styles", () => {
    fc.assert(
      fc.property(style, minor, (how, value) => {
        expect(totalMinor(typed(emptyEntry(how), minorText(value)))).toBe(value);
      }),
    );
  });
});

describe("a cart", () => {
  const coffee = sampleItem("Coffee");
  const cake = sampleItem("Cake", { price_minor: 420 });
  const ITEMS = [coffee, cake, sampleItem("Gift", { price_minor: 999_999_999 })] as const;
  const empty = emptyEntry("cents-first");

  it("counts an item that is there once more", () => {
    const entry = withItem(withItem(withItem(empty, coffee), cake), coffee);
    expect(entry.lines).toEqual([
      { item: coffee, unit_minor: 350, quantity: 2 },
      { item: cake, unit_minor: 420, quantity: 1 },
    ]);
    expect(totalMinor(entry)).toBe(1120);
  });

  it("keeps what is being typed as a line of its own", () => {
    const entry = withItem(typed(empty, "125"), coffee);
    expect(entry.lines.map(lineMinor)).toEqual([125, 350]);
    expect(totalMinor(typed(entry, "50"))).toBe(525);
  });

  it("gives back one of an item at a time", () => {
    const entry = withItem(withItem(empty, coffee), coffee);
    expect(press(entry, "backspace").lines[0]?.quantity).toBe(1);
    expect(press(press(entry, "backspace"), "backspace")).toEqual(empty);
  });

  it("takes a line out by its quantity, and a discount off all", () => {
    const both = withItem(withItem(empty, coffee), cake);
    const less = withDiscount(both, { kind: "percent", rate: 1000 });
    expect([sumMinor(less), totalMinor(less)]).toEqual([770, 693]);
    expect(totalMinor(withQuantity(less, 0, 3))).toBe(1323);
    expect(withQuantity(withQuantity(less, 0, 0), 0, 0)).toEqual(empty);
    expect(totalMinor(withDiscount(both, { kind: "fixed", minor: 1000 }))).toBe(0);
  });

  it("leaves no discount for the next customer", () => {
    const less = withDiscount(typed(empty, "5"), { kind: "percent", rate: 1000 });
    expect(press(less, "backspace")).toEqual(empty);
    expect(press(less, "clear")).toEqual(empty);
  });

  const step = fc.oneof(
    fc.constantFrom(...KEYS).map((key) => (entry: Entry) => press(entry, key)),
    fc.constantFrom(...ITEMS).map((item) => (entry: Entry) => withItem(entry, item)),
    fc.tuple(fc.nat(5), fc.integer({ min: 0, max: 1500 })).map(
      ([place, quantity]) =>
        (entry: Entry) =>
          withQuantity(entry, place, quantity),
    ),
    fc
      .integer({ min: 1, max: 10_000 })
      .map((rate) => (entry: Entry) => withDiscount(entry, { kind: "percent", rate })),
    fc
      .integer({ min: 1, max: 100_000 })
      .map((minor) => (entry: Entry) => withDiscount(entry, { kind: "fixed", minor })),
  );

  it("is the sum of its lines less the discount, whatever is done, and never below nothing", () => {
    fc.assert(
      fc.property(style, fc.array(step, { maxLength: 40 }), (how, steps) => {
        const entry = steps.reduce((at, next) => next(at), emptyEntry(how));
        const lines = linesOf(entry);
        expect(sumMinor(entry)).toBe(lines.reduce((sum, line) => sum + lineMinor(line), 0));
        expect(lines.every((line) => line.quantity > 0 && line.unit_minor > 0)).toBe(true);
        expect(totalMinor(entry)).toBeGreaterThanOrEqual(0);
        expect(totalMinor(entry)).toBeLessThanOrEqual(sumMinor(entry));
        expect(sumMinor(entry)).toBeLessThanOrEqual(MAX_MINOR);
        expect(Number.isSafeInteger(totalMinor(entry))).toBe(true);
        if (sumMinor(entry) === 0) expect(entry.discount).toBeNull();
      }),
    );
  });
});

describe("digits as whole units", () => {
  const EURO = 100;
  const ROUBLES = 10_000;

  it.each([
    ["12", EURO, 1200],
    ["1", EURO, 100],
    ["99", EURO, 9900],
    ["250", ROUBLES, 25_000],
    ["9999", ROUBLES, 999_900],
  ])("offers %s", (text, minimum, minor) => {
    const whole = wholeUnits(typed(emptyEntry("cents-first"), text), minimum);
    expect(whole === null ? null : totalMinor(whole)).toBe(minor);
  });

  it.each([
    ["what can be charged as it is", "100", EURO],
    ["nothing", "", EURO],
    ["what was typed with a point", "0.5", EURO],
    ["one sum of several", "350+12", EURO],
    ["what is too little as whole units too", "9", ROUBLES],
  ])("does not offer %s", (_, text, minimum) => {
    expect(wholeUnits(typed(emptyEntry("cents-first"), text), minimum)).toBeNull();
  });

  it("does not offer it beside a discount, nor to who types decimals", () => {
    const discounted = { ...typed(emptyEntry("cents-first"), "12"), discount: { percent: 1000 } };
    expect(wholeUnits(discounted as unknown as Entry, EURO)).toBeNull();
    expect(wholeUnits(typed(emptyEntry("decimal"), ".5"), EURO)).toBeNull();
  });

  it("is never offered for what could be meant as cents", () => {
    fc.assert(
      fc.property(style, keys, fc.constantFrom(EURO, ROUBLES), (style, all, minimum) => {
        const entry = typing(emptyEntry(style), all);
        const whole = wholeUnits(entry, minimum);
        if (whole === null) return;
        expect(totalMinor(entry)).toBeLessThan(minimum);
        expect(totalMinor(whole)).toBe(totalMinor(entry) * 100);
      }),
    );
  });
});
