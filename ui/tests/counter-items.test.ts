// Items of a real counter: tabs, search, options, open price, weight, deposit, sold out, stock.
import { fireEvent } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it } from "vitest";
import { isSame } from "../src/basket";
import { sampleCounter, sampleItem, sampleItems, sampleStart } from "../dev/samples";
import { key, open, settle } from "./screen-harness";

const counter = () => sampleStart({ items: sampleCounter() });

async function shop(start = counter()) {
  const shop = await open(start);
  const tile = (name: string) => {
    const tiles = [...shop.get("items").querySelectorAll<HTMLElement>("button")];
    const found = tiles.find((one) => one.querySelector(".name")?.textContent === name);
    if (found === undefined) throw new Error(`no tile ${name}`);
    return found;
  };
  const tap = async (name: string) => {
    await fireEvent.click(tile(name));
    await tick();
  };
  const tabs = () =>
    shop.screen.getAllByTestId("category").map((tab) => tab.dataset["category"] ?? "");
  const names = () =>
    [...shop.get("items").querySelectorAll(".name")].map((name) => name.textContent);
  const charged = async () => {
    await shop.touch("charge");
    await settle();
    return shop.ipc.charge.mock.calls.at(-1)?.[0];
  };
  return { ...shop, tile, tap, tabs, names, charged };
}

describe("tabs and search", () => {
  it("are not there for a shop that has sorted nothing", async () => {
    const { find } = await shop(sampleStart({ items: sampleItems() }));
    for (const id of ["items-search", "category-all", "category"]) expect(find(id)).toBeNull();
  });

  it("show one category, and what is looked for in all of them", async () => {
    const { screen, names, get, touch } = await shop();
    const cakes = screen.getAllByTestId("category")[2] as HTMLElement;
    await fireEvent.click(cakes, { detail: 0 });
    await tick();
    expect(names()).toEqual(["Apple cake", "Cheesecake", "Schwarzwälder Kirschtorte"]);
    await fireEvent.input(get("items-search"), { target: { value: "coff" } });
    await tick();
    expect(names()).toEqual(["Coffee"]);
    await touch("items-search-clear");
    expect(names()).toContain("Apple cake");
  });

  it("are moved by the keyboard, and said", async () => {
    const { screen, ipc, tabs } = await shop();
    expect(tabs().slice(0, 3)).toEqual(["Hot drinks", "Cold drinks", "Cakes"]);
    const first = screen.getAllByTestId("category")[0] as HTMLElement;
    await fireEvent.keyDown(first, { key: "ArrowRight", ctrlKey: true });
    await settle();
    expect(tabs().slice(0, 3)).toEqual(["Cold drinks", "Hot drinks", "Cakes"]);
    expect(ipc.saveItems).toHaveBeenCalledOnce();
    expect(screen.getByText("Hot drinks is now tab 2")).toBeTruthy();
  });

  it("take a letter typed on the pad, and Enter sells the first", async () => {
    const { get, amount, ipc } = await shop();
    await key("w", 2000);
    expect(document.activeElement).toBe(get("items-search"));
    await fireEvent.input(get("items-search"), { target: { value: "wat" } });
    await fireEvent.keyDown(get("items-search"), { key: "Enter" });
    await tick();
    expect(amount()).toBe("€2.20");
    expect((get("items-search") as HTMLInputElement).value).toBe("");
    expect(ipc.charge).not.toHaveBeenCalled();
  });
});

describe("an item with options", () => {
  it("is sold with what was chosen, and the same again is two of one line", async () => {
    const { tap, screen, get, touch, amount, charged } = await shop();
    for (let round = 0; round < 2; round++) {
      await tap("Coffee");
      const option = (name: string) => {
        const all = screen.getAllByTestId("sell-option");
        return all.find((one) => one.dataset["option"] === name) as HTMLElement;
      };
      await fireEvent.click(option("large"));
      await fireEvent.click(option("oat milk"));
      expect(get("sell-add").textContent).toContain("€4.70");
      await touch("sell-add");
    }
    await tap("Coffee");
    await touch("sell-add");
    expect(amount()).toBe("€12.90");
    expect((await charged())?.basket.lines).toEqual([
      {
        name: "Coffee",
        quantity: 2,
        unit_minor: 470,
        tax: 1900,
        category: "Hot drinks",
        options: ["large", "oat milk"],
      },
      {
        name: "Coffee",
        quantity: 1,
        unit_minor: 350,
        tax: 1900,
        category: "Hot drinks",
        options: ["small"],
      },
    ]);
  });
});

