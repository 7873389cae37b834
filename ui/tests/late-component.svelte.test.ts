import type { Component } from "svelte";
import { flushSync } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { DIALOGS } from "../src/dialogs/late-dialogs";
import HoldDialog from "../src/dialogs/HoldDialog.svelte";
import { LateComponent } from "../src/late-component.svelte";
import { held, open, settle } from "./screen-harness";

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

  it("gives the focus back even though the browser took it away while a dialog was read", async () => {
    const read = held<{ default: typeof HoldDialog }>();
    const { stores, get, find } = await open();
    const dialogs = DIALOGS as Record<keyof typeof DIALOGS, unknown>;
    const before = DIALOGS.hold;
    dialogs.hold = new LateComponent(() => read.promise);
    try {
      get("nav-settings").focus();
      stores.dialogs.open({ kind: "hold" });
      flushSync();
      // What is inert loses the focus at the browser's next frame; jsdom has no frames.
      get("nav-settings").blur();
      read.keep({ default: HoldDialog });
      await settle();
      expect(get("hold").contains(document.activeElement)).toBe(true);
      stores.dialogs.close();
      await settle();
      expect(find("hold")).toBeNull();
      expect(document.activeElement).toBe(get("nav-settings"));
    } finally {
      dialogs.hold = before;
    }
  });
});
