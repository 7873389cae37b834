import { fireEvent } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Start } from "../src/bindings/Start";
import { sampleFault, sampleItem, sampleOffice, sampleShared, sampleStart } from "../dev/samples";
import { open, settle } from "./screen-harness";

const coffee = sampleItem("Coffee", { price_minor: 350 });
const dearer = { ...coffee, price: { ...coffee.price, minor: 390 } };

const shop = (changes: Partial<Start> = {}) =>
  sampleStart({ items: [coffee], office: "sending", shared: sampleShared(), ...changes });

/** Opens the till; `come` is what happens when the office's settings have been taken over. */
async function openShop(start: Start = shop()) {
  const opened = await open(start);
  const come = async (changes: Partial<Start>) => {
    const { settings, items, staff, lock, cashier, shared } = { ...start, ...changes };
    opened.ipc.takenOver.mockResolvedValue({ settings, items, staff, lock, cashier, shared });
    opened.send({ what: "settings-taken", told: 8 });
    await settle();
  };
  return { ...opened, come };
}

describe("settings that the shop's office shares", () => {
  it("change the price on the button, and none in the cart", async () => {
    const { come, touch, get, amount } = await openShop();
    await touch("item-1");
    const before = amount();
    expect(before).toContain("3.50");
    await come({ items: [dearer] });
    expect(get("item-1").textContent).toContain("3.90");
    expect(amount()).toBe(before);
    // One more of it is one at the new price: two lines, and each keeps its own.
    await touch("item-1");
    expect(amount()).toContain("7.40");
  });

  it("show a section that only the office changes without its buttons", async () => {
    const { stores, find, get } = await openShop();
    stores.navigation.toSettings("items");
    await settle();
    expect(get("shared-notice").dataset["state"]).toBe("shared-locked");
    expect(find("item-add")).toBeNull();
    expect(find("items-import")).toBeNull();
    expect(get("items-export")).toBeTruthy();
    stores.navigation.toSettings("counter");
    await settle();
    expect(get("settings-cashier-add").closest("fieldset")?.disabled).toBe(true);
    stores.navigation.toSettings("shop");
    await settle();
    expect(get("settings-shop-name").closest("fieldset")?.disabled).toBe(false);
    expect(get("settings-tax-add").closest("fieldset")?.disabled).toBe(false);
  });

  it("change nothing in a till without an office", async () => {
    const { stores, find, get } = await open(sampleStart({ items: [coffee] }));
    stores.navigation.toSettings("items");
    await settle();
    expect(find("shared-notice")).toBeNull();
    expect(get("item-add")).toBeTruthy();
  });

  it("come into a form that is open, and leave what is typed elsewhere", async () => {
    const start = shop();
    const { come, stores, get } = await openShop(start);
    stores.navigation.toSettings("shop");
    await settle();
    const texts = { ...start.settings, shop: { ...start.settings.shop, name: "From the office" } };
    await come({ settings: texts });
    expect((get("settings-shop-name") as HTMLInputElement).value).toBe("From the office");
    stores.navigation.toSettings("till");
    await settle();
    await fireEvent.input(get("settings-lifetime"), { target: { value: "20" } });
    await come({ settings: { ...texts, shop: { ...texts.shop, name: "Once more" } } });
    expect((get("settings-lifetime") as HTMLInputElement).value).toBe("20");
    stores.navigation.toSettings("shop");
    await settle();
    expect((get("settings-shop-name") as HTMLInputElement).value).toBe("Once more");
  });

  it("say which version there is and what was not taken, and are offered by a button", async () => {
    const { ipc, stores, get, touch } = await openShop();
    ipc.officeStatus.mockResolvedValue(sampleOffice());
    stores.navigation.toSettings("backup");
    await settle();
    expect(get("office-shared").dataset["number"]).toBe("7");
    expect(get("office-shared-refused").textContent).toContain("default_tax");
    ipc.offerSettings.mockRejectedValueOnce(sampleFault("office_unreachable"));
    await touch("office-offer");
    expect(get("error").dataset["code"]).toBe("office_unreachable");
    await touch("error-dismiss", "office-offer");
    expect(get("office").textContent).toContain("Offered");
  });

  it("end with the office", async () => {
    const { come, stores, find } = await openShop();
    await come({ shared: null });
    stores.navigation.toSettings("items");
    await settle();
    expect(find("shared-notice")).toBeNull();
  });
});
