// Samples of what Rust sends for the sales book and the day, for the gallery and the tests.
import type { BackupState } from "../src/bindings/BackupState";
import type { CloseView } from "../src/bindings/CloseView";
import type { DayReport } from "../src/bindings/DayReport";
import type { EntryView } from "../src/bindings/EntryView";
import type { HourTotals } from "../src/bindings/HourTotals";
import type { Line } from "../src/bindings/Line";
import type { RefundPreview } from "../src/bindings/RefundPreview";
import type { ReturnedLine } from "../src/bindings/ReturnedLine";
import type { SaleDetail } from "../src/bindings/SaleDetail";
import type { Money } from "../src/bindings/Money";
import type { SalesPage } from "../src/bindings/SalesPage";
import type { SalesQuery } from "../src/bindings/SalesQuery";
import type { Currency } from "../src/bindings/Currency";
import type { CurrencySums } from "../src/bindings/CurrencySums";
import type { SaleState } from "../src/bindings/SaleState";
import type { SaleView } from "../src/bindings/SaleView";
import type { Sums } from "../src/bindings/Sums";
import type { TaxSums } from "../src/bindings/TaxSums";
import { eur, sampleSale } from "./samples";

const MINUTE_MS = 60_000;
const ZONE = "Europe/Berlin";
export const SAMPLE_DAY = "2026-11-21";
const MORNING = Date.parse("2026-11-21T08:05:00+01:00");

export function sampleDetail(changes: Partial<SaleView> = {}, whole = false): SaleDetail {
  const sale = sampleSale({
    unseen: false,
    refundable: changes.state === "paid" ? eur(1250) : null,
    opened_at_unix_ms: MORNING,
    paid_at_unix_ms: changes.state === "paid" ? MORNING + 2 * MINUTE_MS : null,
    ...(whole
      ? {
          crypto: "USDT",
          network: "TRC20",
          crypto_amount: "13.421875",
          note: "Table 4, two coffees",
          receipts: 1,
          settled: true,
        }
      : {}),
    ...changes,
  });
  const refunds = [
    {
      refund: 1,
      at_unix_ms: MORNING + 60 * MINUTE_MS,
      amount: eur(250),
      way: "cash" as const,
      own: null,
      rounding: null,
      reason: "Wrong amount",
      taxes: [{ rate: 1900, gross: eur(250), tax: eur(40) }],
      taken_back: { at_unix_ms: MORNING + 61 * MINUTE_MS, reason: "Entered by mistake" },
    },
    {
      refund: 2,
      at_unix_ms: MORNING + 62 * MINUTE_MS,
      amount: eur(400),
      way: "by_hand" as const,
      own: null,
      rounding: null,
      reason: "Goods returned: the cake was not fresh",
      taxes: [{ rate: 700, gross: eur(400), tax: eur(26) }],
      taken_back: null,
    },
  ];
  return {
    sale,
    entries: whole ? sampleEntries() : sampleEntries().slice(0, 3),
    attempts: [
      {
        attempt: 1,
        phase: sale.state === "paid" ? "paid" : "open",
        gateway: "api.cru.cash",
        amount: sale.amount,
        requested_at_unix_ms: sale.opened_at_unix_ms,
        invoice_id: sale.invoice_id,
        pay_url: sale.pay_url,
        expires_at: sale.expires_at,
        test: sale.test,
        stopped: sale.state === "stopped",
        pay_status: null,
        processing_status: null,
        crypto: sale.crypto,
        network: sale.network,
        crypto_amount: sale.crypto_amount,
        network_fee: null,
        ended_at_unix_ms: null,
        paid_at_unix_ms: sale.paid_at_unix_ms,
        late: sale.late,
        again: false,
        settled: sale.settled,
        review: sale.review,
        error: null,
      },
    ],
    refunds: sale.refunded === null ? [] : refunds,
    lines: [],
    discount_rate: null,
    discount: null,
    tax: null,
    zone: ZONE,
  };
}

/** What a refund would take back of two coffees, a cake and a typed sum. */
export function samplePreview(amount: Money, lines: ReturnedLine[]): RefundPreview {
  const goods: Line[] = [
    { name: "Coffee", quantity: 2, unit_minor: 350, tax: 1900 },
    { name: "Cheesecake with cherries", quantity: 1, unit_minor: 450, tax: 700 },
    { quantity: 1, unit_minor: 100, tax: 1900 },
  ];
  const minor = lines.reduce(
    (sum, { line, quantity }) => sum + (goods[line - 1]?.unit_minor ?? 0) * quantity,
    0,
  );
  return {
    amount: lines.length === 0 ? amount : eur(minor),
    cash_rounding: null,
    taxes: [
      { rate: 700, gross: eur(450), tax: eur(29) },
      { rate: 1900, gross: eur(800), tax: eur(128) },
    ],
    tip: null,
    lines: goods,
  };
}

