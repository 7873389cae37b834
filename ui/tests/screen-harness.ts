// Mounts the cashier's window on a stand-in for Rust, for the tests.
import { fireEvent, render } from "@testing-library/svelte";
import { flushSync, tick } from "svelte";
import { vi } from "vitest";
import App from "../src/App.svelte";
import type { SaleView } from "../src/bindings/SaleView";
import type { ScreenEvent } from "../src/bindings/ScreenEvent";
import type { Settings } from "../src/bindings/Settings";
import type { Start } from "../src/bindings/Start";
import type { Ipc } from "../src/ipc";
import { DIALOGS } from "../src/dialogs/late-dialogs";
import { LATE_SCREENS, SCREEN_KEYBOARD } from "../src/screens/late-screens";
import { createStores } from "../src/state/stores";
import {
  sampleBackup,
  sampleClose,
  sampleDetail,
  samplePreview,
  sampleReport,
} from "../dev/book-samples";
import {
  sampleCart,
  sampleDrawer,
  sampleFault,
  sampleNearbyPrinters,
  sampleOffer,
  sampleOffice,
  sampleSale,
  sampleStart,
  sampleTakenUp,
  sampleOptions,
} from "../dev/samples";

// What is read when it is first shown is there, so that a test need not wait for it.
await Promise.all(
  [...Object.values(LATE_SCREENS), ...Object.values(DIALOGS), SCREEN_KEYBOARD].map((it) =>
    it.load(),
  ),
);

