// Which sales still want something of the customer.
import type { SaleView } from "./bindings/SaleView";

/** Whether the QR is there to be paid. */
export function isWaiting(sale: SaleView): boolean {
  return sale.state === "awaiting" || sale.state === "chosen";
}
