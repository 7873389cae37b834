// Every face of every screen, by name: /dev/gallery.html?scene=payment-awaiting&language=de
import type { Settings } from "../src/bindings/Settings";
import type { Start } from "../src/bindings/Start";
import { press, withDiscount, type PadKey } from "../src/pad";
import type { Dialog } from "../src/dialogs/dialog";
import type { Section } from "../src/settings-form";
import type { Till } from "../src/till/till.svelte";
import { sampleClose, sampleDetail, sampleReport } from "./book-samples";
import { STAFF_SCENES } from "./staff-scenes";
import type { BookAnswers, Fails } from "./fake-till";
import { sampleFault, sampleItems, sampleSale, sampleStart } from "./samples";

export interface Scene {
  readonly start: Start;
  readonly fails?: Fails;
  readonly book?: BookAnswers;
  /** What happens once the till is open. */
  readonly then?: (till: Till) => void | Promise<void>;
}

const type = (till: Till, keys: string) => {
  for (const key of keys.split(" ")) till.draft.entry = press(till.draft.entry, key as PadKey);
};

const strip = [
  sampleSale({ number: 39, amount: "4.20", state: "chosen", crypto: "TON", network: "TON" }),
  sampleSale({ number: 40, amount: "118.00", state: "stopped" }),
  sampleSale({ number: 41, amount: "7.00", state: "review", review: ["amount"] }),
];

const sale = (changes: Parameters<typeof sampleSale>[0], more: Partial<Start> = {}): Scene => {
  const one = sampleSale(changes);
  return {
    start: sampleStart({
      open_sales: [one],
      checked: [{ number: one.number, checked_at_unix_ms: Date.now() - 3000 }],
      ...more,
    }),
    then: (till) => till.show(one.number),
  };
};

const ask = (till: Till, dialog: Dialog) => {
  till.dialog = dialog;
};

const section = (till: Till, name: Section) => till.toSettings(name);

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
    auto_print: true,
    drawer: false,
  },
};

const paidSale = sampleSale({ state: "paid", unseen: false, refundable: "12.50" });
const refunded = sampleDetail(
  { state: "paid", unseen: false, refunded: "4.00", paid_twice: true },
  true,
);

const cafe = sampleStart({
  items: sampleItems(),
  settings: {
    ...shopSettings,
    language: "en",
    tips: { ask: true, percents: [500, 1000, 1500], round_up: true },
    discounts: { offered: true, percents: [500, 1000, 2000] },
  },
});

/** The items at these places, one by one. */
const order = (till: Till, ...places: number[]) => {
  for (const place of places) {
    const item = till.items.list[place];
    if (item !== undefined) till.draft.add(item);
  }
};

