import { fireEvent, render } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { describe, expect, it, vi } from "vitest";
import type { DisplaySale } from "../src/bindings/DisplaySale";
import type { DisplayState } from "../src/bindings/DisplayState";
import type { TipQuestion } from "../src/bindings/TipQuestion";
import { nowMs } from "../src/clock.svelte";
import Display from "../src/display/Display.svelte";
import { DisplayModel } from "../src/display/display-model.svelte";
import { showCustomersPartAlone } from "../src/language.svelte";
import { eur, sampleSale, sampleStart } from "../dev/samples";
import { open, settle } from "./screen-harness";

const IDLE: DisplayState = {
  mode: "live",
  gateway: "api.cru.cash",
  theme: "dark",
  shop: "Café Müller",
  language: "en",
  languages: [],
  system_language: "en-GB",
  tip: null,
  sale: null,
};
const SALE: DisplaySale = {
  face: "awaiting",
  outstanding: null,
  change: null,
  amount: eur(1250),
  test: false,
  expires_at: null,
  clock_offset_ms: 0,
  crypto: null,
  network: null,
  crypto_amount: null,
  qr: { modules: 45, data_url: "data:image/png;base64," },
  receipt_qr: null,
};

function show(state: DisplayState | null) {
  const model = new DisplayModel();
  const onchoose = vi.fn();
  const onlanguage = vi.fn();
  const screen = render(Display, { props: { model, onchoose, onlanguage } });
  if (state !== null) model.apply(state);
  flushSync();
  return { model, screen, onchoose, onlanguage };
}

describe("the customer's display", () => {
  it("says what goes back, larger than what was paid", () => {
    const { screen } = show({ ...IDLE, sale: { ...SALE, face: "paid", change: eur(660) } });
    expect(screen.getByTestId("display-change").textContent).toBe("€6.60");
    expect(screen.getByTestId("display-amount").textContent).toBe("€12.50");
  });

  it("shows where the receipt is, once it is paid and where there is one", () => {
    const receipt_qr = { modules: 41, data_url: "data:image/png;base64,AAAA" };
    const paid = { ...SALE, face: "paid" } as const;
    const { screen } = show({ ...IDLE, sale: { ...paid, receipt_qr } });
    expect(screen.getByTestId("display-receipt-qr").getAttribute("src")).toBe(receipt_qr.data_url);
    screen.unmount();
    const none = show({ ...IDLE, sale: paid });
    expect(none.screen.queryByTestId("display-receipt-qr")).toBeNull();
  });

  it.each(["awaiting", "part_paid"] as const)("asks for the rest alone, %s", (face) => {
    const { screen } = show({ ...IDLE, sale: { ...SALE, face, outstanding: eur(750) } });
    expect(screen.getByTestId("display-amount").textContent).toBe("€7.50");
    expect(screen.getByTestId("display-parts").textContent).toContain("€5.00");
    expect(screen.queryByTestId("display-qr") !== null).toBe(face === "awaiting");
    expect(screen.getByTestId("display-state").dataset["state"]).toBe(face);
  });

  it("bears the shop's name while nothing is to be paid", () => {
    const { screen } = show(IDLE);
    expect(screen.getByTestId("display-shop").textContent).toBe("Café Müller");
    expect(screen.queryByTestId("display-qr")).toBeNull();
    expect(screen.queryByTestId("display-amount")).toBeNull();
  });

  it("shows amount, code and time, then the tick", () => {
    const expires_at = Math.floor(nowMs() / 1000) + 600;
    const { model, screen } = show({ ...IDLE, sale: { ...SALE, expires_at } });
    expect(screen.getByTestId("display-amount").textContent).toContain("12.50");
    expect(screen.getByTestId("display-qr")).not.toBeNull();
    expect(screen.getByTestId("display-countdown").textContent).toMatch(/^(10:0\d|9:5\d)$/);
    model.apply({ ...IDLE, sale: { ...SALE, face: "paid", qr: null } });
    flushSync();
    expect(screen.getByTestId("display-state").dataset["state"]).toBe("paid");
    expect(screen.queryByTestId("display-qr")).toBeNull();
  });

  it("offers the languages in one touch while nothing is to be paid, else in a corner", async () => {
    showCustomersPartAlone();
    const languages: DisplayState["languages"] = ["en", "pl", "kk"];
    const { model, screen, onlanguage } = show({ ...IDLE, languages });
    expect(screen.getAllByTestId("language").map((it) => it.textContent)).toEqual([
      "English",
      "Polski",
      "Қазақша",
    ]);
    await fireEvent.click(screen.getAllByTestId("language")[1]!);
    expect(onlanguage).toHaveBeenLastCalledWith("pl");
    model.apply({ ...IDLE, languages, language: "pl", sale: SALE });
    await vi.waitFor(() => expect(screen.getByText("Zeskanuj, aby zapłacić")).not.toBeNull());
    expect(screen.queryAllByTestId("language")).toEqual([]);
    await fireEvent.click(screen.getByTestId("language-corner"));
    await fireEvent.click(screen.getAllByTestId("language")[2]!);
    expect(onlanguage).toHaveBeenLastCalledWith("kk");
    expect(screen.queryAllByTestId("language"), "out of the way again").toEqual([]);
  });

  it("asks nothing where the shop offers one language", () => {
    const { model, screen } = show(IDLE);
    expect(screen.queryByTestId("languages")).toBeNull();
    model.apply({ ...IDLE, sale: SALE });
    flushSync();
    expect(screen.queryByTestId("language-corner")).toBeNull();
  });

  it("has no code when the sale is over, and says what practice is", () => {
    const { screen } = show({
      ...IDLE,
      mode: "practice",
      sale: { ...SALE, face: "ended", qr: null },
    });
    expect(screen.queryByTestId("display-qr")).toBeNull();
    expect(screen.getByTestId("mode-badge").dataset["mode"]).toBe("practice");
  });

  it("names another gateway than cru.cash", () => {
    const { screen } = show({ ...IDLE, gateway: "127.0.0.1:4141" });
    expect(screen.getByTestId("mode-badge").textContent).toContain("127.0.0.1:4141");
  });

  it("takes a change that overtakes the first answer for the newer one", async () => {
    const model = new DisplayModel();
    void model.follow(async (changed) => {
      changed({ ...IDLE, sale: SALE });
      return IDLE;
    });
    await settle();
    expect(model.state?.sale?.face).toBe("awaiting");
  });

  it("promises nothing when the till cannot be heard", async () => {
    const { model, screen } = show(null);
    void model.follow(() => Promise.reject(new Error("no")));
    await settle();
    expect(screen.getByTestId("display-state").dataset["state"]).toBe("idle");
  });

  it("asks for a tip before anything else, and tells what the customer took", async () => {
    const question: TipQuestion = {
      amount: eur(1250),
      offers: [
        { kind: { is: "share", rate: 1000 }, tip: eur(125), total: eur(1375) },
        { kind: { is: "round_up" }, tip: eur(50), total: eur(1300) },
        { kind: { is: "none" }, tip: eur(0), total: eur(1250) },
      ],
    };
    const tip = { ask: 7, question, chosen: null };
    const { model, screen, onchoose } = show({ ...IDLE, tip, sale: SALE });
    expect(screen.queryByTestId("display-qr")).toBeNull();
    expect(screen.getByTestId("display-amount").textContent).toContain("12.50");
    const offers = screen.getAllByTestId("display-tip-offer");
    expect(offers.map((offer) => offer.textContent.replace(/\s+/g, " ").trim())).toEqual([
      "10% €1.25",
      "Round up to €13.00 €0.50",
      "No tip",
    ]);
    await fireEvent.click(offers[1] as Element);
    expect(onchoose).toHaveBeenCalledExactlyOnceWith(7, 1);
    model.apply({ ...IDLE, tip: { ...tip, chosen: 1 } });
    flushSync();
    const pressed = screen.getAllByTestId("display-tip-offer").map((it) => it.ariaPressed);
    expect(pressed).toEqual(["false", "true", "false"]);
  });
});

