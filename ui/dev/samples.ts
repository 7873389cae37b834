// Samples of what Rust sends, for the gallery and the tests.
import type { CartView } from "../src/bindings/CartView";
import type { DrawerView } from "../src/bindings/DrawerView";
import type { Fault } from "../src/bindings/Fault";
import type { ImportPreview } from "../src/bindings/ImportPreview";
import type { Currency } from "../src/bindings/Currency";
import type { Item } from "../src/bindings/Item";
import type { Money } from "../src/bindings/Money";
import type { NearbyPrinter } from "../src/bindings/NearbyPrinter";
import type { OfficeStatus } from "../src/bindings/OfficeStatus";
import type { RestoreOffer } from "../src/bindings/RestoreOffer";
import type { SaleView } from "../src/bindings/SaleView";
import type { SharedStatus } from "../src/bindings/SharedStatus";
import type { Settings } from "../src/bindings/Settings";
import type { SettingsRules } from "../src/bindings/SettingsRules";
import type { Start } from "../src/bindings/Start";
import type { TakenUpCart } from "../src/bindings/TakenUpCart";
import type { TenderOptions } from "../src/bindings/TenderOptions";
import type { TenderView } from "../src/bindings/TenderView";

export const INVOICE = "179a4662-a6e0-4129-aeba-04c4c2a8f074";

/** An amount of euros. */
export const eur = (minor: number): Money => ({ minor, currency: "EUR" });

const OPEN = ["requesting", "awaiting", "chosen", "stopped", "uncertain", "review", "part_paid"];

export function sampleSale(changes: Partial<SaleView> = {}): SaleView {
  const number = changes.number ?? 42;
  const state = changes.state ?? "awaiting";
  const amount = changes.amount ?? eur(1250);
  return {
    number,
    label: `A-${String(number).padStart(6, "0")}`,
    revision: 1,
    state,
    late: false,
    settled: false,
    test: false,
    paid_twice: false,
    open: OPEN.includes(state),
    unseen: state === "paid",
    tip: null,
    tenders: [],
    outstanding: { ...amount, minor: state === "paid" ? 0 : amount.minor },
    overpaid: null,
    change: null,
    may_try_again: ["ended", "refused", "uncertain", "part_paid"].includes(state),
    refunded: null,
    refundable: null,
    receipts: 0,
    receipt_unconfirmed: false,
    amount,
    currency: "EUR",
    note: null,
    language: null,
    attempt: 1,
    attempt_amount: amount,
    gateway: "api.cru.cash",
    invoice_id: INVOICE,
    pay_url: `https://pay.cru.cash/invoice/${INVOICE}`,
    expires_at: Math.floor(Date.now() / 1000) + 14 * 60 + 32,
    clock_offset_ms: 0,
    crypto: null,
    network: null,
    crypto_amount: null,
    opened_at_unix_ms: Date.now(),
    paid_at_unix_ms: null,
    review: [],
    gateway_status: null,
    poll_refused: false,
    written_off: null,
    may_write_off: ["awaiting", "chosen", "stopped", "ended"].includes(state),
    error: null,
    ...changes,
  };
}

/** The drawer of a day with cash, ten cents short at the count. */
export const sampleNearbyPrinters: NearbyPrinter[] = [
  { name: "EPSON TM-T20III", port: { kind: "usb", vendor: 0x04b8, product: 0x0e28 } },
  { name: "Star mC-Print3", port: { kind: "network", host: "192.168.1.20", port: 9100 } },
  { name: "Bar", port: { kind: "queue", name: "Bar" } },
  { name: "/dev/ttyUSB0", port: { kind: "serial", path: "/dev/ttyUSB0", baud: 9600 } },
];

export const sampleDrawer: DrawerView = {
  start: eur(15_000),
  taken: eur(41_250),
  refunded: eur(340),
  paid_in: eur(2000),
  paid_out: eur(1250),
  dropped: eur(30_000),
  counts: 1,
  counted: eur(26_650),
  difference: eur(-10),
  removed: eur(11_650),
  expected: eur(15_000),
};

/** Sales for the list of open sales. */
export const openSales = [
  sampleSale({ number: 39, amount: eur(420), state: "chosen", crypto: "TON", network: "TON" }),
  sampleSale({ number: 40, amount: eur(11_800), state: "stopped" }),
  sampleSale({ number: 41, amount: eur(700), state: "review", review: ["amount"] }),
];

