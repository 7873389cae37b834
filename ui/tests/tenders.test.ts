import { fireEvent } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Settings } from "../src/bindings/Settings";
import type { SaleView } from "../src/bindings/SaleView";
import type { TenderChoice } from "../src/bindings/TenderChoice";
import type { NetworkState } from "../src/bindings/NetworkState";
import { format } from "../src/messages";
import { sampleDetail } from "../dev/book-samples";
import {
  eur,
  sampleFault,
  sampleFieldFault,
  sampleOptions,
  sampleSale,
  sampleStart,
  sampleTender,
} from "../dev/samples";
import { key, open, settle } from "./screen-harness";

const CRYPTO: TenderChoice = { way: "crypto" };
const CASH: TenderChoice = { way: "cash" };
const CARD: TenderChoice = { way: "card" };
const own = (id: string, name = id): TenderChoice => ({ way: "own", id, name });

const taking = (tenders: TenderChoice[], more: Parameters<typeof sampleStart>[0] = {}) =>
  sampleStart({ settings: { ...sampleStart().settings, tenders }, ...more });

async function shop(tenders: TenderChoice[] = [CRYPTO, CASH, CARD], more = {}) {
  const till = await open(taking(tenders, more));
  const row = () =>
    [...till.get("pad").querySelectorAll<HTMLElement>("[role=group] [data-testid]")]
      .map((button) => button.dataset["testid"])
      .filter((id) => id !== "crypto-trouble");
  const disabled = (id: string) => (till.get(id) as HTMLButtonElement).disabled;
  return { ...till, row, disabled };
}

async function front(changes: Partial<SaleView>, tenders = [CRYPTO, CASH, CARD], more = {}) {
  const sale = sampleSale(changes);
  const till = await open(taking(tenders, { open_sales: [sale], ...more }));
  till.stores.currentSale.show(sale.number);
  await settle();
  return till;
}

const part = (changes: Partial<SaleView> = {}): Partial<SaleView> => ({
  state: "part_paid",
  outstanding: eur(750),
  tenders: [sampleTender()],
  attempt: 0,
  invoice_id: null,
  ...changes,
});

