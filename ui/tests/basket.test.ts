import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  basketOf,
  discountMinor,
  lineMinor,
  listedMinor,
  roundedUp,
  shareOf,
  tipOffers,
  type CartLine,
} from "../src/basket";
import type { Discount } from "../src/bindings/Discount";
import { sampleItem } from "../dev/samples";

const sum = (unit_minor: number): CartLine => ({ item: null, unit_minor, quantity: 1 });
const coffee = sampleItem("Coffee", { tax: 1900 });
const two: CartLine = { item: coffee, unit_minor: 350, quantity: 2 };

const lines = fc.array(
  fc.record({
    item: fc.constantFrom(null, coffee),
    unit_minor: fc.integer({ min: 1, max: 10_000_000 }),
    quantity: fc.integer({ min: 1, max: 99 }),
  }),
  { minLength: 1, maxLength: 10 },
);
const discounts: fc.Arbitrary<Discount | null> = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant("percent" as const), rate: fc.integer({ min: 0, max: 10_000 }) }),
  fc.record({ kind: fc.constant("fixed" as const), minor: fc.integer({ min: 1, max: 100_000 }) }),
);

describe("a share", () => {
  it.each([
    [1120, 500, 56],
    [1005, 1000, 101],
    [1004, 1000, 100],
    [1, 5000, 1],
    [0, 1900, 0],
    [999_999_999, 10_000, 999_999_999],
  ])("of %d at %d is %d", (minor, rate, share) => {
    expect(shareOf(minor, rate)).toBe(share);
  });

  it("is whole, and rounded half up as the till does", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_999_999 }),
        fc.integer({ min: 0, max: 10_000 }),
        (minor, rate) => {
          const exact = (BigInt(minor) * BigInt(rate) * 2n + 10_000n) / 20_000n;
          expect(BigInt(shareOf(minor, rate))).toBe(exact);
        },
      ),
    );
  });
});

describe("a basket", () => {
  it("has no lines for an amount that was typed, but for its tip", () => {
    expect(basketOf([], null, 0)).toEqual({ lines: [], discount: null, tip_minor: 0 });
    expect(basketOf([sum(350)], null, 0).lines).toEqual([]);
    expect(basketOf([sum(350)], null, 50)).toEqual({ lines: [], discount: null, tip_minor: 50 });
  });

  it("names items with their tax and leaves that of sums to the till", () => {
    expect(basketOf([two, sum(100)], null, 0).lines).toEqual([
      { name: "Coffee", quantity: 2, unit_minor: 350, tax: 1900 },
      { name: null, quantity: 1, unit_minor: 100, tax: null },
    ]);
    const half: Discount = { kind: "percent", rate: 5000 };
    expect(basketOf([sum(350)], half, 0).lines).toHaveLength(1);
  });

  it("comes to what the pad shows, by the till's own rule", () => {
    fc.assert(
      fc.property(lines, discounts, fc.nat(10_000), (all, discount, tip) => {
        const listed = listedMinor(all);
        const amount = listed - discountMinor(listed, discount) + tip;
        const basket = basketOf(all, discount, tip);
        expect(amount).toBeGreaterThanOrEqual(tip);
        expect(Number.isSafeInteger(amount)).toBe(true);
        if (basket.lines.length === 0) return;
        // Parts::come_to of src-tauri/core/src/sale/basket.rs.
        const parts = basket.lines.reduce(
          (so_far, one) => so_far + one.unit_minor * one.quantity,
          0,
        );
        const off =
          basket.discount?.kind === "percent"
            ? shareOf(parts, basket.discount.rate)
            : (basket.discount?.minor ?? 0);
        expect(off).toBeLessThanOrEqual(parts);
        expect(parts - off + basket.tip_minor).toBe(amount);
      }),
    );
  });

  it("counts lines by their quantity", () => {
    expect(lineMinor(two)).toBe(700);
  });
});

describe("tips", () => {
  const tips = { ask: true, percents: [500, 1000], round_up: true };

  it("are shares of the amount; less than a cent is none", () => {
    expect(tipOffers(1120, tips)).toEqual([
      { rate: 500, minor: 56 },
      { rate: 1000, minor: 112 },
    ]);
    expect(tipOffers(5, tips)).toEqual([{ rate: 1000, minor: 1 }]);
  });

  it("round up to coins that people leave", () => {
    expect(roundedUp(1120, "EUR")).toBe(1200);
    expect(roundedUp(1200, "EUR")).toBeNull();
    expect(roundedUp(123_400, "RUB")).toBe(125_000);
    fc.assert(
      fc.property(
        fc.nat(1_000_000_000),
        fc.constantFrom("EUR", "USD", "RUB"),
        (minor, currency) => {
          const round = roundedUp(minor, currency);
          const step = currency === "RUB" ? 5000 : 100;
          if (round === null) expect(minor % step).toBe(0);
          else expect([round % step, round > minor, round - minor < step]).toEqual([0, true, true]);
        },
      ),
    );
  });
});
