import { otherGateway } from "../src/gateways";
import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../src/App.svelte";
import type { Start } from "../src/bindings/Start";
import { blockBrowserActions, isBrowserKey } from "../src/block-browser-actions";
import { createStores } from "../src/state/stores";
import {
  sampleFault,
  sampleFieldFault,
  sampleOffer,
  sampleSale,
  sampleStart,
} from "../dev/samples";
import { sampleBackup } from "../dev/book-samples";
import { fakeIpc, held, key, open, settle } from "./screen-harness";

describe("errors", () => {
  it("have three parts and stay until they are put away", async () => {
    vi.useFakeTimers();
    const { stores, get, find, touch } = await open();
    stores.errors.fail(sampleFault("amount_below_minimum", { minimum: "1.00", currency: "EUR" }));
    await tick();
    const error = get("error");
    expect(error.getAttribute("role")).toBe("alert");
    expect(error.dataset["code"]).toBe("amount_below_minimum");
    expect(error.textContent).toContain("The amount is too small");
    expect(error.textContent).toContain("Nothing was charged");
    expect(error.textContent).toContain("€1.00");
    vi.advanceTimersByTime(3_600_000);
    vi.useRealTimers();
    await touch("nav-settings");
    expect(get("error")).toBeTruthy();
    await touch("error-dismiss");
    expect(find("error")).toBeNull();
  });

  it("of the disk stop selling, and selling goes on by itself", async () => {
    const { find, get, send, touch, ipc } = await open();
    await touch("key-1", "key-2", "key-5", "key-0");
    send({ what: "journal-changed", told: "failing" });
    await tick();
    expect(get("journal-failing").textContent).toContain("Selling has stopped");
    expect(get("charge").hasAttribute("disabled")).toBe(true);
    await key("Enter");
    expect(ipc.charge).not.toHaveBeenCalled();
    send({ what: "journal-changed", told: "serving" });
    await tick();
    expect(find("journal-failing")).toBeNull();
    await touch("charge");
    expect(ipc.charge).toHaveBeenCalledTimes(1);
  });

  it("of a journal that was replaced stop selling in words of their own", async () => {
    const { find, get, send } = await open();
    send({ what: "journal-changed", told: "replaced" });
    await tick();
    expect(get("journal-failing").textContent).toContain("Another file lies in the journal");
    const file = "/home/shop/journal.rescued-42.sqlite";
    send({ what: "fault", told: sampleFault("journal_replaced", { file }) });
    await tick();
    expect(get("error").textContent).toContain(file);
    send({ what: "journal-changed", told: "serving" });
    await tick();
    expect(find("journal-failing")).toBeNull();
  });

  it("of a past that is not the known one are there from the start", async () => {
    const history_fault = sampleFault("history_broken");
    const { get } = await open(sampleStart({ history_fault }));
    expect(get("error").dataset["code"]).toBe("history_broken");
  });

  it("of the disk can be tried again by hand", async () => {
    const { find, get, send, touch, ipc } = await open();
    send({ what: "journal-changed", told: "failing" });
    await tick();
    ipc.retryJournal.mockRejectedValueOnce(sampleFault("journal_unwritable"));
    await touch("journal-retry");
    expect(get("error").dataset["code"]).toBe("journal_unwritable");
    expect(get("journal-failing")).toBeTruthy();
    await touch("journal-retry");
    expect(ipc.retryJournal).toHaveBeenCalledTimes(2);
    expect(find("journal-failing")).toBeNull();
  });

  it("come one after the other, each read", async () => {
    const { stores, get, find, touch } = await open();
    stores.errors.fail(sampleFault("gateway_timeout"));
    stores.errors.fail(sampleFault("journal_unwritable"));
    stores.errors.fail(sampleFault("journal_unwritable"));
    await tick();
    expect(get("error").dataset["code"]).toBe("gateway_timeout");
    await touch("error-dismiss");
    expect(get("error").dataset["code"]).toBe("journal_unwritable");
    await touch("error-dismiss");
    expect(find("error")).toBeNull();
  });

  it("are not put away by an Enter that was on its way, nor does it charge", async () => {
    const { stores, get, ipc } = await open();
    await key("5");
    stores.errors.fail(sampleFault("gateway_timeout"));
    await tick();
    await key("Enter");
    expect(get("error")).toBeTruthy();
    expect(ipc.charge).not.toHaveBeenCalled();
  });

  it("say something of a code nobody knows", async () => {
    const { stores, get } = await open();
    stores.errors.fail(sampleFault("of_the_future"));
    await tick();
    expect(get("error").textContent).toContain("of_the_future");
  });

  it("lead to the settings when the key is the cause", async () => {
    const { stores, get, screen } = await open();
    stores.errors.fail(sampleFault("key_missing"));
    await tick();
    await fireEvent.click(screen.getByText("Open the settings"));
    expect(get("settings")).toBeTruthy();
  });
});