describe("the pad", () => {
  it("looks as ever with crypto alone", async () => {
    const { get, find, touch, ipc } = await open();
    expect(find("pay-cash")).toBeNull();
    expect(find("pad-network")).toBeNull();
    expect(get("pad").querySelector("[role=group]")).toBeNull();
    await touch("key-5", "key-00", "charge");
    expect(ipc.charge.mock.calls[0]?.[0]).not.toHaveProperty("tender");
    expect(ipc.tenderOptions).not.toHaveBeenCalled();
    expect(find("payment-otherwise")).toBeNull();
  });

  it("shows a row of buttons in the shop's order", async () => {
    const { row } = await shop([CASH, CRYPTO, own("voucher", "Voucher"), CARD]);
    expect(row()).toEqual(["pay-cash", "charge", "pay-own-voucher", "pay-card"]);
  });

  it("has what does not fit behind More, never crypto", async () => {
    const { row, touch, get, ipc } = await shop([CASH, CARD, own("a"), own("b"), CRYPTO]);
    expect(row()).toEqual(["pay-cash", "pay-card", "charge", "pay-more"]);
    await touch("key-5", "key-00", "pay-more");
    expect(get("choose-tender").textContent).toContain("a");
    await touch("pay-own-b");
    await touch("tender-take");
    expect(ipc.charge.mock.calls[0]?.[0].tender).toEqual({ way: "own", own: "b" });
  });

  it("takes the first of them by Enter", async () => {
    const { find, ipc } = await shop([CASH, CRYPTO]);
    for (const name of ["5", "0", "0", "Enter"]) await key(name);
    await settle();
    expect(find("tender")).not.toBeNull();
    expect(ipc.charge).not.toHaveBeenCalled();
  });

  it("greys crypto below its minimum, with the reason; cash knows none", async () => {
    const { touch, disabled, get, find, ipc } = await shop();
    await touch("key-9", "key-9");
    expect(disabled("charge")).toBe(true);
    expect(get("crypto-trouble").textContent).toContain("€1.00");
    expect(disabled("pay-cash")).toBe(false);
    await key("Enter");
    expect(ipc.charge).not.toHaveBeenCalled();
    await touch("key-9");
    expect(disabled("charge")).toBe(false);
    expect(find("crypto-trouble")).toBeNull();
  });

  it("is there without a key when something else is taken, and crypto says what is missing", async () => {
    const { get, find, disabled, touch } = await shop([CRYPTO, CASH], { key: "none" });
    expect(find("setup")).toBeNull();
    await touch("key-5", "key-00");
    expect(get("crypto-trouble").textContent).toContain("key");
    expect(disabled("charge")).toBe(false);
    const alone = await open(sampleStart({ key: "none" }));
    expect(alone.find("setup")).not.toBeNull();
  });

  it("can switch something on before there is a key", async () => {
    const { touch, get } = await open(sampleStart({ key: "none" }));
    await touch("setup-tenders");
    expect(get("settings-tender-cash")).toBeTruthy();
    await touch("settings-tender-cash", "settings-save");
    await touch("nav-pad");
    expect(get("pay-cash")).toBeTruthy();
  });

  it.each<NetworkState>(["offline", "retrying"])(
    "says while the network is %s that crypto waits, and blocks nothing",
    async (network) => {
      const { get, disabled, touch } = await shop([CRYPTO, CASH], { network });
      expect(get("pad-network").textContent).toContain("crypto waits");
      await touch("key-5", "key-00");
      expect([disabled("charge"), disabled("pay-cash")]).toEqual([false, false]);
      const cashOnly = await shop([CASH], { network });
      expect(cashOnly.screen.queryAllByTestId("pad-network")).toHaveLength(1);
    },
  );

  it("asks for a tip before the tender, and takes it with it", async () => {
    const { settings } = sampleStart();
    const tips = { ask: true, percents: [1000], round_up: false };
    const { touch, ipc, get } = await open(
      taking([CRYPTO, CASH], { settings: { ...settings, tenders: [CRYPTO, CASH], tips } }),
    );
    await touch("key-5", "key-00", "pay-cash", "tip-percent");
    expect(get("tender-due").textContent).toBe("€5.50");
    await touch("cash-exact");
    expect(ipc.charge.mock.calls[0]?.[0]).toMatchObject({
      amount: eur(550),
      tender: { way: "cash" },
    });
  });
});

