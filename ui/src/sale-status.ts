// What each state of a sale means on the screens: its icon, its words, whether it can still be paid.
import type { SaleState } from "./bindings/SaleState";
import type { SaleView } from "./bindings/SaleView";
import type { IconName } from "./parts/Icon.svelte";

/** The customer can scan the QR code and pay. */
export function isWaiting(sale: SaleView): boolean {
  return sale.state === "awaiting" || sale.state === "chosen";
}

/** The gateway is still polled: the customer may pay, or its answer must be looked into. */
export function isPolled(sale: SaleView): boolean {
  return isWaiting(sale) || sale.state === "stopped" || sale.state === "review";
}

export const STATE_ICONS: Record<SaleState, IconName> = {
  requesting: "waiting",
  awaiting: "scan",
  chosen: "coin",
  paid: "paid",
  ended: "over",
  stopped: "pause",
  refused: "refused",
  uncertain: "unknown",
  review: "warning",
  part_paid: "part",
};

/** The title of the payment screen; that of `chosen` takes the coin. */
export const STATE_TITLES = {
  requesting: "payment-requesting",
  awaiting: "payment-awaiting",
  chosen: "payment-chosen",
  paid: "paid",
  ended: "payment-ended",
  stopped: "payment-stopped",
  refused: "payment-refused",
  uncertain: "payment-uncertain",
  review: "payment-review",
  part_paid: "payment-part-paid",
} as const satisfies Record<SaleState, string>;

/** One or two words, for lists. */
export const STATE_SHORT: Record<SaleState, string> = {
  requesting: "state-requesting",
  awaiting: "state-awaiting",
  chosen: "state-chosen",
  paid: "state-paid",
  ended: "state-ended",
  stopped: "state-stopped",
  refused: "state-refused",
  uncertain: "state-uncertain",
  review: "state-review",
  part_paid: "state-part-paid",
};