it("a till that cannot be opened says so on the whole screen, and can be tried again", async () => {
  const { ipc } = fakeIpc();
  ipc.start.mockRejectedValueOnce(sampleFault("journal_corrupt"));
  const stores = createStores(ipc);
  const screen = render(App, { props: { stores } });
  await stores.startup.open();
  await tick();
  expect(screen.getByTestId("error").dataset["code"]).toBe("journal_corrupt");
  expect(screen.queryByTestId("nav-pad")).toBeNull();
  await fireEvent.click(screen.getByText("Try again"));
  await settle();
  expect(screen.getByTestId("pad")).toBeTruthy();
});

describe("while the till opens", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("nothing is painted that a pad would follow at once; a start that takes its time is told", async () => {
    const answer = held<Start>();
    const { ipc } = fakeIpc();
    ipc.start.mockReturnValue(answer.promise);
    const stores = createStores(ipc);
    const screen = render(App, { props: { stores } });
    void stores.startup.open();
    await tick();
    const shell = screen.container.querySelector<HTMLElement>(".shell");
    expect(shell?.hidden).toBe(true);
    await vi.advanceTimersByTimeAsync(300);
    expect(shell?.hidden).toBe(false);
    expect(screen.getByText("Opening the till…")).toBeTruthy();
    answer.keep(sampleStart());
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByTestId("pad")).toBeTruthy();
    expect(shell?.hidden).toBe(false);
  });

  it("the pad waits for the letters that it is written in", async () => {
    const letters = held<FontFace[]>();
    const load = vi.fn((_font: string, _text?: string) => letters.promise);
    Object.defineProperty(document, "fonts", {
      value: { load, ready: letters.promise },
      configurable: true,
    });
    const settings = { ...sampleStart().settings, language: "ru" };
    const stores = createStores(fakeIpc(sampleStart({ settings })).ipc);
    const screen = render(App, { props: { stores } });
    void stores.startup.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.queryByTestId("pad")).toBeNull();
    letters.keep([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByTestId("pad")).toBeTruthy();
    load.mockReturnValue(held<FontFace[]>().promise);
    void stores.startup.open();
    await vi.advanceTimersByTimeAsync(2500);
    expect(screen.getByTestId("pad"), "letters that never come").toBeTruthy();
    expect(load.mock.calls.map(([, text]) => text)).toContain("Русский");
    Reflect.deleteProperty(document, "fonts");
  });
});

describe("after a reload of the window", () => {
  it("the open sale that was in front is in front", async () => {
    const start = sampleStart({ open_sales: [sampleSale()] });
    const before = await open(start);
    before.stores.currentSale.show(42);
    before.screen.unmount();
    const { get } = await open(start);
    expect(get("payment").dataset["number"]).toBe("42");
  });

  it("the till is told what the cashier looks at, and no longer looks at", async () => {
    const start = sampleStart({ open_sales: [sampleSale()] });
    const before = await open(start);
    expect(before.ipc.lookAt).toHaveBeenLastCalledWith(null);
    before.stores.currentSale.show(42);
    expect(before.ipc.lookAt).toHaveBeenLastCalledWith(42);
    before.screen.unmount();
    const { ipc, touch } = await open(start);
    expect(ipc.lookAt).toHaveBeenLastCalledWith(42);
    await touch("nav-settings");
    expect(ipc.lookAt).toHaveBeenLastCalledWith(null);
  });

  it("so is one that was paid meanwhile", async () => {
    const before = await open(sampleStart({ open_sales: [sampleSale()] }));
    before.stores.currentSale.show(42);
    before.screen.unmount();
    const { ipc } = fakeIpc();
    ipc.sale.mockResolvedValue(sampleSale({ state: "paid" }));
    const stores = createStores(ipc);
    const screen = render(App, { props: { stores } });
    await stores.startup.open();
    await tick();
    expect(screen.getByTestId("paid")).toBeTruthy();
  });

  it("a payment that nobody has seen rings when the till comes up", async () => {
    const sale = sampleSale({ number: 7, state: "paid" });
    const { get, find, ipc, touch } = await open(sampleStart({ unseen_sales: [sale] }));
    expect(get("alarm").dataset["number"]).toBe("7");
    await touch("alarm-dismiss");
    expect(ipc.paymentSeen).toHaveBeenCalledWith(7);
    expect(find("alarm")).toBeNull();
  });

  it("practice and the shop do not mix up their numbers", async () => {
    const before = await open(sampleStart({ mode: "practice", open_sales: [sampleSale()] }));
    before.stores.currentSale.show(42);
    before.screen.unmount();
    const { get, ipc } = await open();
    expect(get("pad")).toBeTruthy();
    expect(ipc.sale).not.toHaveBeenCalled();
  });
});

