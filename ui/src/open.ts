// Which sales still want something: the strip of open sales shows these.
import type { SaleState } from "./bindings/SaleState";
import type { SaleView } from "./bindings/SaleView";

const OPEN: ReadonlySet<SaleState> = new Set([
  "requesting",
  "awaiting",
  "chosen",
  "stopped",
  "uncertain",
  "review",
] satisfies SaleState[]);

/** Whether the sale is not over: someone may still pay, or the cashier still has to decide. */
export function isOpen(sale: SaleView): boolean {
  return OPEN.has(sale.state);
}

/** Whether the QR is there to be paid. */
export function isWaiting(sale: SaleView): boolean {
  return sale.state === "awaiting" || sale.state === "chosen";
}
