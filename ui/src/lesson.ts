// The first practice sale is shown how: one sentence a step, about what to do next. It follows what
// happens and never gets in its way.
import type { SaleState } from "./bindings/SaleState";
import type { Screen } from "./till/till.svelte";

/** `learned`: a sale was paid since it began. */
export type Lesson = "off" | "on" | "learned";

/** In the order of a sale; `over` is a sale that came to nothing. */
export const STEPS = ["amount", "charge", "coin", "pay", "done"] as const;
export type Step = (typeof STEPS)[number] | "over" | "learned";

/** What is in front of the cashier. */
export interface Front {
  readonly screen: Screen;
  /** Minor units on the pad. */
  readonly total: number;
  readonly state: SaleState | null;
}

/** What to do next; null: on this screen nothing is said. */
export function stepOf(lesson: Lesson, { screen, total, state }: Front): Step | null {
  if (lesson === "off") return null;
  if (screen === "pad") return lesson === "learned" ? "learned" : total > 0 ? "charge" : "amount";
  if (screen !== "payment") return null;
  switch (state) {
    case null:
    case "requesting":
    case "awaiting":
      return "coin";
    case "chosen":
      return "pay";
    case "paid":
      return "done";
    default:
      return "over";
  }
}
