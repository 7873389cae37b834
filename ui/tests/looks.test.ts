// The settings of appearance and sound, the paid screen that closes by itself, and what screen readers are told.
import { fireEvent } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleFieldFault, sampleFault, sampleSale, sampleStart } from "../dev/samples";
import type { SaleView } from "../src/bindings/SaleView";
import { runClock } from "../src/clock.svelte";
import { advance } from "../src/paid-return";
import { open, settle } from "./screen-harness";

const { settings } = sampleStart();
const withReturn = (paid_returns_after_s: number | null, more: Parameters<typeof sampleStart>[0]) =>
  sampleStart({
    settings: { ...settings, looks: { ...settings.looks, paid_returns_after_s } },
    ...more,
  });

describe("time on the screen", () => {
  const seen = { visible: true, covered: false };
  const from = { shown_ms: 4000, at_ms: 1000 };
  it.each([
    ["counts", 1250, seen, 4250],
    ["does not count while it is not visible", 1250, { visible: false, covered: false }, 4000],
    ["begins anew below something", 1250, { visible: true, covered: true }, 0],
    ["does not count a sleep", 3_600_000, seen, 5500],
    ["does not run back with the clock", 500, seen, 4000],
  ])("%s", (_, now_ms, how, shown_ms) => {
    expect(advance(from, now_ms, how)).toEqual({ shown_ms, at_ms: now_ms });
  });
});

describe("the paid screen", () => {
  let stop: () => void;
  beforeEach(() => {
    vi.useFakeTimers();
    stop = runClock();
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });
  const pass = async (seconds: number) => {
    await vi.advanceTimersByTimeAsync(seconds * 1000);
    flushSync();
    await settle();
  };
  const shown = async (after_s: number | null) => {
    const opened = await open(withReturn(after_s, { open_sales: [sampleSale()] }));
    opened.stores.currentSale.show(42);
    opened.tell(sampleSale({ revision: 2, state: "paid" }));
    await settle();
    return opened;
  };

  it("stays until it is put away", async () => {
    const { find } = await shown(null);
    await pass(300);
    expect(find("paid")).toBeTruthy();
    expect(find("paid-return")).toBeNull();
  });

  it("goes after the time set, and counts as seen", async () => {
    const { find, get, ipc } = await shown(10);
    await pass(4);
    expect(get("paid-return").textContent).toMatch(/[67] seconds/);
    expect(ipc.paymentShown).not.toHaveBeenCalled();
    await pass(7);
    expect(find("paid")).toBeNull();
    expect(get("pad")).toBeTruthy();
    expect(ipc.paymentShown).toHaveBeenCalledExactlyOnceWith(42);
  });

  it("begins anew with a touch, and waits below a dialog or an error", async () => {
    const { stores, find, get } = await shown(10);
    await pass(8);
    await fireEvent.pointerDown(get("paid"));
    await pass(8);
    expect(find("paid")).toBeTruthy();
    stores.errors.fail(sampleFault("printer_unreachable"));
    await pass(60);
    expect(find("paid")).toBeTruthy();
    stores.errors.dismiss(stores.errors.shown[0]?.id ?? 0);
    await pass(8);
    expect(find("paid")).toBeTruthy();
    await pass(3);
    expect(find("paid")).toBeNull();
  });

  it("is not held by an alarm of another sale", async () => {
    const { find, tell } = await shown(10);
    await pass(5);
    tell(sampleSale({ number: 7, state: "paid", late: true }));
    await pass(6);
    expect(find("paid")).toBeNull();
    expect(find("alarm")).toBeTruthy();
  });

  it("does not run while nobody can see it", async () => {
    const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    const { find } = await shown(10);
    await pass(60);
    expect(find("paid")).toBeTruthy();
    visibility.mockRestore();
    await pass(11);
    expect(find("paid")).toBeNull();
  });
});

