import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STALE_AFTER_MS, clockText, freshness, remainingMs } from "../src/countdown";

describe("the time left", () => {
  it("goes by the gateway's clock", () => {
    expect(remainingMs(1000, 0, 990_000)).toBe(10_000);
    // The gateway's clock is two seconds ahead of ours, so two seconds less are left.
    expect(remainingMs(1000, 2000, 990_000)).toBe(8_000);
    expect(remainingMs(1000, -2000, 990_000)).toBe(12_000);
    expect(remainingMs(1000, null, 990_000)).toBe(10_000);
  });

  it("is never below nothing", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (expires, offset, now) => {
        expect(remainingMs(expires, offset, now)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it.each([
    [0, "0:00"],
    [1, "0:01"],
    [1000, "0:01"],
    [59_001, "1:00"],
    [245_000, "4:05"],
    [3_600_000, "1:00:00"],
    [86_400_000, "24:00:00"],
  ])("%d ms are %s", (ms, text) => {
    expect(clockText(ms)).toBe(text);
  });
});

it("silence is told from an answer", () => {
  expect(freshness(undefined, 5)).toBe("never");
  expect(freshness(1000, 1000 + STALE_AFTER_MS)).toBe("fresh");
  expect(freshness(1000, 1001 + STALE_AFTER_MS)).toBe("stale");
});
