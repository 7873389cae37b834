import { fireEvent } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it, vi } from "vitest";
import type { QrImage } from "../src/bindings/QrImage";
import type { SaleView } from "../src/bindings/SaleView";
import { eur, sampleFault, sampleSale, sampleStart } from "../dev/samples";
import { held, key, open, settle } from "./screen-harness";

const rouble = sampleStart({ settings: { ...sampleStart().settings, currency: "RUB" } });

describe("touch", () => {
  it("charges the amount with one tap", async () => {
    const { touch, amount, ipc, get } = await open();
    await touch("key-1", "key-2", "key-5", "key-0");
    expect(amount()).toBe("€12.50");
    expect(get("charge").textContent).toContain("€12.50");
    await touch("charge");
    expect(ipc.charge).toHaveBeenCalledOnce();
    expect(ipc.charge.mock.calls[0]?.[0]).toMatchObject({
      amount: eur(1250),
      note: null,
      tap: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
    });
    expect(get("payment").dataset).toMatchObject({ state: "awaiting", number: "42" });
    expect(get("payment-amount").textContent).toBe("€12.50");
  });

  it("has 00 with cents first and a point with decimals", async () => {
    const cents = await open();
    expect(cents.find("key-00")).not.toBeNull();
    expect(cents.find("key-point")).toBeNull();
    cents.screen.unmount();
    const decimal = await open(rouble);
    expect(decimal.find("key-00")).toBeNull();
    await decimal.touch("key-1", "key-2", "key-point", "key-5");
    expect(decimal.amount()).toBe("₽12.50");
  });

  it("offers digits too few for cents as whole units, in one tap", async () => {
    const { touch, get, find, ipc } = await open();
    await touch("key-1");
    expect(get("charge-whole").textContent).toContain("€1.00");
    await touch("key-2");
    expect(get("charge-whole").textContent).toContain("€12.00");
    expect(get("charge").textContent).toContain("€0.12");
    await touch("key-5");
    expect(find("charge-whole")).toBeNull();
    await touch("key-backspace", "charge-whole");
    expect(ipc.charge.mock.calls.map(([charge]) => charge.amount)).toEqual([eur(1200)]);
    expect(get("payment-amount").textContent).toBe("€12.00");
  });

  it("adds sums, shows them, and charges all", async () => {
    const { touch, amount, get, ipc } = await open();
    await touch("key-3", "key-5", "key-0", "key-plus", "key-4", "key-2", "key-0");
    expect(get("pad-lines").textContent).toContain("€3.50");
    expect(amount()).toBe("€7.70");
    await touch("charge");
    expect(ipc.charge.mock.calls[0]?.[0].amount).toEqual(eur(770));
  });

  it("takes back, clears, and keeps the figures in another currency", async () => {
    const { touch, amount, screen } = await open();
    await touch("key-1", "key-2", "key-5", "key-backspace");
    expect(amount()).toBe("€0.12");
    await fireEvent.click(screen.container.querySelector("input[value=RUB]") as Element);
    expect(amount()).toBe("₽0.12");
    await touch("key-clear");
    expect(amount()).toBe("₽0.00");
  });

  it("charges nothing when there is nothing", async () => {
    const { touch, ipc, get } = await open();
    expect(get("charge")).toHaveProperty("disabled", true);
    await touch("charge");
    await key("Enter");
    expect(ipc.charge).not.toHaveBeenCalled();
  });

  it("sends the note", async () => {
    const { touch, ipc, get } = await open();
    await fireEvent.input(get("pad-note"), { target: { value: "  Table 4 " } });
    await touch("key-5", "key-00", "charge");
    expect(ipc.charge.mock.calls[0]?.[0].note).toBe("Table 4");
  });
});

