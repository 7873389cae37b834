// The open sales, the last finished ones, and what the cashier may do with one. All other sales are in the sales
// book (sales-book.svelte.ts).
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { CustomerAct } from "../bindings/CustomerAct";
import type { QrImage } from "../bindings/QrImage";
import type { SaleView } from "../bindings/SaleView";
import type { Errors } from "./errors.svelte";
import { asFault, type Ipc } from "../ipc";
import { isWaiting } from "../sale-status";
import type { AudibleState } from "../sound-rule";

/** Rust is faster than this. After it, the screen is drawn without the QR code. */
const QR_WAIT_MS = 100;
/** Finished sales that are kept. A late answer must not show an old state of a sale that was dropped meanwhile. */
export const FINISHED_KEPT = 50;

/** `late`: paid after the sale had ended. `twice`: two invoices of one sale were paid. */
/** What an alarm is about. Money in question comes first: nothing else may be said of it. */
export type AlarmKind = "paid" | "late" | "twice" | "review";

/** A payment that nobody has acknowledged yet. The journal keeps it, so it survives a restart. */
export interface Alarm {
  readonly kind: AlarmKind;
  readonly sale: SaleView;
}

/** The request that is running for a sale. Its buttons are busy meanwhile. */
export type SaleAction = "stopping" | "retrying" | "checking" | "acting";

export interface Callbacks {
  /** The number of the sale in front, or about to be in front. */
  front(): number | null;
  /** Called after each change; `before` is undefined for an unknown sale, `otherwise` then stands for it. */
  changed(sale: SaleView, before?: SaleView, otherwise?: AudibleState): void;
}

export class Sales {
  readonly salesByNumber = new SvelteMap<number, SaleView>();
  /** When the gateway last answered about a sale; Unix milliseconds. */
  readonly polledAt = new SvelteMap<number, number>();
  /** Sales that ended unpaid while another screen was in front; listed until they are looked at. */
  readonly endedUnseen = new SvelteSet<number>();
  readonly actions = new SvelteMap<number, SaleAction>();

  #ipc: Ipc;
  #errors: Errors;
  #callbacks: Callbacks;
  /** The QR codes of waiting sales; each attempt's is asked for once. */
  readonly #qrCodes = new Map<number, { attempt: number; image: Promise<QrImage> }>();

  constructor(ipc: Ipc, errors: Errors, callbacks: Callbacks) {
    this.#ipc = ipc;
    this.#errors = errors;
    this.#callbacks = callbacks;
  }

  /** Takes a newer state of a sale; `otherwise` is assumed to be the state before when the sale is unknown. */
  update(sale: SaleView, otherwise?: AudibleState): void {
    const before = this.salesByNumber.get(sale.number);
    // The answer to a command may arrive after the event of a later change.
    if (before !== undefined && before.revision > sale.revision) return;
    // The map is in the order of the last change, so its first finished sales are the oldest.
    this.salesByNumber.delete(sale.number);
    this.salesByNumber.set(sale.number, sale);
    // Ask for the QR code now, so that it is there when the payment screen is drawn.
    if (before?.state === "requesting" && isWaiting(sale)) void this.qrReady(sale);
    if (!isWaiting(sale)) this.#qrCodes.delete(sale.number);
    this.#callbacks.changed(sale, before, otherwise);
    if (!this.#inFront(sale) && before?.open === true && sale.state === "ended") {
      this.endedUnseen.add(sale.number);
    }
    this.#dropFinished();
  }

  recordPoll(number: number, at_unix_ms: number): void {
    if (this.salesByNumber.has(number)) this.polledAt.set(number, at_unix_ms);
  }

  /** A window that stays open for months must not grow with each sale. */
  #dropFinished(): void {
    const finished = [...this.salesByNumber.values()].filter((sale) => !this.#mustKeep(sale));
    for (const { number } of finished.slice(0, -FINISHED_KEPT)) {
      this.salesByNumber.delete(number);
      this.polledAt.delete(number);
    }
  }

