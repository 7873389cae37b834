import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatDecimal,
  formatMoney,
  minorText,
  moneyParts,
  parseAmount,
  parsePercent,
  percentText,
} from "../src/money";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("money by locale", () => {
  it.each([
    ["12.50", "EUR", "en", "€12.50"],
    ["12.50", "EUR", "de", "12,50 €"],
    ["12.50", "RUB", "ru", "12,50 ₽"],
    ["12.50", "USD", "ru", "12,50 $"],
    ["0.05", "USD", "en", "$0.05"],
    ["10000000.00", "EUR", "en", "€10,000,000.00"],
    ["10000000.00", "RUB", "ru", "10 000 000,00 ₽"],
    ["10000000.00", "EUR", "de", "10.000.000,00 €"],
    // A float could not hold this amount exactly.
    ["90071992547409.93", "EUR", "en", "€90,071,992,547,409.93"],
  ] as const)("%s %s in %s is %s", (amount, currency, locale, text) => {
    expect(plain(formatMoney(amount, currency, locale))).toBe(text);
  });

  it("loses no digit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_999_999 }),
        fc.constantFrom("en", "ru", "de"),
        (minor, locale) => {
          const digits = formatMoney(minorText(minor), "EUR", locale).replace(/\D/g, "");
          expect(digits).toBe(minorText(minor).replace(".", ""));
        },
      ),
    );
  });

  it("groups belong to the figures", () => {
    const kinds = (locale: string) =>
      moneyParts("1234567.00", "EUR", locale).map((part) => part.kind);
    expect(kinds("en")).toEqual(["sign", "figures", "point", "decimals"]);
    expect(kinds("ru")).toEqual(["figures", "point", "decimals", "sign"]);
  });

  it("comes in parts that make the whole", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (minor) => {
        const amount = minorText(minor);
        const parts = moneyParts(amount, "RUB", "ru");
        expect(parts.map((part) => part.text).join("")).toBe(formatMoney(amount, "RUB", "ru"));
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
  it.each([
    ["3", "3.00"],
    ["3,5", "3.50"],
    ["0012.", "12.00"],
    ["1 234,50", "1234.50"],
    ["1,234.50", null],
    ["-1", null],
    ["", null],
    ["123456789", null],
    ["1.234", null],
  ])("%j is %j", (text, amount) => {
    expect(parseAmount(text)).toBe(amount);
  });
});
