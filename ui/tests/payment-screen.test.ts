import { fireEvent } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SaleState } from "../src/bindings/SaleState";
import type { SaleView } from "../src/bindings/SaleView";
import { runClock } from "../src/clock.svelte";
import { eur, sampleFault, sampleSale, sampleStart } from "../dev/samples";
import { key, open, settle } from "./screen-harness";

async function front(changes: Partial<SaleView>, more: Parameters<typeof sampleStart>[0] = {}) {
  const sale = sampleSale(changes);
  const screen = await open(sampleStart({ open_sales: [sale], ...more }));
  screen.stores.currentSale.show(sale.number);
  await settle();
  return screen;
}

describe("the faces", () => {
  const faces: [SaleState, string, string[]][] = [
    ["requesting", "Making the code", ["payment-next"]],
    ["awaiting", "Waiting for the customer", ["payment-url", "payment-stop", "payment-next"]],
    ["chosen", "USDT · TRC20 chosen", ["payment-url", "payment-stop", "payment-next"]],
    ["ended", "Ended, not paid", ["payment-retry", "payment-next"]],
    ["stopped", "You stopped waiting", ["payment-next"]],
    ["refused", "The gateway said no", ["error", "payment-retry", "payment-next"]],
    [
      "uncertain",
      "The gateway did not answer",
      ["error", "payment-retry", "payment-next", "payment-stop"],
    ],
    ["review", "Hand nothing over", ["payment-next"]],
  ];
  const errors: Partial<Record<SaleState, string>> = {
    refused: "gateway_refused",
    uncertain: "gateway_timeout",
  };
  const all = ["payment-url", "payment-stop", "payment-next", "payment-retry", "error"];

  it.each(faces)("%s", async (state, words, ids) => {
    const code = errors[state];
    const { get, find } = await front({
      state,
      crypto: state === "chosen" ? "USDT" : null,
      network: state === "chosen" ? "TRC20" : null,
      crypto_amount: state === "chosen" ? "13.42" : null,
      review: state === "review" ? ["amount", "test"] : [],
      error: code === undefined ? null : sampleFault(code, { status: "422" }),
    });
    expect(get("payment").dataset).toMatchObject({ state, number: "42" });
    expect(get("payment").textContent).toContain(words);
    expect(get("payment-amount").textContent).toBe("€12.50");
    expect(all.filter((id) => find(id) !== null).sort()).toEqual([...ids].sort());
  });

  it("names each reason to look again", async () => {
    const { get } = await front({ state: "review", review: ["currency", "id", "weather"] });
    expect(get("payment").textContent).toContain("The currency is a different one.");
    expect(get("payment").textContent).toContain("another invoice");
    expect(get("payment").textContent).toContain("weather");
  });

  it("says what the customer sends", async () => {
    const { get } = await front({ state: "chosen", crypto: "USDT", crypto_amount: "13.42" });
    expect(get("payment").textContent).toContain("13.42 USDT");
  });
});

describe("what the cashier does", () => {
  it("stops waiting; the answer may be that it is paid", async () => {
    const { touch, ipc, get } = await front({});
    ipc.stopWaiting.mockResolvedValue(sampleSale({ state: "paid" }));
    await touch("payment-stop");
    expect(get("paid")).toBeTruthy();
  });

  it("tries again: the same sale", async () => {
    const { touch, ipc, get } = await front({ state: "ended" });
    await touch("payment-retry");
    expect(ipc.tryAgain).toHaveBeenCalledExactlyOnceWith(42);
    expect(get("payment").dataset).toMatchObject({ state: "awaiting", number: "42" });
    expect(get("payment").textContent).toContain("Code no. 2");
  });

  it("leaves it open and comes back", async () => {
    const { touch, get, find } = await front({});
    await touch("payment-next");
    expect(get("pad")).toBeTruthy();
    expect(get("open-sale").dataset).toMatchObject({ number: "42", state: "awaiting" });
    await touch("open-sale");
    expect(get("payment").dataset["number"]).toBe("42");
    expect(find("open-sale")).toBeNull();
  });

  it("mends a refused amount", async () => {
    const { touch, ipc, get, amount } = await open();
    ipc.charge.mockResolvedValue(
      sampleSale({ state: "refused", error: sampleFault("gateway_refused") }),
    );
    await touch("key-5", "key-0", "charge");
    expect(get("error").dataset["code"]).toBe("gateway_refused");
    await touch("error-dismiss");
    expect(amount()).toBe("€0.50");
  });

  it("plays the customer in practice, and only there", async () => {
    const live = await front({});
    expect(live.find("practice-pay")).toBeNull();
    live.screen.unmount();
    sessionStorage.clear();
    const { touch, ipc } = await front({}, { mode: "practice" });
    await touch("practice-choose");
    await touch("practice-pay");
    await touch("practice-end");
    expect(ipc.practiceAct.mock.calls).toEqual([
      [42, "choose-coin"],
      [42, "pay"],
      [42, "end"],
    ]);
  });
});

