// A till without Rust, for looking at the screens in a browser: it answers what `ipc.ts` asks, at the
// level of Tauri itself, so that `ipc.ts` is looked at too. It keeps nothing and decides nothing.
import type { Channel } from "@tauri-apps/api/core";
import { mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import type { CloseView } from "../src/bindings/CloseView";
import type { DayReport } from "../src/bindings/DayReport";
import type { SaleDetail } from "../src/bindings/SaleDetail";
import type { SalesQuery } from "../src/bindings/SalesQuery";
import type { Currency } from "../src/bindings/Currency";
import type { CustomerAct } from "../src/bindings/CustomerAct";
import type { Item } from "../src/bindings/Item";
import type { Mode } from "../src/bindings/Mode";
import type { ScreenEvent } from "../src/bindings/ScreenEvent";
import type { SaleView } from "../src/bindings/SaleView";
import type { Settings } from "../src/bindings/Settings";
import type { Start } from "../src/bindings/Start";
import { sampleBackup, sampleClose, sampleDetail, samplePage, sampleReport } from "./book-samples";
import { drawQr } from "./draw-qr";
import { drawReceipt } from "./draw-receipt";
import { sampleFault, sampleOffer, sampleSale } from "./samples";

type Arguments = Record<string, unknown>;

/** What the book answers, where it is not the usual. */
export interface BookAnswers {
  readonly detail?: Partial<SaleDetail>;
  readonly report?: DayReport;
  readonly closes?: readonly CloseView[];
}

/** Answers for a till that starts so. `fails` names commands that reject. */
export function fakeTill(
  start: Start,
  fails: Record<string, string> = {},
  { detail = {}, report = sampleReport(), closes = [] }: BookAnswers = {},
): void {
  const sales = new Map(
    [...start.open_sales, ...start.unseen_sales].map((sale) => [sale.number, sale]),
  );
  let mode = start.mode;
  let settings = start.settings;
  let items = start.items;
  let key = start.key;
  let lock = start.lock;
  let tell: (news: ScreenEvent) => void = () => undefined;

  const now = (): Start => ({ ...start, mode, settings, items, key });
  const find = (args: Arguments): SaleView => {
    const sale = sales.get(args["number"] as number);
    if (sale === undefined) throw sampleFault("sale_unknown");
    return sale;
  };
  const change = (args: Arguments, changes: Partial<SaleView>): SaleView => {
    const sale = { ...find(args), ...changes };
    sales.set(sale.number, sale);
    tell({ what: "sale-changed", told: sale });
    return sale;
  };

  const answers: Record<string, (args: Arguments) => unknown> = {
    start: (args) => {
      tell = (args["news"] as Channel<ScreenEvent>).onmessage;
      return now();
    },
    charge: (args) => {
      const number = Math.max(41, ...sales.keys()) + 1;
      const sale = sampleSale({
        number,
        amount: args["amount"] as string,
        currency: args["currency"] as Currency,
        note: args["note"] as string | null,
      });
      sales.set(number, sale);
      return sale;
    },
    try_again: (args) =>
      change(args, { state: "awaiting", error: null, attempt: find(args).attempt + 1 }),
    stop_waiting: (args) => change(args, { state: "stopped" }),
    check_now: (args) => {
      const number = args["number"] as number;
      tell({ what: "checked", told: { number, checked_at_unix_ms: Date.now() } });
      return find(args);
    },
    payment_seen: (args) => change(args, { unseen: false }),
    look_at: () => null,
    next_customer: () => null,
    ask_tip: (args) => (args["question"] === null ? null : 1),
    sale: find,
    open_sales: () => [...sales.values()],
    qr: () => drawQr(),
    sales: (args) => samplePage(args["query"] as SalesQuery),
    sale_detail: (args) => ({
      ...sampleDetail({ number: args["number"] as number, state: "paid" }, true),
      ...detail,
    }),
    set_note: (args) => change(args, { note: args["note"] as string | null }),
    refund: find,
    take_back_refund: find,
    close_review: find,
    report: (args) => ({ ...report, day: (args["day"] as string | null) ?? report.day }),
    closes: () => closes,
    close_day: () => sampleClose({ z: closes.length + 1 }),
    // Slow, so that its progress can be seen.
    export: async () => {
      for (let done = 0; done < 100_000; done += 2_500) {
        tell({ what: "export-progress", told: { done, total: 100_000 } });
        await new Promise((resolve) => setTimeout(resolve, 80));
      }
      return "/home/shop/Documents/ringup-2026-11.csv";
    },
    items: () => items,
    save_items: (args) => (items = args["items"] as Item[]),
    import_items: () => ({ items, added: 0, changed: items.length }),
    receipt: () => drawReceipt(),
    print_close: () => null,
    print_receipt: find,
    save_receipt: find,
    receipt_opened_in_dialog: find,
    backup_state: () => sampleBackup(),
    back_up_now: () => sampleBackup(),
    choose_backup_folder: () => sampleBackup(),
    clear_backup_folder: () => sampleBackup({ status: "off", folder: null }),
    printer_test: () => null,
    save_settings: (args) => (settings = args["settings"] as Settings),
    set_key: () => (key = "stored"),
    clear_key: () => (key = "none"),
    key_status: () => key,
    switch_mode: (args) => {
      mode = args["mode"] as Mode;
      return { ...now(), open_sales: [] };
    },
    lock_state: () => lock,
    unlock: (args) => {
      if (args["pin"] !== "2468") throw sampleFault("pin_wrong", { retry_after_seconds: "0" });
      return (lock = { ...lock, open: true });
    },
    lock_now: () => (lock = { ...lock, open: !lock.set }),
    set_pin: () => (lock = { ...lock, set: true, open: true }),
    clear_pin: () => (lock = { ...lock, set: false, open: true }),
    sign_on: (args) => args["name"],
    enter_kiosk: () => null,
    leave_kiosk: () => null,
    quit: () => null,
    restore_offer: () => sampleOffer(),
    choose_restore_file: () => sampleOffer({ lost: 3 }),
    restore_from_offer: now,
    practice_act: (args) => {
      const act = args["act"] as CustomerAct;
      if (act === "choose-coin") {
        change(args, { state: "chosen", crypto: "USDT", network: "TRC20", crypto_amount: "13.42" });
      } else if (act === "pay") {
        change(args, { state: "paid", open: false, unseen: true, paid_at_unix_ms: Date.now() });
      } else {
        change(args, { state: "ended", open: false });
      }
      return null;
    },
  };

  mockWindows("till");
  mockIPC((command, args) => {
    const fault = fails[command];
    if (fault !== undefined) throw sampleFault(fault);
    return answers[command]?.((args ?? {}) as Arguments);
  });
}
