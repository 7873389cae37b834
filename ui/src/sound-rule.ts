// Which sound says what: a rule of what was and what is, so that it can be tried without a loudspeaker.
import type { SaleState } from "./bindings/SaleState";
import type { SaleView } from "./bindings/SaleView";
import type { Sound } from "./melody";

/** What of a sale is heard. */
export type AudibleState = Pick<SaleView, "state" | "unseen" | "late" | "paid_twice">;

const TROUBLE: readonly SaleState[] = ["refused", "uncertain", "review"];

/** A sale that was charged here a moment ago, before anything is known of it. */
export const JUST_CHARGED: AudibleState = {
  state: "requesting",
  unseen: false,
  late: false,
  paid_twice: false,
};

/**
 * What a change of a sale sounds like; null: nothing. `before` is what the screen knew of it: of a sale
 * that it knew nothing of, an old one from the book or from before a restart, only money is heard that
 * nobody has seen.
 */
export function soundOf(before: AudibleState | undefined, after: AudibleState): Sound | null {
  const late = (sale: AudibleState | undefined) => sale !== undefined && sale.unseen && sale.late;
  const twice = (sale: AudibleState | undefined) =>
    sale !== undefined && sale.unseen && sale.paid_twice;
  if ((late(after) && !late(before)) || (twice(after) && !twice(before))) return "alarm";
  if (after.state === "paid" && after.unseen && !(before?.state === "paid" && before.unseen)) {
    return "paid";
  }
  if (before === undefined || before.state === after.state) return null;
  if (after.state === "ended") return "ended";
  return TROUBLE.includes(after.state) ? "error" : null;
}

/** Money out of order: it asks for a hand until somebody has been there. */
export function mustRepeat(kind: "paid" | "late" | "twice"): boolean {
  return kind !== "paid";
}

/** Calm enough to talk beside, often enough to be noticed by who comes back. */
export const REPEAT_EVERY_MS = 8_000;
/** After that it is only seen: nobody is there to hear it. */
export const MAX_REPEATS = 10;

/** Calls `ring` at that pace, so many times at most; returns how to stop it. */
export function repeat(ring: () => void): () => void {
  let rung = 0;
  const timer = setInterval(() => {
    rung += 1;
    if (rung >= MAX_REPEATS) clearInterval(timer);
    ring();
  }, REPEAT_EVERY_MS);
  return () => clearInterval(timer);
}
