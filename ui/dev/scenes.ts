// The scenes of the gallery: each state of each screen, by name (/dev/gallery.html?scene=payment-awaiting).
import type { Settings } from "../src/bindings/Settings";
import type { Start } from "../src/bindings/Start";
import { press, withDiscount, type PadKey } from "../src/pad";
import type { Dialog } from "../src/state/dialogs.svelte";
import type { Section } from "../src/settings-problems";
import type { Stores } from "../src/state/stores";
import { BOOK_SCENES } from "./book-scenes";
import { CART_SCENES } from "./cart-scenes";
import { DRAWER_SCENES } from "./drawer-scenes";
import { COUNTER_SCENES } from "./counter-scenes";
import type { BookAnswers, Fails } from "./fake-till";
import {
  eur,
  openSales,
  sampleFault,
  sampleImport,
  sampleItems,
  sampleSale,
  sampleStart,
} from "./samples";
import { OFFICE_SCENES } from "./office-scenes";
import { STAFF_SCENES } from "./staff-scenes";
import { TENDER_SCENES } from "./tender-scenes";
import { UPDATE_SCENES } from "./update-scenes";

export interface Scene {
  readonly start: Start;
  readonly fails?: Fails;
  readonly book?: BookAnswers;
  /** What happens after the till has opened. */
  readonly then?: (stores: Stores) => void | Promise<void>;
}

const type = (stores: Stores, keys: string) => {
  for (const key of keys.split(" ")) stores.draft.entry = press(stores.draft.entry, key as PadKey);
};

const sale = (changes: Parameters<typeof sampleSale>[0], more: Partial<Start> = {}): Scene => {
  const one = sampleSale(changes);
  return {
    start: sampleStart({
      open_sales: [one],
      checked: [{ number: one.number, checked_at_unix_ms: Date.now() - 3000 }],
      ...more,
    }),
    then: (stores) => stores.currentSale.show(one.number),
  };
};

const ask = (stores: Stores, dialog: Dialog) => stores.dialogs.open(dialog);

const section = (stores: Stores, name: Section) => stores.navigation.toSettings(name);

const shopSettings: Settings = {
  ...sampleStart().settings,
  zone: "Europe/Berlin",
  shop: {
    name: "Café Morgenrot",
    address: "Lindenstraße 12\n10969 Berlin",
    tax_id: "USt-IdNr. DE123456789",
    footer: "Bis bald!",
  },
  tax_rates: [
    { name: "MwSt.", rate: 1900 },
    { name: "MwSt.", rate: 700 },
  ],
  default_tax: 1900,
  printing: {
    printer: { kind: "network", host: "192.168.1.40", port: 9100 },
    paper: "80",
    letters: "printer",
    auto_print: true,
    drawer: false,
  },
};

const cafe = sampleStart({
  items: sampleItems(),
  settings: {
    ...shopSettings,
    language: "en",
    tips: { ask: true, percents: [500, 1000, 1500], round_up: true },
    discounts: { offered: true, percents: [500, 1000, 2000] },
  },
});

/** Adds the items at these places of the list, one by one. */
const order = (stores: Stores, ...places: number[]) => {
  for (const place of places) {
    const item = stores.items.list[place];
    if (item !== undefined) stores.draft.add(item);
  }
};

/** A finger on this field: the on-screen keyboard comes. */
async function typeByHand(stores: Stores, testid: string) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  const field = document.querySelector<HTMLInputElement>(`[data-testid=${testid}]`);
  stores.screenKeyboard.field = field;
}