/** A back office that has everything. */
export function sampleOffice(changes: Partial<OfficeStatus> = {}): OfficeStatus {
  return {
    name: "Stall 3",
    address: "192.168.1.20:7443",
    fingerprint: "3F8K-2M9P-QX4T-7BVD-1C6H-R0GZ",
    state: "sending",
    fault: null,
    answered_at_unix_ms: Date.now() - 4_000,
    sent: 4_812,
    signed_at_unix: Math.floor(Date.now() / 1000) - 4,
    head: {
      office: "kX2p9Qv7",
      seq: 4_812,
      hash: "5f0c9a1d7e2b48c6",
      signature: "t4Zr8wLm0yBe",
      signed_at_unix_ms: Date.now() - 4_000,
    },
    entries: 4_812,
    ...changes,
  };
}

/** The settings of a shop that has set nothing yet. */
function sampleSettings(): Settings {
  return {
    till_code: null,
    currency: "EUR",
    lifetime_minutes: 15,
    language: "en",
    entry_style: null,
    description: null,
    webhook: null,
    redirect_url: null,
    calls_per_minute: 30,
    zone: null,
    shop: { name: null, address: null, tax_id: null, footer: null },
    tax_rates: [],
    default_tax: null,
    tenders: [{ way: "crypto" }],
    cash_rounding: { EUR: "none", USD: "none", RUB: "none" },
    printing: { printer: null, paper: "80", letters: "printer", auto_print: false, drawer: false },
    accounts: {},
    drawer: { on: false, blind_count: false },
    tips: { ask: false, percents: [500, 1000, 1500], round_up: true },
    discounts: { offered: false, percents: [500, 1000, 2000] },
    hold_carts: false,
    receipt_qr: true,
    scanner: { learnt: null, scale_codes: [] },
    large_amount: { times: 50, at_least_minor: { EUR: 50_000, USD: 50_000, RUB: 5_000_000 } },
    backup_folder: null,
    cashiers: [],
    staff: {
      rights: {
        cashier: [],
        supervisor: [
          "discount",
          "refund",
          "take_back",
          "open_drawer",
          "drop_cart",
          "expected_cash",
          "close",
        ],
      },
      free_discount: 1000,
    },
    customer_display: "off",
    customer_language: null,
    customer_languages: [],
    kiosk: {
      at_start: false,
      autostart: false,
      return_after_s: 60,
      self_service: false,
      card: false,
      offers: [],
    },
    looks: {
      theme: "system",
      scale_percent: 100,
      sounds: true,
      volume_percent: 70,
      paid_returns_after_s: null,
      screen_keyboard: "kiosk",
    },
    updates: { address: null, key: null },
  };
}

export const sampleRules: SettingsRules = {
  proposed_paid_returns_after_s: 20,
  proposed_printer_port: 9101,
  proposed_baud: 19_200,
  bauds: [9_600, 19_200, 38_400],
  max_tax_rates: 12,
  max_presets: 4,
  max_own_tenders: 4,
  max_cashiers: 30,
  max_offers: 12,
};

/** A tender of a sale. */
export function sampleTender(changes: Partial<TenderView> = {}): TenderView {
  return {
    tender: 1,
    entry: 90,
    at_unix_ms: Date.now(),
    way: "cash",
    own: null,
    amount: eur(500),
    given: null,
    change: null,
    rounding: null,
    taken_back: null,
    ...changes,
  };
}

/** What Rust would say of an amount: 13.40 as in its own tests, else exactly the amount and the next tens. */
export function sampleOptions(
  tenders: Settings["tenders"],
  outstanding: Money,
  part: Money | null = null,
  rounding_minor = 0,
): TenderOptions {
  const { minor, currency } = outstanding;
  const of = (minor: number): Money => ({ minor, currency });
  const left = part === null ? 0 : minor - part.minor;
  const due = minor + rounding_minor;
  const more = minor === 1340 ? [1400, 1500, 2000, 5000] : [Math.ceil((due + 1) / 1000) * 1000];
  const crypto = (minor: number) => tenders.some(({ way }) => way === "crypto") && minor >= 100;
  return {
    outstanding,
    tenders: tenders.map((tender) => ({
      tender,
      available: tender.way !== "crypto" || crypto(minor),
    })),
    cash_due: of(due),
    cash_rounding: of(rounding_minor),
    cash_suggestions: [due, ...more].map(of),
    crypto_minimum: of(100),
    rest: left > 0 ? { outstanding: of(left), crypto: crypto(left) } : null,
  };
}

