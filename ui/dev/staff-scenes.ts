// The scenes of the PIN, the cashiers and self-service.
import { tick } from "svelte";
import type { Start } from "../src/bindings/Start";
import type { Stores } from "../src/state/stores";
import { LANGUAGES, type Language } from "../src/messages";
import type { Scene } from "./scenes";
import { sampleSale, sampleStart } from "./samples";

const locked = (wait_until_unix_ms: number | null = null): Start =>
  sampleStart({ lock: { set: true, open: false, wait_until_unix_ms, staff: false } });

/** Opens the settings, which asks for the PIN. */
const ask = (stores: Stores) => {
  stores.navigation.toSettings();
};

const kiosk: Start["settings"]["kiosk"] = {
  at_start: true,
  autostart: true,
  return_after_s: 60,
  self_service: true,
  card: false,
  offers: [
    { name: "Day ticket", amount: "12.00", currency: "EUR" },
    { name: "Day ticket, reduced", amount: "8.50", currency: "EUR" },
    { name: "Locker", amount: "2.00", currency: "EUR" },
    { name: "Audio guide in eleven languages", amount: "4.50", currency: "EUR" },
    { name: "Donation", amount: "20.00", currency: "EUR" },
  ],
};

const selfService = (changes: Partial<Start> = {}): Start => {
  const start = sampleStart();
  return {
    ...start,
    settings: {
      ...start.settings,
      shop: { ...start.settings.shop, name: "Museum am Hafen" },
      kiosk,
    },
    lock: { set: true, open: false, wait_until_unix_ms: null, staff: false },
    kiosk: true,
    ...changes,
  };
};

/** Where customers may say that they pay by card. */
const withCard = (): Start => {
  const start = selfService();
  const tenders: Start["settings"]["tenders"] = [{ way: "crypto" }, { way: "card" }];
  return {
    ...start,
    settings: { ...start.settings, tenders, kiosk: { ...kiosk, card: true } },
  };
};

const openOffer = (stores: Stores) => {
  const [, , , offer] = kiosk.offers;
  if (offer !== undefined) stores.dialogs.open({ kind: "offer", offer });
};

const inLanguages = (customer_languages: Language[]): Start["settings"] => ({
  ...selfService().settings,
  customer_languages,
});

const staffed = (changes: Partial<Start> = {}): Start => {
  const start = sampleStart();
  return {
    ...start,
    settings: { ...start.settings, cashiers: ["Anna", "Boris", "Maximilian-Alexander"] },
    lock: { set: true, open: true, wait_until_unix_ms: null, staff: false },
    ...changes,
  };
};

const sold = sampleSale();
const requested = sampleSale({ state: "requesting", pay_url: null });
const ended = sampleSale({ state: "ended" });
const paid = sampleSale({ state: "paid", crypto: "TON", network: "TON", crypto_amount: "4.02" });

/** Cashiers with PINs; Maximilian-Alexander has none, Olga has a fob. */
const withPins = (changes: Partial<Start> = {}): Start => {
  const start = staffed();
  return {
    ...start,
    lock: { set: true, open: true, wait_until_unix_ms: null, staff: true },
    staff: {
      in_force: true,
      people: [
        { name: "Anna", role: "cashier", pin: true, fob: false },
        { name: "Boris", role: "supervisor", pin: true, fob: false },
        { name: "Maximilian-Alexander", role: "cashier", pin: false, fob: false },
        { name: "Olga", role: "owner", pin: true, fob: true },
      ],
    },
    cashier: "Anna",
    ...changes,
  };
};

const PIN_TAKES_MS = 30;
const soon = () => new Promise((resolve) => setTimeout(resolve, PIN_TAKES_MS));

export const STAFF_SCENES: Record<string, Scene> = {
  "sign-on": {
    start: withPins({ open_sales: [sampleSale()] }),
    then: (stores) => void stores.lock.ask(),
  },
  "sign-on-wrong": {
    start: withPins({ cashier: null }),
    then: async (stores) => {
      void stores.lock.ask();
      await soon();
      await stores.lock.tryCashier("Anna", "1111");
    },
  },
  approve: {
    start: withPins(),
    then: (stores) => void stores.lock.askApproval("refund"),
  },
  "pad-signed-on": { start: withPins() },
  "settings-access": {
    start: withPins(),
    then: (stores) => stores.navigation.toSettings("counter"),
  },
  "cashier-access": {
    start: withPins(),
    then: async (stores) => {
      stores.navigation.toSettings("counter");
      await soon();
      const person = stores.lock.people.find(({ name }) => name === "Olga");
      if (person !== undefined) stores.dialogs.open({ kind: "cashier", person });
    },
  },
  lock: { start: locked(), then: ask },
  "lock-wrong": {
    start: locked(),
    then: async (stores) => {
      ask(stores);
      await new Promise((resolve) => setTimeout(resolve, 30));
      await stores.lock.tryPin("1111");
    },
  },
  "lock-wait": { start: locked(Date.now() + 59_000), then: ask },
  cashiers: {
    start: staffed({ cashier: "Maximilian-Alexander" }),
    then: (stores) => {
      stores.dialogs.open({ kind: "cashiers" });
    },
  },
  "cashiers-most": {
    start: staffed({
      cashier: "Cashier 7",
      settings: {
        ...staffed({}).settings,
        cashiers: Array.from({ length: 30 }, (_, index) =>
          index === 4 ? "Wolfeschlegelsteinhausenbergerdorff IV." : `Cashier ${index + 1}`,
        ),
      },
    }),
    then: (stores) => {
      stores.dialogs.open({ kind: "cashiers" });
    },
  },
  "payment-languages": {
    start: sampleStart({
      settings: { ...sampleStart().settings, customer_languages: ["pl", "tr"] },
      open_sales: [sold],
    }),
    then: (stores) => stores.currentSale.show(sold.number),
  },
  "paid-languages": {
    start: sampleStart({
      settings: { ...sampleStart().settings, customer_languages: LANGUAGES },
      open_sales: [paid],
    }),
    then: (stores) => stores.currentSale.show(paid.number),
  },
  "pad-cashier": { start: staffed({ cashier: "Anna" }) },
  offers: { start: selfService() },
  "offers-languages": { start: selfService({ settings: inLanguages(LANGUAGES) }) },
  "offers-requesting": {
    start: selfService({ open_sales: [requested] }),
    then: (stores) => stores.currentSale.show(requested.number),
  },
  "offers-ended": {
    start: selfService({ open_sales: [ended] }),
    then: (stores) => stores.currentSale.show(ended.number),
  },
  "offers-one": {
    start: selfService({
      settings: {
        ...selfService().settings,
        kiosk: { ...kiosk, offers: kiosk.offers.slice(0, 1) },
      },
    }),
  },
  "offers-pay": {
    start: withCard(),
    then: async (stores) => {
      openOffer(stores);
      await tick();
      document.querySelector<HTMLElement>("[data-testid=offer-card]")?.click();
    },
  },
  "offers-choose": { start: withCard(), then: openOffer },
  "offers-payment": {
    start: selfService({ open_sales: [sold] }),
    then: (stores) => stores.currentSale.show(sold.number),
  },
  "offers-paid": {
    start: selfService({ open_sales: [paid] }),
    then: (stores) => stores.currentSale.show(paid.number),
  },
  "settings-counter": {
    start: staffed({ settings: { ...selfService().settings, cashiers: ["Anna", "Boris"] } }),
    then: (stores) => stores.navigation.toSettings("counter"),
  },
};
