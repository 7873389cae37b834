import { fireEvent } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it } from "vitest";
import { basketOf, heldLines } from "../src/basket";
import type { Line } from "../src/bindings/Line";
import { emptyEntry, totalMinor, withDiscount, withHeld, withItem } from "../src/pad";
import { eur, sampleCart, sampleFault, sampleItem, sampleSale, sampleStart } from "../dev/samples";
import { key, open, settle } from "./screen-harness";

const coffee = sampleItem("Flat white", { price: eur(350), tax: 1900 });
const table = sampleCart("Table 4", eur(701));
const bar = sampleCart("Bar", eur(351));

const shop = (held_carts = [table, bar], hold_carts = true) =>
  sampleStart({
    items: [coffee],
    held_carts,
    settings: { ...sampleStart().settings, hold_carts },
  });

const typed = (id: string, value: string) => ({ id, target: { value } });

async function opened(start = shop()) {
  const window = await open(start);
  const { screen } = window;
  const chip = (label: string) =>
    screen.queryAllByTestId("held-cart").find(({ dataset }) => dataset["label"] === label);
  const takeUp = async (label: string) => {
    await fireEvent.click(chip(label) as Element);
    await settle();
  };
  const type = async (id: string, value: string) => {
    const { target } = typed(id, value);
    await fireEvent.input(window.get(id), { target });
  };
  return { ...window, chip, takeUp, type };
}

describe("holding a cart", () => {
  it("is not to be seen in a shop that does not hold carts", async () => {
    const { find, touch } = await opened(shop([], false));
    await touch("item-1", "item-1");
    expect(find("cart-hold")).toBeNull();
    expect(find("open-sales")).toBeNull();
    expect(find("cart-of")).toBeNull();
  });

  it("is offered once there is a line", async () => {
    const { find, touch } = await opened(shop([]));
    expect(find("cart-hold")).toBeNull();
    await touch("item-1");
    expect(find("cart-hold")).not.toBeNull();
    await touch("key-clear");
    expect(find("cart-hold")).toBeNull();
  });

  it("needs a name, clears the pad and shows the cart beside the open sales", async () => {
    const { find, touch, ipc, amount, type, chip } = await opened(shop([]));
    await touch("item-1", "item-1", "cart-hold", "hold-save");
    expect(ipc.holdCart).not.toHaveBeenCalled();
    await type("hold-label", " Table 4 ");
    await key("Enter");
    await settle();
    expect(ipc.holdCart.mock.calls[0]?.[0]).toMatchObject({
      label: "Table 4",
      currency: "EUR",
      basket: { lines: [{ name: "Flat white", quantity: 2, unit_minor: 350, tax: 1900 }] },
      carts: [],
    });
    expect(find("hold")).toBeNull();
    expect(amount()).toBe("€0.00");
    expect(chip("Table 4")?.textContent).toContain("€11.20");
  });

  it("sends a typed amount as a line, and the same tap again after a failure", async () => {
    const { touch, ipc, type, get } = await opened(shop([]));
    await touch("key-3", "key-5", "key-0", "cart-hold");
    await type("hold-label", "Anna");
    ipc.holdCart.mockRejectedValueOnce(sampleFault("journal_unwritable"));
    await touch("hold-save");
    expect(get("error").dataset["code"]).toBe("journal_unwritable");
    await touch("error-dismiss", "hold-save");
    const [first, second] = ipc.holdCart.mock.calls.map(([hold]) => hold);
    expect(first?.basket.lines).toEqual([{ name: null, quantity: 1, unit_minor: 350, tax: null }]);
    expect(second?.tap).toBe(first?.tap);
  });
});

