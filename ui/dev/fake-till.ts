// A stand-in for Rust, so that the screens can be shown in a browser. It answers every command of the cashier's window at
// the level of Tauri, so that `ipc.ts` and the generated client run as well. It stores nothing and checks nothing.
import { Channel } from "@tauri-apps/api/core";
import { mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import type { CashierCommands } from "../src/bindings/commands";
import type { CloseView } from "../src/bindings/CloseView";
import type { OfficeStatus } from "../src/bindings/OfficeStatus";
import type { DayReport } from "../src/bindings/DayReport";
import type { SaleDetail } from "../src/bindings/SaleDetail";
import type { SaleView } from "../src/bindings/SaleView";
import type { ScreenEvent } from "../src/bindings/ScreenEvent";
import type { Settings } from "../src/bindings/Settings";
import type { Start } from "../src/bindings/Start";
import {
  sampleBackup,
  sampleClose,
  sampleDetail,
  samplePage,
  samplePreview,
  sampleReport,
} from "./book-samples";
import { drawQr } from "./draw-qr";
import { drawReceipt } from "./draw-receipt";
import {
  sampleCart,
  sampleDrawer,
  sampleFault,
  sampleImport,
  sampleNearbyPrinters,
  sampleOffer,
  sampleOffice,
  sampleSale,
  sampleTakenUp,
  sampleOptions,
} from "./samples";

/** The notes and coins of euros, largest first. */
const PIECES = [50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1];

/** An answer to every command: one that Rust declares and that is missing here does not pass `npm run check`. */
type Answers = {
  readonly [Name in keyof CashierCommands]: (
    ...args: Parameters<CashierCommands[Name]>
  ) => ReturnType<CashierCommands[Name]> | Awaited<ReturnType<CashierCommands[Name]>>;
};

/** Commands that reject, and the codes of their faults. */
export type Fails = Partial<Record<keyof CashierCommands, string>>;

/** Answers of the sales book and the day that differ from the samples. */
export interface BookAnswers {
  readonly detail?: Partial<SaleDetail>;
  readonly report?: DayReport;
  readonly closes?: CloseView[];
  /** By how much cash is rounded. */
  readonly rounding_minor?: number;
  /** What is known of the back office; none is there when it is left out. */
  readonly office?: OfficeStatus;
  /** Customers find their receipts at the office. */
  readonly receiptCode?: boolean;
}

/** Starts the stand-in; it answers as a till that starts with `start`. */
export function fakeTill(
  start: Start,
  fails: Fails = {},
  {
    detail = {},
    report = sampleReport(),
    closes = [],
    rounding_minor = 0,
    office,
    receiptCode = false,
  }: BookAnswers = {},
): void {
  const sales = new Map(
    [...start.open_sales, ...start.unseen_sales].map((sale) => [sale.number, sale]),
  );
  let { mode, settings, items, key, lock, cashier } = start;
  let carts = start.held_carts;
  const { staff } = start;
  let send: (event: ScreenEvent) => void = () => undefined;

  const now = (): Start => ({ ...start, mode, settings, items, key });
  const find = (number: number): SaleView => {
    const sale = sales.get(number);
    if (sale === undefined) throw sampleFault("sale_unknown");
    return sale;
  };
  const change = (number: number, changes: Partial<SaleView>): SaleView => {
    const sale = { ...find(number), ...changes };
    sales.set(number, sale);
    send({ what: "sale-changed", told: sale });
    return sale;
  };

  const answers: Answers = {
    start: (events) => {
      send = events;
      return now();
    },
    charge: ({ amount, note }) => {
      const number = Math.max(41, ...sales.keys()) + 1;
      const sale = sampleSale({ number, amount, currency: amount.currency, note });
      sales.set(number, sale);
      return sale;
    },
    holdCart: ({ label, currency, basket, carts: from }) => {
      const listed = basket.lines.reduce((sum, line) => sum + line.unit_minor * line.quantity, 0);
      const cart = sampleCart(label, { minor: listed, currency });
      return (carts = [...carts.filter(({ id }) => !from.includes(id)), cart]);
    },
    takeUpCart: (cart) => {
      const held = carts.find(({ id }) => id === cart);
      if (held === undefined) throw sampleFault("cart_gone", { label: "Table 4" });
      return sampleTakenUp(held);
    },
    dropCart: (cart) => (carts = carts.filter(({ id }) => id !== cart)),
    drawer: () => (settings.drawer.on ? { EUR: sampleDrawer } : {}),
    countStart: (currency) => ({
      pieces: PIECES.map((minor) => ({ minor, currency })),
      expected: settings.drawer.blind_count ? null : { minor: 26_660, currency },
    }),
    countCash: ({ counted, left }) => ({
      counted,
      expected: { ...counted, minor: 26_660 },
      difference: { ...counted, minor: counted.minor - 26_660 },
      left: left ?? counted,
    }),
    moveCash: () => null,
    openDrawer: () => null,
    takeTender: (number) => change(number, { state: "paid", open: false }),
    takeBackTender: find,
    tenderOptions: (outstanding, part) =>
      sampleOptions(settings.tenders, outstanding, part, rounding_minor),
    tryAgain: (number) =>
      change(number, { state: "awaiting", error: null, attempt: find(number).attempt + 1 }),
    stopWaiting: (number) => change(number, { state: "stopped" }),
    checkNow: (number) => {
      send({ what: "checked", told: { number, checked_at_unix_ms: Date.now() } });
      return find(number);
    },
    paymentSeen: (number) => change(number, { unseen: false }),
    paymentShown: (number) => change(number, { unseen: false }),
    touched: () => null,
    lookAt: () => null,
    nextCustomer: () => null,
    setCustomersLanguage: (number, language) => change(number, { language }),
    askTip: (question) => (question === null ? null : 1),
    sale: find,
    qr: () => drawQr(),
    sales: (query) => samplePage(query),
    saleDetail: (number) => ({ ...sampleDetail({ number, state: "paid" }, true), ...detail }),
    setNote: (number, note) => change(number, { note }),
    refund: find,
    refundPreview: (_, amount, lines) => samplePreview(amount, lines),
    takeBackRefund: find,
    closeReview: find,
    writeOff: find,
    report: (day) => ({ ...report, day: day ?? report.day }),
    closes: () => closes,
    closeDay: () => sampleClose({ z: closes.length + 1 }),
    // Slow, so that the progress is visible.
    export: async () => {
      for (let done = 0; done < 100_000; done += 2_500) {
        send({ what: "export-progress", told: { done, total: 100_000 } });
        await new Promise((resolve) => setTimeout(resolve, 80));
      }
      return "/home/shop/Documents/ringup-2026-11.csv";
    },
    cancelExport: () => null,
    saveItems: (saved) => (items = saved),
    exportItems: () => true,
    stock: () =>
      items.filter(({ warn_at }) => warn_at !== null).map(({ id }) => ({ item: id, left: 3 })),
    setStock: (item, left) => [{ item, left }],
    importItems: () => sampleImport(items),
    receipt: () => drawReceipt(),
    printClose: () => "confirmed",
    printReceipt: (number) => ({ sale: find(number), outcome: "confirmed" }),
    saveReceipt: find,
    receiptOpenedInDialog: find,
    receiptQr: () => (receiptCode ? drawQr() : null),
    backupState: () => sampleBackup(),
    backUpNow: () => sampleBackup(),
    chooseBackupFolder: () => sampleBackup(),
    clearBackupFolder: () => sampleBackup({ status: "off", folder: null }),
    officeStatus: () => office ?? null,
    updateState: () => start.update,
    pairWithOffice: () => sampleOffice(),
    pairWithOfficeByFile: () => sampleOffice(),
    leaveOffice: () => null,
    offerSettings: () => null,
    takenOver: () => ({
      settings,
      items,
      staff,
      lock,
      cashier,
      shared: start.shared,
    }),
    printerTest: () => "confirmed",
    printLabels: () => null,
    nearbyPrinters: () => sampleNearbyPrinters,
    saveSettings: (saved) => (settings = saved as Settings),
    setKey: () => (key = "stored"),
    clearKey: () => (key = "none"),
    keyStatus: () => key ?? "none",
    switchMode: (chosen) => {
      mode = chosen;
      return { ...now(), open_sales: [] };
    },
    resetPractice: () => ({ ...now(), open_sales: [], first_sale: true }),
    lockState: () => lock,
    unlock: (pin) => {
      if (pin !== "2468") throw sampleFault("pin_wrong", { retry_after_seconds: "0" });
      return (lock = { ...lock, open: true });
    },
    lockNow: () => (lock = { ...lock, open: !lock.set }),
    setPin: () => (lock = { ...lock, set: true, open: true }),
    clearPin: () => (lock = { ...lock, set: false, open: true }),
    staff: () => staff,
    atTheTill: () => ({ cashier, lock }),
    signOn: (name, pin) => {
      if (pin !== null && pin !== "2468") throw sampleFault("pin_wrong");
      cashier = name;
      lock = { ...lock, open: name !== null || !lock.set };
      return { cashier, lock };
    },
    signOnByFob: () => null,
    approve: (_name, pin) => {
      if (pin !== "2468") throw sampleFault("pin_wrong");
      return null;
    },
    approveByFob: () => false,
    openSettings: () => null,
    changeCashier: () => staff,
    removeCashier: () => staff,
    enterKiosk: () => null,
    leaveKiosk: () => null,
    quit: () => null,
    retryJournal: () => "failing",
    restoreOffer: () => sampleOffer(),
    chooseRestoreFile: () => sampleOffer({ lost: 3 }),
    restoreFromOffer: now,
    practiceAct: (number, act) => {
      if (act === "choose-coin") {
        change(number, {
          state: "chosen",
          crypto: "USDT",
          network: "TRC20",
          crypto_amount: "13.42",
        });
      } else if (act === "pay") {
        change(number, {
          state: "paid",
          open: false,
          unseen: true,
          paid_at_unix_ms: Date.now(),
        });
      } else {
        change(number, { state: "ended", open: false });
      }
      return null;
    },
  };

  mockWindows("till");
  mockIPC((command, sent) => {
    const name = command.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    const fault = fails[name as keyof CashierCommands];
    if (fault !== undefined) throw sampleFault(fault);
    // The client sends the arguments in their order.
    const args = Object.values(sent ?? {}).map((value: unknown) =>
      value instanceof Channel ? value.onmessage : value,
    );
    const answer = answers[name as keyof CashierCommands] as (...args: unknown[]) => unknown;
    return answer(...args);
  });
}
