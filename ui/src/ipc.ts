// The one door between the screen and the till. Nothing else imports @tauri-apps/api, so the
// screens can be tested, and looked at in a browser, with any object of the type `Ipc` in its place.
import { Channel, invoke } from "@tauri-apps/api/core";
import type { ExportFormat } from "./bindings/ExportFormat";
import type { ExportProgress } from "./bindings/ExportProgress";
import type { Basket } from "./bindings/Basket";
import type { BackupState } from "./bindings/BackupState";
import type { CloseView } from "./bindings/CloseView";
import type { DayReport } from "./bindings/DayReport";
import type { ReceiptFormat } from "./bindings/ReceiptFormat";
import type { ReceiptView } from "./bindings/ReceiptView";
import type { SaleDetail } from "./bindings/SaleDetail";
import type { SalesPage } from "./bindings/SalesPage";
import type { SalesQuery } from "./bindings/SalesQuery";
import type { LastPolled } from "./bindings/LastPolled";
import type { Currency } from "./bindings/Currency";
import type { CustomerAct } from "./bindings/CustomerAct";
import type { DisplayState } from "./bindings/DisplayState";
import type { Fault } from "./bindings/Fault";
import type { Imported } from "./bindings/Imported";
import type { Item } from "./bindings/Item";
import type { JournalState } from "./bindings/JournalState";
import type { KeyStatus } from "./bindings/KeyStatus";
import type { LockView } from "./bindings/LockView";
import type { Mode } from "./bindings/Mode";
import type { NetworkState } from "./bindings/NetworkState";
import type { ScreenEvent } from "./bindings/ScreenEvent";
import type { QrImage } from "./bindings/QrImage";
import type { RefundWay } from "./bindings/RefundWay";
import type { RestoreOffer } from "./bindings/RestoreOffer";
import type { SaleView } from "./bindings/SaleView";
import type { Settings } from "./bindings/Settings";
import type { Start } from "./bindings/Start";
import type { TipChosen } from "./bindings/TipChosen";
import type { TipQuestion } from "./bindings/TipQuestion";

/** One tap on Charge. The same `tap` twice is the same sale. */
export interface Charge {
  /** Exact decimal with two decimals, e.g. "12.50". */
  amount: string;
  currency: Currency;
  note: string | null;
  /** What the amount is made of; null: it was typed, and nothing else. */
  basket: Basket | null;
  tap: string;
}

/** What goes back to the customer, outside the gateway. */
export interface NewRefund {
  /** Exact decimal, in the sale's currency. */
  amount: string;
  way: RefundWay;
  reason: string;
}

/** Which part of the book goes into a file. Days are the shop's, both included; none: no bound. */
export interface ExportQuery {
  format: ExportFormat;
  from: string | null;
  to: string | null;
}

/** What the till says without being asked. */
export interface TillEvents {
  saleChanged(sale: SaleView): void;
  exportProgress(progress: ExportProgress): void;
  networkChanged(network: NetworkState): void;
  polled(polled: LastPolled): void;
  backupChanged(backup: BackupState): void;
  journalChanged(journal: JournalState): void;
  /** The customer took a tip on their display. */
  tipChosen(chosen: TipChosen): void;
  fault(fault: Fault): void;
}

export type Ipc = typeof ipc;