describe("the cashier and the customer's display", () => {
  const tips = { ask: true, percents: [500, 1000], round_up: true };
  const shop = () => {
    const start = sampleStart({ open_sales: [sampleSale()] });
    const settings = {
      ...start.settings,
      tips,
      customer_display: "second_monitor" as const,
      entry_style: "cents-first" as const,
    };
    return open({ ...start, settings });
  };

  it("puts the tips before the customer and charges what they took", async () => {
    const { ipc, send, touch, get, find } = await shop();
    await touch("key-1", "key-2", "charge");
    const asked = ipc.askTip.mock.calls[0]?.[0];
    expect(asked?.amount).toEqual(eur(12));
    expect(asked?.offers.map(({ kind, tip, total }) => [kind.is, tip, total])).toEqual([
      ["share", eur(1), eur(13)],
      ["share", eur(1), eur(13)],
      ["round_up", eur(88), eur(100)],
      ["none", eur(0), eur(12)],
    ]);
    expect(find("tip-take")).toBeNull();
    send({ what: "tip-chosen", told: { ask: 6, offer: 0 } });
    flushSync();
    expect(find("tip-take")).toBeNull();
    send({ what: "tip-chosen", told: { ask: 7, offer: 2 } });
    flushSync();
    expect(get("tip-chosen").textContent).toContain("0.88");
    await touch("tip-take");
    expect(ipc.charge.mock.calls[0]?.[0].amount).toEqual(eur(100));
    expect(ipc.askTip).toHaveBeenLastCalledWith(null);
  });

  it("lets the cashier charge something else", async () => {
    const { ipc, send, touch } = await shop();
    await touch("key-1", "key-2", "charge");
    send({ what: "tip-chosen", told: { ask: 7, offer: 1 } });
    flushSync();
    await touch("tip-none");
    expect(ipc.charge.mock.calls[0]?.[0].basket.tip_minor).toBe(0);
  });

  it("leaves the sale before its customer while the cashier looks something up", async () => {
    const { stores, ipc, touch } = await shop();
    stores.currentSale.show(42);
    await touch("nav-sales", "nav-day", "nav-settings", "nav-pad");
    expect(ipc.nextCustomer).not.toHaveBeenCalled();
    stores.currentSale.show(42);
    await settle();
    await touch("payment-next");
    expect(ipc.nextCustomer).toHaveBeenCalledOnce();
    stores.currentSale.show(42);
    await settle();
    await touch("nav-pad");
    expect(ipc.nextCustomer).toHaveBeenCalledTimes(2);
  });
});