describe("one tap, one sale", () => {
  it("a second tap, and an Enter, while the first is under way do nothing", async () => {
    const { touch, ipc, get } = await open();
    const answer = held<SaleView>();
    ipc.charge.mockReturnValue(answer.promise);
    await touch("key-5", "key-00", "charge");
    // At once, before anything is shown of it, and later.
    expect(get("charge").getAttribute("aria-busy")).toBeNull();
    for (let tries = 0; tries < 2; tries += 1) {
      get("charge").click();
      await key("Enter");
      await touch("key-7");
      expect(ipc.charge).toHaveBeenCalledOnce();
      await vi.waitFor(() => expect(get("charge").getAttribute("aria-busy")).toBe("true"));
    }
    answer.keep(sampleSale({ amount: eur(500) }));
    await settle();
    expect(ipc.charge).toHaveBeenCalledOnce();
    expect(get("payment")).toBeTruthy();
  });

  it("a cashier who went elsewhere meanwhile stays there, and finds the pad cleared", async () => {
    const { touch, ipc, get, amount } = await open();
    const answer = held<SaleView>();
    ipc.charge.mockReturnValue(answer.promise);
    await touch("key-5", "key-00", "charge", "nav-settings");
    answer.keep(sampleSale({ amount: eur(500) }));
    await settle();
    expect(get("settings")).toBeTruthy();
    expect(get("open-sale").dataset["number"]).toBe("42");
    await touch("nav-pad");
    expect(amount()).toBe("€0.00");
  });

  it("the next sale is another tap", async () => {
    const { touch, ipc } = await open();
    await touch("key-5", "key-00", "charge");
    await touch("payment-next", "key-6", "key-00", "charge");
    const [first, second] = ipc.charge.mock.calls.map(([charge]) => charge.tap);
    expect(first).not.toBe(second);
  });

  it("trying again after a failure is the same tap", async () => {
    const { touch, ipc, screen } = await open();
    ipc.charge.mockRejectedValueOnce(sampleFault("journal_unwritable"));
    await touch("key-5", "key-00", "charge");
    await fireEvent.click(screen.getByText("Try again"));
    await settle();
    const [first, second] = ipc.charge.mock.calls.map(([charge]) => charge.tap);
    expect(first).toBe(second);
  });

  it("the sale of the tap is shown nowhere else while it is asked for", async () => {
    const { touch, ipc, get, tell, find } = await open();
    const answer = held<SaleView>();
    ipc.charge.mockReturnValue(answer.promise);
    await touch("key-5", "key-00", "charge");
    tell(sampleSale({ state: "requesting", pay_url: null }));
    expect(find("open-sales"), "a strip that comes and goes").toBeNull();
    tell(sampleSale({ number: 41 }));
    expect(get("open-sale").dataset["number"], "another's").toBe("41");
    answer.keep(sampleSale({ revision: 2 }));
    await settle();
    expect(get("payment").dataset["number"]).toBe("42");
  });

  it("its code is asked for once, as soon as there is one, and comes with its screen", async () => {
    const { touch, ipc, get, tell, find } = await open();
    const [answer, code] = [held<SaleView>(), held<QrImage>()];
    ipc.charge.mockReturnValue(answer.promise);
    ipc.qr.mockReturnValue(code.promise);
    await touch("key-5", "key-00", "charge");
    tell(sampleSale({ state: "requesting", pay_url: null }));
    tell(sampleSale({ revision: 2 }));
    expect(ipc.qr).toHaveBeenCalledOnce();
    answer.keep(sampleSale({ revision: 2 }));
    await tick();
    expect(find("payment")).toBeNull();
    code.keep({ modules: 45, data_url: "data:image/png;base64," });
    await settle();
    expect(get("payment-qr")).toBeTruthy();
    expect(ipc.qr).toHaveBeenCalledOnce();
  });

  it("a code that does not come holds no screen up", async () => {
    const { touch, ipc, get, find } = await open();
    ipc.qr.mockReturnValue(held<QrImage>().promise);
    await touch("key-5", "key-00", "charge");
    await vi.waitFor(() => expect(get("payment")).toBeTruthy());
    expect(find("payment-qr")).toBeNull();
  });

  it("the sale is on screen before the gateway has answered, unless it answers at once", async () => {
    const { touch, ipc, get, tell, find, amount } = await open();
    const answer = held<SaleView>();
    ipc.charge.mockReturnValue(answer.promise);
    await touch("key-5", "key-00", "charge");
    tell(sampleSale({ amount: eur(500), state: "requesting", pay_url: null }));
    expect(find("payment")).toBeNull();
    await vi.waitFor(() => expect(get("payment").dataset["state"]).toBe("requesting"));
    // The late answer must not replace the pad of the next customer.
    await touch("payment-next", "key-7");
    answer.keep(sampleSale({ amount: eur(500) }));
    await settle();
    expect(find("payment")).toBeNull();
    expect(amount()).toBe("€0.07");
    expect(get("open-sale").dataset).toMatchObject({ number: "42", state: "awaiting" });
  });
});