function sampleEntries(): EntryView[] {
  const told: [number, string, Record<string, string>][] = [
    [0, "sale_opened", { amount: "12.50", note: "Table 4" }],
    [0, "invoice_requested", { attempt: "1", lifetime_minutes: "15" }],
    [0.02, "invoice_opened", { attempt: "1" }],
    [0.7, "invoice_reported", { crypto: "USDT", network: "TRC20", crypto_amount: "13.421875" }],
    [2, "invoice_paid", { crypto: "USDT", crypto_amount: "13.421875" }],
    [2.1, "payment_seen", {}],
    [2.2, "receipt_made", { medium: "printer" }],
    [9, "invoice_reported", { processing_status: "processed" }],
    [30, "sale_noted", { note: "Table 4, two coffees" }],
    [60, "sale_refunded", { amount: "2.50", way: "cash", reason: "Wrong amount" }],
    [61, "refund_taken_back", { reason: "Entered by mistake" }],
    [1700, "sale_refunded", { amount: "4.00", way: "by_hand", reason: "Goods returned" }],
  ];
  return told.map(([minutes, kind, facts], index) => ({
    seq: 100 + index,
    at_unix_ms: MORNING + minutes * MINUTE_MS,
    by: null,
    kind,
    facts,
  }));
}

const STATES: SaleState[] = [
  "paid",
  "paid",
  "ended",
  "paid",
  "refused",
  "paid",
  "stopped",
  "review",
];
const NOTES = [
  null,
  "Table 4",
  null,
  "Bouquet for Mrs Lindqvist-Hohenstein, collected at noon",
  null,
];

/** A page of a sales book with 400 sales, newest first. */
export function samplePage(query: SalesQuery): SalesPage {
  const { before, search } = query;
  const states = query.states ?? [];
  const limit = query.limit ?? 50;
  if (search === "nothing") return { sales: [], next_before: null, zone: ZONE };
  const newest = before ? before.number - 1 : 400;
  const sales: SaleView[] = [];
  for (let number = newest; number > 0 && sales.length < limit; number -= 1) {
    const state = STATES[number % STATES.length] ?? "paid";
    if (states.length > 0 && !states.includes(state)) continue;
    const currency = number % 11 === 0 ? "RUB" : number % 7 === 0 ? "USD" : "EUR";
    sales.push(
      sampleSale({
        number,
        state,
        unseen: false,
        amount: { minor: (((number * 7919) % 397) + 1) * 100 + ((number * 31) % 100), currency },
        currency,
        note: NOTES[number % NOTES.length] ?? null,
        crypto: state === "paid" ? "USDT" : null,
        network: state === "paid" ? "TRC20" : null,
        test: number % 13 === 0,
        late: state === "paid" && number % 17 === 0,
        refunded: number % 19 === 0 ? eur(100) : null,
        opened_at_unix_ms: MORNING - (400 - number) * 37 * MINUTE_MS,
      }),
    );
  }
  const last = sales.at(-1);
  const more = last !== undefined && last.number > 1;
  const next_before = more ? { at_unix_ms: last.opened_at_unix_ms, number: last.number } : null;
  return { sales, next_before, zone: ZONE };
}

export function sampleTotals(
  changes: Partial<CurrencySums> = {},
  sum: (minor: number) => Money = eur,
): CurrencySums {
  const taxed = (gross: number, tax: number, refunded_gross = 0, refunded_tax = 0): TaxSums => ({
    gross: sum(gross),
    tax: sum(tax),
    refunded_gross: sum(refunded_gross),
    refunded_tax: sum(refunded_tax),
  });
  return {
    payments: 34,
    paid: sum(128_450),
    tips: sum(1_200),
    late_count: 1,
    late: sum(2_250),
    twice_count: 1,
    twice: sum(1_250),
    refunds_count: 2,
    refunds: sum(6_500),
    coins: {
      "USDT TRC20": { payments: 21, paid: sum(90_000) },
      BTC: { payments: 9, paid: sum(30_450) },
      TON: { payments: 4, paid: sum(8_000) },
    },
    taxes: {
      "700": taxed(40_000, 2_617),
      "1900": taxed(88_450, 14_122, 6_500, 1_038),
    },
    refunded_tips: sum(0),
    refund_ways: {
      cash: { refunds_count: 1, refunds: sum(4_500) },
      by_hand: { refunds_count: 1, refunds: sum(2_000) },
    },
    tenders: {
      crypto: {
        payments: 34,
        paid: sum(128_450),
        tips: sum(1_200),
        refunds_count: 1,
        refunds: sum(2_000),
      },
      cash: { payments: 0, paid: sum(0), tips: sum(0), refunds_count: 1, refunds: sum(4_500) },
    },
    categories: {},
    rounding: sum(0),
    taken_back_count: 0,
    taken_back: sum(0),
    ...changes,
  };
}