describe("another gateway than cru.cash", () => {
  const elsewhere = sampleStart({ gateway: "127.0.0.1:4141" });

  it("is named on every screen, and the rules are the live ones", async () => {
    const { touch, get } = await open(elsewhere);
    for (const screen of ["nav-sales", "nav-day", "nav-settings", "nav-pad"]) {
      await touch(screen);
      const badge = get("mode-badge");
      expect(badge.textContent).toContain("127.0.0.1:4141");
      expect(badge.textContent).not.toContain("Live");
      expect({ ...badge.dataset }).toMatchObject({ mode: "live", gateway: "127.0.0.1:4141" });
    }
  });

  it("is no badge of cru.cash or of practice", async () => {
    const { get } = await open(sampleStart());
    expect(get("mode-badge").textContent).toBe("Live");
    expect(get("mode-badge").dataset["gateway"]).toBeUndefined();
    expect(otherGateway("practice", "127.0.0.1:4141")).toBeNull();
    expect(otherGateway("live", "practice")).toBeNull();
    // Only that very host takes real money.
    expect(otherGateway("live", "api.cru.cash.example")).toBe("api.cru.cash.example");
  });
});

describe("first run", () => {
  const fresh = sampleStart({ key: "none" });

  it("offers practice", async () => {
    const { touch, get, ipc } = await open(fresh);
    expect(get("setup")).toBeTruthy();
    await touch("setup-practice");
    expect(ipc.switchMode).toHaveBeenCalledExactlyOnceWith("practice");
    expect(get("pad")).toBeTruthy();
    expect(get("mode-badge").dataset["mode"]).toBe("practice");
  });

  it("takes the key, hides it and forgets it", async () => {
    const { get, ipc, stores } = await open(fresh);
    const field = get("setup-key") as HTMLInputElement;
    expect([field.type, field.autocomplete]).toEqual(["password", "off"]);
    await fireEvent.input(field, { target: { value: " canary-key " } });
    await fireEvent.click(get("setup-key-save"));
    await settle();
    expect(ipc.setKey).toHaveBeenCalledExactlyOnceWith("canary-key", false, null);
    expect(get("pad")).toBeTruthy();
    expect(document.body.innerHTML).not.toContain("canary");
    expect(JSON.stringify(Object.values(sessionStorage))).not.toContain("canary");
    expect(stores.apiKey.status).toBe("stored");
  });

  it("says what the keychain said, and asks it again", async () => {
    const { get, ipc, screen } = await open(
      sampleStart({ key: null, key_fault: sampleFault("keychain_locked") }),
    );
    expect(get("setup-key-fault").dataset["code"]).toBe("keychain_locked");
    await fireEvent.click(screen.getByText("Try again"));
    await settle();
    expect(ipc.keyStatus).toHaveBeenCalledOnce();
    expect(get("pad")).toBeTruthy();
  });

  it("keeps the wrong key's field for mending", async () => {
    const { get, ipc } = await open(fresh);
    ipc.setKey.mockRejectedValue(sampleFault("key_invalid"));
    await fireEvent.input(get("setup-key"), { target: { value: "x" } });
    await fireEvent.click(get("setup-key-save"));
    await settle();
    expect(get("error").dataset["code"]).toBe("key_invalid");
    expect(get("setup")).toBeTruthy();
  });
});

