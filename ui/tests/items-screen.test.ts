import { fireEvent } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it, vi } from "vitest";
import type { Settings } from "../src/bindings/Settings";
import { TAIL_MS } from "../src/scan/evidence";
import { eur, sampleFault, sampleImport, sampleItem, sampleStart } from "../dev/samples";
import { key, open, settle } from "./screen-harness";

const coffee = sampleItem("Coffee", { tax: 1900, barcode: "4006381333931" });
const cake = sampleItem("Cake", { price_minor: 420, tax: 700 });
const rouble = sampleItem("Чай", { currency: "RUB", price_minor: 20_000, barcode: "12345678" });

const cafe = (more: Partial<Settings> = {}) =>
  sampleStart({
    items: [coffee, cake, rouble],
    settings: { ...sampleStart().settings, ...more },
  });
const tips = { ask: true, percents: [500, 1000], round_up: true };
const discounts = { offered: true, percents: [1000] };

async function scan(code: string, ...ends: string[]) {
  await key(code.charAt(0), 500);
  for (const sign of code.slice(1)) await key(sign, 8);
  for (const end of ends) await key(end, 8);
}

describe("labels for the shelf", () => {
  const withPrinter = (printer: Settings["printing"]["printer"]) =>
    cafe({ printing: { ...sampleStart().settings.printing, printer } });

  it("are printed of the items that were chosen", async () => {
    const { ipc, find, touch, screen } = await open(
      withPrinter({ kind: "device", path: "/dev/usb/lp0" }),
    );
    await touch("nav-settings", "settings-tab-items", "items-labels");
    await fireEvent.click(screen.getAllByTestId("label-item")[1] as Element);
    await touch("labels-print");
    expect(ipc.printLabels).toHaveBeenLastCalledWith([cake.id]);
    expect(find("labels")).toBeNull();
    await touch("items-labels", "labels-all", "labels-print");
    expect(ipc.printLabels).toHaveBeenLastCalledWith([coffee.id, cake.id, rouble.id]);
  });

  it("are not offered without a printer", async () => {
    const { find, touch } = await open(withPrinter(null));
    await touch("nav-settings", "settings-tab-items");
    expect(find("items-labels")).toBeNull();
  });
});

describe("the pad with items", () => {
  it("sells two coffees and a cake in four taps", async () => {
    const { touch, ipc, get, amount } = await open(cafe());
    await touch("item-1", "item-1", "item-2");
    expect(amount()).toBe("€11.20");
    expect(get("pad-lines").textContent).toContain("2 ×");
    await touch("charge");
    expect(ipc.charge.mock.calls[0]?.[0]).toMatchObject({
      amount: eur(1120),
      basket: {
        lines: [
          { name: "Coffee", quantity: 2, unit_minor: 350, tax: 1900 },
          { name: "Cake", quantity: 1, unit_minor: 420, tax: 700 },
        ],
        discount: null,
        tip_minor: 0,
      },
    });
  });

  it("counts and takes out a line that is touched", async () => {
    const { touch, get, find, amount, screen } = await open(cafe());
    await touch("item-1", "item-2");
    await fireEvent.click(screen.getAllByTestId("cart-line")[0] as Element);
    await touch("cart-more", "cart-more");
    expect(get("cart-quantity").textContent).toBe("3");
    expect(amount()).toBe("€14.70");
    await touch("cart-less", "cart-remove");
    expect(amount()).toBe("€4.20");
    expect(find("cart-quantity")).toBeNull();
  });

  it("offers what can be sold in the currency, and binds the currency to it", async () => {
    const { get, find, touch, screen } = await open(cafe());
    expect(get("items").textContent).not.toContain("Чай");
    const roubles = screen.container.querySelector("input[value=RUB]") as HTMLInputElement;
    await touch("item-1");
    expect(roubles.disabled).toBe(true);
    await touch("key-clear");
    await fireEvent.click(roubles);
    expect(get("items").textContent).toContain("Чай");
    await fireEvent.click(screen.container.querySelector("input[value=USD]") as Element);
    expect(find("items")).toBeNull();
  });

  it("is as it always was without items, tips and discounts", async () => {
    const { touch, ipc, find } = await open();
    expect(find("items")).toBeNull();
    expect(find("pad-discount")).toBeNull();
    await touch("key-3", "key-5", "key-0", "charge");
    expect(find("tip")).toBeNull();
    expect(ipc.charge.mock.calls[0]?.[0]).toMatchObject({
      amount: eur(350),
      basket: { lines: [] },
    });
  });
});

