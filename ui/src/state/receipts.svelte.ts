// Receipts that are printed or saved. Printing runs beside the sale, so a printer that is slow or off never
// delays one.
import { SvelteMap } from "svelte/reactivity";
import type { NearbyPrinter } from "../bindings/NearbyPrinter";
import type { PrintOutcome } from "../bindings/PrintOutcome";
import type { QrImage } from "../bindings/QrImage";
import type { ReceiptView } from "../bindings/ReceiptView";
import type { ReceiptFormat } from "../bindings/ReceiptFormat";
import { asFault, type Ipc } from "../ipc";
import type { Callbacks } from "./corrections.svelte";

/** `done`: the printer says that it has printed. `sent`: it has the job, and this printer says no more. */
export type Printing = "busy" | "done" | "sent";

function printingOf(outcome: PrintOutcome): Printing {
  return outcome === "confirmed" ? "done" : "sent";
}

export class Receipts {
  /** By the sale's number. */
  readonly printing = new SvelteMap<number, Printing>();
  saving = $state(false);
  printingClose = $state<Printing | null>(null);
  /** The printer's test page. */
  testing = $state<Printing | null>(null);
  /** Printers that may be chosen; null: nobody has looked. */
  nearby = $state<NearbyPrinter[] | "busy" | null>(null);

  #ipc: Ipc;
  #callbacks: Callbacks;

  constructor(ipc: Ipc, callbacks: Callbacks) {
    this.#ipc = ipc;
    this.#callbacks = callbacks;
  }

  view(number: number): Promise<ReceiptView> {
    return this.#ipc.receipt(number);
  }

  /** The code of where the customer finds the receipt; null when there is none. It is an extra, so a failure is none. */
  async phoneCode(number: number): Promise<QrImage | null> {
    try {
      return await this.#ipc.receiptQr(number);
    } catch {
      return null;
    }
  }

  async print(number: number): Promise<void> {
    if (this.printing.get(number) === "busy") return;
    this.printing.set(number, "busy");
    try {
      const printed = await this.#ipc.printReceipt(number);
      this.#callbacks.saleChanged(printed.sale);
      this.printing.set(number, printingOf(printed.outcome));
    } catch (reason) {
      this.printing.delete(number);
      this.#callbacks.fail(asFault(reason), () => this.print(number));
    }
  }

  /** Prints the Z report of the journal entry `seq`. */
  async printClose(seq: number): Promise<void> {
    if (this.printingClose === "busy") return;
    this.printingClose = "busy";
    try {
      this.printingClose = printingOf(await this.#ipc.printClose(seq));
    } catch (reason) {
      this.printingClose = null;
      this.#callbacks.fail(asFault(reason), () => this.printClose(seq));
    }
  }

  /** Prints a page that shows whether the printer works and prints every letter. */
  async printTestPage(): Promise<void> {
    if (this.testing === "busy") return;
    this.testing = "busy";
    try {
      this.testing = printingOf(await this.#ipc.printerTest());
    } catch (reason) {
      this.testing = null;
      this.#callbacks.fail(asFault(reason), () => this.printTestPage());
    }
  }

  /** Looks for printers that are connected. */
  async lookForPrinters(): Promise<void> {
    if (this.nearby === "busy") return;
    this.nearby = "busy";
    try {
      this.nearby = await this.#ipc.nearbyPrinters();
    } catch (reason) {
      this.nearby = null;
      this.#callbacks.fail(asFault(reason), () => this.lookForPrinters());
    }
  }

  /** Saves the receipt to a file that the cashier chooses; false when none was written. */
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

  /** Opens the system's print dialog. It does not say whether it printed, so its opening is what the journal records. */
  async printByDialog(number: number, target: Pick<Window, "print">): Promise<void> {
    try {
      target.print();
      this.#callbacks.saleChanged(await this.#ipc.receiptOpenedInDialog(number));
    } catch (reason) {
      this.#callbacks.fail(asFault(reason));
    }
  }

  /** After a change of journal a number means another sale. */
  forget(): void {
    this.printing.clear();
    this.printingClose = null;
  }
}