export function fakeIpc(start: Start = sampleStart()) {
  let send: (event: ScreenEvent) => void = () => undefined;
  const ipc = {
    start: vi.fn<Ipc["start"]>(async (events) => {
      send = events;
      return start;
    }),
    charge: vi.fn<Ipc["charge"]>(async ({ amount, note }) =>
      sampleSale({ amount, currency: amount.currency, note }),
    ),
    holdCart: vi.fn<Ipc["holdCart"]>(async ({ label, currency }) => [
      sampleCart(label, { minor: 1120, currency }),
    ]),
    takeUpCart: vi.fn<Ipc["takeUpCart"]>(async (id) => {
      const cart = start.held_carts.find((it) => it.id === id);
      if (cart === undefined) throw sampleFault("cart_gone", { label: "Table 4" });
      return sampleTakenUp(cart);
    }),
    dropCart: vi.fn<Ipc["dropCart"]>(async () => []),
    drawer: vi.fn<Ipc["drawer"]>(async () => ({ EUR: sampleDrawer })),
    countStart: vi.fn<Ipc["countStart"]>(async (currency) => ({
      pieces: [5000, 1000, 100].map((minor) => ({ minor, currency })),
      expected: null,
    })),
    countCash: vi.fn<Ipc["countCash"]>(async ({ counted, left }) => ({
      counted,
      expected: { ...counted, minor: counted.minor + 10 },
      difference: { ...counted, minor: -10 },
      left: left ?? counted,
    })),
    moveCash: vi.fn<Ipc["moveCash"]>(async () => null),
    openDrawer: vi.fn<Ipc["openDrawer"]>(async () => null),
    takeTender: vi.fn<Ipc["takeTender"]>(async (number) =>
      sampleSale({ number, state: "paid", unseen: false, revision: 1000 }),
    ),
    takeBackTender: vi.fn<Ipc["takeBackTender"]>(async (number) => sampleSale({ number })),
    tenderOptions: vi.fn<Ipc["tenderOptions"]>(async (outstanding, part) =>
      sampleOptions(start.settings.tenders, outstanding, part),
    ),
    tryAgain: vi.fn<Ipc["tryAgain"]>(async (number) => sampleSale({ number, attempt: 2 })),
    stopWaiting: vi.fn<Ipc["stopWaiting"]>(async (number) =>
      sampleSale({ number, state: "stopped" }),
    ),
    checkNow: vi.fn<Ipc["checkNow"]>(async (number) => sampleSale({ number })),
    paymentSeen: vi.fn<Ipc["paymentSeen"]>(async (number) =>
      sampleSale({ number, revision: 1000, state: "paid", unseen: false }),
    ),
    paymentShown: vi.fn<Ipc["paymentShown"]>(async (number) =>
      sampleSale({ number, revision: 1000, state: "paid", unseen: false }),
    ),
    touched: vi.fn<Ipc["touched"]>(async () => null),
    setNote: vi.fn<Ipc["setNote"]>(async (number, note) => sampleSale({ number, note })),
    refund: vi.fn<Ipc["refund"]>(async (number) => sampleSale({ number, state: "paid" })),
    refundPreview: vi.fn<Ipc["refundPreview"]>(async (_, amount, lines) =>
      samplePreview(amount, lines),
    ),
    takeBackRefund: vi.fn<Ipc["takeBackRefund"]>(async (number) =>
      sampleSale({ number, state: "paid" }),
    ),
    closeReview: vi.fn<Ipc["closeReview"]>(async (number) =>
      sampleSale({ number, state: "review" }),
    ),
    writeOff: vi.fn<Ipc["writeOff"]>(async (number) =>
      sampleSale({ number, state: "stopped", open: false, written_off: "dead" }),
    ),
    lookAt: vi.fn<Ipc["lookAt"]>(async () => null),
    setCustomersLanguage: vi.fn<Ipc["setCustomersLanguage"]>(async (number, language) =>
      sampleSale({ number, language }),
    ),
    nextCustomer: vi.fn<Ipc["nextCustomer"]>(async () => null),
    askTip: vi.fn<Ipc["askTip"]>(async (question) => (question === null ? null : 7)),
    sale: vi.fn<Ipc["sale"]>(async (number) => sampleSale({ number })),
    qr: vi.fn<Ipc["qr"]>(async () => ({ modules: 45, data_url: "data:image/png;base64," })),
    sales: vi.fn<Ipc["sales"]>(async () => ({ sales: [], next_before: null, zone: "UTC" })),
    saleDetail: vi.fn<Ipc["saleDetail"]>(async (number) => sampleDetail({ number, state: "paid" })),
    report: vi.fn<Ipc["report"]>(async (day) => sampleReport(day === null ? {} : { day })),
    closeDay: vi.fn<Ipc["closeDay"]>(async () => sampleClose()),
    closes: vi.fn<Ipc["closes"]>(async () => []),
    export: vi.fn<Ipc["export"]>(async () => "/home/shop/sales.csv"),
    cancelExport: vi.fn<Ipc["cancelExport"]>(async () => null),
    receipt: vi.fn<Ipc["receipt"]>(async () => ({
      data_url: "data:image/png;base64,",
      copy: false,
      text: "Receipt A-000042",
    })),
    printClose: vi.fn<Ipc["printClose"]>(async () => "confirmed"),
    printReceipt: vi.fn<Ipc["printReceipt"]>(async (number) => ({
      sale: sampleSale({ number, state: "paid", receipts: 1 }),
      outcome: "confirmed",
    })),
    saveReceipt: vi.fn<Ipc["saveReceipt"]>(async (number) =>
      sampleSale({ number, state: "paid", receipts: 1 }),
    ),
    receiptQr: vi.fn<Ipc["receiptQr"]>(async () => null),
    receiptOpenedInDialog: vi.fn<Ipc["receiptOpenedInDialog"]>(async (number) =>
      sampleSale({ number, state: "paid", receipts: 1 }),
    ),
    printerTest: vi.fn<Ipc["printerTest"]>(async () => "confirmed"),
    printLabels: vi.fn<Ipc["printLabels"]>(async () => null),
    nearbyPrinters: vi.fn<Ipc["nearbyPrinters"]>(async () => sampleNearbyPrinters),
    saveItems: vi.fn<Ipc["saveItems"]>(async (items) => [...items]),
    exportItems: vi.fn<Ipc["exportItems"]>(async () => true),
    stock: vi.fn<Ipc["stock"]>(async () => []),
    setStock: vi.fn<Ipc["setStock"]>(async (item, left) => [{ item, left }]),
    importItems: vi.fn<Ipc["importItems"]>(async () => null),
    backupState: vi.fn<Ipc["backupState"]>(async () => sampleBackup()),
    officeStatus: vi.fn<Ipc["officeStatus"]>(async () => null),
    updateState: vi.fn<Ipc["updateState"]>(async () => start.update),
    pairWithOffice: vi.fn<Ipc["pairWithOffice"]>(async () => sampleOffice()),
    pairWithOfficeByFile: vi.fn<Ipc["pairWithOfficeByFile"]>(async () => null),
    leaveOffice: vi.fn<Ipc["leaveOffice"]>(async () => null),
    offerSettings: vi.fn<Ipc["offerSettings"]>(async () => null),
    takenOver: vi.fn<Ipc["takenOver"]>(async () => {
      const { settings, items, staff, lock, cashier, shared } = sampleStart();
      return { settings, items, staff, lock, cashier, shared };
    }),
    backUpNow: vi.fn<Ipc["backUpNow"]>(async () => sampleBackup()),
    chooseBackupFolder: vi.fn<Ipc["chooseBackupFolder"]>(async () => sampleBackup()),
    clearBackupFolder: vi.fn<Ipc["clearBackupFolder"]>(async () =>
      sampleBackup({ status: "off", folder: null }),
    ),
    saveSettings: vi.fn<Ipc["saveSettings"]>(async (settings) => settings as Settings),
    setKey: vi.fn<Ipc["setKey"]>(async () => "stored"),
    clearKey: vi.fn<Ipc["clearKey"]>(async () => "none"),
    keyStatus: vi.fn<Ipc["keyStatus"]>(async () => "stored"),
    switchMode: vi.fn<Ipc["switchMode"]>(async (mode) => ({ ...start, mode, open_sales: [] })),
    resetPractice: vi.fn<Ipc["resetPractice"]>(async () => ({
      ...start,
      mode: "practice",
      first_sale: true,
      open_sales: [],
    })),
    practiceAct: vi.fn<Ipc["practiceAct"]>(async () => null),
    retryJournal: vi.fn<Ipc["retryJournal"]>(async () => "serving"),
    restoreOffer: vi.fn<Ipc["restoreOffer"]>(async () => sampleOffer()),
    chooseRestoreFile: vi.fn<Ipc["chooseRestoreFile"]>(async () => null),
    restoreFromOffer: vi.fn<Ipc["restoreFromOffer"]>(async () => start),
    lockState: vi.fn<Ipc["lockState"]>(async () => start.lock),
    unlock: vi.fn<Ipc["unlock"]>(async () => ({
      set: true,
      open: true,
      wait_until_unix_ms: null,
      staff: false,
    })),
    lockNow: vi.fn<Ipc["lockNow"]>(async () => ({ ...start.lock, open: !start.lock.set })),
    setPin: vi.fn<Ipc["setPin"]>(async () => ({
      set: true,
      open: true,
      wait_until_unix_ms: null,
      staff: false,
    })),
    clearPin: vi.fn<Ipc["clearPin"]>(async () => ({
      set: false,
      open: true,
      wait_until_unix_ms: null,
      staff: false,
    })),
    staff: vi.fn<Ipc["staff"]>(async () => start.staff),
    atTheTill: vi.fn<Ipc["atTheTill"]>(async () => ({
      cashier: start.cashier,
      lock: start.lock,
    })),
    signOn: vi.fn<Ipc["signOn"]>(async (cashier) => ({ cashier, lock: start.lock })),
    signOnByFob: vi.fn<Ipc["signOnByFob"]>(async () => null),
    approve: vi.fn<Ipc["approve"]>(async () => null),
    approveByFob: vi.fn<Ipc["approveByFob"]>(async () => false),
    openSettings: vi.fn<Ipc["openSettings"]>(async () => null),
    changeCashier: vi.fn<Ipc["changeCashier"]>(async () => start.staff),
    removeCashier: vi.fn<Ipc["removeCashier"]>(async () => start.staff),
    enterKiosk: vi.fn<Ipc["enterKiosk"]>(async () => null),
    leaveKiosk: vi.fn<Ipc["leaveKiosk"]>(async () => null),
    quit: vi.fn<Ipc["quit"]>(async () => null),
  };
  const tell = (sale: SaleView) => {
    send({ what: "sale-changed", told: sale });
    flushSync();
  };
  return { ipc, tell, send: (event: ScreenEvent) => send(event) };
}

