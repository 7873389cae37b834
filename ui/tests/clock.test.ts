// The clock of all components: once a second, at rest while nobody can see it.
import { cleanup, render, screen } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleSale } from "../dev/samples";
import { runClock } from "../src/clock.svelte";
import Countdown from "../src/parts/Countdown.svelte";

const START_MS = 1_800_000_000_300;
let hidden = false;

function setHidden(to: boolean): void {
  hidden = to;
  document.dispatchEvent(new Event("visibilitychange"));
  flushSync();
}

/** Shows a countdown of a minute. */
function show(): void {
  const sale = sampleSale({ state: "awaiting" });
  render(Countdown, { sale: { ...sale, expires_at: 1_800_000_060, clock_offset_ms: 0 } });
}

function shown(): string {
  flushSync();
  return screen.getByRole("timer").textContent?.trim().split(/\s/)[0] ?? "";
}

describe("the clock", () => {
  let stop: () => void;

  beforeEach(() => {
    hidden = false;
    vi.useFakeTimers({ now: START_MS });
    vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
    stop = runClock();
  });

  afterEach(() => {
    cleanup();
    stop();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("ticks when a second of the day begins, and no more often", () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    show();
    const changes: number[] = [];
    let before = shown();
    for (let ms = 10; ms <= 5000; ms += 10) {
      vi.advanceTimersByTime(10);
      const after = shown();
      if (after !== before) changes.push((START_MS + ms) % 1000);
      before = after;
    }
    expect(changes).toEqual([0, 0, 0, 0, 0]);
    expect(timers).toHaveBeenCalledTimes(6);
  });

  it("stands still while the window is hidden, and is right once it is shown", () => {
    show();
    vi.advanceTimersByTime(700);
    expect(shown()).toBe("0:59");
    setHidden(true);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(30_000);
    expect(shown()).toBe("0:59");
    setHidden(false);
    expect(shown()).toBe("0:29");
    vi.advanceTimersByTime(1000);
    expect(shown()).toBe("0:28");
  });

  it("has no timer while nothing shows the time", () => {
    expect(vi.getTimerCount()).toBe(0);
    show();
    expect(vi.getTimerCount()).toBe(1);
    cleanup();
    // Svelte ends a subscription after the current work.
    return Promise.resolve().then(() => expect(vi.getTimerCount()).toBe(0));
  });
});
