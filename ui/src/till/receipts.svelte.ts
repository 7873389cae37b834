// Receipts on their way out. A printer that is slow or off never holds a sale: printing is only watched
// here, and every screen goes on meanwhile.
import { SvelteMap } from "svelte/reactivity";
import type { ReceiptView } from "../bindings/ReceiptView";
import type { SaleView } from "../bindings/SaleView";
import type { ReceiptFormat } from "../bindings/ReceiptFormat";
import type { Fail } from "./errors.svelte";
import { asFault, type Ipc } from "../ipc";

export type Printing = "busy" | "done";

export interface Callbacks {
  saleChanged(sale: SaleView): void;
  readonly fail: Fail;
}

export class Receipts {
  /** By the number of the sale. */
  readonly printing = new SvelteMap<number, Printing>();
  saving = $state(false);
  printingClose = $state<Printing | null>(null);
  /** The printer's test page. */
  testing = $state<Printing | null>(null);

  #ipc: Ipc;
  #callbacks: Callbacks;

  constructor(ipc: Ipc, callbacks: Callbacks) {
    this.#ipc = ipc;
    this.#callbacks = callbacks;
  }

  view(number: number): Promise<ReceiptView> {
    return this.#ipc.receipt(number);
  }

  async print(number: number): Promise<void> {
    if (this.printing.get(number) === "busy") return;
    this.printing.set(number, "busy");
    try {
      this.#callbacks.saleChanged(await this.#ipc.printReceipt(number));
      this.printing.set(number, "done");
    } catch (reason) {
      this.printing.delete(number);
      this.#callbacks.fail(asFault(reason), () => this.print(number));
    }
  }

  /** The Z report of this entry. */
  async printClose(seq: number): Promise<void> {
    if (this.printingClose === "busy") return;
    this.printingClose = "busy";
    try {
      await this.#ipc.printClose(seq);
      this.printingClose = "done";
    } catch (reason) {
      this.printingClose = null;
      this.#callbacks.fail(asFault(reason), () => this.printClose(seq));
    }
  }

  /** A page that shows whether the printer works and its letters can be read. */
  async test(): Promise<void> {
    if (this.testing === "busy") return;
    this.testing = "busy";
    try {
      await this.#ipc.printerTest();
      this.testing = "done";
    } catch (reason) {
      this.testing = null;
      this.#callbacks.fail(asFault(reason), () => this.test());
    }
  }

  /** Into a file that the cashier picks; false when none was written. */
  async save(number: number, format: ReceiptFormat): Promise<boolean> {
    if (this.saving) return false;
    this.saving = true;
    try {
      const sale = await this.#ipc.saveReceipt(number, format);
      if (sale !== null) this.#callbacks.saleChanged(sale);
      return sale !== null;
    } catch (reason) {
      this.#callbacks.fail(asFault(reason));
      return false;
    } finally {
      this.saving = false;
    }
  }

  /** The system's print dialog: it tells nobody whether paper came, so its opening is what is written down. */
  async printByDialog(number: number, target: Pick<Window, "print">): Promise<void> {
    try {
      target.print();
      this.#callbacks.saleChanged(await this.#ipc.receiptOpenedInDialog(number));
    } catch (reason) {
      this.#callbacks.fail(asFault(reason));
    }
  }

  /** Another journal: its numbers are other sales. */
  forget(): void {
    this.printing.clear();
    this.printingClose = null;
  }
}
