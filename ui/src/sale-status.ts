// Which sales still want something of the customer.
import type { SaleView } from "./bindings/SaleView";

/** Whether the QR is there to be paid. */
export function isWaiting(sale: SaleView): boolean {
  return sale.state === "awaiting" || sale.state === "chosen";
}

/** Whether the gateway is still asked about it: someone may pay, or what was said has to be looked into. */
export function isWatched(sale: SaleView): boolean {
  return isWaiting(sale) || sale.state === "stopped" || sale.state === "review";
}