describe("settings", () => {
  const inSettings = async (start = sampleStart()) => {
    const opened = await open(start);
    await opened.touch("nav-settings");
    return opened;
  };

  it("are saved whole, and the language changes at once", async () => {
    const { get, ipc } = await inSettings();
    await fireEvent.change(get("settings-currency"), { target: { value: "RUB" } });
    await fireEvent.input(get("settings-lifetime"), { target: { value: "30" } });
    await fireEvent.change(get("settings-language"), { target: { value: "de" } });
    await fireEvent.input(get("settings-webhook"), {
      target: { value: "https://shop.example/in" },
    });
    await fireEvent.click(get("settings-save"));
    await settle();
    expect(ipc.saveSettings).toHaveBeenCalledExactlyOnceWith({
      ...sampleStart().settings,
      currency: "RUB",
      lifetime_minutes: 30,
      language: "de",
      entry_style: null,
      description: null,
      webhook: "https://shop.example/in",
      redirect_url: null,
      zone: null,
      calls_per_minute: 30,
      backup_folder: null,
    });
    expect(get("settings").textContent).toContain("Gespeichert");
    expect(document.documentElement.lang).toBe("de");
    await fireEvent.click(get("nav-pad"));
    expect(get("pad-amount").textContent).toMatch(/0,00\s₽/);
  });

  it("show what Rust refuses beside each field, and keep what was typed", async () => {
    const { get, find, ipc, touch } = await inSettings();
    const refused = sampleFieldFault("lifetime_minutes", "calls_per_minute", "kiosk.offers");
    ipc.saveSettings.mockRejectedValueOnce(refused);
    await touch("settings-tab-shop");
    await fireEvent.click(get("settings-save"));
    await settle();
    // The section of the first wrong field.
    for (const id of ["settings-lifetime", "settings-calls-per-minute"]) {
      const input = get(id);
      expect(input.getAttribute("aria-invalid"), id).toBe("true");
      const said = document.getElementById(input.getAttribute("aria-describedby") ?? "");
      expect(said?.textContent, id).toMatch(/\d/);
    }
    expect(get("settings-calls-per-minute").closest("details")?.open).toBe(true);
    expect(get("settings-webhook").getAttribute("aria-invalid")).toBeNull();
    expect(find("error")).toBeNull();
    expect(get("settings").textContent).not.toContain("Saved");
    await touch("settings-tab-counter");
    expect(document.getElementById("offers-problem")).not.toBeNull();

    await touch("settings-tab-till");
    await fireEvent.input(get("settings-lifetime"), { target: { value: "20" } });
    await fireEvent.click(get("settings-save"));
    await settle();
    expect(ipc.saveSettings).toHaveBeenLastCalledWith(
      expect.objectContaining({ lifetime_minutes: 20 }),
    );
    expect(get("settings-lifetime").getAttribute("aria-invalid")).toBeNull();
  });

  it("say which could not be read, until they are saved", async () => {
    const unread_settings = [{ field: "zone", problem: "is wrong" }];
    const { get, find, touch } = await open(sampleStart({ unread_settings }));
    expect(get("settings-unread")).toBeTruthy();
    await touch("settings-unread-open");
    expect(get("settings-zone").getAttribute("aria-invalid")).toBe("true");
    await fireEvent.click(get("settings-save"));
    await settle();
    expect(get("settings-zone").getAttribute("aria-invalid")).toBeNull();
    await touch("nav-pad");
    expect(find("settings-unread")).toBeNull();
  });

  it("send text that is no number to Rust", async () => {
    const { get, ipc } = await inSettings();
    await fireEvent.input(get("settings-lifetime"), { target: { value: "ten" } });
    await fireEvent.click(get("settings-save"));
    expect(ipc.saveSettings).toHaveBeenCalledWith(
      expect.objectContaining({ lifetime_minutes: "ten" }),
    );
  });

  it("remove the key only when asked twice", async () => {
    const { get, touch, ipc } = await inSettings();
    expect(get("settings-key-status").dataset["state"]).toBe("stored");
    await touch("settings-key-clear");
    expect(ipc.clearKey).not.toHaveBeenCalled();
    await touch("settings-key-clear-confirm");
    expect(ipc.clearKey).toHaveBeenCalledOnce();
    expect(get("settings-key-status").dataset["state"]).toBe("none");
  });

  it("take a new key and show none", async () => {
    const { get, touch, ipc } = await inSettings();
    const field = get("settings-key") as HTMLInputElement;
    expect([field.type, field.value]).toEqual(["password", ""]);
    await fireEvent.input(field, { target: { value: "canary-key" } });
    await touch("settings-key-save");
    expect(ipc.setKey).toHaveBeenCalledExactlyOnceWith("canary-key", false, null);
    expect((get("settings-key") as HTMLInputElement).value).toBe("");
  });

  it("ask before a key loses open codes from sight, and keep the key unless told otherwise", async () => {
    const { get, find, touch, ipc } = await inSettings();
    const inUse = sampleFault("key_in_use", { count: "2" });
    ipc.setKey.mockImplementation(async (_key, loseOpen) => {
      if (!loseOpen) throw inUse;
      return "stored";
    });
    const typed = async () => {
      await fireEvent.input(get("settings-key"), { target: { value: "canary-key" } });
      await touch("settings-key-save");
    };
    await typed();
    expect(get("key-in-use-say").dataset["count"]).toBe("2");
    expect(get("key-in-use-say").textContent).toContain("2 codes");
    expect(find("error")).toBeNull();
    await touch("key-keep");
    expect(find("key-in-use")).toBeNull();
    expect(ipc.setKey).toHaveBeenCalledExactlyOnceWith("canary-key", false, null);
    expect((get("settings-key") as HTMLInputElement).value).toBe("canary-key");
    await typed();
    await touch("key-lose-open");
    expect(ipc.setKey).toHaveBeenLastCalledWith("canary-key", true, null);
    expect((get("settings-key") as HTMLInputElement).value).toBe("");

    ipc.clearKey.mockRejectedValueOnce(inUse);
    await touch("settings-key-clear");
    await touch("settings-key-clear-confirm");
    expect(get("settings-key-status").dataset["state"]).toBe("stored");
    await touch("key-lose-open");
    expect(ipc.clearKey).toHaveBeenLastCalledWith(true, null);
    expect(get("settings-key-status").dataset["state"]).toBe("none");
  });

  it("lead into practice and out again", async () => {
    const { touch, get, ipc } = await inSettings();
    await touch("settings-practice");
    expect(get("mode-badge").dataset["mode"]).toBe("practice");
    await touch("nav-settings", "settings-practice");
    expect(ipc.switchMode.mock.calls).toEqual([["practice"], ["live"]]);
    expect(get("mode-badge").dataset["mode"]).toBe("live");
  });
});

