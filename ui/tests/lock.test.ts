import { nowMs } from "../src/clock.svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { flushSync } from "svelte";
import { fireEvent } from "@testing-library/svelte";
import { idleAfterMs, AFTER_PAYMENT_MS } from "../src/idle";
import { eur, sampleFault, sampleSale, sampleStart } from "../dev/samples";
import { key, open, settle } from "./screen-harness";

const LOCKED = { set: true, open: false, wait_until_unix_ms: null, staff: false };
const OPEN = { set: true, open: true, wait_until_unix_ms: null, staff: false };

function locked(changes: Parameters<typeof sampleStart>[0] = {}) {
  return sampleStart({ lock: LOCKED, ...changes });
}

async function typePin(get: (id: string) => HTMLElement, pin: string) {
  await fireEvent.input(get("lock-pin"), { target: { value: pin } });
  await fireEvent.click(get("lock-open"));
  await settle();
}

describe("the lock", () => {
  it("is not there without a PIN", async () => {
    const { touch, find } = await open();
    await touch("nav-settings");
    expect(find("lock")).toBeNull();
    expect(find("settings")).not.toBeNull();
  });

  it("stands before the settings and opens them with the PIN", async () => {
    const { ipc, touch, find, get } = await open(locked());
    await touch("nav-settings");
    expect(find("settings")).toBeNull();
    ipc.unlock.mockRejectedValueOnce(sampleFault("pin_wrong", { retry_after_seconds: "0" }));
    await typePin(get, "1111");
    expect(find("settings")).toBeNull();
    expect(get("lock-said").textContent).not.toBe("");
    ipc.lockState.mockResolvedValue(OPEN);
    await typePin(get, "2468");
    expect(ipc.unlock).toHaveBeenLastCalledWith("2468");
    expect(find("lock")).toBeNull();
    expect(find("settings")).not.toBeNull();
  });

  it("says how long nobody may try, and lets nobody", async () => {
    const wait_until_unix_ms = nowMs() + 65_000;
    const { ipc, touch, get } = await open(locked());
    ipc.lockState.mockResolvedValue({ ...LOCKED, wait_until_unix_ms });
    await touch("nav-settings");
    expect(get("lock-said").textContent).toMatch(/1:0\d/);
    await fireEvent.input(get("lock-pin"), { target: { value: "2468" } });
    expect(get("lock-open")).toHaveProperty("disabled", true);
  });

  it("asks when Rust wants the PIN, and does what was refused after it", async () => {
    const { ipc, stores, find, get } = await open(locked());
    ipc.refund.mockRejectedValueOnce(sampleFault("pin_needed"));
    const done = stores.corrections.refund(42, { amount: eur(100), way: "cash", reason: "x" });
    await settle();
    expect(find("lock")).not.toBeNull();
    await typePin(get, "2468");
    expect(await done).toBe(true);
    expect(ipc.refund).toHaveBeenCalledTimes(2);
  });

  it("asks for the PIN itself where it belongs to the call, and passes it", async () => {
    const { ipc, stores, find, get } = await open(locked({ lock: OPEN }));
    ipc.setPin.mockRejectedValueOnce(sampleFault("pin_needed", { typed: "yes" }));
    const done = stores.staff.setPin("1357");
    await settle();
    expect(find("lock")).not.toBeNull();
    await typePin(get, "2468");
    expect(await done).toBe(true);
    expect(ipc.setPin.mock.calls).toEqual([
      ["1357", null],
      ["1357", "2468"],
    ]);
  });

  it("shows at once that Rust has locked the till", async () => {
    const { stores, send } = await open(locked({ lock: OPEN }));
    expect(stores.lock.open).toBe(true);
    send({ what: "lock-changed", told: LOCKED });
    expect(stores.lock.open).toBe(false);
  });

  it("leaves everything as it was when whoever stands there goes back", async () => {
    const { ipc, stores, find, touch } = await open(locked());
    ipc.refund.mockRejectedValueOnce(sampleFault("pin_needed"));
    const done = stores.corrections.refund(42, { amount: eur(100), way: "cash", reason: "x" });
    await settle();
    await touch("lock-back");
    expect(await done).toBe(false);
    expect(ipc.refund).toHaveBeenCalledTimes(1);
    expect(find("error")).toBeNull();
    expect(find("pad")).not.toBeNull();
  });

  it("keeps its digits from the pad below", async () => {
    const { stores, get, touch } = await open(locked());
    await touch("nav-settings");
    get("lock-pin").focus();
    await key("7");
    (document.activeElement as HTMLElement).blur();
    await key("8");
    expect(stores.draft.total_minor).toBe(0);
  });
});

describe("a self-service till", () => {
  const kiosk = {
    at_start: false,
    autostart: false,
    return_after_s: 60,
    self_service: true,
    card: false,
    offers: [{ name: "Coffee", amount: "3.50", currency: "EUR" as const }],
  };
  const start = () =>
    locked({
      kiosk: true,
      settings: { ...sampleStart().settings, kiosk },
      unseen_sales: [sampleSale({ number: 7, state: "paid" })],
    });

  it("shows fixed amounts and nothing of the staff's", async () => {
    const { ipc, find, touch, get } = await open(start());
    expect(find("pad")).toBeNull();
    for (const id of ["nav-sales", "nav-day", "nav-settings", "alarm", "open-sales"]) {
      expect(find(id), id).toBeNull();
    }
    await touch("offer");
    expect(ipc.charge).toHaveBeenCalledWith(
      expect.objectContaining({ amount: eur(350), note: "Coffee" }),
    );
    expect(get("payment")).not.toBeNull();
  });

  it("is the staff's after the PIN", async () => {
    const { find, touch, get } = await open(start());
    await touch("offers-staff");
    await typePin(get, "2468");
    expect(find("pad")).not.toBeNull();
    expect(find("nav-settings")).not.toBeNull();
  });
});

describe("rest", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("brings the pad back in kiosk mode, and locks", async () => {
    const { ipc, touch, find } = await open(locked({ kiosk: true, lock: OPEN }));
    ipc.lockState.mockResolvedValue(OPEN);
    await touch("nav-sales");
    await vi.advanceTimersByTimeAsync(59_000);
    flushSync();
    expect(find("sales")).not.toBeNull();
    await vi.advanceTimersByTimeAsync(2_000);
    flushSync();
    expect(find("pad")).not.toBeNull();
    expect(ipc.lockNow).toHaveBeenCalled();
  });

  it("leaves a customer alone who is about to pay", () => {
    const settings = { self_service: true, return_after_s: 60 };
    expect(idleAfterMs(true, settings, "awaiting")).toBeNull();
    expect(idleAfterMs(true, settings, "chosen")).toBeNull();
    expect(idleAfterMs(true, settings, "paid")).toBe(AFTER_PAYMENT_MS);
    expect(idleAfterMs(true, { ...settings, self_service: false }, "paid")).toBe(60_000);
    expect(idleAfterMs(false, { ...settings, self_service: false }, null)).toBeNull();
  });
});
