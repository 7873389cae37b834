// What is put right in a sale after the customer has gone. Each is an entry of its own in the journal,
// with a reason; nothing is edited.
import type { SaleView } from "../bindings/SaleView";
import type { Fail } from "./errors.svelte";
import type { NewRefund } from "../bindings/NewRefund";
import { asFault, type Ipc } from "../ipc";

/** What a correction calls back with its outcome. */
export interface Callbacks {
  saleChanged(sale: SaleView): void;
  readonly fail: Fail;
}

export class Corrections {
  busy = $state(false);

  #ipc: Ipc;
  #callbacks: Callbacks;

  constructor(ipc: Ipc, callbacks: Callbacks) {
    this.#ipc = ipc;
    this.#callbacks = callbacks;
  }

  setNote(number: number, note: string): Promise<boolean> {
    return this.#do(() => this.#ipc.setNote(number, note.trim() === "" ? null : note.trim()));
  }

  refund(number: number, refund: NewRefund): Promise<boolean> {
    return this.#do(() => this.#ipc.refund(number, refund));
  }

  voidRefund(number: number, refund: number, reason: string): Promise<boolean> {
    return this.#do(() => this.#ipc.takeBackRefund(number, refund, reason));
  }

  closeReview(number: number, reason: string): Promise<boolean> {
    return this.#do(() => this.#ipc.closeReview(number, reason));
  }

  /** One at a time: a second tap on "Refund" must not pay out twice. */
  async #do(work: () => Promise<SaleView>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      this.#callbacks.saleChanged(await work());
      return true;
    } catch (reason) {
      this.#callbacks.fail(asFault(reason));
      return false;
    } finally {
      this.busy = false;
    }
  }
}