describe("one line of the cart", () => {
  const item = sampleItem("Tea");
  const tea = { item, unit_minor: 350 };

  it("holds only what is the same in every way", () => {
    expect(isSame(tea, { ...tea, options: [] })).toBe(true);
    const large = { ...tea, options: ["large"] };
    expect(isSame(large, { ...tea, options: ["large"] })).toBe(true);
    expect(isSame(large, { ...tea, options: ["hot"] })).toBe(false);
    const weighed = (grams: number) => ({ ...tea, weight: { grams, kilogram_minor: 1 } });
    expect(isSame(weighed(500), weighed(500))).toBe(true);
    expect(isSame(weighed(500), weighed(501))).toBe(false);
    expect(isSame(weighed(500), tea)).toBe(false);
    expect(isSame(tea, { ...tea, unit_minor: 351 })).toBe(false);
    expect(isSame(tea, { item: sampleItem("Rum"), unit_minor: 350 })).toBe(false);
  });
});

describe("an item without a fixed price", () => {
  it("is weighed in grams by the keys", async () => {
    const { tap, get, amount, charged } = await shop();
    await tap("Mountain cheese");
    expect((get("sell-add") as HTMLButtonElement).disabled).toBe(true);
    for (const digit of "350") await key(digit, 2000);
    expect(get("sell-typed").textContent).toContain("0.350 kg");
    await key("Enter", 2000);
    expect(amount()).toBe("€8.72");
    expect(get("pad-lines").textContent).toContain("Mountain cheese 0.350 kg");
    expect((await charged())?.basket.lines[0]).toMatchObject({
      name: "Mountain cheese",
      quantity: 1,
      unit_minor: 872,
      weight: { grams: 350, kilogram_minor: 2490 },
    });
  });

  it("has the price that is typed", async () => {
    const { tap, get, touch, amount } = await shop();
    await tap("Gift card");
    for (const digit of "1500") await key(digit, 2000);
    expect(get("sell-typed").textContent).toContain("€15.00");
    await touch("sell-add");
    expect(amount()).toBe("€15.00");
  });
});

describe("a deposit", () => {
  it("is a line of its own that no discount touches", async () => {
    const discounts = { offered: true, percents: [1000] };
    const settings = { ...sampleStart().settings, discounts };
    const { tap, screen, get, touch, amount, charged } = await shop({ ...counter(), settings });
    await tap("Elderflower lemonade");
    await tap("Elderflower lemonade");
    expect(get("cart-deposit").textContent).toContain("€0.50");
    expect(amount()).toBe("€8.10");
    await touch("pad-discount");
    await fireEvent.click(screen.getAllByTestId("discount-percent")[0] as HTMLElement);
    expect(amount()).toBe("€7.34");
    const charge = await charged();
    expect(charge?.basket.lines[1]).toEqual({
      name: "Elderflower lemonade",
      quantity: 2,
      unit_minor: 25,
      tax: 1900,
      category: "Cold drinks",
      deposit: true,
    });
  });
});

describe("what is sold out", () => {
  it("is grey, asks once more when touched, and is sold all the same", async () => {
    const { tap, tile, get, touch, amount } = await shop();
    expect(tile("Croissant").dataset["soldOut"]).toBe("true");
    await tap("Croissant");
    expect(get("sell-sold-out").textContent).toContain("sold out");
    expect(amount()).toBe("€0.00");
    await touch("sell-add");
    expect(amount()).toBe("€2.50");
  });

  it("is added by a scan, and the pad says so", async () => {
    const milk = sampleItem("Milk", { barcode: "96385074", price_minor: 100, sold_out: true });
    const { amount, get } = await shop(sampleStart({ items: [milk] }));
    await key("9", 2000);
    for (const digit of "6385074") await key(digit, 20);
    await key("Enter", 20);
    expect(amount()).toBe("€1.00");
    expect(get("scan-sold-out").textContent).toContain("Milk");
  });
});

describe("stock", () => {
  it("warns of what is few, and stops no sale", async () => {
    const { tile, tap, amount, charged, ipc, stores } = await shop();
    const few = stores.items.list.filter(({ warn_at }) => warn_at !== null);
    ipc.stock.mockResolvedValue(few.map(({ id }) => ({ item: id, left: -2 })));
    await stores.items.countStock();
    await tick();
    expect(tile("Cheesecake").textContent).toContain("-2 left");
    await tap("Cheesecake");
    expect(amount()).toBe("€4.60");
    expect((await charged())?.basket.lines[0]).toMatchObject({ item: few[0]?.id });
  });
});

describe("a scan while something is asked", () => {
  it("is not lost without a word", async () => {
    const milk = sampleItem("Milk", { barcode: "96385074", price_minor: 100 });
    const start = sampleStart({ items: [...sampleCounter(), milk] });
    const { tap, get, amount } = await shop(start);
    await tap("Coffee");
    await key("9", 2000);
    for (const digit of "6385074") await key(digit, 20);
    await key("Enter", 20);
    expect(get("sell-missed").textContent).toContain("96385074");
    expect(amount()).toBe("€0.00");
  });
});