describe("a scanner", () => {
  it("finds an item by its code and charges nothing", async () => {
    const { ipc, amount, get } = await open(cafe());
    await key("5");
    await scan("4006381333931", "Enter");
    expect(amount()).toBe("€3.55");
    expect(get("pad-lines").textContent).toContain("Coffee");
    await scan("4006381333931", "Enter", "Enter");
    expect(amount()).toBe("€7.05");
    expect(ipc.charge).not.toHaveBeenCalled();
  });

  it("needs no Enter", async () => {
    vi.useFakeTimers();
    try {
      const { amount } = await open(cafe());
      await scan("4006381333931");
      expect(amount()).toBe("€0.00");
      vi.advanceTimersByTime(TAIL_MS);
      await tick();
      expect(amount()).toBe("€3.50");
    } finally {
      vi.useRealTimers();
    }
  });

  it("says quietly that a code is unknown, until something else is done", async () => {
    const { amount, get, ipc } = await open(cafe());
    await scan("4099999000001", "Enter");
    expect(get("scan-unknown").textContent).toContain("4099999000001");
    expect(amount()).toBe("€0.00");
    // An item in another currency is not found.
    await scan("12345678", "Enter");
    expect(get("scan-unknown").textContent).toContain("12345678");
    await key("7");
    expect(get("scan-unknown").textContent).toBe("");
    expect(ipc.charge).not.toHaveBeenCalled();
  });

  it("answers no question about tips and takes nothing off", async () => {
    const { touch, ipc, get, find } = await open(cafe({ tips, discounts }));
    await touch("item-1", "charge");
    await scan("4006381333931", "Enter");
    expect(ipc.charge).not.toHaveBeenCalled();
    await touch("tip-own", "typed-5");
    await scan("4006381333931", "Enter");
    expect(get("tip-typed").textContent).toBe("€0.05");
    expect(ipc.charge).not.toHaveBeenCalled();
    await touch("dialog-close", "pad-discount");
    await scan("4006381333931", "Enter");
    expect(get("discount-typed").textContent).toBe("0%");
    expect(find("cart-discount")).toBeNull();
  });
});