/** Items that only the office changes, texts that a till has changed, a tax that it could not take. */
export function sampleShared(): SharedStatus {
  return {
    number: 7,
    taken_at_unix_ms: Date.UTC(2026, 10, 21, 9, 30),
    sections: [
      { section: "items", locked: true, changed: false },
      { section: "taxes", locked: false, changed: false },
      { section: "cashiers", locked: true, changed: false },
      { section: "texts", locked: false, changed: true },
    ],
    refused: [{ section: "taxes", field: "default_tax", problem: "must be one of the rates" }],
  };
}

export function sampleStart(changes: Partial<Start> = {}): Start {
  return {
    mode: "live",
    version: "0.1.0",
    till: "A",
    settings: sampleSettings(),
    unread_settings: [],
    settings_rules: sampleRules,
    items: [],
    key: "stored",
    key_fault: null,
    history_fault: null,
    first_sale: false,
    open_sales: [],
    held_carts: [],
    unseen_sales: [],
    checked: [],
    network: "online",
    journal: "serving",
    backup: { status: "off", folder: null, last_good: null, fault: null },
    office: "none",
    shared: null,
    update: { status: "off" },
    lock: { set: false, open: true, wait_until_unix_ms: null, staff: false },
    staff: { in_force: false, people: [] },
    cashier: null,
    kiosk: false,
    limits: [
      {
        currency: "RUB",
        minimum: { minor: 10_000, currency: "RUB" },
        maximum: { minor: 1_000_000_000, currency: "RUB" },
      },
      {
        currency: "USD",
        minimum: { minor: 100, currency: "USD" },
        maximum: { minor: 1_000_000_000, currency: "USD" },
      },
      {
        currency: "EUR",
        minimum: { minor: 100, currency: "EUR" },
        maximum: { minor: 1_000_000_000, currency: "EUR" },
      },
    ],
    gateway: "api.cru.cash",
    system_language: "en-GB",
    ...changes,
  };
}

export function sampleItem(
  name: string,
  {
    price_minor = 350,
    currency = "EUR",
    ...changes
  }: Partial<Item> & { price_minor?: number; currency?: Currency } = {},
): Item {
  return {
    id: `item ${name}`,
    name,
    price: { minor: price_minor, currency },
    colour: "sand",
    tax: null,
    barcode: null,
    category: null,
    sold: "each",
    options: [],
    deposit: null,
    sold_out: false,
    warn_at: null,
    ...changes,
  };
}

/** The items of a café. */
export function sampleItems(): Item[] {
  const of = (name: string, price_minor: number, colour: Item["colour"], tax = 1900) =>
    sampleItem(name, { price_minor, colour, tax });
  return [
    of("Coffee", 350, "coral"),
    of("Espresso", 240, "coral"),
    of("Cappuccino", 390, "coral"),
    of("Hot chocolate with cream", 450, "coral"),
    of("Green tea", 320, "lemon"),
    of("Elderflower lemonade", 380, "lemon"),
    of("Apple cake", 420, "rose", 700),
    of("Cheesecake", 460, "rose", 700),
    of("Croissant", 250, "amber", 700),
    of("Sandwich", 690, "amber", 700),
    { ...of("Beans, 1 kg", 2490, "stone", 700), barcode: "4006381333931" },
    of("Cup to go", 1200, "sky"),
    of("Schwarzwälder Kirschtorte", 540, "rose", 700),
    of("Water", 220, "sky"),
    of("Gift card", 2500, "lilac", 0),
  ];
}