describe("time and silence", () => {
  let stop: () => void;
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ["Date", "setTimeout", "clearTimeout"] });
    stop = runClock();
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  const pass = async (ms: number) => {
    vi.advanceTimersByTime(ms);
    await settle();
  };

  it("counts down; at nought it waits for the gateway's word and ends nothing", async () => {
    const { get, find } = await front({ expires_at: 1_800_000_000 + 65 });
    await pass(250);
    expect(get("payment-countdown").textContent).toContain("1:05");
    await pass(70_000);
    expect(get("payment-countdown").dataset["state"]).toBe("up");
    expect(get("payment-countdown").textContent).toContain("waiting for the gateway");
    expect(get("payment").dataset["state"]).toBe("awaiting");
    expect(get("payment").textContent).not.toMatch(/ended/i);
    expect(find("payment-qr"), "it can still be paid").not.toBeNull();
    expect(find("payment-stop")).not.toBeNull();
  });

  it("tells 'checked and not paid' from silence", async () => {
    const { get, send } = await front({});
    expect(get("payment-checked").dataset["state"]).toBe("never");
    send({ what: "checked", told: { number: 42, checked_at_unix_ms: Date.now() } });
    await pass(4000);
    expect(get("payment-checked").textContent).toContain("Checked 4 seconds ago");
    await pass(40_000);
    expect(get("payment-checked").dataset["state"]).toBe("stale");
    expect(get("payment-checked").textContent).toContain("No answer for 44 seconds");
  });
});

it("network trouble is said where the cashier waits", async () => {
  const { get, find, send } = await front({});
  expect(get("network").dataset["state"]).toBe("online");
  expect(find("payment-network")).toBeNull();
  send({ what: "network-changed", told: "offline" });
  await settle();
  expect(get("network").dataset["state"]).toBe("offline");
  expect(get("payment-network").textContent).toContain("No connection");
});

describe("paid", () => {
  it("fills the screen and stays until it is put away", async () => {
    vi.useFakeTimers();
    const { tell, get, find, touch } = await front({});
    tell(sampleSale({ state: "paid" }));
    expect(get("paid-amount").textContent).toBe("€12.50");
    vi.advanceTimersByTime(3_600_000);
    vi.useRealTimers();
    await settle();
    expect(get("paid")).toBeTruthy();
    await touch("paid-done");
    expect(find("paid")).toBeNull();
    expect(get("pad")).toBeTruthy();
  });

  it("has the keyboard, and Esc puts it away too", async () => {
    const { tell, get, find } = await front({});
    tell(sampleSale({ state: "paid" }));
    expect(document.activeElement).toBe(get("paid-done"));
    expect((await key("Enter")).defaultPrevented).toBe(false);
    await key("Escape");
    expect(find("paid")).toBeNull();
  });

  it("is not put away by a held key or a scanner", async () => {
    const { tell, get } = await front({});
    tell(sampleSale({ state: "paid" }));
    expect((await key("Enter", 120, { repeat: true })).defaultPrevented).toBe(true);
    let last: KeyboardEvent | undefined;
    for (const name of ["1", "2", "3", "Enter"]) last = await key(name, 10);
    expect(last?.defaultPrevented).toBe(true);
    expect(get("paid")).toBeTruthy();
  });

  it("marks test money", async () => {
    const { tell, get } = await front({ test: true });
    expect(get("mode-badge").dataset["mode"]).toBe("test");
    tell(sampleSale({ state: "paid", test: true }));
    expect(get("paid").textContent).toContain("no real money");
  });

  it("is not undone by an older answer", async () => {
    const { tell, touch, ipc, get } = await front({});
    ipc.checkNow.mockImplementation(async () => {
      tell(sampleSale({ state: "paid", revision: 3 }));
      return sampleSale({ state: "awaiting", revision: 2 });
    });
    await touch("payment-check");
    expect(get("paid")).toBeTruthy();
  });
});

