// The sales that something may still happen to, the last that were over, and what may be done for one. The
// whole of them is the book's (book.svelte.ts).
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { CustomerAct } from "../bindings/CustomerAct";
import type { QrImage } from "../bindings/QrImage";
import type { SaleView } from "../bindings/SaleView";
import type { Errors } from "./errors.svelte";
import { asFault, type Ipc } from "../ipc";
import { isWaiting } from "../open";
import type { Heard } from "../sound-rule";

/** Longer than the till takes for a code; a screen without one is better than none. */
const CODE_AWAITED_MS = 100;
/** More than can be over while one answer is on its way, which would bring the first of them back as it was. */
export const OVER_KEPT = 50;

/** `late`: after it was over. `twice`: two invoices of one sale. */
export type AlarmKind = "paid" | "late" | "twice";

/** A payment that nobody has seen yet. It stands in the journal, so it outlives the window. */
export interface Alarm {
  readonly kind: AlarmKind;
  readonly sale: SaleView;
}

/** What is being done for a sale right now: its buttons are busy meanwhile. */
export type Doing = "stopping" | "retrying" | "checking" | "acting";

/** The screen that the sales are shown on. */
export interface Onlooker {
  /** The number of the sale in front, or about to be. */
  front(): number | null;
  /** A sale is new, or another than `before`. */
  changed(sale: SaleView, before: SaleView | undefined, otherwise: Heard | undefined): void;
}

export class Sales {
  readonly heardOf = new SvelteMap<number, SaleView>();
  /** When the gateway last answered about a sale, Unix milliseconds. */
  readonly checked = new SvelteMap<number, number>();
  /** Over while nobody looked: kept in the strip until looked at. */
  readonly endedUnseen = new SvelteSet<number>();
  readonly doing = new SvelteMap<number, Doing>();

  #ipc: Ipc;
  #errors: Errors;
  #onlooker: Onlooker;
  /** The codes of sales that wait, each asked for once an attempt. */
  readonly #codes = new Map<number, { attempt: number; image: Promise<QrImage> }>();

  constructor(ipc: Ipc, errors: Errors, onlooker: Onlooker) {
    this.#ipc = ipc;
    this.#errors = errors;
    this.#onlooker = onlooker;
  }

  /** `otherwise`: what the sale was when it is heard of for the first time. */
  heard(sale: SaleView, otherwise?: Heard): void {
    const before = this.heardOf.get(sale.number);
    // An answer to a command may come after the event of what happened since.
    if (before !== undefined && before.revision > sale.revision) return;
    // Last in the map is who was heard of last: the first of those that are over have been over longest.
    this.heardOf.delete(sale.number);
    this.heardOf.set(sale.number, sale);
    // Its code will be wanted: asked for now, it is there when the screen is.
    if (before?.state === "requesting" && isWaiting(sale)) void this.drawable(sale);
    if (!isWaiting(sale)) this.#codes.delete(sale.number);
    this.#onlooker.changed(sale, before, otherwise);
    if (!this.#inFront(sale) && before?.open === true && sale.state === "ended") {
      this.endedUnseen.add(sale.number);
    }
    this.#letGo();
  }

  /** The gateway answered about a sale. */
  wasChecked(number: number, at_unix_ms: number): void {
    if (this.heardOf.has(number)) this.checked.set(number, at_unix_ms);
  }

  /** A window that stays up for months must not grow with each sale. */
  #letGo(): void {
    const over = [...this.heardOf.values()].filter((sale) => !this.#matters(sale));
    for (const { number } of over.slice(0, -OVER_KEPT)) {
      this.heardOf.delete(number);
      this.checked.delete(number);
    }
  }

  #matters(sale: SaleView): boolean {
    const { number, open, unseen } = sale;
    return open || unseen || this.endedUnseen.has(number) || this.#inFront(sale);
  }

  /** Another journal: the same numbers are other sales there. */
  forget(): void {
    this.heardOf.clear();
    this.checked.clear();
    this.endedUnseen.clear();
    this.#codes.clear();
  }

  /** What the strip shows: open sales and those that ended unseen, without the one in front. */
  get strip(): SaleView[] {
    return [...this.heardOf.values()]
      .filter((sale) => sale.open || this.endedUnseen.has(sale.number))
      .filter((sale) => !this.#inFront(sale))
      .sort((a, b) => a.number - b.number);
  }

  /** Money that nobody has seen, oldest first. The sale in front speaks for itself unless its payment was out of order. */
  get alarms(): Alarm[] {
    return [...this.heardOf.values()]
      .filter((sale) => sale.unseen)
      .map((sale): Alarm => ({
        kind: sale.paid_twice ? "twice" : sale.late ? "late" : "paid",
        sale,
      }))
      .filter(({ kind, sale }) => kind !== "paid" || !this.#inFront(sale))
      .sort((a, b) => (a.sale.paid_at_unix_ms ?? 0) - (b.sale.paid_at_unix_ms ?? 0));
  }

  #inFront(sale: SaleView): boolean {
    return this.#onlooker.front() === sale.number;
  }

  /** One that was in front before a reload, and is not among the open ones. */
  async recall(number: number): Promise<void> {
    if (this.heardOf.has(number)) return;
    try {
      this.heardOf.set(number, await this.#ipc.sale(number));
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

  async #do(number: number, what: Doing, work: () => Promise<SaleView>): Promise<void> {
    if (this.doing.has(number)) return;
    this.doing.set(number, what);
    try {
      this.heard(await work());
    } catch (reason) {
      const again = what === "acting" ? null : () => this.#do(number, what, work);
      this.#errors.fail(asFault(reason), again);
    } finally {
      this.doing.delete(number);
    }
  }

  /** Somebody saw that this sale is paid: written down, so that it rings no more on any screen. */
  async seen(number: number): Promise<void> {
    try {
      this.heard(await this.#ipc.paymentSeen(number));
    } catch (reason) {
      this.#errors.fail(asFault(reason), () => this.seen(number));
    }
  }

  /** The code of a sale that waits. */
  code({ number, attempt }: Pick<SaleView, "number" | "attempt">): Promise<QrImage> {
    const asked = this.#codes.get(number);
    if (asked?.attempt === attempt) return asked.image;
    const image = this.#ipc.qr(number);
    this.#codes.set(number, { attempt, image });
    image.catch(() => this.#codes.delete(number));
    return image;
  }

  /** When everything is here that the screen of a sale shows, or has been waited for long enough: one picture is painted sooner than two. */
  drawable(sale: SaleView): Promise<void> {
    if (!isWaiting(sale)) return Promise.resolve();
    return new Promise((resolve) => {
      const late = setTimeout(resolve, CODE_AWAITED_MS);
      const over = () => {
        clearTimeout(late);
        resolve();
      };
      // Why there is none, says the screen that wants it.
      this.code(sale).then(over, over);
    });
  }
}
