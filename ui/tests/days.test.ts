import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, dayText, isDay, knownZone, monthStart, shifted, weekStart } from "../src/days";

const days = fc
  .integer({ min: 0, max: 80_000 })
  .map((count) => new Date(Date.UTC(1970, 0, 1 + count)).toISOString().slice(0, 10));

describe("a day", () => {
  it("is the shop's, not this computer's", () => {
    const late = Date.parse("2026-11-21T23:30:00Z");
    expect(dayOf(late, "UTC")).toBe("2026-11-21");
    expect(dayOf(late, "Europe/Berlin")).toBe("2026-11-22");
    expect(dayOf(late, "America/New_York")).toBe("2026-11-21");
  });

  it("changes at midnight also where the clock jumps", () => {
    const before = Date.parse("2026-03-28T22:59:59Z");
    expect(dayOf(before, "Europe/Berlin")).toBe("2026-03-28");
    expect(dayOf(before + 1000, "Europe/Berlin")).toBe("2026-03-29");
    // That day has 23 hours.
    expect(dayOf(before + 23 * 3_600_000, "Europe/Berlin")).toBe("2026-03-29");
    expect(dayOf(before + 23 * 3_600_000 + 1000, "Europe/Berlin")).toBe("2026-03-30");
  });

  it("is counted to and fro", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -4000, max: 4000 }), (day, by) => {
        expect(shifted(shifted(day, by), -by)).toBe(day);
        expect(shifted(day, by) > day).toBe(by > 0);
      }),
    );
    expect(shifted("2028-02-28", 1)).toBe("2028-02-29");
    expect(shifted("2026-12-31", 1)).toBe("2027-01-01");
  });

  it("is in a week that begins on a Monday, seven days long", () => {
    fc.assert(
      fc.property(days, (day) => {
        const start = weekStart(day);
        expect(new Date(start).getUTCDay()).toBe(1);
        expect(start <= day && day <= shifted(start, 6)).toBe(true);
      }),
    );
  });

  it("is in a month", () => {
    expect(monthStart("2026-11-21")).toBe("2026-11-01");
  });

  it("is told from what is none", () => {
    fc.assert(fc.property(days, isDay));
    for (const text of ["", "2026-11", "2026-02-30", "21.11.2026", "2026-13-01", "x"]) {
      expect(isDay(text), text).toBe(false);
    }
  });

  it("is named in words", () => {
    expect(dayText("2026-11-21", "de")).toBe("Samstag, 21. November 2026");
    expect(dayText("2026-11-21", "en-GB", "medium")).toBe("21 Nov 2026");
  });
});

it("a zone that this computer does not know is no reason to stop", () => {
  expect(knownZone("Europe/Berlin")).toBe("Europe/Berlin");
  expect(knownZone("Europe/Atlantis")).toBeUndefined();
  expect(knownZone(null)).toBeUndefined();
});