describe("a screen reader is told", () => {
  const told = async (changes: Partial<SaleView>) => {
    const opened = await open(sampleStart({ open_sales: [sampleSale()] }));
    // The region exists before it has text.
    const region = opened.get("spoken");
    expect([region.getAttribute("role"), region.textContent]).toEqual(["status", ""]);
    opened.stores.currentSale.show(42);
    opened.tell(sampleSale({ revision: 2, ...changes }));
    await settle();
    expect(opened.get("spoken")).toBe(region);
    return region.textContent;
  };

  it.each<[Partial<SaleView>, string]>([
    [{ state: "requesting" }, "Making the code…. €12.50"],
    [{ state: "awaiting" }, "Waiting for the customer. €12.50"],
    [{ state: "chosen", crypto: "USDT", network: "TRC20" }, "USDT · TRC20 chosen. €12.50"],
    [{ state: "paid" }, "Paid. €12.50"],
    [{ state: "paid", late: true }, "Paid. €12.50. It came late, and it counts"],
    [{ state: "ended" }, "Ended, not paid. €12.50"],
    [{ state: "stopped" }, "You stopped waiting. €12.50"],
    [{ state: "review", review: ["amount"] }, "Hand nothing over yet. €12.50"],
    [{ state: "refused" }, "The gateway said no. €12.50"],
    [{ state: "uncertain" }, "No clear answer. €12.50"],
  ])("of the sale in front: %j", async (changes, words) => {
    expect(await told(changes)).toBe(words);
  });

  it("that the time is up", async () => {
    expect(await told({ expires_at: 1 })).toContain("The time is up");
  });

  it("what ended elsewhere", async () => {
    const { get, tell } = await open(sampleStart({ open_sales: [sampleSale()] }));
    expect(get("spoken-elsewhere").getAttribute("role")).toBe("status");
    tell(sampleSale({ revision: 2, state: "ended" }));
    await settle();
    expect(get("spoken-elsewhere").textContent).toBe("Sale A-000042: ended unpaid.");
    expect(get("spoken").textContent).toBe("");
  });

  it("errors and alarms at once", async () => {
    const { stores, get, tell } = await open();
    stores.errors.fail(sampleFault("gateway_timeout"));
    tell(sampleSale({ number: 7, state: "paid" }));
    await settle();
    expect(get("error").getAttribute("role")).toBe("alert");
    expect(get("alarm").getAttribute("role")).toBe("alert");
  });

  it("nothing twice: within the screen of a sale no other region speaks of its state", async () => {
    const { stores, get, tell } = await open(sampleStart({ open_sales: [sampleSale()] }));
    stores.currentSale.show(42);
    await settle();
    expect(get("payment").querySelector("[role=status]")).toBeNull();
    tell(sampleSale({ revision: 2, state: "paid" }));
    await settle();
    const words = [...get("paid").querySelectorAll("[role=status]")].map((it) => it.textContent);
    expect(words.join()).not.toContain("Paid");
  });
});

describe("the settings", () => {
  const root = document.documentElement;
  const inLooks = async () => {
    const opened = await open();
    await opened.touch("nav-settings", "settings-tab-looks");
    return opened;
  };

  it("keep what was chosen", async () => {
    const { ipc, get, touch } = await inLooks();
    await touch("settings-theme-high-contrast", "settings-paid-returns");
    await fireEvent.change(get("settings-scale"), { target: { value: "120" } });
    await fireEvent.input(get("settings-volume"), { target: { value: "35" } });
    await fireEvent.input(get("settings-paid-after"), { target: { value: "20" } });
    await fireEvent.change(get("settings-screen-keyboard"), { target: { value: "touch" } });
    await touch("settings-save");
    expect(ipc.saveSettings.mock.lastCall?.[0].looks).toEqual({
      theme: "high-contrast",
      scale_percent: 120,
      sounds: true,
      volume_percent: 35,
      paid_returns_after_s: 20,
      screen_keyboard: "touch",
    });
    expect(root.dataset["theme"]).toBe("high-contrast");
    expect(root.style.getPropertyValue("--scale")).toBe("1.2");
  });

  it("let a theme be tried on, and take it off again", async () => {
    const { touch } = await inLooks();
    await touch("settings-theme-dark");
    expect(root.dataset["theme"]).toBe("dark");
    await touch("nav-pad");
    expect(root.dataset["theme"]).toBe("light");
  });

  it("let each sound be heard as loud as it would be", async () => {
    const heard: string[] = [];
    addEventListener("ringup:sound", (event) =>
      heard.push((event as CustomEvent<{ sound: string }>).detail.sound),
    );
    const { touch, get } = await inLooks();
    for (const sound of ["paid", "ended", "error", "alarm"])
      await touch(`settings-listen-${sound}`);
    expect(heard).toEqual(["paid", "ended", "error", "alarm"]);
    await touch("settings-sounds");
    expect((get("settings-listen-paid") as HTMLButtonElement).disabled).toBe(true);
  });

  it("show a time that Rust refuses by the field itself", async () => {
    const { ipc, get, touch } = await inLooks();
    await touch("settings-paid-returns");
    await fireEvent.input(get("settings-paid-after"), { target: { value: "7.5" } });
    ipc.saveSettings.mockRejectedValueOnce(sampleFieldFault("looks.paid_returns_after_s"));
    await touch("settings-tab-till", "settings-save");
    expect(ipc.saveSettings.mock.lastCall?.[0].looks).toMatchObject({
      paid_returns_after_s: "7.5",
    });
    expect(get("settings-paid-after").getAttribute("aria-invalid")).toBe("true");
  });
});
