// Faces of what stands on a counter among strangers: lock, cashiers, self-service.
import type { Start } from "../src/bindings/Start";
import type { Till } from "../src/till/till.svelte";
import type { Scene } from "./scenes";
import { sampleSale, sampleStart } from "./samples";

const locked = (wait_until_unix_ms: number | null = null): Start =>
  sampleStart({ lock: { set: true, open: false, wait_until_unix_ms } });

/** The lock, in front of the settings that were asked for. */
const ask = (till: Till) => {
  till.toSettings();
};

const kiosk: Start["settings"]["kiosk"] = {
  at_start: true,
  autostart: true,
  return_after_s: 60,
  self_service: true,
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
    lock: { set: true, open: false, wait_until_unix_ms: null },
    kiosk: true,
    ...changes,
  };
};

const staffed = (changes: Partial<Start> = {}): Start => {
  const start = sampleStart();
  return {
    ...start,
    settings: { ...start.settings, cashiers: ["Anna", "Boris", "Maximilian-Alexander"] },
    lock: { set: true, open: true, wait_until_unix_ms: null },
    ...changes,
  };
};

const sold = sampleSale();
const paid = sampleSale({ state: "paid", crypto: "TON", network: "TON", crypto_amount: "4.02" });

export const STAFF_SCENES: Record<string, Scene> = {
  lock: { start: locked(), then: ask },
  "lock-wrong": {
    start: locked(),
    then: async (till) => {
      ask(till);
      await new Promise((resolve) => setTimeout(resolve, 30));
      await till.lock.try("1111");
    },
  },
  "lock-wait": { start: locked(Date.now() + 59_000), then: ask },
  cashiers: {
    start: staffed({ cashier: "Maximilian-Alexander" }),
    then: (till) => {
      till.dialog = { kind: "cashiers" };
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
    then: (till) => {
      till.dialog = { kind: "cashiers" };
    },
  },
  "pad-cashier": { start: staffed({ cashier: "Anna" }) },
  offers: { start: selfService() },
  "offers-one": {
    start: selfService({
      settings: {
        ...selfService().settings,
        kiosk: { ...kiosk, offers: kiosk.offers.slice(0, 1) },
      },
    }),
  },
  "offers-payment": {
    start: selfService({ open_sales: [sold] }),
    then: (till) => till.show(sold.number),
  },
  "offers-paid": {
    start: selfService({ open_sales: [paid] }),
    then: (till) => till.show(paid.number),
  },
  "settings-counter": {
    start: staffed({ settings: { ...selfService().settings, cashiers: ["Anna", "Boris"] } }),
    then: (till) => till.toSettings("counter"),
  },
};
