import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchIdle } from "../src/idle";

describe("a till that returns to its pad", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("shows a payment as long to whoever took minutes for it as to whoever was quick", () => {
    let after_ms: number | null = null;
    const onIdle = vi.fn();
    const stop = watchIdle(window, () => after_ms, onIdle);
    // The customer looks for a phone and touches nothing.
    vi.advanceTimersByTime(120_000);
    after_ms = 15_000;
    vi.advanceTimersByTime(14_000);
    expect(onIdle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2_000);
    expect(onIdle).toHaveBeenCalledOnce();
    stop();
  });

  it("waits anew after each touch", () => {
    const onIdle = vi.fn();
    const stop = watchIdle(window, () => 10_000, onIdle);
    for (const kind of ["pointerdown", "keydown", "wheel"]) {
      vi.advanceTimersByTime(9_000);
      window.dispatchEvent(new Event(kind));
    }
    vi.advanceTimersByTime(9_000);
    expect(onIdle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2_000);
    expect(onIdle).toHaveBeenCalledOnce();
    stop();
    vi.advanceTimersByTime(60_000);
    expect(onIdle).toHaveBeenCalledOnce();
  });
});
