// The sale in front of the cashier, and how the cashier leaves it.
import type { SaleView } from "../bindings/SaleView";
import type { Charging } from "./charging.svelte";
import type { Navigation } from "./navigation.svelte";
import type { SaleDraft } from "./sale-draft.svelte";
import type { Sales } from "./sales.svelte";

export class CurrentSale {
  #navigation: Navigation;
  #sales: Sales;
  #charging: Charging;
  #draft: SaleDraft;

  constructor(navigation: Navigation, sales: Sales, charging: Charging, draft: SaleDraft) {
    this.#navigation = navigation;
    this.#sales = sales;
    this.#charging = charging;
    this.#draft = draft;
  }

  /** Null on every screen but the payment screen. */
  get sale(): SaleView | null {
    const number = this.#navigation.saleNumber;
    return number === null ? null : (this.#sales.salesByNumber.get(number) ?? null);
  }

  show(number: number): void {
    this.#navigation.toSale(number);
    this.#sales.endedUnseen.delete(number);
  }

  /** Clears the pad for the next customer. The sale stays open and is still polled. */
  next(): void {
    this.#draft.clear();
    this.#navigation.toPad();
  }

  /** Back from a refused sale, with its draft on the pad so that it can be corrected. */
  restoreDraft(): void {
    const { sale } = this;
    const draft = sale?.state === "refused" ? this.#charging.draftFor(sale.number) : null;
    if (draft === null) {
      this.next();
    } else {
      this.#draft.restore(draft);
      this.#navigation.toPad();
    }
  }

  /** Gives up an attempt without an answer: it has no QR code, so nobody can pay it. */
  async abandon(number: number): Promise<void> {
    await this.#sales.stopWaiting(number);
    if (this.sale?.number === number && !this.sale.open) this.next();
  }

  /** Closes the paid screen and acknowledges the payment. A double payment has an alarm of its own. */
  dismissPaid(sale: SaleView): void {
    this.next();
    if (sale.unseen && !sale.paid_twice) void this.#sales.acknowledgeShown(sale.number);
  }
}
