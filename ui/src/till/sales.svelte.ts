// The sales that something may still happen to, the last that were over, and what may be done for one. The
// whole of them is the book's (book.svelte.ts).
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { CustomerAct } from "../bindings/CustomerAct";
import type { QrImage } from "../bindings/QrImage";
import type { SaleView } from "../bindings/SaleView";
import type { Errors } from "./errors.svelte";
import { asFault, type Ipc } from "../ipc";
import { isWaiting } from "../sale-status";
import type { AudibleState } from "../sound-rule";

/** Longer than the till takes for a code; a screen without one is better than none. */
const QR_WAIT_MS = 100;
/** More than can be over while one answer is on its way, which would bring the first of them back as it was. */
export const FINISHED_KEPT = 50;

/** `late`: after it was over. `twice`: two invoices of one sale. */
export type AlarmKind = "paid" | "late" | "twice";

/** A payment that nobody has seen yet. It stands in the journal, so it outlives the window. */
export interface Alarm {
  readonly kind: AlarmKind;
  readonly sale: SaleView;
}

/** What is being done for a sale right now: its buttons are busy meanwhile. */
export type SaleAction = "stopping" | "retrying" | "checking" | "acting";

/** The screen that the sales are shown on. */
export interface Callbacks {
  /** The number of the sale in front, or about to be. */
  front(): number | null;
  /** A sale is new, or another than `before`. */
  changed(sale: SaleView, before: SaleView | undefined, otherwise: AudibleState | undefined): void;
}

export class Sales {
  readonly salesByNumber = new SvelteMap<number, SaleView>();
  /** When the gateway last answered about a sale, Unix milliseconds. */
  readonly polledAt = new SvelteMap<number, number>();
  /** Over while nobody looked: kept in the strip until looked at. */
  readonly endedUnseen = new SvelteSet<number>();
  readonly actions = new SvelteMap<number, SaleAction>();

  #ipc: Ipc;
  #errors: Errors;
  #callbacks: Callbacks;
  /** The codes of sales that wait, each asked for once an attempt. */
  readonly #qrCodes = new Map<number, { attempt: number; image: Promise<QrImage> }>();

  constructor(ipc: Ipc, errors: Errors, callbacks: Callbacks) {
    this.#ipc = ipc;
    this.#errors = errors;
    this.#callbacks = callbacks;
  }

  /** `otherwise`: what the sale was when it is heard of for the first time. */
  update(sale: SaleView, otherwise?: AudibleState): void {
    const before = this.salesByNumber.get(sale.number);
    // An answer to a command may come after the event of what happened since.
    if (before !== undefined && before.revision > sale.revision) return;
    // Last in the map is who was heard of last: the first of those that are over have been over longest.
    this.salesByNumber.delete(sale.number);
    this.salesByNumber.set(sale.number, sale);
    // Its code will be wanted: asked for now, it is there when the screen is.
    if (before?.state === "requesting" && isWaiting(sale)) void this.qrReady(sale);
    if (!isWaiting(sale)) this.#qrCodes.delete(sale.number);
    this.#callbacks.changed(sale, before, otherwise);
    if (!this.#inFront(sale) && before?.open === true && sale.state === "ended") {
      this.endedUnseen.add(sale.number);
    }
    this.#dropFinished();
  }

  /** The gateway answered about a sale. */
  recordPoll(number: number, at_unix_ms: number): void {
    if (this.salesByNumber.has(number)) this.polledAt.set(number, at_unix_ms);
  }

  /** A window that stays up for months must not grow with each sale. */
  #dropFinished(): void {
    const over = [...this.salesByNumber.values()].filter((sale) => !this.#mustKeep(sale));
    for (const { number } of over.slice(0, -FINISHED_KEPT)) {
      this.salesByNumber.delete(number);
      this.polledAt.delete(number);
    }
  }

  #mustKeep(sale: SaleView): boolean {
    const { number, open, unseen } = sale;
    return open || unseen || this.endedUnseen.has(number) || this.#inFront(sale);
  }

  /** Another journal: the same numbers are other sales there. */
  forget(): void {
    this.salesByNumber.clear();
    this.polledAt.clear();
    this.endedUnseen.clear();
    this.#qrCodes.clear();
  }

  /** What the strip shows: open sales and those that ended unseen, without the one in front. */
  get openSales(): SaleView[] {
    return [...this.salesByNumber.values()]
      .filter((sale) => sale.open || this.endedUnseen.has(sale.number))
      .filter((sale) => !this.#inFront(sale))
      .sort((a, b) => a.number - b.number);
  }

  /** Money that nobody has seen, oldest first. The sale in front speaks for itself unless its payment was out of order. */
  get alarms(): Alarm[] {
    return [...this.salesByNumber.values()]
      .filter((sale) => sale.unseen)
      .map((sale): Alarm => ({
        kind: sale.paid_twice ? "twice" : sale.late ? "late" : "paid",
        sale,
      }))
      .filter(({ kind, sale }) => kind !== "paid" || !this.#inFront(sale))
      .sort((a, b) => (a.sale.paid_at_unix_ms ?? 0) - (b.sale.paid_at_unix_ms ?? 0));
  }

  #inFront(sale: SaleView): boolean {
    return this.#callbacks.front() === sale.number;
  }

  /** One that was in front before a reload, and is not among the open ones. */
  async fetchMissing(number: number): Promise<void> {
    if (this.salesByNumber.has(number)) return;
    try {
      this.salesByNumber.set(number, await this.#ipc.sale(number));
    } catch {
      // Another journal: there is no such sale to come back to.
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
      // The till would hear of it within seconds by itself; in practice nobody wants to wait.
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

  /** Somebody saw that this sale is paid: written down, so that it rings no more on any screen. */
  async acknowledge(number: number): Promise<void> {
    try {
      this.update(await this.#ipc.paymentSeen(number));
    } catch (reason) {
      this.#errors.fail(asFault(reason), () => this.acknowledge(number));
    }
  }

  /** The code of a sale that waits. */
  qrCode({ number, attempt }: Pick<SaleView, "number" | "attempt">): Promise<QrImage> {
    const asked = this.#qrCodes.get(number);
    if (asked?.attempt === attempt) return asked.image;
    const image = this.#ipc.qr(number);
    this.#qrCodes.set(number, { attempt, image });
    image.catch(() => this.#qrCodes.delete(number));
    return image;
  }

  /** When everything is here that the screen of a sale shows, or has been waited for long enough: one picture is painted sooner than two. */
  qrReady(sale: SaleView): Promise<void> {
    if (!isWaiting(sale)) return Promise.resolve();
    return new Promise((resolve) => {
      const late = setTimeout(resolve, QR_WAIT_MS);
      const over = () => {
        clearTimeout(late);
        resolve();
      };
      // Why there is none, says the screen that wants it.
      this.qrCode(sale).then(over, over);
    });
  }
}
