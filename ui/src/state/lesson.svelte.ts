// The lesson of the first practice sale: one sentence for each step, saying what to do next. It only follows the
// sale and never blocks it.
import type { SaleState } from "../bindings/SaleState";
import type { Screen } from "./navigation.svelte";

/** `learned`: a sale was paid since the lesson began. */
export type LessonProgress = "off" | "on" | "learned";

/** The numbered steps, in the order of a sale. */
export const STEPS = ["amount", "charge", "coin", "pay", "done"] as const;
/** `over`: the sale ended without a payment. */
export type Step = (typeof STEPS)[number] | "over" | "learned";

export class Lesson {
  progress = $state<LessonProgress>("off");

  begin(first_sale: boolean): void {
    this.progress = first_sale ? "on" : "off";
  }

  salePaid(): void {
    if (this.progress === "on") this.progress = "learned";
  }

  close(): void {
    this.progress = "off";
  }
}

/** What the cashier should do next; null on a screen that is no part of the lesson. */
export function stepOf(
  progress: LessonProgress,
  {
    screen,
    total_minor,
    state,
  }: { readonly screen: Screen; readonly total_minor: number; readonly state: SaleState | null },
): Step | null {
  if (progress === "off") return null;
  if (screen === "pad") {
    if (progress === "learned") return "learned";
    return total_minor > 0 ? "charge" : "amount";
  }
  if (screen !== "payment") return null;
  switch (state) {
    case null:
    case "requesting":
    case "awaiting":
      return "coin";
    case "chosen":
      return "pay";
    case "part_paid":
      return null;
    case "paid":
      return "done";
    default:
      return "over";
  }
}