describe("a slow scanner", () => {
  const scanSlowly = async (code: string, gap_ms: number, ...ends: string[]) => {
    await key(code.charAt(0), 800, physical(code.charAt(0)));
    for (const sign of code.slice(1)) await key(sign, gap_ms, physical(sign));
    for (const end of ends) await key(end, gap_ms);
  };
  const physical = (sign: string): KeyboardEventInit =>
    /\d/.test(sign) ? { code: `Digit${sign}` } : {};
  const slash = sampleItem("Cable", { barcode: "AB/1234", price_minor: 900 });
  const eight = sampleItem("Gum", { barcode: "96385074", price_minor: 100 });
  const four = sampleItem("Bag", { barcode: "1250", price_minor: 10 });
  const apples = sampleItem("Apples", { barcode: "2112345", price_minor: 299 });
  const shop = (more: Partial<Settings> = {}) =>
    open(
      sampleStart({
        items: [coffee, slash, eight, four, apples],
        settings: { ...sampleStart().settings, ...more },
      }),
    );

  it("finds an item at any speed and charges nothing", async () => {
    const { ipc, amount, get } = await shop();
    for (const gap_ms of [5, 20, 35, 50, 80, 120]) {
      for (const end of ["Enter", "Tab"]) {
        await scanSlowly("96385074", gap_ms, end);
        expect(get("pad-lines").textContent).toContain("Gum");
        expect(amount(), `${gap_ms} ms, ${end}`).toBe("€1.00");
        await key("Escape", 800);
      }
    }
    expect(ipc.charge).not.toHaveBeenCalled();
  });

  it("that is set to another layout is read by physical keys", async () => {
    const { ipc, get } = await shop();
    const french = ["à", "&", "é", '"', "'", "(", "-", "è", "_", "ç"];
    await key("'", 800, { code: "Digit4" });
    for (const digit of "006381333931") {
      await key(french[Number(digit)] ?? "", 60, { code: `Digit${digit}` });
    }
    await key("Enter", 60);
    expect(get("pad-lines").textContent).toContain("Coffee");
    expect(ipc.charge).not.toHaveBeenCalled();
  });

  it("finds a code with a slash, on the pad and in the note", async () => {
    const { get, find, amount } = await shop();
    for (const inNote of [false, true]) {
      if (inNote) get("pad-note").focus();
      await key("A", 800, { code: "KeyA", shiftKey: true });
      await key("B", 60, { code: "KeyB", shiftKey: true });
      await key("/", 60, { code: "Slash" });
      for (const digit of "1234") await key(digit, 60, { code: `Digit${digit}` });
      await key("Enter", 60);
      expect(amount()).toBe(inNote ? "€18.00" : "€9.00");
    }
    expect(find("pad-note-clear")).toBeNull();
  });

  it("leaves a word in the note alone", async () => {
    const { get, find } = await shop();
    get("pad-note").focus();
    await fireEvent.input(get("pad-note"), { target: { value: "Table four" } });
    for (const letter of "Table four") await key(letter, 90);
    expect((get("pad-note") as HTMLInputElement).value).toBe("Table four");
    expect(find("scan-unknown")?.textContent).toBe("");
  });

  it("finds an item while the search has the focus, and puts it onto the pad", async () => {
    const { get, touch, amount } = await shop();
    await touch("nav-sales");
    get("sales-search").focus();
    await fireEvent.input(get("sales-search"), { target: { value: "9638" } });
    await scanSlowly("96385074", 50, "Enter");
    expect(amount()).toBe("€1.00");
  });

  it("sells what a scale weighed", async () => {
    const scale_codes = [
      { prefix: 21, holds: "weight", article_digits: 5, value_digits: 5 } as const,
    ];
    const { get, amount } = await shop({ scanner: { learnt: null, scale_codes } });
    await scanSlowly("2112345005126", 50, "Enter");
    expect(amount()).toBe("€1.53");
    expect(get("pad-lines").textContent).toContain("Apples 0.512 kg");
    await scanSlowly("2112345005126", 50, "Enter");
    expect(amount()).toBe("€3.06");
  });

  it("that stumbles in the middle of a code still finds its item", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const { ipc, amount, get } = await shop();
      for (const ending of ["Enter", null]) {
        await key("9", 2000);
        for (const digit of "6385") await key(digit, 50);
        vi.advanceTimersByTime(700);
        await key("0", 700);
        for (const digit of "74") await key(digit, 50);
        if (ending !== null) await key(ending, 50);
        vi.advanceTimersByTime(400);
        await tick();
        expect(amount()).toBe("€1.00");
        expect(get("pad-lines").textContent).toContain("Gum");
        await key("Escape", 2000);
      }
      expect(ipc.charge).not.toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
    }
  });

  it("charges no short code of an item, however slowly it comes", async () => {
    const { ipc, get } = await shop();
    await key("1", 800);
    for (const [digit, gap_ms] of [
      ["2", 120],
      ["5", 90],
      ["0", 140],
      ["Enter", 100],
    ] as const) {
      await key(digit, gap_ms);
    }
    expect(ipc.charge).not.toHaveBeenCalled();
    expect(get("confirm-amount-why").dataset["why"]).toBe("burst");
  });

  it("is learnt from one scan", async () => {
    const { get, touch, ipc } = await shop();
    await touch("nav-settings", "settings-tab-items", "settings-scanner-learn");
    expect(get("settings-scanner").dataset["state"]).toBe("waiting");
    await scanSlowly("4006381333931", 62, "Tab");
    expect(get("settings-scanner").dataset).toMatchObject({ state: "learnt", gap: "62" });
    await touch("settings-save");
    const sent = ipc.saveSettings.mock.lastCall?.[0] as Settings | undefined;
    expect(sent?.scanner.learnt).toEqual({
      gap_ms: 62,
      ending: "tab",
    });
  });
});

