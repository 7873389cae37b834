// Corrections of a sale after the customer has gone. Each is an entry of its own in the journal, with a reason;
// no entry is ever edited.
import type { Money } from "../bindings/Money";
import type { NewRefund } from "../bindings/NewRefund";
import type { RefundPreview } from "../bindings/RefundPreview";
import type { ReturnedLine } from "../bindings/ReturnedLine";
import type { SaleView } from "../bindings/SaleView";
import type { Ipc } from "../ipc";
import type { Language } from "../messages";
import type { Fail } from "./errors.svelte";
import { OneAtATime } from "./one-at-a-time.svelte";

export interface Callbacks {
  saleChanged(sale: SaleView): void;
  readonly fail: Fail;
}

export class Corrections extends OneAtATime {
  #ipc: Ipc;
  #callbacks: Callbacks;

  constructor(ipc: Ipc, callbacks: Callbacks) {
    super(callbacks.fail);
    this.#ipc = ipc;
    this.#callbacks = callbacks;
  }

  setNote(number: number, note: string): Promise<boolean> {
    return this.#run(() => this.#ipc.setNote(number, note.trim() === "" ? null : note.trim()));
  }

  /** What the sale's receipts are in, and what the customer's display shows it in. */
  setCustomersLanguage(number: number, language: Language): Promise<boolean> {
    return this.#run(() => this.#ipc.setCustomersLanguage(number, language));
  }

  refund(number: number, refund: NewRefund): Promise<boolean> {
    return this.#run(() => this.#ipc.refund(number, refund));
  }

  /** What a refund would take back; null when it cannot be made, which is told when it is saved. */
  async refundPreview(
    number: number,
    amount: Money,
    lines: ReturnedLine[],
  ): Promise<RefundPreview | null> {
    try {
      return await this.#ipc.refundPreview(number, amount, lines);
    } catch {
      return null;
    }
  }

  voidRefund(number: number, refund: number, reason: string): Promise<boolean> {
    return this.#run(() => this.#ipc.takeBackRefund(number, refund, reason));
  }

  closeReview(number: number, reason: string): Promise<boolean> {
    return this.#run(() => this.#ipc.closeReview(number, reason));
  }

  writeOff(number: number, reason: string): Promise<boolean> {
    return this.#run(() => this.#ipc.writeOff(number, reason));
  }

  #run(work: () => Promise<SaleView>): Promise<boolean> {
    return this.run(async () => this.#callbacks.saleChanged(await work()));
  }
}
