// Which sound a change of a sale makes. Pure, so that it can be tested without a loudspeaker.
import type { SaleState } from "./bindings/SaleState";
import type { SaleView } from "./bindings/SaleView";
import type { Sound } from "./melody";

/** The facts of a sale that decide about its sounds. */
export type AudibleState = Pick<SaleView, "state" | "unseen" | "late" | "paid_twice">;

const TROUBLE: readonly SaleState[] = ["refused", "uncertain", "review"];

/** A sale that this window has just charged, before anything else is known of it. */
export const JUST_CHARGED: AudibleState = {
  state: "requesting",
  unseen: false,
  late: false,
  paid_twice: false,
};

/** The sound of a change; null for none. `before` is undefined for a sale that the window did not know, such as an
 * old one from the sales book: it only makes a sound when it has a payment that nobody has acknowledged. */
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

/** Late and double payments ring until someone acknowledges them. */
export function mustRepeat(kind: "paid" | "late" | "twice" | "review"): boolean {
  return kind !== "paid";
}

/** Slow enough to talk meanwhile, often enough to be noticed by somebody who comes back. */
export const REPEAT_EVERY_MS = 8_000;
/** Then nobody is there to hear it, so the alarm is only shown. */
export const MAX_REPEATS = 10;

/** Calls `ring` repeatedly, at most MAX_REPEATS times; returns how to stop. */
export function repeat(ring: () => void): () => void {
  let rung = 0;
  const timer = setInterval(() => {
    rung += 1;
    if (rung >= MAX_REPEATS) clearInterval(timer);
    ring();
  }, REPEAT_EVERY_MS);
  return () => clearInterval(timer);
}