describe("an amount that may be a slip", () => {
  const burst = async () => {
    const till = await open();
    await key("1", 800);
    for (const digit of "250") await key(digit, 60);
    await key("Enter", 60);
    return till;
  };

  it("is asked about and charged by another control", async () => {
    const { ipc, get, amount, touch } = await burst();
    expect(ipc.charge).not.toHaveBeenCalled();
    expect(amount()).toBe("€12.50");
    expect(get("confirm-amount-sum").textContent).toBe("€12.50");
    await touch("charge-confirm");
    expect(ipc.charge.mock.lastCall?.[0]).toMatchObject({ amount: eur(1250), confirmed: true });
  });

  it("is not confirmed by the key that ends a scan", async () => {
    const { ipc, get } = await burst();
    get("charge-confirm").focus();
    for (const end of ["Enter", "Tab", "Enter"]) {
      expect((await key(end, 60)).defaultPrevented).toBe(true);
    }
    expect(document.activeElement).toBe(get("charge-confirm"));
    expect(ipc.charge).not.toHaveBeenCalled();
  });

  it("is charged by a tap only when it is confirmed, until it is typed anew", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const { ipc, touch, find } = await open();
      await key("1", 800);
      for (const digit of "250") await key(digit, 60);
      vi.advanceTimersByTime(200);
      await touch("charge");
      expect(ipc.charge).not.toHaveBeenCalled();
      await touch("charge-back", "key-clear", "key-5", "key-00");
      expect(find("confirm-amount")).toBeNull();
      await touch("charge");
      expect(ipc.charge.mock.lastCall?.[0]).toMatchObject({ amount: eur(500), confirmed: false });
    } finally {
      vi.useRealTimers();
    }
  });

  it("is what Rust refuses as unusual", async () => {
    const { ipc, get, touch, find } = await open();
    const refused = sampleFault("amount_unusual", { currency: "EUR", usual: "12.50" });
    ipc.charge.mockRejectedValueOnce(refused);
    await touch("key-9", "key-00", "key-00", "charge");
    expect(find("error")).toBeNull();
    expect(get("confirm-amount-why").textContent).toContain("€12.50");
    await touch("charge-confirm");
    const [first, second] = ipc.charge.mock.calls.map(([charge]) => charge);
    expect(first?.confirmed).toBe(false);
    expect(second).toEqual({ ...first, confirmed: true });
  });
});

describe("a tip", () => {
  const asked = async () => {
    const shop = await open(cafe({ tips }));
    await shop.touch("item-1", "item-1", "item-2", "charge");
    expect(shop.ipc.charge).not.toHaveBeenCalled();
    const charged = async () => {
      await settle();
      const { amount, basket } = shop.ipc.charge.mock.calls[0]?.[0] ?? {};
      return [amount, basket?.tip_minor];
    };
    return { ...shop, charged };
  };

  it("is a share with one tap more", async () => {
    const { screen, charged, find } = await asked();
    await fireEvent.click(screen.getAllByTestId("tip-percent")[1] as Element);
    expect(await charged()).toEqual([eur(1232), 112]);
    expect(find("tip")).toBeNull();
  });

  it("rounds up", async () => {
    const { touch, charged } = await asked();
    await touch("tip-round");
    expect(await charged()).toEqual([eur(1200), 80]);
  });

  it("is one's own, by finger and keyboard", async () => {
    const { touch, charged, get } = await asked();
    await touch("tip-own", "typed-1", "typed-5");
    await key("0");
    expect(get("tip-typed").textContent).toBe("€1.50");
    await touch("tip-charge");
    expect(await charged()).toEqual([eur(1270), 150]);
  });

  it("is none, which is one tap too, and none at all when the question is put away", async () => {
    const { touch, charged, find, ipc } = await asked();
    await key("Escape");
    expect(find("tip")).toBeNull();
    expect(ipc.charge).not.toHaveBeenCalled();
    await touch("charge", "tip-none");
    expect(await charged()).toEqual([eur(1120), 0]);
  });
});