/** The items of a shop with a real counter: sorted, with options, a scale, bottles and a stock. */
export function sampleCounter(): Item[] {
  const euro = (minor: number) => ({ minor, currency: "EUR" }) as const;
  const sorted: Record<string, string> = {
    coral: "Hot drinks",
    lemon: "Cold drinks",
    sky: "Cold drinks",
    rose: "Cakes",
    amber: "Bakery",
  };
  const listed = sampleItems().map((item) => ({
    ...item,
    category: sorted[item.colour] ?? "Other goods",
  }));
  const changed = listed.map((item): Item => {
    switch (item.name) {
      case "Coffee":
        return {
          ...item,
          options: [
            {
              name: "Size",
              choose: "one",
              options: [
                { name: "small", difference: euro(0) },
                { name: "large", difference: euro(80) },
              ],
            },
            {
              name: "Extras",
              choose: "any",
              options: [
                { name: "oat milk", difference: euro(40) },
                { name: "second shot", difference: euro(90) },
                { name: "own cup", difference: euro(-20) },
              ],
            },
          ],
        };
      case "Elderflower lemonade":
        return { ...item, deposit: { price: euro(25), tax: { kind: "item" } } };
      case "Croissant":
        return { ...item, sold_out: true };
      case "Cheesecake":
        return { ...item, warn_at: 4 };
      case "Gift card":
        return { ...item, sold: "open", price: euro(0) };
      default:
        return item;
    }
  });
  const cheese = sampleItem("Mountain cheese", {
    price_minor: 2490,
    colour: "lemon",
    tax: 700,
    sold: "weight",
    category: "Bakery",
  });
  return [...changed, cheese];
}

/** A file in which something of every kind is. */
export function sampleImport(listed: readonly Item[]): ImportPreview {
  const first = listed[0] ?? sampleItem("Coffee");
  const dearer = {
    ...first,
    price: { ...first.price, minor: first.price.minor + 30 },
    barcode: "4006381333931",
  };
  const cocoa = sampleItem("Cocoa", { price_minor: 410 });
  const refused = { kind: "refused", name: "Milk" } as const;
  return {
    lines: [
      {
        line: 2,
        outcome: { kind: "changed", from: first, to: dearer },
        notes: [{ kind: "code_mended", from: "4,006381333931E+12" }],
      },
      {
        line: 3,
        outcome: { ...refused, cell: "4,00638E+12", problem: "barcode_uncertain" },
        notes: [],
      },
      { line: 4, outcome: { kind: "new", item: cocoa }, notes: [] },
      { line: 5, outcome: { ...refused, cell: "1.000", problem: "price" }, notes: [] },
      {
        line: 6,
        outcome: { kind: "new", item: sampleItem("Cocoa", { id: "another", price_minor: 520 }) },
        notes: [{ kind: "repeats_name", line: 4 }],
      },
    ],
    items: [dearer, ...listed.slice(1), cocoa],
    added: 2,
    changed: 1,
    refused: 2,
  };
}

export function sampleFault(code: string, detail: Record<string, string> = {}): Fault {
  return { code, message: code.replaceAll("_", " "), detail };
}

/** A form that Rust refused because of these fields. */
export function sampleFieldFault(...fields: string[]): Fault {
  return {
    ...sampleFault("settings_invalid"),
    fields: fields.map((field) => ({ field, problem: "is wrong" })),
  };
}

export function sampleOffer(changes: Partial<RestoreOffer> = {}): RestoreOffer {
  return {
    file: "/media/stick/ringup-1c9d2a7e-20261121T093012Z.sqlite",
    at_unix_ms: Date.UTC(2026, 10, 21, 9, 30, 12),
    entries: 1830,
    sales: 412,
    head: "9f2c",
    lost: null,
    perhaps_incomplete: false,
    ...changes,
  };
}

/** A held cart. */
export function sampleCart(label: string, amount: Money): CartView {
  return {
    id: `held ${label}`,
    label,
    amount,
    held_at_unix_ms: Date.now() - 20 * 60_000,
    by: null,
  };
}

/** What a held cart holds: for the most part coffee. */
export function sampleTakenUp({ id, label, amount: { minor, currency } }: CartView): TakenUpCart {
  const coffees = Math.floor((minor - 1) / 350);
  const lines = [
    { name: "Flat white", quantity: coffees, unit_minor: 350, tax: 1900 },
    { name: null, quantity: 1, unit_minor: minor - coffees * 350, tax: 1900 },
  ].filter(({ quantity }) => quantity > 0);
  return { cart: id, label, currency, lines, discount: null };
}