describe("cash", () => {
  const typeSum = async (text: string) => {
    // As unevenly as a person.
    for (const [index, digit] of [...text].entries()) await key(digit, 180 + ((index * 67) % 190));
  };

  it("takes 3.50 exact in five taps", async () => {
    const { touch, ipc, get } = await shop();
    await touch("key-3", "key-5", "key-0", "pay-cash");
    ipc.charge.mockResolvedValueOnce(
      sampleSale({ state: "paid", amount: eur(350), tenders: [sampleTender()], unseen: false }),
    );
    await touch("cash-exact");
    expect(ipc.charge.mock.calls[0]?.[0]).toMatchObject({
      amount: eur(350),
      tender: { way: "cash" },
    });
    expect(ipc.charge.mock.calls[0]?.[0].tender).not.toHaveProperty("given");
    expect(get("paid")).toBeTruthy();
  });

  it("takes 13.40 with a 20 note in two taps after the digits", async () => {
    const { touch, ipc, screen } = await shop();
    await touch("key-1", "key-3", "key-4", "key-0", "pay-cash");
    const notes = screen.getAllByTestId("cash-given");
    expect(notes.map((note) => note.dataset["minor"])).toEqual(["1400", "1500", "2000", "5000"]);
    await fireEvent.click(notes[2] as Element);
    await settle();
    expect(ipc.charge.mock.calls[0]?.[0].tender).toEqual({ way: "cash", given: eur(2000) });
  });

  it("shows the change while what was given is typed, and Enter takes it", async () => {
    const { touch, ipc, get, find } = await shop();
    await touch("key-1", "key-3", "key-4", "key-0", "pay-cash");
    // The focus is on a suggestion: Enter must not press it after digits.
    get("cash-exact").focus();
    await typeSum("2000");
    expect(get("tender-change").textContent).toBe("€6.60");
    expect(find("cash-exact")).toBeNull();
    await key("Enter", 400);
    await settle();
    expect(ipc.charge.mock.calls[0]?.[0].tender).toEqual({ way: "cash", given: eur(2000) });
  });

  it("takes exactly what is due by Enter alone", async () => {
    const { touch, ipc } = await shop();
    await touch("key-5", "key-00", "pay-cash");
    await key("Enter");
    await settle();
    expect(ipc.charge.mock.calls[0]?.[0].tender).toEqual({ way: "cash" });
  });

  it("says of a part what is left and by what it can be paid, before it is taken", async () => {
    const { touch, ipc, get, find } = await shop();
    await touch("key-1", "key-3", "key-4", "key-0", "pay-cash");
    await typeSum("1000");
    await settle();
    expect(get("tender-rest").textContent).toBe("€3.40");
    expect(get("tender-rest-ways").textContent).toContain("Crypto, Cash, Card");
    expect(find("tender-rest-crypto")).toBeNull();
    expect(get("tender-take").textContent).toContain("part");
    await key("Enter", 400);
    await settle();
    expect(ipc.tenderOptions).toHaveBeenCalledWith(eur(1340), eur(1000));
    expect(ipc.charge.mock.calls[0]?.[0].tender).toEqual({ way: "cash", given: eur(1000) });
  });

  it("tells of a rest that is too little for crypto", async () => {
    const { touch, get } = await shop();
    await touch("key-1", "key-3", "key-4", "key-0", "pay-cash");
    await typeSum("1300");
    await settle();
    expect(get("tender-rest-ways").textContent).not.toContain("Crypto");
    expect(get("tender-rest-crypto").textContent).toContain("€1.00");
  });

  it("takes no part before its rest was told", async () => {
    const { touch, ipc, get } = await shop();
    await touch("key-1", "key-3", "key-4", "key-0", "pay-cash");
    ipc.tenderOptions.mockReturnValue(new Promise(() => undefined));
    await typeSum("1000");
    expect(get("tender-take")).toHaveProperty("disabled", true);
    await key("Enter");
    expect(ipc.charge).not.toHaveBeenCalled();
  });

  it("names the rounding, and refuses what is all but the rounding", async () => {
    const { touch, ipc, get } = await shop();
    ipc.tenderOptions.mockImplementation(async (outstanding, taken) =>
      sampleOptions([CASH], outstanding, taken, 2),
    );
    await touch("key-1", "key-3", "key-4", "key-3", "pay-cash");
    expect(get("tender-due").textContent).toBe("€13.45");
    expect(get("tender-rounding").textContent).toContain("€13.43");
    expect(get("tender-rounding").textContent).toContain("€0.02");
    await typeSum("1344");
    expect(get("tender-wrong").textContent).toContain("€13.45");
    expect(get("tender-take")).toHaveProperty("disabled", true);
  });

  it("an answer that says no leaves the dialog and the amount", async () => {
    const { touch, ipc, get } = await shop();
    await touch("key-5", "key-00", "pay-cash");
    ipc.charge.mockRejectedValueOnce(sampleFault("journal_unwritable"));
    await touch("cash-exact");
    expect(get("error").dataset["code"]).toBe("journal_unwritable");
    await touch("error-dismiss", "cash-exact");
    const taps = ipc.charge.mock.calls.map(([charge]) => charge.tap);
    expect(taps[0]).toBe(taps[1]);
  });

  it("does not take a scanned code for an amount", async () => {
    const { touch, get, find } = await shop();
    await touch("key-5", "key-00", "pay-cash");
    let gap_ms = 2000;
    for (const name of [..."4006381333931", "Enter"]) {
      await key(name, gap_ms);
      gap_ms = 9;
    }
    expect(find("tender-typed")).toBeNull();
    expect(get("tender")).toBeTruthy();
  });
});

describe("card", () => {
  it("takes two taps after the amount", async () => {
    const { touch, ipc } = await shop();
    await touch("key-5", "key-00", "pay-card");
    await touch("tender-take");
    expect(ipc.charge.mock.calls[0]?.[0].tender).toEqual({ way: "card" });
  });

  it("takes a part, but not more than is due", async () => {
    const { touch, ipc, get } = await shop();
    await touch("key-5", "key-00", "pay-card");
    for (const digit of "501") await key(digit);
    expect(get("tender-wrong").textContent).toContain("€5.00");
    expect(get("tender-take")).toHaveProperty("disabled", true);
    for (const name of ["Backspace", "0"]) await key(name);
    expect(get("tender-take")).toHaveProperty("disabled", false);
    await key("Backspace");
    await key("Backspace");
    for (const digit of "00") await key(digit);
    await key("Backspace");
    await settle();
    expect(get("tender-typed").textContent).toBe("€0.50");
    await touch("tender-take");
    expect(ipc.charge.mock.calls[0]?.[0].tender).toEqual({ way: "card", amount: eur(50) });
  });
});

