// Practice as training: the lesson of the first sale, and the reset.
import { describe, expect, it } from "vitest";
import type { SaleState } from "../src/bindings/SaleState";
import { stepOf } from "../src/state/lesson.svelte";
import { sampleSale, sampleStart } from "../dev/samples";
import { open } from "./screen-harness";

const practice = () => sampleStart({ mode: "practice", first_sale: true });

describe("the step", () => {
  it.each<[SaleState, string]>([
    ["requesting", "coin"],
    ["awaiting", "coin"],
    ["chosen", "pay"],
    ["paid", "done"],
    ["ended", "over"],
    ["refused", "over"],
    ["uncertain", "over"],
    ["stopped", "over"],
    ["review", "over"],
  ])("of a sale that is %s: %s", (state, step) => {
    expect(stepOf("on", { screen: "payment", total_minor: 0, state })).toBe(step);
  });

  it("is none once the lesson is off, and none beside the sale", () => {
    expect(stepOf("off", { screen: "pad", total_minor: 0, state: null })).toBeNull();
    expect(stepOf("on", { screen: "settings", total_minor: 0, state: null })).toBeNull();
  });
});

describe("the first practice sale", () => {
  it("is led from the amount to the end", async () => {
    const { get, find, touch, tell } = await open(practice());
    const step = () => get("lesson").dataset["step"];
    expect(step()).toBe("amount");
    await touch("key-3", "key-5", "key-0");
    expect(step()).toBe("charge");
    await touch("charge");
    expect(step()).toBe("coin");
    tell(sampleSale({ revision: 2, state: "chosen", crypto: "TON", network: "TON" }));
    expect(step()).toBe("pay");
    tell(sampleSale({ revision: 3, state: "paid" }));
    expect(step()).toBe("done");
    await touch("paid-done");
    expect(step()).toBe("learned");
    await touch("lesson-close");
    expect(find("lesson")).toBeNull();
  });

  it("can be sent away at once", async () => {
    const { find, touch } = await open(practice());
    await touch("lesson-close", "key-3");
    expect(find("lesson")).toBeNull();
  });

  it("is not shown in a shop, nor where one was sold", async () => {
    const { find } = await open(sampleStart({ mode: "practice" }));
    expect(find("lesson")).toBeNull();
  });
});

describe("practice begun anew", () => {
  it("asks first, forgets its sales and shows how again", async () => {
    const sold = sampleStart({ mode: "practice", open_sales: [sampleSale({ number: 7 })] });
    const { ipc, get, find, touch, stores } = await open(sold);
    expect(get("open-sale").dataset["number"]).toBe("7");
    await touch("nav-settings", "practice-reset");
    expect(ipc.resetPractice).not.toHaveBeenCalled();
    await touch("practice-reset-confirm");
    expect(ipc.resetPractice).toHaveBeenCalledOnce();
    expect([...stores.sales.salesByNumber.keys()]).toEqual([]);
    expect(find("open-sale")).toBeNull();
    expect(get("lesson").dataset["step"]).toBe("amount");
  });

  it("is not offered in a shop", async () => {
    const { find, touch } = await open();
    await touch("nav-settings");
    expect(find("practice-reset")).toBeNull();
  });
});