export const SCENES: Record<string, Scene> = {
  setup: { start: sampleStart({ key: "none" }) },
  "setup-keychain": {
    start: sampleStart({ key: null, key_fault: sampleFault("keychain_locked") }),
  },
  pad: { start: sampleStart() },
  "pad-typed": { start: sampleStart(), then: (till) => type(till, "1 2 5 0") },
  "pad-decimal": {
    start: sampleStart({ settings: { ...sampleStart().settings, entry_style: "decimal" } }),
    then: (till) => type(till, "1 2 point 5"),
  },
  "pad-cents-first": {
    start: sampleStart({ settings: { ...sampleStart().settings, entry_style: "cents-first" } }),
    then: (till) => type(till, "1 2 5 0"),
  },
  "pad-whole": { start: sampleStart(), then: (till) => type(till, "9 9") },
  "pad-whole-items": { start: cafe, then: (till) => type(till, "9 9") },
  "pad-items": { start: cafe },
  "pad-cart": {
    start: { ...cafe, open_sales: strip },
    then: (till) => {
      order(till, 0, 0, 6, 3);
      till.draft.entry = withDiscount(till.draft.entry, { kind: "percent", rate: 1000 });
    },
  },
  "pad-cart-touched": {
    start: cafe,
    then: async (till) => {
      order(till, 0, 0, 6);
      type(till, "1 2 5");
      await new Promise((resolve) => setTimeout(resolve, 50));
      document.querySelector<HTMLElement>("[data-testid=cart-line]")?.click();
    },
  },
  "pad-scan-unknown": { start: cafe, then: (till) => till.draft.scanned("4099999000001") },
  tip: {
    start: cafe,
    then: (till) => {
      order(till, 0, 0, 6);
      void till.charge();
    },
  },
  "tip-own": {
    start: cafe,
    then: async (till) => {
      order(till, 0, 0, 6);
      void till.charge();
      await new Promise((resolve) => setTimeout(resolve, 50));
      document.querySelector<HTMLElement>("[data-testid=tip-own]")?.click();
    },
  },
  discount: {
    start: cafe,
    then: (till) => {
      order(till, 0, 0, 6);
      ask(till, { kind: "discount" });
    },
  },
  "settings-items": { start: cafe, then: (till) => section(till, "items") },
  item: {
    start: cafe,
    then: (till) => {
      section(till, "items");
      ask(till, { kind: "item", item: till.items.list[10] ?? null });
    },
  },
  "pad-lines": {
    start: sampleStart({ open_sales: strip }),
    then: (till) => {
      type(till, "3 5 0 plus 3 5 0 plus 4 2 0");
      till.draft.note = "Two coffees and a cake";
    },
  },
  "pad-practice": {
    start: sampleStart({ mode: "practice", open_sales: strip }),
    then: (till) => type(till, "1 2 00 plus 9 9 9"),
  },
  "pad-stopped": {
    start: sampleStart({ journal: "failing" }),
    then: (till) => type(till, "1 2 5 0"),
  },
  "pad-largest": {
    start: sampleStart({ settings: { ...sampleStart().settings, currency: "RUB" } }),
    then: (till) => type(till, "1 0 0 0 0 0 0 0 point 5"),
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
      open_sales: [sampleSale({ note: "Table 4", attempt: 2 }), ...strip],
      network: "retrying",
    }),
    then: (till) => {
      till.show(42);
      till.sales.salesByNumber.set(
        38,
        sampleSale({ number: 38, state: "paid", paid_at_unix_ms: Date.now() }),
      );
      till.sales.salesByNumber.set(40, sampleSale({ number: 40, state: "paid", late: true }));
    },
  },
  "payment-strip": {
    start: sampleStart({
      mode: "practice",
      open_sales: [sampleSale(), ...strip],
      network: "offline",
    }),
    then: (till) => {
      till.show(42);
      till.sales.polledAt.set(42, Date.now() - 44_000);
    },
  },
  "payment-test": sale({ test: true, amount: "10000000.00" }),
  "payment-elapsed": {
    ...sale({ expires_at: 1 }, { network: "offline" }),
    then: (till) => {
      till.show(42);
      till.sales.polledAt.set(42, Date.now() - 92_000);
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
  "paid-test": sale({ state: "paid", test: true, late: true, amount: "9999999.99" }),
  "paid-practice": sale({ state: "paid" }, { mode: "practice" }),
  "lesson-pad": { start: sampleStart({ mode: "practice", first_sale: true }) },
  "lesson-coin": sale({}, { mode: "practice", first_sale: true }),
  "lesson-paid": sale({ state: "paid" }, { mode: "practice", first_sale: true }),
  "lesson-over": sale({ state: "ended" }, { mode: "practice", first_sale: true }),
  error: {
    start: sampleStart(),
    then: (till) => {
      type(till, "5 0");
      till.errors.fail(sampleFault("amount_below_minimum", { minimum: "1.00", currency: "EUR" }));
    },
  },
  "error-key": {
    start: sampleStart(),
    then: (till) => till.errors.fail(sampleFault("keychain_locked"), async () => undefined),
  },
  errors: {
    start: sampleStart(),
    then: (till) => {
      till.errors.fail(sampleFault("gateway_timeout"), async () => undefined);
      till.errors.fail(sampleFault("journal_write_failed"));
    },
  },
  "alarm-late": {
    start: sampleStart(),
    then: (till) => {
      type(till, "1 2 5 0");
      till.sales.salesByNumber.set(38, sampleSale({ number: 38, state: "paid", late: true }));
      till.sales.salesByNumber.set(37, sampleSale({ number: 37, state: "paid" }));
    },
  },
  alarm: {
    start: sampleStart(),
    then: (till) => {
      till.sales.salesByNumber.set(38, sampleSale({ number: 38, state: "paid", paid_twice: true }));
    },
  },
  sales: { start: sampleStart(), then: (till) => till.toSales() },
  "sales-strip": { start: sampleStart({ open_sales: strip }), then: (till) => till.toSales() },
  "sales-none": {
    start: sampleStart(),
    then: (till) => {
      till.toSales();
      till.book.setFilter({ search: "nothing", days: "day", day: "2026-11-20" });
    },
  },
  sale: { start: sampleStart(), then: (till) => till.openInBook(42) },
  "sale-refunded": {
    start: sampleStart(),
    book: { detail: refunded },
    then: (till) => till.openInBook(42),
  },
  "sale-review": {
    start: sampleStart(),
    book: { detail: { sale: sampleSale({ state: "review", review: ["amount"] }) } },
    then: (till) => till.openInBook(42),
  },
  note: {
    start: sampleStart(),
    then: (till) => ask(till, { kind: "note", sale: sampleSale({ note: "Table 4" }) }),
  },
  refund: {
    start: sampleStart(),
    then: (till) => {
      till.openInBook(42);
      till.dialog = { kind: "refund", sale: paidSale };
    },
  },
  review: {
    start: sampleStart(),
    then: (till) => ask(till, { kind: "review", sale: sampleSale({ state: "review" }) }),
  },
  "take-back": {
    start: sampleStart(),
    book: { detail: refunded },
    then: (till) => {
      till.openInBook(42);
      const refund = refunded.refunds?.[1];
      if (refund !== undefined) till.dialog = { kind: "void-refund", sale: refunded.sale, refund };
    },
  },
  receipt: {
    start: sampleStart(),
    then: (till) => ask(till, { kind: "receipt", sale: paidSale }),
  },
  day: {
    start: sampleStart(),
    book: { closes: [sampleClose({ z: 2, day: "2026-11-20" }), sampleClose()] },
    then: (till) => till.toDay(),
  },
  "day-currencies": {
    start: sampleStart({ open_sales: strip }),
    book: { report: sampleReport({}, ["EUR", "USD", "RUB"]) },
    then: (till) => till.toDay(),
  },
  "day-none": {
    start: sampleStart(),
    book: { report: sampleReport({}, []) },
    then: (till) => till.toDay(),
  },
  "close-day": {
    start: sampleStart(),
    book: { report: sampleReport({ open: strip }) },
    then: async (till) => {
      till.toDay();
      await till.day.load();
      till.dialog = { kind: "close-day" };
    },
  },
  close: {
    start: sampleStart(),
    then: (till) => {
      till.toDay();
      till.dialog = { kind: "close", close: sampleClose({ open: [39, 40] }) };
    },
  },
  export: {
    start: sampleStart(),
    then: (till) => {
      till.toDay();
      till.dialog = { kind: "export" };
    },
  },
  exporting: {
    start: sampleStart(),
    then: (till) => {
      till.toDay();
      till.dialog = { kind: "export" };
      void till.day.export({ format: "csv", from: null, to: null });
    },
  },
  settings: { start: sampleStart(), then: (till) => till.toSettings() },
  "settings-practice": {
    start: sampleStart({ mode: "practice" }),
    then: (till) => till.toSettings(),
  },
  "settings-shop": {
    start: sampleStart({ settings: shopSettings }),
    then: (till) => section(till, "shop"),
  },
  "settings-printer": {
    start: sampleStart({ settings: shopSettings }),
    then: (till) => section(till, "printer"),
  },
  "settings-looks": { start: sampleStart(), then: (till) => section(till, "looks") },
  "settings-network": {
    start: sampleStart({ network: "key-refused", key: "none" }),
    then: (till) => till.toSettings(),
  },
  "settings-backup": { start: sampleStart(), then: (till) => section(till, "backup") },
  ...STAFF_SCENES,
  "broken-no-copy": {
    start: sampleStart(),
    fails: { start: "journal_corrupt", restoreOffer: "restore_none" },
  },
  broken: { start: sampleStart(), fails: { start: "journal_corrupt" } },
};
