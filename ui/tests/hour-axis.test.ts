import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eur } from "../dev/samples";
import { shownHours } from "../src/hour-axis";

const day = (...busy: number[]) =>
  Array.from({ length: 24 }, (_, hour) => ({
    payments: busy.includes(hour) ? 1 : 0,
    paid: eur(busy.includes(hour) ? 100 : 0),
  }));

const labels = (...busy: number[]) =>
  shownHours(day(...busy)).flatMap(({ hour, labelled }) => (labelled ? [hour] : []));

describe("the hours of the chart", () => {
  it("are the usual ones, and others as far as there were payments", () => {
    const from = (...busy: number[]) => shownHours(day(...busy)).map(({ hour }) => hour);
    expect(from(12)).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(from(6, 22).at(0)).toBe(6);
    expect(from(6, 22).at(-1)).toBe(22);
  });

  it("are labelled at equal distances", () => {
    expect(labels(12)).toEqual([8, 10, 12, 14, 16, 18, 20]);
    expect(labels(0, 23)).toEqual([0, 3, 6, 9, 12, 15, 18, 21]);
  });

  it("never have more labels than there is room for", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 23 })), (busy) => {
        expect(labels(...busy).length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
