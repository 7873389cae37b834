import { describe, expect, it } from "vitest";
import { fireEvent } from "@testing-library/svelte";
import type { Start } from "../src/bindings/Start";
import { sampleFault, sampleSale, sampleStart } from "../dev/samples";
import { key, open, settle } from "./screen-harness";

const LOCKED = { set: true, open: false, wait_until_unix_ms: null, staff: true };
const OPEN = { ...LOCKED, open: true };

const staff: Start["staff"] = {
  in_force: true,
  people: [
    { name: "Anna", role: "cashier", pin: true, fob: false },
    { name: "Boris", role: "supervisor", pin: true, fob: false },
    { name: "Zoe", role: "cashier", pin: false, fob: false },
    { name: "Olga", role: "owner", pin: false, fob: true },
  ],
};

const withPins = (changes: Partial<Start> = {}) => sampleStart({ lock: LOCKED, staff, ...changes });

/** The window, with all elements of an id. */
async function openAll(start: Start) {
  const opened = await open(start);
  return { ...opened, all: (id: string) => opened.screen.queryAllByTestId(id) };
}

const named = (all: (id: string) => HTMLElement[], name: string) => {
  const found = all("sign-on-name").find((button) => button.textContent.trim() === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

const type = async (digits: string) => {
  for (const digit of digits) await key(digit);
};

describe("cashiers with PINs", () => {
  it("are not there in a shop that has none", async () => {
    const { find } = await open(sampleStart());
    expect(find("cashier-now")).toBeNull();
  });

  it("sign on by name and PIN, and the sale in front stays", async () => {
    const sale = sampleSale({ number: 42, state: "awaiting" });
    const { ipc, stores, touch, find, get, all } = await openAll(withPins({ open_sales: [sale] }));
    stores.currentSale.show(42);
    await settle();
    ipc.signOn.mockResolvedValue({ cashier: "Anna", lock: OPEN });
    await touch("cashier-now");
    await fireEvent.click(named(all, "Anna"));
    await type("3333");
    expect(get("sign-on-pin").children).toHaveLength(4);
    await key("Enter");
    await settle();
    expect(ipc.signOn).toHaveBeenLastCalledWith("Anna", "3333");
    expect(find("lock")).toBeNull();
    expect(get("cashier-now").textContent).toContain("Anna");
    expect(get("payment").dataset["number"]).toBe("42");
  });

  it("sign on by the name alone where they have no PIN", async () => {
    const { ipc, touch, all } = await openAll(withPins());
    await touch("cashier-now");
    await fireEvent.click(named(all, "Zoe"));
    await settle();
    expect(ipc.signOn).toHaveBeenLastCalledWith("Zoe", null);
  });

  it("are asked for before the first sale, which is charged then", async () => {
    const { ipc, touch, find, all } = await openAll(withPins());
    ipc.charge.mockRejectedValueOnce(sampleFault("pin_needed"));
    ipc.signOn.mockResolvedValue({ cashier: "Anna", lock: OPEN });
    await type("125");
    await touch("charge");
    expect(find("sign-on")).not.toBeNull();
    await fireEvent.click(named(all, "Anna"));
    await type("3333");
    await key("Enter");
    await settle();
    expect(ipc.charge).toHaveBeenCalledTimes(2);
    expect(ipc.charge.mock.calls[0]).toEqual(ipc.charge.mock.calls[1]);
  });

  it("get one act lent by whoever has the right, and stay signed on", async () => {
    const { ipc, stores, find, all, get } = await openAll(
      withPins({ lock: OPEN, cashier: "Anna" }),
    );
    ipc.refund.mockRejectedValueOnce(sampleFault("right_needed", { right: "refund" }));
    const refund = {
      amount: { minor: 100, currency: "EUR" as const },
      way: "cash" as const,
      reason: "x",
    };
    const done = stores.corrections.refund(42, refund);
    await settle();
    expect(get("sign-on").dataset["right"]).toBe("refund");
    expect(all("sign-on-name").map((button) => button.textContent.trim())).toEqual([
      "Boris",
      "Olga",
    ]);
    await fireEvent.click(named(all, "Boris"));
    ipc.approve.mockRejectedValueOnce(sampleFault("pin_wrong", { retry_after_seconds: "0" }));
    await type("0000");
    await key("Enter");
    await settle();
    expect(get("lock-said").dataset["state"]).toBe("wrong");
    await type("2222");
    await key("Enter");
    await settle();
    expect(await done).toBe(true);
    expect(ipc.approve).toHaveBeenLastCalledWith("Boris", "2222");
    expect(ipc.refund.mock.calls).toEqual([
      [42, refund],
      [42, refund],
    ]);
    expect(ipc.signOn).not.toHaveBeenCalled();
    expect(stores.staff.cashier).toBe("Anna");
    expect(find("error")).toBeNull();
  });

  it("who go back have nothing lent, and no error is left behind", async () => {
    const { ipc, stores, touch, find } = await open(withPins({ lock: OPEN, cashier: "Anna" }));
    ipc.closeDay.mockRejectedValueOnce(sampleFault("right_needed", { right: "close" }));
    const done = stores.day.close(false);
    await settle();
    await touch("lock-back");
    await done;
    expect(ipc.closeDay).toHaveBeenCalledTimes(1);
    expect(find("error")).toBeNull();
  });

  it("open the settings with the right to them alone", async () => {
    const { ipc, touch, find } = await open(withPins({ lock: OPEN, cashier: "Anna" }));
    ipc.openSettings.mockRejectedValueOnce(sampleFault("right_needed", { right: "settings" }));
    await touch("nav-settings");
    expect(find("settings")).toBeNull();
    expect(find("sign-on")).not.toBeNull();
  });

  it("are gone from the bar once Rust has signed them off", async () => {
    const { ipc, stores, get } = await open(withPins({ lock: OPEN, cashier: "Anna" }));
    ipc.atTheTill.mockResolvedValue({ cashier: null, lock: LOCKED });
    stores.lock.locked(LOCKED);
    await settle();
    expect(get("cashier-now").textContent).not.toContain("Anna");
  });
});

describe("a fob", () => {
  const scan = async (code: string) => {
    for (const digit of code) await key(digit, 5);
    await key("Enter", 5);
    await settle();
  };

  it("signs on and never becomes an amount or an unknown item", async () => {
    const { ipc, stores, get } = await open(withPins());
    ipc.signOnByFob.mockResolvedValue({ cashier: "Olga", lock: OPEN });
    await scan("0012345678");
    expect(ipc.signOnByFob).toHaveBeenCalledWith("0012345678");
    expect(get("cashier-now").textContent).toContain("Olga");
    expect(stores.draft.total_minor).toBe(0);
    expect(stores.draft.unknownCode).toBeNull();
    expect(ipc.charge).not.toHaveBeenCalled();
  });

  it("that is nobody's is an unknown code as before", async () => {
    const { stores } = await open(withPins());
    await scan("0012345679");
    expect(stores.draft.unknownCode).toBe("0012345679");
    expect(stores.draft.total_minor).toBe(0);
  });

  it("lends the act that waits, over any screen", async () => {
    const { ipc, stores, find } = await open(withPins({ lock: OPEN, cashier: "Anna" }));
    ipc.closeDay.mockRejectedValueOnce(sampleFault("right_needed", { right: "close" }));
    ipc.approveByFob.mockResolvedValue(true);
    void stores.day.close(false);
    await settle();
    await scan("0012345678");
    expect(ipc.approveByFob).toHaveBeenCalledWith("0012345678");
    expect(ipc.signOnByFob).not.toHaveBeenCalled();
    expect(ipc.closeDay).toHaveBeenCalledTimes(2);
    expect(find("lock")).toBeNull();
  });
});