export const ipc = {
  /** The till as it is, and whatever becomes of it: told from before the answer, so that nothing is missed. */
  start: (events: TillEvents) =>
    call<Start>("start", { news: new Channel<ScreenEvent>((news) => dispatch(events, news)) }),
  charge: (charge: Charge) => call<SaleView>("charge", { ...charge }),
  tryAgain: (number: number) => call<SaleView>("try_again", { number }),
  stopWaiting: (number: number) => call<SaleView>("stop_waiting", { number }),
  checkNow: (number: number) => call<SaleView>("check_now", { number }),
  paymentSeen: (number: number) => call<SaleView>("payment_seen", { number }),
  setNote: (number: number, note: string | null) => call<SaleView>("set_note", { number, note }),
  refund: (number: number, refund: NewRefund) => call<SaleView>("refund", { number, ...refund }),
  takeBackRefund: (number: number, refund: number, reason: string) =>
    call<SaleView>("take_back_refund", { number, refund, reason }),
  closeReview: (number: number, reason: string) =>
    call<SaleView>("close_review", { number, reason }),
  lookAt: (number: number | null) => call<null>("look_at", { number }),
  /** The sale before the customer is left: the display is free for the next. */
  nextCustomer: () => call<null>("next_customer"),
  /** Puts the question before the customer, and gives its number; null takes it back. */
  askTip: (question: TipQuestion | null) => call<number | null>("ask_tip", { question }),
  sale: (number: number) => call<SaleView>("sale", { number }),
  qr: (number: number) => call<QrImage>("qr", { number }),

  sales: (query: SalesQuery) => call<SalesPage>("sales", { query }),
  saleDetail: (number: number) => call<SaleDetail>("sale_detail", { number }),

  /** Without a day: today, by the shop's clock. */
  report: (day: string | null) => call<DayReport>("report", { day }),
  closeDay: (carry: boolean) => call<CloseView>("close_day", { carry }),
  /** Newest first; the page before an entry, for older ones. */
  closes: (before_seq: number | null) => call<CloseView[]>("closes", { beforeSeq: before_seq }),
  /** Where the file is; null when the cashier picked none or cancelled. */
  exportSales: (query: ExportQuery) => call<string | null>("export", { ...query }),
  cancelExport: () => call<null>("cancel_export"),

  receipt: (number: number) => call<ReceiptView>("receipt", { number }),
  printClose: (seq: number) => call<null>("print_close", { seq }),
  printReceipt: (number: number) => call<SaleView>("print_receipt", { number }),
  /** Null when the cashier picked no file. */
  saveReceipt: (number: number, format: ReceiptFormat) =>
    call<SaleView | null>("save_receipt", { number, format }),
  receiptOpenedInDialog: (number: number) => call<SaleView>("receipt_opened_in_dialog", { number }),
  printerTest: () => call<null>("printer_test"),

  /** Replaces them all. */
  saveItems: (items: readonly Item[]) => call<Item[]>("save_items", { items }),
  /** Null when the cashier picked no file. */
  importItems: () => call<Imported | null>("import_items"),

  backupState: () => call<BackupState>("backup_state"),
  backUpNow: () => call<BackupState>("back_up_now"),
  /** Unchanged when the cashier picked no folder. */
  chooseBackupFolder: () => call<BackupState>("choose_backup_folder"),
  clearBackupFolder: () => call<BackupState>("clear_backup_folder"),

  saveSettings: (settings: Settings) => call<Settings>("save_settings", { settings }),
  setKey: (key: string) => call<KeyStatus>("set_key", { key }),
  clearKey: () => call<KeyStatus>("clear_key"),
  keyStatus: () => call<KeyStatus>("key_status"),
  switchMode: (mode: Mode) => call<Start>("switch_mode", { mode }),
  /** Forgets every practice sale. */
  resetPractice: () => call<Start>("reset_practice"),
  practiceAct: (number: number, act: CustomerAct) => call<null>("practice_act", { number, act }),
  lockState: () => call<LockView>("lock_state"),
  unlock: (pin: string) => call<LockView>("unlock", { pin }),
  lockNow: () => call<LockView>("lock_now"),
  setPin: (pin: string) => call<LockView>("set_pin", { pin }),
  clearPin: () => call<LockView>("clear_pin"),
  signOn: (name: string | null) => call<string | null>("sign_on", { name }),
  enterKiosk: () => call<null>("enter_kiosk"),
  leaveKiosk: () => call<null>("leave_kiosk"),
  quit: () => call<null>("quit"),

  restoreOffer: () => call<RestoreOffer | null>("restore_offer"),
  chooseRestoreFile: () => call<RestoreOffer | null>("choose_restore_file"),
  restoreFromOffer: (head: string) => call<Start>("restore_from_offer", { head }),
};

function dispatch(events: TillEvents, news: ScreenEvent): void {
  switch (news.what) {
    case "sale-changed":
      return events.saleChanged(news.told);
    case "network-changed":
      return events.networkChanged(news.told);
    case "checked":
      return events.polled(news.told);
    case "journal-changed":
      return events.journalChanged(news.told);
    case "export-progress":
      return events.exportProgress(news.told);
    case "backup-changed":
      return events.backupChanged(news.told);
    case "tip-chosen":
      return events.tipChosen(news.told);
    case "fault":
      return events.fault(news.told);
  }
}

/** The customer's display: what it shows now, and each change from now on. */
export function subscribeDisplay(changed: (state: DisplayState) => void): Promise<DisplayState> {
  return call<DisplayState>("display_state", { changes: new Channel(changed) });
}

/** The customer's display: one of the tips that are asked for. The one other thing that it may ask. */
export function chooseTip(ask: number, offer: number): Promise<null> {
  return call<null>("choose_tip", { ask, offer });
}

async function call<T>(command: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (reason) {
    throw asFault(reason);
  }
}

/** Rust rejects with a Fault. Anything else (an unknown command, a refused permission) is our own fault. */
export function asFault(reason: unknown): Fault {
  if (typeof reason === "object" && reason !== null && "code" in reason && "message" in reason) {
    const { code, message } = reason;
    const detail = "detail" in reason && isRecord(reason.detail) ? reason.detail : {};
    if (typeof code === "string" && typeof message === "string") {
      return { code, message, detail: detail as Fault["detail"] };
    }
  }
  return {
    code: "internal",
    message: reason instanceof Error ? reason.message : String(reason),
    detail: {},
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