describe("a discount", () => {
  it("is a share that the shop offers, seen in the cart, and can be taken back", async () => {
    const { touch, amount, get, find, ipc } = await open(cafe({ discounts }));
    expect(get("pad-discount")).toHaveProperty("disabled", true);
    await touch("item-1", "item-1", "item-2", "pad-discount", "discount-percent");
    expect(amount()).toBe("€10.08");
    expect(get("cart-discount").textContent).toContain("-€1.12");
    await touch("cart-discount-remove");
    expect(amount()).toBe("€11.20");
    await touch("pad-discount", "discount-percent", "charge");
    expect(ipc.charge.mock.calls[0]?.[0]).toMatchObject({
      amount: eur(1008),
      basket: { discount: { kind: "percent", rate: 1000 } },
    });
    expect(find("discount")).toBeNull();
  });

  it("is another share, or so much, but never all of it", async () => {
    const { touch, amount, get } = await open(cafe({ discounts }));
    await touch("item-1", "pad-discount", "typed-7", "typed-point", "typed-5");
    expect(get("discount-typed").textContent).toBe("7.5%");
    await touch("discount-take");
    expect(amount()).toBe("€3.24");
    await touch("pad-discount", "discount-kind-fixed", "typed-3", "typed-5", "typed-0");
    expect(get("discount-take")).toHaveProperty("disabled", true);
    await touch("typed-backspace", "discount-take");
    expect(amount()).toBe("€3.15");
  });

  it("goes with the sale", async () => {
    const { touch, amount, stores } = await open(cafe({ discounts }));
    await touch("item-1", "pad-discount", "discount-percent", "charge");
    stores.currentSale.next();
    await tick();
    await touch("item-1");
    expect(amount()).toBe("€3.50");
  });
});

