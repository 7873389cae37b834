import type { Component } from "svelte";
import { flushSync } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { LateComponent } from "../src/late-component.svelte";

const shown = (() => ({})) as unknown as Component;

describe("a component that is read when it is first shown", () => {
  it("is read once, by the first question, and whoever asked is told", async () => {
    const read = vi.fn(async () => ({ default: shown }));
    const late = new LateComponent(read);
    expect(read).not.toHaveBeenCalled();
    const seen: (Component | null)[] = [];
    const stop = $effect.root(() => {
      $effect(() => {
        seen.push(late.component);
      });
    });
    flushSync();
    await late.load();
    flushSync();
    expect(seen).toEqual([null, shown]);
    expect(read).toHaveBeenCalledTimes(1);
    stop();
  });

  it("is read again after a failure", async () => {
    const read = vi
      .fn(async () => ({ default: shown }))
      .mockRejectedValueOnce(new Error("not read"));
    const late = new LateComponent(read);
    await expect(late.load()).rejects.toThrow("not read");
    await late.load();
    expect(late.component).toBe(shown);
  });
});