describe("a sale that is paid in part", () => {
  it("shows what was paid by what and what is left, with the next tender one tap away", async () => {
    const { get, find, touch, ipc } = await front(part());
    expect(get("payment-amount").textContent).toBe("€7.50");
    expect(get("payment-outstanding").textContent).toContain("€12.50");
    expect(get("spoken").textContent).toContain("€7.50");
    expect(get("payment-parts").textContent).toContain("€5.00");
    expect(get("payment-parts").textContent).toContain("Cash");
    expect(find("payment-code-watched")).toBeNull();
    await touch("charge");
    expect(ipc.tryAgain).toHaveBeenCalledWith(42);
  });

  it("takes the rest in cash, under the number that comes next", async () => {
    const { touch, ipc, get } = await front(part());
    await touch("pay-cash");
    expect(get("tender-due").textContent).toBe("€7.50");
    await touch("cash-exact");
    expect(ipc.takeTender).toHaveBeenCalledWith(42, { way: "cash", tender: 2 });
    expect(get("paid")).toBeTruthy();
  });

  it("cannot ask for a rest in crypto that is too little for it", async () => {
    const { get } = await front(part({ outstanding: eur(60) }));
    expect(get("charge")).toHaveProperty("disabled", true);
    expect(get("crypto-trouble").textContent).toContain("€1.00");
  });

  it("says that an earlier code stays watched", async () => {
    const { get } = await front(part({ attempt: 1, invoice_id: "x" }));
    expect(get("payment-code-watched").textContent).toContain("watched");
  });

  it("names crypto among what was paid", async () => {
    const { get, find } = await front(part({ attempt: 1, invoice_id: "x", outstanding: eur(450) }));
    expect(get("payment-parts").textContent).toContain("Crypto");
    expect(get("payment-parts").textContent).toContain("€3.00");
    expect(find("payment-code-watched")).toBeNull();
  });

  it("asks in crypto for the rest alone", async () => {
    const { get } = await front(part({ state: "awaiting", attempt: 1, invoice_id: "x" }));
    expect(get("payment-amount").textContent).toBe("€7.50");
    expect(get("payment-qr")).toBeTruthy();
  });

  it("takes a tender back with a reason", async () => {
    const { touch, ipc, get } = await front(part());
    await touch("tender-take-back", "tender-back-save");
    expect(ipc.takeBackTender).not.toHaveBeenCalled();
    await fireEvent.input(get("tender-back-reason"), { target: { value: "by mistake" } });
    ipc.takeBackTender.mockRejectedValueOnce(sampleFault("tender_closed"));
    await touch("tender-back-save");
    expect(get("error").dataset["code"]).toBe("tender_closed");
    await touch("error-dismiss", "tender-back-save");
    expect(ipc.takeBackTender).toHaveBeenLastCalledWith(42, 1, "by mistake");
  });

  it("asks for the PIN before a tender is taken back", async () => {
    const { touch, ipc, get } = await front(part(), undefined, {
      lock: { set: true, open: false, wait_until_unix_ms: null },
    });
    await touch("tender-take-back");
    await fireEvent.input(get("tender-back-reason"), { target: { value: "by mistake" } });
    ipc.takeBackTender.mockRejectedValueOnce(sampleFault("pin_needed"));
    await touch("tender-back-save");
    expect(get("lock")).toBeTruthy();
  });
});