describe("keyboard", () => {
  it("types, adds, takes back and charges", async () => {
    const { amount, ipc } = await open();
    for (const name of ["1", "2", "5", "9", "Backspace", "0", "+", "1", "0", "0"]) await key(name);
    expect(amount()).toBe("€13.50");
    await key("Enter");
    expect(ipc.charge.mock.calls[0]?.[0].amount).toEqual(eur(1350));
  });

  it.each([".", ","])("takes %s for the decimal point in both styles", async (point) => {
    for (const start of [sampleStart(), rouble]) {
      const { amount, screen } = await open(start);
      for (const name of ["1", "2", point, "5"]) await key(name);
      expect(amount()?.slice(1)).toBe("12.50");
      screen.unmount();
    }
  });

  it("takes the numpad's digits with NumLock off", async () => {
    const { amount } = await open();
    await key("Home", 120, { code: "Numpad7" });
    await key("Delete", 120, { code: "NumpadDecimal" });
    await key("Insert", 120, { code: "Numpad0" });
    await key("ArrowDown", 120, { code: "Numpad2" });
    expect(amount()).toBe("€7.02");
  });

  it("clears with Esc", async () => {
    const { amount } = await open();
    for (const name of ["1", "+", "2", "Escape"]) await key(name);
    expect(amount()).toBe("€0.00");
  });

  it("lights the key on screen", async () => {
    const { get } = await open();
    await key("7");
    expect(get("key-7").classList.contains("lit")).toBe(true);
    expect(get("key-8").classList.contains("lit")).toBe(false);
  });

  it("leaves the note's own typing alone", async () => {
    const { get, amount, ipc } = await open();
    await key("5");
    get("pad-note").focus();
    await key("7");
    await key("Enter");
    expect(amount()).toBe("€0.05");
    expect(ipc.charge).not.toHaveBeenCalled();
    expect(document.activeElement).not.toBe(get("pad-note"));
  });

  it("lets a button that has the focus answer Enter itself", async () => {
    const { get, ipc } = await open();
    await key("5");
    get("key-8").focus();
    expect((await key("Enter")).defaultPrevented).toBe(false);
    expect(ipc.charge).not.toHaveBeenCalled();
  });

  it("does not take a held key for many", async () => {
    const { amount } = await open();
    await key("5");
    for (let turn = 0; turn < 5; turn += 1) await key("5", 30, { repeat: true });
    expect(amount()).toBe("€0.05");
  });
});

describe("a barcode scanner", () => {
  it("neither types nor charges", async () => {
    const { amount, ipc } = await open();
    for (const name of ["1", "2", "5", "0"]) await key(name);
    let gap_ms = 2000;
    let enter: KeyboardEvent | undefined;
    for (const name of [..."4006381333931", "Enter"]) {
      enter = await key(name, gap_ms);
      gap_ms = 9;
    }
    expect(enter?.defaultPrevented).toBe(true);
    expect(amount()).toBe("€12.50");
    expect(ipc.charge).not.toHaveBeenCalled();
    await key("Enter", 2000);
    expect(ipc.charge.mock.calls[0]?.[0].amount).toEqual(eur(1250));
  });

  it("does not press the button that has the focus", async () => {
    const { get } = await open();
    get("key-8").focus();
    let last: KeyboardEvent | undefined;
    for (const name of ["1", "2", "3", "Enter"]) last = await key(name, 12);
    expect(last?.defaultPrevented).toBe(true);
  });
});

describe("the note", () => {
  it("is reached by a key, goes with the sale whole, and can be wiped", async () => {
    const { ipc, get, find, touch } = await open();
    await key("/");
    expect(document.activeElement).toBe(get("pad-note"));
    await fireEvent.input(get("pad-note"), { target: { value: " Table 4: 2 × «Latte» " } });
    await key("Enter");
    expect(ipc.charge).not.toHaveBeenCalled();
    await touch("key-5", "charge");
    expect(ipc.charge.mock.lastCall?.[0].note).toBe("Table 4: 2 × «Latte»");
    await settle();
    await touch("nav-pad");
    expect(find("pad-note-clear")).toBeNull();
    await fireEvent.input(get("pad-note"), { target: { value: "Table 5" } });
    await touch("pad-note-clear");
    expect((get("pad-note") as HTMLInputElement).value).toBe("");
  });
});

it("an Escape that puts an error away leaves the amount", async () => {
  const { stores, find, amount } = await open();
  await key("5");
  stores.errors.fail(sampleFault("gateway_timeout"));
  await settle();
  await key("Escape");
  expect(find("error")).toBeNull();
  expect(amount()).toBe("€0.05");
});