  #mustKeep(sale: SaleView): boolean {
    const { number, open, unseen } = sale;
    return open || unseen || this.endedUnseen.has(number) || this.#inFront(sale);
  }

  /** After a change of journal a number means another sale. */
  forget(): void {
    this.salesByNumber.clear();
    this.polledAt.clear();
    this.endedUnseen.clear();
    this.#qrCodes.clear();
  }

  /** Open sales and those that ended unseen, without the one in front. */
  get openSales(): SaleView[] {
    return [...this.salesByNumber.values()]
      .filter((sale) => sale.open || this.endedUnseen.has(sale.number))
      .filter((sale) => !this.#inFront(sale))
      .sort((a, b) => a.number - b.number);
  }

  /** Payments that nobody has acknowledged, oldest first. The sale in front needs no alarm when it is paid in time. */
  get alarms(): Alarm[] {
    return [...this.salesByNumber.values()]
      .filter((sale) => sale.unseen)
      .map((sale): Alarm => ({
        kind: kindOf(sale),
        sale,
      }))
      .filter(({ kind, sale }) => kind !== "paid" || !this.#inFront(sale))
      .sort((a, b) => (a.sale.paid_at_unix_ms ?? 0) - (b.sale.paid_at_unix_ms ?? 0));
  }

  #inFront(sale: SaleView): boolean {
    return this.#callbacks.front() === sale.number;
  }

  /** Asks for a sale that was in front before a reload and is not open any more. */
  async fetchMissing(number: number): Promise<void> {
    if (this.salesByNumber.has(number)) return;
    try {
      this.salesByNumber.set(number, await this.#ipc.sale(number));
    } catch {
      // The number is from another journal, where there is no such sale.
    }
  }

  stopWaiting(number: number): Promise<void> {
    return this.#do(number, "stopping", () => this.#ipc.stopWaiting(number));
  }

  tryAgain(number: number): Promise<void> {
    return this.#do(number, "retrying", () => this.#ipc.tryAgain(number));
  }

  checkNow(number: number): Promise<void> {
    return this.#do(number, "checking", () => this.#ipc.checkNow(number));
  }

  async practiceAct(number: number, act: CustomerAct): Promise<void> {
    await this.#do(number, "acting", async () => {
      await this.#ipc.practiceAct(number, act);
      // Polling would find out within seconds; in practice nobody wants to wait.
      return this.#ipc.checkNow(number);
    });
  }

  async #do(number: number, what: SaleAction, work: () => Promise<SaleView>): Promise<void> {
    if (this.actions.has(number)) return;
    this.actions.set(number, what);
    try {
      this.update(await work());
    } catch (reason) {
      const retry = what === "acting" ? null : () => this.#do(number, what, work);
      this.#errors.fail(asFault(reason), retry);
    } finally {
      this.actions.delete(number);
    }
  }

  /** Records in the journal that somebody saw this payment, so that its alarm stops. */
  async acknowledge(number: number): Promise<void> {
    try {
      this.update(await this.#ipc.paymentSeen(number));
    } catch (reason) {
      this.#errors.fail(asFault(reason), () => this.acknowledge(number));
    }
  }

  /** The same for a payment that the paid screen has shown. */
  async acknowledgeShown(number: number): Promise<void> {
    try {
      this.update(await this.#ipc.paymentShown(number));
    } catch (reason) {
      this.#errors.fail(asFault(reason), () => this.acknowledgeShown(number));
    }
  }

  /** The QR code of a waiting sale. */
  qrCode({ number, attempt }: Pick<SaleView, "number" | "attempt">): Promise<QrImage> {
    const asked = this.#qrCodes.get(number);
    if (asked?.attempt === attempt) return asked.image;
    const image = this.#ipc.qr(number);
    this.#qrCodes.set(number, { attempt, image });
    image.catch(() => this.#qrCodes.delete(number));
    return image;
  }

  /** Resolves when the QR code is there, or was waited for long enough. Drawing the screen once is faster than twice. */
  qrReady(sale: SaleView): Promise<void> {
    if (!isWaiting(sale)) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, QR_WAIT_MS);
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      // A failure is shown by the screen that needs the code.
      this.qrCode(sale).then(done, done);
    });
  }
}

function kindOf(sale: SaleView): AlarmKind {
  if (sale.state === "review") return "review";
  if (sale.paid_twice) return "twice";
  return sale.late ? "late" : "paid";
}