describe("a customer who changes their mind", () => {
  it("pays otherwise while the code stands; the screen says that it stays watched", async () => {
    const { touch, ipc, get, find } = await front({ state: "awaiting" });
    await touch("payment-otherwise");
    expect(get("choose-tender-code").textContent).toContain("watched");
    expect(find("charge")).toBeNull();
    await touch("pay-cash");
    ipc.takeTender.mockResolvedValueOnce(
      sampleSale({
        state: "paid",
        revision: 9,
        tenders: [sampleTender({ amount: eur(1250) })],
        unseen: false,
      }),
    );
    await touch("cash-exact");
    expect(get("paid-code-watched").textContent).toContain("watched");
  });

  it.each(["ended", "stopped", "refused", "uncertain"] as const)(
    "can when it is %s",
    async (state) => {
      const { find } = await front({ state });
      expect(find("payment-otherwise")).not.toBeNull();
    },
  );

  it("cannot at a till where customers stand alone", async () => {
    const { settings } = sampleStart();
    const kiosk = { ...settings.kiosk, self_service: true };
    const { find } = await front({ state: "awaiting" }, [CRYPTO, CASH], {
      settings: { ...settings, tenders: [CRYPTO, CASH], kiosk },
      lock: { set: true, open: false, wait_until_unix_ms: null },
    });
    expect(find("payment-otherwise")).toBeNull();
  });
});

describe("paid", () => {
  it("shows the change, and what was paid by what when there was more than one", async () => {
    const { get } = await front({
      state: "paid",
      tenders: [
        sampleTender(),
        sampleTender({ tender: 2, amount: eur(750), given: eur(1000), change: eur(250) }),
      ],
      change: eur(250),
      attempt: 0,
      invoice_id: null,
    });
    expect(get("paid-change").textContent).toBe("€2.50");
    expect(get("spoken").textContent).toContain("Change €2.50");
    expect(get("paid-parts").textContent).toMatch(/Cash €5.00\s*Cash €7.50/);
  });

  it("shows neither without", async () => {
    const { find } = await front({
      state: "paid",
      change: eur(0),
      tenders: [sampleTender({ amount: eur(1250) })],
      attempt: 0,
      invoice_id: null,
    });
    expect(find("paid-change")).toBeNull();
    expect(find("paid-parts")).toBeNull();
    const crypto = await front({ state: "paid" });
    expect(crypto.screen.queryByTestId("paid-code-watched")).toBeNull();
  });
});

describe("the page of a sale", () => {
  async function page(changes: Partial<SaleView>, tenders?: TenderChoice[]) {
    const till = await open(taking(tenders ?? [CRYPTO, CASH, CARD, own("voucher", "Voucher")]));
    till.ipc.saleDetail.mockResolvedValue(sampleDetail({ state: "paid", ...changes }));
    till.stores.navigation.toSales();
    await till.stores.book.open(42);
    await settle();
    return till;
  }
  const cash = sampleTender({
    amount: eur(1250),
    given: eur(2000),
    change: eur(748),
    rounding: eur(2),
  });

  it("has its tenders with change and rounding, and takes them back", async () => {
    const { get, find, touch } = await page({ tenders: [cash] });
    expect(get("sale-tender").dataset["way"]).toBe("cash");
    expect(get("sale-tender-change").textContent).toContain("€7.48");
    expect(get("sale-tender-rounding").textContent).toContain("€0.02");
    expect(find("sale-settled")).toBeNull();
    await touch("tender-take-back");
    expect(get("tender-back").textContent).toContain("€12.50");
  });

  it("refunds by the ways in use; what was paid by one goes back by it", async () => {
    const { get, touch, ipc, screen } = await page({
      tenders: [{ ...cash, way: "own", own: { id: "voucher", name: "Voucher" } }],
    });
    await touch("sale-refund");
    const ways = [...get("refund-way").querySelectorAll("input")].map(({ value }) => value);
    expect(ways).toEqual(["cash", "card", "own-voucher", "by_hand"]);
    expect((screen.getByTestId("refund-way-own-voucher") as HTMLInputElement).checked).toBe(true);
    await fireEvent.input(get("refund-reason"), { target: { value: "Goods" } });
    await touch("refund-save");
    expect(ipc.refund.mock.calls[0]?.[1]).toMatchObject({ way: "own", own: "voucher" });
  });

  it("refunds in cash or by hand with crypto alone", async () => {
    const { get, touch } = await page({}, [CRYPTO]);
    await touch("sale-refund");
    const ways = [...get("refund-way").querySelectorAll("input")].map(({ value }) => value);
    expect(ways).toEqual(["cash", "by_hand"]);
  });
});

