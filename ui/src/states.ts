// How each state of a sale is named and drawn, in one table for every screen.
import type { SaleState } from "./bindings/SaleState";
import type { IconName } from "./parts/Icon.svelte";

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
};

/** What the screen of a sale says first; `chosen` names the coin. */
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
} as const satisfies Record<SaleState, string>;

/** A word or two, for the strip. */
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
};
