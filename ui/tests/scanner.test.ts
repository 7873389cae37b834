import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BURST_GAP_MS, TAIL_MS, pressed, type Burst } from "../src/scanner";

/** Plays presses at these times; what stands is the number of presses taken so far. */
function play(times: readonly number[], endsAt: number | null = null): string[] {
  let burst: Burst<number> | null = null;
  let standing = 0;
  return times.map((now_ms, index) => {
    const seen = pressed<number>(burst, now_ms, standing, index === endsAt ? "Enter" : "7");
    burst = seen.burst;
    if (seen.verdict.kind === "key") standing += 1;
    if (seen.verdict.kind === "scan") standing = seen.verdict.before;
    return seen.verdict.kind === "scan" ? `scan:${seen.verdict.before}` : seen.verdict.kind;
  });
}

describe("a scanner", () => {
  it("is known at its fourth press, and what stood before comes back", () => {
    expect(play([0, 10, 20, 30, 40, 50])).toEqual(["key", "key", "key", "scan:0", "tail", "tail"]);
  });

  it("is known after fingers have typed, and only its own presses are undone", () => {
    expect(play([0, 200, 1000, 1010, 1020, 1030])).toEqual([
      "key",
      "key",
      "key",
      "key",
      "key",
      "scan:2",
    ]);
  });

  it("counts its Enter: three digits and Enter are a scan", () => {
    expect(play([0, 12, 24, 36], 3)).toEqual(["key", "key", "key", "scan:0"]);
  });

  it("may pause before its Enter", () => {
    const enter = 40 + TAIL_MS - 1;
    expect(play([0, 10, 20, 30, 40, enter], 5).at(-1)).toBe("tail");
    expect(play([0, 10, 20, 30, 40, 40 + TAIL_MS], 5).at(-1)).toBe("key");
  });

  it("does not swallow the digit that a finger presses after it", () => {
    expect(play([0, 10, 20, 30, 30 + BURST_GAP_MS]).at(-1)).toBe("key");
  });
});

it("fingers are never taken for a scanner", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: BURST_GAP_MS, max: 2000 }), { maxLength: 40 }),
      (gaps) => {
        let now = 0;
        const times = gaps.map((gap) => (now += gap));
        expect(play(times).every((kind) => kind === "key")).toBe(true);
      },
    ),
  );
});

it("any burst leaves what stood before it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: BURST_GAP_MS - 1 }), { minLength: 3, maxLength: 30 }),
      (gaps) => {
        let now = 0;
        const kinds = play([0, ...gaps.map((gap) => (now += gap))]);
        expect(kinds.filter((kind) => kind === "scan:0")).toHaveLength(1);
        expect(kinds.slice(3)).not.toContain("key");
      },
    ),
  );
});