describe("the list of items", () => {
  const list = async () => {
    const shop = await open(cafe());
    await shop.touch("nav-settings", "settings-tab-items");
    return shop;
  };

  it("takes a new one", async () => {
    const { touch, get, find, ipc, screen } = await list();
    await touch("item-add", "item-save");
    expect(ipc.saveItems).not.toHaveBeenCalled();
    await fireEvent.input(get("item-name"), { target: { value: " Tea " } });
    await fireEvent.input(get("item-price"), { target: { value: "2,80" } });
    await touch("item-colour-sky", "item-save");
    expect(ipc.saveItems.mock.calls[0]?.[0]?.at(-1)).toMatchObject({
      name: "Tea",
      price: { minor: 280, currency: "EUR" },
      colour: "sky",
      tax: null,
      barcode: null,
    });
    expect(find("item")).toBeNull();
    expect(screen.getAllByTestId("settings-item")).toHaveLength(4);
  });

  it("changes, moves and deletes one", async () => {
    const { touch, get, ipc, screen } = await list();
    const names = () => ipc.saveItems.mock.calls.at(-1)?.[0].map(({ name }) => name);
    await fireEvent.click(screen.getAllByTestId("item-down")[0] as Element);
    await settle();
    expect(names()).toEqual(["Cake", "Coffee", "Чай"]);
    const first = screen.getAllByTestId("settings-item")[0];
    await fireEvent.click(first?.querySelector("button") as Element);
    await fireEvent.input(get("item-name"), { target: { value: "Apple cake" } });
    await touch("item-save");
    expect(names()).toEqual(["Apple cake", "Coffee", "Чай"]);
    expect(ipc.saveItems.mock.calls.at(-1)?.[0][0]?.id).toBe(cake.id);
    const again = screen.getAllByTestId("settings-item")[0];
    await fireEvent.click(again?.querySelector("button") as Element);
    await touch("item-remove");
    expect(names()).toEqual(["Coffee", "Чай"]);
  });

  it("keeps the dialog with what was typed when it was not kept", async () => {
    const { touch, get, ipc, find } = await list();
    ipc.saveItems.mockRejectedValue(
      sampleFault("items_invalid", { place: "4", problem: "barcode_twice" }),
    );
    await touch("item-add");
    await fireEvent.input(get("item-name"), { target: { value: "Tea" } });
    await fireEvent.input(get("item-price"), { target: { value: "2.80" } });
    await touch("item-save");
    expect(get("error").textContent).toContain("Line 4");
    expect(find("item")).not.toBeNull();
  });

  it("shows a file line by line, and writes nothing until it is confirmed", async () => {
    const { touch, get, find, ipc, screen } = await list();
    const preview = sampleImport([coffee, cake, rouble]);
    ipc.importItems.mockResolvedValue(preview);
    await touch("items-import");
    const lines = screen.getAllByTestId("import-line");
    const kinds = lines.map((line) => [line.dataset["line"], line.dataset["outcome"]]);
    expect(kinds).toEqual([
      ["3", "refused"],
      ["5", "refused"],
      ["2", "changed"],
      ["4", "new"],
      ["6", "new"],
    ]);
    expect(lines[0]?.textContent).toContain("4,00638E+12");
    expect(lines[1]?.textContent).toContain("1.000");
    expect(lines[2]?.textContent).toContain("Price: €3.50 → €3.80");
    expect(lines[4]?.textContent).toContain("line 4");
    expect(get("import-sums").textContent).toContain("2 new, 1 changed, 2 left out");
    await touch("dialog-close");
    expect(ipc.saveItems).not.toHaveBeenCalled();
    expect(find("import")).toBeNull();
    await touch("items-import");
    await touch("import-confirm");
    expect(ipc.saveItems.mock.calls).toEqual([[preview.items]]);
    expect(find("import")).toBeNull();
    expect(get("settings-items").textContent).toContain("2 new, 1 changed");
    await touch("nav-pad");
    expect(get("items").textContent).toContain("Cocoa");
  });

  it("keeps a file's preview when it could not be saved, and offers nothing where nothing changes", async () => {
    const { touch, get, find, ipc } = await list();
    ipc.importItems.mockResolvedValue(sampleImport([coffee]));
    ipc.saveItems.mockRejectedValue(sampleFault("items_unwritable"));
    await touch("items-import");
    await touch("import-confirm");
    expect(get("error").dataset["code"]).toBe("items_unwritable");
    expect(find("import")).not.toBeNull();
    await touch("error-dismiss", "dialog-close");
    ipc.importItems.mockResolvedValue({ ...sampleImport([coffee]), added: 0, changed: 0 });
    await touch("items-import");
    expect((get("import-confirm") as HTMLButtonElement).disabled).toBe(true);
  });

  it("keeps tips and discounts with the settings", async () => {
    const { touch, get, ipc, find } = await list();
    expect(find("settings-tip-percent-1")).toBeNull();
    await touch("settings-tips", "settings-discounts");
    ipc.saveSettings.mockRejectedValueOnce(sampleFault("settings_invalid"));
    await fireEvent.input(get("settings-tip-percent-4"), { target: { value: "zwölf" } });
    await touch("settings-save");
    await key("Escape");
    // Rust judges it.
    expect(ipc.saveSettings.mock.lastCall?.[0]).toMatchObject({
      tips: { percents: [500, 1000, 1500, "zwölf"] },
    });
    await fireEvent.input(get("settings-tip-percent-4"), { target: { value: "12,5" } });
    await touch("settings-tips-round", "settings-save");
    expect(ipc.saveSettings.mock.lastCall?.[0]).toMatchObject({
      tips: { ask: true, percents: [500, 1000, 1500, 1250], round_up: false },
      discounts: { offered: true, percents: [500, 1000, 2000] },
    });
  });
});
