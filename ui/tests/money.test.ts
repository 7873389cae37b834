import fc from "fast-check";
import { describe, expect, it } from "vitest";
import typedAmounts from "../../src-tauri/core/src/money/typed_amounts.json";
import {
  formatDecimal,
  formatMoney,
  minorText,
  moneyParts,
  parseAmount,
  parsePercent,
  percentText,
  writtenAmount,
} from "../src/money";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("money by locale", () => {
  it.each([
    [1250, "EUR", "en", "€12.50"],
    [1250, "EUR", "de", "12,50 €"],
    [1250, "RUB", "ru", "12,50 ₽"],
    [1250, "USD", "ru", "12,50 $"],
    [5, "USD", "en", "$0.05"],
    [1_000_000_000, "EUR", "en", "€10,000,000.00"],
    [1_000_000_000, "RUB", "ru", "10 000 000,00 ₽"],
    [1_000_000_000, "EUR", "de", "10.000.000,00 €"],
    // A float could not hold this amount exactly.
    [9_007_199_254_740_991, "EUR", "en", "€90,071,992,547,409.91"],
  ] as const)("%s %s in %s is %s", (minor, currency, locale, text) => {
    expect(plain(formatMoney({ minor, currency }, locale))).toBe(text);
  });

  it("loses no digit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_999_999 }),
        fc.constantFrom("en", "ru", "de"),
        (minor, locale) => {
          const digits = formatMoney({ minor, currency: "EUR" }, locale).replace(/\D/g, "");
          expect(digits).toBe(minorText(minor).replace(".", ""));
        },
      ),
    );
  });

  it("groups belong to the figures", () => {
    const kinds = (locale: string) =>
      moneyParts({ minor: 123_456_700, currency: "EUR" }, locale).map((part) => part.kind);
    expect(kinds("en")).toEqual(["sign", "figures", "point", "decimals"]);
    expect(kinds("ru")).toEqual(["figures", "point", "decimals", "sign"]);
  });

  it("comes in parts that make the whole", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (minor) => {
        const amount = { minor, currency: "RUB" } as const;
        const parts = moneyParts(amount, "ru");
        expect(parts.map((part) => part.text).join("")).toBe(formatMoney(amount, "ru"));
        expect(parts.find((part) => part.kind === "decimals")?.text).toHaveLength(2);
      }),
    );
  });
});

it("crypto keeps every digit", () => {
  expect(formatDecimal("13.42187500", "de")).toBe("13,42187500");
  expect(formatDecimal("0.00000001", "en")).toBe("0.00000001");
});

describe("a percentage", () => {
  it("is typed in percent, with a point or a comma", () => {
    expect(parsePercent("19")).toBe(1900);
    expect(parsePercent("5,5")).toBe(550);
    expect(parsePercent(" 7.25 % ")).toBe(725);
    expect(parsePercent("100")).toBe(10_000);
  });

  it("comes back as it was typed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (points) => {
        expect(parsePercent(percentText(points))).toBe(points);
      }),
    );
  });
});

describe("a typed amount", () => {
  it.each(Object.entries(typedAmounts))("%j is %j", (text, minor) => {
    expect(parseAmount(text, "EUR")).toEqual(minor === null ? null : { minor, currency: "EUR" });
  });

  it("comes back as it was written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (minor) => {
        expect(parseAmount(minorText(minor), "USD")).toEqual({ minor, currency: "USD" });
        expect(writtenAmount(minorText(minor), "USD")).toEqual({ minor, currency: "USD" });
      }),
    );
  });
});
