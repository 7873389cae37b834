// In which language customers are served on the cashier's own screens, and how the cashier chooses it for them.
import { fireEvent } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Settings } from "../src/bindings/Settings";
import { offeredLanguages } from "../src/customers-languages";
import { customersLanguage, setCustomersLanguage, t } from "../src/language.svelte";
import { sampleSale, sampleStart } from "../dev/samples";
import { open, settle } from "./screen-harness";

/** Every text that was asked for, with its language. */
const asked = vi.hoisted(() => [] as { language: string; id: string }[]);
vi.mock("../src/messages", async (original) => {
  const messages = await original<typeof import("../src/messages")>();
  return {
    ...messages,
    format: (...args: Parameters<typeof messages.format>) => {
      asked.push({ language: args[0], id: args[2] });
      return messages.format(...args);
    },
  };
});

const settings = (changes: Partial<Settings>): Settings => ({
  ...sampleStart().settings,
  language: "en",
  ...changes,
});

/** A till at which customers serve themselves. */
const selfService = (changes: Partial<Settings> = {}) =>
  sampleStart({
    settings: settings({
      kiosk: {
        at_start: true,
        autostart: false,
        return_after_s: 60,
        self_service: true,
        card: true,
        offers: [{ name: "Day ticket", amount: "12.00", currency: "EUR" }],
      },
      tenders: [{ way: "crypto" }, { way: "card" }],
      ...changes,
    }),
    lock: { set: true, open: false, wait_until_unix_ms: null, staff: false },
    kiosk: true,
  });

afterEach(() => setCustomersLanguage(null));

describe("where customers serve themselves", () => {
  it("they choose a language, and the sale is opened in it", async () => {
    const start = selfService({ customer_languages: ["pl", "kk"], tenders: [{ way: "crypto" }] });
    const { screen, ipc, get, touch } = await open(start);
    const polish = screen.getAllByTestId("language")[1];
    if (polish === undefined) throw new Error("no second language");
    expect(polish.textContent).toBe("Polski");
    await fireEvent.click(polish);
    expect(screen.getByText("Dotknij, aby zapłacić")).toBeTruthy();
    expect(get("offer").textContent).toContain("12,00");
    await touch("offer");
    expect(ipc.charge).toHaveBeenLastCalledWith(expect.objectContaining({ language: "pl" }));
  });

  it("each begins in the shop's first language", async () => {
    const { screen, stores } = await open(selfService({ customer_language: "it" }));
    await settle();
    expect(customersLanguage()).toBe("it");
    expect(screen.queryByTestId("languages"), "nothing to choose").toBeNull();
    setCustomersLanguage("pl");
    stores.navigation.toPad();
    stores.lock.update({ set: true, open: true, wait_until_unix_ms: null, staff: false });
    flushSync();
    expect(customersLanguage(), "the staff read the till's own").toBe("en");
  });

  it.each(["requesting", "awaiting", "chosen", "ended", "paid"] as const)(
    "all that they read of a sale is theirs: %s",
    async (state) => {
      const sale = sampleSale({ state, crypto: "USDT", network: "TRC20", crypto_amount: "13.42" });
      const { stores } = await open({ ...selfService(), open_sales: [sale] });
      setCustomersLanguage("kk");
      asked.length = 0;
      stores.currentSale.show(sale.number);
      flushSync();
      await settle();
      expect(asked.length).toBeGreaterThan(3);
      expect(asked.filter(({ language }) => language !== "kk")).toEqual([]);
    },
  );

  it("so is all that they choose by", async () => {
    const { stores } = await open(selfService({ customer_languages: ["kk"] }));
    setCustomersLanguage("kk");
    asked.length = 0;
    stores.navigation.toPad();
    const [offer] = stores.settings.current.kiosk.offers;
    if (offer === undefined) throw new Error("no offer");
    stores.dialogs.open({ kind: "offer", offer });
    flushSync();
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter(({ language }) => language !== "kk")).toEqual([]);
    expect(t("settings-save"), "the cashier's text stays the till's").toBe("Save");
  });
});

describe("the cashier", () => {
  it("sees nothing of it where the shop offers its own language alone", async () => {
    const sale = sampleSale({ state: "paid" });
    const { stores, find } = await open(sampleStart({ open_sales: [sale] }));
    expect(find("customers-language")).toBeNull();
    stores.currentSale.show(sale.number);
    flushSync();
    expect(find("customers-language")).toBeNull();
  });

  it.each(["awaiting", "paid"] as const)("chooses it with one touch: %s", async (state) => {
    const sale = sampleSale({ state });
    const { stores, ipc, find, touch } = await open(
      sampleStart({ settings: settings({ customer_languages: ["pl"] }), open_sales: [sale] }),
    );
    expect(find("customers-language"), "not on the pad").toBeNull();
    stores.currentSale.show(sale.number);
    flushSync();
    await touch("customers-language-pl");
    expect(ipc.setCustomersLanguage).toHaveBeenLastCalledWith(sale.number, "pl");
  });

  it("chooses it from a list where there are many", async () => {
    const sale = sampleSale({ state: "paid", language: "tr" });
    const many: Settings["customer_languages"] = ["pl", "cs", "tr", "kk"];
    const { stores, ipc, get } = await open(
      sampleStart({ settings: settings({ customer_languages: many }), open_sales: [sale] }),
    );
    stores.currentSale.show(sale.number);
    flushSync();
    const list = get("customers-language") as HTMLSelectElement;
    expect(list.value).toBe("tr");
    await fireEvent.change(list, { target: { value: "kk" } });
    expect(ipc.setCustomersLanguage).toHaveBeenLastCalledWith(sale.number, "kk");
  });
});

it("what is offered begins with what customers see at first, each once", () => {
  const offer = (changes: Partial<Settings>) => offeredLanguages(settings(changes), "en");
  expect(offer({})).toEqual([]);
  expect(offer({ customer_language: "fr" })).toEqual([]);
  expect(offer({ customer_languages: ["en"] })).toEqual([]);
  expect(offer({ customer_languages: ["pl", "en"] })).toEqual(["en", "pl"]);
  expect(offer({ customer_language: "fr", customer_languages: ["pl"] })).toEqual(["fr", "pl"]);
});