describe("the settings", () => {
  async function form(tenders: TenderChoice[] = [CRYPTO]) {
    const till = await open(taking(tenders));
    till.stores.navigation.toSettings("tenders");
    await settle();
    const order = () =>
      till.screen.getAllByTestId("settings-tender").map(({ dataset }) => dataset["id"]);
    const saved = async () => {
      await till.touch("settings-save");
      await settle();
      return till.ipc.saveSettings.mock.lastCall?.[0] as Settings;
    };
    return { ...till, order, saved };
  }

  it("ask for the accounts of the bookkeeping only where more than crypto is taken", async () => {
    const start = sampleStart();
    const rates = [{ name: "VAT", rate: 700 }];
    const settings = { ...start.settings, tax_rates: rates, accounts: { cash: "1000" } };
    const { touch, screen, ipc, stores } = await open(sampleStart({ settings }));
    stores.navigation.toSettings("tenders");
    await settle();
    expect(screen.queryAllByTestId("settings-account")).toEqual([]);
    await touch("settings-tender-cash");
    const field = (what: string) =>
      screen.getAllByTestId("settings-account").find(({ dataset }) => dataset["what"] === what);
    expect((field("cash") as HTMLInputElement).value).toBe("1000");
    await fireEvent.input(field("sales:7.00") as Element, { target: { value: "8300" } });
    await touch("settings-save");
    expect(ipc.saveSettings.mock.lastCall?.[0].accounts).toEqual({
      cash: "1000",
      "sales:7.00": "8300",
    });
  });

  it("switches ways to pay on and off", async () => {
    const { touch, saved, find } = await form();
    expect(find("settings-rounding-EUR")).toBeNull();
    await touch("settings-tender-cash", "settings-tender-card");
    expect(find("settings-rounding-EUR")).not.toBeNull();
    expect((await saved()).tenders).toEqual([CRYPTO, CASH, CARD]);
    await touch("settings-tender-crypto", "settings-rounding-EUR-five");
    const { tenders, cash_rounding } = await saved();
    expect(tenders).toEqual([CASH, CARD]);
    expect(cash_rounding).toEqual({ EUR: "five", USD: "none", RUB: "none" });
  });

  it("takes up to four of the shop's own", async () => {
    const { touch, saved, screen, find } = await form();
    for (let more = 0; more < 4; more += 1) await touch("settings-tender-add");
    expect(find("settings-tender-add")).toBeNull();
    const names = screen.getAllByTestId("settings-tender-name");
    expect(document.activeElement).toBe(names[3]);
    for (const [index, name] of names.entries()) {
      await fireEvent.input(name, { target: { value: `Own ${index}` } });
    }
    await fireEvent.click(screen.getAllByTestId("settings-tender-remove")[0] as Element);
    const { tenders } = await saved();
    expect(tenders.map((tender) => ("name" in tender ? tender.name : tender.way))).toEqual([
      "crypto",
      "Own 1",
      "Own 2",
      "Own 3",
    ]);
    for (const tender of tenders) {
      if (tender.way === "own") expect(tender.id).toMatch(/^[a-z0-9-]{1,24}$/);
    }
  });

  it("moves them by buttons, and the focus goes along", async () => {
    const { screen, order, saved } = await form([CRYPTO, CASH, CARD]);
    await fireEvent.click(screen.getAllByTestId("settings-tender-up")[2] as Element);
    await settle();
    expect(order()).toEqual(["crypto", "card", "cash"]);
    expect((document.activeElement as HTMLElement).dataset["testid"]).toBe("settings-tender-up");
    await fireEvent.click(document.activeElement as Element);
    await settle();
    expect(order()).toEqual(["card", "crypto", "cash"]);
    expect((document.activeElement as HTMLElement).dataset["testid"]).toBe("settings-tender-down");
    expect((await saved()).tenders).toEqual([CARD, CRYPTO, CASH]);
  });

  it("shows what Rust refuses", async () => {
    const { ipc, saved, stores, screen } = await form();
    ipc.saveSettings.mockRejectedValueOnce(sampleFieldFault("tenders"));
    stores.navigation.toSettings("till");
    await settle();
    await saved();
    expect(stores.navigation.section).toBe("tenders");
    expect(screen.container.textContent).toContain(format("en", "en", "settings-problem-tenders"));
  });
});