describe("a held cart", () => {
  it("goes on the pad with a touch and is charged as that cart", async () => {
    const { takeUp, touch, ipc, amount, chip, get } = await opened();
    await takeUp("Table 4");
    expect(amount()).toBe("€7.01");
    expect(get("cart-of").textContent).toContain("Table 4");
    expect(chip("Table 4"), "it is on the pad").toBeUndefined();
    await touch("item-1", "charge");
    expect(ipc.charge.mock.calls[0]?.[0]).toMatchObject({
      amount: { minor: 1051, currency: "EUR" },
      carts: [table.id],
      basket: {
        lines: [
          { name: "Flat white", quantity: 3, unit_minor: 350 },
          { name: null, quantity: 1, unit_minor: 1 },
        ],
      },
    });
    await settle();
    await touch("payment-next");
    await touch("key-1", "key-0", "key-0", "charge");
    expect(ipc.charge.mock.calls[1]?.[0].carts, "the next customer's").toEqual([]);
  });

  it("joins another on the pad, and both are held again under one name", async () => {
    const { takeUp, touch, ipc, get } = await opened();
    await takeUp("Table 4");
    await takeUp("Bar");
    expect(get("cart-of").textContent).toContain("Table 4 + Bar");
    await touch("cart-hold");
    expect((get("hold-label") as HTMLInputElement).value).toBe("Table 4");
    await touch("hold-save");
    expect(ipc.holdCart.mock.calls[0]?.[0].carts).toEqual([table.id, bar.id]);
  });

  it("goes back whole, and what was on the pad before stays there", async () => {
    const { takeUp, touch, amount, chip, find } = await opened();
    await touch("item-1");
    await takeUp("Bar");
    expect(amount()).toBe("€7.01");
    await touch("cart-put-back");
    expect(amount()).toBe("€3.50");
    expect(find("cart-of")).toBeNull();
    expect(chip("Bar")).not.toBeUndefined();
  });

  it("is of no customer who comes after the pad was cleared", async () => {
    const { takeUp, touch, ipc, find } = await opened();
    await takeUp("Bar");
    await touch("key-clear");
    expect(find("cart-of")).toBeNull();
    await touch("item-1", "charge");
    expect(ipc.charge.mock.calls[0]?.[0].carts).toEqual([]);
  });

  it("keeps the pad when somebody else was faster", async () => {
    const { takeUp, touch, ipc, amount, get, send, chip } = await opened();
    await takeUp("Table 4");
    ipc.charge.mockRejectedValueOnce(sampleFault("cart_gone", { label: "Table 4" }));
    await touch("charge");
    expect(get("error").dataset["code"]).toBe("cart_gone");
    expect(get("error").textContent).toContain("Table 4");
    expect(amount()).toBe("€7.01");
    send({ what: "carts-changed", told: [bar] });
    await tick();
    expect(chip("Table 4")).toBeUndefined();
    expect(chip("Bar")).not.toBeUndefined();
  });

  it("is dropped with a reason only", async () => {
    const { takeUp, touch, ipc, amount, type } = await opened();
    await takeUp("Bar");
    await touch("cart-hold", "hold-drop", "drop-cart-save");
    expect(ipc.dropCart).not.toHaveBeenCalled();
    await type("drop-cart-reason", "they left");
    await touch("drop-cart-save");
    expect(ipc.dropCart.mock.calls).toEqual([[bar.id, "they left"]]);
    expect(amount()).toBe("€0.00");
  });

  it("comes to the pad from another sale's screen, and waits while another currency is on the pad", async () => {
    const { takeUp, touch, stores, find, chip, ipc } = await opened();
    stores.sales.update(sampleSale({ number: 42 }));
    stores.currentSale.show(42);
    await tick();
    await takeUp("Bar");
    expect(find("pad")).not.toBeNull();
    await touch("key-clear");
    stores.draft.setCurrency("RUB");
    await touch("key-5");
    expect((chip("Bar") as HTMLButtonElement).disabled).toBe(true);
    expect(ipc.takeUpCart).toHaveBeenCalledTimes(1);
  });
});

describe("the lines of a held cart", () => {
  it("keep their price, and join the item only at that price", () => {
    const dearer = { ...coffee, price: eur(400) };
    const line = { name: "Flat white", unit_minor: 350, quantity: 2, tax: 1900 };
    const held = heldLines([line], "EUR", [dearer]);
    const entry = withItem(withHeld(emptyEntry("cents-first"), held, null), dearer);
    expect(entry.lines.map(({ unit_minor, quantity }) => [unit_minor, quantity])).toEqual([
      [350, 2],
      [400, 1],
    ]);
    const same = withItem(
      withHeld(emptyEntry("cents-first"), heldLines([line], "EUR", [coffee]), null),
      coffee,
    );
    expect(same.lines.map(({ quantity }) => quantity)).toEqual([3]);
  });

  it("come back with options, weight and deposit as they were held", () => {
    const lines: Line[] = [
      { name: "Flat white", quantity: 1, unit_minor: 400, tax: 1900, options: ["Large"] },
      { name: "Cola", quantity: 2, unit_minor: 250, tax: 1900, category: "Drinks" },
      { name: "Cola", quantity: 2, unit_minor: 25, tax: 700, category: "Drinks", deposit: true },
      {
        name: "Apples",
        quantity: 1,
        unit_minor: 105,
        tax: 700,
        weight: { grams: 350, kilogram_minor: 299 },
      },
    ];
    const cart = heldLines(lines, "EUR", [coffee]);
    expect(cart).toHaveLength(3);
    expect(basketOf(cart, null, 0, true).lines).toEqual(lines);
  });

  it("bring their discount, once", () => {
    const [line] = heldLines([{ name: "Tea", unit_minor: 1000, quantity: 1 }], "EUR", []);
    if (line === undefined) throw new Error("no line");
    const tenth = { kind: "percent", rate: 1000 } as const;
    const alone = withHeld(emptyEntry("cents-first"), [line], tenth);
    expect(alone.discount).toEqual(tenth);
    const both = withHeld(withDiscount(alone, { kind: "fixed", minor: 300 }), [line], tenth);
    expect(both.discount).toEqual({ kind: "fixed", minor: 400 });
    expect(totalMinor(both)).toBe(1600);
  });
});