export const SCENES: Record<string, Scene> = {
  setup: { start: sampleStart({ key: "none" }) },
  "setup-keychain": {
    start: sampleStart({ key: null, key_fault: sampleFault("keychain_locked") }),
  },
  pad: { start: sampleStart() },
  "pad-typed": { start: sampleStart(), then: (stores) => type(stores, "1 2 5 0") },
  "pad-decimal": {
    start: sampleStart({ settings: { ...sampleStart().settings, entry_style: "decimal" } }),
    then: (stores) => type(stores, "1 2 point 5"),
  },
  "pad-cents-first": {
    start: sampleStart({ settings: { ...sampleStart().settings, entry_style: "cents-first" } }),
    then: (stores) => type(stores, "1 2 5 0"),
  },
  "pad-whole": { start: sampleStart(), then: (stores) => type(stores, "9 9") },
  "pad-whole-items": { start: cafe, then: (stores) => type(stores, "9 9") },
  "pad-items": { start: cafe },
  "pad-cart": {
    start: { ...cafe, open_sales: openSales },
    then: (stores) => {
      order(stores, 0, 0, 6, 3);
      stores.draft.entry = withDiscount(stores.draft.entry, { kind: "percent", rate: 1000 });
    },
  },
  "pad-cart-touched": {
    start: cafe,
    then: async (stores) => {
      order(stores, 0, 0, 6);
      type(stores, "1 2 5");
      await new Promise((resolve) => setTimeout(resolve, 50));
      document.querySelector<HTMLElement>("[data-testid=cart-line]")?.click();
    },
  },
  "pad-scan-unknown": { start: cafe, then: (stores) => stores.draft.scanned("4099999000001") },
  tip: {
    start: cafe,
    then: (stores) => {
      order(stores, 0, 0, 6);
      void stores.charging.charge();
    },
  },
  "tip-own": {
    start: cafe,
    then: async (stores) => {
      order(stores, 0, 0, 6);
      void stores.charging.charge();
      await new Promise((resolve) => setTimeout(resolve, 50));
      document.querySelector<HTMLElement>("[data-testid=tip-own]")?.click();
    },
  },
  discount: {
    start: cafe,
    then: (stores) => {
      order(stores, 0, 0, 6);
      ask(stores, { kind: "discount" });
    },
  },
  "key-in-use": {
    start: sampleStart({ open_sales: openSales }),
    then: (stores) => {
      section(stores, "till");
      const confirmed = () => Promise.resolve();
      ask(stores, { kind: "key-in-use", question: { count: 3, confirmed } });
    },
  },
  "settings-items": { start: cafe, then: (stores) => section(stores, "items") },
  item: {
    start: cafe,
    then: (stores) => {
      section(stores, "items");
      ask(stores, { kind: "item", item: stores.items.list[10] ?? null });
    },
  },
  labels: {
    start: sampleStart({ items: sampleItems(), settings: shopSettings }),
    then: (stores) => {
      section(stores, "items");
      ask(stores, { kind: "labels" });
    },
  },
  import: {
    start: cafe,
    then: (stores) => {
      section(stores, "items");
      ask(stores, { kind: "import", preview: sampleImport(stores.items.list) });
    },
  },
  "pad-lines": {
    start: sampleStart({ open_sales: openSales }),
    then: (stores) => {
      type(stores, "3 5 0 plus 3 5 0 plus 4 2 0");
      stores.draft.note = "Two coffees and a cake";
    },
  },
  "pad-practice": {
    start: sampleStart({ mode: "practice", open_sales: openSales }),
    then: (stores) => type(stores, "1 2 00 plus 9 9 9"),
  },
  "pad-stopped": {
    start: sampleStart({ journal: "failing" }),
    then: (stores) => type(stores, "1 2 5 0"),
  },
  "pad-replaced": {
    start: sampleStart({ journal: "replaced" }),
    then: (stores) => type(stores, "1 2 5 0"),
  },
  "pad-largest": {
    start: sampleStart({ settings: { ...sampleStart().settings, currency: "RUB" } }),
    then: (stores) => type(stores, "1 0 0 0 0 0 0 0 point 5"),
  },
  "payment-requesting": sale({ state: "requesting", pay_url: null, invoice_id: null }),
  "payment-awaiting": sale({ note: "Table 4" }),
  "payment-chosen": sale({
    state: "chosen",
    crypto: "USDT",
    network: "TRC20",
    crypto_amount: "13.421875",
  }),
  "payment-practice": sale({}, { mode: "practice" }),
  "payment-crowded": {
    start: sampleStart({
      mode: "practice",
      open_sales: [sampleSale({ note: "Table 4", attempt: 2 }), ...openSales],
      network: "retrying",
    }),
    then: (stores) => {
      stores.currentSale.show(42);
      stores.sales.salesByNumber.set(
        38,
        sampleSale({ number: 38, state: "paid", paid_at_unix_ms: Date.now() }),
      );
      stores.sales.salesByNumber.set(40, sampleSale({ number: 40, state: "paid", late: true }));
    },
  },
  "payment-strip": {
    start: sampleStart({
      mode: "practice",
      open_sales: [sampleSale(), ...openSales],
      network: "offline",
    }),
    then: (stores) => {
      stores.currentSale.show(42);
      stores.sales.polledAt.set(42, Date.now() - 44_000);
    },
  },
  "payment-test": sale({ test: true, amount: eur(1_000_000_000) }),
  "payment-elapsed": {
    ...sale({ expires_at: 1 }, { network: "offline" }),
    then: (stores) => {
      stores.currentSale.show(42);
      stores.sales.polledAt.set(42, Date.now() - 92_000);
    },
  },
  "payment-ended": sale({ state: "ended" }),
  "payment-stopped": sale({ state: "stopped" }),
  "payment-review": sale({ state: "review", review: ["amount", "test"] }),
  "payment-refused": sale({
    state: "refused",
    pay_url: null,
    error: sampleFault("gateway_refused", {
      status: "422",
      reason: "the gateway said no: amount is below the minimum",
    }),
  }),
  "payment-key-refused": sale(
    { state: "refused", pay_url: null, error: sampleFault("key_refused", { status: "401" }) },
    { network: "key-refused" },
  ),
  "payment-uncertain": sale({
    state: "uncertain",
    pay_url: null,
    error: sampleFault("gateway_timeout"),
  }),
  paid: sale({
    state: "paid",
    crypto: "USDT",
    network: "TRC20",
    crypto_amount: "13.42",
    note: "Table 4",
  }),
  "paid-receipt-code": {
    ...sale({ state: "paid", crypto: "USDT", network: "TRC20", crypto_amount: "13.42" }),
    book: { receiptCode: true },
  },
  "paid-test": sale({ state: "paid", test: true, late: true, amount: eur(999_999_999) }),
  "paid-practice": sale({ state: "paid" }, { mode: "practice" }),
  "lesson-pad": { start: sampleStart({ mode: "practice", first_sale: true }) },
  "lesson-coin": sale({}, { mode: "practice", first_sale: true }),
  "lesson-paid": sale({ state: "paid" }, { mode: "practice", first_sale: true }),
  "lesson-over": sale({ state: "ended" }, { mode: "practice", first_sale: true }),
  error: {
    start: sampleStart(),
    then: (stores) => {
      type(stores, "5 0");
      stores.errors.fail(sampleFault("amount_below_minimum", { minimum: "1.00", currency: "EUR" }));
    },
  },
  "error-key": {
    start: sampleStart(),
    then: (stores) => stores.errors.fail(sampleFault("keychain_locked"), async () => undefined),
  },
  errors: {
    start: sampleStart(),
    then: (stores) => {
      stores.errors.fail(sampleFault("gateway_timeout"), async () => undefined);
      stores.errors.fail(sampleFault("journal_write_failed"));
    },
  },
  "alarm-late": {
    start: sampleStart(),
    then: (stores) => {
      type(stores, "1 2 5 0");
      stores.sales.salesByNumber.set(38, sampleSale({ number: 38, state: "paid", late: true }));
      stores.sales.salesByNumber.set(37, sampleSale({ number: 37, state: "paid" }));
    },
  },
  alarm: {
    start: sampleStart(),
    then: (stores) => {
      stores.sales.salesByNumber.set(
        38,
        sampleSale({ number: 38, state: "paid", paid_twice: true }),
      );
    },
  },
  ...BOOK_SCENES,
  ...CART_SCENES,
  ...DRAWER_SCENES,
  settings: { start: sampleStart(), then: (stores) => stores.navigation.toSettings() },
  "settings-practice": {
    start: sampleStart({ mode: "practice" }),
    then: (stores) => stores.navigation.toSettings(),
  },
  "settings-shop": {
    start: sampleStart({ settings: shopSettings }),
    then: (stores) => section(stores, "shop"),
  },
  "settings-printer": {
    start: sampleStart({ settings: shopSettings }),
    then: (stores) => section(stores, "printer"),
  },
  "settings-printer-nearby": {
    start: sampleStart({ settings: shopSettings }),
    then: async (stores) => {
      await section(stores, "printer");
      await stores.receipts.lookForPrinters();
    },
  },
  "settings-looks": { start: sampleStart(), then: (stores) => section(stores, "looks") },
  "screen-keyboard": {
    start: sampleStart({ kiosk: true, items: sampleItems() }),
    then: (stores) => typeByHand(stores, "pad-note"),
  },
  "screen-keyboard-figures": {
    start: sampleStart({ kiosk: true }),
    then: async (stores) => {
      stores.dialogs.open({ kind: "count", purpose: "count" });
      await typeByHand(stores, "count-100");
    },
  },
  "settings-network": {
    start: sampleStart({ network: "key-refused", key: "none" }),
    then: (stores) => stores.navigation.toSettings(),
  },
  "settings-backup": { start: sampleStart(), then: (stores) => section(stores, "backup") },
  ...COUNTER_SCENES,
  ...OFFICE_SCENES,
  ...STAFF_SCENES,
  ...TENDER_SCENES,
  ...UPDATE_SCENES,
  "broken-no-copy": {
    start: sampleStart(),
    fails: { start: "journal_corrupt", restoreOffer: "restore_none" },
  },
  broken: { start: sampleStart(), fails: { start: "journal_corrupt" } },
};