describe("the window is not a browser", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(["contextmenu", "dragstart", "dragover", "drop"])("%s is refused", (kind) => {
    blockBrowserActions(window);
    const event = new Event(kind, { bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
  });

  it("zoom by wheel is refused, scrolling is not", () => {
    blockBrowserActions(window);
    const wheel = (ctrlKey: boolean) => {
      const event = new WheelEvent("wheel", { ctrlKey, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect([wheel(true), wheel(false)]).toEqual([true, false]);
  });

  it("two fingers do not zoom, one taps and scrolls", () => {
    blockBrowserActions(window);
    const touch = (fingers: number) => {
      const event = new Event("touchmove", { bubbles: true, cancelable: true });
      Object.defineProperty(event, "touches", { value: { length: fingers } });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect([touch(2), touch(1)]).toEqual([true, false]);
  });

  it("reload, zoom and print are no keys of a till, digits and editing are", () => {
    const press = (name: string, ctrlKey = false) =>
      isBrowserKey({ key: name, ctrlKey, metaKey: false, altKey: false });
    expect(["F5", "BrowserBack"].map((name) => press(name))).toEqual([true, true]);
    expect(["r", "R", "+", "-", "0", "p"].every((name) => press(name, true))).toBe(true);
    expect(["0", "+", "-", "r", "Enter"].some((name) => press(name))).toBe(false);
    expect(["c", "v", "x", "a", "z"].some((name) => press(name, true))).toBe(false);
  });
});

describe("a journal that cannot be opened", () => {
  const broken = async () => {
    const fake = fakeIpc();
    fake.ipc.start.mockRejectedValueOnce(sampleFault("journal_corrupt"));
    const stores = createStores(fake.ipc);
    const screen = render(App, { props: { stores } });
    await stores.startup.open();
    await settle();
    const tap = (id: string) => fireEvent.click(screen.getByTestId(id));
    return { ...fake, screen, tap };
  };

  it("is replaced by the copy that was shown, after two taps", async () => {
    const { ipc, screen, tap } = await broken();
    const offer = screen.getByTestId("restore-offer");
    expect(offer.textContent).toContain("412 sales");
    expect(offer.textContent).toContain("What was sold after it is not in it");
    await tap("restore-accept");
    expect(ipc.restoreFromOffer).not.toHaveBeenCalled();
    await tap("restore-sure");
    await settle();
    expect(ipc.restoreFromOffer).toHaveBeenCalledWith("9f2c", null);
    expect(screen.getByTestId("pad")).toBeTruthy();
  });

  it("is replaced by a chosen copy, or by none", async () => {
    const { ipc, screen, tap } = await broken();
    // The file dialog was cancelled, so the offer stays.
    await tap("restore-choose");
    await settle();
    expect(screen.getByTestId("restore-offer").dataset["head"]).toBe("9f2c");
    ipc.chooseRestoreFile.mockResolvedValueOnce(sampleOffer({ head: "77", lost: 3 }));
    await tap("restore-choose");
    await settle();
    expect(screen.getByTestId("restore-offer").dataset["head"]).toBe("77");
    expect(screen.getByTestId("restore-offer").textContent).toContain("3 later entries");
    ipc.restoreFromOffer.mockRejectedValueOnce(sampleFault("journal_in_use"));
    await tap("restore-accept");
    await tap("restore-sure");
    await settle();
    expect(screen.getByTestId("restore").textContent).toContain("Another program");
    expect(screen.queryByTestId("pad")).toBeNull();
  });
});

describe("the sections of the settings", () => {
  it("begins each section of the settings at its top", async () => {
    const { get, touch } = await open();
    await touch("nav-settings", "settings-tab-counter");
    const body = get("settings").querySelector("[role=tabpanel]") as HTMLElement;
    body.scrollTop = 200;
    await touch("settings-tab-shop");
    expect(body.scrollTop).toBe(0);
  });

  it("are saved as one, and a wrong field is gone to", async () => {
    const { ipc, get, find, touch } = await open();
    await touch("nav-settings", "settings-tab-shop");
    await fireEvent.input(get("settings-shop-name"), { target: { value: "Café" } });
    await touch("settings-tax-add");
    await fireEvent.input(get("settings-tax-name"), { target: { value: "VAT" } });
    await fireEvent.input(get("settings-tax-percent"), { target: { value: "x" } });
    ipc.saveSettings.mockRejectedValueOnce(sampleFieldFault("tax_rates"));
    await touch("settings-tab-printer", "settings-save");
    expect(find("settings-tax-percent")).toBeTruthy();
    await fireEvent.input(get("settings-tax-percent"), { target: { value: "5,5" } });
    await touch("settings-tab-printer", "settings-printer-network");
    await fireEvent.input(get("settings-printer-host"), { target: { value: "printer" } });
    await touch("settings-save");
    expect(ipc.saveSettings.mock.lastCall?.[0]).toMatchObject({
      shop: { name: "Café" },
      tax_rates: [{ name: "VAT", rate: 550 }],
      printing: { printer: { kind: "network", host: "printer", port: 9101 } },
    });
    // Saved settings can be tested.
    await touch("settings-printer-test");
    expect(ipc.printerTest).toHaveBeenCalledOnce();
  });

  it("take a printer that was looked for, and no address has to be typed", async () => {
    const { ipc, get, screen, touch } = await open();
    await touch("nav-settings", "settings-tab-printer", "settings-printer-look");
    const offered = screen.getAllByTestId("settings-printer-nearby");
    expect(offered[1]?.textContent).toContain("Star mC-Print3");
    await fireEvent.click(offered[1]!);
    await touch("settings-save");
    expect(ipc.saveSettings.mock.lastCall?.[0]).toMatchObject({
      printing: { printer: { kind: "network", host: "192.168.1.20", port: 9100 } },
    });
    ipc.nearbyPrinters.mockResolvedValueOnce([]);
    await touch("settings-printer-look");
    expect(get("settings-printer-looked").textContent).not.toBe("");
  });

  it("a copy that cannot be made is in sight everywhere, and leads to its section", async () => {
    const { send, get, find, touch } = await open();
    expect(find("backup-sign")).toBeNull();
    send({ what: "backup-changed", told: sampleBackup({ status: "folder-missing" }) });
    await tick();
    await touch("backup-sign");
    expect(get("backup")).toBeTruthy();
  });
});