function sampleHours(currency: Currency): HourTotals[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const payments = hour < 9 || hour > 19 ? 0 : (hour * 5) % 7;
    return { payments, paid: { minor: payments * (1_100 + hour * 90), currency } };
  });
}

type Among<T> = { [key in Currency]?: T };

function among<T>(currencies: readonly Currency[], of: (currency: Currency) => T): Among<T> {
  return Object.fromEntries(currencies.map((currency) => [currency, of(currency)]));
}

export function sampleReport(
  changes: Partial<DayReport> = {},
  currencies: readonly Currency[] = ["EUR"],
): DayReport {
  const amount = (minor: number) => among(currencies, (currency) => ({ minor, currency }));
  const sums = (changes: Partial<CurrencySums> = {}): Sums =>
    among(currencies, (currency) => sampleTotals(changes, (minor) => ({ minor, currency })));
  return {
    day: SAMPLE_DAY,
    zone: ZONE,
    practice: false,
    till: "A",
    gateway: "api.cru.cash",
    made_at_unix_ms: MORNING,
    open_sum: {},
    totals: sums(),
    grand: sums({ payments: 4_812, paid: eur(18_340_050) }),
    hours: among(currencies, sampleHours),
    settled: amount(120_000),
    unsettled: amount(8_450),
    average: amount(3_778),
    open: [],
    written_off: [],
    reviews_closed: [],
    drawer: {},
    drawer_moves: [],
    held_carts: {},
    dropped_carts: {},
    cashiers: [],
    last_close: sampleClose({ z: 2 }),
    since_close: sums(),
    ...changes,
  };
}

export function sampleClose(changes: Partial<CloseView> = {}): CloseView {
  return {
    z: 1,
    day: "2026-11-19",
    zone: ZONE,
    practice: false,
    till: "A",
    gateway: "api.cru.cash",
    seq: 480,
    after_seq: 1,
    before: "91b2d0c4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
    at_unix_ms: Date.parse("2026-11-20T20:02:11+01:00"),
    head: "5f0c9a1d7e2b48c6a3905d1e7fb2648c0e9d3a75b1f8264c7d0e59a2b38f61c4",
    totals: { EUR: sampleTotals() },
    grand: { EUR: sampleTotals({ payments: 4_778, paid: eur(18_211_600) }) },
    open: [],
    written_off: [],
    reviews_closed: [],
    drawer: {},
    drawer_moves: [],
    held_carts: {},
    dropped_carts: {},
    cashiers: [
      {
        cashier: "Anna",
        currency: "EUR",
        payments: 31,
        paid: { minor: 41_250, currency: "EUR" },
        refunds_count: 0,
        refunds: { minor: 0, currency: "EUR" },
      },
      {
        cashier: "Maximilian-Alexander",
        currency: "EUR",
        payments: 7,
        paid: { minor: 9_990, currency: "EUR" },
        refunds_count: 1,
        refunds: { minor: 1_250, currency: "EUR" },
      },
    ],
    version: "0.1.0",
    key: "3f9a0c5be1d27784",
    events: { drawer_opened: 4, pin_refused: 2, settings_changed: 1 },
    signed: null,
    ...changes,
  };
}

export function sampleBackup(changes: Partial<BackupState> = {}): BackupState {
  return {
    status: "good",
    folder: "/media/shop/USB-STICK/ringup",
    last_good: {
      file: "/media/shop/USB-STICK/ringup/ringup-A-2026-11-21.sqlite",
      at_unix_ms: MORNING,
      entries: 4_812,
      head: "5f0c9a1d7e2b48c6a3905d1e7fb2648c0e9d3a75b1f8264c7d0e59a2b38f61c4",
      unflushed: false,
    },
    fault: null,
    ...changes,
  };
}
