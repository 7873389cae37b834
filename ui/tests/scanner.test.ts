import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BURST_GAP_MS, TAIL_MS, isScan, addPress, type Burst } from "../src/scanner";

/** Presses keys at these times. The state is the number of presses accepted so far. */
function play(times: readonly number[], endsAt: number | null = null): string[] {
  let burst: Burst<number> | null = null;
  let standing = 0;
  return times.map((now_ms, index) => {
    const seen = addPress<number>(burst, now_ms, standing, index === endsAt ? "Enter" : "7");
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

describe("what it read", () => {
  /** Presses these keys, with these gaps. */
  const read = (keys: readonly string[], gap_ms = 10, before: Burst<null> | null = null) =>
    keys.reduce<Burst<null> | null>((burst, key, index) => {
      const at = (before?.last_ms ?? 0) + 1000 * Number(before === null) + index * gap_ms;
      return addPress(burst, at, null, key).burst;
    }, before);

  it("is every sign of it, without its end", () => {
    const burst = read([..."4006381333931", "Enter"]);
    expect(burst).toMatchObject({ code: "4006381333931", ended: true });
    expect(burst !== null && isScan(burst)).toBe(true);
    expect(read([..."AB-12", "Tab"])?.code).toBe("AB-12");
  });

  it("begins anew after its end, however fast the next one is", () => {
    const first = read([..."12345", "Enter"]);
    expect(read([..."67890", "Enter"], 1, first)?.code).toBe("67890");
  });

  it("is not ended twice by CR and LF", () => {
    const first = read([..."12345", "Enter"]);
    expect(read(["Enter"], 0, first)).toMatchObject({ code: "12345", ended: true });
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