/** The whole window, opened. */
export async function open(start: Start = sampleStart()) {
  const fake = fakeIpc(start);
  const stores = createStores(fake.ipc);
  const screen = render(App, { props: { stores } });
  await stores.startup.open();
  await tick();
  const find = (id: string) => screen.queryByTestId(id);
  const get = (id: string) => screen.getByTestId(id);
  /** Touches these one after the other, and waits for what each begins. */
  const touch = async (...ids: string[]) => {
    for (const id of ids) {
      await fireEvent.click(get(id));
      await settle();
    }
  };
  return { ...fake, stores, screen, find, get, touch, amount: () => get("pad-amount").textContent };
}

let clock_ms = 0;

/** Presses a key, `after_ms` after the key before; the default is as slow as a person. */
export async function key(name: string, after_ms = 120, more: KeyboardEventInit = {}) {
  clock_ms += after_ms;
  const event = new KeyboardEvent("keydown", {
    key: name,
    bubbles: true,
    cancelable: true,
    ...more,
  });
  Object.defineProperty(event, "timeStamp", { value: clock_ms });
  (document.activeElement ?? document.body).dispatchEvent(event);
  await tick();
  return event;
}

/** A promise that the test settles. */
export function held<T>() {
  let keep: (value: T) => void = () => undefined;
  let fail: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    keep = resolve;
    fail = reject;
  });
  return { promise, keep, fail };
}

/** Waits for all promises that are already settled. */
export async function settle() {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  await tick();
}
