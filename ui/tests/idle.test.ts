import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchIdle } from "../src/idle";

describe("a till that returns to its pad", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("wakes nothing before its wait is over", () => {
    const onIdle = vi.fn();
    const timeouts = vi.spyOn(globalThis, "setTimeout");
    const stop = watchIdle(window, 15_000, onIdle);
    vi.advanceTimersByTime(14_000);
    expect(onIdle).not.toHaveBeenCalled();
    expect(timeouts).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(2_000);
    expect(onIdle).toHaveBeenCalledOnce();
    stop();
    expect(vi.getTimerCount()).toBe(0);
    timeouts.mockRestore();
  });

  it("waits anew after each touch", () => {
    const onIdle = vi.fn();
    const stop = watchIdle(window, 10_000, onIdle);
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