it("an attempt in doubt can be given up, and is in the strip no more", async () => {
  const { get, find, touch, ipc } = await front({ state: "uncertain", pay_url: null });
  ipc.stopWaiting.mockImplementation(async (number) =>
    sampleSale({ number, revision: 9, state: "uncertain", open: false }),
  );
  await touch("payment-stop");
  expect(ipc.stopWaiting).toHaveBeenCalledWith(42);
  await vi.waitFor(() => expect(get("pad")).toBeTruthy());
  expect(find("open-sale")).toBeNull();
});

it("a sale that was stopped has no new code while its invoice may still be paid", async () => {
  const past = Math.floor(Date.now() / 1000) - 60;
  const { find } = await front({ state: "stopped", expires_at: past });
  expect(find("payment-retry")).toBeNull();
});

describe("the alarm", () => {
  const other = sampleSale({ number: 7, amount: eur(420) });

  it("rings for a sale left open, and stays until it is read", async () => {
    const { tell, get, find, touch } = await open(sampleStart({ open_sales: [other] }));
    tell({ ...other, state: "paid", open: false, unseen: true });
    expect(get("alarm").textContent).toContain("A-000007");
    expect(get("alarm").textContent).toContain("€4.20");
    tell({ ...other, state: "paid", open: false, unseen: true, settled: true });
    await touch("nav-settings");
    expect(get("alarm")).toBeTruthy();
    await touch("alarm-dismiss");
    expect(find("alarm")).toBeNull();
  });

  it("rings for a late payment, wherever the cashier is", async () => {
    const { tell, get } = await front({ state: "ended" });
    tell(sampleSale({ state: "paid", late: true }));
    expect(get("alarm").dataset["kind"]).toBe("late");
    expect(get("paid")).toBeTruthy();
  });

  it("rings for a second payment of one sale", async () => {
    const { tell, get, touch } = await front({});
    tell(sampleSale({ state: "paid" }));
    await touch("paid-done");
    tell(sampleSale({ state: "paid", paid_twice: true, revision: 2000 }));
    expect(get("alarm").dataset["kind"]).toBe("twice");
  });

  it("rings for money in question, and does not call it a payment", async () => {
    const { tell, get } = await front({});
    tell(sampleSale({ state: "review", late: true, unseen: true, review: ["amount"] }));
    expect(get("alarm").dataset["kind"]).toBe("review");
    expect(get("alarm").textContent).toContain("in question");
  });

  it("keeps still when an old sale is only settled", async () => {
    const { tell, find } = await open();
    tell(sampleSale({ number: 3, state: "paid", unseen: false, settled: true }));
    expect(find("alarm")).toBeNull();
  });

  it("is seen once the paid screen was put away", async () => {
    const { tell, find, touch, ipc } = await front({});
    tell(sampleSale({ state: "paid" }));
    await touch("paid-done");
    expect(ipc.paymentShown).toHaveBeenCalledWith(42);
    expect(find("alarm")).toBeNull();
  });

  it("stays for a second payment when the paid screen is put away", async () => {
    const { tell, get, touch, ipc } = await front({});
    tell(sampleSale({ state: "paid", paid_twice: true }));
    await touch("paid-done");
    expect(ipc.paymentShown).not.toHaveBeenCalled();
    expect(get("alarm").dataset["kind"]).toBe("twice");
  });

  it("does not ring for the sale in front", async () => {
    const { tell, find } = await front({});
    tell(sampleSale({ state: "paid" }));
    expect(find("alarm")).toBeNull();
  });

  it("shows the sale", async () => {
    const { tell, get, screen } = await open(sampleStart({ open_sales: [other] }));
    tell({ ...other, state: "paid", open: false, unseen: true });
    await fireEvent.click(screen.getByText("Show"));
    expect(get("paid").dataset["number"]).toBe("7");
  });
});

it("a sale that ended while nobody looked stays in the strip until looked at", async () => {
  const { tell, get, find, touch } = await front({});
  await touch("payment-next");
  tell(sampleSale({ state: "ended" }));
  expect(get("open-sale").dataset["state"]).toBe("ended");
  await touch("open-sale");
  expect(get("payment").dataset["state"]).toBe("ended");
  await touch("payment-next");
  expect(find("open-sale")).toBeNull();
});
